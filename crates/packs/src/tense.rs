//! What the forms around a time expression say of it, `<lang>/tense.toml`: the tense of the verbs near it, and whether it is a time at all.
//!
//! In goes a pack's file, what a user lays over it, and the abbreviations of `mend.toml`; out comes [`Tense`], lists of forms and endings as they stand in the
//! file. Nothing is looked up in a parse: the same text has the same tenses with a model of the language and without one. A key that no one reads is
//! a [`PackError`] at its line.

use crate::{PackError, PackFile, PackFiles};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Forms in small letters, endings of forms, and forms that have such an ending and are none of these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Forms {
    /// Whole forms.
    pub forms: Vec<String>,
    /// Endings, of forms of at least two letters more.
    pub endings: Vec<String>,
    /// Forms that have an ending by chance.
    pub except: Vec<String>,
}

impl Forms {
    fn lay(&mut self, other: Forms) {
        self.forms.extend(other.forms);
        self.endings.extend(other.endings);
        self.except.extend(other.except);
    }
}

/// The tenses of a language by its forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tense {
    /// Finite pasts: « avait », “said”.
    pub past: Forms,
    /// Finite futures: « ira », “will”.
    pub future: Forms,
    /// Finite presents: « part », “meets”.
    pub present: Forms,
    /// Finite forms that say nothing of time: « irait », “would”.
    pub silent: Forms,
    /// What speaks of what is to come: « doit », “plans”; only over an infinitive where the language's infinitives have a form.
    pub prospective: Forms,
    /// Infinitives: « rencontrer ».
    pub infinitive: Forms,
    /// Presents that make a past with a participle: « a », “has”.
    pub have: Forms,
    /// Presents that make a passive with a participle: « est », “is”.
    pub be: Forms,
    /// Participles: « signé », “signed”. Alone they tell of the past.
    pub participle: Forms,
    /// Participles that make a past with `be` too: « parti ».
    pub moving: Forms,
    /// Participles that look ahead, alone or with `be`: « prévu », “scheduled”.
    pub awaited: Forms,
    /// What makes a past of `be` and a participle: « se ».
    pub reflexive: Vec<String>,
    /// What may stand between an auxiliary and its participle: « pas », “also”.
    pub between: Vec<String>,
    /// What a verb's form does not follow: articles, prepositions.
    pub nominal: Vec<String>,
    /// What begins a clause under another: « qui », “that”.
    pub subordinate: Vec<String>,
    /// What begins a clause beside another: « et », “but”.
    pub coordinate: Vec<String>,
    /// Forms that are no time after certain others: « été » after « a ».
    pub not_after: BTreeMap<String, Vec<String>>,
    /// Abbreviations with their full stop, which ends no sentence; those of `mend.toml` among them.
    pub abbreviations: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct TenseFile {
    past: Forms,
    future: Forms,
    present: Forms,
    silent: Forms,
    prospective: Forms,
    infinitive: Forms,
    have: Forms,
    be: Forms,
    participle: Forms,
    moving: Forms,
    awaited: Forms,
    reflexive: Vec<String>,
    between: Vec<String>,
    nominal: Vec<String>,
    subordinate: Vec<String>,
    coordinate: Vec<String>,
    not_after: BTreeMap<String, Vec<String>>,
    abbreviations: BTreeSet<String>,
}

/// Of `mend.toml`, the part that is read here.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Abbreviations {
    abbreviations: BTreeSet<String>,
    final_abbreviations: BTreeSet<String>,
}

impl Tense {
    /// The table of `language`, with what users laid over it. A language without one gives an empty table.
    ///
    /// # Errors
    /// When a file is no TOML or has a key that no one reads.
    pub fn load(files: &PackFiles, language: &str) -> Result<Tense, PackError> {
        let mut tense = Tense::default();
        for file in files.read(&format!("{language}/tense.toml"))? {
            tense.lay(&file)?;
        }
        for file in files.read(&format!("{language}/mend.toml"))? {
            let Abbreviations { abbreviations, final_abbreviations } = file.parse()?;
            tense.abbreviations.extend(abbreviations);
            // What may end a sentence in small letters does so before a capital: “p.m.”.
            tense.abbreviations.extend(final_abbreviations.into_iter().filter(|form| form.starts_with(char::is_uppercase)));
        }
        Ok(tense)
    }

    fn lay(&mut self, file: &PackFile) -> Result<(), PackError> {
        let read: TenseFile = file.parse()?;
        self.past.lay(read.past);
        self.future.lay(read.future);
        self.present.lay(read.present);
        self.silent.lay(read.silent);
        self.prospective.lay(read.prospective);
        self.infinitive.lay(read.infinitive);
        self.have.lay(read.have);
        self.be.lay(read.be);
        self.participle.lay(read.participle);
        self.moving.lay(read.moving);
        self.awaited.lay(read.awaited);
        self.reflexive.extend(read.reflexive);
        self.between.extend(read.between);
        self.nominal.extend(read.nominal);
        self.subordinate.extend(read.subordinate);
        self.coordinate.extend(read.coordinate);
        for (form, before) in read.not_after {
            self.not_after.entry(form).or_default().extend(before);
        }
        self.abbreviations.extend(read.abbreviations);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_joined_and_unknown_keys_pointed_at() {
        let file = |text: &str| PackFile { name: "xx/tense.toml".into(), text: text.into(), built_in: false };
        let mut tense = Tense::default();
        tense.lay(&file("[past]\nforms = ['ab']\n[not_after]\n'x' = ['y']")).unwrap();
        tense.lay(&file("[past]\nendings = ['ed']\n[not_after]\n'x' = ['z']")).unwrap();
        assert_eq!(tense.past, Forms { forms: vec!["ab".into()], endings: vec!["ed".into()], except: vec![] });
        assert_eq!(tense.not_after["x"], ["y", "z"]);
        assert_eq!(tense.lay(&file("\n[pluperfect]\nforms = []")).unwrap_err().line(), 2);
    }

    #[test]
    fn the_tables_that_we_ship_are_read() {
        for language in ["fr", "en"] {
            let tense = Tense::load(&PackFiles::built_in(), language).unwrap();
            assert!(!tense.past.forms.is_empty() && !tense.abbreviations.is_empty(), "{language}");
        }
    }
}
