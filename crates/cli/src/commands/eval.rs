//! `depeche eval`: files in, the scorers of `depeche-eval` over them, figures, tables and mistakes out.
//!
//! A line that cannot be taken ends the command, with file and line. Dispatches that only one of the files has are told.

use crate::Outcome;
use crate::arguments::{EvalCommand, Scored, Sheets, ShownArguments};
use crate::diagnostics::{Diagnostic, Failure, tell};
use depeche_eval::{Sheet, entities, read_lines, unpaired};
use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

pub(crate) fn run(command: &EvalCommand) -> Result<Outcome, Failure> {
    match command {
        EvalCommand::Entities(scored) => {
            let (gold, coded) =
                both(scored, |gold: &entities::GoldDispatch| &gold.id, |coded: &depeche_eval::coded::CodedNames| &coded.id)?;
            show(&entities::score(&gold, &coded).sheet(), &scored.shown)
        }
    }
}

/// Reads both files and tells which ids they do not share.
fn both<Gold: DeserializeOwned, Coded: DeserializeOwned>(
    scored: &Scored,
    gold_id: impl Fn(&Gold) -> &str,
    coded_id: impl Fn(&Coded) -> &str,
) -> Result<(Vec<Gold>, Vec<Coded>), Failure> {
    let (gold, coded): (Vec<Gold>, Vec<Coded>) = (records(&scored.gold)?, records(&scored.output)?);
    tell_unpaired(scored, gold.iter().map(gold_id), coded.iter().map(coded_id));
    Ok((gold, coded))
}

fn tell_unpaired<'id>(scored: &Scored, gold: impl Iterator<Item = &'id str>, coded: impl Iterator<Item = &'id str>) {
    let found = unpaired(gold, coded);
    let (gold, output) = (scored.gold.display(), scored.output.display());
    let told = [
        (found.only_first, format!("{output} has no"), "what gold has of it counts as missed"),
        (found.only_second, format!("{gold} has no"), "what was coded of it counts for nothing"),
        (found.repeated, "there is more than one".to_owned(), "of two coded dispatches the last counts"),
    ];
    for (ids, has, hint) in told.into_iter().filter(|(ids, ..)| !ids.is_empty()) {
        tell(&Diagnostic::warning(format!("{has} {}", some_of(&ids))).hint(hint));
    }
}

/// The first few of ids.
fn some_of(ids: &[String]) -> String {
    const TOLD: usize = 5;
    let shown: Vec<String> = ids.iter().take(TOLD).map(|id| format!("`{id}`")).collect();
    let more = ids.len().saturating_sub(TOLD);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

/// The records of a file of JSON lines; `-` is standard input.
fn records<Record: DeserializeOwned>(path: &Path) -> Result<Vec<Record>, Failure> {
    let lines = read_lines(open(path)?).map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())));
    Ok(lines.map_err(|error| error.hint("give JSON lines, an object with an `id` on each, as `depeche code` writes them"))?)
}

/// A file, unpacked where its first bytes are those of gzip.
fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    let failed = |error: io::Error| Diagnostic::error(format!("{}: {error}", path.display())).hint("check the path");
    let reader: Box<dyn Read> = if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path).map_err(failed)?) };
    let mut reader = BufReader::new(reader);
    let zipped = reader.fill_buf().map_err(failed)?.starts_with(&[0x1f, 0x8b]);
    Ok(if zipped { Box::new(BufReader::new(MultiGzDecoder::new(reader))) } else { Box::new(reader) })
}

fn show(sheet: &Sheet, shown: &ShownArguments) -> Result<Outcome, Failure> {
    write_sheet(sheet, shown).map_err(|error| Failure::of_output(&error))?;
    Ok(Outcome::Complete)
}

fn write_sheet(sheet: &Sheet, shown: &ShownArguments) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match shown.to {
        Sheets::Text if shown.figures => writeln!(out, "{}", sheet.headline)?,
        Sheets::Text => {
            write!(out, "{sheet}")?;
            for (number, mistake) in sheet.mistakes.iter().take(shown.errors).enumerate() {
                if number == 0 {
                    writeln!(out)?;
                }
                writeln!(out, "{mistake}")?;
            }
        }
        Sheets::Jsonl => {
            let objects = sheet.objects(shown.errors);
            let wanted = if shown.figures { 1 } else { objects.len() };
            for object in objects.iter().take(wanted) {
                writeln!(out, "{object}")?;
            }
        }
    }
    out.flush()
}
