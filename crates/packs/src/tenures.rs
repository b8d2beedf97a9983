//! Tenures: who held the offices that dispatches name most, to the day, and what public fact that rests on.
//!
//! In goes `offices.toml`, office by office, layer over layer; out come the terms of each holder, which [`Holders`](crate::Holders) lays
//! together with those of `holders.toml`, and a [`Tenure`] as a reader of dates wants it: the days between which somebody held an office.
//! Refused: a row that is no tenure, one without a fact, and one without an end that does not say up to when that is known.

use crate::rows::{self, Row};
use crate::term::TermRow;
use crate::{CountryCode, Holder, PackError, PackFiles, Term, TermDate};
use depeche_record::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) const TENURES: &str = "offices.toml";

/// A time for which a person held an office, as it bounds the date of a text that says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenure<'holders> {
    /// Who held it.
    pub holder: &'holders Holder,
    /// What was held: the office, what it is of, and the dates as precise as they are known.
    pub term: &'holders Term,
    /// The earliest day on which the office may have been held.
    pub earliest: Date,
    /// The latest such day; none for a tenure whose end is not known, which bounds nothing after its beginning.
    pub latest: Option<Date>,
    /// Of a tenure without an end, the day up to which it is known to have run: a table written then knows of no later holder.
    pub known_until: Option<Date>,
}

impl<'holders> Tenure<'holders> {
    /// The tenure that a term of a holder's is: from the first day of a beginning known to the month or the year to the last day of an end.
    pub fn of(holder: &'holders Holder, term: &'holders Term) -> Tenure<'holders> {
        let known = term.known_as_of.filter(|_| term.until.is_none());
        Tenure {
            holder,
            term,
            earliest: term.from.first_day(),
            latest: term.until.map(TermDate::last_day),
            known_until: known.map(|date| date.first_day().max(term.from.first_day())),
        }
    }

    /// The public fact that its dates rest on, where the table tells it.
    pub fn fact(&self) -> Option<&'holders str> {
        self.term.fact.as_deref()
    }

    /// Whether the office may have been held on a day. A tenure without an end may hold all days after its beginning.
    pub fn may_hold(&self, day: Date) -> bool {
        self.earliest <= day && self.latest.is_none_or(|latest| day <= latest)
    }
}

/// An office that another one is also called: the chancellor of a state is its head of government.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OtherName {
    pub(crate) country: CountryCode,
    /// The id of the office that it is called.
    pub(crate) called: String,
    /// The id under which the table has it.
    pub(crate) office: String,
}

/// What the table says, by holder.
#[derive(Debug, Default)]
pub(crate) struct TenureTable {
    pub(crate) terms: BTreeMap<String, Vec<Term>>,
    pub(crate) other_names: Vec<OtherName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    office: Vec<OfficeRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeRow {
    #[serde(default)]
    replace: bool,
    country: CountryCode,
    office: String,
    body: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    tenures: Vec<TenureRow>,
}

/// An office of a country, or of a body.
type OfficeKey = (CountryCode, String, Option<String>);

struct OfficeTenures {
    replace: bool,
    also: Vec<String>,
    tenures: Vec<(String, Term)>,
}

impl Row for OfficeTenures {
    fn extend(&mut self, later: OfficeTenures) {
        rows::add(&mut self.also, later.also);
        for (id, term) in later.tenures {
            // Whoever knows the end of a tenure that was open writes the same beginning again.
            match self.tenures.iter_mut().find(|(other, earlier)| *other == id && earlier.from == term.from) {
                Some((_, earlier)) => *earlier = term,
                None => self.tenures.push((id, term)),
            }
        }
    }

