//! The language models: obtained through `depeche models add` where `depeche models list` does not name them yet.

use crate::project::{Project, run};
use anyhow::{Context, Result};
use std::path::Path;

/// Sees to it that the models of `languages` are there, of all languages with a pack when none is named.
pub(crate) fn obtain(project: &Project, languages: &[String]) -> Result<()> {
    let languages = if languages.is_empty() { pack_languages(&project.root)? } else { languages.to_vec() };
    let depeche = project.build_depeche()?;
    // A model that the program cannot read any more makes the list fail; the row is missing then, and the model is added anew.
    let list = project.command(&depeche).args(["models", "list"]).output().context("`depeche models list` could not be run")?;
    let present = String::from_utf8_lossy(&list.stdout);
    for language in &languages {
        if lists(&present, language) {
            eprintln!("the model of `{language}` is there");
        } else {
            run(project.command(&depeche).args(["models", "add", language]))?;
        }
    }
    Ok(())
}

/// The languages that `packs/` has a folder for, in order.
pub(crate) fn pack_languages(root: &Path) -> Result<Vec<String>> {
    let packs = root.join("packs");
    let mut languages = Vec::new();
    for entry in std::fs::read_dir(&packs).with_context(|| format!("{} could not be read", packs.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            languages.extend(entry.file_name().into_string());
        }
    }
    languages.sort();
    Ok(languages)
}

/// Whether a row of the list begins with the language.
fn lists(list: &str, language: &str) -> bool {
    list.lines().any(|row| row.split_whitespace().next() == Some(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_there_when_a_row_begins_with_its_language() {
        let list = "fr  fr_core_news_md 3.8.0  90 MB\nen  en_md 0.1.0\n";
        assert!(lists(list, "fr"));
        assert!(lists(list, "en"));
        assert!(!lists(list, "de"));
        assert!(!lists("", "fr"));
        assert!(!lists("french model\n", "fr"));
    }
}
