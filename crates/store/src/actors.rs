//! `actors` and `offices`: who is in the record, under which names, and who held what when.
//!
//! In goes a filter; out come actors with every spelling seen, or offices with their holders, the first and last day on which some dispatch has them so, and the characters that say it. Nobody
//! is stored as holding an office now: that is for whoever asks to read off the days.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, named, over_happenings, sources};
use crate::words::fold_all;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An actor over all dispatches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct ActorRow {
    pub id: String,
    pub kind: String,
    /// The name that most dispatches give.
    pub name: String,
    pub names: Vec<String>,
    pub country: Option<String>,
    pub offices: Vec<String>,
    pub dispatches: u64,
    pub happenings: u64,
}

/// An office and one of its holders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct OfficeRow {
    pub office: String,
    pub body: Option<String>,
    pub country: Option<String>,
    pub holder: Holder,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub evidence: Vec<OfficeEvidence>,
}

/// Who holds an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Holder {
    pub id: Option<String>,
    pub name: String,
}

/// Characters that say that somebody holds an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct OfficeEvidence {
    pub dispatch: String,
    pub publisher: Option<String>,
    pub as_of: Option<String>,
    pub start: u64,
    pub end: u64,
}

/// What is gathered of an actor.
#[derive(Default)]
struct Gathered {
    kind: String,
    names: BTreeMap<String, u64>,
    country: Option<String>,
    dispatches: u64,
}

impl Reader {
    /// The actors that a filter names, or that take part in what it lets through; those of most dispatches first.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn actors(&self, filter: &Filter) -> Result<Vec<ActorRow>, StoreError> {
        let connection = &self.connection;
        let wanted = wanted_actors(connection, filter)?;
        let mut actors: BTreeMap<String, Gathered> = BTreeMap::new();
        let sql = "SELECT coalesce(f.actor, e.actor) AS own, e.kind, e.name, e.country, count(DISTINCT e.entity / 65536) FROM entities AS e \
                   LEFT JOIN forms AS f ON f.form = e.actor WHERE e.actor IS NOT NULL GROUP BY own, e.kind, e.name, e.country";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&id)) {
                continue;
            }
            let gathered = actors.entry(id).or_default();
            let count: u64 = row.get(4)?;
            gathered.kind = row.get(1)?;
            *gathered.names.entry(row.get(2)?).or_default() += count;
            gathered.country = gathered.country.take().or(row.get(3)?);
            gathered.dispatches += count;
        }
        let mut found = actors.into_iter().map(|(id, gathered)| actor_row(connection, id, gathered)).collect::<Result<Vec<_>, _>>()?;
        found.sort_by(|one, other| other.dispatches.cmp(&one.dispatches).then_with(|| one.id.cmp(&other.id)));
        found.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Offices with their holders, by country, office and first day. Of the filter count the actors (holders, or the countries served), the days, the source, and the topic as words of the
    /// office.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn offices(&self, filter: &Filter) -> Result<Vec<OfficeRow>, StoreError> {
        let connection = &self.connection;
        let mut conditions = crate::filter::Conditions::default();
        if !filter.actors.is_empty() {
            let mut values = Vec::new();
            for actor in &filter.actors {
                let named = named(connection, actor)?;
                values.extend(named.countries.into_iter().chain(named.forms));
            }
            let marks = crate::filter::marks(values.len());
            let twice = values.iter().chain(&values).cloned().map(rusqlite::types::Value::from).collect::<Vec<_>>();
            conditions.add(format!("(r.country IN ({marks}) OR e.actor IN ({marks}))"), twice);
        }
        if let Some(since) = filter.since {
            conditions.add("coalesce(r.last, r.first) >= ?", [since.to_string().into()]);
        }
        if let Some(until) = filter.until {
            conditions.add("coalesce(r.first, r.last) <= ?", [until.to_string().into()]);
        }
        if let Some(source) = &filter.source {
            conditions.add_any("d.source", &sources(connection, source)?);
        }
        let sql = format!(
            "SELECT r.office, r.body, r.country, coalesce(f.actor, e.actor), e.name, r.first, r.last, d.id, s.name, r.as_of, r.start, r.end \
             FROM roles AS r JOIN entities AS e USING (entity) LEFT JOIN forms AS f ON f.form = e.actor \
             JOIN dispatches AS d ON d.dispatch = r.role / 65536 LEFT JOIN sources AS s USING (source) WHERE {} ORDER BY d.id, r.role",
            conditions.sql()
        );
        let about = filter.topic.as_deref().map(fold_all);
        let mut offices: BTreeMap<(Option<String>, String, Option<String>, String), OfficeRow> = BTreeMap::new();
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(conditions.values))?;
        while let Some(row) = rows.next()? {
            let (office, body, country): (String, Option<String>, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if about.as_ref().is_some_and(|about| !fold_all(&office).contains(about.as_str())) {
                continue;
            }
            let holder = Holder { id: row.get(3)?, name: row.get(4)? };
            let (first, last): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
            let key = (country.clone(), office.clone(), body.clone(), holder.id.clone().unwrap_or_else(|| holder.name.clone()));
            let known = offices.entry(key).or_insert_with(|| OfficeRow {
                office,
                body,
                country,
                holder,
                earliest: None,
                latest: None,
                evidence: Vec::new(),
            });
            known.earliest = [known.earliest.take(), first].into_iter().flatten().min();
            known.latest = known.latest.take().max(last);
            known.evidence.push(OfficeEvidence {
                dispatch: row.get(7)?,
                publisher: row.get(8)?,
                as_of: row.get(9)?,
                start: row.get(10)?,
                end: row.get(11)?,
            });
        }
        let mut found: Vec<OfficeRow> = offices.into_values().collect();
        found.sort_by(|one, other| (&one.country, &one.office, &one.earliest).cmp(&(&other.country, &other.office, &other.earliest)));
        found.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(found)
    }
}

