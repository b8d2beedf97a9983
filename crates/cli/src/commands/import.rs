//! `depeche import`: rows of GDELT, ICEWS or POLECAT into a record.
//!
//! In go files, one after the other; out comes a summary. A row that is refused is one error that names file, line and reason, up to so many; the others are taken, and so is the next file where one
//! cannot be read.

use crate::Outcome;
use crate::arguments::{ImportArguments, SummaryOutput};
use crate::commands::export::countries;
use crate::diagnostics::{Diagnostic, Failure, tell};
use depeche::packs::PackFiles;
use depeche_exchange::{Countries, Fault, ImportFormat, Imported, import};
use depeche_resolve::Resolver;
use depeche_store::{Store, StoreErrorKind};
use serde_json::json;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Refused rows of one file that are told by themselves.
const MOST_TOLD: u64 = 20;

pub(crate) fn run(arguments: &ImportArguments) -> Result<Outcome, Failure> {
    let mut store = Store::open(&arguments.record.db)?;
    let countries = countries()?;
    let resolver = Resolver::load(&PackFiles::built_in())?;
    let standard_input = [PathBuf::from("-")];
    let paths = if arguments.paths.is_empty() { &standard_input } else { arguments.paths.as_slice() };
    let (mut all, mut failed) = (Imported::default(), false);
    for path in paths {
        match read(&mut store, arguments.from, path, &countries, &resolver) {
            Ok(imported) => {
                all.read += imported.read;
                all.new += imported.new;
                all.known += imported.known;
                all.statements += imported.statements;
                all.refused += imported.refused;
            }
            // Nothing more can be written then.
            Err(Fault::Store(error)) if error.kind != StoreErrorKind::Dispatch => return Err(error.into()),
            Err(fault) => {
                tell(&told(arguments.from, path, &fault));
                failed = true;
            }
        }
    }
    store.tidy()?;
    write(&all, arguments.to).map_err(|error| Failure::of_output(&error))?;
    Ok(if failed || all.refused > 0 { Outcome::SomeRefused } else { Outcome::Complete })
}

fn read(store: &mut Store, format: ImportFormat, path: &Path, countries: &Countries, resolver: &Resolver) -> Result<Imported, Fault> {
    let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let mut refused = 0;
    let refuse = |row: depeche_exchange::Refused| {
        refused += 1;
        if refused <= MOST_TOLD {
            let diagnostic = Diagnostic::error(format!("{name}:{}: {}", row.line, row.reason));
            tell(&diagnostic.hint(format!("mend the row; {} says what it must have", codebook(format))));
        }
    };
    let input: Box<dyn Read> = if path == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(File::open(path)?) };
    let imported = import(store, format, input, countries, resolver, refuse)?;
    if imported.refused > MOST_TOLD {
        tell(&Diagnostic::error(format!("{name}: {} more rows are refused", imported.refused - MOST_TOLD)));
    }
    Ok(imported)
}

fn codebook(format: ImportFormat) -> &'static str {
    match format {
        ImportFormat::Gdelt => "the codebook of the GDELT Event Database",
        ImportFormat::Icews => "the ICEWS codebook",
        ImportFormat::Polecat => "the POLECAT codebook",
    }
}

fn told(format: ImportFormat, path: &Path, fault: &Fault) -> Diagnostic {
    let at = path.display();
    match fault {
        Fault::Format(message) => {
            Diagnostic::error(format!("{at}: {message}")).hint(format!("give the file as {} is published", format.name().to_uppercase()))
        }
        Fault::Output(error) if error.kind() == io::ErrorKind::NotFound => {
            Diagnostic::error(format!("{at}: there is no such file")).hint("check the path")
        }
        Fault::Output(error) => Diagnostic::error(format!("{at}: {error}")).hint("check the path; a file that is cut off ends so too"),
        Fault::Store(error) => Diagnostic::error(error.message.clone()).hint(&error.cure),
    }
}

fn write(all: &Imported, to: SummaryOutput) -> io::Result<()> {
    let Imported { read, new, known, statements, refused } = *all;
    let mut out = io::stdout().lock();
    match to {
        SummaryOutput::Table => {
            writeln!(
                out,
                "{read} read: {new} new, {known} known, {statements} public statements without a type in PLOVER, {refused} refused"
            )
        }
        SummaryOutput::Jsonl => {
            let summary = json!({"read": read, "new": new, "known": known, "statements": statements, "refused": refused});
            writeln!(out, "{summary}")
        }
    }
}
