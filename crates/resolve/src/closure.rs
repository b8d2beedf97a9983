//! How far a new dispatch reaches.
//!
//! In go the dossiers and forms that are new; out come the decisions on every group that they reach. What each thing is linked to is asked about in turn, and what was reached is decided as a whole,
//! component by component. Links are asked of two things alone, so that it does not matter where one begins.

use crate::actors::{self, ReadForm};
use crate::company::{Company, FormSlot};
use crate::groups::average_link;
use crate::keys::pledge_keys;
use crate::neighbourhood::{Item, Neighbourhood, SURE, Slot};
use crate::reach::{Cut, Linked, Piece, pieces};
use crate::resolver::{Resolver, Touched};
use crate::similarity::{COPIES_LINK, Read};
use crate::{ActorGroup, Decisions, FormId, Shelf, Story, UserDecisions, copies, happenings, threads};
use depeche_record::Date;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::Arc;

/// The log-odds from which two events are one happening.
const SAME_HAPPENING: f64 = -1.25;

pub(crate) fn decide<S: Shelf>(resolver: &Resolver, shelf: &S, touched: &Touched<'_>, user: &UserDecisions) -> Result<Decisions, S::Error> {
    let mut neighbourhood = Neighbourhood::new(resolver, shelf);
    let new = neighbourhood.take(touched.dispatches)?;
    let mut decisions = Decisions { links: neighbourhood.links(&new), ..Decisions::default() };
    neighbourhood.decide_stories(&new, &mut decisions)?;
    neighbourhood.decide_happenings(&new, &mut decisions)?;
    let pledging = neighbourhood.fetch(touched.pledges)?;
    neighbourhood.decide_pledges(new.iter().chain(pledging.iter().filter(|slot| !new.contains(slot))), &mut decisions)?;
    neighbourhood.decide_actors(touched.forms, user, &mut decisions)?;
    Ok(decisions)
}

/// How many things are compared all with all.
const MOST: usize = 120;
/// Of what is too much to be compared, copies alone are surely one story.
pub(crate) const STORIES: Cut = Cut { threshold: 1.0, certain: COPIES_LINK, most: MOST };
pub(crate) const HAPPENINGS: Cut = Cut { threshold: SAME_HAPPENING, certain: SURE - 0.5, most: MOST };
pub(crate) const ACTORS: Cut = Cut { threshold: 0.0, certain: actors::SURE - 0.01, most: MOST };

/// The groups of a piece whose things are in order.
fn groups<T>(piece: &Piece<T>, cut: Cut, score: &mut dyn FnMut(usize, usize) -> f64) -> Vec<Vec<usize>> {
    if piece.certain { vec![(0..piece.items.len()).collect()] } else { average_link(piece.items.len(), cut.threshold, score) }
}

/// How strongly things of a piece are linked, by their places in it: what links tell need not be asked again. Empty where nothing is.
struct Known(FxHashMap<(usize, usize), f64>);

impl Known {
    fn of<T: Eq + Hash, E>(piece: &Piece<T>, mut near: impl FnMut(&T) -> Result<Linked<T>, E>) -> Result<Known, E> {
        let mut known = FxHashMap::default();
        if piece.certain {
            return Ok(Known(known));
        }
        let places: FxHashMap<&T, usize> = piece.items.iter().enumerate().map(|(place, item)| (item, place)).collect();
        for (one, item) in piece.items.iter().enumerate() {
            let linked = near(item)?;
            known.extend(linked.iter().filter_map(|(other, strength)| Some(((one, *places.get(other)?), *strength))));
        }
        Ok(Known(known))
    }

    fn strength(&self, one: usize, other: usize) -> Option<f64> {
        self.0.get(&(one, other)).or_else(|| self.0.get(&(other, one))).copied()
    }
}

impl<S: Shelf> Neighbourhood<'_, S> {
    fn decide_stories(&mut self, touched: &[Slot], decisions: &mut Decisions) -> Result<(), S::Error> {
        for piece in pieces(touched, STORIES, &mut |&one: &Slot| self.stories(one))? {
            piece.items.iter().try_for_each(|&slot| self.load(slot))?;
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

    fn decide_happenings(&mut self, touched: &[Slot], decisions: &mut Decisions) -> Result<(), S::Error> {
        let events = |&slot: &Slot| (0..self.read(slot).map_or(0, |read| read.events.len())).map(move |at| (slot, at));
        let from: Vec<Item> = touched.iter().flat_map(events).collect();
        for mut piece in pieces(&from, HAPPENINGS, &mut |&event: &Item| self.events(event))? {
            piece.items.iter().try_for_each(|&(slot, _)| self.load(slot))?;
            piece.items = self.in_order(piece.items);
            let component = &piece.items;
            let known = Known::of(&piece, |&event| self.events(event))?;
            let groups = groups(&piece, HAPPENINGS, &mut |one, other| match (component.get(one), component.get(other)) {
                (Some(&left), Some(&right)) => known.strength(one, other).or_else(|| self.score(left, right, f64::MIN)).unwrap_or(f64::MIN),
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

    fn decide_pledges<'a>(&self, touched: impl Iterator<Item = &'a Slot>, decisions: &mut Decisions) -> Result<(), S::Error> {
        let reads = touched.filter_map(|&slot| self.read(slot));
        for pledge in reads.flat_map(|read| read.dossier.filed_pledges()) {
            let sharing = self.shelf.pledges_sharing(&pledge_keys(&pledge.pledge))?;
            decisions.pledges.extend(threads::links(self.resolver, &pledge, sharing, &self.names));
        }
        decisions.pledges.sort_by(|one, other| (&one.dispatch, &one.pledge).cmp(&(&other.dispatch, &other.pledge)));
        Ok(())
    }

    fn decide_actors(&self, forms: &[FormId], user: &UserDecisions, decisions: &mut Decisions) -> Result<(), S::Error> {
        let mut company = Company::new(self.resolver, self.shelf, user)?;
        let new = company.take(forms)?;
        decisions.form_links = company.links(&new);
        for mut piece in pieces(&new, ACTORS, &mut |&form: &FormSlot| company.near(form))? {
            piece.items = company.in_order(piece.items);
            // Where no two are compared but those that are linked, none need be read.
            let is_told = piece.certain || piece.items.len() <= 2;
            let forms: Vec<Arc<ReadForm>> = if is_told { Vec::new() } else { company.forms(&piece.items)? };
            let known = Known::of(&piece, |&form| company.near(form))?;
            let score = &mut |one: usize, other: usize| {
                known.strength(one, other).unwrap_or_else(|| actors::score(self.resolver, &forms, one, other, user, company.alike()))
            };
            for group in groups(&piece, ACTORS, score) {
                let forms: Vec<FormId> = group.into_iter().filter_map(|at| company.id(*piece.items.get(at)?).cloned()).collect();
                decisions.actors.extend(forms.first().cloned().map(|id| ActorGroup { id, forms }));
            }
        }
        decisions.actors.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(())
    }
}
