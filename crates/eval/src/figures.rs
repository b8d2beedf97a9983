//! Counts and the figures made of them.

use serde::Serialize;
use std::fmt;
use std::iter::Sum;

/// What gold and coded have, and what they have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Agreement {
    /// How many gold has.
    pub gold: usize,
    /// How many were coded.
    pub coded: usize,
    /// How many of each are right by the other.
    pub right: usize,
}

impl Agreement {
    /// Share of the coded that is right; 0 where nothing was coded.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.coded)
    }

    /// Share of the gold that was found; 0 where gold has nothing.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Its counts and figures as cells: gold, coded, right, precision, recall, F1.
    pub(crate) fn cells(self) -> [String; 6] {
        let figure = |value: f64| format!("{value:.3}");
        let count = |count: usize| count.to_string();
        [count(self.gold), count(self.coded), count(self.right), figure(self.precision()), figure(self.recall()), figure(self.f1())]
    }

    /// Harmonic mean of the two; 0 where there is neither gold nor coded.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.gold + self.coded)
    }
}

impl Sum for Agreement {
    fn sum<All: Iterator<Item = Agreement>>(all: All) -> Agreement {
        all.fold(Agreement::default(), |one, other| Agreement {
            gold: one.gold + other.gold,
            coded: one.coded + other.coded,
            right: one.right + other.right,
        })
    }
}

/// Precision, recall and F1, such as `P 0.610 R 0.658 F1 0.633`.
impl fmt::Display for Agreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "P {:.3} R {:.3} F1 {:.3}", self.precision(), self.recall(), self.f1())
    }
}

/// How many of those that could be judged are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Share {
    /// How many are right.
    pub right: usize,
    /// How many could be judged.
    pub judged: usize,
}

impl Share {
    /// The share; none where nothing could be judged.
    pub fn value(self) -> Option<f64> {
        (self.judged > 0).then(|| ratio(self.right, self.judged))
    }

    pub(crate) fn judge(&mut self, right: bool) {
        self.judged += 1;
        self.right += usize::from(right);
    }
}

impl Sum for Share {
    fn sum<All: Iterator<Item = Share>>(all: All) -> Share {
        all.fold(Share::default(), |one, other| Share { right: one.right + other.right, judged: one.judged + other.judged })
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
