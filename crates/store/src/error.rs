//! What can go wrong with a record, in words for whoever keeps it.
//!
//! In go errors of SQLite, of the system and of the record's own checks; out comes a [`StoreError`]: its kind for programs, what happened, and what to do about it.

use rusqlite::ErrorCode;
use std::fmt;
use std::path::Path;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// There is no such file.
    Missing,
    /// The file is no record of depeche.
    NotARecord,
    /// The record was written by a newer depeche.
    Newer,
    /// The file is damaged.
    Damaged,
    /// Another process writes the record.
    InUse,
    /// There is no room.
    Full,
    /// The file or its folder cannot be written.
    ReadOnly,
    /// A question that makes no sense.
    Question,
    /// SQL that would do more than read.
    Forbidden,
    /// A question that took too long.
    Timeout,
    /// A dispatch that cannot be kept.
    Dispatch,
    /// Nothing has that identifier.
    NotFound,
    /// Anything else of the system or of SQLite.
    Other,
}

/// What went wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// What kind of fault it is.
    pub kind: StoreErrorKind,
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub cure: String,
}

impl StoreError {
    pub(crate) fn new(kind: StoreErrorKind, message: impl Into<String>, cure: impl Into<String>) -> StoreError {
        StoreError { kind, message: message.into(), cure: cure.into() }
    }

    /// What an error of the system says about a file.
    pub(crate) fn of_file(path: &Path, error: &std::io::Error) -> StoreError {
        use std::io::ErrorKind;
        let at = path.display();
        match error.kind() {
            ErrorKind::NotFound => {
                StoreError::new(StoreErrorKind::Missing, format!("{at}: there is no such file or folder"), "check the path")
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::read_only(path),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => StoreError::full(),
            _ => StoreError::new(StoreErrorKind::Other, format!("{at}: {error}"), "check the path and the disk"),
        }
    }

    pub(crate) fn read_only(path: &Path) -> StoreError {
        let message = format!("{}: it cannot be written there", path.display());
        StoreError::new(StoreErrorKind::ReadOnly, message, "make the file and its folder writable, or name another with `--db`")
    }

    pub(crate) fn full() -> StoreError {
        let cure = "make room and run the command again: what was kept stays, and it goes on from there";
        StoreError::new(StoreErrorKind::Full, "there is no room left for the record", cure)
    }

    pub(crate) fn damaged(what: impl fmt::Display) -> StoreError {
        let cure = "take the last copy of the file, or ingest into a new one; `sqlite3 FILE .recover` may save what is left";
        StoreError::new(StoreErrorKind::Damaged, format!("the record is damaged: {what}"), cure)
    }

    /// The same with the path of the record before what happened, where it does not stand there yet.
    #[must_use]
    pub fn at(mut self, path: &Path) -> StoreError {
        let name = path.display().to_string();
        if !self.message.starts_with(&name) {
            self.message = format!("{name}: {}", self.message);
        }
        self
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (hint: {})", self.message, self.cure)
    }
}

impl std::error::Error for StoreError {}

/// Whether a failure is that of a write that would have made a file larger. SQLite calls a full disk by its name only where the system does, and a quota or a limit on the size of files (`EDQUOT`,
/// `EFBIG`), or a log that it cannot lengthen, a failure of the disk.
fn cannot_grow(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE};
    error.sqlite_error().is_some_and(|error| [SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_FSYNC].contains(&error.extended_code))
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use StoreErrorKind as Kind;
        let told = match &error {
            rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
            other => other.to_string(),
        };
        let cured = |kind, cure: &str| StoreError::new(kind, told.clone(), cure);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => StoreError::damaged(&told),
            Some(ErrorCode::NotADatabase) => cured(Kind::NotARecord, "name a file that `depeche ingest` made"),
            Some(ErrorCode::DiskFull) => StoreError::full(),
            Some(ErrorCode::SystemIoFailure) if cannot_grow(&error) => StoreError {
                message: format!("there is no room left for the record, or it may not grow any further ({told})"),
                cure: "make room, or raise the quota or the limit on the size of files, and run the command again: what was kept stays, and it goes on from there; where there is room, \
                       the disk may be failing"
                    .to_owned(),
                ..StoreError::full()
            },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                cured(Kind::ReadOnly, "make the file and its folder writable, or name another with `--db`")
            }
            Some(ErrorCode::CannotOpen) => cured(Kind::ReadOnly, "check that the folder is there and can be read and written"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                cured(Kind::InUse, "wait until the other process has ended, then run the command again")
            }
            Some(ErrorCode::OperationInterrupted) => cured(Kind::Timeout, "narrow the question, or allow it more time"),
            Some(ErrorCode::AuthorizationForStatementDenied) => cured(Kind::Forbidden, "ask with SELECT alone"),
            _ => cured(Kind::Other, "run the command again; if it stays, `PRAGMA integrity_check` tells whether the file is sound"),
        }
    }
}
