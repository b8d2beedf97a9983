//! What stands in the scope of another event: the visit that is cancelled, the sanctions that are lifted, the attack that is threatened are
//! what that event is about, not events of their own.

use crate::candidates::Candidate;
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use depeche_predicates::{Mood, Relation, Role};
use depeche_record::{EventType, Status};

/// Drops the candidates that are merely the content of another.
pub(crate) fn drop_contents(reading: &Reading<'_>, lexicon: &Lexicon, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut at_token: Vec<Option<usize>> = vec![None; reading.doc.len()];
    for (at, candidate) in candidates.iter().enumerate() {
        at_token[candidate.predicate.token] = Some(at);
    }
    let mut dropped = vec![false; candidates.len()];
    for outer in &candidates {
        // “launch an attack”: the word that completes a phrase names no event of its own.
        if let Some(inner) = outer.with.and_then(|with| at_token[with]) {
            dropped[inner] |= outer.with != Some(outer.predicate.token);
        }
        // What is only taken for an event leaves what is known for one alone.
        if outer.placed.is_some() || !takes_content(lexicon.frames()[outer.frame].kind) {
            continue;
        }
        let answers = matches!(lexicon.frames()[outer.frame].kind, EventType::Reject | EventType::Request);
        let own = |token: usize| token == outer.predicate.token || Some(token) == outer.predicate.carrier;
        // Whatever completes a phrase is part of it.
        for token in outer.with.map(|with| reading.under(with)).unwrap_or_default() {
            if let Some(inner) = at_token[token].filter(|_| !own(token)) {
                dropped[inner] = true;
            }
        }
        for argument in &outer.predicate.arguments {
            let content = match argument.role {
                Role::Object | Role::Content | Role::Complement | Role::Possessor => true,
                Role::Oblique | Role::Adverbial => !argument.loose && argument.token > outer.predicate.token,
                _ => false,
            };
            if !content {
                continue;
            }
            for token in reading.under(argument.token) {
                let Some(inner) = at_token[token].filter(|_| !own(token)) else { continue };
                let itself = token == argument.token && matches!(argument.role, Role::Object | Role::Complement | Role::Possessor);
                let status = candidates[inner].status;
                // “rejected a motion to leave”, “a proposal to hold talks”: what an infinitive under the object names is what the motion was for.
                // “would not allow X to leave”: so is one that the parse hangs on the verb.
                let carrier = candidates[inner].predicate.carrier.unwrap_or(token);
                let aim = reading.clauses.of_token(carrier).is_some_and(|clause| {
                    clause.head == carrier
                        && clause.mood == Mood::Infinitive
                        && (clause.link == Relation::ModifierClause
                            || answers && clause.link == Relation::AdverbialClause && clause.marker.is_empty())
                });
                // « rappeler son ambassadeur pour consultations »: a bare noun of purpose is part of what it is said with.
                let bare = token == argument.token
                    && argument.role == Role::Oblique
                    && !reading.is_verb(token)
                    && reading.graph.children_as(token, Relation::Determiner).next().is_none()
                    && reading.graph.children(token).iter().all(|&child| reading.actors.denoted(child).is_empty());
                dropped[inner] |= bare || (itself && status != Status::Alleged) || status == Status::Hypothetical || aim;
            }
        }
    }
    let mut kept = candidates;
    let mut place = 0;
    kept.retain(|_| {
        place += 1;
        !dropped[place - 1]
    });
    kept
}

/// Types whose object is what they do something about, not what happened.
fn takes_content(kind: EventType) -> bool {
    !matches!(kind, EventType::Accuse | EventType::Assault | EventType::Support | EventType::Mobilize | EventType::Protest)
}
