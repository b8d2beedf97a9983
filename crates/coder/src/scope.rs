//! What stands in the scope of another event: the visit that is cancelled, the sanctions that are lifted, the attack that is threatened are
//! what that event is about, not events of their own.

use crate::candidates::Candidate;
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use depeche_predicates::Role;
use depeche_record::{EventType, Status};

/// Drops the candidates that are merely the content of another.
pub(crate) fn drop_contents(reading: &Reading<'_>, lexicon: &Lexicon, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut dropped = vec![false; candidates.len()];
    for outer in &candidates {
        if !takes_content(lexicon.frames()[outer.frame].kind) {
            continue;
        }
        let completing = outer.with.map(|with| reading.graph.subtree(with)).unwrap_or_default();
        for (at, inner) in candidates.iter().enumerate() {
            dropped[at] |= inner.predicate.token != outer.predicate.token && completing.binary_search(&inner.predicate.token).is_ok();
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
            let under = reading.graph.subtree(argument.token);
            for (at, inner) in candidates.iter().enumerate() {
                let token = inner.predicate.token;
                if token == outer.predicate.token || Some(token) == outer.predicate.carrier || under.binary_search(&token).is_err() {
                    continue;
                }
                let itself = token == argument.token && matches!(argument.role, Role::Object | Role::Complement | Role::Possessor);
                dropped[at] |= (itself && inner.status != Status::Alleged) || inner.status == Status::Hypothetical;
            }
        }
    }
    let mut place = 0;
    let mut kept = candidates;
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
