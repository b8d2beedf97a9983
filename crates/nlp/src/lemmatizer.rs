//! Finds the lemma of a form by spaCy's tables of exceptions, known lemmas and suffix rules.
//!
//! In: a form with its part of speech and features. Out: its lemma, borrowed from the model file or the form where it
//! can be. The tables are hash tables that are used where they lie in the file; opening reads only their directory.
//! Nothing is refused: a form that no table knows is its own lemma.

mod convert;
mod table;

pub use convert::convert;

use crate::lexeme::{id, is_alpha, lower};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use table::Table;

/// How lemmas are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Procedure {
    /// By one table of forms.
    Lookup,
    /// By rules, exceptions going first.
    Rules,
    /// The same, but forms whose features say that they are base forms stay as they are.
    RulesSparingBaseForms,
    /// Known lemmas first, then exceptions, then rules, then the table of forms.
    RulesBackedByLookup,
}

const VERSION: u32 = 1;

/// The directory at the beginning of the section.
#[derive(Debug, Serialize, Deserialize)]
struct Directory {
    version: u32,
    procedure: Procedure,
    /// Lemmas by the id of the form.
    lookup: Option<Table>,
    /// The tables of each part of speech.
    parts: Vec<Part>,
}

/// The tables of a part of speech.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Part {
    /// Its name in lower case.
    name: String,
    /// Known lemmas.
    index: Option<Table>,
    /// Lemmas of irregular forms.
    exceptions: Option<Table>,
    /// Endings with what stands for them in the lemma.
    rules: Vec<(String, String)>,
}

/// What the part of speech and the features of a token mean for its lemma; made by [`Lemmatizer::class`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LemmaClass(Class);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Class {
    /// The form as it is.
    Form,
    /// The form in lower case.
    Lower,
    /// What the table of forms has.
    Lookup,
    /// By the tables of a part of speech.
    Part(u32),
}

/// The lemmatiser of one model. The section it was opened from is handed to it again for every lemma.
#[derive(Debug)]
pub struct Lemmatizer {
    directory: Directory,
    /// Where the tables begin in the section.
    tables: usize,
}

impl Lemmatizer {
    /// Reads the directory of the section that [`convert()`] wrote.
    ///
    /// # Errors
    /// When the bytes are no such section.
    pub fn open(section: &[u8]) -> Result<Lemmatizer, String> {
        let cut = || "lemmatiser section: cut short".to_owned();
        let (length, rest) = section.split_first_chunk::<4>().ok_or_else(cut)?;
        let length = u32::from_le_bytes(*length) as usize;
        let directory = rest.get(..length).ok_or_else(cut)?;
        let directory: Directory = serde_json::from_slice(directory).map_err(|error| format!("lemmatiser section: {error}"))?;
        if directory.version != VERSION {
            return Err(format!("lemmatiser section: version {} where {VERSION} is read", directory.version));
        }
        Ok(Lemmatizer { directory, tables: 4 + length })
    }

    /// What a part of speech (`NOUN`) and features (`Number=Sing`) mean for the lemma. Depends on nothing else.
    pub fn class(&self, pos: &str, morph: &str) -> LemmaClass {
        LemmaClass(match self.directory.procedure {
            Procedure::Lookup => Class::Lookup,
            _ if pos.is_empty() || ["EOL", "SPACE"].contains(&pos) => Class::Lower,
            Procedure::RulesSparingBaseForms if is_base_form(pos, morph) => Class::Lower,
            Procedure::RulesBackedByLookup if !BACKED_BY_LOOKUP.contains(&pos) => Class::Lookup,
            procedure => match self.directory.parts.iter().position(|part| part.name.eq_ignore_ascii_case(pos)) {
                Some(part) => Class::Part(part as u32),
                // An empty part of speech stands last: rules fail, the table of forms answers.
                None if procedure == Procedure::RulesBackedByLookup => Class::Part(u32::MAX),
                None if pos == "PROPN" => Class::Form,
                None => Class::Lower,
            },
        })
    }

