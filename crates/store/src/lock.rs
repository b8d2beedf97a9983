//! One writer at a time.
//!
//! In goes the path of a record; out comes a [`WriterLock`], which holds until it is dropped or the process ends, however it ends. A second writer is refused and told which
//! process has the record. The lock is a file beside the record, for SQLite's own locks last a transaction only and a run is many; it is the system's lock on that file that
//! counts, so that one left behind by a process that was killed stands in nobody's way.

use crate::error::{StoreError, StoreErrorKind};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// How often a lock file that another process takes away in between is tried again.
const ATTEMPTS: usize = 8;

/// The right to write a record.
#[derive(Debug)]
pub(crate) struct WriterLock {
    path: PathBuf,
    // Held, never read: its closing ends the lock.
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the record at `record`.
    pub(crate) fn take(record: &Path) -> Result<WriterLock, StoreError> {
        let path = lock_path(record);
        for _ in 0..ATTEMPTS {
            let mut file = OpenOptions::new()
                .create(true)
                .read(true)
                .write(true)
                .truncate(false)
                .open(&path)
                .map_err(|error| StoreError::of_file(record, &error))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(in_use(record, &mut file)),
                Err(TryLockError::Error(error)) => return Err(StoreError::of_file(record, &error)),
            }
            let own = std::process::id().to_string();
            let written = file.set_len(0).and_then(|()| file.write_all(own.as_bytes()));
            written.map_err(|error| StoreError::of_file(record, &error))?;
            // Whoever held it before may have taken the file away after we opened it: then the lock is on a file that nobody else finds.
            if std::fs::read_to_string(&path).is_ok_and(|holder| holder == own) {
                return Ok(WriterLock { path, _file: file });
            }
        }
        Err(StoreError::new(StoreErrorKind::InUse, "other processes take the record in turn", "run the command again"))
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Taken away while still held, so that nobody's lock is taken away but our own.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The lock file of a record.
fn lock_path(record: &Path) -> PathBuf {
    let mut name = record.as_os_str().to_owned();
    name.push("-lock");
    PathBuf::from(name)
}

fn in_use(record: &Path, file: &mut File) -> StoreError {
    let mut holder = String::new();
    let read = file.rewind().and_then(|()| file.take(20).read_to_string(&mut holder));
    let who = match read {
        Ok(_) if !holder.is_empty() => format!("process {holder}"),
        _ => "another process".to_owned(),
    };
    let message = format!("{}: {who} writes this record", record.display());
    StoreError::new(StoreErrorKind::InUse, message, "wait until it has ended, then run the command again; questions can be asked meanwhile")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_refused_until_the_first_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("a.record");
        let first = WriterLock::take(&record).unwrap();
        let refused = WriterLock::take(&record).unwrap_err();
        assert_eq!(refused.kind, StoreErrorKind::InUse);
        assert!(refused.message.contains(&std::process::id().to_string()), "{refused}");
        drop(first);
        drop(WriterLock::take(&record).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing stays behind");
    }

    #[test]
    fn a_lock_file_left_behind_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("a.record");
        std::fs::write(lock_path(&record), "123456").unwrap();
        WriterLock::take(&record).unwrap();
    }
}
