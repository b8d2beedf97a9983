//! Reads a regular expression in the syntax of Python's `re` into a tree.
//!
//! In: the pattern of an affix or token rule. Out: a [`Node`] over sets of characters, with case folding already worked
//! into the sets. Refused, with the place: back-references, named groups, look-behind of no fixed width, and
//! repetitions without bound of something that can be empty.

use super::characters::{CharacterSet, fold};
use std::collections::HashMap;

/// A regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// One character of a set.
    Set(CharacterSet),
    /// The start of the string.
    Start,
    /// The end of the string, or the place before a line feed that ends it.
    End,
    /// One after another.
    Sequence(Vec<Node>),
    /// The first that leads to a match.
    Alternatives(Vec<Node>),
    /// Repetition.
    Repeat {
        /// What is repeated.
        node: Box<Node>,
        /// The least number of times.
        least: u32,
        /// The greatest, if there is one.
        most: Option<u32>,
        /// Whether more is tried before fewer.
        greedy: bool,
    },
    /// What stands before or after must match, or must not.
    Look {
        /// The width of a look-behind; a look-ahead has none.
        behind: Option<u32>,
        /// Whether it must not match.
        negative: bool,
        /// The condition.
        node: Box<Node>,
    },
}

impl Node {
    /// The number of characters that every match has, if it is always the same.
    fn width(&self) -> Option<u32> {
        match self {
            Node::Set(_) => Some(1),
            Node::Start | Node::End | Node::Look { .. } => Some(0),
            Node::Sequence(nodes) => nodes.iter().try_fold(0_u32, |sum, node| sum.checked_add(node.width()?)),
            Node::Alternatives(nodes) => {
                let first = nodes.first()?.width()?;
                nodes.iter().all(|node| node.width() == Some(first)).then_some(first)
            }
            Node::Repeat { node, least, most, .. } => {
                if *most == Some(*least) {
                    node.width()?.checked_mul(*least)
                } else {
                    None
                }
            }
        }
    }

    /// Whether it can match without taking a character.
    pub(crate) fn can_be_empty(&self) -> bool {
        match self {
            Node::Set(_) => false,
            Node::Start | Node::End | Node::Look { .. } => true,
            Node::Sequence(nodes) => nodes.iter().all(Node::can_be_empty),
            Node::Alternatives(nodes) => nodes.iter().any(Node::can_be_empty),
            Node::Repeat { node, least, .. } => *least == 0 || node.can_be_empty(),
        }
    }

    /// The smallest set of which every match holds a character, if one can be told.
    pub(super) fn needed(&self) -> Option<CharacterSet> {
        match self {
            Node::Set(set) => Some(set.clone()),
            Node::Start | Node::End | Node::Look { .. } => None,
            Node::Sequence(nodes) => nodes.iter().filter_map(Node::needed).min_by_key(CharacterSet::len),
            Node::Alternatives(nodes) => nodes.iter().try_fold(CharacterSet::default(), |union, node| Some(union.union(&node.needed()?))),
            Node::Repeat { node, least, .. } => {
                if *least > 0 {
                    node.needed()
                } else {
                    None
                }
            }
        }
    }

    /// All strings that match, when they are finite in number and no more than `limit`; anchors are passed over.
    pub(crate) fn language(&self, limit: usize) -> Option<Vec<String>> {
        let strings = match self {
            Node::Start | Node::End => vec![String::new()],
            Node::Look { .. } => return None,
            Node::Set(set) => set.iter().take(limit + 1).map(String::from).collect(),
            Node::Sequence(nodes) => {
                nodes.iter().try_fold(vec![String::new()], |strings, node| product(&strings, &node.language(limit)?, limit))?
            }
            Node::Alternatives(nodes) => {
                let mut all = Vec::new();
                for node in nodes {
                    all.extend(node.language(limit)?);
                }
                all
            }
            Node::Repeat { node, least, most, .. } => {
                let once = node.language(limit)?;
                let (mut all, mut power) = (Vec::new(), vec![String::new()]);
                for times in 0..=(*most)? {
                    if times >= *least {
                        all.extend(power.iter().cloned());
                    }
                    power = product(&power, &once, limit)?;
                }
                all
            }
        };
        (strings.len() <= limit).then_some(strings)
    }
}

