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
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

/// An office and its holder, before its evidence is known.
struct Bare {
    country: Option<String>,
    office: String,
    body: Option<String>,
    holder: String,
    held: Held,
}

/// The holders of an office, each with its body.
type Holders = BTreeMap<(Option<String>, String), Held>;

/// The first and last day for which it is told that somebody holds an office, and the keys of the roles that tell it.
#[derive(Default)]
struct Held {
    earliest: Option<String>,
    latest: Option<String>,
    roles: Vec<i64>,
}

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
        holders.sort_by(|((body, holder), held), ((of_other, other), by_other)| {
            (&held.earliest, body, holder).cmp(&(&by_other.earliest, of_other, other))
        });
        for ((body, holder), held) in holders {
            if (self.from..self.end).contains(&self.place) {
                self.wanted.push(Bare { country: country.clone(), office: office.clone(), body, holder, held });
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
    let of_dispatches =
        if filter.source.is_some() || filter.text.is_some() { "JOIN dispatches AS d ON d.dispatch = r.role / 65536" } else { "" };
    let sql = format!(
        "SELECT r.country, r.office, r.body, e.actor, e.name, r.first, r.last, r.role FROM roles AS r {by} JOIN entities AS e USING (entity) \
         {of_dispatches} WHERE {} ORDER BY r.country, r.office",
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
        known.earliest = known.earliest.take().into_iter().chain(first).min();
        known.latest = known.latest.take().into_iter().chain(last).max();
        known.roles.push(row.get(7)?);
    }
    if let Some(open) = open {
        page.add(open, holders);
    }
    let more = page.is_full();
    let wanted = page.wanted;
    let sql = format!(
        "SELECT coalesce(f.actor, e.actor), e.name, d.id, s.name, r.as_of, r.start, r.end FROM json_each(?) AS l CROSS JOIN roles AS r ON r.role = l.value \
         JOIN entities AS e USING (entity) LEFT JOIN forms AS f ON f.form = e.actor JOIN dispatches AS d ON d.dispatch = r.role / 65536 \
         LEFT JOIN sources AS s USING (source) ORDER BY d.id, r.role LIMIT {evidence}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = Vec::with_capacity(wanted.len());
    for bare in wanted {
        let mut rows = statement.query([serde_json::to_string(&bare.held.roles).unwrap_or_default()])?;
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
            earliest: bare.held.earliest,
            latest: bare.held.latest,
            evidence: list,
        });
    }
    Ok((found, more))
}
