//! Whether what a predicate says took place: from tense, mood and polarity, what governs it, and marks of doubt around it.
//!
//! The order of questions is that of the codebook: denied, hypothetical, alleged, planned, ongoing, occurred. Mere attribution changes nothing.

use crate::reading::Reading;
use depeche_predicates::{Clause, Mood, Predicate, Relation, Tense, WordClasses};
use depeche_record::Status;

/// A status, and whether the clause itself is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) status: Status,
    pub(crate) negated: bool,
}

/// What the text makes of a predicate.
pub(crate) fn standing(reading: &Reading<'_>, predicate: &Predicate) -> Standing {
    let marked = marks_around(reading, predicate.token);
    let Some(at) = predicate.clause else {
        return Standing { status: marked.unwrap_or(Status::Occurred), negated: false };
    };
    let own = &reading.clauses.all[at];
    let negated = predicate.stated && own.negated;
    let status = if predicate.stated { of_clause(reading, at, 0) } else { of_mention(reading, predicate.token, at) };
    Standing { status: strongest(marked, status), negated }
}

fn strongest(marked: Option<Status>, status: Status) -> Status {
    match (marked, status) {
        (Some(marked), Status::Occurred | Status::Ongoing | Status::Planned) => marked,
        (_, status) => status,
    }
}

/// The status that a clause's own form and all above it give.
fn of_clause(reading: &Reading<'_>, at: usize, depth: usize) -> Status {
    let clause = &reading.clauses.all[at];
    if clause.conditional || has_condition(reading, at) {
        return Status::Hypothetical;
    }
    if clause.possible {
        return Status::Hypothetical;
    }
    let above = clause.parent.filter(|_| depth < 12);
    let governed = named_by(reading, clause).or_else(|| above.and_then(|parent| governed_by(reading, parent, clause)));
    // « les soldats arrêtés seront jugés »: what a noun has undergone is done, whatever becomes of it.
    if clause.mood == Mood::Participle && clause.link == Relation::ModifierClause && clause.tense == Tense::Past {
        return governed.unwrap_or(Status::Occurred);
    }
    match (clause.mood, clause.tense) {
        (Mood::Infinitive | Mood::Participle, tense) => match (governed, above) {
            (Some(status), _) => status,
            // A clause of circumstance or an infinitive shares the fate of what governs it.
            (None, Some(parent)) => match of_clause(reading, parent, depth + 1) {
                Status::Ongoing => Status::Occurred,
                status => status,
            },
            // “Oslo to reopen embassy”: a headline's infinitive with a subject is a plan.
            (None, None) if tense == Tense::None && clause.mood == Mood::Infinitive => {
                let subject = reading.graph.children_as(clause.head, Relation::Subject).next();
                if subject.is_some() { Status::Planned } else { Status::Hypothetical }
            }
            (None, None) => Status::Occurred,
        },
        (Mood::Imperative, _) => Status::Hypothetical,
        (Mood::Subjunctive, _) => governed.unwrap_or(Status::Hypothetical),
        (Mood::Conditional, _) => match governed {
            Some(status) => status,
            // « a déclaré qu'il aiderait »: the future, told in the past.
            None if !clause.perfect && reported_in_the_past(reading, clause) => Status::Planned,
            None => Status::Alleged,
        },
        (Mood::Indicative, Tense::Future) => governed.unwrap_or(Status::Planned),
        (Mood::Indicative, _) => governed.unwrap_or(Status::Occurred),
    }
}

/// What a noun makes of the infinitive that says what it is about, where it is one with a verb that governs: “a plan to …”, “pressure to …”.
fn named_by(reading: &Reading<'_>, clause: &Clause) -> Option<Status> {
    if clause.mood != Mood::Infinitive || clause.perfect || clause.link != Relation::ModifierClause {
        return None;
    }
    let noun = reading.graph.head(clause.head).filter(|&head| reading.doc.token(head).pos() == "NOUN")?;
    let classes = reading.grammar.classes(reading.doc.token(noun).lemma());
    if classes.has(WordClasses::HYPOTHETICAL) {
        Some(Status::Hypothetical)
    } else {
        (classes.has(WordClasses::PLANNED) || classes.has(WordClasses::PLANNED_INFINITIVE)).then_some(Status::Planned)
    }
}

