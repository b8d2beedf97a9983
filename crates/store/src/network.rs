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
use crate::series::{for_each_of, quad_place};
use depeche_record::Status;
use rusqlite::params_from_iter;
use rustc_hash::FxHashMap;
use serde::Serialize;

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

/// A happening as it is counted.
struct Counted {
    happening: i64,
    quad: Option<usize>,
    goldstein: f64,
    /// By their numbers.
    parties: Vec<usize>,
}

/// Whom somebody takes part in a happening with, by number, and its place among all.
type Tie = (usize, usize);

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
        // One transaction: what is read of happenings after one another must be of one state.
        let transaction = self.connection.unchecked_transaction()?;
        let conditions = over_happenings(&transaction, &filter)?;
        let sql = format!("SELECT h.happening, h.quad, h.goldstein FROM happenings AS h WHERE {} ORDER BY h.happening", conditions.sql());
        let mut statement = transaction.prepare_cached(&sql)?;
        let counted = statement.query_map(params_from_iter(&conditions.values), |row| {
            let quad = quad_place(row.get_ref(1)?.as_str().unwrap_or_default());
            Ok(Counted { happening: row.get(0)?, quad, goldstein: row.get(2)?, parties: Vec::new() })
        })?;
        let mut counted = counted.collect::<Result<Vec<Counted>, _>>()?;
        let mut ids = Interned::default();
        // The number of the id that somebody goes by, by the form or country that a row tells.
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let mut actors = ActorsOfForms::new(&transaction)?;
        if is_of_all {
            // Nearly all forms will be asked: they are quicker read at once.
            let mut statement = transaction.prepare_cached("SELECT form, actor FROM forms")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                places.insert(row.get(0)?, ids.place(row.get_ref(1)?.as_str().unwrap_or_default()));
            }
        }
        let who = match level {
            Level::Country => "country",
            Level::Actor => "actor",
        };
        for_each_of(
            &transaction,
            &mut counted,
            |happening| happening.happening,
            "parties",
            who,
            |happening, row| {
                let told = row.get_ref(1)?.as_str().unwrap_or_default();
                let place = match places.get(told) {
                    Some(&place) => place,
                    None if told.is_empty() => return Ok(()),
                    None => {
                        let place = match level {
                            Level::Country => ids.place(told),
                            Level::Actor => ids.place(&actors.of(told)?),
                        };
                        places.insert(told.to_owned(), place);
                        place
                    }
                };
                if !happening.parties.contains(&place) {
                    happening.parties.push(place);
                }
                Ok(())
            },
        )?;
        Ok(network(counted, &ids, filter.limit.unwrap_or(USUAL_EDGES), digest))
    }
}

fn network(mut counted: Vec<Counted>, ids: &Interned, most: usize, digest: &Digest) -> Network {
    // In the order in which they appear, whatever their numbers.
    let (mut order, mut next) = (vec![None; ids.len()], 0..ids.len());
    for &party in counted.iter().flat_map(|happening| &happening.parties) {
        if let Some(place @ None) = order.get_mut(party) {
            *place = next.next();
        }
    }
    let mut ties: Vec<Vec<Tie>> = vec![Vec::new(); ids.len()];
    for (happening, at) in counted.iter_mut().zip(0..) {
        happening.parties.sort_unstable_by_key(|&party| order.get(party));
        for (&one, behind) in happening.parties.iter().zip(1..) {
            if let Some(ties) = ties.get_mut(one) {
                ties.extend(happening.parties.iter().skip(behind).take(MOST_PARTIES).map(|&other| (other, at)));
            }
        }
    }
    // With the same one side by side, still in the order of their happenings, so that a sum is always the same.
    ties.iter_mut().for_each(|ties| ties.sort_unstable());
    let of_two = ties.iter().zip(0..).flat_map(|(ties, one)| ties.chunk_by(|tie, next| tie.0 == next.0).map(move |ties| (one, ties)));
    let of_two: Vec<(usize, &[Tie])> = of_two.collect();
    let mut counts: Vec<usize> = of_two.iter().map(|(_, ties)| ties.len()).collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    // Lighter ones are no edges, and are not written out.
    let fewest = most.checked_sub(1).and_then(|last| counts.get(last)).copied().unwrap_or_default();
    let heavy = of_two.into_iter().filter(|(_, ties)| ties.len() >= fewest);
    let mut edges: Vec<NetworkEdge> = heavy.filter_map(|(one, ties)| edge(one, ties, &counted, ids)).collect();
    edges.sort_by(|one, other| {
        other.happenings.cmp(&one.happenings).then_with(|| (&one.source, &one.target).cmp(&(&other.source, &other.target)))
    });
    edges.truncate(most);
    let ends = edges.iter().flat_map(|edge| [&edge.source, &edge.target]);
    let mut touched: FxHashMap<usize, u64> = ends.filter_map(|id| Some((ids.known(id)?, 0))).collect();
    for party in counted.iter().flat_map(|happening| &happening.parties) {
        if let Some(count) = touched.get_mut(party) {
            *count += 1;
        }
    }
    let mut nodes: Vec<NetworkNode> = touched.into_iter().map(|(place, happenings)| node(ids.word(place), happenings, digest)).collect();
    nodes.sort_by(|one, other| other.happenings.cmp(&one.happenings).then_with(|| one.id.cmp(&other.id)));
    Network { nodes, edges }
}

/// The edge between two, by all that they took part in; none where that is nothing.
fn edge(one: usize, ties: &[Tie], counted: &[Counted], ids: &Interned) -> Option<NetworkEdge> {
    let &(other, _) = ties.first()?;
    let (one, other) = (ids.word(one).to_owned(), ids.word(other).to_owned());
    let (source, target) = if one < other { (one, other) } else { (other, one) };
    let happenings = || ties.iter().filter_map(|&(_, at)| counted.get(at));
    let of_quad = |quad: usize| happenings().filter(|happening| happening.quad == Some(quad)).count() as u64;
    let mean = happenings().fold(0.0, |sum, happening| sum + happening.goldstein) / ties.len() as f64;
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
