//! `--from coded`: what `depeche code` wrote, a coded dispatch a line.
//!
//! In go the inputs, gzipped or not; out come dispatches ready to be kept, in the order of the lines. A line that is no coded dispatch is refused by name and number, and the next is read.

use crate::arguments::InputArguments;
use crate::diagnostics::{Diagnostic, Failure, tell};
use crate::inputs;
use depeche::Source;
use depeche::record::CodedDispatch;
use depeche::stream::{default_jobs, in_order};
use depeche_resolve::Resolver;
use depeche_store::Prepared;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

const CURE: &str = "give lines as `depeche code --to jsonl` writes them";

/// A line with where it stands.
struct Line {
    place: String,
    bytes: Vec<u8>,
}

/// Hands every coded dispatch of the inputs to `take`. Answers with how many lines and inputs were refused.
pub(super) fn each(
    arguments: &InputArguments,
    resolver: &Resolver,
    mut take: impl FnMut(Prepared) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    let sources = inputs::open(arguments)?;
    let most = arguments.max_bytes;
    let lines = sources.into_iter().flat_map(move |source| match source {
        Ok(source) => lines_of(&source, most),
        Err(error) => Box::new(std::iter::once(Err(Diagnostic::from(&error)))),
    });
    let mut refused = 0;
    let ended = in_order(
        lines,
        arguments.jobs.unwrap_or_else(default_jobs),
        |line| line.as_ref().map_or(0, |line| line.bytes.len()),
        |batch| batch.into_iter().map(|line| line.and_then(|line| prepared(&line, resolver))).collect(),
        |answer: Result<Prepared, Diagnostic>| {
            let taken = match answer {
                Ok(prepared) => take(prepared),
                Err(refusal) => {
                    refused += 1;
                    tell(&refusal);
                    Ok(())
                }
            };
            match taken {
                Ok(()) => ControlFlow::Continue(()),
                Err(failure) => ControlFlow::Break(failure),
            }
        },
    );
    match ended {
        Ok(None) => Ok(refused),
        Ok(Some(failure)) => Err(failure),
        Err(error) => Err(Diagnostic::error(format!("no threads to work with: {error}")).hint("ask for fewer with `--jobs`").into()),
    }
}

fn prepared(line: &Line, resolver: &Resolver) -> Result<Prepared, Diagnostic> {
    let coded: CodedDispatch = serde_json::from_slice(&line.bytes).map_err(|error| {
        // Of the one line that it was given it would say that it is the first.
        let told = error.to_string().replace(" at line 1 column ", " at column ");
        Diagnostic::error(format!("{}: it is no coded dispatch: {told}", line.place)).hint(CURE)
    })?;
    Prepared::new(coded, resolver).map_err(|error| Diagnostic::error(format!("{}: {}", line.place, error.message)).hint(error.cure))
}

/// The lines of an input that are not blank; where it cannot be read on, that is its last.
fn lines_of(source: &Source, most: usize) -> Box<dyn Iterator<Item = Result<Line, Diagnostic>>> {
    let name = source.name();
    let opened = match source {
        Source::Standard => unzipped(io::stdin()),
        Source::File(path) => File::open(path).and_then(unzipped),
    };
    let mut stream = match opened {
        Ok(stream) => stream,
        Err(error) => return Box::new(std::iter::once(Err(unreadable(&name, &error)))),
    };
    let mut number = 0;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        loop {
            if ended {
                return None;
            }
            number += 1;
            let mut bytes = Vec::new();
            match stream.by_ref().take(most as u64 + 1).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.len() > most => {
                    ended = true;
                    let told =
                        Diagnostic::error(format!("{name}:{number}: the line holds more than {most} bytes; nothing after it was read"));
                    return Some(Err(told.hint("allow more with `--max-bytes`")));
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok(Line { place: format!("{name}:{number}"), bytes })),
                Err(error) => {
                    ended = true;
                    return Some(Err(unreadable(&name, &error)));
                }
            }
        }
    }))
}

fn unzipped(stream: impl Read + 'static) -> io::Result<Box<dyn BufRead>> {
    let mut stream = BufReader::new(stream);
    let zipped = stream.fill_buf()?.starts_with(b"\x1f\x8b");
    Ok(if zipped { Box::new(BufReader::new(MultiGzDecoder::new(stream))) } else { Box::new(stream) })
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(format!("{name}: {error}")).hint("check the file")
}
