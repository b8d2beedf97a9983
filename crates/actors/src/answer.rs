//! The end of the pass: the state of [`crate::coreference`] written as [`Actors`].
//!
//! In goes a resolved text; out come mentions, entities in order of first mention, offices told of them, and what every token denotes.

use crate::Actors;
use crate::coreference::{LOOK_BACK, Resolver};
use crate::mention::{EntityData, EntityId, Mention, MentionId, RoleData};
use crate::reading::Basis;
use depeche_packs::{CountryCode, Relation};
use depeche_record::CharSpan;

impl Resolver<'_, '_> {
    /// Writes the answer.
    pub(crate) fn finish(mut self) -> Actors {
        let mut order: Vec<Option<EntityId>> = vec![None; self.register.entities.len()];
        let mut entities: Vec<EntityData> = Vec::new();
        for at in 0..self.drafts.len() {
            let Some(old) = self.entity[at] else { continue };
            let new = *order[old.index()].get_or_insert_with(|| {
                entities.push(self.register.entities[old.index()].clone());
                EntityId(u32::try_from(entities.len() - 1).unwrap_or(u32::MAX))
            });
            entities[new.index()].mentions.push(MentionId(at as u32));
        }
        let renumber = |old: Option<EntityId>| old.and_then(|old| order[old.index()]);
        let naming: Vec<Option<MentionId>> = (0..self.drafts.len())
            .map(|at| match self.stands_for[at][..] {
                [only] => {
                    let named = self.entity[only].map_or(only, |entity| self.named_mention(entity, only));
                    (named != at).then_some(MentionId(named as u32))
                }
                _ => None,
            })
            .collect();
        let mut roles: Vec<RoleData> = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            let Some(entity) = renumber(self.entity[at]) else { continue };
            for fact in draft.offices.iter().filter(|fact| !fact.name.is_empty() && !draft.plural) {
                let country = fact.countries.first().copied().or(entities[entity.index()].country);
                // An office that led to its holder says no more than was said of them; one without a holder tells something only where one
                // person holds it.
                if draft.basis == Basis::Office && !(self.stands_for[at].is_empty() && fact.unique && country.is_some()) {
                    continue;
                }
                // « le général » after « le général de brigade X »
                let narrower =
                    |&place: &usize| self.holders.get(place).is_some_and(|(.., held)| held.base == fact.name && held.name != fact.name);
                let told = self.entity[at].and_then(|entity| self.offices_of.get(&entity)).into_iter().flatten();
                if fact.rank && fact.name == fact.base && told.take(LOOK_BACK).any(narrower) {
                    continue;
                }
                roles.push(RoleData {
                    entity,
                    office: fact.name.clone(),
                    body: fact.body.clone(),
                    country,
                    past: fact.past,
                    token: fact.tokens.start,
                    span: CharSpan::from(self.doc.chars(fact.tokens.clone())),
                });
            }
        }
        let countries: Vec<Option<CountryCode>> = (0..self.drafts.len())
            .map(|at| match self.stands_for[at][..] {
                [only] => self.country(at).or(self.country(only)),
                _ => self.country(at),
            })
            .collect();
        let sectors: Vec<_> = (0..self.drafts.len())
            .map(|at| self.drafts[at].sector.or_else(|| self.entity[at].and_then(|entity| self.register.entities[entity.index()].sector)))
            .collect();
        let political: Vec<bool> = (0..self.drafts.len())
            .map(|at| self.drafts[at].political || self.stands_for[at].iter().any(|&other| self.drafts[other].political))
            .collect();
        let quoted = self.speakers.quoted().iter().map(|(tokens, at)| (tokens.clone(), MentionId(*at as u32))).collect();
        let (denoted, first_denoted) = self.denoted();
        let texts = std::mem::take(&mut self.texts);
        let mut record_ids = Vec::with_capacity(self.drafts.len());
        let mut recorded = 0;
        for (draft, antecedents) in self.drafts.iter().zip(&self.stands_for) {
            let pointing = matches!(draft.basis, Basis::Pronoun(_) | Basis::Back(_));
            let nameless = matches!(draft.basis, Basis::Group(_)) && draft.country.is_none();
            let written = draft.recorded && !nameless && (!pointing || !antecedents.is_empty());
            recorded += u32::from(written);
            record_ids.push(if written { recorded } else { 0 });
        }
        let mentions = self.drafts.iter().zip(texts).enumerate().map(|(at, (draft, text))| Mention {
            head: draft.head,
            tokens: draft.tokens.clone(),
            span: CharSpan::from(self.doc.chars(draft.tokens.clone())),
            text,
            kind: draft.kind,
            entity: renumber(self.entity[at]),
            country: countries[at],
            sector: sectors[at],
            political: political[at],
            site: draft.site.clone(),
            recorded: record_ids[at] > 0,
            antecedent: naming[at],
        });
        Actors { mentions: mentions.collect(), entities, roles, denoted, first_denoted, first_person: Vec::new(), quoted, record_ids }
    }

    /// What every token denotes, flattened.
    fn denoted(&self) -> (Vec<MentionId>, Vec<u32>) {
        let mut own: Vec<Vec<MentionId>> = vec![Vec::new(); self.doc.len()];
        for (token, list) in self.by_token.iter().enumerate() {
            for &at in list {
                let plural = self.stands_for[at].len() > 1;
                let pointing = matches!(self.drafts[at].basis, Basis::Pronoun(_) | Basis::Back(_));
                let meant = if plural {
                    self.stands_for[at].clone()
                } else if pointing && self.stands_for[at].is_empty() {
                    Vec::new()
                } else {
                    vec![at]
                };
                own[token].extend(meant.into_iter().map(|at| MentionId(at as u32)));
            }
        }
        // A noun that says nothing of itself gives way to what is beside it or counted by it.
        for token in (0..self.doc.len()).rev() {
            if !own[token].is_empty() || !matches!(self.doc.token(token).pos(), "NOUN" | "PROPN" | "NUM" | "PRON" | "ADJ") {
                continue;
            }
            let quantity = self.directory.reference.is_quantity(&self.doc.token(token).form().to_lowercase());
            let beside = self.graph.children(token).iter().copied().find(|&child| {
                let counted = quantity
                    && self.graph.relation(child) == Relation::NominalModifier
                    && self.graph.preposition(child).is_some_and(|preposition| self.directory.reference.is_complement(preposition));
                let apposed = matches!(self.graph.relation(child), Relation::Apposition | Relation::Flat);
                (counted || apposed) && !own[child].is_empty()
            });
            if let Some(child) = beside {
                own[token] = own[child].clone();
            }
        }
        let mut denoted = Vec::new();
        let mut first = vec![0];
        for list in own {
            denoted.extend(list);
            first.push(u32::try_from(denoted.len()).unwrap_or(u32::MAX));
        }
        (denoted, first)
    }
}
