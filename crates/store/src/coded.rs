//! Coded dispatches out of the record, as they went in.
//!
//! In goes a dispatch's id or key; out comes its `CodedDispatch`, equal to what was ingested but for an id that was given in its place, or an error where the file is damaged.

use crate::error::{StoreError, StoreErrorKind};
use crate::file::Reader;
use crate::prepared::unpress;
use crate::settling::dispatch_key;
use depeche_record::CodedDispatch;
use rusqlite::{Connection, OptionalExtension};

impl Reader {
    /// The coded dispatch of an id; none where the record has none.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn coded(&self, id: &str) -> Result<Option<CodedDispatch>, StoreError> {
        match dispatch_key(&self.connection, id)? {
            Some(key) => Ok(Some(of_key(&self.connection, key)?)),
            None => Ok(None),
        }
    }

    /// Hands all coded dispatches, in the order of their ids, to `take`, which may end it.
    ///
    /// # Errors
    /// When the file is damaged, and what `take` fails with.
    pub fn each_coded(&self, mut take: impl FnMut(CodedDispatch) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare("SELECT dispatch FROM dispatches ORDER BY id")?;
        for key in statement.query_map([], |row| row.get::<_, i64>(0))? {
            take(of_key(&self.connection, key?)?)?;
        }
        Ok(())
    }
}

/// The coded dispatch of a key.
pub(crate) fn of_key(connection: &Connection, key: i64) -> Result<CodedDispatch, StoreError> {
    let sql = "SELECT json, text FROM coded JOIN texts USING (dispatch) WHERE dispatch = ?";
    let found =
        connection.prepare_cached(sql)?.query_row([key], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?))).optional()?;
    let Some((json, text)) = found else {
        return Err(StoreError::new(StoreErrorKind::Damaged, format!("dispatch {key} is not whole"), "ingest it into a new record"));
    };
    let mut coded: CodedDispatch = unpress(&json)?;
    coded.dispatch.text = text;
    Ok(coded)
}
