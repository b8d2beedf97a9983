//! From words to vectors in context: the embedding, then layers that each see a few words to both sides.
//!
//! Documents lie one after the other with zero rows between them, as many as all layers together see to one side.
//! Like spaCy's, these rows take part in every layer and do not stay zero; that is what a document's edge looks like.

use super::embed::{Embedding, EmbeddingWork, Seen, Word};
use super::layers::{Maxout, Workspace};
use super::spec::{Tok2VecSpec, Weights};
use crate::container::Container;
use crate::error::Error;
use crate::vectors::Vectors;

/// An encoder.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    embedding: Embedding,
    layers: Vec<Maxout>,
    window: usize,
}

/// What an encoder needs for each thread.
#[derive(Debug, Default)]
pub(crate) struct Tok2VecWork {
    seen: Seen,
    embedding: EmbeddingWork,
    workspace: Workspace,
    rows: Vec<f32>,
    next: Vec<f32>,
}

impl Tok2Vec {
    /// Reads an encoder from the weights.
    pub(crate) fn new(spec: &Tok2VecSpec, weights: Weights<'_>, vectors: &Vectors) -> Result<Tok2Vec, Error> {
        let embedding = Embedding::new(spec, weights, vectors)?;
        let width = embedding.width();
        let layers: Result<Vec<_>, _> = spec.layers.iter().map(|layer| Maxout::new(layer, weights)).collect();
        let layers = layers?;
        let fits = |layer: &Maxout| layer.width() == width && layer.inputs() == width * (2 * spec.window + 1);
        if !layers.iter().all(fits) || spec.window > 8 || layers.len() > 64 {
            return Err(Error::damaged("the layers of an encoder do not fit"));
        }
        Ok(Tok2Vec { embedding, layers, window: spec.window })
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.embedding.width()
    }

    /// Computes the vectors of all words of some documents, in `output` without gaps.
    pub(crate) fn encode(&self, documents: &[&[Word]], source: (&Container, &Vectors), work: &mut Tok2VecWork, output: &mut Vec<f32>) {
        let width = self.width();
        let gap = self.window * self.layers.len();
        let edge = self.window;
        let words: usize = documents.iter().map(|words| words.len()).sum();
        let rows = words + gap * (documents.len() + 1);
        work.rows.clear();
        work.rows.resize((rows + 2 * edge) * width, 0.0);
        let mut at = edge + gap;
        for words in documents {
            self.embedding.look_up(words, source, &mut work.seen, &mut work.embedding, &mut work.workspace);
            for &place in work.embedding.places() {
                work.rows[at * width..][..width].copy_from_slice(work.seen.vector(place, width));
                at += 1;
            }
            at += gap;
        }
        for layer in &self.layers {
            work.next.clone_from(&work.rows);
            let inner = &mut work.next[edge * width..][..rows * width];
            layer.add_to(&work.rows, width, inner, &mut work.workspace);
            std::mem::swap(&mut work.rows, &mut work.next);
        }
        output.clear();
        let mut at = edge + gap;
        for words in documents {
            output.extend_from_slice(&work.rows[at * width..][..words.len() * width]);
            at += words.len() + gap;
        }
    }
}
