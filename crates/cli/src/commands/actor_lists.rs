//! The lists of `--actors`: read, and what is wrong with their rows told.
//!
//! In go paths; out come the lists of what could be used. A path that is no file is a usage error; a faulty row is told by itself and the
//! others are used.

use crate::Outcome;
use crate::diagnostics::{Diagnostic, Failure, tell};
use depeche::packs::{ActorList, ListedCodes, PackFiles};
use std::path::PathBuf;

/// Reads the lists; the codes of countries that a user's packs add count.
pub(crate) fn read(paths: &[PathBuf], packs: &[PathBuf]) -> Result<(Vec<ActorList>, Outcome), Failure> {
    if paths.is_empty() {
        return Ok((Vec::new(), Outcome::Complete));
    }
    let files = packs.iter().try_fold(PackFiles::built_in(), |files, folder| files.overlay(folder))?;
    let codes = ListedCodes::load(&files)?;
    let mut outcome = Outcome::Complete;
    let mut lists = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| {
            let told = Diagnostic::error(format!("{name}: {error}"));
            Failure::Usage(told.hint("name a list of persons and bodies, as FollowTheMoney JSON lines or CSV"))
        })?;
        let (list, faults) = ActorList::read(&bytes, &name, &codes);
        for fault in faults {
            outcome = Outcome::SomeRefused;
            tell(&Diagnostic::error(fault.to_string()).hint(fault.cure));
        }
        lists.push(list);
    }
    Ok((lists, outcome))
}
