//! Transition systems: a state over a document's words, moves that change it, and a network that scores the moves.
//!
//! At each step the move of the highest score among those that the state allows is made, the first of several.
//! Rules and features are those of spaCy, so that its weights mean what they meant.

pub(crate) mod arc_eager;
pub(crate) mod biluo;
pub(crate) mod scorer;
pub(crate) mod tree;

use crate::doc::{Label, Labels};
use crate::error::Error;
use crate::network::spec::MoveSpec;

/// One action: a kind of move and the label that it gives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Action<Kind> {
    pub(crate) kind: Kind,
    pub(crate) label: Label,
}

/// Reads the actions of a model, its labels into `labels`.
pub(crate) fn actions<Kind>(
    moves: &[MoveSpec],
    classes: usize,
    kind: impl Fn(u8) -> Option<Kind>,
    labels: &mut Labels,
) -> Result<Vec<Action<Kind>>, Error> {
    if moves.len() != classes {
        return Err(Error::damaged(format!("{} moves have {classes} scores", moves.len())));
    }
    let action = |spec: &MoveSpec| {
        let kind = kind(spec.kind).ok_or_else(|| Error::unsupported(format!("a move of the kind {}", spec.kind)))?;
        Ok(Action { kind, label: labels.add(&spec.label) })
    };
    moves.iter().map(action).collect()
}

/// The best action that is allowed.
pub(crate) fn best<Kind: Copy>(actions: &[Action<Kind>], scores: &[f32], allowed: impl Fn(&Action<Kind>) -> bool) -> Option<Action<Kind>> {
    let mut best: Option<(f32, &Action<Kind>)> = None;
    for (action, &score) in actions.iter().zip(scores) {
        if best.is_none_or(|(highest, _)| score > highest) && allowed(action) {
            best = Some((score, action));
        }
    }
    best.map(|(_, action)| *action)
}
