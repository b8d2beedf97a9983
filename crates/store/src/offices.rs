//! Offices a page at a time.
//!
//! In go a filter and which of the rows are wanted; out come offices with their holders by country, office and first day, each with the first of its evidence. Rows are grouped in the file and only
//! those of the page are filled, so that a page does not cost what the whole does.

use crate::actors::ActorsOfForms;
use crate::actors::{Holder, OfficeEvidence, OfficeRow, over_offices};
use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::Filter;
use crate::words::fold_all;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

/// An office and its holder, before its evidence is known.
struct Bare {
    country: Option<String>,
    office: String,
    body: Option<String>,
    holder: String,
    earliest: Option<String>,
    latest: Option<String>,
}

/// The holders of an office, each with its body, and the first and last day for which that is told.
type Holders = BTreeMap<(Option<String>, String), (Option<String>, Option<String>)>;

/// The rows of a page, and how many there were before it.
struct OfficePage {
    from: usize,
    end: usize,
    place: usize,
    wanted: Vec<Bare>,
}

impl OfficePage {
    fn add(&mut self, (country, office): (Option<String>, String), holders: Holders) {
        let mut holders: Vec<_> = holders.into_iter().collect();
        holders.sort_by(|((body, holder), (first, _)), ((of_other, other), (other_first, _))| {
            (first, body, holder).cmp(&(other_first, of_other, other))
        });
        for ((body, holder), (earliest, latest)) in holders {
            if (self.from..self.end).contains(&self.place) {
                self.wanted.push(Bare { country: country.clone(), office: office.clone(), body, holder, earliest, latest });
            }
            self.place += 1;
        }
    }

    /// Whether there is more than the page.
    fn is_full(&self) -> bool {
        self.place > self.end
    }
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
    // In the order of an index, so that no more is read than the page wants; of few actors all roles are few.
    let by = if filter.actors.is_empty() { "INDEXED BY roles_by_country" } else { "" };
    let sql = format!(
        "SELECT r.country, r.office, r.body, e.actor, e.name, r.first, r.last FROM roles AS r {by} JOIN entities AS e USING (entity) \
         JOIN dispatches AS d ON d.dispatch = r.role / 65536 WHERE {} ORDER BY r.country, r.office",
        conditions.sql()
    );
    let about = filter.topic.as_deref().map(fold_all);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut actors = ActorsOfForms::new(connection)?;
    let mut page = OfficePage { from, end: from.saturating_add(most), place: 0, wanted: Vec::new() };
    let mut open: Option<(Option<String>, String)> = None;
    let mut holders = Holders::new();
    while let Some(row) = rows.next()? {
        let (country, office): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        if open.as_ref().is_none_or(|(known, of)| *known != country || *of != office) {
            if let Some(open) = open.take() {
                page.add(open, std::mem::take(&mut holders));
            }
            if page.is_full() {
                break;
            }
            open = Some((country, office.clone()));
        }
        if about.as_ref().is_some_and(|about| !fold_all(&office).contains(about.as_str())) {
            continue;
        }
        let holder = match row.get::<_, Option<String>>(3)? {
            Some(form) => actors.of(&form)?,
            None => row.get(4)?,
        };
        let body: Option<String> = row.get(2)?;
        let (first, last): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
        let known = holders.entry((body, holder)).or_default();
        known.0 = known.0.take().into_iter().chain(first).min();
        known.1 = known.1.take().into_iter().chain(last).max();
    }
    if let Some(open) = open {
        page.add(open, holders);
    }
    let more = page.is_full();
    let wanted = page.wanted;
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
    Ok((found, more))
}

const TABLES: &str = "FROM roles AS r JOIN entities AS e USING (entity) LEFT JOIN forms AS f ON f.form = e.actor \
                      JOIN dispatches AS d ON d.dispatch = r.role / 65536 LEFT JOIN sources AS s USING (source)";

fn text(value: &Option<String>) -> Value {
    value.clone().map_or(Value::Null, Value::Text)
}
