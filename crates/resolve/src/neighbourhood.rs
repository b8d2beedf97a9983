//! Who is linked to whom.
//!
//! In goes what is new; out come, for any dispatch and event that is asked about, those that it is linked to and how strongly. What is new is held against all that shares a key with it; of what was there
//! before, the shelf may have kept the links.

use crate::EventKey;
use crate::closure::{HAPPENINGS, STORIES};
use crate::compared::Compared;
use crate::keys::Key;
use crate::links::{EventLink, KeptLinks, Links};
use crate::pair::{Between, InDispatch, NameCache};
use crate::resolver::{Resolver, Shelf};
use crate::similarity::{Read, share_key};
use depeche_record::Status;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// The most that one pair of events says for or against, in log-odds.
pub(crate) const SURE: f64 = 6.0;
/// By how much of what a rival has more a pair loses.
const RIVALRY: f64 = 1.5;

/// The place of a dossier among those that one decision has fetched.
pub(crate) type Slot = usize;

/// An event: its dispatch and its place there.
pub(crate) type Item = (Slot, usize);

/// The scores of events of one dispatch with those of another, row by row, without what rivals take; not a number where that was not asked yet.
struct Table {
    between: Between,
    width: usize,
    scores: Vec<f64>,
}

/// To what a dispatch is linked.
#[derive(Debug, Default)]
struct Found {
    /// Dispatches as copies or of one story.
    stories: Vec<(Slot, f64)>,
    /// Of each of its events, by their places, others as reports of one happening.
    events: Vec<(usize, Item, f64)>,
}

/// What one decision has fetched and found.
pub(crate) struct Neighbourhood<'a, S: Shelf> {
    pub(crate) resolver: &'a Resolver,
    pub(crate) shelf: &'a S,
    pub(crate) names: NameCache,
    /// What was met, with its dossier where that was asked for.
    known: Vec<(S::Name, Option<Arc<Read>>)>,
    slots: FxHashMap<S::Name, Slot>,
    /// Those that share a key, where that was asked.
    sharing: FxHashMap<Key, Rc<[Slot]>>,
    /// How strongly two are linked as of one story, where that was asked.
    strengths: FxHashMap<(Slot, Slot), f64>,
    /// How well their events go together, where that was asked.
    scores: FxHashMap<(Slot, Slot), Table>,
    new: FxHashSet<Slot>,
    /// The links of what was asked about.
    found: FxHashMap<Slot, Rc<Found>>,
    /// The links of what is new, as those have them that were there before.
    turned: FxHashMap<Slot, Found>,
}

impl<'a, S: Shelf> Neighbourhood<'a, S> {
    pub(crate) fn new(resolver: &'a Resolver, shelf: &'a S) -> Self {
        Neighbourhood {
            resolver,
            shelf,
            names: NameCache::default(),
            known: Vec::new(),
            slots: FxHashMap::default(),
            sharing: FxHashMap::default(),
            strengths: FxHashMap::default(),
            scores: FxHashMap::default(),
            new: FxHashSet::default(),
            found: FxHashMap::default(),
            turned: FxHashMap::default(),
        }
    }

    /// Takes in what is new, before anything is asked.
    pub(crate) fn take(&mut self, ids: &[String]) -> Result<Vec<Slot>, S::Error> {
        let new = self.fetch(ids)?;
        self.new.extend(&new);
        for &slot in &new {
            let found = Rc::new(self.search(slot)?);
            for &(other, strength) in found.stories.iter().filter(|(other, _)| !self.new.contains(other)) {
                self.turned.entry(other).or_default().stories.push((slot, strength));
            }
            for &(at, (other, to), strength) in found.events.iter().filter(|(_, (other, _), _)| !self.new.contains(other)) {
                self.turned.entry(other).or_default().events.push((to, (slot, at), strength));
            }
            self.found.insert(slot, found);
        }
        Ok(new)
    }

    /// The links of what is new, in order.
    pub(crate) fn links(&self, new: &[Slot]) -> Vec<Links> {
        let mut links: Vec<Links> = new.iter().filter_map(|slot| Some(self.told(*slot, self.found.get(slot)?))).collect();
        links.sort_by(|one, other| one.dispatch.cmp(&other.dispatch));
        links
    }

