//! What the scorers read of a coded dispatch. A key that is missing or null is empty, so that the output of a part of the engine, or of another program that
//! writes the same keys, can be scored too; keys that no scorer reads are passed over.

use depeche_record::CharSpan;
use serde::{Deserialize, Deserializer};

/// A coded dispatch, as far as entities are concerned.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct CodedNames {
    /// The same as the gold dispatch's.
    pub id: String,
    /// The sentences, in which mistakes are shown.
    #[serde(default, deserialize_with = "or_default")]
    pub sentences: Vec<CharSpan>,
    /// What stands in the text.
    #[serde(default, deserialize_with = "or_default")]
    pub mentions: Vec<Mention>,
    /// Whom they stand for.
    #[serde(default, deserialize_with = "or_default")]
    pub entities: Vec<Entity>,
}

/// A mention.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Mention {
    /// The characters.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// `PER`, `ORG` and so on.
    #[serde(default, deserialize_with = "or_default")]
    pub kind: String,
    /// The entity's id.
    #[serde(default)]
    pub entity: Option<String>,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Entity {
    /// Its id in the dispatch.
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// Its country, where it has one.
    #[serde(default)]
    pub country: Option<String>,
}

/// Null is the default.
pub(crate) fn or_default<'de, D: Deserializer<'de>, Value: Default + Deserialize<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
