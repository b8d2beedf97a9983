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
use rusqlite::{Connection, Row, params_from_iter};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

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

/// A pledge as it is ordered and grouped.
struct Pledge {
    key: i64,
    dispatch: String,
    first: Option<String>,
    is_wanted: bool,
}

impl Pledge {
    /// By what pledges are ordered: the first day of the dispatch, those without one last; its id; the place in it.
    fn order(&self) -> (bool, Option<&str>, &str, i64) {
        (self.first.is_none(), self.first.as_deref(), &self.dispatch, self.key)
    }
}

impl Reader {
    /// The pledges that a filter lets through. Of the filter count the actors and `between` (promisor, beneficiary, or whoever voices it), the days of publication, the source, and the topic as
    /// words of the pledge.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn commitments(&self, filter: &Filter) -> Result<Vec<CommitmentRow>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        some_commitments(&transaction, filter, |_| 0..filter.limit.unwrap_or(usize::MAX))
    }

    /// The pledges from one on, at most so many; and whether there are more.
    ///
    /// # Errors
    /// As [`Reader::commitments`].
    pub fn commitments_page(&self, filter: &Filter, from: usize, most: usize) -> Result<(Vec<CommitmentRow>, bool), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let (end, mut more) = (from.saturating_add(most), false);
        let rows = some_commitments(&transaction, filter, |count| {
            more = count > end;
            from..end
        })?;
        Ok((rows, more))
    }
}

/// Of the pledges that a filter lets through, those that are chosen by how many there are. Only what is told of these is read in full.
pub(crate) fn some_commitments(
    connection: &Connection,
    filter: &Filter,
    choose: impl FnOnce(usize) -> Range<usize>,
) -> Result<Vec<CommitmentRow>, StoreError> {
    let wanted = Wanted::of(connection, filter)?;
    // What is said of a pledge lies within its thread.
    let threads = wanted.threads(connection)?;
    // The earliest first, whatever the order in which they came into the record.
    let pledges = pledges(connection, threads.as_deref(), &wanted)?;
    let links = links(connection, threads.as_deref())?;
    let first_of = first_of_each(&pledges, &links);
    let first_of = |key: i64| first_of.get(&key).copied().unwrap_or(key);
    let is_listed = |pledge: &&Pledge| pledge.is_wanted && first_of(pledge.key) == pledge.key;
    let range = choose(pledges.iter().filter(is_listed).count());
    let chosen: Vec<i64> = pledges.iter().filter(is_listed).skip(range.start).take(range.len()).map(|pledge| pledge.key).collect();
    let places: FxHashMap<i64, usize> = chosen.iter().zip(0..).map(|(&first, place)| (first, place)).collect();
    // All reports of them, and the others that they are told of.
    let reports: Vec<i64> = pledges.iter().map(|pledge| pledge.key).filter(|&key| places.contains_key(&first_of(key))).collect();
    let order: FxHashMap<i64, usize> = pledges.iter().zip(0..).map(|(pledge, place)| (pledge.key, place)).collect();
    let mut links: Vec<_> = links
        .into_iter()
        .filter(|(later, earlier, relation)| {
            let (later, earlier) = (first_of(*later), first_of(*earlier));
            relation != "same" && later != earlier && places.contains_key(&later) && order.contains_key(&earlier)
        })
        .collect();
    links.sort_by_cached_key(|(later, earlier, _)| (order.get(later).copied(), order.get(&first_of(*earlier)).copied()));
    let others = links.iter().map(|(_, earlier, _)| first_of(*earlier));
    let told = in_full(connection, &reports.iter().copied().chain(others).collect())?;
    let mut rows: Vec<CommitmentRow> = chosen.iter().filter_map(|key| told.get(key).cloned()).collect();
    for key in reports.into_iter().filter(|&key| first_of(key) != key) {
        if let (Some(report), Some(row)) = (told.get(&key), places.get(&first_of(key)).and_then(|&place| rows.get_mut(place))) {
            row.statements.extend_from_slice(&report.statements);
        }
    }
    for (later, earlier, relation) in links {
        let row = places.get(&first_of(later)).and_then(|&place| rows.get_mut(place));
        if let (Some(row), Some(CommitmentRow { id, .. })) = (row, told.get(&first_of(earlier))) {
            let list = match relation.as_str() {
                "restates" => &mut row.restates,
                "widens" => &mut row.widens,
                "narrows" => &mut row.narrows,
                _ => &mut row.contradicts,
            };
            if !list.contains(id) {
                list.push(id.clone());
            }
        }
    }
    Ok(rows)
}

