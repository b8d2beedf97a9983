//! `actors` and `offices`: who is in the record, under which names, and who held what when.
//!
//! In goes a filter; out come actors with every spelling seen, or offices with their holders, the first and last day on which some dispatch has them so, and the characters that say it. Nobody
//! is stored as holding an office now: that is for whoever asks to read off the days.

use crate::digest::Digest;
use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Conditions, Filter, HAS_WORDS, marks, named, over_happenings, sources};
use crate::paging::{Page, no_cursor};
use crate::search::match_of;
use crate::timeline::USUAL_PAGE;
use crate::words::fold_all;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params_from_iter};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};
use std::str::FromStr;

/// An actor over all dispatches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct Holder {
    pub id: Option<String>,
    pub name: String,
}

/// Characters that say that somebody holds an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct OfficeEvidence {
    pub dispatch: String,
    pub publisher: Option<String>,
    pub as_of: Option<String>,
    pub start: u64,
    pub end: u64,
}

/// What is counted of an actor over all dispatches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ActorTotal {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) dispatches: u64,
    pub(crate) happenings: u64,
    names: Vec<String>,
}

/// A place in the list of actors, right behind one of them. Written `dispatches/id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorCursor {
    dispatches: u64,
    id: String,
}

impl ActorCursor {
    fn is_before(&self, total: &ActorTotal) -> bool {
        total.dispatches < self.dispatches || (total.dispatches == self.dispatches && total.id > self.id)
    }
}

impl Display for ActorCursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.dispatches, self.id)
    }
}

impl FromStr for ActorCursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<ActorCursor, StoreError> {
        let read = text.split_once('/').and_then(|(count, id)| Some(ActorCursor { dispatches: count.parse().ok()?, id: id.to_owned() }));
        read.filter(|cursor| !cursor.id.is_empty()).ok_or_else(|| no_cursor(text))
    }
}

/// What is gathered of an actor.
#[derive(Default)]
struct Gathered {
    kind: String,
    names: BTreeMap<String, u64>,
    country: Option<String>,
    dispatches: u64,
    happenings: u64,
}

impl Reader {
    /// The actors that a filter names, or that take part in what it lets through; those of most dispatches first.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn actors(&self, filter: &Filter) -> Result<Vec<ActorRow>, StoreError> {
        let connection = &self.connection;
        let wanted = wanted_actors(connection, filter)?;
        let mut found = totals(connection, wanted.as_ref())?;
        found.truncate(filter.limit.unwrap_or(usize::MAX));
        found.into_iter().map(|total| actor_row(connection, total)).collect()
    }

    /// The actors as [`Reader::actors`] has them, behind the place where an earlier page ended; `filter.limit` of them, or 100.
    ///
    /// # Errors
    /// As [`Reader::actors`], and when the cursor is of another list.
    pub fn actors_page(
        &self,
        filter: &Filter,
        after: Option<&ActorCursor>,
        digest: &Digest,
    ) -> Result<Page<ActorRow, ActorCursor>, StoreError> {
        let most = filter.limit.unwrap_or(USUAL_PAGE);
        let wanted = wanted_actors(&self.connection, filter)?;
        let is_behind = |total: &&ActorTotal| after.is_none_or(|after| after.is_before(total));
        let is_wanted = |total: &&ActorTotal| wanted.as_ref().is_none_or(|wanted| wanted.contains(&total.id));
        let mut found: Vec<ActorTotal> =
            digest.actors.iter().filter(is_behind).filter(is_wanted).take(most.saturating_add(1)).cloned().collect();
        let more = found.len() > most;
        found.truncate(most);
        let next = found.last().filter(|_| more).map(|total| ActorCursor { dispatches: total.dispatches, id: total.id.clone() });
        let items = found.into_iter().map(|total| actor_row(&self.connection, total)).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }

    /// The actor of an id; none where the record has none.
    pub(crate) fn actor_of_id(&self, id: &str) -> Result<Option<ActorRow>, StoreError> {
        let found = totals(&self.connection, Some(&BTreeSet::from([id.to_owned()])))?;
        found.into_iter().find(|total| total.id == id).map(|total| actor_row(&self.connection, total)).transpose()
    }

    /// Offices with their holders, by country, office and first day. Of the filter count the actors (holders, or the countries served), the days, the source, and the topic as words of the
    /// office.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn offices(&self, filter: &Filter) -> Result<Vec<OfficeRow>, StoreError> {
        let connection = &self.connection;
        let conditions = over_offices(connection, filter)?;
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

/// Whose form is whose, asked once each: what a row calls somebody, a form or a country, to the actor that it is today.
pub(crate) struct ActorsOfForms<'connection> {
    statement: CachedStatement<'connection>,
    known: FxHashMap<String, String>,
}

impl<'connection> ActorsOfForms<'connection> {
    pub(crate) fn new(connection: &'connection Connection) -> Result<Self, StoreError> {
        Ok(ActorsOfForms { statement: connection.prepare_cached("SELECT actor FROM forms WHERE form = ?")?, known: FxHashMap::default() })
    }

    /// The id of the actor; the form itself where it has none.
    pub(crate) fn of(&mut self, form: &str) -> Result<String, StoreError> {
        if let Some(actor) = self.known.get(form) {
            return Ok(actor.clone());
        }
        let actor: Option<String> = self.statement.query_row([form], |row| row.get(0)).optional()?;
        let actor = actor.unwrap_or_else(|| form.to_owned());
        self.known.insert(form.to_owned(), actor.clone());
        Ok(actor)
    }
}

