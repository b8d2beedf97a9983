//! How a pack states a named day of the year: by month and day of a calendar, from Easter, or as the nth weekday of a month.
//!
//! In goes the key under which a temporal table lists names (`12-25`, `easter+39`, `hijri 10-01`); out comes a [`Holiday`], which the crate
//! `time` places in a year. What has another form, or names a day that no year of its calendar has, is refused with what is wrong.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A calendar other than the civil one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherCalendar {
    /// The solar calendar of Iran; its year begins at the spring equinox.
    Persian,
    /// The lunar calendar of Islam, as Umm al-Qura computes it, by table beyond its reach. The announced day may differ by one.
    Hijri,
    /// The calendar of Judaism; Tishri is its month 1, Nisan 7.
    Hebrew,
    /// The lunisolar calendar of China.
    Chinese,
}

impl OtherCalendar {
    fn named(name: &str) -> Option<OtherCalendar> {
        use serde::de::IntoDeserializer;
        let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
        OtherCalendar::deserialize(name).ok()
    }

    /// The most days that its month has, in any year; `None` where it has no such month.
    pub fn longest(self, month: i8) -> Option<i8> {
        match (self, month) {
            (OtherCalendar::Persian, 1..=6) => Some(31),
            (OtherCalendar::Persian | OtherCalendar::Hijri | OtherCalendar::Hebrew | OtherCalendar::Chinese, 1..=12) => Some(30),
            _ => None,
        }
    }
}

/// A day or stretch of the year with a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// So many days from Easter Sunday (Gregorian).
    Easter(i16),
    /// So many days from the Easter Sunday of the Orthodox churches.
    OrthodoxEaster(i16),
    /// The nth such weekday (1 for Monday) of a month; the last one for -1.
    NthWeekday {
        /// Which one, 1 to 4, or -1.
        nth: i8,
        /// The weekday, 1 (Monday) to 7.
        weekday: i8,
        /// The month.
        month: i8,
    },
    /// A month of another calendar.
    OtherMonth(OtherCalendar, i8),
    /// A day of another calendar, and so many days with it.
    OtherDay {
        /// Whose.
        calendar: OtherCalendar,
        /// Its month.
        month: i8,
        /// Its day.
        day: i8,
        /// How many days it lasts; 1 for the day itself.
        days: i8,
    },
}

impl<'de> Deserialize<'de> for Holiday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Holiday::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Holiday {
    /// `12-25`; `easter`, `orthodox-easter-2`; `nth 4 weekday 4 of 11`; `hijri 09`, `hebrew 07-15`, `persian 01-01 for 13 days`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with `text`.
    pub fn parse(text: &str) -> Result<Holiday, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if let [word] = words.as_slice() {
            if let Some(days) = word.strip_prefix("orthodox-easter") {
                return days_from_easter(text, days).map(Holiday::OrthodoxEaster);
            }
            if let Some(days) = word.strip_prefix("easter") {
                return days_from_easter(text, days).map(Holiday::Easter);
            }
            let (month, day) = month_and_day(text, word)?;
            let longest = match month {
                2 => 29,
                4 | 6 | 9 | 11 => 30,
                1..=12 => 31,
                _ => 0,
            };
            return match day {
                Some(day) if (1..=longest).contains(&day) => Ok(Holiday::Fixed(month, day)),
                Some(_) => Err(format!("`{text}` is a day that no year has")),
                None => Err(forms(text)),
            };
        }
        if let ["nth", nth, "weekday", weekday, "of", month] = words.as_slice() {
            let (nth, weekday, month) = (number(text, nth)?, number(text, weekday)?, number(text, month)?);
            return match ((1..=4).contains(&nth) || nth == -1, (1..=7).contains(&weekday), (1..=12).contains(&month)) {
                (true, true, true) => Ok(Holiday::NthWeekday { nth, weekday, month }),
                (false, ..) => Err(format!("`{text}`: `nth` is 1 to 4, or -1 for the last")),
                (_, false, _) => Err(format!("`{text}`: a weekday is 1 (Monday) to 7 (Sunday)")),
                _ => Err(format!("`{text}`: a month is 01 to 12")),
            };
        }
        let [name, date, rest @ ..] = words.as_slice() else { return Err(forms(text)) };
        let calendar = OtherCalendar::named(name)
            .ok_or_else(|| format!("`{text}`: `{name}` is no calendar; there are `persian`, `hijri`, `hebrew` and `chinese`"))?;
        let (month, day) = month_and_day(text, date)?;
        let longest = calendar.longest(month).ok_or_else(|| format!("`{text}`: that calendar has no month {month}"))?;
        let days = match rest {
            [] => 1,
            ["for", days, "days"] => number(text, days)?,
            _ => return Err(forms(text)),
        };
        match day {
            Some(day) if !(1..=longest).contains(&day) => Err(format!("`{text}`: that month has no day {day}")),
            Some(_) if !(1..=60).contains(&days) => Err(format!("`{text}`: a festival lasts 1 to 60 days")),
            Some(day) => Ok(Holiday::OtherDay { calendar, month, day, days }),
            None if rest.is_empty() => Ok(Holiday::OtherMonth(calendar, month)),
            None => Err(format!("`{text}`: only a day goes on `for` so many days")),
        }
    }
}

