//! What a predicate says of whom: its arguments, whatever the construction that carries them.
//!
//! Passives are turned round, relatives and participles find the noun they modify, infinitives and coordinated verbs the subject they share,
//! and a noun that a light verb carries gets that verb's arguments.

use crate::clauses::is_fronted;
use crate::misplaced::{object_behind_insertion, object_behind_oblique, object_hung_before, opens_after_comma, stray_subject};
use crate::nominal::noun_arguments;
use crate::shared::{shared_subject, undergoer};
use crate::{Clauses, Grammar, Graph, WordClasses};
use depeche_packs::{Heads, Mood, Relation};

/// What an argument is to its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who does it.
    Subject,
    /// What or whom it is done to.
    Object,
    /// To whom, without a preposition.
    IndirectObject,
    /// With a preposition.
    Oblique,
    /// A possessor, or a complement of a noun that the language marks like one.
    Possessor,
    /// An adjective or noun that modifies.
    Modifier,
    /// A clause that says what is said, thought or asked.
    Content,
    /// An infinitive or participle that completes it.
    Complement,
    /// A clause of purpose, cause or circumstance.
    Adverbial,
}

/// An argument, by its head word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// What it is.
    pub role: Role,
    /// The preposition or conjunction that marks it, in dictionary form.
    pub preposition: Option<String>,
    /// Its head word; of a relative pronoun the word it stands for.
    pub token: usize,
    /// Whether the parse has it elsewhere in the clause and it is taken here for want of better.
    pub loose: bool,
}

/// What happens, as a word says it.
#[derive(Debug, Clone)]
pub struct Predicate {
    /// The word that names it.
    pub token: usize,
    /// The verb that carries it, where the word is a noun under a light verb.
    pub carrier: Option<usize>,
    /// The clause whose tense, mood and polarity are its own.
    pub clause: Option<usize>,
    /// Whether that clause states that it happens; false for a noun that is merely spoken of.
    pub stated: bool,
    /// Its arguments.
    pub arguments: Vec<Argument>,
}

impl Predicate {
    /// The arguments that have a role.
    pub fn role(&self, role: Role) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(move |argument| argument.role == role)
    }

    /// The first argument that has a role.
    pub fn first(&self, role: Role) -> Option<usize> {
        self.role(role).map(|argument| argument.token).next()
    }

    pub(crate) fn add(&mut self, role: Role, preposition: Option<&str>, token: usize, loose: bool) {
        if self.arguments.len() < MOST_ARGUMENTS
            && !self.arguments.iter().any(|known| known.token == token && (known.role == role || loose))
        {
            self.arguments.push(Argument { role, preposition: preposition.map(str::to_owned), token, loose });
        }
    }
}

/// Reads the predicate that `token` names.
pub fn predicate(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, token: usize) -> Predicate {
    let clause = clauses.of.get(token).copied().flatten();
    let own = clause.is_some_and(|at| clauses.all[at].head == token);
    let is_verb = own && (matches!(graph.token(token).pos(), "VERB" | "AUX") || has_auxiliary(graph, token));
    let mut predicate = Predicate { token, carrier: None, clause, stated: own, arguments: Vec::new() };
    if is_verb {
        verb_arguments(graph, clauses, grammar, token, &mut predicate, 0);
    } else {
        noun_arguments(graph, clauses, grammar, token, &mut predicate);
    }
    loose_arguments(graph, clauses, grammar, &mut predicate);
    predicate
}

/// Whether a word that is tagged otherwise is a verb by its auxiliary.
pub fn has_auxiliary(graph: &Graph<'_>, token: usize) -> bool {
    graph.children(token).iter().any(|&child| matches!(graph.relation(child), Relation::Auxiliary | Relation::PassiveAuxiliary))
        && graph.children_as(token, Relation::Copula).next().is_none()
}

