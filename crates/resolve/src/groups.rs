//! Things into groups by how well each pair goes together.
//!
//! In go so many things in an order that the set of them gives, and the score of every pair; out come groups in which the mean score between any two parts that were joined was
//! at least the threshold (average link). Equal scores go by the order of the things. What nothing links never meets, so a group's parts all lie within one component.

/// How many things of one component are compared all with all; of more, the links are made stricter until the pieces are small enough.
const MOST: usize = 300;
/// By how much, as a share of the threshold's size or at least of one.
const STRICTER: f64 = 0.25;

/// The groups, each sorted, in the order of their first. `score` is asked with the lesser place first.
pub(crate) fn average_link(count: usize, threshold: f64, score: &mut dyn FnMut(usize, usize) -> f64) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..count).collect();
    let mut groups = Vec::new();
    let mut pieces = vec![(all, threshold)];
    while let Some((piece, least)) = pieces.pop() {
        if piece.len() <= MOST {
            groups.extend(joined(&piece, threshold, score));
            continue;
        }
        let mut links = Links::new(piece.len());
        for (at, &one) in piece.iter().enumerate() {
            for (to, &other) in piece.iter().enumerate().skip(at + 1) {
                if score(one, other) >= least {
                    links.link(at, to);
                }
            }
        }
        for part in links.groups() {
            pieces.push((part.into_iter().filter_map(|at| piece.get(at).copied()).collect(), least + STRICTER * threshold.abs().max(1.0)));
        }
    }
    groups.sort_unstable();
    groups
}

fn joined(piece: &[usize], threshold: f64, score: &mut dyn FnMut(usize, usize) -> f64) -> Vec<Vec<usize>> {
    let mut parts = Parts::new(piece, score);
    while let Some((at, to)) = parts.nearest(threshold) {
        parts.join(at, to);
    }
    parts.members.into_iter().flatten().collect()
}

/// Groups in the making: the sums of scores between any two, and for each the later one that goes best with it.
struct Parts {
    members: Vec<Option<Vec<usize>>>,
    sums: Vec<Vec<f64>>,
    best: Vec<Option<(f64, usize)>>,
}

impl Parts {
    fn new(piece: &[usize], score: &mut dyn FnMut(usize, usize) -> f64) -> Parts {
        let count = piece.len();
        let mut sums = vec![vec![0.0; count]; count];
        for (at, &one) in piece.iter().enumerate() {
            for (to, &other) in piece.iter().enumerate().skip(at + 1) {
                let value = score(one, other);
                for (row, column) in [(at, to), (to, at)] {
                    if let Some(cell) = sums.get_mut(row).and_then(|row| row.get_mut(column)) {
                        *cell = value;
                    }
                }
            }
        }
        let members = piece.iter().map(|&thing| Some(vec![thing])).collect();
        let mut parts = Parts { members, sums, best: vec![None; count] };
        (0..count).for_each(|at| parts.look(at));
        parts
    }

    /// The mean score between two groups, where both are there.
    fn mean(&self, at: usize, to: usize) -> Option<f64> {
        let size = |at: usize| self.members.get(at)?.as_ref().map(Vec::len);
        let sum = self.sums.get(at)?.get(to)?;
        Some(sum / (size(at)? * size(to)?) as f64)
    }

    /// Finds anew which later group goes best with one; of equals the first.
    fn look(&mut self, at: usize) {
        let mut best: Option<(f64, usize)> = None;
        for to in at + 1..self.members.len() {
            if let Some(mean) = self.mean(at, to).filter(|mean| best.is_none_or(|(most, _)| *mean > most)) {
                best = Some((mean, to));
            }
        }
        if let Some(cell) = self.best.get_mut(at) {
            *cell = best;
        }
    }

    /// The two groups that go best together; of equals the first.
    fn nearest(&self, threshold: f64) -> Option<(usize, usize)> {
        let mut nearest: Option<(f64, usize, usize)> = None;
        for (at, best) in self.best.iter().enumerate() {
            if let Some((mean, to)) = best.filter(|(mean, _)| *mean >= threshold && nearest.is_none_or(|(most, ..)| *mean > most)) {
                nearest = Some((mean, at, to));
            }
        }
        nearest.map(|(_, at, to)| (at, to))
    }

