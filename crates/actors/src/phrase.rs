//! Noun phrases headed by an office, a counterpart, a group noun, a common noun of a body, or a noun that points back.
//!
//! In go the document, its graph, the sightings and the names of persons; out come [`Phrase`]s: the head with its modifiers, its portfolio,
//! the countries that adjectives, complements and possessors give it, the body it belongs to and the name beside it. Phrases are read off the
//! order of words rather than the tree, because parsers hang appositions and adjectives differently from one sentence to the next; the tree
//! decides only where the order leaves two readings.

use crate::Directory;
use crate::names::PersonName;
use crate::sightings::{Sightings, TermSighting, is_capitalised};
use depeche_nlp::Doc;
use depeche_packs::{BackNoun, BodyKind, CountryCode, Determination, NameTarget, OfficeModifier, OfficeTerm, Relation};
use depeche_predicates::Graph;
use std::ops::Range;

/// What heads a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term {
    Office(OfficeTerm),
    Counterpart,
    Group(OfficeTerm),
    Body(NameTarget),
    Back(BackNoun),
}

/// What an office or body belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Complement {
    /// The phrase at this place.
    Phrase(usize),
    /// A body that is one of its kind.
    Body(NameTarget),
}

/// A noun phrase.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) term: Term,
    /// The token that heads it in the tree.
    pub(crate) head: usize,
    /// The tokens of its noun.
    pub(crate) noun: Range<usize>,
    /// Its tokens without determiners and names.
    pub(crate) tokens: Range<usize>,
    /// Where it begins with its determiner or possessor.
    pub(crate) outer: usize,
    /// The countries that belong to it: several for « russe et turc ».
    pub(crate) countries: Vec<CountryCode>,
    pub(crate) portfolio: Option<OfficeTerm>,
    pub(crate) modifiers: Vec<OfficeModifier>,
    pub(crate) determination: Option<Determination>,
    /// The token of its possessive determiner.
    pub(crate) possessive: Option<usize>,
    pub(crate) plural: bool,
    /// Whether it is counted as two.
    pub(crate) pair: bool,
    /// The name beside it, by its place.
    pub(crate) name: Option<usize>,
    pub(crate) complement: Option<Complement>,
}

/// Reads the phrases, in order of the text.
pub(crate) fn read(doc: &Doc, graph: &Graph, directory: &Directory, sightings: &Sightings, names: &[PersonName]) -> Vec<Phrase> {
    let mut reader = Reader {
        doc,
        graph,
        directory,
        sightings,
        names,
        name_from: vec![None; doc.len() + 1],
        name_to: vec![None; doc.len() + 1],
        phrase_from: vec![None; doc.len() + 1],
        phrases: Vec::new(),
    };
    for (at, name) in names.iter().enumerate() {
        reader.name_from[name.tokens.start] = Some(at);
        reader.name_to[name.tokens.end] = Some(at);
    }
    for (term, noun) in heads(doc, graph, directory, sightings, names).into_iter().rev() {
        reader.read(term, noun);
    }
    let Reader { mut phrases, .. } = reader;
    // They were read from the end, so that what a phrase governs was known before it; the places that point at others turn with them.
    let last = phrases.len().saturating_sub(1);
    phrases.reverse();
    for phrase in &mut phrases {
        if let Some(Complement::Phrase(at)) = &mut phrase.complement {
            *at = last - *at;
        }
    }
    phrases
}