/// The pledges of some threads, or of all, the earliest first.
fn pledges(connection: &Connection, threads: Option<&str>, wanted: &Wanted) -> Result<Vec<Pledge>, StoreError> {
    let within = if threads.is_some() { "WHERE c.thread IN (SELECT value FROM json_each(?))" } else { "" };
    let (speaker, of_speakers) = if wanted.names().any(|named| !named.forms.is_empty()) {
        ("e.actor", "JOIN statements AS s USING (statement) LEFT JOIN entities AS e ON e.entity = s.speaker")
    } else {
        ("NULL", "")
    };
    let sql = format!(
        "SELECT c.statement, d.id, d.first, d.source, c.promisor, c.beneficiary, c.object, {speaker} FROM commitments AS c \
         JOIN dispatches AS d ON d.dispatch = c.statement / 65536 {of_speakers} {within}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(threads), |row| {
        Ok(Pledge { key: row.get(0)?, dispatch: row.get(1)?, first: row.get(2)?, is_wanted: wanted.holds(row)? })
    })?;
    let mut found: Vec<Pledge> = found.collect::<Result<_, _>>()?;
    found.sort_unstable_by(|one, other| one.order().cmp(&other.order()));
    Ok(found)
}

/// Statements that are pledges by their keys, each as a pledge of which nothing is told but itself.
fn in_full(connection: &Connection, keys: &BTreeSet<i64>) -> Result<FxHashMap<i64, CommitmentRow>, StoreError> {
    let sql = "SELECT c.statement, d.id, s.id, c.promisor, coalesce(e.name, s.speaker_text), c.beneficiary, c.polarity, c.object, d.published, d.first, d.last \
               FROM json_each(?) AS l CROSS JOIN commitments AS c ON c.statement = l.value JOIN statements AS s USING (statement) \
               JOIN dispatches AS d ON d.dispatch = c.statement / 65536 LEFT JOIN entities AS e ON e.entity = s.speaker";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([serde_json::to_string(keys).unwrap_or_default()], |row| {
        let (dispatch, statement): (String, String) = (row.get(1)?, row.get(2)?);
        let (value, first, last): (Option<String>, Option<String>, Option<String>) = (row.get(8)?, row.get(9)?, row.get(10)?);
        let when = value
            .or_else(|| {
                (first.is_some() || last.is_some())
                    .then(|| format!("{}/{}", first.as_deref().unwrap_or(".."), last.as_deref().unwrap_or("..")))
            })
            .map(|value| Days { value, earliest: first, latest: last });
        let pledge = CommitmentRow {
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
        };
        Ok((row.get(0)?, pledge))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Of every pledge the first report of it.
fn first_of_each(pledges: &[Pledge], links: &[(i64, i64, String)]) -> FxHashMap<i64, i64> {
    let mut same: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
    for (later, earlier, _) in links.iter().filter(|(.., relation)| relation == "same") {
        same.entry(*later).or_default().push(*earlier);
        same.entry(*earlier).or_default().push(*later);
    }
    let mut first_of = FxHashMap::default();
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
        // Of two who must both have part in it, one is enough to find it.
        let names: Vec<&Named> = if self.actors.is_empty() { self.names().take(1).collect() } else { self.actors.iter().collect() };
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

    /// All whom the filter names.
    fn names(&self) -> impl Iterator<Item = &Named> {
        self.actors.iter().chain(self.between.iter().flat_map(|(one, other)| [one, other]))
    }

    /// Whether a pledge is let through, by its row in [`pledges`].
    fn holds(&self, row: &Row<'_>) -> rusqlite::Result<bool> {
        let text = |column: usize| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str_or_null()?);
        let (first, source, object, key) = (text(2)?, text(3)?, text(6)?, row.get(0)?);
        let (promisor, beneficiary, speaker) = (text(4)?, text(5)?, text(7)?);
        let is_of = |list: &[String], name: Option<&str>| name.is_some_and(|name| list.iter().any(|listed| listed == name));
        let has = |named: &Named| is_of(&named.countries, promisor) || is_of(&named.countries, beneficiary) || is_of(&named.forms, speaker);
        Ok((self.actors.is_empty() || self.actors.iter().any(has))
            && self.between.as_ref().is_none_or(|(one, other)| has(one) && has(other))
            && self.sources.as_ref().is_none_or(|sources| is_of(sources, source))
            && self.since.as_ref().is_none_or(|since| first.is_some_and(|first| first >= since.as_str()))
            && self.until.as_ref().is_none_or(|until| first.is_some_and(|first| first <= until.as_str()))
            && self.dispatches.as_ref().is_none_or(|dispatches| dispatches.contains(&dispatch_of(key)))
            && self.topic.as_ref().is_none_or(|topic| crate::words::fold_all(object.unwrap_or_default()).contains(topic.as_str())))
    }
}
