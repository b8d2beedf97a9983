//! From sightings, names and phrases to mentions that do not yet know whom they stand for.
//!
//! In go the parse, the directory and the blocks of the page; out comes a [`Reading`]: [`Draft`]s in order of the text, each with the
//! evidence of its own words. Blocks that are not the article's name nobody.

use crate::Directory;
use crate::mention::Site;
use crate::names::{self, PersonName};
use crate::nations;
use crate::phrase::{self, Complement, Phrase, Term};
use crate::sightings::{Sightings, is_capitalised};
use depeche_nlp::Doc;
use depeche_packs::{
    BackNoun, BodyKind, CountryCode, Determination, Gender, NameKind, NameRole, NameTarget, OfficeModifier, PlaceKind, Relation, Sector,
};
use depeche_predicates::Graph;
use depeche_record::{Block, BlockKind, CharSpan, MentionKind};
use std::ops::Range;

/// What a draft's words say it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Basis {
    /// A country by name or metonym, or its capital as its government.
    Country(CountryCode),
    /// A place; one of the tables where there is a target.
    Place(Option<NameTarget>),
    /// A capital as a place.
    Capital(CountryCode),
    /// A body of the tables.
    Body(NameTarget),
    /// A body by its common noun, with its English name.
    Generic(String),
    /// An organisation that no table has.
    Organisation,
    /// The person's name at this place.
    Person(usize),
    /// An office without a name.
    Office,
    /// The holder of the same office elsewhere, without a name.
    Counterpart,
    /// A group noun, with its English name.
    Group(String),
    /// People or things known by their nationality.
    Nationality,
    /// A noun that points back.
    Back(BackNoun),
    /// A pronoun or possessive.
    Pronoun(bool),
}

/// An office that a draft's words give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficeFact {
    /// Its English name; empty for a counterpart, until the other office is known.
    pub(crate) name: String,
    /// Its name without a portfolio.
    pub(crate) base: String,
    pub(crate) body: Option<String>,
    pub(crate) unique: bool,
    pub(crate) rank: bool,
    pub(crate) past: bool,
    pub(crate) countries: Vec<CountryCode>,
    pub(crate) sector: Sector,
    pub(crate) tokens: Range<usize>,
    /// The phrase it was read from.
    pub(crate) phrase: usize,
}

/// A mention before it is known whom it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) head: usize,
    /// Further tokens that denote it: the noun of the office beside a name.
    pub(crate) also: Vec<usize>,
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: MentionKind,
    pub(crate) basis: Basis,
    pub(crate) country: Option<CountryCode>,
    pub(crate) sector: Option<Sector>,
    pub(crate) political: bool,
    pub(crate) site: Option<Site>,
    pub(crate) offices: Vec<OfficeFact>,
    pub(crate) determination: Option<Determination>,
    pub(crate) possessive: Option<usize>,
    pub(crate) plural: bool,
    pub(crate) pair: bool,
    pub(crate) gender: Option<Gender>,
    pub(crate) recorded: bool,
    /// Whether it can be spoken of later.
    pub(crate) content: bool,
    /// A noun that points back, to which the office belongs: « le président du pays ».
    pub(crate) of_back: Option<usize>,
}

/// All drafts, and what they were read from.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) names: Vec<PersonName>,
    pub(crate) first_person: Vec<usize>,
}

/// What a block lets its words do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    Silent,
    Names,
    Speaks,
}

/// Reads the mentions.
pub(crate) fn read(doc: &Doc, graph: &Graph, directory: &Directory, blocks: &[Block]) -> Reading {
    let sightings = Sightings::new(doc, directory);
    let names = names::find(doc, directory, &sightings);
    let phrases = phrase::read(doc, graph, directory, &sightings, &names);
    let mut scribe = Scribe { doc, graph, directory, sightings: &sightings, drafts: Vec::new(), taken: vec![false; doc.len()] };
    scribe.persons(&names, &phrases);
    scribe.phrases(&phrases);
    scribe.gazetteer();
    scribe.recognised();
    nations::read(&mut scribe);
    let first_person = scribe.pronouns();
    let voices = voices(doc, blocks);
    let mut drafts = scribe.drafts;
    drafts.retain_mut(|draft| {
        let voice = voices.get(draft.head).copied().unwrap_or(Voice::Speaks);
        draft.content = voice == Voice::Speaks;
        voice != Voice::Silent
    });
    drafts.sort_by_key(|draft| (draft.tokens.start, draft.head, draft.tokens.end));
    Reading { drafts, names, first_person }
}

