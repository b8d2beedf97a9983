//! PLOVER's types, modes and contexts, and the CAMEO codes, Goldstein values and quad classes that follow from them.
//!
//! The table is `data/plover.toml`, where its sources stand; this module reads it once. A mode or context that the
//! table does not have cannot be made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// PLOVER's sixteen event types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names are PLOVER's, told in its codebook")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// All of them, in PLOVER's order from cooperation to conflict.
    pub const ALL: [EventType; 16] = [
        EventType::Agree,
        EventType::Consult,
        EventType::Support,
        EventType::Concede,
        EventType::Cooperate,
        EventType::Aid,
        EventType::Retreat,
        EventType::Request,
        EventType::Accuse,
        EventType::Reject,
        EventType::Threaten,
        EventType::Protest,
        EventType::Sanction,
        EventType::Mobilize,
        EventType::Coerce,
        EventType::Assault,
    ];

    /// PLOVER's name, in capitals.
    pub fn name(self) -> &'static str {
        match self {
            EventType::Agree => "AGREE",
            EventType::Consult => "CONSULT",
            EventType::Support => "SUPPORT",
            EventType::Concede => "CONCEDE",
            EventType::Cooperate => "COOPERATE",
            EventType::Aid => "AID",
            EventType::Retreat => "RETREAT",
            EventType::Request => "REQUEST",
            EventType::Accuse => "ACCUSE",
            EventType::Reject => "REJECT",
            EventType::Threaten => "THREATEN",
            EventType::Protest => "PROTEST",
            EventType::Sanction => "SANCTION",
            EventType::Mobilize => "MOBILIZE",
            EventType::Coerce => "COERCE",
            EventType::Assault => "ASSAULT",
        }
    }

    /// Its quad class.
    pub fn quad(self) -> Quad {
        ONTOLOGY.types.get(self.name()).map_or(Quad::VerbalCooperation, |row| row.quad)
    }

    /// CAMEO code and Goldstein value of this type in a mode.
    pub fn scale(self, mode: Option<&Mode>) -> (&'static str, f64) {
        let Some(row) = ONTOLOGY.types.get(self.name()) else { return ("", 0.0) };
        match mode.and_then(|mode| row.modes.get(mode.name())) {
            Some(scale) => (&scale.cameo, scale.goldstein),
            None => (&row.cameo, row.goldstein),
        }
    }

    /// The modes that PLOVER gives it.
    pub fn modes(self) -> impl Iterator<Item = Mode> {
        ONTOLOGY.types.get(self.name()).into_iter().flat_map(|row| row.modes.keys()).map(|name| Mode(name))
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl FromStr for EventType {
    type Err = Unknown;
    fn from_str(name: &str) -> Result<Self, Unknown> {
        EventType::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| Unknown { what: "event type", name: name.to_owned() })
    }
}

/// One of the table's names, checked.
macro_rules! table_name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $table:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(&'static str);

        impl $name {
            /// Its name.
            pub fn name(&self) -> &'static str {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = Unknown;
            fn from_str(name: &str) -> Result<Self, Unknown> {
                let table: &'static [String] = $table;
                table
                    .iter()
                    .find(|known| *known == name)
                    .map(|known| $name(known))
                    .ok_or_else(|| Unknown { what: $what, name: name.to_owned() })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let table: &'static [String] = $table;
                schemars::json_schema!({ "type": "string", "enum": table })
            }
        }
    };
}

table_name!(
    /// A mode of some event type, such as `visit`.
    Mode, "mode", &ONTOLOGY.modes
);
table_name!(
    /// A context, such as `military`.
    Context, "context", &ONTOLOGY.contexts
);

/// Verbal or material, cooperation or conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Quad {
    #[serde(rename = "verbal cooperation")]
    VerbalCooperation,
    #[serde(rename = "material cooperation")]
    MaterialCooperation,
    #[serde(rename = "verbal conflict")]
    VerbalConflict,
    #[serde(rename = "material conflict")]
    MaterialConflict,
}

/// A name that the ontology does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    what: &'static str,
    name: String,
}

impl fmt::Display for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PLOVER has no {} `{}`", self.what, self.name)
    }
}

impl std::error::Error for Unknown {}

struct Ontology {
    types: BTreeMap<String, TypeRow>,
    modes: Vec<String>,
    contexts: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "type")]
    types: Vec<TypeRow>,
    contexts: Contexts,
}

#[derive(Deserialize)]
struct Contexts {
    names: Vec<String>,
}

#[derive(Deserialize)]
struct TypeRow {
    name: String,
    quad: Quad,
    cameo: String,
    goldstein: f64,
    #[serde(default)]
    modes: BTreeMap<String, Scale>,
}

#[derive(Deserialize)]
struct Scale {
    cameo: String,
    goldstein: f64,
}

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| {
    // The table is part of the program; the tests below read it, so that a broken one never ships.
    let file: File = toml::from_str(include_str!("../data/plover.toml")).expect("data/plover.toml is well formed");
    let mut modes: Vec<String> = file.types.iter().flat_map(|row| row.modes.keys().cloned()).collect();
    modes.sort();
    modes.dedup();
    Ontology { types: file.types.into_iter().map(|row| (row.name.clone(), row)).collect(), modes, contexts: file.contexts.names }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_row() {
        for kind in EventType::ALL {
            let (cameo, goldstein) = kind.scale(None);
            assert!(!cameo.is_empty(), "{kind} has no CAMEO code");
            assert!((-10.0..=10.0).contains(&goldstein));
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        assert_eq!(ONTOLOGY.types.len(), 16);
    }

    #[test]
    fn a_visit_is_verbal_cooperation() {
        let visit: Mode = "visit".parse().expect("a mode");
        assert_eq!(EventType::Consult.scale(Some(&visit)), ("042", 1.9));
        assert_eq!(EventType::Consult.quad(), Quad::VerbalCooperation);
        assert!(EventType::Consult.modes().any(|mode| mode == visit));
    }

    #[test]
    fn an_unknown_mode_says_so() {
        assert_eq!("picnic".parse::<Mode>().unwrap_err().to_string(), "PLOVER has no mode `picnic`");
    }
}
