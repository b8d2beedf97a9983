//! Common nouns that point back: « le pays », « les deux parties », « ce dernier », « l'armée » of a country told before.
//!
//! In goes the state of [`crate::coreference`] at the noun; what comes out is written into it. Only a definite, demonstrative or counted noun
//! points back; a pair that is not found whole stands for nobody.

use crate::coreference::{LOOK_BACK, Resolver};
use crate::reading::Basis;
use depeche_packs::{BackNoun, CountryCode, Determination, Relation};

impl Resolver<'_, '_> {
    /// « l'armée », « les autorités »: whose it is, where the text has said so.
    pub(crate) fn resolve_common_noun(&mut self, at: usize) {
        let country = self.country_pointed_at(at).filter(|_| !self.drafts[at].others).or_else(|| {
            if self.drafts[at].others || self.drafts[at].determination == Some(Determination::Indefinite) {
                return None;
            }
            // Missiles may be anybody's.
            let acts = self.drafts[at].recorded;
            let same = |other: usize| self.drafts[other].basis == self.drafts[at].basis && self.drafts[other].country.is_some();
            let before = (at.saturating_sub(LOOK_BACK)..at).rev().find(|&other| same(other));
            before.and_then(|other| self.drafts[other].country).or(self.context.filter(|_| acts))
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
    pub(crate) fn resolve_back_noun(&mut self, at: usize, noun: BackNoun) {
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
            BackNoun::Body if !plural && draft.tokens.len() == 1 => self.latest(at, 1, |resolver, other| {
                matches!(resolver.drafts[other].basis, Basis::Body(_) | Basis::Organisation) && !resolver.drafts[other].plural
            }),
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
    pub(crate) fn two_sides(&self, at: usize) -> Vec<usize> {
        let mut sides: Vec<(CountryCode, usize)> = Vec::new();
        for other in (at.saturating_sub(LOOK_BACK)..at).rev() {
            let draft = &self.drafts[other];
            let acts = draft.content
                && draft.political
                && draft.recorded
                && !matches!(draft.basis, Basis::Pronoun(_) | Basis::Back(_) | Basis::Capital(_));
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
}
