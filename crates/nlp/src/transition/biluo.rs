//! The entity recogniser: for each word one move that begins, continues, ends or skips an entity.
//!
//! In come a document's words as vectors, which of them are white space and which begin a sentence; out go the
//! entities. None crosses the start of a sentence, none begins with white space.

use super::scorer::{NONE, Scorer, ScorerWork};
use super::{Action, actions, best};
use crate::doc::{Label, Labels, Span};
use crate::error::Error;
use crate::network::spec::{TransitionSpec, Weights};

/// Places of a state that the network reads.
const PLACES: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// What the recogniser knows of a word beside its vector.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordFacts {
    /// It is white space.
    pub(crate) is_space: bool,
    /// A sentence begins with it.
    pub(crate) sent_start: bool,
}

/// The recogniser.
#[derive(Debug)]
pub(crate) struct Biluo {
    actions: Vec<Action<Kind>>,
    scorer: Scorer,
}

impl Biluo {
    /// Reads the recogniser from the weights.
    pub(crate) fn new(spec: &TransitionSpec, width: usize, weights: Weights<'_>, labels: &mut Labels) -> Result<Biluo, Error> {
        let scorer = Scorer::new(spec, width, PLACES, weights)?;
        let kind = |number: u8| {
            let kinds = [Kind::Begin, Kind::In, Kind::Last, Kind::Unit, Kind::Out];
            kinds.get(usize::from(number.checked_sub(1)?)).copied()
        };
        Ok(Biluo { actions: actions(&spec.moves, scorer.classes(), kind, labels)?, scorer })
    }

    /// Finds the entities of a document.
    pub(crate) fn recognise(&self, vectors: &[f32], facts: &[WordFacts], work: &mut ScorerWork) -> Vec<Span> {
        self.scorer.read(vectors, work);
        let mut state = State::default();
        for at in 0..facts.len() {
            let scores = self.scorer.score(&state.places(at), work);
            match best(&self.actions, scores, |action| state.allows(*action, at, facts)) {
                Some(action) => state.make(action, at),
                None => break,
            }
        }
        state.found
    }
}

#[derive(Debug, Default)]
struct State {
    found: Vec<Span>,
    open: Option<(u32, Label)>,
}

impl State {
    fn places(&self, at: usize) -> [i32; PLACES] {
        let at = at as i32;
        match self.open {
            Some((start, _)) => [at, start as i32, at - 1],
            None => [at, NONE, NONE],
        }
    }

    fn allows(&self, action: Action<Kind>, at: usize, facts: &[WordFacts]) -> bool {
        let labelled = action.label != Label::default();
        let goes_on = facts.get(at + 1).is_some_and(|next| !next.sent_start);
        match (action.kind, self.open) {
            (Kind::Begin, None) => labelled && goes_on && !facts[at].is_space,
            (Kind::Unit, None) => labelled && !facts[at].is_space,
            (Kind::In, Some((_, label))) => goes_on && action.label == label,
            (Kind::Last, Some((_, label))) => action.label == label,
            (Kind::Out, None) => true,
            _ => false,
        }
    }

    fn make(&mut self, action: Action<Kind>, at: usize) {
        let at = at as u32;
        match action.kind {
            Kind::Begin => self.open = Some((at, action.label)),
            Kind::Unit => self.found.push(Span { start: at, end: at + 1, label: action.label }),
            Kind::Last => {
                if let Some((start, label)) = self.open.take() {
                    self.found.push(Span { start, end: at + 1, label });
                }
            }
            Kind::In | Kind::Out => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: Label = Label(3);

    fn allowed(state: &State, at: usize, facts: &[WordFacts]) -> String {
        let kinds = [Kind::Begin, Kind::In, Kind::Last, Kind::Unit, Kind::Out];
        let allows = |kind| state.allows(Action { kind, label: if kind == Kind::Out { Label(0) } else { LABEL } }, at, facts);
        kinds.into_iter().zip("BILUO".chars()).filter(|&(kind, _)| allows(kind)).map(|(_, letter)| letter).collect()
    }

    #[test]
    fn an_entity_ends_with_its_sentence() {
        let mut facts = [WordFacts::default(); 4];
        facts[2].sent_start = true;
        let mut state = State::default();
        assert_eq!(allowed(&state, 0, &facts), "BUO");
        assert_eq!(allowed(&state, 1, &facts), "UO");
        state.make(Action { kind: Kind::Begin, label: LABEL }, 0);
        assert_eq!(state.places(1), [1, 0, 0]);
        assert_eq!(allowed(&state, 1, &facts), "L");
        state.make(Action { kind: Kind::Last, label: LABEL }, 1);
        assert_eq!(state.found, [Span { start: 0, end: 2, label: LABEL }]);
        assert_eq!(allowed(&state, 3, &facts), "UO");
    }

    #[test]
    fn none_begins_with_white_space() {
        let facts = [WordFacts { is_space: true, sent_start: false }, WordFacts::default()];
        assert_eq!(allowed(&State::default(), 0, &facts), "O");
    }
}
