//! The subject that a verb shares with what governs it: infinitives, participles, coordinated verbs, passives that another verb makes.
//!
//! In goes a clause without a subject of its own; out comes the word that is its subject, or whoever undergoes it, by the construction that
//! links it to the clause above. Clauses are followed upwards a bounded number of times.

use crate::arguments::{is_what_is_asked, verb_arguments};
use crate::clauses::is_fronted;
use crate::{Clauses, Grammar, Graph, Predicate, Role, WordClasses};
use depeche_packs::{Mood, Relation, Tense};

/// The subject of a reflexive verb that makes a passive of the infinitive under it.
pub(crate) fn undergoer(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, at: usize, depth: usize) -> Option<usize> {
    let clause = &clauses.all[at];
    let above = clause.parent.filter(|_| depth < 12 && makes_passive(graph, clauses, grammar, at))?;
    let mut governor =
        Predicate { token: clauses.all[above].head, carrier: None, clause: Some(above), stated: true, arguments: Vec::new() };
    verb_arguments(graph, clauses, grammar, clauses.all[above].head, &mut governor, depth + 1);
    governor.first(Role::Subject)
}

/// Whether the verb over an infinitive makes a passive of it: « se voir infliger une amende ».
fn makes_passive(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, at: usize) -> bool {
    let clause = &clauses.all[at];
    clause.mood == Mood::Infinitive
        && matches!(clause.link, Relation::OpenComplement | Relation::ContentClause)
        && clause.marker.is_empty()
        && clause.parent.is_some_and(|above| {
            let above = &clauses.all[above];
            above.reflexive
                && graph.head(clause.head) == Some(above.head)
                && grammar.classes(graph.token(above.head).lemma()).has(WordClasses::UNDERGOING_VERB)
        })
}

/// Whether a verb only makes a passive of the infinitive under it.
pub fn is_undergoing(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, verb: usize) -> bool {
    graph
        .children(verb)
        .iter()
        .any(|&child| clauses.of[child].is_some_and(|at| clauses.all[at].head == child && makes_passive(graph, clauses, grammar, at)))
}

/// Whether a clause is a participle of the present that a comma parts from the noun it hangs on, an object.
fn is_participle_after_comma(graph: &Graph<'_>, clauses: &Clauses, at: usize) -> bool {
    let clause = &clauses.all[at];
    let head = graph.head(clause.head);
    clause.mood == Mood::Participle
        && clause.tense == Tense::Present
        && clause.head.checked_sub(1).is_some_and(|before| graph.token(before).form() == ",")
        && head.is_some_and(|noun| matches!(graph.relation(noun), Relation::Object | Relation::Oblique | Relation::NominalModifier))
}

/// The subject that a verb without one shares with what governs it.
pub(crate) fn shared_subject(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, at: usize, depth: usize) -> Option<usize> {
    if depth > 12 {
        return None;
    }
    let clause = &clauses.all[at];
    let above = graph.head(clause.head)?;
    match clause.link {
        // « X a rappelé son ambassadeur, accusant Y »: after a comma a participle is the subject's of the clause.
        Relation::ModifierClause if is_participle_after_comma(graph, clauses, at) => {
            let parent = clause.parent?;
            let mut governor =
                Predicate { token: clauses.all[parent].head, carrier: None, clause: Some(parent), stated: true, arguments: Vec::new() };
            verb_arguments(graph, clauses, grammar, clauses.all[parent].head, &mut governor, depth + 1);
            governor.first(Role::Subject).or(Some(above))
        }
        Relation::ModifierClause if clause.mood == Mood::Participle && clause.tense == Tense::Present => Some(above),
        Relation::ModifierClause if clause.mood == Mood::Participle && !clause.passive => Some(above),
        // « a refusé la demande de quitter »: an infinitive under a noun shares the subject of that noun's clause.
        Relation::ModifierClause
        | Relation::Conjunct
        | Relation::OpenComplement
        | Relation::AdverbialClause
        | Relation::ContentClause
        | Relation::Parataxis
        | Relation::Oblique
        | Relation::NominalModifier
        | Relation::Adverb
            if clause.link == Relation::Conjunct
                || !matches!(clause.mood, Mood::Indicative | Mood::Conditional | Mood::Subjunctive)
                || clause.parent.is_some_and(|parent| clauses.all[parent].auxiliary) =>
        {
            // “Bern's refusal to attend”: whose the noun is, does what it is about.
            if clause.link == Relation::ModifierClause
                && clause.mood == Mood::Infinitive
                && let Some(owner) = graph.children_as(above, Relation::Possessor).next()
            {
                return Some(owner);
            }
            let parent = clause.parent?;
            let mut governor =
                Predicate { token: clauses.all[parent].head, carrier: None, clause: Some(parent), stated: true, arguments: Vec::new() };
            verb_arguments(graph, clauses, grammar, clauses.all[parent].head, &mut governor, depth + 1);
            let controls = clause.link == Relation::OpenComplement
                || is_what_is_asked(graph, clauses, grammar, clauses.all[parent].head, clause.head)
                || clause.link == Relation::ModifierClause
                || clause.link == Relation::ContentClause;
            let asks = {
                let lemma = grammar.classes(graph.token(clauses.all[parent].head).lemma());
                lemma.has(WordClasses::HYPOTHETICAL) || lemma.has(WordClasses::ALLEGED)
            };
            // “accused X of firing”: so does a participle after a preposition.
            let accused = grammar.classes(graph.token(clauses.all[parent].head).lemma()).has(WordClasses::ALLEGED)
                && clause.mood == Mood::Participle
                && clause.link == Relation::AdverbialClause
                && graph.preposition(clause.head).is_some();
            // “criticised X for bombing”, “thanked X for sending”: so does what somebody is blamed or thanked for.
            let answers_for = clause.mood == Mood::Participle
                && clause.link != Relation::Conjunct
                && graph.preposition(clause.head).is_some_and(|word| grammar.reason_prepositions.contains(word));
            if (controls && asks && clause.mood == Mood::Infinitive) || accused || answers_for {
                // « demander à X de partir », « accuser X d'avoir tiré »: the one who is asked or accused is the subject.
                let addressed = governor
                    .first(Role::IndirectObject)
                    .or_else(|| governor.first(Role::Object))
                    .or_else(|| governor.role(Role::Oblique).find(|argument| argument.token < clause.head).map(|argument| argument.token));
                if addressed.is_some() {
                    return addressed;
                }
            }
            if clauses.all[parent].passive && clause.link == Relation::Conjunct && !clause.passive {
                return governor.first(Role::Object);
            }
            let undergoes = governor.first(Role::Object).filter(|_| clauses.all[parent].passive);
            if is_fronted(graph, clause.head) && undergoes.is_some() {
                return undergoes;
            }
            governor.first(Role::Subject).or(undergoes)
        }
        Relation::RelativeClause => graph.head(clause.head).filter(|_| {
            // A relative without any subject of its own modifies its subject.
            graph.children(clause.head).iter().all(|&child| !grammar.classes(&graph.form(child)).has(WordClasses::RELATIVE))
        }),
        _ => None,
    }
}
