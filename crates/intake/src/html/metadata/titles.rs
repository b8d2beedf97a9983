//! Which title of a page is its article's.
//!
//! In go the claims of titles and the names by which the page calls its site; out comes the title that most of them agree on, case, signs and
//! accents apart, without the name of the site before or after it. A title that is nothing but the name of the site is refused.

use super::plain_words::squashed;
use super::{Claim, Origin};
use std::collections::{BTreeMap, BTreeSet};

/// A name of the site shorter than this is no part of another name.
const SHORTEST_PART: usize = 4;
/// What is shorter is a part of a title, not one, in bytes.
const SHORTEST_TITLE: usize = 12;

/// The signs that stand between a title and a name.
const SIGNS: &[char] = &['|', '-', '–', '—', '•', '·', '»', '«', '/', '~', '›', '<', '>', 'ㅣ', '_', '｜', '‹'];

/// What may stand beside a title.
pub(super) struct Names<'claims> {
    /// What the site is called.
    pub(super) site: &'claims [String],
    /// What its sections are.
    pub(super) sections: &'claims [String],
}

/// A title that is claimed, with what it is compared by.
struct Candidate<'claims> {
    title: &'claims str,
    key: String,
    from: Origin,
    weight: u8,
}

/// The title that is agreed on, as one of the claims writes it, with where that one is made.
pub(super) fn vote(claims: &[&Claim], names: &Names<'_>, is_news: bool) -> Option<(String, Origin)> {
    let comparable = |names: &[String]| -> Vec<String> { names.iter().map(|name| squashed(name)).filter(|name| name.len() > 1).collect() };
    let (sites, sections) = (comparable(names.site), comparable(names.sections));
    let mut candidates: Vec<Candidate<'_>> = claims
        .iter()
        .filter_map(|claim| {
            let title = without_site(&claim.value, &sites, &sections);
            let key = squashed(title);
            let is_title = !key.is_empty() && !is_site(&key, &sites, false);
            is_title.then_some(Candidate { title, key, from: claim.from, weight: claim.weight })
        })
        .collect();
    cut_to_agreed(&mut candidates);
    // The head of a page repeats one title in many places; so each place adds the less the less readers see of it.
    let head: Vec<&Candidate<'_>> = candidates.iter().filter(|candidate| candidate.from != Origin::Heading).collect();
    let mut votes: BTreeMap<&str, BTreeMap<Origin, u32>> = BTreeMap::new();
    for candidate in &candidates {
        let vote = votes.entry(&candidate.key).or_default().entry(candidate.from).or_default();
        *vote = power(candidate, &head, is_news).max(*vote);
    }
    let votes_for = |key: &str| votes.get(key).map_or(0, |votes| votes.values().sum::<u32>());
    // The first of the best.
    let best = candidates.iter().rev().max_by_key(|candidate| votes_for(&candidate.key))?;
    // Two forms of one title, with and without the word or two set over it: the one that is shared with other sites.
    let shared = candidates.iter().find(|candidate| candidate.from == Origin::OpenGraph).filter(|shared| {
        let is_end = |end: &str, whole: &str| whole.strip_suffix(end).is_some_and(|front| front.len() > 1 && end.len() >= SHORTEST_TITLE);
        is_news && (is_end(&shared.key, &best.key) || is_end(&best.key, &shared.key))
    });
    let best = shared.unwrap_or(best);
    // Of its spellings the one that most use, and they with most care.
    let same = || candidates.iter().filter(|candidate| candidate.key == best.key);
    let careful = |title: &str| {
        let mut careful: BTreeMap<Origin, u32> = BTreeMap::new();
        for other in same().filter(|other| other.title == title) {
            let care = careful.entry(other.from).or_default();
            *care = care_of(other).max(*care);
        }
        careful.into_values().sum::<u32>()
    };
    let spelt = same().rev().max_by_key(|candidate| (careful(candidate.title), care_of(candidate)))?;
    Some((spelt.title.to_owned(), spelt.from))
}

