//! Subjects and objects that the parse hung elsewhere.
//!
//! In goes a verb that lacks an argument; out comes the noun phrase whose place before, behind or under the verb shows that it is the one.
//! Nothing is taken from a clause of its own, nor what a preposition marks.

use crate::arguments::REACH;
use crate::{Clauses, Grammar, Graph, WordClasses};
use depeche_packs::{Heads, Mood, Relation};

/// So many words of a subject stand before the comma of its relative clause.
const MOST_BEFORE_COMMA: usize = 8;

/// The noun phrase right before a finite verb without a subject, where the parse hung it elsewhere: « À l'invitation de X, le ministre se rendra … ».
pub(crate) fn stray_subject(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, at: usize) -> Option<usize> {
    let clause = &clauses.all[at];
    let finite = matches!(clause.mood, Mood::Indicative | Mood::Conditional);
    if !finite || !matches!(clause.link, Relation::Root | Relation::Parataxis | Relation::ContentClause) || grammar.heads != Heads::Content
    {
        return None;
    }
    let belongs = |token: usize| {
        graph.head(token) == Some(clause.head)
            && (matches!(
                graph.relation(token),
                Relation::Auxiliary
                    | Relation::PassiveAuxiliary
                    | Relation::Copula
                    | Relation::Reflexive
                    | Relation::Negation
                    | Relation::Adverb
            ) || matches!(graph.token(token).pos(), "AUX" | "VERB"))
    };
    let mut start = clause.head;
    while start > 0 && !graph.token(start).sent_start() && belongs(start - 1) {
        start -= 1;
    }
    if start == 0 || graph.token(start).sent_start() {
        return None;
    }
    // « Moscou, dont les soldats …, a exhorté »: what opens the sentence before a relative.
    if graph.token(start - 1).pos() == "PUNCT" {
        let opening = (start.saturating_sub(REACH)..start).rev().find(|&token| token == 0 || graph.token(token).sent_start())?;
        let noun = (opening..start).take(MOST_BEFORE_COMMA).find(|&token| {
            matches!(graph.token(token).pos(), "NOUN" | "PROPN")
                && !matches!(graph.relation(token), Relation::Flat | Relation::Compound | Relation::Adjective)
        })?;
        let comma =
            (noun + 1..start).take(MOST_BEFORE_COMMA).find(|&token| graph.token(token).pos() == "PUNCT" && graph.form(token) == ",")?;
        let relative = grammar.classes(&graph.form(comma + 1)).has(WordClasses::RELATIVE);
        return (relative && comma + 1 < start && graph.preposition(noun).is_none()).then_some(noun);
    }
    let mut noun = start - 1;
    for _ in 0..8 {
        let inner = matches!(
            graph.relation(noun),
            Relation::Adjective | Relation::Flat | Relation::Compound | Relation::Numeral | Relation::NominalModifier
        ) || joins_names(graph, noun);
        match graph.head(noun) {
            Some(above) if inner && above < start && graph.token(above).pos() != "VERB" => noun = above,
            _ => break,
        }
    }
    // « Dans un communiqué, X et Y ont sommé Z »: names that the parse hung on the noun before the comma.
    let hung_on_fronted = matches!(graph.relation(noun), Relation::Conjunct | Relation::NominalModifier)
        && graph.head(noun).is_some_and(|above| graph.preposition(above).is_some());
    let misplaced = hung_on_fronted || matches!(graph.relation(noun), Relation::Apposition | Relation::Other | Relation::Root);
    if !misplaced || !matches!(graph.token(noun).pos(), "NOUN" | "PROPN" | "PRON") || graph.preposition(noun).is_some() {
        return None;
    }
    // It opens the sentence or follows a comma.
    let first =
        graph.children(noun).iter().copied().filter(|&child| child < noun && graph.token(child).pos() != "PUNCT").min().unwrap_or(noun);
    let opens = graph.token(first).sent_start() || first == 0 || graph.token(first - 1).pos() == "PUNCT";
    opens.then_some(noun)
}

