//! Who holds an office that a text names without its holder, and which office a counterpart holds.
//!
//! In goes the state of [`crate::coreference`] at a mention; what comes out is written into it: the entity, the mentions it stands for, the
//! country. The latest person told to hold the office is meant, or, for an office that one person of a country holds, the one named further
//! down. An office of the past and an indefinite one stand for nobody.

use crate::coreference::{LOOK_BACK, Resolver};
use crate::entities::Key;
use crate::mention::{EntityData, EntityId};
use crate::reading::{Basis, OfficeFact};
use depeche_packs::{CountryCode, Determination, Sector};
use depeche_record::EntityKind;

/// The holder of an office that stands without a name is looked for among so many of those named below.
const LOOK_AHEAD: usize = 8 * LOOK_BACK;

impl Resolver<'_, '_> {
    pub(crate) fn resolve_person(&mut self, at: usize) {
        if self.drafts[at].offices.iter().any(|fact| fact.name.is_empty()) {
            self.mirror_office(at);
            let entity = self.entity[at];
            let facts: Vec<OfficeFact> = self.drafts[at].offices.clone();
            if let Some(entity) = entity {
                for fact in facts.into_iter().filter(|fact| !fact.name.is_empty()) {
                    self.offices_of.entry(entity).or_default().push(self.holders.len());
                    self.holders.push((entity, at, fact));
                }
            }
        }
        let country = self.drafts[at].country.or_else(|| self.country_pointed_at(at));
        let country = country.or_else(|| self.home.filter(|_| self.drafts[at].offices.iter().any(is_of_home)));
        if let (Some(entity), Some(country)) = (self.entity[at], country) {
            let data = &mut self.register.entities[entity.index()];
            data.country = data.country.or(Some(country));
        }
    }

    /// The country of « le président du pays » or « leur ministre ».
    pub(crate) fn country_pointed_at(&mut self, at: usize) -> Option<CountryCode> {
        if let Some(noun) = self.drafts[at].of_back {
            let back = self
                .by_token
                .get(noun)
                .and_then(|list| list.iter().copied().find(|&other| matches!(self.drafts[other].basis, Basis::Back(_))));
            if let Some(back) = back {
                self.resolve_draft(back);
                return self.meant(back).first().and_then(|&country| self.country(country));
            }
            let named = self.latest(at, 1, |resolver, other| matches!(resolver.drafts[other].basis, Basis::Country(_)));
            if let Some(&country) = named.first() {
                return self.country(country);
            }
        }
        let owner = self.owner_of(at)?;
        self.country(owner)
    }

    /// Whom the possessive determiner of a mention stands for, when it is one.
    fn owner_of(&mut self, at: usize) -> Option<usize> {
        let possessive = self.drafts[at].possessive?;
        let pronoun =
            self.by_token.get(possessive)?.iter().copied().find(|&other| matches!(self.drafts[other].basis, Basis::Pronoun(true)))?;
        self.resolve_draft(pronoun);
        match self.stands_for[pronoun][..] {
            [owner] => Some(owner),
            _ => None,
        }
    }

    /// Gives a counterpart the office of the other one.
    pub(crate) fn mirror_office(&mut self, at: usize) {
        let owner = self.owner_of(at);
        let own_country = self.drafts[at].country;
        let office_of = |resolver: &Self, other: usize| -> Option<OfficeFact> {
            let entity = resolver.entity[other];
            if entity.is_some() && entity == resolver.entity[at] {
                return None;
            }
            let held = |fact: &&OfficeFact| !fact.rank && !fact.name.is_empty() && !fact.past;
            let own = resolver.drafts[other].offices.iter().find(held);
            let of_entity = || {
                let places = resolver.offices_of.get(&entity?)?;
                places.iter().rev().take(LOOK_BACK).filter_map(|&place| resolver.holders.get(place)).map(|(.., fact)| fact).find(held)
            };
            own.or_else(of_entity).cloned()
        };
        let mirrored = owner.and_then(|owner| office_of(self, owner)).or_else(|| {
            (at.saturating_sub(LOOK_BACK)..at)
                .rev()
                .filter(|&other| self.country(other).is_none() || self.country(other) != own_country)
                .find_map(|other| office_of(self, other))
        });
        let Some(mirrored) = mirrored else { return };
        let sector = mirrored.sector;
        for fact in self.drafts[at].offices.iter_mut().filter(|fact| fact.name.is_empty()) {
            fact.name.clone_from(&mirrored.name);
            fact.base.clone_from(&mirrored.base);
            fact.unique = mirrored.unique;
            fact.sector = sector;
        }
        self.drafts[at].sector = Some(sector);
    }

