//! Offices a page at a time.
//!
//! In go a filter and which of the rows are wanted; out come offices with their holders by country, office and first day, each with the first of its evidence. Rows are grouped in the file and only
//! those of the page are filled, so that a page does not cost what the whole does.

use crate::actors::{Holder, OfficeEvidence, OfficeRow, over_offices};
use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::Filter;
use crate::words::fold_all;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// An office and its holder, before its evidence is known.
struct Bare {
    country: Option<String>,
    office: String,
    body: Option<String>,
    holder: String,
    earliest: Option<String>,
    latest: Option<String>,
}

impl Reader {
    /// The offices from a row on, at most so many, each with at most so much evidence; and whether there are more.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn offices_page(&self, filter: &Filter, from: usize, most: usize, evidence: usize) -> Result<(Vec<OfficeRow>, bool), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        offices_page(&transaction, filter, from, most, evidence)
    }
}

/// The same within a transaction of the caller's.
pub(crate) fn offices_page(
    connection: &Connection,
    filter: &Filter,
    from: usize,
    most: usize,
    evidence: usize,
) -> Result<(Vec<OfficeRow>, bool), StoreError> {
    let conditions = over_offices(connection, filter)?;
    let sql = format!(
        "SELECT r.country, r.office, r.body, coalesce(f.actor, e.actor, e.name), min(r.first) AS earliest, max(r.last) {TABLES} WHERE {} \
         GROUP BY 1, 2, 3, 4 ORDER BY r.country, r.office, earliest, r.body, 4",
        conditions.sql()
    );
    let about = filter.topic.as_deref().map(fold_all);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let (mut wanted, mut place, end) = (Vec::new(), 0, from.saturating_add(most));
    while let Some(row) = rows.next()? {
        let office: String = row.get(1)?;
        if about.as_ref().is_some_and(|about| !fold_all(&office).contains(about.as_str())) {
            continue;
        }
        if (from..end).contains(&place) {
            let (country, body, holder) = (row.get(0)?, row.get(2)?, row.get(3)?);
            wanted.push(Bare { country, office, body, holder, earliest: row.get(4)?, latest: row.get(5)? });
        }
        place += 1;
        if place > end {
            break;
        }
    }
    // Whom the filter names is told by the office and its holder, which are given.
    let conditions = over_offices(connection, &Filter { actors: Vec::new(), ..filter.clone() })?;
    let sql = format!(
        "SELECT coalesce(f.actor, e.actor), e.name, d.id, s.name, r.as_of, r.start, r.end {TABLES} WHERE {} \
         AND r.office = ? AND r.country IS ? AND r.body IS ? AND coalesce(f.actor, e.actor, e.name) = ? ORDER BY d.id, r.role LIMIT {evidence}",
        conditions.sql()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(wanted.len());
    for bare in wanted {
        let mut values = conditions.values.clone();
        values.extend([bare.office.clone().into(), text(&bare.country), text(&bare.body), bare.holder.clone().into()]);
        let mut rows = statement.query(params_from_iter(values))?;
        let mut holder = Holder { id: None, name: bare.holder };
        let mut list = Vec::new();
        while let Some(row) = rows.next()? {
            if list.is_empty() {
                holder = Holder { id: row.get(0)?, name: row.get(1)? };
            }
            let (dispatch, publisher, as_of) = (row.get(2)?, row.get(3)?, row.get(4)?);
            list.push(OfficeEvidence { dispatch, publisher, as_of, start: row.get(5)?, end: row.get(6)? });
        }
        found.push(OfficeRow {
            office: bare.office,
            body: bare.body,
            country: bare.country,
            holder,
            earliest: bare.earliest,
            latest: bare.latest,
            evidence: list,
        });
    }
    Ok((found, place > end))
}

const TABLES: &str = "FROM roles AS r JOIN entities AS e USING (entity) LEFT JOIN forms AS f ON f.form = e.actor \
                      JOIN dispatches AS d ON d.dispatch = r.role / 65536 LEFT JOIN sources AS s USING (source)";

fn text(value: &Option<String>) -> Value {
    value.clone().map_or(Value::Null, Value::Text)
}
