//! What nouns and adjectives say: their own complements, and under a verb of little meaning its arguments; a measured noun, an attribute.
//!
//! In goes the noun or adjective; out come the noun it measures or is measured by, or a [`Predicate`] with the arguments of the verb that carries it.
//! A noun or adjective that no such verb carries is left to the reading of nouns.

use crate::arguments::{clause_marker, stands_for, verb_arguments};
use crate::{Clauses, Grammar, Graph, Predicate, Role, WordClasses};
use depeche_packs::{Mood, Relation};

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

pub(crate) fn noun_arguments(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, noun: usize, predicate: &mut Predicate) {
    for &child in graph.children(noun) {
        let preposition = graph.preposition(child);
        match graph.relation(child) {
            Relation::Possessor => predicate.add(Role::Possessor, None, child, false),
            Relation::Determiner if grammar.classes(&graph.form(child)).has(WordClasses::POSSESSIVE) => {
                predicate.add(Role::Possessor, None, child, false);
            }
            Relation::NominalModifier | Relation::Oblique | Relation::Apposition if preposition.is_some() => {
                let classes = preposition.map(|word| grammar.classes(word)).unwrap_or_default();
                let role = match () {
                    () if classes.has(WordClasses::AGENT_PREPOSITION) => Role::Subject,
                    () if classes.has(WordClasses::GENITIVE_PREPOSITION) => Role::Possessor,
                    () => Role::Oblique,
                };
                predicate.add(role, preposition, child, false);
            }
            Relation::Agent => predicate.add(Role::Subject, preposition, child, false),
            Relation::Adjective | Relation::Compound => {
                predicate.add(Role::Modifier, None, child, false);
                if let Some(joined) = joined_by_hyphen(graph, child) {
                    predicate.add(Role::Modifier, None, joined, false);
                }
            }
            Relation::NominalModifier => predicate.add(Role::Modifier, None, child, false),
            Relation::Subject | Relation::PassiveSubject if predicate.stated => {
                predicate.add(Role::Subject, None, stands_for(graph, grammar, noun, child), false);
            }
            Relation::ModifierClause | Relation::AdverbialClause | Relation::RelativeClause => {
                // “pressure to leave”
                if clauses.of_token(child).is_some_and(|clause| clause.head == child && clause.mood == Mood::Infinitive) {
                    predicate.add(Role::Complement, clause_marker(clauses, child), child, false);
                }
                carried_by_participle(graph, clauses, grammar, noun, child, predicate);
            }
            _ => {}
        }
    }
    carried_by_verb(graph, clauses, grammar, noun, predicate);
}

/// The name that a hyphen joins to the modifier of a noun: “Norway-Iceland talks”, “a Kenya-led mission”.
fn joined_by_hyphen(graph: &Graph<'_>, modifier: usize) -> Option<usize> {
    let hyphen = modifier.checked_sub(1).filter(|&at| graph.token(at).pos() == "PUNCT")?;
    let name = hyphen.checked_sub(1)?;
    (graph.head(name) == Some(modifier) && graph.token(name).end() == graph.token(hyphen).start() && is_name(graph, name)).then_some(name)
}

fn is_name(graph: &Graph<'_>, token: usize) -> bool {
    matches!(graph.token(token).pos(), "PROPN" | "ADJ")
}

/// « les menaces proférées par X contre Y »: a light verb under the noun gives it its doer and its obliques.
fn carried_by_participle(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, noun: usize, verb: usize, predicate: &mut Predicate) {
    let Some(clause) = clauses.of[verb].map(|at| &clauses.all[at]) else { return };
    if clause.head != verb {
        return;
    }
    let classes = grammar.classes(graph.token(verb).lemma());
    let light = classes.has(WordClasses::LIGHT_VERB) || classes.has(WordClasses::EVENT_SUBJECT);
    if classes.has(WordClasses::ASCRIBING_VERB) {
        // « une attaque attribuée à X »
        let to = |child: &usize| matches!(graph.relation(*child), Relation::Oblique | Relation::IndirectObject);
        if let Some(doer) = graph.children(verb).iter().copied().filter(|&child| graph.preposition(child).is_some()).find(to) {
            predicate.add(Role::Subject, graph.preposition(doer), doer, false);
        }
        return;
    }
    if !light && !clause.passive {
        return;
    }
    let mut carrier = Predicate { token: verb, carrier: None, clause: clauses.of[verb], stated: true, arguments: Vec::new() };
    verb_arguments(graph, clauses, grammar, verb, &mut carrier, 0);
    if !light && !carrier.arguments.iter().any(|argument| argument.role == Role::Subject && argument.preposition.is_some()) {
        return;
    }
    for argument in carrier.arguments {
        if argument.token != noun && matches!(argument.role, Role::Subject | Role::Oblique | Role::IndirectObject) {
            predicate.add(argument.role, argument.preposition.as_deref(), argument.token, false);
        }
    }
}

/// A noun that is the object of a light verb, or the subject of a verb of happening, is stated by that verb's clause.
fn carried_by_verb(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, noun: usize, predicate: &mut Predicate) {
    let first = counting(graph, grammar, graph.first_conjunct(noun));
    let Some(verb) = graph.head(first) else { return };
    if undergone(graph, clauses, grammar, first, predicate) {
        return;
    }
    let Some(at) = clauses.of[verb] else { return };
    let clause = &clauses.all[at];
    if clause.head != verb || !matches!(graph.token(verb).pos(), "VERB" | "AUX") {
        return;
    }
    let classes = grammar.classes(graph.token(verb).lemma());
    let relation = graph.relation(first);
    let as_object = match relation {
        Relation::Object => graph.preposition(first).is_none() || classes.has(WordClasses::LIGHT_VERB),
        Relation::PassiveSubject => clause.passive,
        Relation::Subject => clause.passive,
        Relation::Oblique => {
            let obliques =
                || graph.children_as(verb, Relation::Oblique).filter(|&child| child > verb && graph.preposition(child).is_some());
            classes.has(WordClasses::LIGHT_OBLIQUE) && obliques().next() == Some(first)
        }
        _ => false,
    };
    let as_subject = matches!(relation, Relation::Subject | Relation::PassiveSubject) && !as_object;
    let phrase_object = graph.children_as(verb, Relation::Object).next();
    let happens = as_subject
        && (classes.has(WordClasses::EVENT_SUBJECT)
            || phrase_object.is_some_and(|object| {
                grammar.is_event_subject_phrase(&format!("{} {}", graph.token(verb).lemma(), graph.token(object).lemma()))
            }));
    let suffered = as_object && classes.has(WordClasses::SUFFERED) && !clause.passive;
    let light = (as_object && (classes.has(WordClasses::LIGHT_VERB) || classes.has(WordClasses::LIGHT_OBLIQUE)))
        || suffered
        || (as_object && clause.passive && classes.has(WordClasses::EVENT_SUBJECT));
    if !light && !happens {
        return;
    }
    predicate.carrier = Some(verb);
    predicate.clause = Some(at);
    predicate.stated = true;
    let mut carrier = Predicate { token: verb, carrier: None, clause: Some(at), stated: true, arguments: Vec::new() };
    verb_arguments(graph, clauses, grammar, verb, &mut carrier, 0);
    for argument in carrier.arguments {
        let same = argument.token == first || argument.token == noun || Some(argument.token) == phrase_object.filter(|_| happens);
        if !same && (light || argument.role != Role::Subject) {
            let role = if suffered && argument.role == Role::Subject { Role::Object } else { argument.role };
            predicate.add(role, argument.preposition.as_deref(), argument.token, false);
        }
    }
}
