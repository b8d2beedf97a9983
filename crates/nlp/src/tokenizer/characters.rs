//! Sets of characters, as the classes of regular expressions name them.
//!
//! In: ranges. Out: a [`CharacterSet`] in which membership is one bit for ASCII and a binary search for the rest.
//! [`fold`] closes a set under case as Python's `IGNORECASE` reads it.

use crate::lexeme::{is_alpha, is_digit, is_space};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A set of characters: sorted, disjoint, inclusive ranges of Unicode scalar values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<(u32, u32)>", into = "Vec<(u32, u32)>")]
pub(crate) struct CharacterSet {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl From<Vec<(u32, u32)>> for CharacterSet {
    fn from(mut ranges: Vec<(u32, u32)>) -> CharacterSet {
        ranges.retain(|(start, end)| start <= end);
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        let ascii =
            (0..128).filter(|code| merged.iter().any(|(start, end)| (start..=end).contains(&code))).fold(0, |bits, code| bits | 1 << code);
        CharacterSet { ascii, ranges: merged }
    }
}

impl From<CharacterSet> for Vec<(u32, u32)> {
    fn from(set: CharacterSet) -> Self {
        set.ranges
    }
}

impl CharacterSet {
    /// The set of inclusive ranges.
    pub(super) fn of(ranges: &[(char, char)]) -> CharacterSet {
        ranges.iter().map(|&(start, end)| (u32::from(start), u32::from(end))).collect::<Vec<_>>().into()
    }

    /// The set of the characters for which `holds`.
    pub(super) fn whose(holds: impl Fn(char) -> bool) -> CharacterSet {
        ('\0'..=char::MAX)
            .filter(|&character| holds(character))
            .map(|character| (character.into(), character.into()))
            .collect::<Vec<_>>()
            .into()
    }

    /// `\d`: decimal digits.
    pub(super) fn decimals() -> CharacterSet {
        // Python's `\d` is the category Nd; the other digits of `str.isdigit` are raised and enclosed ones.
        CharacterSet::whose(|character| is_digit(character) && is_decimal(character))
    }

    /// `\s`: white space.
    pub(super) fn spaces() -> CharacterSet {
        CharacterSet::whose(is_space)
    }

    /// `\w`: letters, numbers and the underscore.
    pub(super) fn words() -> CharacterSet {
        CharacterSet::whose(|character| character == '_' || is_alpha(character) || character.is_numeric())
    }

    /// The other characters.
    pub(super) fn negated(&self) -> CharacterSet {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for &(start, end) in &self.ranges {
            if next < start {
                ranges.push((next, start - 1));
            }
            next = end.saturating_add(1);
        }
        if next <= u32::from(char::MAX) {
            ranges.push((next, char::MAX.into()));
        }
        ranges.into()
    }

    /// The characters of both.
    pub(super) fn union(&self, other: &CharacterSet) -> CharacterSet {
        self.ranges.iter().chain(&other.ranges).copied().collect::<Vec<_>>().into()
    }

    /// Its ranges.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (u32, u32)> {
        self.ranges.iter().copied()
    }

    /// Number of its characters.
    pub(super) fn len(&self) -> usize {
        self.ranges.iter().map(|(start, end)| (end - start) as usize + 1).sum()
    }

    /// The one character, if there is but one.
    pub(super) fn only(&self) -> Option<char> {
        match self.ranges[..] {
            [(start, end)] if start == end => char::from_u32(start),
            _ => None,
        }
    }

    /// Its characters in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = char> {
        self.ranges.iter().flat_map(|&(start, end)| start..=end).filter_map(char::from_u32)
    }

    /// Whether it holds a character beyond ASCII.
    pub(super) fn exceeds_ascii(&self) -> bool {
        self.ranges.last().is_some_and(|&(_, end)| end > 127)
    }

    /// Whether it holds the character.
    pub(super) fn contains(&self, character: char) -> bool {
        match u32::from(character) {
            code @ 0..128 => self.ascii >> code & 1 == 1,
            _ => crate::lexeme::within(&self.ranges, character),
        }
    }
}

/// Whether the category is Nd, of a character known for a digit: enclosed and raised digits are of the category No.
fn is_decimal(character: char) -> bool {
    !matches!(character,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{1369}'..='\u{1371}' | '\u{19da}' | '\u{2070}'..='\u{2189}' | '\u{2460}'..='\u{2793}'
        | '\u{10a40}'..='\u{10a48}' | '\u{10e60}'..='\u{10e7e}' | '\u{11052}'..='\u{11065}' | '\u{1f100}'..='\u{1f10c}')
}

/// The set closed under case: Python holds two characters for the same when the upper cases of their lower cases are.
pub(super) fn fold(set: &CharacterSet) -> CharacterSet {
    let touched: BTreeSet<char> =
        CASED.iter().filter(|&&(character, key)| set.contains(character) || set.contains(key)).map(|&(_, key)| key).collect();
    let of_same_key = CASED.iter().filter(|(_, key)| touched.contains(key)).map(|&(character, _)| character);
    let folded: Vec<_> = of_same_key.chain(touched.iter().copied()).map(|character| (character, character)).collect();
    set.union(&CharacterSet::of(&folded))
}

/// Every character that differs from the upper case of its lower case, with the latter.
static CASED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let key = |character: char| match character {
        // The one lower case of two characters whose first is the simple mapping.
        '\u{130}' => 'I',
        _ => {
            let lower = simple(character.to_lowercase(), character);
            simple(lower.to_uppercase(), lower)
        }
    };
    ('\0'..=char::MAX).map(|character| (character, key(character))).filter(|(character, key)| character != key).collect()
});

/// The one character of a case mapping; of those that give several, the character itself.
fn simple(mut mapping: impl Iterator<Item = char>, character: char) -> char {
    match (mapping.next(), mapping.next()) {
        (Some(mapped), None) => mapped,
        _ => character,
    }
}
