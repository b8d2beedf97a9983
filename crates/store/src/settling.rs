//! What resolution decided, written down.
//!
//! In go the dispatches that are new or changed; resolution is asked about them within the transaction, and every group that it answers with takes the place of the stored groups that share a
//! member with it. Nothing else is touched, so that the cost is that of the neighbourhood.

use crate::at_hand::AtHand;
use crate::error::StoreError;
use crate::linking::{write_form_links, write_links};
use crate::pledges;
use crate::rows::{dispatch_of, facts_of, word};
use crate::shelf::RecordShelf;
use depeche_resolve::{Decisions, Happening, Resolver, Shelf, Touched, UserDecisions};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

/// Asks resolution about dispatches and forms, by id, and writes what it decides.
pub(crate) fn settle(connection: &Connection, at_hand: &mut AtHand, resolver: &Resolver, touched: &Touched<'_>) -> Result<(), StoreError> {
    if touched.dispatches.is_empty() && touched.pledges.is_empty() && touched.forms.is_empty() {
        return Ok(());
    }
    let shelf = RecordShelf { connection, at_hand: RefCell::new(at_hand), resolver };
    for key in pledges::not_filed(connection)? {
        if let Some(read) = shelf.dossier(key)? {
            pledges::file_late(connection, key, read.dossier())?;
        }
    }
    let decisions = resolver.decide(&shelf, touched, &user_decisions(connection)?)?;
    write_links(&shelf, &decisions.links)?;
    write_form_links(&shelf, &decisions.form_links)?;
    write(connection, &decisions)
}

/// What users decided of actors.
pub(crate) fn user_decisions(connection: &Connection) -> Result<UserDecisions, StoreError> {
    let mut user = UserDecisions::default();
    let mut statement = connection.prepare_cached("SELECT one, other, verdict FROM decisions")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let pair = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
        let list = if row.get_ref(2)?.as_str() == Ok("merge") { &mut user.merges } else { &mut user.splits };
        list.insert(pair);
    }
    Ok(user)
}

fn write(connection: &Connection, decisions: &Decisions) -> Result<(), StoreError> {
    for group in &decisions.copies {
        for member in &group.members {
            connection
                .prepare_cached("UPDATE dispatches SET report = ?1, copy = ?2 WHERE id = ?3 AND (report, copy) IS NOT (?1, ?2)")?
                .execute(params![group.id, word(&member.kind), member.dispatch])?;
        }
    }
    for story in &decisions.stories {
        for dispatch in &story.dispatches {
            connection
                .prepare_cached("UPDATE dispatches SET story = ?1 WHERE id = ?2 AND story IS NOT ?1")?
                .execute(params![story.id, dispatch])?;
        }
    }
    for group in &decisions.actors {
        // Most of a large group were its own before: they lie side by side in the index, and each by itself does not.
        let mut own = connection.prepare_cached("SELECT form FROM forms WHERE actor = ?")?;
        let own = own.query_map([&group.id], |row| row.get::<_, String>(0))?.collect::<Result<HashSet<_>, _>>()?;
        for form in group.forms.iter().filter(|form| !own.contains(*form)) {
            connection.prepare_cached("UPDATE forms SET actor = ?1 WHERE form = ?2")?.execute(params![group.id, form])?;
        }
    }
    // Old groups go before new ones come, for a new one may bear the name of an old one.
    let mut keyed = Vec::with_capacity(decisions.happenings.len());
    for happening in &decisions.happenings {
        let decided = hash_of(happening);
        let sql = "SELECT 1 FROM happenings WHERE id = ? AND decided = ?";
        if connection.prepare_cached(sql)?.exists(params![happening.id, decided])? {
            continue;
        }
        let events = report_keys(connection, happening)?;
        remove_happenings_of(connection, &events)?;
        keyed.push((happening, decided, events));
    }
    for (happening, decided, events) in keyed {
        insert_happening(connection, happening, decided, &events)?;
    }
    pledges::write_links(connection, &decisions.pledges)
}

/// A hash of all that was decided of a happening: of one that is there with the same, nothing has changed, for what its events say changes only once it was taken away.
fn hash_of(happening: &Happening) -> i64 {
    let written = serde_json::to_vec(happening).unwrap_or_default();
    Sha256::digest(written).first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

/// The keys of a happening's reports, in their order; none where the record does not have the event.
fn report_keys(connection: &Connection, happening: &Happening) -> Result<Vec<Option<i64>>, StoreError> {
    let mut keys = Vec::with_capacity(happening.reports.len());
    for report in &happening.reports {
        let Some(dispatch) = dispatch_key(connection, &report.dispatch)? else {
            keys.push(None);
            continue;
        };
        keys.push(fact_key(connection, "events", "event", dispatch, &report.event)?);
    }
    Ok(keys)
}

pub(crate) fn dispatch_key(connection: &Connection, id: &str) -> Result<Option<i64>, StoreError> {
    Ok(connection.prepare_cached("SELECT dispatch FROM dispatches WHERE id = ?")?.query_row([id], |row| row.get(0)).optional()?)
}

/// The key of the row of a table that has `id` within a dispatch.
pub(crate) fn fact_key(connection: &Connection, table: &str, column: &str, dispatch: i64, id: &str) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT {column} FROM {table} WHERE {column} BETWEEN ? AND ? AND id = ?");
    let [first, last] = facts_of(dispatch);
    let found = connection.prepare_cached(&sql)?.query_row(params![first, last, id], |row| row.get(0));
    Ok(found.optional()?)
}

