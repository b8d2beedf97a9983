//! How far a new dispatch reaches.
//!
//! In go the dossiers and forms that are new; out come the decisions on every group that they reach. From each thing the shelf is asked for what shares a key with it, what is linked
//! to that is asked about in turn, and what was reached is decided as a whole, component by component. Links are asked of two things alone, so that it does not matter where one begins.

use crate::actors::{self, ReadForm};
use crate::groups::average_link;
use crate::pair::{Between, InDispatch, NameCache};
use crate::reach::{Cut, Piece, pieces};
use crate::resolver::Resolver;
use crate::similarity::{COPIES_LINK, Read, share_key};
use crate::threads::{PledgeIn, thread};
use crate::{Decisions, EventKey, FormId, Key, Shelf, Story, Thread, UserDecisions, copies, happenings};
use depeche_record::{Date, Status};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// The log-odds from which two events are one happening.
const SAME_HAPPENING: f64 = -1.25;

pub(crate) fn decide<S: Shelf>(
    resolver: &Resolver,
    shelf: &S,
    touched: &[String],
    forms: &[FormId],
    user: &UserDecisions,
) -> Result<Decisions, S::Error> {
    let mut session = Session {
        resolver,
        shelf,
        names: NameCache::default(),
        reads: Vec::new(),
        slots: FxHashMap::default(),
        sharing: FxHashMap::default(),
        linked: FxHashMap::default(),
        stories: FxHashMap::default(),
    };
    let touched = session.fetch(touched)?;
    let mut decisions = Decisions::default();
    session.stories(&touched, &mut decisions)?;
    session.happenings(&touched, &mut decisions)?;
    session.threads(&touched, &mut decisions)?;
    session.actors(forms, user, &mut decisions)?;
    Ok(decisions)
}

/// The most that one pair of events says for or against, in log-odds.
const SURE: f64 = 6.0;
/// By how much of what a rival has more a pair loses.
const RIVALRY: f64 = 1.5;

/// How many things are compared all with all.
const MOST: usize = 120;
/// Of what is too much to be compared, copies alone are surely one story.
const STORIES: Cut = Cut { threshold: 1.0, certain: COPIES_LINK, most: MOST };
const HAPPENINGS: Cut = Cut { threshold: SAME_HAPPENING, certain: SURE - 0.5, most: MOST };
/// Pledges are not compared all with all, and a thread is never cut.
const THREADS: Cut = Cut { threshold: 0.0, certain: 0.0, most: usize::MAX };
const ACTORS: Cut = Cut { threshold: 0.0, certain: actors::SURE, most: MOST };

/// The place of a dossier among those that one decision has fetched.
type Slot = usize;

/// An event or pledge: its dispatch and its place there.
type Item = (Slot, usize);

/// The scores of events of one dispatch with those of another, row by row, without what rivals take; not a number where that was not asked yet.
struct Table {
    between: Between,
    width: usize,
    scores: Vec<f64>,
}

/// Scores of the events of pairs of dispatches.
type Scores = FxHashMap<(Slot, Slot), Table>;

/// What one decision has fetched.
struct Session<'a, S> {
    resolver: &'a Resolver,
    shelf: &'a S,
    names: NameCache,
    reads: Vec<Arc<Read>>,
    slots: FxHashMap<String, Slot>,
    /// Those that share a key, where that was asked.
    sharing: FxHashMap<Key, Rc<[Slot]>>,
    /// How strongly two are linked as of one story, where that was asked.
    linked: FxHashMap<(Slot, Slot), f64>,
    /// Those that are linked to one as of its story, where that was asked.
    stories: FxHashMap<Slot, Rc<[Slot]>>,
}

/// The groups of a piece whose things are in order.
fn groups<T>(piece: &Piece<T>, cut: Cut, score: &mut dyn FnMut(usize, usize) -> f64) -> Vec<Vec<usize>> {
    if piece.certain { vec![(0..piece.items.len()).collect()] } else { average_link(piece.items.len(), cut.threshold, score) }
}

