//! `timeline`: what happened, by day.
//!
//! In goes a filter; out come happenings in the order of their first day, undated ones last, each with its parties as its leading report has them and with every report as evidence; all at once, or
//! a page at a time. A page costs the same few questions to the file however many happenings it has.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, over_first_happenings, over_happenings};
use crate::paging::{Cursor, Page};
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;
use std::collections::HashMap;

/// How many happenings a page has where nobody says.
pub(crate) const USUAL_PAGE: usize = 100;
/// How many happenings are read at a time.
const MOST_AT_ONCE: usize = 500;

/// A happening with its reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Party {
    pub id: Option<String>,
    pub name: String,
    pub country: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct PlaceName {
    pub name: String,
    pub country: Option<String>,
}

/// A time as the record writes it, and its first and last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Days {
    pub value: String,
    pub earliest: Option<String>,
    pub latest: Option<String>,
}

/// A report of a happening: the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
        // One transaction: a writer beside it must not change what a happening's parties are asked for.
        let transaction = self.connection.unchecked_transaction()?;
        let mut found = listed(&transaction, filter, None, filter.sql_limit())?;
        found.chunks_mut(MOST_AT_ONCE).try_for_each(|some| fill(&transaction, some))?;
        Ok(found.into_iter().map(|(_, _, entry)| entry).collect())
    }

    /// The happenings that a filter lets through behind the place where an earlier page ended, from the first where there is none; `filter.limit` of them, or 100. Pages one after the other are what
    /// [`Reader::timeline`] answers, if nothing is written meanwhile; if something is, nothing that stays where it was is left out or given twice.
    ///
    /// # Errors
    /// As [`Reader::timeline`].
    pub fn timeline_page(&self, filter: &Filter, after: Option<&Cursor>) -> Result<Page<TimelineEntry>, StoreError> {
        let most = filter.limit.unwrap_or(USUAL_PAGE);
        let transaction = self.connection.unchecked_transaction()?;
        let mut found = listed(&transaction, filter, after, i64::try_from(most).map_or(i64::MAX, |most| most.saturating_add(1)))?;
        let more = found.len() > most;
        found.truncate(most);
        found.chunks_mut(MOST_AT_ONCE).try_for_each(|some| fill(&transaction, some))?;
        let items: Vec<TimelineEntry> = found.into_iter().map(|(_, _, entry)| entry).collect();
        let next = items.last().filter(|_| more).map(Cursor::behind);
        Ok(Page { items, next })
    }

    /// The happening of an id.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn happening(&self, id: &str) -> Result<Option<TimelineEntry>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let mut statement = transaction.prepare_cached(&format!("{HAPPENINGS} WHERE h.id = ?"))?;
        let mut found: Vec<Bare> = statement.query_map([id], bare)?.collect::<Result<_, _>>()?;
        fill(&transaction, &mut found)?;
        Ok(found.pop().map(|(_, _, entry)| entry))
    }
}

/// The keys of a happening and of its leading event, and what stands of it in its own row.
pub(crate) type Bare = (i64, i64, TimelineEntry);

/// The order of a timeline: undated ones last, open beginnings of one day first.
pub(crate) const BY_DAY: &str = "coalesce(h.first, '~'), coalesce(h.last, ''), h.id";

fn listed(connection: &Connection, filter: &Filter, after: Option<&Cursor>, most: i64) -> Result<Vec<Bare>, StoreError> {
    let mut conditions = if most < 0 { over_happenings(connection, filter)? } else { over_first_happenings(connection, filter)? };
    if let Some(after) = after {
        conditions.add(format!("({BY_DAY}) > (?, ?, ?)"), after.values());
    }
    let sql = format!("{HAPPENINGS} WHERE {} ORDER BY {BY_DAY} LIMIT {most}", conditions.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(conditions.values), bare)?.collect::<Result<_, _>>()?)
}

/// The happenings, in the columns that [`bare`] reads.
pub(crate) const HAPPENINGS: &str = "SELECT h.happening, h.lead, h.id, h.type, h.mode, h.status, h.place, h.place_country, h.value, h.first, h.last, h.disagreements, h.goldstein, h.quad, h.sources \
                          FROM happenings AS h";

/// A happening without what stands in other tables.
pub(crate) fn bare(row: &Row<'_>) -> rusqlite::Result<Bare> {
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

/// Fills in the parties and reports of happenings, by one question for each.
pub(crate) fn fill(connection: &Connection, happenings: &mut [Bare]) -> Result<(), StoreError> {
    let list = |keys: &mut dyn Iterator<Item = i64>| serde_json::to_string(&keys.collect::<Vec<_>>()).unwrap_or_default();
    let mut sides = parties(connection, &list(&mut happenings.iter().map(|(_, lead, _)| *lead)))?;
    let mut reports = reports(connection, &list(&mut happenings.iter().map(|(key, ..)| *key)))?;
    for (key, lead, entry) in happenings {
        (entry.actors, entry.recipients) = sides.remove(lead).unwrap_or_default();
        entry.reports = reports.remove(key).unwrap_or_default();
    }
    Ok(())
}

/// Actors and recipients.
type Sides = (Vec<Party>, Vec<Party>);

/// The parties of events, whose keys are a list in JSON.
fn parties(connection: &Connection, events: &str) -> Result<HashMap<i64, Sides>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT p.event, p.side, coalesce(f.actor, e.actor), coalesce(e.name, p.text), coalesce(p.country, e.country) FROM json_each(?) AS l \
         CROSS JOIN participants AS p ON p.event = l.value LEFT JOIN entities AS e ON e.entity = p.entity LEFT JOIN forms AS f ON f.form = e.actor \
         ORDER BY p.event, p.side, p.place",
    )?;
    let mut rows = statement.query([events])?;
    let mut sides: HashMap<i64, Sides> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (actors, recipients) = sides.entry(row.get(0)?).or_default();
        let side = if row.get_ref(1)?.as_str() == Ok("actor") { actors } else { recipients };
        side.push(Party { id: row.get(2)?, name: row.get(3)?, country: row.get(4)? });
    }
    Ok(sides)
}

/// The reports of happenings, whose keys are a list in JSON, in their order.
fn reports(connection: &Connection, happenings: &str) -> Result<HashMap<i64, Vec<ReportRef>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id, e.id, s.name, r.independent, r.happening FROM json_each(?) AS l CROSS JOIN reports AS r ON r.happening = l.value \
         JOIN events AS e USING (event) JOIN dispatches AS d ON d.dispatch = r.event / 65536 LEFT JOIN sources AS s USING (source) \
         ORDER BY r.happening, r.place",
    )?;
    let mut rows = statement.query([happenings])?;
    let mut reports: HashMap<i64, Vec<ReportRef>> = HashMap::new();
    while let Some(row) = rows.next()? {
        reports.entry(row.get(4)?).or_default().push(report(row)?);
    }
    Ok(reports)
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
