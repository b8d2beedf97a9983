//! What an alignment shows, as numbers that do not change when the two names change places.
//!
//! In go two readings and their alignment; out come the features from which [`crate::weights`] makes a score, and what speaks against the two being one.

use crate::align::{Alignment, Pair, Why};
use crate::name::{Reading, Role, Token};

/// What speaks against two names being one actor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veto {
    /// Each has a given name that the other has not.
    GivenNames,
    /// Each has a family name that the other has not.
    FamilyNames,
    /// Their patronymics differ.
    Patronymics,
    /// An initial stands for none of the other's names.
    Initials,
    /// Two given names sound alike but are two.
    TwoNames,
    /// Each has a word that tells which body it is, and that the other has not.
    Distinctive,
    /// Their legal forms differ.
    LegalForms,
    /// Their numbers differ.
    Numbers,
}

/// The names of the features of persons, in their order.
pub const PERSON: [&str; 47] = [
    "rare_same",
    "rare_near",
    "rare_weak",
    "rare_poor",
    "common_same",
    "common_near",
    "common_weak",
    "common_poor",
    "patronymic_like",
    "patronymic_conflict",
    "family_same",
    "family_differs",
    "family_differs_told",
    "given_differs",
    "left_less",
    "left_more",
    "conflict",
    "conflict_twice",
    "part_one",
    "part_more",
    "whole",
    "part_one_common",
    "cover_less",
    "cover_more",
    "worst",
    "initial_conflict",
    "two_names",
    "unvocalised_left",
    "unvocalised",
    "scripts",
    "joined",
    "swapped",
    "lone",
    "whole_unlike",
    "initials",
    "common_conflict",
    "slavic_given_differs",
    "slavic_family_differs",
    "family_same_given_differs",
    "short_conflict",
    "short_part",
    "lone_family",
    "slavic_whole",
    "beginning",
    "middle_differs",
    "second_surname",
    "kunya_left",
];

