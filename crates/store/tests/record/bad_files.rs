//! Files that are no record, and questions that are more than questions: refused with a reason, nothing changed.

use crate::support::{Folder, dispatches};
use depeche_store::{Filter, Reader, SqlLimits, Store, StoreErrorKind};
use std::time::{Duration, Instant};

fn check_file(name: &str, bytes: &[u8], kind: StoreErrorKind) {
    let folder = Folder::new();
    std::fs::write(folder.path(), bytes).unwrap();
    for error in [Reader::open(&folder.path()).unwrap_err(), Store::open(&folder.path()).unwrap_err()] {
        assert_eq!(error.kind, kind, "{name}: {error}");
        assert!(error.message.starts_with(&folder.path().display().to_string()) && !error.cure.is_empty(), "{name}: {error}");
    }
    assert_eq!(std::fs::read(folder.path()).unwrap(), bytes, "{name}");
    assert_eq!(std::fs::read_dir(folder.path().parent().unwrap()).unwrap().count(), 1, "{name}: something was left beside it");
}

/// The bytes of a record that was closed.
fn record() -> Vec<u8> {
    let folder = Folder::with(dispatches().split_off(25));
    folder.store().tidy().unwrap();
    std::fs::read(folder.path()).unwrap()
}

#[test]
fn files_that_are_no_record_are_refused() {
    check_file("text", "Le ministre est parti.\n".repeat(500).as_bytes(), StoreErrorKind::NotARecord);
    check_file("short", b"SQLite", StoreErrorKind::NotARecord);
    let mut newer = record();
    newer[60..64].copy_from_slice(&77_u32.to_be_bytes());
    check_file("newer", &newer, StoreErrorKind::Newer);
    let mut foreign = record();
    foreign[68..72].copy_from_slice(&1_u32.to_be_bytes());
    check_file("foreign", &foreign, StoreErrorKind::NotARecord);
    let mut damaged = record();
    damaged[100..4096].fill(0xAA);
    let folder = Folder::new();
    std::fs::write(folder.path(), &damaged).unwrap();
    assert_eq!(Reader::open(&folder.path()).unwrap_err().kind, StoreErrorKind::Damaged);
    assert_eq!(Store::open(&folder.path()).unwrap_err().kind, StoreErrorKind::Damaged);
    assert_eq!(std::fs::read(folder.path()).unwrap(), damaged);
}

#[test]
fn what_is_missing_is_told() {
    let folder = Folder::new();
    assert_eq!(Reader::open(&folder.path()).unwrap_err().kind, StoreErrorKind::Missing);
    assert_eq!(Store::open_existing(&folder.path()).unwrap_err().kind, StoreErrorKind::Missing);
    assert_eq!(Store::open(&folder.path().join("deeper/record")).unwrap_err().kind, StoreErrorKind::Missing);
    assert_eq!(Reader::open(folder.path().parent().unwrap()).unwrap_err().kind, StoreErrorKind::NotARecord);
}

#[test]
fn a_damaged_page_never_panics() {
    let bytes = record();
    for (number, place) in (4096..bytes.len()).step_by(bytes.len() / 40).enumerate() {
        let folder = Folder::new();
        let mut damaged = bytes.clone();
        let end = (place + 300).min(damaged.len());
        damaged[place..end].fill(number as u8);
        std::fs::write(folder.path(), &damaged).unwrap();
        let Ok(reader) = Reader::open(&folder.path()) else { continue };
        let told = [
            reader.timeline(&Filter::default()).err(),
            reader.actors(&Filter::default()).err(),
            reader.commitments(&Filter::default()).err(),
            reader.each_coded(|_| Ok(())).err(),
            reader.search("Alger", &Filter::default()).err(),
            reader.sample(5, 1).err(),
        ];
        for error in told.into_iter().flatten() {
            assert!(matches!(error.kind, StoreErrorKind::Damaged | StoreErrorKind::Other), "{error:?}");
        }
    }
}

fn check_sql(reader: &Reader, statement: &str, kind: StoreErrorKind) {
    let limits = SqlLimits { time: Duration::from_millis(300), rows: 10 };
    let begun = Instant::now();
    let error = reader.sql(statement, limits).unwrap_err();
    assert_eq!(error.kind, kind, "{statement}: {error}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{statement} took {:?}", begun.elapsed());
}

#[test]
fn sql_only_reads_and_ends() {
    let folder = Folder::with(dispatches().split_off(25));
    let reader = folder.reader();
    for statement in [
        "DELETE FROM events",
        "INSERT INTO sources (source, name) VALUES ('a', 'b')",
        "UPDATE dispatches SET id = 'x'",
        "DROP TABLE events",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "CREATE VIEW temp.v AS SELECT 1",
        "ATTACH ':memory:' AS other",
        "DETACH main",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA user_version",
        "VACUUM INTO '/tmp/x'",
        "BEGIN",
        "REINDEX",
        "SELECT load_extension('x')",
        "SELECT * FROM pragma_database_list",
        "WITH gone AS (SELECT 1) DELETE FROM events",
        "SELECT 1; DELETE FROM events",
        "INSERT INTO full_text (full_text) VALUES ('delete-all')",
    ] {
        check_sql(&reader, statement, StoreErrorKind::Forbidden);
    }
    for statement in ["SELECT 1; SELECT 2", "SELEC 1", "", "-- nothing", "SELECT nosuch FROM events", "SELECT 'é"] {
        check_sql(&reader, statement, StoreErrorKind::Question);
    }
    for statement in [
        "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
        "SELECT count(*) FROM mentions a, mentions b, mentions c, mentions d, mentions e",
    ] {
        check_sql(&reader, statement, StoreErrorKind::Timeout);
    }
    let answer = reader
        .sql("SELECT id, text FROM dispatches JOIN texts USING (dispatch) ORDER BY id", SqlLimits { rows: 2, ..SqlLimits::default() })
        .unwrap();
    assert_eq!((answer.columns, answer.rows.len(), answer.cut), (vec!["id".to_owned(), "text".to_owned()], 2, true));
    assert_eq!(reader.size().unwrap().dispatches, 5);
}
