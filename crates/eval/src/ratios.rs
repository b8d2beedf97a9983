//! Figures that are a part over a whole, both of them sums over dispatches: what totals and a bootstrap are made of.

/// What one dispatch adds to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ratio {
    /// The part.
    pub part: f64,
    /// The whole.
    pub whole: f64,
}

impl Ratio {
    /// Of counts.
    pub(crate) fn new(part: usize, whole: usize) -> Ratio {
        Ratio { part: part as f64, whole: whole as f64 }
    }

    /// The figure; 0 where there is nothing to be a part of.
    pub fn value(self) -> f64 {
        if self.whole > 0.0 { self.part / self.whole } else { 0.0 }
    }

    pub(crate) fn plus(self, other: Ratio) -> Ratio {
        Ratio { part: self.part + other.part, whole: self.whole + other.whole }
    }
}

/// Figures of every dispatch: names, and for each dispatch a ratio for each name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PerDispatch {
    /// What the figures are called.
    pub names: Vec<&'static str>,
    /// What each dispatch adds to them.
    pub rows: Vec<Vec<Ratio>>,
}

impl PerDispatch {
    /// The figures over all dispatches.
    pub fn totals(&self) -> Vec<Ratio> {
        let column = |at: usize| self.rows.iter().filter_map(|row| row.get(at).copied()).fold(Ratio::default(), Ratio::plus);
        (0..self.names.len()).map(column).collect()
    }
}
