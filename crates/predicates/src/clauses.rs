//! The clauses of a document: a verb each (or the noun or adjective that a copula links), with tense, mood, polarity and what governs it.
//!
//! Tense and mood are those of the whole verbal group: « aurait rencontré » is a conditional of the past, « va se rendre » a future,
//! “has met” a past. Polarity knows restriction from negation: « n'a effectué qu'une visite » is affirmative.

use crate::{Grammar, Graph, WordClasses};
use depeche_packs::{Heads, Mood, Relation, Tense};

/// A clause, by its head word.
#[derive(Debug, Clone)]
pub struct Clause {
    /// The verb, or the word that a copula links to its subject.
    pub head: usize,
    /// Tense of the verbal group.
    pub tense: Tense,
    /// Whether the group is a compound of the past (« a rencontré », « aurait rencontré »).
    pub perfect: bool,
    /// Mood of the verbal group; a participle or infinitive has its own.
    pub mood: Mood,
    /// Whether it is denied.
    pub negated: bool,
    /// Whether an auxiliary makes it a possibility.
    pub possible: bool,
    /// Whether a conjunction makes it a condition.
    pub conditional: bool,
    /// Whether the verb is in the passive voice.
    pub passive: bool,
    /// Whether the verb stands with a reflexive pronoun.
    pub reflexive: bool,
    /// Whether it only lends its tense to the infinitive under it.
    pub auxiliary: bool,
    /// The clause that governs it.
    pub parent: Option<usize>,
    /// How it hangs on what governs it.
    pub link: Relation,
    /// The conjunction or preposition that introduces it, in dictionary form; empty for none.
    pub marker: String,
}

/// All clauses of a document, and the clause that every token belongs to.
#[derive(Debug, Default)]
pub struct Clauses {
    /// In order of their heads.
    pub all: Vec<Clause>,
    /// The clause of each token, by its place in `all`.
    pub of: Vec<Option<usize>>,
}

impl Clauses {
    /// Reads the clauses off a graph.
    pub fn new(graph: &Graph<'_>, grammar: &Grammar) -> Clauses {
        let heads: Vec<usize> = (0..graph.len()).filter(|&token| is_clause_head(graph, token)).collect();
        let mut own = vec![None; graph.len()];
        for (at, &head) in heads.iter().enumerate() {
            own[head] = Some(at);
        }
        let mut of: Vec<Option<usize>> = vec![None; graph.len()];
        let mut known = vec![false; graph.len()];
        for token in 0..graph.len() {
            let mut way = Vec::new();
            let mut at = token;
            let clause = loop {
                if known[at] {
                    break of[at];
                }
                way.push(at);
                if own[at].is_some() {
                    break own[at];
                }
                match graph.head(at) {
                    Some(head) => at = head,
                    None => break None,
                }
            };
            for passed in way {
                of[passed] = clause;
                known[passed] = true;
            }
        }
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
        for (token, clause) in of.iter().enumerate() {
            if let Some(clause) = clause {
                members[*clause].push(token);
            }
        }
        let mut all: Vec<Clause> = heads
            .iter()
            .enumerate()
            .map(|(at, &head)| {
                let parent = graph.head(head).and_then(|above| of[above]).filter(|&parent| parent != at);
                read(graph, grammar, head, &members[at], parent)
            })
            .collect();
        lend_tense(graph, grammar, &mut all);
        Clauses { all, of }
    }

    /// The clause that a token belongs to.
    pub fn of_token(&self, token: usize) -> Option<&Clause> {
        self.of.get(token).copied().flatten().map(|at| &self.all[at])
    }

    /// The clause and those above it, from near to far.
    pub fn chain(&self, clause: usize) -> impl Iterator<Item = usize> + '_ {
        let limit = self.all.len();
        std::iter::successors(Some(clause), |&at| self.all[at].parent).take(limit)
    }
}

fn is_clause_head(graph: &Graph<'_>, token: usize) -> bool {
    let relation = graph.relation(token);
    if matches!(relation, Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula | Relation::Case | Relation::Fixed) {
        return false;
    }
    match graph.token(token).pos() {
        "VERB" => !matches!(relation, Relation::Adjective | Relation::Compound | Relation::Flat),
        "AUX" => true,
        // A verb that the tagger takes for a noun still has its auxiliary.
        _ => graph
            .children(token)
            .iter()
            .any(|&child| matches!(graph.relation(child), Relation::Copula | Relation::Auxiliary | Relation::PassiveAuxiliary)),
    }
}

/// « La France a restitué »: whether the auxiliaries are those of a perfect in the active voice, whatever the parse calls the subject.
fn has_active_auxiliary(graph: &Graph<'_>, grammar: &Grammar, auxiliaries: &[usize]) -> bool {
    let links = |&child: &usize| grammar.classes(graph.token(child).lemma()).has(WordClasses::LINKING_VERB);
    grammar.heads == Heads::Content && !auxiliaries.is_empty() && !auxiliaries.iter().any(links)
}