    fn told(&self, slot: Slot, found: &Found) -> Links {
        let mut stories: Vec<(String, f64)> =
            found.stories.iter().map(|&(other, strength)| (self.id(other).to_owned(), strength)).collect();
        let event = |&(event, (other, to), strength): &(usize, Item, f64)| EventLink {
            event,
            dispatch: self.id(other).to_owned(),
            other: to,
            strength,
        };
        let mut events: Vec<EventLink> = found.events.iter().map(event).collect();
        stories.sort_by(|one, other| one.0.cmp(&other.0));
        events.sort_by(|one, other| (one.event, &one.dispatch, one.other).cmp(&(other.event, &other.dispatch, other.other)));
        Links { dispatch: self.id(slot).to_owned(), stories, events }
    }

    /// To what a dispatch is linked.
    fn linked(&mut self, slot: Slot) -> Result<Rc<Found>, S::Error> {
        if let Some(found) = self.found.get(&slot) {
            return Ok(Rc::clone(found));
        }
        let kept = match self.known.get(slot) {
            Some((name, _)) => self.shelf.links(*name)?,
            None => None,
        };
        let found = Rc::new(match kept {
            Some(kept) => self.kept(slot, kept),
            None => self.search(slot)?,
        });
        self.found.insert(slot, Rc::clone(&found));
        Ok(found)
    }

    /// Links that were kept, and those of what is new.
    fn kept(&mut self, slot: Slot, kept: KeptLinks<S::Name>) -> Found {
        let mut found = self.turned.remove(&slot).unwrap_or_default();
        for (other, strength) in kept.stories {
            let other = self.slot(other);
            if !self.new.contains(&other) {
                found.stories.push((other, strength));
            }
        }
        for (at, (other, to), strength) in kept.events {
            let other = self.slot(other);
            if !self.new.contains(&other) {
                found.events.push((at, (other, to), strength));
            }
        }
        found
    }

    /// Looks for the links of a dispatch among all that shares a key with it.
    fn search(&mut self, slot: Slot) -> Result<Found, S::Error> {
        self.load(slot)?;
        let Some(read) = self.read(slot).cloned() else { return Ok(Found::default()) };
        let mut story = self.sharing(&read.story_keys)?;
        story.retain(|&other| self.strength(slot, other) >= STORIES.threshold);
        let mut found = Found { stories: Vec::new(), events: Vec::new() };
        for (at, event) in read.events.iter().enumerate() {
            // Those of the same story are compared whatever their parties.
            let mut around = self.sharing(&event.keys)?;
            around.extend(&story);
            around.sort_unstable();
            around.dedup();
            for there in around {
                let one_story = story.binary_search(&there).is_ok();
                let Some(other) = self.read(there).cloned() else { continue };
                let near = |of_other: &Compared| one_story || share_key(&event.keys, &of_other.keys);
                for (to, _) in other.events.iter().enumerate().filter(|(to, of_other)| (there, *to) != (slot, at) && near(of_other)) {
                    let score = self.score((slot, at), (there, to), HAPPENINGS.threshold);
                    found.events.extend(score.map(|score| (at, (there, to), score)));
                }
            }
        }
        found.stories = story.into_iter().filter(|&other| other != slot).map(|other| (other, self.strength(slot, other))).collect();
        Ok(found)
    }

    /// The dispatches that one is linked to as a copy or as of one story.
    pub(crate) fn stories(&mut self, slot: Slot) -> Result<Vec<(Slot, f64)>, S::Error> {
        Ok(self.linked(slot)?.stories.clone())
    }

    /// The events that one may be a report of one happening with.
    pub(crate) fn events(&mut self, (slot, at): Item) -> Result<Vec<(Item, f64)>, S::Error> {
        let linked = self.linked(slot)?;
        Ok(linked.events.iter().filter(|(own, ..)| *own == at).map(|&(_, other, strength)| (other, strength)).collect())
    }

