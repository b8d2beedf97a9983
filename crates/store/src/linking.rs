//! The links of dispatches and of forms, kept.
//!
//! In go links as decisions tell them; out they come again by dispatch or form, so that the neighbours of an old one are looked for once. All that one is linked to stands in one row, as bytes with the least
//! first: of a dispatch, for each link the place of its event or [`WHOLE`], the row of the other event or the first of the other dispatch, and the strength; of a form, the number of the other and the strength. Each link
//! is told from either side. Where nothing is kept there is no row.

use crate::error::StoreError;
use crate::rows::{DispatchKey, dispatch_of, row_key};
use crate::shelf::RecordShelf;
use depeche_resolve::{FormId, FormLinks, KeptLinks, Links, Shelf};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// The place of no event: the dispatch itself is what is linked.
const WHOLE: u16 = u16::MAX;

/// A link of a dispatch: its event's place, the other's row, the strength.
type Link = (u16, i64, f64);

fn put((place, other, strength): Link, to: &mut Vec<u8>) {
    to.extend(place.to_le_bytes());
    put_strength((other, strength), to);
}

fn put_strength((other, strength): (i64, f64), to: &mut Vec<u8>) {
    to.extend(other.to_le_bytes());
    to.extend(strength.to_le_bytes());
}

fn read(mut bytes: &[u8]) -> Result<Vec<Link>, StoreError> {
    let mut links = Vec::with_capacity(bytes.len() / 18);
    while let Some((place, rest)) = bytes.split_first_chunk() {
        let ((other, strength), rest) = read_strength(rest)?;
        links.push((u16::from_le_bytes(*place), other, strength));
        bytes = rest;
    }
    if bytes.is_empty() { Ok(links) } else { Err(ends_too_soon()) }
}

fn read_strength(bytes: &[u8]) -> Result<((i64, f64), &[u8]), StoreError> {
    let (other, rest) = bytes.split_first_chunk().ok_or_else(ends_too_soon)?;
    let (strength, rest) = rest.split_first_chunk().ok_or_else(ends_too_soon)?;
    Ok(((i64::from_le_bytes(*other), f64::from_le_bytes(*strength)), rest))
}

fn ends_too_soon() -> StoreError {
    StoreError::damaged("a list of links ends too soon")
}

/// The place of an event in its dispatch.
fn place_of(event: i64) -> usize {
    usize::try_from(event - row_key(dispatch_of(event), 0)).unwrap_or_default()
}

/// A place as it is written. There are fewer rows of a dispatch than numbers of this size.
fn written(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(WHOLE)
}

fn bytes_of(connection: &Connection, sql: &str, key: i64) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?)
}

/// The links of a dispatch and its events; none where they are not kept.
pub(crate) fn links_of(connection: &Connection, key: DispatchKey) -> Result<Option<KeptLinks<DispatchKey>>, StoreError> {
    let Some(bytes) = bytes_of(connection, "SELECT links FROM links WHERE dispatch = ?", key)? else { return Ok(None) };
    let mut links = KeptLinks::default();
    for (place, other, strength) in read(&bytes)? {
        if place == WHOLE {
            links.stories.push((dispatch_of(other), strength));
        } else {
            links.events.push((usize::from(place), (dispatch_of(other), place_of(other)), strength));
        }
    }
    Ok(Some(links))
}

/// Takes away all links of a dispatch, from either side.
pub(crate) fn remove_links(connection: &Connection, key: DispatchKey) -> Result<(), StoreError> {
    let sql = "SELECT links FROM links WHERE dispatch = ?";
    let Some(bytes) = bytes_of(connection, sql, key)? else { return Ok(()) };
    let others: BTreeSet<DispatchKey> = read(&bytes)?.into_iter().map(|(_, other, _)| dispatch_of(other)).collect();
    for other in others.into_iter().filter(|other| *other != key) {
        let Some(bytes) = bytes_of(connection, sql, other)? else { continue };
        let mut left = Vec::with_capacity(bytes.len());
        read(&bytes)?.into_iter().filter(|(_, of_other, _)| dispatch_of(*of_other) != key).for_each(|link| put(link, &mut left));
        connection.prepare_cached("UPDATE links SET links = ? WHERE dispatch = ?")?.execute(params![left, other])?;
    }
    connection.prepare_cached("DELETE FROM links WHERE dispatch = ?")?.execute([key])?;
    Ok(())
}

