//! Fingerprints to groups of near-duplicates.
//!
//! In go fingerprints and how similar is near; out come groups of the places of those that are near one another, directly or by way of
//! others. Only those are compared that agree in a band of cells (locality-sensitive hashing), and in a band only with a few of each group,
//! so that time grows with the number of fingerprints and not with its square, even where all of them are near.

use super::{CELLS, Fingerprint, mixed};

/// With how many of a group a fingerprint of the same band is compared.
const COMPARED_OF_A_GROUP: usize = 4;
/// With how many it is compared in a band at all.
const COMPARED_IN_A_BAND: usize = 64;
/// How likely a pair as similar as the threshold must be to meet in a band.
const MET: f64 = 0.999;

/// The groups of two or more fingerprints whose similarity is `threshold` or above, from 0 to 1, or that are linked by such: each the places
/// of its members, in order, and the groups by their first. The order in which fingerprints are given does not change who is with whom.
///
/// ```
/// use depeche_intake::{Fingerprint, near_duplicates};
/// let texts = ["It rained all day in Bergen.", "In Rome the sun shone.", "it rained – all day – in Bergen"];
/// let fingerprints: Vec<Fingerprint> = texts.iter().filter_map(|text| Fingerprint::of_text(text)).collect();
/// assert_eq!(near_duplicates(&fingerprints, 0.7), [[0, 2]]);
/// ```
pub fn near_duplicates(fingerprints: &[Fingerprint], threshold: f64) -> Vec<Vec<usize>> {
    grouped(fingerprints, threshold).0
}

/// The groups, and how many pairs were compared.
fn grouped(fingerprints: &[Fingerprint], threshold: f64) -> (Vec<Vec<usize>>, usize) {
    // What is compared with what follows from the fingerprints alone, never from their order.
    let mut places: Vec<usize> = (0..fingerprints.len()).collect();
    places.sort_unstable_by(|&a, &b| fingerprints.get(a).cmp(&fingerprints.get(b)).then(a.cmp(&b)));
    let mut distinct: Vec<(&Fingerprint, Vec<usize>)> = Vec::new();
    for place in places {
        let Some(fingerprint) = fingerprints.get(place) else { continue };
        match distinct.last_mut() {
            Some((last, copies)) if last.is_copy_of(fingerprint) => copies.push(place),
            _ => distinct.push((fingerprint, vec![place])),
        }
    }
    let mut links = Links { above: (0..distinct.len()).collect() };
    let mut compared = 0;
    let rows = rows(threshold);
    for band in 0..CELLS / rows {
        let key = |fingerprint: &Fingerprint| {
            let cells = fingerprint.cells.iter().skip(band * rows).take(rows);
            cells.fold(0, |key, &cell| mixed(key ^ u64::from(cell)))
        };
        let mut keyed: Vec<(u64, usize)> = distinct.iter().enumerate().map(|(at, (fingerprint, _))| (key(fingerprint), at)).collect();
        keyed.sort_unstable();
        for bucket in keyed.chunk_by(|(a, _), (b, _)| a == b).filter(|bucket| bucket.len() > 1) {
            compared += link(bucket, &distinct, threshold, &mut links);
        }
    }
    (links.groups(&distinct), compared)
}

/// Links those of a bucket that are near; how many pairs were compared.
fn link(bucket: &[(u64, usize)], distinct: &[(&Fingerprint, Vec<usize>)], threshold: f64, links: &mut Links) -> usize {
    let mut compared = 0;
    // Of each group that the bucket has met, a few members.
    let mut met: Vec<Vec<usize>> = Vec::new();
    for &(_, at) in bucket {
        let mut tries = 0;
        for members in &met {
            for &member in members {
                if tries == COMPARED_IN_A_BAND || links.top(member) == links.top(at) {
                    break;
                }
                tries += 1;
                if let (Some((a, _)), Some((b, _))) = (distinct.get(member), distinct.get(at))
                    && a.similarity(b) >= threshold
                {
                    links.link(member, at);
                }
            }
        }
        compared += tries;
        let top = links.top(at);
        let place = met.iter().position(|members| members.first().is_some_and(|&member| links.top(member) == top));
        let has_room = met.len() < COMPARED_IN_A_BAND;
        match place.and_then(|place| met.get_mut(place)) {
            Some(members) if members.len() < COMPARED_OF_A_GROUP => members.push(at),
            None if has_room => met.push(vec![at]),
            _ => {}
        }
    }
    compared
}

