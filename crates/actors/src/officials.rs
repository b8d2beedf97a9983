//! Drafts from names of persons and from phrases of office, groups and bodies.
//!
//! In go names and phrases; out come drafts in the [`Scribe`]: one a name, with the offices and the country of the phrases beside it, and one a
//! country of every phrase without a name.

use crate::names::PersonName;
use crate::phrase::{Complement, Phrase, Term};
use crate::reading::{Basis, Draft, OfficeFact, Scribe, is_political};
use crate::sightings::is_capitalised;
use depeche_packs::{BackNoun, CountryCode, NameTarget, OfficeModifier, Sector};
use depeche_record::MentionKind;

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

    pub(crate) fn phrases(&mut self, phrases: &[Phrase]) {
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
