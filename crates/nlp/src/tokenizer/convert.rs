//! Makes a model file's section from a spaCy `tokenizer` file.
//!
//! In: the MessagePack of a `Tokenizer` and of the vocabulary's lookups. Out: the section that `Tokenizer::open`
//! reads, with every pattern compiled. Refused: bytes that are not of that form, and patterns with constructs that
//! no spaCy language uses, such as back-references.

use super::Tokenizer;
use super::chunk::{Section, Special, VERSION};
use super::program::Program;
use crate::lexeme::id;
use rmpv::Value;

/// spaCy's numbers of the attributes that an exception can set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// Converts a wheel's `tokenizer` and `vocab/lookups.bin` (which may be empty) to a section.
///
/// # Errors
/// When the bytes are no MessagePack of the expected form, or a pattern is not understood.
pub fn convert(tokenizer: &[u8], lookups: &[u8]) -> Result<Vec<u8>, String> {
    let tokenizer = read(tokenizer, "tokenizer")?;
    if field(&tokenizer, "exceptions").is_none() {
        return Err("tokenizer: not the form of a spaCy tokenizer".to_owned());
    }
    let mut section = Section { version: VERSION, ..Section::default() };
    let mut program = |key: &str| -> Result<Option<Program>, String> {
        match field(&tokenizer, key) {
            None | Some(Value::Nil) => Ok(None),
            Some(pattern) => {
                let pattern = pattern.as_str().ok_or_else(|| format!("tokenizer: `{key}` is no pattern"))?;
                Program::compile(pattern, &mut section.sets).map(Some).map_err(|error| format!("tokenizer: `{key}`: {error}"))
            }
        }
    };
    let (prefix, suffix) = (program("prefix_search")?, program("suffix_search")?);
    let (infix, token, url) = (program("infix_finditer")?, program("token_match")?, program("url_match")?);
    (section.prefix, section.suffix, section.infix, section.token, section.url) = (prefix, suffix, infix, token, url);
    section.norms = norms(lookups)?;
    let write = |section: &Section| serde_json::to_vec(section).map_err(|error| format!("tokenizer: {error}"));

    // Which sequences the exceptions fall into is asked of the same rules without the exceptions.
    let plain = Tokenizer::open(&write(&section)?)?;
    let all = !field(&tokenizer, "faster_heuristics").and_then(Value::as_bool).unwrap_or(true);
    section.specials = specials(&tokenizer)?;
    for (form, _) in &section.specials {
        if all || form.contains(' ') || plain.rules.has_affix(form) {
            let mut tokens = Vec::new();
            plain.tokenize(form, &mut tokens);
            section.sequences.push(tokens.iter().map(|token| token.lexeme.orth).collect());
        }
    }
    section.sequences.sort_unstable();
    section.sequences.dedup();
    Tokenizer::of(serde_json::from_slice(&write(&section)?).map_err(|error| format!("tokenizer: {error}"))?)?;
    write(&section)
}

fn read(mut bytes: &[u8], what: &str) -> Result<Value, String> {
    rmpv::decode::read_value(&mut bytes).map_err(|error| format!("{what}: not MessagePack: {error}"))
}

fn field<'map>(map: &'map Value, key: &str) -> Option<&'map Value> {
    map.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
}

fn specials(tokenizer: &Value) -> Result<Vec<Special>, String> {
    let map = field(tokenizer, "exceptions").and_then(Value::as_map).map_or(&[][..], |map| map);
    let mut specials = Vec::with_capacity(map.len());
    for (form, parts) in map {
        let form = form.as_str().ok_or("tokenizer: an exception whose form is no string")?;
        let parts: Option<Vec<_>> = parts.as_array().and_then(|parts| parts.iter().map(part).collect());
        let parts = parts.ok_or_else(|| format!("tokenizer: the exception {form:?} is not understood"))?;
        specials.push((form.to_owned(), parts));
    }
    specials.sort_unstable();
    Ok(specials)
}

fn part(part: &Value) -> Option<(String, Option<String>)> {
    let (mut orth, mut norm) = (None, None);
    for (attribute, value) in part.as_map()? {
        let value = value.as_str()?.to_owned();
        match (attribute.as_u64(), attribute.as_str()) {
            (Some(ORTH), _) | (_, Some("ORTH")) => orth = Some(value),
            (Some(NORM), _) | (_, Some("NORM")) => norm = Some(value),
            _ => return None,
        }
    }
    Some((orth?, norm))
}

fn norms(lookups: &[u8]) -> Result<Vec<(u64, u64)>, String> {
    if lookups.is_empty() {
        return Ok(Vec::new());
    }
    let lookups = read(lookups, "lookups")?;
    let table = field(&lookups, "lexeme_norm").and_then(Value::as_map).map_or(&[][..], |map| map);
    let mut norms: Vec<(u64, u64)> = table
        .iter()
        .map(|(form, norm)| Some((form.as_u64().or_else(|| form.as_str().map(id))?, id(norm.as_str()?))))
        .collect::<Option<_>>()
        .ok_or("lookups: `lexeme_norm` is no table of strings")?;
    norms.sort_unstable();
    Ok(norms)
}
