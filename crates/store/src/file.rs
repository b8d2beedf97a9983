//! Opening a record: to write it, one at a time, or to ask it, any number at once.
//!
//! In goes a path; out comes a [`Store`], which makes the record where there is none, or a [`Reader`], which changes nothing. What is no record, of a newer version or damaged is refused with the
//! reason. A reader sees the record as it was when its question began, whatever a writer does meanwhile; where the folder cannot be written, a record that nobody writes is read as it
//! lies.
//!
//! A transaction is on the disk when it ends (`synchronous = FULL`): what [`Store::ingest`] answered for outlives a `kill -9` and a power cut.

use crate::at_hand::AtHand;
use crate::error::{StoreError, StoreErrorKind};
use crate::lock::WriterLock;
use crate::schema::{self, Found};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a statement waits for another process's transaction.
const PATIENCE: Duration = Duration::from_secs(10);
/// What SQLite keeps of the file in memory for whoever writes and for whoever asks, in KiB: a new dispatch changes pages of its neighbours all over the file.
const WRITER_KIB: i64 = 192 << 10;
const READER_KIB: i64 = 64 << 10;
/// The bytes of a page of a new record. What is pressed of a dispatch is a few thousand: of pages of as many a seventh of the file stood empty.
const PAGE: i64 = 16 << 10;
/// How many bytes the log holds before they are written into the file.
const LOG: i64 = 128 << 20;
/// How much of the file is mapped into memory for reading, in bytes.
const MAPPED: i64 = 1 << 30;

/// A record that is written.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) at_hand: AtHand,
    pub(crate) path: PathBuf,
    // Dropped after the connection, so that the last of the file is written under the lock.
    _lock: WriterLock,
}

/// A record that is asked.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    path: PathBuf,
}

/// How much a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Size {
    pub dispatches: u64,
    pub events: u64,
    pub happenings: u64,
}

impl Store {
    /// Opens the record at `path` to write it; makes it where there is no file or an empty one. A record of an older version is brought up to this one.
    ///
    /// # Errors
    /// When another process writes it, the file is no record or of a newer version or damaged, or nothing can be written there.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        if path.is_dir() {
            return Err(is_folder(path));
        }
        // What must be refused is refused before anything is written beside it.
        if path.metadata().is_ok_and(|found| found.len() > 0) {
            examine(path)?;
        }
        let lock = WriterLock::take(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags).map_err(StoreError::from).and_then(prepare_writer);
        Ok(Store { connection: opened.map_err(|error| error.at(path))?, at_hand: AtHand::default(), path: path.to_owned(), _lock: lock })
    }

    /// Opens the record at `path`, which must be there.
    ///
    /// # Errors
    /// As [`Store::open`], and when there is none.
    pub fn open_existing(path: &Path) -> Result<Store, StoreError> {
        examine(path)?;
        Store::open(path)
    }

    /// The most bytes that the file may grow to, to the next whole page; what would make it larger fails as a full disk does, and leaves it as it was.
    ///
    /// # Errors
    /// When SQLite refuses it.
    pub fn limit_size(&self, bytes: u64) -> Result<(), StoreError> {
        let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page_size(&self.connection)?;
        self.connection.query_row(&format!("PRAGMA max_page_count = {}", pages.max(1)), [], |_| Ok(()))?;
        Ok(())
    }

    /// Writes within one transaction. Where that fails, nothing of it is in the record, nor at hand.
    pub(crate) fn write<Answer>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>, &mut AtHand) -> Result<Answer, StoreError>,
    ) -> Result<Answer, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let written = write(&transaction, &mut self.at_hand).and_then(|answer| {
            transaction.commit()?;
            Ok(answer)
        });
        if written.is_err() {
            self.at_hand.clear();
        }
        written
    }

    /// A reader of the same record.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Reader::open(&self.path)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what the log holds into the file itself and tells the planner how large the tables have grown. Not needed for safety; a record is smaller and answers faster after it.
    ///
    /// # Errors
    /// When the disk is full or the file damaged.
    pub fn tidy(&self) -> Result<(), StoreError> {
        self.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }
}

