//! `depeche code`: dispatches to coded dispatches.

use crate::Outcome;
use crate::arguments::{CodeArguments, CodeOutput};
use crate::diagnostics::{Diagnostic, Failure, tell};
use crate::inputs::{self, Written};
use crate::models::catalogue;
use crate::output::rows::Rows;
use crate::output::style::Style;
use crate::output::timeline::Timeline;
use depeche::record::CodedDispatch;
use depeche::{Coder, CoderOptions, warnings};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, StdoutLock, Write};

pub(crate) fn run(arguments: &CodeArguments) -> Result<Outcome, Failure> {
    let coder = Coder::new(CoderOptions {
        pack_folders: arguments.packs.clone(),
        layers: arguments.layers,
        min_confidence: arguments.min_confidence,
        ..CoderOptions::default()
    })?;
    let mut sink = Sink::new(arguments.to).map_err(|error| Failure::of_output(&error))?;
    let mut without_model = BTreeMap::new();
    let as_json = arguments.to == CodeOutput::Jsonl;
    let outcome = inputs::run(
        &arguments.input,
        if arguments.to == CodeOutput::Table { Written::AtTheEnd } else { Written::Along },
        |items| coder.code_batch(&items).into_iter().map(|coded| Answer::new(coded, as_json)).collect(),
        |answer, teller| {
            teller.tell_warnings(&answer.coded.id, &answer.coded.warnings);
            count_missing_model(&answer.coded, &mut without_model);
            sink.take(&answer).map_err(|error| Failure::of_output(&error))
        },
    )?;
    sink.finish().map_err(|error| Failure::of_output(&error))?;
    Ok(match missing_models(&without_model) {
        Some(diagnostic) => {
            tell(&diagnostic);
            Outcome::SomeRefused
        }
        None => outcome,
    })
}

/// A coded dispatch on its way out, as JSON already where that is wanted: the workers have the time to write it.
struct Answer {
    coded: CodedDispatch,
    json: Vec<u8>,
}

impl Answer {
    fn new(coded: CodedDispatch, as_json: bool) -> Result<Answer, Diagnostic> {
        let mut json = Vec::new();
        if as_json {
            serde_json::to_writer(&mut json, &coded).map_err(|error| Diagnostic::error(format!("{}: {error}", coded.id)))?;
            json.push(b'\n');
        }
        Ok(Answer { coded, json })
    }
}

/// Where coded dispatches go.
enum Sink {
    Jsonl(BufWriter<StdoutLock<'static>>),
    Table(Timeline),
    Csv(Rows<BufWriter<StdoutLock<'static>>>),
}

impl Sink {
    fn new(to: CodeOutput) -> io::Result<Sink> {
        let out = || BufWriter::new(io::stdout().lock());
        Ok(match to {
            CodeOutput::Jsonl => Sink::Jsonl(out()),
            CodeOutput::Table => Sink::Table(Timeline::new(Style::of_stdout())),
            CodeOutput::Csv => Sink::Csv(Rows::new(out())?),
        })
    }

    fn take(&mut self, answer: &Answer) -> io::Result<()> {
        match self {
            Sink::Jsonl(out) => out.write_all(&answer.json),
            Sink::Table(timeline) => {
                timeline.add(&answer.coded);
                Ok(())
            }
            Sink::Csv(rows) => rows.add(&answer.coded),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Sink::Jsonl(mut out) => out.flush(),
            Sink::Table(timeline) => {
                let mut out = BufWriter::new(io::stdout().lock());
                timeline.write(&mut out)?;
                out.flush()
            }
            Sink::Csv(rows) => rows.finish(),
        }
    }
}

/// Counts the language of a dispatch that had no model.
fn count_missing_model(coded: &CodedDispatch, without_model: &mut BTreeMap<String, usize>) {
    if coded.warnings.iter().any(|warning| warning.code == warnings::NO_MODEL) {
        *without_model.entry(coded.dispatch.language.clone().unwrap_or_default()).or_default() += 1;
    }
}

/// What to do about models that are missing and could be there. A language that has no model at all is no fault of the run.
fn missing_models(without_model: &BTreeMap<String, usize>) -> Option<Diagnostic> {
    let missing: Vec<(&String, &usize)> = without_model.iter().filter(|(language, _)| catalogue::find(language).is_some()).collect();
    if missing.is_empty() {
        return None;
    }
    let counted: Vec<String> = missing
        .iter()
        .map(|(language, number)| match number {
            1 => format!("1 dispatch in `{language}`"),
            number => format!("{number} dispatches in `{language}`"),
        })
        .collect();
    let commands: Vec<String> = missing.iter().map(|(language, _)| format!("`depeche models add {language}`")).collect();
    Some(
        Diagnostic::error(format!("no language model, so that nothing was coded from the sentences of {}", counted.join(" and ")))
            .hint(format!("run {}", commands.join(" and "))),
    )
}
