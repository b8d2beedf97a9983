//! What the tables know of a text's words: names of the gazetteer, terms of office, names of their holders, the recogniser's entities, each
//! on its tokens.
//!
//! In go a document and the directory; out come [`Sightings`], found in one pass each. What a sighting means where it stands is decided by
//! the readers after this one.

use crate::Directory;
use depeche_nlp::{Doc, Token};
use depeche_packs::{CountryCode, HolderName, NameEntry, NameKind, NameRole, NameTarget, OfficeModifier, OfficeTerm};
use std::ops::Range;

/// A name of the gazetteer in the text.
#[derive(Debug, Clone)]
pub(crate) struct NameSighting<'tables> {
    pub(crate) tokens: Range<usize>,
    /// Whether it covers its tokens wholly, which the halves of « irano-russe » in one token do not.
    pub(crate) whole: bool,
    pub(crate) entries: &'tables [NameEntry],
}

/// A term of the office table in the text.
#[derive(Debug, Clone)]
pub(crate) struct TermSighting<'tables> {
    pub(crate) tokens: Range<usize>,
    pub(crate) terms: &'tables [OfficeTerm],
}

/// A named entity of the recogniser.
#[derive(Debug, Clone)]
pub(crate) struct Recognised {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: NameKind,
}

/// All of them.
#[derive(Debug)]
pub(crate) struct Sightings<'tables> {
    pub(crate) names: Vec<NameSighting<'tables>>,
    pub(crate) terms: Vec<TermSighting<'tables>>,
    pub(crate) recognised: Vec<Recognised>,
    /// Names of holders of office that cover their tokens wholly.
    pub(crate) holders: Vec<(Range<usize>, HolderName)>,
    /// For every token one more than the first sighting that covers it, 0 for none.
    name_at: Vec<u32>,
    term_at: Vec<u32>,
    recognised_at: Vec<u32>,
}

impl<'tables> Sightings<'tables> {
    /// Looks a document up.
    pub(crate) fn new(doc: &Doc, directory: &'tables Directory) -> Self {
        let ends: Vec<usize> = doc.tokens().map(|token| token.bytes().end).collect();
        let covering = |bytes: &Range<usize>| {
            let start = ends.partition_point(|&end| end <= bytes.start);
            let end = (ends.partition_point(|&end| end < bytes.end) + 1).min(ends.len());
            start..end
        };
        let covers_wholly = |tokens: &Range<usize>, bytes: &Range<usize>| {
            !tokens.is_empty() && doc.token(tokens.start).bytes().start == bytes.start && doc.token(tokens.end - 1).bytes().end == bytes.end
        };
        let holders: Vec<(Range<usize>, HolderName)> = directory
            .holders
            .find(doc.text())
            .into_iter()
            .filter_map(|found| {
                let tokens = covering(&found.bytes);
                let how = *found.values.first()?;
                covers_wholly(&tokens, &found.bytes).then_some((tokens, how))
            })
            .collect();
        // « Israël Katz »: a country's name within a person's is none of its own.
        let in_holder = |tokens: &Range<usize>| {
            let past = holders.partition_point(|(holder, _)| holder.end <= tokens.start);
            holders
                .get(past)
                .is_some_and(|(holder, _)| holder.start <= tokens.start && tokens.end <= holder.end && holder.len() > tokens.len())
        };
        let names: Vec<NameSighting> = directory
            .gazetteer
            .find(doc.text())
            .into_iter()
            .map(|found| {
                let tokens = covering(&found.bytes);
                let whole = covers_wholly(&tokens, &found.bytes);
                NameSighting { tokens, whole, entries: found.values }
            })
            .filter(|sighting| !sighting.tokens.is_empty() && !in_holder(&sighting.tokens))
            .collect();
        let terms: Vec<TermSighting> = directory
            .offices
            .find(doc.text())
            .into_iter()
            .map(|found| (covering(&found.bytes), found))
            .filter(|(tokens, found)| {
                // A part of a hyphenated word is no term of its own where the whole is a name: « États-Unis ».
                let whole = covers_wholly(tokens, &found.bytes);
                let named = |name: &NameSighting| name.whole && name.tokens.start < tokens.end && tokens.start < name.tokens.end;
                whole || !(tokens.is_empty() || is_among(&names, tokens.start, named))
            })
            .map(|(tokens, found)| TermSighting { tokens, terms: found.values })
            .collect();
        let recognised: Vec<Recognised> = doc
            .ents()
            .iter()
            .filter_map(|span| {
                let kind = directory.reference.label(doc.label(span.label))?;
                let tokens = span.start as usize..(span.end as usize).min(doc.len());
                (!tokens.is_empty()).then_some(Recognised { tokens, kind })
            })
            .collect();
        let name_at = cover(doc.len(), names.iter().map(|sighting| &sighting.tokens));
        let term_at = cover(doc.len(), terms.iter().map(|sighting| &sighting.tokens));
        let recognised_at = cover(doc.len(), recognised.iter().map(|entity| &entity.tokens));
        Sightings { names, terms, recognised, holders, name_at, term_at, recognised_at }
    }

