//! POLECAT's forty columns, tab-separated with its header (Halterman, Bagozzi, Beger, Schrodt and Scraborough, "PLOVER and POLECAT", 2023, and the data's own codebook at Harvard Dataverse,
//! doi:10.7910/DVN/AJGVIT).
//!
//! In go happenings; out goes a row each. Several actors or recipients stand in one field, parted by `; `, in the same order in every column of theirs. `Event Date` is empty where the day is not
//! known. Correlates-of-War numbers, GeoNames and Wikipedia identifiers stay empty, for the record does not have them.

use super::{Exported, Fault, tab_row};
use crate::tables::{Visit, joined};
use depeche_store::{HappeningDetail, HappeningOrder, PartyDetail};
use std::io::Write;

/// The columns in their order.
pub(crate) const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// Writes happenings.
pub(super) fn write(asked: &Visit<'_>, out: &mut impl Write) -> Result<Exported, Fault> {
    tab_row(out, &COLUMNS.map(str::to_owned))?;
    let mut exported = Exported::default();
    asked.happenings(HappeningOrder::Day, |happening| {
        tab_row(out, &row(&happening))?;
        exported.answers += 1;
        exported.written += 1;
        Ok(())
    })?;
    Ok(exported)
}

fn row(happening: &HappeningDetail) -> Vec<String> {
    let entry = &happening.entry;
    let day = entry.when.as_ref().filter(|when| when.earliest.is_some() && when.earliest == when.latest);
    let mut fields = vec![
        // A row of POLECAT's own keeps its name.
        happening.origin.as_ref().filter(|origin| origin.source == "polecat").map_or(&entry.id, |origin| &origin.row).clone(),
        day.and_then(|when| when.earliest.clone()).unwrap_or_default(),
        entry.kind.clone(),
        entry.mode.clone().unwrap_or_default(),
        format!("{:.1}", happening.goldstein),
        happening.quad.to_uppercase(),
        joined(happening.contexts.iter().cloned()),
    ];
    for side in ["actor", "recipient"] {
        let of = |told: fn(&PartyDetail) -> Option<&str>| {
            let parties = happening.parties.iter().filter(|party| party.side == side);
            let values: Vec<String> = parties.map(|party| told(party).unwrap_or_default().replace(';', ",")).collect();
            if values.iter().all(String::is_empty) { String::new() } else { joined(values) }
        };
        fields.extend([
            of(|party| Some(&party.name)),
            of(|party| party.country.as_deref()),
            String::new(),
            of(|party| party.sector.as_deref()),
            of(|party| party.sector.as_deref()),
            of(|party| party.office.as_deref()),
            of(|party| Some(&party.text)),
            String::new(),
        ]);
    }
    let place = entry.place.as_ref();
    let name = place.map(|place| place.name.clone()).unwrap_or_default();
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    let lead = happening.dispatches.first();
    let origin = happening.origin.as_ref();
    let of_kind =
        |kind: &str| joined(happening.parties.iter().filter(|party| party.kind.as_deref() == Some(kind)).map(|party| party.name.clone()));
    fields.extend([
        name.clone(),
        String::new(),
        String::new(),
        String::new(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        degrees(happening.lat),
        degrees(happening.lon),
        String::new(),
        name.clone(),
        String::new(),
        lead.and_then(|lead| lead.publisher.clone()).or_else(|| origin.and_then(|origin| origin.publisher.clone())).unwrap_or_default(),
        lead.and_then(|lead| lead.published.clone()).or_else(|| origin.and_then(|origin| origin.published.clone())).unwrap_or_default(),
        of_kind("person"),
        of_kind("body"),
        name,
        lead.and_then(|lead| lead.language.clone()).unwrap_or_default(),
        format!("depeche {}", env!("CARGO_PKG_VERSION")),
    ]);
    fields
}
