//! Whether one run is better than another: a paired bootstrap over dispatches.
//!
//! Dispatches are drawn with replacement, the same ones for both runs, as many as there are; each draw gives a difference of every figure. The middle 95 % of
//! the differences are its interval; `p` is twice the share of draws on the other side of zero, with one draw added, so it is never 0. The same seed gives the
//! same draws.

use crate::ratios::{PerDispatch, Ratio};
use crate::{Sheet, Table};

/// How a figure of two runs differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The figure.
    pub name: &'static str,
    /// Of the first run.
    pub first: f64,
    /// Of the second.
    pub second: f64,
    /// Lower end of the 95 % interval of first less second.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How likely a difference as large is if there is none.
    pub p: f64,
}

/// Compares two runs over the same dispatches, in the same order. Rows that only one of them has are left out, and so are figures that one of them has nothing
/// to judge by.
pub fn compare(first: &PerDispatch, second: &PerDispatch, samples: usize, seed: u64) -> Vec<Difference> {
    let pairs: Vec<(&Vec<Ratio>, &Vec<Ratio>)> = first.rows.iter().zip(&second.rows).collect();
    let mut draws = Draws(seed);
    let figures = first.names.len();
    let mut differences: Vec<Vec<f64>> = vec![Vec::with_capacity(samples); figures];
    for _ in 0..samples {
        let mut sums = vec![(Ratio::default(), Ratio::default()); figures];
        for _ in 0..pairs.len() {
            let Some((one, other)) = pairs.get(draws.below(pairs.len())) else { continue };
            for (sum, (one, other)) in sums.iter_mut().zip(one.iter().zip(other.iter())) {
                *sum = (sum.0.plus(*one), sum.1.plus(*other));
            }
        }
        for (all, (one, other)) in differences.iter_mut().zip(sums) {
            all.push(one.value() - other.value());
        }
    }
    let totals = first.totals().into_iter().zip(second.totals());
    let named = first.names.iter().zip(totals).zip(differences);
    named
        .filter(|((_, (one, other)), _)| one.whole > 0.0 && other.whole > 0.0)
        .map(|((&name, (one, other)), mut all)| {
            all.sort_by(f64::total_cmp);
            let (low, high) = (percentile(&all, 0.025), percentile(&all, 0.975));
            let side = |count: usize| (count + 1) as f64 / (all.len() + 1) as f64;
            let below = side(all.iter().filter(|&&difference| difference <= 0.0).count());
            let above = side(all.iter().filter(|&&difference| difference >= 0.0).count());
            Difference { name, first: one.value(), second: other.value(), low, high, p: (2.0 * below.min(above)).min(1.0) }
        })
        .collect()
}

/// The differences as a sheet.
pub fn sheet(differences: &[Difference], samples: usize, seed: u64) -> Sheet {
    let headline = format!("{samples} samples of the dispatches, seed {seed}");
    let mut table = Table::new("differences", &["figure", "output", "against", "difference", "from", "to", "p"]);
    let mut sheet = Sheet { headline, ..Sheet::default() };
    for Difference { name, first, second, low, high, p } in differences {
        let difference = first - second;
        sheet.figure(format!("{name} difference"), difference);
        let figures = [*first, *second].map(|value| format!("{value:.3}"));
        let signed = [difference, *low, *high].map(|value| format!("{value:+.3}"));
        table.rows.push([(*name).to_owned()].into_iter().chain(figures).chain(signed).chain([format!("{p:.4}")]).collect());
    }
    sheet.tables.push(table);
    sheet
}

/// The value below which that share of sorted values lies; 0 where there are none.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = (share * sorted.len().saturating_sub(1) as f64).round() as usize;
    sorted.get(at).copied().unwrap_or(0.0)
}

/// A stream of numbers from a seed (SplitMix64).
struct Draws(u64);

impl Draws {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^= number >> 31;
        usize::try_from((u128::from(number) * limit as u128) >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(parts: &[usize]) -> PerDispatch {
        PerDispatch { names: vec!["right"], rows: parts.iter().map(|&part| vec![Ratio::new(part, 10)]).collect() }
    }

    fn check(first: &[usize], second: &[usize], expected: impl Fn(&Difference) -> bool) {
        let found = compare(&run(first), &run(second), 2000, 1);
        assert!(found.iter().all(expected), "{found:?}");
        assert_eq!(found, compare(&run(first), &run(second), 2000, 1));
    }

    #[test]
    fn a_clear_difference_is_told_from_chance() {
        check(&[9; 20], &[2; 20], |found| found.low > 0.69 && found.high < 0.71 && found.p < 0.01);
        check(&[5, 6, 5, 6, 5, 6], &[6, 5, 6, 5, 6, 5], |found| found.low < 0.0 && found.high > 0.0 && found.p > 0.5);
        check(&[4, 7], &[4, 7], |found| (found.low, found.high, found.p) == (0.0, 0.0, 1.0));
        assert_eq!(compare(&run(&[]), &run(&[]), 2000, 1), []);
    }

    proptest! {
        #[test]
        fn the_interval_is_in_order_and_p_a_share(pairs in proptest::collection::vec((0_usize..=10, 0_usize..=10), 0..9), seed in any::<u64>()) {
            let (first, second): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
            for found in compare(&run(&first), &run(&second), 50, seed) {
                prop_assert!(-1.0 <= found.low && found.low <= found.high && found.high <= 1.0);
                prop_assert!(found.p > 0.0 && found.p <= 1.0);
            }
        }
    }
}
