//! Where a word that no frame names lies among those that one does.
//!
//! In go the words of a lexicon and the vectors of a model; a word's nearest named ones come out, and how well they agree on a type. A word
//! without a vector has none, and so has one that lies near nothing. Vectors are compared from the middle of the named verbs or nouns, without
//! which all of them look alike; a word is placed once and remembered by its row, of which a model has a bounded number.

use crate::lexicon::{Lexicon, Sense};
use depeche_nlp::Pipeline;
use depeche_record::EventType;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::sync::{Arc, PoisonError, RwLock};

/// How many neighbours have a say.
const NEIGHBOURS: usize = 16;
/// The least similarity of a neighbour that can place a word.
const LEAST: f32 = 0.15;
/// Words with one vector are often merely the nearest that a model keeps apart: no neighbour counts as nearer than this.
const NO_NEARER: f32 = 0.7;
/// Partial sums of a product; the order of its additions is fixed, so that it is the same everywhere.
const LANES: usize = 16;

/// Where vectors of words come from.
pub trait WordVectors: Debug + Send + Sync {
    /// The vector of a form and the number of its row; forms with one row have one vector.
    fn vector_and_row(&self, form: &str) -> Option<(u32, &[f32])>;
}

impl WordVectors for Pipeline {
    fn vector_and_row(&self, form: &str) -> Option<(u32, &[f32])> {
        Pipeline::vector_and_row(self, form)
    }
}

/// A word that frames name, or several with one vector.
#[derive(Debug)]
pub(crate) struct NamedWord {
    pub(crate) words: Vec<String>,
    /// Their senses that need no second word.
    pub(crate) senses: Vec<Sense>,
    /// The types of these, each once.
    pub(crate) kinds: Vec<EventType>,
}

/// The named verbs and nouns with their vectors. A verb has nouns for neighbours too: each tells what the other would mean.
#[derive(Debug, Default)]
pub(crate) struct NamedWords {
    words: Vec<NamedWord>,
    /// One after the other, each from the middle of its part of speech and of length 1.
    vectors: Vec<f32>,
    /// Of the verbs, and of the nouns.
    middles: [Vec<f32>; 2],
    placed: [RwLock<HashMap<u32, Option<Arc<Placement>>>>; 2],
}

/// A word among the named ones.
#[derive(Debug)]
pub(crate) struct Placement {
    /// The nearest, nearest first: place of the word, and cosine.
    pub(crate) neighbours: Vec<(usize, f32)>,
    /// The types that these have, the likeliest first.
    pub(crate) kinds: Vec<KindNearby>,
    /// The row of the vector.
    pub(crate) row: u32,
}

/// A type among a word's neighbours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct KindNearby {
    pub(crate) kind: EventType,
    /// Cosine of the nearest that has it.
    pub(crate) similarity: f32,
    /// The share of the neighbours' weight that it has.
    pub(crate) agreement: f32,
}

impl NamedWords {
    /// The lexicon's words that have a vector and a sense of their own.
    pub(crate) fn new(lexicon: &Lexicon, vectors: &dyn WordVectors) -> NamedWords {
        let mut named = NamedWords::default();
        named.middles[0] = named.add(lexicon, lexicon.verbs(), vectors);
        named.middles[1] = named.add(lexicon, lexicon.nouns(), vectors);
        named
    }

    /// Adds the words of a part of speech; their middle.
    fn add<'a>(&mut self, lexicon: &Lexicon, words: impl Iterator<Item = (&'a str, &'a [Sense])>, vectors: &dyn WordVectors) -> Vec<f32> {
        let mut by_row: BTreeMap<u32, (&[f32], NamedWord)> = BTreeMap::new();
        for (word, senses) in words {
            let senses: Vec<Sense> = senses.iter().filter(|sense| sense.with.is_none()).cloned().collect();
            let Some((row, vector)) = vectors.vector_and_row(word).filter(|_| !senses.is_empty()) else { continue };
            let (_, named) =
                by_row.entry(row).or_insert_with(|| (vector, NamedWord { words: Vec::new(), senses: Vec::new(), kinds: Vec::new() }));
            named.kinds.extend(senses.iter().map(|sense| lexicon.frame(sense).kind));
            named.words.push(word.to_owned());
            named.senses.extend(senses);
        }
        let width = by_row.values().next().map_or(0, |(vector, _)| vector.len());
        by_row.retain(|_, (vector, _)| vector.len() == width);
        let mut middle = vec![0.0; width];
        for (vector, _) in by_row.values() {
            middle.iter_mut().zip(unit(vector)).for_each(|(sum, number)| *sum += number / by_row.len() as f32);
        }
        for (vector, mut word) in by_row.into_values() {
            word.kinds.sort();
            word.kinds.dedup();
            self.words.push(word);
            self.vectors.extend(from_middle(vector, &middle));
        }
        middle
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at a place that a [`Placement`] gives.
    pub(crate) fn word(&self, place: usize) -> Option<&NamedWord> {
        self.words.get(place)
    }

