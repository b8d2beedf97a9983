//! A shelf in memory: for sets that need no store, and for tests of what a store does.

use crate::{Dossier, Form, FormId, Key, ReadDossier, Resolver, Shelf};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

/// Dossiers and forms by id and key.
#[derive(Debug, Default)]
pub struct MemoryShelf {
    dossiers: BTreeMap<String, Arc<ReadDossier>>,
    forms: BTreeMap<FormId, Form>,
    by_key: BTreeMap<i64, Vec<(Key, String)>>,
    forms_by_key: BTreeMap<i64, Vec<FormId>>,
}

impl MemoryShelf {
    /// Puts a dossier on the shelf, in place of one of the same id; answers with the forms that are new to it.
    pub fn put(&mut self, resolver: &Resolver, dossier: Dossier) -> Vec<FormId> {
        if self.dossiers.contains_key(&dossier.id) {
            for filed in self.by_key.values_mut() {
                filed.retain(|(_, id)| *id != dossier.id);
            }
        }
        for key in resolver.keys(&dossier) {
            self.by_key.entry(key.code).or_default().push((key, dossier.id.clone()));
        }
        let mut new = Vec::new();
        for form in dossier.forms.iter().filter(|form| !self.forms.contains_key(&form.id)) {
            for key in resolver.form_keys(form) {
                self.forms_by_key.entry(key.code).or_default().push(form.id.clone());
            }
            new.push(form.clone());
        }
        let ids = new.iter().map(|form| form.id.clone()).collect();
        self.forms.extend(new.into_iter().map(|form| (form.id.clone(), form)));
        self.dossiers.insert(dossier.id.clone(), Arc::new(resolver.read(dossier)));
        ids
    }

    /// The ids of its dossiers, sorted.
    pub fn ids(&self) -> Vec<String> {
        self.dossiers.keys().cloned().collect()
    }

    /// The ids of its forms, sorted.
    pub fn form_ids(&self) -> Vec<FormId> {
        self.forms.keys().cloned().collect()
    }
}

impl Shelf for MemoryShelf {
    type Error = Infallible;

    fn dossiers_sharing(&self, keys: &[Key]) -> Result<Vec<String>, Infallible> {
        let filed = |key: &Key| self.by_key.get(&key.code).into_iter().flatten().map(|found| (*key, found)).collect::<Vec<_>>();
        let found = keys.iter().flat_map(filed);
        Ok(found.filter(|(key, (other, _))| key.first <= other.last && other.first <= key.last).map(|(_, (_, id))| id.clone()).collect())
    }

    fn dossiers(&self, ids: &[String]) -> Result<Vec<Arc<ReadDossier>>, Infallible> {
        Ok(ids.iter().filter_map(|id| self.dossiers.get(id)).cloned().collect())
    }

    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<Form>, Infallible> {
        let ids = keys.iter().flat_map(|key| self.forms_by_key.get(&key.code).into_iter().flatten());
        Ok(ids.filter_map(|id| self.forms.get(id)).cloned().collect())
    }

    fn forms(&self, ids: &[FormId]) -> Result<Vec<Form>, Infallible> {
        Ok(ids.iter().filter_map(|id| self.forms.get(id)).cloned().collect())
    }
}
