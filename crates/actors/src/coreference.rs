//! Whom each mention stands for: offices, counterparts, nouns that point back, and through [`crate::pronouns`] pronouns.
//!
//! In goes a [`Reading`]; out comes [`Actors`]. One pass names what its own words name; a second goes through the text in order and gives
//! every other expression the latest that fits. What fits nobody stays unlinked.

use crate::Actors;
use crate::Directory;
use crate::entities::{Key, Register, vote};
use crate::mention::{EntityData, EntityId, Mention, MentionId, RoleData};
use crate::names::PersonName;
use crate::reading::{Basis, Draft, OfficeFact, Reading};
use depeche_nlp::Doc;
use depeche_packs::{BackNoun, CountryCode, Determination, Relation};
use depeche_predicates::Graph;
use depeche_record::{CharSpan, EntityKind};
use std::collections::HashMap;

/// Resolves a reading.
pub(crate) fn resolve(doc: &Doc, graph: &Graph, directory: &Directory, reading: Reading) -> Actors {
    let first_person = reading.first_person.clone();
    let mut resolver = Resolver::new(doc, graph, directory, reading);
    resolver.name_entities();
    resolver.follow_text();
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
    names: Vec<PersonName>,
    texts: Vec<String>,
    pub(crate) register: Register,
    pub(crate) entity: Vec<Option<EntityId>>,
    /// For expressions that point back: the mentions they stand for.
    pub(crate) stands_for: Vec<Vec<usize>>,
    /// Mentions by the tokens that denote them.
    pub(crate) by_token: Vec<Vec<usize>>,
    pub(crate) sentence: Vec<usize>,
    /// Persons told to hold an office, in order of the text.
    holders: Vec<(EntityId, usize, OfficeFact)>,
    /// Mentions of every entity so far, which the pass goes through.
    last_mention: HashMap<EntityId, usize>,
    resolved: Vec<bool>,
    /// The only country that the text speaks of, if it is only one.
    context: Option<CountryCode>,
}

impl<'a, 'doc> Resolver<'a, 'doc> {
    fn new(doc: &'a Doc, graph: &'a Graph<'doc>, directory: &'a Directory, reading: Reading) -> Self {
        let Reading { drafts, names, .. } = reading;
        let mut sentence = vec![0; doc.len()];
        for (number, tokens) in doc.sentences().into_iter().enumerate() {
            sentence[tokens].fill(number);
        }
        let mut by_token: Vec<Vec<usize>> = vec![Vec::new(); doc.len()];
        for (at, draft) in drafts.iter().enumerate() {
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
            last_mention: HashMap::new(),
            resolved: vec![false; count],
            context: None,
        }
    }

