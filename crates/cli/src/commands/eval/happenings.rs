//! `depeche eval happenings`: gold in either of its forms, against a record or what another program made of the same events.
//!
//! In go two files; out comes the sheet. A record answers for its coded events too, which gold of dispatches is held against by type and trigger.

use super::{open, records, records_of, show, some_of};
use crate::Outcome;
use crate::arguments::ShownArguments;
use crate::diagnostics::{Diagnostic, Failure, tell};
use depeche_eval::coded::Coded;
use depeche_eval::happenings::{InHappening, score, score_groups};
use depeche_eval::{events, unpaired};
use depeche_store::{Filter, Reader, StoreError};
use serde::Deserialize;
use serde_json::Value;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// What the first bytes of a record are.
const SQLITE: &[u8] = b"SQLite format 3\0";

pub(super) fn run(gold: &Path, output: &Path, shown: &ShownArguments) -> Result<Outcome, Failure> {
    let mut read = Vec::new();
    let failed = |error: io::Error| Diagnostic::error(format!("{}: {error}", gold.display())).hint("check the path");
    open(gold)?.read_to_end(&mut read).map_err(failed)?;
    if is_of_dispatches(&read) {
        if !is_record(output) {
            let told = Diagnostic::error(format!("{}: it is no record, which gold of whole dispatches is held against", output.display()));
            return Err(Failure::Usage(told.hint("name the record, or give gold of lines with `dispatch`, `event` and `happening`")));
        }
        let dispatches: Vec<events::GoldDispatch> = records_of(read.as_slice(), gold)?;
        let reader = Reader::open(output)?;
        let coded = coded(&reader)?;
        let missing = unpaired(dispatches.iter().map(|gold| gold.id.as_str()), coded.iter().map(|coded| coded.id.as_str())).only_first;
        tell_missing(output, &missing, "what gold has of it counts as missed");
        return show(&score(&dispatches, &coded, &put(&reader)?), shown);
    }
    let wanted: Vec<InHappening> = records_of(read.as_slice(), gold)?;
    let put = if is_record(output) { put(&Reader::open(output)?)? } else { records(output)? };
    let ids = |events: &[InHappening]| events.iter().map(|event| format!("{}#{}", event.dispatch, event.event)).collect::<Vec<_>>();
    let (of_gold, found) = (ids(&wanted), ids(&put));
    let missing = unpaired(of_gold.iter().map(String::as_str), found.iter().map(String::as_str)).only_first;
    tell_missing(output, &missing, "it counts as a happening of its own");
    show(&score_groups(&wanted, &put), shown)
}

fn tell_missing(output: &Path, missing: &[String], hint: &str) {
    if !missing.is_empty() {
        tell(&Diagnostic::warning(format!("{} has no {}", output.display(), some_of(missing))).hint(hint));
    }
}

/// Whether gold's first line is a dispatch, not an event.
fn is_of_dispatches(gold: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Line {
        events: Option<Value>,
        happening: Option<Value>,
    }
    let first = gold.split(|&byte| byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let line = first.and_then(|line| serde_json::from_slice::<Line>(line).ok());
    line.is_some_and(|line| line.events.is_some() && line.happening.is_none())
}

fn is_record(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(SQLITE.len() as u64).read_to_end(&mut head));
    read.is_ok() && head == SQLITE
}

/// The happening that every event of a record was put into.
fn put(reader: &Reader) -> Result<Vec<InHappening>, Failure> {
    let happenings = reader.timeline(&Filter::default())?;
    let events = happenings.into_iter().flat_map(|happening| {
        let id = Value::from(happening.id);
        happening.reports.into_iter().map(move |report| InHappening {
            dispatch: report.dispatch,
            event: report.event,
            happening: id.clone(),
        })
    });
    Ok(events.collect())
}

/// The coded dispatches of a record, as scorers read them.
fn coded(reader: &Reader) -> Result<Vec<Coded>, Failure> {
    let mut all = Vec::new();
    reader.each_coded(|coded| {
        // What a scorer does not know of a dispatch it reads over, so that this cannot fail.
        all.extend(serde_json::to_value(coded).and_then(serde_json::from_value::<Coded>).ok());
        Ok::<_, StoreError>(())
    })?;
    Ok(all)
}
