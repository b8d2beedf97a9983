//! `depeche extract`: the intake alone.

mod near_duplicates;

use crate::Outcome;
use crate::arguments::{ExtractArguments, ExtractOutput};
use crate::diagnostics::{Diagnostic, Failure};
use crate::inputs::{self, Written};
use depeche::Intake;
use depeche::packs::PackFiles;
use depeche::record::{Block, BlockKind, CharIndex, Dispatch, Warning};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// A line of `--to jsonl`: what a coded dispatch has of it before it is coded.
#[derive(Serialize)]
struct Line<'item> {
    id: &'item str,
    source_sha256: &'item str,
    dispatch: &'item Dispatch,
    warnings: &'item [Warning],
}

struct Answer {
    id: String,
    bytes: Vec<u8>,
    warnings: Vec<Warning>,
}

pub(crate) fn run(arguments: &ExtractArguments) -> Result<Outcome, Failure> {
    if let Some(threshold) = arguments.near_duplicates {
        return near_duplicates::run(arguments, threshold);
    }
    let intake = Intake::new(&PackFiles::built_in())?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut first = true;
    let work = |items: Vec<depeche::Item>| {
        let answers = items.into_iter().map(|item| {
            let (dispatch, warnings) = intake.dispatch(&item);
            let bytes = written(arguments.to, &item, &dispatch, &warnings);
            bytes
                .map(|bytes| Answer { bytes, warnings, id: item.id.clone() })
                .map_err(|error| Diagnostic::error(format!("{}: {error}", item.id)))
        });
        answers.collect()
    };
    let outcome = inputs::run(&arguments.input, Written::Along, work, |answer, teller| {
        teller.tell_warnings(&answer.id, &answer.warnings);
        // Between two texts stands an empty line, as between blocks; JSON needs none.
        let between: &[u8] = if first || arguments.to == ExtractOutput::Jsonl { b"" } else { b"\n" };
        first = false;
        out.write_all(between).and_then(|()| out.write_all(&answer.bytes)).map_err(|error| Failure::of_output(&error))
    })?;
    out.flush().map_err(|error| Failure::of_output(&error))?;
    Ok(outcome)
}

fn written(to: ExtractOutput, item: &depeche::Item, dispatch: &Dispatch, warnings: &[Warning]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if to == ExtractOutput::Jsonl {
        let line = Line { id: &item.id, source_sha256: &item.source_sha256, dispatch, warnings };
        serde_json::to_writer(&mut bytes, &line)?;
        bytes.push(b'\n');
        return Ok(bytes);
    }
    let index = CharIndex::new(&dispatch.text);
    let blocks = dispatch.blocks.iter().filter(|block| block.kind.is_content());
    for (number, Block { kind, span }) in blocks.enumerate() {
        let between = if number > 0 { "\n" } else { "" };
        let mark = match (to, kind) {
            (ExtractOutput::Markdown, BlockKind::Title) => "# ",
            (ExtractOutput::Markdown, BlockKind::Subhead) => "## ",
            (ExtractOutput::Markdown, BlockKind::Caption) => "> ",
            _ => "",
        };
        writeln!(bytes, "{between}{mark}{}", index.slice(&dispatch.text, *span).trim())?;
    }
    Ok(bytes)
}
