//! Which token of one name stands for which of the other.
//!
//! In go two readings; out comes a one-to-one alignment: tokens that sound alike, initials with what they may stand for, two tokens with one where a name is written
//! joined on one side, and what is left over on both sides.

use crate::distance::{likeness, likeness_joined};
use crate::name::{MAX_TOKENS, Reading, Role, Token};
use crate::sounds::{COSTS, Sound, class};

/// Likeness from which tokens are aligned at all.
const LEAST: f32 = 0.6;
/// Likeness at most of two given names that are known to be two, however near they sound.
const TWO_NAMES: f32 = 0.66;
/// Likeness of two forms of one given name, at least.
const ONE_NAME: f32 = 0.93;
/// Likeness of a given name and its beginning.
const BEGINNING: f32 = 0.7;

/// Likeness from which a family name stands for a given name.
const ACROSS: f32 = 0.84;

/// Why two tokens are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// They sound alike.
    Sound,
    /// They are forms of one given name.
    Equivalent,
    /// One is an initial of the other.
    Initial,
    /// One is written in two words on the other side.
    Joined,
    /// One given name is the beginning of the other: a short form.
    Beginning,
    /// They are known to be two given names, though they sound alike.
    TwoNames,
    /// They stand for the same kind of body, the same legal form or the same number.
    Meaning,
}

/// Tokens that stand for each other: a token of each side, or one and the two that follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    pub(crate) one: u8,
    pub(crate) other: u8,
    /// A second token on either side: the one after.
    pub(crate) one_two: bool,
    pub(crate) other_two: bool,
    pub(crate) likeness: f32,
    pub(crate) why: Why,
}

/// An alignment: what stands for what, and what is left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Alignment {
    pub(crate) pairs: Vec<Pair>,
    pub(crate) used_one: u32,
    pub(crate) used_other: u32,
}

/// The likeness of two tokens with what is known of names.
pub(crate) fn compare(one: &Token, other: &Token) -> (f32, Why) {
    if one.legal > 0 || other.legal > 0 || one.generic > 0 && other.generic > 0 || one.number > 0 && other.number > 0 {
        if one.legal > 0 && one.legal == other.legal {
            return (1.0, Why::Meaning);
        }
        if one.generic > 0 && one.generic == other.generic || one.number > 0 && one.number == other.number {
            return (1.0, Why::Meaning);
        }
        if one.number > 0 && other.number > 0 || one.legal > 0 && other.legal > 0 {
            return (0.0, Why::Meaning);
        }
    }
    if one.role == Role::Initial || other.role == Role::Initial {
        let (Some(&left), Some(&right)) = (one.sounds.first(), other.sounds.first()) else { return (0.0, Why::Initial) };
        let alike = COSTS[0].substitute(left, right) <= 12 || one.text.chars().next().is_some_and(|letter| other.text.starts_with(letter));
        return (if alike { 0.9 } else { 0.0 }, Why::Initial);
    }
    let patronymics = (one.role == Role::Patronymic, other.role == Role::Patronymic);
    if patronymics.0 != patronymics.1 {
        let heard = likeness(one, other);
        return (if heard > 0.85 { heard } else { 0.0 }, Why::Sound);
    }
    let heard = likeness(one, other);
    if heard > 0.999 {
        return (heard, Why::Sound);
    }
    if one.group > 0 && one.group == other.group {
        return if heard > ONE_NAME { (heard, Why::Sound) } else { (ONE_NAME, Why::Equivalent) };
    }
    if one.group > 0 && other.group > 0 && heard > TWO_NAMES {
        return (TWO_NAMES, Why::TwoNames);
    }
    if heard < ACROSS && one.role == Role::Given && other.role == Role::Given && is_beginning(one, other) {
        return (BEGINNING, Why::Beginning);
    }
    // A family name that is nearly the other's given name is none: Bagheri, Bagher.
    let across = matches!((one.role, other.role), (Role::Family, Role::Given) | (Role::Given, Role::Family));
    (if across && heard < ACROSS { 0.0 } else { heard }, Why::Sound)
}

/// Whether one has four sounds or more and the other begins with them.
fn is_beginning(one: &Token, other: &Token) -> bool {
    let (short, long) = if one.sounds.len() < other.sounds.len() { (one, other) } else { (other, one) };
    let begins = |long: &[Sound]| short.sounds.iter().zip(long).all(|(&left, &right)| class(left) == class(right));
    short.sounds.len() >= 4 && short.prefix == 0 && long.prefix == 0 && long.sounds.len() >= short.sounds.len() + 2 && begins(&long.sounds)
}

