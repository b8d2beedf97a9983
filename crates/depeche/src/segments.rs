//! The stretches of a dispatch that are parsed: its content and the lines that say who wrote it where and when, up to a bound.
//!
//! In go the blocks; out come spans of the text in order, and whether something was beyond the bound. The furniture of a page is not parsed,
//! so that nothing can be coded from it.

use depeche_nlp::{Doc, Pipeline};
use depeche_record::{BlockKind, CharSpan, Dispatch};
use std::ops::Range;

/// The most characters that are parsed of one dispatch: a million, what spaCy takes of one text. A longer one is no news dispatch, and
/// memory must not follow it.
pub const MAX_CODED_CHARACTERS: usize = 1_000_000;

/// The most bytes that are parsed at once; memory follows it. No paragraph is as long.
const LONGEST_BYTES: usize = 16 << 10;

/// What is to be parsed of a dispatch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Segments {
    pub(crate) spans: Vec<CharSpan>,
    /// Whether content was left out.
    pub(crate) cut: bool,
}

impl Segments {
    /// Those of a dispatch.
    pub(crate) fn of(dispatch: &Dispatch) -> Segments {
        Segments::within(dispatch, MAX_CODED_CHARACTERS)
    }

    /// The mended parse of these stretches of `text`.
    pub(crate) fn annotate(&self, pipeline: &Pipeline, text: &str) -> Doc {
        let mut ranges = Vec::with_capacity(self.spans.len());
        self.bytes(text).into_iter().for_each(|stretch| split(text, stretch, &mut ranges));
        pipeline.annotate_mended(read(text, &ranges), &ranges)
    }

    /// These stretches of `text` without a parse.
    pub(crate) fn chunks(&self, text: &str) -> Doc {
        let ranges = self.bytes(text);
        Doc::of_chunks(read(text, &ranges), &ranges)
    }

    /// The stretches as bytes of `text`.
    fn bytes(&self, text: &str) -> Vec<Range<usize>> {
        let mut bytes = 0;
        let mut chars = 0;
        let mut advance = |to: usize| {
            bytes += text.get(bytes..).and_then(|rest| rest.char_indices().nth(to - chars)).map_or(text.len() - bytes, |(at, _)| at);
            chars = to;
            bytes
        };
        self.spans.iter().map(|span| advance(span.start)..advance(span.end)).collect()
    }

    fn within(dispatch: &Dispatch, most: usize) -> Segments {
        let mut segments = Segments::default();
        let mut taken = 0;
        for block in dispatch.blocks.iter().filter(|block| is_parsed(block.kind)) {
            let room = most - taken;
            let span = CharSpan::new(block.span.start, block.span.end.min(block.span.start + room));
            segments.cut |= span != block.span;
            if span.is_empty() {
                break;
            }
            taken += span.len();
            segments.spans.push(span);
        }
        segments
    }
}

/// The text up to the last stretch: what is beyond it is not carried through the stages.
fn read<'text>(text: &'text str, ranges: &[Range<usize>]) -> &'text str {
    ranges.last().and_then(|last| text.get(..last.end)).unwrap_or("")
}

/// Cuts a range of `text` into pieces of at most [`LONGEST_BYTES`], after a sentence where there is one, else after a word.
fn split(text: &str, range: Range<usize>, pieces: &mut Vec<Range<usize>>) {
    let mut start = range.start;
    while range.end - start > LONGEST_BYTES {
        let window = text.get(start..text.floor_char_boundary(start + LONGEST_BYTES)).unwrap_or("");
        let after = |found: Option<usize>| found.map(|at| at + 1).filter(|&length| length > LONGEST_BYTES / 2);
        let length =
            after(window.rfind('\n')).or_else(|| after(window.rfind(". "))).or_else(|| after(window.rfind(' '))).unwrap_or(window.len());
        if length == 0 {
            break;
        }
        pieces.push(start..start + length);
        start += length;
    }
    pieces.push(start..range.end);
}

/// Content, and what dates and names a dispatch, from which the coder takes no events.
fn is_parsed(kind: BlockKind) -> bool {
    kind.is_content() || matches!(kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_record::Block;
    use proptest::prelude::*;

    #[test]
    fn content_is_taken_up_to_the_bound() {
        let block = |kind, start, end| Block { kind, span: CharSpan::new(start, end) };
        let blocks = vec![
            block(BlockKind::Title, 0, 10),
            block(BlockKind::Share, 10, 20),
            block(BlockKind::Body, 20, 30),
            block(BlockKind::Body, 30, 40),
        ];
        let dispatch = Dispatch { blocks, ..Dispatch::default() };
        let spans = |most| Segments::within(&dispatch, most);
        assert_eq!(spans(100), Segments { spans: vec![(0, 10).into(), (20, 30).into(), (30, 40).into()], cut: false });
        assert_eq!(spans(15), Segments { spans: vec![(0, 10).into(), (20, 25).into()], cut: true });
        assert_eq!(spans(20), Segments { spans: vec![(0, 10).into(), (20, 30).into()], cut: true });
    }

    #[test]
    fn a_long_stretch_is_cut_after_sentences() {
        let sentence = "It rained in Bergen. ";
        let text = sentence.repeat(3 * LONGEST_BYTES / sentence.len());
        let mut pieces = Vec::new();
        split(&text, 0..text.len(), &mut pieces);
        assert!(pieces.len() >= 3 && pieces.iter().all(|piece| piece.len() <= LONGEST_BYTES));
        assert!(pieces.iter().skip(1).all(|piece| text[..piece.start].ends_with('.')), "{pieces:?}");
    }

    proptest! {
        #[test]
        fn pieces_follow_one_another(unit in "[a-zé. \\n𝄞]{1,12}", times in 1..9000_usize) {
            let text = unit.repeat(times);
            let mut pieces = Vec::new();
            split(&text, 0..text.len(), &mut pieces);
            let mut end = 0;
            for piece in &pieces {
                prop_assert_eq!(piece.start, end);
                prop_assert!(text.get(piece.clone()).is_some());
                prop_assert!(piece.len() <= LONGEST_BYTES);
                end = piece.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
