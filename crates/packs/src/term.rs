//! Terms of office and the dates that bound them.
//!
//! In go the rows of `holders.toml`: an office, two dates to the year, the month or the day, and what the office is of; out comes a [`Term`].
//! Refused: a date that no calendar has, and a term that ends before it begins. The rows of `offices.toml` are read beside it, in `tenures`.

use crate::CountryCode;
use depeche_record::Date;
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// A date known to the year, to the month, or to the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TermDate {
    first: Date,
    last: Date,
}

impl TermDate {
    /// A month of the Gregorian calendar, or a day of it; none where it has no such date.
    pub fn new(year: i16, month: u8, day: Option<u8>) -> Option<TermDate> {
        let date = |day: u8| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        match day {
            Some(day) => date(day).map(|day| TermDate { first: day, last: day }),
            None => date(1).map(|first| TermDate { first, last: first.last_of_month() }),
        }
    }

    /// A whole year; none where the calendar has no such year.
    pub fn of_year(year: i16) -> Option<TermDate> {
        Date::new(year, 1, 1).ok().map(|first| TermDate { first, last: first.last_of_year() })
    }

    /// The first day that it may be.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// The last day that it may be.
    pub fn last_day(self) -> Date {
        self.last
    }

    /// Whether it is certainly before another one: a month is not before a day in it, nor after it.
    pub fn precedes(self, other: TermDate) -> bool {
        self.last < other.first
    }
}

impl fmt::Display for TermDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.first.year())?;
        if self.first.month() == self.last.month() {
            write!(formatter, "-{:02}", self.first.month())?;
        }
        if self.first == self.last { write!(formatter, "-{:02}", self.first.day()) } else { Ok(()) }
    }
}

/// A text that is no date of a term.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date of a term: write YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct NotATermDate(String);

impl FromStr for TermDate {
    type Err = NotATermDate;

    fn from_str(text: &str) -> Result<Self, NotATermDate> {
        fn figures(part: Option<&str>, length: usize) -> Option<&str> {
            part.filter(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
        }
        let mut parts = text.split('-');
        let year = figures(parts.next(), 4).and_then(|part| part.parse().ok());
        let mut pair = || match parts.next() {
            None => Some(None),
            part => figures(part, 2).and_then(|part| part.parse().ok()).map(Some),
        };
        let date = match (year, pair(), pair()) {
            (Some(year), Some(None), _) => TermDate::of_year(year),
            (Some(year), Some(Some(month)), Some(day)) => TermDate::new(year, month, day),
            _ => None,
        };
        date.filter(|_| parts.next().is_none()).ok_or_else(|| NotATermDate(text.to_owned()))
    }
}

/// A time for which a person held an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The office's English name in the record, which is the id of its row in the tables of offices.
    pub office: String,
    /// The country it is of; [`CountryCode::IGO`] or [`CountryCode::NGO`] for a body of none.
    pub country: CountryCode,
    /// The body it is of, by id, where it is not the state's.
    pub body: Option<String>,
    /// Its beginning.
    pub from: TermDate,
    /// Its end; none for a term that ran when the table was last read over.
    pub until: Option<TermDate>,
    /// Of a term without an end, up to when that is known; none where nobody says.
    pub known_as_of: Option<TermDate>,
    /// The public fact that its dates rest on, where the table tells it: "sworn in before the parliament".
    pub fact: Option<String>,
}

impl Term {
    /// Whether the term may hold a date: it does not begin after it or end before it.
    pub fn covers(&self, date: TermDate) -> bool {
        !date.precedes(self.from) && !self.until.is_some_and(|until| until.precedes(date))
    }

    /// Whether two terms certainly have a day in common beside one on which the office was handed over. Terms that meet in a month need not
    /// have one, nor need a term without an end and one that begins after what is known of it.
    pub fn overlaps(&self, other: &Term) -> bool {
        let begun = self.from.last.max(other.from.last);
        begun < self.certain_until().min(other.certain_until())
    }

    /// The first day that may be the last one.
    fn certain_until(&self) -> Date {
        self.until.or(self.known_as_of).map_or(Date::MAX, |date| date.first)
    }
}

/// A term as the table writes it: `prime minister 2000-03/2001-10 NOR`, [`TermRow::OPEN`] for an end that has not come, and after the dates
/// what the office is of where that is not the person's country.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct TermRow(String);

impl TermRow {
    pub(crate) const OPEN: &str = "open";

