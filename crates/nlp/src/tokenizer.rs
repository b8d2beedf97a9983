//! Cuts a text into the tokens that a spaCy pipeline was trained on.
//!
//! In: a text, and the rules of a model: exceptions, affix, infix, token and URL patterns. Out: [`RawToken`]s in order,
//! which with the single spaces between them are the whole text; white space beyond a single space is a token of
//! its own, as in spaCy. No text is refused. One known difference: spaCy reads a run without white space as one
//! chunk whatever its length, here one of more than [`LONGEST_CHUNK`] characters is read in pieces of that length.

mod cache;
mod characters;
mod chunk;
mod convert;
mod program;
mod rejoin;
mod syntax;

pub use convert::convert;

use crate::lexeme::{Lexeme, is_space};
use cache::Cache;
use chunk::{Piece, Rules, Section};
use rejoin::Sequences;
use std::sync::{Mutex, PoisonError};

/// The most characters of a run without white space that are looked at together.
pub const LONGEST_CHUNK: usize = 2048;

/// All strings that a regular expression matches, when there are no more than `limit`.
pub(crate) fn strings_of(pattern: &str, limit: usize) -> Option<Vec<String>> {
    syntax::parse(pattern).ok()?.language(limit)
}

/// A token and what its form alone tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawToken {
    /// First and past-the-last byte in the text.
    pub bytes: (u32, u32),
    /// The same in Unicode scalar values.
    pub chars: (u32, u32),
    /// The ids of its form, norm, affixes and shape.
    pub lexeme: Lexeme,
    /// Whether a single space that belongs to no token follows (spaCy's `SPACY`).
    pub space_after: bool,
}

/// The tokenizer of one model. It may be shared by threads.
#[derive(Debug)]
pub struct Tokenizer {
    rules: Rules,
    sequences: Sequences,
    /// What chunks were cut into before; a call borrows one and puts it back.
    caches: Mutex<Vec<Cache>>,
}

impl Tokenizer {
    /// Opens the section of a model file that [`convert()`] wrote.
    ///
    /// # Errors
    /// When the bytes are no such section.
    pub fn open(section: &[u8]) -> Result<Tokenizer, String> {
        let section: Section = serde_json::from_slice(section).map_err(|error| format!("tokenizer section: {error}"))?;
        Tokenizer::of(section)
    }

    fn of(mut section: Section) -> Result<Tokenizer, String> {
        let sequences = Sequences::new(std::mem::take(&mut section.sequences));
        Ok(Tokenizer { rules: Rules::of(section)?, sequences, caches: Mutex::default() })
    }

    /// The exceptions that end in a full stop, such as abbreviations; in order.
    pub fn abbreviations(&self) -> impl Iterator<Item = &str> {
        self.rules.specials().filter(|form| form.len() > 1 && form.ends_with('.'))
    }

    /// The attributes of a form, as tokens of that form get them when no exception says otherwise.
    pub fn lexeme(&self, form: &str) -> Lexeme {
        self.rules.lexeme(form)
    }

    /// Adds the tokens of `text` to `tokens`. Of a text beyond 4 GiB nothing is read.
    pub fn tokenize(&self, text: &str, tokens: &mut Vec<RawToken>) {
        let Some(first) = text.chars().next() else { return };
        if u32::try_from(text.len()).is_err() {
            return;
        }
        let mut cache = self.caches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let mut walk = Walk { tokenizer: self, cache: &mut cache, text, tokens, from: 0, openings: Vec::new() };
        walk.from = walk.tokens.len();
        walk.chunks(is_space(first));
        let openings = std::mem::take(&mut walk.openings);
        self.sequences.rejoin(&self.rules, text, &openings, tokens);
        self.caches.lock().unwrap_or_else(PoisonError::into_inner).push(cache);
    }
}

/// One pass over a text.
struct Walk<'walk> {
    tokenizer: &'walk Tokenizer,
    cache: &'walk mut Cache,
    text: &'walk str,
    tokens: &'walk mut Vec<RawToken>,
    /// Index of the text's first token.
    from: usize,
    /// Indexes of the tokens that may begin an exception spread over several tokens.
    openings: Vec<usize>,
}

impl Walk<'_> {
    /// Takes the runs of white space and of other characters in turn; a single space between two runs is no token.
    fn chunks(&mut self, mut in_space: bool) {
        let mut start = 0;
        for (at, character) in self.text.char_indices() {
            if is_space(character) == in_space {
                continue;
            }
            self.chunk(start, at);
            start = at;
            if character == ' ' {
                self.mark_space(true);
                start += 1;
            }
            in_space = !in_space;
        }
        if start < self.text.len() {
            self.chunk(start, self.text.len());
            self.mark_space(self.text.ends_with(' ') && !in_space);
        }
    }

    fn mark_space(&mut self, space_after: bool) {
        if let Some(last) = self.tokens[self.from..].last_mut() {
            last.space_after = space_after;
        }
    }

    fn chunk(&mut self, mut start: usize, end: usize) {
        while let Some(chunk) = self.text.get(start..end)
            && !chunk.is_empty()
        {
            let cut = match chunk.len() > LONGEST_CHUNK {
                true => chunk.char_indices().nth(LONGEST_CHUNK).map_or(chunk.len(), |(at, _)| at),
                false => chunk.len(),
            };
            self.piece_together(start, &chunk[..cut]);
            start += cut;
        }
    }

    fn piece_together(&mut self, start: usize, chunk: &str) {
        let (bytes, chars) = self.tokens[self.from..].last().map_or((0, 0), |last| (last.bytes.1, last.chars.1));
        // Between two tokens there is at most one space, of one byte.
        let mut place = (start as u32, chars + (start as u32 - bytes));
        let Tokenizer { rules, sequences, .. } = self.tokenizer;
        let pieces = self.cache.get(chunk, || {
            let mut pieces = Vec::new();
            rules.split(chunk, true, &mut pieces);
            pieces.iter_mut().for_each(|piece: &mut Piece| piece.opens = sequences.open_with(piece.lexeme.orth));
            pieces
        });
        for piece in pieces {
            if piece.opens {
                self.openings.push(self.tokens.len());
            }
            let after = (place.0 + piece.bytes, place.1 + piece.chars);
            self.tokens.push(RawToken { bytes: (place.0, after.0), chars: (place.1, after.1), lexeme: piece.lexeme, space_after: false });
            place = after;
        }
    }
}

#[cfg(test)]
mod tests;
