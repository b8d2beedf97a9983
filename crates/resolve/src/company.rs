//! Which forms are linked as one actor's.
//!
//! In go forms that are new; out come, for any form that is asked about, those that it is linked to and how strongly. A new one is held against all that share a key with it; of the others the shelf may
//! have kept the links. What a user decided counts before anything else, and is not kept with them.

use crate::actors::{Alike, ReadForm, decided};
use crate::closure::ACTORS;
use crate::keys::Key;
use crate::links::FormLinks;
use crate::reach::Linked;
use crate::resolver::{Resolver, Shelf};
use crate::{FormId, UserDecisions};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The place of a form among those that one decision has met.
pub(crate) type FormSlot = usize;

/// What one decision has found of forms.
pub(crate) struct Company<'a, S> {
    resolver: &'a Resolver,
    shelf: &'a S,
    user: &'a UserDecisions,
    /// The forms that a user decided about, of which alone it is asked what was decided.
    decided: BTreeSet<&'a FormId>,
    /// The classes of forms that a user parted from others, of which each is linked with each: the one that stands for the class may be what another was parted from.
    parted: BTreeSet<i64>,
    alike: Alike,
    known: Vec<FormId>,
    slots: FxHashMap<FormId, FormSlot>,
    new: FxHashSet<FormSlot>,
    /// The links of what is new, and of what was asked about.
    found: FxHashMap<FormSlot, Linked<FormSlot>>,
    /// The links of what is new, as those have them that were there before.
    turned: FxHashMap<FormSlot, Linked<FormSlot>>,
}

impl<'a, S: Shelf> Company<'a, S> {
    pub(crate) fn new(resolver: &'a Resolver, shelf: &'a S, user: &'a UserDecisions) -> Result<Self, S::Error> {
        let mut parted = BTreeSet::new();
        for id in user.splits.iter().flat_map(|(one, other)| [one, other]) {
            parted.extend(shelf.form(id)?.and_then(|form| form.class()));
        }
        Ok(Company {
            resolver,
            shelf,
            user,
            decided: user.splits.iter().chain(&user.merges).flat_map(|(one, other)| [one, other]).collect(),
            parted,
            alike: Alike::default(),
            known: Vec::new(),
            slots: FxHashMap::default(),
            new: FxHashSet::default(),
            found: FxHashMap::default(),
            turned: FxHashMap::default(),
        })
    }

    /// How much names are alike, as far as was asked.
    pub(crate) fn alike(&self) -> &Alike {
        &self.alike
    }

