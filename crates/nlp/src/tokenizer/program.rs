//! Compiles the tree of a regular expression into a program, and runs it over a slice of characters.
//!
//! In: a [`Node`]. Out: a [`Program`], plain data that a model file holds, whose matches are those of Python's `re`:
//! the leftmost, and of those at one place the first in the order of the alternatives. A match that takes more than
//! [`STEPS`] steps is given up as none, so that no text can hold the tokenizer up.

use super::characters::CharacterSet;
use super::syntax::{Node, parse};
use serde::{Deserialize, Serialize};

/// The most instructions that one attempt at one place may take.
pub(super) const STEPS: u32 = 200_000;

/// The longest program.
const MOST_STEPS: usize = 1 << 20;

/// One step of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Step {
    /// Take this character.
    #[serde(rename = "c")]
    Character(char),
    /// Take a character of this set.
    #[serde(rename = "s")]
    Set(u32),
    /// Take from `least` to `most` characters of the set, as many as will do.
    #[serde(rename = "r")]
    Run(u32, u32, u32),
    /// Be at the start.
    #[serde(rename = "a")]
    Start,
    /// Be at the end, or before a line feed that ends the string.
    #[serde(rename = "z")]
    End,
    /// Go on at the first; if that fails, at the second.
    #[serde(rename = "b")]
    Branch(u32, u32),
    /// Go on elsewhere.
    #[serde(rename = "j")]
    Jump(u32),
    /// What begins with the next step must match (or not) that many characters back; then go on at the given step.
    #[serde(rename = "l")]
    Look { back: u32, negative: bool, then: u32 },
    /// Done.
    #[serde(rename = "m")]
    Matched,
}

/// One alternative at the top of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Branch {
    entry: u32,
    /// The ASCII characters with which it can begin, as two halves of a bit set.
    ascii: (u64, u64),
    /// Whether it can begin with a character beyond ASCII.
    beyond: bool,
    /// Whether it can match nothing at all.
    empty: bool,
}

/// A compiled pattern, as a model file holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Program {
    steps: Vec<Step>,
    branches: Vec<Branch>,
    anchored: bool,
    /// A small set of which every match holds a character.
    needed: Option<u32>,
}

/// The character sets that the programs of one tokenizer share.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Sets(Vec<CharacterSet>);

impl Sets {
    fn add(&mut self, set: &CharacterSet) -> u32 {
        let at = self.0.iter().position(|known| known == set).unwrap_or_else(|| {
            self.0.push(set.clone());
            self.0.len() - 1
        });
        at as u32
    }

    fn contains(&self, set: u32, character: char) -> bool {
        self.0.get(set as usize).is_some_and(|set| set.contains(character))
    }
}

impl Program {
    /// Compiles a pattern in the syntax of Python's `re`.
    ///
    /// # Errors
    /// When the pattern is not understood.
    pub(super) fn compile(pattern: &str, sets: &mut Sets) -> Result<Program, String> {
        let node = parse(pattern)?;
        let needed = node.needed().filter(|needed| needed.len() < 64).map(|needed| sets.add(&needed));
        let alternatives = match node {
            Node::Alternatives(nodes) => nodes,
            node => vec![node],
        };
        let anchored = alternatives.iter().all(begins_anchored);
        let mut program = Program { anchored, needed, ..Program::default() };
        for node in &alternatives {
            let entry = program.steps.len() as u32;
            program.emit(node, sets);
            program.steps.push(Step::Matched);
            let (first, empty) = first(node);
            let ascii = |from: u32| {
                (from..from + 64).filter(|&code| first.contains(code as u8 as char)).fold(0, |bits, code| bits | 1 << (code - from))
            };
            program.branches.push(Branch { entry, ascii: (ascii(0), ascii(64)), beyond: empty || first.exceeds_ascii(), empty });
        }
        if program.steps.len() > MOST_STEPS {
            return Err("regular expression: too long a pattern".to_owned());
        }
        Ok(program)
    }

