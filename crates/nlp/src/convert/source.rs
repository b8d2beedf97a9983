//! Where a pipeline is read from: a wheel, an unpacked wheel, or a spaCy folder.
//!
//! In comes a path, out come the files of the pipeline by their names below its root, which is the folder of the
//! topmost `config.cfg`.

use crate::error::{Error, ErrorKind};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// No file of a pipeline is as large as this.
const MOST_BYTES: u64 = 1 << 31;
/// No pipeline lies as deep as this.
const MOST_DEPTH: usize = 6;
const CONFIG: &str = "config.cfg";

/// An opened wheel or folder.
#[derive(Debug)]
pub(super) enum Source {
    Wheel { archive: Box<ZipArchive<File>>, root: String, path: PathBuf },
    Folder { root: PathBuf },
}

impl Source {
    /// Opens the pipeline at or below `path`.
    pub(super) fn open(path: &Path) -> Result<Source, Error> {
        let failed = |error: std::io::Error| Error::io(path, &error);
        if std::fs::metadata(path).map_err(failed)?.is_dir() {
            let root = find_config(path, MOST_DEPTH).map_err(failed)?;
            return root.map(|root| Source::Folder { root }).ok_or_else(|| no_pipeline(path));
        }
        let file = File::open(path).map_err(failed)?;
        let archive = ZipArchive::new(file).map_err(|error| zip_error(path, &error))?;
        let root = archive
            .file_names()
            .filter_map(|name| name.ok()?.strip_suffix(CONFIG).map(str::to_owned))
            .filter(|root| root.is_empty() || root.ends_with('/'))
            .min_by_key(|root| (root.matches('/').count(), root.len()));
        let root = root.ok_or_else(|| no_pipeline(path))?;
        Ok(Source::Wheel { archive: Box::new(archive), root, path: path.to_owned() })
    }

    /// A file of the pipeline; nothing when it has no such file.
    pub(super) fn optional(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        match self {
            Source::Folder { root } => {
                let path = root.join(name);
                match std::fs::read(&path) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(Error::io(&path, &error)),
                }
            }
            Source::Wheel { archive, root, path } => {
                let inside = format!("{root}{name}");
                let file = match archive.by_name(&inside) {
                    Ok(file) => file,
                    Err(zip::result::ZipError::FileNotFound) => return Ok(None),
                    Err(error) => return Err(zip_error(path, &error)),
                };
                let mut bytes = Vec::new();
                let read = file.take(MOST_BYTES).read_to_end(&mut bytes);
                let damaged = |why: String| Error::damaged(format!("`{inside}`: {why}")).of(path.display());
                read.map_err(|error| damaged(error.to_string()))?;
                if bytes.len() as u64 == MOST_BYTES {
                    return Err(damaged("too large to be true".to_owned()));
                }
                Ok(Some(bytes))
            }
        }
    }

    /// A file that every such pipeline has.
    pub(super) fn file(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        self.optional(name)?.ok_or_else(|| Error::damaged(format!("there is no `{name}` in the pipeline")))
    }
}

fn no_pipeline(path: &Path) -> Error {
    Error::new(ErrorKind::NotAModel, path.display().to_string(), format!("there is no `{CONFIG}` in it"))
}

fn zip_error(path: &Path, error: &zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => Error::io(path, error),
        _ => Error::new(ErrorKind::NotAModel, path.display().to_string(), format!("this is no whole wheel: {error}")),
    }
}

/// The topmost folder at or below `folder` with a configuration, the first by name of several.
fn find_config(folder: &Path, depth: usize) -> std::io::Result<Option<PathBuf>> {
    let mut level = vec![folder.to_owned()];
    for _ in 0..depth {
        let mut below = Vec::new();
        for folder in &level {
            if folder.join(CONFIG).is_file() {
                return Ok(Some(folder.clone()));
            }
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    below.push(entry.path());
                }
            }
        }
        below.sort();
        level = below;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn the_topmost_configuration_is_the_root() {
        let folder = tempfile::tempdir().expect("folder");
        let root = folder.path().join("package/package-1.0");
        std::fs::create_dir_all(root.join("deeper")).expect("folders");
        std::fs::write(root.join(CONFIG), "top").expect("write");
        std::fs::write(root.join("deeper").join(CONFIG), "deep").expect("write");
        let mut source = Source::open(folder.path()).expect("open");
        assert_eq!(source.file(CONFIG).expect("config"), b"top");
        assert_eq!(source.optional("tokenizer").expect("none"), None);
    }

    #[test]
    fn a_wheel_reads_as_its_folder() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("a.whl");
        let mut wheel = zip::ZipWriter::new(File::create(&path).expect("create"));
        let options = zip::write::SimpleFileOptions::default();
        for (name, text) in [("a/data/config.cfg", "top"), ("a/__init__.py", "")] {
            wheel.start_file(name, options).expect("start");
            wheel.write_all(text.as_bytes()).expect("write");
        }
        wheel.finish().expect("finish");
        assert_eq!(Source::open(&path).expect("open").file(CONFIG).expect("config"), b"top");

        let whole = std::fs::read(&path).expect("read");
        std::fs::write(&path, &whole[..whole.len() / 2]).expect("cut");
        assert_eq!(Source::open(&path).expect_err("cut").kind(), ErrorKind::NotAModel);
    }

    #[test]
    fn what_is_no_pipeline_is_told() {
        let folder = tempfile::tempdir().expect("folder");
        assert_eq!(Source::open(folder.path()).expect_err("empty").kind(), ErrorKind::NotAModel);
        let none = folder.path().join("none.whl");
        assert_eq!(Source::open(&none).expect_err("none").kind(), ErrorKind::Missing);
    }
}