fn voices(doc: &Doc, blocks: &[Block]) -> Vec<Voice> {
    let mut next = 0;
    doc.tokens()
        .map(|token| {
            while blocks.get(next).is_some_and(|block| block.span.end <= token.start()) {
                next += 1;
            }
            match blocks.get(next).filter(|block| block.span.overlaps(CharSpan::new(token.start(), token.end()))) {
                None => Voice::Speaks,
                Some(block) if block.kind.is_content() => Voice::Speaks,
                Some(block) if matches!(block.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Source) => Voice::Names,
                Some(_) => Voice::Silent,
            }
        })
        .collect()
}

/// Writes drafts, each word once.
pub(crate) struct Scribe<'a, 'doc> {
    pub(crate) doc: &'a Doc,
    pub(crate) graph: &'a Graph<'doc>,
    pub(crate) directory: &'a Directory,
    pub(crate) sightings: &'a Sightings<'a>,
    pub(crate) drafts: Vec<Draft>,
    /// Tokens that a mention already has as its own.
    pub(crate) taken: Vec<bool>,
}

impl Scribe<'_, '_> {
    /// A draft over `tokens`, with nothing known but its kind.
    pub(crate) fn draft(&self, tokens: Range<usize>, kind: MentionKind, basis: Basis) -> Draft {
        let head = tokens.clone().find(|&index| self.graph.head(index).is_none_or(|head| !tokens.contains(&head))).unwrap_or(tokens.start);
        Draft {
            head,
            also: Vec::new(),
            tokens,
            kind,
            basis,
            country: None,
            sector: None,
            political: false,
            site: None,
            offices: Vec::new(),
            determination: None,
            possessive: None,
            plural: self.doc.token(head).feature("Number") == Some("Plur"),
            pair: false,
            gender: self.gender_of_determiner(head),
            recorded: true,
            content: true,
            of_back: None,
        }
    }

    fn gender(&self, index: usize) -> Option<Gender> {
        match self.doc.token(index).feature("Gender") {
            Some("Masc") => Some(Gender::Masculine),
            Some("Fem") => Some(Gender::Feminine),
            Some("Neut") => Some(Gender::Neuter),
            _ => None,
        }
    }

    fn gender_of_determiner(&self, head: usize) -> Option<Gender> {
        self.graph.children_as(head, Relation::Determiner).find_map(|determiner| self.gender(determiner))
    }

    fn take(&mut self, tokens: Range<usize>) {
        if let Some(taken) = self.taken.get_mut(tokens) {
            taken.fill(true);
        }
    }

    fn is_free(&self, tokens: &Range<usize>) -> bool {
        self.taken.get(tokens.clone()).is_some_and(|taken| !taken.iter().any(|&taken| taken))
    }

