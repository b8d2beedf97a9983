//! What resolution decided, written down.
//!
//! In go the dispatches that are new or changed; resolution is asked about them within the transaction, and every group that it answers with takes the place of the stored groups that share a
//! member with it. Nothing else is touched, so that the cost is that of the neighbourhood.

use crate::error::StoreError;
use crate::linking::{write_form_links, write_links};
use crate::rows::{dispatch_of, row_key, word};
use crate::shelf::{AtHand, RecordShelf};
use depeche_resolve::{Decisions, Happening, PledgeLink, Resolver, Thread, UserDecisions};
use rusqlite::{Connection, OptionalExtension, params};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Asks resolution about dispatches and forms, by id, and writes what it decides.
pub(crate) fn settle(
    connection: &Connection,
    at_hand: &mut AtHand,
    resolver: &Resolver,
    touched: &[String],
    forms: &[String],
) -> Result<(), StoreError> {
    if touched.is_empty() && forms.is_empty() {
        return Ok(());
    }
    let decisions = resolver.decide(
        &RecordShelf { connection, at_hand: RefCell::new(at_hand), resolver },
        touched,
        forms,
        &user_decisions(connection)?,
    )?;
    write_links(connection, &decisions.links)?;
    write_form_links(connection, &decisions.form_links)?;
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
            connection.prepare_cached("UPDATE dispatches SET report = ?, copy = ? WHERE id = ?")?.execute(params![
                group.id,
                word(&member.kind),
                member.dispatch
            ])?;
        }
    }
    for story in &decisions.stories {
        for dispatch in &story.dispatches {
            connection.prepare_cached("UPDATE dispatches SET story = ? WHERE id = ?")?.execute(params![story.id, dispatch])?;
        }
    }
    for group in &decisions.actors {
        for form in &group.forms {
            connection.prepare_cached("UPDATE forms SET actor = ? WHERE form = ?")?.execute(params![group.id, form])?;
        }
    }
    // Old groups go before new ones come, for a new one may bear the name of an old one.
    let mut keyed = Vec::with_capacity(decisions.happenings.len());
    for happening in &decisions.happenings {
        let events = report_keys(connection, happening)?;
        remove_happenings_of(connection, &events)?;
        keyed.push((happening, events));
    }
    for (happening, events) in keyed {
        insert_happening(connection, happening, &events)?;
    }
    decisions.threads.iter().try_for_each(|thread| write_thread(connection, thread))
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
    let found =
        connection.prepare_cached(&sql)?.query_row(params![row_key(dispatch, 0), row_key(dispatch + 1, 0) - 1, id], |row| row.get(0));
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

fn insert_happening(connection: &Connection, happening: &Happening, events: &[Option<i64>]) -> Result<(), StoreError> {
    let Some(lead) = events.get(happening.lead).copied().flatten().or_else(|| events.iter().copied().flatten().next()) else {
        return Ok(());
    };
    let sql = "INSERT INTO happenings (id, lead, type, mode, status, goldstein, quad, value, first, last, place, place_country, sources, reports, disagreements)
               SELECT ?, event, type, mode, ?, goldstein, quad, value, first, last, place, place_country, ?, ?, ? FROM events WHERE event = ?";
    let told = params![
        happening.id,
        happening.status.name(),
        happening.sources,
        events.iter().flatten().count(),
        happening.disagreements.len(),
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

fn write_thread(connection: &Connection, thread: &Thread) -> Result<(), StoreError> {
    let mut keys = Vec::with_capacity(thread.pledges.len());
    for (dispatch, pledge) in &thread.pledges {
        let key = match dispatch_key(connection, dispatch)? {
            Some(dispatch) => fact_key(connection, "statements", "statement", dispatch, &pledge.id)?,
            None => None,
        };
        if let Some(key) = key {
            connection.prepare_cached("UPDATE commitments SET thread = ? WHERE statement = ?")?.execute(params![thread.id, key])?;
            connection.prepare_cached("DELETE FROM commitment_links WHERE later = ?1 OR earlier = ?1")?.execute([key])?;
        }
        keys.push(key);
    }
    for link in &thread.links {
        let (later, earlier, relation) = match *link {
            PledgeLink::Restates { later, earlier } => (later, earlier, "restates"),
            PledgeLink::Widens { later, earlier } => (later, earlier, "widens"),
            PledgeLink::Narrows { later, earlier } => (later, earlier, "narrows"),
            PledgeLink::Contradicts { later, earlier } => (later, earlier, "contradicts"),
            PledgeLink::Same { later, earlier } => (later, earlier, "same"),
        };
        let at = |place: usize| keys.get(place).copied().flatten();
        if let (Some(later), Some(earlier)) = (at(later), at(earlier)) {
            connection
                .prepare_cached("INSERT OR IGNORE INTO commitment_links VALUES (?, ?, ?)")?
                .execute(params![later, earlier, relation])?;
        }
    }
    Ok(())
}

/// The dispatches that stand in a group with a dispatch, itself among them: what must be decided again when it changes.
pub(crate) fn companions(connection: &Connection, dispatch: i64) -> Result<BTreeSet<String>, StoreError> {
    let (first, last) = (row_key(dispatch, 0), row_key(dispatch + 1, 0) - 1);
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
    collect("SELECT o.statement FROM commitments AS c JOIN commitments AS o USING (thread) WHERE c.statement BETWEEN ? AND ?")?;
    for key in keys {
        ids.insert(connection.prepare_cached("SELECT id FROM dispatches WHERE dispatch = ?")?.query_row([key], |row| row.get(0))?);
    }
    Ok(ids)
}