    /// Joins the later group to the earlier.
    fn join(&mut self, at: usize, to: usize) {
        let gone = self.members.get_mut(to).and_then(Option::take).unwrap_or_default();
        if let Some(Some(group)) = self.members.get_mut(at) {
            group.extend(gone);
            group.sort_unstable();
        }
        let merged = self.sums.get(to).cloned().unwrap_or_default();
        for (column, more) in merged.into_iter().enumerate() {
            for (row, column) in [(at, column), (column, at)] {
                if let Some(cell) = self.sums.get_mut(row).and_then(|row| row.get_mut(column)) {
                    *cell += more;
                }
            }
        }
        if let Some(cell) = self.best.get_mut(to) {
            *cell = None;
        }
        // Whoever went best with one of the two looks anew; of the others only those before may now go better with the joined one.
        for other in 0..self.members.len() {
            if self.members.get(other).is_none_or(Option::is_none) {
                continue;
            }
            let known = self.best.get(other).copied().flatten();
            if other == at || known.is_some_and(|(_, best)| best == at || best == to) {
                self.look(other);
            } else if other < at
                && let Some(mean) = self.mean(other, at)
                && known.is_none_or(|(most, best)| mean > most || (mean == most && at < best))
                && let Some(cell) = self.best.get_mut(other)
            {
                *cell = Some((mean, at));
            }
        }
    }
}

/// Who is linked to whom, as a forest whose roots are the least of their trees.
pub(crate) struct Links {
    above: Vec<usize>,
}

impl Links {
    pub(crate) fn new(count: usize) -> Links {
        Links { above: (0..count).collect() }
    }

    pub(crate) fn top(&self, mut at: usize) -> usize {
        while let Some(&above) = self.above.get(at).filter(|&&above| above != at) {
            at = above;
        }
        at
    }

    pub(crate) fn link(&mut self, one: usize, other: usize) {
        let (one, other) = (self.top(one), self.top(other));
        if let Some(above) = self.above.get_mut(one.max(other)) {
            *above = one.min(other);
        }
    }

    pub(crate) fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
        for at in 0..self.above.len() {
            groups.entry(self.top(at)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(usize, usize, f64)], count: usize, expected: &[&[usize]]) {
        let found = average_link(count, 0.5, &mut |one, other| {
            pairs.iter().find(|(left, right, _)| (*left, *right) == (one, other)).map_or(0.0, |pair| pair.2)
        });
        assert_eq!(found, expected, "{pairs:?}");
    }

    #[test]
    fn groups_are_joined_by_their_mean() {
        check(&[(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.3)], 4, &[&[0, 1, 2], &[3]]);
        check(&[(0, 1, 0.9), (1, 2, 0.8)], 3, &[&[0, 1], &[2]]);
        check(&[(0, 1, 0.6), (1, 2, 0.6)], 3, &[&[0, 1], &[2]]);
        check(&[], 2, &[&[0], &[1]]);
    }

    #[test]
    fn a_great_component_is_cut_before_it_is_compared() {
        let groups = average_link(1200, 0.5, &mut |one, other| {
            if one / 2 == other / 2 {
                0.9
            } else if one + 1 == other {
                0.51
            } else {
                0.0
            }
        });
        assert_eq!(groups.len(), 600);
    }

    /// The same by looking at every pair again and again.
    fn slowly(count: usize, threshold: f64, score: impl Fn(usize, usize) -> f64) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for at in 0..groups.len() {
                for to in at + 1..groups.len() {
                    let sum: f64 = groups[at]
                        .iter()
                        .flat_map(|&one| groups[to].iter().map(move |&other| (one.min(other), one.max(other))))
                        .map(|(one, other)| score(one, other))
                        .sum();
                    let mean = sum / (groups[at].len() * groups[to].len()) as f64;
                    if mean >= threshold && best.is_none_or(|(most, ..)| mean > most) {
                        best = Some((mean, at, to));
                    }
                }
            }
            let Some((_, at, to)) = best else { break };
            let gone = groups.remove(to);
            groups[at].extend(gone);
            groups[at].sort_unstable();
        }
        groups.sort_unstable();
        groups
    }

    proptest::proptest! {
        #[test]
        fn what_is_kept_in_mind_changes_nothing(scores in proptest::collection::vec(-16i8..16, 66)) {
            // Quarters, whose sums are exact in any order.
            let score = |one: usize, other: usize| f64::from(scores.get(other * (other - 1) / 2 + one).copied().unwrap_or_default()) / 4.0;
            proptest::prop_assert_eq!(average_link(12, -0.5, &mut |one, other| score(one, other)), slowly(12, -0.5, score));
        }
    }
}
