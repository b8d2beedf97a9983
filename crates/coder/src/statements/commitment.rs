//! Pledges: what somebody says that their own side will or will not do.
//!
//! In go the tokens of a statement's content and its speaker; out comes the record's commitment, read off the first main clause in which the
//! speaker, the speaker's country or “we” is the subject of a verb of the future, or of one that pledges. What merely is so, or is possible,
//! wished for or asked, is no pledge. The promisor is a country; without one there is nothing to compare.

use crate::attribution::SpeechWords;
use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_packs::CountryCode;
use depeche_predicates::{Clause, Mood, Relation, Role, Tense, predicate};
use depeche_record::{Commitment, Polarity, Quoted};
use std::ops::Range;

/// The pledge in what `speakers` say, if there is one. `pledged` says that the verb of speech itself pledges, so that the infinitive under it
/// is a pledge, `announced` that it announces what its subject does: « annonce qu'il suspendait … »; one under a noun of will is too (« leur détermination à … »).
pub(super) fn commitment(
    reading: &Reading<'_>,
    words: &SpeechWords,
    content: &Range<usize>,
    speakers: &[MentionId],
    pledged: bool,
    announced: bool,
) -> Option<Commitment> {
    let mut sides: Vec<CountryCode> = speakers.iter().filter_map(|&speaker| reading.actors.country_of(speaker)).collect();
    sides.dedup();
    let of_will = |token: &usize| {
        let lemma = reading.lemma(*token);
        reading.doc.token(*token).pos() == "NOUN" && words.is_pledge_noun(&lemma) || is_ready(reading, words, *token)
    };
    let top = content.clone().find(|&token| reading.graph.head(token).is_none_or(|head| !content.contains(&head)));
    if let Some(noun) = top.filter(of_will) {
        let infinitive = reading.graph.subtree(noun).into_iter().find(|&under| {
            under > noun
                && content.contains(&under)
                && reading.clauses.of_token(under).is_some_and(|clause| clause.mood == Mood::Infinitive)
        })?;
        return vow(reading, infinitive..content.end, content, &sides, false);
    }
    let first = reading.clauses.all.partition_point(|clause| clause.head < content.start);
    let inside = reading.clauses.all[first..].iter().take_while(|clause| clause.head < content.end);
    let mut clauses = inside.filter(|clause| is_main(reading, clause, content));
    clauses.find_map(|clause| {
        readiness(reading, words, clause, content, &sides).or_else(|| pledge(reading, words, clause, content, &sides, pledged, announced))
    })
}

/// Whether nothing in the content governs the clause but another that it is coordinated with.
fn is_main(reading: &Reading<'_>, clause: &Clause, content: &Range<usize>) -> bool {
    let governed = clause.parent.is_some_and(|parent| content.contains(&reading.clauses.all[parent].head));
    !governed || matches!(clause.link, Relation::Conjunct | Relation::Parataxis)
}

fn pledge(
    reading: &Reading<'_>,
    words: &SpeechWords,
    clause: &Clause,
    content: &Range<usize>,
    sides: &[CountryCode],
    pledged: bool,
    announced: bool,
) -> Option<Commitment> {
    let verb = clause.head;
    let is_act = reading.doc.token(verb).pos() == "VERB" && reading.graph.children_as(verb, Relation::Copula).next().is_none();
    if !is_act || clause.possible || clause.conditional || clause.passive {
        return None;
    }
    // What is pledged begins with its verb, since to permit and to help are not the same.
    let object = || {
        let last = reading.graph.subtree(verb).into_iter().rfind(|token| *token > verb && content.contains(token))?;
        Some(verb..last + 1)
    };
    if pledged && clause.mood == Mood::Infinitive {
        return vow(reading, object()?, content, sides, clause.negated);
    }
    // « ne permettra pas »; « (a dit qu'elle) ne permettrait pas » is the same told of the past.
    let to_come = clause.tense == Tense::Future && clause.mood == Mood::Indicative
        || clause.mood == Mood::Conditional && !clause.perfect && reading.quotation_of(verb).is_none()
        || announced && clause.tense == Tense::Imperfect;
    if !to_come || words.is_unpledging(&reading.lemma(verb)) {
        return None;
    }
    let said = predicate(reading.graph, reading.clauses, reading.grammar, verb);
    let promisor = promisor(reading, said.first(Role::Subject)?, sides)?;
    Some(Commitment {
        beneficiary: beneficiary(reading, verb, content, promisor).map(|country| country.to_string()),
        promisor: Some(promisor.to_string()),
        polarity: if clause.negated { Polarity::WillNot } else { Polarity::Will },
        object: quoted(reading, object()?),
    })
}

/// Whether an adjective says that somebody will do what the infinitive under it says.
fn is_ready(reading: &Reading<'_>, words: &SpeechWords, token: usize) -> bool {
    words.is_pledge_adjective(&reading.lemma(token)) || words.is_pledge_adjective(&reading.graph.form(token))
}

/// « le Kenya serait prêt à aider »: what the speaker's own side is ready to do.
fn readiness(
    reading: &Reading<'_>,
    words: &SpeechWords,
    clause: &Clause,
    content: &Range<usize>,
    sides: &[CountryCode],
) -> Option<Commitment> {
    if !is_ready(reading, words, clause.head) || clause.conditional {
        return None;
    }
    let subject = reading.graph.children(clause.head).iter().copied().find(|&child| reading.graph.relation(child) == Relation::Subject)?;
    promisor(reading, subject, sides)?;
    let infinitive = reading.graph.subtree(clause.head).into_iter().find(|&under| {
        under > clause.head
            && content.contains(&under)
            && reading.clauses.of_token(under).is_some_and(|clause| clause.mood == Mood::Infinitive)
    })?;
    vow(reading, infinitive..content.end, content, sides, clause.negated)
}

/// A pledge of the speakers' own: of two sides each to the other.
fn vow(reading: &Reading<'_>, object: Range<usize>, content: &Range<usize>, sides: &[CountryCode], negated: bool) -> Option<Commitment> {
    let &promisor = sides.first()?;
    let other = sides.get(1).copied().or_else(|| beneficiary(reading, object.start, content, promisor));
    Some(Commitment {
        promisor: Some(promisor.to_string()),
        beneficiary: other.map(|country| country.to_string()),
        polarity: if negated { Polarity::WillNot } else { Polarity::Will },
        object: quoted(reading, object),
    })
}

/// The country for which a subject pledges: the speaker's own, whoever of it is named.
fn promisor(reading: &Reading<'_>, subject: usize, sides: &[CountryCode]) -> Option<CountryCode> {
    let own = sides.first().copied();
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
fn quoted(reading: &Reading<'_>, tokens: Range<usize>) -> Quoted {
    let tokens = super::trim(reading, tokens);
    Quoted { span: reading.span(tokens.clone()), text: reading.doc.slice(tokens).to_owned() }
}
