//! `places`: where things happened.
//!
//! In goes a filter; out come the places of the happenings that it lets through, each with its coordinates where a report has them, and how many of which type. Those of most happenings come first.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, over_happenings};
use rusqlite::{OptionalExtension, params_from_iter};
use serde::Serialize;
use std::collections::BTreeMap;

/// A place and what happened there.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlaceRow {
    pub name: String,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub happenings: u64,
    /// By type.
    pub types: BTreeMap<String, u64>,
}

impl Reader {
    /// The places of the happenings that a filter lets through.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn places(&self, filter: &Filter) -> Result<Vec<PlaceRow>, StoreError> {
        let conditions = over_happenings(&self.connection, filter)?;
        let sql = format!(
            "SELECT h.place, h.place_country, h.type, count(*), min(h.lead) FROM happenings AS h WHERE h.place IS NOT NULL AND {} GROUP BY 1, 2, 3",
            conditions.sql()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(conditions.values))?;
        let mut places: BTreeMap<(String, Option<String>), PlaceRow> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (name, country): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let place = places.entry((name.clone(), country.clone())).or_insert_with(|| PlaceRow {
                name,
                country,
                lat: None,
                lon: None,
                happenings: 0,
                types: BTreeMap::new(),
            });
            let count: u64 = row.get(3)?;
            place.happenings += count;
            *place.types.entry(row.get(2)?).or_default() += count;
            if place.lat.is_none() {
                (place.lat, place.lon) = self.coordinates(row.get(4)?)?;
            }
        }
        let mut found: Vec<PlaceRow> = places.into_values().collect();
        found.sort_by(|one, other| other.happenings.cmp(&one.happenings).then_with(|| one.name.cmp(&other.name)));
        found.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Where an event took place, in degrees north and east.
    fn coordinates(&self, event: i64) -> Result<(Option<f64>, Option<f64>), StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT lat, lon FROM events WHERE event = ?")?;
        Ok(statement.query_row([event], |row| Ok((row.get(0)?, row.get(1)?))).optional()?.unwrap_or_default())
    }
}
