//! `depeche packs check`: every pack file read, every example run.

use crate::Outcome;
use crate::diagnostics::{Diagnostic, Failure, render_pack_error, tell};
use depeche::packs::PackFiles;
use depeche::{Models, check_packs};
use std::io::Write;
use std::path::Path;

pub(crate) fn check(folder: Option<&Path>) -> Result<Outcome, Failure> {
    refuse_missing_folders(folder)?;
    let files = folder.into_iter().try_fold(PackFiles::built_in(), PackFiles::overlay)?;
    let checked = check_packs(&files, Models::default());
    for error in &checked.failures {
        tell(&Diagnostic::error(render_pack_error(error)));
    }
    for (language, reason) in &checked.without_model {
        let told = Diagnostic::warning(format!("the examples of `{language}` that need a parse were not run: {reason}"));
        tell(&told.hint(crate::models::catalogue::how_to_add(language)));
    }
    let mut out = std::io::stdout().lock();
    let summary = format!("{} languages, {} examples run, {} failures", checked.languages, checked.examples, checked.failures.len());
    writeln!(out, "{summary}").map_err(|error| Failure::of_output(&error))?;
    Ok(if checked.failures.is_empty() { Outcome::Complete } else { Outcome::SomeRefused })
}

/// A pack that is no folder is a slip of the hand, told before anything is read.
pub(crate) fn refuse_missing_folders<Folder: AsRef<Path>>(folders: impl IntoIterator<Item = Folder>) -> Result<(), Failure> {
    for folder in folders {
        let folder = folder.as_ref();
        if !folder.is_dir() {
            let diagnostic = Diagnostic::error(format!("{}: there is no such folder", folder.display()));
            return Err(Failure::Usage(diagnostic.hint("a pack is a folder of the shape of ours: `fr/frames/own.toml`, `countries.toml`")));
        }
    }
    Ok(())
}