    /// Where a verb or a noun lies; nothing where it has no vector or is near nothing.
    pub(crate) fn place(&self, word: &str, is_noun: bool, vectors: &dyn WordVectors) -> Option<Arc<Placement>> {
        let (row, vector) = vectors.vector_and_row(word)?;
        let placed = &self.placed[usize::from(is_noun)];
        if let Some(known) = placed.read().unwrap_or_else(PoisonError::into_inner).get(&row) {
            return known.clone();
        }
        let placement = self.compute(row, vector, &self.middles[usize::from(is_noun)]).map(Arc::new);
        placed.write().unwrap_or_else(PoisonError::into_inner).insert(row, placement.clone());
        placement
    }

    fn compute(&self, row: u32, vector: &[f32], middle: &[f32]) -> Option<Placement> {
        // Of two widths no vectors can be compared.
        if vector.len() != middle.len() || vector.len() * self.words.len() != self.vectors.len() {
            return None;
        }
        let own = from_middle(vector, middle);
        let mut nearest: Vec<(usize, f32)> =
            self.vectors.chunks_exact(own.len().max(1)).map(|other| product(&own, other)).enumerate().collect();
        nearest.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        nearest.truncate(NEIGHBOURS);
        nearest.retain(|&(_, similarity)| similarity >= LEAST);
        let kinds = self.kinds(&nearest);
        (!kinds.is_empty()).then_some(Placement { neighbours: nearest, kinds, row })
    }

    /// The types of some neighbours; a word of several types shares its weight among them.
    fn kinds(&self, nearest: &[(usize, f32)]) -> Vec<KindNearby> {
        let mut found: Vec<KindNearby> = Vec::new();
        let mut total = 0.0;
        for (word, similarity) in nearest.iter().filter_map(|&(place, similarity)| Some((self.words.get(place)?, similarity))) {
            let weight = similarity.min(NO_NEARER).powi(3);
            total += weight;
            for &kind in &word.kinds {
                let share = weight / word.kinds.len() as f32;
                match found.iter_mut().find(|known| known.kind == kind) {
                    Some(known) => known.agreement += share,
                    None => found.push(KindNearby { kind, similarity, agreement: share }),
                }
            }
        }
        found.iter_mut().for_each(|nearby| nearby.agreement /= total);
        found.sort_by(|one, other| other.agreement.total_cmp(&one.agreement).then(one.kind.cmp(&other.kind)));
        found
    }
}

/// The direction of a vector, of length 1, as it is seen from a middle.
fn from_middle(vector: &[f32], middle: &[f32]) -> Vec<f32> {
    let moved: Vec<f32> = unit(vector).zip(middle).map(|(number, middle)| number - middle).collect();
    unit(&moved).collect()
}

/// A vector of length 1 in the same direction; one of nothing stays as it is.
fn unit(vector: &[f32]) -> impl Iterator<Item = f32> {
    let length = product(vector, vector).sqrt();
    let scale = if length > f32::EPSILON { 1.0 / length } else { 0.0 };
    vector.iter().map(move |number| number * scale)
}

fn product(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let (ours, theirs) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest: f32 = ours.remainder().iter().zip(theirs.remainder()).map(|(left, right)| left * right).sum();
    for (left, right) in ours.zip(theirs) {
        for (sum, (left, right)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += left * right;
        }
    }
    sums.iter().sum::<f32>() + rest
}
