//! Event rows of GDELT 2.0 ("The GDELT Event Database Data Format Codebook V2.0", 19 February 2015).
//!
//! In goes a row of 61 columns; out comes an event with its two actors, its place and where it was reported. GDELT gives the day of the event from the article's words and falls back on the day of
//! publication without telling; that cannot be seen here.

use super::Read;
use super::values::{coded, day, has_columns, needed, number, party, place, text};
use crate::Countries;
use crate::actor_codes::sector_of_role;
use depeche_record::Status;
use depeche_store::{ImportedEvent, ImportedParty};

/// Where the columns stand, from 0.
mod column {
    pub(super) const ID: usize = 0;
    pub(super) const DAY: usize = 1;
    pub(super) const ACTOR_1: usize = 5;
    pub(super) const ACTOR_2: usize = 15;
    pub(super) const CODE: usize = 26;
    pub(super) const GOLDSTEIN: usize = 30;
    pub(super) const PLACE: usize = 51;
    pub(super) const ADDED: usize = 59;
    pub(super) const URL: usize = 60;
}

pub(super) fn read(row: &[&str], countries: &Countries) -> Result<Read, String> {
    has_columns(row, crate::export::GDELT_COLUMNS)
        .map_err(|error| if row.len() == 58 { format!("{error}: GDELT 1.0 has 58, and this reads GDELT 2.0") } else { error })?;
    let field = |place: usize| row.get(place).copied().unwrap_or_default();
    let id = needed("GLOBALEVENTID", field(column::ID))?;
    if id.parse::<u64>().is_err() {
        return Err(format!("`GLOBALEVENTID` is no number: `{}`", id.chars().take(40).collect::<String>()));
    }
    let code = needed("EventCode", field(column::CODE))?;
    let figure = number("GoldsteinScale", field(column::GOLDSTEIN), 10.0)?;
    let coded = match coded("EventCode", code, figure)? {
        Ok(coded) => coded,
        Err(read) => return Ok(read),
    };
    let country = countries.of_fips(field(column::PLACE + 2).trim());
    let lat = number("ActionGeo_Lat", field(column::PLACE + 5), 90.0)?;
    let lon = number("ActionGeo_Long", field(column::PLACE + 6), 180.0)?;
    Ok(Read::Event(Box::new(ImportedEvent {
        row: id.to_owned(),
        kind: coded.kind,
        mode: coded.mode,
        status: Status::Occurred,
        cameo: code.to_owned(),
        goldstein: coded.goldstein,
        quad: coded.quad,
        day: day("SQLDATE", field(column::DAY))?,
        place: place(&[field(column::PLACE + 1)], country, lat, lon, countries),
        contexts: Vec::new(),
        actors: actor(row, column::ACTOR_1, countries).into_iter().collect(),
        recipients: actor(row, column::ACTOR_2, countries).into_iter().collect(),
        url: text(field(column::URL)),
        publisher: None,
        published: day("DATEADDED", field(column::ADDED).get(..8).unwrap_or_default())?,
    })))
}

/// An actor: its name and country, and the first of its three roles that PLOVER has.
fn actor(row: &[&str], first: usize, countries: &Countries) -> Option<ImportedParty> {
    let field = |place: usize| row.get(first + place).copied().unwrap_or_default().trim();
    let sector = (7..10).find_map(|place| sector_of_role(field(place)));
    let country = countries.of_cameo(field(2)).or(sector.filter(|sector| matches!(*sector, "IGO" | "NGO")));
    party(field(1), country, sector, countries)
}
