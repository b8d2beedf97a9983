//! Why two names have their score.
//!
//! In go two names; out comes which words stand for which and why, what was set aside, what is left over on both sides, and what speaks against the two being one.

use crate::align::Why;
use crate::features::{Veto, sides};
use crate::matcher::Matcher;
use crate::name::{Kind, Name, Reading, Token};

/// Words that stand for each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Aligned {
    /// Of the first name.
    pub one: String,
    /// Of the second.
    pub other: String,
    /// How alike they are, from 0 to 1.
    pub likeness: f32,
    /// Why they are aligned.
    pub why: Why,
    /// How the two sound, in the letters of [`crate::Token`]'s sounds.
    pub sounds: [String; 2],
}

/// The reason of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The score.
    pub score: f64,
    /// As what the names were compared.
    pub kind: Kind,
    /// What stands for what, in the order of the first name.
    pub aligned: Vec<Aligned>,
    /// The words of each name that stand for none of the other.
    pub left: [Vec<String>; 2],
    /// Titles and particles of each name.
    pub aside: [Vec<String>; 2],
    /// What speaks against.
    pub veto: Option<Veto>,
}

impl Matcher {
    /// The score of two names with its reason.
    pub fn explain(&self, one: &Name, other: &Name) -> Explanation {
        if one.plain <= other.plain {
            return self.explain_ordered(one, other);
        }
        let mut told = self.explain_ordered(other, one);
        told.left.reverse();
        told.aside.reverse();
        for aligned in &mut told.aligned {
            std::mem::swap(&mut aligned.one, &mut aligned.other);
            aligned.sounds.reverse();
        }
        told
    }

    /// The same of names in the order in which they are scored.
    fn explain_ordered(&self, one: &Name, other: &Name) -> Explanation {
        let verdict = self.judge(one, other);
        let empty = Reading::default();
        let left = one.readings.get(verdict.readings.0).unwrap_or(&empty);
        let right = other.readings.get(verdict.readings.1).unwrap_or(&empty);
        let joined = |side: &[Token]| side.iter().map(|token| &*token.text).collect::<Vec<_>>().join(" ");
        let heard = |side: &[Token]| side.iter().flat_map(|token| token.sounds.iter().map(|&sound| char::from(sound))).collect::<String>();
        let mut pairs = verdict.alignment.pairs.clone();
        pairs.sort_by_key(|pair| pair.one);
        let aligned = pairs.iter().map(|pair| {
            let (first, second) = sides(left, right, pair);
            Aligned {
                one: joined(first),
                other: joined(second),
                likeness: pair.likeness,
                why: pair.why,
                sounds: [heard(first), heard(second)],
            }
        });
        let over = |reading: &Reading, used: u32| {
            let unused = reading.tokens.iter().enumerate().filter(|(at, _)| used >> at & 1 == 0);
            unused.map(|(_, token)| token.text.to_string()).collect()
        };
        let aside = |reading: &Reading| reading.aside.iter().map(|word| word.to_string()).collect();
        Explanation {
            score: self.score(one, other),
            kind: one.guessed,
            aligned: aligned.collect(),
            left: [over(left, verdict.alignment.used_one), over(right, verdict.alignment.used_other)],
            aside: [aside(left), aside(right)],
            veto: verdict.veto,
        }
    }
}
