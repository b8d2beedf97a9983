//! The models of the user's folder, opened when a text first wants them.
//!
//! In goes a language; out comes its pipeline, shared by all threads, or why there is none. A model is opened once; one that cannot be
//! opened is not tried again.

use depeche_nlp::Pipeline;
use depeche_nlp::mend::Rules;
use depeche_packs::{PackError, PackFiles};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A folder of models.
#[derive(Debug)]
pub struct Models {
    folder: PathBuf,
    mending: BTreeMap<String, Rules>,
    opened: Mutex<BTreeMap<String, Result<Arc<Pipeline>, NoModel>>>,
}

/// Why a language has no pipeline.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum NoModel {
    /// There is no model of this language.
    Missing {
        /// The language.
        language: String,
    },
    /// There is one, and it cannot be opened.
    Broken {
        /// The language.
        language: String,
        /// What is wrong with it and what to do.
        message: String,
    },
}

impl fmt::Display for NoModel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoModel::Missing { language } => write!(formatter, "there is no model for the language `{language}`"),
            NoModel::Broken { language, message } => write!(formatter, "the model for `{language}` cannot be opened: {message}"),
        }
    }
}

impl std::error::Error for NoModel {}

impl Models {
    /// The models in `folder`, of which none is opened yet.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Models {
        Models { folder: folder.into(), mending: BTreeMap::new(), opened: Mutex::default() }
    }

    /// Gives every pipeline the word lists that its language's `mend.toml` has for the mending of text. Pipelines opened before keep theirs.
    ///
    /// # Errors
    /// When such a file is wrong.
    pub fn mend_by(&mut self, packs: &PackFiles) -> Result<(), PackError> {
        for language in packs.languages() {
            let mut rules = Rules::default();
            for file in packs.read(&format!("{language}/mend.toml"))? {
                lay_over(&mut rules, file.parse()?);
            }
            self.mending.insert(language, rules);
        }
        Ok(())
    }

    /// The file that holds the model of a language, whether it is there or not; nothing for what cannot be a language.
    pub fn path(&self, language: &str) -> Option<PathBuf> {
        let is_code = !language.is_empty() && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_code.then(|| self.folder.join(format!("{language}.depeche")))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The pipeline of a language.
    ///
    /// # Errors
    /// When there is no model of the language, or it is damaged or of another version.
    pub fn pipeline(&self, language: &str) -> Result<Arc<Pipeline>, NoModel> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pipeline) = opened.get(language) {
            return pipeline.clone();
        }
        let pipeline = self.open(language);
        opened.insert(language.to_owned(), pipeline.clone());
        pipeline
    }

    fn open(&self, language: &str) -> Result<Arc<Pipeline>, NoModel> {
        let missing = || NoModel::Missing { language: language.to_owned() };
        let path = self.path(language).ok_or_else(missing)?;
        if !path.exists() {
            return Err(missing());
        }
        match Pipeline::open(&path) {
            Ok(pipeline) => Ok(Arc::new(pipeline.with_mending(self.mending.get(language).cloned().unwrap_or_default()))),
            Err(error) => Err(NoModel::Broken { language: language.to_owned(), message: error.to_string() }),
        }
    }
}

/// Adds one layer's word lists to those below it.
fn lay_over(rules: &mut Rules, layer: Rules) {
    let Rules { abbreviations, final_abbreviations, compounds, insertions, auxiliaries, not_entities, labels_with_surnames } = layer;
    rules.abbreviations.extend(abbreviations);
    rules.final_abbreviations.extend(final_abbreviations);
    rules.compounds.extend(compounds);
    rules.insertions.extend(insertions);
    rules.auxiliaries.extend(auxiliaries);
    rules.not_entities.extend(not_entities);
    rules.labels_with_surnames.extend(labels_with_surnames);
}

impl Default for Models {
    /// Those of the user's data folder.
    fn default() -> Self {
        Models::in_folder(depeche_nlp::models_dir())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_of_all_layers_are_joined() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("fr")).unwrap();
        std::fs::write(folder.path().join("fr/mend.toml"), "abbreviations = ['xyz.']\n").unwrap();
        let mut models = Models::in_folder(folder.path());
        models.mend_by(&PackFiles::built_in().overlay(folder.path()).unwrap()).unwrap();
        let rules = &models.mending["fr"];
        assert!(rules.abbreviations.contains("xyz.") && rules.abbreviations.len() > 1);
    }

    #[test]
    fn a_missing_model_and_a_broken_one_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("xx.depeche"), "no model").unwrap();
        let models = Models::in_folder(folder.path());
        assert!(matches!(models.pipeline("yy"), Err(NoModel::Missing { .. })));
        assert!(matches!(models.pipeline("../xx"), Err(NoModel::Missing { .. })));
        let broken = models.pipeline("xx").unwrap_err();
        assert!(matches!(broken, NoModel::Broken { .. }), "{broken}");
        assert!(broken.to_string().contains("xx.depeche"), "{broken}");
    }
}