    /// Fetches the dossiers of these ids; answers with the places of all that there are.
    pub(crate) fn fetch(&mut self, ids: &[String]) -> Result<Vec<Slot>, S::Error> {
        let mut slots = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(name) = self.shelf.name(id)? {
                let slot = self.slot(name);
                self.load(slot)?;
                slots.extend(self.read(slot).is_some().then_some(slot));
            }
        }
        slots.sort_unstable();
        slots.dedup();
        Ok(slots)
    }

    fn slot(&mut self, name: S::Name) -> Slot {
        *self.slots.entry(name).or_insert_with(|| {
            self.known.push((name, None));
            self.known.len() - 1
        })
    }

    /// Fetches the dossier of a place, where that was not done yet.
    pub(crate) fn load(&mut self, slot: Slot) -> Result<(), S::Error> {
        if let Some((name, read)) = self.known.get_mut(slot)
            && read.is_none()
        {
            *read = self.shelf.dossier(*name)?;
        }
        Ok(())
    }

    /// The dossier of a place, where it was fetched.
    pub(crate) fn read(&self, slot: Slot) -> Option<&Arc<Read>> {
        self.known.get(slot)?.1.as_ref()
    }

    pub(crate) fn id(&self, slot: Slot) -> &str {
        self.read(slot).map_or("", |read| read.dossier.id.as_str())
    }

    /// Items in the order of the ids of their dispatches, which is no order of arrival.
    pub(crate) fn in_order(&self, mut items: Vec<Item>) -> Vec<Item> {
        items.sort_unstable_by(|one, other| self.id(one.0).cmp(self.id(other.0)).then(one.1.cmp(&other.1)));
        items
    }

    /// The dossiers that share one of these keys, each once.
    pub(crate) fn sharing(&mut self, keys: &[Key]) -> Result<Vec<Slot>, S::Error> {
        let mut all = Vec::new();
        for key in keys {
            if !self.sharing.contains_key(key) {
                let mut slots: Vec<Slot> = self.shelf.dossiers_sharing(key)?.into_iter().map(|name| self.slot(name)).collect();
                slots.sort_unstable();
                slots.dedup();
                slots.iter().try_for_each(|&slot| self.load(slot))?;
                self.sharing.insert(*key, slots.into());
            }
            all.extend(self.sharing.get(key).into_iter().flat_map(|slots| slots.iter()));
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// How strongly two dispatches are linked as copies or of one story.
    fn strength(&mut self, one: Slot, other: Slot) -> f64 {
        let (one, other) = (one.min(other), one.max(other));
        let both = self.known.get(one).and_then(|(_, read)| read.as_ref()).zip(self.known.get(other).and_then(|(_, read)| read.as_ref()));
        let Some((left, right)) = both else { return 0.0 };
        *self.strengths.entry((one, other)).or_insert_with(|| left.link(right))
    }

    pub(crate) fn event(&self, (slot, at): Item) -> Option<InDispatch<'_>> {
        InDispatch::at(self.read(slot)?, at)
    }

    /// The score of two events, where it is at least so much.
    ///
    /// A dispatch seldom tells one happening in two events. Where an event goes better with another event of the other's dispatch, it goes less well with this one. Those rivals are looked at only where
    /// the pair by itself has enough to be linked: they take and never give.
    pub(crate) fn score(&mut self, one: Item, other: Item, least: f64) -> Option<f64> {
        // Asked with the lesser first, so that it is the same to the last bit from both sides.
        let turned = if one.0 == other.0 { other.1 < one.1 } else { self.id(other.0) < self.id(one.0) };
        let (one, other) = if turned { (other, one) } else { (one, other) };
        let (left, right) = (self.known.get(one.0)?.1.as_ref()?, self.known.get(other.0)?.1.as_ref()?);
        let table = self.scores.entry((one.0, other.0)).or_insert_with(|| Table {
            between: Between::of(left, right),
            width: right.events.len(),
            scores: vec![f64::NAN; left.events.len() * right.events.len()],
        });
        let mut alone = |row: usize, column: usize| {
            let cell = table.scores.get_mut(row * table.width + column)?;
            if cell.is_nan() {
                let score =
                    self.resolver.same_happening(InDispatch::at(left, row)?, InDispatch::at(right, column)?, table.between, &self.names);
                *cell = score.clamp(-3.0 * SURE, SURE);
            }
            Some(*cell)
        };
        let own = alone(one.1, other.1)?;
        if one.0 == other.0 || own < HAPPENINGS.threshold {
            return Some(own).filter(|own| *own >= least);
        }
        // A denial is no rival of what it denies.
        let denied = |event: &EventKey| event.status == Status::Denied;
        let (rows, columns) = (&left.dossier.events, &right.dossier.events);
        let (is_no, of_other) = (denied(rows.get(one.1)?), denied(columns.get(other.1)?));
        let mut best = own;
        for column in (0..columns.len()).filter(|&column| columns.get(column).map(denied) == Some(of_other)) {
            best = best.max(alone(one.1, column)?);
        }
        for row in (0..rows.len()).filter(|&row| rows.get(row).map(denied) == Some(is_no)) {
            best = best.max(alone(row, other.1)?);
        }
        Some(own - RIVALRY * (best - own)).filter(|score| *score >= least)
    }
}
