//! Entities: which mentions name one and the same, by their own words alone.
//!
//! In go drafts and names; out comes a [`Register`] of entities. Countries, places and bodies are one by the tables, organisations by their
//! letters, persons by their names as far as one text allows: a surname joins the full name that has it, a given name that contradicts keeps
//! apart. Offices and pronouns are not joined here.

use crate::Directory;
use crate::mention::{EntityData, EntityId, MemberData};
use crate::names::PersonName;
use crate::reading::{Basis, Draft};
use depeche_packs::{CountryCode, NameTarget};
use depeche_record::EntityKind;
use std::collections::HashMap;

/// By what an entity is known again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Country(CountryCode),
    Capital(CountryCode),
    Table(NameTarget),
    Generic(String, Option<CountryCode>),
    Organisation(String),
    Place(String),
    Group(String, Option<CountryCode>),
    People(CountryCode),
    Office(String, Option<CountryCode>),
}

/// The entities of a text.
#[derive(Debug, Default)]
pub(crate) struct Register {
    pub(crate) entities: Vec<EntityData>,
    by_key: HashMap<Key, EntityId>,
}

/// Names are compared with at most this many persons before them, so that a list of thousands stays cheap.
const COMPARED_PERSONS: usize = 256;

impl Register {
    /// The entity of a key, made where it is new.
    pub(crate) fn of_key(&mut self, key: Key, make: impl FnOnce() -> EntityData) -> EntityId {
        if let Some(&entity) = self.by_key.get(&key) {
            return entity;
        }
        let entity = self.add(make());
        self.by_key.insert(key, entity);
        entity
    }

    /// The entity of a key, if there is one.
    pub(crate) fn get(&self, key: &Key) -> Option<EntityId> {
        self.by_key.get(key).copied()
    }

    /// A new entity.
    pub(crate) fn add(&mut self, data: EntityData) -> EntityId {
        self.entities.push(data);
        EntityId(u32::try_from(self.entities.len() - 1).unwrap_or(u32::MAX))
    }

    /// The entity of a draft whose own words say which it is.
    pub(crate) fn of_draft(&mut self, draft: &Draft, text: &str, directory: &Directory) -> Option<EntityId> {
        let named = |kind: EntityKind, name: &str| EntityData {
            kind,
            name: name.to_owned(),
            country: draft.country,
            sector: draft.sector,
            members: Vec::new(),
            wikidata: None,
            mentions: Vec::new(),
        };
        let tables = &directory.gazetteer;
        Some(match &draft.basis {
            Basis::Country(code) => self.of_key(Key::Country(*code), || {
                named(EntityKind::Country, tables.countries.get(*code).map_or(text, |country| country.name()))
            }),
            Basis::Capital(code) => self.of_key(Key::Capital(*code), || EntityData {
                sector: None,
                ..named(EntityKind::Place, draft.site.as_ref().map_or(text, |site| &site.name))
            }),
            Basis::Place(Some(target)) => {
                self.of_key(Key::Table(*target), || named(EntityKind::Place, tables.place(*target).map_or(text, |place| place.name())))
            }
            Basis::Place(None) => self.of_key(Key::Place(text.to_lowercase()), || named(EntityKind::Place, text)),
            Basis::Body(target) => {
                let body = tables.body(*target)?;
                let kind = if body.kind == depeche_packs::BodyKind::Format { EntityKind::Format } else { EntityKind::Body };
                self.of_key(Key::Table(*target), || EntityData {
                    members: body.members.iter().map(|&country| MemberData { country, span: None }).collect(),
                    wikidata: body.wikidata.clone(),
                    ..named(kind, body.name())
                })
            }
            Basis::Generic(name) => self.of_key(Key::Generic(name.clone(), draft.country), || named(EntityKind::Body, text)),
            Basis::Organisation => self.of_key(Key::Organisation(text.to_lowercase()), || named(EntityKind::Body, text)),
            Basis::Group(name) if draft.recorded && draft.country.is_some() => {
                self.of_key(Key::Group(name.clone(), draft.country), || named(EntityKind::People, text))
            }
            Basis::Nationality if draft.recorded => self.of_key(Key::People(draft.country?), || named(EntityKind::People, text)),
            Basis::Nationality => self.get(&Key::Country(draft.country?))?,
            _ => return None,
        })
    }

    /// The persons that the names stand for, one a name.
    pub(crate) fn persons(&mut self, names: &[PersonName]) -> Vec<EntityId> {
        /// A person with all fuller names seen.
        struct Known {
            entity: EntityId,
            names: Vec<usize>,
        }
        let mut known: Vec<Known> = Vec::new();
        let mut persons = vec![None; names.len()];
        // Full names first: a bare surname in a title waits for the name below it.
        let full = |at: &usize| names[*at].words.len() > 1;
        let order: Vec<usize> = (0..names.len()).filter(full).chain((0..names.len()).filter(|at| !full(at))).collect();
        for at in order {
            let name = &names[at];
            let recent = known.len().saturating_sub(COMPARED_PERSONS);
            let agrees = |person: &Known| person.names.iter().all(|&other| names[other].agrees(name));
            // Among several that a bare surname fits, the one named last before it.
            let nearest = |person: &&mut Known| {
                let before = person.names.iter().filter(|&&other| other <= at).max().copied();
                (before.is_some(), before.unwrap_or(0), usize::MAX - person.names[0])
            };
            let found = known[recent..].iter_mut().filter(|person| agrees(person)).max_by_key(nearest);
            let entity = match found {
                Some(person) => {
                    if person.names.len() < 8 && (full(&at) || !person.names.iter().any(full)) {
                        person.names.push(at);
                    }
                    let fullest = &mut self.entities[person.entity.index()].name;
                    let joined = name.words.join(" ");
                    let shouted = |name: &str| !name.chars().any(char::is_lowercase);
                    let (own, known) = (joined.chars().count(), fullest.chars().count());
                    if own > known || own == known && shouted(fullest) && !shouted(&joined) {
                        *fullest = joined;
                    }
                    person.entity
                }
                None => {
                    let entity = self.add(EntityData {
                        kind: EntityKind::Person,
                        name: name.words.join(" "),
                        country: None,
                        sector: None,
                        members: Vec::new(),
                        wikidata: None,
                        mentions: Vec::new(),
                    });
                    known.push(Known { entity, names: vec![at] });
                    entity
                }
            };
            persons[at] = Some(entity);
        }
        persons.into_iter().flatten().collect()
    }
}

/// The country that most of those say, the first of equals.
pub(crate) fn vote(countries: impl Iterator<Item = CountryCode>) -> Option<CountryCode> {
    let mut counts: Vec<(CountryCode, usize)> = Vec::new();
    for country in countries {
        match counts.iter_mut().find(|(known, _)| *known == country) {
            Some((_, count)) => *count += 1,
            None => counts.push((country, 1)),
        }
    }
    let most = counts.iter().map(|&(_, count)| count).max()?;
    counts.into_iter().find(|&(_, count)| count == most).map(|(country, _)| country)
}