/// Puts links in the place of those that their dispatches had.
pub(crate) fn write_links(shelf: &RecordShelf<'_>, all: &[Links]) -> Result<(), StoreError> {
    let connection = shelf.connection;
    let mut own = Vec::with_capacity(all.len());
    let mut lists: BTreeMap<DispatchKey, Vec<u8>> = BTreeMap::new();
    for links in all {
        if let Some(key) = shelf.name(&links.dispatch)? {
            // A new dispatch has none.
            remove_links(connection, key)?;
            own.push((key, links));
            lists.insert(key, Vec::new());
        }
    }
    let new: BTreeSet<DispatchKey> = lists.keys().copied().collect();
    // What is told here by both of two is told by each for itself alone.
    let mut add = |key: DispatchKey, other: DispatchKey, link: Link, turned: Link| {
        put(link, lists.entry(key).or_default());
        if !new.contains(&other) {
            put(turned, lists.entry(other).or_default());
        }
    };
    for (key, links) in own {
        for (other, strength) in &links.stories {
            if let Some(other) = shelf.name(other)? {
                add(key, other, (WHOLE, row_key(other, 0), *strength), (WHOLE, row_key(key, 0), *strength));
            }
        }
        for link in &links.events {
            if let Some(other) = shelf.name(&link.dispatch)? {
                let (event, of_other) = (row_key(key, link.event), row_key(other, link.other));
                add(key, other, (written(link.event), of_other, link.strength), (written(link.other), event, link.strength));
            }
        }
    }
    let append = "UPDATE links SET links = CAST(links || ?2 AS BLOB) WHERE dispatch = ?1";
    write_lists(connection, lists, &new, "INSERT INTO links VALUES (?1, ?2)", append)
}

/// Writes lists: those of what is new whole, those of others behind what they have, where theirs are kept.
fn write_lists(
    connection: &Connection,
    lists: BTreeMap<i64, Vec<u8>>,
    new: &BTreeSet<i64>,
    insert: &str,
    append: &str,
) -> Result<(), StoreError> {
    let (mut insert, mut append) = (connection.prepare_cached(insert)?, connection.prepare_cached(append)?);
    for (key, list) in lists {
        let statement = if new.contains(&key) { &mut *insert } else { &mut *append };
        statement.execute(params![key, list])?;
    }
    Ok(())
}

/// The number that the id of a form writes; none where it is no form's.
fn number_of(form: &str) -> Option<i64> {
    let number = u64::from_str_radix(form, 16).ok()?;
    (form_of(number as i64) == form).then_some(number as i64)
}

/// The form of a number.
fn form_of(number: i64) -> FormId {
    format!("{:016x}", number as u64)
}

fn read_of_form(mut bytes: &[u8]) -> Result<Vec<(i64, f64)>, StoreError> {
    let mut links = Vec::with_capacity(bytes.len() / 16);
    while !bytes.is_empty() {
        let (link, rest) = read_strength(bytes)?;
        links.push(link);
        bytes = rest;
    }
    Ok(links)
}

/// The links of a form; none where they are not kept.
pub(crate) fn form_links_of(connection: &Connection, form: &str) -> Result<Option<Vec<(FormId, f64)>>, StoreError> {
    let Some(number) = number_of(form) else { return Ok(None) };
    let Some(bytes) = bytes_of(connection, "SELECT links FROM form_links WHERE form = ?", number)? else { return Ok(None) };
    Ok(Some(read_of_form(&bytes)?.into_iter().map(|(other, strength)| (form_of(other), strength)).collect()))
}

/// Takes away all links of a form, from either side.
pub(crate) fn remove_form_links(connection: &Connection, form: &str) -> Result<(), StoreError> {
    let sql = "SELECT links FROM form_links WHERE form = ?";
    let Some(number) = number_of(form) else { return Ok(()) };
    let Some(bytes) = bytes_of(connection, sql, number)? else { return Ok(()) };
    for (other, _) in read_of_form(&bytes)? {
        let Some(bytes) = bytes_of(connection, sql, other)? else { continue };
        let mut left = Vec::with_capacity(bytes.len());
        read_of_form(&bytes)?.into_iter().filter(|(of_other, _)| *of_other != number).for_each(|link| put_strength(link, &mut left));
        connection.prepare_cached("UPDATE form_links SET links = ? WHERE form = ?")?.execute(params![left, other])?;
    }
    connection.prepare_cached("DELETE FROM form_links WHERE form = ?")?.execute([number])?;
    Ok(())
}

