//! Readers of the record, some at a time.
//!
//! In goes a question; out comes its answer, asked through a reader that is kept for the next. Questions beyond the number of readers wait, and beyond a bound of these they are refused. A file that
//! is no longer there, or is another one than before, is noticed at the next question.

use crate::error::ApiError;
use crate::options::Options;
use depeche_store::Reader;
use std::fs::Metadata;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Which state of which file answers are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version {
    /// The how manieth file that was found at the path.
    pub(crate) file: u64,
    /// What its writer has changed.
    pub(crate) data: i64,
}

/// The readers of a record.
#[derive(Debug)]
pub(crate) struct Pool {
    path: PathBuf,
    watched: Mutex<Watched>,
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

/// The file, and who looks whether it has changed.
#[derive(Debug, Default)]
struct Watched {
    reader: Option<Reader>,
    identity: Option<(u64, u64)>,
    file: u64,
    idle: Vec<Reader>,
}

/// A reader of the pool for one question.
pub(crate) struct Borrowed<'pool> {
    pool: &'pool Pool,
    file: u64,
    reader: Option<Reader>,
}

impl Pool {
    pub(crate) fn new(options: &Options) -> Pool {
        Pool {
            path: options.record.clone(),
            watched: Mutex::default(),
            turns: Arc::new(Semaphore::new(options.readers)),
            waiting: AtomicUsize::new(0),
            most_waiting: options.waiting,
        }
    }

    /// The right to ask, when it is one's turn.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        if let Ok(turn) = self.turns.clone().try_acquire_owned() {
            return Ok(turn);
        }
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= self.most_waiting {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(ApiError::busy("questions"));
        }
        let _left = Left(&self.waiting);
        self.turns.clone().acquire_owned().await.map_err(|_| ApiError::busy("questions"))
    }

    /// Which state of the record is there now.
    pub(crate) fn version(&self) -> Result<Version, ApiError> {
        let mut watched = self.watched();
        self.look(&mut watched)?;
        let data = match &watched.reader {
            Some(reader) => reader.data_version()?,
            None => 0,
        };
        Ok(Version { file: watched.file, data })
    }

    /// A reader for one question.
    pub(crate) fn reader(&self) -> Result<Borrowed<'_>, ApiError> {
        let mut watched = self.watched();
        self.look(&mut watched)?;
        let (file, idle) = (watched.file, watched.idle.pop());
        drop(watched);
        let reader = match idle {
            Some(reader) => reader,
            None => Reader::open(&self.path)?,
        };
        Ok(Borrowed { pool: self, file, reader: Some(reader) })
    }

    /// Looks whether the file is still there and the same.
    fn look(&self, watched: &mut Watched) -> Result<(), ApiError> {
        let found = self.path.metadata().map_err(|error| self.gone(watched, &error))?;
        let identity = identity(&found);
        if watched.reader.is_none() || watched.identity != Some(identity) {
            watched.idle.clear();
            watched.reader = Some(Reader::open(&self.path)?);
            watched.identity = Some(identity);
            watched.file += 1;
        }
        Ok(())
    }

    fn gone(&self, watched: &mut Watched, error: &io::Error) -> ApiError {
        watched.idle.clear();
        watched.reader = None;
        let name = self.path.display();
        let told = if error.kind() == io::ErrorKind::NotFound {
            format!("the record {name} is no longer there")
        } else {
            format!("the record {name} cannot be read: {error}")
        };
        ApiError::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, told, "put it back, or start `depeche serve` with the file's new path")
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What tells one file from another at the same path.
#[cfg(unix)]
fn identity(found: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn identity(found: &Metadata) -> (u64, u64) {
    let made = found.created().ok().and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
    (0, made.map_or(0, |made| made.as_secs()))
}

struct Left<'count>(&'count AtomicUsize);

impl Drop for Left<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Borrowed<'_> {
    pub(crate) fn get(&mut self) -> Result<&mut Reader, ApiError> {
        self.reader.as_mut().ok_or_else(|| ApiError::broken("a reader was lent twice"))
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        // One that a panic went through is not lent again.
        let Some(mut reader) = self.reader.take().filter(|_| !std::thread::panicking()) else { return };
        let mut watched = self.pool.watched();
        if watched.file == self.file && watched.reader.is_some() && reader.set_deadline(None).is_ok() {
            watched.idle.push(reader);
        }
    }
}
