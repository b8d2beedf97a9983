//! `stories` and `disagreements`: which dispatches are on one thing, and on what reports of one happening differ.
//!
//! In goes a filter; out come the dispatches with their stories, or the values that reports give side by side, each with the reports that give it.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Conditions, Filter, over_dispatches, over_happenings};
use crate::timeline::{ReportRef, report_of};
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

/// A dispatch and its story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct StoryRow {
    pub id: String,
    /// The id of the story's first dispatch.
    pub story: String,
    /// The dispatch that it is a copy of; its own id where it is none.
    pub report: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
}

/// A field on which the reports of a happening differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct DisagreementRow {
    pub happening: String,
    pub field: String,
    pub values: Vec<DisagreementValue>,
}

/// A value and who gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct DisagreementValue {
    pub value: String,
    pub reports: Vec<ReportRef>,
}

impl Reader {
    /// The dispatches with their stories, by story and day. Of the filter count the days of publication and the source.
    ///
    /// # Errors
    /// When the filter names a publisher that the record does not know, or the file is damaged.
    pub fn stories(&self, filter: &Filter) -> Result<Vec<StoryRow>, StoreError> {
        let conditions = over_dispatches(&self.connection, filter)?;
        let sql = format!(
            "SELECT d.id, d.story, d.report, s.name, d.published, d.title FROM dispatches AS d LEFT JOIN sources AS s USING (source) \
             WHERE {} ORDER BY d.story, d.first IS NULL, d.first, d.id LIMIT {}",
            conditions.sql(),
            filter.sql_limit()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map(params_from_iter(conditions.values), story_row)?.collect::<Result<_, _>>()?)
    }

    /// On what the reports of the happenings that a filter lets through differ, by day.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn disagreements(&self, filter: &Filter) -> Result<Vec<DisagreementRow>, StoreError> {
        let conditions = over_happenings(&self.connection, filter)?;
        listed(&self.connection, conditions, filter.limit)
    }
}

/// On what the reports of the happening of a key differ.
pub(crate) fn disagreements_of(connection: &Connection, happening: i64) -> Result<Vec<DisagreementRow>, StoreError> {
    let mut conditions = Conditions::default();
    conditions.add("h.happening = ?", [happening.into()]);
    listed(connection, conditions, None)
}

fn listed(connection: &Connection, conditions: Conditions, most: Option<usize>) -> Result<Vec<DisagreementRow>, StoreError> {
    let sql = format!(
        "SELECT h.id, g.field, g.value, g.reports FROM happenings AS h JOIN disagreements AS g USING (happening) WHERE {} \
         ORDER BY h.first IS NULL, h.first, h.id, g.field, g.place",
        conditions.sql()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(conditions.values))?;
    let mut found: Vec<DisagreementRow> = Vec::new();
    while let Some(row) = rows.next()? {
        let (happening, field): (String, String) = (row.get(0)?, row.get(1)?);
        let reports: Vec<i64> = serde_json::from_str(&row.get::<_, String>(3)?).map_err(StoreError::damaged)?;
        let reports = reports.into_iter().map(|event| report_of(connection, event)).collect::<Result<_, _>>()?;
        let value = DisagreementValue { value: row.get(2)?, reports };
        let so_far = found.len();
        match found.last_mut() {
            Some(last) if last.happening == happening && last.field == field => last.values.push(value),
            _ if most.is_some_and(|most| so_far >= most) => break,
            _ => found.push(DisagreementRow { happening, field, values: vec![value] }),
        }
    }
    Ok(found)
}

/// A dispatch and its story out of the columns id, story, report, publisher, published, title.
pub(crate) fn story_row(row: &Row<'_>) -> rusqlite::Result<StoryRow> {
    Ok(StoryRow {
        id: row.get(0)?,
        story: row.get(1)?,
        report: row.get(2)?,
        publisher: row.get(3)?,
        published: row.get(4)?,
        title: row.get(5)?,
    })
}
