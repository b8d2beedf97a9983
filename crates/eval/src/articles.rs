//! The text of articles told from the pages around it, each set of pages by the measure of those who made it.
//!
//! The article is the blocks lede, body and subhead in order; for segments (`traf`), title and caption too. `traf` counts the segments that must and must not
//! be there; `aeb` runs of four words; `fund` and `ftest` the longest common subsequence of words; the others the words as a bag. Of `ftest` titles and dates
//! are judged too.

use crate::coded::{Coded, or_default};
use crate::mistake::Mistake;
use crate::words::words;
use crate::{Share, Sheet, Table};
use depeche_record::CharIndex;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// A page of which gold knows the article.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the fields are told above")]
pub struct GoldPage {
    pub id: String,
    /// Its path, which ends as the coded dispatch's id does.
    #[serde(default, deserialize_with = "or_default")]
    pub page: String,
    pub set: String,
    #[serde(default, deserialize_with = "or_default")]
    pub with: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub without: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub body: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub title: String,
    #[serde(default, deserialize_with = "or_default")]
    pub published: String,
}

/// What a page adds to its set.
enum Counted {
    /// Segments there, segments there that must not be, segments that must be there.
    Segments([usize; 3]),
    /// Runs shared, only coded, only in gold.
    Runs([usize; 3]),
    /// The page's own F1.
    F1(f64),
}

/// Scores extracted dispatches against the gold of their pages.
pub fn score(gold: &[GoldPage], extracted: &[Coded]) -> Sheet {
    let mut by_id: HashMap<&str, &Coded> = HashMap::new();
    for page in extracted {
        by_id.insert(&page.id, page);
        by_id.insert(name_of(&page.id), page);
    }
    let none = Coded::default();
    let (mut sets, mut mistakes) = (BTreeMap::<&str, Vec<Counted>>::new(), Vec::<(f64, Mistake)>::new());
    let (mut titles, mut dates) = (Share::default(), Share::default());
    for page in gold {
        let found = by_id.get(page.id.as_str()).or_else(|| by_id.get(name_of(&page.page))).copied().unwrap_or(&none);
        let counted = count(page, found);
        let f1 = counted.f1();
        if f1 < 1.0 {
            let (id, kind, coded) = (page.id.clone(), page.set.clone(), format!("F1 {f1:.3}"));
            let told = Mistake {
                verdict: "article",
                id,
                kind,
                gold: page.page.clone(),
                coded,
                gold_span: None,
                coded_span: None,
                sentence: String::new(),
            };
            mistakes.push((f1, told));
        }
        sets.entry(&page.set).or_default().push(counted);
        if page.set == "ftest" {
            let published = &found.dispatch.published.value;
            let pairs = [
                (&mut titles, "title", &page.title, spaced(&page.title), spaced(&found.dispatch.title)),
                (&mut dates, "date", &page.published, first_ten(&page.published), first_ten(published)),
            ];
            for (share, verdict, given, wanted, got) in pairs.into_iter().filter(|(_, _, given, ..)| !given.is_empty()) {
                share.judge(wanted == got);
                if wanted != got {
                    let (id, kind) = (page.id.clone(), page.set.clone());
                    let told = Mistake {
                        verdict,
                        id,
                        kind,
                        gold: given.clone(),
                        coded: got,
                        gold_span: None,
                        coded_span: None,
                        sentence: String::new(),
                    };
                    mistakes.push((2.0, told));
                }
            }
        }
    }
    mistakes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut sheet = Sheet { mistakes: mistakes.into_iter().map(|(_, mistake)| mistake).collect(), ..Sheet::default() };
    let mut lines = Vec::new();
    for (set, pages) in &sets {
        let f1 = of_set(pages);
        lines.push(format!("{set}: pages {} F1 {f1:.4}", pages.len()));
        sheet.figure(format!("{set} F1"), f1);
    }
    if titles.judged > 0 {
        lines.push(format!("titles {}/{}, dates {}/{}", titles.right, titles.judged, dates.right, dates.judged));
        sheet.figure("titles", titles.value().unwrap_or(0.0));
        sheet.figure("dates", dates.value().unwrap_or(0.0));
    }
    sheet.headline = lines.join("\n");
    let mut table = Table::new("sets", &["set", "pages", "perfect", "below .5"]);
    for (set, pages) in &sets {
        let many = |wanted: &dyn Fn(f64) -> bool| pages.iter().filter(|page| wanted(page.f1())).count().to_string();
        table.rows.push(vec![(*set).to_owned(), pages.len().to_string(), many(&|f1| f1 >= 1.0), many(&|f1| f1 < 0.5)]);
    }
    sheet.tables.push(table);
    sheet
}

impl Counted {
    fn f1(&self) -> f64 {
        let ratio = |part: usize, whole: usize| if whole > 0 { part as f64 / whole as f64 } else { 1.0 };
        match *self {
            Counted::Segments([there, wrong, wanted]) => ratio(2 * there, there + wrong + wanted),
            Counted::Runs([both, coded, gold]) => ratio(2 * both, 2 * both + coded + gold),
            Counted::F1(f1) => f1,
        }
    }
}