pub(crate) fn verb_arguments(
    graph: &Graph<'_>,
    clauses: &Clauses,
    grammar: &Grammar,
    verb: usize,
    predicate: &mut Predicate,
    depth: usize,
) {
    let Some(at) = clauses.of[verb] else { return };
    let clause = &clauses.all[at];
    for &child in nearest_children(graph, verb) {
        let target = stands_for(graph, grammar, verb, child);
        let preposition = graph.preposition(child);
        match graph.relation(child) {
            Relation::Subject | Relation::ClausalSubject if clause.passive => predicate.add(Role::Object, None, target, false),
            Relation::Subject | Relation::ClausalSubject => predicate.add(Role::Subject, None, target, false),
            Relation::PassiveSubject if clause.reflexive || !clause.passive => predicate.add(Role::Subject, None, target, false),
            Relation::PassiveSubject => predicate.add(Role::Object, None, target, false),
            Relation::Agent => predicate.add(Role::Subject, preposition, target, false),
            Relation::Oblique | Relation::NominalModifier
                if clause.passive && preposition.is_some_and(|word| grammar.classes(word).has(WordClasses::AGENT_PREPOSITION)) =>
            {
                predicate.add(Role::Subject, preposition, target, false);
            }
            Relation::Object if preposition.is_none() => predicate.add(Role::Object, None, target, false),
            Relation::Attribute => {
                predicate.add(Role::Object, None, target, false);
                // “is ready to leave”: what completes the attribute completes the verb.
                for completed in graph.children_as(child, Relation::OpenComplement) {
                    predicate.add(Role::Complement, clause_marker(clauses, completed), completed, false);
                }
            }
            Relation::IndirectObject if grammar.classes(&graph.form(child)).has(WordClasses::RELATIVE_PLACE) => {
                predicate.add(Role::Oblique, None, target, false);
            }
            Relation::IndirectObject => predicate.add(Role::IndirectObject, preposition, target, false),
            Relation::Oblique | Relation::Object | Relation::NominalModifier => predicate.add(Role::Oblique, preposition, target, false),
            Relation::ContentClause => predicate.add(Role::Content, clause_marker(clauses, child), child, false),
            // « relâcher vingt et un pêcheurs »: a number that the parse takes for a complement.
            Relation::OpenComplement if graph.token(child).pos() == "NUM" => predicate.add(Role::Object, None, target, false),
            Relation::OpenComplement => predicate.add(Role::Complement, clause_marker(clauses, child), child, false),
            // “was pressed by X to leave”: what somebody is asked to do completes the verb, wherever the parse hangs it.
            Relation::AdverbialClause if is_what_is_asked(graph, clauses, grammar, verb, child) => {
                predicate.add(Role::Complement, None, child, false);
            }
            Relation::AdverbialClause => predicate.add(Role::Adverbial, clause_marker(clauses, child), child, false),
            Relation::Particle => predicate.add(Role::Modifier, None, child, false),
            _ => {}
        }
    }
    // « livrer des avions »: an article that looks like a preposition marks an object where there is no other.
    if predicate.first(Role::Object).is_none()
        && let Some(partitive) = predicate.arguments.iter().find(|argument| {
            argument.role == Role::Oblique
                && argument.token > verb
                && argument.preposition.as_deref().is_some_and(|word| grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION))
                && graph.children_as(argument.token, Relation::Case).any(|case| grammar.is_contraction(&graph.form(case)))
        })
    {
        let token = partitive.token;
        predicate.arguments.push(Argument { role: Role::Object, preposition: None, token, loose: false });
    }
    if predicate.first(Role::Subject).is_none()
        && !(clause.passive && predicate.first(Role::Object).is_some())
        && let Some(stray) = stray_subject(graph, clauses, grammar, at)
    {
        predicate.arguments.retain(|argument| argument.token != stray);
        predicate.add(if clause.passive { Role::Object } else { Role::Subject }, None, stray, false);
    }
    if predicate.first(Role::Object).is_none()
        && !clause.passive
        && let Some(bare) = object_hung_before(graph, verb)
    {
        predicate.add(Role::Object, None, bare, false);
    }
    // « a rencontré en marge de l'Assemblée son homologue »: an object behind an oblique that the parse put in apposition to it.
    if predicate.first(Role::Object).is_none()
        && !clause.passive
        && grammar.heads == Heads::Content
        && let Some(behind) = object_behind_oblique(graph, verb)
    {
        predicate.add(Role::Object, None, behind, false);
    }
    // « a reçu, jeudi, à Rabat, son homologue »: an object behind what commas part from the verb.
    if predicate.first(Role::Object).is_none()
        && predicate.first(Role::Content).is_none()
        && !clause.passive
        && grammar.heads == Heads::Content
        && let Some(behind) = object_behind_insertion(graph, verb)
    {
        predicate.arguments.retain(|argument| argument.token != behind);
        predicate.add(Role::Object, None, behind, false);
    }
    // « …, accuse l'armée »: behind what it reports a verb stands before its subject.
    if clause.link == Relation::Parataxis
        && grammar.heads == Heads::Content
        && matches!(clause.mood, Mood::Indicative | Mood::Conditional)
        && !clause.passive
        && predicate.first(Role::Subject).is_none()
        && graph.head(verb).is_some_and(|reported| reported < verb)
        && !predicate.arguments.iter().any(|argument| matches!(argument.role, Role::Content | Role::Complement))
        && opens_after_comma(graph, verb, at, clauses)
        && let Some(object) = predicate.arguments.iter().position(|argument| argument.role == Role::Object && argument.token > verb)
        && graph
            .children(predicate.arguments[object].token)
            .iter()
            .all(|&child| clauses.of[child] == clauses.of[verb] || clauses.all[clauses.of[child].unwrap_or(at)].mood != Mood::Infinitive)
    {
        predicate.arguments[object].role = Role::Subject;
    }
    // « Kinshasa, qui accuse X, a rappelé … »: a bare name before a verb without a subject.
    if predicate.first(Role::Subject).is_none()
        && !clause.passive
        && matches!(clause.mood, Mood::Indicative | Mood::Conditional)
        && matches!(clause.link, Relation::Root | Relation::ContentClause)
        && grammar.heads == Heads::Content
        && let Some(bare) = predicate.arguments.iter().position(|argument| {
            argument.role == Role::Oblique
                && argument.token < verb
                && argument.preposition.is_none()
                && graph.token(argument.token).pos() == "PROPN"
        })
    {
        predicate.arguments[bare].role = Role::Subject;
    }
    // « met en garde Helsinki »: a bare name after the verb and its complement is the object.
    if predicate.first(Role::Object).is_none()
        && grammar.heads == Heads::Content
        && let Some(bare) = predicate.arguments.iter().position(|argument| {
            argument.role == Role::Oblique
                && argument.token > verb
                && argument.preposition.is_none()
                && matches!(graph.token(argument.token).pos(), "PROPN" | "ADV" | "X")
                && graph.token(argument.token).form().chars().next().is_some_and(char::is_uppercase)
        })
    {
        predicate.arguments[bare].role = Role::Object;
    }
    if let Some(undergoer) = undergoer(graph, clauses, grammar, at, depth) {
        // « X s'est vu refuser l'accès par Y »
        for argument in &mut predicate.arguments {
            if argument.role == Role::Oblique
                && argument.preposition.as_deref().is_some_and(|word| grammar.classes(word).has(WordClasses::AGENT_PREPOSITION))
            {
                argument.role = Role::Subject;
            }
        }
        let role = if predicate.first(Role::Object).is_none() { Role::Object } else { Role::IndirectObject };
        predicate.add(role, None, undergoer, false);
        return;
    }
    // « X va être reçu », « a été arrêté et condamné »: of a passive it is who undergoes it.
    let shared_role = if clause.passive { Role::Object } else { Role::Subject };
    // « l'accord signé par X »: what a participle of the passive modifies undergoes it.
    let modifies = clause.passive && clause.link == Relation::ModifierClause;
    if predicate.first(shared_role).is_none()
        && !modifies
        && let Some(subject) = shared_subject(graph, clauses, grammar, at, depth)
    {
        predicate.add(shared_role, None, subject, false);
    }
    if modifies
        && predicate.first(Role::Object).is_none()
        && let Some(noun) = graph.head(verb)
    {
        predicate.add(Role::Object, None, noun, false);
    }
    if clause.passive
        && predicate.first(Role::Object).is_none()
        && is_fronted(graph, verb)
        && let Some(undergoer) = shared_subject(graph, clauses, grammar, at, depth)
    {
        predicate.arguments.retain(|argument| argument.token != undergoer);
        predicate.add(Role::Object, None, undergoer, false);
    }
}

