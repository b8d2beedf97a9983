//! The record as resolution sees it: dossiers and forms, found by their keys.
//!
//! In go keys and ids; out come what resolution keeps under them, read within the transaction that writes, so that what it has just put there is found too.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::prepared::unpress;
use crate::rows::day_number;
use depeche_resolve::{Dossier, Form, FormId, Key, Resolver, Shelf};
use rusqlite::{Connection, OptionalExtension};
use std::cell::RefCell;
use std::collections::HashMap;

/// How many dossiers are kept at hand; beyond that all are laid down.
const MOST_AT_HAND: usize = 10_000;

/// Dossiers that were read or written not long ago, by id: a new dispatch is mostly held against those of its days.
#[derive(Debug, Default)]
pub(crate) struct AtHand(HashMap<String, Dossier>);

impl AtHand {
    /// Lays all down, as what is at hand may no longer be what the record holds.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn put(&mut self, dossier: Dossier) {
        if self.0.len() >= MOST_AT_HAND {
            self.0.clear();
        }
        self.0.insert(dossier.id.clone(), dossier);
    }
}

/// A connection to a record, as a shelf of dossiers.
pub(crate) struct RecordShelf<'store> {
    pub(crate) connection: &'store Connection,
    pub(crate) at_hand: RefCell<&'store mut AtHand>,
    pub(crate) resolver: &'store Resolver,
}

impl Shelf for RecordShelf<'_> {
    type Error = StoreError;

    fn dossiers_sharing(&self, keys: &[Key]) -> Result<Vec<String>, StoreError> {
        let mut ids = Vec::new();
        let mut statement = self.connection.prepare_cached(
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
        let mut statement =
            self.connection.prepare_cached("SELECT json, dispatch FROM dossiers JOIN dispatches USING (dispatch) WHERE id = ?")?;
        let mut at_hand = self.at_hand.borrow_mut();
        for id in ids {
            if let Some(dossier) = at_hand.0.get(id) {
                dossiers.push(dossier.clone());
            } else if let Some((json, key)) = statement.query_row([id], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))).optional()? {
                // One that an earlier version of resolution wrote may have another shape; what it was made of is there.
                let dossier = match unpress::<Dossier>(&json) {
                    Ok(dossier) => dossier,
                    Err(_) => self.resolver.dossier(&of_key(self.connection, key)?),
                };
                at_hand.put(dossier.clone());
                dossiers.push(dossier);
            }
        }
        Ok(dossiers)
    }

    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<Form>, StoreError> {
        let mut ids = Vec::new();
        let mut statement = self.connection.prepare_cached("SELECT form FROM form_keys WHERE code = ?")?;
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
        let mut statement = self.connection.prepare_cached("SELECT json FROM forms WHERE form = ?")?;
        for id in ids {
            if let Some(json) = statement.query_row([id], |row| row.get::<_, String>(0)).optional()? {
                forms.push(form_of(&json)?);
            }
        }
        Ok(forms)
    }
}

/// A form as the record writes it.
pub(crate) fn form_of(json: &str) -> Result<Form, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::damaged(format!("a form cannot be read: {error}")))
}