/// How much a candidate adds to its title.
fn power(candidate: &Candidate<'_>, head: &[&Candidate<'_>], is_news: bool) -> u32 {
    match (candidate.from, candidate.weight) {
        (Origin::Heading, 80..) => power_of_heading(candidate, head, is_news),
        // An outlet that calls its page news wrote the headline for it, and another one for sharing.
        (Origin::JsonLd, 95..) => 95,
        (Origin::JsonLd, 80..) => 60,
        (Origin::OpenGraph, _) if is_news => 100,
        (Origin::OpenGraph, _) => 45,
        (Origin::TitleElement, _) => 20,
        _ => 10,
    }
}

/// What readers see as the title outweighs a head that is written for search engines, unless it is about something else or goes on after the
/// title, with a line below it. News has its headline in the head too.
fn power_of_heading(heading: &Candidate<'_>, head: &[&Candidate<'_>], is_news: bool) -> u32 {
    let mut firm = head
        .iter()
        .filter(|other| matches!((other.from, other.weight), (Origin::JsonLd, 80..) | (Origin::OpenGraph | Origin::TitleElement, _)));
    let goes_on_after =
        |other: &Candidate<'_>| other.weight >= 80 && other.key.len() < heading.key.len() && heading.key.starts_with(&other.key);
    if head.iter().any(|other| goes_on_after(other)) || !firm.any(|other| is_alike(&other.key, &heading.key)) {
        50
    } else if is_news {
        80
    } else {
        150
    }
}

/// Whether one title may be a rewrite of the other: not much shorter, and half of its pairs of letters the same.
fn is_alike(one: &str, other: &str) -> bool {
    let pairs = |key: &str| -> BTreeSet<(char, char)> { key.chars().zip(key.chars().skip(1)).collect() };
    let (one, other) = (pairs(one), pairs(other));
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    shorter > 0 && shorter * 3 >= longer && one.intersection(&other).count() * 2 >= shorter
}

/// How far a candidate's spelling is believed.
fn care_of(candidate: &Candidate<'_>) -> u32 {
    match (candidate.from, candidate.weight) {
        (Origin::OpenGraph, _) => 5,
        (Origin::JsonLd, 80..) => 4,
        (Origin::Heading, 80..) => 3,
        (Origin::TitleElement, _) => 2,
        _ => 1,
    }
}

/// Takes off what follows a title that is another claim whole, where no other claim has it too: the name of a site that it does not tell.
fn cut_to_agreed(candidates: &mut [Candidate<'_>]) {
    let titles: Vec<(String, String, Origin)> =
        candidates.iter().map(|candidate| (candidate.title.to_owned(), candidate.key.clone(), candidate.from)).collect();
    for candidate in candidates.iter_mut().filter(|candidate| !matches!(candidate.from, Origin::Heading)) {
        if titles.iter().any(|(_, key, from)| *from == Origin::Heading && *key == candidate.key) {
            continue;
        }
        let longest = titles
            .iter()
            .filter(|(title, key, from)| key.len() >= SHORTEST_TITLE && *from != candidate.from && title.len() < candidate.title.len())
            .filter(|(title, ..)| candidate.title.strip_prefix(title.as_str()).is_some_and(|rest| rest.trim_start().starts_with(SIGNS)))
            .max_by_key(|(title, ..)| title.len())
            .map(|(title, key, _)| (candidate.title.get(..title.len()).unwrap_or(candidate.title), key.clone()));
        if let Some((front, key)) = longest {
            (candidate.title, candidate.key) = (front, key);
        }
    }
}

/// The title without the name of the site.
fn without_site<'title>(title: &'title str, sites: &[String], sections: &[String]) -> &'title str {
    let cuts = cuts(title);
    let mut kept = title;
    for &(before, after) in cuts.iter().rev() {
        let Some(back) = kept.get(after..) else { continue };
        let is_section = kept.len() < title.len() && sections.contains(&squashed(back));
        if !is_section && !is_site(&squashed(back), sites, true) && !names_site(back, sites) {
            // Perhaps a sign in the name of the site itself.
            continue;
        }
        kept = title.get(..before).unwrap_or(kept);
    }
    if kept.len() == title.len()
        && let Some(&(before, after)) = cuts.first()
        && title.get(..before).is_some_and(|front| is_site(&squashed(front), sites, false))
    {
        kept = title.get(after..).unwrap_or(kept);
    }
    kept
}