    fn persons(&mut self, names: &[PersonName], phrases: &[Phrase]) {
        let first = self.drafts.len();
        for (at, name) in names.iter().enumerate() {
            let mut draft = self.draft(name.tokens.clone(), MentionKind::Per, Basis::Person(at));
            draft.plural = false;
            draft.political = true;
            draft.gender = None;
            if name.tokens.start > 0
                && let Some(address) = self.sightings.term_at(name.tokens.start - 1).filter(|term| term.is_honorific())
            {
                draft.also.extend(address.tokens.clone());
                draft.gender = self.gender(address.tokens.start);
            }
            self.drafts.push(draft);
            self.take(name.tokens.clone());
        }
        for (at, phrase) in phrases.iter().enumerate() {
            let Some(name) = phrase.name else { continue };
            let fact = self.office_fact(phrase, at);
            let gender = self.gender(phrase.head);
            let of_back = self.country_noun(phrase, phrases);
            let sector = fact.as_ref().map(|fact| fact.sector);
            let draft = &mut self.drafts[first + name];
            draft.also.extend(phrase.noun.clone());
            draft.possessive = draft.possessive.or(phrase.possessive);
            draft.gender = draft.gender.or(gender);
            draft.country = draft.country.or(phrase.countries.first().copied());
            if draft.offices.first().is_none_or(|first| first.rank) {
                draft.sector = sector.or(draft.sector);
            }
            draft.of_back = draft.of_back.or(of_back);
            draft.offices.extend(fact);
            self.take(phrase.noun.clone());
        }
        for draft in &mut self.drafts[first..] {
            // A businessman or a singer is no political actor, whoever is known by name alone may be.
            draft.political = draft.sector.is_none_or(is_political);
            draft.also.sort_unstable();
            draft.also.dedup();
        }
    }

    fn office_fact(&self, phrase: &Phrase, at: usize) -> Option<OfficeFact> {
        let past = phrase.modifiers.iter().any(|modifier| matches!(modifier, OfficeModifier::Former | OfficeModifier::Late));
        let fact = |name: String, base: String, sector: Sector| OfficeFact {
            name,
            base,
            body: None,
            unique: false,
            rank: false,
            past,
            countries: phrase.countries.clone(),
            sector,
            tokens: phrase.tokens.clone(),
            phrase: at,
        };
        match phrase.term {
            Term::Counterpart => Some(fact(String::new(), String::new(), Sector::Gov)),
            Term::Office(term) => {
                let office = self.directory.offices.office(term)?;
                let portfolio = phrase.portfolio.and_then(|portfolio| self.directory.offices.portfolio(portfolio));
                let deputy = phrase.modifiers.contains(&OfficeModifier::Deputy);
                let name = self.directory.offices.canonical(office, portfolio);
                let name = if deputy { format!("deputy {name}") } else { name };
                Some(OfficeFact {
                    body: office.body.clone().or_else(|| self.body_of(phrase)),
                    unique: !deputy && (office.unique || name != office.id),
                    rank: office.title && !office.unique && office.with_portfolio.is_none(),
                    sector: portfolio.and_then(|portfolio| portfolio.sector).unwrap_or(office.sector),
                    ..fact(name, office.id.clone(), office.sector)
                })
            }
            _ => None,
        }
    }

    /// The word for a country that the phrase ends in or governs: « le président du pays ».
    fn country_noun(&self, phrase: &Phrase, phrases: &[Phrase]) -> Option<usize> {
        let within = phrase.noun.clone().skip(1).find(|&index| {
            let token = self.doc.token(index);
            !is_capitalised(token) && self.directory.reference.back_noun(&token.form().to_lowercase()) == Some(BackNoun::Country)
        });
        within.filter(|_| !matches!(phrase.term, Term::Back(_))).or_else(|| back_complement(phrase, phrases))
    }

    fn body_of(&self, phrase: &Phrase) -> Option<String> {
        match phrase.complement? {
            Complement::Body(target) => self.directory.gazetteer.body(target).map(|body| body.id.clone()),
            Complement::Phrase(_) => None,
        }
    }

    fn phrases(&mut self, phrases: &[Phrase]) {
        for (at, phrase) in phrases.iter().enumerate().filter(|(_, phrase)| phrase.name.is_none()) {
            let mut drafts = Vec::new();
            let of_back = self.country_noun(phrase, phrases);
            // « les ministres russe et turc » are two.
            let countries: Vec<Option<CountryCode>> =
                if phrase.countries.is_empty() { vec![None] } else { phrase.countries.iter().copied().map(Some).collect() };
            for country in &countries {
                let Some(mut draft) = self.phrase_draft(phrase, at, *country) else { break };
                draft.head = phrase.head;
                draft.also = phrase.noun.clone().collect();
                draft.determination = phrase.determination;
                draft.possessive = phrase.possessive;
                draft.plural = phrase.plural && countries.len() == 1;
                draft.pair = phrase.pair;
                draft.gender = draft.gender.or(self.gender(phrase.head));
                draft.country = draft.country.or(*country);
                draft.of_back = of_back;
                drafts.push(draft);
            }
            if !drafts.is_empty() {
                self.take(phrase.noun.clone());
                if matches!(phrase.term, Term::Body(_)) {
                    self.take(phrase.tokens.clone());
                }
            }
            self.drafts.extend(drafts);
        }
    }

