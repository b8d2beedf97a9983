//! `cargo xtask tidy`: rules of the house that no compiler keeps. It runs inside the test suite too.
//!
//! - Every crate uses only the crates that the table in `ARCHITECTURE.md` gives it, takes its dependencies and lints from the workspace, and
//!   has a row in the table.
//! - A Rust file has at most 700 lines, one subject, and opens with what that is.
//! - No language's words in Rust code: string literals outside tests hold no accented letter, in the crates that read text.
//! - `unsafe` stands in one module of `nlp`, each with its `SAFETY:` line.
//! - Every language pack has the same files.

mod lexer;
mod manifests;
mod packs;
mod sources;

use crate::project::Project;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// What was found: what must be mended and what might be.
#[derive(Debug, Default, PartialEq)]
struct Findings {
    wrong: Vec<String>,
    doubtful: Vec<String>,
}

/// Prints what is untidy; whether nothing is.
pub(crate) fn run(project: &Project) -> Result<bool> {
    let findings = look(&project.root)?;
    for doubtful in &findings.doubtful {
        eprintln!("warning: {doubtful}");
    }
    for wrong in &findings.wrong {
        eprintln!("error: {wrong}");
    }
    Ok(findings.wrong.is_empty())
}

fn look(root: &Path) -> Result<Findings> {
    let mut findings = Findings::default();
    manifests::look(root, &mut findings)?;
    sources::look(root, &mut findings)?;
    packs::look(root, &mut findings)?;
    Ok(findings)
}

/// The files and folders of a folder in order of their names, without hidden ones.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let at = || format!("{} could not be read", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(at)? {
        let entry = entry.with_context(at)?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()))
}

/// The name of a file or folder, or nothing.
fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let findings = look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        assert!(findings.wrong.is_empty(), "\n{}\n", findings.wrong.join("\n"));
    }
}