    fn emit(&mut self, node: &Node, sets: &mut Sets) {
        if self.steps.len() > MOST_STEPS {
            return;
        }
        match node {
            Node::Set(set) => {
                let step = set.only().map_or_else(|| Step::Set(sets.add(set)), Step::Character);
                self.steps.push(step);
            }
            Node::Start => self.steps.push(Step::Start),
            Node::End => self.steps.push(Step::End),
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.emit(node, sets)),
            Node::Alternatives(nodes) => self.emit_alternatives(nodes, sets),
            Node::Repeat { node, least, most, greedy: true } if matches!(**node, Node::Set(_)) => {
                if let Node::Set(set) = &**node {
                    let set = sets.add(set);
                    self.steps.push(Step::Run(set, *least, most.unwrap_or(u32::MAX)));
                }
            }
            Node::Repeat { node, least, most, greedy } => {
                (0..*least).for_each(|_| self.emit(node, sets));
                match most {
                    Some(most) => (*least..*most).for_each(|_| self.emit_optional(node, *greedy, false, sets)),
                    None => self.emit_optional(node, *greedy, true, sets),
                }
            }
            Node::Look { behind, negative, node } => {
                let look = self.reserve();
                self.emit(node, sets);
                self.steps.push(Step::Matched);
                self.steps[look] = Step::Look { back: behind.unwrap_or(0), negative: *negative, then: self.here() };
            }
        }
    }

    fn emit_alternatives(&mut self, nodes: &[Node], sets: &mut Sets) {
        let mut ends = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            if at + 1 == nodes.len() {
                self.emit(node, sets);
                break;
            }
            let branch = self.reserve();
            self.emit(node, sets);
            ends.push(self.reserve());
            self.steps[branch] = Step::Branch(branch as u32 + 1, self.here());
        }
        let end = self.here();
        ends.into_iter().for_each(|at| self.steps[at] = Step::Jump(end));
    }

    fn emit_optional(&mut self, node: &Node, greedy: bool, again: bool, sets: &mut Sets) {
        let branch = self.reserve();
        self.emit(node, sets);
        if again {
            self.steps.push(Step::Jump(branch as u32));
        }
        let (inside, after) = (branch as u32 + 1, self.here());
        self.steps[branch] = if greedy { Step::Branch(inside, after) } else { Step::Branch(after, inside) };
    }

    fn reserve(&mut self) -> usize {
        self.steps.push(Step::Matched);
        self.steps.len() - 1
    }

    fn here(&self) -> u32 {
        self.steps.len() as u32
    }
}

/// Whether every match of the node must begin at the start of the string.
fn begins_anchored(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Sequence(nodes) => nodes.first().is_some_and(begins_anchored),
        Node::Alternatives(nodes) => nodes.iter().all(begins_anchored),
        _ => false,
    }
}

/// The characters with which a match can begin (or that must follow an empty one), and whether it can be empty at the end.
fn first(node: &Node) -> (CharacterSet, bool) {
    match node {
        Node::Set(set) => (set.clone(), false),
        Node::Start => (CharacterSet::default(), true),
        Node::End => (CharacterSet::of(&[('\n', '\n')]), true),
        Node::Look { behind: None, negative: false, node } => first(node),
        Node::Look { .. } => (CharacterSet::default(), true),
        Node::Repeat { node, least, .. } => {
            let (set, empty) = first(node);
            (set, empty || *least == 0)
        }
        Node::Alternatives(nodes) => {
            nodes.iter().map(first).fold((CharacterSet::default(), false), |(set, empty), (other, also)| (set.union(&other), empty || also))
        }
        Node::Sequence(nodes) => {
            let mut all = CharacterSet::default();
            for node in nodes {
                let (set, empty) = first(node);
                all = all.union(&set);
                if !empty {
                    return (all, false);
                }
            }
            (all, true)
        }
    }
}

/// A program ready to run: the branches that a character can begin, by that character.
#[derive(Debug)]
pub(super) struct Matcher {
    program: Program,
    /// For each ASCII character, for the others (128) and for the end (129), the branches to try.
    candidates: Vec<Vec<u32>>,
}

impl From<Program> for Matcher {
    fn from(program: Program) -> Matcher {
        let tried = |code: usize, branch: &Branch| match code {
            0..64 => branch.empty || branch.ascii.0 >> code & 1 == 1,
            64..128 => branch.empty || branch.ascii.1 >> (code - 64) & 1 == 1,
            128 => branch.beyond,
            _ => branch.empty,
        };
        let candidates = (0..130)
            .map(|code| program.branches.iter().filter(|branch| tried(code, branch)).map(|branch| branch.entry).collect())
            .collect();
        Matcher { program, candidates }
    }
}

