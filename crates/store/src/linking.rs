//! The links of dispatches and of forms, kept.
//!
//! In go links as decisions tell them; out they come again by dispatch or form, so that the neighbours of an old one are looked for once. All that one is linked to stands in one row, as bytes with the least
//! first: for each link the place of the own event, or [`WHOLE`]; the row of the other event, the first of the other dispatch, or the number of the other form; and the strength. Each link is told from either side.
//! Where nothing is kept there is no row.

use crate::error::StoreError;
use crate::rows::{DispatchKey, dispatch_of, row_key};
use crate::shelf::RecordShelf;
use depeche_resolve::{FormId, FormLinks, KeptLinks, Links, Shelf};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// The place of no event: the dispatch or form itself is what is linked.
const WHOLE: u16 = u16::MAX;

/// The own event's place, the other's row or number, the strength.
type Link = (u16, i64, f64);

/// How many bytes a link has.
const SIZE: usize = 18;

fn put((place, other, strength): Link, to: &mut Vec<u8>) {
    to.extend(place.to_le_bytes());
    to.extend(other.to_le_bytes());
    to.extend(strength.to_le_bytes());
}

fn read(bytes: &[u8]) -> Result<Vec<Link>, StoreError> {
    let all = bytes.chunks(SIZE).map(|link| {
        let (place, rest) = link.split_first_chunk()?;
        let (other, rest) = rest.split_first_chunk()?;
        Some((u16::from_le_bytes(*place), i64::from_le_bytes(*other), f64::from_le_bytes(*rest.first_chunk()?)))
    });
    all.collect::<Option<_>>().ok_or_else(|| StoreError::damaged("a list of links ends too soon"))
}

/// A table of lists.
struct Table {
    read: &'static str,
    insert: &'static str,
    append: &'static str,
    replace: &'static str,
    remove: &'static str,
    /// Whose list tells a link from the other side, by what a link has of the other.
    owner: fn(i64) -> i64,
}

const OF_DISPATCHES: Table = Table {
    read: "SELECT links FROM links WHERE dispatch = ?1",
    insert: "INSERT INTO links VALUES (?1, ?2)",
    append: "UPDATE links SET links = CAST(links || ?2 AS BLOB) WHERE dispatch = ?1",
    replace: "UPDATE links SET links = ?2 WHERE dispatch = ?1",
    remove: "DELETE FROM links WHERE dispatch = ?1",
    owner: dispatch_of,
};

const OF_FORMS: Table = Table {
    read: "SELECT links FROM form_links WHERE form = ?1",
    insert: "INSERT INTO form_links VALUES (?1, ?2)",
    append: "UPDATE form_links SET links = CAST(links || ?2 AS BLOB) WHERE form = ?1",
    replace: "UPDATE form_links SET links = ?2 WHERE form = ?1",
    remove: "DELETE FROM form_links WHERE form = ?1",
    owner: |form| form,
};

impl Table {
    /// A list; none where it is not kept.
    fn of(&self, connection: &Connection, key: i64) -> Result<Option<Vec<Link>>, StoreError> {
        let bytes: Option<Vec<u8>> = connection.prepare_cached(self.read)?.query_row([key], |row| row.get(0)).optional()?;
        bytes.map(|bytes| read(&bytes)).transpose()
    }

    /// Takes away a list, and its links from those of the others; whether it was there.
    fn remove(&self, connection: &Connection, key: i64) -> Result<bool, StoreError> {
        let Some(own) = self.of(connection, key)? else { return Ok(false) };
        let others: BTreeSet<i64> = own.into_iter().map(|(_, other, _)| (self.owner)(other)).collect();
        for other in others.into_iter().filter(|other| *other != key) {
            let Some(links) = self.of(connection, other)? else { continue };
            let mut left = Vec::with_capacity(links.len() * SIZE);
            links.into_iter().filter(|(_, of_other, _)| (self.owner)(*of_other) != key).for_each(|link| put(link, &mut left));
            connection.prepare_cached(self.replace)?.execute(params![other, left])?;
        }
        connection.prepare_cached(self.remove)?.execute([key])?;
        Ok(true)
    }

    /// Puts links, by the key of the one that tells them and each with what it is from the other side, in the place of those that the `new` ones had. What two new ones are to one another each tells for itself
    /// alone. Answers whether any of them had a list before.
    fn write(&self, connection: &Connection, new: &BTreeSet<i64>, links: &[(i64, Link, Link)]) -> Result<bool, StoreError> {
        let mut had = false;
        for &key in new {
            had |= self.remove(connection, key)?;
        }
        let mut lists: BTreeMap<i64, Vec<u8>> = new.iter().map(|&key| (key, Vec::new())).collect();
        for &(key, link, turned) in links {
            put(link, lists.entry(key).or_default());
            let other = (self.owner)(link.1);
            if !new.contains(&other) {
                put(turned, lists.entry(other).or_default());
            }
        }
        // A list that is not kept stays so.
        let (mut insert, mut append) = (connection.prepare_cached(self.insert)?, connection.prepare_cached(self.append)?);
        for (key, list) in lists {
            let statement = if new.contains(&key) { &mut insert } else { &mut append };
            statement.execute(params![key, list])?;
        }
        Ok(had)
    }
}

