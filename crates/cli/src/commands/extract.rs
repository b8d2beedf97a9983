//! `depeche extract`: the intake alone.

mod near_duplicates;

use crate::Outcome;
use crate::arguments::{ExtractArguments, ExtractOutput};
use crate::diagnostics::{Diagnostic, Failure};
use crate::inputs::{self, Written};
use crate::output::explanation;
use depeche::packs::PackFiles;
use depeche::record::{Block, BlockKind, CharIndex, Dispatch, Warning};
use depeche::{ExplainedBlock, ExtractOptions, Extraction, Intake, Item, Stating};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// A line of `--to jsonl`: what a coded dispatch has of it before it is coded.
#[derive(Serialize)]
struct Line<'item> {
    id: &'item str,
    source_sha256: &'item str,
    dispatch: &'item Dispatch,
    /// What the page says of itself, each claim with where it is made; none for plain text.
    #[serde(skip_serializing_if = "<[Stating]>::is_empty")]
    metadata: &'item [Stating],
    #[serde(skip_serializing_if = "Option::is_none")]
    explained: Option<&'item [ExplainedBlock]>,
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
    let intake = Intake::new(&PackFiles::built_in())?.with(ExtractOptions { keep_all: arguments.keep_all });
    let mut out = BufWriter::new(io::stdout().lock());
    let mut first = true;
    let work = |items: Vec<Item>| {
        let answers = items.into_iter().map(|item| {
            let (extraction, explained) = if arguments.explain {
                let (extraction, blocks) = intake.explain(&item);
                (extraction, Some(blocks))
            } else {
                (intake.extract(&item), None)
            };
            let bytes = written(arguments, &item, &extraction, explained.as_deref());
            bytes
                .map(|bytes| Answer { bytes, warnings: extraction.warnings, id: item.id.clone() })
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

fn written(
    arguments: &ExtractArguments,
    item: &Item,
    extraction: &Extraction,
    explained: Option<&[ExplainedBlock]>,
) -> io::Result<Vec<u8>> {
    let Extraction { dispatch, metadata, warnings } = extraction;
    let mut bytes = Vec::new();
    match (arguments.to, explained) {
        (ExtractOutput::Jsonl, explained) => {
            let line = Line { id: &item.id, source_sha256: &item.source_sha256, dispatch, metadata, explained, warnings };
            serde_json::to_writer(&mut bytes, &line)?;
            bytes.push(b'\n');
        }
        (_, Some(explained)) => explanation::write(&mut bytes, &item.id, extraction, explained)?,
        (to, None) => article(&mut bytes, to, dispatch)?,
    }
    Ok(bytes)
}

/// The article to read: its blocks with an empty line between them.
fn article(bytes: &mut Vec<u8>, to: ExtractOutput, dispatch: &Dispatch) -> io::Result<()> {
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
    Ok(())
}
