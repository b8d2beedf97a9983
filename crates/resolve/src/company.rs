//! Which forms are linked as one actor's.
//!
//! In go forms that are new; out come, for any form that is asked about, those that it is linked to and how strongly. A new one is held against all that share a key with it; of the others the shelf may
//! have kept the links. What a user decided counts before anything else, and is not kept with them.

use crate::actors::{Alike, ReadForm, decided};
use crate::closure::ACTORS;
use crate::links::FormLinks;
use crate::resolver::{Resolver, Shelf};
use crate::{FormId, UserDecisions};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one decision has found of forms.
pub(crate) struct Company<'a, S> {
    resolver: &'a Resolver,
    shelf: &'a S,
    user: &'a UserDecisions,
    /// The classes of forms that a user parted from others, of which each is linked with each: the one that stands for the class may be what another was parted from.
    parted: BTreeSet<i64>,
    alike: Alike,
    /// The links of what is new, and of what was asked about.
    found: BTreeMap<FormId, Vec<(FormId, f64)>>,
    /// The links of what is new, as those have them that were there before.
    turned: BTreeMap<FormId, Vec<(FormId, f64)>>,
}

impl<'a, S: Shelf> Company<'a, S> {
    pub(crate) fn new(resolver: &'a Resolver, shelf: &'a S, user: &'a UserDecisions) -> Result<Self, S::Error> {
        let mut parted = BTreeSet::new();
        for id in user.splits.iter().flat_map(|(one, other)| [one, other]) {
            parted.extend(shelf.form(id)?.and_then(|form| form.class()));
        }
        Ok(Company { resolver, shelf, user, parted, alike: Alike::default(), found: BTreeMap::new(), turned: BTreeMap::new() })
    }

    /// How much names are alike, as far as was asked.
    pub(crate) fn alike(&self) -> &Alike {
        &self.alike
    }

    /// Takes in what is new, before anything is asked; answers with those that the shelf has, in order.
    pub(crate) fn take(&mut self, ids: &[FormId]) -> Result<Vec<FormId>, S::Error> {
        let mut new = BTreeMap::new();
        for form in self.forms(ids)? {
            let found = self.search(&form)?;
            new.insert(form.form.id.clone(), found);
        }
        for (id, found) in &new {
            for (other, strength) in found.iter().filter(|(other, _)| !new.contains_key(other)) {
                self.turned.entry(other.clone()).or_default().push((id.clone(), *strength));
            }
        }
        self.found = new;
        Ok(self.found.keys().cloned().collect())
    }

    /// The forms of these ids.
    pub(crate) fn forms(&self, ids: &[FormId]) -> Result<Vec<Arc<ReadForm>>, S::Error> {
        ids.iter().filter_map(|id| self.shelf.form(id).transpose()).collect()
    }

    /// The links of what is new, without the user's word.
    pub(crate) fn links(&self, new: &[FormId]) -> Vec<FormLinks> {
        let links = |form: &FormId| Some(FormLinks { form: form.clone(), others: self.found.get(form)?.clone() });
        new.iter().filter_map(links).collect()
    }

    /// The forms that one is linked to.
    pub(crate) fn near(&mut self, id: &FormId) -> Result<Vec<(FormId, f64)>, S::Error> {
        if !self.found.contains_key(id) {
            let is_parted = !self.parted.is_empty()
                && self.shelf.form(id)?.and_then(|form| form.class()).is_some_and(|class| self.parted.contains(&class));
            let found = match self.shelf.form_links(id)?.filter(|_| !is_parted) {
                Some(kept) => {
                    let mut found: Vec<(FormId, f64)> = kept.into_iter().filter(|(other, _)| !self.is_turned(id, other)).collect();
                    found.extend(self.turned.get(id).into_iter().flatten().cloned());
                    found
                }
                None => match self.shelf.form(id)? {
                    Some(form) => self.search(&form)?,
                    None => Vec::new(),
                },
            };
            self.found.insert(id.clone(), found);
        }
        let linked = self.found.get(id).into_iter().flatten();
        let mut near: Vec<(FormId, f64)> = linked.filter(|(other, _)| decided(id, other, self.user).is_none()).cloned().collect();
        for other in self.user.merged_with(id) {
            let strength = decided(id, &other, self.user).filter(|strength| *strength >= ACTORS.threshold);
            if let Some(strength) = strength.filter(|_| other != *id)
                && self.shelf.form(&other)?.is_some()
            {
                near.push((other, strength));
            }
        }
        Ok(near)
    }

    fn is_turned(&self, id: &FormId, other: &FormId) -> bool {
        self.turned.get(id).is_some_and(|turned| turned.iter().any(|(known, _)| known == other))
    }

    /// Looks for the links of a form among all that share a key with it. Those of its class are linked through the first of them.
    fn search(&self, form: &ReadForm) -> Result<Vec<(FormId, f64)>, S::Error> {
        let mut others = self.shelf.forms_sharing(&self.resolver.form_keys(&form.form))?;
        others.sort_unstable();
        others.dedup();
        others.retain(|(id, _)| *id != form.form.id);
        if let Some(class) = form.class().filter(|class| !self.parted.contains(class)) {
            let is_mate = |of_other: &Option<i64>| *of_other == Some(class);
            let first = others.iter().find(|(_, of_other)| is_mate(of_other)).map(|(id, _)| id.clone());
            if let Some(first) = first.filter(|first| *first < form.form.id) {
                others.retain(|(id, of_other)| !is_mate(of_other) || *id == first);
            }
        }
        let mut found = Vec::new();
        for (id, _) in others {
            if let Some(other) = self.shelf.form(&id)? {
                let strength = self.resolver.same_actor(form, &other, &self.alike);
                found.extend((strength >= ACTORS.threshold).then_some((id, strength)));
            }
        }
        Ok(found)
    }
}
