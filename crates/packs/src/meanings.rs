//! What words mean, named alike in every language.
//!
//! In goes `<language>/meanings.toml`, words by meaning; out come [`Meanings`], which tell the meaning of a word written without case and accents. A word that ends in `*` stands for all
//! that begin so.

use crate::{PackError, PackFiles};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The meanings of the words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meanings {
    words: FxHashMap<String, String>,
    stems: FxHashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    meaning: BTreeMap<String, String>,
}

impl Meanings {
    /// Reads `<language>/meanings.toml` of every layer; a later layer has the last word on a word. A language may have none.
    ///
    /// # Errors
    /// When a layer's file is no TOML, has a key that is none of these, or gives a word two meanings.
    ///
    /// ```
    /// use depeche_packs::{Meanings, PackFiles};
    /// let (french, english) = (Meanings::load(&PackFiles::built_in(), "fr")?, Meanings::load(&PackFiles::built_in(), "en")?);
    /// assert!(french.of("otages").is_some() && french.of("otages") == english.of("hostage"));
    /// assert_eq!(french.of("xylophone"), None);
    /// # Ok::<(), depeche_packs::PackError>(())
    /// ```
    pub fn load(files: &PackFiles, language: &str) -> Result<Meanings, PackError> {
        let mut meanings = Meanings::default();
        for file in files.read(&format!("{language}/meanings.toml"))? {
            let mut own = Meanings::default();
            for (meaning, words) in file.parse::<Table>()?.meaning {
                for word in words.split_whitespace() {
                    let (kept, word) = match word.strip_suffix('*') {
                        Some(stem) => (&mut own.stems, stem),
                        None => (&mut own.words, word),
                    };
                    if let Some(other) = kept.insert(word.to_owned(), meaning.clone()) {
                        return Err(file.error(0..0, format!("“{word}” means both “{other}” and “{meaning}”; give it one meaning")));
                    }
                }
            }
            meanings.words.extend(own.words);
            meanings.stems.extend(own.stems);
        }
        Ok(meanings)
    }

    /// The meaning of a word: that which names it, else that of its longest stem.
    pub fn of(&self, word: &str) -> Option<&str> {
        let of_stem = || word.char_indices().rev().find_map(|(at, letter)| self.stems.get(word.get(..at + letter.len_utf8())?));
        self.words.get(word).or_else(of_stem).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Meanings, PackError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("xx")).unwrap();
        std::fs::write(folder.path().join("xx/meanings.toml"), text).unwrap();
        Meanings::load(&PackFiles::built_in().overlay(folder.path()).unwrap(), "xx")
    }

    #[test]
    fn a_word_means_what_names_it_or_its_longest_stem() {
        let meanings = load("[meaning]\nport = \"port ports\"\ncarry = \"port*\"\nportrait = \"portrai*\"").unwrap();
        let of = |word: &str| meanings.of(word);
        assert_eq!((of("ports"), of("porté"), of("portraits"), of("po")), (Some("port"), Some("carry"), Some("portrait"), None));
    }

    #[test]
    fn a_word_of_two_meanings_is_refused() {
        let error = load("[meaning]\nport = \"port\"\nwine = \"vin port\"").unwrap_err().to_string();
        assert!(error.contains("“port” means both “port” and “wine”"), "{error}");
    }
}
