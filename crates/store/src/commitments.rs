//! `commitments`: what was promised, to whom, and what it is to what was promised before.
//!
//! In goes a filter; out come pledges in the order of the days on which they were voiced. Several reports of one pledge are one, with every
//! statement as evidence.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, Named, named, sources};
use crate::rows::dispatch_of;
use crate::search::match_of;
use crate::timeline::Days;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// A pledge with its statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct CommitmentRow {
    /// `dispatch#statement` of its first statement.
    pub id: String,
    pub promisor: Option<String>,
    pub voiced_by: Option<String>,
    pub beneficiary: Option<String>,
    pub polarity: String,
    pub object: String,
    /// When the first dispatch that reports it was published.
    pub when: Option<Days>,
    pub statements: Vec<StatementRef>,
    pub restates: Vec<String>,
    pub widens: Vec<String>,
    pub narrows: Vec<String>,
    pub contradicts: Vec<String>,
}

/// A statement of a dispatch: the evidence for a pledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct StatementRef {
    pub dispatch: String,
    pub statement: String,
}

/// A statement as it is grouped.
struct Pledge {
    key: i64,
    row: CommitmentRow,
    speaker: Option<String>,
    source: Option<String>,
    first: Option<String>,
}

impl Pledge {
    /// By what pledges are ordered: the first day of the dispatch, those without one last; its id; the place in it.
    fn order(&self) -> (bool, Option<&str>, Option<&str>, i64) {
        (self.first.is_none(), self.first.as_deref(), self.row.statements.first().map(|statement| statement.dispatch.as_str()), self.key)
    }
}

impl Reader {
    /// The pledges that a filter lets through. Of the filter count the actors and `between` (promisor, beneficiary, or whoever voices it), the days of publication, the source, and the topic as
    /// words of the pledge.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn commitments(&self, filter: &Filter) -> Result<Vec<CommitmentRow>, StoreError> {
        let wanted = Wanted::of(&self.connection, filter)?;
        // What is said of a pledge lies within its thread.
        let threads = wanted.threads(&self.connection)?;
        let pledges = pledges(&self.connection, threads.as_deref())?;
        let mut links = links(&self.connection, threads.as_deref())?;
        let first_of = first_of_each(&pledges, &links);
        let ids: HashMap<i64, String> = pledges.iter().map(|pledge| (pledge.key, pledge.row.id.clone())).collect();
        // The earliest first, whatever the order in which they came into the record.
        let places: HashMap<i64, usize> = pledges.iter().zip(0..).map(|(pledge, place)| (pledge.key, place)).collect();
        let mut rows: HashMap<i64, (Pledge, Vec<StatementRef>)> = HashMap::new();
        let mut order = Vec::new();
        for mut pledge in pledges {
            let first = first_of.get(&pledge.key).copied().unwrap_or(pledge.key);
            let statements = std::mem::take(&mut pledge.row.statements);
            match rows.get_mut(&first) {
                Some((_, known)) => known.extend(statements),
                None => {
                    order.push(first);
                    rows.insert(first, (pledge, statements));
                }
            }
        }
        links.sort_by_cached_key(|(later, earlier, _)| {
            (places.get(later).copied(), first_of.get(earlier).and_then(|first| places.get(first)).copied())
        });
        for (later, earlier, relation) in links.into_iter().filter(|(.., relation)| relation != "same") {
            let (later, earlier) = (first_of.get(&later).copied().unwrap_or(later), first_of.get(&earlier).copied().unwrap_or(earlier));
            if let (Some((pledge, _)), Some(id)) = (rows.get_mut(&later), ids.get(&earlier).filter(|_| later != earlier)) {
                let list = match relation.as_str() {
                    "restates" => &mut pledge.row.restates,
                    "widens" => &mut pledge.row.widens,
                    "narrows" => &mut pledge.row.narrows,
                    _ => &mut pledge.row.contradicts,
                };
                if !list.contains(id) {
                    list.push(id.clone());
                }
            }
        }
        let found = order.into_iter().filter_map(|first| rows.remove(&first)).filter(|(pledge, _)| wanted.holds(pledge));
        let rows = found.map(|(pledge, statements)| CommitmentRow { statements, ..pledge.row });
        Ok(rows.take(filter.limit.unwrap_or(usize::MAX)).collect())
    }
}

/// The pledges of some threads, or of all, the earliest first.
fn pledges(connection: &Connection, threads: Option<&str>) -> Result<Vec<Pledge>, StoreError> {
    let within = if threads.is_some() { "WHERE c.thread IN (SELECT value FROM json_each(?))" } else { "" };
    let sql = format!(
        "SELECT c.statement, d.id, s.id, c.promisor, coalesce(e.name, s.speaker_text), c.beneficiary, c.polarity, c.object, d.published, d.first, d.last, \
               e.actor, d.source FROM commitments AS c JOIN statements AS s USING (statement) \
               JOIN dispatches AS d ON d.dispatch = c.statement / 65536 LEFT JOIN entities AS e ON e.entity = s.speaker {within}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(threads), |row| {
        let (dispatch, statement): (String, String) = (row.get(1)?, row.get(2)?);
        let (value, first, last): (Option<String>, Option<String>, Option<String>) = (row.get(8)?, row.get(9)?, row.get(10)?);
        let when = value
            .or_else(|| {
                (first.is_some() || last.is_some())
                    .then(|| format!("{}/{}", first.as_deref().unwrap_or(".."), last.as_deref().unwrap_or("..")))
            })
            .map(|value| Days { value, earliest: first.clone(), latest: last });
        Ok(Pledge {
            key: row.get(0)?,
            row: CommitmentRow {
                id: format!("{dispatch}#{statement}"),
                promisor: row.get(3)?,
                voiced_by: row.get(4)?,
                beneficiary: row.get(5)?,
                polarity: row.get(6)?,
                object: row.get(7)?,
                when,
                statements: vec![StatementRef { dispatch, statement }],
                restates: Vec::new(),
                widens: Vec::new(),
                narrows: Vec::new(),
                contradicts: Vec::new(),
            },
            speaker: row.get(11)?,
            source: row.get(12)?,
            first,
        })
    })?;
    let mut found: Vec<Pledge> = found.collect::<Result<_, _>>()?;
    found.sort_unstable_by(|one, other| one.order().cmp(&other.order()));
    Ok(found)
}

