//! What is counted over the whole record, made once for every state of it.
//!
//! In goes a reader and the state of its record; out comes the digest of it. Of a record that takes long to count, and is being written, the digest of the state before is given while the next is made.

use crate::error::ApiError;
use crate::pool::Version;
use crate::state::Room;
use depeche_store::{Digest, Reader};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A digest that takes no longer is made at once.
const QUICK: Duration = Duration::from_millis(200);
/// How many times as long as it took the last digest serves while the record is written: counting takes a tenth of the time at most.
const SERVES: u32 = 9;

/// The last digest.
#[derive(Debug, Default)]
pub(crate) struct Digests {
    last: Mutex<Option<Made>>,
    made: AtomicU64,
    /// Held by who makes one that others wait for.
    first: Mutex<()>,
    is_made: AtomicBool,
}

#[derive(Debug, Clone)]
struct Made {
    digest: Arc<Digest>,
    of: Version,
    took: Duration,
    at: Instant,
}

impl Digests {
    /// The digest of the record, of this state or, where that takes long, of one before.
    pub(crate) fn get(room: &Arc<Room>, reader: &Reader, version: Version) -> Result<Arc<Digest>, ApiError> {
        let digests = &room.digests;
        if let Some(made) = digests.usable(version) {
            if made.of != version && made.at.elapsed() > made.took * SERVES && !digests.is_made.swap(true, Ordering::SeqCst) {
                let room = room.clone();
                tokio::task::spawn_blocking(move || {
                    if let Err(error) = room.pool.reader().and_then(|mut borrowed| room.digests.make(borrowed.get()?, version)) {
                        tracing::warn!(%error, "the record could not be counted");
                    }
                    room.digests.is_made.store(false, Ordering::SeqCst);
                });
            }
            return Ok(made.digest);
        }
        let _first = digests.first.lock().unwrap_or_else(PoisonError::into_inner);
        match digests.usable(version) {
            Some(made) => Ok(made.digest),
            None => digests.make(reader, version),
        }
    }

    /// How many were made so far.
    pub(crate) fn made(&self) -> u64 {
        self.made.load(Ordering::SeqCst)
    }

    /// The last one, if it is of this state or may serve for it.
    fn usable(&self, version: Version) -> Option<Made> {
        let last = self.last();
        last.as_ref().filter(|made| made.of == version || (made.of.file == version.file && made.took > QUICK)).cloned()
    }

    fn make(&self, reader: &Reader, of: Version) -> Result<Arc<Digest>, ApiError> {
        let begun = Instant::now();
        let digest = Arc::new(reader.digest()?);
        *self.last() = Some(Made { digest: digest.clone(), of, took: begun.elapsed(), at: Instant::now() });
        self.made.fetch_add(1, Ordering::SeqCst);
        Ok(digest)
    }

    fn last(&self) -> MutexGuard<'_, Option<Made>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
