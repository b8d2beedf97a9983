//! The words of names: titles, particles, given names that are one, legal forms and the kinds of bodies.
//!
//! In goes `names.toml`, one table for all languages; out comes [`NameWords`], plain lists as they are written. How a word sounds, and so which
//! words of a name are among them, is for the reader of names to see.

use crate::rows;
use crate::{PackError, PackFiles};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the words of names say, as lists of words.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameWords {
    /// Titles, forms of address, ranks: « Monsieur », “general”.
    pub honorifics: Vec<String>,
    /// Letters that in front of a name, with a full stop, are a form of address and no initial: « M. ».
    pub address_initials: Vec<String>,
    /// Words that tie names together and come and go: `bin`, `von`.
    pub particles: Vec<String>,
    /// Words that make one name with the next: `abu`.
    pub prefixes: Vec<String>,
    /// The first half of names such as Abd al-Rahman, which are written in one, two or three words.
    pub servant: Vec<String>,
    /// Words that make one name with the one before: `din`.
    pub suffixes: Vec<String>,
    /// The Arabic article as it is written, assimilated or not.
    pub articles: Vec<String>,
    /// Ends of patronymics.
    pub patronymic_ends: Vec<String>,
    /// Given names that are one name in several languages, or in a short form; such names are common ones.
    pub given: Vec<Vec<String>>,
    /// Family names and syllables that very many bear.
    pub common: Vec<String>,
    /// Legal forms of companies, of one or several words, by what is one form.
    pub legal: BTreeMap<String, Vec<String>>,
    /// Words for kinds of bodies with their translations: `ministry`, `bank`.
    pub generic: BTreeMap<String, Vec<String>>,
    /// Words for numbers, by the figures that they stand for.
    pub numbers: BTreeMap<String, Vec<String>>,
    /// Pairs that the table must make one name, and pairs that it must not.
    pub examples: NameExamples,
}

/// Examples of names.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameExamples {
    /// Pairs of spellings of one name.
    pub same: Vec<[String; 2]>,
    /// Pairs of names of two.
    pub different: Vec<[String; 2]>,
}

impl NameWords {
    /// The path of the table.
    pub const PATH: &str = "names.toml";

    /// Reads the table; what a user's table says is added.
    ///
    /// # Errors
    /// When a table does not have the shape described here.
    pub fn load(files: &PackFiles) -> Result<NameWords, PackError> {
        let mut words = NameWords::default();
        for file in files.read(NameWords::PATH)? {
            words.add(file.parse()?);
        }
        Ok(words)
    }

    fn add(&mut self, later: NameWords) {
        rows::add(&mut self.honorifics, later.honorifics);
        rows::add(&mut self.address_initials, later.address_initials);
        rows::add(&mut self.particles, later.particles);
        rows::add(&mut self.prefixes, later.prefixes);
        rows::add(&mut self.servant, later.servant);
        rows::add(&mut self.suffixes, later.suffixes);
        rows::add(&mut self.articles, later.articles);
        rows::add(&mut self.patronymic_ends, later.patronymic_ends);
        rows::add(&mut self.common, later.common);
        self.given.extend(later.given);
        for (table, later) in [(&mut self.legal, later.legal), (&mut self.generic, later.generic), (&mut self.numbers, later.numbers)] {
            for (id, forms) in later {
                rows::add(table.entry(id).or_default(), forms);
            }
        }
        self.examples.same.extend(later.examples.same);
        self.examples.different.extend(later.examples.different);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_ones_own_is_added() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("names.toml"), "honorifics = [\"druid\"]\n[legal]\nxx = [\"xx\"]\n").unwrap();
        let own = NameWords::load(&PackFiles::built_in().overlay(folder.path()).unwrap()).unwrap();
        let ours = NameWords::load(&PackFiles::built_in()).unwrap();
        assert_eq!(own.honorifics.len(), ours.honorifics.len() + 1);
        assert_eq!(own.legal.len(), ours.legal.len() + 1);
        std::fs::write(folder.path().join("names.toml"), "honorifics = 3\n").unwrap();
        assert_eq!(NameWords::load(&PackFiles::built_in().overlay(folder.path()).unwrap()).unwrap_err().line(), 1);
    }
}