    fn phrase_draft(&self, phrase: &Phrase, at: usize, country: Option<CountryCode>) -> Option<Draft> {
        let tokens = phrase.tokens.clone();
        Some(match phrase.term {
            Term::Office(_) | Term::Counterpart => {
                let basis = if phrase.term == Term::Counterpart { Basis::Counterpart } else { Basis::Office };
                let mut fact = self.office_fact(phrase, at)?;
                if let Some(country) = country {
                    fact.countries = vec![country];
                }
                let mut draft = self.draft(tokens, MentionKind::Office, basis);
                draft.sector = (!fact.name.is_empty()).then_some(fact.sector);
                draft.political = is_political(fact.sector);
                draft.offices.push(fact);
                draft
            }
            Term::Group(term) => {
                let group = self.directory.offices.group(term)?;
                let mut draft = self.draft(tokens, MentionKind::Norp, Basis::Group(group.id.clone()));
                draft.sector = Some(group.sector);
                draft.political = is_political(group.sector) && (group.government || country.is_some());
                draft.recorded = !group.things;
                draft.gender = None;
                draft
            }
            Term::Body(target) => {
                let generic = self.directory.gazetteer.generic_body(target)?;
                // One of its kind under the same words, where no country makes it a state's: « le Conseil de sécurité ».
                if country.is_none()
                    && let Some(unique) = self.unique_body(phrase)
                {
                    return Some(unique);
                }
                let portfolio = phrase.portfolio.and_then(|portfolio| self.directory.offices.portfolio(portfolio));
                let name = match portfolio {
                    Some(portfolio) if generic.takes_portfolio => format!("{} of {}", generic.id, portfolio.id),
                    _ => generic.id.clone(),
                };
                // « l'armée », « le gouvernement russe » are common nouns; « le ministère russe de la Défense » is a name.
                let proper = tokens.clone().any(|index| {
                    let opens = self.doc.token(index).sent_start() || index == 0;
                    is_capitalised(self.doc.token(index)) && !opens && self.sightings.adjective_at(self.directory, index).is_none()
                });
                let kind = if proper { MentionKind::Org } else { MentionKind::Office };
                let mut draft = self.draft(tokens, kind, Basis::Generic(name));
                draft.sector = Some(portfolio.and_then(|portfolio| portfolio.sector).unwrap_or(generic.sector));
                draft.political = true;
                draft
            }
            Term::Back(noun) => {
                let mut draft = self.draft(tokens, MentionKind::Office, Basis::Back(noun));
                draft.recorded = false;
                draft
            }
        })
    }

    fn unique_body(&self, phrase: &Phrase) -> Option<Draft> {
        let sighting = self.sightings.name_at(phrase.noun.start)?;
        let target = sighting.named().map(|entry| entry.target).find(|target| matches!(target, NameTarget::Body(_)))?;
        self.body_draft(phrase.noun.clone(), target)
    }

    fn body_draft(&self, tokens: Range<usize>, target: NameTarget) -> Option<Draft> {
        let body = self.directory.gazetteer.body(target)?;
        let kind = if body.kind == BodyKind::Format { MentionKind::Format } else { MentionKind::Org };
        let mut draft = self.draft(tokens, kind, Basis::Body(target));
        draft.country = Some(body.country);
        draft.sector = Some(body.sector);
        draft.political = !matches!(body.kind, BodyKind::Company | BodyKind::Media | BodyKind::Ngo);
        Some(draft)
    }

