//! Statements against gold, one to one within a dispatch, the best overlap first.
//!
//! A statement's content is right when its span and one at which the text has gold's share four fifths of their characters; its speaker when both names end
//! in the same word, or both are empty. Of the matched it is judged whether they are a commitment.

use crate::coded::{Coded, beside, is_yes, or_default};
use crate::mistake::{Mistake, around};
use crate::ratios::{PerDispatch, Ratio};
use crate::words::last_word;
use crate::{Agreement, Share, Sheet, Table};
use depeche_record::{CharIndex, CharSpan};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// How much of two contents must be shared.
const SHARED: f64 = 0.8;

/// A dispatch whose statements a careful reader has listed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldDispatch {
    /// The same as the coded dispatch's.
    pub id: String,
    /// The whole text.
    pub text: String,
    /// Its statements.
    #[serde(default, deserialize_with = "or_default")]
    pub statements: Vec<GoldStatement>,
}

/// A statement as gold has it.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct GoldStatement {
    /// Who says it; empty where the text names nobody.
    #[serde(default, deserialize_with = "or_default")]
    pub speaker: String,
    /// What is said, in the words of the text.
    pub content: String,
    /// `direct` or `indirect`.
    #[serde(default, deserialize_with = "or_default")]
    pub kind: String,
    /// Whether it is a commitment, or which.
    #[serde(default, deserialize_with = "or_default")]
    pub commitment: Value,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// By content.
    pub content: Agreement,
    /// By content and speaker.
    pub speaker: Agreement,
    /// Of the matched, whether they are a commitment.
    pub commitment: Share,
    by_kind: BTreeMap<String, (usize, usize, usize)>,
    per_dispatch: Vec<Vec<Ratio>>,
    mistakes: Vec<Mistake>,
}

/// Scores coded dispatches against gold ones of the same ids; one that was not coded has no statements.
pub fn score(gold: &[GoldDispatch], coded: &[Coded]) -> Report {
    let mut report = Report::default();
    for (dispatch, coded) in beside(gold, coded, |gold| &gold.id) {
        report.add(dispatch, coded);
    }
    report
}

/// The pairs of a dispatch, gold first, in order of gold.
pub(crate) fn matches(gold: &GoldDispatch, coded: &Coded, index: &CharIndex) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (at, statement) in gold.statements.iter().enumerate().filter(|(_, statement)| !statement.content.is_empty()) {
        let places: Vec<CharSpan> = places(&gold.text, &statement.content, index).collect();
        for (other, found) in coded.statements.iter().enumerate() {
            let span = CharSpan { start: found.content.start.unwrap_or(0), end: found.content.end.unwrap_or(0) };
            let speaker = last_word(&statement.speaker) != last_word(&found.speaker.text);
            let near = places.iter().map(|place| shared(*place, span)).filter(|&shared| shared >= SHARED);
            pairs.extend(near.map(|shared| (shared, speaker, at, other)));
        }
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2, one.3).cmp(&(other.1, other.2, other.3))));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut used = vec![false; coded.statements.len()];
    for (_, _, at, other) in pairs {
        if !used[other] && !taken.contains_key(&at) {
            used[other] = true;
            taken.insert(at, other);
        }
    }
    taken.into_iter().collect()
}

fn places<'text>(text: &'text str, words: &'text str, index: &'text CharIndex) -> impl Iterator<Item = CharSpan> {
    text.match_indices(words).map(|(at, found)| index.span(at..at + found.len()))
}

/// Twice what two spans share over what both have.
fn shared(gold: CharSpan, coded: CharSpan) -> f64 {
    let (start, end) = (gold.start.max(coded.start), gold.end.min(coded.end));
    let both = (gold.end as f64 - gold.start as f64) + (coded.end as f64 - coded.start as f64);
    if both > 0.0 { 2.0 * (end as f64 - start as f64) / both } else { 0.0 }
}

