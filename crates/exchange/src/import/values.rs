//! Values of a row.
//!
//! In go fields as they are written; out come numbers, days and what CAMEO's codes stand for, or in words what is wrong with them. An empty field is no fault but where a row is nothing without it.

use super::Read;
use crate::Countries;
use depeche_record::{Date, EventType, Mode, Quad, is_cameo, of_cameo};
use depeche_store::{ImportedParty, ImportedPlace};

/// That a row has so many columns.
pub(super) fn has_columns(fields: &[&str], count: usize) -> Result<(), String> {
    match fields.len() {
        found if found == count => Ok(()),
        found => Err(format!("it has {found} columns instead of {count}")),
    }
}

/// A field that must not be empty.
pub(super) fn needed<'a>(column: &str, field: &'a str) -> Result<&'a str, String> {
    let field = field.trim();
    if field.is_empty() { Err(format!("`{column}` is empty")) } else { Ok(field) }
}

/// A text, where there is one.
pub(super) fn text(field: &str) -> Option<String> {
    Some(field.trim()).filter(|field| !field.is_empty()).map(str::to_owned)
}

/// A number within bounds, where there is one.
pub(super) fn number(column: &str, field: &str, most: f64) -> Result<Option<f64>, String> {
    let field = field.trim();
    if field.is_empty() {
        return Ok(None);
    }
    match field.parse::<f64>() {
        Ok(number) if number.abs() <= most => Ok(Some(number)),
        Ok(_) => Err(format!("`{column}` is {field}, which is beyond {most}")),
        Err(_) => Err(format!("`{column}` is no number: {}", shown(field))),
    }
}

/// A day as `2026-02-06`, with a time behind it or not, or as `20260206`; none where the field is empty.
pub(super) fn day(column: &str, field: &str) -> Result<Option<Date>, String> {
    let field = field.trim();
    if field.is_empty() {
        return Ok(None);
    }
    let compact = field.len() == 8 && field.bytes().all(|byte| byte.is_ascii_digit());
    let iso = match (compact, field.get(..4), field.get(4..6), field.get(6..)) {
        (true, Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => field.get(..10).unwrap_or(field).to_owned(),
    };
    iso.parse().map(Some).map_err(|_| format!("`{column}` is no day: {}", shown(field)))
}

/// An event as a CAMEO code has it.
pub(super) struct Coded {
    pub(super) kind: EventType,
    pub(super) mode: Option<Mode>,
    pub(super) quad: Quad,
    pub(super) goldstein: f64,
}

/// What a CAMEO code stands for, with the figure of the row where it has one.
pub(super) fn coded(column: &str, code: &str, figure: Option<f64>) -> Result<Result<Coded, Read>, String> {
    match of_cameo(code) {
        Some((kind, mode)) => {
            let goldstein = figure.unwrap_or_else(|| kind.scale(mode.as_ref()).1);
            Ok(Ok(Coded { kind, mode, quad: kind.quad(), goldstein }))
        }
        None if is_cameo(code) => Ok(Err(Read::Statement)),
        None => Err(format!("`{column}` is no code of CAMEO: {}", shown(code))),
    }
}

/// A party, where the row names one.
pub(super) fn party(name: &str, country: Option<&str>, sector: Option<&str>, countries: &Countries) -> Option<ImportedParty> {
    let name = text(name).or_else(|| country.map(|code| countries.name(code).to_owned()))?;
    Some(ImportedParty { name, country: country.map(str::to_owned), sector: sector.map(str::to_owned) })
}

/// A place, where the row names one; its narrowest name.
pub(super) fn place(
    names: &[&str],
    country: Option<&str>,
    lat: Option<f64>,
    lon: Option<f64>,
    countries: &Countries,
) -> Option<ImportedPlace> {
    let name = names.iter().find_map(|name| text(name)).or_else(|| country.map(|code| countries.name(code).to_owned()))?;
    Some(ImportedPlace { name, country: country.map(str::to_owned), lat, lon })
}

/// A field as an error shows it: not all of a long one.
fn shown(field: &str) -> String {
    let short: String = field.chars().take(40).collect();
    if short.len() < field.len() { format!("`{short}…`") } else { format!("`{short}`") }
}
