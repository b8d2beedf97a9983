//! Dates of the Persian, Hijri, Hebrew and Chinese calendars on the civil one.
//!
//! In go a year, month and day of such a calendar; out comes the civil day, or the stretch of a month or year. The arithmetic is
//! `icu_calendar`'s. Hijri months are those of Umm al-Qura, by table beyond its reach: a month that begins with the sighting of the moon
//! may begin a day earlier or later where it is announced. A day that the calendar does not have is `None`.

use depeche_packs::temporal::OtherCalendar;
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri, Iso, Persian};
use icu_calendar::types::Month;
use icu_calendar::{AsCalendar, Date as CalendarDate};
use jiff::civil::Date;

/// Years told with a date of another calendar are that calendar's up to here: those of Islam and Iran are below, those of the news above.
const LAST_OWN_YEAR: i16 = 1600;

/// Whether `year`, told with a month of this calendar, is a year of it and not a civil one: « 10 moharram 2024 ».
pub(crate) fn is_own_year(calendar: OtherCalendar, year: i16) -> bool {
    matches!(calendar, OtherCalendar::Persian | OtherCalendar::Hijri) && year <= LAST_OWN_YEAR
}

/// The civil day of a date of this calendar.
pub(crate) fn civil_day(calendar: OtherCalendar, year: i16, month: i8, day: i8) -> Option<Date> {
    let (year, month, day) = (i32::from(year), Month::new(u8::try_from(month).ok()?), u8::try_from(day).ok()?);
    match calendar {
        OtherCalendar::Persian => civil(CalendarDate::try_new(year.into(), month, day, Persian::new()).ok()?),
        OtherCalendar::Hijri => civil(CalendarDate::try_new(year.into(), month, day, Hijri::new_umm_al_qura()).ok()?),
        OtherCalendar::Hebrew => civil(CalendarDate::try_new(year.into(), month, day, Hebrew::new()).ok()?),
        OtherCalendar::Chinese => civil(CalendarDate::try_new(year.into(), month, day, ChineseTraditional::new()).ok()?),
    }
}

/// The year of this calendar that holds a civil day.
pub(crate) fn year_of(calendar: OtherCalendar, day: Date) -> Option<i16> {
    let iso = CalendarDate::try_new_iso(i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs()).ok()?;
    let year = match calendar {
        OtherCalendar::Persian => iso.to_calendar(Persian::new()).year().extended_year(),
        OtherCalendar::Hijri => iso.to_calendar(Hijri::new_umm_al_qura()).year().extended_year(),
        OtherCalendar::Hebrew => iso.to_calendar(Hebrew::new()).year().extended_year(),
        OtherCalendar::Chinese => iso.to_calendar(ChineseTraditional::new()).year().extended_year(),
    };
    i16::try_from(year).ok()
}

/// First and last civil day of a month of this calendar.
pub(crate) fn month(calendar: OtherCalendar, year: i16, month: i8) -> Option<(Date, Date)> {
    let first = civil_day(calendar, year, month, 1)?;
    let last = (28..=31).rev().find_map(|day| civil_day(calendar, year, month, day))?;
    Some((first, last))
}

/// First and last civil day of a year of this calendar.
pub(crate) fn year(calendar: OtherCalendar, year: i16) -> Option<(Date, Date)> {
    let first = civil_day(calendar, year, 1, 1)?;
    let next = civil_day(calendar, year.checked_add(1)?, 1, 1)?;
    Some((first, next.yesterday().ok()?))
}

fn civil<C: AsCalendar>(date: CalendarDate<C>) -> Option<Date> {
    let iso = date.to_calendar(Iso);
    let month = i8::try_from(iso.month().ordinal).ok()?;
    let day = i8::try_from(iso.day_of_month().0).ok()?;
    Date::new(i16::try_from(iso.year().extended_year()).ok()?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(calendar: OtherCalendar, told: (i16, i8, i8), expected: Option<Date>) {
        assert_eq!(civil_day(calendar, told.0, told.1, told.2), expected, "{calendar:?} {told:?}");
    }

    #[test]
    fn known_days() {
        check(OtherCalendar::Persian, (1397, 10, 26), Some(date(2019, 1, 16)));
        check(OtherCalendar::Persian, (1404, 11, 17), Some(date(2026, 2, 6)));
        check(OtherCalendar::Persian, (1357, 11, 22), Some(date(1979, 2, 11)));
        check(OtherCalendar::Hijri, (1445, 9, 1), Some(date(2024, 3, 11)));
        check(OtherCalendar::Hijri, (1446, 1, 10), Some(date(2024, 7, 16)));
        check(OtherCalendar::Hebrew, (5785, 1, 10), Some(date(2024, 10, 12)));
        check(OtherCalendar::Hebrew, (5784, 7, 15), Some(date(2024, 4, 23)));
        check(OtherCalendar::Chinese, (2024, 1, 1), Some(date(2024, 2, 10)));
    }

    #[test]
    fn days_that_a_calendar_has_not() {
        check(OtherCalendar::Persian, (1398, 12, 30), None);
        check(OtherCalendar::Persian, (1399, 12, 30), Some(date(2021, 3, 20)));
        check(OtherCalendar::Hijri, (1446, 9, 31), None);
        check(OtherCalendar::Hijri, (1446, 13, 1), None);
        check(OtherCalendar::Persian, (1400, 0, 1), None);
        check(OtherCalendar::Persian, (1400, -1, -1), None);
    }

    #[test]
    fn stretches() {
        assert_eq!(month(OtherCalendar::Persian, 1397, 10), Some((date(2018, 12, 22), date(2019, 1, 20))));
        assert_eq!(year(OtherCalendar::Persian, 1397), Some((date(2018, 3, 21), date(2019, 3, 20))));
    }

    /// All days of two centuries, each found again under its own month and day.
    #[test]
    fn every_day_of_two_centuries_has_one_date_in_each_calendar() {
        for calendar in [OtherCalendar::Persian, OtherCalendar::Hijri] {
            let mut expected = date(1900, 1, 1);
            let first = year_of(calendar, expected).expect("inside the calendar");
            for year in first..=year_of(calendar, date(2100, 12, 31)).expect("inside the calendar") {
                for month in 1..=12 {
                    for day in (1..=31).filter_map(|day| civil_day(calendar, year, month, day)) {
                        if day >= expected {
                            assert_eq!(day, expected, "{calendar:?} {year}-{month}");
                            assert_eq!(year_of(calendar, day), Some(year), "{day}");
                            expected = day.tomorrow().expect("inside the calendar");
                        }
                    }
                }
            }
            assert!(expected > date(2100, 12, 31));
        }
    }
}
