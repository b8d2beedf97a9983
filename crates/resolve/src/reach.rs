//! How far links reach from what is new, and where that is cut.
//!
//! In go the things that are new, and who is linked to whom how strongly; out come the pieces that must be decided anew, each whole. A piece is what links connect; where that is too much to be
//! compared all with all, what stronger links connect, in a few steps. So the piece that a thing belongs to is a function of all things and links, and no more than a few pieces' worth of them is
//! looked at to find it, however many there are.

use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

/// How many steps stronger links are asked for in.
const STEPS: u32 = 6;

/// The things that one is linked to, and how strongly.
pub(crate) type Linked<T> = Vec<(T, f64)>;

/// Where what links connect is cut.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// The strength from which two things are linked.
    pub(crate) threshold: f64,
    /// That from which nothing parts them any more.
    pub(crate) certain: f64,
    /// How many things of one piece are compared all with all.
    pub(crate) most: usize,
}

impl Cut {
    fn least(&self, step: u32) -> f64 {
        self.threshold + (self.certain - self.threshold) * f64::from(step) / f64::from(STEPS)
    }
}

/// Things that are decided together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<T> {
    /// In no order.
    pub(crate) items: Vec<T>,
    /// Whether they are one group without being compared: too many that are certain.
    pub(crate) certain: bool,
}

struct Reaching<'a, T, E> {
    cut: Cut,
    near: &'a mut dyn FnMut(&T) -> Result<Linked<T>, E>,
    /// What was asked.
    links: FxHashMap<T, Linked<T>>,
    new: FxHashSet<T>,
    /// What is known to be connected with too much at a step, with what is new and without.
    too_much: [FxHashSet<(T, u32)>; 2],
}

/// Whether what is new is looked at.
#[derive(Clone, Copy)]
enum Among {
    All,
    Old,
}

/// The pieces that new things belong to, and those that were cut otherwise before they came.
pub(crate) fn pieces<T: Eq + Hash + Clone, E>(
    new: &[T],
    cut: Cut,
    near: &mut dyn FnMut(&T) -> Result<Linked<T>, E>,
) -> Result<Vec<Piece<T>>, E> {
    let mut reaching =
        Reaching { cut, near, links: FxHashMap::default(), new: new.iter().cloned().collect(), too_much: Default::default() };
    let mut waiting = new.to_vec();
    for one in new {
        for step in 0..=STEPS {
            if reaching.connected(one, step, Among::All)?.is_some() {
                break;
            }
            waiting.extend(reaching.outgrown(one, step)?);
        }
    }
    let (mut done, mut pieces) = (FxHashSet::default(), Vec::new());
    while let Some(one) = waiting.pop() {
        for step in 0..=STEPS {
            if done.contains(&one) {
                break;
            }
            if let Some(items) = reaching.connected(&one, step, Among::All)? {
                done.extend(items.iter().cloned());
                pieces.push(Piece { certain: items.len() > cut.most, items });
            }
        }
    }
    Ok(pieces)
}

