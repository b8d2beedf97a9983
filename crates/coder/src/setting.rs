//! Where and how often: what the text says of an event's place and number, and nothing that it does not say.

use crate::reading::Reading;
use crate::when::{during, happening};
use depeche_actors::MentionId;
use depeche_predicates::{Mood, Predicate, Relation, Role, WordClasses};
use depeche_record::{Count, MentionKind, Place};

/// The word that names the place, and the place: of the predicate's own words, of the clauses that tell of it, of what goes on meanwhile.
pub(crate) fn place(reading: &Reading<'_>, predicate: &Predicate) -> Option<(usize, Place)> {
    let of = |loose: bool| {
        predicate
            .arguments
            .iter()
            .filter(move |argument| argument.loose == loose && argument.role == Role::Oblique)
            .filter(|argument| {
                argument.preposition.as_deref().is_none_or(|word| reading.grammar.classes(word).has(WordClasses::PLACE_PREPOSITION))
            })
            .find_map(|argument| at(reading, argument.token))
    };
    let is_noun = !reading.is_verb(predicate.token);
    of(false)
        .or_else(|| is_noun.then(|| told_of(reading, predicate.token, 2)).flatten())
        .or_else(|| of(true))
        .or_else(|| of_clauses_above(reading, predicate))
        .or_else(|| of_occasion(reading, during(reading, predicate)?))
        .or_else(|| told_of(reading, happening(reading, predicate)?, 2))
        .or_else(|| predicate.role(Role::Object).find_map(|object| told_of(reading, object.token, 1)))
        .or_else(|| predicate.role(Role::Possessor).find_map(|owner| told_of(reading, owner.token, 1)))
        .or_else(|| nameless(reading, predicate))
}

/// The place that a common noun tells: « dans la capitale iranienne », « sur l'île ».
fn nameless(reading: &Reading<'_>, predicate: &Predicate) -> Option<(usize, Place)> {
    let is_site = |token: usize| reading.grammar.classes(&reading.lemma(token)).has(WordClasses::SITE_NOUN);
    let marked = predicate.arguments.iter().filter(|argument| {
        let preposition = argument.preposition.as_deref();
        argument.role == Role::Oblique && preposition.is_some_and(|word| reading.grammar.classes(word).has(WordClasses::PLACE_PREPOSITION))
    });
    let struck = predicate.role(Role::Object);
    let token = marked.chain(struck).map(|argument| argument.token).find(|&token| is_site(token))?;
    let tokens = reading.nominal(token);
    let country = reading.actors.denoted(token).iter().find_map(|&mention| reading.actors.country_of(mention));
    let place = Place {
        text: reading.doc.slice(tokens.clone()).to_owned(),
        span: reading.span(tokens),
        name: None,
        country: country.map(|country| country.to_string()),
        lat: None,
        lon: None,
    };
    Some((token, place))
}

/// The place that a word names, or that it is a part of: « l'est du Congo », “southwest of Baghdad”.
fn at(reading: &Reading<'_>, word: usize) -> Option<(usize, Place)> {
    let placed = |token: usize| Some((token, reading.actors.place(token)?));
    let of = |child: &usize| {
        let preposition = reading.graph.preposition(*child);
        preposition.is_some_and(|preposition| reading.grammar.classes(preposition).has(WordClasses::GENITIVE_PREPOSITION))
    };
    // « le président de la Finlande » is nowhere.
    let is_part = reading.actors.denoted(word).is_empty();
    placed(word).or_else(|| reading.graph.children(word).iter().copied().filter(|child| is_part && of(child)).find_map(placed))
}

/// The place that a word's own complements, participles and relative clauses name: « le sommet qui s'est tenu à Rome », « un camp situé à Goma ».
fn told_of(reading: &Reading<'_>, word: usize, depth: usize) -> Option<(usize, Place)> {
    let children = || reading.graph.children(word).iter().copied();
    let marked = |child: &usize| {
        let preposition = reading.graph.preposition(*child);
        preposition.is_some_and(|preposition| reading.grammar.classes(preposition).has(WordClasses::PLACE_PREPOSITION))
    };
    let own = children().filter(marked).find_map(|child| at(reading, child));
    let clause = |child: &usize| {
        matches!(reading.graph.relation(*child), Relation::RelativeClause | Relation::ModifierClause)
            || (reading.graph.relation(*child) == Relation::Adjective && reading.is_verb(*child))
    };
    own.or_else(|| children().filter(clause).filter(|_| depth > 0).find_map(|child| told_of(reading, child, depth - 1)))
}

/// Where what goes on meanwhile is held: « le sommet qui s'est tenu à Rome », « le sommet de Rome ».
fn of_occasion(reading: &Reading<'_>, noun: usize) -> Option<(usize, Place)> {
    let named = |&child: &usize| {
        let preposition = reading.graph.preposition(child)?;
        let genitive = reading.grammar.classes(preposition).has(WordClasses::GENITIVE_PREPOSITION);
        let place = reading.actors.place(child).filter(|_| genitive)?;
        // A country says whose it is, not where.
        place.lat.is_some().then_some((child, place))
    };
    told_of(reading, noun, 2).or_else(|| reading.graph.children(noun).iter().find_map(named))
}

/// The place of the clause that a predicate depends on, where both are one happening: an infinitive, a participle, the subject or object of its verb.
fn of_clauses_above(reading: &Reading<'_>, predicate: &Predicate) -> Option<(usize, Place)> {
    for at in reading.clauses.chain(predicate.clause?).take(3) {
        let clause = &reading.clauses.all[at];
        if clause.head != predicate.token
            && let Some(place) = told_of(reading, clause.head, 0)
        {
            return Some(place);
        }
        let lends = clause.parent.is_some_and(|above| reading.clauses.all[above].auxiliary);
        let shares = matches!(clause.mood, Mood::Infinitive | Mood::Participle) && !clause.perfect || lends;
        if !shares {
            break;
        }
    }
    None
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