/// Whether a clause without a marker is the infinitive that a verb of asking governs.
pub(crate) fn is_what_is_asked(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, verb: usize, head: usize) -> bool {
    grammar.classes(graph.token(verb).lemma()).has(WordClasses::HYPOTHETICAL)
        // “called his counterpart to offer help”: of an active verb it may as well be the purpose.
        && clauses.of_token(verb).is_some_and(|clause| clause.passive)
        && clauses
            .of_token(head)
            .is_some_and(|clause| clause.head == head && clause.mood == Mood::Infinitive && !clause.perfect && clause.marker.is_empty())
}

/// Those of its children that stand nearest: a verb with hundreds of verbs coordinated with it is asked by each of them for its subject.
fn nearest_children<'graph>(graph: &'graph Graph<'_>, verb: usize) -> &'graph [usize] {
    let children = graph.children(verb);
    let here = children.partition_point(|&child| child < verb);
    &children[here.saturating_sub(MOST_ARGUMENTS)..children.len().min(here + MOST_ARGUMENTS)]
}

pub(crate) fn clause_marker(clauses: &Clauses, head: usize) -> Option<&str> {
    clauses.of_token(head).map(|clause| clause.marker.as_str()).filter(|marker| !marker.is_empty())
}

/// The noun that a relative pronoun stands for; any other word stands for itself.
pub(crate) fn stands_for(graph: &Graph<'_>, grammar: &Grammar, verb: usize, token: usize) -> usize {
    if !matches!(graph.token(token).pos(), "PRON" | "ADV" | "SCONJ" | "DET")
        || !grammar.classes(&graph.form(token)).has(WordClasses::RELATIVE)
    {
        return token;
    }
    antecedent(graph, verb, token).unwrap_or(token)
}