/// Where a title can be cut in two: the end of what is before the sign, and the start of what is after it.
fn cuts(title: &str) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    for (at, sign) in title.char_indices().filter(|(_, character)| *character == ':' || SIGNS.contains(character)) {
        let (front, back) = (title.get(..at).unwrap_or_default(), title.get(at + sign.len_utf8()..).unwrap_or_default());
        let is_apart = back.starts_with(char::is_whitespace) && (front.ends_with(char::is_whitespace) || sign == ':') || sign == '|';
        let before = front.trim_end().trim_end_matches(':').len();
        if is_apart && before > 0 && !back.trim_start().is_empty() {
            cuts.push((before, title.len() - back.trim_start().len()));
        }
    }
    cuts
}

/// Whether a few words are a host, or hold a name of the site as one of them: “Fjord” in “Fjord Radio”.
fn names_site(words: &str, sites: &[String]) -> bool {
    let is_host = !words.contains(char::is_whitespace)
        && words.rsplit_once('.').is_some_and(|(front, domain)| {
            front.contains(char::is_alphabetic) && (2..=4).contains(&domain.len()) && domain.bytes().all(|byte| byte.is_ascii_lowercase())
        });
    if is_host {
        return true;
    }
    let words: Vec<String> = words.split([' ', '.', '-']).map(squashed).filter(|word| word.contains(char::is_alphabetic)).collect();
    words.len() <= 4 && words.iter().any(|word| sites.contains(word))
}

/// Whether squashed words are a name of the site; `in_part` also where one is part of the other.
fn is_site(words: &str, sites: &[String], in_part: bool) -> bool {
    let is_part = |one: &str, other: &str| in_part && one.len() >= SHORTEST_PART && other.contains(one);
    // A whole sentence is no name, though it may name the site.
    !words.is_empty()
        && sites.iter().any(|site| words == site || is_part(words, site) || (is_part(site, words) && words.len() < site.len() + 24))
}

#[cfg(test)]
mod tests {
    use super::super::Field;
    use super::*;

    fn check(claims: &[(Origin, u8, &str)], sites: &[&str], expected: &str) {
        let claims: Vec<Claim> = claims
            .iter()
            .map(|(from, weight, value)| Claim { field: Field::Title, value: (*value).to_owned(), from: *from, weight: *weight })
            .collect();
        let site: Vec<String> = sites.iter().map(|site| (*site).to_owned()).collect();
        let names = Names { site: &site, sections: &["Sea".to_owned()] };
        let voted = vote(&claims.iter().collect::<Vec<_>>(), &names, false).map(|(title, _)| title);
        assert_eq!(voted.as_deref().unwrap_or_default(), expected);
    }

    #[test]
    fn the_name_of_the_site_is_taken_off() {
        let title = |value| [(Origin::TitleElement, 60, value)];
        check(&title("Fish is back | Fjord News"), &["Fjord News"], "Fish is back");
        check(&title("Fish is back - Sea - Fjord News"), &["fjordnews"], "Fish is back");
        check(&title("Fish is back - Land - Fjord News"), &["fjordnews"], "Fish is back - Land");
        check(&title("Fish is back – ABC News – 3.5.2021"), &["abc"], "Fish is back");
        check(&title("Fjord News: fish is back"), &["Fjord News"], "fish is back");
        check(&title("Fish is back – www.fjordnews.example"), &["fjordnews"], "Fish is back");
        check(&title("Sea: fish is back"), &["Fjord News"], "Sea: fish is back");
        check(&title("Half-price fish"), &["price"], "Half-price fish");
        check(&title("Fjord News"), &["Fjord News"], "");
        check(&title(""), &[], "");
    }

    #[test]
    fn what_most_agree_on_wins() {
        check(
            &[
                (Origin::OpenGraph, 90, "You will not believe this fish"),
                (Origin::Heading, 80, "Fish is “back”"),
                (Origin::TitleElement, 60, "Fish is \"back\" | Sea"),
            ],
            &[],
            "Fish is “back”",
        );
        check(&[(Origin::JsonLd, 100, "Fish is back"), (Origin::Heading, 80, "Sea")], &[], "Fish is back");
    }
}
