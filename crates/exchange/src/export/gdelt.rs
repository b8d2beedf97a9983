//! Event rows of GDELT 2.0: 61 tab-separated columns without a header ("The GDELT Event Database Data Format Codebook V2.0", 19 February 2015).
//!
//! In go happenings; out goes a row for each actor with each recipient, since a row of GDELT has one of either; where several act together upon nobody, for each with each of the others. GDELT counts
//! articles: here `NumArticles` are the dispatches, `NumMentions` the reports in them and `NumSources` the independent sources. A date that is partial fills only the columns that it knows:
//! `MonthYear` and `Year` of a month, `Year` of a year. `AvgTone`, the ethnic and religious codes and the places of the actors stay empty, because nobody measured them.

use super::{Exported, Fault, tab_row};
use crate::Countries;
use crate::actor_codes::role_of_sector;
use crate::tables::Visit;
use depeche_record::{Date, Quad, quad_of_cameo};
use depeche_store::{HappeningDetail, HappeningOrder, PartyDetail};
use sha2::{Digest, Sha256};
use std::io::Write;

/// How many columns a row has.
pub(crate) const COLUMNS: usize = 61;

/// Writes happenings.
pub(super) fn write(asked: &Visit<'_>, countries: &Countries, out: &mut impl Write) -> Result<Exported, Fault> {
    let mut exported = Exported::default();
    asked.happenings(HappeningOrder::Day, |happening| {
        exported.answers += 1;
        for (actor, recipient) in pairs(&happening) {
            tab_row(out, &row(&happening, actor, recipient, countries))?;
            exported.written += 1;
        }
        Ok(())
    })?;
    Ok(exported)
}

/// Who with whom, each a row.
fn pairs(happening: &HappeningDetail) -> Vec<(Option<&PartyDetail>, Option<&PartyDetail>)> {
    let (actors, recipients): (Vec<_>, Vec<_>) = happening.parties.iter().partition(|party| party.side == "actor");
    match (actors.as_slice(), recipients.as_slice()) {
        ([], []) => vec![(None, None)],
        ([], recipients) => recipients.iter().map(|&recipient| (None, Some(recipient))).collect(),
        ([only], []) => vec![(Some(only), None)],
        (actors, []) => {
            let others = |one: usize| actors.iter().enumerate().filter(move |(other, _)| *other != one).map(|(_, &party)| party);
            actors.iter().enumerate().flat_map(|(place, &actor)| others(place).map(move |other| (Some(actor), Some(other)))).collect()
        }
        (actors, recipients) => {
            actors.iter().flat_map(|&actor| recipients.iter().map(move |&recipient| (Some(actor), Some(recipient)))).collect()
        }
    }
}

fn row(happening: &HappeningDetail, actor: Option<&PartyDetail>, recipient: Option<&PartyDetail>, countries: &Countries) -> Vec<String> {
    let mut fields = Vec::with_capacity(COLUMNS);
    fields.push(number(happening, actor, recipient).to_string());
    fields.extend(dates(happening));
    fields.extend(party(actor, countries));
    fields.extend(party(recipient, countries));
    let code = &happening.cameo;
    let quad = match quad_of_cameo(code) {
        Some(Quad::VerbalCooperation) => "1",
        Some(Quad::MaterialCooperation) => "2",
        Some(Quad::VerbalConflict) => "3",
        Some(Quad::MaterialConflict) => "4",
        None => "",
    };
    fields.push(if happening.leads { "1" } else { "0" }.to_owned());
    fields.push(code.clone());
    fields.push(code.chars().take(3).collect());
    fields.push(code.chars().take(2).collect());
    fields.push(quad.to_owned());
    fields.push(format!("{:.1}", happening.goldstein));
    fields.push(happening.entry.reports.len().to_string());
    fields.push(happening.sources.to_string());
    fields.push(happening.dispatches.len().to_string());
    fields.push(String::new());
    fields.extend(no_place());
    fields.extend(no_place());
    fields.extend(place(happening, countries));
    let origin = happening.origin.as_ref();
    let added = happening.dispatches.iter().filter_map(|dispatch| dispatch.first.as_deref()).min();
    let added = added.or_else(|| origin.and_then(|origin| origin.published.as_deref()));
    // Days are all that is known of it.
    fields.push(added.map(|day| format!("{}000000", day.replace('-', ""))).unwrap_or_default());
    let url = happening.dispatches.iter().find_map(|dispatch| dispatch.url.clone());
    fields.push(url.or_else(|| origin.and_then(|origin| origin.url.clone())).unwrap_or_default());
    fields
}

