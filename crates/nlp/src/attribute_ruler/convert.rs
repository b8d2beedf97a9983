//! Makes a model file's section from a spaCy attribute ruler's `patterns` file.
//!
//! In: the MessagePack of the patterns. Out: the section that `AttributeRuler::open` reads. Regular expressions
//! over lower-case forms are written out as the strings they match. Refused: operators (`OP`), predicates other than
//! `IN`, `NOT_IN` and `REGEX`, and regular expressions that match more than a thousand strings.

use super::{Attribute, Condition, Rule, Section, VERSION, Values};
use crate::tokenizer::strings_of;
use rmpv::Value;

const MOST_STRINGS: usize = 1000;

/// Converts a wheel's `attribute_ruler/patterns` to a section.
///
/// # Errors
/// When the bytes are no MessagePack of the expected form, or a pattern uses what is not supported.
pub fn convert(patterns: &[u8]) -> Result<Vec<u8>, String> {
    let patterns = rmpv::decode::read_value(&mut &*patterns).map_err(|error| format!("attribute ruler: not MessagePack: {error}"))?;
    let entries = patterns.as_array().ok_or("attribute ruler: not a list of patterns")?;
    let mut rules = Vec::with_capacity(entries.len());
    for (number, entry) in entries.iter().enumerate() {
        let refuse = |what: String| format!("attribute ruler: pattern {number}: {what}");
        let set = values(entry).map_err(refuse)?;
        let index = field(entry, "index").and_then(Value::as_i64).unwrap_or(0);
        let alternatives = field(entry, "patterns").and_then(Value::as_array).ok_or_else(|| refuse("no patterns".to_owned()))?;
        for alternative in alternatives {
            let tokens = alternative.as_array().ok_or_else(|| refuse("no list of tokens".to_owned()))?;
            let tokens: Vec<_> = tokens.iter().map(conditions).collect::<Result<_, _>>().map_err(refuse)?;
            let target = if index < 0 { index + tokens.len() as i64 } else { index };
            let target = usize::try_from(target).ok().filter(|&target| target < tokens.len());
            let target = target.ok_or_else(|| refuse("an index beyond the pattern".to_owned()))?;
            rules.push(Rule { tokens, target, set: set.clone() });
        }
    }
    serde_json::to_vec(&Section { version: VERSION, rules }).map_err(|error| format!("attribute ruler: {error}"))
}

fn field<'map>(map: &'map Value, key: &str) -> Option<&'map Value> {
    map.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
}

fn values(entry: &Value) -> Result<Values, String> {
    let mut set = Values::default();
    for (name, value) in field(entry, "attrs").and_then(Value::as_map).ok_or("no attributes")? {
        let value = Some(value.as_str().ok_or("an attribute that is no string")?.to_owned());
        match name.as_str() {
            Some("POS") => set.pos = value,
            Some("TAG") => set.tag = value,
            // spaCy writes the absence of features as an underscore.
            Some("MORPH") => set.morph = value.map(|value| if value == "_" { String::new() } else { value }),
            Some("DEP") => set.dep = value,
            Some("LEMMA") => set.lemma = value,
            name => return Err(format!("the attribute {name:?} cannot be set")),
        }
    }
    Ok(set)
}

fn conditions(token: &Value) -> Result<Vec<Condition>, String> {
    let mut all = Vec::new();
    for (name, value) in token.as_map().ok_or("a token that is no table")? {
        let attribute = match name.as_str() {
            Some("ORTH" | "TEXT") => Attribute::Orth,
            Some("LOWER") => Attribute::Lower,
            Some("POS") => Attribute::Pos,
            Some("TAG") => Attribute::Tag,
            Some("MORPH") => Attribute::Morph,
            Some("DEP") => Attribute::Dep,
            Some("IS_SPACE") => {
                all.push(Condition::Space(value.as_bool().ok_or("`IS_SPACE` is neither true nor false")?));
                continue;
            }
            name => return Err(format!("the attribute {name:?} cannot be read")),
        };
        if let Some(string) = value.as_str() {
            all.push(Condition::Among { attribute, negative: false, strings: vec![string.to_owned()] });
            continue;
        }
        for (predicate, argument) in value.as_map().ok_or("a condition that is neither a string nor a table")? {
            all.push(among(attribute, predicate, argument)?);
        }
    }
    Ok(all)
}

fn among(attribute: Attribute, predicate: &Value, argument: &Value) -> Result<Condition, String> {
    let list = || -> Option<Vec<String>> { argument.as_array()?.iter().map(|string| Some(string.as_str()?.to_owned())).collect() };
    let (negative, strings) = match predicate.as_str() {
        Some("IN") => (false, list().ok_or("`IN` without a list of strings")?),
        Some("NOT_IN") => (true, list().ok_or("`NOT_IN` without a list of strings")?),
        Some("REGEX") => {
            let pattern = argument.as_str().ok_or("`REGEX` without a pattern")?;
            (false, strings_of(pattern, MOST_STRINGS).ok_or_else(|| format!("the strings that {pattern:?} matches cannot be listed"))?)
        }
        predicate => return Err(format!("the predicate {predicate:?} is not supported")),
    };
    Ok(Condition::Among { attribute, negative, strings })
}
