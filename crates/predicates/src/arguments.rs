//! What a predicate says of whom: its arguments, whatever the construction that carries them.
//!
//! Passives are turned round, relatives and participles find the noun they modify, infinitives and coordinated verbs the subject they share,
//! and a noun that a light verb carries gets that verb's arguments.

use crate::clauses::is_fronted;
use crate::misplaced::{object_behind_oblique, object_hung_before, opens_after_comma, stray_subject};
use crate::nominal::{counting, undergone};
use crate::{Clauses, Grammar, Graph, WordClasses};
use depeche_packs::{Heads, Mood, Relation, Tense};

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

/// The subject of a reflexive verb that makes a passive of the infinitive under it.
fn undergoer(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, at: usize, depth: usize) -> Option<usize> {
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

/// Whether a clause without a marker is the infinitive that a verb of asking governs.
fn is_what_is_asked(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, verb: usize, head: usize) -> bool {
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
fn shared_subject(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, at: usize, depth: usize) -> Option<usize> {
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

fn noun_arguments(graph: &Graph<'_>, clauses: &Clauses, grammar: &Grammar, noun: usize, predicate: &mut Predicate) {
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