impl<T: Eq + Hash + Clone, E> Reaching<'_, T, E> {
    fn links(&mut self, one: &T) -> Result<&[(T, f64)], E> {
        if !self.links.contains_key(one) {
            let found = (self.near)(one)?;
            self.links.insert(one.clone(), found);
        }
        Ok(self.links.get(one).map(Vec::as_slice).unwrap_or_default())
    }

    /// What links of a step connect with one, itself among it; none where that is too much and stronger links are left to ask for.
    fn connected(&mut self, one: &T, step: u32, among: Among) -> Result<Option<Vec<T>>, E> {
        let (least, most) = (self.cut.least(step), if step == STEPS { usize::MAX } else { self.cut.most });
        let old = matches!(among, Among::Old);
        let known =
            |reaching: &Self, item: &T| reaching.too_much.get(usize::from(old)).is_some_and(|found| found.contains(&(item.clone(), step)));
        if known(self, one) {
            return Ok(None);
        }
        let mut seen: FxHashSet<T> = std::iter::once(one.clone()).collect();
        let mut items = vec![one.clone()];
        let (mut asked, mut large) = (0, false);
        while let Some(item) = items.get(asked).cloned() {
            asked += 1;
            let strong: Vec<T> =
                self.links(&item)?.iter().filter(|(_, strength)| *strength >= least).map(|(other, _)| other.clone()).collect();
            for other in strong {
                if (old && self.new.contains(&other)) || !seen.insert(other.clone()) {
                    continue;
                }
                large = large || known(self, &other);
                items.push(other);
            }
            if large || items.len() > most {
                if let Some(found) = self.too_much.get_mut(usize::from(old)) {
                    found.extend(items.into_iter().map(|item| (item, step)));
                }
                return Ok(None);
            }
        }
        Ok(Some(items))
    }

    /// The things that were decided together at a step before a new one came, which has made too much of what it is linked to there.
    fn outgrown(&mut self, new: &T, step: u32) -> Result<Vec<T>, E> {
        let least = self.cut.least(step);
        let near: Vec<T> = self.links(new)?.iter().filter(|(_, strength)| *strength >= least).map(|(other, _)| other.clone()).collect();
        let mut outgrown = Vec::new();
        for other in near {
            if !self.new.contains(&other) {
                outgrown.extend(self.connected(&other, step, Among::Old)?.unwrap_or_default());
            }
        }
        Ok(outgrown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    /// The pieces of a graph that its nodes below `known` make, those of `new` being new, by their least node.
    fn pieces_of(strengths: &BTreeMap<(u32, u32), f64>, known: &[u32], new: &[u32], most: usize) -> Vec<Piece<u32>> {
        let cut = Cut { threshold: -0.5, certain: 5.5, most };
        let mut near = |&one: &u32| {
            let strength = |other: u32| strengths.get(&(one.min(other), one.max(other))).copied().unwrap_or(-9.0);
            let linked = known.iter().map(|&other| (other, strength(other))).filter(|&(other, strength)| other != one && strength >= -0.5);
            Ok::<_, Infallible>(linked.collect())
        };
        let Ok(mut pieces) = pieces(new, cut, &mut near);
        pieces.iter_mut().for_each(|piece| piece.items.sort_unstable());
        pieces.sort_by(|one, other| one.items.cmp(&other.items));
        pieces
    }

    fn graph() -> impl Strategy<Value = BTreeMap<(u32, u32), f64>> {
        let link = ((0_u32..24, 0_u32..24), -2.0..7.0_f64);
        proptest::collection::vec(link, 0..70)
            .prop_map(|links| links.into_iter().map(|((one, other), strength)| ((one.min(other), one.max(other)), strength)).collect())
    }

    proptest! {
        #[test]
        fn the_order_makes_no_difference(
            strengths in graph(), order in Just((0_u32..24).collect::<Vec<_>>()).prop_shuffle(), batch in 1_usize..9, most in 1_usize..8
        ) {
            let mut record: Vec<Piece<u32>> = Vec::new();
            let mut known: Vec<u32> = Vec::new();
            for new in order.chunks(batch) {
                known.extend(new);
                for piece in pieces_of(&strengths, &known, new, most) {
                    record.retain(|old| old.items.iter().all(|item| !piece.items.contains(item)));
                    record.push(piece);
                }
            }
            record.sort_by(|one, other| one.items.cmp(&other.items));
            prop_assert_eq!(record, pieces_of(&strengths, &known, &known, most));
        }
    }

    #[test]
    fn little_is_looked_at_of_much() {
        let mut asked = 0;
        let mut near = |&one: &u64| {
            asked += 1;
            Ok::<_, Infallible>(vec![
                (one.saturating_sub(1), if one % 10 == 0 { 0.0 } else { 3.0 }),
                (one + 1, if one % 10 == 9 { 0.0 } else { 3.0 }),
            ])
        };
        let Ok(pieces) = pieces(&[1_000_005], Cut { threshold: -0.5, certain: 5.5, most: 50 }, &mut near);
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].items.len(), 10);
        assert!(asked < 200, "{asked}");
    }
}
