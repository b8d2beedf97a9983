//! Cuts one chunk, a run of text without white space (or of white space only), by the rules of a model.
//!
//! In: a chunk. Out: [`Piece`]s that together are the chunk. The order of spaCy is kept: exceptions and token patterns
//! stop the stripping of prefixes and suffixes; of what is left, exceptions, tokens and URLs stay whole and the rest
//! is cut at its infixes.

use super::program::{Matcher, Program, Sets};
use crate::lexeme::{Lexeme, Norms, id};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The rules as a model file holds them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Section {
    /// Version of this form.
    pub(super) version: u32,
    /// The character sets of all patterns.
    pub(super) sets: Sets,
    /// What is cut off at the front.
    pub(super) prefix: Option<Program>,
    /// What is cut off at the back.
    pub(super) suffix: Option<Program>,
    /// Where the middle is cut.
    pub(super) infix: Option<Program>,
    /// What stays whole, affixes and all.
    pub(super) token: Option<Program>,
    /// What stays whole once affixes are cut off.
    pub(super) url: Option<Program>,
    /// Exceptions, in the order of their forms.
    pub(super) specials: Vec<Special>,
    /// The token sequences, by id, into which exceptions fall without the exception.
    pub(super) sequences: Vec<Vec<u64>>,
    /// Norms of forms, by id.
    pub(super) norms: Vec<(u64, u64)>,
}

/// An exception: a form, and its parts, each with the norm that the exception gives it.
pub(super) type Special = (String, Vec<(String, Option<String>)>);

/// The version of [`Section`].
pub(super) const VERSION: u32 = 1;

/// One token of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Length in bytes.
    pub(super) bytes: u32,
    /// Length in characters.
    pub(super) chars: u32,
    /// Whether an exception spread over several tokens may begin here.
    pub(super) opens: bool,
    /// What the form tells.
    pub(super) lexeme: Lexeme,
}

/// The rules, ready to be applied.
#[derive(Debug)]
pub(super) struct Rules {
    sets: Sets,
    prefix: Option<Matcher>,
    suffix: Option<Matcher>,
    infix: Option<Matcher>,
    token: Option<Matcher>,
    url: Option<Matcher>,
    specials: HashMap<Box<str>, Box<[Piece]>>,
    order: Vec<Box<str>>,
    norms: Norms,
}

impl Rules {
    /// Takes the rules from a section.
    ///
    /// # Errors
    /// When the section is of another version, or an exception's parts are not the exception.
    pub(super) fn of(section: Section) -> Result<Rules, String> {
        if section.version != VERSION {
            return Err(format!("tokenizer section: version {} where {VERSION} is read", section.version));
        }
        let norms: Norms = section.norms.into_iter().collect();
        let mut specials = HashMap::with_capacity(section.specials.len());
        let mut order = Vec::with_capacity(section.specials.len());
        for (form, parts) in section.specials {
            if parts.iter().map(|(part, _)| part.as_str()).collect::<String>() != form {
                return Err(format!("tokenizer section: the parts of the exception {form:?} are not the exception"));
            }
            let pieces = parts.iter().filter(|(part, _)| !part.is_empty()).map(|(part, norm)| {
                let mut piece = piece(part, &norms);
                if let Some(norm) = norm {
                    piece.lexeme.norm = id(norm);
                }
                piece
            });
            specials.insert(form.as_str().into(), pieces.collect());
            order.push(form.into());
        }
        Ok(Rules {
            sets: section.sets,
            prefix: section.prefix.map(Matcher::from),
            suffix: section.suffix.map(Matcher::from),
            infix: section.infix.map(Matcher::from),
            token: section.token.map(Matcher::from),
            url: section.url.map(Matcher::from),
            specials,
            order,
            norms,
        })
    }

    /// The forms that have exceptions, in order.
    pub(super) fn specials(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(AsRef::as_ref)
    }

    /// The pieces of the exception of that form, if there is one.
    pub(super) fn special(&self, form: &str) -> Option<&[Piece]> {
        self.specials.get(form).map(AsRef::as_ref)
    }

    /// The attributes of a form.
    pub(super) fn lexeme(&self, form: &str) -> Lexeme {
        Lexeme::of(form, &self.norms)
    }

    /// Whether any affix or infix pattern finds something in the form.
    pub(super) fn has_affix(&self, form: &str) -> bool {
        let characters: Vec<char> = form.chars().collect();
        self.length(&self.prefix, &characters) != 0
            || self.length(&self.suffix, &characters) != 0
            || self.infix.as_ref().is_some_and(|infix| infix.search(&self.sets, &characters, 0, false).is_some())
    }