/// The nouns that can head a phrase, in order of the text.
fn heads(doc: &Doc, graph: &Graph, directory: &Directory, sightings: &Sightings, names: &[PersonName]) -> Vec<(Term, Range<usize>)> {
    let mut heads: Vec<(Term, Range<usize>)> = Vec::new();
    for sighting in &sightings.terms {
        let term = match sighting {
            _ if sighting.is_counterpart() => Some(Term::Counterpart),
            _ => sighting.office().map(Term::Office).or(sighting.group().map(Term::Group)),
        };
        // A word of the office table inside a body's name or a person's is none of itself.
        let inside_name =
            sightings.name_at(sighting.tokens.start).is_some_and(|name| name.whole && name.tokens.len() > sighting.tokens.len());
        // A form that is also an adjective is a noun only where the tagger has it so: « des menaces militaires ».
        let first = sighting.tokens.start;
        let adjective = sighting.tokens.len() == 1
            && matches!(doc.token(first).pos(), "ADJ" | "VERB" | "ADV")
            && !matches!(
                graph.relation(first),
                Relation::Subject | Relation::PassiveSubject | Relation::Object | Relation::Oblique | Relation::Agent
            );
        if let Some(term) = term
            && !inside_name
            && !adjective
        {
            heads.push((term, sighting.tokens.clone()));
        }
    }
    for sighting in &sightings.names {
        if let Some(generic) = sighting.generic()
            && sightings.term_at(sighting.tokens.start).is_none_or(|term| term.tokens.len() < sighting.tokens.len())
        {
            heads.push((Term::Body(generic), sighting.tokens.clone()));
        }
    }
    let mut covered = vec![false; doc.len()];
    // « pays » in « Pays-Bas », « État » in « État de Palestine » point back to nothing.
    let longer = sightings.names.iter().filter(|name| name.whole && name.tokens.len() > 1).map(|name| &name.tokens);
    for range in heads.iter().map(|(_, noun)| noun).chain(names.iter().map(|name| &name.tokens)).chain(longer) {
        covered[range.clone()].fill(true);
    }
    for token in doc.tokens().filter(|token| !covered[token.index()]) {
        if let Some(noun) = directory.reference.back_noun(&token.form().to_lowercase())
            && (matches!(token.pos(), "NOUN" | "PROPN") || noun == BackNoun::Last)
            // « l'Alliance », « l'Organisation » are names.
            && (noun != BackNoun::Body || !is_capitalised(token))
        {
            heads.push((Term::Back(noun), token.index()..token.index() + 1));
        }
    }
    heads.sort_by_key(|(_, noun)| noun.start);
    heads
}

struct Reader<'a, 'doc> {
    doc: &'a Doc,
    graph: &'a Graph<'doc>,
    directory: &'a Directory,
    sightings: &'a Sightings<'a>,
    names: &'a [PersonName],
    /// The name that begins at a token, and the one that ends before it.
    name_from: Vec<Option<usize>>,
    name_to: Vec<Option<usize>>,
    /// The phrase whose tokens begin at a token.
    phrase_from: Vec<Option<usize>>,
    phrases: Vec<Phrase>,
}

impl Reader<'_, '_> {
    fn read(&mut self, term: Term, noun: Range<usize>) {
        let head = noun.clone().find(|&index| self.graph.head(index).is_none_or(|head| !noun.contains(&head))).unwrap_or(noun.start);
        let plural = self.doc.token(head).feature("Number") == Some("Plur");
        let mut phrase = Phrase {
            term,
            head,
            tokens: noun.clone(),
            outer: noun.start,
            noun,
            countries: Vec::new(),
            portfolio: None,
            modifiers: Vec::new(),
            determination: None,
            possessive: None,
            plural,
            pair: false,
            name: None,
            complement: None,
        };
        // « ex-président » may be one token.
        phrase.modifiers.extend(self.sightings.term_at(phrase.noun.start).and_then(TermSighting::modifier));
        self.read_left(&mut phrase);
        self.read_right(&mut phrase);
        if phrase.name.is_none() && matches!(term, Term::Office(_) | Term::Counterpart) {
            phrase.name = self.name_in_apposition(&phrase);
        }
        if phrase.countries.is_empty() {
            phrase.countries = self.countries_of_complement(phrase.complement);
        }
        if phrase.countries.is_empty() && matches!(term, Term::Office(_)) {
            phrase.countries = self.country_of_body_within(&phrase.noun).into_iter().collect();
        }
        // « les pays », « les autorités »: a group with a country, a word that points back without one.
        if matches!(term, Term::Group(_))
            && phrase.countries.is_empty()
            && phrase.noun.len() == 1
            && let Some(back) = self.directory.reference.back_noun(&self.form(phrase.noun.start))
        {
            phrase.term = Term::Back(back);
        }
        let at = self.phrases.len();
        self.phrase_from[phrase.tokens.start] = Some(at);
        self.phrases.push(phrase);
    }

    fn form(&self, index: usize) -> String {
        if index < self.doc.len() { self.doc.token(index).form().to_lowercase() } else { String::new() }
    }

