//! What the scorers read of a coded dispatch. A key that is missing or null is empty, so that the output of a part of the engine, or of another program that
//! writes the same keys, can be scored too; keys that no scorer reads are passed over.

use depeche_record::CharSpan;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A coded dispatch.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[expect(missing_docs, reason = "the fields are the layers of the contract")]
pub struct Coded {
    pub id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub dispatch: Article,
    #[serde(default, deserialize_with = "or_default")]
    pub sentences: Vec<CharSpan>,
    #[serde(default, deserialize_with = "or_default")]
    pub mentions: Vec<Mention>,
    #[serde(default, deserialize_with = "or_default")]
    pub entities: Vec<Entity>,
    #[serde(default, deserialize_with = "or_default")]
    pub timexes: Vec<Timex>,
    #[serde(default, deserialize_with = "or_default")]
    pub events: Vec<Event>,
    #[serde(default, deserialize_with = "or_default")]
    pub statements: Vec<Statement>,
}

/// The dispatch itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Article {
    #[serde(deserialize_with = "or_default")]
    pub title: String,
    #[serde(deserialize_with = "or_default")]
    pub text: String,
    #[serde(deserialize_with = "or_default")]
    pub published: Days,
    #[serde(deserialize_with = "or_default")]
    pub blocks: Vec<Block>,
}

/// A day or interval, as the record writes it; empty where open or unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Days {
    #[serde(deserialize_with = "or_default")]
    pub value: String,
    #[serde(deserialize_with = "or_default")]
    pub earliest: String,
    #[serde(deserialize_with = "or_default")]
    pub latest: String,
    #[serde(deserialize_with = "or_default")]
    pub method: String,
}

/// A part of the text and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Block {
    pub kind: String,
    #[serde(flatten)]
    pub span: CharSpan,
}

/// A mention.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Mention {
    #[serde(deserialize_with = "or_default")]
    pub text: String,
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    pub entity: Option<String>,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Entity {
    pub id: String,
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    pub country: Option<String>,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Timex {
    #[serde(flatten)]
    pub span: CharSpan,
    #[serde(default, deserialize_with = "or_default")]
    pub value: String,
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Event {
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(deserialize_with = "or_default")]
    pub mode: String,
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    #[serde(deserialize_with = "or_default")]
    pub actors: Vec<Party>,
    #[serde(deserialize_with = "or_default")]
    pub recipients: Vec<Party>,
    #[serde(deserialize_with = "or_default")]
    pub place: Place,
    pub when: Option<Days>,
    #[serde(deserialize_with = "or_default")]
    pub trigger: Quoted,
    #[serde(deserialize_with = "or_default")]
    pub attribution: Vec<Quoted>,
}

/// An actor or recipient.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Party {
    pub country: Option<String>,
    pub sector: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Place {
    #[serde(deserialize_with = "or_default")]
    pub text: String,
    #[serde(deserialize_with = "or_default")]
    pub name: String,
}

/// Words with where they stand; none where that is not said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Quoted {
    #[serde(deserialize_with = "or_default")]
    pub text: String,
    pub start: Option<usize>,
    pub end: Option<usize>,
}

impl Quoted {
    /// Where the words stand.
    pub fn span(&self) -> Option<CharSpan> {
        let start = self.start?;
        Some(CharSpan::new(start, self.end.unwrap_or(start)))
    }
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Statement {
    #[serde(deserialize_with = "or_default")]
    pub speaker: Quoted,
    #[serde(deserialize_with = "or_default")]
    pub content: Quoted,
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    #[serde(deserialize_with = "or_default")]
    pub commitment: Value,
}

/// Null is the default.
pub(crate) fn or_default<'de, D: Deserializer<'de>, Value: Default + Deserialize<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Whether a value says yes: anything but null, false, 0 and what is empty.
pub(crate) fn is_yes(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(keys) => !keys.is_empty(),
    }
}
/// Every gold dispatch with the coded one of its id; one that was not coded stands beside an empty one. `id` is a gold dispatch's.
pub(crate) fn beside<'a, Gold>(gold: &'a [Gold], coded: &'a [Coded], id: impl Fn(&Gold) -> &str) -> Vec<(&'a Gold, &'a Coded)> {
    static NONE: LazyLock<Coded> = LazyLock::new(Coded::default);
    let by_id: BTreeMap<&str, &Coded> = coded.iter().map(|dispatch| (dispatch.id.as_str(), dispatch)).collect();
    gold.iter().map(|dispatch| (dispatch, by_id.get(id(dispatch)).copied().unwrap_or(&NONE))).collect()
}
