//! Persons of public life: whose they are, for texts that name them without saying so.
//!
//! In goes `persons.toml` of every layer; out comes [`Persons`], which knows country and sector by full name, and by the surname alone where
//! the table allows it. Case and accents do not count. No office stands here: those change hands.

use crate::{CountryCode, PackError, PackFiles, Sector};
use serde::Deserialize;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// What is known of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicPerson {
    /// The country or kind of organisation that the person acts for.
    pub country: CountryCode,
    /// The sector.
    pub sector: Sector,
}

/// The table, compiled.
#[derive(Debug, Clone, Default)]
pub struct Persons {
    by_name: HashMap<String, PublicPerson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    person: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    country: CountryCode,
    sector: Sector,
    names: Vec<String>,
    #[serde(default)]
    alone: Vec<String>,
}

impl Persons {
    /// Reads `persons.toml` of every layer; a later row replaces an earlier one of the same name.
    ///
    /// # Errors
    /// When a file does not have this shape.
    pub fn load(files: &PackFiles) -> Result<Persons, PackError> {
        let mut by_name = HashMap::new();
        for file in files.read("persons.toml")? {
            let table: File = file.parse()?;
            for Row { country, sector, names, alone } in table.person {
                by_name.extend(names.iter().chain(&alone).map(|name| (plain(name), PublicPerson { country, sector })));
            }
        }
        Ok(Persons { by_name })
    }

    /// The person of a name, full or alone.
    pub fn get(&self, name: &str) -> Option<PublicPerson> {
        self.by_name.get(&plain(name)).copied()
    }
}

/// A name without case, accents and the difference between hyphen and blank.
fn plain(name: &str) -> String {
    let joined = name.nfd().filter(|character| character.is_alphanumeric() || character.is_whitespace() || *character == '-');
    let spaced: String = joined.flat_map(char::to_lowercase).map(|character| if character == '-' { ' ' } else { character }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_hyphens_do_not_count() {
        let persons = Persons::load(&PackFiles::built_in()).unwrap_or_else(|error| panic!("{error}"));
        let country = |name: &str| persons.get(name).map(|person| person.country.to_string());
        assert_eq!(country("Volodymyr ZELENSKY").as_deref(), Some("UKR"));
        assert_eq!(country("Kim Jong Un"), country("Kim Jong-un"));
        assert_eq!(country("Poutine").as_deref(), Some("RUS"));
        assert_eq!(country("Personne Inconnue"), None);
    }
}
