//! The words that the grammar reads: runs of letters, runs of digits, single signs.
//!
//! In goes an annotated text, whose tokens may be cut in any way (« 18h30 », « mi-mars », « aujourd'hui » as one token or as many); out come words that
//! depend on the characters alone, each knowing its token. White space is dropped, and noted on the word before it.

use depeche_nlp::Doc;
use std::collections::HashMap;

/// A word that the grammar knows by number; [`Vocabulary::UNKNOWN`] for all others.
pub(crate) type WordId = u32;

/// The words that the lexicon and the patterns speak of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    ids: HashMap<Box<str>, WordId>,
}

impl Vocabulary {
    /// The number of every word that no table holds.
    pub(crate) const UNKNOWN: WordId = WordId::MAX;

    /// The numbers of the words of a phrase, new ones added.
    pub(crate) fn add_phrase(&mut self, phrase: &str) -> Vec<WordId> {
        let mut ids = Vec::new();
        let folded = fold(phrase);
        cut(&folded, |from, to, _| {
            let next = self.ids.len() as WordId;
            ids.push(*self.ids.entry(folded[from..to].into()).or_insert(next));
        });
        ids
    }

    /// How many words it knows.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    fn get(&self, word: &str, buffer: &mut String) -> WordId {
        let found = if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte.is_ascii_punctuation()) {
            self.ids.get(word)
        } else {
            buffer.clear();
            fold_into(word, buffer);
            self.ids.get(buffer.as_str())
        };
        found.copied().unwrap_or(Self::UNKNOWN)
    }
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters, the first a capital or not.
    Letters {
        /// Whether the first is a capital.
        capital: bool,
    },
    /// Digits, their value when it is below 100 000, and how many they are.
    Digits {
        /// The value.
        value: u32,
        /// How many.
        count: u8,
    },
    /// A single sign.
    Sign,
}

/// One word of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Its number.
    pub(crate) id: WordId,
    /// What it is made of.
    pub(crate) shape: Shape,
    /// The token that it stands in.
    pub(crate) token: u32,
    /// Its bytes in the text.
    pub(crate) bytes: (u32, u32),
    /// Its characters in the text.
    pub(crate) chars: (u32, u32),
    /// Whether white space or the end follows.
    pub(crate) space_after: bool,
    /// Whether it begins a sentence or a line.
    pub(crate) opens: bool,
}

/// The words of a text.
#[derive(Debug)]
pub(crate) struct Words<'doc> {
    /// The text they are cut from.
    pub(crate) doc: &'doc Doc,
    /// In order.
    pub(crate) list: Vec<Word>,
}

impl<'doc> Words<'doc> {
    /// The words of `doc`.
    pub(crate) fn new(doc: &'doc Doc, vocabulary: &Vocabulary) -> Self {
        let mut list: Vec<Word> = Vec::with_capacity(doc.len() + doc.len() / 4);
        let mut buffer = String::new();
        let mut opens = true;
        for token in doc.tokens() {
            let text = token.text();
            opens |= token.sent_start() || token.is_space() && text.contains('\n');
            let (first_byte, first_char) = (token.bytes().start as u32, token.start() as u32);
            let ascii = text.is_ascii();
            cut(text, |from, to, shape| {
                let chars = if ascii {
                    (from as u32, to as u32)
                } else {
                    let before = text[..from].chars().count() as u32;
                    (before, before + text[from..to].chars().count() as u32)
                };
                list.push(Word {
                    id: vocabulary.get(&text[from..to], &mut buffer),
                    shape,
                    token: token.index() as u32,
                    bytes: (first_byte + from as u32, first_byte + to as u32),
                    chars: (first_char + chars.0, first_char + chars.1),
                    space_after: false,
                    opens,
                });
                opens = false;
            });
        }
        let ends: Vec<u32> = list.iter().skip(1).map(|word| word.bytes.0).chain([u32::MAX]).collect();
        for (word, next) in list.iter_mut().zip(ends) {
            word.space_after = word.bytes.1 < next;
        }
        Words { doc, list }
    }

    /// The word at `at`.
    pub(crate) fn get(&self, at: usize) -> Option<&Word> {
        self.list.get(at)
    }

    /// The characters of the word at `at`, empty past the end.
    pub(crate) fn text(&self, at: usize) -> &'doc str {
        self.get(at).and_then(|word| self.doc.text().get(word.bytes.0 as usize..word.bytes.1 as usize)).unwrap_or("")
    }

    /// Whether the words at `at` and after it touch.
    pub(crate) fn touches_next(&self, at: usize) -> bool {
        self.get(at).is_some_and(|word| !word.space_after)
    }

    /// Whether the word before `at` touches it.
    pub(crate) fn touches_previous(&self, at: usize) -> bool {
        at > 0 && self.touches_next(at - 1)
    }
}

/// Small letters, and one apostrophe and one hyphen for all.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

fn fold_into(text: &str, folded: &mut String) {
    for letter in text.chars() {
        match letter {
            '’' | 'ʼ' | '`' | '´' => folded.push('\''),
            '‐' | '‑' | '–' | '—' => folded.push('-'),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
}

/// Calls `found` with first byte, past-the-last byte and shape of every word.
fn cut(text: &str, mut found: impl FnMut(usize, usize, Shape)) {
    let mut rest = text.char_indices().peekable();
    while let Some((from, letter)) = rest.next() {
        let mut to = from + letter.len_utf8();
        if letter.is_whitespace() {
            continue;
        }
        let shape = if letter.is_alphabetic() {
            while let Some((at, next)) = rest.next_if(|(_, next)| next.is_alphabetic() || is_combining(*next)) {
                to = at + next.len_utf8();
            }
            Shape::Letters { capital: letter.is_uppercase() }
        } else if letter.is_ascii_digit() {
            let mut value = u32::from(letter as u8 - b'0');
            let mut count = 1u8;
            while let Some((at, next)) = rest.next_if(|(_, next)| next.is_ascii_digit()) {
                to = at + 1;
                count = count.saturating_add(1);
                value = (value * 10 + u32::from(next as u8 - b'0')).min(99_999);
            }
            Shape::Digits { value, count }
        } else {
            Shape::Sign
        };
        found(from, to, shape);
    }
}

fn is_combining(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        cut(text, |from, to, _| words.push(text[from..to].to_owned()));
        words
    }

    #[test]
    fn letters_digits_and_signs_part() {
        assert_eq!(words("18h30, mi-mars"), ["18", "h", "30", ",", "mi", "-", "mars"]);
        assert_eq!(words("d’août"), ["d", "’", "août"]);
    }

    #[test]
    fn forms_are_folded() {
        let mut vocabulary = Vocabulary::default();
        let ids = vocabulary.add_phrase("aujourd'hui");
        let mut buffer = String::new();
        assert_eq!(vocabulary.get("Aujourd", &mut buffer), ids[0]);
        assert_eq!(vocabulary.get("’", &mut buffer), ids[1]);
        assert_eq!(vocabulary.get("demain", &mut buffer), Vocabulary::UNKNOWN);
    }
}
