//! Rows of other people's event data into the record.
//!
//! In go a store and lines of GDELT, ICEWS or POLECAT, gzip and zip included; out come events without dispatches, and for every row that is not what its format says a [`Refused`] with its line and the reason. The others are
//! taken, a transaction a batch, each once by its own identifier: a second run of the same file changes nothing. CAMEO's codes become PLOVER's types and modes; public statements, which PLOVER has
//! no type for, are passed over and counted. A line longer than a mebibyte is refused and not kept.

mod gdelt;
mod icews;
mod lines;
mod polecat;
mod unpack;
mod values;

use crate::{Countries, Fault};
use depeche_resolve::Resolver;
use depeche_store::{ImportedEvent, ImportedFrom, Store};
use lines::{Line, Lines};
use std::io::{self, BufRead};
use std::str::FromStr;

/// Rows of one transaction.
const BATCH: usize = 2_000;

/// A format to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// Event rows of GDELT 2.0 or 1.0.
    Gdelt,
    /// Rows of ICEWS with their header.
    Icews,
    /// Rows of POLECAT with their header.
    Polecat,
}

impl ImportFormat {
    /// All of them.
    pub const ALL: [ImportFormat; 3] = [ImportFormat::Gdelt, ImportFormat::Icews, ImportFormat::Polecat];

    /// Its name, which stands before the rows' identifiers in the record.
    pub fn name(self) -> &'static str {
        match self {
            ImportFormat::Gdelt => "gdelt",
            ImportFormat::Icews => "icews",
            ImportFormat::Polecat => "polecat",
        }
    }

    fn source(self) -> ImportedFrom {
        // GDELT has words of the text for most of its actors, and of persons the surname alone.
        ImportedFrom { id: self.name().to_owned(), name: self.name().to_uppercase(), names_persons: self != ImportFormat::Gdelt }
    }

    /// The columns that a header must have; none where there is no header.
    fn header(self) -> Option<&'static [&'static str]> {
        match self {
            ImportFormat::Gdelt => None,
            ImportFormat::Icews => Some(&icews::COLUMNS),
            ImportFormat::Polecat => Some(&crate::export::POLECAT_COLUMNS),
        }
    }

    fn read(self, row: &[&str], countries: &Countries) -> Result<Read, String> {
        match self {
            ImportFormat::Gdelt => gdelt::read(row, countries),
            ImportFormat::Icews => icews::read(row, countries),
            ImportFormat::Polecat => polecat::read(row, countries),
        }
    }
}

impl FromStr for ImportFormat {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let all = ImportFormat::ALL.map(ImportFormat::name).join(", ");
        ImportFormat::ALL.into_iter().find(|format| format.name() == word).ok_or_else(|| format!("there are {all}"))
    }
}

/// What a row is.
#[derive(Debug)]
enum Read {
    Event(Box<ImportedEvent>),
    /// A public statement, which PLOVER has no type for.
    Statement,
}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its line, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows read.
    pub read: u64,
    /// New to the record.
    pub new: u64,
    /// There already.
    pub known: u64,
    /// Public statements, which PLOVER has no type for.
    pub statements: u64,
    /// Not what the format says.
    pub refused: u64,
}

/// A row of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// An event.
    Event(Box<ImportedEvent>),
    /// A public statement, which PLOVER has no type for.
    Statement,
    /// Not what the format says.
    Refused(Refused),
}

/// Reads rows, plain, gzipped or the one file of a zip archive, and hands them to `take` one by one.
///
/// # Errors
/// When the input cannot be read or has not the format's header, or `take` fails.
pub fn read_rows(
    format: ImportFormat,
    input: impl io::Read,
    countries: &Countries,
    mut take: impl FnMut(Row) -> Result<(), Fault>,
) -> Result<(), Fault> {
    unpack::lines(input, |lines| {
        let order = match format.header() {
            Some(columns) => Some(header(lines, columns, format)?),
            None => None,
        };
        while let Some(line) = lines.next_line()? {
            let read = match line {
                Line::Text(text) if text.trim().is_empty() => continue,
                Line::Text(text) => {
                    let fields: Vec<&str> = text.split('\t').collect();
                    arranged(&fields, order.as_ref()).and_then(|row| format.read(&row, countries))
                }
                Line::TooLong => Err(format!("it is longer than {} bytes", lines::LONGEST)),
            };
            take(match read {
                Ok(Read::Event(event)) => Row::Event(event),
                Ok(Read::Statement) => Row::Statement,
                Err(reason) => Row::Refused(Refused { line: lines.number(), reason }),
            })?;
        }
        Ok(())
    })
}

/// Reads rows into the record; `refuse` is told of those that are not taken, and `resolver` links the persons whom ICEWS and POLECAT name to those of dispatches.
///
/// # Errors
/// When the input cannot be read or has not the format's header, or the record cannot be written; batches that were written stay.
pub fn import(
    store: &mut Store,
    format: ImportFormat,
    input: impl io::Read,
    countries: &Countries,
    resolver: &Resolver,
    mut refuse: impl FnMut(Refused),
) -> Result<Imported, Fault> {
    let names = |code: &str| countries.names(code).to_vec();
    let (mut imported, mut batch) = (Imported::default(), Vec::with_capacity(BATCH));
    let mut write = |batch: &mut Vec<ImportedEvent>, imported: &mut Imported| -> Result<(), Fault> {
        let taken = store.import(&format.source(), batch, names, resolver)?;
        let new = taken.iter().filter(|&&is_new| is_new).count();
        imported.new += new as u64;
        imported.known += (taken.len() - new) as u64;
        batch.clear();
        Ok(())
    };
    read_rows(format, input, countries, |row| {
        imported.read += 1;
        match row {
            Row::Event(event) => batch.push(*event),
            Row::Statement => imported.statements += 1,
            Row::Refused(row) => {
                imported.refused += 1;
                refuse(row);
            }
        }
        if batch.len() == BATCH { write(&mut batch, &mut imported) } else { Ok(()) }
    })?;
    write(&mut batch, &mut imported)?;
    Ok(imported)
}

/// At which place of a row each column stands, by the header; and how many columns the header has.
type Order = (Vec<usize>, usize);

fn header(lines: &mut Lines<impl BufRead>, columns: &[&str], format: ImportFormat) -> Result<Order, Fault> {
    let fault = |reason: String| Fault::Format(format!("line 1 is not the header of {}: {reason}", format.name().to_uppercase()));
    let text = match lines.next_line()? {
        Some(Line::Text(text)) => text,
        Some(Line::TooLong) => return Err(fault("it is too long".to_owned())),
        None => return Err(fault("the input is empty".to_owned())),
    };
    let found: Vec<String> =
        text.trim_start_matches('\u{feff}').split('\t').map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let place = |column: &&str| {
        let place = found.iter().position(|name| *name == column.to_lowercase());
        place.ok_or_else(|| fault(format!("it has no column `{column}`")))
    };
    Ok((columns.iter().map(place).collect::<Result<_, _>>()?, found.len()))
}

/// The fields of a row in the order of the format's columns.
fn arranged<'a>(fields: &[&'a str], order: Option<&Order>) -> Result<Vec<&'a str>, String> {
    let Some((places, count)) = order else { return Ok(fields.to_vec()) };
    values::has_columns(fields, *count)?;
    Ok(places.iter().map(|&place| fields.get(place).copied().unwrap_or_default().trim_matches('"')).collect())
}
