//! Lists of persons and bodies that a user lays over the tables.
//!
//! In go the bytes of a file: entities of FollowTheMoney as JSON, one a line, or a CSV table with a header; out come an [`ActorList`], which
//! [`crate::PackFiles::with_actors`] lays over every language, and a [`RowFault`] for each row that cannot be used. A faulty row spoils no
//! other one. Refused: a table whose header names a column that there is not, names too short or too long to be looked for, and codes,
//! dates and items that do not exist.

mod follow_the_money;
mod row;
mod table;

pub(crate) use row::{ListedBody, ListedPerson};

use crate::rows::{self, Row};
use crate::{CountryCode, PackError, PackFiles};
use row::{Listed, Wrong};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// So many faults are told one by one; the last one counts the others.
const MOST_FAULTS: usize = 100;

/// Persons and bodies of a user's own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActorList {
    pub(crate) persons: Vec<ListedPerson>,
    pub(crate) bodies: Vec<ListedBody>,
}

/// What is wrong with a row of a list, and what mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The file, as it was named.
    pub file: String,
    /// Its line, from 1.
    pub line: u64,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub cure: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for RowFault {}

/// The country codes that a list may use: of three letters, or of two as FollowTheMoney writes them.
#[derive(Debug, Clone)]
pub struct ListedCodes {
    by_code: BTreeMap<String, CountryCode>,
}

#[derive(Deserialize)]
struct Codes {
    alpha2: Option<String>,
}

impl Row for Codes {
    fn extend(&mut self, later: Codes) {
        self.alpha2 = later.alpha2.or_else(|| self.alpha2.take());
    }

    fn replaces(&self) -> bool {
        false
    }
}

/// Codes of two letters and more that FollowTheMoney has and ISO has not.
const OTHER_CODES: [(&str, &str); 6] = [("EU", "IGO"), ("SUHH", "SUN"), ("YUCS", "YUG"), ("CSXX", "SCG"), ("CSHH", "CSK"), ("DDDE", "DDR")];

impl ListedCodes {
    /// The codes of the tables.
    ///
    /// # Errors
    /// When `countries.toml` does not have its shape.
    pub fn load(files: &PackFiles) -> Result<ListedCodes, PackError> {
        let rows: BTreeMap<String, Codes> = rows::read(files, "countries.toml")?;
        let mut by_code = BTreeMap::new();
        let others = OTHER_CODES.iter().map(|&(code, stands_for)| (code.to_owned(), stands_for.to_owned()));
        let own =
            rows.into_iter().flat_map(|(id, codes)| codes.alpha2.map(|alpha2| (alpha2, id.clone())).into_iter().chain([(id.clone(), id)]));
        let none = ["IGO", "NGO"].map(|code| (code.to_owned(), code.to_owned()));
        for (written, id) in others.chain(own).chain(none) {
            if let Ok(code) = id.parse() {
                by_code.insert(written, code);
            }
        }
        Ok(ListedCodes { by_code })
    }

    /// The country of a code in any case of letters; of a part of a country, `gb-nir`, the country.
    fn find(&self, code: &str) -> Option<CountryCode> {
        let upper = code.to_uppercase();
        self.by_code.get(&upper).or_else(|| self.by_code.get(upper.split_once('-')?.0)).copied()
    }
}

impl ActorList {
    /// Reads a list, with what is wrong with it; `file` is what to call it. JSON begins with a brace, all else is CSV.
    pub fn read(bytes: &[u8], file: &str, codes: &ListedCodes) -> (ActorList, Vec<RowFault>) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut collector = Collector { list: ActorList::default(), file, faults: Vec::new(), untold: 0 };
        match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => follow_the_money::read(bytes, codes, &mut collector),
            Some(_) => table::read(bytes, codes, &mut collector),
            None => collector.refuse(1, Wrong::new("there is nothing in the list", "give it rows, or leave it out")),
        }
        collector.faults.sort_by_key(|fault| fault.line);
        if let (Some(last), untold @ 1..) = (collector.faults.last_mut(), collector.untold) {
            last.message = format!("{} (and {untold} more such rows)", last.message);
        }
        (collector.list, collector.faults)
    }

    /// Number of persons and bodies, rows of the same one counted apart.
    pub fn len(&self) -> usize {
        self.persons.len() + self.bodies.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds another list.
    pub(crate) fn append(&mut self, other: ActorList) {
        self.persons.extend(other.persons);
        self.bodies.extend(other.bodies);
    }
}

/// What a reader has found so far.
struct Collector<'file> {
    list: ActorList,
    file: &'file str,
    faults: Vec<RowFault>,
    untold: usize,
}

impl Collector<'_> {
    fn take(&mut self, line: u64, row: Result<Listed, Wrong>) {
        match row {
            Ok(Listed::Person(person)) => self.list.persons.push(person),
            Ok(Listed::Body(body)) => self.list.bodies.push(body),
            Err(wrong) => self.refuse(line, wrong),
        }
    }

    fn refuse(&mut self, line: u64, wrong: Wrong) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(RowFault { file: self.file.to_owned(), line, message: wrong.message, cure: wrong.cure });
        } else {
            self.untold += 1;
        }
    }
}

#[cfg(test)]
mod tests;
