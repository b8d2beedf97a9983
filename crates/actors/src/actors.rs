//! The answer of this crate, and how the later stages ask it.

use crate::mention::{EntityData, EntityId, Mention, MentionId, RoleData};
use depeche_packs::CountryCode;
use depeche_record as record;
use std::collections::HashSet;
use std::ops::Range;

/// Who a text speaks of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actors {
    /// The mentions, in order of the text.
    pub mentions: Vec<Mention>,
    /// Those they stand for, in order of first mention.
    pub entities: Vec<EntityData>,
    /// The offices they are said to hold, in order of the text.
    pub roles: Vec<RoleData>,
    /// What every token denotes, one after the other, and where each token's begin.
    pub(crate) denoted: Vec<MentionId>,
    pub(crate) first_denoted: Vec<u32>,
    /// Tokens of the first person, sorted.
    pub(crate) first_person: Vec<usize>,
    /// Quotations by their tokens, in order, each with a mention that names its speaker.
    pub(crate) quoted: Vec<(Range<usize>, MentionId)>,
    /// For every mention the number of its record id; 0 for those that are not recorded.
    pub(crate) record_ids: Vec<u32>,
}

impl Actors {
    /// A mention by its id.
    pub fn mention(&self, mention: MentionId) -> &Mention {
        &self.mentions[mention.index()]
    }

    /// The mentions that the noun phrase headed by `token`, or the pronoun or possessive at it, stands for: several for a plural that
    /// points back, none when it is nobody. The other members of a coordination are asked for by themselves.
    pub fn denoted(&self, token: usize) -> &[MentionId] {
        match (self.first_denoted.get(token), self.first_denoted.get(token + 1)) {
            (Some(&from), Some(&to)) => self.denoted.get(from as usize..to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether the token is a pronoun or possessive of the first person, which inside a quotation is its speaker.
    pub fn is_first_person(&self, token: usize) -> bool {
        self.first_person.binary_search(&token).is_ok()
    }

    /// A mention that names whoever speaks in the quotation around `token`.
    pub fn speaker_at(&self, token: usize) -> Option<MentionId> {
        let past = self.quoted.partition_point(|(tokens, _)| tokens.end <= token);
        self.quoted.get(past).filter(|(tokens, _)| tokens.contains(&token)).map(|(_, speaker)| *speaker)
    }

    /// The country that a mention represents.
    pub fn country_of(&self, mention: MentionId) -> Option<CountryCode> {
        self.mention(mention).country
    }

    /// Whether a mention's actor is political, so that what it does or suffers can be an event.
    pub fn is_political(&self, mention: MentionId) -> bool {
        self.mention(mention).political
    }

    /// The mention whose surface names the actor: the antecedent's for a pronoun or bare office, otherwise its own.
    pub fn naming(&self, mention: MentionId) -> &Mention {
        let own = self.mention(mention);
        own.antecedent.map_or(own, |antecedent| self.mention(antecedent))
    }

    /// A mention as an actor or recipient of an event.
    pub fn participant(&self, mention: MentionId) -> record::Participant {
        let own = self.mention(mention);
        let named = self.naming(mention);
        record::Participant {
            entity: own.entity.map(|entity| format!("e{}", entity.0 + 1)),
            mention: self.record_id(mention),
            text: named.text.clone(),
            span: named.span,
            country: own.country.or(named.country).map(|country| country.to_string()),
            sector: own.sector.or(named.sector).map(|sector| sector.to_string()),
        }
    }

    /// A mention as a speaker or addressee.
    pub fn speaker(&self, mention: MentionId) -> record::Speaker {
        let named = self.naming(mention);
        record::Speaker {
            entity: self.mention(mention).entity.map(|entity| format!("e{}", entity.0 + 1)),
            text: named.text.clone(),
            span: named.span,
        }
    }

    /// The country or place that the noun phrase headed by `token` names, as a place.
    pub fn place(&self, token: usize) -> Option<record::Place> {
        let (mention, site) = self.denoted(token).iter().find_map(|&id| {
            let (mention, named) = (self.mention(id), self.naming(id));
            // « le pays » is where its name is.
            mention.site.as_ref().or(named.site.as_ref()).map(|site| (mention, site))
        })?;
        Some(record::Place {
            text: mention.text.clone(),
            span: mention.span,
            name: (!site.name.is_empty()).then(|| site.name.clone()),
            country: site.country.map(|country| country.to_string()),
            lat: site.at.map(|at| at.latitude),
            lon: site.at.map(|at| at.longitude),
        })
    }

    /// The mention's id in the record; none when it is not recorded.
    pub fn record_id(&self, mention: MentionId) -> Option<String> {
        self.record_ids.get(mention.index()).filter(|&&number| number > 0).map(|number| format!("m{number}"))
    }

    /// Mentions, entities and offices as the record has them. `as_of` tells when the text has an office held, as [`record::Role`] writes it;
    /// an office told twice with one date is written once.
    pub fn records(&self, as_of: impl Fn(&RoleData) -> Option<String>) -> (Vec<record::Mention>, Vec<record::Entity>, Vec<record::Role>) {
        let mentions = (0..).map(MentionId).zip(&self.mentions).filter_map(|(id, mention)| {
            Some(record::Mention {
                id: self.record_id(id)?,
                span: mention.span,
                text: mention.text.clone(),
                kind: mention.kind,
                entity: mention.entity.map(|entity| format!("e{}", entity.0 + 1)),
            })
        });
        let entities = (1..).zip(&self.entities).map(|(number, entity): (u32, _)| record::Entity {
            id: format!("e{number}"),
            kind: entity.kind,
            name: entity.name.clone(),
            country: entity.country.map(|country| country.to_string()),
            wikidata: entity.wikidata.clone(),
            members: entity
                .members
                .iter()
                .map(|member| record::Member { country: member.country.to_string(), span: member.span.unwrap_or_default() })
                .collect(),
        });
        let mut told: HashSet<(EntityId, &str, Option<CountryCode>, Option<String>)> = HashSet::new();
        let roles = self.roles.iter().filter_map(|role| {
            let as_of = as_of(role);
            let new = told.insert((role.entity, &role.office, role.country, as_of.clone()));
            new.then(|| record::Role {
                entity: format!("e{}", role.entity.0 + 1),
                office: role.office.clone(),
                body: role.body.clone(),
                country: role.country.map(|country| country.to_string()),
                as_of,
                span: role.span,
            })
        });
        (mentions.collect(), entities.collect(), roles.collect())
    }
}
