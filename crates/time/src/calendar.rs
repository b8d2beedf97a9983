//! Calendar arithmetic: stretches of the civil calendar, their TIMEX3 values, first and last days, neighbours.
//!
//! In goes a day and a unit; out comes the stretch of that unit that holds the day. Everything saturates at the calendar's ends by
//! answering `None`; nothing panics.

use depeche_packs::temporal::{Season, Unit};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A stretch of the civil calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// The years that begin with these two digits.
    Century(i16),
    /// The years that begin with these three digits.
    Decade(i16),
    /// A year.
    Year(i16),
    /// A half of a year, 1 or 2.
    Half(i16, i8),
    /// A quarter of a year, 1 to 4.
    Quarter(i16, i8),
    /// A season; winter belongs to the year that it begins in.
    Season(i16, Season),
    /// A month of a year.
    Month(i16, i8),
    /// An ISO week.
    Week(i16, i8),
    /// Saturday and Sunday of an ISO week.
    Weekend(i16, i8),
    /// A day.
    Day(Date),
    /// From one day to another, both within: a month of another calendar, a festival of several days. TIMEX3 has no value for it.
    Between(Date, Date),
}

impl Period {
    /// The stretch of `unit` that holds `day`; days for units below.
    pub fn containing(unit: Unit, day: Date) -> Period {
        let year = day.year();
        match unit {
            Unit::Millennium | Unit::Century => Period::Century(year.div_euclid(100)),
            Unit::Decade => Period::Decade(year.div_euclid(10)),
            Unit::Year => Period::Year(year),
            Unit::Half => Period::Half(year, (day.month() - 1) / 6 + 1),
            Unit::Quarter => Period::Quarter(year, (day.month() - 1) / 3 + 1),
            Unit::Season => season_of(day),
            Unit::Month => Period::Month(year, day.month()),
            Unit::Week => {
                let week = day.iso_week_date();
                Period::Week(week.year(), week.week())
            }
            Unit::Weekend => {
                let week = day.iso_week_date();
                Period::Weekend(week.year(), week.week())
            }
            Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => Period::Day(day),
        }
    }

    /// TIMEX3's value: `196`, `2024`, `2024-Q2`, `2024-SU`, `2024-05`, `2024-W20`, `2024-05-15`; `None` where it has none.
    pub fn value(self) -> Option<String> {
        // TIMEX3 has no years before the common era in this form.
        if self.first().is_some_and(|day| day.year() < 0) {
            return None;
        }
        Some(match self {
            Period::Century(century) => format!("{century:02}"),
            Period::Decade(decade) => format!("{decade:03}"),
            Period::Year(year) => format!("{year:04}"),
            Period::Half(year, half) => format!("{year:04}-H{half}"),
            Period::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Period::Season(year, season) => format!("{year:04}-{}", season_code(season)),
            Period::Month(year, month) => format!("{year:04}-{month:02}"),
            Period::Week(year, week) => format!("{year:04}-W{week:02}"),
            Period::Weekend(year, week) => format!("{year:04}-W{week:02}-WE"),
            Period::Day(day) => day.to_string(),
            Period::Between(..) => return None,
        })
    }

    /// The first day; `None` beyond the calendar.
    pub fn first(self) -> Option<Date> {
        match self {
            Period::Century(century) => Date::new(century.checked_mul(100)?, 1, 1).ok(),
            Period::Decade(decade) => Date::new(decade.checked_mul(10)?, 1, 1).ok(),
            Period::Year(year) => Date::new(year, 1, 1).ok(),
            Period::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Period::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Period::Season(year, season) => {
                let (month, day) = season_start(season);
                Date::new(year, month, day).ok()
            }
            Period::Month(year, month) => Date::new(year, month, 1).ok(),
            Period::Week(year, week) => monday(year, week),
            Period::Weekend(year, week) => monday(year, week)?.checked_add(5.days()).ok(),
            Period::Day(day) | Period::Between(day, _) => Some(day),
        }
    }

    /// The last day; `None` beyond the calendar.
    pub fn last(self) -> Option<Date> {
        match self {
            Period::Century(century) => Date::new(century.checked_mul(100)?.checked_add(99)?, 12, 31).ok(),
            Period::Decade(decade) => Date::new(decade.checked_mul(10)?.checked_add(9)?, 12, 31).ok(),
            Period::Year(year) => Date::new(year, 12, 31).ok(),
            Period::Half(year, half) => Some(Date::new(year, half * 6, 1).ok()?.last_of_month()),
            Period::Quarter(year, quarter) => Some(Date::new(year, quarter * 3, 1).ok()?.last_of_month()),
            Period::Season(year, season) => {
                let year = if season == Season::Winter { year.checked_add(1)? } else { year };
                let (month, day) = season_start(next_season(season));
                Date::new(year, month, day).ok()?.yesterday().ok()
            }
            Period::Month(year, month) => Some(Date::new(year, month, 1).ok()?.last_of_month()),
            Period::Week(year, week) | Period::Weekend(year, week) => monday(year, week)?.checked_add(6.days()).ok(),
            Period::Day(day) | Period::Between(_, day) => Some(day),
        }
    }

