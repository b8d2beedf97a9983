//! `depeche packs check`: every pack file read, every example run.

use crate::Outcome;
use crate::diagnostics::{Diagnostic, Failure, render_pack_error, tell};
use depeche::packs::PackFiles;
use depeche::{Models, check_packs};
use std::io::Write;
use std::path::Path;

pub(crate) fn check(folder: Option<&Path>) -> Result<Outcome, Failure> {
    let mut files = PackFiles::built_in();
    if let Some(folder) = folder {
        files = files.overlay(folder).map_err(|error| Failure::Usage(Diagnostic::error(error.to_string())))?;
    }
    let checked = check_packs(&files, &Models::default());
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
