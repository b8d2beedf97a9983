//! `depeche actors`: what a user decides of the actors of a record.
//!
//! In go a record and two actors or forms, by id or by name; out come the actors that they are of then. A decision is kept: neither newer dispatches nor `recode` takes it back. Without a decision
//! to make, out come those that were made, or the forms of one actor.

use crate::Outcome;
use crate::arguments::{ActorsArguments, ActorsCommand, AnswerOutput, Decided};
use crate::commands::packs;
use crate::commands::query::write;
use crate::diagnostics::Failure;
use depeche::packs::PackFiles;
use depeche_exchange::Cells;
use depeche_resolve::{Form, Resolver};
use depeche_store::{ActorRow, Filter, Reader, Store, Verdict};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// A form as a row.
#[derive(Serialize)]
struct FormRow(Form);

pub(crate) fn run(arguments: &ActorsArguments) -> Result<Outcome, Failure> {
    let path = &arguments.record.db;
    match &arguments.command {
        ActorsCommand::List { to } => answer(&Reader::open(path)?.decisions()?, *to),
        ActorsCommand::Forms { actor, to } => {
            let reader = Reader::open(path)?;
            let forms = reader.forms_of(&reader.actor_of(actor)?)?;
            answer(&forms.into_iter().map(FormRow).collect::<Vec<_>>(), *to)
        }
        ActorsCommand::Merge(decided) => decide(arguments, decided, Verdict::Merge),
        ActorsCommand::Split(decided) => decide(arguments, decided, Verdict::Split),
        ActorsCommand::Undo(decided) => decide(arguments, decided, Verdict::Undecided),
    }
}

fn decide(arguments: &ActorsArguments, decided: &Decided, verdict: Verdict) -> Result<Outcome, Failure> {
    packs::refuse_missing_folders(&decided.packs)?;
    let mut store = Store::open_existing(&arguments.record.db)?;
    let files = decided.packs.iter().try_fold(PackFiles::built_in(), |files, folder| files.overlay(folder))?;
    let touched = store.decide_actors(&decided.one, &decided.other, verdict, &Resolver::load(&files)?)?;
    let reader = store.reader()?;
    let mut actors: Vec<ActorRow> = Vec::new();
    for form in touched {
        let of_form = reader.actors(&Filter { actors: vec![form], ..Filter::default() })?;
        actors.extend(of_form.into_iter().filter(|actor| actors.iter().all(|known| known.id != actor.id)).collect::<Vec<_>>());
    }
    drop(reader);
    drop(store);
    answer(&actors, decided.to)
}

fn answer<Row: Cells + Serialize>(rows: &[Row], to: AnswerOutput) -> Result<Outcome, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out, rows, to).and_then(|()| out.flush()).map_err(|error| Failure::of_output(&error))?;
    Ok(Outcome::Complete)
}

impl Cells for FormRow {
    const COLUMNS: &'static [&'static str] = &["id", "kind", "country", "wikidata", "names"];

    fn cells(&self) -> Vec<String> {
        let Form { id, kind, country, wikidata, names, .. } = &self.0;
        let blank = |value: &Option<String>| value.clone().unwrap_or_default();
        let kind = serde_json::to_value(kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
        vec![id.clone(), blank(&kind), blank(country), blank(wikidata), names.join("; ")]
    }
}