    /// The lemma of a form. `section` is what the lemmatiser was opened from.
    pub fn lemma<'text>(&self, section: &'text [u8], form: &'text str, class: LemmaClass) -> Cow<'text, str> {
        let tables = section.get(self.tables..).unwrap_or_default();
        match class.0 {
            Class::Form => Cow::Borrowed(form),
            Class::Lower => lower(form),
            Class::Lookup => self.look_up(tables, form).map_or(Cow::Borrowed(form), Cow::Borrowed),
            Class::Part(part) => {
                let part = self.directory.parts.get(part as usize);
                match self.directory.procedure {
                    Procedure::RulesBackedByLookup => self.by_backed_rules(tables, form, part),
                    _ => by_rules(tables, form, part),
                }
            }
        }
    }

    fn look_up<'text>(&self, tables: &'text [u8], form: &str) -> Option<&'text str> {
        self.directory.lookup.as_ref()?.get(tables, &id(form).to_le_bytes())?.values().next()
    }

    fn by_backed_rules<'text>(&self, tables: &'text [u8], form: &'text str, part: Option<&Part>) -> Cow<'text, str> {
        let form = lower(form);
        if let Some(part) = part {
            if let Some(known) = part.known(tables, &form) {
                return Cow::Borrowed(known);
            }
            if let Some(lemma) = part.exceptions(tables, &form).next() {
                return Cow::Borrowed(lemma);
            }
            let mut unknown = None;
            for lemma in part.by_endings(&form) {
                if let Some(known) = part.known(tables, &lemma) {
                    return Cow::Borrowed(known);
                }
                if !lemma.chars().all(is_alpha) {
                    return Cow::Owned(lemma);
                }
                unknown.get_or_insert(lemma);
            }
            if let Some(lemma) = unknown {
                return Cow::Owned(lemma);
            }
        }
        self.look_up(tables, &form).map_or(form, Cow::Borrowed)
    }
}

impl Part {
    /// The lemma, where it is a known one.
    fn known<'text>(&self, tables: &'text [u8], lemma: &str) -> Option<&'text str> {
        self.index.as_ref()?.get(tables, lemma.as_bytes()).map(|entry| entry.key())
    }

    fn exceptions<'text>(&self, tables: &'text [u8], form: &str) -> impl Iterator<Item = &'text str> {
        let entry = self.exceptions.as_ref().and_then(|table| table.get(tables, form.as_bytes()));
        entry.into_iter().flat_map(|entry| entry.values())
    }

    /// What the rules make of a form, in their order; nothing empty.
    fn by_endings<'part>(&'part self, form: &'part str) -> impl Iterator<Item = String> + 'part {
        self.rules.iter().filter_map(|(ending, replacement)| {
            let stem = form.strip_suffix(ending.as_str())?;
            (stem.len() + replacement.len() > 0).then(|| [stem, replacement].concat())
        })
    }
}

/// spaCy's general procedure: rules propose, exceptions go before what they propose.
fn by_rules<'text>(tables: &'text [u8], form: &'text str, part: Option<&Part>) -> Cow<'text, str> {
    let Some(part) = part else { return Cow::Borrowed(form) };
    let lowered = lower(form);
    let (mut proposed, mut unknown) = (Vec::new(), None);
    for lemma in part.by_endings(&lowered) {
        if part.known(tables, &lemma).is_some() {
            proposed.insert(0, lemma);
        } else if !lemma.chars().all(is_alpha) {
            proposed.push(lemma);
        } else {
            unknown.get_or_insert(lemma);
        }
    }
    let mut first = None;
    for exception in part.exceptions(tables, &lowered) {
        if !proposed.iter().any(|lemma| lemma == exception) && first != Some(exception) {
            first = Some(exception);
        }
    }
    match (first, proposed.into_iter().next().or(unknown)) {
        (Some(exception), _) => Cow::Borrowed(exception),
        (None, Some(lemma)) => Cow::Owned(lemma),
        (None, None) => Cow::Borrowed(form),
    }
}

/// The parts of speech to which the backed rules apply; the others are only looked up.
const BACKED_BY_LOOKUP: [&str; 11] = ["NOUN", "VERB", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "PRON", "PUNCT", "SCONJ"];

/// Whether the features say that the form is its own lemma.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| morph.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let (verb_form, degree) = (feature("VerbForm"), feature("Degree"));
    (pos == "NOUN" && feature("Number") == Some("Sing"))
        || matches!(verb_form, Some("Inf" | "None"))
        || (pos == "VERB" && verb_form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none())
        || degree == Some("Pos")
}

#[cfg(test)]
mod tests;
