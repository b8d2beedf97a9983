//! How far a new dispatch reaches.
//!
//! In go the dossiers and forms that are new; out come the decisions on every group that they reach. From each thing the shelf is asked for what shares a key with it, what is linked
//! to that is asked about in turn, and what was reached is decided as a whole, component by component. Links are asked of two things alone, so that it does not matter where one begins.

use crate::actors::{self, ReadForm};
use crate::groups::{Links, average_link};
use crate::pair::{Between, InDispatch, NameCache};
use crate::resolver::Resolver;
use crate::similarity::{Read, share_key};
use crate::threads::{PledgeIn, thread};
use crate::{Decisions, FormId, Key, Shelf, Story, Thread, UserDecisions, copies, happenings};
use depeche_record::{Date, Status};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// The log-odds from which two events are one happening.
const SAME_HAPPENING: f64 = -1.25;
/// The log-odds from which one event is reached from another: groups are made within what such links connect.
const LINKED: f64 = -0.5;

pub(crate) fn decide<S: Shelf>(
    resolver: &Resolver,
    shelf: &S,
    touched: &[String],
    forms: &[FormId],
    user: &UserDecisions,
) -> Result<Decisions, S::Error> {
    let mut session = Session { resolver, shelf, names: NameCache::default(), reads: BTreeMap::new(), stories: BTreeMap::new() };
    session.fetch(touched)?;
    let mut decisions = Decisions::default();
    session.stories(touched, &mut decisions)?;
    session.happenings(touched, &mut decisions)?;
    session.threads(touched, &mut decisions)?;
    session.actors(forms, user, &mut decisions)?;
    Ok(decisions)
}

/// The most that one pair of events says for or against, in log-odds.
const SURE: f64 = 6.0;
/// By how much of what a rival has more a pair loses.
const RIVALRY: f64 = 1.5;

/// Scores of the events of pairs of dispatches.
type Scores = HashMap<(String, String), Vec<Vec<f64>>>;

/// An event or pledge: the dispatch and its place there.
type Item = (String, usize);

/// What one decision has fetched.
struct Session<'a, S> {
    resolver: &'a Resolver,
    shelf: &'a S,
    names: NameCache,
    reads: BTreeMap<String, Rc<Read>>,
    /// Those that are linked to one as of its story, where that was asked.
    stories: BTreeMap<String, Vec<Rc<Read>>>,
}

/// Things that were reached, and which of them are linked.
struct Reached<T> {
    items: Vec<T>,
    links: BTreeSet<(T, T)>,
}

impl<T: Ord + Clone> Reached<T> {
    /// What links connect, each sorted.
    fn components(&self) -> Vec<Vec<T>> {
        let place: BTreeMap<&T, usize> = self.items.iter().enumerate().map(|(at, item)| (item, at)).collect();
        let mut links = Links::new(self.items.len());
        for (one, other) in &self.links {
            if let (Some(&one), Some(&other)) = (place.get(one), place.get(other)) {
                links.link(one, other);
            }
        }
        links.groups().into_iter().map(|group| group.into_iter().filter_map(|at| self.items.get(at).cloned()).collect()).collect()
    }
}

/// All that links reach from where one begins. `near` gives the things that are linked to one.
fn reach<T: Ord + Clone, E>(from: Vec<T>, mut near: impl FnMut(&T) -> Result<Vec<T>, E>) -> Result<Reached<T>, E> {
    let mut seen: BTreeSet<T> = from.iter().cloned().collect();
    let mut waiting: Vec<T> = seen.iter().cloned().collect();
    let mut links = BTreeSet::new();
    while let Some(one) = waiting.pop() {
        for other in near(&one)? {
            if other != one {
                links.insert(if one < other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) });
                if seen.insert(other.clone()) {
                    waiting.push(other);
                }
            }
        }
    }
    Ok(Reached { items: seen.into_iter().collect(), links })
}