fn days_from_easter(text: &str, days: &str) -> Result<i16, String> {
    if days.is_empty() {
        return Ok(0);
    }
    let signed = days.starts_with(['+', '-']);
    days.parse().ok().filter(|days: &i16| signed && days.abs() <= 100).ok_or_else(|| forms(text))
}

fn month_and_day(text: &str, date: &str) -> Result<(i8, Option<i8>), String> {
    match date.split_once('-') {
        Some((month, day)) => Ok((number(text, month)?, Some(number(text, day)?))),
        None => Ok((number(text, date)?, None)),
    }
}

fn number(text: &str, digits: &str) -> Result<i8, String> {
    digits.parse().map_err(|_| forms(text))
}

fn forms(text: &str) -> String {
    format!(
        "`{text}` is no holiday: write `12-25`, `easter+39`, `orthodox-easter`, `nth 4 weekday 4 of 11`, `hijri 09` or `persian 01-01 for 13 days`"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Holiday) {
        assert_eq!(Holiday::parse(text), Ok(expected), "{text}");
    }

    #[test]
    fn holidays_are_read() {
        check("12-25", Holiday::Fixed(12, 25));
        check("easter", Holiday::Easter(0));
        check("easter-2", Holiday::Easter(-2));
        check("orthodox-easter+1", Holiday::OrthodoxEaster(1));
        check("nth -1 weekday 1 of 05", Holiday::NthWeekday { nth: -1, weekday: 1, month: 5 });
        check("hijri 09", Holiday::OtherMonth(OtherCalendar::Hijri, 9));
        check("hebrew 07-15", Holiday::OtherDay { calendar: OtherCalendar::Hebrew, month: 7, day: 15, days: 1 });
        check("persian 01-01 for 13 days", Holiday::OtherDay { calendar: OtherCalendar::Persian, month: 1, day: 1, days: 13 });
    }

    #[test]
    fn what_is_wrong_is_told() {
        let fails = |text: &str, part: &str| {
            let message = Holiday::parse(text).unwrap_err();
            assert!(message.contains(part) && message.contains(text), "{message}");
        };
        fails("02-30", "no year has");
        fails("13-01", "no year has");
        fails("12", "write `12-25`");
        fails("easter39", "write `12-25`");
        fails("easter+9999", "write `12-25`");
        fails("mayan 01-01", "`mayan` is no calendar");
        fails("hijri 13", "no month 13");
        fails("persian 12-31", "no day 31");
        fails("persian 01-01 for 0 days", "1 to 60 days");
        fails("hijri 09 for 3 days", "only a day");
        fails("nth 5 weekday 4 of 11", "-1 for the last");
        fails("nth 4 weekday 8 of 11", "1 (Monday)");
        fails("", "write `12-25`");
    }
}
