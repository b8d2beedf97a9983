//! How alike two dispatches are.
//!
//! In go dossiers; out comes a number of which 1 is the threshold of one story, and whether two are copies. Texts of one language are compared by their words, each weighted by how rare
//! it is in the language at large: a weight that the record itself would give changed with every dispatch, and with it what was decided before. Texts of two languages are compared
//! by countries, the sound of names, and numbers.

use crate::Dossier;
use crate::compared::{Compared, DayNumbers, day_numbers, days_between};
use crate::keys::{Key, hash};
use crate::resolver::Resolver;
use std::collections::BTreeMap;

/// Weights by hash of the name, sorted, of length one.
pub(crate) type Vector = Vec<(u64, f32)>;

/// A word among so many commonest ones says nothing.
const NOTHING: u32 = 64;
/// By what the rarity of a word is raised.
const RARITY: f32 = 1.5;
/// What a country, the sound of a word of a name and a number weigh.
const COUNTRY: f32 = 1.0;
const NAME: f32 = 3.0;
const NUMBER: f32 = 2.0;
/// The cosine of texts of one language, and of the facts of texts of two, from which they are one story.
pub(crate) const SAME_LANGUAGE: f64 = 0.22;
pub(crate) const OTHER_LANGUAGE: f64 = 0.22;
/// Days between publications that are nothing, and those beyond which nothing is one story.
const NEAR_DAYS: i64 = 7;
const FAR_DAYS: i64 = 14;
/// Days within which a text is copied.
const COPY_DAYS: i64 = 4;
/// The cosine of their facts from which two texts name the same, and how many facts are too few to tell.
const AGREEMENT: f64 = 0.1;
const FEW_FACTS: usize = 4;
/// How strongly copies are linked: more than any likeness can, of which the greatest is a cosine of 1.
pub(crate) const COPIES_LINK: f64 = 5.0;
/// The share of runs of five words from which texts are copies.
const COPY: f64 = 0.35;

/// A vector of weights; of a name that stands twice the greatest.
pub(crate) fn scaled<'a>(weights: impl IntoIterator<Item = (&'a str, f32)>) -> Vector {
    let mut vector: Vector = weights.into_iter().map(|(name, weight)| (hash(name), weight)).collect();
    vector.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    vector.dedup_by_key(|(name, _)| *name);
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    vector
}

/// The cosine of two vectors.
pub(crate) fn cosine(one: &Vector, other: &Vector) -> f64 {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut sum = 0.0;
    while let (Some((name, weight)), Some((of_other, other_weight))) = (left.peek(), right.peek()) {
        match name.cmp(of_other) {
            std::cmp::Ordering::Less => left.next(),
            std::cmp::Ordering::Greater => right.next(),
            std::cmp::Ordering::Equal => {
                sum += f64::from(weight * other_weight);
                right.next();
                left.next()
            }
        };
    }
    sum
}

impl Resolver {
    /// The weight of a word in a language.
    pub(crate) fn rarity(&self, language: &str, word: &str) -> f32 {
        let within = self.within(language, word).max(NOTHING);
        ((within as f32) / NOTHING as f32).log2().powf(RARITY)
    }

    pub(crate) fn term_weights<'a>(&self, language: &str, terms: &'a BTreeMap<String, u32>) -> Vec<(&'a str, f32)> {
        let weight = |term: &str, times: u32| (1.0 + (times.max(1) as f32).ln()) * self.rarity(language, term);
        terms.iter().map(|(term, &times)| (term.as_str(), weight(term, times))).collect()
    }

    pub(crate) fn fact_weights<'a>(&self, facts: &'a BTreeMap<String, u32>) -> Vec<(&'a str, f32)> {
        let weight = |fact: &str, times: u32| {
            let own = match fact.as_bytes().first() {
                Some(b'c') => COUNTRY,
                Some(b'n') => NAME,
                _ => NUMBER,
            };
            own * (1.0 + (times.max(1) as f32).ln())
        };
        facts.iter().map(|(fact, &times)| (fact.as_str(), weight(fact, times))).collect()
    }

    /// Makes a dossier ready to be compared, once for all comparisons. Its words are kept as numbers alone, of which a store has thousands at hand.
    pub fn read(&self, mut dossier: Dossier) -> Read {
        let language = dossier.language.as_deref().unwrap_or_default();
        let story_keys = self.story_keys(&dossier);
        Read {
            terms: scaled(self.term_weights(language, &dossier.terms)),
            facts: scaled(self.fact_weights(&dossier.facts)),
            events: dossier.events.iter().map(|event| Compared::new(self, event, &dossier)).collect(),
            published: day_numbers(dossier.first, dossier.last),
            story_keys,
            dossier: {
                dossier.forget_most();
                dossier
            },
        }
    }
}

