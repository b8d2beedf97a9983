//! Pledges: what somebody says that their own side will or will not do.
//!
//! In go the tokens of a statement's content and its speaker; out comes the record's commitment, read off the first main clause in which the
//! speaker, the speaker's country or “we” is the subject of a verb of the future, or of one that pledges. What merely is so, or is possible,
//! wished for or asked, is no pledge. The promisor is a country; without one there is nothing to compare.

use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_packs::CountryCode;
use depeche_predicates::{Clause, Mood, Relation, Role, Tense, predicate};
use depeche_record::{Commitment, Polarity, Quoted};
use std::ops::Range;

/// The pledge in what `speaker` says, if there is one.
/// `pledged` says that the verb of speech itself pledges, so that the infinitive under it is a pledge.
pub(super) fn commitment(reading: &Reading<'_>, content: &Range<usize>, speaker: Option<MentionId>, pledged: bool) -> Option<Commitment> {
    let clauses = reading.clauses.all.iter().filter(|clause| content.contains(&clause.head) && is_main(reading, clause, content));
    clauses.into_iter().find_map(|clause| pledge(reading, clause, content, speaker, pledged))
}

/// Whether nothing in the content governs the clause but another that it is coordinated with.
fn is_main(reading: &Reading<'_>, clause: &Clause, content: &Range<usize>) -> bool {
    let governed = clause.parent.is_some_and(|parent| content.contains(&reading.clauses.all[parent].head));
    !governed || matches!(clause.link, Relation::Conjunct | Relation::Parataxis)
}

fn pledge(reading: &Reading<'_>, clause: &Clause, content: &Range<usize>, speaker: Option<MentionId>, pledged: bool) -> Option<Commitment> {
    let verb = clause.head;
    let is_act = matches!(reading.doc.token(verb).pos(), "VERB") && reading.graph.children_as(verb, Relation::Copula).next().is_none();
    let vows = pledged && clause.mood == Mood::Infinitive;
    // « ne permettra pas »; « (a dit qu'elle) ne permettrait pas » is the same told of the past.
    let to_come = clause.tense == Tense::Future && clause.mood == Mood::Indicative
        || clause.mood == Mood::Conditional && !clause.perfect && reading.quotation_of(verb).is_none();
    if !is_act || !(to_come || vows) || clause.possible || clause.conditional || clause.passive {
        return None;
    }
    let said = predicate(reading.graph, reading.clauses, reading.grammar, verb);
    let own = speaker.and_then(|speaker| reading.actors.country_of(speaker));
    let promisor = if vows { own } else { promisor(reading, said.first(Role::Subject)?, own) }?;
    let after: Vec<usize> = reading.graph.subtree(verb).into_iter().filter(|token| *token > verb && content.contains(token)).collect();
    let (&first, &last) = after.first().zip(after.last())?;
    Some(Commitment {
        beneficiary: beneficiary(reading, verb, content, promisor).map(|country| country.to_string()),
        promisor: Some(promisor.to_string()),
        polarity: if clause.negated { Polarity::WillNot } else { Polarity::Will },
        object: object(reading, first..last + 1),
    })
}

/// The country for which a subject pledges: the speaker's own, whoever of it is named.
fn promisor(reading: &Reading<'_>, subject: usize, own: Option<CountryCode>) -> Option<CountryCode> {
    if reading.actors.is_first_person(subject) {
        return own;
    }
    let countries: Vec<CountryCode> =
        reading.actors.denoted(subject).iter().filter_map(|&mention| reading.actors.country_of(mention)).collect();
    match own {
        Some(own) => countries.contains(&own).then_some(own),
        None => countries.first().copied(),
    }
}

/// The first other country that the pledge speaks of; failing that, of its verb's other arguments.
fn beneficiary(reading: &Reading<'_>, verb: usize, content: &Range<usize>, promisor: CountryCode) -> Option<CountryCode> {
    let country = |token: usize| {
        let countries = reading.actors.denoted(token).iter().filter_map(|&mention| reading.actors.country_of(mention));
        countries.into_iter().find(|&country| country != promisor && country.is_country())
    };
    (verb..content.end).find_map(country)
}

/// The words of what is pledged, without the marks at its ends.
fn object(reading: &Reading<'_>, tokens: Range<usize>) -> Quoted {
    let tokens = super::trim(reading, tokens);
    Quoted { span: reading.span(tokens.clone()), text: reading.doc.slice(tokens).to_owned() }
}
