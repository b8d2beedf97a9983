//! Writes text as the training data of the pipelines wrote it, and keeps the way back.
//!
//! In: any text. Out: a [`Normalised`]: straight apostrophes, plain spaces (one, not several), plain hyphens, line
//! feeds for every kind of line end, composed accents, ASCII for full-width forms; soft hyphens, zero-width and
//! direction marks are dropped. Quotation marks, dashes, ellipses and the letter œ stay. Every character of the
//! result knows the characters of the original that it stands for.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text made digestible, with the way back to the original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Normalised {
    /// The text as it is to be read.
    pub text: String,
    segments: Vec<Segment>,
}

/// A place in bytes and in characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    bytes: usize,
    chars: usize,
}

/// A run of the text and the run of the original that it stands for, both from here to the next segment's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    here: Place,
    original: Place,
    original_end: Place,
    /// Whether both runs are the same characters.
    same: bool,
}

impl Normalised {
    /// The bytes and the characters of the original for which a run of the text stands; the run is given in both, too.
    /// Runs beyond the text are cut to it.
    pub fn original(&self, bytes: Range<usize>, chars: Range<usize>) -> (Range<usize>, Range<usize>) {
        let start = self.place(Place { bytes: bytes.start, chars: chars.start }, false);
        let end = match bytes.end > bytes.start {
            true => self.place(Place { bytes: bytes.end, chars: chars.end }, true),
            false => start,
        };
        (start.bytes..end.bytes.max(start.bytes), start.chars..end.chars.max(start.chars))
    }

    /// The original place of the boundary at `here`: the end of what is before it, or the start of what follows.
    fn place(&self, here: Place, is_end: bool) -> Place {
        let after = self
            .segments
            .partition_point(|segment| if is_end { segment.here.bytes < here.bytes } else { segment.here.bytes <= here.bytes });
        let Some(segment) = after.checked_sub(1).and_then(|at| self.segments.get(at)) else { return Place::default() };
        let limit = segment.original_end;
        match (segment.same, is_end) {
            (true, _) => Place {
                bytes: (segment.original.bytes + here.bytes.saturating_sub(segment.here.bytes)).min(limit.bytes),
                chars: (segment.original.chars + here.chars.saturating_sub(segment.here.chars)).min(limit.chars),
            },
            (false, true) => limit,
            (false, false) => segment.original,
        }
    }
}

/// Normalises a text.
pub fn normalise(text: &str) -> Normalised {
    let mut writer =
        Writer { text, normalised: Normalised { text: String::with_capacity(text.len()), segments: Vec::new() }, ..Writer::default() };
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = cluster(rest, character);
        let (here, after) = rest.split_at(length);
        writer.write(here, character, after.chars().next());
        rest = after;
    }
    writer.normalised
}

/// The length in bytes of what is looked at together: a character with its combining marks, a run of spaces, or a line end.
fn cluster(text: &str, first: char) -> usize {
    if is_gap(first) {
        return text.find(|character| !is_gap(character)).unwrap_or(text.len());
    }
    if first == '\r' {
        return if text[1..].starts_with('\n') { 2 } else { 1 };
    }
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, next)) if is_combining_mark(next) => {
            characters.find(|&(_, character)| !is_combining_mark(character)).map_or(text.len(), |(at, _)| at)
        }
        _ => first.len_utf8(),
    }
}

