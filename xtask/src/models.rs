//! The language models: obtained through `depeche models add` where they are not there or cannot be used.
//!
//! A demonstration puts them where a user has them. Checks have a folder of their own below the build folder, named after the engine's
//! sources, so that no model that an older engine converted is measured in place of today's.

use crate::project::{Project, run, shown};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// A text to try a model on.
const TRIAL: &str = "examples/dispatches/2015-02-12-minsk.txt";

/// Sees to it that the models of `languages` are there, of all languages with a pack when none is named.
pub(crate) fn obtain(project: &Project, languages: &[String]) -> Result<()> {
    let languages = if languages.is_empty() { pack_languages(&project.root)? } else { languages.to_vec() };
    let depeche = project.build_depeche()?;
    for language in &languages {
        let mut annotate = project.command(&depeche);
        annotate.args(["annotate", "--language", language, TRIAL]);
        let trial = annotate.output().with_context(|| format!("`{}` could not be run", shown(&annotate)))?;
        if trial.status.success() {
            eprintln!("the model of `{language}` is there");
        } else {
            run(project.command(&depeche).args(["models", "add", language]))?;
        }
    }
    Ok(())
}

/// The models' folder of checks, made if need be; those of former engines are removed.
pub(crate) fn checked_folder(root: &Path, target: &Path) -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    hash(&root.join("crates/nlp/src"), &mut hasher)?;
    let (all, name) = (target.join("models"), format!("{:016x}", hasher.finish()));
    let folder = all.join(&name);
    let at = || format!("{} could not be made", folder.display());
    std::fs::create_dir_all(&folder).with_context(at)?;
    for entry in std::fs::read_dir(&all).with_context(at)? {
        let entry = entry.with_context(at)?;
        if entry.file_name().to_str() != Some(&name) {
            std::fs::remove_dir_all(entry.path()).with_context(|| format!("{} could not be removed", entry.path().display()))?;
        }
    }
    Ok(folder)
}

/// The names and bytes of all files below a folder, in order.
fn hash(folder: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    for path in crate::tidy::entries(folder)? {
        if path.is_dir() {
            hash(&path, hasher)?;
        } else {
            path.file_name().hash(hasher);
            std::fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?.hash(hasher);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_models_is_named_after_the_engine() {
        let root = std::env::temp_dir().join(format!("xtask-models-{}", std::process::id()));
        let source = root.join("crates/nlp/src/lib.rs");
        std::fs::create_dir_all(root.join("crates/nlp/src")).unwrap();
        std::fs::write(&source, "one").unwrap();
        let first = checked_folder(&root, &root).unwrap();
        assert_eq!(checked_folder(&root, &root).unwrap(), first);
        std::fs::write(&source, "other").unwrap();
        let second = checked_folder(&root, &root).unwrap();
        assert_ne!(first, second);
        assert!(!first.exists() && second.exists());
        std::fs::remove_dir_all(&root).unwrap();
    }
}
