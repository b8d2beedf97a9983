//! `depeche ingest`: dispatches into a record, once each.
//!
//! In go dispatches, or what `depeche code` wrote of them; they are coded side by side and written by one, a transaction a batch. What the record knows is not coded again, so that a run that was
//! interrupted goes on where it ended. A dispatch is acknowledged (`--to jsonl`) when it is safe on the disk.

mod coded_lines;
mod keeping;

use crate::Outcome;
use crate::arguments::{CodingArguments, IngestArguments, IngestFormat, SummaryOutput};
use crate::commands::code::Uncoded;
use crate::commands::{actor_lists, packs};
use crate::diagnostics::{Diagnostic, Failure, tell};
use crate::inputs::{self, Written};
use depeche::packs::PackFiles;
use depeche::{Coder, CoderOptions, Item};
use depeche_resolve::Resolver;
use depeche_store::{Prepared, Reader, Run, Store, content_of};
use keeping::{Answer, Keeping};
use std::mem::ManuallyDrop;
use std::sync::{Mutex, PoisonError};
use std::thread;

pub(crate) fn run(arguments: &IngestArguments) -> Result<Outcome, Failure> {
    packs::refuse_missing_folders(&arguments.coding.packs)?;
    let store = Store::open(&arguments.record.db)?;
    let resolver = resolver(&arguments.coding)?;
    match arguments.from {
        Some(IngestFormat::Coded) => keep_coded(arguments, store, &resolver),
        Some(IngestFormat::Input(_)) | None => code_and_keep(arguments, store, &resolver),
    }
}

/// What holds dispatches against one another.
pub(crate) fn resolver(arguments: &CodingArguments) -> Result<Resolver, Failure> {
    let files = arguments.packs.iter().try_fold(PackFiles::built_in(), |files, folder| files.overlay(folder))?;
    Ok(Resolver::load(&files)?)
}

/// What codes dispatches, and whether all of its lists could be read.
pub(crate) fn coder(arguments: &CodingArguments) -> Result<(ManuallyDrop<Coder>, Outcome), Failure> {
    let (actor_lists, outcome) = actor_lists::read(&arguments.actors, &arguments.packs)?;
    let options = CoderOptions { pack_folders: arguments.packs.clone(), actor_lists, ..CoderOptions::default() };
    // The system takes the tables of a program that ends back faster than the program could.
    Ok((ManuallyDrop::new(Coder::new(options)?), outcome))
}

/// The versions that a coder stands for, as a record keeps them.
pub(crate) fn run_of(coder: &Coder) -> Run {
    let versions = coder.versions();
    Run { program: versions.program, packs: versions.packs, models: versions.models }
}

fn code_and_keep(arguments: &IngestArguments, store: Store, resolver: &Resolver) -> Result<Outcome, Failure> {
    let (coder, lists) = coder(&arguments.coding)?;
    let run = store.run(&run_of(&coder))?;
    let known = Mutex::new(store.reader()?);
    let mut uncoded = Uncoded::default();
    let written = if arguments.to == SummaryOutput::Jsonl { Written::Along } else { Written::AtTheEnd };
    let outcome = thread::scope(|scope| {
        let mut keeping = Keeping::start(scope, store, run, resolver, arguments.to);
        let ran = inputs::run_counting(
            &arguments.input(),
            written,
            |items| code_new(&coder, resolver, &known, items),
            |answer, teller| {
                if let Answer::Ready(prepared) = &answer {
                    teller.tell_warnings(prepared.id(), prepared.warnings());
                    uncoded.note(prepared.language(), prepared.warnings());
                }
                keeping.take(answer, teller.read())
            },
        );
        // The last to close the file takes the log away, which a reader cannot.
        drop(known);
        keeping.finish(ran?)
    })?;
    let cures = uncoded.cures();
    cures.iter().for_each(tell);
    Ok(if cures.is_empty() && lists == Outcome::Complete { outcome } else { Outcome::SomeRefused })
}

/// Codes those items of a batch that the record does not know.
fn code_new(coder: &Coder, resolver: &Resolver, known: &Mutex<Reader>, items: Vec<Item>) -> Vec<Result<Answer, Diagnostic>> {
    let is_known = |item: &Item| {
        let known = known.lock().unwrap_or_else(PoisonError::into_inner);
        // Where the record cannot be asked, the one that writes finds out.
        content_of(&item.source_sha256).is_some_and(|content| known.knows(&content).unwrap_or(false))
    };
    let (mut answers, mut new) = (Vec::with_capacity(items.len()), Vec::new());
    for item in items {
        if is_known(&item) {
            answers.push(Some(Ok(Answer::Known(item.id))));
        } else {
            answers.push(None);
            new.push(item);
        }
    }
    let mut coded = coder.code_batch(&new).into_iter();
    let prepare = |coded| Prepared::new(coded, resolver).map(|prepared| Answer::Ready(Box::new(prepared))).map_err(Diagnostic::from);
    answers.into_iter().filter_map(|answer| answer.or_else(|| coded.next().map(prepare))).collect()
}

/// Keeps what was coded elsewhere, by versions that nobody knows.
fn keep_coded(arguments: &IngestArguments, store: Store, resolver: &Resolver) -> Result<Outcome, Failure> {
    let run = store.run(&Run::default())?;
    thread::scope(|scope| {
        let mut keeping = Keeping::start(scope, store, run, resolver, arguments.to);
        let refused = coded_lines::each(&arguments.input(), resolver, |prepared| keeping.take(Answer::Ready(Box::new(prepared)), None))?;
        keeping.finish(refused)
    })
}
