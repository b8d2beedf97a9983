//! A largest one-to-one matching in which the better pairs are taken first.
//!
//! In go pairs of indices, each with how good it is; out come those that are taken. No index is in two of them, no other choice has more of them, and a pair
//! is given up for a worse one only where that makes room for one more. A pair whose index is out of bounds is passed over.

use std::cmp::Ordering;

/// Something of gold and something coded that may be the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    pub(crate) gold: usize,
    pub(crate) coded: usize,
    /// How good a pair it is.
    pub(crate) weight: f64,
}

/// The taken pairs, gold first, in order of gold. `gold` and `coded` are how many there are of each; `later` are the gold ones that may only be given a
/// partner by moving others once all the rest have theirs.
pub(crate) fn largest(mut pairs: Vec<Pair>, gold: usize, coded: usize, later: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    pairs.retain(|pair| pair.gold < gold && pair.coded < coded);
    pairs.sort_by(|one, other| best_first(one, other).then((one.gold, one.coded).cmp(&(other.gold, other.coded))));
    let mut matching = Matching { of_gold: vec![None; gold], of_coded: vec![None; coded], candidates: vec![Vec::new(); gold] };
    for &Pair { gold, coded, .. } in &pairs {
        matching.candidates[gold].push(coded);
        if matching.of_gold[gold].is_none() && matching.of_coded[coded].is_none() {
            matching.set(gold, coded);
        }
    }
    let (last, first): (Vec<usize>, Vec<usize>) = (0..gold).partition(|&gold| later(gold));
    for gold in first.into_iter().chain(last) {
        if matching.of_gold[gold].is_none() {
            matching.grow(gold);
        }
    }
    matching.of_gold.iter().enumerate().filter_map(|(gold, coded)| Some((gold, (*coded)?))).collect()
}

fn best_first(one: &Pair, other: &Pair) -> Ordering {
    other.weight.total_cmp(&one.weight)
}

/// A matching under way: the partner of every one of gold and every coded one, and whom each of gold may have, best first.
struct Matching {
    of_gold: Vec<Option<usize>>,
    of_coded: Vec<Option<usize>>,
    candidates: Vec<Vec<usize>>,
}

impl Matching {
    fn set(&mut self, gold: usize, coded: usize) {
        self.of_gold[gold] = Some(coded);
        self.of_coded[coded] = Some(gold);
    }

    /// Finds a partner for one of gold, moving others to new partners where that makes room. The search is depth first, on a stack of its own, since a chain
    /// of moves may be as long as the dispatch has events.
    fn grow(&mut self, gold: usize) {
        let mut seen = vec![false; self.of_coded.len()];
        // Each of gold that looks for a partner, with the next of its candidates to try.
        let mut looking = vec![(gold, 0)];
        while let Some(&mut (gold, ref mut next)) = looking.last_mut() {
            let Some(&coded) = self.candidates[gold].get(*next) else {
                looking.pop();
                continue;
            };
            *next += 1;
            if std::mem::replace(&mut seen[coded], true) {
                continue;
            }
            match self.of_coded[coded] {
                Some(holder) => looking.push((holder, 0)),
                None => {
                    // Everyone on the stack takes the candidate tried last.
                    for (gold, next) in looking.into_iter().rev() {
                        self.set(gold, self.candidates[gold][next - 1]);
                    }
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(pairs: &[(usize, usize, f64)], expected: &[(usize, usize)]) {
        let pairs = pairs.iter().map(|&(gold, coded, weight)| Pair { gold, coded, weight }).collect();
        assert_eq!(largest(pairs, 3, 3, |_| false), expected);
    }

    #[test]
    fn good_pairs_are_taken_first_and_moved_to_make_room() {
        check(&[(0, 0, 1.0), (0, 1, 2.0), (1, 1, 1.0)], &[(0, 0), (1, 1)]);
        check(&[(0, 0, 1.0), (1, 0, 2.0)], &[(1, 0)]);
        check(&[(0, 0, 2.0), (0, 1, 1.0), (1, 0, 1.0), (1, 2, 0.5), (2, 2, 3.0)], &[(0, 1), (1, 0), (2, 2)]);
        check(&[(7, 0, 1.0), (0, 7, 1.0)], &[]);
    }

    proptest! {
        #[test]
        fn nobody_is_taken_twice_and_no_pair_is_left_between_two_free_ones(
            pairs in proptest::collection::vec((0_usize..6, 0_usize..6, 0.0..3.0), 0..20),
        ) {
            let given: Vec<Pair> = pairs.iter().map(|&(gold, coded, weight)| Pair { gold, coded, weight }).collect();
            let taken = largest(given, 6, 6, |gold| gold % 2 == 1);
            for (place, &(gold, coded)) in taken.iter().enumerate() {
                prop_assert!(pairs.iter().any(|pair| (pair.0, pair.1) == (gold, coded)));
                prop_assert!(taken[..place].iter().all(|&(other, found)| other != gold && found != coded));
            }
            let free = |gold, coded| !taken.iter().any(|&(other, found)| other == gold || found == coded);
            prop_assert!(pairs.iter().all(|&(gold, coded, _)| !free(gold, coded)));
        }
    }
}