/// The place of an event in its dispatch.
fn place_of(event: i64) -> usize {
    usize::try_from(event - row_key(dispatch_of(event), 0)).unwrap_or_default()
}

/// A place as it is written. There are fewer rows of a dispatch than numbers of this size.
fn written(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(WHOLE)
}

/// The links of a dispatch and its events; none where they are not kept.
pub(crate) fn links_of(connection: &Connection, key: DispatchKey) -> Result<Option<KeptLinks<DispatchKey>>, StoreError> {
    let Some(all) = OF_DISPATCHES.of(connection, key)? else { return Ok(None) };
    let mut links = KeptLinks::default();
    for (place, other, strength) in all {
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
    OF_DISPATCHES.remove(connection, key).map(|_| ())
}

/// Puts links in the place of those that their dispatches had.
pub(crate) fn write_links(shelf: &RecordShelf<'_>, all: &[Links]) -> Result<(), StoreError> {
    let (mut new, mut told) = (BTreeSet::new(), Vec::new());
    for links in all {
        let Some(key) = shelf.name(&links.dispatch)? else { continue };
        new.insert(key);
        for (other, strength) in &links.stories {
            if let Some(other) = shelf.name(other)? {
                told.push((key, (WHOLE, row_key(other, 0), *strength), (WHOLE, row_key(key, 0), *strength)));
            }
        }
        for link in &links.events {
            if let Some(other) = shelf.name(&link.dispatch)? {
                let (event, of_other) = (row_key(key, link.event), row_key(other, link.other));
                told.push((key, (written(link.event), of_other, link.strength), (written(link.other), event, link.strength)));
            }
        }
    }
    OF_DISPATCHES.write(shelf.connection, &new, &told).map(|_| ())
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

/// The links of a form; none where they are not kept.
pub(crate) fn form_links_of(shelf: &RecordShelf<'_>, form: &str) -> Result<Option<Vec<(FormId, f64)>>, StoreError> {
    let Some(number) = number_of(form) else { return Ok(None) };
    let told = |links: &[(i64, f64)]| links.iter().map(|&(other, strength)| (form_of(other), strength)).collect();
    let kept = &mut shelf.at_hand.borrow_mut().form_links;
    if let Some(links) = kept.get(&number) {
        return Ok(Some(told(links)));
    }
    let Some(links) = OF_FORMS.of(shelf.connection, number)? else { return Ok(None) };
    let links: Vec<(i64, f64)> = links.into_iter().map(|(_, other, strength)| (other, strength)).collect();
    let answer = told(&links);
    kept.put(number, links);
    Ok(Some(answer))
}

/// Takes away all links of a form, from either side.
pub(crate) fn remove_form_links(connection: &Connection, form: &str) -> Result<(), StoreError> {
    number_of(form).map_or(Ok(()), |number| OF_FORMS.remove(connection, number).map(|_| ()))
}

/// Puts links in the place of those that their forms had.
pub(crate) fn write_form_links(shelf: &RecordShelf<'_>, all: &[FormLinks]) -> Result<(), StoreError> {
    let (mut new, mut told) = (BTreeSet::new(), Vec::new());
    for links in all {
        let Some(number) = number_of(&links.form) else { continue };
        new.insert(number);
        let others = links.others.iter().filter_map(|(other, strength)| Some((number_of(other)?, *strength)));
        told.extend(others.map(|(other, strength)| (number, (WHOLE, other, strength), (WHOLE, number, strength))));
    }
    let had = OF_FORMS.write(shelf.connection, &new, &told)?;
    let kept = &mut shelf.at_hand.borrow_mut().form_links;
    if had {
        // What they were linked to before has lost that from its own list.
        kept.clear();
        return Ok(());
    }
    let mut lists: BTreeMap<i64, Vec<(i64, f64)>> = new.iter().map(|&form| (form, Vec::new())).collect();
    for (form, (_, other, strength), _) in told {
        lists.entry(form).or_default().push((other, strength));
        if !new.contains(&other) {
            kept.add(&other, (form, strength));
        }
    }
    lists.into_iter().for_each(|(form, list)| kept.put(form, list));
    Ok(())
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
                put((WHOLE, other, row.get(2)?), list);
            }
        }
        Ok(())
    })?;
    for (table, lists) in [(OF_DISPATCHES, lists), (OF_FORMS, of_forms)] {
        let mut insert = connection.prepare(table.insert)?;
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
            prop_assert_eq!(read(&bytes).is_ok(), bytes.len() % SIZE == 0);
        }
    }

    #[test]
    fn forms_have_numbers() {
        assert_eq!(number_of("00263f716f32aff4").map(form_of).as_deref(), Some("00263f716f32aff4"));
        assert_eq!(number_of("fff63f716f32aff4").map(form_of).as_deref(), Some("fff63f716f32aff4"));
        assert_eq!(number_of("AZE"), None);
    }
}