/// What the verb above makes of the clause that it governs as its object or complement.
fn governed_by(reading: &Reading<'_>, parent: usize, clause: &Clause) -> Option<Status> {
    let above = &reading.clauses.all[parent];
    let classes = reading.verb_classes(above.head);
    let complement = matches!(clause.link, Relation::OpenComplement | Relation::ContentClause | Relation::ClausalSubject)
        || (clause.mood == Mood::Infinitive && is_governed_infinitive(reading, clause))
        || (classes.has(WordClasses::ALLEGED) && is_participle_of_accusation(reading, clause));
    if !complement {
        return None;
    }
    let finite = !matches!(clause.mood, Mood::Infinitive | Mood::Participle | Mood::Subjunctive);
    // « annonce avoir déployé »: what is over when it is told of is no plan.
    let over = clause.mood == Mood::Infinitive && clause.perfect;
    if classes.has(WordClasses::FAILED) && !finite {
        // « n'a pas manqué de rappeler »
        return (!above.negated).then_some(Status::Denied);
    }
    if classes.has(WordClasses::ALLEGED) {
        Some(Status::Alleged)
    } else if above.conditional && !finite {
        // « si X devait partir »
        Some(Status::Hypothetical)
    } else if classes.has(WordClasses::DENIED) && !above.negated {
        Some(Status::Denied)
    } else if finite && above.negated && classes.has(WordClasses::HYPOTHETICAL) {
        // « ne permettra pas que … »
        Some(Status::Hypothetical)
    } else if finite
        && classes.has(WordClasses::HYPOTHETICAL)
        && clause.tense == Tense::Present
        && reading.grammar.classes(&clause.marker).has(WordClasses::RESTRICTION)
    {
        // « veulent que X retire ses soldats »: a subjunctive that looks like an indicative.
        Some(Status::Hypothetical)
    } else if finite {
        // « a promis que », « a demandé quand »: a finite clause speaks for itself.
        None
    } else if over && !classes.has(WordClasses::HYPOTHETICAL) {
        None
    } else if classes.has(WordClasses::PLANNED) || classes.has(WordClasses::PLANNED_INFINITIVE) && governs_itself(reading, above, clause) {
        Some(Status::Planned)
    } else if classes.has(WordClasses::HYPOTHETICAL) || above.negated {
        Some(Status::Hypothetical)
    } else {
        None
    }
}

/// “is to visit” but not “is unable to visit”: whether the infinitive completes an auxiliary and not its attribute.
fn governs_itself(reading: &Reading<'_>, above: &Clause, clause: &Clause) -> bool {
    reading.doc.token(above.head).pos() != "AUX" || reading.graph.head(clause.head) == Some(above.head)
}

/// Whether an infinitive that the parse hangs loosely on its verb has the preposition of a complement, not that of a purpose.
fn is_governed_infinitive(reading: &Reading<'_>, clause: &Clause) -> bool {
    let marker = reading.grammar.classes(&clause.marker);
    matches!(clause.link, Relation::AdverbialClause | Relation::Oblique | Relation::NominalModifier)
        && (marker.has(WordClasses::GENITIVE_PREPOSITION) || marker.has(WordClasses::PLACE_PREPOSITION))
}

/// “accused X of firing”: what somebody is accused of, as a participle after a preposition.
fn is_participle_of_accusation(reading: &Reading<'_>, clause: &Clause) -> bool {
    clause.mood == Mood::Participle && clause.link == Relation::AdverbialClause && reading.graph.preposition(clause.head).is_some()
}