/// The bytes of a page of a record.
fn page_size(connection: &Connection) -> Result<i64, StoreError> {
    let size: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    Ok(size.max(1))
}

fn prepare_writer(mut connection: Connection) -> Result<Connection, StoreError> {
    connection.busy_timeout(PATIENCE)?;
    // Of one that is there it stays what it was.
    connection.pragma_update(None, "page_size", PAGE)?;
    schema::prepare(&mut connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -WRITER_KIB)?;
    // A large batch fills more of the log than SQLite's thousand pages: written into the file each time, the same pages would be written again and again.
    connection.pragma_update(None, "wal_autocheckpoint", LOG / page_size(&connection)?)?;
    // A statement is planned once, and not whenever other values are bound to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

impl Reader {
    /// Opens the record at `path` to ask it. Nothing is written, and no other process is kept from writing.
    ///
    /// # Errors
    /// When there is no such file, or it is no record, of a newer version or damaged.
    pub fn open(path: &Path) -> Result<Reader, StoreError> {
        let found = path.metadata().map_err(|error| StoreError::of_file(path, &error))?;
        if found.is_dir() {
            return Err(is_folder(path));
        }
        let (connection, found) = examine(path)?;
        if found != Found::Version(schema::SCHEMA_VERSION) {
            let cure = "run `depeche ingest --db FILE` on it once, with new dispatches or with none";
            let error = match found {
                Found::Version(version) => {
                    StoreError::new(StoreErrorKind::Other, format!("the record is of the older version {version}"), cure)
                }
                Found::Empty => StoreError::new(StoreErrorKind::NotARecord, "it is empty", "ingest something first"),
            };
            return Err(error.at(path));
        }
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        Ok(Reader { connection, path: path.to_owned() })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How much the record holds.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn size(&self) -> Result<Size, StoreError> {
        let count = |table: &str| self.connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
        Ok(Size { dispatches: count("dispatches")?, events: count("events")?, happenings: count("happenings")? })
    }

    /// Whether every page and index of the file is sound; otherwise the first faults. Reads all of it.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let told = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(told.into_iter().filter(|line| line != "ok").collect())
    }
}

/// What the file at a path is, with a connection that can only read it.
fn examine(path: &Path) -> Result<(Connection, Found), StoreError> {
    // First by its first bytes, for SQLite makes a log beside a file before it can be asked what it is.
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(schema::HEAD_BYTES).read_to_end(&mut head));
    read.map_err(|error| StoreError::of_file(path, &error))?;
    schema::look_at_head(&head).map_err(|error| error.at(path))?;
    let examined = match open_read_only(path, false) {
        // Beside a log that cannot be opened for want of the right to write, the file itself is whole if there is no log.
        Err(error) if error.kind == StoreErrorKind::ReadOnly && !has_log(path) => open_read_only(path, true),
        opened => opened,
    };
    examined.map_err(|error| error.at(path))
}

fn open_read_only(path: &Path, immutable: bool) -> Result<(Connection, Found), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = if immutable {
        Connection::open_with_flags(immutable_uri(path), flags | OpenFlags::SQLITE_OPEN_URI)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    connection.busy_timeout(PATIENCE)?;
    let found = schema::look(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -READER_KIB)?;
    connection.query_row(&format!("PRAGMA mmap_size = {MAPPED}"), [], |_| Ok(()))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok((connection, found))
}

/// Whether a log with something in it lies beside the record.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).metadata().is_ok_and(|found| found.len() > 0)
}

/// The path as a URI that says that nobody writes the file.
fn immutable_uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri + "?immutable=1"
}

fn is_folder(path: &Path) -> StoreError {
    StoreError::new(StoreErrorKind::NotARecord, format!("{}: it is a folder", path.display()), "name a file in it")
}