    /// Adds the pieces of `chunk`, heeding exceptions only `with_specials`.
    pub(super) fn split(&self, chunk: &str, with_specials: bool, pieces: &mut Vec<Piece>) {
        let mut word = Word::of(chunk);
        if let Some(special) = self.special(chunk).filter(|_| with_specials) {
            pieces.extend_from_slice(special);
            return;
        }
        let special = |form: &str| self.special(form).filter(|_| with_specials);
        let mut suffixes = Vec::new();
        let mut last = 0;
        while word.start < word.end && word.end - word.start != last {
            if self.is_whole(&self.token, word.characters()) || special(word.text()).is_some() {
                break;
            }
            last = word.end - word.start;
            let prefix = self.length(&self.prefix, word.characters());
            if prefix != 0 && prefix < last && special(word.between(word.start + prefix, word.end)).is_some() {
                pieces.push(self.piece(word.take_front(prefix)));
                break;
            }
            let suffix = self.length(&self.suffix, &word.characters()[prefix.min(last)..]);
            if suffix != 0 && suffix < last && special(word.between(word.start, word.end - suffix)).is_some() {
                suffixes.push(self.piece(word.take_back(suffix)));
                break;
            }
            if prefix != 0 {
                pieces.push(self.piece(word.take_front(prefix)));
            }
            if suffix != 0 && suffix <= word.end - word.start {
                suffixes.push(self.piece(word.take_back(suffix)));
            }
        }
        match special(word.text()) {
            _ if word.start == word.end => {}
            Some(special) => pieces.extend_from_slice(special),
            None if self.is_whole(&self.token, word.characters()) || self.is_whole(&self.url, word.characters()) => {
                pieces.push(self.piece(word.text()));
            }
            None => self.split_infixes(&word, pieces),
        }
        pieces.extend(suffixes.into_iter().rev());
    }

    fn split_infixes(&self, word: &Word<'_>, pieces: &mut Vec<Piece>) {
        let infixes = self.infix.as_ref().map(|infix| infix.matches(&self.sets, word.characters())).unwrap_or_default();
        let mut done = 0;
        let mut take = |start: usize, end: usize| {
            if start < end {
                pieces.push(self.piece(word.between(word.start + start, word.start + end)));
            }
        };
        for (start, end) in infixes.into_iter().filter(|&(start, _)| start != 0) {
            take(done, start);
            take(start, end);
            done = end;
        }
        take(done, word.end - word.start);
    }

    fn piece(&self, form: &str) -> Piece {
        piece(form, &self.norms)
    }

    fn is_whole(&self, matcher: &Option<Matcher>, characters: &[char]) -> bool {
        let matcher = matcher.as_ref().filter(|matcher| matcher.may_match(&self.sets, characters));
        matcher.is_some_and(|matcher| matcher.match_at(&self.sets, characters, 0, false).is_some())
    }

    /// The length of the first match, 0 if there is none.
    fn length(&self, matcher: &Option<Matcher>, characters: &[char]) -> usize {
        let found = matcher.as_ref().and_then(|matcher| matcher.search(&self.sets, characters, 0, false));
        found.map_or(0, |(start, end)| end - start)
    }
}

fn piece(form: &str, norms: &Norms) -> Piece {
    Piece { bytes: form.len() as u32, chars: form.chars().count() as u32, opens: false, lexeme: Lexeme::of(form, norms) }
}

/// A chunk from which affixes are taken; places are counted in characters.
struct Word<'chunk> {
    chunk: &'chunk str,
    all: Vec<char>,
    /// The byte at which each character begins, and the chunk's length.
    bytes: Vec<usize>,
    start: usize,
    end: usize,
}

impl<'chunk> Word<'chunk> {
    fn of(chunk: &'chunk str) -> Self {
        let all: Vec<char> = chunk.chars().collect();
        let bytes = chunk.char_indices().map(|(at, _)| at).chain([chunk.len()]).collect();
        Word { chunk, start: 0, end: all.len(), all, bytes }
    }

    fn characters(&self) -> &[char] {
        &self.all[self.start..self.end]
    }

    fn text(&self) -> &'chunk str {
        self.between(self.start, self.end)
    }

    fn between(&self, start: usize, end: usize) -> &'chunk str {
        &self.chunk[self.bytes[start]..self.bytes[end]]
    }

    fn take_front(&mut self, length: usize) -> &'chunk str {
        self.start += length;
        self.between(self.start - length, self.start)
    }

    fn take_back(&mut self, length: usize) -> &'chunk str {
        self.end -= length;
        self.between(self.end, self.end + length)
    }
}
