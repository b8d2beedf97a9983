//! How near two words sound.
//!
//! In go the sounds of two words; out comes a likeness from 0 to 1: one less the cost of the cheapest edit, in parts of what both words are long. Pairs that cannot
//! be like are refused by the consonants that they do not share, before anything is computed.

use crate::name::Token;
use crate::sounds::{COSTS, Costs, MAX_SOUNDS, Sound, is_vowel, weight};

/// How many sounds two joined words have at most.
const ROW: usize = 2 * MAX_SOUNDS + 2;

/// The likeness of two tokens; 0 where it is below what anybody asks for.
pub(crate) fn likeness(one: &Token, other: &Token) -> f32 {
    if one.sounds == other.sounds {
        return 1.0;
    }
    let missing = (one.coarse.0 & !other.coarse.1).count_ones() + (other.coarse.0 & !one.coarse.1).count_ones();
    if missing > 1 && missing * 2 > one.coarse.0.count_ones().min(other.coarse.0.count_ones()) + 1 {
        return 0.0;
    }
    if one.prefix > 0 || other.prefix > 0 {
        return behind_prefix(one, other);
    }
    let costs = if one.unvocalised || other.unvocalised { &COSTS[1] } else { &COSTS[0] };
    let whole = of_sounds(&one.sounds, &other.sounds, one.length + other.length, costs);
    if whole > 0.9 || (one.article == 0) == (other.article == 0) {
        return whole;
    }
    let (joined, plain) = if one.article > 0 { (one, other) } else { (other, one) };
    let bare = joined.sounds.get(usize::from(joined.article)..).unwrap_or_default();
    whole.max(of_sounds(bare, &plain.sounds, joined.length.saturating_sub(135) + plain.length, costs) - 0.02)
}

/// Of servants and fathers what follows is compared; a name that only one of them is servant or father of is a weaker sign.
fn behind_prefix(one: &Token, other: &Token) -> f32 {
    let costs = &COSTS[usize::from(one.unvocalised || other.unvocalised)];
    let rest = |token: &Token| token.sounds.get(usize::from(token.prefix)..).map_or(0, <[Sound]>::len);
    let bare = |token: &Token| -> (u16, usize) {
        let from = usize::from(token.prefix);
        let own = token.sounds.get(from..).unwrap_or_default();
        let from =
            if token.prefix > 0 && own.len() > 4 && matches!(own, [b'a', b'l', third, ..] if !is_vowel(*third)) { from + 2 } else { from };
        (token.sounds.get(from..).unwrap_or_default().iter().map(|&sound| weight(sound)).sum(), from)
    };
    let ((left, from), (right, to)) = (bare(one), bare(other));
    if rest(one) == 0 || rest(other) == 0 {
        return 0.0;
    }
    let bare = of_sounds(one.sounds.get(from..).unwrap_or_default(), other.sounds.get(to..).unwrap_or_default(), left + right, costs);
    if (one.prefix > 0) == (other.prefix > 0) && (one.sounds.get(..2) == other.sounds.get(..2)) { bare } else { 0.82 * bare }
}

/// The likeness of a token and of two that follow each other, read as one word.
pub(crate) fn likeness_joined(one: &Token, first: &Token, second: &Token) -> f32 {
    if first.sounds.len() + second.sounds.len() > one.sounds.len() + if one.unvocalised { 8 } else { 3 } || one.sounds.len() < 4 {
        return 0.0;
    }
    let mut joined = [0; ROW];
    let mut length = 0;
    for &sound in first.sounds.iter().chain(second.sounds.iter()) {
        if length > 0 && joined[length - 1] == sound {
            continue;
        }
        if let Some(place) = joined.get_mut(length) {
            *place = sound;
            length += 1;
        }
    }
    let unvocalised = one.unvocalised || first.unvocalised;
    of_sounds(
        &one.sounds,
        joined.get(..length).unwrap_or_default(),
        one.length + first.length + second.length,
        &COSTS[usize::from(unvocalised)],
    )
}

/// The likeness of two sequences of sounds that are `lengths` long together.
fn of_sounds(one: &[Sound], other: &[Sound], lengths: u16, costs: &Costs) -> f32 {
    if one.is_empty() || other.is_empty() || other.len() >= ROW {
        return 0.0;
    }
    // Costs up to each sound of `other`: of the line before, and of the one before that.
    let mut before = [0_u16; ROW];
    let mut earlier = [0_u16; ROW];
    let mut omits = [0_u16; ROW];
    let mut total = 0;
    for ((&sound, place), omit) in other.iter().zip(before.iter_mut().skip(1)).zip(&mut omits) {
        *omit = costs.omit(sound);
        total += *omit;
        *place = total;
    }
    // Nobody asks for less than six tenths.
    let most = lengths.max(100) / 5 + 1;
    let mut previous = None;
    for &left in one {
        let omit_left = costs.omit(left);
        let substitutes = costs.row(left);
        let mut diagonal = before[0];
        let mut beside = diagonal + omit_left;
        // What stood two lines before, one and two sounds back.
        let mut back = (earlier[0], 0);
        earlier[0] = diagonal;
        before[0] = beside;
        let mut least = beside;
        let mut last = None;
        let cells = before.iter_mut().skip(1).zip(earlier.iter_mut().skip(1));
        for ((&right, (above, far)), &omit_right) in other.iter().zip(cells).zip(&omits) {
            let mut cost = if left == right { diagonal } else { diagonal + Costs::of(substitutes, right) };
            cost = cost.min(*above + omit_left).min(beside + omit_right);
            // Two neighbours in the wrong order are one slip of the hand.
            if left != right && previous == Some(right) && last == Some(left) {
                cost = cost.min(back.1 + 60);
            }
            back = (*far, back.0);
            diagonal = *above;
            *far = diagonal;
            *above = cost;
            beside = cost;
            least = least.min(cost);
            last = Some(right);
        }
        if least > most {
            return 0.0;
        }
        previous = Some(left);
    }
    // An i at the end makes another name of one: Bagher, Bagheri.
    let near_i = |sounds: &[Sound]| matches!(sounds.last(), Some(b'i' | b'I' | b'y'));
    let consonant = |sounds: &[Sound]| sounds.last().is_some_and(|&sound| !is_vowel(sound));
    let made = near_i(one) && consonant(other) || near_i(other) && consonant(one);
    let cost = f32::from(before[other.len()]) + if made { 45.0 } else { 0.0 };
    (1.0 - 2.0 * cost / f32::from(lengths.max(100))).max(0.0)
}
