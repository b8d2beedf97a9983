//! The record as resolution sees it: dossiers and forms, found by their keys.
//!
//! In go keys and ids; out come what resolution keeps under them, read within the transaction that writes, so that what it has just put there is found too.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::prepared::unpress;
use crate::rows::{DispatchKey, SHORT_DAYS, day_number};
use depeche_resolve::{Dossier, Form, FormId, Key, ReadDossier, Resolver, Shelf};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// How many dossiers a generation has: at least so many are kept at hand, and at most twice as many.
const GENERATION: usize = 3000;

/// Dossiers that were read or written not long ago: a new dispatch is mostly held against those of its days. Those that nobody asked for while a generation grew are laid down.
#[derive(Debug, Default)]
pub(crate) struct AtHand {
    young: Generation,
    old: Generation,
}

#[derive(Debug, Default)]
struct Generation {
    dossiers: HashMap<DispatchKey, Arc<ReadDossier>>,
    keys: HashMap<String, DispatchKey>,
}

impl AtHand {
    /// Lays all down, as what is at hand may no longer be what the record holds.
    pub(crate) fn clear(&mut self) {
        *self = AtHand::default();
    }

    pub(crate) fn put(&mut self, key: DispatchKey, dossier: Arc<ReadDossier>) {
        if self.young.dossiers.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.keys.insert(dossier.dossier().id.clone(), key);
        self.young.dossiers.insert(key, dossier);
    }

    fn get(&mut self, key: DispatchKey) -> Option<Arc<ReadDossier>> {
        if let Some(found) = self.young.dossiers.get(&key) {
            return Some(Arc::clone(found));
        }
        let found = self.old.dossiers.get(&key).cloned()?;
        self.put(key, Arc::clone(&found));
        Some(found)
    }

    fn key(&self, id: &str) -> Option<DispatchKey> {
        self.young.keys.get(id).or_else(|| self.old.keys.get(id)).copied()
    }
}

/// A connection to a record, as a shelf of dossiers.
pub(crate) struct RecordShelf<'store> {
    pub(crate) connection: &'store Connection,
    pub(crate) at_hand: RefCell<&'store mut AtHand>,
    pub(crate) resolver: &'store Resolver,
}

impl RecordShelf<'_> {
    /// The dossier of a dispatch, taken from the record where it is not at hand.
    fn dossier(&self, key: DispatchKey) -> Result<Option<Arc<ReadDossier>>, StoreError> {
        let mut at_hand = self.at_hand.borrow_mut();
        if let Some(found) = at_hand.get(key) {
            return Ok(Some(found));
        }
        let mut statement = self.connection.prepare_cached("SELECT json FROM dossiers WHERE dispatch = ?")?;
        let Some(json) = statement.query_row([key], |row| row.get::<_, Vec<u8>>(0)).optional()? else { return Ok(None) };
        // One that an earlier version of resolution wrote may have another shape; what it was made of is there.
        let dossier = match unpress::<Dossier>(&json) {
            Ok(dossier) => dossier,
            Err(_) => self.resolver.dossier(&of_key(self.connection, key)?),
        };
        let read = Arc::new(self.resolver.read(dossier));
        at_hand.put(key, Arc::clone(&read));
        Ok(Some(read))
    }
}

fn add_keys(statement: &mut CachedStatement<'_>, values: impl rusqlite::Params, found: &mut Vec<DispatchKey>) -> Result<(), StoreError> {
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        found.push(row.get(0)?);
    }
    Ok(())
}

impl Shelf for RecordShelf<'_> {
    type Error = StoreError;

    fn dossiers_sharing(&self, keys: &[Key]) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        // What holds for a few days can only have begun a few days before, so that neither looks at all that ever had the key.
        let mut short =
            self.connection.prepare_cached("SELECT dispatch FROM keys WHERE code = ? AND first BETWEEN ? AND ? AND last >= ?")?;
        let mut long = self.connection.prepare_cached("SELECT dispatch FROM long_keys WHERE code = ? AND first <= ? AND last >= ?")?;
        for key in keys {
            let (first, last) = (day_number(key.first), day_number(key.last));
            add_keys(&mut short, params![key.code, first - SHORT_DAYS, last, first], &mut found)?;
            add_keys(&mut long, params![key.code, last, first], &mut found)?;
        }
        found.sort_unstable();
        found.dedup();
        let mut ids = Vec::with_capacity(found.len());
        for key in found {
            ids.extend(self.dossier(key)?.map(|read| read.dossier().id.clone()));
        }
        Ok(ids)
    }

    fn dossiers(&self, ids: &[String]) -> Result<Vec<Arc<ReadDossier>>, StoreError> {
        let mut dossiers = Vec::with_capacity(ids.len());
        let mut statement = self.connection.prepare_cached("SELECT dispatch FROM dispatches WHERE id = ?")?;
        for id in ids {
            let at_hand = self.at_hand.borrow().key(id);
            let key = match at_hand {
                Some(key) => Some(key),
                None => statement.query_row([id], |row| row.get(0)).optional()?,
            };
            if let Some(key) = key {
                dossiers.extend(self.dossier(key)?);
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