    /// The term of a person of `country`.
    pub(crate) fn read(&self, country: CountryCode) -> Result<Term, String> {
        let wrong = || format!("`{}` is no term: write an office, from/until, and a country or body where it is not the person's", self.0);
        let (before, until) = self.0.split_once('/').ok_or_else(wrong)?;
        let (office, from) = before.rsplit_once(' ').ok_or_else(wrong)?;
        let (until, of) = until.split_once(' ').map_or((until, None), |(until, of)| (until, Some(of)));
        let date = |text: &str| text.parse::<TermDate>().map_err(|error| format!("{office}: {error}, or `open` for an end"));
        let from = date(from)?;
        let until = if until == Self::OPEN { None } else { Some(date(until)?) };
        if until.is_some_and(|until| until.precedes(from)) {
            return Err(format!("{office}: the term ends before it begins"));
        }
        let of_country = of.and_then(|of| of.parse::<CountryCode>().ok());
        let body = of.filter(|_| of_country.is_none()).map(str::to_owned);
        Ok(Term { office: office.to_owned(), country: of_country.unwrap_or(country), body, from, until, known_as_of: None, fact: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn term(from: &str, until: &str) -> Term {
        let row = TermRow(format!("president {from}/{until}"));
        row.read(CountryCode::IGO).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn dates_are_of_the_calendar() {
        for right in ["1998", "1998-01", "2000-02-29", "2024-12-31"] {
            assert_eq!(right.parse::<TermDate>().map(|date| date.to_string()).as_deref(), Ok(right));
        }
        for wrong in ["", "98", "1998-", "1998-13", "1998-1", "1900-02-29", "2023-04-31", "2023-04-01-02", "+998-01", "open"] {
            assert!(wrong.parse::<TermDate>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_term_covers_its_first_and_last_month() {
        let term = term("2001-03", "2004-07-15");
        let covers = |date: &str| date.parse().is_ok_and(|date| term.covers(date));
        assert!(["2001-03", "2001-03-01", "2002-01", "2004-07", "2004-07-15"].into_iter().all(covers));
        assert!(!["2001-02-28", "2004-07-16", "2004-08"].into_iter().any(covers));
    }

    #[test]
    fn a_year_bounds_loosely() {
        let term = term("2001", "2004");
        let covers = |date: &str| date.parse().is_ok_and(|date| term.covers(date));
        assert!(["2001", "2001-01-01", "2002-06", "2004-12-31"].into_iter().all(covers));
        assert!(!["2000-12-31", "2005-01", "2005"].into_iter().any(covers));
    }

    #[test]
    fn terms_that_meet_in_a_month_do_not_overlap() {
        assert!(!term("2001-03", "2004-07").overlaps(&term("2004-07", "open")));
        assert!(!term("2004-07-23", "open").overlaps(&term("2001-03", "2004-07")));
        assert!(term("2001-03", "2004-07").overlaps(&term("2004-06", "2004-09")));
        assert!(term("2001-03", "open").overlaps(&term("2001-03", "2002-01")));
        assert!(term("2001-03", "2009-07").overlaps(&term("2004-06", "2004-09")));
        assert!(term("2001-03", "2009-07").overlaps(&term("2001-03-12", "2004-09")));
        assert!(!term("2001", "2004").overlaps(&term("2004-06", "2006")));
        assert!(term("2001", "2004").overlaps(&term("2003-06", "2006")));
        assert!(!term("2001-03-01", "2004-07-23").overlaps(&term("2004-07-23", "2005-01")));
        assert!(term("2001-03-01", "2004-07-23").overlaps(&term("2004-07-22", "2005-01")));
        let open = Term { known_as_of: "2004-07".parse().ok(), ..term("2001-03", "open") };
        assert!(!open.overlaps(&term("2004-07", "open")));
        assert!(open.overlaps(&term("2004-06", "open")));
    }

    #[test]
    fn a_term_says_what_it_is_of() {
        let of = |row: &str| TermRow(row.to_owned()).read(CountryCode::IGO);
        let at_home = of("prime minister 2000-03/2001-10 NOR").unwrap();
        assert_eq!(at_home.office, "prime minister");
        assert_eq!((at_home.country.as_str(), at_home.body), ("NOR", None));
        let abroad = of("secretary-general 2014-10/open nato").unwrap();
        assert_eq!((abroad.country.as_str(), abroad.body.as_deref()), ("IGO", Some("nato")));
        for wrong in ["president 2001-10/2001-09", "president 2001-10", "2001-10/open", "president/open", ""] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_refused(text in "\\PC*") {
            if let Ok(date) = text.parse::<TermDate>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }

        #[test]
        fn figures_are_a_date_or_refused(text in "[0-9]{4}(-[0-9]{2}){0,2}") {
            if let Ok(date) = text.parse::<TermDate>() {
                prop_assert!(!date.precedes(date));
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }
}
