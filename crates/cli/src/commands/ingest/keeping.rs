//! Batches of coded dispatches into the record, and the summary of a run.
//!
//! In go answers in the order of the input; a batch is written when it is large or old enough, on a thread of its own while the next is coded, and each of its dispatches acknowledged then. What the record
//! cannot take ends the run; what was acknowledged stays.

use crate::Outcome;
use crate::arguments::SummaryOutput;
use crate::diagnostics::Failure;
use depeche_resolve::Resolver;
use depeche_store::{Kept, Prepared, RunKey, Store};
use serde::Serialize;
use std::io::Write;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// The most dispatches of a transaction. What several of them reach is decided and written once, which tells the more the larger the record is.
const BATCH: usize = 8192;
/// The most bytes of their texts.
const BATCH_BYTES: usize = 8 << 20;
/// How long a coded dispatch waits for its transaction: a tenth of the time that the run has taken, between these.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(16));
/// Towards the end of what is read, the share of the time that is left for which it waits at the most: not much is to be written when nothing is left to be coded beside it.
const SHARE_LEFT: f64 = 0.25;

/// What became of an item before it is written.
pub(super) enum Answer {
    /// The record has it.
    Known(String),
    /// It is coded.
    Ready(Box<Prepared>),
}

/// A run's summary.
#[derive(Debug, Default, Serialize)]
struct Summary {
    read: u64,
    new: u64,
    known: u64,
    refused: u64,
    /// Of the new dispatches.
    events: u64,
    /// In all the record.
    happenings: u64,
}

/// An acknowledgement.
#[derive(Serialize)]
struct Acknowledged<'run> {
    dispatch: &'run str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<usize>,
}

/// Gathers a run's dispatches for whoever writes them.
pub(super) struct Keeping<'scope, 'run> {
    pending: Vec<Answer>,
    bytes: usize,
    begun: Instant,
    since: Instant,
    batches: SyncSender<Vec<Answer>>,
    /// Until it was asked what it ended with.
    writer: Option<ScopedJoinHandle<'scope, Result<Writer<'run>, Failure>>>,
}

impl<'scope, 'run: 'scope> Keeping<'scope, 'run> {
    /// Starts the thread that writes.
    pub(super) fn start(
        scope: &'scope Scope<'scope, '_>,
        store: Store,
        run: RunKey,
        resolver: &'run Resolver,
        to: SummaryOutput,
    ) -> Keeping<'scope, 'run> {
        // One batch is written, one is gathered.
        let (batches, waiting) = sync_channel::<Vec<Answer>>(0);
        let mut writer = Writer { store, run, resolver, summary: Summary::default(), acknowledges: to == SummaryOutput::Jsonl };
        let writer = scope.spawn(move || waiting.into_iter().try_for_each(|batch| writer.write(batch)).map(|()| writer));
        Keeping { pending: Vec::new(), bytes: 0, begun: Instant::now(), since: Instant::now(), batches, writer: Some(writer) }
    }

    /// Takes an answer, and hands the batch on if it is time and nothing is being written, or there is no room for more; `read` is the share of the input that was read, where it is known.
    pub(super) fn take(&mut self, answer: Answer, read: Option<f64>) -> Result<(), Failure> {
        if self.pending.is_empty() {
            self.since = Instant::now();
        }
        self.bytes += match &answer {
            Answer::Ready(prepared) => prepared.text().len(),
            Answer::Known(id) => id.len(),
        };
        self.pending.push(answer);
        let is_full = self.pending.len() >= BATCH || self.bytes >= BATCH_BYTES;
        if !is_full && self.since.elapsed() < self.patience(read) {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.pending);
        let sent = if is_full { self.batches.send(batch).map_err(TrySendError::from) } else { self.batches.try_send(batch) };
        match sent {
            Ok(()) => self.bytes = 0,
            Err(TrySendError::Full(batch)) => self.pending = batch,
            // Whoever wrote has ended with a failure, which the run now ends with.
            Err(TrySendError::Disconnected(_)) => return self.writer.take().map_or(Ok(()), |writer| joined(writer).map(|_| ())),
        }
        Ok(())
    }

    /// How long a dispatch waits by now.
    fn patience(&self, read: Option<f64>) -> Duration {
        let (least, most) = PATIENCE;
        let elapsed = self.begun.elapsed();
        let left = read.filter(|read| *read > 0.0).map_or(f64::INFINITY, |read| elapsed.as_secs_f64() * (1.0 - read).max(0.0) / read);
        let share = Duration::try_from_secs_f64(left * SHARE_LEFT).unwrap_or(most);
        (elapsed / 10).min(share).clamp(least, most)
    }

    /// Writes what is left and the summary; `refused` inputs never came here.
    pub(super) fn finish(mut self, refused: u64) -> Result<Outcome, Failure> {
        let last = std::mem::take(&mut self.pending);
        let Keeping { batches, writer, .. } = self;
        // Where nobody takes it any more, joining tells why.
        let _ = batches.send(last);
        drop(batches);
        match writer {
            Some(writer) => joined(writer)?.finish(refused),
            None => Ok(Outcome::SomeRefused),
        }
    }
}

