//! All names of countries, places and bodies of one language, in one index.
//!
//! In goes a text; out come the names in it, each with everything it may stand for: « Washington » is a capital and a government, « Conseil
//! de sécurité » the United Nations' or any state's. Which of them it is, is for the reader of the text to decide.

use crate::phrases::capitalised;
use crate::{Bodies, Body, Countries, Country, CountryCode, GenericBody, PackError, PackFiles, PhraseMatch, Phrases, Place, Places};

/// What a name stands for, by the position in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameTarget {
    /// A country.
    Country(CountryCode),
    /// The place at this position of [`Places`].
    Place(u32),
    /// The body at this position of [`Bodies`].
    Body(u32),
    /// The generic body at this position of [`Bodies::generic`].
    GenericBody(u32),
}

/// How a name stands for its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameRole {
    /// It is its name.
    Name,
    /// It is the adjective, or an inhabitant or member.
    Adjective,
    /// It is the first half of a compound adjective, with its hyphen.
    Prefix,
    /// It is the country's capital: a place, and a metonym of the government.
    Capital,
    /// It stands for the country or its government without naming it.
    Metonym,
}

/// One thing that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NameEntry {
    /// What it stands for.
    pub target: NameTarget,
    /// In what way.
    pub role: NameRole,
    /// Whether the word is often something else, so that it wants support from the context.
    pub needs_context: bool,
}

/// A name in a text.
pub type NameMatch<'gazetteer> = PhraseMatch<'gazetteer, NameEntry>;

/// The names of one language.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    /// The countries.
    pub countries: Countries,
    /// The places.
    pub places: Places,
    /// The bodies.
    pub bodies: Bodies,
    phrases: Phrases<NameEntry>,
}

/// Names of at least this many characters are also looked for in capitals, as datelines and headings have them; shorter ones in capitals
/// are abbreviations.
const SHORTEST_IN_CAPITALS: usize = 4;

impl Gazetteer {
    /// Reads all tables for `language` and compiles them.
    ///
    /// # Errors
    /// As the tables' own `load`.
    pub fn load(files: &PackFiles, language: &str) -> Result<Gazetteer, PackError> {
        let countries = Countries::load(files, language)?;
        let places = Places::load(files, language)?;
        let bodies = Bodies::load(files, language)?;
        let mut entries = Entries::default();
        for country in countries.iter() {
            entries.add_country(country);
        }
        for (at, place) in (0..).zip(places.iter()) {
            let target = NameTarget::Place(at);
            entries.add(&place.names, &place.ambiguous, target, NameRole::Name);
            entries.add(&place.adjectives, &place.ambiguous, target, NameRole::Adjective);
        }
        for (at, body) in (0..).zip(bodies.iter()) {
            let target = NameTarget::Body(at);
            entries.add(&body.names, &body.ambiguous, target, NameRole::Name);
            entries.add(&body.adjectives, &body.ambiguous, target, NameRole::Adjective);
        }
        for (at, body) in (0..).zip(bodies.generic()) {
            entries.add(&body.names, &body.ambiguous, NameTarget::GenericBody(at), NameRole::Name);
        }
        Ok(Gazetteer { countries, places, bodies, phrases: Phrases::new(entries.0) })
    }

    /// The names in a text, in order, none overlapping, the longest first.
    pub fn find(&self, text: &str) -> Vec<NameMatch<'_>> {
        self.phrases.find(text)
    }

    /// What a name by itself may stand for.
    pub fn lookup(&self, name: &str) -> &[NameEntry] {
        self.phrases.lookup(name)
    }

    /// Number of different names, spellings with and without capitals counted apart.
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether it has no names.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The country that a target is or belongs to; none for a sea, `IGO` or `NGO` for a body of no country.
    pub fn country_of(&self, target: NameTarget) -> Option<CountryCode> {
        match target {
            NameTarget::Country(code) => Some(code),
            NameTarget::Place(_) => self.place(target).and_then(|place| place.country),
            NameTarget::Body(_) => self.body(target).map(|body| body.country),
            NameTarget::GenericBody(_) => None,
        }
    }

    /// The country, if the target is one.
    pub fn country(&self, target: NameTarget) -> Option<&Country> {
        match target {
            NameTarget::Country(code) => self.countries.get(code),
            _ => None,
        }
    }

    /// The place, if the target is one.
    pub fn place(&self, target: NameTarget) -> Option<&Place> {
        match target {
            NameTarget::Place(at) => self.places.at(at as usize),
            _ => None,
        }
    }

    /// The body, if the target is one that is one of its kind.
    pub fn body(&self, target: NameTarget) -> Option<&Body> {
        match target {
            NameTarget::Body(at) => self.bodies.at(at as usize),
            _ => None,
        }
    }

    /// The generic body, if the target is one.
    pub fn generic_body(&self, target: NameTarget) -> Option<&GenericBody> {
        match target {
            NameTarget::GenericBody(at) => self.bodies.generic_at(at as usize),
            _ => None,
        }
    }
}

#[derive(Default)]
struct Entries(Vec<(String, NameEntry)>);

impl Entries {
    fn add_country(&mut self, country: &Country) {
        let target = NameTarget::Country(country.code);
        self.add(&country.names, &country.ambiguous, target, NameRole::Name);
        self.add(&country.capitals, &country.ambiguous, target, NameRole::Capital);
        self.add(&country.metonyms, &country.ambiguous, target, NameRole::Metonym);
        self.add(&country.adjectives, &country.ambiguous, target, NameRole::Adjective);
        self.add(&country.prefixes, &country.ambiguous, target, NameRole::Prefix);
    }

    fn add(&mut self, words: &[String], ambiguous: &[String], target: NameTarget, role: NameRole) {
        for word in words {
            let entry = NameEntry { target, role, needs_context: ambiguous.contains(word) };
            for way in capitalised(word) {
                let needs_context = entry.needs_context || ambiguous.contains(&way);
                self.0.push((way, NameEntry { needs_context, ..entry }));
            }
            let proper = matches!(role, NameRole::Name | NameRole::Capital) && word.chars().next().is_some_and(char::is_uppercase);
            if proper && word.chars().count() >= SHORTEST_IN_CAPITALS {
                self.0.push((word.to_uppercase(), entry));
            }
        }
    }
}
