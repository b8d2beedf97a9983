//! What spaCy knows of a word form apart from its context: string ids and the lexical attributes that models read.
//!
//! In: a form. Out: a [`Lexeme`], the ids of the form and of its lower case, norm, prefix, suffix and shape. Ids are
//! spaCy's: MurmurHash64A of the UTF-8 bytes with seed 1, save for the names in its table of symbols. Nothing is
//! refused; the empty string has id 0.

mod characters;
mod ranges;
mod symbols;

pub use characters::{is_alpha, is_digit, is_space, within};
pub use symbols::symbol;

use std::borrow::Cow;
use std::collections::HashMap;

/// The lexical attributes of a form, as spaCy's string ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Lexeme {
    /// The form itself.
    pub orth: u64,
    /// Its lower case.
    pub lower: u64,
    /// Its norm: the lower case but for exceptions (quotation marks, currencies, contractions).
    pub norm: u64,
    /// Its first character.
    pub prefix: u64,
    /// Its last three characters.
    pub suffix: u64,
    /// Its [`shape`].
    pub shape: u64,
    /// Whether it is white space only.
    pub is_space: bool,
}

/// The norms of forms that a vocabulary states, by the form's id, as ids.
pub type Norms = HashMap<u64, u64>;

impl Lexeme {
    /// The attributes of `form`, with `norms` looked up before spaCy's own exceptions and the lower case.
    pub fn of(form: &str, norms: &Norms) -> Lexeme {
        let lower = lower(form);
        let orth = id(form);
        let norm = match norms.get(&orth) {
            Some(&norm) => norm,
            None => base_norm(form).map_or_else(|| id(&lower), id),
        };
        let prefix = &form[..form.chars().next().map_or(0, char::len_utf8)];
        let suffix = &form[form.char_indices().rev().nth(2).map_or(0, |(at, _)| at)..];
        Lexeme {
            orth,
            lower: if matches!(lower, Cow::Borrowed(_)) { orth } else { id(&lower) },
            norm,
            prefix: id(prefix),
            suffix: id(suffix),
            shape: id(&shape(form)),
            is_space: !form.is_empty() && form.chars().all(is_space),
        }
    }
}

/// The id of a string in spaCy's string store: 0 for the empty string, the symbol's number for a symbol, else [`hash`].
pub fn id(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    symbol(string).unwrap_or_else(|| hash(string.as_bytes()))
}

/// MurmurHash64A with seed 1.
pub fn hash(bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MULTIPLIER);
    let (words, tail) = bytes.as_chunks::<8>();
    for word in words {
        let mut word = u64::from_le_bytes(*word).wrapping_mul(MULTIPLIER);
        word ^= word >> 47;
        hash = (hash ^ word.wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER);
    }
    if !tail.is_empty() {
        let rest = tail.iter().rev().fold(0, |rest, &byte| rest << 8 | u64::from(byte));
        hash = (hash ^ rest).wrapping_mul(MULTIPLIER);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(MULTIPLIER);
    hash ^ hash >> 47
}

/// The lower case of a form, borrowed when it already is.
pub fn lower(form: &str) -> Cow<'_, str> {
    let is_lower = |character: char| match character.is_ascii() {
        true => !character.is_ascii_uppercase(),
        false => {
            let mut lower = character.to_lowercase();
            lower.next() == Some(character) && lower.next().is_none()
        }
    };
    if form.chars().all(is_lower) { Cow::Borrowed(form) } else { Cow::Owned(form.to_lowercase()) }
}

/// The shape of a form: `X` for upper case, `x` for other letters, `d` for digits, other characters as they are, no
/// more than four alike in a row; `LONG` from 100 characters on.
pub fn shape(form: &str) -> String {
    if form.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(form.len());
    let (mut last, mut run) = (None, 0);
    for character in form.chars() {
        let kind = match character {
            _ if is_alpha(character) => {
                if character.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            _ if is_digit(character) => 'd',
            other => other,
        };
        if last == Some(kind) {
            run += 1;
        } else {
            (last, run) = (Some(kind), 0);
        }
        if run < 4 {
            shape.push(kind);
        }
    }
    shape
}

/// The norms that spaCy gives in every language: quotation marks, punctuation of other scripts, currencies.
fn base_norm(form: &str) -> Option<&'static str> {
    if form.len() > 6 {
        return None;
    }
    Some(match form {
        "'s" | "'S" | "’s" | "’S" => "'s",
        "’" | "‘" | "´" | "`" => "'",
        "”" | "“" | "''" | "``" | "´´" | "„" | "»" | "«" | "‘‘" | "’’" => "\"",
        "？" => "?",
        "！" => "!",
        "，" => ",",
        "；" => ";",
        "：" => ":",
        "。" | "।" => ".",
        "…" => "...",
        "—" | "–" | "--" | "---" | "——" => "-",
        "€" | "£" | "¥" | "฿" | "US$" | "C$" | "A$" | "₺" | "₹" | "৳" | "₩" | "Mex$" | "₣" | "E£" => "$",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_are_those_of_the_string_store() {
        for (string, expected) in [
            ("", 0),
            ("dep", 414),
            ("case", 8_110_129_090_154_140_942),
            ("NORM", 67),
            ("abcdefgh", 17_751_780_907_874_141_760),
            ("coffee", 3_197_928_453_018_144_401),
            ("apple", 8_566_208_034_543_834_098),
        ] {
            assert_eq!(id(string), expected, "{string}");
        }
    }

    #[test]
    fn shapes() {
        for (form, expected) in [
            ("Bakou", "Xxxxx"),
            ("2026", "dddd"),
            ("C-130", "X-ddd"),
            ("aujourd'hui", "xxxx'xxx"),
            ("ÉLYSÉE", "XXXX"),
            ("km²", "xxd"),
            ("Ⅷ", "Ⅷ"),
            ("", ""),
        ] {
            assert_eq!(shape(form), expected, "{form}");
        }
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn norms_of_the_vocabulary_come_first() {
        let norms = Norms::from([(id("€"), id("euro"))]);
        assert_eq!(Lexeme::of("€", &norms).norm, id("euro"));
        assert_eq!(Lexeme::of("«", &norms).norm, id("\""));
        assert_eq!(Lexeme::of("Roi", &norms).norm, id("roi"));
    }

    #[test]
    fn affixes_count_characters() {
        let lexeme = Lexeme::of("été", &Norms::new());
        assert_eq!((lexeme.prefix, lexeme.suffix), (id("é"), id("été")));
        assert_eq!(Lexeme::of("hélé", &Norms::new()).suffix, id("élé"));
        assert!(Lexeme::of("\u{1c}\n", &Norms::new()).is_space);
    }

    proptest! {
        #[test]
        fn any_form_has_attributes(form in any::<String>()) {
            let lexeme = Lexeme::of(&form, &Norms::new());
            prop_assert_eq!(lexeme.lower, id(&form.to_lowercase()));
        }
    }
}