/// A dossier ready to be compared: its words and facts weighed, its keys made.
#[derive(Debug)]
pub struct Read {
    pub(crate) dossier: Dossier,
    /// The keys of the dispatch as a whole.
    pub(crate) story_keys: Vec<Key>,
    /// Its events, in their order.
    pub(crate) events: Vec<Compared>,
    /// When it was published.
    pub(crate) published: DayNumbers,
    terms: Vector,
    facts: Vector,
}

impl Read {
    /// What it was made of, without its words, facts and forms.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// Days between the publications.
    pub(crate) fn days_from(&self, other: &Read) -> i64 {
        days_between(self.published, other.published)
    }

    /// Whether both are written in one language, as far as is known.
    pub(crate) fn same_language(&self, other: &Read) -> bool {
        self.dossier.language == other.dossier.language
    }

    /// The cosine of their words or facts, as a share of what makes one story.
    pub(crate) fn likeness(&self, other: &Read) -> f64 {
        if self.same_language(other) {
            cosine(&self.terms, &other.terms) / SAME_LANGUAGE
        } else {
            cosine(&self.facts, &other.facts) / OTHER_LANGUAGE
        }
    }

    /// The share of runs of five words that they have in common.
    pub(crate) fn runs_shared(&self, other: &Read) -> f64 {
        match (&self.dossier.fingerprint, &other.dossier.fingerprint) {
            (Some(one), Some(of_other)) => one.similarity(of_other),
            _ => 0.0,
        }
    }

    /// How far two texts name the same: from 0, where the same words are said of others, to 1. Where one names too little to tell, it is 1.
    fn agreement(&self, other: &Read) -> f64 {
        if self.facts.len() < FEW_FACTS || other.facts.len() < FEW_FACTS {
            return 1.0;
        }
        (cosine(&self.facts, &other.facts) / AGREEMENT).min(1.0)
    }

    /// Whether they are copies of one text of about the same day. The same words of other names are none: a form filled in anew.
    pub(crate) fn is_copy_of(&self, other: &Read) -> bool {
        self.days_from(other) <= COPY_DAYS && self.runs_shared(other) >= COPY && self.agreement(other) >= 1.0
    }

    /// How much they are one story: 1 is the threshold.
    pub(crate) fn story(&self, other: &Read) -> f64 {
        if self.is_copy_of(other) { 2.0 } else { self.story_of_others(other) }
    }

    /// The same of two that are no copies: never as much as [`COPIES_LINK`].
    fn story_of_others(&self, other: &Read) -> f64 {
        self.nearness(other) * self.agreement(other)
    }

    /// Their likeness, less for every day that is much between two of one story. Whether they name the same only takes from it.
    fn nearness(&self, other: &Read) -> f64 {
        let days = self.days_from(other);
        if days > FAR_DAYS {
            return 0.0;
        }
        let late = (days - NEAR_DAYS).max(0) as f64 / (FAR_DAYS - NEAR_DAYS) as f64;
        self.likeness(other) * (1.0 - late)
    }

    /// How strongly they are linked, where a store finds the one by the keys of the other: as copies or as one story, from 1 on; 0 where they are not.
    pub(crate) fn link(&self, other: &Read) -> f64 {
        if !share_key(&self.story_keys, &other.story_keys) {
            return 0.0;
        }
        if self.is_copy_of(other) {
            return COPIES_LINK;
        }
        let near = self.nearness(other);
        if near < 1.0 { 0.0 } else { near * self.agreement(other) }
    }

    /// Whether they are.
    pub(crate) fn is_linked(&self, other: &Read) -> bool {
        self.link(other) >= 1.0
    }
}

/// Whether two lists of keys have one in common on some day.
pub(crate) fn share_key(one: &[Key], other: &[Key]) -> bool {
    one.iter().any(|key| other.iter().any(|of_other| key.meets(of_other)))
}