/// The alignment of two readings.
pub(crate) fn align(one: &Reading, other: &Reading) -> Alignment {
    let mut candidates: [(f32, Pair); MAX_TOKENS * MAX_TOKENS / 2] = [(0.0, EMPTY); MAX_TOKENS * MAX_TOKENS / 2];
    let mut count = 0;
    for (left, at) in one.tokens.iter().zip(0_u8..) {
        for (right, to) in other.tokens.iter().zip(0_u8..) {
            let (likeness, why) = compare(left, right);
            if likeness >= LEAST
                && let Some(place) = candidates.get_mut(count)
            {
                // Of equal likeness the longer, then the same role, then the same place is taken; an initial comes last.
                let order = likeness + 0.02 * left.rarity.min(right.rarity) + if left.role == right.role { 0.01 } else { 0.0 }
                    - 0.001 * f32::from(at.abs_diff(to))
                    - if why == Why::Initial { 0.5 } else { 0.0 };
                *place = (order, Pair { one: at, other: to, likeness, why, ..EMPTY });
                count += 1;
            }
        }
    }
    let mut alignment = Alignment::default();
    let found = candidates.get_mut(..count).unwrap_or_default();
    found.sort_by(|(left, one), (right, other)| {
        right
            .total_cmp(left)
            .then_with(|| (one.one + one.other).cmp(&(other.one + other.other)))
            .then_with(|| one.one.min(one.other).cmp(&other.one.min(other.other)))
    });
    for (_, pair) in found.iter() {
        if alignment.used_one & (1 << pair.one) == 0 && alignment.used_other & (1 << pair.other) == 0 {
            alignment.used_one |= 1 << pair.one;
            alignment.used_other |= 1 << pair.other;
            alignment.pairs.push(*pair);
        }
    }
    let whole_one = (1_u32 << one.tokens.len()) - 1;
    let whole_other = (1_u32 << other.tokens.len()) - 1;
    if alignment.used_one != whole_one || alignment.used_other != whole_other {
        join(one, other, &mut alignment, false);
        join(other, one, &mut alignment, true);
    }
    alignment
}

const EMPTY: Pair = Pair { one: 0, other: 0, one_two: false, other_two: false, likeness: 0.0, why: Why::Sound };

/// Aligns a token of `one` with two neighbours of `other` where that fits better than what is aligned; `swapped` tells that the alignment has them the other way round.
fn join(one: &Reading, other: &Reading, alignment: &mut Alignment, swapped: bool) {
    for (token, at) in one.tokens.iter().zip(0_u8..) {
        if token.sounds.len() < 4 || token.legal > 0 {
            continue;
        }
        for (neighbours, to) in other.tokens.windows(2).zip(0_u8..) {
            let [first, second] = neighbours else { continue };
            if first.role == Role::Initial || second.role == Role::Initial {
                continue;
            }
            let theirs = if swapped { alignment.used_one } else { alignment.used_other };
            if theirs >> to & 3 == 3 {
                continue;
            }
            // What a pair covers on the side of the token, and on the side of the neighbours.
            let covers = |pair: &Pair| {
                let one = (1_u32 | u32::from(pair.one_two) << 1) << pair.one;
                let other = (1_u32 | u32::from(pair.other_two) << 1) << pair.other;
                if swapped { (other, one) } else { (one, other) }
            };
            let (here, there) = (1_u32 << at, 3_u32 << to);
            let touches = |pair: &Pair| {
                let (mine, theirs) = covers(pair);
                mine & here != 0 || theirs & there != 0
            };
            // What is aligned with any of the three must be one pair within them.
            let mut touching = alignment.pairs.iter().filter(|pair| touches(pair));
            let taken = match (touching.next(), touching.next()) {
                (None, _) => 0.0,
                (Some(pair), None) if covers(pair).0 == here && covers(pair).1 & !there == 0 && !pair.one_two && !pair.other_two => {
                    pair.likeness
                }
                _ => continue,
            };
            // Parts of one given name change places: Mohammadnazar, Nazar Mohammad.
            let likeness = likeness_joined(token, first, second).max(likeness_joined(token, second, first));
            if likeness < 0.75 || likeness < taken + 0.02 {
                continue;
            }
            alignment.pairs.retain(|pair| !touches(pair));
            let pair = if swapped {
                alignment.used_other |= here;
                alignment.used_one |= there;
                Pair { one: to, other: at, one_two: true, other_two: false, likeness, why: Why::Joined }
            } else {
                alignment.used_one |= here;
                alignment.used_other |= there;
                Pair { one: at, other: to, one_two: false, other_two: true, likeness, why: Why::Joined }
            };
            alignment.pairs.push(pair);
        }
    }
}