/// The conditions of a filter over `roles AS r` with `entities AS e` and `dispatches AS d`, but the topic.
pub(crate) fn over_offices(connection: &Connection, filter: &Filter) -> Result<Conditions, StoreError> {
    let mut conditions = Conditions::default();
    if !filter.actors.is_empty() {
        let mut values = Vec::new();
        for actor in &filter.actors {
            let named = named(connection, actor)?;
            values.extend(named.countries.into_iter().chain(named.forms));
        }
        // Two look-ups in indices; one condition with OR would read every role.
        let marks = marks(values.len());
        let twice = values.iter().chain(&values).cloned().map(rusqlite::types::Value::from).collect::<Vec<_>>();
        let either = format!(
            "r.role IN (SELECT role FROM roles WHERE country IN ({marks}) \
             UNION SELECT o.role FROM entities AS n JOIN roles AS o USING (entity) WHERE n.actor IN ({marks}))"
        );
        conditions.add(either, twice);
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
    if let Some(text) = &filter.text {
        conditions.add(HAS_WORDS, [match_of(text)?.into()]);
    }
    Ok(conditions)
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

/// What is counted of the actors of some ids, or of all; those of most dispatches first.
pub(crate) fn totals(connection: &Connection, only: Option<&BTreeSet<String>>) -> Result<Vec<ActorTotal>, StoreError> {
    let (of_entities, of_parties) = match only {
        None => ("e.actor IS NOT NULL", "p.actor != ''"),
        Some(_) => ("e.actor IN (SELECT form FROM own)", "p.actor IN (SELECT form FROM own)"),
    };
    let own = "WITH own (form) AS MATERIALIZED (SELECT value FROM json_each(?1) UNION SELECT f.form FROM json_each(?1) AS l CROSS JOIN forms AS f ON f.actor = l.value) ";
    let list = serde_json::to_string(&only).unwrap_or_default();
    let sql = format!(
        "{own} SELECT coalesce(f.actor, e.actor) AS own_id, e.kind, e.name, e.country, count(DISTINCT e.entity / 65536) FROM entities AS e \
         LEFT JOIN forms AS f ON f.form = e.actor WHERE {of_entities} GROUP BY own_id, e.kind, e.name, e.country"
    );
    let mut actors: BTreeMap<String, Gathered> = BTreeMap::new();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([&list])?;
    while let Some(row) = rows.next()? {
        let gathered = actors.entry(row.get(0)?).or_default();
        let count: u64 = row.get(4)?;
        gathered.kind = row.get(1)?;
        *gathered.names.entry(row.get(2)?).or_default() += count;
        gathered.country = gathered.country.take().or(row.get(3)?);
        gathered.dispatches += count;
    }
    let sql = format!(
        "{own} SELECT coalesce(f.actor, p.actor) AS own_id, count(DISTINCT p.happening) FROM parties AS p \
         LEFT JOIN forms AS f ON f.form = p.actor WHERE {of_parties} GROUP BY own_id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([&list])?;
    while let Some(row) = rows.next()? {
        if let Some(gathered) = actors.get_mut(row.get_ref(0)?.as_str().unwrap_or_default()) {
            gathered.happenings = row.get(1)?;
        }
    }
    let wanted = |id: &String| only.is_none_or(|only| only.contains(id));
    let mut found: Vec<ActorTotal> = actors.into_iter().filter(|(id, _)| wanted(id)).map(|(id, gathered)| gathered.total(id)).collect();
    found.sort_by(|one, other| other.dispatches.cmp(&one.dispatches).then_with(|| one.id.cmp(&other.id)));
    Ok(found)
}

impl Gathered {
    fn total(self, id: String) -> ActorTotal {
        // The most frequent name; of several the longest, then the first.
        let name = self.names.iter().max_by(|one, other| (one.1, one.0.len(), other.0).cmp(&(other.1, other.0.len(), one.0)));
        let name = name.map(|(name, _)| name.clone()).unwrap_or_else(|| id.clone());
        ActorTotal {
            id,
            kind: self.kind,
            name,
            country: self.country,
            dispatches: self.dispatches,
            happenings: self.happenings,
            names: self.names.into_keys().collect(),
        }
    }
}

pub(crate) fn actor_row(connection: &Connection, total: ActorTotal) -> Result<ActorRow, StoreError> {
    let strings = |sql: &str| -> Result<Vec<String>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_map([&total.id], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let mut names: BTreeSet<String> = strings(
        "SELECT name FROM names WHERE form = ?1 UNION SELECT name FROM names WHERE form IN (SELECT form FROM forms WHERE actor = ?1)",
    )?
    .into_iter()
    .collect();
    names.extend(total.names);
    let offices = strings(
        "SELECT DISTINCT r.office || coalesce(', ' || r.country, '') FROM entities AS e JOIN roles AS r USING (entity) \
         WHERE e.actor IN (SELECT ?1 UNION SELECT form FROM forms WHERE actor = ?1) ORDER BY 1",
    )?;
    Ok(ActorRow {
        id: total.id,
        kind: total.kind,
        name: total.name,
        names: names.into_iter().collect(),
        country: total.country,
        offices,
        dispatches: total.dispatches,
        happenings: total.happenings,
    })
}