/// Keeps the links of forms in the place of those that they had.
pub(crate) fn write_form_links(connection: &Connection, all: &[FormLinks]) -> Result<(), StoreError> {
    let mut lists: BTreeMap<i64, Vec<u8>> = BTreeMap::new();
    for links in all {
        remove_form_links(connection, &links.form)?;
        lists.extend(number_of(&links.form).map(|number| (number, Vec::new())));
    }
    let new: BTreeSet<i64> = lists.keys().copied().collect();
    for links in all {
        let Some(number) = number_of(&links.form) else { continue };
        for (other, strength) in links.others.iter().filter_map(|(other, strength)| Some((number_of(other)?, *strength))) {
            put_strength((other, strength), lists.entry(number).or_default());
            if !new.contains(&other) {
                put_strength((number, strength), lists.entry(other).or_default());
            }
        }
    }
    let append = "UPDATE form_links SET links = CAST(links || ?2 AS BLOB) WHERE form = ?1";
    write_lists(connection, lists, &new, "INSERT INTO form_links VALUES (?1, ?2)", append)
}

/// Makes lists of the rows that each link had from either side before version 7, and takes these away. What was kept had a row with itself.
pub(crate) fn carry_links(connection: &Connection) -> Result<(), StoreError> {
    let rows = format!(
        "SELECT one, {WHOLE}, other * 65536, strength FROM story_links \
         UNION ALL SELECT one / 65536, one % 65536, other, strength FROM event_links"
    );
    let (mut lists, mut of_forms): (BTreeMap<i64, Vec<u8>>, BTreeMap<i64, Vec<u8>>) = Default::default();
    each(connection, &rows, |row| {
        let (key, link): (DispatchKey, Link) = (row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?));
        let list = lists.entry(key).or_default();
        if link.0 != WHOLE || dispatch_of(link.1) != key {
            put(link, list);
        }
        Ok(())
    })?;
    each(connection, "SELECT one, other, strength FROM old_form_links", |row| {
        let (one, other): (FormId, FormId) = (row.get(0)?, row.get(1)?);
        if let Some((one, other)) = number_of(&one).zip(number_of(&other)) {
            let list = of_forms.entry(one).or_default();
            if one != other {
                put_strength((other, row.get(2)?), list);
            }
        }
        Ok(())
    })?;
    for (sql, lists) in [("INSERT INTO links VALUES (?, ?)", lists), ("INSERT INTO form_links VALUES (?, ?)", of_forms)] {
        let mut insert = connection.prepare(sql)?;
        for (key, list) in lists {
            insert.execute(params![key, list])?;
        }
    }
    connection.execute_batch("DROP TABLE story_links; DROP TABLE event_links; DROP TABLE old_form_links;")?;
    Ok(())
}

fn each(connection: &Connection, sql: &str, mut take: impl FnMut(&Row<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn links_are_read_as_they_were_put(links in proptest::collection::vec((any::<u16>(), any::<i64>(), -9.0..9.0_f64), 0..9)) {
            let mut bytes = Vec::new();
            links.iter().for_each(|&link| put(link, &mut bytes));
            prop_assert_eq!(read(&bytes).unwrap(), links);
        }

        #[test]
        fn any_bytes_are_links_or_damaged(bytes in proptest::collection::vec(any::<u8>(), 0..99)) {
            prop_assert_eq!(read(&bytes).is_ok(), bytes.len() % 18 == 0);
            prop_assert_eq!(read_of_form(&bytes).is_ok(), bytes.len() % 16 == 0);
        }
    }

    #[test]
    fn forms_have_numbers() {
        assert_eq!(number_of("00263f716f32aff4").map(form_of).as_deref(), Some("00263f716f32aff4"));
        assert_eq!(number_of("fff63f716f32aff4").map(form_of).as_deref(), Some("fff63f716f32aff4"));
        assert_eq!(number_of("AZE"), None);
    }
}