    /// Takes in what is new, before anything is asked; answers with those that the shelf has, in the order of their ids.
    pub(crate) fn take(&mut self, ids: &[FormId]) -> Result<Vec<FormSlot>, S::Error> {
        let ids: BTreeSet<&FormId> = ids.iter().collect();
        let mut new = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(form) = self.shelf.form(id)? {
                let found = self.search(&form)?;
                let slot = self.slot(id);
                self.found.insert(slot, found);
                new.push(slot);
            }
        }
        self.new = new.iter().copied().collect();
        for &slot in &new {
            for &(other, strength) in self.found.get(&slot).into_iter().flatten().filter(|(other, _)| !self.new.contains(other)) {
                self.turned.entry(other).or_default().push((slot, strength));
            }
        }
        Ok(new)
    }

    /// Places in the order of the ids of their forms, which is no order of arrival.
    pub(crate) fn in_order(&self, mut slots: Vec<FormSlot>) -> Vec<FormSlot> {
        slots.sort_unstable_by_key(|&slot| self.id(slot));
        slots
    }

    /// The id of the form of a place.
    pub(crate) fn id(&self, slot: FormSlot) -> Option<&FormId> {
        self.known.get(slot)
    }

    /// The forms of these places, all of which the shelf has.
    pub(crate) fn forms(&self, slots: &[FormSlot]) -> Result<Vec<Arc<ReadForm>>, S::Error> {
        slots.iter().filter_map(|&slot| self.shelf.form(self.id(slot)?).transpose()).collect()
    }

    /// The links of what is new, without the user's word.
    pub(crate) fn links(&self, new: &[FormSlot]) -> Vec<FormLinks> {
        let id = |slot: FormSlot| self.id(slot).cloned();
        let links = |&slot: &FormSlot| {
            let mut others: Vec<(FormId, f64)> =
                self.found.get(&slot)?.iter().filter_map(|&(other, strength)| Some((id(other)?, strength))).collect();
            others.sort_by(|one, other| one.0.cmp(&other.0));
            Some(FormLinks { form: id(slot)?, others })
        };
        new.iter().filter_map(links).collect()
    }

    /// The forms that one is linked to.
    pub(crate) fn near(&mut self, slot: FormSlot) -> Result<Linked<FormSlot>, S::Error> {
        let Some(id) = self.id(slot).cloned() else { return Ok(Vec::new()) };
        if !self.found.contains_key(&slot) {
            let kept = match self.shelf.form_links(&id)? {
                Some(kept) if !self.is_parted(&id, &kept)? => Some(kept),
                _ => None,
            };
            let found = match kept {
                Some(kept) => self.kept(slot, kept),
                None => match self.shelf.form(&id)? {
                    Some(form) => self.search(&form)?,
                    None => Vec::new(),
                },
            };
            self.found.insert(slot, found);
        }
        let linked = self.found.get(&slot).into_iter().flatten();
        if !self.decided.contains(&id) {
            return Ok(linked.copied().collect());
        }
        let undecided = |other: &FormSlot| self.id(*other).is_some_and(|other| decided(&id, other, self.user).is_none());
        let mut near: Linked<FormSlot> = linked.filter(|(other, _)| undecided(other)).copied().collect();
        for other in self.user.merged_with(&id) {
            let strength = decided(&id, &other, self.user).filter(|strength| *strength >= ACTORS.threshold);
            if let Some(strength) = strength.filter(|_| other != id)
                && self.shelf.form(&other)?.is_some()
            {
                near.push((self.slot(&other), strength));
            }
        }
        Ok(near)
    }

    /// Whether a form or one that it is linked to is of a class that a user parted, and more links have to be looked for than were kept.
    fn is_parted(&self, id: &FormId, kept: &[(FormId, f64)]) -> Result<bool, S::Error> {
        if self.parted.is_empty() {
            return Ok(false);
        }
        for id in std::iter::once(id).chain(kept.iter().map(|(other, _)| other)) {
            if self.shelf.form(id)?.and_then(|form| form.class()).is_some_and(|class| self.parted.contains(&class)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Links that were kept, and those of what is new.
    fn kept(&mut self, slot: FormSlot, kept: Vec<(FormId, f64)>) -> Linked<FormSlot> {
        let mut found = self.turned.remove(&slot).unwrap_or_default();
        for (other, strength) in kept {
            let other = self.slot(&other);
            if !self.new.contains(&other) {
                found.push((other, strength));
            }
        }
        found
    }

    fn slot(&mut self, id: &FormId) -> FormSlot {
        if let Some(&slot) = self.slots.get(id) {
            return slot;
        }
        self.slots.insert(id.clone(), self.known.len());
        self.known.push(id.clone());
        self.known.len() - 1
    }

    /// Looks for the links of a form among all that share a key with it. Those of a class are linked with its first, and what is the same for all of two classes is said of their first ones alone.
    fn search(&mut self, form: &ReadForm) -> Result<Linked<FormSlot>, S::Error> {
        let whole = |class: Option<i64>| class.filter(|class| !self.parted.contains(class));
        let own = whole(form.class());
        let sharing = |keys: &[Key]| -> Result<BTreeMap<FormId, Option<i64>>, S::Error> {
            let others = self.shelf.forms_sharing(keys)?.into_iter();
            Ok(others.filter(|(id, _)| *id != form.form.id).map(|(id, class)| (id, own.and(whole(class)))).collect())
        };
        // Who is met for an office alone says nothing of classes.
        let mut others = sharing(&self.resolver.form_keys(&form.form))?;
        others.values_mut().for_each(|class| *class = None);
        if own.is_some() {
            others.extend(sharing(&self.resolver.class_keys(&form.form))?);
        }
        let is_first = own.is_none() || !others.iter().any(|(id, class)| *class == own && *id < form.form.id);
        let (mut done, mut found) = (FxHashSet::default(), Vec::new());
        for (id, class) in others {
            if class.is_some_and(|class| done.contains(&class)) {
                continue;
            }
            let Some(other) = self.shelf.form(&id)? else { continue };
            let of_classes = class.and_then(|_| self.resolver.same_class(form, &other, &self.alike));
            let strength = of_classes.unwrap_or_else(|| self.resolver.same_actor(form, &other, &self.alike));
            // All of its own class know their first, and the first all of them.
            let mates = class.is_some() && class == own;
            done.extend(class.filter(|_| of_classes.is_some() && !(mates && is_first)));
            if strength >= ACTORS.threshold && (of_classes.is_none() || mates || is_first) {
                found.push((id, strength));
            }
        }
        Ok(found.into_iter().map(|(id, strength)| (self.slot(&id), strength)).collect())
    }
}
