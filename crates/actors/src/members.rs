//! The members that a text itself lists of a format or organisation.
//!
//! In goes the state of [`crate::coreference`] once every mention is resolved; what comes out is written into the entities: the members that
//! the words of a list name, with the characters that name them. « La plateforme 3+3 (Russie, Turquie, Iran…) »: a list in brackets or after
//! a colon says who they are where no table does; a list elsewhere in the sentence is taken where the table bears out every name in it.

use crate::coreference::Resolver;
use crate::mention::{EntityId, MemberData};
use crate::reading::Basis;
use depeche_packs::CountryCode;
use depeche_record::{CharSpan, EntityKind};

/// So many countries in a row are a list in brackets, and so many one that stands anywhere.
const LISTED_BESIDE: usize = 2;
const LISTED_ELSEWHERE: usize = 3;

/// A country named in a list: the draft that names it.
type Named = (CountryCode, usize);

impl Resolver<'_, '_> {
    /// Completes the formats and organisations with the lists of the text.
    pub(crate) fn listed_members(&mut self) {
        let mut lists: Option<Vec<Vec<Named>>> = None;
        for at in 0..self.drafts.len() {
            let (Basis::Body(_), Some(entity)) = (&self.drafts[at].basis, self.entity[at]) else { continue };
            let lists = lists.get_or_insert_with(|| self.country_lists());
            let sentence = self.sentence_of(at);
            let kind = self.register.entities[entity.index()].kind;
            let known: Vec<CountryCode> = self.register.entities[entity.index()].members.iter().map(|member| member.country).collect();
            let near = lists.partition_point(|list| list.first().is_some_and(|&(_, first)| self.sentence_of(first) < sentence));
            let list = lists[near..]
                .iter()
                .take_while(|list| list.first().is_some_and(|&(_, first)| self.sentence_of(first) <= sentence))
                .find(|list| {
                    let Some(&(_, first)) = list.first() else { return false };
                    let beside = self.opens_beside(at, first);
                    let borne_out = list.iter().all(|(country, _)| known.contains(country));
                    match (known.is_empty(), beside) {
                        (true, true) => kind == EntityKind::Format && list.len() >= LISTED_BESIDE,
                        (true, false) => false,
                        (false, true) => borne_out && list.len() >= LISTED_BESIDE,
                        (false, false) => borne_out && list.len() >= LISTED_ELSEWHERE,
                    }
                });
            if let Some(list) = list {
                self.add_members(entity, list);
            }
        }
        // « la Commission mixte Norvège-Suède »
        for at in 0..self.drafts.len() {
            let (Basis::Organisation, Some(entity), [_, _]) = (&self.drafts[at].basis, self.entity[at], &self.stands_for[at][..]) else {
                continue;
            };
            let named = |&draft: &usize| self.drafts[draft].country.map(|country| (country, draft));
            let list: Vec<Named> = self.stands_for[at].iter().filter_map(named).collect();
            self.add_members(entity, &list);
        }
    }

    /// Adds countries that the text names to the members of an entity.
    fn add_members(&mut self, entity: EntityId, list: &[Named]) {
        for &(country, draft) in list {
            let span = Some(CharSpan::from(self.doc.chars(self.drafts[draft].tokens.clone())));
            let members = &mut self.register.entities[entity.index()].members;
            match members.iter_mut().find(|known| known.country == country) {
                Some(known) => known.span = known.span.or(span),
                None => members.push(MemberData { country, span }),
            }
        }
    }

    /// The runs of countries between which there are only marks, conjunctions and determiners.
    fn country_lists(&self) -> Vec<Vec<Named>> {
        let mut lists: Vec<Vec<Named>> = Vec::new();
        let mut end_of_last = None;
        for (at, draft) in self.drafts.iter().enumerate() {
            let Basis::Country(country) = draft.basis else { continue };
            let goes_on =
                end_of_last.is_some_and(|end| end <= draft.tokens.start && (end..draft.tokens.start).all(|token| self.is_link(token)));
            match lists.last_mut() {
                Some(list) if goes_on => list.push((country, at)),
                _ => lists.push(vec![(country, at)]),
            }
            end_of_last = Some(draft.tokens.end);
        }
        lists.retain(|list| list.len() >= LISTED_BESIDE);
        lists
    }

    fn is_link(&self, token: usize) -> bool {
        let token = self.doc.token(token);
        let ends = matches!(token.text(), "." | "!" | "?" | "(" | ")" | "[" | "]" | ";" | ":");
        !ends && matches!(token.pos(), "PUNCT" | "CCONJ" | "DET" | "SPACE")
    }

    /// Whether the list that begins with a draft stands in brackets, or after a colon, right behind a mention.
    fn opens_beside(&self, mention: usize, first: usize) -> bool {
        let (end, start) = (self.drafts[mention].tokens.end, self.drafts[first].tokens.start);
        if end >= start {
            return false;
        }
        matches!(self.doc.token(end).text(), "(" | "[" | ":" | "—" | "–")
            && (end + 1..start).all(|token| self.doc.token(token).pos() == "DET")
    }

    fn sentence_of(&self, at: usize) -> Option<usize> {
        self.sentence.get(self.drafts[at].head).copied()
    }
}