impl Matcher {
    /// The end of the match that begins at `at`, as `re.match` finds it; with `advance`, an empty match is none.
    pub(super) fn match_at(&self, sets: &Sets, text: &[char], at: usize, advance: bool) -> Option<usize> {
        let code = text.get(at).map_or(129, |&character| (character as usize).min(128));
        let entries = self.candidates.get(code)?;
        let mut run = Run { steps: &self.program.steps, sets, text, budget: STEPS, barred: advance.then_some(at) };
        entries.iter().find_map(|&entry| run.from(entry, at))
    }

    /// Whether the text can hold a match at all, by a quick look at its characters.
    pub(super) fn may_match(&self, sets: &Sets, text: &[char]) -> bool {
        let Some(needed) = self.program.needed else { return true };
        text.iter().any(|&character| sets.contains(needed, character))
    }

    /// The first match at or after `from`, as `re.search` finds it.
    pub(super) fn search(&self, sets: &Sets, text: &[char], from: usize, advance: bool) -> Option<(usize, usize)> {
        let last = if self.program.anchored { 0 } else { text.len() };
        (from..=last).find_map(|at| self.match_at(sets, text, at, advance && at == from).map(|end| (at, end)))
    }

    /// All matches, one after another, as `re.finditer` finds them.
    pub(super) fn matches(&self, sets: &Sets, text: &[char]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let (mut from, mut advance) = (0, false);
        while let Some((start, end)) = self.search(sets, text, from, advance) {
            found.push((start, end));
            (from, advance) = (end, start == end);
        }
        found
    }
}

struct Run<'run> {
    steps: &'run [Step],
    sets: &'run Sets,
    text: &'run [char],
    budget: u32,
    /// A place at which the whole match may not end.
    barred: Option<usize>,
}

impl Run<'_> {
    /// Runs from a step at a place; the end of the match, if there is one.
    fn from(&mut self, entry: u32, at: usize) -> Option<usize> {
        // What to try next: the step, the place and, of a run of one set, the least place to which it can be shortened.
        let mut waiting: Vec<(u32, usize, usize)> = Vec::new();
        let (mut step, mut at) = (entry, at);
        loop {
            if self.budget == 0 {
                return None;
            }
            self.budget -= 1;
            let next = match *self.steps.get(step as usize)? {
                Step::Character(expected) => (self.text.get(at) == Some(&expected)).then_some((step + 1, at + 1)),
                Step::Set(set) => {
                    let found = self.text.get(at).is_some_and(|&character| self.sets.contains(set, character));
                    found.then_some((step + 1, at + 1))
                }
                Step::Run(set, least, most) => {
                    let most = self.text.len().min(at.saturating_add(most as usize));
                    let rest = self.text.get(at..most).unwrap_or_default();
                    let end = at + rest.iter().take_while(|&&character| self.sets.contains(set, character)).count();
                    let shortest = at + least as usize;
                    if shortest < end {
                        waiting.push((step + 1, end - 1, shortest));
                    }
                    (shortest <= end).then_some((step + 1, end))
                }
                Step::Start => (at == 0).then_some((step + 1, at)),
                Step::End => {
                    let rest = self.text.get(at..).unwrap_or_default();
                    matches!(rest, [] | ['\n']).then_some((step + 1, at))
                }
                Step::Branch(one, other) => {
                    waiting.push((other, at, at));
                    Some((one, at))
                }
                Step::Jump(to) => Some((to, at)),
                Step::Look { back, negative, then } => {
                    let barred = self.barred.take();
                    let found = at.checked_sub(back as usize).is_some_and(|start| self.from(step + 1, start).is_some());
                    self.barred = barred;
                    (found != negative).then_some((then, at))
                }
                Step::Matched if self.barred == Some(at) => None,
                Step::Matched => return Some(at),
            };
            (step, at) = match next {
                Some(next) => next,
                None => {
                    let (step, at, shortest) = waiting.pop()?;
                    if at > shortest {
                        waiting.push((step, at - 1, shortest));
                    }
                    (step, at)
                }
            };
        }
    }
}