fn reported_in_the_past(reading: &Reading<'_>, clause: &Clause) -> bool {
    clause.parent.is_some_and(|parent| {
        matches!(clause.link, Relation::ContentClause | Relation::Conjunct | Relation::OpenComplement | Relation::AdverbialClause)
            && matches!(reading.clauses.all[parent].tense, Tense::Past | Tense::Imperfect)
            || reading.clauses.all[parent].mood == Mood::Participle
    })
}

/// Whether a clause of condition hangs on this one.
fn has_condition(reading: &Reading<'_>, at: usize) -> bool {
    let clause = &reading.clauses.all[at];
    (clause.mood == Mood::Conditional || clause.tense == Tense::Future)
        && reading
            .graph
            .children(clause.head)
            .iter()
            .any(|&child| reading.clauses.of_token(child).is_some_and(|under| under.head == child && under.conditional))
}

/// The status of a noun that no verb states: from the verb whose argument it is.
fn of_mention(reading: &Reading<'_>, noun: usize, at: usize) -> Status {
    let clause = &reading.clauses.all[at];
    let classes = reading.verb_classes(clause.head);
    let first = reading.graph.first_conjunct(noun);
    // « Lors d'un entretien avec X, Y a appelé à … »: what it happened during is no part of what the verb makes of its complements.
    let meanwhile = |word: &str| reading.grammar.classes(word).has(WordClasses::DURING_PREPOSITION);
    let fronted = first < clause.head && reading.graph.relation(first) == Relation::Oblique;
    let as_complement = reading.graph.head(first) == Some(clause.head)
        && !fronted
        && !reading.graph.preposition(first).is_some_and(meanwhile)
        && matches!(
            reading.graph.relation(first),
            Relation::Object | Relation::Oblique | Relation::NominalModifier | Relation::PassiveSubject | Relation::Attribute
        );
    // « le plan de retrait », « la crainte d'une invasion »: what is planned or feared has not happened.
    let owner = reading.graph.head(first).filter(|&owner| {
        let genitive =
            reading.graph.preposition(first).is_some_and(|word| reading.grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION));
        genitive && reading.doc.token(owner).pos() == "NOUN"
    });
    let owned = owner.map(|owner| reading.grammar.classes(&reading.lemma(owner))).unwrap_or_default();
    if owned.has(WordClasses::PLANNED) {
        return Status::Planned;
    }
    if owned.has(WordClasses::HYPOTHETICAL) {
        return Status::Hypothetical;
    }
    let whole = of_clause(reading, at, 0);
    if as_complement {
        if classes.has(WordClasses::ALLEGED) {
            return Status::Alleged;
        }
        if classes.has(WordClasses::DENIED) {
            return Status::Denied;
        }
        if classes.has(WordClasses::PLANNED) {
            return Status::Planned;
        }
        if classes.has(WordClasses::HYPOTHETICAL) {
            return Status::Hypothetical;
        }
        if clause.negated && reading.graph.relation(first) == Relation::Object {
            return Status::Hypothetical;
        }
    }
    match whole {
        Status::Planned if clause.tense == Tense::Future => Status::Planned,
        Status::Hypothetical if as_complement => Status::Hypothetical,
        _ => Status::Occurred,
    }
}

/// Adjectives of doubt or future on the noun.
fn marks_around(reading: &Reading<'_>, noun: usize) -> Option<Status> {
    reading.graph.children(noun).iter().find_map(|&child| {
        if !matches!(
            reading.graph.relation(child),
            Relation::Adjective | Relation::Adverb | Relation::ModifierClause | Relation::NominalModifier | Relation::Apposition
        ) {
            return None;
        }
        let classes = reading.grammar.classes(&reading.graph.form(child));
        if classes.has(WordClasses::ALLEGED_ADJECTIVE) {
            Some(Status::Alleged)
        } else if classes.has(WordClasses::HYPOTHETICAL_ADJECTIVE) {
            Some(Status::Hypothetical)
        } else if classes.has(WordClasses::PLANNED_ADJECTIVE) {
            Some(Status::Planned)
        } else {
            None
        }
    })
}
