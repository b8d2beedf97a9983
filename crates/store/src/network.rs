//! `network`: who deals with whom.
//!
//! In go a filter and whether countries or actors are meant; out come those who take part in what it lets through, and for every two that take part in one happening how many there are, of which
//! quad class, and the mean of their Goldstein values. Counted are happenings and not reports, and, as in `series`, what took place or goes on, unless the filter asks for another status.

use crate::actors::ActorsOfForms;
use crate::digest::Digest;
use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, is_country_code, over_happenings};
use crate::interned::Interned;
use depeche_record::Status;
use rusqlite::params_from_iter;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// The most parties of one happening whose pairs are counted; a list of two hundred guests says little of any two.
const MOST_PARTIES: usize = 40;
/// How many edges there are where nobody says.
const USUAL_EDGES: usize = 300;

/// Between whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Level {
    /// Countries.
    #[default]
    Country,
    /// Actors.
    Actor,
}

/// Who deals with whom.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Network {
    /// Those that an edge touches, those of most happenings first.
    pub nodes: Vec<NetworkNode>,
    /// The heaviest first.
    pub edges: Vec<NetworkEdge>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct NetworkNode {
    pub id: String,
    pub name: String,
    pub country: Option<String>,
    pub kind: String,
    pub happenings: u64,
}

/// Two that take part in the same happenings.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct NetworkEdge {
    pub source: String,
    pub target: String,
    pub happenings: u64,
    pub goldstein_mean: f64,
    pub verbal_cooperation: u64,
    pub material_cooperation: u64,
    pub verbal_conflict: u64,
    pub material_conflict: u64,
}

/// Two that take part in one happening, and what it is.
struct Tie {
    one: usize,
    other: usize,
    quad: Option<usize>,
    goldstein: f64,
}

impl Tie {
    fn ends(&self) -> (usize, usize) {
        (self.one, self.other)
    }
}

/// What is gathered of all.
#[derive(Default)]
struct Gathered {
    ids: Interned,
    /// Of each id, by its number.
    happenings: Vec<u64>,
    ties: Vec<Tie>,
}

impl Gathered {
    /// Takes a happening with its parties, of which there may be some twice, and lets these go.
    fn add(&mut self, parties: &mut Vec<usize>, quad: Option<usize>, goldstein: f64) {
        parties.sort_unstable();
        parties.dedup();
        for &party in &*parties {
            if self.happenings.len() <= party {
                self.happenings.resize(party + 1, 0);
            }
            if let Some(count) = self.happenings.get_mut(party) {
                *count += 1;
            }
        }
        for (&one, others) in parties.iter().zip(1..).map(|(one, behind)| (one, parties.iter().skip(behind))) {
            for &other in others.take(MOST_PARTIES) {
                self.ties.push(Tie { one, other, quad, goldstein });
            }
        }
        parties.clear();
    }
}

impl Reader {
    /// Who deals with whom in what a filter lets through; `filter.limit` edges, or 300.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn network(&self, filter: &Filter, level: Level, digest: &Digest) -> Result<Network, StoreError> {
        let is_of_all = level == Level::Actor && !filter.is_of_happenings() && filter.actors.is_empty();
        let mut filter = filter.clone();
        if filter.statuses.is_empty() {
            filter.statuses = vec![Status::Occurred, Status::Ongoing];
        }
        let conditions = over_happenings(&self.connection, &filter)?;
        let who = match level {
            Level::Country => "p.country",
            Level::Actor => "p.actor",
        };
        let sql = format!(
            "SELECT h.happening, h.quad, h.goldstein, {who} FROM happenings AS h JOIN parties AS p USING (happening) WHERE {who} != '' AND {} ORDER BY h.happening",
            conditions.sql()
        );
        let mut actors = if is_of_all { ActorsOfForms::all(&self.connection)? } else { ActorsOfForms::new(&self.connection)? };
        // The number of the id that somebody goes by, by the form or country that a row tells.
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(conditions.values))?;
        let mut gathered = Gathered::default();
        let mut open: Option<(i64, Option<usize>, f64)> = None;
        let mut parties: Vec<usize> = Vec::new();
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            if open.is_none_or(|(open, ..)| open != key) {
                if let Some((_, quad, goldstein)) = open {
                    gathered.add(&mut parties, quad, goldstein);
                }
                open = Some((key, crate::series::quad_place(row.get_ref(1)?.as_str().unwrap_or_default()), row.get(2)?));
            }
            let told = row.get_ref(3)?.as_str().unwrap_or_default();
            let place = match places.get(told) {
                Some(&place) => place,
                None => {
                    let place = match level {
                        Level::Country => gathered.ids.place(told),
                        Level::Actor => gathered.ids.place(&actors.of(told)?),
                    };
                    places.insert(told.to_owned(), place);
                    place
                }
            };
            parties.push(place);
        }
        if let Some((_, quad, goldstein)) = open {
            gathered.add(&mut parties, quad, goldstein);
        }
        Ok(network(gathered, filter.limit.unwrap_or(USUAL_EDGES), digest))
    }
}