    /// Names of the tables that nothing longer has taken.
    fn gazetteer(&mut self) {
        for sighting in self.sightings.names.iter().filter(|sighting| sighting.whole) {
            if !self.is_free(&sighting.tokens) || self.inside_organisation(&sighting.tokens) {
                continue;
            }
            let supported = |entry: &&depeche_packs::NameEntry| !entry.needs_context || self.recognises_name(&sighting.tokens);
            let Some(entry) = sighting.named().find(supported) else { continue };
            let Some(draft) = self.name_draft(sighting.tokens.clone(), entry.target, entry.role) else { continue };
            self.drafts.push(draft);
            self.take(sighting.tokens.clone());
        }
    }

    fn name_draft(&self, tokens: Range<usize>, target: NameTarget, role: NameRole) -> Option<Draft> {
        match target {
            NameTarget::Country(code) => {
                let country = self.directory.gazetteer.countries.get(code)?;
                let draft = self.draft(tokens, MentionKind::Gpe, Basis::Country(code));
                let capital = role == NameRole::Capital;
                let as_place = capital && self.stands_as_place(draft.head);
                let site = Site {
                    name: if capital { country.capitals.first().cloned().unwrap_or_default() } else { country.name().to_owned() },
                    country: Some(code),
                    at: country.capital_at.filter(|_| capital),
                };
                let basis = if as_place { Basis::Capital(code) } else { Basis::Country(code) };
                Some(Draft { basis, country: Some(code), sector: Some(Sector::Gov), political: true, site: Some(site), ..draft })
            }
            NameTarget::Place(_) => {
                let place = self.directory.gazetteer.place(target)?;
                let kind = if place.kind == PlaceKind::City { MentionKind::Gpe } else { MentionKind::Loc };
                let draft = self.draft(tokens, kind, Basis::Place(Some(target)));
                let site = Site { name: place.name().to_owned(), country: place.country, at: Some(place.at) };
                Some(Draft { country: place.country, site: Some(site), ..draft })
            }
            NameTarget::Body(_) => self.body_draft(tokens, target),
            NameTarget::GenericBody(_) => None,
        }
    }

    /// Whether a preposition of place makes a capital no more than a city.
    fn stands_as_place(&self, head: usize) -> bool {
        let first = self.graph.first_conjunct(head);
        [head, first]
            .iter()
            .any(|&at| self.graph.preposition(at).is_some_and(|preposition| self.directory.reference.is_place_preposition(preposition)))
    }

    fn recognises_name(&self, tokens: &Range<usize>) -> bool {
        self.sightings.recognised_at(tokens.start).is_some_and(|entity| {
            matches!(entity.kind, NameKind::Place | NameKind::Organisation | NameKind::Government) && entity.tokens.end <= tokens.end
        })
    }

    /// Whether a longer organisation's name holds the tokens: « Parquet de Francfort ».
    fn inside_organisation(&self, tokens: &Range<usize>) -> bool {
        self.sightings.recognised_at(tokens.start).is_some_and(|entity| {
            let start = self.trim(entity.tokens.clone()).start;
            entity.kind == NameKind::Organisation
                && start < tokens.start
                && entity.tokens.end >= tokens.end
                && is_capitalised(self.doc.token(start))
                && self.sightings.term_at(start).is_none()
                && self.sightings.name_at(start).is_none()
        })
    }

