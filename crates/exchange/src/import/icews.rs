//! Rows of ICEWS (Boschee and others, "ICEWS Coded Event Data", Harvard Dataverse, doi:10.7910/DVN/28075), the yearly and daily files.
//!
//! In goes a row of 20 columns under its header; out comes an event. Its intensity is on Goldstein's scale. Countries are told by their English names and sectors by words.

use super::Read;
use super::values::{coded, day, needed, number, party, place, text};
use crate::Countries;
use crate::actor_codes::sector_of_icews;
use depeche_record::Status;
use depeche_store::ImportedEvent;

/// The columns, in the order in which [`read`] takes them.
pub(super) const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

pub(super) fn read(row: &[&str], countries: &Countries) -> Result<Read, String> {
    let [
        id,
        date,
        source,
        source_sectors,
        source_country,
        _,
        code,
        intensity,
        target,
        target_sectors,
        target_country,
        _,
        _,
        publisher,
        city,
        district,
        province,
        country,
        lat,
        lon,
    ] = row
    else {
        return Err(format!("it has {} columns instead of {}", row.len(), COLUMNS.len()));
    };
    let id = needed("Event ID", id)?;
    let code = needed("CAMEO Code", code)?;
    let coded = match coded("CAMEO Code", code, number("Intensity", intensity, 10.0)?)? {
        Ok(coded) => coded,
        Err(read) => return Ok(read),
    };
    let of_country = |name: &str| countries.of_name(name);
    let (lat, lon) = (number("Latitude", lat, 90.0)?, number("Longitude", lon, 180.0)?);
    let day = day("Event Date", needed("Event Date", date)?)?;
    let actor = party(source, of_country(source_country), sector_of_icews(source_sectors), countries);
    let recipient = party(target, of_country(target_country), sector_of_icews(target_sectors), countries);
    Ok(Read::Event(Box::new(ImportedEvent {
        row: id.to_owned(),
        kind: coded.kind,
        mode: coded.mode,
        status: Status::Occurred,
        cameo: code.to_owned(),
        goldstein: coded.goldstein,
        quad: coded.quad,
        day,
        place: place(&[city, district, province], of_country(country), lat, lon, countries),
        contexts: Vec::new(),
        actors: actor.into_iter().collect(),
        recipients: recipient.into_iter().collect(),
        url: None,
        publisher: text(publisher),
        // ICEWS dates events by the day of the story.
        published: day,
    })))
}
