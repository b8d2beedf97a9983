//! A shelf in memory: for sets that need no store, and for tests of what a store does.

use crate::{Decisions, Dossier, FiledPledge, FormId, KeptLinks, Key, Links, ReadDossier, ReadForm, Resolver, Shelf, pledge_keys};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;

/// The most pledges of a dispatch.
const PLEDGES: usize = 1 << 20;

/// Dossiers and forms by id and key.
#[derive(Debug, Default)]
pub struct MemoryShelf {
    dossiers: Vec<Arc<ReadDossier>>,
    places: BTreeMap<String, usize>,
    forms: BTreeMap<FormId, Arc<ReadForm>>,
    by_key: BTreeMap<i64, Vec<(Key, usize)>>,
    forms_by_key: BTreeMap<i64, Vec<FormId>>,
    /// By the place of their dispatch and their own, of which their keys are made.
    pledges: BTreeMap<i64, Arc<FiledPledge>>,
    pledges_by_key: BTreeMap<i64, Vec<i64>>,
    links: BTreeMap<String, Links>,
    form_links: BTreeMap<FormId, BTreeMap<FormId, f64>>,
}

impl MemoryShelf {
    /// Puts a dossier on the shelf, in place of one of the same id; answers with the forms that are new to it.
    pub fn put(&mut self, resolver: &Resolver, dossier: Dossier) -> Vec<FormId> {
        let known = self.places.get(&dossier.id).copied();
        let place = known.unwrap_or(self.dossiers.len());
        if known.is_some() {
            for filed in self.by_key.values_mut() {
                filed.retain(|(_, filed)| *filed != place);
            }
            let gone: Vec<i64> = self.pledges.values().filter(|filed| filed.dispatch == dossier.id).map(|filed| filed.key).collect();
            gone.iter().for_each(|key| drop(self.pledges.remove(key)));
            // What it is linked to now, the next decision tells.
            self.forget_links(&BTreeSet::from([&dossier.id]));
        }
        for key in resolver.keys(&dossier) {
            self.by_key.entry(key.code).or_default().push((key, place));
        }
        for (at, mut filed) in dossier.filed_pledges().enumerate() {
            filed.key = (place * PLEDGES + at) as i64;
            for key in pledge_keys(&filed.pledge) {
                let known = self.pledges_by_key.entry(key.code).or_default();
                known.retain(|known| *known != filed.key);
                known.push(filed.key);
            }
            self.pledges.insert(filed.key, Arc::new(filed));
        }
        let mut new = Vec::new();
        for form in &dossier.forms {
            if self.forms.contains_key(&form.id) {
                continue;
            }
            for key in resolver.form_keys(form) {
                self.forms_by_key.entry(key.code).or_default().push(form.id.clone());
            }
            self.forms.insert(form.id.clone(), Arc::new(resolver.read_form(form.clone())));
            new.push(form.id.clone());
        }
        self.places.insert(dossier.id.clone(), place);
        let read = Arc::new(resolver.read(dossier));
        match self.dossiers.get_mut(place) {
            Some(old) => *old = read,
            None => self.dossiers.push(read),
        }
        new
    }

    /// The pledge that it calls so.
    pub fn pledge(&self, key: i64) -> Option<&FiledPledge> {
        self.pledges.get(&key).map(Arc::as_ref)
    }

    /// Keeps the links that a decision has found. Whoever keeps those of one decision keeps those of all.
    pub fn keep_links(&mut self, decisions: &Decisions) {
        let new: BTreeSet<&String> = decisions.links.iter().map(|links| &links.dispatch).collect();
        self.forget_links(&new);
        for links in &decisions.links {
            for turned in links.turned().filter(|turned| !new.contains(&turned.dispatch)) {
                let known = self.links.entry(turned.dispatch.clone()).or_default();
                known.stories.extend(turned.stories);
                known.events.extend(turned.events);
            }
            self.links.insert(links.dispatch.clone(), links.clone());
        }
        for links in &decisions.form_links {
            self.form_links.entry(links.form.clone()).or_default();
            for (other, strength) in &links.others {
                self.form_links.entry(links.form.clone()).or_default().insert(other.clone(), *strength);
                self.form_links.entry(other.clone()).or_default().insert(links.form.clone(), *strength);
            }
        }
    }

    fn forget_links(&mut self, ids: &BTreeSet<&String>) {
        for links in self.links.values_mut() {
            links.stories.retain(|(id, _)| !ids.contains(id));
            links.events.retain(|link| !ids.contains(&link.dispatch));
        }
        self.links.retain(|id, _| !ids.contains(id));
    }

    /// The ids of its dossiers, sorted.
    pub fn ids(&self) -> Vec<String> {
        self.places.keys().cloned().collect()
    }

    /// The ids of its forms, sorted.
    pub fn form_ids(&self) -> Vec<FormId> {
        self.forms.keys().cloned().collect()
    }
}

impl Shelf for MemoryShelf {
    type Error = Infallible;
    type Name = usize;

    fn name(&self, id: &str) -> Result<Option<usize>, Infallible> {
        Ok(self.places.get(id).copied())
    }

    fn dossiers_sharing(&self, key: &Key) -> Result<Vec<usize>, Infallible> {
        let filed = self.by_key.get(&key.code).into_iter().flatten();
        Ok(filed.filter(|(other, _)| key.meets(other)).map(|(_, place)| *place).collect())
    }

    fn dossier(&self, place: usize) -> Result<Option<Arc<ReadDossier>>, Infallible> {
        Ok(self.dossiers.get(place).cloned())
    }

    fn links(&self, place: usize) -> Result<Option<KeptLinks<usize>>, Infallible> {
        let links = self.dossiers.get(place).and_then(|read| self.links.get(&read.dossier().id));
        let place = |id: &str| self.places.get(id).copied();
        Ok(links.map(|links| KeptLinks {
            stories: links.stories.iter().filter_map(|(other, strength)| Some((place(other)?, *strength))).collect(),
            events: links
                .events
                .iter()
                .filter_map(|link| Some((link.event, (place(&link.dispatch)?, link.other), link.strength)))
                .collect(),
        }))
    }

    fn pledges_sharing(&self, keys: &[Key]) -> Result<Vec<Arc<FiledPledge>>, Infallible> {
        let found = keys.iter().flat_map(|key| self.pledges_by_key.get(&key.code).into_iter().flatten());
        Ok(found.filter_map(|key| self.pledges.get(key)).cloned().collect())
    }

    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<(FormId, Option<i64>)>, Infallible> {
        let ids = keys.iter().flat_map(|key| self.forms_by_key.get(&key.code).into_iter().flatten());
        Ok(ids.filter_map(|id| Some((id.clone(), self.forms.get(id)?.class()))).collect())
    }

    fn form(&self, id: &str) -> Result<Option<Arc<ReadForm>>, Infallible> {
        Ok(self.forms.get(id).cloned())
    }

    fn form_links(&self, id: &str) -> Result<Option<Vec<(FormId, f64)>>, Infallible> {
        Ok(self.form_links.get(id).map(|links| links.iter().map(|(other, strength)| (other.clone(), *strength)).collect()))
    }
}