    /// What stands before the noun: modifiers, adjectives, possessors, determiner.
    fn read_left(&self, phrase: &mut Phrase) {
        let reference = &self.directory.reference;
        let mut at = phrase.tokens.start;
        while at > 0 && phrase.noun.start - at < 12 {
            let index = at - 1;
            let token = self.doc.token(index);
            let form = self.form(index);
            if token.is_space() {
                break;
            }
            if let Some(pronoun) = reference.pronoun(&form, true).filter(|pronoun| pronoun.possessive || pronoun.person == 1)
                && matches!(token.pos(), "DET" | "PRON" | "ADJ")
            {
                if pronoun.person != 1 {
                    phrase.possessive = Some(index);
                }
                phrase.determination = Some(Determination::Definite);
                break;
            }
            if matches!(token.pos(), "DET" | "ADP") || reference.determination(&form).is_some() {
                phrase.pair |= reference.is_pair(&form);
                // A preposition that is one with its article shows the article's features.
                let definite = token.feature("Definite") == Some("Def");
                let known = reference.determination(&form).or(definite.then_some(Determination::Definite));
                phrase.determination = known.or(phrase.determination);
                break;
            }
            if let Some(term) = self.sightings.term_at(index).filter(|term| term.modifier().is_some() || term.portfolio().is_some()) {
                phrase.modifiers.extend(term.modifier());
                phrase.portfolio = phrase.portfolio.or(term.portfolio());
                at = term.tokens.start.min(index);
                continue;
            }
            if let Some(sighting) = self.sightings.name_at(index) {
                let start = sighting.tokens.start.min(index);
                if let Some((countries, _)) = self.sightings.adjective_at(self.directory, start) {
                    add(&mut phrase.countries, &countries);
                } else if sighting.generic().is_some() {
                    at = start;
                    continue;
                } else if matches!(self.graph.relation(index), Relation::Compound | Relation::Possessor | Relation::Adjective)
                    && let Some(country) = self.country_named(sighting.tokens.start)
                {
                    add(&mut phrase.countries, &[country]);
                    if self.graph.relation(index) == Relation::Possessor {
                        phrase.outer = sighting.tokens.start;
                        break;
                    }
                } else {
                    break;
                }
                at = start;
                continue;
            }
            let coordinates = reference.is_and(&form) && !phrase.countries.is_empty() && index > 0 && {
                let before = self.sightings.name_at(index - 1).map_or(index - 1, |sighting| sighting.tokens.start);
                self.sightings.adjective_at(self.directory, before).is_some()
            };
            let possession = token.pos() == "PART" && index > 0 && self.sightings.name_at(index - 1).is_some();
            let attribute = matches!(token.pos(), "ADJ" | "NUM")
                || (token.pos() == "NOUN" && self.graph.relation(index) == Relation::Compound)
                || (token.pos() == "PUNCT" && token.text() == "-");
            if coordinates || possession || attribute {
                phrase.pair |= reference.is_pair(&form);
                at = index;
                continue;
            }
            break;
        }
        // Determiners may stand two deep: « les deux », “both the”.
        for index in (at.saturating_sub(2)..at).rev() {
            let form = self.form(index);
            phrase.pair |= reference.is_pair(&form);
            if phrase.determination.is_none() {
                phrase.determination = reference.determination(&form);
            }
            // « feu le président »
            let modifier = self.sightings.term_at(index).and_then(TermSighting::modifier);
            phrase.modifiers.extend(modifier.filter(|&modifier| modifier == OfficeModifier::Late));
        }
        phrase.tokens.start = self.without_function_words(at, phrase.noun.start);
        phrase.outer = if phrase.outer < at { phrase.outer } else { phrase.tokens.start };
    }

    /// The first token from `start` on that is no punctuation or particle.
    fn without_function_words(&self, start: usize, noun: usize) -> usize {
        (start..noun).find(|&index| !matches!(self.doc.token(index).pos(), "PUNCT" | "PART" | "CCONJ")).unwrap_or(noun)
    }