    /// First pass: what its own words name.
    fn name_entities(&mut self) {
        let persons = self.register.persons(&self.names);
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            self.entity[at] = match draft.basis {
                Basis::Person(name) => persons.get(name).copied(),
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
        // Whoever the text leaves without a country may be of public life.
        for data in self.register.entities.iter_mut().filter(|data| data.kind == EntityKind::Person && data.country.is_none()) {
            if let Some(person) = self.directory.persons.get(&data.name) {
                data.country = Some(person.country);
                data.sector = data.sector.or(Some(person.sector));
            }
        }
        for (at, (draft, entity)) in self.drafts.iter().zip(&self.entity).enumerate() {
            if let (Basis::Person(_), Some(entity)) = (&draft.basis, entity) {
                self.holders.extend(draft.offices.iter().filter(|fact| !fact.name.is_empty()).map(|fact| (*entity, at, fact.clone())));
            }
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

    fn resolve_draft(&mut self, at: usize) {
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

    fn resolve_person(&mut self, at: usize) {
        if self.drafts[at].offices.iter().any(|fact| fact.name.is_empty()) {
            self.mirror_office(at);
            let entity = self.entity[at];
            let facts: Vec<OfficeFact> = self.drafts[at].offices.clone();
            if let Some(entity) = entity {
                self.holders.extend(facts.into_iter().filter(|fact| !fact.name.is_empty()).map(|fact| (entity, at, fact)));
            }
        }
        let country = self.drafts[at].country.or_else(|| self.country_pointed_at(at));
        if let (Some(entity), Some(country)) = (self.entity[at], country) {
            let data = &mut self.register.entities[entity.index()];
            data.country = data.country.or(Some(country));
        }
    }

    /// The country of « le président du pays » or « leur ministre ».
    fn country_pointed_at(&mut self, at: usize) -> Option<CountryCode> {
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
    fn mirror_office(&mut self, at: usize) {
        let owner = self.owner_of(at);
        let own_country = self.drafts[at].country;
        let office_of = |resolver: &Self, other: usize| -> Option<OfficeFact> {
            let entity = resolver.entity[other];
            if entity.is_some() && entity == resolver.entity[at] {
                return None;
            }
            let held = |fact: &&OfficeFact| !fact.rank && !fact.name.is_empty() && !fact.past;
            let own = resolver.drafts[other].offices.iter().find(held);
            let of_entity =
                || resolver.holders.iter().rev().find(|(holder, _, fact)| Some(*holder) == entity && held(&fact)).map(|(_, _, fact)| fact);
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
    fn resolve_office(&mut self, at: usize) {
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
                if holders.len() == 2 {
                    self.stands_for[at] = holders;
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
        let country = country.or(self.context);
        self.drafts[at].country = country;
        // « le commandant iranien »: a common word for one whose office has been told.
        if !fact.unique
            && country.is_some()
            && let Some(&person) = self.latest(at, 1, |resolver, other| resolver.is_known_as(other, country, &fact)).first()
        {
            self.entity[at] = self.entity[person];
            self.stands_for[at] = vec![person];
            return;
        }
        // The name may come below, as under a title.
        if fact.unique
            && country.is_some()
            && let Some((entity, named, _)) =
                self.holders.iter().find(|(_, named, held)| *named > at && fits(&fact, held) && self.country(*named) == country)
        {
            self.entity[at] = Some(*entity);
            self.stands_for[at] = vec![*named];
            return;
        }
        let (name, sector) = (self.texts[at].clone(), self.drafts[at].sector);
        self.entity[at] = Some(self.register.of_key(Key::Office(fact.name.clone(), country), || EntityData {
            kind: EntityKind::Person,
            name,
            country,
            sector,
            members: Vec::new(),
            mentions: Vec::new(),
        }));
    }

    /// The latest mentions before `at` of different persons told to hold an office, in order of the text.
    fn recent_holders(&self, fact: &OfficeFact, country: Option<CountryCode>, at: usize, count: usize) -> Vec<usize> {
        let mut found: Vec<(usize, EntityId)> = Vec::new();
        for (entity, _, held) in self.holders.iter().rev().take(LOOK_BACK) {
            let of_country = self.register.entities[entity.index()].country;
            let agrees = country.is_none() || of_country.is_none() || of_country == country || held.countries.first().copied() == country;
            if let Some(&last) = self.last_mention.get(entity)
                && last < at
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
    fn named_mention(&self, entity: EntityId, at: usize) -> usize {
        (at.saturating_sub(4 * LOOK_BACK)..=at)
            .rev()
            .find(|&other| {
                self.entity[other] == Some(entity)
                    && !matches!(self.drafts[other].basis, Basis::Pronoun(_) | Basis::Back(_) | Basis::Office | Basis::Counterpart)
            })
            .unwrap_or(at)
    }

    /// « l'armée », « les autorités »: whose it is, where the text has said so.
    fn resolve_common_noun(&mut self, at: usize) {
        let country = self.country_pointed_at(at).or_else(|| {
            if self.drafts[at].determination == Some(Determination::Indefinite) {
                return None;
            }
            let same = |other: usize| self.drafts[other].basis == self.drafts[at].basis && self.drafts[other].country.is_some();
            let before = (at.saturating_sub(LOOK_BACK)..at).rev().find(|&other| same(other));
            before.and_then(|other| self.drafts[other].country).or(self.context)
        });
        let government = self.drafts[at].country.is_some() || country.is_some();
        let draft = &mut self.drafts[at];
        draft.country = country;
        if let (Basis::Group(_), Some(sector)) = (&draft.basis, draft.sector) {
            draft.political |= government && crate::reading::is_political(sector);
        }
        self.entity[at] = self.register.of_draft(&self.drafts[at], &self.texts[at], self.directory);
    }

    /// « le pays », « les deux parties », « ce dernier ».
    fn resolve_back_noun(&mut self, at: usize, noun: BackNoun) {
        let draft = &self.drafts[at];
        let pointed = matches!(draft.determination, Some(Determination::Definite | Determination::Demonstrative)) || draft.pair;
        let demonstrative = draft.determination == Some(Determination::Demonstrative);
        if !pointed || draft.country.is_some() {
            return;
        }
        let plural = draft.plural || draft.pair;
        self.stands_for[at] = match noun {
            BackNoun::Country if !plural => self.latest(at, 1, |resolver, other| matches!(resolver.drafts[other].basis, Basis::Country(_))),
            BackNoun::Country | BackNoun::Party if draft.pair => self.two_sides(at),
            BackNoun::Party if plural && (demonstrative || draft.pair) => self.two_sides(at),
            BackNoun::Person if draft.pair => self.latest(at, 2, Self::is_person),
            BackNoun::Person if demonstrative && !plural => self.latest(at, 1, Self::is_person),
            BackNoun::Last if demonstrative || self.graph.relation(draft.head) != Relation::Adjective => {
                let count = if plural { 2 } else { 1 };
                if self.drafts[at].tokens.len() == 1 { self.latest(at, count, Self::is_actor) } else { Vec::new() }
            }
            _ => Vec::new(),
        };
        if plural && self.stands_for[at].len() < 2 {
            self.stands_for[at].clear();
        }
    }

    /// The latest two actors of different countries, a country by name before those who act for it.
    fn two_sides(&self, at: usize) -> Vec<usize> {
        let mut sides: Vec<(CountryCode, usize)> = Vec::new();
        for other in (at.saturating_sub(LOOK_BACK)..at).rev() {
            let draft = &self.drafts[other];
            let acts = draft.content && draft.political && draft.recorded && !matches!(draft.basis, Basis::Pronoun(_) | Basis::Back(_));
            let Some(country) = self.country(other).filter(|country| acts && country.is_country()) else { continue };
            if !sides.iter().any(|(known, _)| *known == country) {
                if sides.len() == 2 {
                    break;
                }
                sides.push((country, other));
            }
        }
        let mut sides: Vec<usize> = sides.into_iter().map(|(_, side)| side).collect();
        sides.sort_unstable();
        sides
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

    pub(crate) fn is_person(&self, at: usize) -> bool {
        matches!(self.drafts[at].basis, Basis::Person(_) | Basis::Office | Basis::Counterpart)
    }

    pub(crate) fn is_actor(&self, at: usize) -> bool {
        !matches!(self.drafts[at].basis, Basis::Pronoun(_) | Basis::Back(_) | Basis::Place(_) | Basis::Capital(_) | Basis::Nationality)
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

    /// Writes the answer.
    fn finish(mut self) -> Actors {
        let mut order: Vec<Option<EntityId>> = vec![None; self.register.entities.len()];
        let mut entities: Vec<EntityData> = Vec::new();
        for at in 0..self.drafts.len() {
            let Some(old) = self.entity[at] else { continue };
            let new = *order[old.index()].get_or_insert_with(|| {
                entities.push(self.register.entities[old.index()].clone());
                EntityId(u32::try_from(entities.len() - 1).unwrap_or(u32::MAX))
            });
            entities[new.index()].mentions.push(MentionId(at as u32));
        }
        let renumber = |old: Option<EntityId>| old.and_then(|old| order[old.index()]);
        let naming: Vec<Option<MentionId>> = (0..self.drafts.len())
            .map(|at| match self.stands_for[at][..] {
                [only] => {
                    let named = self.entity[only].map_or(only, |entity| self.named_mention(entity, only));
                    (named != at).then_some(MentionId(named as u32))
                }
                _ => None,
            })
            .collect();
        let mut roles: Vec<RoleData> = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            let Some(entity) = renumber(self.entity[at]) else { continue };
            // An office that led to its holder says no more than was said of them.
            if draft.basis == Basis::Office && !self.stands_for[at].is_empty() {
                continue;
            }
            for fact in draft.offices.iter().filter(|fact| !fact.name.is_empty() && !draft.plural) {
                let country = fact.countries.first().copied().or(entities[entity.index()].country);
                let known = |role: &RoleData| {
                    role.entity == entity && role.office == fact.name && role.past == fact.past && role.country == country
                };
                if !roles.iter().rev().take(4 * LOOK_BACK).any(known) {
                    let span = CharSpan::from(self.doc.chars(fact.tokens.clone()));
                    roles.push(RoleData { entity, office: fact.name.clone(), body: fact.body.clone(), country, past: fact.past, span });
                }
            }
        }
        let countries: Vec<Option<CountryCode>> = (0..self.drafts.len())
            .map(|at| match self.stands_for[at][..] {
                [only] => self.country(at).or(self.country(only)),
                _ => self.country(at),
            })
            .collect();
        let sectors: Vec<_> = (0..self.drafts.len())
            .map(|at| self.drafts[at].sector.or_else(|| self.entity[at].and_then(|entity| self.register.entities[entity.index()].sector)))
            .collect();
        let political: Vec<bool> = (0..self.drafts.len())
            .map(|at| self.drafts[at].political || self.stands_for[at].iter().any(|&other| self.drafts[other].political))
            .collect();
        let (denoted, first_denoted) = self.denoted();
        let texts = std::mem::take(&mut self.texts);
        let mut record_ids = Vec::with_capacity(self.drafts.len());
        let mut recorded = 0;
        for (draft, antecedents) in self.drafts.iter().zip(&self.stands_for) {
            let pointing = matches!(draft.basis, Basis::Pronoun(_) | Basis::Back(_));
            let nameless = matches!(draft.basis, Basis::Group(_)) && draft.country.is_none();
            let written = draft.recorded && !nameless && (!pointing || !antecedents.is_empty());
            recorded += u32::from(written);
            record_ids.push(if written { recorded } else { 0 });
        }
        let mentions = self.drafts.iter().zip(texts).enumerate().map(|(at, (draft, text))| Mention {
            head: draft.head,
            tokens: draft.tokens.clone(),
            span: CharSpan::from(self.doc.chars(draft.tokens.clone())),
            text,
            kind: draft.kind,
            entity: renumber(self.entity[at]),
            country: countries[at],
            sector: sectors[at],
            political: political[at],
            site: draft.site.clone(),
            recorded: record_ids[at] > 0,
            antecedent: naming[at],
        });
        Actors { mentions: mentions.collect(), entities, roles, denoted, first_denoted, first_person: Vec::new(), record_ids }
    }

    /// What every token denotes, flattened.
    fn denoted(&self) -> (Vec<MentionId>, Vec<u32>) {
        let mut own: Vec<Vec<MentionId>> = vec![Vec::new(); self.doc.len()];
        for (token, list) in self.by_token.iter().enumerate() {
            for &at in list {
                let plural = self.stands_for[at].len() > 1;
                let pointing = matches!(self.drafts[at].basis, Basis::Pronoun(_) | Basis::Back(_));
                let meant = if plural {
                    self.stands_for[at].clone()
                } else if pointing && self.stands_for[at].is_empty() {
                    Vec::new()
                } else {
                    vec![at]
                };
                own[token].extend(meant.into_iter().map(|at| MentionId(at as u32)));
            }
        }
        // A noun that says nothing of itself gives way to what is beside it or counted by it.
        for token in (0..self.doc.len()).rev() {
            if !own[token].is_empty() || !matches!(self.doc.token(token).pos(), "NOUN" | "PROPN" | "NUM" | "PRON" | "ADJ") {
                continue;
            }
            let quantity = self.directory.reference.is_quantity(&self.doc.token(token).form().to_lowercase());
            let beside = self.graph.children(token).iter().copied().find(|&child| {
                let counted = quantity
                    && self.graph.relation(child) == Relation::NominalModifier
                    && self.graph.preposition(child).is_some_and(|preposition| self.directory.reference.is_complement(preposition));
                let apposed = matches!(self.graph.relation(child), Relation::Apposition | Relation::Flat);
                (counted || apposed) && !own[child].is_empty()
            });
            if let Some(child) = beside {
                own[token] = own[child].clone();
            }
        }
        let mut denoted = Vec::new();
        let mut first = vec![0];
        for list in own {
            denoted.extend(list);
            first.push(u32::try_from(denoted.len()).unwrap_or(u32::MAX));
        }
        (denoted, first)
    }
}

/// Whether an office that stands alone can be one that somebody is told to hold.
fn fits(alone: &OfficeFact, held: &OfficeFact) -> bool {
    alone.name == held.name || (alone.name == alone.base && alone.base == held.base)
}
