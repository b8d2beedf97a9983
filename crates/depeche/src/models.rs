//! The models of the user's folder, opened when a text first wants them.
//!
//! In goes a language; out comes its pipeline, shared by all threads, or why there is none. A model is opened once; one that cannot be
//! opened is not tried again.

use depeche_nlp::Pipeline;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A folder of models.
#[derive(Debug)]
pub struct Models {
    folder: PathBuf,
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
        Models { folder: folder.into(), opened: Mutex::default() }
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
            Ok(pipeline) => Ok(Arc::new(pipeline)),
            Err(error) => Err(NoModel::Broken { language: language.to_owned(), message: error.to_string() }),
        }
    }
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
