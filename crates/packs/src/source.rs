//! Where pack files come from: those built into the program, and the user's own folders laid over them.
//!
//! In goes a relative path such as `fr/time.toml`; out come the texts that stand there, the built-in one first. A file is read as TOML into
//! whatever type its reader wants; what does not fit is a [`PackError`] that knows file, line and span. Of most of the built-in files the program carries the
//! values as JSON too, since every start pays for reading them; where the two could differ, TOML has the word.

use crate::ActorList;
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// The values of built-in files as the build script has rewritten them.
static REWRITTEN: Dir<'static> = include_dir!("$OUT_DIR/packs");

/// The built-in packs with any number of folders laid over them, the last one having the last word.
#[derive(Debug, Clone, Default)]
pub struct PackFiles {
    overlays: Vec<PathBuf>,
    actors: Arc<ActorList>,
}

/// A file of a pack, read.
#[derive(Debug, Clone)]
pub struct PackFile {
    /// What to call it in a message: `packs/fr/time.toml`, or the path of a user's file.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// Whether it is one of ours.
    pub built_in: bool,
}

impl PackFiles {
    /// The packs that the program carries.
    pub fn built_in() -> Self {
        PackFiles::default()
    }

    /// Lays a folder over them, which has the shape of `packs/`: `fr/frames/own.toml`, `countries.toml`.
    ///
    /// # Errors
    /// When `folder` is no folder.
    pub fn overlay(mut self, folder: &Path) -> Result<Self, PackError> {
        if !folder.is_dir() {
            return Err(PackError::of_file(folder.display().to_string(), "there is no such folder; a pack is a folder like our packs/"));
        }
        self.overlays.push(folder.to_owned());
        Ok(self)
    }

    /// Lays a list of persons and bodies over them, in every language.
    #[must_use]
    pub fn with_actors(mut self, list: ActorList) -> Self {
        Arc::make_mut(&mut self.actors).append(list);
        self
    }

    /// The persons and bodies of the lists laid over.
    pub(crate) fn actors(&self) -> &ActorList {
        &self.actors
    }

    /// The languages that any layer has a folder for, sorted.
    pub fn languages(&self) -> Vec<String> {
        let mut languages: BTreeSet<String> = BUILT_IN.dirs().filter_map(|dir| dir.path().to_str()).map(str::to_owned).collect();
        for overlay in &self.overlays {
            for entry in std::fs::read_dir(overlay).into_iter().flatten().flatten() {
                if entry.path().is_dir()
                    && let Some(name) = entry.file_name().to_str()
                {
                    languages.insert(name.to_owned());
                }
            }
        }
        languages.into_iter().collect()
    }

    /// What tells these packs from any others: the first 16 digits of the SHA-256, in hexadecimal, of all their files with their paths, and of the lists laid over.
    /// What a user's folder holds is read anew each time; a file that cannot be read counts as an empty one.
    pub fn fingerprint(&self) -> String {
        let mut hasher = Sha256::new();
        let mut add = |path: &str, bytes: &[u8]| {
            for part in [path.as_bytes(), bytes] {
                hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
                hasher.update(part);
            }
        };
        add_built_in(&BUILT_IN, &mut add);
        for overlay in &self.overlays {
            add_folder(overlay, overlay, &mut add);
        }
        add("", format!("{:?}", self.actors).as_bytes());
        hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The texts at `path`, built-in first; none where no layer has it.
    ///
    /// # Errors
    /// When a user's file cannot be read or is not UTF-8.
    pub fn read(&self, path: &str) -> Result<Vec<PackFile>, PackError> {
        let mut files = Vec::new();
        if let Some(text) = BUILT_IN.get_file(path).and_then(|file| file.contents_utf8()) {
            files.push(PackFile { name: format!("packs/{path}"), text: text.into(), built_in: true });
        }
        for overlay in &self.overlays {
            let at = overlay.join(path);
            if at.is_file() {
                files.push(read_user_file(&at)?);
            }
        }
        Ok(files)
    }

    /// All `.toml` files directly in the folder `path`, by name within each layer, built-in first.
    ///
    /// # Errors
    /// As [`PackFiles::read`].
    pub fn read_folder(&self, path: &str) -> Result<Vec<PackFile>, PackError> {
        let mut files: Vec<PackFile> = BUILT_IN
            .get_dir(path)
            .into_iter()
            .flat_map(|dir| dir.files())
            .filter(|file| file.path().extension().is_some_and(|extension| extension == "toml"))
            .filter_map(|file| {
                let text = file.contents_utf8()?;
                Some(PackFile { name: format!("packs/{}", file.path().display()), text: text.into(), built_in: true })
            })
            .collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        for overlay in &self.overlays {
            let mut paths: Vec<PathBuf> = std::fs::read_dir(overlay.join(path))
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
                .collect();
            paths.sort();
            for path in paths {
                files.push(read_user_file(&path)?);
            }
        }
        Ok(files)
    }
}

fn add_built_in(dir: &'static Dir<'static>, add: &mut impl FnMut(&str, &[u8])) {
    let mut files: Vec<_> = dir.files().collect();
    files.sort_by_key(|file| file.path());
    for file in files {
        add(&file.path().to_string_lossy(), file.contents());
    }
    let mut dirs: Vec<_> = dir.dirs().collect();
    dirs.sort_by_key(|dir| dir.path());
    dirs.into_iter().for_each(|dir| add_built_in(dir, add));
}

/// The TOML files below a user's folder, by their paths within it.
fn add_folder(root: &Path, folder: &Path, add: &mut impl FnMut(&str, &[u8])) {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            add_folder(root, &path, add);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let bytes = std::fs::read(&path).unwrap_or_default();
            add(&path.strip_prefix(root).unwrap_or(&path).to_string_lossy(), &bytes);
        }
    }
}

