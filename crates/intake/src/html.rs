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
use crate::repeats::Repeated;
use crate::scoring::features::{Hints, Piece};
use crate::scoring::{CHOSEN, Reason, reasons, scores};
use blocks::{Block, Blocks, Repeats};
pub(crate) use class_words::GROUPS;
use depeche_record::BlockKind;
pub(crate) use elements::Element;
pub(crate) use metadata::Metadata;
pub use metadata::{Field, Origin, Stating};
use rows::Scored;
pub(crate) use rows::{NEAR, NEAR_NAMES};
use std::collections::HashSet;
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
    Metadata::read(&Tree::parse(html), address, None, pages).all
}

/// What is known of a page before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known<'known> {
    /// Where it was got.
    pub(crate) address: Option<&'known str>,
    /// When.
    pub(crate) fetched: Option<&'known str>,
    /// What of it its site repeats.
    pub(crate) repeated: Option<&'known Repeated>,
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
pub(crate) struct ParsedPage {
    tree: Tree,
    blocks: Blocks,
    hints: Hints,
    pub(crate) metadata: Metadata,
}

impl ParsedPage {
    /// Parses a page.
    pub(crate) fn parse(html: &str, known: Known, pages: &Pages) -> ParsedPage {
        let tree = Tree::parse(html);
        let nothing = Repeated::default();
        let repeats = Repeats { source: html, runs: known.repeated.unwrap_or(&nothing) };
        let metadata = Metadata::read(&tree, known.address, known.fetched, pages);
        ParsedPage { blocks: Blocks::of(&tree, repeats), hints: Hints::of(&metadata), tree, metadata }
    }

    /// What the scorer reads of it.
    pub(crate) fn scored(&self, pages: &Pages) -> Scored<'_> {
        Scored::of(&self.tree, &self.blocks, &self.hints, pages)
    }

    /// The blocks of a whole page, and where wanted what decided the score of each.
    pub(crate) fn of_page(&self, html: &str, with_reasons: bool, pages: &Pages) -> (Vec<PageBlock>, Vec<Vec<Reason>>) {
        let scored = self.scored(pages);
        let mut scores = scores(&scored.pieces, &scored.rows, &scored.shared);
        lift(&mut scores);
        let is_chosen = |(piece, score): (&Piece, &f32)| if *score > CHOSEN { piece.letters } else { 0 };
        let letters: usize = scored.pieces.iter().zip(&scores).map(is_chosen).sum();
        if letters < FEW_LETTERS
            && let Some(article) = scripts::article(html)
        {
            // No markup of the page speaks for it.
            return (ParsedPage::parse(&article, Known::default(), pages).of_fragment(pages), Vec::new());
        }
        let reasons = if with_reasons { reasons(&scored.pieces, &scored.rows, &scored.shared) } else { Vec::new() };
        (self.decided(&scored, scores, pages), reasons)
    }

    /// The blocks of HTML that is an article and nothing else; what words give away as debris is not taken even so.
    pub(crate) fn of_fragment(&self, pages: &Pages) -> Vec<PageBlock> {
        let scored = self.scored(pages);
        let is_debris = |kind| matches!(kind, BlockKind::Share | BlockKind::Related | BlockKind::Navigation | BlockKind::Other);
        let scores = scored.pieces.iter().map(|piece| if piece.lexical.is_some_and(is_debris) { 0.0 } else { 1.0 }).collect();
        self.decided(&scored, scores, pages)
    }

    fn decided(&self, scored: &Scored, mut scores: Vec<f32>, pages: &Pages) -> Vec<PageBlock> {
        once(&scored.pieces, &mut scores);
        for ((score, block), piece) in scores.iter_mut().zip(&self.blocks.blocks).zip(&scored.pieces) {
            // What its words give away is no article wherever it stands.
            let is_debris = piece.words <= FEW_WORDS && matches!(piece.lexical, Some(BlockKind::Related | BlockKind::Share));
            *score = if block.repeated || is_debris { 0.0 } else { *score };
        }
        let kinds = kinds::decide(&self.blocks, scored, &scores, pages);
        let told = self.blocks.blocks.iter().zip(kinds).zip(scores);
        let told = told.map(|((Block { text, source, .. }, (kind, belongs)), score)| PageBlock {
            text: text.clone(),
            kind,
            score,
            belongs,
            source: source.clone(),
        });
        told.collect()
    }
}

/// Words up to which words alone can tell that a block is a link to another article or a plea to share this one.
const FEW_WORDS: usize = 30;

/// Letters below which what was chosen is no article, if the page's scripts hold one.
const FEW_LETTERS: usize = 300;

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

/// What a page says twice is taken once: paragraphs that stand there for readers on telephones too.
fn once(pieces: &[Piece], scores: &mut [f32]) {
    const LEAST_WORDS: usize = 8;
    let mut said = HashSet::new();
    for (piece, score) in pieces.iter().zip(scores) {
        if *score > CHOSEN && piece.words >= LEAST_WORDS {
            let letters: String = piece.text.chars().filter(|character| character.is_alphanumeric()).collect();
            if !said.insert(letters) {
                *score = 0.0;
            }
        }
    }
}