impl Report {
    fn add(&mut self, gold: &GoldDispatch, coded: &Coded) {
        let index = CharIndex::new(&gold.text);
        let matched = matches(gold, coded, &index);
        let (mut speakers, mut commitments) = (0, 0);
        for (at, statement) in gold.statements.iter().enumerate() {
            let row = self.by_kind.entry(statement.kind.clone()).or_default();
            row.0 += 1;
            let place = places(&gold.text, &statement.content, &index).next();
            let mut mistake = |verdict, expected: &str, found: &str, coded_span: Option<CharSpan>| {
                let sentence = place.map_or_else(String::new, |place| around(&gold.text, &index, place, &coded.sentences));
                let (id, kind) = (gold.id.clone(), statement.kind.clone());
                let (gold, coded) = (expected.to_owned(), found.to_owned());
                self.mistakes.push(Mistake { verdict, id, kind, gold, coded, gold_span: place, coded_span, sentence });
            };
            let Some(found) = matched.iter().find(|pair| pair.0 == at).and_then(|pair| coded.statements.get(pair.1)) else {
                mistake("missed", &format!("{}: {}", statement.speaker, statement.content), "", None);
                continue;
            };
            row.1 += 1;
            let speaker = last_word(&found.speaker.text) == last_word(&statement.speaker);
            let (wanted, given) = (is_yes(&statement.commitment), is_yes(&found.commitment));
            if speaker {
                speakers += 1;
                row.2 += 1;
            } else {
                mistake("speaker", &statement.speaker, &found.speaker.text, found.content.span());
            }
            commitments += usize::from(wanted == given);
            self.commitment.judge(wanted == given);
            if wanted != given {
                mistake("commitment", &wanted.to_string(), &given.to_string(), found.content.span());
            }
        }
        for (other, found) in coded.statements.iter().enumerate().filter(|&(other, _)| !matched.iter().any(|pair| pair.1 == other)) {
            let span = found.content.span();
            let sentence = span.map_or_else(String::new, |span| around(&gold.text, &index, span, &coded.sentences));
            let shown = format!("{}: {}", found.speaker.text, coded.statements.get(other).map_or("", |found| &found.content.text));
            self.mistakes.push(Mistake {
                verdict: "spurious",
                id: gold.id.clone(),
                kind: found.kind.clone(),
                gold: String::new(),
                coded: shown,
                gold_span: None,
                coded_span: span,
                sentence,
            });
        }
        let (all, right) = (gold.statements.len() + coded.statements.len(), matched.len());
        for (agreement, right) in [(&mut self.content, right), (&mut self.speaker, speakers)] {
            agreement.gold += gold.statements.len();
            agreement.coded += coded.statements.len();
            agreement.right += right;
        }
        self.per_dispatch.push(vec![Ratio::new(2 * right, all), Ratio::new(2 * speakers, all), Ratio::new(commitments, right)]);
    }

    /// The figures of every gold dispatch.
    pub fn per_dispatch(&self) -> PerDispatch {
        PerDispatch { names: vec!["content F1", "content and speaker F1", "commitment"], rows: self.per_dispatch.clone() }
    }

    /// The figures, a row for direct and indirect ones, the mistakes.
    pub fn sheet(self) -> Sheet {
        let Report { content, speaker, commitment, by_kind, mistakes, .. } = self;
        let share = commitment.value().unwrap_or(0.0);
        let headline = format!(
            "gold {} coded {} | content F1 {:.3} | content and speaker F1 {:.3} | commitment {share:.3} of {}",
            content.gold,
            content.coded,
            content.f1(),
            speaker.f1(),
            commitment.judged
        );
        let mut table = Table::new("kinds", &["kind", "gold", "found", "speaker right"]);
        table.rows = by_kind
            .into_iter()
            .map(|(kind, (gold, found, right))| vec![kind, gold.to_string(), found.to_string(), right.to_string()])
            .collect();
        let mut sheet = Sheet { headline, tables: vec![table], mistakes, ..Sheet::default() };
        for (name, value) in [("content P", content.precision()), ("content R", content.recall()), ("content F1", content.f1())] {
            sheet.figure(name, value);
        }
        sheet.figure("content and speaker F1", speaker.f1());
        sheet.figure("commitment", share);
        sheet
    }
}
