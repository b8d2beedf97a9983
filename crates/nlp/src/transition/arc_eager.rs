//! The dependency parser: arc-eager transitions, non-monotonic, with sentence breaks as moves of their own.
//!
//! In come a document's words as vectors and the sentence boundaries that are already known, out go a head and a
//! label for each word. Words that are left without a head are roots.

use super::scorer::{NONE, Scorer, ScorerWork};
use super::{Action, actions, best};
use crate::doc::{Label, Labels};
use crate::error::Error;
use crate::mend::Boundary;
use crate::network::spec::{TransitionSpec, Weights};

/// Places of a state that the network reads.
const PLACES: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// The parser.
#[derive(Debug)]
pub(crate) struct ArcEager {
    actions: Vec<Action<Kind>>,
    scorer: Scorer,
}

/// What parsing needs for each thread.
#[derive(Debug, Default)]
pub(crate) struct ArcEagerWork {
    scorer: ScorerWork,
    state: State,
}

impl ArcEager {
    /// Reads the parser from the weights.
    pub(crate) fn new(spec: &TransitionSpec, width: usize, weights: Weights<'_>, labels: &mut Labels) -> Result<ArcEager, Error> {
        let scorer = Scorer::new(spec, width, PLACES, weights)?;
        let kind = |number| [Kind::Shift, Kind::Reduce, Kind::Left, Kind::Right, Kind::Break].get(usize::from(number)).copied();
        Ok(ArcEager { actions: actions(&spec.moves, scorer.classes(), kind, labels)?, scorer })
    }

    /// Parses a document; a word's head is −1 when it has none. `boundaries` may be empty.
    pub(crate) fn parse<'a>(
        &self,
        vectors: &[f32],
        words: usize,
        boundaries: &[Boundary],
        work: &'a mut ArcEagerWork,
    ) -> (&'a [i32], &'a [Label]) {
        self.scorer.read(vectors, &mut work.scorer);
        let state = &mut work.state;
        state.begin(words, boundaries);
        while !state.is_final() {
            let scores = self.scorer.score(&state.places(), &mut work.scorer);
            let allowed = state.allowed();
            match best(&self.actions, scores, |action| allowed[action.kind as usize]) {
                Some(action) => state.make(action),
                None => state.end(),
            }
        }
        (&state.heads, &state.labels)
    }
}

#[derive(Debug, Default)]
struct State {
    heads: Vec<i32>,
    labels: Vec<Label>,
    stack: Vec<i32>,
    /// Words put back before the rest of the buffer, the next one last.
    returned: Vec<i32>,
    next: i32,
    length: i32,
    boundaries: Vec<Boundary>,
    /// Words that were put back and may not be shifted again.
    unshiftable: Vec<bool>,
    /// For each head its last child to the left and right.
    last_left: Vec<i32>,
    last_right: Vec<i32>,
    /// For each child to the right the one before it.
    sibling: Vec<i32>,
}

impl State {
    fn begin(&mut self, words: usize, boundaries: &[Boundary]) {
        fn fill<T: Clone>(of: &mut Vec<T>, words: usize, with: T) {
            of.clear();
            of.resize(words, with);
        }
        fill(&mut self.heads, words, NONE);
        fill(&mut self.labels, words, Label::default());
        fill(&mut self.unshiftable, words, false);
        fill(&mut self.last_left, words, NONE);
        fill(&mut self.last_right, words, NONE);
        fill(&mut self.sibling, words, NONE);
        self.boundaries.clear();
        self.boundaries.extend(boundaries.iter().take(words));
        self.boundaries.resize(words, Boundary::Open);
        self.stack.clear();
        self.returned.clear();
        self.next = 0;
        self.length = i32::try_from(words).unwrap_or(i32::MAX);
    }

    fn stack_at(&self, depth: usize) -> i32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    fn buffer_at(&self, place: usize) -> i32 {
        match self.returned.len().checked_sub(place + 1) {
            Some(at) => self.returned[at],
            None => {
                let word = self.next + (place - self.returned.len()) as i32;
                if word < self.length { word } else { NONE }
            }
        }
    }