/// Writes a run's dispatches.
struct Writer<'run> {
    store: Store,
    run: RunKey,
    resolver: &'run Resolver,
    summary: Summary,
    acknowledges: bool,
}

impl Writer<'_> {
    fn write(&mut self, answers: Vec<Answer>) -> Result<(), Failure> {
        let (mut ids, mut batch) = (Vec::with_capacity(answers.len()), Vec::new());
        for answer in answers {
            match answer {
                Answer::Known(id) => ids.push((id, true)),
                Answer::Ready(prepared) => {
                    ids.push((prepared.id().to_owned(), false));
                    batch.push(*prepared);
                }
            }
        }
        let mut kept = if batch.is_empty() { Vec::new() } else { self.store.ingest(batch, self.run, self.resolver)? }.into_iter();
        let mut lines = Vec::new();
        for (id, known) in ids {
            let outcome = if known { Kept::Known } else { kept.next().unwrap_or(Kept::Known) };
            self.summary.read += 1;
            let line = match &outcome {
                Kept::New { id, events } => {
                    self.summary.new += 1;
                    self.summary.events += *events as u64;
                    Acknowledged { dispatch: id, outcome: "new", events: Some(*events) }
                }
                Kept::Known => {
                    self.summary.known += 1;
                    Acknowledged { dispatch: &id, outcome: "known", events: None }
                }
            };
            if self.acknowledges {
                lines.extend(line_of(&line)?);
            }
        }
        put(&lines)
    }

    fn finish(mut self, refused: u64) -> Result<Outcome, Failure> {
        self.store.tidy()?;
        self.summary.read += refused;
        self.summary.refused = refused;
        self.summary.happenings = self.store.reader()?.size()?.happenings;
        let Summary { read, new, known, refused, events, happenings } = &self.summary;
        put(&if self.acknowledges {
            line_of(&self.summary)?
        } else {
            let told = format!(
                "{read} read: {new} new, {known} known, {refused} refused; {events} events; {happenings} happenings in the record\n"
            );
            told.into_bytes()
        })?;
        Ok(if self.summary.refused == 0 { Outcome::Complete } else { Outcome::SomeRefused })
    }
}

/// What a thread that writes ended with.
fn joined<'run>(writer: ScopedJoinHandle<'_, Result<Writer<'run>, Failure>>) -> Result<Writer<'run>, Failure> {
    writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn put(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Failure::of_output(&error))
}

fn line_of<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    let mut line = serde_json::to_vec(value).map_err(|error| Failure::of_output(&error.into()))?;
    line.push(b'\n');
    Ok(line)
}
