//! The record as resolution sees it: dossiers and forms, found by their keys.
//!
//! In go keys and ids; out come what resolution keeps under them, read within the transaction that writes, so that what it has just put there is found too.

use crate::at_hand::AtHand;
use crate::coded::of_key;
use crate::error::StoreError;
use crate::linking::{form_links_of, links_of};
use crate::pledges::filed_under;
use crate::prepared::unpress;
use crate::rows::DispatchKey;
use crate::settling::dispatch_key;
use depeche_resolve::{Dossier, FiledPledge, Form, FormId, KeptLinks, Key, ReadDossier, ReadForm, Resolver, Shelf};
use rusqlite::{Connection, OptionalExtension};
use std::cell::RefCell;
use std::sync::Arc;

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
        if let Some(found) = at_hand.dossier(key) {
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
        let read = |code: &i64| -> Result<_, StoreError> { Ok(filed_under(self.connection, *code)?.into_iter().map(Arc::new).collect()) };
        let mut found = Vec::new();
        for key in keys {
            found.extend_from_slice(at_hand.pledges.of(key.code, read)?);
        }
        Ok(found)
    }

    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<(FormId, Option<i64>)>, StoreError> {
        let mut at_hand = self.at_hand.borrow_mut();
        let read = |code: &i64| -> Result<Vec<_>, StoreError> {
            let mut statement = self.connection.prepare_cached("SELECT form, class FROM form_keys WHERE code = ?")?;
            let forms = statement.query_map([code], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(forms.collect::<Result<_, _>>()?)
        };
        let mut found = Vec::new();
        for key in keys {
            found.extend_from_slice(at_hand.form_keys.of(key.code, read)?);
        }
        Ok(found)
    }

    fn form(&self, id: &str) -> Result<Option<Arc<ReadForm>>, StoreError> {
        let mut at_hand = self.at_hand.borrow_mut();
        if let Some(found) = at_hand.form(id) {
            return Ok(Some(found));
        }
        let mut statement = self.connection.prepare_cached("SELECT json FROM forms WHERE form = ?")?;
        let Some(json) = statement.query_row([id], |row| row.get::<_, String>(0)).optional()? else { return Ok(None) };
        let form = Arc::new(self.resolver.read_form(form_of(&json)?));
        at_hand.put_form(Arc::clone(&form));
        Ok(Some(form))
    }

    fn form_links(&self, id: &str) -> Result<Option<Vec<(FormId, f64)>>, StoreError> {
        form_links_of(self, id)
    }
}

/// A form as the record writes it.
pub(crate) fn form_of(json: &str) -> Result<Form, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::damaged(format!("a form cannot be read: {error}")))
}
