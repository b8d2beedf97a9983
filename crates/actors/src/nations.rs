//! Nationalities: peoples by name, and what an adjective of nationality says of a noun that no table has.
//!
//! In goes the scribe after all names and phrases; out come drafts for « les Iraniens », which the record keeps, and unrecorded ones for the
//! adjective in « les frappes israéliennes » and for the noun beside it, so that whoever asks what they stand for learns the country.

use crate::reading::{Basis, Draft, Scribe};
use crate::sightings::is_capitalised;
use depeche_packs::{CountryCode, NameRole, Relation};
use depeche_record::MentionKind;
use std::ops::Range;

/// Adds the drafts of nationality.
pub(crate) fn read(scribe: &mut Scribe) {
    let mut nouns = Vec::new();
    let mut past = 0;
    for sighting in &scribe.sightings.names {
        let start = sighting.tokens.start;
        let adjective = sighting.entries.iter().any(|entry| matches!(entry.role, NameRole::Adjective | NameRole::Prefix));
        if start < past || !adjective || scribe.taken[start] {
            continue;
        }
        let Some((countries, end)) = scribe.sightings.adjective_at(scribe.directory, start) else { continue };
        past = end;
        let tokens = start..end;
        let head = end - 1;
        let token = scribe.doc.token(head);
        let named = is_capitalised(token) && !token.sent_start();
        let noun = (named || matches!(token.pos(), "NOUN" | "PROPN")) && is_people(scribe, head);
        let inside = tokens.clone().any(|index| scribe.sightings.term_at(index).is_some_and(|term| term.heads_phrase()));
        if inside {
            continue;
        }
        for &country in &countries {
            let draft = nationality(scribe, tokens.clone(), head, country);
            let people = noun && countries.len() == 1 && is_capitalised(token);
            scribe.drafts.push(Draft { recorded: people, political: true, ..draft });
        }
        if !noun
            && let Some(governor) = scribe.graph.head(head)
            && scribe.doc.token(governor).pos() == "NOUN"
            && !scribe.taken[governor]
            && scribe.sightings.term_at(governor).is_none()
        {
            nouns.push((governor, tokens.start.min(governor)..end.max(governor + 1), countries));
        }
    }
    for (governor, tokens, countries) in nouns {
        if tokens.len() > 6 {
            continue;
        }
        for country in countries {
            let mut draft = nationality(scribe, tokens.clone(), governor, country);
            draft.plural = scribe.doc.token(governor).feature("Number") == Some("Plur");
            draft.content = false;
            scribe.drafts.push(draft);
        }
    }
}

/// Whether a word of nationality is a noun in the tree: it governs itself, not another noun.
fn is_people(scribe: &Scribe, index: usize) -> bool {
    !matches!(scribe.graph.relation(index), Relation::Adjective | Relation::Compound | Relation::Flat)
}

fn nationality(scribe: &Scribe, tokens: Range<usize>, head: usize, country: CountryCode) -> Draft {
    let mut draft = scribe.draft(tokens, MentionKind::Norp, Basis::Nationality);
    draft.head = head;
    draft.country = Some(country);
    draft.recorded = false;
    draft
}
