//! A text as the words that it is compared by.
//!
//! In go texts, one after another as one; out come the hash of each word and, at the end, the exact hash of all of them. Case, accents,
//! punctuation, white space, ligatures, invisible characters and the like do not count. Where a script sets no spaces between words, each
//! character is one.

use super::mixed;
use sha2::{Digest, Sha256};
use unicode_normalization::char::{canonical_combining_class, decompose_compatible, is_combining_mark};

/// Start and factor of FNV-1a in 64 bits, here over characters.
const START: u64 = 0xCBF2_9CE4_8422_2325;
const FACTOR: u64 = 0x0000_0100_0000_01B3;
/// How much is collected before it is hashed.
const HASHED_AT_ONCE: usize = 4096;

/// Words as they are read, told by their hashes.
pub(super) struct Words<Told: FnMut(u64)> {
    told: Told,
    word: u64,
    in_word: bool,
    any: bool,
    folded: String,
    exact: Sha256,
}

impl<Told: FnMut(u64)> Words<Told> {
    pub(super) fn new(told: Told) -> Self {
        Words { told, word: START, in_word: false, any: false, folded: String::with_capacity(HASHED_AT_ONCE + 64), exact: Sha256::new() }
    }

    /// Reads a text; its end is the end of a word.
    pub(super) fn read(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                'a'..='z' | '0'..='9' => self.letter(character),
                'A'..='Z' => self.letter(character.to_ascii_lowercase()),
                character if character.is_ascii() => self.end_word(),
                character if is_plain(character) => self.letter(same_letter(character)),
                character if is_invisible(character) => {}
                character => decompose_compatible(character, |part| self.part(part)),
            }
            if self.folded.len() >= HASHED_AT_ONCE {
                self.hash_folded();
            }
        }
        self.end_word();
    }

    /// The first 128 bits of SHA-256 over the words with a space after each; nothing where there was no word.
    pub(super) fn exact(mut self) -> Option<u128> {
        self.hash_folded();
        let digest = self.exact.finalize();
        let (first, _) = digest.split_first_chunk::<16>()?;
        self.any.then(|| u128::from_be_bytes(*first))
    }

    /// One character of a decomposed one.
    fn part(&mut self, part: char) {
        if canonical_combining_class(part) != 0 || is_invisible(part) {
            return;
        }
        if !part.is_alphanumeric() && !is_combining_mark(part) {
            self.end_word();
            return;
        }
        let alone = is_word(part);
        if alone {
            self.end_word();
        }
        for lower in part.to_lowercase() {
            match lower {
                'ß' => ['s', 's'].into_iter().for_each(|letter| self.letter(letter)),
                'œ' => ['o', 'e'].into_iter().for_each(|letter| self.letter(letter)),
                'æ' => ['a', 'e'].into_iter().for_each(|letter| self.letter(letter)),
                lower if canonical_combining_class(lower) == 0 => self.letter(same_letter(lower)),
                _ => {}
            }
        }
        if alone {
            self.end_word();
        }
    }

    fn letter(&mut self, letter: char) {
        self.word = (self.word ^ u64::from(u32::from(letter))).wrapping_mul(FACTOR);
        self.in_word = true;
        self.folded.push(letter);
    }

    fn end_word(&mut self) {
        if self.in_word {
            (self.told)(mixed(self.word));
            (self.word, self.in_word, self.any) = (START, false, true);
            self.folded.push(' ');
        }
    }

    fn hash_folded(&mut self) {
        self.exact.update(self.folded.as_bytes());
        self.folded.clear();
    }
}

/// Small Cyrillic and Arabic letters that are no composition of others: what most of a text in these scripts consists of.
fn is_plain(letter: char) -> bool {
    matches!(letter, 'а'..='и' | 'к'..='я' | '\u{627}'..='\u{63A}' | '\u{641}'..='\u{64A}' | 'ی' | 'ک' | 'پ' | 'چ' | 'ژ' | 'گ')
}

/// Soft hyphens, joiners, marks of direction, the Arabic stretcher: seen by none, and in one copy of a text only.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{640}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Letters and figures of one value that keyboards write in two ways.
fn same_letter(letter: char) -> char {
    match letter {
        'ς' => 'σ',
        'ı' => 'i',
        'ی' | 'ى' => 'ي',
        'ک' => 'ك',
        // Arabic figures, and their Persian form.
        '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => char::from_digit(u32::from(letter) & 0xF, 10).unwrap_or(letter),
        letter => letter,
    }
}

/// Whether a character stands for a word, in scripts that set no spaces: Thai to Burmese, Khmer, kana, Han.
fn is_word(character: char) -> bool {
    matches!(u32::from(character), 0x0E00..0x0F00 | 0x1000..0x10A0 | 0x1780..0x1800 | 0x3040..0x3100 | 0x3400..0x4DC0 | 0x4E00..0xA000 | 0x20000..0x32000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(read: impl Fn(&mut Words<fn(u64)>)) -> Option<u128> {
        let mut words = Words::new((|_| {}) as fn(u64));
        read(&mut words);
        words.exact()
    }

    #[test]
    fn the_short_way_for_plain_letters_leads_where_the_long_one_does() {
        for letter in ('\0'..=char::MAX).filter(|&letter| is_plain(letter)) {
            let long = exact(|words| {
                decompose_compatible(letter, |part| words.part(part));
                words.end_word();
            });
            assert_eq!(exact(|words| words.read(letter.encode_utf8(&mut [0; 4]))), long, "{letter}");
        }
    }

    #[test]
    fn texts_end_words_and_pieces_do_not_count() {
        let long = "the harbour stays closed ".repeat(1000);
        let (one, other) = long.split_at(11_987);
        assert_eq!(exact(|words| words.read(&long)), exact(|words| [one.trim_end(), other].into_iter().for_each(|text| words.read(text))));
        assert_ne!(exact(|words| words.read("harbour")), exact(|words| ["har", "bour"].into_iter().for_each(|text| words.read(text))));
    }
}
