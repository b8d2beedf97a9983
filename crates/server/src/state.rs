//! What all requests share, and how a question is put to the record.

use crate::code::Coders;
use crate::digests::Digests;
use crate::error::ApiError;
use crate::kept::Kept;
use crate::metrics::Metrics;
use crate::options::Options;
use crate::pool::{Pool, Version};
use crate::watch::News;
use depeche_store::{Digest, Reader};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{Semaphore, broadcast, watch};

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) options: Options,
    pub(crate) is_loopback: bool,
    pub(crate) pool: Pool,
    pub(crate) digests: Digests,
    pub(crate) metrics: Metrics,
    pub(crate) coders: Coders,
    pub(crate) kept: Kept,
    pub(crate) exports: Arc<Semaphore>,
    pub(crate) streams: Arc<Semaphore>,
    pub(crate) news: broadcast::Sender<News>,
    /// True when the server is about to end.
    pub(crate) ending: watch::Sender<bool>,
    /// Tells the answers of this run from those of others.
    pub(crate) run: u64,
}

/// The record as a question sees it.
pub(crate) struct Record<'question> {
    room: &'question Arc<Room>,
    pub(crate) reader: &'question Reader,
}

impl Record<'_> {
    /// Which state of the record is there now.
    pub(crate) fn version(&self) -> Result<Version, ApiError> {
        self.room.pool.version()
    }

    /// What is counted over the whole record.
    pub(crate) fn digest(&self) -> Result<Arc<Digest>, ApiError> {
        let version = self.room.pool.version()?;
        Digests::get(self.room, self.reader, version)
    }
}

impl Room {
    pub(crate) fn new(options: Options, is_loopback: bool) -> Room {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Room {
            is_loopback,
            pool: Pool::new(&options),
            digests: Digests::default(),
            metrics: Metrics::default(),
            coders: Coders::new(&options),
            kept: Kept::default(),
            exports: Arc::new(Semaphore::new(options.exports)),
            streams: Arc::new(Semaphore::new(options.streams)),
            news: broadcast::channel(256).0,
            ending: watch::channel(false).0,
            run: since.map_or(0, |since| since.as_millis() as u64),
            options,
        }
    }

    /// Does work that blocks, when it is its turn.
    pub(crate) async fn run<Answer: Send + 'static>(
        self: Arc<Room>,
        work: impl FnOnce(&Arc<Room>) -> Result<Answer, ApiError> + Send + 'static,
    ) -> Result<Answer, ApiError> {
        let turn = self.pool.turn().await?;
        let room = self.clone();
        // The turn ends with the work, also where nobody waits for its answer any more.
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&room)
        });
        done.await.map_err(|error| ApiError::broken(format!("the question ended in a fault: {error}")))?
    }

    /// Puts a question to the record, when it is its turn.
    pub(crate) async fn ask<Answer: Send + 'static>(
        self: Arc<Room>,
        question: impl FnOnce(&Record<'_>) -> Result<Answer, ApiError> + Send + 'static,
    ) -> Result<Answer, ApiError> {
        let deadline = Instant::now() + self.options.request_time;
        let work = move |room: &Arc<Room>| {
            let mut borrowed = room.pool.reader()?;
            let reader = borrowed.get()?;
            reader.set_deadline(Some(deadline))?;
            question(&Record { room, reader })
        };
        self.run(work).await
    }
}
