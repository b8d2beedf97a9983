//! Why an event was coded: the frame that gave it, or the named words that an unnamed one was placed by, and what its confidence rests on.
//!
//! Written on request alone, under the key `explain` of an event.

use crate::EventType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why an event was coded.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// The id of the frame whose type and arguments it has.
    pub frame: String,
    /// How the frame was found, where none names the word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_off: Option<Placing>,
    /// What the confidence rests on, by name; those that are 0 are left out.
    pub features: BTreeMap<String, f64>,
}

/// How a word that no frame names was placed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Placing {
    /// Its dictionary form.
    pub word: String,
    /// The named words nearest to it, nearest first.
    pub neighbours: Vec<Neighbour>,
}

/// A named word near an unnamed one, or several that the model does not tell apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Neighbour {
    /// Dictionary forms.
    pub words: Vec<String>,
    /// The cosine of the two vectors, from -1 to 1, to three decimals.
    pub similarity: f64,
    /// The types of their frames.
    pub types: Vec<EventType>,
}
