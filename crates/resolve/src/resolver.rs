//! The resolver and what it asks of a store.

use crate::{Decisions, Dossier, Form, FormId, Key, UserDecisions};
use depeche_names::Matcher;
use depeche_packs::{NameWords, PackError, PackFiles};
use depeche_record::CodedDispatch;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Who keeps dossiers and forms, and finds them by their keys. New ones are on the shelf before [`Resolver::decide`] is called.
pub trait Shelf {
    /// What can go wrong.
    type Error;
    /// The ids of the dossiers that share one of the keys, in any order, twice if need be.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn dossiers_sharing(&self, keys: &[Key]) -> Result<Vec<String>, Self::Error>;
    /// The dossiers of these ids; ids without one are passed over.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn dossiers(&self, ids: &[String]) -> Result<Vec<Dossier>, Self::Error>;
    /// The forms that share one of the keys, in any order, twice if need be.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<Form>, Self::Error>;
    /// The forms of these ids.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn forms(&self, ids: &[FormId]) -> Result<Vec<Form>, Self::Error>;
}

/// Tables and rules, ready for use. Costs some milliseconds to make.
#[derive(Debug)]
pub struct Resolver {
    matcher: Matcher,
}

impl Resolver {
    /// A resolver with the tables of the packs.
    ///
    /// # Errors
    /// When a table has a mistake.
    pub fn load(files: &PackFiles) -> Result<Resolver, PackError> {
        Ok(Resolver { matcher: Matcher::new(&NameWords::load(files)?) })
    }

    /// What resolution needs of a coded dispatch.
    pub fn dossier(&self, coded: &CodedDispatch) -> Dossier {
        let _ = &self.matcher;
        Dossier {
            id: coded.id.clone(),
            language: coded.dispatch.language.clone(),
            publisher: coded.dispatch.publisher.as_ref().map(|publisher| publisher.id.clone()),
            first: coded.dispatch.published.earliest,
            last: coded.dispatch.published.latest,
            fingerprint: depeche_intake::Fingerprint::of(&coded.dispatch),
            agency: None,
            terms: BTreeMap::new(),
            events: Vec::new(),
            pledges: Vec::new(),
            forms: Vec::new(),
            entities: BTreeMap::new(),
        }
    }

    /// Under which keys a store files a dossier.
    pub fn keys(&self, _dossier: &Dossier) -> Vec<Key> {
        Vec::new()
    }

    /// Under which keys a store files a form.
    pub fn form_keys(&self, _form: &Form) -> Vec<Key> {
        Vec::new()
    }

    /// Decides anew on every group that the dossiers of these ids belong to or change, and answers with each of them whole.
    ///
    /// `touched` are the new dossiers; where one was replaced or removed, also all that stood in a group with it. `forms` are the forms that no dossier on the shelf had before, and
    /// those that a user's decision names.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn decide<S: Shelf>(
        &self,
        _shelf: &S,
        touched: &[String],
        _forms: &[FormId],
        _user: &UserDecisions,
    ) -> Result<Decisions, S::Error> {
        let mut decisions = Decisions::default();
        for id in touched {
            decisions.stories.push(crate::Story { id: id.clone(), dispatches: vec![id.clone()] });
        }
        Ok(decisions)
    }

    /// Decides on a whole set at once.
    pub fn decide_all(&self, dossiers: &[Dossier], user: &UserDecisions) -> Decisions {
        let mut shelf = MemoryShelf::default();
        for dossier in dossiers {
            shelf.put(self, dossier.clone());
        }
        let ids: Vec<String> = shelf.dossiers.keys().cloned().collect();
        let forms: Vec<FormId> = shelf.forms.keys().cloned().collect();
        match self.decide(&shelf, &ids, &forms, user) {
            Ok(decisions) => decisions,
        }
    }
}

/// A shelf in memory.
#[derive(Debug, Default)]
pub struct MemoryShelf {
    dossiers: BTreeMap<String, Dossier>,
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
        for form in &dossier.forms {
            if !self.forms.contains_key(&form.id) {
                for key in resolver.form_keys(form) {
                    self.forms_by_key.entry(key.code).or_default().push(form.id.clone());
                }
                self.forms.insert(form.id.clone(), form.clone());
                new.push(form.id.clone());
            }
        }
        self.dossiers.insert(dossier.id.clone(), dossier);
        new
    }
}

impl Shelf for MemoryShelf {
    type Error = Infallible;

    fn dossiers_sharing(&self, keys: &[Key]) -> Result<Vec<String>, Infallible> {
        let filed = |key: &Key| self.by_key.get(&key.code).into_iter().flatten().map(move |found| (*key, found)).collect::<Vec<_>>();
        let found = keys.iter().flat_map(filed);
        Ok(found.filter(|(key, (other, _))| key.first <= other.last && other.first <= key.last).map(|(_, (_, id))| id.clone()).collect())
    }

    fn dossiers(&self, ids: &[String]) -> Result<Vec<Dossier>, Infallible> {
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