/// « Invitée par X, la ministre … »: whether a participle stands before the verb that it hangs on, with nothing to mark it.
pub(crate) fn is_fronted(graph: &Graph<'_>, participle: usize) -> bool {
    graph.relation(participle) == Relation::AdverbialClause
        && graph.head(participle).is_some_and(|verb| participle < verb)
        && graph.preposition(participle).is_none()
        && graph.children(participle).iter().all(|&child| graph.relation(child) != Relation::Marker)
}

fn read(graph: &Graph<'_>, grammar: &Grammar, head: usize, members: &[usize], parent: Option<usize>) -> Clause {
    let children = graph.children(head);
    let reflexive = children.iter().any(|&child| {
        graph.relation(child) == Relation::Reflexive
            || (child < head
                && graph.token(child).pos() == "PRON"
                && matches!(graph.relation(child), Relation::Object | Relation::IndirectObject | Relation::Expletive)
                && grammar.classes(&graph.form(child)).has(WordClasses::REFLEXIVE))
    });
    let auxiliaries: Vec<usize> = children
        .iter()
        .copied()
        .filter(|&child| matches!(graph.relation(child), Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula))
        .collect();
    let own = tense_of(graph, grammar, head);
    let passive_auxiliary = auxiliaries.iter().any(|&child| graph.relation(child) == Relation::PassiveAuxiliary);
    let passive_subject = graph.children_as(head, Relation::PassiveSubject).next().is_some();
    let participle = matches!(own, Some((Tense::Past, Mood::Participle)));
    let bare_participle = participle && auxiliaries.is_empty() && graph.relation(head) != Relation::Root;
    // « est arrivé »: some verbs take the passive's auxiliary for their perfect.
    let with_be = grammar.classes(graph.token(head).lemma()).has(WordClasses::PERFECT_WITH_BE);
    let passive = !reflexive
        && !with_be
        && (passive_auxiliary
            || (passive_subject && participle && !has_active_auxiliary(graph, grammar, &auxiliaries))
            || (bare_participle && (graph.relation(head) == Relation::ModifierClause || is_fronted(graph, head)))
            || (participle && graph.children_as(head, Relation::Agent).next().is_some())

            // “Envoy expelled from Minsk”: a participle that is all the verb there is, with nothing it is done to but its subject.
            || (grammar.bare_participle_passive && participle && auxiliaries.is_empty() && undergoes(graph, head)));

    let (mut tense, mut mood) = own.unwrap_or_default();
    let mut perfect = false;
    let mut possible = false;
    if !auxiliaries.is_empty() {
        let classes: Vec<WordClasses> = auxiliaries
            .iter()
            .map(|&child| {
                let by_lemma = grammar.classes(graph.token(child).lemma());
                if by_lemma == WordClasses::default() { grammar.classes(&graph.form(child)) } else { by_lemma }
            })
            .collect();
        let finite = auxiliaries
            .iter()
            .find_map(|&child| tense_of(graph, grammar, child).filter(|(_, mood)| !matches!(mood, Mood::Participle | Mood::Infinitive)));
        let any = |class: WordClasses| classes.iter().any(|classes| classes.has(class));
        let of_tense = auxiliaries.iter().any(|&child| graph.relation(child) == Relation::Auxiliary);
        // The participle with an auxiliary of tense is a past; with that of the passive alone it is not.
        perfect = participle && (of_tense || reflexive || with_be) && !(any(WordClasses::FUTURE_AUXILIARY) && passive);
        // « avoir déployé »: the infinitive is the auxiliary's.
        let infinitive = || {
            let own = auxiliaries.iter().filter_map(|&child| tense_of(graph, grammar, child));
            own.into_iter().find(|(_, mood)| *mood == Mood::Infinitive).filter(|_| participle)
        };
        (tense, mood) = finite.or_else(infinitive).unwrap_or((tense, mood));
        if perfect && matches!(tense, Tense::Present | Tense::Imperfect | Tense::None) {
            tense = Tense::Past;
        }
        if any(WordClasses::FUTURE_AUXILIARY) {
            tense = Tense::Future;
            // “will meet”: the auxiliary has no features of its own, and makes a finite verb of the infinitive.
            if mood == Mood::Infinitive {
                mood = Mood::Indicative;
            }
        }
        if any(WordClasses::CONDITIONAL_AUXILIARY) {
            mood = Mood::Conditional;
        }
        possible = any(WordClasses::POSSIBILITY_AUXILIARY);
    }

    // The subjunctive of a main clause is an indicative that looks like one.
    let has_subject =
        children.iter().any(|&child| child < head && matches!(graph.relation(child), Relation::Subject | Relation::PassiveSubject));
    let main = matches!(graph.relation(head), Relation::Root | Relation::Conjunct | Relation::Parataxis);
    if main && has_subject && auxiliaries.is_empty() && !matches!(mood, Mood::Indicative | Mood::Conditional) {
        (tense, mood) = (if tense == Tense::None { Tense::Present } else { tense }, Mood::Indicative);
    }
    let marker_token = children.iter().copied().find(|&child| graph.relation(child) == Relation::Marker);
    let marker = marker_token
        .map(|child| grammar.preposition(&graph.form(child)).to_owned())
        .or_else(|| graph.preposition(head).map(str::to_owned))
        .unwrap_or_default();
    let conditional = children.iter().any(|&child| {
        matches!(graph.relation(child), Relation::Marker | Relation::Adverb)
            && child < head
            && grammar.classes(&graph.form(child)).has(WordClasses::CONDITIONAL_MARKER)
            && !matches!(mood, Mood::Infinitive)
    });
    Clause {
        head,
        tense,
        perfect,
        mood,
        negated: is_negated(graph, grammar, head, members) || grammar.classes(&marker).has(WordClasses::NEGATIVE_PREPOSITION),
        possible,
        conditional,
        passive,
        reflexive,
        auxiliary: false,
        parent,
        link: graph.relation(head),
        marker,
    }
}