/// The features of a pair of persons.
pub(crate) fn of_persons(one: &Reading, other: &Reading, alignment: &Alignment) -> ([f32; PERSON.len()], Option<Veto>) {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let mut likes = [0.0_f32; 8];
    let mut matched = [0.0_f32; 2];
    let mut worst = 1.0_f32;
    let mut family = [0.0_f32; 2];
    let mut patronymic_like = 0.0_f32;
    let (mut two_names, mut joined, mut swapped, mut initials, mut pairs) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    let mut only_common = true;
    let mut beginning = 0.0_f32;
    for pair in &alignment.pairs {
        let (left, right) = sides(one, other, pair);
        let rarities = [rarity(left), rarity(right)];
        matched[0] += rarities[0] * pair.likeness;
        matched[1] += rarities[1] * pair.likeness;
        if pair.why == Why::Initial {
            initials += 1.0;
            continue;
        }
        pairs += 1.0;
        if pair.why == Why::Beginning {
            beginning = 1.0;
            continue;
        }
        worst = worst.min(pair.likeness);
        let (Some(first), Some(second)) = (left.first(), right.first()) else { continue };
        if first.role == Role::Patronymic && second.role == Role::Patronymic {
            patronymic_like = pair.likeness;
        } else {
            let common = first.common && second.common && pair.why != Why::Joined;
            only_common &= common;
            let band = match pair.likeness {
                likeness if likeness >= 0.94 => 0,
                likeness if likeness >= 0.84 => 1,
                likeness if likeness >= 0.7 => 2,
                _ => 3,
            };
            if let Some(place) = likes.get_mut(band + 4 * usize::from(common)) {
                *place += rarities[0].min(rarities[1]);
            }
        }
        let has = |side: &[Token]| side.iter().any(|token| token.role == Role::Family);
        match (has(left), has(right)) {
            (true, true) if pair.likeness >= 0.8 => family[0] = 1.0,
            (true, true) => family[1] = 1.0,
            (false, false) => {}
            _ => swapped += 1.0,
        }
        two_names += flag(pair.why == Why::TwoNames);
        joined += flag(pair.why == Why::Joined);
    }
    let over = |reading: &Reading, used: u32, wanted: fn(Role) -> bool| -> f32 {
        reading
            .tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| used >> at & 1 == 0 && wanted(token.role))
            .map(|(_, token)| token.rarity)
            .sum()
    };
    let both = |wanted: fn(Role) -> bool| [over(one, alignment.used_one, wanted), over(other, alignment.used_other, wanted)];
    let less = |sums: [f32; 2]| sums[0].min(sums[1]);
    let left = both(|role| role != Role::Initial && role != Role::Patronymic);
    let left_count =
        [one.tokens.len() as u32 - alignment.used_one.count_ones(), other.tokens.len() as u32 - alignment.used_other.count_ones()];
    let told = one.family_told && other.family_told;
    let family_differs = flag(less(both(|role| role == Role::Family)) > 0.0).max(family[1]);
    let given_differs = less(both(|role| role == Role::Given));
    let has_patronymic = |reading: &Reading| reading.tokens.iter().any(|token| token.role == Role::Patronymic);
    let patronymic_conflict = flag(has_patronymic(one) && has_patronymic(other) && patronymic_like == 0.0);
    let odd_initial = both(|role| role == Role::Initial);
    let initial_conflict = flag(odd_initial[0].max(odd_initial[1]) > 0.0 && left_count[0].min(left_count[1]) > 0);
    let covers = [matched[0] / one.weight.max(0.01), matched[1] / other.weight.max(0.01)];
    let conflict = left[0].min(left[1]) > 0.15;
    let whole = left_count[0] == 0 && left_count[1] == 0;
    let part = !conflict && !whole;
    let unvocalised = |reading: &Reading| reading.tokens.iter().any(|token| token.unvocalised);
    let latin = |reading: &Reading| reading.tokens.first().is_some_and(|token| token.latin);
    let unvocalised = unvocalised(one) || unvocalised(other);
    let one_pair = pairs <= 1.0;
    let slavic = has_patronymic(one) || has_patronymic(other);
    let short = |reading: &Reading| reading.tokens.iter().all(|token| token.length < 320);
    let short = short(one) && short(other);
    let lone_family = one_pair
        && one.tokens.len().min(other.tokens.len()) == 1
        && alignment.pairs.iter().any(|pair| {
            let (left, right) = sides(one, other, pair);
            pair.likeness > 0.84 && left.iter().chain(right).any(|token| token.role == Role::Family)
        });
    // Which tokens are left on both sides where the rest is the same: those in the middle, or the last.
    let same = |at: u8, to: u8| {
        alignment.pairs.iter().any(|pair| {
            pair.likeness > 0.84 && pair.why != Why::Initial && (if at == 0 { (pair.one, pair.other) } else { ends(pair) }) == (at, to)
        })
    };
    let lasts = (one.tokens.len().saturating_sub(1) as u8, other.tokens.len().saturating_sub(1) as u8);
    let long = lasts.0.min(lasts.1) > 1;
    let middle_differs = long && conflict && !short && same(0, 0) && same(lasts.0, lasts.1);
    let is_left = |used: u32, at: u8| used >> at & 1 == 0;
    let second_surname = lasts.0.min(lasts.1) > 2
        && conflict
        && !slavic
        && left_count == [1, 1]
        && same(0, 0)
        && is_left(alignment.used_one, lasts.0)
        && is_left(alignment.used_other, lasts.1);
    let kunya = |reading: &Reading, used: u32| {
        let left = |(at, token): (usize, &Token)| used >> at & 1 == 1 || token.is_kunya();
        used.count_ones() < reading.tokens.len() as u32 && reading.tokens.iter().enumerate().all(left)
    };
    let kunya_left =
        conflict && !only_common && same(lasts.0, lasts.1) && (kunya(one, alignment.used_one) || kunya(other, alignment.used_other));
    let features = [
        likes[0].min(2.5),
        likes[1].min(2.0),
        likes[2].min(2.0),
        likes[3].min(2.0),
        likes[4].min(2.0),
        likes[5].min(2.0),
        likes[6].min(2.0),
        likes[7].min(2.0),
        patronymic_like,
        patronymic_conflict,
        family[0],
        family_differs,
        family_differs * flag(told),
        given_differs.min(1.5),
        left[0].min(left[1]).min(2.0),
        left[0].max(left[1]).min(3.0),
        flag(conflict),
        flag(left_count[0].min(left_count[1]) > 1),
        flag(part && one_pair),
        flag(part && !one_pair),
        flag(whole),
        flag(part && one_pair && only_common),
        covers[0].min(covers[1]),
        covers[0].max(covers[1]),
        if pairs > 0.0 { worst } else { 0.0 },
        initial_conflict,
        two_names.min(1.0),
        if unvocalised { left[0].min(left[1]).min(2.0) } else { 0.0 },
        flag(unvocalised),
        flag(latin(one) != latin(other)),
        joined.min(1.0),
        swapped.min(2.0),
        flag(one.tokens.len().min(other.tokens.len()) == 1),
        if whole { (1.0 - worst).min(0.5) } else { 0.0 },
        initials.min(2.0),
        flag(conflict && only_common),
        flag(slavic && given_differs > 0.15),
        flag(slavic) * family_differs,
        flag(family[0] > 0.0 && given_differs > 0.15),
        flag(short && conflict),
        flag(short && part),
        flag(lone_family),
        flag(slavic && whole),
        beginning,
        flag(middle_differs),
        flag(second_surname),
        flag(kunya_left),
    ];
    let veto = if initial_conflict > 0.0 {
        Some(Veto::Initials)
    } else if family_differs > 0.0 {
        Some(Veto::FamilyNames)
    } else if given_differs > 0.15 {
        Some(Veto::GivenNames)
    } else if patronymic_conflict > 0.0 {
        Some(Veto::Patronymics)
    } else if two_names > 0.0 {
        Some(Veto::TwoNames)
    } else {
        None
    };
    (features, veto)
}

/// The last tokens of a pair.
fn ends(pair: &Pair) -> (u8, u8) {
    (pair.one + u8::from(pair.one_two), pair.other + u8::from(pair.other_two))
}

fn rarity(side: &[Token]) -> f32 {
    side.iter().map(|token| token.rarity).sum()
}

/// The tokens of a pair on both sides.
pub(crate) fn sides<'reading>(one: &'reading Reading, other: &'reading Reading, pair: &Pair) -> (&'reading [Token], &'reading [Token]) {
    let side = |reading: &'reading Reading, at: u8, two: bool| {
        let at = usize::from(at);
        reading.tokens.get(at..=at + usize::from(two)).unwrap_or_default()
    };
    (side(one, pair.one, pair.one_two), side(other, pair.other, pair.other_two))
}