    fn replaces(&self) -> bool {
        self.replace
    }
}

/// A tenure as the table writes it: `jane-example 2013-08-03/2021-08: elected by the parliament`; for one that has no end yet
/// `jane-example 2021-08/open 2025-10: …`, with the date up to which that is known.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct TenureRow(String);

impl TenureRow {
    /// Who held the office of `row`, and when.
    fn read(&self, office: &OfficeKey) -> Result<(String, Term), String> {
        let wrong =
            || format!("`{}` is no tenure: write a person's id, from/until (or from/open known-as-of), a colon and the fact", self.0);
        let (tenure, fact) = self.0.split_once(": ").filter(|(_, fact)| !fact.trim().is_empty()).ok_or_else(wrong)?;
        let (holder, dates) = tenure.split_once(' ').ok_or_else(wrong)?;
        let (from, until) = dates.split_once('/').ok_or_else(wrong)?;
        let date = |text: &str| text.parse::<TermDate>().map_err(|error| format!("{holder}: {error}"));
        let from = date(from)?;
        let (until, known_as_of) = match until.split_once(' ') {
            Some((TermRow::OPEN, known)) => (None, Some(date(known)?)),
            _ if until == TermRow::OPEN => {
                return Err(format!("{holder}: write up to when it is known that the tenure is open: open YYYY-MM"));
            }
            _ => (Some(date(until)?), None),
        };
        if until.or(known_as_of).is_some_and(|until| until.precedes(from)) {
            return Err(format!("{holder}: the tenure of {from} ends before it begins"));
        }
        let (country, office, body) = office.clone();
        Ok((holder.to_owned(), Term { office, country, body, from, until, known_as_of, fact: Some(fact.trim().to_owned()) }))
    }
}

impl TenureTable {
    /// Reads `offices.toml` of all layers.
    pub(crate) fn load(files: &PackFiles) -> Result<TenureTable, PackError> {
        let mut offices: BTreeMap<OfficeKey, OfficeTenures> = BTreeMap::new();
        for file in files.read(TENURES)? {
            let later: File = file.parse()?;
            for OfficeRow { replace, country, office, body, also, tenures } in later.office {
                let key = (country, office, body);
                let tenures: Result<_, String> = tenures.iter().map(|row| row.read(&key)).collect();
                let tenures = tenures.map_err(|message| PackError::of_file(&file.name, format!("{} {}: {message}", key.1, key.0)))?;
                rows::lay(&mut offices, BTreeMap::from([(key, OfficeTenures { replace, also, tenures })]));
            }
        }
        let mut table = TenureTable::default();
        for ((country, office, _), OfficeTenures { also, tenures, .. }) in offices {
            table.other_names.extend(also.into_iter().map(|called| OtherName { country, called, office: office.clone() }));
            for (holder, term) in tenures {
                table.terms.entry(holder).or_default().push(term);
            }
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(row: &str) -> Result<(String, Term), String> {
        TenureRow(row.to_owned()).read(&(CountryCode::IGO, "secretary-general".to_owned(), Some("un".to_owned())))
    }

    #[test]
    fn a_row_tells_person_dates_and_fact() {
        let (holder, term) = read("jane-example 2013-08-03/2021: elected: by acclamation ").unwrap();
        assert_eq!((holder.as_str(), term.office.as_str(), term.body.as_deref()), ("jane-example", "secretary-general", Some("un")));
        assert_eq!((term.from.to_string(), term.until.map(|date| date.to_string())), ("2013-08-03".to_owned(), Some("2021".to_owned())));
        assert_eq!((term.fact.as_deref(), term.known_as_of), (Some("elected: by acclamation"), None));
        let (_, open) = read("jane-example 2021-08/open 2025-10: elected").unwrap();
        assert_eq!((open.until, open.known_as_of.map(|date| date.to_string())), (None, Some("2025-10".to_owned())));
    }

    proptest! {
        #[test]
        fn any_row_is_read_or_refused(row in "\\PC*") {
            if let Ok((_, term)) = read(&row) {
                prop_assert!(term.fact.is_some_and(|fact| row.contains(&fact)));
            }
        }

        #[test]
        fn what_is_read_ends_after_it_begins(dates in "[0-9]{4}(-[01][0-9]){0,2}/(open )?[0-9]{4}(-[01][0-9]){0,2}") {
            if let Ok((_, term)) = read(&format!("jane-example {dates}: elected")) {
                prop_assert!(term.until.or(term.known_as_of).is_some_and(|end| term.from.first_day() <= end.last_day()));
                prop_assert_eq!(term.until.is_none(), dates.contains("open"));
            }
        }
    }
}
