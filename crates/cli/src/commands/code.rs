//! `depeche code`: dispatches to coded dispatches.

use crate::Outcome;
use crate::arguments::{CodeArguments, CodeOutput};
use crate::commands::{actor_lists, packs};
use crate::diagnostics::{Diagnostic, Failure, tell};
use crate::inputs::{self, Written};
use crate::models::catalogue;
use crate::output::rows::Rows;
use crate::output::style::Style;
use crate::output::timeline::Timeline;
use crate::output::timeml::{self, Documents};
use depeche::record::{CodedDispatch, Warning};
use depeche::{Coder, CoderOptions, ExtractOptions, Layer, Layers, warnings};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::mem::ManuallyDrop;

pub(crate) fn run(arguments: &CodeArguments) -> Result<Outcome, Failure> {
    packs::refuse_missing_folders(&arguments.packs)?;
    let (actor_lists, lists) = actor_lists::read(&arguments.actors, &arguments.packs)?;
    // The system takes the tables of a program that ends back faster than the program could.
    let coder = ManuallyDrop::new(Coder::new(CoderOptions {
        pack_folders: arguments.packs.clone(),
        actor_lists,
        layers: layers(arguments),
        min_confidence: arguments.min_confidence,
        explain: arguments.explain,
        extract: ExtractOptions { keep_all: arguments.keep_all },
        ..CoderOptions::default()
    })?);
    let mut sink = Sink::new(arguments.to).map_err(|error| Failure::of_output(&error))?;
    let mut uncoded = Uncoded::default();
    let outcome = inputs::run(
        &arguments.input,
        if arguments.to == CodeOutput::Table { Written::AtTheEnd } else { Written::Along },
        |items| coder.code_batch(&items).into_iter().map(|coded| Answer::new(coded, arguments.to)).collect(),
        |answer, teller| {
            teller.tell_warnings(&answer.coded.id, &answer.coded.warnings);
            uncoded.note(answer.coded.dispatch.language.as_deref(), &answer.coded.warnings);
            sink.take(&answer).map_err(|error| Failure::of_output(&error))
        },
    )?;
    sink.finish().map_err(|error| Failure::of_output(&error))?;
    let cures = uncoded.cures();
    cures.iter().for_each(tell);
    Ok(if cures.is_empty() && lists == Outcome::Complete { outcome } else { Outcome::SomeRefused })
}

/// What to fill: what was asked for, else all, but for TimeML, which holds times alone.
fn layers(arguments: &CodeArguments) -> Layers {
    arguments.layers.unwrap_or_else(|| match arguments.to {
        CodeOutput::Timeml => Layers::NONE.with(Layer::Time),
        CodeOutput::Jsonl | CodeOutput::Table | CodeOutput::Csv => Layers::default(),
    })
}

/// A coded dispatch on its way out, as JSON or TimeML already where that is wanted: the workers have the time to write it.
struct Answer {
    coded: CodedDispatch,
    written: Vec<u8>,
}

impl Answer {
    fn new(coded: CodedDispatch, to: CodeOutput) -> Result<Answer, Diagnostic> {
        let refused = |error: &dyn Display| Diagnostic::error(format!("{}: {error}", coded.id));
        let written = match to {
            CodeOutput::Jsonl => {
                let mut json = serde_json::to_vec(&coded).map_err(|error| refused(&error))?;
                json.push(b'\n');
                json
            }
            CodeOutput::Timeml => timeml::document(&coded).map_err(|error| refused(&error))?,
            CodeOutput::Table | CodeOutput::Csv => Vec::new(),
        };
        Ok(Answer { coded, written })
    }
}

/// Where coded dispatches go.
enum Sink {
    Jsonl(BufWriter<StdoutLock<'static>>),
    Table(Timeline),
    Csv(Box<Rows<BufWriter<StdoutLock<'static>>>>),
    Timeml(Documents<BufWriter<StdoutLock<'static>>>),
}

impl Sink {
    fn new(to: CodeOutput) -> io::Result<Sink> {
        let out = || BufWriter::new(io::stdout().lock());
        Ok(match to {
            CodeOutput::Jsonl => Sink::Jsonl(out()),
            CodeOutput::Table => Sink::Table(Timeline::new(Style::of_stdout())),
            CodeOutput::Csv => Sink::Csv(Box::new(Rows::new(out())?)),
            CodeOutput::Timeml => Sink::Timeml(Documents::new(out())),
        })
    }

    fn take(&mut self, answer: &Answer) -> io::Result<()> {
        match self {
            Sink::Jsonl(out) => out.write_all(&answer.written),
            Sink::Table(timeline) => {
                timeline.add(&answer.coded);
                Ok(())
            }
            Sink::Csv(rows) => rows.add(&answer.coded),
            Sink::Timeml(documents) => documents.add(&answer.written),
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
            Sink::Timeml(documents) => documents.finish(),
        }
    }
}

/// The languages whose sentences could not be coded for want of a model.
#[derive(Debug, Default)]
pub(crate) struct Uncoded {
    /// Dispatches without a model, by language.
    missing: BTreeMap<String, usize>,
    /// Languages whose model cannot be opened.
    broken: BTreeSet<String>,
}

impl Uncoded {
    /// Takes note of what a coding in a language warns of.
    pub(crate) fn note(&mut self, language: Option<&str>, warnings: &[Warning]) {
        let language = || language.unwrap_or_default().to_owned();
        for warning in warnings {
            if warning.code == warnings::NO_MODEL {
                *self.missing.entry(language()).or_default() += 1;
            } else if warning.code == warnings::BROKEN_MODEL {
                self.broken.insert(language());
            }
        }
    }

    /// What to do about it, an error each.
    pub(crate) fn cures(&self) -> Vec<Diagnostic> {
        let broken = self.broken.iter().map(|language| {
            Diagnostic::error(format!(
                "the model of `{language}` cannot be used, so that nothing was coded from sentences in that language"
            ))
            .hint(format!("add it again: {}", catalogue::how_to_add(language)))
        });
        broken.chain(missing_models(&self.missing)).collect()
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
