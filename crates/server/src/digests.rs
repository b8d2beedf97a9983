//! What is counted over the whole record, made once for every state of it.
//!
//! In goes a reader and the state of its record; out comes the digest of it. Of a record that takes long to count, and is being written, the digest of the state before is given while the next is made.

use crate::error::ApiError;
use crate::pool::Version;
use crate::state::Room;
use depeche_store::{Digest, Reader};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A digest that takes no longer is made at once.
const QUICK: Duration = Duration::from_millis(200);

/// The last digest.
#[derive(Debug, Default)]
pub(crate) struct Digests {
    last: Mutex<Option<Made>>,
    making: AtomicBool,
}

#[derive(Debug, Clone)]
struct Made {
    digest: Arc<Digest>,
    of: Version,
    took: Duration,
}

impl Digests {
    /// The digest of the record, of this state or, where that takes long, of the one before.
    pub(crate) fn get(room: &Arc<Room>, reader: &Reader, version: Version) -> Result<(Arc<Digest>, Version), ApiError> {
        let digests = &room.digests;
        let mut last = digests.last();
        match &*last {
            Some(made) if made.of == version => Ok((made.digest.clone(), made.of)),
            Some(made) if made.of.file == version.file && made.took > QUICK => {
                let answer = (made.digest.clone(), made.of);
                drop(last);
                if !digests.making.swap(true, Ordering::SeqCst) {
                    let room = room.clone();
                    tokio::task::spawn_blocking(move || {
                        if let Err(error) = remake(&room, version) {
                            tracing::warn!(%error, "the record could not be counted");
                        }
                        room.digests.making.store(false, Ordering::SeqCst);
                    });
                }
                Ok(answer)
            }
            _ => {
                let made = make(reader, version)?;
                let answer = (made.digest.clone(), made.of);
                *last = Some(made);
                Ok(answer)
            }
        }
    }

    /// Of which state the last digest is.
    pub(crate) fn version(&self) -> Option<Version> {
        self.last().as_ref().map(|made| made.of)
    }

    fn last(&self) -> MutexGuard<'_, Option<Made>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make(reader: &Reader, of: Version) -> Result<Made, ApiError> {
    let begun = Instant::now();
    let digest = Arc::new(reader.digest()?);
    Ok(Made { digest, of, took: begun.elapsed() })
}

fn remake(room: &Room, of: Version) -> Result<(), ApiError> {
    let mut reader = room.pool.reader()?;
    let made = make(reader.get()?, of)?;
    *room.digests.last() = Some(made);
    Ok(())
}
