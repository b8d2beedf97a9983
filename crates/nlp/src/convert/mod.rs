//! From a spaCy pipeline to a model file.
//!
//! In comes a wheel, an unpacked wheel or a spaCy folder, out goes one file that opens by mapping it. A pipeline
//! with a component or a layer that the engine does not run is refused by name, rather than run in part.

mod arrays;
mod config;
mod source;
mod thinc;

use crate::container::Writer;
use crate::error::Error;
use crate::info::ModelInfo;
use crate::network::spec::{MoveSpec, PipelineSpec, TagSpec, TaggerSpec, TransitionSpec};
use crate::{attribute_ruler, lemmatizer, tokenizer};
use arrays::{field, msgpack, npy};
use config::Config;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use source::Source;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::Path;
use thinc::{Model, Weights};

/// How far a conversion has come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub of: usize,
    /// What is being done, such as `parser`.
    pub step: String,
}

/// Converts the pipeline at `source`, a wheel, an unpacked wheel or a spaCy folder, to a model file at `out`.
///
/// The file appears whole or not at all, and replaces one that is there.
///
/// # Errors
/// When the source is no such pipeline, is damaged or has parts that the engine does not run; when `out` cannot be
/// written.
pub fn convert(source: &Path, out: &Path, progress: &mut dyn FnMut(Progress)) -> Result<ModelInfo, Error> {
    let (writer, info) = sections(source, progress).map_err(|error| error.of(source.display()))?;
    writer.write(out)?;
    Ok(info)
}

