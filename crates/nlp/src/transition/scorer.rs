//! The network that scores moves: for each word what it adds to a state's hidden layer in each place where it can
//! stand, computed once for a document; for each state a sum of these, the largest of each unit's pieces, and a
//! linear layer.

use crate::error::Error;
use crate::network::layers::Linear;
use crate::network::matrix::Matrix;
use crate::network::spec::{TransitionSpec, Weights};
use pulp::Arch;

/// The place of a state where no word stands.
pub(crate) const NONE: i32 = -1;

/// The network.
#[derive(Debug)]
pub(crate) struct Scorer {
    reduce: Linear,
    lower: Matrix,
    /// What an empty place adds, place by place.
    padding: Vec<f32>,
    bias: Vec<f32>,
    places: usize,
    hidden: usize,
    pieces: usize,
    upper: Linear,
}

/// What scoring needs for each thread.
#[derive(Debug, Default)]
pub(crate) struct ScorerWork {
    reduced: Vec<f32>,
    tight: Vec<f32>,
    /// For each word what it adds in each place.
    words: Vec<f32>,
    sums: Vec<f32>,
    scores: Vec<f32>,
}

impl Scorer {
    /// Reads the network from the weights, for states of so many places.
    pub(crate) fn new(spec: &TransitionSpec, width: usize, places: usize, weights: Weights<'_>) -> Result<Scorer, Error> {
        let reduce = Linear::new(&spec.reduce, weights)?;
        let (numbers, [features, hidden, pieces, inputs]) = weights.tensor(&spec.lower)?;
        if features != places || pieces < 2 {
            return Err(Error::unsupported(format!("states of {features} places and {pieces} pieces")));
        }
        // One piece of all units after the other lets the largest be taken row by row.
        let from = |at: usize| (at % hidden) * pieces + at / hidden;
        let each = hidden * pieces;
        let given_padding = weights.shaped(&spec.padding, [1, features, hidden, pieces])?;
        let given_bias = weights.shaped(&spec.lower_bias, [hidden, pieces])?;
        let upper = Linear::new(&spec.upper, weights)?;
        if reduce.inputs() != width || reduce.outputs() != inputs || upper.inputs() != hidden || each % 16 != 0 {
            return Err(Error::damaged("the layers that score moves do not fit"));
        }
        Ok(Scorer {
            reduce,
            lower: Matrix::new(numbers, inputs, features * each, |output| output / each * each + from(output % each)),
            padding: (0..features * each).map(|at| given_padding[at / each * each + from(at % each)]).collect(),
            bias: (0..each).map(|at| given_bias[from(at)]).collect(),
            places,
            hidden,
            pieces,
            upper,
        })
    }

    /// Number of scores.
    pub(crate) fn classes(&self) -> usize {
        self.upper.outputs()
    }

    /// Reads a document's words' vectors.
    pub(crate) fn read(&self, vectors: &[f32], work: &mut ScorerWork) {
        let words = vectors.len() / self.reduce.inputs();
        self.reduce.apply(vectors, words, &mut work.reduced);
        let (stride, width) = (self.reduce.stride(), self.reduce.outputs());
        let input = if stride == width {
            &work.reduced
        } else {
            work.tight.clear();
            work.reduced.chunks_exact(stride).for_each(|row| work.tight.extend_from_slice(&row[..width]));
            &work.tight
        };
        self.lower.multiply(input, width, words, &mut work.words);
    }

    /// The scores of a state, by the words in its places.
    pub(crate) fn score<'a>(&self, words: &[i32], work: &'a mut ScorerWork) -> &'a [f32] {
        debug_assert_eq!(words.len(), self.places);
        work.sums.resize(self.hidden * self.pieces, 0.0);
        work.scores.resize(self.upper.stride(), 0.0);
        Arch::new().dispatch(
            #[inline(always)]
            || self.sum(words, &work.words, &mut work.sums),
        );
        self.upper.apply_row(&work.sums[..self.hidden], &mut work.scores);
        &work.scores[..self.classes()]
    }

    #[inline(always)]
    fn sum(&self, words: &[i32], table: &[f32], sums: &mut [f32]) {
        let each = self.hidden * self.pieces;
        let stride = self.lower.stride();
        sums.fill(0.0);
        for (place, &word) in words.iter().enumerate() {
            let added = match usize::try_from(word) {
                Ok(word) => &table[word * stride + place * each..][..each],
                Err(_) => &self.padding[place * each..][..each],
            };
            for (sum, &number) in sums.iter_mut().zip(added) {
                *sum += number;
            }
        }
        for (sum, bias) in sums.iter_mut().zip(&self.bias) {
            *sum += bias;
        }
        let (largest, rest) = sums.split_at_mut(self.hidden);
        for piece in rest.chunks_exact(self.hidden) {
            for (largest, &number) in largest.iter_mut().zip(piece) {
                *largest = if number > *largest { number } else { *largest };
            }
        }
    }
}
