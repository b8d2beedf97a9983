//! Pages: HTML to the blocks of a dispatch.
//!
//! In goes the decoded source of a page; out come its blocks in reading order, each with its kind and what the scorer made of it.

mod blocks;
mod class_words;
mod elements;
mod hints;
mod kinds;
mod metadata;
mod rows;
mod scripts;
mod surroundings;
pub(crate) mod tree;

use crate::pages::Pages;
use crate::scoring::features::Hints;
use crate::scoring::{CHOSEN, scores};
use blocks::{Block, Blocks};
pub(crate) use class_words::GROUPS;
use depeche_record::BlockKind;
use hints::hints;
pub use metadata::{Field, Origin, Stating};
use rows::Scored;
pub(crate) use rows::{NEAR, NEAR_NAMES};
use std::ops::Range;
use tree::Tree;

/// Every claim that a page makes of itself, by field, the strongest first; `address` is where it was got.
///
/// ```
/// use depeche_intake::{Field, Pages, page_metadata};
/// use depeche_packs::PackFiles;
/// let pages = Pages::load(&PackFiles::built_in())?;
/// let claims = page_metadata("<title>Rain in Bergen</title><time datetime=2021-05-03>", None, &pages);
/// let chosen = |field| claims.iter().find(|claim| claim.field == field && claim.chosen).map(|claim| claim.value.as_str());
/// assert_eq!(chosen(Field::Title), Some("Rain in Bergen"));
/// assert_eq!(chosen(Field::Published), Some("2021-05-03"));
/// # Ok::<(), depeche_packs::PackError>(())
/// ```
pub fn page_metadata(html: &str, address: Option<&str>, pages: &Pages) -> Vec<Stating> {
    metadata::Metadata::read(&Tree::parse(html), address, None, pages).all
}

/// A block of a page and what it is.
#[derive(Debug)]
pub(crate) struct PageBlock {
    pub(crate) text: String,
    pub(crate) kind: BlockKind,
    /// How likely its text is the article's, from 0 to 1.
    pub(crate) score: f32,
    /// Whether it is part of the dispatch's text.
    pub(crate) belongs: bool,
    /// Bytes in the source of the page, from the tag before its first word to the one before its last.
    pub(crate) source: Range<usize>,
}

/// A page before anything is decided.
pub(crate) struct ScoredPage {
    tree: Tree,
    blocks: Blocks,
    hints: Hints,
}

impl ScoredPage {
    /// Parses a page.
    pub(crate) fn read(html: &str) -> ScoredPage {
        let tree = Tree::parse(html);
        ScoredPage { blocks: Blocks::of(&tree), hints: hints(&tree), tree }
    }

    /// What the scorer reads of it.
    pub(crate) fn scored(&self, pages: &Pages) -> Scored<'_> {
        Scored::of(&self.tree, &self.blocks, &self.hints, pages)
    }
}

/// Letters below which what was chosen is no article, if the page's scripts hold one.
const FEW_LETTERS: usize = 300;

/// The blocks of a page.
pub(crate) fn read(html: &str, pages: &Pages) -> Vec<PageBlock> {
    let page = ScoredPage::read(html);
    let scored = page.scored(pages);
    let mut scores = scores(&scored.pieces, &scored.rows, &scored.shared);
    lift(&mut scores);
    let chosen: usize = scored.pieces.iter().zip(&scores).filter(|(_, score)| **score > CHOSEN).map(|(piece, _)| piece.letters).sum();
    if chosen < FEW_LETTERS
        && let Some(article) = scripts::article(html)
    {
        let title = page.hints.titles.first().map(String::as_str).unwrap_or_default();
        return fragment(&format!("<h1>{title}</h1>{article}"), pages);
    }
    blocks_of(&page, &scored, scores, pages)
}

/// The blocks of HTML that is an article and nothing else; what words give away as debris is not taken even so.
pub(crate) fn fragment(html: &str, pages: &Pages) -> Vec<PageBlock> {
    let page = ScoredPage::read(html);
    let scored = page.scored(pages);
    let is_debris = |kind| matches!(kind, BlockKind::Share | BlockKind::Related | BlockKind::Navigation | BlockKind::Other);
    let scores = scored.pieces.iter().map(|piece| if piece.lexical.is_some_and(is_debris) { 0.0 } else { 1.0 }).collect();
    blocks_of(&page, &scored, scores, pages)
}

fn blocks_of(page: &ScoredPage, scored: &Scored, scores: Vec<f32>, pages: &Pages) -> Vec<PageBlock> {
    let kinds = kinds::decide(&page.blocks, scored, &scores, pages);
    let told = page.blocks.blocks.iter().zip(kinds).zip(scores);
    told.map(|((Block { text, source, .. }, (kind, belongs)), score)| PageBlock {
        text: text.clone(),
        kind,
        score,
        belongs,
        source: source.clone(),
    })
    .collect()
}

/// Where nothing reaches the mark, the best of the page stands for the article if it is not hopeless: a short notice, a page of few words.
fn lift(scores: &mut [f32]) {
    const HOPELESS: f32 = 0.2;
    let highest = scores.iter().copied().fold(0.0, f32::max);
    if highest <= CHOSEN && highest > HOPELESS {
        for score in scores {
            *score *= (CHOSEN + 0.1) / highest;
        }
    }
}
