//! Offices: the words by which a language names persons and groups through what they do.
//!
//! In goes `<language>/offices.toml`; out comes [`Offices`], which finds in a text nouns of office (« Premier ministre »), portfolios (« des
//! Affaires étrangères »), modifiers (« ancien », « par intérim »), counterparts (« homologue »), honorifics (« M. ») and group nouns
//! (« autorités », « troupes »). How they stand together is for the reader of a parse to see; [`Offices::canonical`] joins an office to its
//! portfolio once that is known.

use crate::phrases::capitalised;
use crate::rows::{self, Row};
use crate::{PackError, PackFiles, PhraseMatch, Phrases, Sector};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An office that a person holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Its id, which is its English name in the record: `head of state`, `minister`.
    pub id: String,
    /// Its sector.
    pub sector: Sector,
    /// The English name with a portfolio in the place of `{}`, for an office that takes one: `minister of {}`.
    pub with_portfolio: Option<String>,
    /// The portfolio that the words already say: « chef de la diplomatie » is a minister of foreign affairs.
    pub portfolio: Option<String>,
    /// The kind of body it is held in where the words say it, by id of a generic body or a body.
    pub body: Option<String>,
    /// The wider office that stands for it when it is told again: « le général » for a brigadier general.
    pub kind_of: Option<String>,
    /// Whether it stands before a name without an article or a comma: « le général X ».
    pub title: bool,
    /// Whether one person of a country holds it at a time.
    pub unique: bool,
    /// Whether it speaks for the government by itself, so that what its holder does its country does.
    pub speaks_for_state: bool,
    /// All forms of the noun or phrase.
    pub forms: Vec<String>,
    /// Nouns for the time in it, which make whoever they belong to its holder: « la présidence de X ».
    pub mandate: Vec<String>,
}

/// A field of government.
#[derive(Debug, Clone, PartialEq)]
pub struct Portfolio {
    /// Its English name in the record: `foreign affairs`.
    pub id: String,
    /// The sector of its minister and ministry where it is not the government's.
    pub sector: Option<Sector>,
    /// Its names with the preposition that ties them to the office, as the language writes them.
    pub forms: Vec<String>,
}

/// What a modifier says of the holder of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeModifier {
    /// No longer in office.
    Former,
    /// In office for the time being.
    Acting,
    /// Newly in office.
    New,
    /// Chosen, not yet in office.
    Elect,
    /// About to leave office.
    Outgoing,
    /// Dead.
    Late,
    /// Second to the holder.
    Deputy,
}

/// A word for a group of people or their means, which takes the country of its adjective or complement.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupNoun {
    /// Its id, an English noun: `troops`.
    pub id: String,
    /// Its sector.
    pub sector: Sector,
    /// Whether it stands for the government: « autorités », « pouvoir ».
    pub government: bool,
    /// Whether it names things rather than people: « missiles ».
    pub things: bool,
    /// Whether it names nobody without a country: « le côté russe ».
    pub of_country: bool,
    /// Whether they are of other countries than whose they are: « ses voisins ».
    pub others: bool,
    /// All forms.
    pub forms: Vec<String>,
}

/// What a phrase of an office table is, by position in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfficeTerm {
    /// The office at this position of [`Offices::offices`].
    Office(u32),
    /// The portfolio at this position of [`Offices::portfolios`].
    Portfolio(u32),
    /// A modifier.
    Modifier(OfficeModifier),
    /// The time in the office at this position of [`Offices::offices`].
    Mandate(u32),
    /// A word for the holder of the same office elsewhere: « homologue ».
    Counterpart,
    /// A form of address before a name: « M. », « Mme ».
    Honorific,
    /// The group noun at this position of [`Offices::groups`].
    Group(u32),
}

/// A phrase of the table in a text.
pub type OfficeMatch<'offices> = PhraseMatch<'offices, OfficeTerm>;

