//! Batches of coded dispatches into the record, and the summary of a run.
//!
//! In go answers in the order of the input; a batch is written when it is large or old enough, and each of its dispatches acknowledged then. What the record cannot take ends the run; what was
//! acknowledged stays.

use crate::Outcome;
use crate::arguments::SummaryOutput;
use crate::diagnostics::Failure;
use depeche_resolve::Resolver;
use depeche_store::{Kept, Prepared, RunKey, Store};
use serde::Serialize;
use std::io::{StdoutLock, Write};
use std::time::{Duration, Instant};

/// The most dispatches of a transaction.
const BATCH: usize = 128;
/// How long a coded dispatch waits for its transaction.
const PATIENCE: Duration = Duration::from_millis(500);

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

/// Writes a run's dispatches.
pub(super) struct Keeping<'run> {
    store: Store,
    run: RunKey,
    resolver: &'run Resolver,
    pending: Vec<Answer>,
    since: Instant,
    summary: Summary,
    out: Option<StdoutLock<'static>>,
}

impl<'run> Keeping<'run> {
    pub(super) fn new(store: Store, run: RunKey, resolver: &'run Resolver, to: SummaryOutput) -> Keeping<'run> {
        let out = (to == SummaryOutput::Jsonl).then(|| std::io::stdout().lock());
        Keeping { store, run, resolver, pending: Vec::new(), since: Instant::now(), summary: Summary::default(), out }
    }

    /// Takes an answer, and writes the batch if it is time.
    pub(super) fn take(&mut self, answer: Answer) -> Result<(), Failure> {
        if self.pending.is_empty() {
            self.since = Instant::now();
        }
        self.pending.push(answer);
        if self.pending.len() >= BATCH || self.since.elapsed() >= PATIENCE { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Failure> {
        let (mut ids, mut batch) = (Vec::with_capacity(self.pending.len()), Vec::new());
        for answer in self.pending.drain(..) {
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
            if self.out.is_some() {
                lines.extend(line_of(&line)?);
            }
        }
        self.put(&lines)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Failure::of_output(&error))
    }

    /// Writes what is left and the summary; `refused` inputs never came here.
    pub(super) fn finish(mut self, refused: u64) -> Result<Outcome, Failure> {
        self.write()?;
        self.store.tidy()?;
        self.summary.read += refused;
        self.summary.refused = refused;
        self.summary.happenings = self.store.reader()?.size()?.happenings;
        let Summary { read, new, known, refused, events, happenings } = &self.summary;
        let line = match self.out {
            Some(_) => line_of(&self.summary)?,
            None => format!(
                "{read} read: {new} new, {known} known, {refused} refused; {events} events; {happenings} happenings in the record\n"
            )
            .into_bytes(),
        };
        self.out.get_or_insert_with(|| std::io::stdout().lock());
        self.put(&line)?;
        Ok(if self.summary.refused == 0 { Outcome::Complete } else { Outcome::SomeRefused })
    }
}

fn line_of<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    let mut line = serde_json::to_vec(value).map_err(|error| Failure::of_output(&error.into()))?;
    line.push(b'\n');
    Ok(line)
}
