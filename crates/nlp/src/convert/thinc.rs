//! The weights of one component, as the library thinc keeps them: a walk over the model's layers in msgpack.
//!
//! Shapes are read from the weights themselves, since a configuration may leave the architecture to defaults.
//! A layer of a kind that the engine does not run is refused by name.

use super::arrays::{Array, array, field, msgpack};
use crate::error::Error;
use crate::network::spec::{Attribute, LinearSpec, MaxoutSpec, TableSpec, Tensor, Tok2VecSpec};
use rmpv::Value;

/// The kinds of layers that hold nothing to read beyond their attributes.
const PLAIN: [&str; 15] = [
    "array_getitem",
    "chain",
    "concatenate",
    "dropout",
    "expand_window",
    "extract_features",
    "ints-getitem",
    "list2array",
    "list2ragged",
    "noop",
    "parser_model",
    "ragged2list",
    "residual",
    "tok2vec-listener",
    "with_array",
];
/// The kinds of layers with weights.
const WEIGHTED: [&str; 7] = ["hashembed", "layernorm", "linear", "maxout", "precomputable_affine", "softmax", "static_vectors"];

/// One layer of a model.
#[derive(Debug)]
pub(super) struct Node {
    name: String,
    attributes: Value,
    parameters: Vec<(String, Array)>,
}

/// The weights of a model file to be.
#[derive(Debug, Default)]
pub(super) struct Weights {
    numbers: Vec<f32>,
}

impl Weights {
    fn add(&mut self, array: &Array) -> Tensor {
        self.numbers.resize(self.numbers.len().next_multiple_of(16), 0.0);
        let start = self.numbers.len();
        self.numbers.extend(&array.data);
        Tensor { start, shape: array.shape.clone() }
    }

    /// The bytes of the section.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }
}

/// A component's model.
#[derive(Debug)]
pub(super) struct Model {
    nodes: Vec<Node>,
}

