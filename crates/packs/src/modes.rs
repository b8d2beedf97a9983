//! `modes.toml`: words beside an event that tell its mode where the predicate leaves it open: a strike « par drone », a demand « de partir ».
//!
//! The first rule whose type is the event's and of whose words one stands under its predicate gives the mode; one that the frame has stays,
//! unless the rule is said to go `over` it.

use crate::frames::{Example, named};
use crate::{PackError, PackFile, PackFiles};
use depeche_record::{EventType, Mode};
use serde::Deserialize;
use toml::Spanned;

/// A mode and the words that tell it.
#[derive(Debug, Clone)]
pub struct ModeRule {
    /// PLOVER type of the events it is for.
    pub kind: EventType,
    /// The mode it gives.
    pub mode: Mode,
    /// The modes of frames that it goes over.
    pub over: Vec<Mode>,
    /// Lemmas or forms of which one stands under the predicate.
    pub words: Vec<String>,
    /// Texts with what they must give.
    pub examples: Vec<Example>,
    /// The file it stands in.
    pub file: PackFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    mode: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "type")]
    kind: Spanned<String>,
    mode: Spanned<String>,
    #[serde(default)]
    over: Vec<Spanned<String>>,
    words: Vec<String>,
    #[serde(default)]
    examples: Vec<Spanned<String>>,
}

impl ModeRule {
    /// Reads `<language>/modes.toml` of every layer; those of later layers come first.
    ///
    /// # Errors
    /// When a file does not have this form, names what the ontology does not have, or has a rule without words or examples.
    pub fn load(files: &PackFiles, language: &str) -> Result<Vec<ModeRule>, PackError> {
        let mut rules = Vec::new();
        for file in files.read(&format!("{language}/modes.toml"))?.into_iter().rev() {
            let parsed: File = file.parse()?;
            for row in parsed.mode {
                rules.push(read(row, &file)?);
            }
        }
        Ok(rules)
    }
}

fn read(row: Spanned<Row>, file: &PackFile) -> Result<ModeRule, PackError> {
    let span = row.span();
    let row = row.into_inner();
    if row.words.is_empty() || row.examples.is_empty() {
        return Err(file.error(span, "a rule of mode needs `words` and `examples`".to_owned()));
    }
    Ok(ModeRule {
        kind: named(row.kind, file)?,
        mode: named(row.mode, file)?,
        over: row.over.into_iter().map(|mode| named(mode, file)).collect::<Result<_, _>>()?,
        words: row.words,
        examples: row.examples.into_iter().map(|example| Example::read(example, file)).collect::<Result<_, _>>()?,
        file: file.clone(),
    })
}
