//! A row of a list, whatever format it stood in.
//!
//! In go the texts of its fields; out comes a person or body as the tables have them. Refused, each with its cure: a name that cannot be
//! looked for, a code, sector, kind, date or item that there is not, a term that ends before it begins.

use super::ListedCodes;
use crate::{BodyKind, CountryCode, Sector, Term, TermDate};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

/// A name has at most this many characters: what is longer is a damaged row.
const LONGEST_NAME: usize = 200;

/// A person of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListedPerson {
    pub(crate) names: Vec<String>,
    pub(crate) country: CountryCode,
    pub(crate) sector: Sector,
    pub(crate) wikidata: Option<String>,
    pub(crate) terms: Vec<Term>,
}

/// A body of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListedBody {
    pub(crate) names: Vec<String>,
    pub(crate) kind: BodyKind,
    pub(crate) country: CountryCode,
    pub(crate) sector: Sector,
    pub(crate) wikidata: Option<String>,
}

/// What a row lists.
pub(super) enum Listed {
    Person(ListedPerson),
    Body(ListedBody),
}

/// What is wrong with a row, and the cure.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) cure: String,
}

impl Wrong {
    pub(super) fn new(message: impl Into<String>, cure: impl Into<String>) -> Wrong {
        Wrong { message: message.into(), cure: cure.into() }
    }
}

/// An office that a row says a person holds or held; empty texts are not given.
#[derive(Debug, Default, Clone)]
pub(super) struct OfficeFields {
    pub(super) office: String,
    pub(super) country: String,
    pub(super) body: String,
    pub(super) start: String,
    pub(super) end: String,
}

/// The fields of a row; empty texts are not given.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) names: Vec<String>,
    pub(super) kind: String,
    pub(super) country: String,
    pub(super) sector: String,
    pub(super) wikidata: String,
    pub(super) offices: Vec<OfficeFields>,
}

/// What `kind` says of a person.
pub(super) const PERSON: &str = "person";

impl Fields {
    pub(super) fn read(self, codes: &ListedCodes) -> Result<Listed, Wrong> {
        let names = names(self.names)?;
        let sector = if self.sector.is_empty() { None } else { Some(sector(&self.sector)?) };
        let wikidata = item(self.wikidata)?;
        let country = country(&self.country, codes)?;
        if self.kind.is_empty() || self.kind.eq_ignore_ascii_case(PERSON) {
            let of_office = self.offices.iter().find_map(|office| country_of(office, codes).transpose()).transpose()?;
            let Some(country) = country.or(of_office) else {
                return Err(Wrong::new("a person wants a country", "write its code, such as FRA; IGO for an official of an organisation"));
            };
            let sector = sector.unwrap_or(if self.offices.is_empty() { Sector::Eli } else { Sector::Gov });
            let terms: Result<Vec<Option<Term>>, Wrong> = self.offices.iter().map(|office| office.term(country, codes)).collect();
            let terms = terms?.into_iter().flatten().collect();
            return Ok(Listed::Person(ListedPerson { names, country, sector, wikidata, terms }));
        }
        let kind = body_kind(&self.kind)?;
        let (usual_country, usual_sector) = usual(kind);
        let country = country.unwrap_or(usual_country);
        Ok(Listed::Body(ListedBody { names, kind, country, sector: sector.unwrap_or(usual_sector), wikidata }))
    }
}

impl OfficeFields {
    /// The term, where the row has its beginning.
    fn term(&self, country: CountryCode, codes: &ListedCodes) -> Result<Option<Term>, Wrong> {
        if self.office.is_empty() {
            let dated = !self.start.is_empty() || !self.end.is_empty();
            let wrong = || Wrong::new("there are dates without an office", "write the office in English, such as `minister of defence`");
            return if dated { Err(wrong()) } else { Ok(None) };
        }
        if self.start.is_empty() {
            let wrong = || Wrong::new("the office has an end and no beginning", "write the `start` too, as YYYY, YYYY-MM or YYYY-MM-DD");
            return if self.end.is_empty() { Ok(None) } else { Err(wrong()) };
        }
        let from = date(&self.start)?;
        let until = if self.end.is_empty() { None } else { Some(date(&self.end)?) };
        if until.is_some_and(|until| until.precedes(from)) {
            let message = format!("the office ends on {} before it begins on {}", self.end, self.start);
            return Err(Wrong::new(message, "put `start` and `end` right"));
        }
        let country = country_of(self, codes)?.unwrap_or(country);
        let body = Some(self.body.clone()).filter(|body| !body.is_empty());
        Ok(Some(Term { office: self.office.to_lowercase(), country, body, from, until, known_as_of: None, fact: None }))
    }
}

