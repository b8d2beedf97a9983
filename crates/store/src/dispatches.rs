//! The dispatches of a record: a list of them, and one with all that was found in it.
//!
//! In goes a filter or an id; out come dispatches, the last published first and undated ones last, or one as it was coded, with the happenings that its events are, its story and its copies.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, over_dispatches, over_happenings};
use crate::paging::{Cursor, Page};
use crate::settling::dispatch_key;
use crate::stories::{StoryRow, story_row};
use crate::timeline::USUAL_PAGE;
use depeche_record::CodedDispatch;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

/// The most dispatches of one story or copies of one that are told.
const MOST_BESIDE: usize = 200;

/// A dispatch in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct DispatchRow {
    pub id: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    /// The first day on which it may have been published.
    pub first: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    /// The id of the story's first dispatch.
    pub story: Option<String>,
    /// The dispatch that it is a copy of; its own id where it is none.
    pub report: Option<String>,
    /// `original`, `copy`, `near_copy` or `reprint`.
    pub copy: Option<String>,
}

/// One dispatch with what it is among the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DispatchInFull {
    /// As it was coded.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub coded: CodedDispatch,
    /// Which happening each of its events is.
    pub happenings: Vec<EventHappening>,
    /// The dispatches of its story, itself among them.
    pub story: Vec<StoryRow>,
    /// The others that are copies of the same dispatch.
    pub copies: Vec<StoryRow>,
}

/// An event of a dispatch and the happening that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct EventHappening {
    pub event: String,
    pub happening: String,
}

impl Reader {
    /// The dispatches that a filter lets through behind the place where an earlier page ended; `filter.limit` of them, or 100. Days, source and words are the dispatches' own; of the rest of the
    /// filter, they are those that report such a happening.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn dispatches_page(&self, filter: &Filter, after: Option<&Cursor>) -> Result<Page<DispatchRow>, StoreError> {
        let most = filter.limit.unwrap_or(USUAL_PAGE);
        let transaction = self.connection.unchecked_transaction()?;
        let mut conditions = over_dispatches(&transaction, filter)?;
        let reported = Filter { since: None, until: None, source: None, text: None, limit: None, ..filter.clone() };
        if reported != Filter::default() {
            let of_happenings = over_happenings(&transaction, &reported)?;
            let told = format!(
                "d.dispatch IN (SELECT r.event / 65536 FROM happenings AS h JOIN reports AS r USING (happening) WHERE {})",
                of_happenings.sql()
            );
            conditions.add(told, of_happenings.values);
        }
        if let Some(after) = after {
            match after.first() {
                Some(day) => {
                    let behind = "(d.first IS NULL OR d.first < ? OR (d.first = ? AND d.id > ?))";
                    conditions.add(behind, [day.to_string().into(), day.to_string().into(), after.id().to_owned().into()]);
                }
                None => conditions.add("d.first IS NULL AND d.id > ?", [after.id().to_owned().into()]),
            }
        }
        let sql = format!(
            "SELECT d.id, d.title, s.name, d.published, d.first, d.language, d.url, d.story, d.report, d.copy FROM dispatches AS d \
             LEFT JOIN sources AS s USING (source) WHERE {} ORDER BY d.first DESC, d.id LIMIT {}",
            conditions.sql(),
            most.saturating_add(1)
        );
        let mut statement = transaction.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(conditions.values), |row| {
            Ok(DispatchRow {
                id: row.get(0)?,
                title: row.get(1)?,
                publisher: row.get(2)?,
                published: row.get(3)?,
                first: row.get(4)?,
                language: row.get(5)?,
                url: row.get(6)?,
                story: row.get(7)?,
                report: row.get(8)?,
                copy: row.get(9)?,
            })
        })?;
        let mut items = found.collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > most;
        items.truncate(most);
        let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        let next = items.last().filter(|_| more).map(|row| Cursor::at(day(&row.first), None, &row.id));
        Ok(Page { items, next })
    }

    /// The dispatch of an id with what it is among the others; none where the record has none.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn dispatch_in_full(&self, id: &str) -> Result<Option<DispatchInFull>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let Some(key) = dispatch_key(&transaction, id)? else { return Ok(None) };
        let mut statement = transaction.prepare_cached(
            "SELECT e.id, h.id FROM events AS e JOIN reports AS r USING (event) JOIN happenings AS h USING (happening) \
             WHERE e.event BETWEEN ?1 * 65536 AND ?1 * 65536 + 65535 ORDER BY e.event",
        )?;
        let happenings = statement.query_map([key], |row| Ok(EventHappening { event: row.get(0)?, happening: row.get(1)? }))?;
        let happenings = happenings.collect::<Result<_, _>>()?;
        let story = beside(&transaction, "d.story = (SELECT story FROM dispatches WHERE id = ?1)", id)?;
        let copies = beside(&transaction, "d.report = (SELECT report FROM dispatches WHERE id = ?1) AND d.id != ?1", id)?;
        Ok(Some(DispatchInFull { coded: of_key(&transaction, key)?, happenings, story, copies }))
    }

    /// The title, publisher and day of the dispatches of some ids, in the order of the ids.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn dispatch_heads(&self, ids: &[&str]) -> Result<Vec<Option<StoryRow>>, StoreError> {
        let heads = ids.iter().map(|id| Ok(beside(&self.connection, "d.id = ?1", id)?.into_iter().next()));
        heads.collect()
    }
}

fn beside(connection: &Connection, condition: &str, id: &str) -> Result<Vec<StoryRow>, StoreError> {
    let sql = format!(
        "SELECT d.id, d.story, d.report, s.name, d.published, d.title FROM dispatches AS d LEFT JOIN sources AS s USING (source) \
         WHERE {condition} ORDER BY d.first IS NULL, d.first, d.id LIMIT {MOST_BESIDE}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map([id], story_row)?.collect::<Result<_, _>>()?)
}
