//! The stretches of a dispatch that are parsed: its content and the lines that say who wrote it where and when, up to a bound.
//!
//! In go the blocks; out come spans of the text in order, and whether something was beyond the bound. The furniture of a page is not parsed,
//! so that nothing can be coded from it.

use depeche_nlp::{Doc, Pipeline};
use depeche_record::{BlockKind, CharSpan, Dispatch};

/// The most characters that are parsed of one dispatch: a million, what spaCy takes of one text. A longer one is no news dispatch, and
/// memory must not follow it.
pub const MAX_CODED_CHARACTERS: usize = 1_000_000;

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
        pipeline.annotate(text)
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

/// Content, and what dates and names a dispatch, from which the coder takes no events.
fn is_parsed(kind: BlockKind) -> bool {
    kind.is_content() || matches!(kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_record::Block;

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
}
