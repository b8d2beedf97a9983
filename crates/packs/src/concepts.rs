//! What pledges are about: matters, named alike in every language.
//!
//! In goes `<language>/concepts.toml`; out come [`Concepts`], the words and phrases of each matter, without case and accents. A word that ends in `*` stands for all that begin so.

use crate::{PackError, PackFiles};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The matters of one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Concepts {
    /// Phrases by matter.
    pub matter: BTreeMap<String, Vec<String>>,
    /// Words that turn what is promised into its opposite: to prevent, to refuse.
    pub refusing: Vec<String>,
    /// Words behind which stands what is not promised: but, except.
    pub except: Vec<String>,
    /// Nouns by which another state is meant that is named before.
    pub neighbours: Vec<String>,
}

impl Concepts {
    /// Reads `<language>/concepts.toml` of every layer; what a later layer says is added.
    ///
    /// # Errors
    /// When a layer's file is no TOML or has a key that is none of these.
    pub fn load(files: &PackFiles, language: &str) -> Result<Concepts, PackError> {
        let mut concepts = Concepts::default();
        for file in files.read(&format!("{language}/concepts.toml"))? {
            let later: Concepts = file.parse()?;
            for (matter, phrases) in later.matter {
                concepts.matter.entry(matter).or_default().extend(phrases);
            }
            concepts.refusing.extend(later.refusing);
            concepts.except.extend(later.except);
            concepts.neighbours.extend(later.neighbours);
        }
        Ok(concepts)
    }
}
