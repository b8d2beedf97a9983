//! Pledges filed, and their threads kept.
//!
//! In go the pledges of a dossier, and what resolution says that new ones are to others; what is kept of them are the links that are worth telling, and of every pledge its thread: all that any link
//! connects, by the name of the earliest. A new pledge touches its own links, those of the few that came behind it, and the threads that it joins.

use crate::error::StoreError;
use crate::rows::{DispatchKey, day, dispatch_of, facts_of, word};
use crate::settling::fact_key;
use depeche_resolve::{Dossier, FiledPledge, PledgeLinks, Relation, is_worth_telling, pledge_keys};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// Behind all days.
const NO_DAY: &str = "~";

/// Files a pledge whose row is there: what it is compared by, what it is found under, and a thread of its own.
pub(crate) fn file(connection: &Connection, filed: &FiledPledge) -> Result<(), StoreError> {
    let json = serde_json::to_string(filed).map_err(StoreError::damaged)?;
    let voiced = day(filed.first).unwrap_or_else(|| NO_DAY.to_owned());
    let sql = "UPDATE commitments SET filed = ?, voiced = ?, thread = coalesce(thread, ?) WHERE statement = ?";
    connection.prepare_cached(sql)?.execute(params![json, voiced, thread_of(&filed.dispatch, &filed.pledge.id), filed.key])?;
    for key in pledge_keys(&filed.pledge) {
        connection.prepare_cached("INSERT OR IGNORE INTO pledge_keys VALUES (?, ?)")?.execute([key.code, filed.key])?;
    }
    Ok(())
}

/// The name of a thread by its earliest pledge.
fn thread_of(dispatch: &str, pledge: &str) -> String {
    format!("{dispatch}#{pledge}")
}

/// The dispatches of pledges that an older program wrote, which are not filed yet.
pub(crate) fn not_filed(connection: &Connection) -> Result<Vec<DispatchKey>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT statement FROM commitments WHERE filed IS NULL ORDER BY statement")?;
    let mut found: Vec<DispatchKey> = Vec::new();
    for statement in statement.query_map([], |row| row.get(0))? {
        found.push(dispatch_of(statement?));
    }
    found.dedup();
    Ok(found)
}

/// Files the pledges of such a dispatch; one that its dossier does not have is found under nothing.
pub(crate) fn file_late(connection: &Connection, key: DispatchKey, dossier: &Dossier) -> Result<(), StoreError> {
    for mut filed in dossier.filed_pledges() {
        if let Some(statement) = fact_key(connection, "statements", "statement", key, &filed.pledge.id)? {
            filed.key = statement;
            file(connection, &filed)?;
        }
    }
    let sql = "UPDATE commitments SET filed = '', voiced = ? WHERE statement BETWEEN ? AND ? AND filed IS NULL";
    let [first, last] = facts_of(key);
    connection.prepare_cached(sql)?.execute(params![NO_DAY, first, last])?;
    Ok(())
}

/// The pledges that are filed under a code.
pub(crate) fn filed_under(connection: &Connection, code: i64) -> Result<Vec<FiledPledge>, StoreError> {
    let sql = "SELECT statement, filed FROM pledge_keys JOIN commitments USING (statement) WHERE code = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([code])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let json = row.get_ref(1)?.as_str().unwrap_or_default();
        let filed = serde_json::from_str(json).map_err(|error| StoreError::damaged(format!("a pledge cannot be read: {error}")))?;
        found.push(FiledPledge { key: row.get(0)?, ..filed });
    }
    Ok(found)
}

/// Takes away what the pledges of a dispatch are found under.
pub(crate) fn remove_keys(connection: &Connection, statements: [i64; 2]) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM pledge_keys WHERE statement BETWEEN ? AND ?")?.execute(statements)?;
    Ok(())
}

/// Writes what pledges are to others, and joins their threads.
pub(crate) fn write_links(connection: &Connection, all: &[PledgeLinks]) -> Result<(), StoreError> {
    let touched: BTreeSet<i64> = all.iter().map(|links| links.key).collect();
    for links in all {
        connection.prepare_cached("DELETE FROM commitment_links WHERE later = ?")?.execute([links.key])?;
        let sql = "UPDATE commitments SET thread = ?1 WHERE statement = ?2 AND thread IS NOT ?1";
        connection.prepare_cached(sql)?.execute(params![thread_of(&links.dispatch, &links.pledge), links.key])?;
    }
    for links in all {
        let mut by_relation: BTreeMap<Relation, Vec<i64>> = BTreeMap::new();
        for &(earlier, relation) in &links.earlier {
            by_relation.entry(relation).or_default().push(earlier);
        }
        for (relation, earlier) in by_relation {
            let is_told = |(place, _): &(usize, &i64)| is_worth_telling(relation, *place, earlier.len());
            for (_, &earlier) in earlier.iter().enumerate().filter(is_told) {
                insert_link(connection, links.key, earlier, relation)?;
            }
        }
        // Those that came at the same time have told it themselves.
        for &(later, relation) in links.later.iter().filter(|(later, _)| !touched.contains(later)) {
            insert_link(connection, later, links.key, relation)?;
            forget_links(connection, later, relation)?;
        }
    }
    all.iter().try_for_each(|links| join_threads(connection, links))
}

