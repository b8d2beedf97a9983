//! Happenings for whoever looks before asking: pages from either end, one in full, and those that are new.
//!
//! In goes a filter, an order and where an earlier page ended, or an id; out come happenings with the figures that a list shows, or one with every report in its sentence and what the reports do
//! not agree on. Undated happenings come last in either order.

use crate::detail::{DispatchRef, HappeningDetail, Origin, PartyDetail, detail};
use crate::error::StoreError;
use crate::evidence::{Evidence, MOST_DISPATCHES, Opened, of_event};
use crate::file::Reader;
use crate::filter::{Filter, over_first_happenings};
use crate::paging::{Cursor, Page};
use crate::stories::{DisagreementRow, DisagreementValue, disagreements_of};
use crate::timeline::{BY_DAY, Bare, HAPPENINGS, TimelineEntry, USUAL_PAGE, bare, fill};
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

/// A happening as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineRow {
    /// What `timeline` answers.
    #[serde(flatten)]
    pub entry: TimelineEntry,
    /// The Goldstein value.
    pub goldstein: f64,
    /// The quad class.
    pub quad: String,
    /// How many independent sources report it.
    pub sources: u64,
}

/// From which end happenings are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TimelineOrder {
    /// The oldest first.
    #[default]
    First,
    /// The newest first.
    Last,
}

/// One happening with all its reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "they are those of `HappeningDetail`")]
pub struct HappeningInFull {
    #[serde(flatten)]
    pub entry: TimelineEntry,
    pub contexts: Vec<String>,
    pub cameo: String,
    pub goldstein: f64,
    pub quad: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub count: Option<i64>,
    pub topics: Vec<String>,
    pub confidence: Option<f64>,
    pub parties: Vec<PartyDetail>,
    pub sources: u64,
    pub dispatches: Vec<DispatchRef>,
    pub leads: bool,
    pub origin: Option<Origin>,
    /// Every report in its sentence.
    pub evidence: Vec<Evidence>,
    /// On what the reports differ.
    pub disagreements_listed: Vec<FieldValues>,
}

/// A field on which reports differ, with what each says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldValues {
    /// The field.
    pub field: String,
    /// Its values.
    pub values: Vec<DisagreementValue>,
}

impl Reader {
    /// The happenings that a filter lets through behind the place where an earlier page ended; `filter.limit` of them, or 100.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn happenings_page(&self, filter: &Filter, order: TimelineOrder, after: Option<&Cursor>) -> Result<Page<TimelineRow>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        page(&transaction, filter, order, after)
    }

    /// The happening of an id in full; none where the record has none.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn happening_in_full(&self, id: &str) -> Result<Option<HappeningInFull>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let mut statement = transaction.prepare_cached(&format!("{HAPPENINGS} WHERE h.id = ?"))?;
        let mut found: Vec<Bare> = statement.query_map([id], bare)?.collect::<Result<_, _>>()?;
        fill(&transaction, &mut found)?;
        let Some((key, lead, entry)) = found.pop() else { return Ok(None) };
        let detail = detail(&transaction, key, lead, entry)?;
        let mut opened = Opened::default();
        let mut evidence = Vec::new();
        for report in detail.entry.reports.iter().take(MOST_DISPATCHES) {
            evidence.extend(opened.get(self, &report.dispatch)?.and_then(|coded| of_event(coded, &report.event)));
        }
        let differs = disagreements_of(&transaction, key)?;
        Ok(Some(HappeningInFull::of(detail, evidence, differs)))
    }

    /// The key of the happening that was written last; what is written later has a greater one.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn last_written(&self) -> Result<i64, StoreError> {
        Ok(self.connection.query_row("SELECT coalesce(max(happening), 0) FROM happenings", [], |row| row.get(0))?)
    }

    /// The happenings that were written, or written anew, after the one of a key, at most so many, and the key of the last of them.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn written_after(&self, key: i64, most: usize) -> Result<(Vec<TimelineRow>, i64), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let sql = format!("{HAPPENINGS} WHERE h.happening > ? ORDER BY h.happening LIMIT {most}");
        let found: Vec<Figured> = transaction.prepare_cached(&sql)?.query_map([key], figured)?.collect::<Result<_, _>>()?;
        let last = found.last().map_or(key, |found| found.bare.0);
        Ok((filled(&transaction, found)?, last))
    }
}