/// The offices of one language.
#[derive(Debug, Clone)]
pub struct Offices {
    offices: Vec<Office>,
    portfolios: Vec<Portfolio>,
    groups: Vec<GroupNoun>,
    modifiers: BTreeMap<OfficeModifier, Vec<String>>,
    phrases: Phrases<OfficeTerm>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    office: BTreeMap<String, OfficeRow>,
    portfolio: BTreeMap<String, PortfolioRow>,
    group: BTreeMap<String, GroupRow>,
    modifier: BTreeMap<OfficeModifier, Vec<String>>,
    counterpart: Vec<String>,
    honorific: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeRow {
    #[serde(default)]
    replace: bool,
    sector: Sector,
    with_portfolio: Option<String>,
    portfolio: Option<String>,
    body: Option<String>,
    kind_of: Option<String>,
    #[serde(default)]
    title: bool,
    #[serde(default)]
    unique: bool,
    #[serde(default)]
    speaks_for_state: bool,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    mandate: Vec<String>,
}

impl Row for OfficeRow {
    fn extend(&mut self, later: OfficeRow) {
        let mut forms = std::mem::take(&mut self.forms);
        rows::add(&mut forms, later.forms);
        let mut mandate = std::mem::take(&mut self.mandate);
        rows::add(&mut mandate, later.mandate);
        *self = OfficeRow { forms, mandate, ..later };
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortfolioRow {
    #[serde(default)]
    replace: bool,
    sector: Option<Sector>,
    #[serde(default)]
    forms: Vec<String>,
}

impl Row for PortfolioRow {
    fn extend(&mut self, later: PortfolioRow) {
        self.sector = later.sector.or(self.sector);
        rows::add(&mut self.forms, later.forms);
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRow {
    #[serde(default)]
    replace: bool,
    sector: Sector,
    #[serde(default)]
    government: bool,
    #[serde(default)]
    things: bool,
    #[serde(default)]
    of_country: bool,
    #[serde(default)]
    others: bool,
    #[serde(default)]
    forms: Vec<String>,
}

impl Row for GroupRow {
    fn extend(&mut self, later: GroupRow) {
        let mut forms = std::mem::take(&mut self.forms);
        rows::add(&mut forms, later.forms);
        *self = GroupRow { forms, ..later };
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

impl Offices {
    /// Reads the offices of `language`.
    ///
    /// # Errors
    /// When a table does not have the shape described here, or an office names a portfolio that is not there.
    pub fn load(files: &PackFiles, language: &str) -> Result<Offices, PackError> {
        let path = format!("{language}/offices.toml");
        let mut table = File::default();
        for file in files.read(&path)? {
            let later: File = file.parse()?;
            rows::lay(&mut table.office, later.office);
            rows::lay(&mut table.portfolio, later.portfolio);
            rows::lay(&mut table.group, later.group);
            for (modifier, forms) in later.modifier {
                rows::add(table.modifier.entry(modifier).or_default(), forms);
            }
            rows::add(&mut table.counterpart, later.counterpart);
            rows::add(&mut table.honorific, later.honorific);
        }
        for (id, office) in &table.office {
            if let Some(stray) = office.portfolio.as_ref().filter(|portfolio| !table.portfolio.contains_key(*portfolio)) {
                return Err(PackError::of_file(path, format!("{id}: there is no portfolio `{stray}`")));
            }
            if let Some(stray) = office.kind_of.as_ref().filter(|wider| !table.office.contains_key(*wider)) {
                return Err(PackError::of_file(path, format!("{id}: there is no office `{stray}`")));
            }
        }
        Ok(Offices::compile(table))
    }

    fn compile(table: File) -> Offices {
        let mut entries = Vec::new();
        let mut add = |forms: &[String], term: OfficeTerm| {
            for form in forms {
                entries.extend(capitalised(form).into_iter().map(|way| (way, term)));
            }
        };
        for (at, row) in (0..).zip(table.office.values()) {
            add(&row.forms, OfficeTerm::Office(at));
            add(&row.mandate, OfficeTerm::Mandate(at));
        }
        for (at, row) in (0..).zip(table.portfolio.values()) {
            add(&row.forms, OfficeTerm::Portfolio(at));
        }
        for (at, row) in (0..).zip(table.group.values()) {
            add(&row.forms, OfficeTerm::Group(at));
        }
        for (modifier, forms) in &table.modifier {
            add(forms, OfficeTerm::Modifier(*modifier));
        }
        add(&table.counterpart, OfficeTerm::Counterpart);
        add(&table.honorific, OfficeTerm::Honorific);
        let phrases = Phrases::new(entries);
        let offices = table.office.into_iter().map(|(id, row)| Office {
            id,
            sector: row.sector,
            with_portfolio: row.with_portfolio,
            portfolio: row.portfolio,
            body: row.body,
            kind_of: row.kind_of,
            title: row.title,
            unique: row.unique,
            speaks_for_state: row.speaks_for_state,
            forms: row.forms,
            mandate: row.mandate,
        });
        let portfolios = table.portfolio.into_iter().map(|(id, row)| Portfolio { id, sector: row.sector, forms: row.forms });
        let groups = table.group.into_iter().map(|(id, row)| GroupNoun {
            id,
            sector: row.sector,
            government: row.government,
            things: row.things,
            of_country: row.of_country,
            others: row.others,
            forms: row.forms,
        });
        Offices {
            offices: offices.collect(),
            portfolios: portfolios.collect(),
            groups: groups.collect(),
            modifiers: table.modifier,
            phrases,
        }
    }

    /// The phrases of the table in a text, in order, none overlapping, the longest first.
    pub fn find(&self, text: &str) -> Vec<OfficeMatch<'_>> {
        self.phrases.find(text)
    }

    /// What a phrase by itself may be.
    pub fn lookup(&self, phrase: &str) -> &[OfficeTerm] {
        self.phrases.lookup(phrase)
    }

    /// The office of a term, if it is one or the time in one.
    pub fn office(&self, term: OfficeTerm) -> Option<&Office> {
        match term {
            OfficeTerm::Office(at) | OfficeTerm::Mandate(at) => self.offices.get(at as usize),
            _ => None,
        }
    }

    /// The portfolio of a term, if it is one.
    pub fn portfolio(&self, term: OfficeTerm) -> Option<&Portfolio> {
        match term {
            OfficeTerm::Portfolio(at) => self.portfolios.get(at as usize),
            _ => None,
        }
    }

    /// The group noun of a term, if it is one.
    pub fn group(&self, term: OfficeTerm) -> Option<&GroupNoun> {
        match term {
            OfficeTerm::Group(at) => self.groups.get(at as usize),
            _ => None,
        }
    }

    /// All offices, by id.
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// All portfolios, by id.
    pub fn portfolios(&self) -> &[Portfolio] {
        &self.portfolios
    }

    /// The words of a modifier.
    pub fn modifiers(&self, modifier: OfficeModifier) -> impl Iterator<Item = &str> {
        self.modifiers.get(&modifier).into_iter().flatten().map(String::as_str)
    }

    /// All group nouns, by id.
    pub fn groups(&self) -> &[GroupNoun] {
        &self.groups
    }

    /// The office's English name in the record, with the portfolio that the text or its own words say: `minister of foreign affairs`.
    pub fn canonical(&self, office: &Office, portfolio: Option<&Portfolio>) -> String {
        match (&office.with_portfolio, portfolio.map(|portfolio| &portfolio.id).or(office.portfolio.as_ref())) {
            (Some(pattern), Some(portfolio)) => pattern.replacen("{}", portfolio, 1),
            _ => office.id.clone(),
        }
    }
}
