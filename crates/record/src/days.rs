//! The days that a date of the record stands for.
//!
//! In goes a TIMEX3 date (a year, month, ISO week or day) or an interval of two with a stroke between, either of which may be open (`..`); out
//! come its [`Days`]. Seasons, parts of months, vague times and dates that no calendar has are refused.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The first and last day of a date or interval; an end that is open or cannot be told is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
}

impl Days {
    /// The days of a value; none where it has none.
    ///
    /// ```
    /// let days = depeche_record::Days::of("2018-03-29/2019").unwrap();
    /// assert_eq!(days.last.unwrap().to_string(), "2019-12-31");
    /// ```
    pub fn of(value: &str) -> Option<Days> {
        if let Some((from, to)) = value.split_once('/') {
            return Some(Days { first: Days::of(from).and_then(|days| days.first), last: Days::of(to).and_then(|days| days.last) });
        }
        let (first, last) = bounds(value)?;
        Some(Days { first: Some(first), last: Some(last) })
    }

    /// Whether some day belongs to both.
    pub fn overlaps(self, other: Days) -> bool {
        let before = |last: Option<Date>, first: Option<Date>| last.zip(first).is_some_and(|(last, first)| last < first);
        !before(self.last, other.first) && !before(other.last, self.first)
    }
}

/// First and last day of a year, month, ISO week or day.
fn bounds(value: &str) -> Option<(Date, Date)> {
    let number = |range: std::ops::Range<usize>| {
        let digits = value.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i16>().ok())?
    };
    let year = number(0..4)?;
    let small = |range| number(range).and_then(|number| i8::try_from(number).ok());
    match value.len() {
        4 => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        7 if value.get(4..5) == Some("-") => {
            let first = Date::new(year, small(5..7)?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        8 if value.get(4..6) == Some("-W") => {
            let monday = ISOWeekDate::new(year, small(6..8)?, Weekday::Monday).ok()?.date();
            Some((monday, monday.checked_add(6.days()).ok()?))
        }
        10.. if value.get(4..5) == Some("-") && value.get(7..8) == Some("-") => {
            let day = Date::new(year, small(5..7)?, small(8..10)?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(value: &str, expected: Option<(&str, &str)>) {
        let shown = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        let got = Days::of(value).map(|days| (shown(days.first), shown(days.last)));
        assert_eq!(got, expected.map(|(first, last)| (first.to_owned(), last.to_owned())), "{value}");
    }

    #[test]
    fn a_value_has_a_first_and_a_last_day() {
        check("2024", Some(("2024-01-01", "2024-12-31")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2026-W05", Some(("2026-01-26", "2026-02-01")));
        check("2026-02-06", Some(("2026-02-06", "2026-02-06")));
        check("2026-02-06T10:00", Some(("2026-02-06", "2026-02-06")));
        check("2016-08/..", Some(("2016-08-01", "..")));
        check("../2016", Some(("..", "2016-12-31")));
        check("2016-08/2016-09-03", Some(("2016-08-01", "2016-09-03")));
        for none in ["2016-SU", "PXD", "2024-13", "2024é1", ""] {
            check(none, None);
        }
    }

    #[test]
    fn intervals_overlap() {
        let overlap = |one: &str, other: &str| Days::of(one).zip(Days::of(other)).is_some_and(|(one, other)| one.overlaps(other));
        assert!(overlap("2018", "2018-12-31/2020"));
        assert!(overlap("../2018", "2017/.."));
        assert!(!overlap("../2018", "2019/.."));
        assert!(!overlap("2020-01", "2020-02"));
    }

    proptest! {
        #[test]
        fn no_value_is_too_strange(value in "\\PC{0,12}|[0-9/W-]{0,24}|[0-9]{4}\\PC{1,8}") {
            Days::of(&value);
        }
    }
}
