//! Bodies: organisations, formats, armed groups, organs of states, parties, courts, media.
//!
//! In go `bodies.toml` (kind, country, sector, members) and `<language>/bodies.toml` (names, adjectives); out come a [`Body`] a row, for
//! what is one of its kind, and a [`GenericBody`] a row, for what every state has one of: « le ministère des Affaires étrangères ». Refused:
//! names of a body that has no facts.

use crate::lists::ListedBody;
use crate::rows::{self, Row};
use crate::{CountryCode, PackError, PackFiles, Sector};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// What kind of body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// An intergovernmental organisation or one of its organs.
    Igo,
    /// A group of states that meets: G7, 3+3, the Minsk Group.
    Format,
    /// A non-governmental organisation, a church, a foundation.
    Ngo,
    /// A group in arms, of a country or across several.
    ArmedGroup,
    /// An organ of a state.
    StateBody,
    /// A political party or movement.
    Party,
    /// A court.
    Court,
    /// A company.
    Company,
    /// A news agency, paper, channel.
    Media,
}

/// A body, as one language names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Its id in the tables, such as `nato`.
    pub id: String,
    /// What kind of body it is.
    pub kind: BodyKind,
    /// Its country, or [`CountryCode::IGO`] or [`CountryCode::NGO`].
    pub country: CountryCode,
    /// Its sector.
    pub sector: Sector,
    /// The countries in it, where that tells who met.
    pub members: Vec<CountryCode>,
    /// The organisation that it is an organ of, by id.
    pub part_of: Option<String>,
    /// Names, the usual one first, then abbreviations.
    pub names: Vec<String>,
    /// Adjectives, in all their forms.
    pub adjectives: Vec<String>,
    /// Those of the words above that often mean something else.
    pub ambiguous: Vec<String>,
    /// The item of Wikidata, where a list gives it.
    pub wikidata: Option<String>,
}

impl Body {
    /// The usual name.
    pub fn name(&self) -> &str {
        self.names.first().unwrap_or(&self.id)
    }
}

/// An organ that every state has one of, known by a common noun.
#[derive(Debug, Clone, PartialEq)]
pub struct GenericBody {
    /// Its id, which is its English name in the record: `foreign ministry`.
    pub id: String,
    /// Its sector.
    pub sector: Sector,
    /// Whether the noun takes a portfolio, as « ministère » does.
    pub takes_portfolio: bool,
    /// Nouns and phrases for it.
    pub names: Vec<String>,
    /// Those of them that often mean something else: « parti » is a participle more often than a party.
    pub ambiguous: Vec<String>,
}

/// All bodies.
#[derive(Debug, Clone, Default)]
pub struct Bodies {
    rows: Vec<Body>,
    generic: Vec<GenericBody>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct FactsFile {
    body: BTreeMap<String, Facts>,
    generic: BTreeMap<String, GenericFacts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(default)]
    replace: bool,
    kind: BodyKind,
    country: CountryCode,
    sector: Sector,
    #[serde(default)]
    members: Vec<CountryCode>,
    part_of: Option<String>,
}

impl Row for Facts {
    fn extend(&mut self, later: Facts) {
        *self = later;
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenericFacts {
    sector: Sector,
    #[serde(default)]
    takes_portfolio: bool,
}

impl Row for GenericFacts {
    fn extend(&mut self, later: GenericFacts) {
        *self = later;
    }

    fn replaces(&self) -> bool {
        false
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct NamesFile {
    body: BTreeMap<String, Names>,
    generic: BTreeMap<String, Names>,
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

impl Bodies {
    /// Reads the bodies and their names in `language`.
    ///
    /// # Errors
    /// When a table does not have the shape described here.
    pub fn load(files: &PackFiles, language: &str) -> Result<Bodies, PackError> {
        let mut facts = FactsFile::default();
        for file in files.read("bodies.toml")? {
            let later: FactsFile = file.parse()?;
            rows::lay(&mut facts.body, later.body);
            rows::lay(&mut facts.generic, later.generic);
        }
        let path = format!("{language}/bodies.toml");
        let mut names = NamesFile::default();
        for file in files.read(&path)? {
            let later: NamesFile = file.parse()?;
            rows::lay(&mut names.body, later.body);
            rows::lay(&mut names.generic, later.generic);
        }
        let mut bodies = Bodies::default();
        for (id, facts) in facts.body {
            let Names { names, adjectives, ambiguous, .. } = names.body.remove(&id).unwrap_or_default();
            if let Some(stray) = ambiguous.iter().find(|word| !names.contains(word) && !adjectives.contains(word)) {
                return Err(PackError::of_file(path, format!("{id}: `{stray}` is called ambiguous but is none of its words")));
            }
            let Facts { kind, country, sector, members, part_of, .. } = facts;
            bodies.rows.push(Body { id, kind, country, sector, members, part_of, names, adjectives, ambiguous, wikidata: None });
        }
        lay_list(&mut bodies.rows, &files.actors().bodies);
        for (id, facts) in facts.generic {
            let Names { names, ambiguous, .. } = names.generic.remove(&id).unwrap_or_default();
            bodies.generic.push(GenericBody { id, sector: facts.sector, takes_portfolio: facts.takes_portfolio, names, ambiguous });
        }
        match names.body.into_keys().chain(names.generic.into_keys()).next() {
            Some(stray) => Err(PackError::of_file(path, format!("{stray} is named but is not in bodies.toml"))),
            None => Ok(bodies),
        }
    }

    /// The body of an id.
    pub fn get(&self, id: &str) -> Option<&Body> {
        self.rows.binary_search_by(|body| body.id.as_str().cmp(id)).ok().and_then(|at| self.rows.get(at))
    }

    /// All that are one of their kind, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Body> {
        self.rows.iter()
    }

    /// All that every state has one of, by id.
    pub fn generic(&self) -> &[GenericBody] {
        &self.generic
    }

    /// Number of bodies that are one of their kind.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The body at a position of [`Bodies::iter`], which a [`crate::NameTarget`] holds.
    pub fn at(&self, position: usize) -> Option<&Body> {
        self.rows.get(position)
    }

    /// The generic body at a position of [`Bodies::generic`].
    pub fn generic_at(&self, position: usize) -> Option<&GenericBody> {
        self.generic.get(position)
    }
}

/// Adds the bodies of lists: to the row of the same name and country where there is one, else as rows of their own.
fn lay_list(rows: &mut Vec<Body>, listed: &[ListedBody]) {
    if listed.is_empty() {
        return;
    }
    let mut known: HashMap<(String, CountryCode), usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        for name in &row.names {
            known.entry((name.clone(), row.country)).or_insert(at);
        }
    }
    for body in listed {
        let key = |name: &String| (name.clone(), body.country);
        let found = body.names.iter().find_map(|name| known.get(&key(name)).copied());
        let at = found.unwrap_or(rows.len());
        if found.is_none() {
            let ListedBody { kind, country, sector, .. } = *body;
            let id = format!("listed-{at:08}");
            let (members, names, adjectives, ambiguous) = Default::default();
            rows.push(Body { id, kind, country, sector, members, part_of: None, names, adjectives, ambiguous, wikidata: None });
        }
        let Some(row) = rows.get_mut(at) else { continue };
        rows::add(&mut row.names, body.names.clone());
        row.wikidata = row.wikidata.take().or_else(|| body.wikidata.clone());
        for name in &body.names {
            known.entry(key(name)).or_insert(at);
        }
    }
    rows.sort_by(|a, b| a.id.cmp(&b.id));
}
