//! The compiled rules of a language and what they fit at a place of a text.
//!
//! In goes a [`Temporal`] table; patterns become trees over word numbers, rules that others call are found by name, and every rule is filed
//! under the words that it can begin with, so that most words of a text cost one look. A pattern that calls itself, or what no rule is named, is refused.

use crate::figures::Figures;
use crate::lexicon::Lexicon;
use crate::pattern::{self, Figure, Part};
use crate::words::{Shape, Vocabulary, WordId, Words};
use depeche_packs::PackError;
use depeche_packs::temporal::{Bound, Class, Fields, Temporal, TemporalRule};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// A rule ready to be tried.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    tree: Node,
    set: Fields,
    pub(crate) bounds: Vec<Bound>,
    pub(crate) emit: bool,
    pub(crate) none: bool,
}

#[derive(Debug, Clone)]
enum Node {
    Word(WordId),
    Class(Class),
    Figure(Figure),
    Call(usize),
    Row(Vec<Node>),
    Any(Vec<Node>),
    Maybe(Box<Node>),
    Unless(Box<Node>),
    Glue,
    Open,
    Close,
}

/// What a rule fits: where it ends, and each extent to tag with its fields.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// Index past the last word read.
    pub(crate) end: usize,
    /// First word, past the last word, fields.
    pub(crate) extents: Vec<(usize, usize, Fields)>,
}

/// All rules of a language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grammar {
    pub(crate) rules: Vec<Rule>,
    named: Vec<Vec<usize>>,
    by_word: HashMap<WordId, Vec<usize>>,
    by_digits: Vec<usize>,
    by_capital: Vec<usize>,
    apostrophe: WordId,
    lexicon: Lexicon,
    figures: Figures,
}

/// What a place of a text was found to hold, so that no rule is tried twice there.
pub(crate) type Memory = HashMap<(usize, usize), Rc<[(usize, Fields)]>>;

#[derive(Debug, Clone)]
struct State {
    at: usize,
    fields: Fields,
    outer: Option<(usize, Fields)>,
    extents: Vec<(usize, usize, Fields)>,
}