/// Whether the character is white space within a line.
fn is_gap(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
        || matches!(character, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

/// Whether the character is not seen: soft hyphens, zero-width characters, direction marks.
fn is_dropped(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What one character becomes; `None` when it stays.
fn replacement(character: char, in_word: bool) -> Option<char> {
    Some(match character {
        '\u{2019}' | '\u{2bc}' | '\u{201b}' | '\u{ff07}' => '\'',
        // An opening quotation mark or an accent alone is an apostrophe only between letters.
        '\u{2018}' | '\u{b4}' | '`' | '\u{2032}' if in_word => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{2012}' => '–',
        '\u{2015}' => '—',
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0)?,
        _ => return None,
    })
}

/// Ligatures of type, which are several letters.
fn letters(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

#[derive(Default)]
struct Writer<'text> {
    text: &'text str,
    normalised: Normalised,
    here: Place,
    original: Place,
    /// The character before, in the original.
    before: Option<char>,
}

impl Writer<'_> {
    fn write(&mut self, here: &str, first: char, after: Option<char>) {
        let in_word = self.before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
        let is_single = here.len() == first.len_utf8();
        if is_gap(first) {
            self.push(here, " ");
        } else if is_dropped(first) && is_single {
            self.push(here, "");
        } else if let Some(letters) = letters(first).filter(|_| is_single) {
            self.push(here, letters);
        } else if let Some(character) = replacement(first, in_word).filter(|_| is_single || first == '\r') {
            self.push(here, character.encode_utf8(&mut [0; 4]));
        } else if is_single {
            self.push(here, here);
        } else {
            let composed: String = here.nfc().collect();
            // A few characters are written apart by composition; two tokens of one character would have one place.
            let apart = composed.chars().count() > here.chars().count();
            self.push(here, if apart { here } else { &composed });
        }
        self.before = here.chars().next_back();
    }

    fn push(&mut self, original: &str, written: &str) {
        let start = self.original;
        self.original.bytes += original.len();
        self.original.chars += original.chars().count();
        let same = original == written;
        match self.normalised.segments.last_mut() {
            Some(last) if same && last.same && last.original_end == start => last.original_end = self.original,
            _ if written.is_empty() => {}
            _ => self.normalised.segments.push(Segment { here: self.here, original: start, original_end: self.original, same }),
        }
        self.here.bytes += written.len();
        self.here.chars += written.chars().count();
        self.normalised.text.push_str(written);
        debug_assert!(self.original.bytes <= self.text.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(normalise(text).text, expected);
    }

    #[test]
    fn what_is_mended() {
        check("l’été d‛hier aujourdʼhui", "l'été d'hier aujourd'hui");
        check("« 10\u{202f}000\u{a0}% »\t \u{a0}fin", "« 10 000 % » fin");
        check("co\u{ad}opération\u{200b} \u{feff}là", "coopération là");
        check("e\u{301}te\u{301} i\u{307}", "été i̇");
        check("⺀\u{f73}", "⺀\u{f73}");
        check("ＯＴＡＮ ﬁn œuvre", "OTAN fin œuvre");
        check("a\r\nb\rc\u{2028}d\u{0}e", "a\nb\nc\nd e");
        check("porte\u{2011}parole 5\u{2013}6 — ‘mot’ aujourd‘hui", "porte-parole 5–6 — ‘mot' aujourd'hui");
    }

    #[test]
    fn the_way_back() {
        let text = "L’a\u{ad}mi e\u{301}tait\u{a0} là";
        let normalised = normalise(text);
        assert_eq!(normalised.text, "L'ami était là");
        let back = |form: &str| {
            let start = normalised.text.find(form).expect("the form is there");
            let chars = normalised.text[..start].chars().count();
            let (bytes, chars) = normalised.original(start..start + form.len(), chars..chars + form.chars().count());
            assert_eq!(text[..bytes.start].chars().count(), chars.start);
            assert_eq!(text[..bytes.end].chars().count(), chars.end);
            text[bytes].to_owned()
        };
        assert_eq!(back("L'"), "L’");
        assert_eq!(back("ami"), "a\u{ad}mi");
        assert_eq!(back("était"), "e\u{301}tait");
        assert_eq!(back("là"), "là");
    }

    proptest! {
        #[test]
        fn the_map_is_monotone_and_within_the_text(text in r"[a-e’\u{301}\u{ad}\u{a0} ﬁ\r\n]{0,24}|(?s).{0,24}") {
            let normalised = normalise(&text);
            let total = text.chars().count();
            let mut last = (0, 0);
            for (chars, (at, character)) in normalised.text.char_indices().enumerate() {
                let (bytes, chars) = normalised.original(at..at + character.len_utf8(), chars..chars + 1);
                prop_assert!(bytes.start >= last.0 || bytes.start < bytes.end);
                prop_assert!(text.get(bytes.clone()).is_some());
                prop_assert_eq!(text[..bytes.start].chars().count(), chars.start);
                prop_assert_eq!(text[..bytes.end].chars().count(), chars.end);
                prop_assert!(bytes.start >= last.0 && bytes.end >= last.1 && bytes.end <= text.len() && chars.end <= total);
                last = (bytes.start, bytes.end);
            }
        }

        #[test]
        fn what_is_normal_stays(text in "[a-zéœ.,'« »\n-]{0,30}") {
            let once = normalise(&text);
            prop_assert_eq!(&normalise(&once.text).text, &once.text);
        }
    }
}
