//! The words that the grammar reads: runs of letters, runs of digits, single signs.
//!
//! In goes a text, whose tokens may be cut in any way (« 18h30 », « mi-mars », « aujourd'hui » as one token or as many); out come words that
//! depend on the characters alone, each knowing its sentence and its token. White space is dropped, and noted on the word before it.

use crate::sentences::{self, Abbreviations};
use depeche_nlp::Doc;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

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
    /// The number of its sentence.
    pub(crate) sentence: u32,
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
    /// The words of `doc`, whose tokens say what of the text is to be read and nothing more, so that they are the same however it was cut.
    pub(crate) fn new(doc: &'doc Doc, vocabulary: &Vocabulary, abbreviations: &Abbreviations) -> Self {
        let mut words = Words { doc, list: Vec::with_capacity(doc.len() + doc.len() / 4) };
        let mut buffer = String::new();
        let mut tokens = doc.tokens().peekable();
        let mut breaks = BTreeSet::from([0]);
        while let Some(first) = tokens.peek().copied() {
            // One run as long as what lies between tokens is white space or a mark that is not seen.
            let mut run = first.bytes();
            while let Some(next) = tokens.next_if(|next| {
                let between = doc.text().get(run.end..next.bytes().start);
                next.bytes().start <= run.end || between.is_some_and(|between| !between.contains(char::is_alphanumeric))
            }) {
                run.end = run.end.max(next.bytes().end);
            }
            words.add_run(run, first.start(), vocabulary, &mut buffer);
            breaks.insert(words.list.len());
        }
        words.place_in_tokens();
        let starts: Vec<u32> = words.list.iter().skip(1).map(|word| word.bytes.0).chain([u32::MAX]).collect();
        for (word, next) in words.list.iter_mut().zip(starts) {
            word.space_after = word.bytes.1 < next;
        }
        sentences::number(&mut words, &breaks, abbreviations);
        words
    }

    /// Cuts the run of bytes that begins at the character `first`.
    fn add_run(&mut self, run: Range<usize>, first: usize, vocabulary: &Vocabulary, buffer: &mut String) {
        let text = self.doc.text().get(run.clone()).unwrap_or("");
        let (mut counted, mut chars) = (0, first as u32);
        cut(text, |from, to, shape| {
            let characters = |range: Range<usize>| text.get(range).map_or(0, count_characters);
            let start = chars + characters(counted..from);
            let end = start + characters(from..to);
            (counted, chars) = (to, end);
            self.list.push(Word {
                id: vocabulary.get(text.get(from..to).unwrap_or(""), buffer),
                shape,
                token: 0,
                bytes: ((run.start + from) as u32, (run.start + to) as u32),
                chars: (start, end),
                space_after: false,
                opens: false,
                sentence: 0,
            });
        });
    }

    /// Finds for every word the token in which it begins.
    fn place_in_tokens(&mut self) {
        let mut tokens = self.doc.tokens();
        let Some(mut token) = tokens.next() else { return };
        for word in &mut self.list {
            while token.bytes().end <= word.bytes.0 as usize
                && let Some(next) = tokens.next()
            {
                token = next;
            }
            word.token = token.index() as u32;
        }
    }

    /// The text between the word before `at` and that at `at`.
    pub(crate) fn gap(&self, at: usize) -> &'doc str {
        let from = at.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |word| word.bytes.1);
        self.get(at).and_then(|word| self.doc.text().get(from as usize..word.bytes.0 as usize)).unwrap_or("")
    }

    /// The words of the sentence of the word at `at`.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let Some(sentence) = self.get(at).map(|word| word.sentence) else { return 0..0 };
        self.list.partition_point(|word| word.sentence < sentence)..self.list.partition_point(|word| word.sentence <= sentence)
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

/// How many characters: the bytes that begin one.
fn count_characters(text: &str) -> u32 {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count() as u32
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
