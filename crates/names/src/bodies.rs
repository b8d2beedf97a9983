//! What an alignment of the names of two bodies, or of two ships, shows.
//!
//! In go two readings and their alignment; out come features that do not change when the names change places, and what speaks against the two being one. Words that tell
//! which body it is are kept apart from those that tell its kind, its legal form and its number.

use crate::align::Alignment;
use crate::features::{Veto, sides};
use crate::name::{Reading, Token};

/// The names of the features of bodies, in their order.
pub const BODY: [&str; 20] = [
    "distinctive_less",
    "distinctive_more",
    "distinctive_left_less",
    "distinctive_left_more",
    "worst",
    "generic_less",
    "generic_left_less",
    "generic_left_more",
    "legal_same",
    "legal_conflict",
    "number_conflict",
    "number_left",
    "acronym",
    "no_distinctive",
    "whole",
    "vessel",
    "first_like",
    "distinctive_like_square",
    "short_unlike",
    "conflict",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Distinctive,
    Generic,
    Legal,
    Number,
}

fn part(token: &Token) -> Part {
    if token.legal > 0 {
        Part::Legal
    } else if token.number > 0 {
        Part::Number
    } else if token.generic > 0 {
        Part::Generic
    } else {
        Part::Distinctive
    }
}

/// The features of a pair of bodies.
pub(crate) fn of_bodies(one: &Reading, other: &Reading, alignment: &Alignment, vessel: bool) -> ([f32; BODY.len()], Option<Veto>) {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let total = |reading: &Reading, wanted: Part| -> f32 {
        reading.tokens.iter().filter(|token| part(token) == wanted).map(|token| token.rarity).sum()
    };
    let left = |reading: &Reading, used: u32, wanted: Part| -> f32 {
        reading
            .tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| used >> at & 1 == 0 && part(token) == wanted)
            .map(|(_, token)| token.rarity)
            .sum()
    };
    let (mut matched, mut generic) = ([0.0_f32; 2], [0.0_f32; 2]);
    let (mut worst, mut first_like, mut legal_same, mut short_unlike) = (1.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    let mut any = false;
    for pair in &alignment.pairs {
        let (left, right) = sides(one, other, pair);
        let (Some(first), Some(second)) = (left.first(), right.first()) else { continue };
        let rarity = |side: &[Token]| side.iter().map(|token| token.rarity).sum::<f32>();
        match (part(first), part(second)) {
            (Part::Legal, Part::Legal) => legal_same = 1.0,
            (Part::Number, _) | (_, Part::Number) => {}
            (Part::Generic, Part::Generic) => {
                generic[0] += rarity(left) * pair.likeness;
                generic[1] += rarity(right) * pair.likeness;
            }
            _ => {
                any = true;
                matched[0] += rarity(left) * pair.likeness;
                matched[1] += rarity(right) * pair.likeness;
                worst = worst.min(pair.likeness);
                if first.length.min(second.length) < 330 && pair.likeness < 1.0 {
                    short_unlike += 1.0;
                }
                if pair.one == 0 && pair.other == 0 {
                    first_like = pair.likeness;
                }
            }
        }
    }
    let both = |wanted: Part| [left(one, alignment.used_one, wanted), left(other, alignment.used_other, wanted)];
    let less = |sums: [f32; 2]| sums[0].min(sums[1]);
    let more = |sums: [f32; 2]| sums[0].max(sums[1]);
    let cover = |wanted: Part, matched: [f32; 2]| {
        let share = |reading: &Reading, matched: f32| {
            let total = total(reading, wanted);
            if total > 0.0 { (matched / total).min(1.0) } else { 1.0 }
        };
        [share(one, matched[0]), share(other, matched[1])]
    };
    let distinctive = cover(Part::Distinctive, matched);
    let distinctive_left = both(Part::Distinctive);
    let generic_left = both(Part::Generic);
    let number_left = both(Part::Number);
    let legal_left = both(Part::Legal);
    let acronym = is_acronym(one, other) || is_acronym(other, one);
    let number_conflict = flag(less(number_left) > 0.0);
    let legal_conflict = flag(less(legal_left) > 0.0 && legal_same == 0.0);
    let no_distinctive = total(one, Part::Distinctive).min(total(other, Part::Distinctive)) == 0.0;
    let conflict = less(distinctive_left) > 0.0;
    let covered = less(distinctive);
    let features = [
        covered,
        more(distinctive),
        less(distinctive_left).min(2.0),
        more(distinctive_left).min(3.0),
        if any { worst } else { 0.0 },
        less(cover(Part::Generic, generic)),
        less(generic_left).min(1.0),
        more(generic_left).min(1.5),
        legal_same,
        legal_conflict,
        number_conflict,
        flag(more(number_left) > 0.0 && number_conflict == 0.0),
        flag(acronym),
        flag(no_distinctive),
        flag(more(distinctive_left) + more(generic_left) == 0.0),
        flag(vessel),
        first_like,
        covered * covered,
        short_unlike.min(2.0),
        flag(conflict),
    ];
    let veto = if conflict {
        Some(Veto::Distinctive)
    } else if number_conflict > 0.0 {
        Some(Veto::Numbers)
    } else if legal_conflict > 0.0 {
        Some(Veto::LegalForms)
    } else {
        None
    };
    (features, veto)
}

/// Whether a short word of `short` is made of the first letters of `long`.
fn is_acronym(short: &Reading, long: &Reading) -> bool {
    let letters: Vec<char> = long
        .tokens
        .iter()
        .filter(|token| token.legal == 0)
        .filter_map(|token| token.text.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    letters.len() > 1
        && short.tokens.iter().any(|token| {
            let word = token.text.chars();
            token.text.chars().all(char::is_uppercase) && word.eq(letters.iter().copied())
        })
}
