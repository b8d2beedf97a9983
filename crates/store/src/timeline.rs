//! `timeline`: what happened, by day.
//!
//! In goes a filter; out come happenings in the order of their first day, undated ones last, each with its parties as its leading report has them and with every report as evidence.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, over_happenings};
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

/// A happening with its reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct TimelineEntry {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub mode: Option<String>,
    pub status: String,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    pub place: Option<PlaceName>,
    pub when: Option<Days>,
    pub reports: Vec<ReportRef>,
    /// On how many fields the reports differ.
    pub disagreements: u64,
}

/// A party of a happening; without an id where nothing tells who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Party {
    pub id: Option<String>,
    pub name: String,
    pub country: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct PlaceName {
    pub name: String,
    pub country: Option<String>,
}

/// A time as the record writes it, and its first and last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Days {
    pub value: String,
    pub earliest: Option<String>,
    pub latest: Option<String>,
}

/// A report of a happening: the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct ReportRef {
    pub dispatch: String,
    pub event: String,
    pub publisher: Option<String>,
    /// Whether it is a source of its own, no copy of another.
    pub independent: bool,
}

impl Reader {
    /// The happenings that a filter lets through.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn timeline(&self, filter: &Filter) -> Result<Vec<TimelineEntry>, StoreError> {
        let conditions = over_happenings(&self.connection, filter)?;
        let sql =
            format!("{HAPPENINGS} WHERE {} ORDER BY h.first IS NULL, h.first, h.last, h.id LIMIT {}", conditions.sql(), filter.sql_limit());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(conditions.values), bare)?.collect::<Result<Vec<_>, _>>()?;
        found.into_iter().map(|(key, lead, entry)| filled(&self.connection, key, lead, entry)).collect()
    }

    /// The happening of an id.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn happening(&self, id: &str) -> Result<Option<TimelineEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!("{HAPPENINGS} WHERE h.id = ?"))?;
        let found = statement.query_map([id], bare)?.next().transpose()?;
        found.map(|(key, lead, entry)| filled(&self.connection, key, lead, entry)).transpose()
    }
}

/// The happenings, in the columns that [`bare`] reads.
pub(crate) const HAPPENINGS: &str = "SELECT h.happening, h.lead, h.id, h.type, h.mode, h.status, h.place, h.place_country, h.value, h.first, h.last, h.disagreements \
                          FROM happenings AS h";

/// A happening without what stands in other tables.
pub(crate) fn bare(row: &Row<'_>) -> rusqlite::Result<(i64, i64, TimelineEntry)> {
    let place: Option<String> = row.get(6)?;
    let value: Option<String> = row.get(8)?;
    let entry = TimelineEntry {
        id: row.get(2)?,
        kind: row.get(3)?,
        mode: row.get(4)?,
        status: row.get(5)?,
        actors: Vec::new(),
        recipients: Vec::new(),
        place: match place {
            Some(name) => Some(PlaceName { name, country: row.get(7)? }),
            None => None,
        },
        when: match value {
            Some(value) => Some(Days { value, earliest: row.get(9)?, latest: row.get(10)? }),
            None => None,
        },
        reports: Vec::new(),
        disagreements: row.get(11)?,
    };
    Ok((row.get(0)?, row.get(1)?, entry))
}

pub(crate) fn filled(connection: &Connection, key: i64, lead: i64, mut entry: TimelineEntry) -> Result<TimelineEntry, StoreError> {
    entry.actors = parties(connection, lead, "actor")?;
    entry.recipients = parties(connection, lead, "recipient")?;
    entry.reports = reports(connection, key)?;
    Ok(entry)
}

/// The parties of an event on one side.
pub(crate) fn parties(connection: &Connection, event: i64, side: &str) -> Result<Vec<Party>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(f.actor, e.actor), coalesce(e.name, p.text), coalesce(p.country, e.country) FROM participants AS p \
         LEFT JOIN entities AS e ON e.entity = p.entity LEFT JOIN forms AS f ON f.form = e.actor WHERE p.event = ? AND p.side = ? ORDER BY p.place",
    )?;
    let found = statement.query_map((event, side), |row| Ok(Party { id: row.get(0)?, name: row.get(1)?, country: row.get(2)? }))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The reports of a happening, in their order.
pub(crate) fn reports(connection: &Connection, happening: i64) -> Result<Vec<ReportRef>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id, e.id, s.name, r.independent FROM reports AS r JOIN events AS e USING (event) \
         JOIN dispatches AS d ON d.dispatch = r.event / 65536 LEFT JOIN sources AS s USING (source) WHERE r.happening = ? ORDER BY r.place",
    )?;
    let found = statement.query_map([happening], report)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn report(row: &Row<'_>) -> rusqlite::Result<ReportRef> {
    Ok(ReportRef { dispatch: row.get(0)?, event: row.get(1)?, publisher: row.get(2)?, independent: row.get(3)? })
}

/// The report that an event is, by its key.
pub(crate) fn report_of(connection: &Connection, event: i64) -> Result<ReportRef, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id, e.id, s.name, coalesce(r.independent, 0) FROM events AS e LEFT JOIN reports AS r USING (event) \
         JOIN dispatches AS d ON d.dispatch = e.event / 65536 LEFT JOIN sources AS s USING (source) WHERE e.event = ?",
    )?;
    Ok(statement.query_row([event], report)?)
}
