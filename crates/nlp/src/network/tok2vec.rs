//! From words to vectors in context: the embedding, then layers that each see a few words to both sides.
//!
//! Documents lie one after the other with zero rows between them, as many as all layers together see to one side.
//! Like spaCy's, these rows take part in every layer and do not stay zero; that is what a document's edge looks like.
//! The line of rows is worked through in stretches, each with as many rows to both sides as its answers depend on.

use super::embed::{Embedding, EmbeddingWork, Word};
use super::layers::{Maxout, Workspace};
use super::seen::Seen;
use super::spec::{Tok2VecSpec, Weights};
use crate::container::Container;
use crate::error::Error;
use crate::vectors::Vectors;
use std::ops::Range;

/// Rows of a stretch: enough to use what of the weights is near, few enough to stay near themselves.
const STRETCH: usize = 512;
/// The row of no word.
const PADDING: u32 = u32::MAX;

/// An encoder.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    embedding: Embedding,
    /// The layers after the first, which the embedding has.
    layers: Vec<Maxout>,
    window: usize,
    /// Words to each side that all layers together see.
    reach: usize,
}

/// What an encoder needs for each thread.
#[derive(Debug, Default)]
pub(crate) struct Tok2VecWork {
    seen: Seen,
    embedding: EmbeddingWork,
    workspace: Workspace,
    /// For each row the index of its word.
    line: Vec<u32>,
    rows: Vec<f32>,
    next: Vec<f32>,
}

impl Tok2Vec {
    /// Reads an encoder from the weights.
    pub(crate) fn new(spec: &Tok2VecSpec, weights: Weights<'_>, vectors: &Vectors) -> Result<Tok2Vec, Error> {
        let embedding = Embedding::new(spec, weights, vectors)?;
        let width = embedding.width();
        let layers: Result<Vec<_>, _> = spec.layers.iter().skip(1).map(|layer| Maxout::new(layer, weights)).collect();
        let layers = layers?;
        let fits = |layer: &Maxout| layer.width() == width && layer.inputs() == width * (2 * spec.window + 1);
        if !layers.iter().all(fits) || spec.window > 8 || layers.len() > 64 {
            return Err(Error::damaged("the layers of an encoder do not fit"));
        }
        Ok(Tok2Vec { embedding, layers, window: spec.window, reach: spec.window * spec.layers.len() })
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.embedding.width()
    }

    /// Computes the vectors of the words of some documents, which have so many words each, in `output` without gaps.
    pub(crate) fn encode(
        &self,
        words: &[Word],
        lengths: impl Iterator<Item = usize>,
        source: (&Container, &Vectors),
        work: &mut Tok2VecWork,
        output: &mut Vec<f32>,
    ) {
        work.line.clear();
        work.line.resize(self.reach, PADDING);
        let mut next = 0;
        for length in lengths {
            work.line.extend(next..next + length as u32);
            work.line.resize(work.line.len() + self.reach, PADDING);
            next += length as u32;
        }
        output.clear();
        let rows = work.line.len();
        for start in (0..rows).step_by(STRETCH) {
            self.stretch(words, start..(start + STRETCH).min(rows), source, work, output);
        }
    }

    fn stretch(
        &self,
        words: &[Word],
        stretch: Range<usize>,
        source: (&Container, &Vectors),
        work: &mut Tok2VecWork,
        output: &mut Vec<f32>,
    ) {
        let width = self.width();
        let Tok2VecWork { seen, embedding, workspace, line, rows, next } = work;
        let around = stretch.start.saturating_sub(self.reach)..(stretch.end + self.reach).min(line.len());
        let line = &line[around.clone()];
        let is_word = |word: &&u32| **word != PADDING;
        let mut present = Vec::with_capacity(line.len());
        present.extend(line.iter().filter(is_word).map(|&word| &words[word as usize]));
        self.embedding.look_up(present.into_iter(), source, seen, embedding, workspace);

        // The layers read beyond both ends: there the rows are zero.
        let inner = self.window * width..(self.window + line.len()) * width;
        rows.clear();
        rows.resize(inner.end + self.window * width, 0.0);
        let mut places = embedding.places().iter();
        let mut contributions: Vec<&[f32]> = Vec::with_capacity(line.len());
        for (word, row) in line.iter().zip(rows[inner.clone()].chunks_exact_mut(width)) {
            let place = if *word == PADDING { None } else { places.next() };
            let (vector, contribution) = place.map_or((&[][..], &[][..]), |&place| self.embedding.of(seen, place));
            row[..vector.len()].copy_from_slice(vector);
            contributions.push(contribution);
        }
        if let Some(first) = self.embedding.first() {
            first.add_to(&contributions, &mut rows[inner.clone()], workspace);
        }
        for layer in &self.layers {
            next.clone_from(rows);
            layer.add_to(rows, width, &mut next[inner.clone()], workspace);
            std::mem::swap(rows, next);
        }
        let rows = rows[inner].chunks_exact(width).zip(line);
        let skipped = stretch.start - around.start;
        for (row, _) in rows.skip(skipped).take(stretch.len()).filter(|(_, word)| is_word(word)) {
            output.extend_from_slice(row);
        }
    }
}
