//! Holders of office: persons whom dispatches name without saying whose they are.
//!
//! In go `holders.toml`, who held which office from when until when, `offices.toml`, the same office by office for those named most, and
//! `<language>/holders.toml`, what the language calls them; out comes [`Holders`], which knows a person's country and sector by name, who
//! held an office at a date, and between which days somebody held one. Case, accents, hyphens and apostrophes do not count. Refused: names
//! and tenures of a person who has no row, and terms without sense; [`Holders::check`] refuses two holders at once of an office that one
//! person holds.

use crate::lists::ListedPerson;
use crate::rows::{self, Row};
use crate::tenures::{OtherName, TENURES, TenureTable};
use crate::term::TermRow;
use crate::{CountryCode, Offices, PackError, PackFiles, PhraseMatch, Phrases, Sector, Tenure, Term, TermDate};
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

const FACTS: &str = "holders.toml";

/// A person who holds or held an office, or is as well known as one who does.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// The person's id, the same in all languages: `vladimir-putin`.
    pub id: String,
    /// The country, or kind of organisation, that the person acts for unless a term says another.
    pub country: CountryCode,
    /// The sector.
    pub sector: Sector,
    /// Terms of office of both tables, by their beginning.
    pub terms: Vec<Term>,
    /// Full names, the usual one first; none where the language has none.
    pub names: Vec<String>,
    /// Names by which the person goes without a given name.
    pub alone: Vec<String>,
    /// The item of Wikidata, where a list gives it.
    pub wikidata: Option<String>,
}

/// Whom a name tells of, as far as country and sector go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicPerson {
    /// The country or kind of organisation that the person acts for.
    pub country: CountryCode,
    /// The sector; that of the first in order of id where several persons share the name.
    pub sector: Sector,
}

/// How a name of the table stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolderName {
    /// In full.
    Full,
    /// Without a given name, as the table allows.
    Alone,
}

/// Those who bear a name.
#[derive(Debug, Clone, Default)]
struct Bearers {
    /// Positions in the table.
    holders: Vec<u32>,
    /// Whether others bear it too, who are not in the table.
    homonym: bool,
}

/// The table in one language, compiled.
#[derive(Debug, Clone)]
pub struct Holders {
    rows: Vec<Holder>,
    by_name: FxHashMap<String, Bearers>,
    phrases: Phrases<HolderName>,
    read_over: Option<TermDate>,
    other_names: Vec<OtherName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactsFile {
    read_over: Option<String>,
    #[serde(default)]
    person: BTreeMap<String, Facts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(default)]
    replace: bool,
    country: CountryCode,
    sector: Sector,
    #[serde(default)]
    terms: Vec<TermRow>,
}

