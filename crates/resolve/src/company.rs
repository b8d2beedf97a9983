//! Which forms are linked as one actor's.
//!
//! In go forms that are new; out come, for any form that is asked about, those that it is linked to and how strongly. A new one is held against all that share a key with it; of the others the shelf may
//! have kept the links. What a user decided counts before anything else, and is not kept with them.

use crate::actors::{ReadForm, decided};
use crate::closure::ACTORS;
use crate::links::FormLinks;
use crate::resolver::{Resolver, Shelf};
use crate::{FormId, UserDecisions};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one decision has found of forms.
pub(crate) struct Company<'a, S> {
    resolver: &'a Resolver,
    shelf: &'a S,
    user: &'a UserDecisions,
    /// The links of what is new, and of what was asked about.
    found: BTreeMap<FormId, Vec<(FormId, f64)>>,
    /// The links of what is new, as those have them that were there before.
    turned: BTreeMap<FormId, Vec<(FormId, f64)>>,
}

impl<'a, S: Shelf> Company<'a, S> {
    pub(crate) fn new(resolver: &'a Resolver, shelf: &'a S, user: &'a UserDecisions) -> Self {
        Company { resolver, shelf, user, found: BTreeMap::new(), turned: BTreeMap::new() }
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
            let found = match self.shelf.form_links(id)? {
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

    /// Looks for the links of a form among all that share a key with it.
    fn search(&self, form: &ReadForm) -> Result<Vec<(FormId, f64)>, S::Error> {
        let mut others = self.shelf.forms_sharing(&self.resolver.form_keys(&form.form))?;
        others.sort_by(|one, other| one.form.id.cmp(&other.form.id));
        others.dedup_by(|one, other| one.form.id == other.form.id);
        let scored = others.iter().filter(|other| other.form.id != form.form.id);
        let scored = scored.map(|other| (other.form.id.clone(), self.resolver.same_actor(form, other)));
        Ok(scored.filter(|(_, strength)| *strength >= ACTORS.threshold).collect())
    }
}
