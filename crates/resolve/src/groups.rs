//! Things into groups by how well each pair goes together.
//!
//! In go so many things in an order that the set of them gives, and the score of every pair; out come groups in which the mean score between any two parts that were joined was
//! at least the threshold (average link). Equal scores go by the order of the things. What nothing links never meets, so a group's parts all lie within one component.

/// The groups of a piece while they are made.
struct Joining {
    groups: Vec<Option<Vec<usize>>>,
    /// Sums of the scores between groups.
    sums: Vec<Vec<f64>>,
    /// For each group the one behind it that it goes best with, and how well.
    best: Vec<Option<(f64, usize)>>,
}

impl Joining {
    fn mean(&self, at: usize, to: usize) -> Option<f64> {
        let (one, other) = (self.groups.get(at)?.as_ref()?, self.groups.get(to)?.as_ref()?);
        Some(self.sums.get(at)?.get(to)? / (one.len() * other.len()) as f64)
    }

    /// Looks for the best behind a group anew; of equals the first.
    fn look(&mut self, at: usize) {
        let mut best: Option<(f64, usize)> = None;
        for to in at + 1..self.groups.len() {
            if let Some(mean) = self.mean(at, to).filter(|&mean| best.is_none_or(|(most, _)| mean > most)) {
                best = Some((mean, to));
            }
        }
        if let Some(cell) = self.best.get_mut(at) {
            *cell = best;
        }
    }

    /// Joins the later group to the earlier.
    fn join(&mut self, at: usize, to: usize) {
        let gone = self.groups.get_mut(to).and_then(Option::take).unwrap_or_default();
        if let Some(Some(group)) = self.groups.get_mut(at) {
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
        self.look(at);
        for row in 0..to {
            let known = self.best.get(row).copied().flatten();
            let Some((most, best)) = known.filter(|_| row != at) else { continue };
            if best == at || best == to {
                self.look(row);
            } else if row < at
                && let Some(mean) = self.mean(row, at).filter(|&mean| mean > most || (mean == most && at < best))
                && let Some(cell) = self.best.get_mut(row)
            {
                *cell = Some((mean, at));
            }
        }
    }
}

/// The groups, each sorted, in the order of their first. `score` is asked with the lesser place first.
pub(crate) fn average_link(count: usize, threshold: f64, score: &mut dyn FnMut(usize, usize) -> f64) -> Vec<Vec<usize>> {
    let mut sums = vec![vec![0.0; count]; count];
    for at in 0..count {
        for to in at + 1..count {
            let value = score(at, to);
            for (row, column) in [(at, to), (to, at)] {
                if let Some(cell) = sums.get_mut(row).and_then(|row| row.get_mut(column)) {
                    *cell = value;
                }
            }
        }
    }
    let mut joining = Joining { groups: (0..count).map(|thing| Some(vec![thing])).collect(), sums, best: vec![None; count] };
    (0..count).for_each(|at| joining.look(at));
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (at, (mean, to)) in joining.best.iter().enumerate().filter_map(|(at, best)| Some((at, (*best)?))) {
            if mean >= threshold && best.is_none_or(|(most, ..)| mean > most) {
                best = Some((mean, at, to));
            }
        }
        let Some((_, at, to)) = best else { break };
        joining.join(at, to);
    }
    joining.groups.into_iter().flatten().collect()
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

    /// The same by looking at every pair again and again.
    fn slowly(count: usize, threshold: f64, score: impl Fn(usize, usize) -> f64) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for at in 0..groups.len() {
                for to in at + 1..groups.len() {
                    let pairs = groups[at].iter().flat_map(|&one| groups[to].iter().map(move |&other| (one.min(other), one.max(other))));
                    let mean = pairs.map(|(one, other)| score(one, other)).sum::<f64>() / (groups[at].len() * groups[to].len()) as f64;
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