    /// What stands after the noun: adjectives, portfolio, complements, then the name.
    fn read_right(&self, phrase: &mut Phrase) {
        let reference = &self.directory.reference;
        let len = self.doc.len();
        let mut at = phrase.noun.end;
        let mut end = at;
        while at < len && at - phrase.noun.start < 40 && !self.doc.token(at).sent_start() {
            if let Some(name) = self.name_from[at] {
                if matches!(phrase.term, Term::Office(_) | Term::Counterpart) && !phrase.plural {
                    phrase.name = Some(name);
                }
                break;
            }
            if let Some((countries, after)) = self.sightings.adjective_at(self.directory, at) {
                add(&mut phrase.countries, &countries);
                at = after;
                end = at;
                continue;
            }
            // « le président du Parlement iranien »: the end of a body's name that begins within the noun.
            if let Some((country, after)) =
                self.sightings.name_at(at).filter(|name| phrase.noun.contains(&name.tokens.start)).and_then(|name| {
                    let body = name.named().find_map(|entry| self.directory.gazetteer.body(entry.target))?;
                    Some((body.country, name.tokens.end))
                })
            {
                add(&mut phrase.countries, &[country]);
                at = after.max(at + 1);
                end = at;
                continue;
            }
            if let Some(term) = self
                .sightings
                .term_at(at)
                .filter(|term| term.tokens.start == at && (term.portfolio().is_some() || term.modifier().is_some()))
            {
                phrase.modifiers.extend(term.modifier());
                phrase.portfolio = phrase.portfolio.or(term.portfolio());
                at = term.tokens.end;
                end = at;
                continue;
            }
            // « le ministre, général X » without a comma: a second title.
            if let Some(next) = self.phrase_from[at]
                && matches!(self.phrases[next].term, Term::Office(_))
                && matches!(phrase.term, Term::Office(_) | Term::Counterpart)
            {
                phrase.name = self.phrases[next].name;
                break;
            }
            let form = self.form(at);
            let of_its_seat = at == phrase.noun.end && phrase.noun.end > 0 && reference.is_seat(&self.form(phrase.noun.end - 1), &form);
            if (reference.is_complement(&form) || of_its_seat && self.country_named(at + 1).is_some())
                && let Some(after) = self.complement(phrase, at + 1)
            {
                at = after;
                end = at;
                continue;
            }
            // « russe et turc », « de la Russie et de la Turquie ».
            if reference.is_and(&form) && !phrase.countries.is_empty() {
                if self.sightings.adjective_at(self.directory, at + 1).is_some() && phrase.plural {
                    at += 1;
                    continue;
                }
                let mut next = at + 1;
                while next < len
                    && next < at + 3
                    && (reference.is_complement(&self.form(next)) || reference.determination(&self.form(next)).is_some())
                {
                    next += 1;
                }
                // “the presidents of Kenya and Uganda”: a name after a name needs no preposition of its own.
                let after_name = at > phrase.noun.end && self.doc.token(at - 1).pos() == "PROPN";
                if phrase.plural
                    && (next > at + 1 || after_name)
                    && let Some(country) = self.country_named(next)
                {
                    add(&mut phrase.countries, &[country]);
                    at = self.sightings.name_at(next).map_or(next + 1, |sighting| sighting.tokens.end.max(next + 1));
                    end = at;
                    continue;
                }
            }
            let plain_adjective = self.doc.token(at).pos() == "ADJ" && self.sightings.term_at(at).is_none();
            if plain_adjective || self.directory.reference.back_noun(&form) == Some(BackNoun::Last) {
                at += 1;
                end = at;
                continue;
            }
            break;
        }
        phrase.tokens.end = end;
    }

    /// Reads a complement whose preposition ends before `start`; answers where it ends, if it belongs to the phrase.
    fn complement(&self, phrase: &mut Phrase, start: usize) -> Option<usize> {
        let reference = &self.directory.reference;
        let mut at = start;
        while at < self.doc.len() && at < start + 2 && reference.determination(&self.form(at)).is_some() {
            at += 1;
        }
        if at >= self.doc.len() {
            return None;
        }
        if let Some(sighting) = self.sightings.name_at(at).filter(|sighting| sighting.tokens.start == at && sighting.generic().is_none()) {
            let entry = sighting.named().next()?;
            if let NameTarget::Body(_) = entry.target {
                phrase.complement = phrase.complement.or(Some(Complement::Body(entry.target)));
            } else if let Some(country) = self.directory.gazetteer.country_of(entry.target) {
                // « le président français de l'Allemagne » does not happen; a place after a nationality is where somebody is.
                if phrase.countries.is_empty() {
                    add(&mut phrase.countries, &[country]);
                }
            }
            return Some(sighting.tokens.end.max(at + 1));
        }
        let next = (at..(at + 4).min(self.doc.len())).find_map(|index| {
            let found = self.phrase_from[index]?;
            let contiguous = (at..index).all(|before| matches!(self.doc.token(before).pos(), "ADJ" | "NUM" | "DET"));
            contiguous.then_some(found)
        });
        if let Some(next) = next {
            let inner = &self.phrases[next];
            if inner.name.is_some() {
                return None;
            }
            phrase.complement = phrase.complement.or(Some(Complement::Phrase(next)));
            if phrase.countries.is_empty() {
                add(&mut phrase.countries, &inner.countries);
            }
            return Some(inner.tokens.end.max(at + 1));
        }
        // « le chef du renseignement militaire ukrainien »: a common noun that is in no table, with its adjectives.
        let common = self.doc.token(at).pos() == "NOUN"
            && self.sightings.term_at(at).is_none()
            && phrase.countries.is_empty()
            && phrase.noun.end + 1 >= start
            && matches!(phrase.term, Term::Office(_));
        (common && self.graph.head(at).is_some_and(|head| phrase.tokens.contains(&head) || phrase.noun.contains(&head) || head < at))
            .then_some(at + 1)
    }

