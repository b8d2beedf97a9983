//! Puts exceptions together again that the affix rules took apart, as in « (a.m.) » or « mot:) ».
//!
//! In: the tokens of a text. Out: the same, where a run of tokens whose text is an exception is replaced by the
//! exception's own tokens. Longer runs go before shorter, earlier before later, as in spaCy.

use super::RawToken;
use super::cache::Hashed;
use super::chunk::Rules;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;

/// The token sequences to look for, by their first token.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    rest_by_first: HashMap<u64, Vec<Box<[u64]>>, BuildHasherDefault<Hashed>>,
}

impl Sequences {
    /// Indexes the sequences.
    pub(super) fn new(sequences: Vec<Vec<u64>>) -> Sequences {
        let mut rest_by_first: HashMap<_, Vec<Box<[u64]>>, _> = HashMap::default();
        for sequence in sequences {
            if let [first, rest @ ..] = &sequence[..] {
                rest_by_first.entry(*first).or_default().push(rest.into());
            }
        }
        Sequences { rest_by_first }
    }

    /// Whether a sequence begins with that token.
    pub(super) fn open_with(&self, orth: u64) -> bool {
        self.rest_by_first.contains_key(&orth)
    }

    /// Replaces what is found at the `openings`.
    pub(super) fn rejoin(&self, rules: &Rules, text: &str, openings: &[usize], tokens: &mut Vec<RawToken>) {
        let found = longest(self.find(openings, tokens));
        let Some(&(first, _)) = found.first() else { return };
        let old = tokens.split_off(first);
        let mut done = first;
        for (start, end) in found {
            tokens.extend_from_slice(&old[done - first..start - first]);
            let run = &old[start - first..end - first];
            replace(rules, text, run, tokens);
            done = end;
        }
        tokens.extend_from_slice(&old[done - first..]);
    }

    /// The runs of tokens that are sequences.
    fn find(&self, openings: &[usize], tokens: &[RawToken]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for &start in openings {
            for rest in tokens.get(start).and_then(|token| self.rest_by_first.get(&token.lexeme.orth)).into_iter().flatten() {
                let end = start + 1 + rest.len();
                let follows = tokens.get(start + 1..end);
                if follows.is_some_and(|tokens| tokens.iter().map(|token| token.lexeme.orth).eq(rest.iter().copied())) {
                    found.push((start, end));
                }
            }
        }
        found
    }
}

/// The longest runs, and of equally long ones the earliest, that touch none preferred (or passed over) before them.
fn longest(mut found: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    found.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
    let mut seen = BTreeSet::new();
    found.retain(|&(start, end)| {
        let keep = !seen.contains(&start) && !seen.contains(&(end - 1));
        seen.extend(start..end);
        keep
    });
    found.sort_unstable();
    found
}

fn replace(rules: &Rules, text: &str, run: &[RawToken], tokens: &mut Vec<RawToken>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let form = text.get(first.bytes.0 as usize..last.bytes.1 as usize).unwrap_or("");
    let Some(special) = rules.special(form) else {
        // The same tokens with a space between them are no exception.
        tokens.extend_from_slice(run);
        return;
    };
    let mut place = (first.bytes.0, first.chars.0);
    for piece in special {
        let after = (place.0 + piece.bytes, place.1 + piece.chars);
        tokens.push(RawToken { bytes: (place.0, after.0), chars: (place.1, after.1), lexeme: piece.lexeme, space_after: false });
        place = after;
    }
    if let Some(token) = tokens.last_mut() {
        token.space_after = last.space_after;
    }
}
