//! Things into groups by how well each pair goes together.
//!
//! In go so many things in an order that the set of them gives, and the score of every pair; out come groups in which the mean score between any two parts that were joined was
//! at least the threshold (average link). Equal scores go by the order of the things. What nothing links never meets, so a group's parts all lie within one component.

/// How many things of one component are compared all with all; of more, the links are made stricter until the pieces are small enough.
const MOST: usize = 500;
/// By how much.
const STRICTER: f64 = 1.1;

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
            pieces.push((part.into_iter().filter_map(|at| piece.get(at).copied()).collect(), least * STRICTER + 0.05));
        }
    }
    groups.sort_unstable();
    groups
}

fn joined(piece: &[usize], threshold: f64, score: &mut dyn FnMut(usize, usize) -> f64) -> Vec<Vec<usize>> {
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
    let mut groups: Vec<Option<Vec<usize>>> = piece.iter().map(|&thing| Some(vec![thing])).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (at, one) in groups.iter().enumerate().filter_map(|(at, group)| Some((at, group.as_ref()?))) {
            for (to, other) in groups.iter().enumerate().skip(at + 1).filter_map(|(to, group)| Some((to, group.as_ref()?))) {
                let sum = sums.get(at).and_then(|row| row.get(to)).copied().unwrap_or_default();
                let mean = sum / (one.len() * other.len()) as f64;
                if mean >= threshold && best.is_none_or(|(score, ..)| mean > score) {
                    best = Some((mean, at, to));
                }
            }
        }
        let Some((_, at, to)) = best else { break };
        let gone = groups.get_mut(to).and_then(Option::take).unwrap_or_default();
        if let Some(Some(group)) = groups.get_mut(at) {
            group.extend(gone);
            group.sort_unstable();
        }
        let merged = sums.get(to).cloned().unwrap_or_default();
        for (column, more) in merged.into_iter().enumerate() {
            for (row, column) in [(at, column), (column, at)] {
                if let Some(cell) = sums.get_mut(row).and_then(|row| row.get_mut(column)) {
                    *cell += more;
                }
            }
        }
    }
    groups.into_iter().flatten().collect()
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
}