/// Whether what is taken for the subject of a bare participle is what it is done to.
fn undergoes(graph: &Graph<'_>, head: usize) -> bool {
    graph.children_as(head, Relation::Subject).next().is_some()
        && graph.children(head).iter().all(|&child| {
            !matches!(
                graph.relation(child),
                Relation::Object | Relation::ContentClause | Relation::OpenComplement | Relation::Attribute | Relation::Expletive
            )
        })
}

/// Whether the words of negation in a clause make it negative.
fn is_negated(graph: &Graph<'_>, grammar: &Grammar, head: usize, members: &[usize]) -> bool {
    let mut particle = None;
    let mut strong = false;
    let mut restriction = false;
    for &member in members {
        let near = graph.head(member).is_some_and(|above| {
            above == head
                || (graph.head(above) == Some(head)
                    && matches!(graph.relation(member), Relation::Determiner | Relation::Adverb | Relation::Negation))
        });
        if !near && member != head {
            continue;
        }
        if graph.relation(member) == Relation::Negation {
            return true;
        }
        let classes = grammar.classes(&graph.form(member));
        if classes.has(WordClasses::NEGATION) && member < head + 1 {
            particle = Some(member);
        } else if classes.has(WordClasses::NEGATION_STRONG) {
            // A determiner of negation counts where its noun belongs to the verb.
            strong |= matches!(graph.relation(member), Relation::Determiner | Relation::Adverb | Relation::Subject | Relation::Object)
                || graph.head(member) == Some(head);
        }
        if particle.is_some() && classes.has(WordClasses::RESTRICTION) && member > head && graph.relation(member) != Relation::Marker {
            restriction = true;
        }
    }
    match particle {
        Some(_) => strong || !restriction && follows_strong(graph, grammar, members),
        None => strong && !grammar.has_negative_particle(),
    }
}

/// Whether any word of the clause, however attached, is one that completes the particle.
fn follows_strong(graph: &Graph<'_>, grammar: &Grammar, members: &[usize]) -> bool {
    members.iter().any(|&member| {
        grammar.classes(&graph.form(member)).has(WordClasses::NEGATION_STRONG)
            && matches!(graph.token(member).pos(), "ADV" | "DET" | "PRON" | "ADJ")
    })
}

/// Gives the infinitive under an auxiliary of the future that verb's tense, and what hangs on a verb group its mood where it has none.
fn lend_tense(graph: &Graph<'_>, grammar: &Grammar, all: &mut [Clause]) {
    for at in 0..all.len() {
        let Some(parent) = all[at].parent else { continue };
        // « ont été arrêtés et condamnés »: the second participle shares the auxiliary of the first.
        let bare = all[at].link == Relation::Conjunct && all[at].mood == Mood::Participle && all[at].tense == Tense::Past;
        if bare && all[parent].passive && all[parent].head < all[at].head {
            let first = all[parent].clone();
            let clause = &mut all[at];
            (clause.passive, clause.tense, clause.mood, clause.perfect, clause.possible) =
                (true, first.tense, first.mood, first.perfect, first.possible);
        }
        let is_infinitive = all[at].mood == Mood::Infinitive && all[at].link == Relation::OpenComplement && all[at].marker.is_empty();
        let above = &all[parent];
        // « va être reçu »: the infinitive is the passive's.
        let is_infinitive = is_infinitive || all[at].passive && all[at].link == Relation::OpenComplement && all[at].marker.is_empty();
        if is_infinitive
            && grammar.classes(graph.token(above.head).lemma()).has(WordClasses::FUTURE_AUXILIARY)
            && matches!(above.tense, Tense::Present | Tense::Imperfect)
        {
            let (mood, negated) = (above.mood, above.negated);
            all[parent].auxiliary = true;
            let clause = &mut all[at];
            clause.tense = Tense::Future;
            clause.mood = mood;
            clause.negated |= negated;
        }
    }
}

fn tense_of(graph: &Graph<'_>, grammar: &Grammar, token: usize) -> Option<(Tense, Mood)> {
    grammar.tense(&graph.form(token), graph.token(token).lemma(), graph.token(token).morph())
}
