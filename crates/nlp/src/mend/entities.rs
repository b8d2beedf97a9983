//! Makes the entities of a document agree with each other.
//!
//! In: a document as the recogniser left it. Out: the same, where runs without a letter or digit, elided words and
//! what the rules exclude are entities no more, and where the same name has one type throughout: the one given most
//! often, the mentions of several tokens counting more. A surname alone follows the full names that end with it.

use super::Rules;
use crate::doc::{Doc, Label, Span};
use crate::lexeme::lower;
use std::collections::BTreeMap;

/// How much a full name counts for its surname, against one for each mention of the surname itself.
const FULL_NAME: usize = 3;

/// Settles the entities of a document.
pub fn settle_entities(doc: &mut Doc, rules: &Rules) {
    let mut spans: Vec<Span> = doc.ents.iter().filter_map(|&span| trimmed(doc, span)).filter(|&span| is_entity(doc, span, rules)).collect();
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    for (order, span) in spans.iter().enumerate() {
        votes.entry(name(doc, *span)).or_default().add(span.label, 1, order);
        let is_full_name = span.end - span.start > 1 && is_capitalised(doc, *span);
        if is_full_name && rules.labels_with_surnames.contains(doc.label(span.label)) {
            let surname = Span { start: span.end - 1, ..*span };
            votes.entry(name(doc, surname)).or_default().add(span.label, FULL_NAME, order);
        }
    }
    for span in &mut spans {
        if let Some(label) = votes.get(&name(doc, *span)).and_then(Votes::winner) {
            span.label = label;
        }
    }
    doc.ents = spans;
}

/// Votes by label, with the place of the first.
#[derive(Default)]
struct Votes(BTreeMap<Label, (usize, usize)>);

impl Votes {
    fn add(&mut self, label: Label, weight: usize, order: usize) {
        self.0.entry(label).or_insert((0, order)).0 += weight;
    }

    /// The label with most votes; of several, the one given first.
    fn winner(&self) -> Option<Label> {
        self.0.iter().max_by_key(|(_, (votes, order))| (*votes, std::cmp::Reverse(*order))).map(|(&label, _)| label)
    }
}

/// The span without punctuation and white space at its ends; `None` when nothing is left. A bracket that closes what
/// opened inside stays.
fn trimmed(doc: &Doc, mut span: Span) -> Option<Span> {
    span.end = span.end.min(u32::try_from(doc.len()).ok()?);
    let form = |index: u32| doc.token(index as usize).form();
    let is_edge = |index: u32| !form(index).contains(char::is_alphanumeric);
    while span.start < span.end && is_edge(span.start) {
        span.start += 1;
    }
    let closes = |span: Span| form(span.end - 1) == ")" && (span.start..span.end).any(|index| form(index) == "(");
    while span.start < span.end && is_edge(span.end - 1) && !closes(span) {
        span.end -= 1;
    }
    (span.start < span.end).then_some(span)
}

fn is_entity(doc: &Doc, span: Span, rules: &Rules) -> bool {
    let name = name(doc, span);
    let is_elision = span.end - span.start == 1 && name.ends_with(['\'', '’']);
    name.chars().any(char::is_alphanumeric) && !is_elision && !rules.not_entities.contains(&*lower(&name))
}

/// The forms of the span with single spaces between them.
fn name(doc: &Doc, span: Span) -> String {
    let forms: Vec<&str> = (span.start..span.end).map(|index| doc.token(index as usize).form()).collect();
    forms.join(" ")
}

/// Whether every word of the span begins with a capital.
fn is_capitalised(doc: &Doc, span: Span) -> bool {
    (span.start..span.end).all(|index| {
        let first = doc.token(index as usize).form().chars().next();
        first.is_some_and(|first| first.is_uppercase() || !first.is_alphabetic())
    }) && doc.token(span.end as usize - 1).form().chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Annotation, EntityAnnotation, TokenAnnotation};

    /// A document of words, with entities given as (first word, past the last, label).
    fn doc(text: &str, ents: &[(usize, usize, &str)]) -> Doc {
        let mut tokens: Vec<TokenAnnotation> = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            let end = start + word.chars().count();
            tokens.push(TokenAnnotation { start, end, ..TokenAnnotation::default() });
            start = end + 1;
        }
        let ents = ents.iter().map(|&(first, end, label)| EntityAnnotation {
            start: tokens[first].start,
            end: tokens[end - 1].end,
            label: label.into(),
        });
        let ents = ents.collect();
        Doc::from_annotation(text, &Annotation { tokens, ents })
    }

    #[track_caller]
    fn check(text: &str, ents: &[(usize, usize, &str)], expected: &[(usize, usize, &str)]) {
        let mut doc = doc(text, ents);
        let rules = Rules { not_entities: ["on".to_owned()].into(), ..Rules::default() };
        settle_entities(&mut doc, &rules);
        let settled: Vec<_> = doc.ents().iter().map(|span| (span.start as usize, span.end as usize, doc.label(span.label))).collect();
        assert_eq!(settled, expected);
    }

    #[test]
    fn surnames_follow_full_names() {
        check(
            "Lena Orlan parle . Orlan part . Orlan",
            &[(0, 2, "PER"), (4, 5, "LOC"), (7, 8, "LOC")],
            &[(0, 2, "PER"), (4, 5, "PER"), (7, 8, "PER")],
        );
    }

    #[test]
    fn places_in_longer_names_keep_their_type() {
        check("Université de Bakou à Bakou", &[(0, 3, "ORG"), (4, 5, "LOC")], &[(0, 3, "ORG"), (4, 5, "LOC")]);
    }

    #[test]
    fn the_majority_wins_and_of_equals_the_first() {
        check(
            "Oria Oria Oria Belt Belt",
            &[(0, 1, "ORG"), (1, 2, "LOC"), (2, 3, "LOC"), (3, 4, "ORG"), (4, 5, "LOC")],
            &[(0, 1, "LOC"), (1, 2, "LOC"), (2, 3, "LOC"), (3, 4, "ORG"), (4, 5, "ORG")],
        );
    }

    #[test]
    fn what_is_no_entity_is_dropped() {
        check(
            "s' Orlan , — On « Belt",
            &[(0, 1, "PER"), (1, 3, "PER"), (3, 4, "MISC"), (4, 5, "PER"), (5, 7, "ORG")],
            &[(1, 2, "PER"), (6, 7, "ORG")],
        );
    }
}
