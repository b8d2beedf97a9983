//! Who publishes: country, whether a state owns it, whether others reprint it.
//!
//! In goes `sources.toml`; out come [`Publishers`], found by any of their names without case, accents and punctuation.

use crate::{CountryCode, PackError, PackFiles};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A publisher.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublisherFacts {
    /// Its names, the usual one first, those of its editions in other languages among them.
    pub names: Vec<String>,
    /// Its country; `IGO` for bodies of several states.
    pub country: CountryCode,
    /// Whether a state owns or directs it. Public broadcasters whose independence the law protects are not meant.
    #[serde(default)]
    pub state: bool,
    /// Whether it is an agency whose texts others reprint.
    #[serde(default)]
    pub agency: bool,
    /// Whether it is itself an office of a state or organisation.
    #[serde(default)]
    pub official: bool,
}

/// The table of publishers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publishers {
    rows: BTreeMap<String, PublisherFacts>,
    by_name: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    source: BTreeMap<String, PublisherFacts>,
}

impl Publishers {
    /// The path of the table.
    pub const PATH: &str = "sources.toml";

    /// Reads the table; a user's row replaces ours of the same id.
    ///
    /// # Errors
    /// When a table does not have the shape described here, or two publishers bear one name.
    pub fn load(files: &PackFiles) -> Result<Publishers, PackError> {
        let mut publishers = Publishers::default();
        for file in files.read(Publishers::PATH)? {
            publishers.rows.extend(file.parse::<Table>()?.source);
        }
        for (id, row) in &publishers.rows {
            for name in &row.names {
                if let Some(other) = publishers.by_name.insert(folded(name), id.clone())
                    && other != *id
                {
                    return Err(PackError::of_file(Publishers::PATH, format!("`{name}` is a name of `{other}` and of `{id}`")));
                }
            }
        }
        Ok(publishers)
    }

    /// The id and the facts of the publisher of this name, what stands in brackets behind it apart.
    ///
    /// ```
    /// use depeche_packs::{PackFiles, Publishers};
    /// let publishers = Publishers::load(&PackFiles::built_in())?;
    /// let (id, facts) = publishers.named("Press TV (français)").unwrap();
    /// assert!(id == "press-tv" && facts.state && facts.country.as_str() == "IRN");
    /// assert!(publishers.named("The Daily Nobody").is_none());
    /// # Ok::<(), depeche_packs::PackError>(())
    /// ```
    pub fn named(&self, name: &str) -> Option<(&str, &PublisherFacts)> {
        let id = self.by_name.get(&folded(name)).or_else(|| self.by_name.get(&folded(name.split_once('(')?.0)))?;
        self.rows.get_key_value(id).map(|(id, row)| (id.as_str(), row))
    }

    /// The facts of a publisher by its id.
    pub fn get(&self, id: &str) -> Option<&PublisherFacts> {
        self.rows.get(id)
    }
}

fn folded(name: &str) -> String {
    let letters = name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let spaced: String = letters.map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_two_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("sources.toml"), "[source.gazette]\nnames = [\"Reuters\"]\ncountry = \"CHE\"\n").unwrap();
        let error = Publishers::load(&PackFiles::built_in().overlay(folder.path()).unwrap()).unwrap_err().to_string();
        assert!(error.contains("Reuters"), "{error}");
    }
}
