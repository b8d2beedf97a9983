//! What a model is: its name, version, language and licence, as its maker states them; and where models lie.

use crate::container::{FORMAT_VERSION, read_one};
use crate::error::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What a model is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModelInfo {
    /// Its name without the language, such as `core_news_md`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its language, such as `fr`.
    pub language: String,
    /// Its licence.
    pub license: String,
    /// Who made it.
    pub author: String,
    /// Where it comes from.
    pub url: String,
    /// What it is, in a sentence.
    pub description: String,
    /// The components that run, in order.
    pub components: Vec<String>,
    /// Forms with a static vector.
    pub vectors: usize,
    /// The version of the file's format.
    pub format: u32,
}

impl ModelInfo {
    /// Reads what the model file at `path` is, and nothing else of it.
    ///
    /// # Errors
    /// When there is no such file or it is no whole model file.
    pub fn read(path: &Path) -> Result<ModelInfo, Error> {
        ModelInfo::parse(&read_one(path, "info")?).map_err(|error| error.of(path.display()))
    }

    pub(crate) fn parse(section: &[u8]) -> Result<ModelInfo, Error> {
        serde_json::from_slice(section).map_err(|error| Error::damaged(format!("the section `info`: {error}")))
    }

    /// Reads a pipeline's `meta.json`.
    pub(crate) fn from_meta(meta: &[u8]) -> Result<ModelInfo, Error> {
        let meta: serde_json::Value =
            serde_json::from_slice(meta).map_err(|error| Error::new(ErrorKind::NotAModel, "", format!("`meta.json`: {error}")))?;
        let text = |name: &str| meta.get(name).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
        Ok(ModelInfo {
            name: text("name"),
            version: text("version"),
            language: text("lang"),
            license: text("license"),
            author: text("author"),
            url: text("url"),
            description: text("description"),
            components: Vec::new(),
            vectors: 0,
            format: FORMAT_VERSION,
        })
    }

    /// Its whole name as spaCy's packages have it, such as `fr_core_news_md`.
    pub fn full_name(&self) -> String {
        format!("{}_{}", self.language, self.name)
    }
}

/// The folder of the user's models: `DEPECHE_MODELS` if set, else `depeche/models` in the user's data folder.
pub fn models_dir() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("DEPECHE_MODELS") {
        return folder;
    }
    let home = || std::env::home_dir().unwrap_or_default();
    let data = if cfg!(windows) {
        set("LOCALAPPDATA").unwrap_or_else(|| home().join("AppData").join("Local"))
    } else if let Some(folder) = set("XDG_DATA_HOME").filter(|folder| folder.is_absolute()) {
        folder
    } else if cfg!(target_os = "macos") {
        home().join("Library").join("Application Support")
    } else {
        home().join(".local").join("share")
    };
    data.join("depeche").join("models")
}

/// The path of the model of a language in [`models_dir`].
pub fn model_path(language: &str) -> PathBuf {
    models_dir().join(format!("{language}.depeche"))
}
