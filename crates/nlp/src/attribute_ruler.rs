//! Sets attributes of tokens by patterns over their tags, relations and forms, as spaCy's attribute ruler does.
//!
//! In: the tokens of a text with what the taggers and the parser said. Out: the same with parts of speech, features,
//! tags, relations and lemmas set. All patterns are matched before any attribute is set; where two set the same
//! attribute, the later pattern wins. [`convert()`] refuses operators and predicates that no published model uses.

mod convert;

pub use convert::convert;

use crate::doc::{Label, Labels};
use crate::lexeme::id;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A token as the ruler reads and changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attributes {
    /// Id of the form, as of [`crate::lexeme::Lexeme::orth`].
    pub orth: u64,
    /// Id of its lower case.
    pub lower: u64,
    /// Whether it is white space.
    pub is_space: bool,
    /// Universal part of speech.
    pub pos: Label,
    /// Fine-grained tag.
    pub tag: Label,
    /// Morphological features.
    pub morph: Label,
    /// Relation to the head.
    pub dep: Label,
    /// The lemma that a pattern gave, to be read with [`AttributeRuler::lemma`].
    pub lemma: Option<u32>,
}

/// A model file's section.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Section {
    version: u32,
    rules: Vec<Rule>,
}

const VERSION: u32 = 1;

/// One of the alternative patterns of a rule, with what the rule sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    /// Conditions of the tokens in a row.
    tokens: Vec<Vec<Condition>>,
    /// Index, from the first of them, of the token to change.
    target: usize,
    set: Values,
}

/// What must hold of one attribute of one token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Condition {
    /// The attribute is one of the strings (or, negated, none of them).
    Among { attribute: Attribute, negative: bool, strings: Vec<String> },
    /// The token is white space, or is not.
    Space(bool),
}

/// An attribute that a condition reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Attribute {
    Orth,
    Lower,
    Pos,
    Tag,
    Morph,
    Dep,
}

/// What a rule sets; an absent attribute is left as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Values {
    pos: Option<String>,
    tag: Option<String>,
    morph: Option<String>,
    dep: Option<String>,
    lemma: Option<String>,
}

/// The ruler of one model, bound to the labels of its pipeline.
#[derive(Debug)]
pub struct AttributeRuler {
    rules: Vec<BoundRule>,
    /// Rules by a value that their first token must have.
    by_value: HashMap<(Attribute, u64), Vec<u32>>,
    /// Rules whose first token must be white space.
    of_space: Vec<u32>,
    /// The other rules.
    of_any: Vec<u32>,
    /// The attributes by which rules are looked up.
    looked_up: Vec<Attribute>,
    lemmas: Vec<Box<str>>,
}

#[derive(Debug)]
struct BoundRule {
    tokens: Vec<Vec<BoundCondition>>,
    target: usize,
    pos: Option<Label>,
    tag: Option<Label>,
    morph: Option<Label>,
    dep: Option<Label>,
    lemma: Option<u32>,
}

#[derive(Debug)]
enum BoundCondition {
    Among { attribute: Attribute, negative: bool, values: Vec<u64> },
    Space(bool),
}

impl AttributeRuler {
    /// Opens the section that [`convert()`] wrote. The labels it reads and sets are added to `labels`.
    ///
    /// # Errors
    /// When the bytes are no such section.
    pub fn open(section: &[u8], labels: &mut Labels) -> Result<AttributeRuler, String> {
        let section: Section = serde_json::from_slice(section).map_err(|error| format!("attribute ruler section: {error}"))?;
        if section.version != VERSION {
            return Err(format!("attribute ruler section: version {} where {VERSION} is read", section.version));
        }
        let mut ruler = AttributeRuler {
            rules: Vec::with_capacity(section.rules.len()),
            by_value: HashMap::new(),
            of_space: Vec::new(),
            of_any: Vec::new(),
            looked_up: Vec::new(),
            lemmas: Vec::new(),
        };
        for rule in section.rules {
            ruler.bind(rule, labels)?;
        }
        ruler.looked_up = ruler.by_value.keys().map(|&(attribute, _)| attribute).collect();
        ruler.looked_up.sort_unstable();
        ruler.looked_up.dedup();
        Ok(ruler)
    }

