//! Whom each mention stands for: offices, counterparts, nouns that point back, and through [`crate::pronouns`] pronouns.
//!
//! In goes a [`Reading`]; out comes [`Actors`]. One pass names what its own words name; a second goes through the text in order and gives
//! every other expression the latest that fits. What fits nobody stays unlinked.

use crate::Actors;
use crate::Directory;
use crate::entities::{Register, vote};
use crate::mention::EntityId;
use crate::names::PersonName;
use crate::quoted::Speakers;
use crate::reading::{Basis, Draft, OfficeFact, Reading};
use depeche_nlp::Doc;
use depeche_packs::CountryCode;
use depeche_predicates::Graph;
use std::collections::HashMap;

/// Resolves a reading.
pub(crate) fn resolve(doc: &Doc, graph: &Graph, directory: &Directory, reading: Reading) -> Actors {
    let first_person = reading.first_person.clone();
    let mut resolver = Resolver::new(doc, graph, directory, reading);
    resolver.name_entities();
    resolver.follow_text();
    resolver.listed_members();
    let actors = resolver.finish();
    Actors { first_person, ..actors }
}

/// Nothing is looked for further back than this many mentions.
pub(crate) const LOOK_BACK: usize = 60;

/// The state of the pass through the text.
pub(crate) struct Resolver<'a, 'doc> {
    pub(crate) doc: &'a Doc,
    pub(crate) graph: &'a Graph<'doc>,
    pub(crate) directory: &'a Directory,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) names: Vec<PersonName>,
    pub(crate) texts: Vec<String>,
    pub(crate) register: Register,
    pub(crate) entity: Vec<Option<EntityId>>,
    /// For expressions that point back: the mentions they stand for.
    pub(crate) stands_for: Vec<Vec<usize>>,
    /// Mentions by the tokens that denote them.
    pub(crate) by_token: Vec<Vec<usize>>,
    pub(crate) sentence: Vec<usize>,
    /// Persons told to hold an office, in order of the text.
    pub(crate) holders: Vec<(EntityId, usize, OfficeFact)>,
    /// How many of these are known before the pass: those stand in order of their mentions.
    pub(crate) holders_by_name: usize,
    /// The places in `holders` of every person told to hold an office.
    pub(crate) offices_of: HashMap<EntityId, Vec<usize>>,
    /// Mentions of every entity so far, which the pass goes through.
    pub(crate) last_mention: HashMap<EntityId, usize>,
    pub(crate) resolved: Vec<bool>,
    /// Who speaks in the quotations.
    pub(crate) speakers: Speakers,
    /// The only country that the text speaks of, if it is only one.
    pub(crate) context: Option<CountryCode>,
    /// The country whose capital the dateline names: whose officials a dispatch need not say.
    pub(crate) home: Option<CountryCode>,
}

