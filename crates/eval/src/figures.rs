//! Counts and the figures made of them.

use std::fmt;

/// What gold and coded have, and what they have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

    /// Harmonic mean of the two; 0 where there is neither gold nor coded.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.gold + self.coded)
    }
}

/// Precision, recall and F1, such as `P 0.610 R 0.658 F1 0.633`.
impl fmt::Display for Agreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "P {:.3} R {:.3} F1 {:.3}", self.precision(), self.recall(), self.f1())
    }
}

/// How many of those that could be judged are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
