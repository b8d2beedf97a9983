//! The record written in a format of others.
//!
//! In go a reader, a filter, what is asked for and a format; out go bytes, one answer after the other, so that a record of any size is written at constant memory. Happenings go into every format; only
//! CSV, JSON lines and Parquet have room for events, actors, statements and commitments too.

mod feed;
mod ftm;
mod gdelt;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod polecat;
mod table;

pub(crate) use gdelt::COLUMNS as GDELT_COLUMNS;
pub(crate) use polecat::COLUMNS as POLECAT_COLUMNS;

use crate::Countries;
use crate::tables::Visit;
use depeche_record::Status;
use depeche_store::{Filter, HappeningOrder, Reader, StoreError};
use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Event rows of GDELT 2.0, without a header as GDELT has them.
    Gdelt,
    /// Rows of POLECAT, with its header.
    Polecat,
    /// One Parquet file.
    Parquet,
    /// FollowTheMoney entities, one JSON object a line.
    Ftm,
    /// Comma-separated values with a header.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// A feed of RSS 2.0, what was reported last first.
    Rss,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: [ExportFormat; 7] = [
        ExportFormat::Gdelt,
        ExportFormat::Polecat,
        ExportFormat::Parquet,
        ExportFormat::Ftm,
        ExportFormat::Csv,
        ExportFormat::Jsonl,
        ExportFormat::Rss,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            ExportFormat::Gdelt => "gdelt",
            ExportFormat::Polecat => "polecat",
            ExportFormat::Parquet => "parquet",
            ExportFormat::Ftm => "ftm",
            ExportFormat::Csv => "csv",
            ExportFormat::Jsonl => "jsonl",
            ExportFormat::Rss => "rss",
        }
    }

    /// Whether it has room for more than happenings.
    pub fn takes(self, what: What) -> bool {
        what == What::Happenings || matches!(self, ExportFormat::Parquet | ExportFormat::Csv | ExportFormat::Jsonl)
    }

    /// Whether this program was built with it.
    pub fn is_built(self) -> bool {
        self != ExportFormat::Parquet || cfg!(feature = "parquet")
    }
}

impl FromStr for ExportFormat {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        ExportFormat::ALL
            .into_iter()
            .find(|format| format.name() == word)
            .ok_or_else(|| format!("there are {}", ExportFormat::ALL.map(ExportFormat::name).join(", ")))
    }
}

/// What is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum What {
    /// What happened, each once.
    #[default]
    Happenings,
    /// What the dispatches report, each report by itself.
    Events,
    /// Who is in the record.
    Actors,
    /// Who said what.
    Statements,
    /// What was promised.
    Commitments,
}

impl What {
    /// All of them.
    pub const ALL: [What; 5] = [What::Happenings, What::Events, What::Actors, What::Statements, What::Commitments];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            What::Happenings => "happenings",
            What::Events => "events",
            What::Actors => "actors",
            What::Statements => "statements",
            What::Commitments => "commitments",
        }
    }
}

impl FromStr for What {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let all = What::ALL.map(What::name).join(", ");
        What::ALL.into_iter().find(|what| what.name() == word).ok_or_else(|| format!("there are {all}"))
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    /// Answers of the record.
    pub answers: u64,
    /// Rows, entities or items made of them.
    pub written: u64,
}

/// Why an export ended before its end.
#[derive(Debug)]
pub enum Fault {
    /// The record cannot be asked so.
    Store(StoreError),
    /// The output cannot be written.
    Output(io::Error),
    /// The format has no room for this, or the program was built without it.
    Format(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Store(error) => error.fmt(formatter),
            Fault::Output(error) => error.fmt(formatter),
            Fault::Format(message) => formatter.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Store(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Output(error)
    }
}

/// Writes what a filter lets through. GDELT and POLECAT have no column for what was only planned, alleged or denied: they have what took place or goes on, as `series` counts it, unless the filter asks
/// for another status.
///
/// # Errors
/// When the format has no room for it, the filter names what the record does not know, or the output cannot be written.
pub fn export(
    reader: &Reader,
    filter: &Filter,
    what: What,
    format: ExportFormat,
    countries: &Countries,
    out: &mut (impl Write + Send),
) -> Result<Exported, Fault> {
    if !format.takes(what) {
        return Err(Fault::Format(format!("{} has room for happenings alone, not for {}", format.name(), what.name())));
    }
    let mut filter = filter.clone();
    if filter.statuses.is_empty() && matches!(format, ExportFormat::Gdelt | ExportFormat::Polecat) {
        filter.statuses = vec![Status::Occurred, Status::Ongoing];
    }
    let asked = Visit { reader, filter: &filter, what };
    // A filter that names what the record does not know is refused before the first byte is written.
    match what {
        What::Happenings | What::Events => {
            reader.each_happening(&Filter { limit: Some(0), ..filter.clone() }, HappeningOrder::Day, |_| Ok::<_, Fault>(()))?;
        }
        What::Statements => reader.each_statement(&Filter { limit: Some(0), ..filter.clone() }, |_| Ok::<_, Fault>(()))?,
        What::Actors | What::Commitments => {}
    }
    let exported = match format {
        ExportFormat::Gdelt => gdelt::write(&asked, countries, out)?,
        ExportFormat::Polecat => polecat::write(&asked, out)?,
        ExportFormat::Ftm => ftm::write(&asked, countries, out)?,
        ExportFormat::Csv => table::write(&asked, out)?,
        ExportFormat::Jsonl => json::write(&asked, out)?,
        ExportFormat::Rss => feed::write(&asked, countries, out)?,
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => parquet::write(&asked, out)?,
        #[cfg(not(feature = "parquet"))]
        ExportFormat::Parquet => return Err(Fault::Format("this program was built without Parquet".to_owned())),
    };
    out.flush()?;
    Ok(exported)
}

/// A field of a tab-separated row: what would end it is a space.
fn tab_field(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// Writes a tab-separated row.
fn tab_row(out: &mut impl Write, fields: &[String]) -> io::Result<()> {
    for (field, place) in fields.iter().zip(0..) {
        if place > 0 {
            out.write_all(b"\t")?;
        }
        out.write_all(tab_field(field).as_bytes())?;
    }
    out.write_all(b"\n")
}
