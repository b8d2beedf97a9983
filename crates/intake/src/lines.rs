//! A text to the lines or paragraphs that get a kind each.
//!
//! In goes a text; out come its [`Part`]s: stretches of bytes in order, none blank, none overlapping, with no white space around them. Line
//! breaks are `\n`, `\r\n`, `\r` and Unicode's own. Where the text was wrapped at a fixed width, a part is a paragraph of several lines.

use crate::dateline_split::split_datelines;
use crate::language;
use crate::line_kind::{Kinds, WHOLE_PAGE};
use crate::line_shape::{Ending, ending, words};
use crate::pages::Pages;
use crate::publisher::publisher_of;
use crate::scoring::features::{Features, Hints, Piece, rows};
use crate::scoring::{Reason, reasons, scores};
use depeche_record::BlockKind;
use std::ops::Range;

/// A stretch of a text and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) bytes: Range<usize>,
    pub(crate) kind: BlockKind,
}

/// What the lines of a text say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) parts: Vec<Part>,
    pub(crate) language: Option<String>,
    /// Where the source line names the outlet.
    pub(crate) publisher: Option<Range<usize>>,
}

/// A line or paragraph before it has a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) bytes: Range<usize>,
    /// Whether a blank line or the beginning of the text stands before it.
    pub(crate) after_gap: bool,
    pub(crate) words: usize,
    pub(crate) ending: Ending,
}

impl Page {
    /// Reads a text, in a language where that is declared.
    pub(crate) fn read(text: &str, declared: Option<&str>, pages: &Pages) -> Page {
        let lines = paragraphs(text, lines(text));
        let words_of = |line: &Line| text.get(line.bytes.clone()).unwrap_or_default();
        let lexical: Vec<Option<BlockKind>> = lines.iter().map(|line| pages.kind_of(words_of(line))).collect();
        let own = || lines.iter().zip(&lexical).filter(|(_, kind)| kind.is_none()).map(|(line, _)| line);
        let language = declared.map(str::to_owned).or_else(|| {
            let prose = own().filter(|line| line.words >= 8).map(words_of);
            language::of_text(prose, pages).or_else(|| language::of_text(lines.iter().map(words_of), pages))
        });
        let scores = if lines.len() < WHOLE_PAGE {
            Vec::new()
        } else {
            let pieces = pieces(text, &lines, &lexical);
            scores(&pieces, &line_rows(&pieces), &[])
        };
        let kinds = Kinds { text, lines: &lines, language: language.as_deref(), scores: &scores, pages }.decide(lexical);
        let parts: Vec<Part> = lines.into_iter().zip(kinds).map(|(line, kind)| Part { bytes: line.bytes, kind }).collect();
        let publisher = publisher_of(text, &parts, pages);
        Page { parts: split_datelines(text, parts, pages), language, publisher }
    }
}

/// The lines of a text, each with its score and what decided it.
pub(crate) fn explained_lines(text: &str, pages: &Pages) -> Vec<(Range<usize>, f32, Vec<Reason>)> {
    let lines = paragraphs(text, lines(text));
    let lexical: Vec<Option<BlockKind>> =
        lines.iter().map(|line| pages.kind_of(text.get(line.bytes.clone()).unwrap_or_default())).collect();
    let pieces = pieces(text, &lines, &lexical);
    let rows = line_rows(&pieces);
    let told = scores(&pieces, &rows, &[]).into_iter().zip(reasons(&pieces, &rows, &[]));
    lines.into_iter().zip(told).map(|(line, (score, reasons))| (line.bytes, score, reasons)).collect()
}

/// The lines as the scorer reads them.
fn pieces<'text>(text: &'text str, lines: &[Line], lexical: &[Option<BlockKind>]) -> Vec<Piece<'text>> {
    let piece = |(line, &lexical): (&Line, &Option<BlockKind>)| {
        let words = text.get(line.bytes.clone()).unwrap_or_default();
        let letters = words.chars().filter(|character| !character.is_whitespace()).count();
        Piece { text: words, words: line.words, letters, linked: None, ending: line.ending, lexical }
    };
    lines.iter().zip(lexical).map(piece).collect()
}

/// What the scorer knows of lines, to which no markup speaks.
pub(crate) fn line_rows(pieces: &[Piece]) -> Vec<Features> {
    rows(pieces, &Hints::default(), |_| true, |_, _| {})
}

/// Lines beyond this number are taken as one: no dispatch has them, and memory stays bounded.
const MOST_LINES: usize = 100_000;

/// The lines that are not blank.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_gap = true;
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, character) in text.char_indices().filter(|(_, character)| is_break(*character)) {
        let ends_return = character == '\n' && at == start && at > 0 && bytes.get(at - 1) == Some(&b'\r');
        if !ends_return {
            let line = line(text, start..at, after_gap);
            after_gap = line.is_none();
            lines.extend(line);
        }
        start = at + character.len_utf8();
        if lines.len() == MOST_LINES {
            break;
        }
    }
    lines.extend(line(text, start..text.len(), after_gap));
    lines
}

/// What stands in a range but for the white space around it.
fn line(text: &str, range: Range<usize>, after_gap: bool) -> Option<Line> {
    let whole = text.get(range.clone())?;
    let bare = whole.trim_matches(is_blank);
    let begin = range.start + (whole.len() - whole.trim_start_matches(is_blank).len());
    (!bare.is_empty()).then(|| Line { bytes: begin..begin + bare.len(), after_gap, words: words(bare).count(), ending: ending(bare) })
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space, and what shows as nothing.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

/// Joins the lines of a text that was wrapped at a fixed width; other texts stay as they are.
fn paragraphs(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let Some(width) = wrapped_at(text, &lines) else { return lines };
    let mut joined: Vec<Line> = Vec::new();
    let mut last_is_full = false;
    for line in lines {
        let is_full = length(text, &line) * 10 >= width * 7;
        match joined.last_mut() {
            Some(last) if last_is_full && !line.after_gap && !starts_item(text, &line) => {
                last.bytes.end = line.bytes.end;
                last.words += line.words;
                last.ending = line.ending;
            }
            _ => joined.push(line),
        }
        last_is_full = is_full;
    }
    joined
}

fn length(text: &str, line: &Line) -> usize {
    text.get(line.bytes.clone()).map_or(0, |words| words.chars().count())
}

fn starts_item(text: &str, line: &Line) -> bool {
    text.get(line.bytes.clone()).is_some_and(|words| words.starts_with(['-', '•', '*', '–', '—', '·']))
}

/// The width at which a text was wrapped: no line is long, and most that are followed at once by another are full and break off in
/// mid-sentence, the next going on in lower case.
fn wrapped_at(text: &str, lines: &[Line]) -> Option<usize> {
    const WIDEST: usize = 120;
    const NARROWEST: usize = 40;
    let width = lines.iter().map(|line| length(text, line)).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut followed, mut broken) = (0_usize, 0_usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if next.after_gap || length(text, line) * 10 < width * 7 {
            continue;
        }
        followed += 1;
        let goes_on =
            text.get(next.bytes.clone()).is_some_and(|words| words.starts_with(|first: char| first.is_lowercase() || first.is_numeric()));
        broken += usize::from(line.ending != Ending::Sentence && goes_on);
    }
    (broken >= 2 && broken * 2 >= followed).then_some(width)
}
