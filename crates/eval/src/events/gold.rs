//! What gold says of a dispatch's events. Keys that the scorer does not read are passed over.

use crate::coded::or_default;
use serde::{Deserialize, Deserializer};

/// A dispatch coded by a careful reader.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldDispatch {
    /// The same as the coded dispatch's.
    pub id: String,
    /// The whole text.
    pub text: String,
    /// Its events.
    #[serde(default, deserialize_with = "or_default")]
    pub events: Vec<GoldEvent>,
}

/// An event as gold has it.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct GoldEvent {
    /// PLOVER type, or YIELD in older gold.
    #[serde(rename = "type")]
    pub kind: String,
    /// Types that are as good.
    #[serde(default, deserialize_with = "or_default")]
    pub alt_types: Vec<String>,
    /// Countries of the actors.
    #[serde(default, deserialize_with = "or_default")]
    pub actor_countries: Vec<String>,
    /// Countries of the recipients.
    #[serde(default, deserialize_with = "or_default")]
    pub recipient_countries: Vec<String>,
    /// Whether it took place; empty where gold does not say.
    #[serde(default, deserialize_with = "or_default")]
    pub status: String,
    /// A TIMEX3 date or interval. None where gold does not date events at all, `Some(None)` where the text does not date this one.
    #[serde(default, deserialize_with = "stated")]
    pub date: Option<Option<String>>,
    /// PLOVER mode.
    #[serde(default, deserialize_with = "or_default")]
    pub mode: String,
    /// Where.
    #[serde(default, deserialize_with = "or_default")]
    pub place: String,
    /// Who says so.
    #[serde(default, deserialize_with = "or_default")]
    pub source: String,
    /// The words that show it.
    #[serde(default)]
    pub trigger: Option<String>,
    /// The words of further mentions.
    #[serde(default, deserialize_with = "or_default")]
    pub also: Vec<String>,
    /// The happening that it is a report of, in gold on many dispatches.
    #[serde(default, deserialize_with = "or_default")]
    pub happening: String,
    /// Whether it may as well be left out.
    #[serde(default)]
    pub optional: bool,
}

impl GoldEvent {
    /// The types that are right.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.kind).chain(&self.alt_types).map(String::as_str)
    }

    /// Who to whom, to be shown.
    pub(super) fn parties(&self) -> String {
        format!("{} > {}", self.actor_countries.join(" "), self.recipient_countries.join(" "))
    }
}

/// A key that is there with null differs from one that is not there.
fn stated<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(|date: Option<String>| Some(date.filter(|date| !date.is_empty())))
}