impl Grammar {
    /// Compiles `temporal`, adding its words to `vocabulary`.
    pub(crate) fn new(temporal: &Temporal, vocabulary: &mut Vocabulary) -> Result<Grammar, PackError> {
        let lexicon = Lexicon::new(temporal, vocabulary);
        let suffixes = temporal.ordinal_suffixes.iter().flat_map(|suffix| vocabulary.add_phrase(suffix)).collect();
        let figures = Figures { order: temporal.numeric_order, suffixes };
        let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, rule) in temporal.rules.iter().enumerate() {
            if let Some(name) = &rule.name {
                names.entry(name).or_default().push(index);
            }
        }
        let numbers: BTreeMap<&str, usize> = names.keys().enumerate().map(|(number, &name)| (name, number)).collect();
        let mut grammar = Grammar { named: names.values().cloned().collect(), lexicon, figures, ..Grammar::default() };
        for rule in &temporal.rules {
            let fail = |message: String| fault(temporal, rule, message);
            let part = pattern::parse(&rule.pattern, &temporal.pieces).map_err(fail)?;
            let tree = compile(&part, vocabulary, &numbers).map_err(fail)?;
            if rule.name.is_none() && !rule.emit && !rule.none {
                return Err(fail("the rule tags nothing and has no name by which another could call it".to_owned()));
            }
            let mut called = BTreeSet::new();
            calls(&part, &mut called);
            if rule.name.as_deref().is_some_and(|name| reaches(name, &called, temporal, &names)) {
                return Err(fail("the pattern calls itself, at once or through others".to_owned()));
            }
            grammar.rules.push(Rule { tree, set: rule.set, bounds: rule.bounds.clone(), emit: rule.emit && !rule.none, none: rule.none });
        }
        grammar.apostrophe = vocabulary.add_phrase("'").first().copied().unwrap_or(Vocabulary::UNKNOWN);
        grammar.file_by_beginning();
        Ok(grammar)
    }

    fn file_by_beginning(&mut self) {
        for index in 0..self.rules.len() {
            if !self.rules[index].emit && !self.rules[index].none {
                continue;
            }
            let mut first = Beginnings::default();
            self.beginnings(&self.rules[index].tree, &mut first);
            for id in first.words {
                self.by_word.entry(id).or_default().push(index);
            }
            if first.apostrophe {
                self.by_word.entry(self.apostrophe).or_default().push(index);
            }
            if first.digits {
                self.by_digits.push(index);
            }
            if first.capitals {
                self.by_capital.push(index);
            }
        }
    }

    /// Gathers what a tree can begin with; false when it can be empty.
    fn beginnings(&self, node: &Node, first: &mut Beginnings) -> bool {
        match node {
            Node::Word(id) => {
                first.words.insert(*id);
                true
            }
            Node::Class(class) => {
                first.words.extend(self.lexicon.first_words(*class));
                first.digits |= *class == Class::Number;
                true
            }
            Node::Figure(Figure::Roman) => {
                first.capitals = true;
                true
            }
            Node::Figure(figure) => {
                first.digits = true;
                first.apostrophe |= *figure == Figure::ShortYear;
                true
            }
            Node::Call(name) => {
                for &rule in &self.named[*name] {
                    self.beginnings(&self.rules[rule].tree, first);
                }
                true
            }
            Node::Row(nodes) => nodes.iter().any(|node| self.beginnings(node, first)),
            Node::Any(nodes) => {
                // Every alternative is gathered, also after one that can be empty.
                let empty = nodes.iter().filter(|node| !self.beginnings(node, first)).count();
                empty == 0
            }
            Node::Maybe(inner) => {
                self.beginnings(inner, first);
                false
            }
            Node::Unless(_) | Node::Glue | Node::Open | Node::Close => false,
        }
    }

    /// The rules that may begin with the word at `at`, in their order.
    pub(crate) fn candidates(&self, words: &Words<'_>, at: usize, list: &mut Vec<usize>) {
        list.clear();
        let Some(word) = words.get(at) else { return };
        if let Some(rules) = self.by_word.get(&word.id) {
            list.extend(rules);
        }
        match word.shape {
            Shape::Digits { .. } => list.extend(&self.by_digits),
            Shape::Letters { capital: true } => list.extend(&self.by_capital),
            _ => {}
        }
        list.sort_unstable();
        list.dedup();
    }

    /// The longest stretch at `at` that the rule fits.
    pub(crate) fn fit(&self, rule: usize, words: &Words<'_>, at: usize, memory: &mut Memory) -> Option<Fit> {
        let rule = &self.rules[rule];
        let start = State { at, fields: Fields::default(), outer: None, extents: Vec::new() };
        let mut states = Vec::new();
        self.step(&rule.tree, start, words, memory, &mut states);
        let mut best: Option<State> = None;
        for state in states {
            if best.as_ref().is_none_or(|best| state.at > best.at) && state.at > at {
                best = Some(state);
            }
        }
        let state = best?;
        let mut extents = if state.extents.is_empty() { vec![(at, state.at, Fields::default())] } else { state.extents };
        for (_, _, fields) in &mut extents {
            let own = *fields;
            *fields = state.fields;
            fields.lay(&own);
            fields.lay(&rule.set);
        }
        for index in (1..extents.len()).rev() {
            let later = extents[index].2;
            inherit(&mut extents[index - 1].2, &later);
        }
        for index in 1..extents.len() {
            let earlier = extents[index - 1].2;
            let later = &mut extents[index].2;
            if later.day.is_some() && later.month.is_none() {
                later.month = earlier.month;
                later.year = later.year.or(earlier.year);
            }
        }
        Some(Fit { end: state.at, extents })
    }

    fn step(&self, node: &Node, state: State, words: &Words<'_>, memory: &mut Memory, out: &mut Vec<State>) {
        match node {
            Node::Word(id) => {
                if words.get(state.at).is_some_and(|word| word.id == *id) {
                    out.push(State { at: state.at + 1, ..state });
                }
            }
            Node::Class(class) => {
                let at = state.at;
                self.lexicon.find(*class, words, at, |end, fields| {
                    let mut next = State { at: end, ..state.clone() };
                    next.fields.lay(&fields);
                    out.push(next);
                });
            }
            Node::Figure(figure) => {
                if let Some((end, fields)) = self.figures.find(*figure, words, state.at) {
                    let mut next = State { at: end, ..state };
                    next.fields.lay(&fields);
                    out.push(next);
                }
            }
            Node::Call(name) => {
                for (end, fields) in self.call(*name, words, state.at, memory).iter() {
                    let mut next = State { at: *end, ..state.clone() };
                    next.fields.lay(fields);
                    out.push(next);
                }
            }
            Node::Row(nodes) => {
                let mut states = vec![state];
                for node in nodes {
                    let mut next = Vec::new();
                    for state in states {
                        self.step(node, state, words, memory, &mut next);
                    }
                    states = next;
                    if states.is_empty() {
                        return;
                    }
                }
                out.extend(states);
            }
            Node::Any(nodes) => {
                for node in nodes {
                    self.step(node, state.clone(), words, memory, out);
                }
            }
            Node::Maybe(inner) => {
                self.step(inner, state.clone(), words, memory, out);
                out.push(state);
            }
            Node::Unless(inner) => {
                let mut found = Vec::new();
                self.step(inner, state.clone(), words, memory, &mut found);
                if found.is_empty() {
                    out.push(state);
                }
            }
            Node::Glue => {
                if words.touches_previous(state.at) {
                    out.push(state);
                }
            }
            Node::Open => {
                let outer = Some((state.at, state.fields));
                out.push(State { outer, fields: Fields::default(), ..state });
            }
            Node::Close => {
                let mut state = state;
                if let Some((from, outer)) = state.outer.take() {
                    state.extents.push((from, state.at, state.fields));
                    state.fields = outer;
                    out.push(state);
                }
            }
        }
    }

    /// What the rules of a name fit at a place: one set of fields for every end, the first rule's.
    fn call(&self, name: usize, words: &Words<'_>, at: usize, memory: &mut Memory) -> Rc<[(usize, Fields)]> {
        if let Some(known) = memory.get(&(name, at)) {
            return Rc::clone(known);
        }
        let mut found: Vec<(usize, Fields)> = Vec::new();
        for &rule in &self.named[name] {
            let rule = &self.rules[rule];
            let mut states = Vec::new();
            let start = State { at, fields: Fields::default(), outer: None, extents: Vec::new() };
            self.step(&rule.tree, start, words, memory, &mut states);
            for mut state in states {
                state.fields.lay(&rule.set);
                if state.at > at && !found.iter().any(|(end, _)| *end == state.at) {
                    found.push((state.at, state.fields));
                }
            }
        }
        let found: Rc<[(usize, Fields)]> = found.into();
        memory.insert((name, at), Rc::clone(&found));
        found
    }
}

