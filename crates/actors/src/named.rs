//! Drafts from names of countries, places and bodies, and from what only the recogniser knows.
//!
//! In go the sightings that no person or phrase has taken; out come drafts in the [`Scribe`]. Words that often mean something else are taken
//! only where the recogniser sees a name too; a capital after a preposition of place is a place, elsewhere its government.

use crate::mention::Site;
use crate::reading::{Basis, Draft, Scribe};
use crate::sightings::is_capitalised;
use depeche_packs::{BodyKind, CountryCode, NameKind, NameRole, NameTarget, PlaceKind, Relation, Sector};
use depeche_record::MentionKind;
use std::ops::Range;

impl Scribe<'_, '_> {
    pub(crate) fn body_draft(&self, tokens: Range<usize>, target: NameTarget) -> Option<Draft> {
        let body = self.directory.gazetteer.body(target)?;
        let kind = if body.kind == BodyKind::Format { MentionKind::Format } else { MentionKind::Org };
        let mut draft = self.draft(tokens, kind, Basis::Body(target));
        draft.country = Some(body.country);
        draft.sector = Some(body.sector);
        draft.political = !matches!(body.kind, BodyKind::Company | BodyKind::Media | BodyKind::Ngo);
        Some(draft)
    }

    /// Names of the tables that nothing longer has taken.
    pub(crate) fn gazetteer(&mut self) {
        for sighting in self.sightings.names.iter().filter(|sighting| sighting.whole) {
            if !self.is_free(&sighting.tokens) || self.inside_organisation(&sighting.tokens) {
                continue;
            }
            let supported = |entry: &&depeche_packs::NameEntry| !entry.needs_context || self.recognises_name(&sighting.tokens);
            let Some(entry) = sighting.named().find(supported) else { continue };
            let Some(mut draft) = self.name_draft(sighting.tokens.clone(), entry.target, entry.role) else { continue };
            if let NameTarget::Country(code) = entry.target
                && let Some(start) = self.misspelt_name(code, &sighting.tokens)
            {
                draft.tokens.start = start;
            }
            self.take(draft.tokens.clone());
            self.drafts.push(draft);
        }
    }

    /// Where a longer name of a country begins whose first word is misspelt: « la Répulbique du Chili ».
    fn misspelt_name(&self, code: CountryCode, tokens: &Range<usize>) -> Option<usize> {
        let country = self.directory.gazetteer.countries.get(code)?;
        let start = (tokens.start.saturating_sub(3)..tokens.start).rev().find(|&index| is_capitalised(self.doc.token(index)))?;
        if !self.is_free(&(start..tokens.start)) || self.sightings.name_at(start).is_some() {
            return None;
        }
        let first = self.doc.token(start).text();
        let written = self.doc.slice(start..tokens.end).to_lowercase();
        let (_, rest) = written.split_at_checked(first.to_lowercase().len())?;
        let is_meant = |name: &String| {
            let name = name.to_lowercase();
            let word = name.split(' ').next().unwrap_or_default();
            name.strip_prefix(word).is_some_and(|tail| plain_apostrophes(tail).eq(plain_apostrophes(rest)))
                && is_slip(word, &first.to_lowercase())
        };
        country.names.iter().any(is_meant).then_some(start)
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
                // « l'Occident a condamné »: a part of the world acts as a party where it does not stand as a place.
                let political = place.kind == PlaceKind::World && place.country.is_none() && !self.stands_as_place(draft.head);
                Some(Draft { country: place.country, site: Some(site), political, ..draft })
            }
            NameTarget::Body(_) => self.body_draft(tokens, target),
            NameTarget::GenericBody(_) => None,
        }
    }

    /// Whether a preposition of place makes a capital no more than a city.
    fn stands_as_place(&self, head: usize) -> bool {
        let reference = &self.directory.reference;
        let stands = |at: usize| {
            let marked = match self.graph.preposition(at) {
                Some(preposition) => reference.is_place_preposition(preposition),
                // The parse may have taken the city for something that no preposition marks.
                None => at > 0 && reference.is_place_preposition(&self.doc.token(at - 1).form().to_lowercase()),
            };
            let aim = matches!(self.graph.relation(at), Relation::Object | Relation::Oblique | Relation::IndirectObject);
            let verb = self.graph.head(at).filter(|_| aim).map(|verb| self.doc.token(verb).lemma().to_lowercase());
            marked || verb.is_some_and(|verb| reference.is_motion(&verb))
        };
        stands(head) || stands(self.graph.first_conjunct(head))
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
    pub(crate) fn recognised(&mut self) {
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

    /// Lets the name of a body that two countries have together go up to theirs: « la Commission mixte de défense Norvège-Suède ».
    pub(crate) fn joint_bodies(&mut self) {
        let country = |draft: &Draft| matches!(draft.basis, Basis::Country(_));
        let mut countries: Vec<Range<usize>> =
            self.drafts.iter().filter(|draft| country(draft)).map(|draft| draft.tokens.clone()).collect();
        countries.sort_by_key(|tokens| tokens.start);
        let begins = |at: usize| countries.binary_search_by_key(&at, |tokens| tokens.start).ok().map(|found| countries[found].end);
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for (place, draft) in self.drafts.iter().enumerate() {
            let body = matches!(draft.basis, Basis::Organisation | Basis::Generic(_)) && is_capitalised(self.doc.token(draft.tokens.start));
            if !body || draft.country.is_some() {
                continue;
            }
            let plain = |at: &usize| {
                let token = self.doc.token(*at);
                matches!(token.pos(), "ADP" | "NOUN" | "ADJ" | "DET") && !token.is_space() && !is_capitalised(token)
            };
            let reach = (draft.tokens.end + 5).min(self.doc.len());
            let at = (draft.tokens.end..reach).find(|at| !plain(at)).unwrap_or(reach);
            let hyphen = begins(at).filter(|&hyphen| hyphen < self.doc.len() && matches!(self.doc.token(hyphen).text(), "-" | "–"));
            if let Some(end) = hyphen.and_then(|hyphen| begins(hyphen + 1)) {
                ends.push((place, end));
            }
        }
        for (place, end) in ends {
            let draft = &mut self.drafts[place];
            draft.tokens.end = end;
            draft.kind = MentionKind::Org;
            draft.basis = Basis::Organisation;
            draft.political = true;
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
}

fn plain_apostrophes(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(|character| if character == '’' { '\'' } else { character })
}

/// Whether a long word is another with one letter wrong, missing or too many, or two exchanged.
fn is_slip(word: &str, written: &str) -> bool {
    let (mut word, mut written): (Vec<char>, Vec<char>) = (word.chars().collect(), written.chars().collect());
    if word == written || word.len() < 6 {
        return false;
    }
    for _ in 0..2 {
        while !word.is_empty() && word.last() == written.last() {
            word.pop();
            written.pop();
        }
        word.reverse();
        written.reverse();
    }
    match (&word[..], &written[..]) {
        (one, other) if one.len() + other.len() == 1 => true,
        ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_of_one_letter() {
        for written in ["repulbic", "repubic", "republiic", "republig"] {
            assert!(is_slip("republic", written), "{written}");
        }
        for written in ["republic", "public", "republicans", "repbulci", ""] {
            assert!(!is_slip("republic", written), "{written}");
        }
    }
}
