//! Makes a model file's section from the lookup tables of a spaCy lemmatiser.
//!
//! In: the MessagePack of the lookups, the language and the mode. Out: the section that `Lemmatizer::open` reads.
//! Refused: modes other than `rule` and `lookup`, and bytes of another form.

use super::table::{Row, Table};
use super::{Directory, Part, Procedure, VERSION};
use crate::lexeme::id;
use rmpv::Value;

/// The parts of speech that spaCy has tables for, as its tables are keyed.
const PARTS: [&str; 18] = [
    "adj", "adp", "adv", "aux", "cconj", "conj", "det", "intj", "noun", "num", "part", "pron", "propn", "punct", "sconj", "sym", "verb",
    "x",
];

/// Converts a wheel's `lemmatizer/lookups/lookups.bin`. The language decides which of spaCy's lemmatiser classes is followed.
///
/// # Errors
/// When the bytes are no MessagePack of the expected form, or the mode is not known.
pub fn convert(lookups: &[u8], language: &str, mode: &str) -> Result<Vec<u8>, String> {
    let lookups = rmpv::decode::read_value(&mut &*lookups).map_err(|error| format!("lemmatiser: not MessagePack: {error}"))?;
    lookups.as_map().ok_or("lemmatiser: no tables")?;
    let procedure = match (mode, language) {
        ("lookup", _) => Procedure::Lookup,
        ("rule", "fr") => Procedure::RulesBackedByLookup,
        ("rule", "en") => Procedure::RulesSparingBaseForms,
        ("rule", _) => Procedure::Rules,
        _ => return Err(format!("lemmatiser: the mode {mode:?} is not supported")),
    };
    let mut tables = Vec::new();
    let mut directory = Directory { version: VERSION, procedure, lookup: None, parts: Vec::new() };
    if let Some(lookup) = field(&lookups, "lemma_lookup") {
        directory.lookup = Some(Table::write(&by_id(lookup)?, &mut tables)?);
    }
    for name in PARTS.into_iter().filter(|_| procedure != Procedure::Lookup) {
        let of_part = |table: &str| field(&lookups, table).and_then(|table| keyed(table, name));
        let mut part = Part { name: name.to_owned(), ..Part::default() };
        if let Some(index) = of_part("lemma_index") {
            let lemmas = strings(index).ok_or("lemmatiser: `lemma_index` is no table of lists")?;
            part.index = Some(Table::write(&sorted(lemmas.into_iter().map(|lemma| (lemma, Vec::new()))), &mut tables)?);
        }
        if let Some(exceptions) = of_part("lemma_exc") {
            let entry = |(form, lemmas): &(Value, Value)| Some((form.as_str()?.to_owned(), strings(lemmas)?));
            let exceptions = exceptions.as_map().and_then(|map| map.iter().map(entry).collect::<Option<Vec<_>>>());
            let exceptions = exceptions.ok_or("lemmatiser: `lemma_exc` is no table of lists")?;
            part.exceptions = Some(Table::write(&sorted(exceptions), &mut tables)?);
        }
        if let Some(rules) = of_part("lemma_rules") {
            let rule = |rule: &Value| match rule.as_array()?.as_slice() {
                [ending, replacement] => Some((ending.as_str()?.to_owned(), replacement.as_str()?.to_owned())),
                _ => None,
            };
            let rules = rules.as_array().and_then(|rules| rules.iter().map(rule).collect());
            part.rules = rules.ok_or("lemmatiser: `lemma_rules` is no table of pairs")?;
        }
        if part.index.is_some() || part.exceptions.is_some() || !part.rules.is_empty() {
            directory.parts.push(part);
        }
    }
    let directory = serde_json::to_vec(&directory).map_err(|error| format!("lemmatiser: {error}"))?;
    let mut section = u32::try_from(directory.len()).map_err(|_| "lemmatiser: too many rules")?.to_le_bytes().to_vec();
    section.extend(directory);
    section.extend(tables);
    Ok(section)
}

fn field<'map>(map: &'map Value, key: &str) -> Option<&'map Value> {
    map.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
}

/// What a table has under the id of a string; nothing, when that is empty.
fn keyed<'map>(map: &'map Value, key: &str) -> Option<&'map Value> {
    let found = map.as_map()?.iter().find(|(name, _)| name.as_u64() == Some(id(key)) || name.as_str() == Some(key));
    let value = found.map(|(_, value)| value)?;
    let empty = value.as_array().is_some_and(Vec::is_empty) || value.as_map().is_some_and(Vec::is_empty);
    (!empty).then_some(value)
}

/// A list of strings, or one string.
fn strings(value: &Value) -> Option<Vec<String>> {
    match value.as_str() {
        Some(string) => Some(vec![string.to_owned()]),
        None => value.as_array()?.iter().map(|string| Some(string.as_str()?.to_owned())).collect(),
    }
}

fn by_id(table: &Value) -> Result<Vec<Row>, String> {
    let entry = |(form, lemmas): &(Value, Value)| {
        let form = form.as_u64().or_else(|| form.as_str().map(id))?;
        Some((form.to_le_bytes().to_vec(), strings(lemmas)?))
    };
    let entries = table.as_map().and_then(|map| map.iter().map(entry).collect::<Option<Vec<_>>>());
    let mut entries = entries.ok_or("lemmatiser: `lemma_lookup` is no table of strings")?;
    entries.sort_unstable();
    entries.dedup_by(|one, other| one.0 == other.0);
    Ok(entries)
}

/// In the order of the keys, so that the same tables give the same bytes.
fn sorted(entries: impl IntoIterator<Item = (String, Vec<String>)>) -> Vec<Row> {
    let mut entries: Vec<_> = entries.into_iter().map(|(key, values)| (key.into_bytes(), values)).collect();
    entries.sort_unstable();
    entries.dedup_by(|one, other| one.0 == other.0);
    entries
}