    /// The stretch of the same unit so many further on; one that is no unit's moves by days.
    pub fn shift(self, by: i32) -> Option<Period> {
        let small = i16::try_from(by).ok()?;
        Some(match self {
            Period::Century(century) => Period::Century(century.checked_add(small)?),
            Period::Decade(decade) => Period::Decade(decade.checked_add(small)?),
            Period::Year(year) => Period::Year(year.checked_add(small)?),
            Period::Half(year, half) => {
                let at = i32::from(year) * 2 + i32::from(half) - 1 + by;
                Period::Half(i16::try_from(at.div_euclid(2)).ok()?, at.rem_euclid(2) as i8 + 1)
            }
            Period::Quarter(year, quarter) => {
                let at = i32::from(year) * 4 + i32::from(quarter) - 1 + by;
                Period::Quarter(i16::try_from(at.div_euclid(4)).ok()?, at.rem_euclid(4) as i8 + 1)
            }
            Period::Season(year, season) => {
                let at = i32::from(year) * 4 + season as i32 + by;
                Period::Season(i16::try_from(at.div_euclid(4)).ok()?, SEASONS[at.rem_euclid(4) as usize])
            }
            Period::Month(year, month) => {
                let at = i32::from(year) * 12 + i32::from(month) - 1 + by;
                Period::Month(i16::try_from(at.div_euclid(12)).ok()?, at.rem_euclid(12) as i8 + 1)
            }
            Period::Week(..) => Period::containing(Unit::Week, add(self.first()?, Unit::Week, by)?),
            Period::Weekend(..) => Period::containing(Unit::Weekend, add(self.first()?, Unit::Week, by)?),
            Period::Day(day) => Period::Day(add(day, Unit::Day, by)?),
            Period::Between(first, last) => Period::Between(add(first, Unit::Day, by)?, add(last, Unit::Day, by)?),
        })
    }
}

/// The day so many units from `day`.
pub(crate) fn add(day: Date, unit: Unit, amount: i32) -> Option<Date> {
    let amount = i64::from(amount);
    let span = match unit {
        Unit::Day => Span::new().try_days(amount),
        Unit::Weekend | Unit::Week => Span::new().try_weeks(amount),
        Unit::Month => Span::new().try_months(amount),
        Unit::Quarter | Unit::Season => Span::new().try_months(amount.checked_mul(3)?),
        Unit::Half => Span::new().try_months(amount.checked_mul(6)?),
        Unit::Year => Span::new().try_years(amount),
        Unit::Decade => Span::new().try_years(amount.checked_mul(10)?),
        Unit::Century => Span::new().try_years(amount.checked_mul(100)?),
        Unit::Millennium => Span::new().try_years(amount.checked_mul(1000)?),
        Unit::Hour | Unit::Minute | Unit::Second => return Some(day),
    };
    day.checked_add(span.ok()?).ok()
}

/// Days from `a` to `b`.
pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    i64::from((b - a).get_days())
}

/// The weekday of a number, 1 for Monday.
pub(crate) fn weekday(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}

/// The first such weekday from `day` on, `day` itself included, going forward or back.
pub(crate) fn nearest_weekday(day: Date, number: i8, forward: bool) -> Option<Date> {
    let wanted = weekday(number)?.to_monday_zero_offset();
    let here = day.weekday().to_monday_zero_offset();
    let steps = if forward { (wanted - here).rem_euclid(7) } else { -(here - wanted).rem_euclid(7) };
    add(day, Unit::Day, i32::from(steps))
}

const SEASONS: [Season; 4] = [Season::Spring, Season::Summer, Season::Autumn, Season::Winter];

/// TIMEX3's code of a season.
pub(crate) fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

fn next_season(season: Season) -> Season {
    SEASONS[(season as usize + 1) % 4]
}

/// Month and day on which a season begins in the northern hemisphere.
fn season_start(season: Season) -> (i8, i8) {
    match season {
        Season::Spring => (3, 20),
        Season::Summer => (6, 21),
        Season::Autumn => (9, 22),
        Season::Winter => (12, 21),
    }
}

fn season_of(day: Date) -> Period {
    let here = (day.month(), day.day());
    match SEASONS.iter().rev().find(|season| season_start(**season) <= here) {
        Some(&season) => Period::Season(day.year(), season),
        None => Period::Season(day.year().saturating_sub(1), Season::Winter),
    }
}

fn monday(year: i16, week: i8) -> Option<Date> {
    jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday).ok().map(|day| day.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(period: Period, value: &str, first: Date, last: Date) {
        assert_eq!(period.value().as_deref(), Some(value));
        assert_eq!((period.first(), period.last()), (Some(first), Some(last)), "{value}");
    }

    #[test]
    fn stretches_have_values_and_bounds() {
        let day = date(2024, 2, 29);
        check(Period::containing(Unit::Month, day), "2024-02", date(2024, 2, 1), date(2024, 2, 29));
        check(Period::containing(Unit::Week, day), "2024-W09", date(2024, 2, 26), date(2024, 3, 3));
        check(Period::containing(Unit::Season, day), "2023-WI", date(2023, 12, 21), date(2024, 3, 19));
        check(Period::containing(Unit::Decade, day), "202", date(2020, 1, 1), date(2029, 12, 31));
        check(Period::containing(Unit::Half, day), "2024-H1", date(2024, 1, 1), date(2024, 6, 30));
    }

    #[test]
    fn neighbours_cross_years() {
        let january = date(2026, 1, 3);
        assert_eq!(Period::containing(Unit::Week, january).shift(-1).unwrap().value().unwrap(), "2025-W52");
        assert_eq!(Period::containing(Unit::Month, january).shift(-1).unwrap().value().unwrap(), "2025-12");
        assert_eq!(Period::containing(Unit::Quarter, january).shift(-5).unwrap().value().unwrap(), "2024-Q4");
        assert_eq!(Period::Year(9999).shift(1).unwrap().first(), None);
    }

    #[test]
    fn weekdays_are_found_both_ways() {
        let wednesday = date(2024, 5, 15);
        assert_eq!(nearest_weekday(wednesday, 3, true), Some(wednesday));
        assert_eq!(nearest_weekday(wednesday, 2, true), Some(date(2024, 5, 21)));
        assert_eq!(nearest_weekday(wednesday, 4, false), Some(date(2024, 5, 9)));
    }
}
