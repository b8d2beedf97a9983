//! The date of publication that an input states.
//!
//! In goes a day, a date-time or an interval `a/b`, of which months, years and open ends are forms; out comes a [`Published`] with
//! confidence 1. What is none of these is refused, not guessed at. The day of a date-time is the one at its own offset.

use depeche_record::{Date, DatingMethod, Published};
use jiff::civil::Time;
use std::ops::RangeInclusive;

/// Years in which a dispatch may have been published: those that are read as years in texts, too.
const YEARS: RangeInclusive<i16> = 1000..=2199;

/// Reads a stated date of publication; `None` where it is no date, or none of [`YEARS`].
pub(crate) fn stated(words: &str) -> Option<Published> {
    let words = words.trim();
    let (value, earliest, latest) = match words.split_once('/') {
        None => {
            let (earliest, latest) = period(words)?;
            // Of a date-time its day; a month or a year stays as partial as it is.
            let value = if earliest == latest { earliest.to_string() } else { words.to_owned() };
            (Some(value), Some(earliest), Some(latest))
        }
        Some((from, to)) => {
            let earliest = bound(from)?.map(|(first, _)| first);
            let latest = bound(to)?.map(|(_, last)| last);
            let same = earliest.filter(|_| earliest == latest).map(|day| day.to_string());
            (same, earliest, latest)
        }
    };
    let forwards = earliest.is_none_or(|earliest| latest.is_none_or(|latest| earliest <= latest));
    let possible = earliest.into_iter().chain(latest).all(|day| YEARS.contains(&day.year()));
    (forwards && possible && (earliest.is_some() || latest.is_some())).then(|| Published {
        value,
        earliest,
        latest,
        method: DatingMethod::Stated,
        confidence: 1.0,
        evidence: Vec::new(),
    })
}

/// An end of an interval: open (`..` or nothing), or a period.
fn bound(words: &str) -> Option<Option<(Date, Date)>> {
    match words.trim() {
        "" | ".." => Some(None),
        words => period(words).map(Some),
    }
}

/// The first and the last day of `2026`, `2026-02`, `2026-02-06` or a date-time.
fn period(words: &str) -> Option<(Date, Date)> {
    let digits = |text: &str| -> Option<i16> { text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())? };
    let bytes = words.as_bytes();
    if !words.is_ascii() {
        return None;
    }
    match bytes.len() {
        4 => {
            let year = digits(words)?;
            Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
        }
        7 if bytes.get(4) == Some(&b'-') => {
            let month = i8::try_from(digits(words.get(5..)?)?).ok()?;
            let first = Date::new(digits(words.get(..4)?)?, month, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        length if length >= 10 && bytes.get(4) == Some(&b'-') => {
            let day: Date = words.get(..10)?.parse().ok()?;
            is_time(words.get(10..)?).then_some((day, day))
        }
        _ => None,
    }
}

/// Whether what follows a day is a time of it, with or without an offset; nothing is one.
fn is_time(words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let Some(clock) = words.strip_prefix(['T', 't', ' ']) else { return false };
    let end = clock.find(|character: char| !character.is_ascii_digit() && !matches!(character, ':' | '.' | ',')).unwrap_or(clock.len());
    let (clock, offset) = clock.split_at(end);
    let offset = offset.trim_start();
    let offset_is_one = offset.is_empty()
        || matches!(offset, "Z" | "z" | "UTC" | "GMT")
        || offset
            .strip_prefix(['+', '-'])
            .is_some_and(|digits| matches!(digits.len(), 2 | 4 | 5) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':'));
    offset_is_one && clock.contains(':') && clock.parse::<Time>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_dates() {
        let day = |words: Option<Date>| words.map_or("..".to_owned(), |day| day.to_string());
        let told = |words: &str| {
            stated(words).map(|date| format!("{} {} {}", date.value.as_deref().unwrap_or("-"), day(date.earliest), day(date.latest)))
        };
        let cases = [
            ("2026-02-06", Some("2026-02-06 2026-02-06 2026-02-06")),
            (" 2026-02-06T18:05:00+04:00 ", Some("2026-02-06 2026-02-06 2026-02-06")),
            ("2026-02-06T18:05:00.123Z", Some("2026-02-06 2026-02-06 2026-02-06")),
            ("2026-02-06 18:05", Some("2026-02-06 2026-02-06 2026-02-06")),
            ("2026-02", Some("2026-02 2026-02-01 2026-02-28")),
            ("2024", Some("2024 2024-01-01 2024-12-31")),
            ("2026-02-06/2026-02-08", Some("- 2026-02-06 2026-02-08")),
            ("2026-02-06/2026-02-06", Some("2026-02-06 2026-02-06 2026-02-06")),
            ("2026-01/2026-02-08", Some("- 2026-01-01 2026-02-08")),
            ("../2026-02-08", Some("- .. 2026-02-08")),
            ("2026-02-06/", Some("- 2026-02-06 ..")),
            ("2026-02-08/2026-02-06", None),
            ("2026-02-30", None),
            ("0000-01-01", None),
            ("2999-01-01", None),
            ("2026-02-06/2999", None),
            ("2026-02-06T25:00", None),
            ("2026-02-06 evening", None),
            ("06/02/2026", None),
            ("6 février 2026", None),
            ("/", None),
            ("", None),
        ];
        for (words, expected) in cases {
            assert_eq!(told(words).as_deref(), expected, "{words}");
        }
    }
}
