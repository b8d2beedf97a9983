//! What a model file says of a pipeline: its components, their labels, and where their weights lie.
//!
//! Written by `convert`, read by `Pipeline::open`, as the JSON section `pipeline`. Weights are in the section
//! `weights`, each tensor row by row as spaCy keeps it.

use crate::container::Container;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// Where a tensor lies among the weights.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Tensor {
    /// Its first number.
    pub(crate) start: usize,
    /// Its sides.
    pub(crate) shape: Vec<usize>,
}

/// An attribute of a word that has an embedding table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Attribute {
    Orth,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

/// A table of embeddings for one attribute, addressed by hashes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TableSpec {
    pub(crate) attribute: Attribute,
    pub(crate) seed: u32,
    /// rows × width
    pub(crate) table: Tensor,
}

/// A maxout layer with layer normalisation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MaxoutSpec {
    /// width × pieces × inputs
    pub(crate) weights: Tensor,
    /// width × pieces
    pub(crate) bias: Tensor,
    pub(crate) gain: Tensor,
    pub(crate) shift: Tensor,
}

/// From words to vectors in context.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Tok2VecSpec {
    pub(crate) tables: Vec<TableSpec>,
    /// Projects a static vector: width × dimensions.
    pub(crate) static_vectors: Option<Tensor>,
    pub(crate) mix: MaxoutSpec,
    /// Words to each side that one layer sees.
    pub(crate) window: usize,
    pub(crate) layers: Vec<MaxoutSpec>,
}

/// A matrix with its bias.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LinearSpec {
    /// outputs × inputs
    pub(crate) weights: Tensor,
    pub(crate) bias: Tensor,
}

/// What one label of the tagger sets on a token.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct TagSpec {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) tag: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) pos: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) morph: String,
}

/// A tagger or morphologizer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TaggerSpec {
    /// Its own encoder; the shared one without.
    pub(crate) tok2vec: Option<Tok2VecSpec>,
    pub(crate) output: LinearSpec,
    pub(crate) labels: Vec<TagSpec>,
}

/// One action of a transition system: the kind of move, spaCy's number of it, and the label that it gives.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MoveSpec {
    pub(crate) kind: u8,
    pub(crate) label: String,
}

/// A parser or an entity recogniser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TransitionSpec {
    /// Its own encoder; the shared one without.
    pub(crate) tok2vec: Option<Tok2VecSpec>,
    pub(crate) reduce: LinearSpec,
    /// features × hidden × pieces × inputs
    pub(crate) lower: Tensor,
    /// hidden × pieces
    pub(crate) lower_bias: Tensor,
    /// 1 × features × hidden × pieces
    pub(crate) padding: Tensor,
    pub(crate) upper: LinearSpec,
    pub(crate) moves: Vec<MoveSpec>,
}

/// The whole pipeline. A component that it does not have is not there.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PipelineSpec {
    pub(crate) tok2vec: Option<Tok2VecSpec>,
    pub(crate) tagger: Option<TaggerSpec>,
    pub(crate) parser: Option<TransitionSpec>,
    pub(crate) ner: Option<TransitionSpec>,
    /// Dimensions of the static vectors; none without.
    pub(crate) vector_width: usize,
    /// Whether the lemmatiser sets lemmas that the attribute ruler has set.
    #[serde(default)]
    pub(crate) lemmas_anew: bool,
}

/// The weights of an opened model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights<'a> {
    numbers: &'a [f32],
}

impl<'a> Weights<'a> {
    /// The weights of `container`.
    pub(crate) fn of(container: &'a Container) -> Result<Weights<'a>, Error> {
        Ok(Weights { numbers: container.numbers("weights")? })
    }

    /// All of them.
    pub(crate) fn numbers(self) -> &'a [f32] {
        self.numbers
    }

    /// The numbers of a tensor with so many sides, and the sides.
    pub(crate) fn tensor<const SIDES: usize>(&self, tensor: &Tensor) -> Result<(&'a [f32], [usize; SIDES]), Error> {
        let damaged = || Error::damaged(format!("a tensor of shape {:?} is not as it should be", tensor.shape));
        let sides: [usize; SIDES] = tensor.shape.as_slice().try_into().map_err(|_| damaged())?;
        let count = sides.iter().try_fold(1usize, |product, &side| product.checked_mul(side)).ok_or_else(damaged)?;
        let end = tensor.start.checked_add(count).ok_or_else(damaged)?;
        let numbers = self.numbers.get(tensor.start..end).ok_or_else(damaged)?;
        if count == 0 { Err(damaged()) } else { Ok((numbers, sides)) }
    }

    /// The numbers of a tensor of just this shape.
    pub(crate) fn shaped<const SIDES: usize>(&self, tensor: &Tensor, shape: [usize; SIDES]) -> Result<&'a [f32], Error> {
        match self.tensor::<SIDES>(tensor)? {
            (numbers, sides) if sides == shape => Ok(numbers),
            (_, sides) => Err(Error::damaged(format!("a tensor of shape {sides:?} should be {shape:?}"))),
        }
    }
}