    /// The country that a name beginning at the token names, or lies in.
    fn country_named(&self, index: usize) -> Option<CountryCode> {
        let sighting = self.sightings.name_at(index)?;
        let entry = sighting.named().next()?;
        self.directory.gazetteer.country_of(entry.target)
    }

    fn countries_of_complement(&self, complement: Option<Complement>) -> Vec<CountryCode> {
        match complement {
            Some(Complement::Phrase(at)) => self.phrases.get(at).map(|phrase| phrase.countries.clone()).unwrap_or_default(),
            Some(Complement::Body(target)) => {
                let body = self.directory.gazetteer.body(target).filter(|body| body.kind != BodyKind::Format);
                body.map(|body| vec![body.country]).unwrap_or_default()
            }
            None => Vec::new(),
        }
    }

    /// The country of a body that the words of an office name: « le chef du Pentagone », « la présidente de la Commission européenne ».
    fn country_of_body_within(&self, noun: &Range<usize>) -> Option<CountryCode> {
        noun.clone().skip(1).find_map(|index| {
            let sighting = self
                .sightings
                .name_at(index)
                .filter(|name| name.tokens.start == index && name.tokens.end <= noun.end && name.generic().is_none())?;
            let body = sighting.named().find_map(|entry| self.directory.gazetteer.body(entry.target))?;
            (body.kind != BodyKind::Format).then_some(body.country)
        })
    }

    /// The name that a comma or bracket joins to an office: « le ministre de la Défense, Jean Martin », « Jean Martin, ministre ».
    fn name_in_apposition(&self, phrase: &Phrase) -> Option<usize> {
        if phrase.plural {
            return None;
        }
        let after = phrase.tokens.end;
        if after < self.doc.len() && self.form(after) == "," {
            let mut at = after + 1;
            if let Some(name) = self.name_from[at.min(self.doc.len())] {
                return Some(name);
            }
            while at < self.doc.len() && at < after + 3 && self.directory.reference.determination(&self.form(at)).is_some() {
                at += 1;
            }
            if let Some(next) = self.phrase_from.get(at).copied().flatten()
                && let next_phrase = &self.phrases[next]
                && next_phrase.name.is_some()
                && (self.is_rank(next_phrase) || self.apposed(phrase.head, next_phrase.head))
                && agree(&phrase.countries, &next_phrase.countries)
            {
                return next_phrase.name;
            }
        }
        let mut before = phrase.outer;
        while before > 0 && before + 3 > phrase.outer && self.directory.reference.determination(&self.form(before - 1)).is_some() {
            before -= 1;
        }
        let opens = before > 0 && matches!(self.form(before - 1).as_str(), "," | "(");
        let name = if opens { self.name_to[before - 1] } else { None }?;
        let closes =
            after >= self.doc.len() || matches!(self.form(after).as_str(), "," | ")" | "." | ";" | ":") || self.doc.token(after).is_space();
        let bare = phrase.determination.is_none();
        let apposed = self.names[name].tokens.clone().any(|index| self.apposed(index, phrase.head));
        (bare || closes || apposed).then_some(name)
    }

    /// Whether the tree has one of two tokens in apposition to the other.
    fn apposed(&self, one: usize, other: usize) -> bool {
        let joined = |down: usize, up: usize| {
            matches!(self.graph.relation(down), Relation::Apposition | Relation::Flat) && self.graph.head(down) == Some(up)
        };
        joined(one, other) || joined(other, one)
    }

    /// Whether the phrase is a rank, which goes with any office.
    fn is_rank(&self, phrase: &Phrase) -> bool {
        match phrase.term {
            Term::Office(term) => {
                self.directory.offices.office(term).is_some_and(|office| office.title && !office.unique && office.with_portfolio.is_none())
            }
            _ => false,
        }
    }
}

fn add(countries: &mut Vec<CountryCode>, more: &[CountryCode]) {
    for country in more {
        if !countries.contains(country) {
            countries.push(*country);
        }
    }
}

fn agree(one: &[CountryCode], other: &[CountryCode]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|country| other.contains(country))
}
