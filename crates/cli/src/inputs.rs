//! The run over all inputs that the commands share: reading, work in parallel, progress, refusals.
//!
//! In go the input arguments and what is to be done with an item; out come the answers in the order of the input. A refused input is told
//! on standard error, counted, and the run goes on with the next.

use crate::Outcome;
use crate::arguments::InputArguments;
use crate::diagnostics::{Diagnostic, Failure, Teller};
use depeche::stream::{default_jobs, in_order};
use depeche::{IntakeError, Item, ReadOptions, Reader, Repeats, Source, sources};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::ops::ControlFlow;
use std::time::Duration;

/// Where the data go, which decides whether a progress bar may share the terminal with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// As the run goes.
    Along,
    /// When it is over.
    AtTheEnd,
}

/// Does `work` on the items of all inputs and passes its answers on, in order. An answer may be a refusal.
pub(crate) fn run<Answer: Send>(
    arguments: &InputArguments,
    written: Written,
    work: impl Fn(Vec<Item>) -> Vec<Result<Answer, Diagnostic>> + Sync,
    receive: impl FnMut(Answer, &Teller) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let refused = run_counting(arguments, written, work, receive)?;
    Ok(if refused == 0 { Outcome::Complete } else { Outcome::SomeRefused })
}

/// The same; answers with how many inputs were refused.
pub(crate) fn run_counting<Answer: Send>(
    arguments: &InputArguments,
    written: Written,
    work: impl Fn(Vec<Item>) -> Vec<Result<Answer, Diagnostic>> + Sync,
    mut receive: impl FnMut(Answer, &Teller) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    let options = ReadOptions { format: arguments.from, max_bytes: arguments.max_bytes };
    let opened = open(arguments)?;
    let teller = Teller::new(progress(bytes(&opened), written));
    let items = Repeats::of(Items { sources: opened.into(), reader: None, options, progress: teller.progress.clone() });
    let mut refused = 0;
    let ended = in_order(
        items,
        arguments.jobs.unwrap_or_else(default_jobs),
        |item| item.as_ref().map_or(0, |item| item.content.len()),
        |batch| around_refusals(batch, &work),
        |answer: Result<Answer, Diagnostic>| {
            let told = match answer {
                Ok(answer) => receive(answer, &teller),
                Err(refusal) => {
                    refused += 1;
                    teller.tell(&refusal);
                    Ok(())
                }
            };
            match told {
                Ok(()) => ControlFlow::Continue(()),
                Err(failure) => ControlFlow::Break(failure),
            }
        },
    );
    teller.progress.finish_and_clear();
    match ended {
        Ok(None) => Ok(refused),
        Ok(Some(failure)) => Err(failure),
        Err(error) => Err(Diagnostic::error(format!("no threads to work with: {error}")).hint("ask for fewer with `--jobs`").into()),
    }
}

/// The work on the items of a batch, with the refused ones kept in their places.
fn around_refusals<Answer>(
    batch: Vec<Result<Item, IntakeError>>,
    work: &(impl Fn(Vec<Item>) -> Vec<Result<Answer, Diagnostic>> + Sync),
) -> Vec<Result<Answer, Diagnostic>> {
    let mut refusals = Vec::new();
    let items: Vec<Item> = batch
        .into_iter()
        .enumerate()
        .filter_map(|(place, item)| item.map_err(|error| refusals.push((place, Diagnostic::from(&error)))).ok())
        .collect();
    let mut answers = work(items);
    for (place, refusal) in refusals {
        answers.insert(place.min(answers.len()), Err(refusal));
    }
    answers
}

/// What the paths name; standard input when there is none.
pub(crate) fn open(arguments: &InputArguments) -> Result<Vec<Result<Source, IntakeError>>, Failure> {
    if !arguments.paths.is_empty() {
        return Ok(sources(&arguments.paths));
    }
    if stdin().is_terminal() {
        let diagnostic = Diagnostic::error("no input: no path was named, and standard input is this terminal");
        return Err(Failure::Usage(diagnostic.hint("name files or folders, or `-` to type a text that ends with Ctrl-D")));
    }
    Ok(vec![Ok(Source::Standard)])
}

/// How many bytes there are to read, where all inputs are files.
fn bytes(opened: &[Result<Source, IntakeError>]) -> Option<u64> {
    opened.iter().map(|source| source.as_ref().map_or(Some(0), Source::size)).sum()
}

/// Progress on a terminal: nothing is shown where standard error is none, or where data would run through it, but what is read is counted all the same.
fn progress(bytes: Option<u64>, written: Written) -> ProgressBar {
    let (bar, template) = match bytes {
        None => (ProgressBar::new_spinner(), "{spinner} {msg} · {elapsed}"),
        Some(bytes) => (ProgressBar::new(bytes), "{bar:30} {bytes} of {total_bytes} · {msg} · {eta} left"),
    };
    if !stderr().is_terminal() || (written == Written::Along && stdout().is_terminal()) {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        return bar;
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The items of sources, each opened when its turn comes.
struct Items {
    sources: VecDeque<Result<Source, IntakeError>>,
    reader: Option<Reader>,
    options: ReadOptions,
    progress: ProgressBar,
}

impl Items {
    /// A reader whose progress is counted where its end is known.
    fn opened(&self, source: &Source) -> Reader {
        let file = match source {
            Source::File(path) => File::open(path).ok(),
            Source::Standard => None,
        };
        match file {
            Some(file) => Reader::new(self.progress.wrap_read(file), source.name(), self.options),
            // It tells why a file cannot be opened.
            None => Reader::open(source, self.options),
        }
    }
}

impl Iterator for Items {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.reader.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            match self.sources.pop_front()? {
                Ok(source) => {
                    self.progress.set_message(source.name());
                    self.reader = Some(self.opened(&source));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
