//! What is counted over a whole record: how much of what it holds, and how often each actor is named.
//!
//! In goes a record; out comes a [`Digest`], for whoever keeps a record open: making it reads most of the file once, asking it reads nothing. It is of one state of the record; when that has
//! changed, a new one is made.

use crate::actors::{ActorTotal, totals};
use crate::error::StoreError;
use crate::file::Reader;
use crate::places::PlaceRow;
use crate::schema::SCHEMA_VERSION;
use crate::words::fold_all;
use rusqlite::{Connection, Row};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The most topics that are kept, those of most reports.
const MOST_TOPICS: usize = 5000;

/// What a record holds, in numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct Overview {
    /// The version of the record's schema.
    pub schema: i64,
    pub dispatches: u64,
    pub events: u64,
    pub happenings: u64,
    pub statements: u64,
    pub commitments: u64,
    pub actors: u64,
    pub sources: Vec<SourceCount>,
    pub types: Vec<NameCount>,
    pub statuses: Vec<NameCount>,
    pub countries: Vec<CountryCount>,
    pub languages: Vec<LanguageCount>,
    /// The first day of any happening.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

/// A publisher and how many dispatches it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct SourceCount {
    pub id: String,
    pub name: String,
    pub country: Option<String>,
    /// Whether a state owns or directs it; null where nobody says.
    pub state: Option<bool>,
    pub dispatches: u64,
}

/// A type or status and how many happenings have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct NameCount {
    pub name: String,
    pub happenings: u64,
}

/// A country and in how many happenings it takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct CountryCount {
    pub code: String,
    /// As most dispatches name it; its code where none names it by itself.
    pub name: String,
    pub happenings: u64,
}

/// A language and how many dispatches are in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct LanguageCount {
    pub code: Option<String>,
    pub dispatches: u64,
}

/// What is counted over a whole record.
#[derive(Debug)]
pub struct Digest {
    /// How much it holds.
    pub overview: Overview,
    /// The actors, those of most dispatches first.
    pub(crate) actors: Vec<ActorTotal>,
    by_id: HashMap<String, usize>,
    /// The places, those of most happenings first, with their names folded.
    pub(crate) places: Vec<(String, PlaceRow)>,
    /// The topics with their folded words and in how many events they stand, the most frequent first.
    pub(crate) topics: Vec<(String, String, u64)>,
}

impl Digest {
    /// What is counted of an actor.
    pub(crate) fn actor(&self, id: &str) -> Option<&ActorTotal> {
        self.by_id.get(id).and_then(|&place| self.actors.get(place))
    }
}

impl Reader {
    /// Counts over the whole record.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn digest(&self) -> Result<Digest, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let actors = totals(&transaction, None)?;
        let by_id: HashMap<String, usize> = actors.iter().enumerate().map(|(place, actor)| (actor.id.clone(), place)).collect();
        let places = self.places(&crate::Filter::default())?.into_iter().map(|place| (fold_all(&place.name), place)).collect();
        let topics = topics(&transaction)?;
        let overview = overview(&transaction, &actors, &by_id)?;
        Ok(Digest { overview, actors, by_id, places, topics })
    }
}

fn overview(connection: &Connection, actors: &[ActorTotal], by_id: &HashMap<String, usize>) -> Result<Overview, StoreError> {
    let count = |table: &str| connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, u64>(0));
    let day = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
    let name = |code: &str| by_id.get(code).and_then(|&place| actors.get(place)).map(|actor| actor.name.clone());
    Ok(Overview {
        schema: SCHEMA_VERSION,
        dispatches: count("dispatches")?,
        events: count("events")?,
        happenings: count("happenings")?,
        statements: count("statements")?,
        commitments: count("commitments")?,
        actors: actors.len() as u64,
        sources: rows(
            connection,
            "SELECT s.source, s.name, s.country, s.state, count(d.dispatch) FROM sources AS s LEFT JOIN dispatches AS d USING (source) \
             GROUP BY s.source ORDER BY 5 DESC, 1",
            |row| Ok(SourceCount { id: row.get(0)?, name: row.get(1)?, country: row.get(2)?, state: row.get(3)?, dispatches: row.get(4)? }),
        )?,
        types: rows(connection, "SELECT type, count(*) FROM happenings GROUP BY type ORDER BY 2 DESC, 1", name_count)?,
        statuses: rows(connection, "SELECT status, count(*) FROM happenings GROUP BY status ORDER BY 2 DESC, 1", name_count)?,
        countries: rows(
            connection,
            "SELECT country, count(DISTINCT happening) FROM parties WHERE country != '' GROUP BY country ORDER BY 2 DESC, 1",
            |row| {
                let code: String = row.get(0)?;
                Ok(CountryCount { name: name(&code).unwrap_or_else(|| code.clone()), code, happenings: row.get(1)? })
            },
        )?,
        languages: rows(connection, "SELECT language, count(*) FROM dispatches GROUP BY language ORDER BY 2 DESC, 1", |row| {
            Ok(LanguageCount { code: row.get(0)?, dispatches: row.get(1)? })
        })?,
        first: day("SELECT min(first) FROM happenings")?,
        last: day("SELECT max(last) FROM happenings")?,
    })
}

fn name_count(row: &Row<'_>) -> rusqlite::Result<NameCount> {
    Ok(NameCount { name: row.get(0)?, happenings: row.get(1)? })
}

fn rows<Item>(connection: &Connection, sql: &str, read: impl Fn(&Row<'_>) -> rusqlite::Result<Item>) -> Result<Vec<Item>, StoreError> {
    let mut statement = connection.prepare(sql)?;
    Ok(statement.query_map([], |row| read(row))?.collect::<Result<_, _>>()?)
}

fn topics(connection: &Connection) -> Result<Vec<(String, String, u64)>, StoreError> {
    let mut statement = connection.prepare("SELECT topics, count(*) FROM events WHERE topics != '' GROUP BY topics")?;
    let mut rows = statement.query([])?;
    let mut counts: BTreeMap<String, (String, u64)> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let count: u64 = row.get(1)?;
        for topic in row.get_ref(0)?.as_str().unwrap_or_default().split("; ") {
            counts.entry(fold_all(topic)).or_insert_with(|| (topic.to_owned(), 0)).1 += count;
        }
    }
    let mut found: Vec<(String, String, u64)> = counts.into_iter().map(|(folded, (topic, count))| (topic, folded, count)).collect();
    found.retain(|(_, folded, _)| !folded.is_empty());
    found.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.1.cmp(&other.1)));
    found.truncate(MOST_TOPICS);
    Ok(found)
}