impl Row for Facts {
    fn extend(&mut self, later: Facts) {
        self.country = later.country;
        self.sector = later.sector;
        self.terms.extend(later.terms);
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    #[serde(default)]
    homonyms: Vec<String>,
    #[serde(default)]
    person: BTreeMap<String, Names>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Names {
    replace: bool,
    names: Vec<String>,
    alone: Vec<String>,
}

impl Row for Names {
    fn extend(&mut self, later: Names) {
        rows::add(&mut self.names, later.names);
        rows::add(&mut self.alone, later.alone);
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

/// What one person holds at a time: an office, and the country and body it is of.
type OfficeOf<'table> = (&'table str, CountryCode, Option<&'table str>);

impl Holders {
    /// Reads who held what, and the names that `language` has for them.
    ///
    /// # Errors
    /// When a table does not have its shape, a term is none, or a row of names has no row of facts.
    pub fn load(files: &PackFiles, language: &str) -> Result<Holders, PackError> {
        let mut facts = BTreeMap::new();
        let mut read_over = None;
        for file in files.read(FACTS)? {
            let later: FactsFile = file.parse()?;
            if let Some(date) = later.read_over {
                read_over = Some(date.parse().map_err(|error| file.error(0..0, format!("read_over: {error}")))?);
            }
            rows::lay(&mut facts, later.person);
        }
        let path = format!("{language}/{FACTS}");
        let mut names: BTreeMap<String, Names> = BTreeMap::new();
        let mut homonyms = HashSet::new();
        for file in files.read(&path)? {
            let later: NamesFile = file.parse()?;
            homonyms.extend(later.homonyms.iter().map(|name| plain(name)));
            rows::lay(&mut names, later.person);
        }
        if let Some(stray) = names.keys().find(|id| !facts.contains_key(*id)) {
            return Err(PackError::of_file(path, format!("{stray}: there is no such person in {FACTS}")));
        }
        let TenureTable { terms: mut tenures, other_names } = TenureTable::load(files)?;
        if let Some(stray) = tenures.keys().find(|id| !facts.contains_key(*id)) {
            return Err(PackError::of_file(TENURES, format!("{stray}: there is no such person in {FACTS}")));
        }
        let mut rows = Vec::with_capacity(facts.len());
        for (id, Facts { country, sector, terms, .. }) in facts {
            let terms: Result<Vec<Term>, String> = terms.iter().map(|term| term.read(country)).collect();
            let mut terms = terms.map_err(|message| PackError::of_file(FACTS, format!("{id}: {message}")))?;
            for term in terms.iter_mut().filter(|term| term.until.is_none()) {
                term.known_as_of = read_over;
            }
            terms.extend(tenures.remove(&id).unwrap_or_default());
            terms.sort_by_key(|term| term.from.first_day());
            let Names { names, alone, .. } = names.remove(&id).unwrap_or_default();
            rows.push(Holder { id, country, sector, terms, names, alone, wikidata: None });
        }
        lay_list(&mut rows, &files.actors().persons);
        Ok(Holders { read_over, other_names, ..Holders::compile(rows, &homonyms) })
    }

    fn compile(rows: Vec<Holder>, homonyms: &HashSet<String>) -> Holders {
        let mut by_name: FxHashMap<String, Bearers> = FxHashMap::with_capacity_and_hasher(3 * rows.len(), FxBuildHasher);
        let mut entries = Vec::with_capacity(3 * rows.len());
        for (at, holder) in (0..).zip(&rows) {
            let full = holder.names.iter().map(|name| (name, HolderName::Full));
            for (written, how) in full.chain(holder.alone.iter().map(|name| (name, HolderName::Alone))) {
                let name = plain(written);
                let homonym = homonyms.contains(&name);
                if !homonym {
                    entries.push((written.clone(), how));
                }
                let bearers = by_name.entry(name).or_default();
                bearers.homonym = homonym;
                if bearers.holders.last() != Some(&at) {
                    bearers.holders.push(at);
                }
            }
        }
        Holders { rows, by_name, phrases: Phrases::new(entries), read_over: None, other_names: Vec::new() }
    }

    /// Country and sector of whoever bears a name: a full one, or one that the table allows alone.
    ///
    /// None where its bearers act for different countries, and for a name that others bear too unless the text tells that this one holds an
    /// office, as `office_told` says.
    pub fn public_person(&self, name: &str, office_told: bool) -> Option<PublicPerson> {
        let bearers = self.by_name.get(&plain(name)).filter(|bearers| office_told || !bearers.homonym)?;
        let mut holders = bearers.holders.iter().filter_map(|&at| self.rows.get(at as usize));
        let first = holders.next()?;
        holders.all(|other| other.country == first.country).then_some(PublicPerson { country: first.country, sector: first.sector })
    }

    /// The item of Wikidata of whoever of a country bears a name; none where two have different ones.
    pub fn wikidata(&self, name: &str, country: CountryCode) -> Option<&str> {
        let mut items = self.named(name).filter(|holder| holder.country == country).filter_map(|holder| holder.wikidata.as_deref());
        let first = items.next()?;
        items.all(|other| other == first).then_some(first)
    }

    /// The names of the table in a text, as it spells them, in order and none overlapping; those that others bear too are left out.
    pub fn find(&self, text: &str) -> Vec<PhraseMatch<'_, HolderName>> {
        self.phrases.find(text)
    }

    /// Those who bear a name, full or alone, by id.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Holder> {
        let bearers = self.by_name.get(&plain(name)).map_or(&[][..], |bearers| &bearers.holders);
        bearers.iter().filter_map(|&at| self.rows.get(at as usize))
    }

    /// Whether others than those of the table bear a name.
    pub fn is_homonym(&self, name: &str) -> bool {
        self.by_name.get(&plain(name)).is_some_and(|bearers| bearers.homonym)
    }

    /// All terms that may hold a date, with their holders, by id. Open terms hold all dates after their beginning; [`Holders::read_over`]
    /// says how far that is known.
    pub fn held_at(&self, date: TermDate) -> impl Iterator<Item = (&Holder, &Term)> {
        self.rows.iter().flat_map(move |holder| holder.held_at(date).map(move |term| (holder, term)))
    }

    /// Who held an office of a country at a date; several in the month of a change, or where several hold it at once.
    pub fn holders_of(&self, office: &str, country: CountryCode, date: TermDate) -> impl Iterator<Item = &Holder> {
        self.held_at(date).filter(move |(_, term)| term.office == office && term.country == country).map(|(holder, _)| holder)
    }

    /// All tenures of those who bear a name, full or alone, whatever the office; by id of the holder, then by their beginning.
    ///
    /// Others may bear the name too: [`Holders::is_homonym`] says so.
    pub fn tenures_of(&self, name: &str) -> impl Iterator<Item = Tenure<'_>> {
        self.named(name).flat_map(|holder| holder.terms.iter().map(move |term| Tenure::of(holder, term)))
    }

    /// The tenures in which those who bear a name held an office of a country, by the office's id or an id that the table says it is also
    /// called by: a chancellor is a prime minister, a secretary of state a minister of foreign affairs.
    pub fn tenures(&self, name: &str, office: &str, country: CountryCode) -> impl Iterator<Item = Tenure<'_>> {
        self.tenures_of(name).filter(move |tenure| tenure.term.country == country && self.is_called(tenure.term, office))
    }