/// The ids of the actors that a filter is about; all where it says nothing.
fn wanted_actors(connection: &Connection, filter: &Filter) -> Result<Option<BTreeSet<String>>, StoreError> {
    let mut wanted: Option<BTreeSet<String>> = None;
    if !filter.actors.is_empty() {
        let mut ids = BTreeSet::new();
        for actor in &filter.actors {
            let named = named(connection, actor)?;
            for country in &named.countries {
                // A country's actors are all that act for it.
                let sql = "SELECT DISTINCT coalesce(f.actor, e.actor) FROM entities AS e LEFT JOIN forms AS f ON f.form = e.actor WHERE e.country = ? AND e.actor IS NOT NULL";
                let mut statement = connection.prepare_cached(sql)?;
                for id in statement.query_map([country], |row| row.get::<_, String>(0))? {
                    ids.insert(id?);
                }
            }
            for form in &named.forms {
                ids.insert(connection.prepare_cached("SELECT actor FROM forms WHERE form = ?")?.query_row([form], |row| row.get(0))?);
            }
        }
        wanted = Some(ids);
    }
    if filter.is_of_happenings() {
        let conditions = over_happenings(connection, filter)?;
        let sql = format!(
            "SELECT DISTINCT coalesce(f.actor, p.actor) FROM happenings AS h JOIN parties AS p USING (happening) LEFT JOIN forms AS f ON f.form = p.actor \
             WHERE p.actor != '' AND {}",
            conditions.sql()
        );
        let mut statement = connection.prepare(&sql)?;
        let taking_part =
            statement.query_map(params_from_iter(conditions.values), |row| row.get(0))?.collect::<Result<BTreeSet<String>, _>>()?;
        wanted = Some(match wanted {
            Some(named) => named.intersection(&taking_part).cloned().collect(),
            None => taking_part,
        });
    }
    Ok(wanted)
}

fn actor_row(connection: &Connection, id: String, gathered: Gathered) -> Result<ActorRow, StoreError> {
    let strings = |sql: &str| -> Result<Vec<String>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_map([&id], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let mut names: BTreeSet<String> = strings(
        "SELECT name FROM names WHERE form = ?1 UNION SELECT name FROM names WHERE form IN (SELECT form FROM forms WHERE actor = ?1)",
    )?
    .into_iter()
    .collect();
    names.extend(gathered.names.keys().cloned());
    let offices = strings(
        "SELECT DISTINCT r.office || coalesce(', ' || r.country, '') FROM entities AS e JOIN roles AS r USING (entity) \
         WHERE e.actor = ?1 OR e.actor IN (SELECT form FROM forms WHERE actor = ?1) ORDER BY 1",
    )?;
    let happenings = connection
        .prepare_cached(
            "SELECT count(DISTINCT happening) FROM parties WHERE actor = ?1 OR actor IN (SELECT form FROM forms WHERE actor = ?1)",
        )?
        .query_row([&id], |row| row.get(0))?;
    // The most frequent name; of several the longest, then the first.
    let name = gathered.names.iter().max_by(|one, other| (one.1, one.0.len(), other.0).cmp(&(other.1, other.0.len(), one.0)));
    let name = name.map(|(name, _)| name.clone()).unwrap_or_else(|| id.clone());
    Ok(ActorRow {
        id,
        kind: gathered.kind,
        name,
        names: names.into_iter().collect(),
        country: gathered.country,
        offices,
        dispatches: gathered.dispatches,
        happenings,
    })
}
