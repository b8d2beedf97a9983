//! The schema of the record and its versions.
//!
//! In goes a connection; out comes a record of the version that this program writes, made anew or brought up from an older version in one transaction. A file of another program and a
//! record of a newer version are refused and left as they are. `PRAGMA application_id` says that a file is a record, `PRAGMA user_version` of which version.

use crate::error::{StoreError, StoreErrorKind};
use crate::linking::carry_links;
use rusqlite::Connection;

/// The version that this program writes.
pub const SCHEMA_VERSION: i64 = 8;
/// What says that an SQLite file is a record: `dpch`.
const APPLICATION_ID: i64 = 0x6470_6368;

/// A step from one version to the next.
struct Migration {
    to: i64,
    sql: &'static str,
    /// What SQL alone cannot carry over, behind it.
    and: fn(&Connection) -> Result<(), StoreError>,
}

impl Migration {
    const fn of(to: i64, sql: &'static str) -> Migration {
        Migration { to, sql, and: |_| Ok(()) }
    }
}

/// All steps, from nothing on, in order.
const MIGRATIONS: &[Migration] = &[
    Migration::of(1, include_str!("schema/1.sql")),
    Migration::of(2, include_str!("schema/2.sql")),
    Migration::of(3, include_str!("schema/3.sql")),
    Migration::of(4, include_str!("schema/4.sql")),
    Migration::of(5, include_str!("schema/5.sql")),
    Migration::of(6, include_str!("schema/6.sql")),
    Migration { to: 7, sql: include_str!("schema/7.sql"), and: carry_links },
    Migration::of(8, include_str!("schema/8.sql")),
];

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing yet: an empty file.
    Empty,
    /// A record of this version.
    Version(i64),
}

/// What the file of a connection is.
pub(crate) fn look(connection: &Connection) -> Result<Found, StoreError> {
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let objects: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == 0 && version == 0 && objects == 0 {
        return Ok(Found::Empty);
    }
    told(application, version)
}

/// What a file is that is not empty, by the two numbers.
fn told(application: i64, version: i64) -> Result<Found, StoreError> {
    match (application, version) {
        (APPLICATION_ID, 1..=SCHEMA_VERSION) => Ok(Found::Version(version)),
        (APPLICATION_ID, newer) if newer > SCHEMA_VERSION => {
            let message = format!("the record is of version {newer}; this program knows versions up to {SCHEMA_VERSION}");
            Err(StoreError::new(StoreErrorKind::Newer, message, "take the newer depeche that wrote it"))
        }
        (APPLICATION_ID, _) => Err(StoreError::damaged(format!("it says that it is of version {version}, which there is not"))),
        _ => {
            let message = "it is an SQLite database, but no record of depeche";
            Err(StoreError::new(
                StoreErrorKind::NotARecord,
                message,
                "name a file that `depeche ingest` made, or one that is not there yet",
            ))
        }
    }
}

/// How many bytes of a file are looked at.
pub(crate) const HEAD_BYTES: u64 = 100;

/// Refuses by its first bytes what is no record. An SQLite file without the numbers may be an empty one, which is asked itself.
pub(crate) fn look_at_head(head: &[u8]) -> Result<(), StoreError> {
    if head.is_empty() {
        return Ok(());
    }
    let number = |place: usize| Some(i64::from(i32::from_be_bytes(head.get(place..place + 4)?.try_into().ok()?)));
    if !head.starts_with(b"SQLite format 3\0") {
        let cure = "name a file that `depeche ingest` made, or one that is not there yet";
        return Err(StoreError::new(StoreErrorKind::NotARecord, "it is no record of depeche", cure));
    }
    match (number(68), number(60)) {
        (Some(0), Some(0)) => Ok(()),
        (Some(application), Some(version)) => told(application, version).map(|_| ()),
        _ => Err(StoreError::damaged("it ends in its first bytes")),
    }
}

/// Makes the file of a connection a record of this version, in one transaction. Answers with the version that it was of before.
pub(crate) fn prepare(connection: &mut Connection) -> Result<Found, StoreError> {
    let found = look(connection)?;
    let before = match found {
        Found::Empty => 0,
        Found::Version(version) => version,
    };
    if before < SCHEMA_VERSION {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for migration in MIGRATIONS.iter().filter(|migration| migration.to > before) {
            transaction.execute_batch(migration.sql)?;
            (migration.and)(&transaction)?;
            transaction.pragma_update(None, "user_version", migration.to)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.commit()?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_lead_to_the_version_written() {
        let versions: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.to).collect();
        assert_eq!(versions, (1..=SCHEMA_VERSION).collect::<Vec<_>>());
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(prepare(&mut connection).unwrap(), Found::Empty);
        assert_eq!(prepare(&mut connection).unwrap(), Found::Version(SCHEMA_VERSION));
    }

    #[test]
    fn other_databases_and_newer_records_are_refused() {
        let check = |sql: &str, kind: StoreErrorKind| {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(sql).unwrap();
            assert_eq!(prepare(&mut connection).unwrap_err().kind, kind, "{sql}");
        };
        check("CREATE TABLE cats (name TEXT)", StoreErrorKind::NotARecord);
        check("PRAGMA application_id = 5", StoreErrorKind::NotARecord);
        check("PRAGMA user_version = 1", StoreErrorKind::NotARecord);
        check("PRAGMA application_id = 1685087080; PRAGMA user_version = 99", StoreErrorKind::Newer);
        check("PRAGMA application_id = 1685087080; PRAGMA user_version = 0", StoreErrorKind::Damaged);
    }
}
