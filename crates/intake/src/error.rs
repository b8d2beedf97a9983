//! What intake refuses, and what to do about it.
//!
//! An error is about one input: a file, or one line of a file. It never ends the run; the reader goes on with the next.

use std::fmt;

/// An input that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeError {
    /// The input as the caller named it: a path, a pattern, `-` for standard input.
    pub input: String,
    /// The line at fault, from 1, where the input is read line by line.
    pub line: Option<usize>,
    /// What kind of fault it is.
    pub kind: IntakeErrorKind,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub cure: String,
}

/// The kinds of [`IntakeError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IntakeErrorKind {
    /// No file, folder or match of the pattern.
    NotFound,
    /// The system does not let us read it.
    NotPermitted,
    /// The bytes stop early or the device fails.
    Unreadable,
    /// There is no text in it.
    Empty,
    /// It is no text.
    Binary,
    /// It is a format that this version does not read.
    NotSupported,
    /// A dispatch is larger than [`MAX_DISPATCH_BYTES`](crate::MAX_DISPATCH_BYTES).
    TooLarge,
    /// A line is not JSON, or not a dispatch.
    Malformed,
}

impl IntakeError {
    /// An error about a whole input.
    pub fn new(input: impl Into<String>, kind: IntakeErrorKind, message: impl Into<String>, cure: impl Into<String>) -> Self {
        IntakeError { input: input.into(), line: None, kind, message: message.into(), cure: cure.into() }
    }

    /// The same, about one line of it.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// What the system said about `input`.
    pub fn of_system(input: impl Into<String>, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let (kind, message, cure) = match error.kind() {
            ErrorKind::NotFound => (IntakeErrorKind::NotFound, "there is no such file or folder".to_owned(), "check the path"),
            ErrorKind::PermissionDenied => (
                IntakeErrorKind::NotPermitted,
                "the system does not let this user read it".to_owned(),
                "give this user leave to read it, or run as one who has it",
            ),
            ErrorKind::UnexpectedEof => (
                IntakeErrorKind::Unreadable,
                "its compressed data stop before their end".to_owned(),
                "obtain the file again; what came before was read",
            ),
            ErrorKind::InvalidInput | ErrorKind::InvalidData => (
                IntakeErrorKind::Unreadable,
                format!("its compressed data are damaged ({error})"),
                "obtain the file again; what came before was read",
            ),
            _ => (IntakeErrorKind::Unreadable, format!("it cannot be read: {error}"), "check the disk or the pipe it comes from"),
        };
        IntakeError::new(input, kind, message, cure)
    }
}

impl fmt::Display for IntakeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}; {}", self.input, self.message, self.cure),
            None => write!(formatter, "{}: {}; {}", self.input, self.message, self.cure),
        }
    }
}

impl std::error::Error for IntakeError {}
