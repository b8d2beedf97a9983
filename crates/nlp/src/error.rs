//! The one error of the crate: what went wrong, with which input, and what mends it.

use std::fmt;
use std::path::Path;

/// An error of opening, converting or reading a model.
///
/// Annotating never fails: any text has an annotation.
pub struct Error {
    kind: ErrorKind,
    input: String,
    what: String,
    cure: &'static str,
}

/// What kind of error it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such model.
    Missing,
    /// The system refused to read or write.
    Io,
    /// The input is of another kind than a model.
    NotAModel,
    /// The model was written by another version of this crate.
    Version,
    /// The model is cut short or changed.
    Damaged,
    /// The pipeline holds what this engine does not run.
    Unsupported,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, input: impl Into<String>, what: impl Into<String>) -> Error {
        let cure = match kind {
            ErrorKind::Missing => "add the model first: `depeche models add <language>`",
            ErrorKind::Io => "check that the path exists and may be read and written",
            ErrorKind::NotAModel => "give a wheel or a folder of a spaCy 3 pipeline, or a file that was converted from one",
            ErrorKind::Version => "convert the model again with this version",
            ErrorKind::Damaged => "obtain the file again and convert it anew",
            ErrorKind::Unsupported => "use a spaCy 3 pipeline of the CNN kind (`sm`, `md`, `lg`)",
        };
        Error { kind, input: input.into(), what: what.into(), cure }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Error {
        Error::new(ErrorKind::Damaged, "", what)
    }

    pub(crate) fn unsupported(what: impl Into<String>) -> Error {
        Error::new(ErrorKind::Unsupported, "", what)
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Error {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::Missing,
            _ => ErrorKind::Io,
        };
        Error::new(kind, path.display().to_string(), error.to_string())
    }

    /// The same error, naming its input unless it does already.
    pub(crate) fn of(mut self, input: impl fmt::Display) -> Error {
        if self.input.is_empty() {
            self.input = input.to_string();
        }
        self
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file or folder that it is about.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// What to do about it.
    pub fn cure(&self) -> &str {
        self.cure
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.input.is_empty() {
            write!(formatter, "{}: ", self.input)?;
        }
        write!(formatter, "{} (hint: {})", self.what, self.cure)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {self}", self.kind)
    }
}

impl std::error::Error for Error {}
