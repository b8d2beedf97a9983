//! Where and how often: what the text says of an event's place and number, and nothing that it does not say.

use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_predicates::{Predicate, Relation, Role, WordClasses};
use depeche_record::{Count, MentionKind, Place};

/// The word that names the place, and the place, where a predicate's own words do.
pub(crate) fn place(reading: &Reading<'_>, predicate: &Predicate) -> Option<(usize, Place)> {
    let of = |loose: bool| {
        predicate
            .arguments
            .iter()
            .filter(move |argument| argument.loose == loose && argument.role == Role::Oblique)
            .filter(|argument| {
                argument.preposition.as_deref().is_none_or(|word| reading.grammar.classes(word).has(WordClasses::PLACE_PREPOSITION))
            })
            .find_map(|argument| Some((argument.token, reading.actors.place(argument.token)?)))
    };
    of(false).or_else(|| of(true))
}

/// Whose place it is, where that is not the actors' own: who is struck or visited there when nobody else is named.
pub(crate) fn hosts(reading: &Reading<'_>, token: usize, actors: &[MentionId]) -> Vec<MentionId> {
    let own: Vec<_> = actors.iter().filter_map(|&mention| reading.actors.country_of(mention)).collect();
    let is_other =
        |mention: &&MentionId| reading.actors.country_of(**mention).is_some_and(|country| country.is_country() && !own.contains(&country));
    reading.actors.denoted(token).iter().filter(is_other).copied().collect()
}

/// The place of what is done to a place: « attaquer l'Ukraine », « visiter Rome » happen there.
pub(crate) fn place_of(reading: &Reading<'_>, mentions: &[MentionId]) -> Option<Place> {
    mentions.iter().find_map(|&mention| {
        let mention = reading.actors.mention(mention);
        let names_place = matches!(mention.kind, MentionKind::Gpe | MentionKind::Loc);
        names_place.then(|| reading.actors.place(mention.head)).flatten()
    })
}

/// How many times the clause says that it happened.
pub(crate) fn count(reading: &Reading<'_>, predicate: &Predicate) -> Option<Count> {
    let clause = predicate.clause.filter(|_| predicate.stated)?;
    let head = reading.clauses.all[clause].head;
    let times = reading.graph.children(head).iter().copied().find(|&child| {
        reading.clauses.of[child] == Some(clause) && reading.grammar.classes(&reading.graph.form(child)).has(WordClasses::TIMES_NOUN)
    })?;
    let number = reading.graph.children_as(times, Relation::Numeral).next()?;
    let value = reading.grammar.number(&reading.graph.form(number))?;
    Some(Count { value, span: reading.span(number.min(times)..number.max(times) + 1) })
}