/// The SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// When the file cannot be read.
pub fn sha256_of(path: &Path) -> Result<String, Error> {
    let failed = |error: std::io::Error| Error::io(path, &error);
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => break,
            count => hash.update(&buffer[..count]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn sections(path: &Path, progress: &mut dyn FnMut(Progress)) -> Result<(Writer, ModelInfo), Error> {
    let mut source = Source::open(path)?;
    let config = Config::parse(&String::from_utf8_lossy(&source.file("config.cfg")?));
    let components = config.components()?;
    let of = components.len() + 3;
    let mut done = 0;
    let mut tell = |step: &str| {
        progress(Progress { done, of, step: step.to_owned() });
        done += 1;
    };
    let mut info = ModelInfo::from_meta(&source.file("meta.json")?)?;
    let mut spec = PipelineSpec::default();
    let mut weights = Weights::default();
    let mut writer = Writer::default();

    tell("tokenizer");
    let lookups = source.optional("vocab/lookups.bin")?.unwrap_or_default();
    let rules = tokenizer::convert(&source.file("tokenizer")?, &lookups).map_err(Error::unsupported)?;
    writer.add("tokenizer", rules);

    for (name, factory) in &components {
        tell(name);
        match factory.as_str() {
            "tok2vec" => {
                let model = Model::read(&source.file(&format!("{name}/model"))?)?;
                spec.tok2vec = Some(model.tok2vec(&mut weights)?);
            }
            "tagger" | "morphologizer" => {
                let tagger = tagger(&mut source, name, factory == "morphologizer", &mut weights)?;
                once(spec.tagger.replace(tagger).is_none(), name)?;
            }
            "parser" => once(spec.parser.replace(transitions(&mut source, name, &mut weights)?).is_none(), name)?,
            "ner" => once(spec.ner.replace(transitions(&mut source, name, &mut weights)?).is_none(), name)?,
            "attribute_ruler" => {
                let patterns = source.file(&format!("{name}/patterns"))?;
                writer.add("attribute-ruler", attribute_ruler::convert(&patterns).map_err(Error::unsupported)?);
            }
            "lemmatizer" => {
                let lookups = source.file(&format!("{name}/lookups/lookups.bin"))?;
                let section = format!("components.{name}");
                let mode = config.get(&section, "mode").and_then(Value::as_str).unwrap_or("lookup");
                let rules = lemmatizer::convert(&lookups, config.language(), mode).map_err(Error::unsupported)?;
                writer.add("lemmatizer", rules);
                spec.lemmas_anew = config.get(&section, "overwrite").and_then(Value::as_bool) == Some(true);
            }
            other => return Err(Error::unsupported(format!("the component `{name}` of the kind `{other}`"))),
        }
    }

    tell("vectors");
    info.vectors = vectors(&mut source, &mut spec, &mut writer)?;
    info.components = components.into_iter().map(|(name, _)| name).collect();
    let json = |value: Result<Vec<u8>, serde_json::Error>| value.map_err(|error| Error::unsupported(error.to_string()));
    writer.add("info", json(serde_json::to_vec(&info))?);
    writer.add("pipeline", json(serde_json::to_vec(&spec))?);
    writer.add("weights", weights.into_bytes());
    tell("file");
    Ok((writer, info))
}

fn once(first: bool, name: &str) -> Result<(), Error> {
    if first { Ok(()) } else { Err(Error::unsupported(format!("`{name}`, a second component of its kind"))) }
}

/// A JSON file of a component.
fn json<T: DeserializeOwned>(source: &mut Source, name: &str) -> Result<T, Error> {
    serde_json::from_slice(&source.file(name)?).map_err(|error| Error::damaged(format!("`{name}`: {error}")))
}

/// The labels of a tagger, or those of a morphologizer with what each means.
#[derive(Deserialize)]
struct TaggerCfg {
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    labels_morph: Pairs,
    #[serde(default)]
    labels_pos: HashMap<String, u64>,
}

/// An object of texts in the order in which it is written, which is that of the scores.
#[derive(Default)]
struct Pairs(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object of texts")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}

fn tagger(source: &mut Source, name: &str, is_morphologizer: bool, weights: &mut Weights) -> Result<TaggerSpec, Error> {
    let cfg: TaggerCfg = json(source, &format!("{name}/cfg"))?;
    let model = Model::read(&source.file(&format!("{name}/model"))?)?;
    let labels: Vec<TagSpec> = if is_morphologizer {
        let label = |(label, morph): &(String, String)| {
            let pos = part_of_speech(cfg.labels_pos.get(label).copied().unwrap_or(0))?.to_owned();
            Ok(TagSpec { tag: String::new(), pos, morph: morph.clone() })
        };
        cfg.labels_morph.0.iter().map(label).collect::<Result<_, Error>>()?
    } else {
        cfg.labels.into_iter().map(|tag| TagSpec { tag, ..TagSpec::default() }).collect()
    };
    let tok2vec = if model.has_tok2vec() { Some(model.tok2vec(weights)?) } else { None };
    let output = model.linear("softmax", 0, weights)?;
    if output.bias.shape != [labels.len()] {
        return Err(Error::damaged(format!("`{name}` has {} labels and scores of {:?}", labels.len(), output.bias.shape)));
    }
    Ok(TaggerSpec { tok2vec, output, labels })
}

fn transitions(source: &mut Source, name: &str, weights: &mut Weights) -> Result<TransitionSpec, Error> {
    let model = Model::read(&source.file(&format!("{name}/model"))?)?;
    let cfg: Value = json(source, &format!("{name}/cfg"))?;
    if cfg.get("beam_width").and_then(Value::as_u64).unwrap_or(1) > 1 {
        return Err(Error::unsupported(format!("`{name}` with a beam")));
    }
    if cfg.get("learn_tokens").and_then(Value::as_bool) == Some(true) {
        return Err(Error::unsupported(format!("`{name}` that merges tokens")));
    }
    let moves = msgpack(&source.file(&format!("{name}/moves"))?)?;
    let moves = field(&moves, "moves").and_then(|moves| moves.as_str());
    let moves = moves.ok_or_else(|| Error::damaged(format!("`{name}` without moves")))?;
    let tok2vec = if model.has_tok2vec() { Some(model.tok2vec(weights)?) } else { None };
    // The layers are listed from the outside in: the scores' before the one that narrows the words' vectors.
    let upper = model.linear("linear", 0, weights)?;
    let reduce = model.linear("linear", 1, weights)?;
    let [lower, lower_bias, padding] = model.lower(weights)?;
    Ok(TransitionSpec { tok2vec, reduce, lower, lower_bias, padding, upper, moves: ordered_moves(moves)? })
}

/// The moves in the order of their scores: by kind, then by falling frequency and falling label; those that were
/// added later have frequencies below zero and come last.
fn ordered_moves(json: &str) -> Result<Vec<MoveSpec>, Error> {
    let damaged = |error: serde_json::Error| Error::damaged(format!("moves: {error}"));
    let by_kind: BTreeMap<u8, BTreeMap<String, i64>> = serde_json::from_str(json).map_err(damaged)?;
    let mut moves = Vec::new();
    let mut added: Vec<(i64, String, u8)> = Vec::new();
    for (kind, labels) in by_kind {
        let mut labels: Vec<(i64, String)> = labels.into_iter().map(|(label, frequency)| (frequency, label)).collect();
        labels.sort_by(|left, right| right.cmp(left));
        for (frequency, label) in labels {
            if frequency < 0 {
                added.push((frequency, label, kind));
            } else {
                moves.push(MoveSpec { kind, label });
            }
        }
    }
    added.sort_by(|left, right| (right.0, &right.1).cmp(&(left.0, &left.1)).then(left.2.cmp(&right.2)));
    moves.extend(added.into_iter().map(|(_, label, kind)| MoveSpec { kind, label }));
    Ok(moves)
}

fn vectors(source: &mut Source, spec: &mut PipelineSpec, writer: &mut Writer) -> Result<usize, Error> {
    let Some(bytes) = source.optional("vocab/vectors")? else { return Ok(0) };
    let vectors = npy(&bytes)?;
    let &[rows, width] = vectors.shape.as_slice() else {
        return Err(Error::damaged("the vectors are no table"));
    };
    if rows == 0 || width == 0 {
        return Ok(0);
    }
    if let Some(cfg) = source.optional("vocab/vectors.cfg")?
        && let Ok(cfg) = serde_json::from_slice::<Value>(&cfg)
        && cfg.get("mode").and_then(Value::as_str).is_some_and(|mode| mode != "default")
    {
        return Err(Error::unsupported("vectors of another mode than `default`"));
    }
    let keys = msgpack(&source.file("vocab/key2row")?)?;
    let keys = keys.as_map().ok_or_else(|| Error::damaged("the vectors' keys are no map"))?;
    let pair = |(key, row): &(rmpv::Value, rmpv::Value)| Some((key.as_u64()?, u32::try_from(row.as_u64()?).ok()?));
    let mut pairs: Vec<(u64, u32)> = keys.iter().filter_map(pair).filter(|&(_, row)| (row as usize) < rows).collect();
    pairs.sort_unstable();
    pairs.dedup_by_key(|(key, _)| *key);
    spec.vector_width = width;
    writer.add("vector-keys", pairs.iter().flat_map(|(key, _)| key.to_le_bytes()).collect());
    writer.add("vector-rows", pairs.iter().flat_map(|(_, row)| row.to_le_bytes()).collect());
    writer.add("vectors", vectors.data.iter().flat_map(|number| number.to_le_bytes()).collect());
    Ok(pairs.len())
}

/// The part of speech that a number of spaCy's means.
fn part_of_speech(number: u64) -> Result<&'static str, Error> {
    const FIRST: u64 = 84;
    const NAMES: [&str; 20] = [
        "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
        "VERB", "X", "EOL", "SPACE",
    ];
    if number == 0 {
        return Ok("");
    }
    let name = number.checked_sub(FIRST).and_then(|at| NAMES.get(usize::try_from(at).ok()?));
    name.copied().ok_or_else(|| Error::unsupported(format!("the part of speech {number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_are_ordered_as_they_were_scored() {
        let json = r#"{"0":{"":9},"2":{"a":1,"b":7,"c":1,"late":-1},"3":{"later":-2,"d":0,"late":-1}}"#;
        let moves = ordered_moves(json).expect("moves");
        let told: Vec<String> = moves.iter().map(|told| format!("{}{}", told.kind, told.label)).collect();
        assert_eq!(told, ["0", "2b", "2c", "2a", "3d", "2late", "3late", "3later"]);
        assert!(ordered_moves("[]").is_err());
    }

    #[test]
    fn a_sum_is_hexadecimal() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").expect("write");
        let sum = sha256_of(&path).expect("sum");
        assert_eq!(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(sha256_of(&folder.path().join("none")).expect_err("none").kind(), crate::ErrorKind::Missing);
    }
}
