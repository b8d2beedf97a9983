//! The record as resolution sees it: dossiers and forms, found by their keys.
//!
//! In go keys and ids; out come what resolution keeps under them, read within the transaction that writes, so that what it has just put there is found too.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::filed::FiledKeys;
use crate::linking::{form_links_of, links_of};
use crate::pledges::filed_under;
use crate::prepared::unpress;
use crate::rows::DispatchKey;
use crate::settling::dispatch_key;
use depeche_resolve::{Dossier, FiledPledge, Form, FormId, KeptLinks, Key, ReadDossier, ReadForm, Resolver, Shelf, pledge_keys};
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::cell::RefCell;
use std::hash::Hash;
use std::sync::Arc;

/// How many dossiers and forms a generation has: at least so many are kept at hand, and at most twice as many.
const DOSSIERS: usize = 6000;
const FORMS: usize = 80_000;

/// The most pledges that are kept at hand.
const PLEDGES: usize = 50_000;

/// What was read or written not long ago: a new dispatch is mostly held against those of its days. What nobody asked for while a generation grew is laid down.
#[derive(Debug)]
struct Recent<Key, Thing> {
    most: usize,
    young: FxHashMap<Key, Arc<Thing>>,
    old: FxHashMap<Key, Arc<Thing>>,
}

impl<Key: Eq + Hash, Thing> Recent<Key, Thing> {
    fn new(most: usize) -> Self {
        Recent { most, young: FxHashMap::default(), old: FxHashMap::default() }
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
    keys: FxHashMap<String, DispatchKey>,
    filed: FiledKeys,
    forms: Recent<FormId, ReadForm>,
    /// All pledges that are filed under a code, where that was asked, and how many they are.
    pledges: FxHashMap<i64, Vec<Arc<FiledPledge>>>,
    pledges_kept: usize,
}

impl Default for AtHand {
    fn default() -> AtHand {
        AtHand {
            dossiers: Recent::new(DOSSIERS),
            keys: FxHashMap::default(),
            filed: FiledKeys::default(),
            forms: Recent::new(FORMS),
            pledges: FxHashMap::default(),
            pledges_kept: 0,
        }
    }
}

impl AtHand {
    /// Lays all down, as what is at hand may no longer be what the record holds.
    pub(crate) fn clear(&mut self) {
        *self = AtHand::default();
    }

    /// Takes a new dossier, which is filed under these keys.
    pub(crate) fn put_new(&mut self, key: DispatchKey, dossier: Arc<ReadDossier>, keys: &[Key]) {
        self.filed.file(keys, key);
        self.put(key, dossier);
    }

    fn put(&mut self, key: DispatchKey, dossier: Arc<ReadDossier>) {
        if self.keys.len() >= 2 * DOSSIERS {
            self.keys.clear();
        }
        self.keys.insert(dossier.dossier().id.clone(), key);
        self.dossiers.put(key, dossier);
    }

    /// Puts new pledges to those that are kept of their codes.
    pub(crate) fn file(&mut self, pledges: Vec<FiledPledge>) {
        for filed in pledges.into_iter().map(Arc::new) {
            for key in pledge_keys(&filed.pledge) {
                if let Some(known) = self.pledges.get_mut(&key.code) {
                    known.push(Arc::clone(&filed));
                    self.pledges_kept += 1;
                }
            }
        }
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

impl Shelf for RecordShelf<'_> {
    type Error = StoreError;
    type Name = DispatchKey;

    fn name(&self, id: &str) -> Result<Option<DispatchKey>, StoreError> {
        let at_hand = self.at_hand.borrow().key(id);
        if at_hand.is_some() { Ok(at_hand) } else { dispatch_key(self.connection, id) }
    }

    fn dossiers_sharing(&self, key: &Key) -> Result<Vec<DispatchKey>, StoreError> {
        self.at_hand.borrow_mut().filed.sharing(self.connection, key)
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

    fn pledges_sharing(&self, keys: &[Key]) -> Result<Vec<Arc<FiledPledge>>, StoreError> {
        let mut at_hand = self.at_hand.borrow_mut();
        let mut found = Vec::new();
        for key in keys {
            if let Some(known) = at_hand.pledges.get(&key.code) {
                found.extend(known.iter().cloned());
                continue;
            }
            let known: Vec<Arc<FiledPledge>> = filed_under(self.connection, key.code)?.into_iter().map(Arc::new).collect();
            found.extend(known.iter().cloned());
            if at_hand.pledges_kept >= PLEDGES {
                at_hand.pledges.clear();
                at_hand.pledges_kept = 0;
            }
            at_hand.pledges_kept += known.len();
            at_hand.pledges.insert(key.code, known);
        }
        Ok(found)
    }

    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<(FormId, Option<i64>)>, StoreError> {
        let mut found = Vec::new();
        let mut statement = self.connection.prepare_cached("SELECT form, class FROM form_keys WHERE code = ?")?;
        for key in keys {
            for form in statement.query_map([key.code], |row| Ok((row.get(0)?, row.get(1)?)))? {
                found.push(form?);
            }
        }
        Ok(found)
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