/// The number of a row, below 2^52 so that programs that read numbers as doubles keep it: a hash of what the row says, so that it is the same in every export. A row that came from GDELT keeps its own.
fn number(happening: &HappeningDetail, actor: Option<&PartyDetail>, recipient: Option<&PartyDetail>) -> u64 {
    let own = happening.origin.as_ref().filter(|origin| origin.source == "gdelt").and_then(|origin| origin.row.parse().ok());
    own.unwrap_or_else(|| {
        let mut hash = Sha256::new();
        hash.update(&happening.entry.id);
        for party in [actor, recipient] {
            hash.update([0]);
            hash.update(party.map_or("", |party| &party.name));
            hash.update([0]);
            hash.update(party.and_then(|party| party.country.as_deref()).unwrap_or_default());
        }
        hash.finalize().iter().take(8).fold(0_u64, |number, &byte| number << 8 | u64::from(byte)) >> 12
    })
}

/// `SQLDATE`, `MonthYear`, `Year`, `FractionDate`.
fn dates(happening: &HappeningDetail) -> [String; 4] {
    let when = happening.entry.when.as_ref();
    let day = |day: Option<&String>| day.and_then(|day| day.parse::<Date>().ok());
    let first = day(when.and_then(|when| when.earliest.as_ref()));
    let last = day(when.and_then(|when| when.latest.as_ref()));
    let (Some(first), Some(last)) = (first, last) else { return Default::default() };
    let in_year = first.year() == last.year();
    let in_month = in_year && first.month() == last.month();
    let told = |is_known: bool, text: String| if is_known { text } else { String::new() };
    // The codebook: the year, and days at the rate of 365 a year.
    let fraction = f64::from(first.year()) + (f64::from(first.month() - 1) * 30.0 + f64::from(first.day())) / 365.0;
    [
        told(first == last, first.strftime("%Y%m%d").to_string()),
        told(in_month, first.strftime("%Y%m").to_string()),
        told(in_year, first.strftime("%Y").to_string()),
        told(first == last, format!("{fraction:.4}")),
    ]
}

/// The ten columns of an actor.
fn party(party: Option<&PartyDetail>, countries: &Countries) -> [String; 10] {
    let Some(party) = party else { return Default::default() };
    let code = party.country.as_deref().unwrap_or_default();
    let country = countries.cameo(code).unwrap_or_default();
    let role = party.sector.as_deref().and_then(role_of_sector).or_else(|| role_of_sector(code)).unwrap_or_default();
    let mut columns: [String; 10] = Default::default();
    let [code, name, country_code, .., role_code, _, _] = &mut columns;
    *code = format!("{country}{role}");
    *name = party.name.to_uppercase();
    country.clone_into(country_code);
    role.clone_into(role_code);
    columns
}

/// The eight columns of a place that is not known.
fn no_place() -> [String; 8] {
    let mut columns: [String; 8] = Default::default();
    "0".clone_into(&mut columns[0]);
    columns
}

/// The eight columns of where it took place: 1 a country, 3 a city of the United States, 4 another city.
fn place(happening: &HappeningDetail, countries: &Countries) -> [String; 8] {
    let Some(place) = &happening.entry.place else { return no_place() };
    let country = place.country.as_deref().unwrap_or_default();
    let fips = countries.fips(country).unwrap_or_default();
    let kind = match country {
        _ if countries.of_name(&place.name).is_some() => "1",
        "USA" => "3",
        _ => "4",
    };
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| format!("{degrees:.5}")).unwrap_or_default();
    let id = if kind == "1" { fips } else { "" };
    [
        kind.to_owned(),
        place.name.clone(),
        fips.to_owned(),
        fips.to_owned(),
        String::new(),
        degrees(happening.lat),
        degrees(happening.lon),
        id.to_owned(),
    ]
}
