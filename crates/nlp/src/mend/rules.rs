//! What a language adds to the mending: word lists that a language pack holds.

use serde::Deserialize;
use std::collections::BTreeSet;

/// The word lists of a language; empty ones are no hindrance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Abbreviations, full stop included, after which no sentence begins: titles, `p.`, `art.`.
    pub abbreviations: BTreeSet<String>,
    /// Abbreviations, full stop included, that may also end a sentence; the parser decides.
    pub final_abbreviations: BTreeSet<String>,
    /// Hyphenated compounds, in lower case, that are one token.
    pub compounds: BTreeSet<String>,
    /// Phrases, in lower case, that may stand between an auxiliary and its participle and lead the parser astray there.
    pub insertions: BTreeSet<String>,
    /// Forms of auxiliaries, in lower case, behind which they do.
    pub auxiliaries: BTreeSet<String>,
    /// What is never an entity, in lower case.
    pub not_entities: BTreeSet<String>,
    /// The labels of entities whose last token alone names the same (surnames).
    pub labels_with_surnames: BTreeSet<String>,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            abbreviations: BTreeSet::new(),
            final_abbreviations: BTreeSet::new(),
            compounds: BTreeSet::new(),
            insertions: BTreeSet::new(),
            auxiliaries: BTreeSet::new(),
            not_entities: BTreeSet::new(),
            labels_with_surnames: ["PER", "PERSON"].map(str::to_owned).into(),
        }
    }
}