    /// Finds the holder of an office that stands without a name.
    pub(crate) fn resolve_office(&mut self, at: usize) {
        let Some(fact) = self.drafts[at].offices.first().cloned() else { return };
        if self.drafts[at].country.is_none() {
            self.drafts[at].country = self.country_pointed_at(at);
        }
        let draft = &self.drafts[at];
        let definite = draft.determination != Some(Determination::Indefinite);
        if fact.name.is_empty() || fact.past || !definite {
            return;
        }
        if draft.plural {
            // « les deux présidents »
            if draft.pair || draft.country.is_none() {
                let holders = self.recent_holders(&fact, None, at, 2);
                // « les deux ministres » of whom neither has a name are the two sides.
                let pointed = self.drafts[at].pair && self.drafts[at].determination == Some(Determination::Definite);
                let sides = if holders.len() != 2 && pointed { self.two_sides(at) } else { holders };
                if sides.len() == 2 {
                    self.stands_for[at] = sides;
                }
            }
            return;
        }
        let country = draft.country;
        if let Some(&holder) = self.recent_holders(&fact, country, at, 1).first() {
            self.entity[at] = self.entity[holder];
            self.stands_for[at] = vec![holder];
            return;
        }
        // A pope or a secretary-general is no country's.
        let national = !matches!(fact.sector, Sector::Igo | Sector::Rel | Sector::Ngo);
        let country = country.or(self.context.filter(|_| national)).or(self.home.filter(|_| is_of_home(&fact)));
        self.drafts[at].country = country;
        // « le commandant iranien »: a common word for one whose office has been told.
        if !fact.unique
            && country.is_some()
            && let Some(&person) = self
                .latest(at, 1, |resolver, other| {
                    resolver.is_known_as(other, country, &fact) && !resolver.is_other_than(at, resolver.entity[other])
                })
                .first()
        {
            self.entity[at] = self.entity[person];
            self.stands_for[at] = vec![person];
            return;
        }
        // The name may come below, as under a title.
        if fact.unique
            && country.is_some()
            && let Some((entity, named)) = self
                .holders_below(at)
                .iter()
                .find(|(entity, named, held)| {
                    fits(&fact, held) && self.country(*named) == country && !self.is_other_than(at, Some(*entity))
                })
                .map(|&(entity, named, _)| (entity, named))
        {
            self.entity[at] = Some(entity);
            self.stands_for[at] = vec![named];
            return;
        }
        let (name, sector) = (self.texts[at].clone(), self.drafts[at].sector);
        self.entity[at] = Some(self.register.of_key(Key::Office(fact.name.clone(), country), || EntityData {
            kind: EntityKind::Person,
            name,
            country,
            sector,
            members: Vec::new(),
            wikidata: None,
            mentions: Vec::new(),
        }));
    }

    /// Persons named after a mention and told to hold an office, as many as are looked for.
    fn holders_below(&self, at: usize) -> &[(EntityId, usize, OfficeFact)] {
        let named = self.holders.get(..self.holders_by_name).unwrap_or_default();
        let from = named.partition_point(|(_, named, _)| *named <= at);
        &named[from..named.len().min(from + LOOK_AHEAD)]
    }

    /// The latest mentions before `at` of different persons told to hold an office, in order of the text.
    fn recent_holders(&self, fact: &OfficeFact, country: Option<CountryCode>, at: usize, count: usize) -> Vec<usize> {
        let mut found: Vec<(usize, EntityId)> = Vec::new();
        for (entity, _, held) in self.holders.iter().rev().take(LOOK_BACK) {
            let of_country = self.register.entities[entity.index()].country;
            let agrees = country.is_none() || of_country.is_none() || of_country == country || held.countries.first().copied() == country;
            if let Some(&last) = self.last_mention.get(entity)
                && last < at
                && !self.is_other_than(at, Some(*entity))
                && !held.past
                && agrees
                && fits(fact, held)
                && !found.iter().any(|(_, known)| known == entity)
            {
                found.push((last, *entity));
            }
        }
        // Where a country is asked for, one who is known to be of it comes before one who may be.
        found.sort_by_key(|&(last, entity)| (country.is_some() && self.register.entities[entity.index()].country == country, last));
        let mut latest: Vec<usize> = found.into_iter().rev().take(count).map(|(last, entity)| self.named_mention(entity, last)).collect();
        latest.sort_unstable();
        latest
    }

    /// The last mention of an entity by name that is no later than `at`, or `at`.
    pub(crate) fn named_mention(&self, entity: EntityId, at: usize) -> usize {
        (at.saturating_sub(4 * LOOK_BACK)..=at)
            .rev()
            .find(|&other| {
                self.entity[other] == Some(entity)
                    && !matches!(
                        self.drafts[other].basis,
                        Basis::Pronoun(_) | Basis::Back(_) | Basis::Office | Basis::Counterpart | Basis::Title(_)
                    )
            })
            .unwrap_or(at)
    }

    /// Whether a mention names a person of a country who holds some office in the sector of another.
    fn is_known_as(&self, at: usize, country: Option<CountryCode>, fact: &OfficeFact) -> bool {
        matches!(self.drafts[at].basis, Basis::Person(_))
            && self.country(at) == country
            && self
                .holders
                .iter()
                .rev()
                .take(LOOK_BACK)
                .any(|(entity, _, held)| Some(*entity) == self.entity[at] && held.sector == fact.sector)
    }
}

/// Whether an office whose country is not said is that of the state from whose capital the dispatch comes; an ambassador there is another's.
fn is_of_home(fact: &OfficeFact) -> bool {
    !fact.name.is_empty()
        && !fact.rank
        && !fact.past
        && fact.body.is_none()
        && matches!(fact.sector, Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Spy)
}

/// Whether an office that stands alone can be one that somebody is told to hold.
fn fits(alone: &OfficeFact, held: &OfficeFact) -> bool {
    alone.name == held.name || (alone.name == alone.base && alone.base == held.base)
}
