//! CSV (RFC 4180) with a header.
//!
//! In go rows of a table; out goes a line each. Days are ISO 8601 dates, truth is `true` or `false`, and what is not known is an empty field.

use super::{Exported, Fault};
use crate::tables::{Cell, Visit};
use std::io::{self, Write};

/// Writes a table.
pub(super) fn write(asked: &Visit<'_>, out: &mut impl Write) -> Result<Exported, Fault> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let fault = |error: csv::Error| Fault::Output(io::Error::from(error));
    writer.write_record(asked.columns().iter().map(|(name, _)| name)).map_err(fault)?;
    let mut exported = Exported::default();
    asked.rows(|cells| {
        exported.answers += 1;
        exported.written += 1;
        writer.write_record(cells.iter().map(written)).map_err(fault)
    })?;
    writer.flush()?;
    Ok(exported)
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(value) => value.clone().unwrap_or_default(),
        Cell::Integer(value) => value.map(|value| value.to_string()).unwrap_or_default(),
        Cell::Number(value) => value.map(|value| value.to_string()).unwrap_or_default(),
        Cell::Day(value) => value.map(|value| value.to_string()).unwrap_or_default(),
        Cell::Truth(value) => value.map(|value| value.to_string()).unwrap_or_default(),
    }
}
