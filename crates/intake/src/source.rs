//! From what a user names to what is opened: files, folders, patterns, standard input.
//!
//! In go paths as given; out come sources in a fixed order: arguments as they stand, folders and patterns by name. A folder gives every
//! file below it but hidden ones, and does not follow links to folders. What cannot be listed is an error in its place.

use crate::{IntakeError, IntakeErrorKind};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Something that can be opened and read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// What to call it: the path as given, `-` for standard input.
    pub fn name(&self) -> String {
        match self {
            Source::Standard => "-".to_owned(),
            Source::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// Its size in bytes, where the system knows it.
    pub fn size(&self) -> Option<u64> {
        match self {
            Source::Standard => None,
            Source::File(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len()),
        }
    }
}

/// What `arguments` name, in order. `-` is standard input; an argument with `*`, `?` or `[` that is no file is a pattern (`**` for any
/// depth); a folder stands for all files below it.
///
/// ```
/// use depeche_intake::{IntakeErrorKind, Source, sources};
/// let found = sources(["-", "no/such/*.txt"]);
/// assert_eq!(found[0], Ok(Source::Standard));
/// assert_eq!(found[1].as_ref().unwrap_err().kind, IntakeErrorKind::NotFound);
/// ```
pub fn sources<I>(arguments: I) -> Vec<Result<Source, IntakeError>>
where
    I: IntoIterator,
    I::Item: AsRef<Path>,
{
    let mut found = Vec::new();
    for argument in arguments {
        let path = argument.as_ref();
        if path == Path::new("-") {
            found.push(Ok(Source::Standard));
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let before = found.len();
                walk(path, &mut found);
                if found.len() == before {
                    found.push(Err(empty_folder(path)));
                }
            }
            Ok(_) => found.push(Ok(Source::File(path.to_owned()))),
            Err(error) => match path.to_str().filter(|text| error.kind() == io::ErrorKind::NotFound && text.contains(['*', '?', '['])) {
                Some(pattern) => matches(pattern, &mut found),
                None => found.push(Err(IntakeError::of_system(path.to_string_lossy(), &error))),
            },
        }
    }
    found
}

fn empty_folder(path: &Path) -> IntakeError {
    IntakeError::new(
        path.to_string_lossy(),
        IntakeErrorKind::Empty,
        "there is no file in this folder",
        "name a folder that holds dispatches",
    )
}

/// The files below `folder`, depth first, by name.
fn walk(folder: &Path, found: &mut Vec<Result<Source, IntakeError>>) {
    let listed = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match listed {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Err(IntakeError::of_system(folder.to_string_lossy(), &error)));
            return;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, found),
            // A link to a folder could lead back up; one to a file is read, and a broken one is told of when it is opened.
            Ok(kind) if kind.is_symlink() && path.is_dir() => {}
            Ok(_) => found.push(Ok(Source::File(path))),
            Err(error) => found.push(Err(IntakeError::of_system(path.to_string_lossy(), &error))),
        }
    }
}

fn matches(pattern: &str, found: &mut Vec<Result<Source, IntakeError>>) {
    let paths = match glob::glob(pattern) {
        Ok(paths) => paths,
        Err(error) => {
            let message = format!("there is no such file, and as a pattern it is wrong: {error}");
            found.push(Err(IntakeError::new(pattern, IntakeErrorKind::NotFound, message, "check the path")));
            return;
        }
    };
    let before = found.len();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => {}
            Ok(path) => found.push(Ok(Source::File(path))),
            Err(error) => found.push(Err(IntakeError::of_system(error.path().to_string_lossy(), error.error()))),
        }
    }
    if found.len() == before {
        let message = "no file matches this pattern";
        found.push(Err(IntakeError::new(pattern, IntakeErrorKind::NotFound, message, "check the path, or name the folder itself")));
    }
}
