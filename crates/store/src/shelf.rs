//! The record as resolution sees it: dossiers and forms, found by their keys.
//!
//! In go keys and ids; out come what resolution keeps under them, read within the transaction that writes, so that what it has just put there is found too.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::linking::{form_links_of, links_of};
use crate::prepared::unpress;
use crate::rows::{DispatchKey, SHORT_DAYS, day_number};
use crate::settling::dispatch_key;
use depeche_resolve::{Dossier, Form, FormId, KeptLinks, Key, ReadDossier, ReadForm, Resolver, Shelf};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// How many dossiers and forms a generation has: at least so many are kept at hand, and at most twice as many.
const DOSSIERS: usize = 3000;
const FORMS: usize = 20_000;

/// What was read or written not long ago: a new dispatch is mostly held against those of its days. What nobody asked for while a generation grew is laid down.
#[derive(Debug)]
struct Recent<Key, Thing> {
    most: usize,
    young: HashMap<Key, Arc<Thing>>,
    old: HashMap<Key, Arc<Thing>>,
}

impl<Key: Eq + Hash, Thing> Recent<Key, Thing> {
    fn new(most: usize) -> Self {
        Recent { most, young: HashMap::new(), old: HashMap::new() }
    }

    fn put(&mut self, key: Key, thing: Arc<Thing>) {
        if self.young.len() >= self.most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, thing);
    }

    fn get<Asked: Eq + Hash + ToOwned<Owned = Key> + ?Sized>(&mut self, key: &Asked) -> Option<Arc<Thing>>
    where
        Key: Borrow<Asked>,
    {
        if let Some(found) = self.young.get(key) {
            return Some(Arc::clone(found));
        }
        let found = self.old.get(key).cloned()?;
        self.put(key.to_owned(), Arc::clone(&found));
        Some(found)
    }
}

/// Dossiers and forms that need not be read again.
#[derive(Debug)]
pub(crate) struct AtHand {
    dossiers: Recent<DispatchKey, ReadDossier>,
    /// The keys of dossiers by the ids of their dispatches.
    keys: HashMap<String, DispatchKey>,
    forms: Recent<FormId, ReadForm>,
}

impl Default for AtHand {
    fn default() -> AtHand {
        AtHand { dossiers: Recent::new(DOSSIERS), keys: HashMap::new(), forms: Recent::new(FORMS) }
    }
}

impl AtHand {
    /// Lays all down, as what is at hand may no longer be what the record holds.
    pub(crate) fn clear(&mut self) {
        *self = AtHand::default();
    }

    pub(crate) fn put(&mut self, key: DispatchKey, dossier: Arc<ReadDossier>) {
        if self.keys.len() >= 2 * DOSSIERS {
            self.keys.clear();
        }
        self.keys.insert(dossier.dossier().id.clone(), key);
        self.dossiers.put(key, dossier);
    }

    fn get(&mut self, key: DispatchKey) -> Option<Arc<ReadDossier>> {
        self.dossiers.get(&key)
    }

    fn key(&self, id: &str) -> Option<DispatchKey> {
        self.keys.get(id).copied()
    }
}

/// A connection to a record, as a shelf of dossiers.
pub(crate) struct RecordShelf<'store> {
    pub(crate) connection: &'store Connection,
    pub(crate) at_hand: RefCell<&'store mut AtHand>,
    pub(crate) resolver: &'store Resolver,
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
    type Name = DispatchKey;

    fn name(&self, id: &str) -> Result<Option<DispatchKey>, StoreError> {
        let at_hand = self.at_hand.borrow().key(id);
        if at_hand.is_some() { Ok(at_hand) } else { dispatch_key(self.connection, id) }
    }

    fn dossiers_sharing(&self, key: &Key) -> Result<Vec<DispatchKey>, StoreError> {
        let mut found = Vec::new();
        // What holds for a few days can only have begun a few days before, so that neither looks at all that ever had the key.
        let mut short =
            self.connection.prepare_cached("SELECT dispatch FROM keys WHERE code = ? AND first BETWEEN ? AND ? AND last >= ?")?;
        let mut long = self.connection.prepare_cached("SELECT dispatch FROM long_keys WHERE code = ? AND first <= ? AND last >= ?")?;
        let (first, last) = (day_number(key.first), day_number(key.last));
        add_keys(&mut short, params![key.code, first - SHORT_DAYS, last, first], &mut found)?;
        add_keys(&mut long, params![key.code, last, first], &mut found)?;
        Ok(found)
    }

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

    fn links(&self, key: DispatchKey) -> Result<Option<KeptLinks<DispatchKey>>, StoreError> {
        links_of(self.connection, key)
    }

    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<Arc<ReadForm>>, StoreError> {
        let mut ids = Vec::new();
        let mut statement = self.connection.prepare_cached("SELECT form FROM form_keys WHERE code = ?")?;
        for key in keys {
            for id in statement.query_map([key.code], |row| row.get::<_, String>(0))? {
                ids.push(id?);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        ids.iter().filter_map(|id| self.form(id).transpose()).collect()
    }

    fn form(&self, id: &str) -> Result<Option<Arc<ReadForm>>, StoreError> {
        let mut at_hand = self.at_hand.borrow_mut();
        if let Some(found) = at_hand.forms.get(id) {
            return Ok(Some(found));
        }
        let mut statement = self.connection.prepare_cached("SELECT json FROM forms WHERE form = ?")?;
        let Some(json) = statement.query_row([id], |row| row.get::<_, String>(0)).optional()? else { return Ok(None) };
        let form = Arc::new(self.resolver.read_form(form_of(&json)?));
        at_hand.forms.put(id.to_owned(), Arc::clone(&form));
        Ok(Some(form))
    }

    fn form_links(&self, id: &str) -> Result<Option<Vec<(FormId, f64)>>, StoreError> {
        form_links_of(self.connection, id)
    }
}

/// A form as the record writes it.
pub(crate) fn form_of(json: &str) -> Result<Form, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::damaged(format!("a form cannot be read: {error}")))
}