/// Takes away the happenings that these events are reports of.
pub(crate) fn remove_happenings_of(connection: &Connection, events: &[Option<i64>]) -> Result<(), StoreError> {
    let mut old = BTreeSet::new();
    for event in events.iter().flatten() {
        let happening =
            connection.prepare_cached("SELECT happening FROM reports WHERE event = ?")?.query_row([event], |row| row.get::<_, i64>(0));
        old.extend(happening.optional()?);
    }
    for happening in old {
        for table in ["happenings", "reports", "parties", "disagreements"] {
            connection.prepare_cached(&format!("DELETE FROM {table} WHERE happening = ?"))?.execute([happening])?;
        }
    }
    Ok(())
}

fn insert_happening(connection: &Connection, happening: &Happening, decided: i64, events: &[Option<i64>]) -> Result<(), StoreError> {
    let Some(lead) = events.get(happening.lead).copied().flatten().or_else(|| events.iter().copied().flatten().next()) else {
        return Ok(());
    };
    let sql = "INSERT INTO happenings (id, lead, type, mode, status, goldstein, quad, value, first, last, place, place_country, sources, reports, disagreements, decided)
               SELECT ?, event, type, mode, ?, goldstein, quad, value, first, last, place, place_country, ?, ?, ?, ? FROM events WHERE event = ?";
    let told = params![
        happening.id,
        happening.status.name(),
        happening.sources,
        events.iter().flatten().count(),
        happening.disagreements.len(),
        decided,
        lead
    ];
    connection.prepare_cached(sql)?.execute(told)?;
    let key = connection.last_insert_rowid();
    for ((report, event), place) in happening.reports.iter().zip(events).zip(0..) {
        let Some(event) = event else { continue };
        connection.prepare_cached("INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?)")?.execute(params![
            event,
            key,
            place,
            report.independent
        ])?;
        let sql = "INSERT OR IGNORE INTO parties SELECT ?, p.side, coalesce(e.actor, ''), coalesce(p.country, e.country, '')
                   FROM participants AS p LEFT JOIN entities AS e ON e.entity = p.entity WHERE p.event = ?";
        connection.prepare_cached(sql)?.execute(params![key, event])?;
    }
    for disagreement in &happening.disagreements {
        for (side, place) in disagreement.sides.iter().zip(0..) {
            let reports: Vec<i64> = side.reports.iter().filter_map(|&at| events.get(at).copied().flatten()).collect();
            let reports = serde_json::to_string(&reports).unwrap_or_default();
            connection.prepare_cached("INSERT OR REPLACE INTO disagreements VALUES (?, ?, ?, ?, ?)")?.execute(params![
                key,
                word(&disagreement.field),
                place,
                side.value,
                reports
            ])?;
        }
    }
    Ok(())
}

/// The dispatches that stand in a group with a dispatch, itself among them: what must be decided again when it changes.
pub(crate) fn companions(connection: &Connection, dispatch: i64) -> Result<BTreeSet<String>, StoreError> {
    let [first, last] = facts_of(dispatch);
    let mut ids = BTreeSet::new();
    let mut add = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        for id in statement.query_map(parameters, |row| row.get::<_, String>(0))? {
            ids.insert(id?);
        }
        Ok(())
    };
    add("SELECT o.id FROM dispatches AS d JOIN dispatches AS o ON o.story = d.story WHERE d.dispatch = ?", params![dispatch])?;
    add("SELECT o.id FROM dispatches AS d JOIN dispatches AS o ON o.report = d.report WHERE d.dispatch = ?", params![dispatch])?;
    add("SELECT id FROM dispatches WHERE dispatch = ?", params![dispatch])?;
    let mut keys = BTreeSet::new();
    let mut collect = |sql: &str| -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        for key in statement.query_map([first, last], |row| row.get::<_, i64>(0))? {
            keys.insert(dispatch_of(key?));
        }
        Ok(())
    };
    collect("SELECT o.event FROM reports AS r JOIN reports AS o USING (happening) WHERE r.event BETWEEN ? AND ?")?;
    for key in keys {
        ids.insert(connection.prepare_cached("SELECT id FROM dispatches WHERE dispatch = ?")?.query_row([key], |row| row.get(0))?);
    }
    Ok(ids)
}
