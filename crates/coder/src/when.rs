//! When: the time expression that dates an event, and the noun of what it is said to happen during.
//!
//! In goes a predicate; out comes the expression that governs it: its own, that of its clause, that of the clause it depends on, that of the
//! event during which it is said to happen. An event whose date the text does not give has none; the day of publication is no default.

use crate::reading::Reading;
use depeche_predicates::{Mood, Predicate, Relation, Role, Tense, WordClasses, predicate};
use depeche_record::When;

/// The time expression that governs a predicate.
pub(crate) fn timex(reading: &Reading<'_>, predicate: &Predicate) -> Option<usize> {
    governing(reading, predicate)
        .or_else(|| (!reading.is_verb(predicate.token)).then(|| told_of_noun(reading, predicate.token)).flatten())
        .or_else(|| told_of_noun(reading, during(reading, predicate)?))
        .or_else(|| told_of_noun(reading, happening(reading, predicate)?))
        .or_else(|| only_timex(reading, predicate))
}

/// The stretch of time that an expression gives an event, with the one that ends it: « du 3 au 7 juin », « les 4 et 5 juin ».
pub(crate) fn stretch(reading: &Reading<'_>, timex: usize) -> Option<When> {
    let when = reading.when(timex)?;
    let until = |later: usize| {
        let gap = reading.times.tokens.get(timex)?.end..reading.times.tokens.get(later)?.start;
        let (first, last) = (reading.times.timexes.get(timex)?, reading.times.timexes.get(later)?);
        let (begin, end) = (first.earliest?, last.latest?);
        let is_day = first.earliest == first.latest && last.earliest == last.latest && begin < end;
        let [between] = (gap.start..gap.end).collect::<Vec<_>>()[..] else { return None };
        let follows = match reading.doc.token(between).pos() {
            "CCONJ" => begin.tomorrow().ok() == Some(end),
            "ADP" | "PART" => when.earliest == Some(begin),
            _ => false,
        };
        (is_day && follows).then(|| When {
            value: format!("{begin}/{end}"),
            earliest: Some(begin),
            latest: Some(end),
            timex: when.timex.clone(),
        })
    };
    until(timex + 1).or(Some(when))
}

/// The time of what the clause around a token states as done or under way; none of a plan, a wish or a denial.
pub(crate) fn of_clause(reading: &Reading<'_>, token: usize) -> Option<When> {
    let clause = reading.clauses.of_token(token)?;
    let stated = matches!(clause.mood, Mood::Indicative | Mood::Participle) && clause.tense != Tense::Future && !clause.negated;
    let said = predicate(reading.graph, reading.clauses, reading.grammar, clause.head);
    stated.then(|| timex(reading, &said)).flatten().and_then(|timex| reading.when(timex))
}

/// Whether a clause in the present tells of a day that is no earlier than that of publication.
pub(crate) fn is_ahead(reading: &Reading<'_>, predicate: &Predicate, when: &When) -> bool {
    let present = predicate.clause.filter(|_| predicate.stated).map(|at| &reading.clauses.all[at]);
    let is_day = when.earliest.is_some() && when.earliest == when.latest;
    present.is_some_and(|clause| clause.tense == Tense::Present && clause.mood == Mood::Indicative && !clause.perfect)
        && is_day
        && reading.times.published.is_some_and(|published| when.earliest.is_some_and(|day| day >= published))
}

/// The noun of the happening that is the subject of a verb: « la fusillade qui a eu lieu lundi a fait deux morts ».
pub(crate) fn happening(reading: &Reading<'_>, predicate: &Predicate) -> Option<usize> {
    let is_verb = reading.is_verb(predicate.token);
    let subject = predicate.role(Role::Subject).map(|argument| argument.token).find(|_| is_verb)?;
    (reading.doc.token(subject).pos() == "NOUN" && reading.actors.denoted(subject).is_empty()).then_some(subject)
}

/// The noun of what goes on meanwhile: « lors de cette réunion », of the predicate's own clause or of one that tells what it says.
pub(crate) fn during(reading: &Reading<'_>, predicate: &Predicate) -> Option<usize> {
    let names_event = |token: &usize| *token != predicate.token && is_during(reading, *token) && reading.timex_of(*token).is_none();
    for at in reading.clauses.chain(predicate.clause?) {
        let clause = &reading.clauses.all[at];
        if let Some(noun) = reading.graph.children(clause.head).iter().copied().find(names_event) {
            return Some(noun);
        }
        let goes_on = matches!(clause.mood, Mood::Infinitive | Mood::Participle)
            || matches!(clause.link, Relation::Conjunct | Relation::ContentClause | Relation::OpenComplement);
        if !goes_on {
            break;
        }
    }
    None
}