/// Of every pledge the first report of it.
fn first_of_each(pledges: &[Pledge], links: &[(i64, i64, String)]) -> HashMap<i64, i64> {
    let mut same: HashMap<i64, Vec<i64>> = HashMap::new();
    for (later, earlier, _) in links.iter().filter(|(.., relation)| relation == "same") {
        same.entry(*later).or_default().push(*earlier);
        same.entry(*earlier).or_default().push(*later);
    }
    let mut first_of = HashMap::new();
    for pledge in pledges {
        let mut waiting = vec![pledge.key];
        while let Some(key) = waiting.pop() {
            if let Entry::Vacant(free) = first_of.entry(key) {
                free.insert(pledge.key);
                waiting.extend(same.get(&key).into_iter().flatten());
            }
        }
    }
    first_of
}

fn links(connection: &Connection, threads: Option<&str>) -> Result<Vec<(i64, i64, String)>, StoreError> {
    let within = if threads.is_some() {
        "WHERE later IN (SELECT statement FROM commitments WHERE thread IN (SELECT value FROM json_each(?)))"
    } else {
        ""
    };
    let sql = format!("SELECT later, earlier, relation FROM commitment_links {within} ORDER BY later, earlier, relation");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(threads), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?)
}

fn with_words(connection: &Connection, text: &str) -> Result<HashSet<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT rowid FROM full_text WHERE full_text MATCH ?")?;
    Ok(statement.query_map([match_of(text)?], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// A filter over pledges.
struct Wanted {
    actors: Vec<Named>,
    between: Option<(Named, Named)>,
    sources: Option<Vec<String>>,
    since: Option<String>,
    until: Option<String>,
    topic: Option<String>,
    /// Keys of the dispatches that have the words.
    dispatches: Option<HashSet<i64>>,
}

impl Wanted {
    fn of(connection: &Connection, filter: &Filter) -> Result<Wanted, StoreError> {
        Ok(Wanted {
            actors: filter.actors.iter().map(|actor| named(connection, actor)).collect::<Result<_, _>>()?,
            between: filter
                .between
                .as_ref()
                .map(|(one, other)| Ok::<_, StoreError>((named(connection, one)?, named(connection, other)?)))
                .transpose()?,
            sources: filter.source.as_ref().map(|source| sources(connection, source)).transpose()?,
            since: filter.since.map(|day| day.to_string()),
            until: filter.until.map(|day| day.to_string()),
            topic: filter.topic.as_deref().map(crate::words::fold_all),
            dispatches: filter.text.as_ref().map(|text| with_words(connection, text)).transpose()?,
        })
    }

    /// The threads of pledges that those whom the filter names give, gain by or voice, as a JSON list; none where it names nobody, and all are looked through.
    fn threads(&self, connection: &Connection) -> Result<Option<String>, StoreError> {
        let names: Vec<&Named> =
            if self.actors.is_empty() { self.between.iter().map(|(one, _)| one).collect() } else { self.actors.iter().collect() };
        if names.is_empty() {
            return Ok(None);
        }
        let json = |all: Vec<&String>| serde_json::to_string(&all).unwrap_or_default();
        let countries = json(names.iter().flat_map(|named| &named.countries).collect());
        let forms = json(names.iter().flat_map(|named| &named.forms).collect());
        let sql = "SELECT thread FROM commitments WHERE promisor IN (SELECT value FROM json_each(?1)) OR beneficiary IN (SELECT value FROM json_each(?1)) \
                   UNION SELECT c.thread FROM entities AS e JOIN statements AS s ON s.speaker = e.entity JOIN commitments AS c USING (statement) \
                   WHERE e.actor IN (SELECT value FROM json_each(?2))";
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_map([&countries, &forms], |row| row.get(0))?.collect::<Result<Vec<Option<String>>, _>>()?;
        Ok(Some(json(found.iter().flatten().collect())))
    }

    fn holds(&self, pledge: &Pledge) -> bool {
        let has = |named: &Named| {
            let country = |country: &Option<String>| country.as_ref().is_some_and(|country| named.countries.contains(country));
            country(&pledge.row.promisor)
                || country(&pledge.row.beneficiary)
                || pledge.speaker.as_ref().is_some_and(|speaker| named.forms.contains(speaker))
        };
        (self.actors.is_empty() || self.actors.iter().any(has))
            && self.between.as_ref().is_none_or(|(one, other)| has(one) && has(other))
            && self.sources.as_ref().is_none_or(|sources| pledge.source.as_ref().is_some_and(|source| sources.contains(source)))
            && self.since.as_ref().is_none_or(|since| pledge.first.as_ref().is_some_and(|first| first >= since))
            && self.until.as_ref().is_none_or(|until| pledge.first.as_ref().is_some_and(|first| first <= until))
            && self.dispatches.as_ref().is_none_or(|dispatches| dispatches.contains(&dispatch_of(pledge.key)))
            && self.topic.as_ref().is_none_or(|topic| crate::words::fold_all(&pledge.row.object).contains(topic.as_str()))
    }
}
