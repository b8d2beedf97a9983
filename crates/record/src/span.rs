//! Where in a text something stands, in Unicode scalar values, and the conversion from bytes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A run of characters of a dispatch's text: `start` inclusive, `end` exclusive, in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
pub struct CharSpan {
    /// First character.
    pub start: usize,
    /// Past the last character.
    pub end: usize,
}

impl CharSpan {
    /// The span from `start` to `end`; empty at `start` when they are the wrong way round.
    pub fn new(start: usize, end: usize) -> Self {
        CharSpan { start, end: end.max(start) }
    }

    /// Number of characters.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no character.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a character.
    pub fn overlaps(self, other: CharSpan) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` is inside.
    pub fn contains(self, other: CharSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: CharSpan) -> CharSpan {
        CharSpan { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<(usize, usize)> for CharSpan {
    fn from((start, end): (usize, usize)) -> Self {
        CharSpan::new(start, end)
    }
}

/// Bytes to characters and back, over one text.
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// The byte at which every character begins, then the length of the text; `None` for ASCII, where both are the same.
    starts: Option<Vec<u32>>,
    bytes: usize,
}

impl CharIndex {
    /// The index of `text`.
    pub fn new(text: &str) -> Self {
        let starts = (!text.is_ascii())
            .then(|| text.char_indices().map(|(at, _)| at).chain([text.len()]).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect());
        CharIndex { starts, bytes: text.len() }
    }

    /// Number of characters of the text.
    pub fn chars(&self) -> usize {
        self.starts.as_ref().map_or(self.bytes, |starts| starts.len() - 1)
    }

    /// The character that the byte at `byte` belongs to; the number of characters past the end.
    pub fn char_of(&self, byte: usize) -> usize {
        match &self.starts {
            None => byte.min(self.bytes),
            Some(_) if byte >= self.bytes => self.chars(),
            Some(starts) => starts.partition_point(|&start| start as usize <= byte).saturating_sub(1),
        }
    }

    /// The byte at which character `at` begins; the length of the text past the end.
    pub fn byte_of(&self, at: usize) -> usize {
        match &self.starts {
            None => at.min(self.bytes),
            Some(starts) => starts.get(at).map_or(self.bytes, |&byte| byte as usize),
        }
    }

    /// The span of a range of bytes.
    pub fn span(&self, bytes: Range<usize>) -> CharSpan {
        CharSpan::new(self.char_of(bytes.start), self.char_of(bytes.end))
    }

    /// The text under a span.
    pub fn slice<'text>(&self, text: &'text str, span: CharSpan) -> &'text str {
        text.get(self.byte_of(span.start)..self.byte_of(span.end)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_scalar_values() {
        let text = "né à Bakou";
        let index = CharIndex::new(text);
        let span = index.span(6..11);
        assert_eq!(span, CharSpan::new(4, 9));
        assert_eq!(index.slice(text, CharSpan::new(5, 10)), "Bakou");
        assert_eq!(index.byte_of(99), text.len());
        assert_eq!(index.char_of(99), 10);
    }
}
