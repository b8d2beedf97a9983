//! Event rows of GDELT 2.0 ("The GDELT Event Database Data Format Codebook V2.0", 19 February 2015) and 1.0 ("GDELT Data Format Codebook V 1.03", 25 August 2013).
//!
//! In goes a row; out comes an event with its two actors, its place and where it was reported. How many columns it has tells its version:
//!
//! | columns | version | its last columns |
//! | --- | --- | --- |
//! | 61 | 2.0 | places of eight columns each (35–42, 43–50, 51–58), `DATEADDED` with the time of day (59), `SOURCEURL` (60) |
//! | 58 | 1.0, from April 2013 | places of seven columns, without `ADM2Code` (35–41, 42–48, 49–55), `DATEADDED` as a day (56), `SOURCEURL` (57) |
//! | 57 | 1.0, before | the same without `SOURCEURL` |
//!
//! The columns 0 to 34 are the same in all. The two versions number their events by themselves, so a row of 1.0 is kept as `1.0-` and its number. GDELT gives the day of the event from the
//! article's words and falls back on the day of publication without telling; that cannot be seen here.

use super::Read;
use super::values::{coded, day, needed, number, party, place, text};
use crate::Countries;
use crate::actor_codes::sector_of_role;
use depeche_record::Status;
use depeche_store::{ImportedEvent, ImportedParty};

/// Where the columns stand that are in all versions, from 0.
mod column {
    pub(super) const ID: usize = 0;
    pub(super) const DAY: usize = 1;
    pub(super) const ACTOR_1: usize = 5;
    pub(super) const ACTOR_2: usize = 15;
    pub(super) const CODE: usize = 26;
    pub(super) const GOLDSTEIN: usize = 30;
}

/// Where the columns of a version stand, from 0.
struct Version {
    /// What stands before its numbers in the record.
    prefix: &'static str,
    /// `ActionGeo_Type`; name and country follow.
    place: usize,
    /// `ActionGeo_Lat`; `ActionGeo_Long` follows.
    lat: usize,
    /// `DATEADDED`.
    added: usize,
}

const SECOND: Version = Version { prefix: "", place: 51, lat: 56, added: 59 };
const FIRST: Version = Version { prefix: "1.0-", place: 49, lat: 53, added: 56 };

impl Version {
    /// The version of a row of so many columns.
    fn of(columns: usize) -> Result<Version, String> {
        match columns {
            crate::export::GDELT_COLUMNS => Ok(SECOND),
            57 | 58 => Ok(FIRST),
            other => Err(format!("it has {other} columns instead of 61 (GDELT 2.0), 58 or 57 (GDELT 1.0)")),
        }
    }
}

pub(super) fn read(row: &[&str], countries: &Countries) -> Result<Read, String> {
    let version = Version::of(row.len())?;
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
    let country = countries.of_fips(field(version.place + 2).trim());
    let lat = number("ActionGeo_Lat", field(version.lat), 90.0)?;
    let lon = number("ActionGeo_Long", field(version.lat + 1), 180.0)?;
    Ok(Read::Event(Box::new(ImportedEvent {
        row: format!("{}{id}", version.prefix),
        kind: coded.kind,
        mode: coded.mode,
        status: Status::Occurred,
        cameo: code.to_owned(),
        goldstein: coded.goldstein,
        quad: coded.quad,
        day: day("SQLDATE", field(column::DAY))?,
        place: place(&[field(version.place + 1)], country, lat, lon, countries),
        contexts: Vec::new(),
        actors: actor(row, column::ACTOR_1, countries).into_iter().collect(),
        recipients: actor(row, column::ACTOR_2, countries).into_iter().collect(),
        url: text(field(version.added + 1)),
        publisher: None,
        published: day("DATEADDED", field(version.added).get(..8).unwrap_or_default())?,
    })))
}

/// An actor: its name and country, and the first of its three roles that PLOVER has.
fn actor(row: &[&str], first: usize, countries: &Countries) -> Option<ImportedParty> {
    let field = |place: usize| row.get(first + place).copied().unwrap_or_default().trim();
    let sector = (7..10).find_map(|place| sector_of_role(field(place)));
    let country = countries.of_cameo(field(2)).or(sector.filter(|sector| matches!(*sector, "IGO" | "NGO")));
    party(field(1), country, sector, countries)
}
