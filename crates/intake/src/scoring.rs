//! Whether a block or line is the article's own.
//!
//! In go the pieces of a page or text with their features; out comes a probability for each. Two sets of boosted trees say it: the first
//! looks at a piece alone, the second also at what the first said of those around it. Their parameters stand in `data/article.trees` and were
//! made by `training/article/train.py`, which says from what.

pub(crate) mod features;
pub(crate) mod neighbours;
mod trees;

use features::{Features, NAMES, Piece};
use neighbours::{NEIGHBOURS, SCORE, Shared, neighbours};
use serde::Serialize;
use std::sync::LazyLock;
use trees::Trees;

/// How many numbers the second trees read.
const BOTH: usize = NAMES.len() + NEIGHBOURS.len();

/// Below this first score a piece is not looked at again: most of a page is menus.
const HOPELESS: f32 = 0.04;

/// From this probability on a piece is the article's.
pub(crate) const CHOSEN: f32 = 0.5;

struct Parameters {
    first: Trees<{ NAMES.len() }>,
    second: Trees<BOTH>,
}

static ARTICLE: LazyLock<Parameters> = LazyLock::new(|| {
    // The file is part of the program and read by a test.
    Parameters::parse(include_str!("../data/article.trees")).unwrap_or_else(|error| panic!("article.trees: {error}"))
});

impl Parameters {
    /// Reads a line `features` with the names of all features in order, a line `first` and a line `second`, each with its trees after it.
    fn parse(text: &str) -> Result<Parameters, String> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let names = lines.next().and_then(|line| line.strip_prefix("features ")).ok_or("it has no line of features")?;
        if !names.split(' ').eq(NAMES.iter().chain(&NEIGHBOURS).copied()) {
            return Err("its features are not those of the program: train again".to_owned());
        }
        if lines.next() != Some("first") {
            return Err("its first trees are missing".to_owned());
        }
        let first = Trees::parse(lines.by_ref().take_while(|line| *line != "second"))?;
        Ok(Parameters { first, second: Trees::parse(lines)? })
    }
}

/// The probability of each piece that it is the article's.
pub(crate) fn scores(pieces: &[Piece], rows: &[Features], shared: &[Shared]) -> Vec<f32> {
    let parameters = &*ARTICLE;
    let second = |row: &[f32; BOTH]| {
        let first = row.get(NAMES.len() + SCORE).copied().unwrap_or(0.0);
        if first < HOPELESS { first } else { parameters.second.score(row) }
    };
    both(parameters, pieces, rows, shared).iter().map(second).collect()
}

/// What the second trees read of each piece.
fn both(parameters: &Parameters, pieces: &[Piece], rows: &[Features], shared: &[Shared]) -> Vec<[f32; BOTH]> {
    let values: Vec<[f32; NAMES.len()]> = rows.iter().map(Features::values).collect();
    let first = |(row, values): (&Features, &[f32; NAMES.len()])| if row.is_menu() { 0.0 } else { parameters.first.quick_score(values) };
    let first: Vec<f32> = rows.iter().zip(&values).map(first).collect();
    let around = neighbours(pieces, shared, &first);
    let joined = values.iter().zip(&around).map(|(own, around)| {
        let mut both = [f32::NAN; BOTH];
        for (slot, value) in both.iter_mut().zip(own.iter().chain(around)) {
            *slot = *value;
        }
        both
    });
    joined.collect()
}

/// Why a piece has its score: a feature, and how much less the logit of the score would be if it were not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reason {
    /// The feature's name.
    pub feature: &'static str,
    /// What it is here.
    pub value: f32,
    /// What it adds to the logit; negative where it speaks against the article.
    pub weight: f32,
}

/// How many reasons a piece is given.
const MOST_REASONS: usize = 5;

/// The features that weigh most in the score of each piece.
pub(crate) fn reasons(pieces: &[Piece], rows: &[Features], shared: &[Shared]) -> Vec<Vec<Reason>> {
    let parameters = &*ARTICLE;
    let names: Vec<&'static str> = NAMES.iter().chain(&NEIGHBOURS).copied().collect();
    let told = both(parameters, pieces, rows, shared).into_iter().map(|row| {
        let whole = parameters.second.logit(&row);
        let without = |at: usize| {
            let mut row = row;
            if let Some(slot) = row.get_mut(at) {
                *slot = f32::NAN;
            }
            parameters.second.logit(&row)
        };
        let known = row.iter().enumerate().filter(|(_, value)| !value.is_nan());
        let mut reasons: Vec<Reason> = known
            .map(|(at, &value)| Reason { feature: names.get(at).copied().unwrap_or_default(), value, weight: whole - without(at) })
            .filter(|reason| reason.weight != 0.0)
            .collect();
        reasons.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
        reasons.truncate(MOST_REASONS);
        reasons
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_are_those_of_the_program() {
        assert_eq!(Parameters::parse(include_str!("../data/article.trees")).err(), None);
    }
}