    fn buffer_length(&self) -> usize {
        (self.length - self.next) as usize + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    fn boundary(&self, word: i32) -> Boundary {
        usize::try_from(word).map_or(Boundary::Open, |word| self.boundaries[word])
    }

    fn places(&self) -> [i32; PLACES] {
        let of = |table: &[i32], word: i32| usize::try_from(word).map_or(NONE, |word| table[word]);
        let (first, top) = (self.buffer_at(0), self.stack_at(0));
        [
            first,
            self.buffer_at(1),
            top,
            self.stack_at(1),
            self.stack_at(2),
            of(&self.last_left, first),
            of(&self.last_left, top),
            of(&self.last_right, top),
        ]
    }

    /// Which kinds of moves are allowed.
    fn allowed(&self) -> [bool; 5] {
        let buffer = self.buffer_length();
        let first = self.buffer_at(0);
        let starts = self.boundary(first) == Boundary::Start;
        let attach = !self.stack.is_empty() && buffer > 0 && !starts;
        let shift = self.stack.is_empty() || (buffer >= 2 && !starts && !usize::try_from(first).is_ok_and(|word| self.unshiftable[word]));
        let reduce = match self.stack.len() {
            0 => false,
            1 => buffer == 0 || self.boundary(first) != Boundary::Inside,
            _ => true,
        };
        let second = self.buffer_at(1);
        let sentence = buffer >= 2 && second == first + 1 && self.boundary(second) == Boundary::Open;
        [shift, reduce, attach, attach, sentence]
    }

    fn make(&mut self, action: Action<Kind>) {
        let (first, top) = (self.buffer_at(0), self.stack_at(0));
        match action.kind {
            Kind::Shift => self.push(),
            Kind::Reduce if self.stack.len() == 1 || self.heads[top as usize] != NONE => {
                self.stack.pop();
            }
            Kind::Reduce => {
                self.stack.pop();
                self.unshiftable[top as usize] = true;
                self.returned.push(top);
            }
            Kind::Left => {
                self.attach(first, top, action.label);
                self.unshiftable[first as usize] = false;
                self.stack.pop();
            }
            Kind::Right => {
                self.attach(top, first, action.label);
                self.push();
            }
            Kind::Break => {
                let second = self.buffer_at(1) as usize;
                self.boundaries[second] = Boundary::Start;
            }
        }
    }

    fn push(&mut self) {
        let word = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn attach(&mut self, head: i32, child: i32, label: Label) {
        let before = self.heads[child as usize];
        // A word that is attached anew is the last child of the head it had: it was the stack's top ever since.
        if before != NONE && before < child && self.last_right[before as usize] == child {
            self.last_right[before as usize] = self.sibling[child as usize];
        }
        if head > child {
            self.last_left[head as usize] = child;
        } else {
            self.sibling[child as usize] = self.last_right[head as usize];
            self.last_right[head as usize] = child;
        }
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    fn end(&mut self) {
        self.stack.clear();
        self.returned.clear();
        self.next = self.length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [Kind; 5] = [Kind::Shift, Kind::Reduce, Kind::Left, Kind::Right, Kind::Break];

    /// Follows a script of moves, each of which must be allowed.
    fn follow(words: usize, boundaries: &[Boundary], script: &str) -> State {
        let mut state = State::default();
        state.begin(words, boundaries);
        for letter in script.chars() {
            let kind = KINDS["SDLRB".find(letter).expect("a move")];
            assert!(state.allowed()[kind as usize], "{letter} of {script}");
            state.make(Action { kind, label: Label(1) });
        }
        state
    }

    #[test]
    fn a_verb_with_subject_and_object() {
        let state = follow(3, &[], "SLSRDD");
        assert_eq!(state.heads, [1, NONE, 1]);
        assert!(state.is_final());
    }

    #[test]
    fn a_break_ends_the_attaching() {
        let state = follow(3, &[], "SBR");
        assert_eq!(state.buffer_at(0), 2);
        assert_eq!(state.allowed(), [false, true, false, false, false]);
        assert!(follow(3, &[], "SBRDDS").is_final() || follow(3, &[], "SBRDDSD").is_final());
    }

    #[test]
    fn what_is_reduced_without_a_head_comes_back() {
        let state = follow(3, &[], "SSD");
        assert_eq!((state.buffer_at(0), state.buffer_at(1)), (1, 2));
        assert!(!state.allowed()[0], "it may not be shifted again");
        let state = follow(3, &[], "SSDR");
        assert_eq!(state.heads, [NONE, 0, NONE]);
    }

    #[test]
    fn a_known_start_bounds_the_sentence() {
        let start = [Boundary::Open, Boundary::Start, Boundary::Open];
        let state = follow(3, &start, "S");
        assert_eq!(state.allowed(), [false, true, false, false, true]);
        let inside = [Boundary::Open, Boundary::Inside, Boundary::Open];
        let state = follow(3, &inside, "S");
        assert_eq!(state.allowed(), [true, false, true, true, true]);
        assert!(!follow(3, &inside, "").allowed()[4], "no break where none begins");
    }

    proptest! {
        #[test]
        fn any_moves_end_in_a_forest(
            words in 0usize..20,
            boundaries in proptest::collection::vec(0u8..3, 0..25),
            choices in proptest::collection::vec(any::<u8>(), 1..50),
        ) {
            let boundaries: Vec<_> = boundaries
                .iter()
                .map(|&which| [Boundary::Open, Boundary::Start, Boundary::Inside][usize::from(which)])
                .collect();
            let mut state = State::default();
            state.begin(words, &boundaries);
            let mut steps = 0;
            while !state.is_final() {
                let allowed = state.allowed();
                let kinds: Vec<Kind> = KINDS.into_iter().filter(|&kind| allowed[kind as usize]).collect();
                if kinds.is_empty() {
                    state.end();
                    break;
                }
                let kind = kinds[usize::from(choices[steps % choices.len()]) % kinds.len()];
                state.make(Action { kind, label: Label(1) });
                steps += 1;
                prop_assert!(steps <= 10 * words + 10, "too many steps");
            }
            for word in 0..words {
                let (mut at, mut hops) = (word as i32, 0);
                while at != NONE {
                    at = state.heads[at as usize];
                    hops += 1;
                    prop_assert!(hops <= words, "a cycle");
                }
            }
        }
    }
}
