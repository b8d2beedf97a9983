//! What intake refuses, and what to do about it.
//!
//! An error is about one input: a file, or one line or record of a file. It never ends the run; the reader goes on with the next.

use crate::stream::Bomb;
use std::fmt;

/// An input that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeError {
    /// The input as the caller named it: a path, a pattern, `-` for standard input.
    pub input: String,
    /// The line at fault, from 1, where the input is read line by line.
    pub line: Option<usize>,
    /// The record or entry at fault, from 1, where the input is an archive or a feed.
    pub record: Option<usize>,
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
    /// It is a format that is not read, or one within another that is not looked for there.
    NotSupported,
    /// A dispatch is larger than [`ReadOptions::max_bytes`](crate::ReadOptions::max_bytes), or swells without end.
    TooLarge,
    /// A line is not JSON, or not a dispatch; an archive or a feed is damaged.
    Malformed,
}

impl IntakeError {
    /// An error about a whole input.
    pub fn new(input: impl Into<String>, kind: IntakeErrorKind, message: impl Into<String>, cure: impl Into<String>) -> Self {
        IntakeError { input: input.into(), line: None, record: None, kind, message: message.into(), cure: cure.into() }
    }

    /// The same, about one line of it.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same, about one record of it.
    #[must_use]
    pub fn at_record(mut self, record: usize) -> Self {
        self.record = Some(record);
        self
    }

    /// Where the fault is: the input, with `:n` for a line of it and `#n` for a record.
    pub fn place(&self) -> String {
        let mut place = self.input.clone();
        for (mark, number) in [('#', self.record), (':', self.line)] {
            if let Some(number) = number {
                place.push(mark);
                place.push_str(&number.to_string());
            }
        }
        place
    }

    /// What the system said about `input`.
    pub fn of_system(input: impl Into<String>, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        if error.get_ref().is_some_and(|inner| inner.is::<Bomb>()) {
            return IntakeError::new(input, IntakeErrorKind::TooLarge, error.to_string(), "inflate it and look at what it is");
        }
        let (kind, message, cure) = match error.kind() {
            ErrorKind::NotFound => (IntakeErrorKind::NotFound, "there is no such file or folder".to_owned(), "check the path"),
            ErrorKind::PermissionDenied => (
                IntakeErrorKind::NotPermitted,
                "the system does not let this user read it".to_owned(),
                "give this user leave to read it, or run as one who has it",
            ),
            ErrorKind::UnexpectedEof => (
                IntakeErrorKind::Unreadable,
                "its data stop before their end".to_owned(),
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
        write!(formatter, "{}: {}; {}", self.place(), self.message, self.cure)
    }
}

impl std::error::Error for IntakeError {}