impl<'a, 'doc> Resolver<'a, 'doc> {
    fn new(doc: &'a Doc, graph: &'a Graph<'doc>, directory: &'a Directory, reading: Reading) -> Self {
        let Reading { drafts, names, home, .. } = reading;
        let mut sentence = vec![0; doc.len()];
        for (number, tokens) in doc.sentences().into_iter().enumerate() {
            sentence[tokens].fill(number);
        }
        let mut by_token: Vec<Vec<usize>> = vec![Vec::new(); doc.len()];
        for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.embedded) {
            let own = matches!(
                draft.basis,
                Basis::Person(_) | Basis::Organisation | Basis::Body(_) | Basis::Place(_) | Basis::Country(_) | Basis::Capital(_)
            );
            let tokens = draft.also.iter().copied().chain([draft.head]).chain(draft.tokens.clone().filter(|_| own));
            for token in tokens {
                if let Some(list) = by_token.get_mut(token)
                    && !list.contains(&at)
                {
                    list.push(at);
                }
            }
        }
        let count = drafts.len();
        let texts = drafts.iter().map(|draft| doc.slice(draft.tokens.clone()).to_owned()).collect();
        Resolver {
            doc,
            graph,
            directory,
            drafts,
            names,
            texts,
            register: Register::default(),
            entity: vec![None; count],
            stands_for: vec![Vec::new(); count],
            by_token,
            sentence,
            holders: Vec::new(),
            holders_by_name: 0,
            offices_of: HashMap::new(),
            last_mention: HashMap::new(),
            resolved: vec![false; count],
            speakers: Speakers::default(),
            context: None,
            home,
        }
    }

    /// First pass: what its own words name.
    fn name_entities(&mut self) {
        let persons = self.register.persons(&self.names);
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            self.entity[at] = match draft.basis {
                Basis::Person(name) | Basis::Title(name) => persons.get(name).copied(),
                // These ask the text first.
                Basis::Generic(_) | Basis::Group(_) if draft.country.is_none() => None,
                _ => self.register.of_draft(draft, &self.texts[at], self.directory),
            };
        }
        let mut said: HashMap<EntityId, Vec<CountryCode>> = HashMap::new();
        for (draft, entity) in self.drafts.iter().zip(&self.entity) {
            if let (Basis::Person(_), Some(entity), Some(country)) = (&draft.basis, entity, draft.country) {
                said.entry(*entity).or_default().push(country);
            }
        }
        for (draft, entity) in self.drafts.iter().zip(&self.entity) {
            let (Basis::Person(_), Some(entity)) = (&draft.basis, entity) else { continue };
            let data = &mut self.register.entities[entity.index()];
            data.country = data.country.or_else(|| said.get(entity).and_then(|countries| vote(countries.iter().copied())));
            data.sector = data.sector.or(draft.sector);
        }
        self.recognise_public_persons();
        self.speakers = Speakers::new(self.doc, self.graph, &self.drafts);
        for (at, (draft, entity)) in self.drafts.iter().zip(&self.entity).enumerate() {
            if let (Basis::Person(_), Some(entity)) = (&draft.basis, entity) {
                self.holders.extend(draft.offices.iter().filter(|fact| !fact.name.is_empty()).map(|fact| (*entity, at, fact.clone())));
            }
        }
        self.holders_by_name = self.holders.len();
        for (place, (entity, ..)) in self.holders.iter().enumerate() {
            self.offices_of.entry(*entity).or_default().push(place);
        }
        let countries = self
            .drafts
            .iter()
            .filter(|draft| draft.content && draft.recorded)
            .filter_map(|draft| draft.country)
            .filter(|country| country.is_country());
        let countries: Vec<CountryCode> = countries.collect();
        let most = vote(countries.iter().copied());
        // Certain enough: nearly all of the text is about it.
        self.context = most.filter(|most| {
            let count = countries.iter().filter(|country| *country == most).count();
            count * 4 >= countries.len() * 3
        });
    }

    /// Second pass: everything else, in order of the text.
    fn follow_text(&mut self) {
        for at in 0..self.drafts.len() {
            self.resolve_draft(at);
            if let Some(entity) = self.entity[at]
                && self.drafts[at].content
            {
                self.last_mention.insert(entity, at);
            }
        }
    }

    pub(crate) fn resolve_draft(&mut self, at: usize) {
        if std::mem::replace(&mut self.resolved[at], true) {
            return;
        }
        match self.drafts[at].basis.clone() {
            Basis::Person(_) => self.resolve_person(at),
            Basis::Office => self.resolve_office(at),
            Basis::Counterpart => {
                self.mirror_office(at);
                self.resolve_office(at);
            }
            Basis::Organisation => self.stands_for[at] = self.countries_in_name(at),
            Basis::Generic(_) | Basis::Group(_) if self.drafts[at].country.is_none() => self.resolve_common_noun(at),
            Basis::Back(noun) => self.resolve_back_noun(at, noun),
            Basis::Pronoun(possessive) => self.stands_for[at] = self.pronoun(at, possessive),
            _ => {}
        }
        if let [only] = self.stands_for[at][..]
            && self.entity[at].is_none()
        {
            self.entity[at] = self.entity[only];
        }
    }

    /// The countries that the name of a body ends in, where they are two: it acts for both.
    fn countries_in_name(&self, at: usize) -> Vec<usize> {
        let tokens = &self.drafts[at].tokens;
        let inside = |other: &usize| {
            let draft = &self.drafts[*other];
            matches!(draft.basis, Basis::Country(_)) && tokens.start < draft.tokens.start && draft.tokens.end <= tokens.end
        };
        let countries: Vec<usize> =
            (at + 1..self.drafts.len()).take_while(|&other| self.drafts[other].tokens.start < tokens.end).filter(inside).collect();
        if countries.len() == 2 { countries } else { Vec::new() }
    }

    /// Whom a mention stands for, itself where it names somebody.
    pub(crate) fn meant(&self, at: usize) -> Vec<usize> {
        match self.drafts[at].basis {
            Basis::Pronoun(_) | Basis::Back(_) => self.stands_for[at].clone(),
            _ if !self.stands_for[at].is_empty() => self.stands_for[at].clone(),
            _ => vec![at],
        }
    }

    /// The country that a mention represents, as far as known now.
    pub(crate) fn country(&self, at: usize) -> Option<CountryCode> {
        let own = self.drafts[at].country;
        let of_entity = self.entity[at].and_then(|entity| self.register.entities[entity.index()].country);
        match self.drafts[at].basis {
            Basis::Person(_) => of_entity.or(own),
            _ => own.or(of_entity),
        }
    }

    /// Whether a mention speaks of somebody else than `entity`, as what is quoted does of its speaker.
    pub(crate) fn is_other_than(&self, at: usize, entity: Option<EntityId>) -> bool {
        entity.is_some() && self.speakers.at(self.drafts[at].head).is_some_and(|speaker| self.entity[speaker] == entity)
    }

    pub(crate) fn is_person(&self, at: usize) -> bool {
        matches!(self.drafts[at].basis, Basis::Person(_) | Basis::Office | Basis::Counterpart)
    }

    pub(crate) fn is_actor(&self, at: usize) -> bool {
        !self.drafts[at].embedded
            && !matches!(
                self.drafts[at].basis,
                Basis::Pronoun(_) | Basis::Back(_) | Basis::Place(_) | Basis::Capital(_) | Basis::Nationality
            )
    }

    /// The latest mentions before `at` of different entities that a test takes, in order of the text.
    pub(crate) fn latest(&self, at: usize, count: usize, test: impl Fn(&Self, usize) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for other in (at.saturating_sub(LOOK_BACK)..at).rev() {
            let fresh =
                |found: &[usize]| !found.iter().any(|&known| self.entity[known].is_some() && self.entity[known] == self.entity[other]);
            if found.len() < count && self.drafts[other].content && test(self, other) && fresh(&found) {
                found.push(other);
            }
        }
        found.reverse();
        found
    }
}