fn insert_link(connection: &Connection, later: i64, earlier: i64, relation: Relation) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO commitment_links VALUES (?, ?, ?)";
    connection.prepare_cached(sql)?.execute(params![later, earlier, word(&relation)])?;
    Ok(())
}

/// Takes away those of the links of a pledge that are no longer worth telling.
fn forget_links(connection: &Connection, later: i64, relation: Relation) -> Result<(), StoreError> {
    let sql = "SELECT earlier FROM commitment_links JOIN commitments AS c ON c.statement = earlier JOIN statements AS s ON s.statement = earlier \
               JOIN dispatches AS d ON d.dispatch = earlier / 65536 WHERE later = ? AND relation = ? ORDER BY c.voiced, d.id, s.id";
    let relation_word = word(&relation);
    let mut statement = connection.prepare_cached(sql)?;
    let earlier = statement.query_map(params![later, relation_word], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    let is_gone = |(place, _): &(usize, &i64)| !is_worth_telling(relation, *place, earlier.len());
    for (_, earlier) in earlier.iter().enumerate().filter(is_gone) {
        let sql = "DELETE FROM commitment_links WHERE later = ? AND earlier = ? AND relation = ?";
        connection.prepare_cached(sql)?.execute(params![later, earlier, relation_word])?;
    }
    Ok(())
}

/// Makes one thread of those of a pledge and all that it has to do with.
fn join_threads(connection: &Connection, links: &PledgeLinks) -> Result<(), StoreError> {
    let others: Vec<i64> = links.earlier.iter().chain(&links.later).map(|(other, _)| *other).collect();
    if others.is_empty() {
        return Ok(());
    }
    let others = serde_json::to_string(&others).unwrap_or_default();
    let sql = "SELECT DISTINCT thread FROM commitments WHERE statement = ?1 OR statement IN (SELECT value FROM json_each(?2))";
    let mut statement = connection.prepare_cached(sql)?;
    let threads = statement.query_map(params![links.key, others], |row| row.get(0))?.collect::<Result<BTreeSet<String>, _>>()?;
    let mut first: Option<(String, String)> = None;
    for thread in &threads {
        let sql = "SELECT min(voiced) FROM commitments WHERE thread = ?";
        let voiced: Option<String> = connection.prepare_cached(sql)?.query_row([thread], |row| row.get(0)).optional()?.flatten();
        let own = (voiced.unwrap_or_else(|| NO_DAY.to_owned()), thread.clone());
        if first.as_ref().is_none_or(|known| order(&own) < order(known)) {
            first = Some(own);
        }
    }
    let Some((_, first)) = first else { return Ok(()) };
    for thread in threads.iter().filter(|thread| **thread != first) {
        connection.prepare_cached("UPDATE commitments SET thread = ? WHERE thread = ?")?.execute([&first, thread])?;
    }
    Ok(())
}

/// A thread by its first day, and the dispatch and pledge that its name tells.
fn order((voiced, thread): &(String, String)) -> (&str, &str, &str) {
    let (dispatch, pledge) = thread.rsplit_once('#').unwrap_or((thread, ""));
    (voiced, dispatch, pledge)
}

/// Whether the pledges of a dispatch are others now than those that are filed.
pub(crate) fn are_others(connection: &Connection, dispatch: DispatchKey, now: &Dossier) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT filed FROM commitments WHERE statement BETWEEN ? AND ?")?;
    let found = statement.query_map(facts_of(dispatch), |row| Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default()))?;
    let filed = found.collect::<Result<BTreeSet<_>, _>>()?;
    Ok(filed != now.filed_pledges().map(|filed| serde_json::to_string(&filed).unwrap_or_default()).collect())
}

/// The dispatches that have a pledge in a thread with one of a dispatch, by their ids.
pub(crate) fn thread_mates(connection: &Connection, dispatch: DispatchKey) -> Result<BTreeSet<String>, StoreError> {
    let sql = "SELECT DISTINCT d.id FROM commitments AS c JOIN commitments AS o USING (thread) JOIN dispatches AS d ON d.dispatch = o.statement / 65536 \
               WHERE c.statement BETWEEN ? AND ?";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map(facts_of(dispatch), |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
