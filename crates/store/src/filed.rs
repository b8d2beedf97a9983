//! Which dossiers stand under a key, kept at hand.
//!
//! In go keys; out come the dispatches that are filed under them, read once for each month and code. What is filed later is told here too, so that what is kept is always what the record has. A key that holds for years
//! is looked for in the record itself, month by month.

use crate::at_hand::Lists;
use crate::error::StoreError;
use crate::rows::{DispatchKey, day_number};
use depeche_resolve::Key;
use rusqlite::{Connection, params};

/// The most entries that are kept, each of them a month and code or a dispatch under one.
const MOST: usize = 400_000;

/// The most days for which a short key holds.
const SHORT_DAYS: i64 = 31;

/// Fewer months than these are looked through one by one.
const FEW_MONTHS: i64 = 8;

/// The first and last day on which a key of a dispatch holds.
#[derive(Debug, Clone, Copy)]
struct Filed {
    first: i64,
    last: i64,
    dispatch: DispatchKey,
}

/// The month by which a short key is filed, none of a long one, and its code.
type Place = (Option<i64>, i64);

/// The month, of 32 days from 1970 on, by which a short key is filed that holds from this day on.
fn month_of(first: i64) -> i64 {
    first.div_euclid(32)
}

/// The place of a key with its first and last day.
pub(crate) fn place_of(key: &Key) -> (Place, i64, i64) {
    let (first, last) = (day_number(key.first), day_number(key.last));
    (((last - first <= SHORT_DAYS).then(|| month_of(first)), key.code), first, last)
}

/// What is filed under the months and codes that were asked for.
#[derive(Debug)]
pub(crate) struct FiledKeys(Lists<Place, Filed>);

impl Default for FiledKeys {
    fn default() -> FiledKeys {
        FiledKeys(Lists::new(MOST))
    }
}

impl FiledKeys {
    /// Puts a new dossier to those that are kept under its keys.
    pub(crate) fn file(&mut self, keys: &[Key], dispatch: DispatchKey) {
        for key in keys {
            let (place, first, last) = place_of(key);
            self.0.add(&place, Filed { first, last, dispatch });
        }
    }

    /// The dispatches that share a key, at times twice.
    pub(crate) fn sharing(&mut self, connection: &Connection, key: &Key) -> Result<Vec<DispatchKey>, StoreError> {
        let (first, last) = (day_number(key.first), day_number(key.last));
        // What holds for a few days can only have begun a few days before, so that neither looks at all that ever had the key.
        let (start, end) = (month_of(first - SHORT_DAYS), month_of(last));
        let mut found = Vec::new();
        if end - start < FEW_MONTHS {
            for month in start..=end {
                self.add((Some(month), key.code), (first, last), connection, &mut found)?;
            }
        } else {
            let sql = "SELECT dispatch FROM keys WHERE month = ? AND code = ? AND first BETWEEN ? AND ? AND last >= ?";
            let mut filed = connection.prepare_cached(sql)?;
            let mut next = connection.prepare_cached("SELECT min(month) FROM keys WHERE month > ?")?;
            let mut month = Some(start);
            while let Some(now) = month.filter(|now| *now <= end) {
                let mut rows = filed.query(params![now, key.code, first - SHORT_DAYS, last, first])?;
                while let Some(row) = rows.next()? {
                    found.push(row.get(0)?);
                }
                // Of what holds for years only months are looked at that there are.
                month = if end - now < FEW_MONTHS { Some(now + 1) } else { next.query_row([now], |row| row.get(0))? };
            }
        }
        self.add((None, key.code), (first, last), connection, &mut found)?;
        Ok(found)
    }

    /// Adds what is filed at a place and holds on some of these days.
    fn add(
        &mut self,
        place: Place,
        (first, last): (i64, i64),
        connection: &Connection,
        found: &mut Vec<DispatchKey>,
    ) -> Result<(), StoreError> {
        let filed = self.0.of(place, |place| read(connection, *place))?.iter();
        found.extend(filed.filter(|filed| filed.first <= last && filed.last >= first).map(|filed| filed.dispatch));
        Ok(())
    }
}

fn read(connection: &Connection, (month, code): Place) -> Result<Vec<Filed>, StoreError> {
    let filed = |row: &rusqlite::Row<'_>| Ok(Filed { first: row.get(0)?, last: row.get(1)?, dispatch: row.get(2)? });
    let all = match month {
        Some(month) => connection
            .prepare_cached("SELECT first, last, dispatch FROM keys WHERE month = ? AND code = ?")?
            .query_map([month, code], filed)?
            .collect::<Result<_, _>>(),
        None => connection
            .prepare_cached("SELECT first, last, dispatch FROM long_keys WHERE code = ?")?
            .query_map([code], filed)?
            .collect::<Result<_, _>>(),
    };
    Ok(all?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_record::Date;
    use depeche_resolve::Layer;
    use proptest::prelude::*;
    use std::time::Duration;

    /// Keys of two codes that hold for days or years, over ten years.
    fn keys() -> impl Strategy<Value = Vec<Key>> {
        let key = (0..2_i64, 0..3650_u64, prop_oneof![0..40_u64, 0..1500_u64]).prop_map(|(code, first, days)| {
            let day = |days: u64| Date::constant(2015, 1, 1) + Duration::from_secs(days * 24 * 60 * 60);
            Key { layer: Layer::Happenings, code, first: day(first), last: day(first + days) }
        });
        proptest::collection::vec(key, 1..30)
    }

    fn write(connection: &Connection, key: &Key, dispatch: DispatchKey) {
        match place_of(key) {
            ((Some(month), code), first, last) => {
                connection.execute("INSERT INTO keys VALUES (?, ?, ?, ?, ?)", params![month, code, first, last, dispatch])
            }
            ((None, code), first, last) => {
                connection.execute("INSERT INTO long_keys VALUES (?, ?, ?, ?)", params![code, first, last, dispatch])
            }
        }
        .unwrap();
    }

    proptest! {
        #[test]
        fn what_shares_a_key_is_found_whenever_it_was_filed(keys in keys()) {
            let connection = Connection::open_in_memory().unwrap();
            connection.execute_batch("CREATE TABLE keys (month, code, first, last, dispatch); CREATE TABLE long_keys (code, first, last, dispatch)").unwrap();
            let mut filed = FiledKeys::default();
            for (dispatch, key) in (0..).zip(&keys) {
                let mut found = filed.sharing(&connection, key).unwrap();
                found.sort_unstable();
                let expected: Vec<DispatchKey> = (0..).zip(&keys).take_while(|(at, _)| *at < dispatch).filter(|(_, other)| key.meets(other)).map(|(at, _)| at).collect();
                prop_assert_eq!(found, expected);
                write(&connection, key, dispatch);
                filed.file(std::slice::from_ref(key), dispatch);
            }
        }
    }
}
