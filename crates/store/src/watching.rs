//! What whoever keeps a record open asks of it again and again: whether it has changed, and that no question takes for ever.

use crate::error::StoreError;
use crate::file::Reader;
use std::time::Instant;

/// How many steps of SQLite's machine go by between two looks at the clock.
const STEPS: i32 = 10_000;

impl Reader {
    /// A number that is another one whenever a writer has changed the record since this reader was asked last. Readers' numbers are not comparable.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// Until when questions may run, from now on; one that is not done by then ends with an error of the kind `Timeout`. None takes the bound away.
    ///
    /// # Errors
    /// When SQLite refuses it.
    pub fn set_deadline(&mut self, deadline: Option<Instant>) -> Result<(), StoreError> {
        match deadline {
            Some(deadline) => self.connection.progress_handler(STEPS, Some(move || Instant::now() > deadline))?,
            None => self.connection.progress_handler(0, None::<fn() -> bool>)?,
        }
        Ok(())
    }
}
