//! `depeche recode`: what a record holds, coded again with newer packs or models.
//!
//! In goes a record; what other versions coded is coded again from the text that the record keeps, a transaction a batch, and ids stay. An interrupted run goes on where it ended.

use crate::Outcome;
use crate::arguments::RecodeArguments;
use crate::commands::code::Uncoded;
use crate::commands::ingest::{coder, resolver, run_of};
use crate::commands::packs;
use crate::diagnostics::{Diagnostic, Failure, tell};
use depeche::record::CodedDispatch;
use depeche::stream::{default_jobs, in_order};
use depeche_store::{Reader, RunKey, Store, StoreError};
use std::io::Write;
use std::ops::ControlFlow;

/// Dispatches of a transaction.
const BATCH: usize = 64;

pub(crate) fn run(arguments: &RecodeArguments) -> Result<Outcome, Failure> {
    packs::refuse_missing_folders(&arguments.coding.packs)?;
    let mut store = Store::open_existing(&arguments.record.db)?;
    let resolver = resolver(&arguments.coding)?;
    let (coder, lists) = coder(&arguments.coding)?;
    let run = store.run(&run_of(&coder))?;
    let reader = store.reader()?;
    let (mut batch, mut read, mut changed) = (Vec::new(), 0_u64, 0);
    let mut uncoded = Uncoded::default();
    let mut keep = |store: &mut Store, batch: &mut Vec<CodedDispatch>| -> Result<(), Failure> {
        changed += store.recode(std::mem::take(batch), run, &resolver)?;
        Ok(())
    };
    let ended = in_order(
        Outdated { reader, run, after: None, ready: Vec::new().into_iter() },
        arguments.jobs.unwrap_or_else(default_jobs),
        |coded| coded.as_ref().map_or(0, |coded| coded.dispatch.text.len()),
        |outdated| outdated.into_iter().map(|coded| coded.map(|coded| coder.code_again(&coded))).collect(),
        |answer: Result<CodedDispatch, StoreError>| {
            let taken = answer.map_err(Failure::from).and_then(|coded| {
                read += 1;
                uncoded.note(coded.dispatch.language.as_deref(), &coded.warnings);
                batch.push(coded);
                if batch.len() >= BATCH { keep(&mut store, &mut batch) } else { Ok(()) }
            });
            match taken {
                Ok(()) => ControlFlow::Continue(()),
                Err(failure) => ControlFlow::Break(failure),
            }
        },
    );
    match ended {
        Ok(None) => keep(&mut store, &mut batch)?,
        Ok(Some(failure)) => return Err(failure),
        Err(error) => {
            return Err(Diagnostic::error(format!("no threads to work with: {error}")).hint("ask for fewer with `--jobs`").into());
        }
    }
    store.tidy()?;
    let size = store.reader()?.size()?;
    let summary = format!(
        "{read} of {} dispatches coded again, {changed} of them changed; {} happenings in the record",
        size.dispatches, size.happenings
    );
    writeln!(std::io::stdout().lock(), "{summary}").map_err(|error| Failure::of_output(&error))?;
    let cures = uncoded.cures();
    cures.iter().for_each(tell);
    Ok(if cures.is_empty() { lists } else { Outcome::SomeRefused })
}

/// The dispatches that other versions coded, in the order in which they came.
struct Outdated {
    reader: Reader,
    run: RunKey,
    after: Option<String>,
    ready: std::vec::IntoIter<CodedDispatch>,
}

impl Iterator for Outdated {
    type Item = Result<CodedDispatch, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(coded) = self.ready.next() {
            self.after = Some(coded.id.clone());
            return Some(Ok(coded));
        }
        match self.reader.outdated_after(self.run, self.after.as_deref(), BATCH) {
            Ok(more) => {
                self.ready = more.into_iter();
                let coded = self.ready.next()?;
                self.after = Some(coded.id.clone());
                Some(Ok(coded))
            }
            Err(error) => Some(Err(error)),
        }
    }
}
