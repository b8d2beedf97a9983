//! Named days of the year, placed in a year.
//!
//! In go a [`Holiday`] and a civil year, or a year of the holiday's own calendar; out come the days or stretches of that name in it. A
//! lunar festival may fall twice in a civil year, or not at all. Nothing here fails; beyond the calendars there is no answer.

use crate::calendar::{Period, add, nearest_weekday};
use crate::other_calendars;
use depeche_packs::temporal::{Holiday, OtherCalendar, Unit};
use jiff::civil::Date;

/// Those that begin in a civil year, in order.
pub(crate) fn in_civil_year(holiday: Holiday, year: i16) -> Vec<Period> {
    let one = match holiday {
        Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
        Holiday::Easter(offset) => easter(year).and_then(|day| add(day, Unit::Day, i32::from(offset))),
        Holiday::OrthodoxEaster(offset) => orthodox_easter(year).and_then(|day| add(day, Unit::Day, i32::from(offset))),
        Holiday::NthWeekday { nth, weekday, month } => nth_weekday(year, nth, weekday, month),
        Holiday::OtherMonth(calendar, _) | Holiday::OtherDay { calendar, .. } => return of_other_calendar(holiday, calendar, year),
    };
    one.map(Period::Day).into_iter().collect()
}

/// The one in a year told with its name, which may be of the holiday's own calendar: « ramadan 1445 », “Ramadan 2024”.
pub(crate) fn in_year(holiday: Holiday, year: i16) -> Option<Period> {
    match holiday {
        Holiday::OtherMonth(calendar, _) | Holiday::OtherDay { calendar, .. } if other_calendars::is_own_year(calendar, year) => {
            in_own_year(holiday, year)
        }
        _ => in_civil_year(holiday, year).into_iter().next(),
    }
}

fn of_other_calendar(holiday: Holiday, calendar: OtherCalendar, year: i16) -> Vec<Period> {
    let ends = [Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok()];
    let [Some(first), Some(last)] = ends.map(|day| other_calendars::year_of(calendar, day?)) else { return Vec::new() };
    (first..=last)
        .filter_map(|own| in_own_year(holiday, own))
        .filter(|period| period.first().is_some_and(|day| day.year() == year))
        .collect()
}

fn in_own_year(holiday: Holiday, year: i16) -> Option<Period> {
    match holiday {
        Holiday::OtherMonth(calendar, month) => {
            let (first, last) = other_calendars::month(calendar, year, month)?;
            Some(Period::Between(first, last))
        }
        Holiday::OtherDay { calendar, month, day, days } => {
            let first = other_calendars::civil_day(calendar, year, month, day)?;
            match days {
                ..=1 => Some(Period::Day(first)),
                _ => Some(Period::Between(first, add(first, Unit::Day, i32::from(days) - 1)?)),
            }
        }
        _ => None,
    }
}

fn nth_weekday(year: i16, nth: i8, weekday: i8, month: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    if nth < 0 {
        return nearest_weekday(first.last_of_month(), weekday, false);
    }
    add(nearest_weekday(first, weekday, true)?, Unit::Week, i32::from(nth) - 1)
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let at = epact + weekday - 7 * correction + 114;
    Date::new(i16::try_from(year).ok()?, (at / 31) as i8, (at % 31 + 1) as i8).ok()
}

/// Easter Sunday of the Julian calendar, as a Gregorian day (Meeus, chapter 8).
fn orthodox_easter(year: i16) -> Option<Date> {
    let wide = i32::from(year);
    let moon = (19 * wide.rem_euclid(19) + 15).rem_euclid(30);
    let weekday = (2 * wide.rem_euclid(4) + 4 * wide.rem_euclid(7) - moon + 34).rem_euclid(7);
    let at = moon + weekday + 114;
    let julian = Date::new(year, (at / 31) as i8, (at % 31 + 1) as i8).ok()?;
    // How far the calendars have drifted apart: 13 days from 1900 to 2099.
    let century = wide.div_euclid(100);
    add(julian, Unit::Day, century - century.div_euclid(4) - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(holiday: &str, year: i16, expected: &str) {
        let holiday = Holiday::parse(holiday).expect("the notation is right");
        let told: Vec<String> = in_civil_year(holiday, year)
            .iter()
            .map(|period| match period {
                Period::Between(first, last) => format!("{first}/{last}"),
                _ => period.value().unwrap_or_default(),
            })
            .collect();
        assert_eq!(told.join(" "), expected, "{holiday:?} {year}");
    }

    #[test]
    fn easter_moves() {
        for (year, day) in [(1999, "1999-04-04"), (2008, "2008-03-23"), (2024, "2024-03-31"), (2038, "2038-04-25")] {
            check("easter", year, day);
        }
        for (year, day) in [(1950, "1950-04-09"), (2024, "2024-05-05"), (2025, "2025-04-20"), (2008, "2008-04-27")] {
            check("orthodox-easter", year, day);
        }
        check("easter+39", 2024, "2024-05-09");
    }

    #[test]
    fn weekdays_of_a_month() {
        check("nth 4 weekday 4 of 11", 2024, "2024-11-28");
        check("nth -1 weekday 1 of 05", 2024, "2024-05-27");
        check("nth 1 weekday 1 of 09", 2025, "2025-09-01");
    }

    #[test]
    fn festivals_of_other_calendars() {
        check("persian 01-01", 2024, "2024-03-20");
        check("persian 01-01", 2023, "2023-03-21");
        check("persian 01-01 for 13 days", 2024, "2024-03-20/2024-04-01");
        check("hijri 09", 2023, "2023-03-23/2023-04-20");
        check("hijri 10-01", 2024, "2024-04-10");
        // Both fall in the civil year 2030.
        check("hijri 09", 2030, "2030-01-05/2030-02-03 2030-12-26/2031-01-23");
        check("hebrew 01-01", 2024, "2024-10-03");
        check("hebrew 03-25 for 8 days", 2024, "2024-12-26/2025-01-02");
        check("chinese 01-01", 2026, "2026-02-17");
    }

    #[test]
    fn a_year_may_be_of_the_holidays_own_calendar() {
        let ramadan = Holiday::parse("hijri 09").expect("the notation is right");
        assert_eq!(in_year(ramadan, 1445), in_year(ramadan, 2024));
        assert_eq!(in_year(Holiday::Fixed(2, 29), 2023), None);
    }
}