/// The figure of a set: segments over all pages, runs by mean precision and recall, the others by the mean of the pages.
fn of_set(pages: &[Counted]) -> f64 {
    let mean = |value: &dyn Fn(&Counted) -> f64| pages.iter().map(value).sum::<f64>() / pages.len().max(1) as f64;
    let ratio = |part: usize, whole: usize| if whole > 0 { part as f64 / whole as f64 } else { 0.0 };
    match pages.first() {
        Some(Counted::Segments(_)) => {
            let sum = |at: usize| pages.iter().map(|page| if let Counted::Segments(counts) = page { counts[at] } else { 0 }).sum::<usize>();
            ratio(2 * sum(0), sum(0) + sum(1) + sum(2))
        }
        Some(Counted::Runs(_)) => {
            let share = |other: usize| {
                mean(&|page| if let Counted::Runs(counts) = page { ratio(counts[0], counts[0] + counts[other]) } else { 0.0 })
            };
            let (precision, recall) = (share(1), share(2));
            if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
        }
        _ => mean(&Counted::f1),
    }
}

fn count(page: &GoldPage, found: &Coded) -> Counted {
    if page.set == "traf" {
        let text = spaced(&article(found, &["title", "lede", "body", "subhead", "caption"]));
        let there = |segments: &[String]| segments.iter().filter(|segment| text.contains(&spaced(segment))).count();
        return Counted::Segments([there(&page.with), there(&page.without), page.with.len()]);
    }
    let (coded, gold) = (words(&article(found, &["lede", "body", "subhead"])), words(&page.body.join("\n")));
    if page.set == "aeb" {
        let (coded, gold) = (runs(&coded), runs(&gold));
        let both = shared(&coded, &gold);
        return Counted::Runs([both, coded.values().sum::<usize>() - both, gold.values().sum::<usize>() - both]);
    }
    let both = if page.set == "wcxb" { shared(&bag(coded.chunks(1)), &bag(gold.chunks(1))) } else { common_subsequence(&coded, &gold) };
    let all = coded.len() + gold.len();
    Counted::F1(if all > 0 { 2.0 * both as f64 / all as f64 } else { 0.0 })
}

/// The text of the blocks of these kinds, a line each.
fn article(found: &Coded, kinds: &[&str]) -> String {
    let text = &found.dispatch.text;
    let index = CharIndex::new(text);
    let blocks = found.dispatch.blocks.iter().filter(|block| kinds.contains(&block.kind.as_str()));
    blocks.map(|block| index.slice(text, block.span)).collect::<Vec<_>>().join("\n")
}

/// Runs of four words, or all of fewer.
fn runs(words: &[String]) -> HashMap<&[String], usize> {
    const RUN: usize = 4;
    if words.is_empty() { HashMap::new() } else { bag(words.windows(RUN.min(words.len()))) }
}

fn bag<'words>(runs: impl Iterator<Item = &'words [String]>) -> HashMap<&'words [String], usize> {
    let mut counts = HashMap::new();
    for run in runs {
        *counts.entry(run).or_default() += 1;
    }
    counts
}

fn shared(one: &HashMap<&[String], usize>, other: &HashMap<&[String], usize>) -> usize {
    one.iter().map(|(run, &count)| count.min(other.get(run).copied().unwrap_or(0))).sum()
}

/// How many words the two have in the same order: a row of the table of lengths as bits (Hyyrö 2004), 64 columns at a step.
fn common_subsequence(one: &[String], other: &[String]) -> usize {
    let steps = one.len().div_ceil(64);
    let mut places: HashMap<&str, Vec<u64>> = HashMap::new();
    for (at, word) in one.iter().enumerate() {
        places.entry(word).or_insert_with(|| vec![0; steps])[at / 64] |= 1 << (at % 64);
    }
    let mut row = vec![u64::MAX; steps];
    for word in other {
        let Some(places) = places.get(word.as_str()) else { continue };
        let mut carry = false;
        for (bits, &place) in row.iter_mut().zip(places) {
            let both = *bits & place;
            let (sum, over) = bits.overflowing_add(both);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            carry = over || over_again;
            *bits = sum | (*bits & !place);
        }
    }
    (0..one.len()).filter(|at| row[at / 64] >> (at % 64) & 1 == 0).count()
}

/// The part of a page's path behind its folder.
fn name_of(page: &str) -> &str {
    page.rsplit("pages/").next().unwrap_or(page)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_ten(text: &str) -> String {
    text.chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By the table of lengths itself.
    fn plain(one: &[String], other: &[String]) -> usize {
        let mut row = vec![0; other.len() + 1];
        for word in one {
            let mut diagonal = 0;
            for (at, theirs) in other.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if word == theirs { diagonal + 1 } else { above.max(row[at]) };
                diagonal = above;
            }
        }
        row.last().copied().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn the_bits_agree_with_the_table(one in proptest::collection::vec("[a-d]", 0..200), other in proptest::collection::vec("[a-d]", 0..200)) {
            prop_assert_eq!(common_subsequence(&one, &other), plain(&one, &other));
        }
    }
}
