//! JSON lines.
//!
//! In go answers of the record; out goes one JSON object a line, in the shape that `depeche query --to jsonl` has and, of happenings, with the figures, coordinates, sectors, offices and sentence
//! besides.

use super::{Exported, Fault, What};
use crate::tables::Visit;
use depeche_store::HappeningOrder;
use std::io::{self, Write};

/// Writes what is asked for.
pub(super) fn write(asked: &Visit<'_>, out: &mut impl Write) -> Result<Exported, Fault> {
    let mut exported = Exported::default();
    let mut line = |value: serde_json::Result<Vec<u8>>| -> Result<(), Fault> {
        let mut json = value.map_err(io::Error::from)?;
        json.push(b'\n');
        out.write_all(&json)?;
        exported.answers += 1;
        exported.written += 1;
        Ok(())
    };
    match asked.what {
        What::Happenings => asked.happenings(HappeningOrder::Day, |happening| line(serde_json::to_vec(&happening)))?,
        What::Events => asked.reader.each_event(asked.filter, |event| line(serde_json::to_vec(&event)))?,
        What::Statements => asked.reader.each_statement(asked.filter, |statement| line(serde_json::to_vec(&statement)))?,
        What::Actors => asked.reader.actors(asked.filter)?.iter().try_for_each(|actor| line(serde_json::to_vec(actor)))?,
        What::Commitments => asked.reader.commitments(asked.filter)?.iter().try_for_each(|pledge| line(serde_json::to_vec(pledge)))?,
    }
    Ok(exported)
}
