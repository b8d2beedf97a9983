//! Questions about characters, answered as Python's `str` methods and `re` classes answer them.
//!
//! A model was trained on features that Python computed, so the borderline characters must fall on the same side:
//! Python's white space holds the four information separators, its letters leave out vowel signs and numerals.

use super::ranges::{DIGITS, LETTERS};

/// Whether `str.isspace` holds of the character.
pub fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r' | '\u{1c}'..='\u{1f}') || (character > '\u{7f}' && character.is_whitespace())
}

/// Whether `str.isalpha` holds of the character.
pub fn is_alpha(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphabetic() } else { within(LETTERS, character) }
}

/// Whether `str.isdigit` holds of the character.
pub fn is_digit(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_digit() } else { within(DIGITS, character) }
}

/// Whether the sorted, disjoint ranges hold the character.
pub fn within(ranges: &[(u32, u32)], character: char) -> bool {
    let code = u32::from(character);
    let after = ranges.partition_point(|&(start, _)| start <= code);
    after.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|&(_, end)| code <= end)
}