/// How many cells make a band: the more the fewer meet by chance, and as many as let those as similar as the threshold meet.
fn rows(threshold: f64) -> usize {
    let meet = |rows: usize| 1.0 - (1.0 - threshold.clamp(0.0, 1.0).powi(rows as i32)).powi((CELLS / rows) as i32);
    [8, 4, 2].into_iter().find(|&rows| meet(rows) >= MET).unwrap_or(1)
}

/// Who is linked to whom, as a forest.
struct Links {
    above: Vec<usize>,
}

impl Links {
    fn top(&mut self, mut at: usize) -> usize {
        while let Some(&above) = self.above.get(at).filter(|&&above| above != at) {
            let further = self.above.get(above).copied().unwrap_or(above);
            if let Some(shortened) = self.above.get_mut(at) {
                *shortened = further;
            }
            at = further;
        }
        at
    }

    fn link(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        if let Some(above) = self.above.get_mut(a.max(b)) {
            *above = a.min(b);
        }
    }

    fn groups(mut self, distinct: &[(&Fingerprint, Vec<usize>)]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); distinct.len()];
        for (at, (_, copies)) in distinct.iter().enumerate() {
            let top = self.top(at);
            if let Some(group) = groups.get_mut(top) {
                group.extend(copies);
            }
        }
        groups.retain(|group| group.len() > 1);
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::tests::{Lots, text};

    /// Texts of which each of `near` per family shares all but its last words with the others of it.
    fn families(families: usize, near: usize) -> Vec<Fingerprint> {
        let text_of = |family: usize, member: usize| {
            let base = text(&mut Lots::new(family as u64), 80);
            format!("{base} ending {member} of {family}")
        };
        let texts = (0..families).flat_map(|family| (0..near).map(move |member| text_of(family, member)));
        texts.filter_map(|text| Fingerprint::of_text(&text)).collect()
    }

    #[test]
    fn groups_do_not_depend_on_the_order() {
        let fingerprints = families(40, 3);
        let groups = near_duplicates(&fingerprints, 0.7);
        assert_eq!(groups, (0..40).map(|family| vec![3 * family, 3 * family + 1, 3 * family + 2]).collect::<Vec<_>>());
        // Sevens go round all of them, for 120 is no multiple of 7.
        let order: Vec<usize> = (0..120).map(|at| at * 7 % 120).collect();
        let turned: Vec<Fingerprint> = order.iter().map(|&at| fingerprints[at].clone()).collect();
        let mut named: Vec<Vec<usize>> = near_duplicates(&turned, 0.7)
            .into_iter()
            .map(|group| {
                let mut named: Vec<usize> = group.into_iter().map(|at| order[at]).collect();
                named.sort_unstable();
                named
            })
            .collect();
        named.sort_unstable();
        assert_eq!(named, groups);
    }

    #[test]
    fn the_threshold_decides() {
        let base = text(&mut Lots::new(9), 100);
        let halves = [base.clone(), format!("{base} {}", text(&mut Lots::new(10), 100))];
        let fingerprints: Vec<Fingerprint> = halves.iter().filter_map(|text| Fingerprint::of_text(text)).collect();
        assert_eq!(near_duplicates(&fingerprints, 0.35), [[0, 1]]);
        assert!(near_duplicates(&fingerprints, 0.65).is_empty());
        assert!(near_duplicates(&[], 0.7).is_empty());
        // No threshold makes it fail.
        for threshold in [0.0, 1.0, -3.0, 7.0, f64::NAN] {
            near_duplicates(&fingerprints, threshold);
        }
    }

    #[test]
    fn comparisons_grow_with_the_number() {
        for (many, near) in [(20_000, 1), (4000, 5), (100, 200), (1, 20_000)] {
            let fingerprints = families(many, near);
            let (groups, compared) = grouped(&fingerprints, 0.7);
            assert!(compared <= 20_000 * 4, "{many} times {near}: {compared} comparisons");
            assert_eq!(groups.len(), if near > 1 { many } else { 0 }, "{many} times {near}");
            assert!(groups.iter().all(|group| group.len() == near));
        }
    }

    #[test]
    fn copies_are_not_compared_at_all() {
        let one = Fingerprint::of_text("The harbour stays closed until Monday, said the mayor.");
        let copies: Vec<Fingerprint> = std::iter::repeat_n(one, 20_000).flatten().collect();
        assert_eq!(grouped(&copies, 0.7), (vec![(0..20_000).collect()], 0));
    }
}