    /// Whether a term is of an office, or of one that is also called so.
    fn is_called(&self, term: &Term, office: &str) -> bool {
        let also = |other: &OtherName| other.called == office && other.country == term.country && other.office == term.office;
        term.office == office || self.other_names.iter().any(also)
    }

    /// A person by id.
    pub fn get(&self, id: &str) -> Option<&Holder> {
        self.rows.binary_search_by(|holder| holder.id.as_str().cmp(id)).ok().and_then(|at| self.rows.get(at))
    }

    /// All persons, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, Holder> {
        self.rows.iter()
    }

    /// The month up to which the table is known to be right.
    pub fn read_over(&self) -> Option<TermDate> {
        self.read_over
    }

    /// Checks the terms against the offices of a language.
    ///
    /// # Errors
    /// When an office is not in its table, or two terms of an office that one person of a country holds overlap.
    pub fn check(&self, offices: &Offices) -> Result<(), PackError> {
        let mut terms: BTreeMap<OfficeOf<'_>, Vec<(&Holder, &Term)>> = BTreeMap::new();
        let office = |id: &str| offices.offices().iter().find(|office| office.id == id);
        if let Some(other) = self.other_names.iter().find(|other| office(&other.called).is_none()) {
            return Err(PackError::of_file(TENURES, format!("{} {}: there is no office `{}`", other.office, other.country, other.called)));
        }
        for (holder, term) in self.rows.iter().flat_map(|holder| holder.terms.iter().map(move |term| (holder, term))) {
            terms.entry((&term.office, term.country, term.body.as_deref())).or_default().push((holder, term));
        }
        for ((id, ..), terms) in terms {
            let fault = |(holder, term): &(&Holder, &Term), message: String| {
                let table = if term.fact.is_some() { TENURES } else { FACTS };
                Err(PackError::of_file(table, format!("{}: {message}", holder.id)))
            };
            match office(id) {
                None => return terms.first().map_or(Ok(()), |first| fault(first, format!("there is no office `{id}`"))),
                Some(office) if !office.unique => continue,
                Some(_) => {}
            }
            for (at, held) in terms.iter().enumerate() {
                if let Some((other, term)) = terms.iter().skip(at + 1).find(|(_, other)| held.1.overlaps(other)) {
                    return fault(held, format!("holds the office `{id}` from {} while {} does from {}", held.1.from, other.id, term.from));
                }
            }
        }
        Ok(())
    }
}

impl Holder {
    /// The usual name, or the id where the language has none.
    pub fn name(&self) -> &str {
        self.names.first().map_or(self.id.as_str(), String::as_str)
    }

    /// The terms that may hold a date.
    pub fn held_at(&self, date: TermDate) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.covers(date))
    }
}

/// Adds the persons of lists: to the row of the same name and country where there is one, else as rows of their own.
fn lay_list(rows: &mut Vec<Holder>, persons: &[ListedPerson]) {
    if persons.is_empty() {
        return;
    }
    let key = |name: &str, country: CountryCode| (plain(name), country);
    let mut known: HashMap<(String, CountryCode), usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        for name in &row.names {
            known.entry(key(name, row.country)).or_insert(at);
        }
    }
    for person in persons {
        let found = person.names.iter().find_map(|name| known.get(&key(name, person.country)).copied());
        let at = found.unwrap_or(rows.len());
        if found.is_none() {
            let ListedPerson { country, sector, .. } = *person;
            let id = format!("listed-{at:08}");
            rows.push(Holder { id, country, sector, terms: Vec::new(), names: Vec::new(), alone: Vec::new(), wikidata: None });
        }
        let Some(row) = rows.get_mut(at) else { continue };
        rows::add(&mut row.names, person.names.clone());
        row.terms.extend(person.terms.iter().cloned());
        row.terms.sort_by_key(|term| term.from.first_day());
        row.wikidata = row.wikidata.take().or_else(|| person.wikidata.clone());
        for name in &person.names {
            known.entry(key(name, person.country)).or_insert(at);
        }
    }
    rows.sort_by(|a, b| a.id.cmp(&b.id));
}

/// A name without case, accents, marks and the difference between hyphen and blank.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for character in name.nfd() {
        if character.is_alphanumeric() {
            plain.extend(character.to_lowercase());
        } else if (character.is_whitespace() || character == '-') && !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}