    /// The names that cover a token: several for the halves of a compound in one token.
    pub(crate) fn names_at(&self, token: usize) -> &[NameSighting<'tables>] {
        let Some(first) = self.name_at.get(token).and_then(|at| (*at as usize).checked_sub(1)) else { return &[] };
        let rest = &self.names[first..];
        let count = rest.iter().take_while(|sighting| sighting.tokens.start <= token).count();
        &rest[..count]
    }

    /// The name that covers a token, the first of several.
    pub(crate) fn name_at(&self, token: usize) -> Option<&NameSighting<'tables>> {
        self.names_at(token).first()
    }

    /// The term that covers a token.
    pub(crate) fn term_at(&self, token: usize) -> Option<&TermSighting<'tables>> {
        self.term_at.get(token).and_then(|at| (*at as usize).checked_sub(1)).map(|at| &self.terms[at])
    }

    /// The recogniser's entity that covers a token.
    pub(crate) fn recognised_at(&self, token: usize) -> Option<&Recognised> {
        self.recognised_at.get(token).and_then(|at| (*at as usize).checked_sub(1)).map(|at| &self.recognised[at])
    }

    /// The countries whose adjective or prefix a token is or holds, and where the adjective ends.
    pub(crate) fn adjective_at(&self, directory: &Directory, token: usize) -> Option<(Vec<CountryCode>, usize)> {
        let mut countries = Vec::new();
        let mut end = token;
        for sighting in self.names_at(token) {
            let adjectives = sighting.entries.iter().filter(|entry| matches!(entry.role, NameRole::Adjective | NameRole::Prefix));
            // A part of the world has no country where the union of its states has one: « européen ».
            let country = adjectives.filter_map(|entry| directory.gazetteer.country_of(entry.target)).next()?;
            if !countries.contains(&country) {
                countries.push(country);
            }
            end = end.max(sighting.tokens.end);
        }
        (end > token).then_some((countries, end))
    }
}

impl NameSighting<'_> {
    /// What it names, certain meanings before those that want support.
    pub(crate) fn named(&self) -> impl Iterator<Item = &NameEntry> {
        let certain = |entry: &&NameEntry| !entry.needs_context;
        let named = |entry: &&NameEntry| matches!(entry.role, NameRole::Name | NameRole::Capital | NameRole::Metonym);
        let generic = |entry: &NameEntry| matches!(entry.target, NameTarget::GenericBody(_));
        let entries = self.entries.iter().filter(named).filter(move |entry| !generic(entry));
        entries.clone().filter(certain).chain(entries.filter(move |entry| !certain(entry)))
    }

    /// The generic body among its meanings.
    pub(crate) fn generic(&self) -> Option<NameTarget> {
        self.entries.iter().map(|entry| entry.target).find(|target| matches!(target, NameTarget::GenericBody(_)))
    }
}

impl TermSighting<'_> {
    /// Whether it begins a phrase.
    pub(crate) fn heads_phrase(&self) -> bool {
        self.is_counterpart() || self.office().is_some() || self.group().is_some()
    }

    /// Whether it is a form of address.
    pub(crate) fn is_honorific(&self) -> bool {
        self.terms.contains(&OfficeTerm::Honorific)
    }

    /// Whether it is a word for the holder of the same office elsewhere.
    pub(crate) fn is_counterpart(&self) -> bool {
        self.terms.contains(&OfficeTerm::Counterpart)
    }

    /// The modifier that it is.
    pub(crate) fn modifier(&self) -> Option<OfficeModifier> {
        self.terms.iter().find_map(|term| match term {
            OfficeTerm::Modifier(modifier) => Some(*modifier),
            _ => None,
        })
    }

    /// The portfolio among its meanings.
    pub(crate) fn portfolio(&self) -> Option<OfficeTerm> {
        self.terms.iter().copied().find(|term| matches!(term, OfficeTerm::Portfolio(_)))
    }

    /// The office among its meanings.
    pub(crate) fn office(&self) -> Option<OfficeTerm> {
        self.terms.iter().copied().find(|term| matches!(term, OfficeTerm::Office(_)))
    }

    /// The group noun among its meanings.
    pub(crate) fn group(&self) -> Option<OfficeTerm> {
        self.terms.iter().copied().find(|term| matches!(term, OfficeTerm::Group(_)))
    }
}

/// Whether a test takes one of the names around a token.
fn is_among(names: &[NameSighting], token: usize, test: impl Fn(&NameSighting) -> bool) -> bool {
    let past = names.partition_point(|name| name.tokens.end <= token);
    names[past..].iter().take_while(|name| name.tokens.start <= token).any(test)
}

/// Whether a word begins with a capital letter.
pub(crate) fn is_capitalised(token: Token<'_>) -> bool {
    token.text().chars().next().is_some_and(char::is_uppercase)
}

fn cover<'spans>(len: usize, spans: impl Iterator<Item = &'spans Range<usize>>) -> Vec<u32> {
    let mut at = vec![0; len];
    for (number, span) in (1..).zip(spans) {
        for token in at.get_mut(span.clone()).unwrap_or_default() {
            if *token == 0 {
                *token = number;
            }
        }
    }
    at
}
