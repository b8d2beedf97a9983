//! Countries: what they are (`countries.toml`) and how a language names them (`<language>/countries.toml`).
//!
//! In go the two tables; out comes a [`Country`] a row, with every name, adjective, prefix, capital and metonym that the language has for it.
//! Refused: a row of names without facts, and an `ambiguous` name that the row does not list elsewhere.

use crate::rows::{self, Row};
use crate::{Coordinates, CountryCode, PackError, PackFiles};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// What kind of state a country is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// A member of the United Nations.
    Member,
    /// An observer state there: the Holy See, Palestine.
    Observer,
    /// A territory whose statehood is disputed: Kosovo, Taiwan, Western Sahara.
    Disputed,
    /// A dependent territory with a code of its own: Greenland, New Caledonia.
    Territory,
    /// A state that is no more.
    Past,
}

/// A country, as one language sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3, or the last code of a past state.
    pub code: CountryCode,
    /// ISO 3166-1 alpha-2, where there is one.
    pub alpha2: Option<String>,
    /// What kind of state it is.
    pub standing: Standing,
    /// The country that a territory belongs to.
    pub part_of: Option<CountryCode>,
    /// Where the capital lies.
    pub capital_at: Option<Coordinates>,
    /// First year as this state, where it followed another one within living memory.
    pub from: Option<i16>,
    /// Last year, for a past state.
    pub until: Option<i16>,
    /// The states that it followed.
    pub predecessors: Vec<CountryCode>,
    /// Names: the usual one first, then official and short ones.
    pub names: Vec<String>,
    /// Adjectives and names of inhabitants, in all their forms, in small letters where the language writes adjectives so.
    pub adjectives: Vec<String>,
    /// First halves of compound adjectives, with the hyphen: « irano- ».
    pub prefixes: Vec<String>,
    /// Names of the capital, the usual one first.
    pub capitals: Vec<String>,
    /// What stands for the country or its government without naming it: « l'Hexagone » less its article.
    pub metonyms: Vec<String>,
    /// Those of all the words above that often mean something else, so that they want support from the context.
    pub ambiguous: Vec<String>,
}

impl Country {
    /// The usual name.
    pub fn name(&self) -> &str {
        self.names.first().map_or(self.code.as_str(), String::as_str)
    }
}

/// All countries, by code.
#[derive(Debug, Clone, Default)]
pub struct Countries {
    rows: BTreeMap<CountryCode, Country>,
    adjectives: HashMap<String, Vec<CountryCode>>,
    prefixes: HashMap<String, Vec<CountryCode>>,
    capitals: HashMap<String, Vec<CountryCode>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(default)]
    replace: bool,
    alpha2: Option<String>,
    standing: Option<Standing>,
    part_of: Option<CountryCode>,
    capital: Option<Coordinates>,
    from: Option<i16>,
    until: Option<i16>,
    #[serde(default)]
    predecessors: Vec<CountryCode>,
}

impl Row for Facts {
    fn extend(&mut self, later: Facts) {
        self.alpha2 = later.alpha2.or_else(|| self.alpha2.take());
        self.standing = later.standing.or(self.standing);
        self.part_of = later.part_of.or(self.part_of);
        self.capital = later.capital.or(self.capital);
        self.from = later.from.or(self.from);
        self.until = later.until.or(self.until);
        self.predecessors.extend(later.predecessors);
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Names {
    replace: bool,
    names: Vec<String>,
    adjectives: Vec<String>,
    prefixes: Vec<String>,
    capitals: Vec<String>,
    metonyms: Vec<String>,
    ambiguous: Vec<String>,
}

impl Row for Names {
    fn extend(&mut self, later: Names) {
        rows::add(&mut self.names, later.names);
        rows::add(&mut self.adjectives, later.adjectives);
        rows::add(&mut self.prefixes, later.prefixes);
        rows::add(&mut self.capitals, later.capitals);
        rows::add(&mut self.metonyms, later.metonyms);
        rows::add(&mut self.ambiguous, later.ambiguous);
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

impl Countries {
    /// Reads the countries and their names in `language`.
    ///
    /// # Errors
    /// When a table does not have the shape described here.
    pub fn load(files: &PackFiles, language: &str) -> Result<Countries, PackError> {
        let facts: BTreeMap<String, Facts> = rows::read(files, "countries.toml")?;
        let path = format!("{language}/countries.toml");
        let mut names: BTreeMap<String, Names> = rows::read(files, &path)?;
        let mut countries = Countries::default();
        for (id, facts) in facts {
            let code: CountryCode = id.parse().map_err(|error| PackError::of_file("countries.toml", format!("{error}")))?;
            let Some(standing) = facts.standing else {
                return Err(PackError::of_file(
                    "countries.toml",
                    format!("{id} wants a `standing`: member, observer, disputed, territory or past"),
                ));
            };
            let names = names.remove(&id).unwrap_or_default();
            let words = [&names.names, &names.adjectives, &names.capitals, &names.metonyms];
            if let Some(stray) = names.ambiguous.iter().find(|word| !words.iter().any(|list| list.contains(word))) {
                return Err(PackError::of_file(path, format!("{id}: `{stray}` is called ambiguous but is none of its words")));
            }
            let country = Country {
                code,
                alpha2: facts.alpha2,
                standing,
                part_of: facts.part_of,
                capital_at: facts.capital,
                from: facts.from,
                until: facts.until,
                predecessors: facts.predecessors,
                names: names.names,
                adjectives: names.adjectives,
                prefixes: names.prefixes,
                capitals: names.capitals,
                metonyms: names.metonyms,
                ambiguous: names.ambiguous,
            };
            countries.index(&country);
            countries.rows.insert(code, country);
        }
        match names.into_keys().next() {
            Some(stray) => Err(PackError::of_file(path, format!("{stray} is named but is not in countries.toml"))),
            None => Ok(countries),
        }
    }

    fn index(&mut self, country: &Country) {
        let lists =
            [(&country.adjectives, &mut self.adjectives), (&country.prefixes, &mut self.prefixes), (&country.capitals, &mut self.capitals)];
        for (words, index) in lists {
            for word in words {
                let codes = index.entry(word.to_lowercase()).or_default();
                if !codes.contains(&country.code) {
                    codes.push(country.code);
                }
            }
        }
    }

    /// The country of a code.
    pub fn get(&self, code: CountryCode) -> Option<&Country> {
        self.rows.get(&code)
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Country> {
        self.rows.values()
    }

    /// Number of countries.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The countries whose adjective or inhabitant a form is, in any case of letters: two for « congolais ».
    pub fn of_adjective(&self, form: &str) -> &[CountryCode] {
        lookup(&self.adjectives, form)
    }

    /// The countries of a hyphen prefix, given with its hyphen: « irano- ».
    pub fn of_prefix(&self, prefix: &str) -> &[CountryCode] {
        lookup(&self.prefixes, prefix)
    }

    /// The countries whose capital a city is.
    pub fn of_capital(&self, name: &str) -> &[CountryCode] {
        lookup(&self.capitals, name)
    }
}

fn lookup<'index>(index: &'index HashMap<String, Vec<CountryCode>>, word: &str) -> &'index [CountryCode] {
    index.get(&word.to_lowercase()).map_or(&[], Vec::as_slice)
}
