//! Messages that somebody passes on: who spoke to whom through whom.
//!
//! In goes a verb that relays and has a message for its object; out comes a draft whose speaker is whoever sent the message, and which names
//! who brought it. A message of nobody else's, or whose sender the text does not name, is none.

use super::{Draft, verb_group};
use crate::attribution::SpeechWords;
use crate::reading::Reading;
use depeche_predicates::{Predicate, Relation, Role, WordClasses, predicate};
use depeche_record::{MentionKind, StatementKind};

/// How many sentences back the sender may be named where a possessive stands for him.
const SENTENCES_BACK: usize = 3;

/// « X a transmis à Z un message de Y ».
pub(super) fn of_relay(reading: &Reading<'_>, words: &SpeechWords, verb: usize) -> Option<Draft> {
    let relayed = predicate(reading.graph, reading.clauses, reading.grammar, verb);
    let object = relayed.first(Role::Object).filter(|&object| words.is_message(&reading.lemma(object)))?;
    let bearer = relayed.first(Role::Subject)?;
    let stands_for = |token: usize, other: usize| {
        let (one, other) = (reading.actors.denoted(token).first(), reading.actors.denoted(other).first());
        one.zip(other).is_some_and(|(&one, &other)| reading.same_entity(one, other))
    };
    let named = reading.graph.children(object).iter().copied().find(|&child| {
        let owns = matches!(reading.graph.relation(child), Relation::Possessor | Relation::NominalModifier | Relation::Determiner);
        owns && !reading.actors.denoted(child).is_empty()
    });
    let sender = match named.or_else(|| sent_by(reading, &relayed)) {
        Some(token) if !stands_for(token, bearer) => Some(token),
        // « a transmis son message »: that of whoever spoke before, for nobody relays his own.
        Some(token) if reading.graph.relation(token) == Relation::Determiner => {
            person_before(reading, verb, |token| stands_for(token, bearer))
        }
        _ => None,
    }?;
    let given_to = addressee(reading, &relayed, object);
    let whole = reading.nominal(object);
    let first = reading.graph.children_as(object, Relation::Determiner).find(|&token| token < object).unwrap_or(whole.start);
    let end = given_to.filter(|token| whole.contains(token)).and_then(|token| reading.graph.subtree(token).first().copied());
    Some(Draft {
        verb: Some(verb_group(reading, verb)),
        speaker: Some(sender),
        addressee: given_to,
        relayed_by: Some(bearer),
        ..Draft::new(StatementKind::Indirect, first.min(whole.start)..end.filter(|&end| end > object).unwrap_or(whole.end))
    })
}

/// « de la part de Y »: somebody other than the bearer who is named by an argument of the verb.
fn sent_by(reading: &Reading<'_>, relayed: &Predicate) -> Option<usize> {
    let genitive = |word: &str| reading.grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION);
    let marked = relayed.arguments.iter().find(|argument| {
        argument.role == Role::Oblique
            && argument.preposition.as_deref().is_some_and(genitive)
            && !reading.actors.denoted(argument.token).is_empty()
    })?;
    Some(marked.token)
}

/// Who gets the message: the indirect object, or a party under a preposition of direction beside the verb or the message.
fn addressee(reading: &Reading<'_>, relayed: &Predicate, object: usize) -> Option<usize> {
    let is_party = |token: usize| reading.actors.denoted(token).iter().any(|&mention| reading.actors.is_political(mention));
    let place = |word: &str| reading.grammar.classes(word).has(WordClasses::PLACE_PREPOSITION);
    let obliques =
        relayed.role(Role::Oblique).filter(|argument| argument.preposition.as_deref().is_some_and(place)).map(|argument| argument.token);
    let under = reading.graph.children(object).iter().copied().filter(|&child| reading.graph.preposition(child).is_some_and(place));
    relayed.first(Role::IndirectObject).or_else(|| obliques.chain(under).find(|&token| is_party(token)))
}

/// The last person named before a verb who is not left out.
fn person_before(reading: &Reading<'_>, verb: usize, is_left_out: impl Fn(usize) -> bool) -> Option<usize> {
    let sentence = reading.sentence_of(verb);
    let start = reading.sentences()[sentence.saturating_sub(SENTENCES_BACK)].start;
    let is_person = |token: usize| {
        reading.actors.denoted(token).iter().any(|&mention| {
            let kind = reading.actors.mention(mention).kind;
            kind == MentionKind::Per && reading.actors.is_political(mention) && reading.actors.mention(mention).head == token
        })
    };
    (start..reading.sentences()[sentence].start).rev().find(|&token| is_person(token) && !is_left_out(token))
}
