//! What an answer was made by: the program, the packs, the models.
//!
//! In goes nothing but what a coder was made of; out come [`Versions`], by which whoever keeps coded dispatches tells which of them newer packs or models would code
//! otherwise. A model that cannot be read has no version, as one that is not there.

use crate::Models;
use depeche_nlp::ModelInfo;
use serde::Serialize;
use std::collections::BTreeMap;

/// The versions of all that coding rests on. Two coders of the same versions answer the same to the byte.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// The program's.
    pub program: String,
    /// The packs' fingerprint, the user's own and lists of actors among them.
    pub packs: String,
    /// Of every language that the packs have and a model is there for, the model's name and version.
    pub models: BTreeMap<String, String>,
}

/// The models of `languages` that are there.
pub(crate) fn of_models(models: &Models, languages: &[String]) -> BTreeMap<String, String> {
    let version = |language: &String| {
        let info = ModelInfo::read(&models.path(language)?).ok()?;
        Some((language.clone(), format!("{} {}", info.full_name(), info.version)))
    };
    languages.iter().filter_map(version).collect()
}
