//! The record as resolution sees it: dossiers and forms, found by their keys.
//!
//! In go keys and ids; out come what resolution keeps under them, read within the transaction that writes, so that what it has just put there is found too.

use crate::error::StoreError;
use crate::prepared::unpress;
use crate::rows::day_number;
use depeche_resolve::{Dossier, Form, FormId, Key, Shelf};
use rusqlite::{Connection, OptionalExtension};

/// A connection to a record, as a shelf of dossiers.
pub(crate) struct RecordShelf<'connection>(pub(crate) &'connection Connection);

impl Shelf for RecordShelf<'_> {
    type Error = StoreError;

    fn dossiers_sharing(&self, keys: &[Key]) -> Result<Vec<String>, StoreError> {
        let mut ids = Vec::new();
        let mut statement = self.0.prepare_cached(
            "SELECT d.id FROM keys AS k JOIN dispatches AS d USING (dispatch) WHERE k.code = ? AND k.first <= ? AND k.last >= ?",
        )?;
        for key in keys {
            let found = statement.query_map([key.code, day_number(key.last), day_number(key.first)], |row| row.get::<_, String>(0))?;
            for id in found {
                ids.push(id?);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn dossiers(&self, ids: &[String]) -> Result<Vec<Dossier>, StoreError> {
        let mut dossiers = Vec::with_capacity(ids.len());
        let mut statement = self.0.prepare_cached("SELECT json FROM dossiers JOIN dispatches USING (dispatch) WHERE id = ?")?;
        for id in ids {
            if let Some(json) = statement.query_row([id], |row| row.get::<_, Vec<u8>>(0)).optional()? {
                dossiers.push(unpress(&json)?);
            }
        }
        Ok(dossiers)
    }

    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<Form>, StoreError> {
        let mut ids = Vec::new();
        let mut statement = self.0.prepare_cached("SELECT form FROM form_keys WHERE code = ?")?;
        for key in keys {
            for id in statement.query_map([key.code], |row| row.get::<_, String>(0))? {
                ids.push(id?);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        self.forms(&ids)
    }

    fn forms(&self, ids: &[FormId]) -> Result<Vec<Form>, StoreError> {
        let mut forms = Vec::with_capacity(ids.len());
        let mut statement = self.0.prepare_cached("SELECT json FROM forms WHERE form = ?")?;
        for id in ids {
            if let Some(json) = statement.query_row([id], |row| row.get::<_, Vec<u8>>(0)).optional()? {
                forms.push(unpress(&json)?);
            }
        }
        Ok(forms)
    }
}