fn read_user_file(path: &Path) -> Result<PackFile, PackError> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(PackFile { name, text: text.into(), built_in: false }),
        Err(error) => Err(PackError::of_file(name, error.to_string())),
    }
}

impl PackFile {
    /// The file as TOML, read into `T`.
    ///
    /// # Errors
    /// When it is no TOML or does not have `T`'s shape, with the place.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        // What JSON cannot read is left to TOML, which knows the place of a mistake.
        if let Some(Ok(value)) = self.rewritten().map(serde_json::from_str) {
            return Ok(value);
        }
        toml::from_str(&self.text).map_err(|error| self.error(error.span().unwrap_or(0..0), error.message()))
    }

    /// The values of a built-in file as JSON, where the program carries them.
    fn rewritten(&self) -> Option<&'static str> {
        let path = self.name.strip_prefix("packs/").filter(|_| self.built_in)?;
        REWRITTEN.get_file(Path::new(path).with_extension("json"))?.contents_utf8()
    }

    /// An error at `span` (bytes) of this file.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>) -> PackError {
        PackError { file: self.name.clone(), source_text: Some(self.text.clone()), span, message: message.into() }
    }
}

/// What is wrong with a pack, and where.
#[derive(Debug, Clone)]
pub struct PackError {
    /// The file.
    pub file: String,
    /// Its text, where it could be read.
    pub source_text: Option<Arc<str>>,
    /// The bytes in it that are at fault.
    pub span: Range<usize>,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl PackError {
    /// An error about a file as a whole.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        PackError { file: file.into(), source_text: None, span: 0..0, message: message.into() }
    }

    /// The line of the fault, from 1; 0 when the file could not be read.
    pub fn line(&self) -> usize {
        self.source_text.as_ref().map_or(0, |text| {
            let before = text.as_bytes().get(..self.span.start.min(text.len())).unwrap_or_default();
            1 + before.iter().filter(|&&byte| byte == b'\n').count()
        })
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line() {
            0 => write!(formatter, "{}: {}", self.file, self.message),
            line => write!(formatter, "{}:{line}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for PackError {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn an_error_knows_its_line() {
        let file = PackFile { name: "own.toml".into(), text: "a = 1\nb = 'x'\n".into(), built_in: false };
        let error = file.parse::<BTreeMap<String, u32>>().unwrap_err();
        assert_eq!(error.line(), 2);
        assert!(error.to_string().starts_with("own.toml:2: "), "{error}");
    }

    #[test]
    fn what_was_rewritten_says_the_same() {
        let files = PackFiles::built_in();
        let mut rewritten = 0;
        for folder in files.languages().iter().map(String::as_str).chain([""]) {
            for file in files.read_folder(folder).unwrap() {
                if let Some(json) = file.rewritten() {
                    assert_eq!(serde_json::from_str::<toml::Value>(json).unwrap(), toml::from_str(&file.text).unwrap(), "{}", file.name);
                    rewritten += 1;
                }
            }
        }
        assert!(rewritten >= 20, "{rewritten} files");
    }

    #[test]
    fn packs_are_told_apart_by_what_they_say() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("fr")).unwrap();
        let ours = PackFiles::built_in();
        let theirs = || ours.clone().overlay(folder.path()).unwrap().fingerprint();
        assert_eq!(ours.fingerprint(), PackFiles::built_in().fingerprint());
        assert_eq!(ours.fingerprint(), theirs(), "a folder without a file adds nothing");
        std::fs::write(folder.path().join("fr/own.toml"), "a = 1\n").unwrap();
        let first = theirs();
        assert_ne!(first, ours.fingerprint());
        std::fs::write(folder.path().join("fr/own.toml"), "a = 2\n").unwrap();
        assert_ne!(first, theirs());
    }

    #[test]
    fn a_missing_overlay_is_an_error() {
        assert!(PackFiles::built_in().overlay(Path::new("/nowhere/at/all")).is_err());
    }
}