fn product(left: &[String], right: &[String], limit: usize) -> Option<Vec<String>> {
    (left.len() * right.len() <= limit)
        .then(|| left.iter().flat_map(|head| right.iter().map(move |tail| format!("{head}{tail}"))).collect())
}

/// Reads `pattern`.
///
/// # Errors
/// When the syntax is not understood: says what was found, and at which character.
pub(crate) fn parse(pattern: &str) -> Result<Node, String> {
    let mut parser = Parser { characters: pattern.chars().collect(), at: 0, ignore_case: false, folded: HashMap::new(), depth: 0 };
    parser.flags();
    let node = parser.alternatives()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.refuse("a `)` without its `(`")),
    }
}

const DEEPEST: usize = 100;

struct Parser {
    characters: Vec<char>,
    at: usize,
    ignore_case: bool,
    /// Sets closed under case before.
    folded: HashMap<CharacterSet, CharacterSet>,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += 1;
        Some(character)
    }

    fn takes(&mut self, expected: &str) -> bool {
        let length = expected.chars().count();
        let found = self.characters.get(self.at..self.at + length).is_some_and(|found| expected.chars().eq(found.iter().copied()));
        if found {
            self.at += length;
        }
        found
    }

    fn refuse(&self, what: &str) -> String {
        format!("regular expression: {what} at character {}", self.at)
    }

    fn flags(&mut self) {
        let rest = &self.characters[self.at..];
        let Some(end) = rest.iter().position(|&character| character == ')') else { return };
        if let ['(', '?', flags @ ..] = &rest[..end]
            && !flags.is_empty()
            && flags.iter().all(|flag| matches!(flag, 'i' | 'u'))
        {
            self.ignore_case = flags.contains(&'i');
            self.at += end + 1;
        }
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.refuse("too deep a nesting"));
        }
        let mut alternatives = vec![self.sequence()?];
        while self.takes("|") {
            alternatives.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(if alternatives.len() == 1 { alternatives.remove(0) } else { Node::Alternatives(alternatives) })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while let Some(character) = self.peek()
            && !matches!(character, '|' | ')')
        {
            let node = self.atom()?;
            nodes.push(self.repeated(node)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) })
    }

    fn atom(&mut self) -> Result<Node, String> {
        let set = match self.next() {
            Some('(') => return self.group(),
            Some('^') => return Ok(Node::Start),
            Some('$') => return Ok(Node::End),
            Some('[') => self.class()?,
            Some('.') => CharacterSet::of(&[('\n', '\n')]).negated(),
            Some('\\') => self.escape()?,
            Some('*' | '+' | '?') | None => return Err(self.refuse("nothing to repeat")),
            Some(character) => CharacterSet::of(&[(character, character)]),
        };
        if !self.ignore_case {
            return Ok(Node::Set(set));
        }
        let folded = self.folded.entry(set).or_insert_with_key(fold);
        Ok(Node::Set(folded.clone()))
    }

    fn group(&mut self) -> Result<Node, String> {
        let look = [
            ("?:", None),
            ("?=", Some((false, false))),
            ("?!", Some((false, true))),
            ("?<=", Some((true, false))),
            ("?<!", Some((true, true))),
        ]
        .into_iter()
        .find(|(opening, _)| self.takes(opening))
        .and_then(|(_, look)| look);
        if self.peek() == Some('?') {
            return Err(self.refuse("a group of an unknown kind"));
        }
        let node = self.alternatives()?;
        if !self.takes(")") {
            return Err(self.refuse("a group without its end"));
        }
        let Some((behind, negative)) = look else { return Ok(node) };
        let behind = match behind {
            true => Some(node.width().ok_or_else(|| self.refuse("a look-behind of no fixed width"))?),
            false => None,
        };
        Ok(Node::Look { behind, negative, node: Box::new(node) })
    }

    fn repeated(&mut self, node: Node) -> Result<Node, String> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.bounds() {
                Some(bounds) => bounds,
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        // Past the sign; of bounds, past the closing brace.
        self.at += 1;
        let greedy = !self.takes("?");
        if most.is_none() && node.can_be_empty() {
            return Err(self.refuse("a repetition without bound of what can be empty"));
        }
        if most.is_some_and(|most| most < least || most > 1000) || least > 1000 {
            return Err(self.refuse("a repetition of impossible bounds"));
        }
        Ok(Node::Repeat { node: Box::new(node), least, most, greedy })
    }

    /// The bounds of `{m}` or `{m,n}`, leaving the place at the closing brace; `None`, unmoved, when it is no such thing.
    fn bounds(&mut self) -> Option<(u32, Option<u32>)> {
        let rest = self.characters.get(self.at + 1..)?;
        let end = rest.iter().position(|&character| character == '}')?;
        let text: String = rest[..end].iter().collect();
        let bounds = match text.split_once(',') {
            None => text.parse().ok().map(|times| (times, Some(times))),
            Some((least, "")) => least.parse().ok().map(|least| (least, None)),
            Some(("", most)) => most.parse().ok().map(|most| (0, Some(most))),
            Some((least, most)) => least.parse().ok().zip(most.parse().ok()).map(|(least, most)| (least, Some(most))),
        }?;
        self.at += 1 + end;
        Some(bounds)
    }

    fn class(&mut self) -> Result<CharacterSet, String> {
        let negative = self.takes("^");
        let (mut ranges, mut first): (Vec<(u32, u32)>, bool) = (Vec::new(), true);
        loop {
            let start = match self.next() {
                None => return Err(self.refuse("a class without its end")),
                Some(']') if !first => break,
                Some('\\') => self.escape()?,
                Some(character) => CharacterSet::of(&[(character, character)]),
            };
            first = false;
            let is_range = self.peek() == Some('-') && self.characters.get(self.at + 1).is_some_and(|&after| after != ']');
            if !is_range {
                ranges.extend(start.ranges());
                continue;
            }
            self.at += 1;
            let end = match self.next() {
                Some('\\') => self.escape()?,
                Some(character) => CharacterSet::of(&[(character, character)]),
                None => return Err(self.refuse("a class without its end")),
            };
            match (start.only(), end.only()) {
                (Some(start), Some(end)) if start <= end => ranges.push((start.into(), end.into())),
                _ => return Err(self.refuse("a range of impossible bounds")),
            }
        }
        let set = CharacterSet::from(ranges);
        Ok(if negative { set.negated() } else { set })
    }

    fn escape(&mut self) -> Result<CharacterSet, String> {
        let one = |character| CharacterSet::of(&[(character, character)]);
        Ok(match self.next() {
            Some('d') => CharacterSet::decimals(),
            Some('D') => CharacterSet::decimals().negated(),
            Some('s') => CharacterSet::spaces(),
            Some('S') => CharacterSet::spaces().negated(),
            Some('w') => CharacterSet::words(),
            Some('W') => CharacterSet::words().negated(),
            Some('t') => one('\t'),
            Some('n') => one('\n'),
            Some('r') => one('\r'),
            Some('f') => one('\u{c}'),
            Some('v') => one('\u{b}'),
            Some('x') => one(self.code(2)?),
            Some('u') => one(self.code(4)?),
            Some('U') => one(self.code(8)?),
            Some(character) if !character.is_ascii_alphanumeric() => one(character),
            _ => return Err(self.refuse("an escape that is not understood")),
        })
    }

    fn code(&mut self, digits: usize) -> Result<char, String> {
        let text: String = self.characters.get(self.at..self.at + digits).unwrap_or_default().iter().collect();
        self.at += digits;
        let code = u32::from_str_radix(&text, 16).ok().and_then(char::from_u32);
        code.ok_or_else(|| self.refuse("a code of no character"))
    }
}