/// The nearest noun before a relative pronoun that the parse lets it modify.
fn antecedent(graph: &Graph<'_>, verb: usize, pronoun: usize) -> Option<usize> {
    let attached = graph
        .ancestors(verb)
        .take(4)
        .find(|&above| above < pronoun && matches!(graph.token(above).pos(), "NOUN" | "PROPN" | "PRON"))
        .filter(|_| matches!(graph.relation(verb), Relation::RelativeClause | Relation::ModifierClause | Relation::Conjunct));
    if attached.is_some() {
        return attached;
    }
    let mut at = pronoun;
    while at > 0 {
        at -= 1;
        let token = graph.token(at);
        if token.sent_start() && !matches!(token.pos(), "NOUN" | "PROPN" | "PRON") {
            return None;
        }
        if matches!(token.pos(), "NOUN" | "PROPN" | "PRON") {
            // Up from the last word of a name to the word that heads it.
            let mut head = at;
            while matches!(graph.relation(head), Relation::Flat | Relation::Compound)
                && let Some(above) = graph.head(head)
            {
                head = above;
            }
            return Some(head);
        }
        if token.pos() == "VERB" {
            return None;
        }
    }
    None
}

/// Prepositional phrases of the same clause that the parse hung elsewhere, nearest first: a last resort for frames that need them.
fn loose_arguments(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, predicate: &mut Predicate) {
    let Some(clause) = predicate.clause.or(clauses.of[predicate.token]) else { return };
    let from = predicate.carrier.map_or(predicate.token, |carrier| carrier.min(predicate.token));
    for at in from + 1..graph.len().min(from + REACH) {
        let token = graph.token(at);
        if token.sent_start() {
            break;
        }
        if clauses.of[at] != Some(clause) {
            // Another finite clause ends the search; its words are its own.
            if clauses.of_token(at).is_some_and(|other| other.head == at && !matches!(other.mood, Mood::Infinitive | Mood::Participle)) {
                break;
            }
            continue;
        }
        if let Some(preposition) = graph.preposition(at)
            && matches!(token.pos(), "NOUN" | "PROPN" | "PRON" | "NUM")
            && !predicate.arguments.iter().any(|known| known.token == at)
        {
            // « signé un mois après une violation par X »: X did what the noun says that it hangs on.
            let of_circumstance = clauses.all[clause].head == predicate.token && has_complement_before(graph, grammar, from, at);
            // “the attack was condemned by X”: whoever did what the verb says did not do what its subject names.
            let of_verb = !predicate.stated && clauses.all[clause].passive && graph.head(at) == Some(clauses.all[clause].head);
            if of_verb && grammar.classes(preposition).has(WordClasses::AGENT_PREPOSITION) {
                continue;
            }
            let is_doer = !of_circumstance
                && grammar.classes(preposition).has(WordClasses::AGENT_PREPOSITION)
                && (!predicate.stated || predicate.carrier.is_some() || clauses.all[clause].passive)
                && predicate.first(Role::Subject).is_none();
            let role = if is_doer { Role::Subject } else { Role::Oblique };
            predicate.arguments.push(Argument { role, preposition: Some(preposition.to_owned()), token: at, loose: true });
        }
    }
}

/// Whether a word hangs on a noun of circumstance that has a complement of its own: « après une violation de l'espace par X ».
fn has_complement_before(graph: &Graph<'_>, grammar: &Grammar, verb: usize, at: usize) -> bool {
    let genitive = |word: &str| grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION);
    let is_act = |&noun: &usize| {
        let complement = |&child: &usize| child < at && graph.preposition(child).is_some_and(genitive);
        noun > verb && graph.preposition(noun).is_some_and(|word| !genitive(word)) && graph.children(noun).iter().any(complement)
    };
    graph.ancestors(at).take(4).take_while(|&above| above > verb).any(|above| is_act(&above))
}

/// More arguments than this no predicate has that anybody could read.
const MOST_ARGUMENTS: usize = 64;

/// How many words after a predicate its loose arguments are looked for: keeps long sentences linear.
pub(crate) const REACH: usize = 60;
