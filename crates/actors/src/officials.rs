//! Drafts from names of persons and from phrases of office, groups and bodies.
//!
//! In go names and phrases; out come drafts in the [`Scribe`]: one a name, with the offices and the country of the phrases beside it, and one a
//! country of every phrase without a name.

use crate::names::PersonName;
use crate::phrase::{Complement, Phrase, Term};
use crate::reading::{Basis, Draft, OfficeFact, Scribe, is_political};
use crate::sightings::is_capitalised;
use depeche_packs::{BackNoun, CountryCode, NameKind, NameTarget, OfficeModifier, OfficeTerm, Sector};
use depeche_record::MentionKind;
use std::ops::Range;

impl Scribe<'_, '_> {
    pub(crate) fn persons(&mut self, names: &[PersonName], phrases: &[Phrase]) {
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
            draft.offices.extend(self.mandate(name));
            self.drafts.push(draft);
            self.take(name.tokens.clone());
        }
        for phrase in phrases {
            let Some(name) = phrase.name else { continue };
            let fact = self.office_fact(phrase);
            // « la ministre »: the determiner knows, where the noun has one form for both.
            let gender = self.gender_of_determiner(phrase.head).or(self.gender(phrase.head));
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
            let is_rank = fact.as_ref().is_some_and(|fact| fact.rank);
            draft.offices.extend(fact);
            self.take(phrase.noun.clone());
            if !is_rank {
                let mut title = self.draft(phrase.tokens.clone(), MentionKind::Office, Basis::Title(name));
                title.country = phrase.countries.first().copied();
                title.embedded = true;
                self.drafts.push(title);
            }
            self.embedded_body(phrase, of_back);
        }
        for draft in self.drafts[first..].iter_mut().filter(|draft| !draft.embedded) {
            // A businessman or a singer is no political actor, whoever is known by name alone may be.
            draft.political = draft.sector.is_none_or(is_political);
            draft.also.sort_unstable();
            draft.also.dedup();
        }
    }

    /// The office whose time is called by a name: « sous la présidence de X », “the X presidency”.
    fn mandate(&self, name: &PersonName) -> Option<OfficeFact> {
        let complement = |index: &usize| {
            let token = self.doc.token(*index);
            self.directory.reference.is_complement(&token.form().to_lowercase()) || token.pos() == "PART"
        };
        let before = name.tokens.start.checked_sub(1).map(|at| if complement(&at) { at.saturating_sub(1) } else { at });
        let after = Some(name.tokens.end).map(|at| if at < self.doc.len() && complement(&at) { at + 1 } else { at });
        let (tokens, office) = [before, after].into_iter().flatten().find_map(|at| {
            let sighting = self.sightings.term_at(at).filter(|_| at < self.doc.len())?;
            let mandate = sighting.terms.iter().find(|term| matches!(term, OfficeTerm::Mandate(_)))?;
            Some((sighting.tokens.clone(), self.directory.offices.office(*mandate)?))
        })?;
        Some(OfficeFact {
            name: office.id.clone(),
            base: office.id.clone(),
            body: office.body.clone(),
            unique: office.unique,
            rank: false,
            past: false,
            countries: Vec::new(),
            sector: office.sector,
            tokens,
        })
    }

    fn office_fact(&self, phrase: &Phrase) -> Option<OfficeFact> {
        let past = phrase.modifiers.iter().any(|modifier| matches!(modifier, OfficeModifier::Former | OfficeModifier::Late));
        let is = |modifier: OfficeModifier| phrase.modifiers.contains(&modifier);
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
        };
        match phrase.term {
            Term::Counterpart => Some(fact(String::new(), String::new(), Sector::Gov)),
            Term::Office(term) => {
                let office = self.directory.offices.office(term)?;
                let portfolio = phrase.portfolio.and_then(|portfolio| self.directory.offices.portfolio(portfolio));
                let deputy = is(OfficeModifier::Deputy);
                let mut name = self.directory.offices.canonical(office, portfolio);
                if deputy {
                    name = format!("deputy {name}");
                }
                if is(OfficeModifier::Acting) {
                    name = format!("acting {name}");
                }
                if is(OfficeModifier::Elect) {
                    name = format!("{name}-elect");
                }
                Some(OfficeFact {
                    body: office.body.clone().or_else(|| self.body_of(phrase)),
                    unique: !deputy && (office.unique || name != office.id),
                    rank: office.title && !office.unique && office.with_portfolio.is_none(),
                    sector: portfolio.and_then(|portfolio| portfolio.sector).unwrap_or(office.sector),
                    ..fact(name, office.kind_of.as_ref().unwrap_or(&office.id).clone(), office.sector)
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

    pub(crate) fn phrases(&mut self, phrases: &[Phrase]) {
        for phrase in phrases.iter().filter(|phrase| phrase.name.is_none()) {
            if self.tells_kind_of_name(phrase) {
                self.kinds_of_names.push((phrase.tokens.end, phrase.noun.clone(), phrase.countries.first().copied()));
                continue;
            }
            let mut drafts = Vec::new();
            let of_back = self.country_noun(phrase, phrases);
            // « les ministres russe et turc » are two.
            let countries: Vec<Option<CountryCode>> =
                if phrase.countries.is_empty() { vec![None] } else { phrase.countries.iter().copied().map(Some).collect() };
            for country in &countries {
                let Some(mut draft) = self.phrase_draft(phrase, *country) else { break };
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
                if matches!(phrase.term, Term::Office(_)) {
                    self.embedded_body(phrase, of_back);
                }
                if matches!(phrase.term, Term::Body(_)) {
                    self.take(phrase.tokens.clone());
                }
            }
            self.drafts.extend(drafts);
        }
    }

    fn phrase_draft(&self, phrase: &Phrase, country: Option<CountryCode>) -> Option<Draft> {
        let tokens = phrase.tokens.clone();
        Some(match phrase.term {
            Term::Office(_) | Term::Counterpart => {
                let basis = if phrase.term == Term::Counterpart { Basis::Counterpart } else { Basis::Office };
                let mut fact = self.office_fact(phrase)?;
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
                if group.of_country && country.is_none() {
                    return None;
                }
                let mut draft = self.draft(tokens, MentionKind::Norp, Basis::Group(group.id.clone()));
                draft.sector = Some(group.sector);
                draft.political = is_political(group.sector) && (group.government || country.is_some());
                draft.recorded = !group.things;
                draft.others = group.others;
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

    /// Whether a group noun only tells what the name after it is: « le groupe pétrolier X ».
    fn tells_kind_of_name(&self, phrase: &Phrase) -> bool {
        let at = phrase.tokens.end;
        let names_body = self.sightings.name_at(at).is_some_and(|name| {
            name.tokens.start == at && name.whole && name.named().any(|entry| matches!(entry.target, NameTarget::Body(_)))
        });
        let organisation =
            self.sightings.recognised_at(at).is_some_and(|entity| entity.tokens.start == at && entity.kind == NameKind::Organisation);
        let noun = matches!(phrase.term, Term::Group(_) | Term::Back(BackNoun::Body));
        noun && !phrase.plural && (names_body || organisation)
    }

    /// Gives names of bodies the nouns that tell their kind, and what those say of their country.
    pub(crate) fn join_kinds_to_names(&mut self) {
        for (at, noun, country) in std::mem::take(&mut self.kinds_of_names) {
            let named = |draft: &&mut Draft| draft.tokens.start == at && matches!(draft.basis, Basis::Body(_) | Basis::Organisation);
            if let Some(draft) = self.drafts.iter_mut().find(named) {
                draft.also.extend(noun);
                draft.country = draft.country.or(country);
            }
        }
    }

    /// The body that the noun of an office names within itself: « le secrétaire du Conseil de sécurité ukrainien ».
    fn embedded_body(&mut self, phrase: &Phrase, of_back: Option<usize>) {
        let country = phrase.countries.first().copied();
        if country.is_none() && of_back.is_none() {
            return;
        }
        let inside = |tokens: &Range<usize>| tokens.start >= phrase.noun.start && tokens.len() < phrase.noun.len();
        let named = phrase.noun.clone().find_map(|index| {
            let sighting = self.sightings.name_at(index).filter(|sighting| sighting.whole && inside(&sighting.tokens))?;
            let body = sighting.named().map(|entry| entry.target).find(|target| matches!(target, NameTarget::Body(_)));
            sighting.generic().or(body).map(|target| (sighting.tokens.clone(), target))
        });
        let Some((tokens, target)) = named else { return };
        // What follows the office's noun says whose body it is; in English the body comes first.
        let last = tokens.end == phrase.noun.end;
        let end = if of_back.is_none() && last { phrase.tokens.end } else { tokens.end };
        let kind = if is_capitalised(self.doc.token(tokens.start)) { MentionKind::Org } else { MentionKind::Office };
        let draft = match self.directory.gazetteer.generic_body(target) {
            Some(generic) => {
                let draft = self.draft(tokens.start..end, kind, Basis::Generic(generic.id.clone()));
                Draft { country, sector: Some(generic.sector), political: true, of_back, ..draft }
            }
            None => match self.body_draft(tokens, target) {
                Some(draft) => draft,
                None => return,
            },
        };
        self.drafts.push(Draft { embedded: true, ..draft });
    }

    fn unique_body(&self, phrase: &Phrase) -> Option<Draft> {
        let sighting = self.sightings.name_at(phrase.noun.start)?;
        let target = sighting.named().map(|entry| entry.target).find(|target| matches!(target, NameTarget::Body(_)))?;
        self.body_draft(phrase.noun.clone(), target)
    }
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
