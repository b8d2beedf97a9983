//! Rows of POLECAT (doi:10.7910/DVN/AJGVIT): PLOVER's types and modes already.
//!
//! In goes a row of forty columns under its header; out comes an event with all its actors and recipients. A mode or context that the ontology here does not have is left out; a type that it does
//! not have is refused. The intensity stands in the place of the Goldstein value, which has the same bounds.

use super::Read;
use super::values::{day, needed, number, party, place, text};
use crate::Countries;
use crate::actor_codes::sector_of_role;
use depeche_record::{EventType, Mode, Status};
use depeche_store::{ImportedEvent, ImportedParty};

/// Where the columns stand, from 0.
mod column {
    pub(super) const ID: usize = 0;
    pub(super) const DAY: usize = 1;
    pub(super) const TYPE: usize = 2;
    pub(super) const MODE: usize = 3;
    pub(super) const INTENSITY: usize = 4;
    pub(super) const CONTEXTS: usize = 6;
    pub(super) const ACTOR: usize = 7;
    pub(super) const RECIPIENT: usize = 15;
    pub(super) const PLACE: usize = 23;
    pub(super) const COUNTRY: usize = 27;
    pub(super) const LAT: usize = 28;
    pub(super) const LON: usize = 29;
    pub(super) const SOURCE: usize = 33;
    pub(super) const PUBLISHED: usize = 34;
}

pub(super) fn read(row: &[&str], countries: &Countries) -> Result<Read, String> {
    let field = |place: usize| row.get(place).copied().unwrap_or_default();
    let id = needed("Event ID", field(column::ID))?;
    let kind: EventType =
        needed("Event Type", field(column::TYPE))?.to_uppercase().parse().map_err(|error| format!("`Event Type`: {error}"))?;
    let mode = field(column::MODE).trim().to_lowercase().replace([' ', '_'], "-").parse::<Mode>().ok();
    let mode = mode.filter(|mode| kind.modes().any(|known| known == *mode));
    let (cameo, usual) = kind.scale(mode.as_ref());
    let (lat, lon) = (number("Latitude", field(column::LAT), 90.0)?, number("Longitude", field(column::LON), 180.0)?);
    let names: Vec<&str> = (column::PLACE..column::COUNTRY).map(field).collect();
    Ok(Read::Event(Box::new(ImportedEvent {
        row: id.to_owned(),
        kind,
        mode,
        status: Status::Occurred,
        cameo: cameo.to_owned(),
        goldstein: number("Intensity", field(column::INTENSITY), 10.0)?.unwrap_or(usual),
        quad: kind.quad(),
        day: day("Event Date", field(column::DAY))?,
        place: place(&names, countries.of_name(field(column::COUNTRY)), lat, lon, countries),
        contexts: several(field(column::CONTEXTS)).filter_map(|context| context.to_lowercase().parse().ok()).collect(),
        actors: parties(row, column::ACTOR, countries),
        recipients: parties(row, column::RECIPIENT, countries),
        url: None,
        publisher: text(field(column::SOURCE)),
        published: day("Publication Date", field(column::PUBLISHED))?,
    })))
}

/// Several values of one field.
fn several(field: &str) -> impl Iterator<Item = &str> {
    field.split(';').map(str::trim)
}

/// The parties of one side, by name, country and primary sector; of a column that has fewer values than there are names the last are empty.
fn parties(row: &[&str], first: usize, countries: &Countries) -> Vec<ImportedParty> {
    let field = |place: usize| row.get(first + place).copied().unwrap_or_default();
    let (names, codes, sectors): (Vec<&str>, Vec<&str>, Vec<&str>) =
        (several(field(0)).collect(), several(field(1)).collect(), several(field(3)).collect());
    let at = |values: &[&str], place: usize| values.get(place).copied().unwrap_or_default().to_owned();
    let count = names.len().max(codes.len());
    let found = (0..count).filter_map(|place| {
        let code = at(&codes, place);
        let country = countries.of_name(&code).or(match code.as_str() {
            "IGO" => Some("IGO"),
            "NGO" => Some("NGO"),
            _ => None,
        });
        party(&at(&names, place), country, sector_of_role(&at(&sectors, place)), countries)
    });
    found.collect()
}