impl HappeningInFull {
    fn of(detail: HappeningDetail, evidence: Vec<Evidence>, differs: Vec<DisagreementRow>) -> HappeningInFull {
        HappeningInFull {
            entry: detail.entry,
            contexts: detail.contexts,
            cameo: detail.cameo,
            goldstein: detail.goldstein,
            quad: detail.quad,
            lat: detail.lat,
            lon: detail.lon,
            count: detail.count,
            topics: detail.topics,
            confidence: detail.confidence,
            parties: detail.parties,
            sources: detail.sources,
            dispatches: detail.dispatches,
            leads: detail.leads,
            origin: detail.origin,
            evidence,
            disagreements_listed: differs.into_iter().map(|row| FieldValues { field: row.field, values: row.values }).collect(),
        }
    }
}

/// The order of a timeline from its end.
const BY_DAY_BACKWARDS: &str = "coalesce(h.first, '~') DESC, coalesce(h.last, '') DESC, h.id DESC";
const DATED: &str = "coalesce(h.first, '~') < '~'";
const UNDATED: &str = "coalesce(h.first, '~') >= '~'";

/// A happening's own row with its figures.
struct Figured {
    bare: Bare,
    goldstein: f64,
    quad: String,
    sources: u64,
}

fn figured(row: &Row<'_>) -> rusqlite::Result<Figured> {
    Ok(Figured { bare: bare(row)?, goldstein: row.get(12)?, quad: row.get(13)?, sources: row.get(14)? })
}

/// A page of happenings, within a transaction of the caller's.
pub(crate) fn page(
    connection: &Connection,
    filter: &Filter,
    order: TimelineOrder,
    after: Option<&Cursor>,
) -> Result<Page<TimelineRow>, StoreError> {
    let most = filter.limit.unwrap_or(USUAL_PAGE);
    let mut found = Vec::new();
    let wanted = most.saturating_add(1);
    match order {
        TimelineOrder::First => found = listed(connection, filter, BY_DAY, after.map(|after| (">", after)), None, wanted)?,
        TimelineOrder::Last => {
            // Those with a day backwards; then the others, which stand behind all days in the index.
            let is_dated = |cursor: &&Cursor| cursor.first().is_some();
            if after.is_none_or(|after| is_dated(&after)) {
                let place = after.map(|after| ("<", after));
                found = listed(connection, filter, BY_DAY_BACKWARDS, place, Some(DATED), wanted)?;
            }
            if found.len() < wanted {
                let place = after.filter(|after| !is_dated(after)).map(|after| ("<", after));
                let left = wanted - found.len();
                found.extend(listed(connection, filter, BY_DAY_BACKWARDS, place, Some(UNDATED), left)?);
            }
        }
    }
    let more = found.len() > most;
    found.truncate(most);
    let items = filled(connection, found)?;
    let next = items.last().filter(|_| more).map(|row| Cursor::behind(&row.entry));
    Ok(Page { items, next })
}

fn listed(
    connection: &Connection,
    filter: &Filter,
    order: &str,
    place: Option<(&str, &Cursor)>,
    part: Option<&str>,
    most: usize,
) -> Result<Vec<Figured>, StoreError> {
    let mut conditions = over_first_happenings(connection, filter)?;
    if let Some(part) = part {
        conditions.add(part, []);
    }
    if let Some((side, cursor)) = place {
        conditions.add(format!("({BY_DAY}) {side} (?, ?, ?)"), cursor.values());
    }
    let sql = format!("{HAPPENINGS} WHERE {} ORDER BY {order} LIMIT {most}", conditions.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(conditions.values), figured)?.collect::<Result<_, _>>()?)
}

fn filled(connection: &Connection, found: Vec<Figured>) -> Result<Vec<TimelineRow>, StoreError> {
    let figures: Vec<(f64, String, u64)> = found.iter().map(|figured| (figured.goldstein, figured.quad.clone(), figured.sources)).collect();
    let mut bare: Vec<Bare> = found.into_iter().map(|figured| figured.bare).collect();
    fill(connection, &mut bare)?;
    let rows = bare.into_iter().zip(figures);
    Ok(rows.map(|((_, _, entry), (goldstein, quad, sources))| TimelineRow { entry, goldstein, quad, sources }).collect())
}