fn network(mut gathered: Gathered, most: usize, digest: &Digest) -> Network {
    // Those of the same two side by side, still in the order of their happenings, so that a sum is always the same.
    gathered.ties.sort_by_key(Tie::ends);
    let of_two: Vec<&[Tie]> = gathered.ties.chunk_by(|one, other| one.ends() == other.ends()).collect();
    let mut counts: Vec<usize> = of_two.iter().map(|ties| ties.len()).collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    // Lighter ones are no edges, and are not written out.
    let fewest = most.checked_sub(1).and_then(|last| counts.get(last)).copied().unwrap_or_default();
    let heavy = of_two.into_iter().filter(|ties| ties.len() >= fewest);
    let mut edges: Vec<NetworkEdge> = heavy.filter_map(|ties| edge(ties, &gathered.ids)).collect();
    edges.sort_by(|one, other| {
        other.happenings.cmp(&one.happenings).then_with(|| (&one.source, &one.target).cmp(&(&other.source, &other.target)))
    });
    edges.truncate(most);
    let mut touched: BTreeMap<&str, u64> = BTreeMap::new();
    for id in edges.iter().flat_map(|edge| [edge.source.as_str(), edge.target.as_str()]) {
        let count = gathered.ids.known(id).and_then(|place| gathered.happenings.get(place)).copied().unwrap_or_default();
        touched.insert(id, count);
    }
    let mut nodes: Vec<NetworkNode> = touched.into_iter().map(|(id, happenings)| node(id, happenings, digest)).collect();
    nodes.sort_by(|one, other| other.happenings.cmp(&one.happenings).then_with(|| one.id.cmp(&other.id)));
    Network { nodes, edges }
}

/// The edge between two, by all that they took part in; none where that is nothing.
fn edge(ties: &[Tie], ids: &Interned) -> Option<NetworkEdge> {
    let (one, other) = ties.first()?.ends();
    let (one, other) = (ids.word(one).to_owned(), ids.word(other).to_owned());
    let (source, target) = if one < other { (one, other) } else { (other, one) };
    let of_quad = |quad: usize| ties.iter().filter(|tie| tie.quad == Some(quad)).count() as u64;
    let mean = ties.iter().fold(0.0, |sum, tie| sum + tie.goldstein) / ties.len() as f64;
    Some(NetworkEdge {
        source,
        target,
        happenings: ties.len() as u64,
        goldstein_mean: (mean * 1000.0).round() / 1000.0,
        verbal_cooperation: of_quad(0),
        material_cooperation: of_quad(1),
        verbal_conflict: of_quad(2),
        material_conflict: of_quad(3),
    })
}

fn node(id: &str, happenings: u64, digest: &Digest) -> NetworkNode {
    let known = digest.actor(id);
    let country = known.and_then(|known| known.country.clone()).or_else(|| is_country_code(id).then(|| id.to_owned()));
    NetworkNode {
        id: id.to_owned(),
        name: known.map_or_else(|| id.to_owned(), |known| known.name.clone()),
        country,
        kind: known.map_or_else(|| "country".to_owned(), |known| known.kind.clone()),
        happenings,
    }
}