impl Model {
    /// Reads the file `model` of a component.
    pub(super) fn read(bytes: &[u8]) -> Result<Model, Error> {
        let value = msgpack(bytes)?;
        let list = |name: &str| {
            let values = field(&value, name).and_then(Value::as_array);
            values.ok_or_else(|| Error::damaged(format!("a model without `{name}`")))
        };
        let (nodes, attributes, parameters) = (list("nodes")?, list("attrs")?, list("params")?);
        let mut read = Vec::with_capacity(nodes.len());
        for ((node, attributes), parameters) in nodes.iter().zip(attributes).zip(parameters) {
            let name = field(node, "name").and_then(Value::as_str).unwrap_or("").to_owned();
            refuse_unknown(&name)?;
            let mut arrays = Vec::new();
            for (key, value) in parameters.as_map().map(Vec::as_slice).unwrap_or_default() {
                if let (Some(key), Some(value)) = (key.as_str(), array(value)?) {
                    arrays.push((key.to_owned(), value));
                }
            }
            read.push(Node { name, attributes: attributes.clone(), parameters: arrays });
        }
        Ok(Model { nodes: read })
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    fn only(&self, name: &str) -> Result<&Node, Error> {
        self.named(name).next().ok_or_else(|| Error::unsupported(format!("a model without a layer `{name}`")))
    }

    /// Whether the component has its own encoder and does not listen to the shared one.
    pub(super) fn has_tok2vec(&self) -> bool {
        self.named("hashembed").next().is_some()
    }

    /// The encoder.
    pub(super) fn tok2vec(&self, weights: &mut Weights) -> Result<Tok2VecSpec, Error> {
        let columns = self.only("extract_features")?.attribute("columns")?;
        let columns = columns.as_array().map(Vec::as_slice).unwrap_or_default();
        let mut tables = Vec::new();
        for node in self.named("hashembed") {
            let column = node.attribute("column")?.as_u64().and_then(|column| usize::try_from(column).ok());
            let attribute = column.and_then(|column| columns.get(column)).and_then(Value::as_str).unwrap_or("");
            let attribute: Attribute = serde_json::from_value(attribute.into())
                .map_err(|_| Error::unsupported(format!("an embedding of the attribute `{attribute}`")))?;
            let seed = node.attribute("seed")?.as_u64().and_then(|seed| u32::try_from(seed).ok());
            let seed = seed.ok_or_else(|| Error::damaged("an embedding without a seed"))?;
            tables.push(TableSpec { attribute, seed, table: weights.add(node.parameter("E")?) });
        }
        let static_vectors = match self.named("static_vectors").next() {
            Some(node) => Some(weights.add(node.parameter("W")?)),
            None => None,
        };
        let mut layers = Vec::new();
        let mut norms = self.named("layernorm");
        for node in self.named("maxout") {
            let norm = norms.next().ok_or_else(|| Error::unsupported("a maxout layer without normalisation"))?;
            layers.push(MaxoutSpec {
                weights: weights.add(node.parameter("W")?),
                bias: weights.add(node.parameter("b")?),
                gain: weights.add(norm.parameter("G")?),
                shift: weights.add(norm.parameter("b")?),
            });
        }
        if layers.is_empty() {
            return Err(Error::unsupported("an encoder without layers"));
        }
        let mix = layers.remove(0);
        let window = match self.named("expand_window").next() {
            Some(node) => node.attribute("window_size")?.as_u64().unwrap_or(1) as usize,
            None => 0,
        };
        Ok(Tok2VecSpec { tables, static_vectors, mix, window, layers })
    }

    /// The layer `name` with a matrix and a bias, the `nth` of that name.
    pub(super) fn linear(&self, name: &str, nth: usize, weights: &mut Weights) -> Result<LinearSpec, Error> {
        let node = self.named(name).nth(nth);
        let node = node.ok_or_else(|| Error::unsupported(format!("a model without a layer `{name}`")))?;
        Ok(LinearSpec { weights: weights.add(node.parameter("W")?), bias: weights.add(node.parameter("b")?) })
    }

    /// Weights, bias and padding of the layer that reads a state's tokens.
    pub(super) fn lower(&self, weights: &mut Weights) -> Result<[Tensor; 3], Error> {
        let node = self.only("precomputable_affine")?;
        let mut add = |name: &str| Ok::<_, Error>(weights.add(node.parameter(name)?));
        Ok([add("W")?, add("b")?, add("pad")?])
    }
}

impl Node {
    fn parameter(&self, name: &str) -> Result<&Array, Error> {
        let found = self.parameters.iter().find(|(key, _)| key == name);
        found.map(|(_, array)| array).ok_or_else(|| Error::damaged(format!("`{}` without `{name}`", self.name)))
    }

    fn attribute(&self, name: &str) -> Result<Value, Error> {
        let value = field(&self.attributes, name);
        let value = value.ok_or_else(|| Error::damaged(format!("`{}` without `{name}`", self.name)))?;
        // Attributes are packed a second time, each on its own.
        match value.as_slice() {
            Some(packed) => msgpack(packed),
            None => Ok(value.clone()),
        }
    }
}

/// A name is that of a layer, or an expression over layers' names.
fn refuse_unknown(name: &str) -> Result<(), Error> {
    let leaves = name.split(['(', ')', '|']).flat_map(|part| part.split(">>"));
    for leaf in leaves.filter(|leaf| !leaf.is_empty()) {
        if !PLAIN.contains(&leaf) && !WEIGHTED.contains(&leaf) {
            return Err(Error::unsupported(format!("a layer of the kind `{leaf}`")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_layers_are_named() {
        assert!(refuse_unknown("residual(expand_window>>maxout>>layernorm>>dropout)|static_vectors").is_ok());
        let error = refuse_unknown("tok2vec-listener>>with_array(pytorch)").expect_err("unknown");
        assert!(error.to_string().contains("`pytorch`"));
        assert!(Model::read(b"\x93").is_err());
        assert!(Model::read(b"\x80").is_err());
    }
}