    /// Organisations and places that no table has.
    fn recognised(&mut self) {
        for entity in &self.sightings.recognised {
            let tokens = self.trim(entity.tokens.clone());
            let nationality = self.sightings.adjective_at(self.directory, tokens.start).is_some_and(|(_, end)| end >= tokens.end);
            if nationality
                || tokens.is_empty()
                || !self.is_free(&tokens)
                || self.sightings.term_at(tokens.start).is_some_and(|term| term.heads_phrase() || term.portfolio().is_some())
            {
                continue;
            }
            let first = self.doc.token(tokens.start);
            // A capital at the beginning of a sentence shows nothing.
            let proper = tokens.clone().any(|index| {
                let token = self.doc.token(index);
                is_capitalised(token) && (!token.sent_start() || token.pos() == "PROPN")
            });
            let single = tokens.len() == 1 && first.pos() != "PROPN" && !first.text().chars().all(char::is_uppercase);
            if !proper || single || first.text().chars().count() < 2 {
                continue;
            }
            let all_capitalised = tokens.clone().all(|index| is_capitalised(self.doc.token(index)));
            let inner = tokens.clone().find_map(|index| {
                let sighting = self.sightings.name_at(index)?;
                sighting.entries.iter().find_map(|entry| self.directory.gazetteer.country_of(entry.target))
            });
            let mut draft = match entity.kind {
                NameKind::Organisation => self.draft(tokens.clone(), MentionKind::Org, Basis::Organisation),
                NameKind::Place if !all_capitalised || self.directory.reference.tells_governments() => {
                    self.draft(tokens.clone(), MentionKind::Loc, Basis::Place(None))
                }
                NameKind::Place | NameKind::Government => self.draft(tokens.clone(), MentionKind::Gpe, Basis::Place(None)),
                NameKind::Person | NameKind::Nationality | NameKind::Other => continue,
            };
            let nationality = tokens.clone().any(|index| self.sightings.adjective_at(self.directory, index).is_some());
            if entity.kind == NameKind::Place && nationality {
                continue;
            }
            draft.country = inner;
            if matches!(draft.basis, Basis::Place(_)) {
                draft.site = Some(Site { name: String::new(), country: inner, at: None });
            }
            self.drafts.push(draft);
            self.take(tokens);
        }
    }

    /// A recogniser's span without determiners, marks and blanks at its ends.
    fn trim(&self, tokens: Range<usize>) -> Range<usize> {
        let idle = |index: usize| {
            let token = self.doc.token(index);
            token.is_space()
                || matches!(token.pos(), "PUNCT" | "ADP" | "CCONJ" | "DET" | "PART")
                || self.directory.reference.determination(&token.form().to_lowercase()).is_some()
        };
        let Range { mut start, mut end } = tokens;
        if let Some(line_end) = (start..end).find(|&index| self.doc.token(index).is_space()) {
            end = line_end;
        }
        while start < end && idle(start) {
            start += 1;
        }
        while end > start && idle(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// Pronouns and possessives of the third person; answers those of the first.
    fn pronouns(&mut self) -> Vec<usize> {
        let mut first_person = Vec::new();
        for token in self.doc.tokens() {
            let (index, pos) = (token.index(), token.pos());
            if !matches!(pos, "PRON" | "DET" | "ADJ") || self.taken[index] {
                continue;
            }
            let form = token.form().to_lowercase();
            let possessive = pos != "PRON" || matches!(self.graph.relation(index), Relation::Possessor | Relation::Determiner);
            let Some(pronoun) = self.directory.reference.pronoun(&form, possessive) else { continue };
            if pronoun.person == 1 {
                first_person.push(index);
                continue;
            }
            if matches!(self.graph.relation(index), Relation::Expletive | Relation::Reflexive) {
                continue;
            }
            let mut draft = self.draft(index..index + 1, MentionKind::Pronoun, Basis::Pronoun(pronoun.possessive));
            draft.plural = pronoun.number == Some(depeche_packs::Number::Plural);
            draft.gender = pronoun.gender;
            draft.recorded = !pronoun.possessive;
            self.drafts.push(draft);
        }
        first_person
    }
}

/// Whether what a sector does is politics.
pub(crate) fn is_political(sector: Sector) -> bool {
    !matches!(
        sector,
        Sector::Cvl | Sector::Bus | Sector::Lab | Sector::Med | Sector::Edu | Sector::Hlh | Sector::Rel | Sector::Ngo | Sector::Crm
    )
}

fn back_complement(phrase: &Phrase, phrases: &[Phrase]) -> Option<usize> {
    match phrase.complement? {
        Complement::Phrase(at) => {
            let inner = phrases.get(at)?;
            match inner.term {
                Term::Back(BackNoun::Country) => Some(inner.head),
                // « le secrétaire du conseil de sécurité du pays »: complements stand further on in the list.
                _ if inner.noun.start > phrase.noun.start => back_complement(inner, phrases),
                _ => None,
            }
        }
        Complement::Body(_) => None,
    }
}
