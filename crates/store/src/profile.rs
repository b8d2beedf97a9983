//! One actor with all that the record has of it.
//!
//! In goes an id; out come the spellings of its name, the offices it held and according to whom, whom it met in how many happenings, and the last of what it said, promised and took part in.

use crate::actors::{ActorRow, ActorsOfForms, OfficeRow, actor_row};
use crate::browsing::{TimelineOrder, TimelineRow, page};
use crate::commitments::{CommitmentRow, some_commitments};
use crate::digest::Digest;
use crate::error::StoreError;
use crate::facts::{StatementRow, statement};
use crate::file::Reader;
use crate::filter::Filter;
use crate::offices::offices_page;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// The most spellings.
const MOST_SPELLINGS: usize = 200;
/// The most offices.
const MOST_OFFICES: usize = 200;
/// The most evidence of an office.
const MOST_EVIDENCE: usize = 5;
/// The most others that it met.
const MOST_MET: usize = 50;
/// The most statements and pledges.
const MOST_SAID: usize = 50;
/// The most happenings.
const MOST_HAPPENINGS: usize = 20;

/// An actor in full.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActorProfile {
    /// What `actors` answers.
    #[serde(flatten)]
    pub row: ActorRow,
    /// Its names, the most frequent first.
    pub spellings: Vec<Spelling>,
    /// The offices it held, or, of a country, that serve it.
    pub held: Vec<OfficeRow>,
    /// Who took part in the same happenings that took place or go on, the most frequent first.
    pub met: Vec<Met>,
    /// What it said last.
    pub statements: Vec<StatementRow>,
    /// What it promised or was promised last.
    pub commitments: Vec<CommitmentRow>,
    /// What it took part in last.
    pub happenings_latest: Vec<TimelineRow>,
}

/// A spelling of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spelling {
    /// The name as dispatches write it.
    pub name: String,
    /// How many call it so before all others; 0 where they do so only beside another name.
    pub dispatches: u64,
}

/// Somebody met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct Met {
    pub id: String,
    pub name: String,
    pub country: Option<String>,
    pub happenings: u64,
}

/// The forms of the actor `?1`.
const OWN_FORMS: &str = "(SELECT ?1 UNION SELECT form FROM forms WHERE actor = ?1)";

impl Reader {
    /// The actor of an id in full; none where the record has none.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn actor_in_full(&self, id: &str, digest: &Digest) -> Result<Option<ActorProfile>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let counted = match digest.actor(id) {
            Some(total) => Some(actor_row(&transaction, total.clone())?),
            // One who came since.
            None => self.actor_of_id(id)?,
        };
        let row = match counted {
            Some(row) => row,
            // A country may be met through those who act for it alone.
            None => match digest.overview.countries.iter().find(|country| country.code == id) {
                Some(country) => ActorRow {
                    id: id.to_owned(),
                    kind: "country".to_owned(),
                    name: country.name.clone(),
                    country: Some(id.to_owned()),
                    happenings: country.happenings,
                    ..ActorRow::default()
                },
                None => return Ok(None),
            },
        };
        let own = |limit| Filter { actors: vec![id.to_owned()], limit: Some(limit), ..Filter::default() };
        let mut commitments = some_commitments(&transaction, &own(0), |count| count.saturating_sub(MOST_SAID)..count)?;
        commitments.reverse();
        let (held, _) = offices_page(&transaction, &Filter { limit: None, ..own(0) }, 0, MOST_OFFICES, MOST_EVIDENCE)?;
        Ok(Some(ActorProfile {
            spellings: spellings(&transaction, id)?,
            held,
            met: met(&transaction, id, digest)?,
            statements: statements(&transaction, id)?,
            commitments,
            happenings_latest: page(&transaction, &own(MOST_HAPPENINGS), TimelineOrder::Last, None)?.items,
            row,
        }))
    }
}

fn spellings(connection: &Connection, id: &str) -> Result<Vec<Spelling>, StoreError> {
    let sql = format!(
        "SELECT name, max(dispatches) FROM (SELECT name, count(DISTINCT entity / 65536) AS dispatches FROM entities WHERE actor IN {OWN_FORMS} GROUP BY name \
         UNION ALL SELECT name, 0 FROM names WHERE form IN {OWN_FORMS}) GROUP BY name ORDER BY 2 DESC, 1 LIMIT {MOST_SPELLINGS}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_map([id], |row| Ok(Spelling { name: row.get(0)?, dispatches: row.get(1)? }))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn met(connection: &Connection, id: &str, digest: &Digest) -> Result<Vec<Met>, StoreError> {
    let sql = format!(
        "SELECT o.actor, o.country, o.happening FROM (SELECT DISTINCT happening FROM parties WHERE actor IN {OWN_FORMS}) AS own \
         JOIN happenings AS h ON h.happening = own.happening AND h.status IN ('occurred', 'ongoing') \
         JOIN parties AS o ON o.happening = own.happening WHERE o.actor != '' AND o.actor NOT IN {OWN_FORMS}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    let mut actors = ActorsOfForms::new(connection)?;
    // Of each the last of its countries, and in what it took part.
    let mut found: FxHashMap<String, (String, FxHashSet<i64>)> = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let (country, happenings) = found.entry(actors.of(row.get_ref(0)?.as_str().unwrap_or_default())?).or_default();
        let told = row.get_ref(1)?.as_str().unwrap_or_default();
        if told > country.as_str() {
            *country = told.to_owned();
        }
        happenings.insert(row.get(2)?);
    }
    let met = |(id, (country, happenings)): (String, (String, FxHashSet<i64>))| Met {
        name: digest.actor(&id).map_or_else(|| id.clone(), |known| known.name.clone()),
        id,
        country: Some(country).filter(|country| !country.is_empty()),
        happenings: happenings.len() as u64,
    };
    let mut found: Vec<Met> = found.into_iter().map(met).collect();
    found.sort_unstable_by(|one, other| other.happenings.cmp(&one.happenings).then_with(|| one.id.cmp(&other.id)));
    found.truncate(MOST_MET);
    Ok(found)
}

fn statements(connection: &Connection, id: &str) -> Result<Vec<StatementRow>, StoreError> {
    let sql = format!(
        "SELECT d.id || '#' || t.id, d.id, s.name, d.published, coalesce(n.name, t.speaker_text), coalesce(f.actor, n.actor), n.country, t.kind, \
         t.claim, t.content, t.start, t.end FROM entities AS n JOIN statements AS t ON t.speaker = n.entity \
         JOIN dispatches AS d ON d.dispatch = t.statement / 65536 LEFT JOIN sources AS s USING (source) LEFT JOIN forms AS f ON f.form = n.actor \
         WHERE n.actor IN {OWN_FORMS} ORDER BY d.first DESC, d.id, t.statement LIMIT {MOST_SAID}"
    );
    let mut found = connection.prepare_cached(&sql)?;
    Ok(found.query_map([id], statement)?.collect::<Result<_, _>>()?)
}
