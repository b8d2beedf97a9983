//! The kind of every block of a page.
//!
//! In go blocks with their scores; out come a kind for each and whether it belongs to the dispatch's text. What is chosen is the article's;
//! of the rest, words and markup say what it is: a caption, a byline, a menu, other articles.

use super::blocks::{Blocks, FAR, Place};
use super::class_words::{CREDIT, group};
use super::elements::Element;
use super::rows::Scored;
use crate::line_shape::{Ending, is_name};
use crate::pages::Pages;
use crate::scoring::CHOSEN;
use crate::scoring::features::Piece;
use depeche_record::BlockKind;

/// Words above which a line is no subhead, byline or dateline.
const SHORT: usize = 16;
/// Words from which a chosen heading is a standfirst.
const STANDFIRST: usize = 12;
/// Blocks before the article's first and after its last among which its byline, dateline and captions stand.
const NEAR: usize = 8;

const CAPTION: usize = group("caption");
const NAVIGATION: usize = group("navigation");
const FOOTER: usize = group("footer");
const SHARE: usize = group("share");
const RELATED: usize = group("related");
const AUTHOR: usize = group("author");
const COMMENT: usize = group("comment");

/// The kind of every block, and whether it belongs to the dispatch's text.
pub(crate) fn decide(blocks: &Blocks, scored: &Scored, scores: &[f32], pages: &Pages) -> Vec<(BlockKind, bool)> {
    let chosen = |at: usize| scores.get(at).is_some_and(|score| *score > CHOSEN);
    let count = scored.pieces.len();
    let first = (0..count).find(|&at| chosen(at)).unwrap_or(count);
    let last = (0..count).rev().find(|&at| chosen(at)).unwrap_or(0);
    let title = title(scored, blocks, first);
    let mut kinds: Vec<(BlockKind, bool)> = (0..count)
        .map(|at| {
            let (Some(piece), Some(block)) = (scored.pieces.get(at), blocks.blocks.get(at)) else { return (BlockKind::Other, false) };
            let place = blocks.place(block.element);
            let is_title = scored.rows.get(at).is_some_and(|row| row.is_title == 1.0);
            if Some(at) == title {
                return (BlockKind::Title, true);
            }
            if chosen(at) {
                let heading = place.is_some_and(|place| place.level > 0);
                return (of_chosen(piece, place, heading || block.strong), true);
            }
            let kind = if is_title { BlockKind::Other } else { of_other(piece, place, pages) };
            let near = first < count && at + NEAR >= title.unwrap_or(first).min(first) && at <= last + NEAR;
            let within = title.unwrap_or(first).min(first) <= at && at <= last;
            let belongs = match kind {
                BlockKind::Caption => within,
                BlockKind::Byline | BlockKind::Dateline => within && at < first || near && at > last && at <= last + 2,
                BlockKind::Source => near && at > first,
                _ => false,
            };
            (kind, belongs)
        })
        .collect();
    ledes(&mut kinds, scored);
    kinds
}

/// The block that is the title: the last of the page's titles before the article, headings first.
fn title(scored: &Scored, blocks: &Blocks, first: usize) -> Option<usize> {
    let level = |at: usize| blocks.blocks.get(at).and_then(|block| blocks.place(block.element)).map_or(0, |place| place.level);
    let is_title = |at: usize| scored.rows.get(at).is_some_and(|row| row.is_title == 1.0);
    let end = (first + 1).min(scored.pieces.len());
    let before = |wanted: &dyn Fn(usize) -> bool| (0..end).rev().find(|&at| wanted(at));
    before(&|at| is_title(at) && level(at) == 1)
        .or_else(|| before(&|at| is_title(at) && level(at) > 0))
        .or_else(|| before(&|at| level(at) == 1))
        .or_else(|| before(&|at| is_title(at)))
}

fn of_chosen(piece: &Piece, place: Option<&Place>, heading: bool) -> BlockKind {
    let in_element =
        |element: Element| place.and_then(|place| place.elements.get(element as usize)).is_some_and(|distance| *distance != FAR);
    if in_element(Element::Caption) {
        return BlockKind::Caption;
    }
    match piece.lexical {
        Some(kind @ (BlockKind::Byline | BlockKind::Dateline | BlockKind::Source | BlockKind::Caption)) if piece.words <= SHORT => kind,
        _ if heading && piece.words <= SHORT && piece.ending != Ending::Sentence => BlockKind::Subhead,
        _ if place.is_some_and(|place| place.level > 0) => BlockKind::Subhead,
        _ => BlockKind::Body,
    }
}

/// What a block that is not the article's text is.
fn of_other(piece: &Piece, place: Option<&Place>, pages: &Pages) -> BlockKind {
    let near_group = |group: usize, most: u8| place.and_then(|place| place.groups.get(group)).is_some_and(|distance| *distance <= most);
    let near_element =
        |element: Element, most: u8| place.and_then(|place| place.elements.get(element as usize)).is_some_and(|distance| *distance <= most);
    let links = piece.linked.unwrap_or(0) * 10 > piece.letters * 7;
    if near_group(CREDIT, 1) {
        return BlockKind::Other;
    }
    if near_element(Element::Caption, 3) {
        return BlockKind::Caption;
    }
    if let Some(kind) = piece.lexical {
        return kind;
    }
    if near_group(CAPTION, 0) && !links && piece.words >= 3 && !near_group(RELATED, 3) {
        return BlockKind::Caption;
    }
    if near_element(Element::Navigation, FAR - 1)
        || near_element(Element::Footer, FAR - 1)
        || near_group(NAVIGATION, 2)
        || near_group(FOOTER, 2)
    {
        return BlockKind::Navigation;
    }
    if near_group(SHARE, 2) {
        return BlockKind::Share;
    }
    if near_group(COMMENT, 4) {
        return BlockKind::Other;
    }
    if near_group(AUTHOR, 2) && is_name(piece.text, pages) {
        return BlockKind::Byline;
    }
    match (links, piece.words) {
        (true, 0..=3) => BlockKind::Navigation,
        (true, _) => BlockKind::Related,
        (false, _) if near_group(RELATED, 4) => BlockKind::Related,
        (false, _) => BlockKind::Other,
    }
}

/// The first paragraph is the lede, and so is a standfirst before it.
fn ledes(kinds: &mut [(BlockKind, bool)], scored: &Scored) {
    let Some(first) = kinds.iter().position(|(kind, _)| *kind == BlockKind::Body) else { return };
    let mut lede = false;
    for (at, kind) in kinds.iter_mut().enumerate().take(first) {
        if kind.0 == BlockKind::Subhead && scored.pieces.get(at).is_some_and(|piece| piece.words >= STANDFIRST) {
            kind.0 = BlockKind::Lede;
            lede = true;
        }
    }
    if let Some(kind) = kinds.get_mut(first).filter(|_| !lede) {
        kind.0 = BlockKind::Lede;
    }
}