/// What an earlier member of a range takes over from the later one: the month of « du 5 au 7 août », the unit of « de 8 à 24 mois ».
fn inherit(earlier: &mut Fields, later: &Fields) {
    if earlier.day.is_some() && earlier.month.is_none() {
        earlier.month = later.month;
    }
    if earlier.year.is_none() && (earlier.month.is_some() || earlier.season.is_some()) {
        earlier.year = later.year;
        earlier.direction = earlier.direction.or(later.direction);
    }
    if earlier.number.is_some() && earlier.unit.is_none() {
        (earlier.unit, earlier.meaning) = (later.unit, later.meaning);
    }
    if earlier.hour.is_some() && earlier.meridiem.is_none() {
        earlier.meridiem = later.meridiem;
    }
}

#[derive(Default)]
struct Beginnings {
    words: BTreeSet<WordId>,
    digits: bool,
    capitals: bool,
    apostrophe: bool,
}

fn compile(part: &Part, vocabulary: &mut Vocabulary, names: &BTreeMap<&str, usize>) -> Result<Node, String> {
    let mut all = |parts: &[Part]| parts.iter().map(|part| compile(part, vocabulary, names)).collect::<Result<Vec<_>, _>>();
    Ok(match part {
        Part::Row(parts) => Node::Row(all(parts)?),
        Part::Any(parts) => Node::Any(all(parts)?),
        Part::Word(word) => {
            let ids = vocabulary.add_phrase(word);
            match ids.as_slice() {
                [id] => Node::Word(*id),
                _ => Node::Row(ids.into_iter().map(Node::Word).collect()),
            }
        }
        Part::Class(class) => Node::Class(*class),
        Part::Figure(figure) => Node::Figure(*figure),
        Part::Call(name) => {
            let number = names.get(name.as_str()).ok_or_else(|| format!("`<{name}>` is no class, no figure and the name of no rule"))?;
            Node::Call(*number)
        }
        Part::Maybe(inner) => Node::Maybe(Box::new(compile(inner, vocabulary, names)?)),
        Part::Unless(inner) => Node::Unless(Box::new(compile(inner, vocabulary, names)?)),
        Part::Glue => Node::Glue,
        Part::Open => Node::Open,
        Part::Close => Node::Close,
    })
}

fn calls<'part>(part: &'part Part, called: &mut BTreeSet<&'part str>) {
    match part {
        Part::Call(name) => {
            called.insert(name);
        }
        Part::Row(parts) | Part::Any(parts) => parts.iter().for_each(|part| calls(part, called)),
        Part::Maybe(inner) | Part::Unless(inner) => calls(inner, called),
        _ => {}
    }
}

/// Whether the rules that `called` names lead back to `name`. Every name is followed once, however many ways lead to it.
fn reaches(name: &str, called: &BTreeSet<&str>, temporal: &Temporal, names: &BTreeMap<&str, Vec<usize>>) -> bool {
    let parse = |rule: usize| pattern::parse(&temporal.rules[rule].pattern, &temporal.pieces).ok();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = called.iter().map(|&callee| callee.to_owned()).collect();
    while let Some(callee) = open.pop() {
        if callee == name {
            return true;
        }
        for part in names.get(callee.as_str()).into_iter().flatten().filter_map(|&rule| parse(rule)) {
            let mut next = BTreeSet::new();
            calls(&part, &mut next);
            open.extend(next.into_iter().filter(|next| !seen.contains(*next)).map(str::to_owned));
        }
        seen.insert(callee);
    }
    false
}

fn fault(temporal: &Temporal, rule: &TemporalRule, message: String) -> PackError {
    match temporal.files.get(rule.place.file) {
        Some(file) => file.error(rule.place.span.clone(), message),
        None => PackError::of_file(rule.pattern.clone(), message),
    }
}