    fn bind(&mut self, rule: Rule, labels: &mut Labels) -> Result<(), String> {
        if rule.target >= rule.tokens.len() {
            return Err("attribute ruler section: a rule that changes a token beyond its pattern".to_owned());
        }
        let index = self.rules.len() as u32;
        let tokens: Vec<Vec<BoundCondition>> =
            rule.tokens.into_iter().map(|conditions| conditions.into_iter().map(|condition| bind(condition, labels)).collect()).collect();
        self.index(index, tokens.first().map_or(&[], Vec::as_slice));
        let set = rule.set;
        let lemma = set.lemma.map(|lemma| {
            self.lemmas.push(lemma.into());
            self.lemmas.len() as u32 - 1
        });
        let mut label = |name: Option<String>| name.map(|name| labels.add(&name));
        let (pos, tag, morph, dep) = (label(set.pos), label(set.tag), label(set.morph), label(set.dep));
        self.rules.push(BoundRule { tokens, target: rule.target, pos, tag, morph, dep, lemma });
        Ok(())
    }

    /// Files a rule under the values of its most telling condition.
    fn index(&mut self, rule: u32, conditions: &[BoundCondition]) {
        let telling = conditions
            .iter()
            .filter_map(|condition| match condition {
                BoundCondition::Among { attribute, negative: false, values } => Some((*attribute, values)),
                _ => None,
            })
            .min_by_key(|(attribute, _)| *attribute);
        match telling {
            Some((attribute, values)) => {
                values.iter().for_each(|&value| self.by_value.entry((attribute, value)).or_default().push(rule));
            }
            None if conditions.iter().any(|condition| matches!(condition, BoundCondition::Space(true))) => self.of_space.push(rule),
            None => self.of_any.push(rule),
        }
    }

    /// Changes the tokens of one text.
    pub fn apply(&self, tokens: &mut [Attributes]) {
        let mut found: Vec<(u32, u32)> = Vec::with_capacity(tokens.len());
        for (start, token) in tokens.iter().enumerate() {
            let filed = self.looked_up.iter().filter_map(|&attribute| self.by_value.get(&(attribute, token.value(attribute))));
            let of_space = token.is_space.then_some(&self.of_space);
            for &rule in filed.chain(of_space).chain([&self.of_any]).flatten() {
                let bound = &self.rules[rule as usize];
                let row = tokens.get(start..start + bound.tokens.len());
                if row.is_some_and(|row| row.iter().zip(&bound.tokens).all(|(token, conditions)| token.meets(conditions))) {
                    found.push((rule, (start + bound.target) as u32));
                }
            }
        }
        found.sort_unstable();
        for (rule, target) in found {
            self.rules[rule as usize].set(&mut tokens[target as usize]);
        }
    }

    /// A lemma that the ruler gave.
    pub fn lemma(&self, lemma: u32) -> &str {
        self.lemmas.get(lemma as usize).map_or("", AsRef::as_ref)
    }
}

fn bind(condition: Condition, labels: &mut Labels) -> BoundCondition {
    match condition {
        Condition::Space(space) => BoundCondition::Space(space),
        Condition::Among { attribute, negative, strings } => {
            let value = |string: &String| match attribute {
                Attribute::Orth | Attribute::Lower => id(string),
                _ => u64::from(labels.add(string).0),
            };
            BoundCondition::Among { attribute, negative, values: strings.iter().map(value).collect() }
        }
    }
}

impl BoundRule {
    fn set(&self, token: &mut Attributes) {
        token.pos = self.pos.unwrap_or(token.pos);
        token.tag = self.tag.unwrap_or(token.tag);
        token.morph = self.morph.unwrap_or(token.morph);
        token.dep = self.dep.unwrap_or(token.dep);
        token.lemma = self.lemma.or(token.lemma);
    }
}

impl Attributes {
    fn value(&self, attribute: Attribute) -> u64 {
        match attribute {
            Attribute::Orth => self.orth,
            Attribute::Lower => self.lower,
            Attribute::Pos => self.pos.0.into(),
            Attribute::Tag => self.tag.0.into(),
            Attribute::Morph => self.morph.0.into(),
            Attribute::Dep => self.dep.0.into(),
        }
    }

    fn meets(&self, conditions: &[BoundCondition]) -> bool {
        conditions.iter().all(|condition| match condition {
            BoundCondition::Space(space) => self.is_space == *space,
            BoundCondition::Among { attribute, negative, values } => values.contains(&self.value(*attribute)) != *negative,
        })
    }
}

#[cfg(test)]
mod tests;
