//! What the first scores say of a block's surroundings: what stands near it, and in the same part of the page, is mostly of its sort.
//!
//! In go the pieces of a page or text, the first scores, and which pieces share an element; out comes a row for each, which the second scorer
//! reads beside the piece's own features.

use super::features::Piece;
use rustc_hash::FxHashMap;

/// The elements that a piece shares with others, by numbers that mean nothing else; none for the lines of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shared {
    pub(crate) element: Option<u64>,
    pub(crate) parent: Option<u64>,
    pub(crate) grandparent: Option<u64>,
    pub(crate) path: Option<u64>,
}

/// The names of the numbers, in order.
pub(crate) const NEIGHBOURS: [&str; 22] = [
    "score_before_3",
    "score_before_2",
    "score_before_1",
    "score",
    "score_after_1",
    "score_after_2",
    "score_after_3",
    "score_in_element",
    "score_in_parent",
    "score_in_grandparent",
    "score_in_path",
    "score_highest",
    "score_of_page",
    "chosen_letters",
    "from_first_chosen",
    "to_last_chosen",
    "chosen_before",
    "chosen_after",
    "score_around",
    "score_of_6_before",
    "score_of_6_after",
    "rank",
];

/// Which of them is the piece's own first score.
pub(crate) const SCORE: usize = 3;

/// How far around a block is looked on either side.
const AROUND: usize = 6;

/// Sums of scores by letters.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    scored: f32,
    letters: f32,
    pieces: usize,
}

impl Sum {
    fn add(&mut self, score: f32, letters: f32) {
        self.scored += score * letters;
        self.letters += letters;
        self.pieces += 1;
    }

    /// The mean over all but one piece; missing where there is no other.
    fn without(self, score: f32, letters: f32) -> f32 {
        if self.pieces > 1 { (self.scored - score * letters) / (self.letters - letters).max(1.0) } else { f32::NAN }
    }

    fn mean(self) -> f32 {
        self.scored / self.letters.max(1.0)
    }
}

/// The rows of all pieces.
pub(crate) fn neighbours(pieces: &[Piece], shared: &[Shared], scores: &[f32]) -> Vec<[f32; NEIGHBOURS.len()]> {
    let letters = |at: usize| pieces.get(at).map_or(0.0, |piece| piece.letters as f32);
    let score = |at: usize| scores.get(at).copied().unwrap_or(f32::NAN);
    let mut by_shared: [FxHashMap<u64, Sum>; 4] = Default::default();
    let keys = |at: usize| {
        let shared = shared.get(at).copied().unwrap_or_default();
        [shared.element, shared.parent, shared.grandparent, shared.path]
    };
    let mut page = Sum::default();
    for at in 0..pieces.len() {
        page.add(score(at), letters(at));
        for (sums, key) in by_shared.iter_mut().zip(keys(at)) {
            if let Some(key) = key {
                sums.entry(key).or_default().add(score(at), letters(at));
            }
        }
    }
    let chosen = |at: usize| score(at) > 0.5;
    let first = (0..pieces.len()).find(|&at| chosen(at)).map_or(f32::NAN, |at| at as f32);
    let last = (0..pieces.len()).rev().find(|&at| chosen(at)).map_or(f32::NAN, |at| at as f32);
    let all_chosen: f32 = (0..pieces.len()).filter(|&at| chosen(at)).map(letters).sum();
    let highest = scores.iter().copied().fold(0.0, f32::max);
    let mut ranked: Vec<usize> = (0..pieces.len()).collect();
    ranked.sort_by(|&one, &other| score(other).total_cmp(&score(one)));
    let mut rank = vec![0; pieces.len()];
    for (place, at) in ranked.into_iter().enumerate() {
        if let Some(slot) = rank.get_mut(at) {
            *slot = place;
        }
    }
    let span = |from: usize, to: usize| {
        let mut sum = Sum::default();
        (from..to.min(pieces.len())).for_each(|at| sum.add(score(at), letters(at)));
        sum
    };
    let mut chosen_before = 0.0;
    (0..pieces.len())
        .map(|at| {
            let near = |offset: isize| at.checked_add_signed(offset).map_or(f32::NAN, score);
            let within = |which: usize| {
                let sum = keys(at).get(which).copied().flatten().and_then(|key| by_shared.get(which)?.get(&key).copied());
                sum.map_or(f32::NAN, |sum| sum.without(score(at), letters(at)))
            };
            let (before, after) = (span(at.saturating_sub(AROUND), at), span(at + 1, at + 1 + AROUND));
            let around =
                Sum { scored: before.scored + after.scored, letters: before.letters + after.letters, pieces: before.pieces + after.pieces };
            let own_chosen = if chosen(at) { letters(at) } else { 0.0 };
            let row = [
                near(-3),
                near(-2),
                near(-1),
                score(at),
                near(1),
                near(2),
                near(3),
                within(0),
                within(1),
                within(2),
                within(3),
                highest,
                page.mean(),
                all_chosen,
                at as f32 - first,
                last - at as f32,
                chosen_before / all_chosen.max(1.0),
                (all_chosen - chosen_before - own_chosen) / all_chosen.max(1.0),
                around.mean(),
                before.mean(),
                after.mean(),
                rank.get(at).map_or(f32::NAN, |&rank| rank as f32),
            ];
            chosen_before += own_chosen;
            row
        })
        .collect()
}