fn country_of(office: &OfficeFields, codes: &ListedCodes) -> Result<Option<CountryCode>, Wrong> {
    country(&office.country, codes)
}

fn names(written: Vec<String>) -> Result<Vec<String>, Wrong> {
    let mut names: Vec<String> = Vec::with_capacity(written.len());
    for name in written {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || names.contains(&name) {
            continue;
        }
        if name.chars().count() > LONGEST_NAME {
            let message = format!("a name of {} characters is none", name.chars().count());
            return Err(Wrong::new(message, "close the quotation marks of the row, and part aliases by `;`"));
        }
        if name.chars().filter(|character| character.is_alphabetic()).count() < 2 {
            return Err(Wrong::new(format!("`{name}` has too few letters to be looked for"), "write the name in full"));
        }
        names.push(name);
    }
    if names.is_empty() { Err(Wrong::new("the row has no name", "write the `name`")) } else { Ok(names) }
}

fn country(code: &str, codes: &ListedCodes) -> Result<Option<CountryCode>, Wrong> {
    if code.is_empty() {
        return Ok(None);
    }
    let wrong = || Wrong::new(format!("`{code}` is no country code"), "write the three letters of ISO 3166-1, such as FRA, or the two");
    codes.find(code).map(Some).ok_or_else(wrong)
}

fn date(text: &str) -> Result<TermDate, Wrong> {
    // Lists give the hour too.
    let day = text.split('T').next().unwrap_or(text);
    day.parse().map_err(|_| Wrong::new(format!("`{text}` is no date"), "write YYYY, YYYY-MM or YYYY-MM-DD"))
}

fn sector(code: &str) -> Result<Sector, Wrong> {
    let upper = code.to_uppercase();
    let read = Sector::deserialize(IntoDeserializer::<Error>::into_deserializer(upper.as_str()));
    read.map_err(|_| {
        Wrong::new(format!("`{code}` is no sector"), "write a code of PLOVER, such as GOV, MIL, LEG, JUD, OPP, REB, BUS or MED")
    })
}

fn body_kind(kind: &str) -> Result<BodyKind, Wrong> {
    let lower = kind.to_lowercase();
    let read = BodyKind::deserialize(IntoDeserializer::<Error>::into_deserializer(lower.as_str()));
    read.map_err(|_| {
        let cure = "write person, igo, format, ngo, armed_group, state_body, party, court, company or media";
        Wrong::new(format!("`{kind}` is no kind of actor"), cure)
    })
}

fn item(written: String) -> Result<Option<String>, Wrong> {
    if written.is_empty() {
        return Ok(None);
    }
    let item = written.rsplit('/').next().unwrap_or_default();
    match item.strip_prefix('Q') {
        Some(digits) if (1..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(item.to_owned())),
        _ => {
            Err(Wrong::new(format!("`{written}` is no item of Wikidata"), "write Q and its number, such as Q142, or leave the field empty"))
        }
    }
}

/// The country and sector of a body that a row gives none.
fn usual(kind: BodyKind) -> (CountryCode, Sector) {
    match kind {
        BodyKind::Igo | BodyKind::Format => (CountryCode::IGO, Sector::Igo),
        BodyKind::Ngo => (CountryCode::NGO, Sector::Ngo),
        BodyKind::ArmedGroup => (CountryCode::NGO, Sector::Reb),
        BodyKind::StateBody => (CountryCode::NGO, Sector::Gov),
        BodyKind::Party => (CountryCode::NGO, Sector::Pty),
        BodyKind::Court => (CountryCode::IGO, Sector::Jud),
        BodyKind::Company => (CountryCode::NGO, Sector::Bus),
        BodyKind::Media => (CountryCode::NGO, Sector::Med),
    }
}