impl<S: Shelf> Session<'_, S> {
    /// Fetches dossiers that are not there yet.
    fn fetch(&mut self, ids: &[String]) -> Result<(), S::Error> {
        let missing: BTreeSet<&String> = ids.iter().filter(|id| !self.reads.contains_key(*id)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let missing: Vec<String> = missing.into_iter().cloned().collect();
        for dossier in self.shelf.dossiers(&missing)? {
            self.reads.insert(dossier.id.clone(), Rc::new(self.resolver.read(dossier)));
        }
        Ok(())
    }

    /// The dossiers that share a key, each once, by id.
    fn sharing(&mut self, keys: &[Key]) -> Result<Vec<Rc<Read>>, S::Error> {
        let mut ids = self.shelf.dossiers_sharing(keys)?;
        ids.sort_unstable();
        ids.dedup();
        self.fetch(&ids)?;
        Ok(ids.iter().filter_map(|id| self.reads.get(id).cloned()).collect())
    }

    /// The dossiers that share one of these keys, and those of the same story, whose events are compared whatever their parties.
    fn around(&mut self, one: &Rc<Read>, keys: &[Key]) -> Result<Vec<Rc<Read>>, S::Error> {
        let id = &one.dossier.id;
        if !self.stories.contains_key(id) {
            let story = self.sharing(&one.story_keys)?.into_iter().filter(|other| one.is_linked(other)).collect();
            self.stories.insert(id.clone(), story);
        }
        let mut all = self.sharing(keys)?;
        all.extend(self.stories.get(id).into_iter().flatten().cloned());
        all.sort_by(|one, other| one.dossier.id.cmp(&other.dossier.id));
        all.dedup_by(|one, other| one.dossier.id == other.dossier.id);
        Ok(all)
    }

    fn known(&self, ids: &[String]) -> Vec<String> {
        ids.iter().filter(|id| self.reads.contains_key(*id)).cloned().collect()
    }

    fn stories(&mut self, touched: &[String], decisions: &mut Decisions) -> Result<(), S::Error> {
        let reached = reach(self.known(touched), |id| {
            let Some(one) = self.reads.get(id).cloned() else { return Ok(Vec::new()) };
            let others = self.sharing(&one.story_keys)?;
            Ok(others.iter().filter(|other| one.is_linked(other)).map(|other| other.dossier.id.clone()).collect())
        })?;
        for component in reached.components() {
            let reads: Vec<&Read> = component.iter().filter_map(|id| self.reads.get(id).map(Rc::as_ref)).collect();
            decisions.copies.extend(copies::groups(self.resolver, &reads));
            let groups = average_link(reads.len(), 1.0, &mut |one, other| match (reads.get(one), reads.get(other)) {
                (Some(one), Some(other)) => one.story(other),
                _ => 0.0,
            });
            for group in groups {
                let mut own: Vec<&Read> = group.into_iter().filter_map(|at| reads.get(at).copied()).collect();
                own.sort_by_key(|read| (read.dossier.first.unwrap_or(Date::MAX), &read.dossier.id));
                let dispatches: Vec<String> = own.iter().map(|read| read.dossier.id.clone()).collect();
                decisions.stories.extend(dispatches.first().cloned().map(|id| Story { id, dispatches }));
            }
        }
        decisions.copies.sort_by(|one, other| one.id.cmp(&other.id));
        decisions.stories.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(())
    }

    fn happenings(&mut self, touched: &[String], decisions: &mut Decisions) -> Result<(), S::Error> {
        let mut scores = Scores::new();
        let touched = self.known(touched);
        let events = |read: &Rc<Read>| (0..read.dossier.events.len()).map(|at| (read.dossier.id.clone(), at)).collect::<Vec<_>>();
        let from = touched.iter().filter_map(|id| self.reads.get(id)).flat_map(events).collect();
        let reached = reach(from, |(id, at)| {
            let Some(one) = self.reads.get(id).cloned() else { return Ok(Vec::new()) };
            let keys = one.event_keys.get(*at).cloned().unwrap_or_default();
            let mut near = Vec::new();
            for other in self.around(&one, &keys)? {
                let one_story = one.is_linked(&other);
                for (to, of_other) in other.event_keys.iter().enumerate() {
                    let there = (other.dossier.id.clone(), to);
                    if there != (id.clone(), *at)
                        && (one_story || share_key(&keys, of_other))
                        && self.score(&(id.clone(), *at), &there, &mut scores) >= LINKED
                    {
                        near.push(there);
                    }
                }
            }
            Ok(near)
        })?;
        for component in reached.components() {
            let groups =
                average_link(component.len(), SAME_HAPPENING, &mut |one, other| match (component.get(one), component.get(other)) {
                    (Some(one), Some(other)) => self.score(one, other, &mut scores),
                    _ => f64::MIN,
                });
            for group in groups {
                let events = group.into_iter().filter_map(|at| self.event(component.get(at)?)).collect();
                decisions.happenings.extend(happenings::happening(self.resolver, events));
            }
        }
        decisions.happenings.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(())
    }

    fn event(&self, (id, at): &Item) -> Option<InDispatch<'_>> {
        let read = self.reads.get(id)?;
        Some(InDispatch { read, event: read.dossier.events.get(*at)? })
    }

    /// The score of two events, asked with the lesser first, so that it is the same to the last bit from both sides.
    ///
    /// A dispatch seldom tells one happening in two events. Where an event goes better with another event of the other's dispatch, it goes less well with this one.
    fn score(&self, one: &Item, other: &Item, scores: &mut Scores) -> f64 {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        let pair = (one.0.clone(), other.0.clone());
        let table = scores.entry(pair).or_insert_with(|| self.table(&one.0, &other.0));
        let at = |row: usize, column: usize| table.get(row).and_then(|row| row.get(column)).copied();
        let Some(own) = at(one.1, other.1) else { return f64::MIN };
        if one.0 == other.0 {
            return own;
        }
        // A denial is no rival of what it denies.
        let denied = |id: &str, place: usize| {
            self.reads.get(id).and_then(|read| read.dossier.events.get(place)).is_some_and(|event| event.status == Status::Denied)
        };
        let columns = (0..table.first().map_or(0, Vec::len)).filter(|&column| denied(&other.0, column) == denied(&other.0, other.1));
        let along = columns.filter_map(|column| at(one.1, column));
        let rows = (0..table.len()).filter(|&row| denied(&one.0, row) == denied(&one.0, one.1));
        let across = rows.filter_map(|row| at(row, other.1));
        let best = along.chain(across).fold(own, f64::max);
        own - RIVALRY * (best - own)
    }

    /// The scores of all events of one dispatch with all of another.
    fn table(&self, one: &str, other: &str) -> Vec<Vec<f64>> {
        let (Some(left), Some(right)) = (self.reads.get(one), self.reads.get(other)) else { return Vec::new() };
        let between = Between::of(left, right);
        let score = |event, of_other| {
            let (one, other) = (InDispatch { read: left, event }, InDispatch { read: right, event: of_other });
            self.resolver.same_happening(one, other, between, &self.names).clamp(-3.0 * SURE, SURE)
        };
        left.dossier.events.iter().map(|event| right.dossier.events.iter().map(|other| score(event, other)).collect()).collect()
    }

    fn threads(&mut self, touched: &[String], decisions: &mut Decisions) -> Result<(), S::Error> {
        let touched = self.known(touched);
        let pledges = |read: &Rc<Read>| (0..read.dossier.pledges.len()).map(|at| (read.dossier.id.clone(), at)).collect::<Vec<_>>();
        let from = touched.iter().filter_map(|id| self.reads.get(id)).flat_map(pledges).collect();
        let reached = reach(from, |(id, at)| {
            let Some(one) = self.reads.get(id).cloned() else { return Ok(Vec::new()) };
            let keys = one.pledge_keys.get(*at).cloned().unwrap_or_default();
            let mut near = Vec::new();
            for other in self.sharing(&keys)? {
                for (to, of_other) in other.pledge_keys.iter().enumerate() {
                    let there = (other.dossier.id.clone(), to);
                    let pair = self.pledge(&(id.clone(), *at)).zip(self.pledge(&there));
                    let bound = pair.is_some_and(|(one, other)| {
                        one.in_order(other).0.relation(one.in_order(other).1, self.resolver, &self.names).is_some()
                    });
                    if there != (id.clone(), *at) && share_key(&keys, of_other) && bound {
                        near.push(there);
                    }
                }
            }
            Ok(near)
        })?;
        for component in reached.components() {
            let pledges: Vec<PledgeIn<'_>> = component.iter().filter_map(|item| self.pledge(item)).collect();
            decisions.threads.extend(self.thread(pledges));
        }
        decisions.threads.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(())
    }

    fn thread(&self, mut pledges: Vec<PledgeIn<'_>>) -> Option<Thread> {
        pledges.sort_by(|one, other| one.order().cmp(&other.order()));
        let mut relations = Vec::new();
        for (later, new) in pledges.iter().enumerate() {
            for (earlier, old) in pledges.iter().enumerate().take(later) {
                relations.extend(new.relation(*old, self.resolver, &self.names).map(|relation| (later, earlier, relation)));
            }
        }
        thread(&pledges, &relations)
    }

    fn pledge(&self, (id, at): &Item) -> Option<PledgeIn<'_>> {
        let dossier = &self.reads.get(id)?.dossier;
        Some(PledgeIn { dossier, pledge: dossier.pledges.get(*at)? })
    }

    fn actors(&self, forms: &[FormId], user: &UserDecisions, decisions: &mut Decisions) -> Result<(), S::Error> {
        let mut fetched: BTreeMap<FormId, Rc<ReadForm>> = BTreeMap::new();
        for form in self.shelf.forms(forms)? {
            fetched.insert(form.id.clone(), Rc::new(self.resolver.read_form(form)));
        }
        let from = fetched.keys().cloned().collect();
        let reached = reach(from, |id| {
            let Some(one) = fetched.get(id).cloned() else { return Ok(Vec::new()) };
            let merged: Vec<FormId> = user.merged_with(id);
            let mut others = self.shelf.forms_sharing(&self.resolver.form_keys(&one.form))?;
            others.extend(self.shelf.forms(&merged)?);
            others.sort_by(|one, other| one.id.cmp(&other.id));
            others.dedup_by(|one, other| one.id == other.id);
            let mut near = Vec::new();
            for form in others {
                let other_id = form.id.clone();
                let other = Rc::clone(fetched.entry(other_id.clone()).or_insert_with(|| Rc::new(self.resolver.read_form(form))));
                if other_id != *id && self.resolver.same_actor(&one, &other, user) >= 0.0 {
                    near.push(other_id);
                }
            }
            Ok(near)
        })?;
        for component in reached.components() {
            let forms: Vec<Rc<ReadForm>> = component.iter().filter_map(|id| fetched.get(id).cloned()).collect();
            decisions.actors.extend(actors::groups(self.resolver, &forms, user));
        }
        decisions.actors.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(())
    }
}
