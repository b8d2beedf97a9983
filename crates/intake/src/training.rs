//! What the scorer's parameters are learnt from: the rows of pages, as the program itself reads them.
//!
//! In goes a page; out come its blocks with the numbers of the first scorer and, given first scores, those of the second. Used by
//! `examples/training_rows.rs` for `training/article/train.py`, and by nothing else.

use crate::html::{Known, ParsedPage};
use crate::lines::line_rows;
use crate::pages::Pages;
use crate::scoring::features::{Features, NAMES, Piece};
use crate::scoring::neighbours::{NEIGHBOURS, Shared, neighbours};

/// The names of the first scorer's numbers, then of those that the second reads beside them.
pub fn feature_names() -> (Vec<&'static str>, Vec<&'static str>) {
    (NAMES.to_vec(), NEIGHBOURS.to_vec())
}

/// The blocks of a page or the lines of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingRows {
    /// The words of each.
    pub texts: Vec<String>,
    /// The first scorer's numbers of each; NaN for what is not known.
    pub first: Vec<Vec<f32>>,
    /// What the second reads beside them, where first scores were given.
    pub second: Vec<Vec<f32>>,
}

/// The rows of a page.
pub fn page_rows(html: &str, pages: &Pages, scores: Option<&[f32]>) -> TrainingRows {
    let page = ParsedPage::parse(html, Known::default(), pages);
    let scored = page.scored(pages);
    training_rows(&scored.pieces, &scored.rows, &scored.shared, scores)
}

/// The rows of the same page, copied out as plain text: a line a block, no markup.
pub fn text_rows(html: &str, pages: &Pages, scores: Option<&[f32]>) -> TrainingRows {
    let page = ParsedPage::parse(html, Known::default(), pages);
    let scored = page.scored(pages);
    let lines: Vec<Piece> = scored.pieces.iter().map(|piece| Piece { linked: None, ..piece.clone() }).collect();
    training_rows(&lines, &line_rows(&lines), &[], scores)
}

fn training_rows(pieces: &[Piece], rows: &[Features], shared: &[Shared], scores: Option<&[f32]>) -> TrainingRows {
    TrainingRows {
        texts: pieces.iter().map(|piece| piece.text.to_owned()).collect(),
        first: rows.iter().map(|row| row.values().to_vec()).collect(),
        second: scores.map(|scores| neighbours(pieces, shared, scores).into_iter().map(|row| row.to_vec()).collect()).unwrap_or_default(),
    }
}