/// Whether a word stands under a preposition of what goes on meanwhile.
fn is_during(reading: &Reading<'_>, token: usize) -> bool {
    reading.graph.preposition(token).is_some_and(|word| reading.grammar.classes(word).has(WordClasses::DURING_PREPOSITION))
}

/// The nearest expression whose place in the sentence's structure dates the predicate.
fn governing(reading: &Reading<'_>, predicate: &Predicate) -> Option<usize> {
    let head = predicate.carrier.unwrap_or(predicate.token);
    let mut best: Option<(u32, usize, usize)> = None;
    for &(timex, token) in reading.dates_beside(predicate.token) {
        let Some(rank) = rank(reading, predicate, head, timex) else { continue };
        let distance = token.abs_diff(head);
        if best.is_none_or(|(known, far, _)| (rank, distance) < (known, far)) {
            best = Some((rank, distance, timex));
        }
    }
    best.map(|(_, _, timex)| timex)
}

/// The word of an expression that hangs outside it.
fn top(reading: &Reading<'_>, timex: usize) -> Option<usize> {
    let tokens = reading.times.tokens[timex].clone();
    tokens.clone().find(|&token| reading.graph.head(token).is_none_or(|above| !tokens.contains(&above)))
}

/// The date that a noun's own complement, participle or relative clause tells: « un accord signé en février », « la fusillade qui a eu lieu lundi ».
fn told_of_noun(reading: &Reading<'_>, noun: usize) -> Option<usize> {
    reading.dates_beside(noun).iter().map(|&(timex, _)| timex).find(|&timex| {
        let Some(mut at) = top(reading, timex) else { return false };
        for _ in 0..6 {
            let Some(above) = reading.graph.head(at) else { return false };
            if above == noun {
                let clause = matches!(reading.graph.relation(at), Relation::RelativeClause | Relation::ModifierClause);
                return clause || reading.timex_of(at) == Some(timex);
            }
            let is_own_clause =
                reading.clauses.of_token(above).is_some_and(|clause| clause.head == above && clause.link != Relation::Conjunct);
            if reading.timex_of(at) != Some(timex) && !is_own_clause {
                return false;
            }
            at = above;
        }
        false
    })
}

/// The one date of a sentence, for what its finite clauses state as done.
fn only_timex(reading: &Reading<'_>, predicate: &Predicate) -> Option<usize> {
    let own = predicate.clause.filter(|_| predicate.stated)?;
    let clause = &reading.clauses.all[own];
    if !matches!(clause.mood, Mood::Indicative) || matches!(clause.tense, Tense::Present | Tense::None) {
        return None;
    }
    let [(only, token)] = *reading.dates_beside(predicate.token) else { return None };
    let top = top(reading, only)?;
    // One that is inside a quotation dates what is quoted, one in a clause below another verb, the complement of a noun that noun.
    // « …, a affirmé mardi X »: that of the verb of speech after what is said dates the saying.
    let elsewhere = reading.clauses.of[top].is_some_and(|of| {
        let is_below = |one: usize, other: usize| one != other && reading.clauses.chain(one).any(|above| above == other);
        is_below(of, own) || is_below(own, of) && reading.clauses.all[of].head > clause.head
    });
    (reading.quotation_of(token).is_none() && !elsewhere && !is_complement(reading, top)).then_some(only)
}

/// Whether a word is the complement of a noun: « le traité de 1951 ».
fn is_complement(reading: &Reading<'_>, token: usize) -> bool {
    reading.graph.preposition(token).is_some_and(|word| reading.grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION))
        && reading.graph.head(token).is_some_and(|above| matches!(reading.doc.token(above).pos(), "NOUN" | "PROPN"))
}

/// How near a time expression stands to a predicate in the structure of the sentence; none when it dates something else.
fn rank(reading: &Reading<'_>, predicate: &Predicate, head: usize, timex: usize) -> Option<u32> {
    let top = top(reading, timex)?;
    let mut at = top;
    let mut nouns = 0;
    // The complement of a noun dates that noun and nothing else.
    if is_complement(reading, top) && reading.graph.head(top) != Some(predicate.token) {
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
    // « La semaine dernière, ils se sont vus, les deux parties affirmant … »: a finite verb without conjunction under another is a main verb
    // that the parser hung on the participle after it.
    let unmarked = clause.mood == Mood::Indicative && clause.link == Relation::AdverbialClause && clause.marker.is_empty();
    if unmarked && clause.parent == Some(own) && clause.head < reading.clauses.all[own].head {
        return Some(9);
    }
    if governed == own {
        // A noun that is only spoken of is as old as the verb where that is about it or goes on meanwhile: not « à l'invitation de », « après ».
        let about = matches!(reading.graph.relation(predicate.token), Relation::Subject | Relation::PassiveSubject | Relation::Object)
            || is_during(reading, predicate.token);
        return (predicate.stated || nouns == 0 && about).then_some(4 + nouns);
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
            || reading.clauses.all[above].auxiliary
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
