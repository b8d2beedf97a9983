//! The words of the classes, looked up by number, and numbers written in words.
//!
//! In goes the lexical part of a temporal table; out come, for a place in a text, the stretches that a class fits there, each with what it
//! sets. Numbers in words are put together from their atoms (« quatre-vingt-dix-sept », “twenty-one”) without a list of all of them.

use crate::words::{Shape, Vocabulary, WordId, Words};
use depeche_packs::temporal::{Class, Fields, Temporal};
use std::collections::{HashMap, HashSet};

/// The most adverbs between an auxiliary and its participle.
const MOST_BETWEEN: usize = 4;

/// The words of the classes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    entries: HashMap<WordId, Vec<Entry>>,
    joints: Vec<Box<[WordId]>>,
    capitalised: HashSet<WordId>,
    not_after: HashMap<WordId, HashSet<WordId>>,
    between: HashSet<WordId>,
}

#[derive(Debug, Clone)]
struct Entry {
    class: Class,
    rest: Box<[WordId]>,
    fields: Fields,
}

impl Lexicon {
    /// The lexicon of `temporal`, its words added to `vocabulary`.
    pub(crate) fn new(temporal: &Temporal, vocabulary: &mut Vocabulary) -> Self {
        let mut lexicon = Lexicon::default();
        for entry in &temporal.lexicon {
            let ids = vocabulary.add_phrase(&entry.form);
            if let Some((&first, rest)) = ids.split_first() {
                let entry = Entry { class: entry.class, rest: rest.into(), fields: entry.fields };
                lexicon.entries.entry(first).or_default().push(entry);
            }
        }
        for entries in lexicon.entries.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        lexicon.joints = temporal.number_joints.iter().map(|joint| vocabulary.add_phrase(joint).into()).collect();
        lexicon.capitalised = temporal.capitalised.iter().flat_map(|form| vocabulary.add_phrase(form)).collect();
        let mut ids = |forms: &[String]| forms.iter().flat_map(|form| vocabulary.add_phrase(form)).collect::<HashSet<_>>();
        lexicon.between = ids(&temporal.tense.between);
        for (form, before) in &temporal.tense.not_after {
            let before = ids(before);
            for id in ids(std::slice::from_ref(form)) {
                lexicon.not_after.insert(id, before.clone());
            }
        }
        lexicon
    }

    /// The first words of a class's entries.
    pub(crate) fn first_words(&self, class: Class) -> impl Iterator<Item = WordId> + '_ {
        self.entries.iter().filter(move |(_, entries)| entries.iter().any(|entry| entry.class == class)).map(|(&id, _)| id)
    }

    /// Whether the word at `at` may name a time at all: a form that needs a capital has one, a participle after its auxiliary is none.
    pub(crate) fn admits(&self, words: &Words<'_>, at: usize) -> bool {
        let Some(word) = words.get(at) else { return false };
        if self.capitalised.contains(&word.id) && word.shape != (Shape::Letters { capital: true }) {
            return false;
        }
        let Some(not_after) = self.not_after.get(&word.id) else { return true };
        let mut before = at;
        for _ in 0..MOST_BETWEEN {
            before = match before.checked_sub(1).and_then(|before| Some((before, words.get(before)?))) {
                Some((before, other))
                    if other.sentence == word.sentence && !not_after.contains(&other.id) && self.between.contains(&other.id) =>
                {
                    before
                }
                Some((_, other)) => return other.sentence != word.sentence || !not_after.contains(&other.id),
                None => return true,
            };
        }
        true
    }

    /// Calls `found` with the end and the fields of every stretch at `at` that is of `class`, longest first.
    pub(crate) fn find(&self, class: Class, words: &Words<'_>, at: usize, mut found: impl FnMut(usize, Fields)) {
        if class == Class::Number {
            if let Some((end, number)) = self.number(words, at) {
                found(end, Fields { number: Some(number), ..Fields::default() });
            }
            return;
        }
        let Some(word) = words.get(at) else { return };
        let Some(entries) = self.entries.get(&word.id) else { return };
        if !self.admits(words, at) {
            return;
        }
        for entry in entries.iter().filter(|entry| entry.class == class) {
            if stands(&entry.rest, words, at + 1) {
                found(at + 1 + entry.rest.len(), entry.fields);
            }
        }
    }

    /// The number at `at`, in digits (with a decimal part) or in words, and its end.
    fn number(&self, words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
        let word = words.get(at)?;
        if let Shape::Digits { value, count } = word.shape {
            if count > 5 || is_part_of_figure(words, at) {
                return None;
            }
            return match (words.text(at + 1), words.get(at + 2).map(|next| next.shape)) {
                ("," | ".", Some(Shape::Digits { value: decimals, count }))
                    if words.touches_next(at) && words.touches_next(at + 1) && count <= 2 =>
                {
                    Some((at + 3, f64::from(value) + f64::from(decimals) / 10f64.powi(i32::from(count))))
                }
                _ => Some((at + 1, f64::from(value))),
            };
        }
        self.number_in_words(words, at)
    }

    /// Adds and multiplies atoms as long as they make one number.
    fn number_in_words(&self, words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
        let (mut end, first) = self.atom(words, at)?;
        let (mut total, mut current, mut last) = (0.0, first, first);
        loop {
            let mut next = end;
            if let Some(joint) = self.joints.iter().find(|joint| stands(joint, words, next)) {
                next += joint.len();
            }
            let Some((after, value)) = self.atom(words, next) else { break };
            if value >= 1000.0 && current > 0.0 && total == 0.0 {
                total = current * value;
                current = 0.0;
            } else if value >= 100.0 && current > 0.0 && current < 100.0 {
                current *= value;
            } else if value == 20.0 && last == 4.0 {
                // Four twenties.
                current += 76.0;
            } else if adds_to(value, last) {
                current += value;
            } else {
                break;
            }
            last = value;
            end = after;
        }
        Some((end, total + current))
    }

    fn atom(&self, words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
        let word = words.get(at)?;
        let entries = self.entries.get(&word.id)?;
        entries.iter().find_map(|entry| {
            let number = entry.fields.number.filter(|_| entry.class == Class::Number)?;
            stands(&entry.rest, words, at + 1).then_some((at + 1 + entry.rest.len(), number))
        })
    }
}

/// Whether exactly these words stand at `at`.
pub(crate) fn stands(ids: &[WordId], words: &Words<'_>, at: usize) -> bool {
    ids.iter().enumerate().all(|(index, &id)| words.get(at + index).is_some_and(|word| word.id == id))
}

/// Whether the digits at `at` belong to a longer figure that began before: the 30 of 18,30.
pub(crate) fn is_part_of_figure(words: &Words<'_>, at: usize) -> bool {
    words.touches_previous(at)
        && at > 1
        && matches!(words.text(at - 1), "." | "," | "/" | "+" | "$" | "€" | "£" | "#")
        && (words.touches_previous(at - 1) && matches!(words.list[at - 2].shape, Shape::Digits { .. })
            || !matches!(words.text(at - 1), "." | ","))
}

/// Whether an atom follows a greater one to be added to it: a unit to a ten, « sept » to « dix », a number below a hundred to hundreds.
fn adds_to(value: f64, last: f64) -> bool {
    if last >= 100.0 {
        return value < 100.0;
    }
    value < 20.0 && last >= 20.0 || (7.0..10.0).contains(&value) && last == 10.0
}
