//! The first and last day of a gold date, and whether a coded one has the same.

use crate::coded::Days as Coded;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The days of a TIMEX3 date or interval; an end that is open or cannot be told is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    first: Option<Date>,
    last: Option<Date>,
}

/// Whether the coded time begins and ends on the days that gold gives; an open end of gold's agrees with anything.
pub(super) fn agree(gold: &str, coded: Option<&Coded>) -> bool {
    let Some(days) = days(gold) else { return false };
    let (earliest, latest) = coded.map_or(("", ""), |when| (when.earliest.as_str(), when.latest.as_str()));
    let same = |gold: Option<Date>, coded: &str| gold.is_none_or(|gold| coded.parse().is_ok_and(|coded: Date| coded == gold));
    same(days.first, earliest) && same(days.last, latest)
}

/// The first and last day of a value, as the record writes days; empty where open.
pub(crate) fn written(value: &str) -> (String, String) {
    let shown = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    days(value).map_or_else(Default::default, |days| (shown(days.first), shown(days.last)))
}

fn days(value: &str) -> Option<Days> {
    if let Some((from, to)) = value.split_once('/') {
        return Some(Days { first: days(from).and_then(|days| days.first), last: days(to).and_then(|days| days.last) });
    }
    let (first, last) = bounds(value)?;
    Some(Days { first: Some(first), last: Some(last) })
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
        7 if &value[4..5] == "-" => {
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

    fn check(gold: &str, expected: Option<(&str, &str)>) {
        let shown = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        let got = days(gold).map(|days| (shown(days.first), shown(days.last)));
        assert_eq!(got, expected.map(|(first, last)| (first.to_owned(), last.to_owned())), "{gold}");
    }

    #[test]
    fn a_value_has_a_first_and_a_last_day() {
        check("2024", Some(("2024-01-01", "2024-12-31")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2026-W05", Some(("2026-01-26", "2026-02-01")));
        check("2026-02-06", Some(("2026-02-06", "2026-02-06")));
        check("2026-02-06T10:00", Some(("2026-02-06", "2026-02-06")));
        check("2016-08/..", Some(("2016-08-01", "..")));
        check("2016-08/2016-09-03", Some(("2016-08-01", "2016-09-03")));
        check("2016-SU", None);
        check("PXD", None);
        check("2024-13", None);
    }

    proptest! {
        #[test]
        fn no_value_is_too_strange(value in "\\PC{0,12}|[0-9/W-]{0,24}") {
            agree(&value, None);
        }
    }
}
