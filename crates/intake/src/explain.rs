//! Why a page's blocks or a text's lines are what they are.
//!
//! In goes an item; out come its blocks in order, those that are not the article's among them, each with its kind, its score and the features
//! that weighed most in that score.

use crate::composed::settle;
use crate::dispatch::{ExtractOptions, Extraction, MarkedUp, extract, marked_up};
use crate::lines::explained_lines;
use crate::pages::Pages;
use crate::scoring::Reason;
use crate::{Content, Item};
use depeche_record::{BlockKind, CharIndex};
use serde::Serialize;
use std::ops::Range;

/// A block and why it is what it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Whether it is part of the dispatch's text as it is without `--keep-all`.
    pub belongs: bool,
    /// What it is by its words alone, where they give it away.
    pub by_words: Option<BlockKind>,
    /// How likely it is the article's, from 0 to 1.
    pub score: f32,
    /// What weighed most in the score, the heaviest first.
    pub reasons: Vec<Reason>,
    /// Where it stands in the decoded input, in bytes: of a page from the tag before its first word to the one before its last.
    pub source: Range<usize>,
    /// Its words.
    pub text: String,
}

/// The dispatch of an item, and every block that it was made of.
///
/// ```
/// use depeche_intake::{Pages, ReadOptions, Reader, explain};
/// use depeche_packs::PackFiles;
/// let pages = Pages::load(&PackFiles::built_in())?;
/// let text: &[u8] = b"Home > News\n\nShips leave the harbour\n\nMore than forty ships left the old harbour on Monday, its master said.\n";
/// let item = Reader::new(text, "-", ReadOptions::default()).next().unwrap()?;
/// let (_, blocks) = explain(&item, &pages);
/// assert!(blocks[0].by_words.is_some() && blocks[2].score > blocks[0].score);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(item: &Item, pages: &Pages) -> (Extraction, Vec<ExplainedBlock>) {
    let extraction = extract(item, ExtractOptions::default(), pages);
    let blocks = match &item.content {
        Content::Text(text) => of_lines(text, &extraction, pages),
        Content::Page(_) | Content::Fragment(_) => {
            let MarkedUp { mut blocks, mut reasons, .. } = marked_up(item, true, pages);
            reasons.resize(blocks.len(), Vec::new());
            let language = extraction.dispatch.language.as_deref();
            settle(&mut blocks, None, language, pages);
            let explained = blocks.into_iter().zip(reasons).map(|(block, reasons)| ExplainedBlock {
                kind: block.kind,
                belongs: block.belongs,
                by_words: pages.kind_of(&block.text),
                score: block.score,
                reasons,
                source: block.source,
                text: block.text,
            });
            explained.collect()
        }
    };
    (extraction, blocks)
}

/// The lines of a text with the kinds of the dispatch's blocks.
fn of_lines(text: &str, extraction: &Extraction, pages: &Pages) -> Vec<ExplainedBlock> {
    let index = CharIndex::new(text);
    let blocks = &extraction.dispatch.blocks;
    let explained = explained_lines(text, pages).into_iter().map(|(bytes, score, reasons)| {
        let words = text.get(bytes.clone()).unwrap_or_default();
        // The last block that begins in it: a dateline that was cut off a paragraph comes before the paragraph.
        let end = index.char_of(bytes.end);
        let kind = blocks.iter().rev().find(|block| block.span.start < end).map_or(BlockKind::Other, |block| block.kind);
        ExplainedBlock {
            kind,
            belongs: true,
            by_words: pages.kind_of(words),
            score,
            reasons,
            source: bytes.clone(),
            text: words.to_owned(),
        }
    });
    explained.collect()
}
