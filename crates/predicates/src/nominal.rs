//! What nouns and adjectives say under a verb of little meaning: a measured noun, what a subject undergoes, an attribute.
//!
//! In goes the noun or adjective; out come the noun it measures or is measured by, or a [`Predicate`] with the arguments of the verb that carries it.
//! A noun or adjective that no such verb carries is left to the reading of nouns.

use crate::arguments::{clause_marker, verb_arguments};
use crate::{Clauses, Grammar, Graph, Predicate, Role, WordClasses};
use depeche_packs::Relation;

/// The noun that measures this one, or the noun itself: of « une série de frappes » the series.
pub fn counting(graph: &Graph<'_>, grammar: &Grammar, noun: usize) -> usize {
    let mut at = noun;
    for _ in 0..4 {
        let complement = graph.relation(at) == Relation::NominalModifier
            && graph.preposition(at).is_some_and(|word| grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION));
        match graph.head(at) {
            Some(above) if complement && grammar.classes(graph.token(above).lemma()).has(WordClasses::QUANTITY_NOUN) => {
                at = graph.first_conjunct(above);
            }
            _ => break,
        }
    }
    at
}

/// What a noun measures, or the noun itself: of « une série de frappes » the strikes.
pub fn counted(graph: &Graph<'_>, grammar: &Grammar, noun: usize) -> usize {
    let mut at = noun;
    for _ in 0..4 {
        if !grammar.classes(graph.token(at).lemma()).has(WordClasses::QUANTITY_NOUN) {
            break;
        }
        let complement = graph.children_as(at, Relation::NominalModifier).find(|&child| {
            child > at && graph.preposition(child).is_some_and(|word| grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION))
        });
        let Some(complement) = complement else { break };
        at = complement;
    }
    at
}

/// « faire l'objet de sanctions », « être la cible d'attaques »: what the subject undergoes is stated by the clause, and done to its subject.
pub(crate) fn undergone(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, noun: usize, predicate: &mut Predicate) -> bool {
    let complement = matches!(graph.relation(noun), Relation::NominalModifier | Relation::Oblique)
        && graph.preposition(noun).is_some_and(|word| grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION));
    let Some(above) = graph.head(noun).filter(|_| complement) else { return false };
    let undergoes = |token: usize| grammar.classes(graph.token(token).lemma()).has(WordClasses::UNDERGOING_NOUN);
    let verb = if undergoes(above) {
        let copula = graph.children_as(above, Relation::Copula).next().is_some();
        let object = matches!(graph.relation(above), Relation::Object | Relation::Attribute | Relation::OpenComplement);
        if copula { Some(above) } else { graph.head(above).filter(|_| object) }
    } else {
        let object =
            graph.children_as(above, Relation::Object).chain(graph.children_as(above, Relation::Attribute)).find(|&child| undergoes(child));
        object.filter(|&object| object < noun).map(|_| above)
    };
    let Some((verb, at)) = verb.and_then(|verb| Some((verb, clauses.of[verb].filter(|&at| clauses.all[at].head == verb)?))) else {
        return false;
    };
    predicate.carrier = Some(verb);
    predicate.clause = Some(at);
    predicate.stated = true;
    let mut carrier = Predicate { token: verb, carrier: None, clause: Some(at), stated: true, arguments: Vec::new() };
    verb_arguments(graph, clauses, grammar, verb, &mut carrier, 0);
    for argument in carrier.arguments {
        if argument.token == noun || undergoes(argument.token) {
            continue;
        }
        let role = if argument.role == Role::Subject { Role::Object } else { argument.role };
        predicate.add(role, argument.preposition.as_deref(), argument.token, false);
    }
    true
}

/// Reads an adjective that a copula or a verb such as « se dire » links to its subject as a predicate.
pub fn attribute(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, adjective: usize) -> Option<Predicate> {
    let at = clauses.of.get(adjective).copied().flatten()?;
    let mut predicate = Predicate { token: adjective, carrier: None, clause: Some(at), stated: true, arguments: Vec::new() };
    if clauses.all[at].head == adjective && graph.children_as(adjective, Relation::Copula).next().is_some() {
        verb_arguments(graph, clauses, grammar, adjective, &mut predicate, 0);
        return Some(predicate);
    }
    let first = graph.first_conjunct(adjective);
    let verb = graph.head(first)?;
    let at = clauses.of[verb].filter(|&at| clauses.all[at].head == verb)?;
    let links = matches!(
        graph.relation(first),
        Relation::Attribute | Relation::OpenComplement | Relation::ContentClause | Relation::Object | Relation::Oblique
    );
    let is_linking = |lemma: &str| grammar.classes(lemma).has(WordClasses::LINKING_VERB);
    if !links || !is_linking(graph.token(verb).lemma()) && !grammar.dictionary_forms(&graph.form(verb)).any(|verb| is_linking(&verb)) {
        return None;
    }
    predicate.clause = Some(at);
    predicate.carrier = Some(verb);
    let mut carrier = Predicate { token: verb, carrier: None, clause: Some(at), stated: true, arguments: Vec::new() };
    verb_arguments(graph, clauses, grammar, verb, &mut carrier, 0);
    carrier.arguments.retain(|argument| argument.token != first && argument.token != adjective);
    predicate.arguments = carrier.arguments;
    for &child in graph.children(adjective) {
        match graph.relation(child) {
            Relation::Oblique | Relation::NominalModifier => predicate.add(Role::Oblique, graph.preposition(child), child, false),
            Relation::OpenComplement | Relation::ContentClause | Relation::AdverbialClause => {
                predicate.add(Role::Complement, clause_marker(clauses, child), child, false);
            }
            _ => {}
        }
    }
    Some(predicate)
}
