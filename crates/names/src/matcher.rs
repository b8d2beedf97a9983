//! Two names to a score.
//!
//! In go names that were taken apart; out comes how likely they are one actor's, from 0 to 1, with 0.5 as the threshold of every kind. The score is the same whichever
//! name comes first, and 1 for two that differ in nothing but case and marks.

use crate::align::{Alignment, align};
use crate::bodies::{BODY, of_bodies};
use crate::features::{PERSON, Veto, of_persons};
use crate::name::{Kind, Name, Reading};
use crate::weights;
use crate::words::Lexicon;
use depeche_packs::{NameWords, PackError};

/// The most that names score of which one has an initial that stands for none of the other's.
const AGAINST_INITIALS: f64 = 0.4;

/// Compares names. It holds the words of names of the packs; everything else is in the program.
#[derive(Debug)]
pub struct Matcher {
    lexicon: Lexicon,
}

/// The best of all readings of two names.
pub(crate) struct Verdict {
    pub(crate) score: f64,
    pub(crate) readings: (usize, usize),
    pub(crate) alignment: Alignment,
    pub(crate) veto: Option<Veto>,
}

impl Matcher {
    /// One that knows the words of the table.
    pub fn new(words: &NameWords) -> Matcher {
        Matcher { lexicon: Lexicon::new(words) }
    }

    /// Takes a name apart. Without a kind it is guessed from the words: a legal form or a ministry makes a body.
    pub fn name(&self, text: &str, kind: Option<Kind>) -> Name {
        Name::new(text, kind, &self.lexicon)
    }

    /// How likely the names are one actor's, from 0 to 1; 0.5 is the threshold.
    pub fn score(&self, one: &Name, other: &Name) -> f64 {
        if one.plain == other.plain {
            return if one.plain.is_empty() { 0.0 } else { 1.0 };
        }
        // The order of the letters decides which comes first, so that the score is the same from both sides.
        if one.plain <= other.plain { self.judge(one, other).score } else { self.judge(other, one).score }
    }

    /// The best of all pairs of readings; names of two kinds are compared as bodies.
    pub(crate) fn judge(&self, one: &Name, other: &Name) -> Verdict {
        if one.guessed != other.guessed {
            let as_body = |name: &Name| Name::new(&name.plain, Some(Kind::Organisation), &self.lexicon);
            if one.guessed == Kind::Person {
                return self.judge(&as_body(one), other);
            }
            if other.guessed == Kind::Person {
                return self.judge(one, &as_body(other));
            }
        }
        let vessel = one.guessed == Kind::Vessel || other.guessed == Kind::Vessel;
        let person = one.guessed == Kind::Person;
        let mut best = Verdict { score: 0.0, readings: (0, 0), alignment: Alignment::default(), veto: None };
        for (left, at) in one.readings.iter().zip(0..) {
            for (right, to) in other.readings.iter().zip(0..) {
                let alignment = align(left, right);
                let (score, veto) =
                    if person { person_score(left, right, &alignment) } else { body_score(left, right, &alignment, vessel) };
                if score > best.score || at + to == 0 {
                    best = Verdict { score, readings: (at, to), alignment, veto };
                }
            }
        }
        best
    }

    /// What a scorer learns from: the features of every pair of readings, as [`PERSON`] or [`BODY`] names them.
    pub fn features(&self, one: &Name, other: &Name) -> Vec<Vec<f32>> {
        let mut rows = Vec::new();
        for left in &one.readings {
            for right in &other.readings {
                let alignment = align(left, right);
                rows.push(match one.guessed {
                    Kind::Person => of_persons(left, right, &alignment).0.to_vec(),
                    kind => of_bodies(left, right, &alignment, kind == Kind::Vessel).0.to_vec(),
                });
            }
        }
        rows
    }

    /// Runs the examples of the table; what is wrong.
    pub fn check(words: &NameWords) -> Vec<PackError> {
        let matcher = Matcher::new(words);
        let score = |[one, other]: &[String; 2]| matcher.score(&matcher.name(one, None), &matcher.name(other, None));
        let wrong = |pair: &[String; 2], is: &str| {
            PackError::of_file(
                format!("packs/{}", NameWords::PATH),
                format!("the example “{}”, “{}” scores {:.2}, {is}", pair[0], pair[1], score(pair)),
            )
        };
        let same = words.examples.same.iter().filter(|pair| score(pair) < 0.5).map(|pair| wrong(pair, "below 0.5"));
        let different = words.examples.different.iter().filter(|pair| score(pair) >= 0.5).map(|pair| wrong(pair, "not below 0.5"));
        same.chain(different).collect()
    }
}

fn person_score(one: &Reading, other: &Reading, alignment: &Alignment) -> (f64, Option<Veto>) {
    if alignment.pairs.is_empty() {
        return (0.0, None);
    }
    let (features, veto) = of_persons(one, other, alignment);
    let score = logistic::<{ PERSON.len() }>(&features, &weights::PERSON, weights::PERSON_BIAS);
    // Initials are too rare in what the weights were learnt from.
    (if veto == Some(Veto::Initials) { score.min(AGAINST_INITIALS) } else { score }, veto)
}

fn body_score(one: &Reading, other: &Reading, alignment: &Alignment, vessel: bool) -> (f64, Option<Veto>) {
    let (features, veto) = of_bodies(one, other, alignment, vessel);
    (logistic::<{ BODY.len() }>(&features, &weights::BODY, weights::BODY_BIAS), veto)
}

fn logistic<const COUNT: usize>(features: &[f32; COUNT], weights: &[f32; COUNT], bias: f32) -> f64 {
    let sum: f32 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum::<f32>() + bias;
    1.0 / (1.0 + f64::from(-sum).exp())
}
