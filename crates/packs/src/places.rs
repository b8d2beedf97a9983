//! Places that are no country: cities other than capitals, regions, seas, straits, camps, sites of conferences.
//!
//! In go `places.toml` (country, kind, where) and `<language>/places.toml` (names, adjectives); out comes a [`Place`] a row. Capitals stand
//! with their countries. Refused: names of a place that has no facts.

use crate::rows::{self, Row};
use crate::{Coordinates, CountryCode, PackError, PackFiles};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// A city, town or village.
    City,
    /// A part of a country: province, historical land, breakaway territory.
    Region,
    /// A part of the world over several countries.
    World,
    /// A sea, strait, gulf, canal, river or lake.
    Water,
    /// A base, camp, crossing, plant, palace.
    Site,
}

/// A place, as one language names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its id in the tables, such as `geneva`.
    pub id: String,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// Whose it is under international law or, failing that, by common usage; none for seas and for parts of the world.
    pub country: Option<CountryCode>,
    /// Where it lies: the centre, for what has an extent.
    pub at: Coordinates,
    /// Names, the usual one first.
    pub names: Vec<String>,
    /// Adjectives and names of inhabitants, in all their forms.
    pub adjectives: Vec<String>,
    /// Those of the words above that often mean something else.
    pub ambiguous: Vec<String>,
}

impl Place {
    /// The usual name.
    pub fn name(&self) -> &str {
        self.names.first().unwrap_or(&self.id)
    }
}

/// All places, by id.
#[derive(Debug, Clone, Default)]
pub struct Places {
    rows: Vec<Place>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(default)]
    replace: bool,
    kind: PlaceKind,
    country: Option<CountryCode>,
    at: Coordinates,
}

impl Row for Facts {
    fn extend(&mut self, later: Facts) {
        *self = later;
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
    ambiguous: Vec<String>,
}

impl Row for Names {
    fn extend(&mut self, later: Names) {
        rows::add(&mut self.names, later.names);
        rows::add(&mut self.adjectives, later.adjectives);
        rows::add(&mut self.ambiguous, later.ambiguous);
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

impl Places {
    /// Reads the places and their names in `language`.
    ///
    /// # Errors
    /// When a table does not have the shape described here.
    pub fn load(files: &PackFiles, language: &str) -> Result<Places, PackError> {
        let facts: BTreeMap<String, Facts> = rows::read(files, "places.toml")?;
        let path = format!("{language}/places.toml");
        let mut names: BTreeMap<String, Names> = rows::read(files, &path)?;
        let mut places = Places::default();
        for (id, facts) in facts {
            let Names { names, adjectives, ambiguous, .. } = names.remove(&id).unwrap_or_default();
            if let Some(stray) = ambiguous.iter().find(|word| !names.contains(word) && !adjectives.contains(word)) {
                return Err(PackError::of_file(path, format!("{id}: `{stray}` is called ambiguous but is none of its words")));
            }
            places.rows.push(Place { id, kind: facts.kind, country: facts.country, at: facts.at, names, adjectives, ambiguous });
        }
        match names.into_keys().next() {
            Some(stray) => Err(PackError::of_file(path, format!("{stray} is named but is not in places.toml"))),
            None => Ok(places),
        }
    }

    /// The place of an id.
    pub fn get(&self, id: &str) -> Option<&Place> {
        self.rows.binary_search_by(|place| place.id.as_str().cmp(id)).ok().and_then(|at| self.rows.get(at))
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.rows.iter()
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The place at a position of [`Places::iter`], which a [`crate::NameTarget`] holds.
    pub fn at(&self, position: usize) -> Option<&Place> {
        self.rows.get(position)
    }
}
