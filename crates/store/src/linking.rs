//! The links of dispatches, kept.
//!
//! In go links as decisions tell them; out they come again by dispatch, so that the neighbours of an old dispatch are looked for once. Each link has a row from either side, and a dispatch whose links are
//! kept has one with itself.

use crate::error::StoreError;
use crate::rows::{DispatchKey, dispatch_of, facts_of, row_key};
use crate::settling::dispatch_key;
use depeche_resolve::{FormId, FormLinks, KeptLinks, Links};
use rusqlite::{Connection, params};

/// The links of a dispatch and its events; none where they are not kept.
pub(crate) fn links_of(connection: &Connection, key: DispatchKey) -> Result<Option<KeptLinks<DispatchKey>>, StoreError> {
    let mut links = KeptLinks::default();
    let mut statement = connection.prepare_cached("SELECT other, strength FROM story_links WHERE one = ?")?;
    let mut rows = statement.query([key])?;
    let mut is_kept = false;
    while let Some(row) = rows.next()? {
        let other: DispatchKey = row.get(0)?;
        is_kept = is_kept || other == key;
        if other != key {
            links.stories.push((other, row.get(1)?));
        }
    }
    if !is_kept {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached("SELECT one, other, strength FROM event_links WHERE one BETWEEN ? AND ?")?;
    let mut rows = statement.query(facts_of(key))?;
    while let Some(row) = rows.next()? {
        let (_, at) = place_of(row.get(0)?);
        links.events.push((at, place_of(row.get(1)?), row.get(2)?));
    }
    Ok(Some(links))
}

/// The links of a form; none where they are not kept.
pub(crate) fn form_links_of(connection: &Connection, form: &str) -> Result<Option<Vec<(FormId, f64)>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT other, strength FROM form_links WHERE one = ?")?;
    let found = statement.query_map([form], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<(FormId, f64)>, _>>()?;
    let is_kept = found.iter().any(|(other, _)| other == form);
    Ok(is_kept.then(|| found.into_iter().filter(|(other, _)| other != form).collect()))
}

/// Takes away all links of a form, from either side.
pub(crate) fn remove_form_links(connection: &Connection, form: &str) -> Result<(), StoreError> {
    let others = "DELETE FROM form_links WHERE one IN (SELECT other FROM form_links WHERE one = ?1) AND other = ?1";
    connection.prepare_cached(others)?.execute([form])?;
    connection.prepare_cached("DELETE FROM form_links WHERE one = ?")?.execute([form])?;
    Ok(())
}

/// Keeps the links of forms, which are the same whenever they are told.
pub(crate) fn write_form_links(connection: &Connection, all: &[FormLinks]) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO form_links VALUES (?, ?, ?)")?;
    for links in all {
        insert.execute(params![links.form, links.form, 0.0])?;
        for (other, strength) in &links.others {
            insert.execute(params![links.form, other, strength])?;
            insert.execute(params![other, links.form, strength])?;
        }
    }
    Ok(())
}

/// Takes away all links of a dispatch, from either side.
pub(crate) fn remove_links(connection: &Connection, key: DispatchKey) -> Result<(), StoreError> {
    let run = |sql: &str, values: &[i64]| connection.prepare_cached(sql)?.execute(rusqlite::params_from_iter(values));
    run("DELETE FROM story_links WHERE one IN (SELECT other FROM story_links WHERE one = ?1) AND other = ?1", &[key])?;
    run("DELETE FROM story_links WHERE one = ?", &[key])?;
    let facts = facts_of(key);
    let others =
        "DELETE FROM event_links WHERE one IN (SELECT other FROM event_links WHERE one BETWEEN ?1 AND ?2) AND other BETWEEN ?1 AND ?2";
    run(others, &facts)?;
    run("DELETE FROM event_links WHERE one BETWEEN ? AND ?", &facts)?;
    Ok(())
}

/// Puts links in the place of those that their dispatches had.
pub(crate) fn write_links(connection: &Connection, all: &[Links]) -> Result<(), StoreError> {
    for links in all {
        let Some(key) = dispatch_key(connection, &links.dispatch)? else { continue };
        // A new dispatch has none.
        if connection.prepare_cached("SELECT 1 FROM story_links WHERE one = ? LIMIT 1")?.exists([key])? {
            remove_links(connection, key)?;
        }
    }
    let mut story = connection.prepare_cached("INSERT OR REPLACE INTO story_links VALUES (?, ?, ?)")?;
    let mut event = connection.prepare_cached("INSERT OR REPLACE INTO event_links VALUES (?, ?, ?)")?;
    for links in all {
        let Some(key) = dispatch_key(connection, &links.dispatch)? else { continue };
        story.execute(params![key, key, 0.0])?;
        for (other, strength) in &links.stories {
            if let Some(other) = dispatch_key(connection, other)? {
                story.execute(params![key, other, strength])?;
                story.execute(params![other, key, strength])?;
            }
        }
        for link in &links.events {
            if let Some(other) = dispatch_key(connection, &link.dispatch)? {
                let (one, other) = (row_key(key, link.event), row_key(other, link.other));
                event.execute(params![one, other, link.strength])?;
                event.execute(params![other, one, link.strength])?;
            }
        }
    }
    Ok(())
}

/// The dispatch of an event and its place there.
fn place_of(event: i64) -> (DispatchKey, usize) {
    let dispatch = dispatch_of(event);
    (dispatch, usize::try_from(event - row_key(dispatch, 0)).unwrap_or_default())
}
