//! When, where and how often: what the text says of an event's time, place and number, and nothing that it does not say.

use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_predicates::{Mood, Predicate, Relation, Role, Tense, WordClasses};
use depeche_record::{Count, MentionKind, Place};

/// The time expression that governs a predicate: its own first, then that of its clause, then that of the clause it depends on.
pub(crate) fn timex(reading: &Reading<'_>, predicate: &Predicate) -> Option<usize> {
    let head = predicate.carrier.unwrap_or(predicate.token);
    let sentence = reading.sentences()[reading.sentence_of(predicate.token)].clone();
    let mut best: Option<(u32, usize, usize)> = None;
    for token in sentence {
        let Some(timex) = reading.timex_of(token) else { continue };
        if reading.times.tokens[timex].start != token && reading.timex_of(token.wrapping_sub(1)) == Some(timex) {
            continue;
        }
        if reading.when(timex).is_none() {
            continue;
        }
        let Some(rank) = rank(reading, predicate, head, timex) else { continue };
        let distance = token.abs_diff(head);
        if best.is_none_or(|(known, far, _)| (rank, distance) < (known, far)) {
            best = Some((rank, distance, timex));
        }
    }
    best.map(|(_, _, timex)| timex).or_else(|| only_timex(reading, predicate))
}

/// The one date of a sentence, for what its finite clauses state as done.
fn only_timex(reading: &Reading<'_>, predicate: &Predicate) -> Option<usize> {
    let clause = &reading.clauses.all[predicate.clause.filter(|_| predicate.stated)?];
    if !matches!(clause.mood, Mood::Indicative) || matches!(clause.tense, Tense::Present | Tense::None) {
        return None;
    }
    let mut dates: Vec<usize> = reading.sentences()[reading.sentence_of(predicate.token)]
        .clone()
        .filter_map(|token| reading.timex_of(token))
        .filter(|&timex| reading.when(timex).is_some())
        .collect();
    dates.dedup();
    // One that is inside a quotation dates what is quoted.
    match dates[..] {
        [only] if reading.quotation_of(reading.times.tokens[only].start).is_none() => Some(only),
        _ => None,
    }
}

/// How near a time expression stands to a predicate in the structure of the sentence; none when it dates something else.
fn rank(reading: &Reading<'_>, predicate: &Predicate, head: usize, timex: usize) -> Option<u32> {
    let tokens = reading.times.tokens[timex].clone();
    // The word of the expression that hangs outside it.
    let top = tokens.clone().find(|&token| reading.graph.head(token).is_none_or(|above| !tokens.contains(&above)))?;
    let mut at = top;
    let mut nouns = 0;
    // « le traité de 1951 »: the complement of a noun dates that noun and nothing else.
    let complement =
        reading.graph.preposition(top).is_some_and(|word| reading.grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION))
            && reading.graph.head(top).is_some_and(|above| matches!(reading.doc.token(above).pos(), "NOUN" | "PROPN"));
    if complement && reading.graph.head(top) != Some(predicate.token) {
        return None;
    }
    for _ in 0..40 {
        let Some(above) = reading.graph.head(at) else { break };
        if above == head || above == predicate.token {
            return Some(nouns);
        }
        let is_clause = reading.clauses.of_token(above).is_some_and(|clause| clause.head == above);
        if is_clause {
            at = above;
            break;
        }
        nouns += 1;
        at = above;
    }
    let governed = reading.clauses.of[top]?;
    let own = predicate.clause?;
    let clause = &reading.clauses.all[governed];
    if governed == own {
        return (predicate.stated || nouns == 0).then_some(4 + nouns);
    }
    // « Arrivé à Bakou vendredi, X a rencontré Y »: a participle before its main clause lends it its time.
    let mains = reading.clauses.chain(own).take_while(|&at| at == own || reading.clauses.all[at].head < head);
    let shared = mains.scan(true, |coordinated, at| {
        let reached = *coordinated;
        *coordinated = reading.clauses.all[at].link == Relation::Conjunct;
        reached.then_some(at)
    });
    let opens = clause.mood == Mood::Participle && clause.link == Relation::AdverbialClause && clause.head < head;
    if opens && clause.parent.is_some_and(|parent| shared.into_iter().any(|at| at == parent)) {
        return Some(8);
    }
    // An infinitive, participle or coordinated verb shares the time of the clause it depends on, where that stands before both.
    let mut steps = 0;
    for above in reading.clauses.chain(own).skip(1) {
        steps += 1;
        let below = reading.clauses.chain(own).nth(steps - 1).map(|at| &reading.clauses.all[at])?;
        let shares = matches!(below.mood, Mood::Infinitive | Mood::Participle)
            || below.link == Relation::Conjunct
            || below.link == Relation::ContentClause && steps == 1 && top < reading.clauses.all[above].head && nouns == 0;
        if !shares || steps > 4 {
            return None;
        }
        if above == governed {
            return (nouns == 0 || at == top).then_some(10 + steps as u32 * 2);
        }
    }
    None
}

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
