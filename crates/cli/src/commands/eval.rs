//! `depeche eval`: files in, the scorers of `depeche-eval` over them, figures, tables and mistakes out.
//!
//! A line that cannot be taken ends the command, with file and line. Dispatches that only one of the files has are told.

mod happenings;

use crate::Outcome;
use crate::arguments::{Compared, EvalCommand, Scored, Sheets, ShownArguments};
use crate::diagnostics::{Diagnostic, Failure, tell};
use depeche_eval::coded::Coded;
use depeche_eval::{
    PerDispatch, Sheet, agreement, articles, bootstrap, dating, entities, events, line_kinds, names, parity, read_lines, statements,
    stories, times, unpaired,
};
use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

pub(crate) fn run(command: &EvalCommand) -> Result<Outcome, Failure> {
    match command {
        EvalCommand::Events { compared, coarse } => {
            let options = events::Options { coarse: *coarse };
            compare(
                compared,
                |gold: &events::GoldDispatch| &gold.id,
                |gold, coded| {
                    let report = events::score(gold, coded, options);
                    let per_dispatch = report.per_dispatch();
                    (report.sheet(), per_dispatch)
                },
            )
        }
        EvalCommand::Statements(compared) => compare(
            compared,
            |gold: &statements::GoldDispatch| &gold.id,
            |gold, coded| {
                let report = statements::score(gold, coded);
                let per_dispatch = report.per_dispatch();
                (report.sheet(), per_dispatch)
            },
        ),
        EvalCommand::Time(compared) => compare(
            compared,
            |gold: &times::GoldDispatch| &gold.id,
            |gold, coded| {
                let report = times::score(gold, coded);
                let per_dispatch = report.per_dispatch();
                (report.sheet(), per_dispatch)
            },
        ),
        EvalCommand::Entities(compared) => compare(
            compared,
            |gold: &entities::GoldDispatch| &gold.id,
            |gold, coded| {
                let report = entities::score(gold, coded);
                let per_dispatch = report.per_dispatch();
                (report.sheet(), per_dispatch)
            },
        ),
        EvalCommand::Dating(compared) => compare(compared, |gold: &dating::GoldDispatch| &gold.id, dating::score),
        EvalCommand::Lines(compared) => compare(compared, |gold: &line_kinds::GoldDispatch| &gold.id, line_kinds::score),
        EvalCommand::Stories(scored) => {
            let (gold, found) = both(scored, |gold: &stories::GoldDispatch| &gold.id, |found: &stories::InStory| &found.id)?;
            show(&stories::score(&gold, &found), &scored.shown)
        }
        EvalCommand::Happenings { gold, output, shown } => happenings::run(gold, output, shown),
        EvalCommand::Parity(scored) => {
            let (reference, annotated) = both(scored, |text: &parity::Annotated| &text.id, |text: &parity::Annotated| &text.id)?;
            show(&parity::score(&reference, &annotated), &scored.shown)
        }
        EvalCommand::Extract { scored, set } => {
            // Their ids are addresses in one file and paths in the other, so nothing can be told of those that are missing but the figures.
            let mut gold: Vec<articles::GoldPage> = records(&scored.gold)?;
            gold.retain(|page| set.as_ref().is_none_or(|set| page.set == *set));
            show(&articles::score(&gold, &records(&scored.output)?), &scored.shown)
        }
        EvalCommand::Names { gold, output, threshold, conditions, shown } => {
            let scored = output.as_ref().unwrap_or(gold);
            let labels = if output.is_some() { Some(text(gold)?) } else { None };
            let pairs = names::read(&text(scored)?, labels.as_deref(), conditions);
            let pairs = pairs.map_err(|error| Diagnostic::error(format!("{}: {error}", scored.display())));
            let pairs =
                pairs.map_err(|error| error.hint("give tab-separated rows with the columns `name1`, `name2`, `label` and `score`"))?;
            show(&names::score(&pairs, *threshold), shown)
        }
        EvalCommand::Agreement { first, second, coarse, shown } => {
            let (one, other): (Vec<agreement::Coding>, Vec<agreement::Coding>) = (records(first)?, records(second)?);
            let ids = [&one, &other].map(|codings| codings.iter().map(agreement::Coding::id));
            let [ids, other_ids] = ids;
            tell_unpaired(first, second, ids, other_ids, ["it is left out"; 2]);
            show(&agreement::score(&one, &other, events::Options { coarse: *coarse }), shown)
        }
    }
}

/// Scores an output, and the difference to another where one is given.
fn compare<Gold: DeserializeOwned>(
    compared: &Compared,
    id: impl Fn(&Gold) -> &str,
    score: impl Fn(&[Gold], &[Coded]) -> (Sheet, PerDispatch),
) -> Result<Outcome, Failure> {
    let Compared { scored, against, samples, seed } = compared;
    let (gold, coded) = both(scored, &id, |coded: &Coded| &coded.id)?;
    let (mut sheet, figures) = score(&gold, &coded);
    if let Some(against) = against {
        let other: Vec<Coded> = records(against)?;
        tell_unpaired(&scored.gold, against, gold.iter().map(&id), other.iter().map(|coded| coded.id.as_str()), COUNTED);
        let differences = bootstrap::compare(&figures, &score(&gold, &other).1, samples.get(), *seed);
        let differences = bootstrap::sheet(&differences, samples.get(), *seed);
        sheet.headline.push_str(&format!("\nagainst {}: {}", against.display(), differences.headline));
        sheet.figures.extend(differences.figures);
        sheet.tables.splice(0..0, differences.tables);
    }
    show(&sheet, &scored.shown)
}

/// Reads both files and tells which ids they do not share.
fn both<Gold: DeserializeOwned, Coded: DeserializeOwned>(
    scored: &Scored,
    gold_id: impl Fn(&Gold) -> &str,
    coded_id: impl Fn(&Coded) -> &str,
) -> Result<(Vec<Gold>, Vec<Coded>), Failure> {
    let (gold, coded): (Vec<Gold>, Vec<Coded>) = (records(&scored.gold)?, records(&scored.output)?);
    tell_unpaired(&scored.gold, &scored.output, gold.iter().map(gold_id), coded.iter().map(coded_id), COUNTED);
    Ok((gold, coded))
}

/// What becomes of a dispatch that only gold or only the output has.
const COUNTED: [&str; 2] = ["what gold has of it counts as missed", "what was coded of it counts for nothing"];

fn tell_unpaired<'id>(
    first: &Path,
    second: &Path,
    first_ids: impl Iterator<Item = &'id str>,
    second_ids: impl Iterator<Item = &'id str>,
    [without_second, without_first]: [&str; 2],
) {
    let found = unpaired(first_ids, second_ids);
    let told = [
        (found.only_first, format!("{} has no", second.display()), without_second),
        (found.only_second, format!("{} has no", first.display()), without_first),
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
    records_of(open(path)?, path)
}

/// The records of JSON lines that a file has.
fn records_of<Record: DeserializeOwned>(reader: impl BufRead, path: &Path) -> Result<Vec<Record>, Failure> {
    let lines = read_lines(reader).map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())));
    Ok(lines.map_err(|error| error.hint("give JSON lines, an object with an `id` on each, as `depeche code` writes them"))?)
}

/// A file as text.
fn text(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = open(path)?.read_to_string(&mut text).map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())));
    read.map_err(|error| error.hint("give tab-separated rows in UTF-8"))?;
    Ok(text)
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