impl<S: Shelf> Session<'_, S> {
    /// Fetches the dossiers of these ids that are not there yet; answers with the places of all that there are.
    fn fetch(&mut self, ids: &[String]) -> Result<Vec<Slot>, S::Error> {
        let mut missing: Vec<String> = ids.iter().filter(|id| !self.slots.contains_key(*id)).cloned().collect();
        if !missing.is_empty() {
            missing.sort_unstable();
            missing.dedup();
            for read in self.shelf.dossiers(&missing)? {
                self.slots.insert(read.dossier.id.clone(), self.reads.len());
                self.reads.push(read);
            }
        }
        let mut slots: Vec<Slot> = ids.iter().filter_map(|id| self.slots.get(id).copied()).collect();
        slots.sort_unstable();
        slots.dedup();
        Ok(slots)
    }

    fn read(&self, slot: Slot) -> Option<&Arc<Read>> {
        self.reads.get(slot)
    }

    fn id(&self, slot: Slot) -> &str {
        self.reads.get(slot).map_or("", |read| read.dossier.id.as_str())
    }

    /// Items in the order of the ids of their dispatches, which is no order of arrival.
    fn in_order(&self, mut items: Vec<Item>) -> Vec<Item> {
        items.sort_unstable_by(|one, other| self.id(one.0).cmp(self.id(other.0)).then(one.1.cmp(&other.1)));
        items
    }

    /// The dossiers that share one of these keys, each once.
    fn sharing(&mut self, keys: &[Key]) -> Result<Vec<Slot>, S::Error> {
        let mut all = Vec::new();
        for key in keys {
            if !self.sharing.contains_key(key) {
                let ids = self.shelf.dossiers_sharing(std::slice::from_ref(key))?;
                let slots = self.fetch(&ids)?;
                self.sharing.insert(*key, slots.into());
            }
            all.extend(self.sharing.get(key).into_iter().flat_map(|slots| slots.iter()));
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// How strongly two dispatches are linked as copies or of one story.
    fn link(&mut self, one: Slot, other: Slot) -> f64 {
        let (one, other) = (one.min(other), one.max(other));
        let (Some(left), Some(right)) = (self.reads.get(one), self.reads.get(other)) else { return 0.0 };
        *self.linked.entry((one, other)).or_insert_with(|| left.link(right))
    }

    /// Whether they are.
    fn is_linked(&mut self, one: Slot, other: Slot) -> bool {
        self.link(one, other) >= STORIES.threshold
    }

    /// The dossiers that are linked to one as of its story, itself among them.
    fn story(&mut self, one: Slot) -> Result<Rc<[Slot]>, S::Error> {
        if let Some(story) = self.stories.get(&one) {
            return Ok(Rc::clone(story));
        }
        let Some(read) = self.read(one).cloned() else { return Ok(Rc::new([])) };
        let near = self.sharing(&read.story_keys)?;
        let story: Rc<[Slot]> = near.into_iter().filter(|&other| self.is_linked(one, other)).collect();
        self.stories.insert(one, Rc::clone(&story));
        Ok(story)
    }

    /// The dossiers that share one of these keys, and those of the same story, whose events are compared whatever their parties.
    fn around(&mut self, one: Slot, keys: &[Key]) -> Result<Vec<Slot>, S::Error> {
        let story = self.story(one)?;
        let mut all = self.sharing(keys)?;
        all.extend(story.iter());
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    fn stories(&mut self, touched: &[Slot], decisions: &mut Decisions) -> Result<(), S::Error> {
        let mut near = |&one: &Slot| {
            let story = self.story(one)?;
            Ok(story.iter().filter(|&&other| other != one).map(|&other| (other, self.link(one, other))).collect())
        };
        for piece in pieces(touched, STORIES, &mut near)? {
            let mut reads: Vec<&Read> = piece.items.iter().filter_map(|&slot| self.read(slot).map(Arc::as_ref)).collect();
            reads.sort_unstable_by(|one, other| one.dossier.id.cmp(&other.dossier.id));
            decisions.copies.extend(copies::groups(self.resolver, &reads));
            let groups = groups(&piece, STORIES, &mut |one, other| match (reads.get(one), reads.get(other)) {
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

    fn happenings(&mut self, touched: &[Slot], decisions: &mut Decisions) -> Result<(), S::Error> {
        let mut scores = Scores::default();
        let events = |&slot: &Slot| (0..self.read(slot).map_or(0, |read| read.dossier.events.len())).map(move |at| (slot, at));
        let from: Vec<Item> = touched.iter().flat_map(events).collect();
        let mut near = |&(slot, at): &Item| {
            let Some(one) = self.read(slot).cloned() else { return Ok(Vec::new()) };
            let keys = one.events.get(at).map(|event| event.keys.as_slice()).unwrap_or_default();
            let mut near = Vec::new();
            for there in self.around(slot, keys)? {
                let one_story = self.is_linked(slot, there);
                let Some(other) = self.read(there).cloned() else { continue };
                for (to, of_other) in other.events.iter().enumerate() {
                    if (there, to) != (slot, at) && (one_story || share_key(keys, &of_other.keys)) {
                        let score = self.score((slot, at), (there, to), HAPPENINGS.threshold, &mut scores);
                        near.extend(score.map(|score| ((there, to), score)));
                    }
                }
            }
            Ok(near)
        };
        let pieces = pieces(&from, HAPPENINGS, &mut near)?;
        for mut piece in pieces {
            piece.items = self.in_order(piece.items);
            let component = &piece.items;
            let groups = groups(&piece, HAPPENINGS, &mut |one, other| match (component.get(one), component.get(other)) {
                (Some(&one), Some(&other)) => self.score(one, other, f64::MIN, &mut scores).unwrap_or(f64::MIN),
                _ => f64::MIN,
            });
            for group in groups {
                let events = group.into_iter().filter_map(|at| self.event(*component.get(at)?)).collect();
                decisions.happenings.extend(happenings::happening(self.resolver, events));
            }
        }
        decisions.happenings.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(())
    }

    fn event(&self, (slot, at): Item) -> Option<InDispatch<'_>> {
        InDispatch::at(self.reads.get(slot)?, at)
    }

    /// The score of two events, where it is at least so much.
    ///
    /// A dispatch seldom tells one happening in two events. Where an event goes better with another event of the other's dispatch, it goes less well with this one. Those rivals are looked at only where
    /// the pair by itself has enough: they take and never give.
    fn score(&self, one: Item, other: Item, least: f64, scores: &mut Scores) -> Option<f64> {
        // Asked with the lesser first, so that it is the same to the last bit from both sides.
        let turned = if one.0 == other.0 { other.1 < one.1 } else { self.id(other.0) < self.id(one.0) };
        let (one, other) = if turned { (other, one) } else { (one, other) };
        let (left, right) = (self.read(one.0)?, self.read(other.0)?);
        let table = scores.entry((one.0, other.0)).or_insert_with(|| Table {
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
        if one.0 == other.0 || own < least {
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

    fn threads(&mut self, touched: &[Slot], decisions: &mut Decisions) -> Result<(), S::Error> {
        let pledges = |&slot: &Slot| (0..self.read(slot).map_or(0, |read| read.dossier.pledges.len())).map(move |at| (slot, at));
        let from: Vec<Item> = touched.iter().flat_map(pledges).collect();
        let mut near = |&(slot, at): &Item| {
            let Some(one) = self.read(slot).cloned() else { return Ok(Vec::new()) };
            let keys = one.pledge_keys.get(at).map(Vec::as_slice).unwrap_or_default();
            let mut near = Vec::new();
            for there in self.sharing(keys)? {
                let Some(other) = self.read(there).cloned() else { continue };
                for (to, of_other) in other.pledge_keys.iter().enumerate() {
                    let pair = self.pledge((slot, at)).zip(self.pledge((there, to)));
                    let bound = || {
                        pair.is_some_and(|(one, other)| {
                            let (later, earlier) = one.in_order(other);
                            later.relation(earlier, self.resolver, &self.names).is_some()
                        })
                    };
                    if (there, to) != (slot, at) && share_key(keys, of_other) && bound() {
                        near.push(((there, to), 0.0));
                    }
                }
            }
            Ok(near)
        };
        for piece in pieces(&from, THREADS, &mut near)? {
            let pledges: Vec<PledgeIn<'_>> = piece.items.into_iter().filter_map(|item| self.pledge(item)).collect();
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

    fn pledge(&self, (slot, at): Item) -> Option<PledgeIn<'_>> {
        let dossier = &self.reads.get(slot)?.dossier;
        Some(PledgeIn { dossier, pledge: dossier.pledges.get(at)? })
    }

    fn actors(&self, forms: &[FormId], user: &UserDecisions, decisions: &mut Decisions) -> Result<(), S::Error> {
        let mut fetched: BTreeMap<FormId, Rc<ReadForm>> = BTreeMap::new();
        for form in self.shelf.forms(forms)? {
            fetched.insert(form.id.clone(), Rc::new(self.resolver.read_form(form)));
        }
        let from: Vec<FormId> = fetched.keys().cloned().collect();
        let mut near = |id: &FormId| {
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
                let score = self.resolver.same_actor(&one, &other, user);
                if other_id != *id && score >= ACTORS.threshold {
                    near.push((other_id, score));
                }
            }
            Ok(near)
        };
        for mut piece in pieces(&from, ACTORS, &mut near)? {
            piece.items.sort_unstable();
            let forms: Vec<Rc<ReadForm>> = piece.items.iter().filter_map(|id| fetched.get(id).cloned()).collect();
            let score = &mut |one: usize, other: usize| actors::score(self.resolver, &forms, one, other, user);
            for group in groups(&piece, ACTORS, score) {
                decisions.actors.extend(actors::group(&forms, group));
            }
        }
        decisions.actors.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(())
    }
}