/// Whether a name is coordinated with a name before it.
fn joins_names(graph: &Graph<'_>, noun: usize) -> bool {
    graph.relation(noun) == Relation::Conjunct
        && graph.token(noun).pos() == "PROPN"
        && graph.head(noun).is_some_and(|above| graph.token(above).pos() == "PROPN")
}

/// « menaçant le Royaume-Uni de représailles »: the bare noun right behind a verb that the parse hung on something before it.
pub(crate) fn object_hung_before(graph: &Graph<'_>, verb: usize) -> Option<usize> {
    let mut at = verb + 1;
    while at < graph.len() && at < verb + 3 && graph.token(at).pos() == "DET" && !graph.token(at).sent_start() {
        at += 1;
    }
    if at >= graph.len() || graph.token(at).sent_start() {
        return None;
    }
    let misplaced = matches!(graph.relation(at), Relation::NominalModifier | Relation::Apposition | Relation::Other);
    let noun = matches!(graph.token(at).pos(), "NOUN" | "PROPN") && graph.preposition(at).is_none();
    (misplaced && noun && graph.head(at).is_some_and(|above| above < verb)).then_some(at)
}

/// A noun with a determiner of its own, in apposition without a comma to what an oblique of the verb holds.
pub(crate) fn object_behind_oblique(graph: &Graph<'_>, verb: usize) -> Option<usize> {
    let oblique = graph.children_as(verb, Relation::Oblique).find(|&child| child > verb && graph.preposition(child).is_some())?;
    let mut held = oblique;
    for _ in 0..4 {
        let apposed = graph.children_as(held, Relation::Apposition).find(|&noun| {
            let first = graph.children_as(noun, Relation::Determiner).next();
            noun > held
                && graph.preposition(noun).is_none()
                && first.is_some_and(|first| first > held && graph.token(first - 1).pos() != "PUNCT")
        });
        if apposed.is_some() {
            return apposed;
        }
        held = graph.children_as(held, Relation::NominalModifier).next()?;
    }
    None
}

/// « a reçu, jeudi, à Rabat, son homologue »: the noun behind what commas part from a verb, where the parse hung it on that or took it for a circumstance.
pub(crate) fn object_behind_insertion(graph: &Graph<'_>, verb: usize) -> Option<usize> {
    let is_comma = |token: usize| graph.token(token).pos() == "PUNCT" && graph.form(token) == ",";
    let end = (verb + 1..graph.len()).find(|&token| graph.token(token).sent_start()).unwrap_or(graph.len()).min(verb + REACH);
    if verb + 1 >= end || !is_comma(verb + 1) {
        return None;
    }
    let closing = (verb + 2..end)
        .take_while(|&token| !matches!(graph.token(token).pos(), "VERB" | "AUX" | "SCONJ" | "CCONJ"))
        .filter(|&token| is_comma(token));
    closing
        .filter_map(|comma| {
            let noun = (comma + 1..end.min(comma + 5)).find(|&token| matches!(graph.token(token).pos(), "NOUN" | "PROPN"))?;
            let is_own = (comma + 1..noun).all(|token| matches!(graph.token(token).pos(), "DET" | "ADJ" | "NUM"))
                && graph.preposition(noun).is_none();
            let misplaced =
                matches!(graph.relation(noun), Relation::Oblique | Relation::Conjunct | Relation::NominalModifier | Relation::Other);
            let behind = graph.head(noun).is_some_and(|above| above >= verb && above < comma);
            (is_own && misplaced && behind).then_some(noun)
        })
        .next()
}

/// Whether nothing but a comma stands between a verb's group and the words before it.
pub(crate) fn opens_after_comma(graph: &Graph<'_>, verb: usize, at: usize, clauses: &Clauses) -> bool {
    let mut start = verb;
    while start > 0 && !graph.token(start).sent_start() && clauses.of[start - 1] == Some(at) && graph.token(start - 1).pos() != "PUNCT" {
        start -= 1;
    }
    start > 0 && !graph.token(start).sent_start() && graph.form(start - 1) == ","
}
