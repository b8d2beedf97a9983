//! A date as pages write it.
//!
//! In go the words of a claim; out comes a [`Moment`]: a day, and where they say it, the time and its offset. Read are ISO 8601 and its
//! neighbours, figures without signs, seconds and milliseconds since 1970, days in figures, and days whose month is named in a language that
//! has a pack (RFC 2822 and what scripts print among them). What is no day of the calendar, lies before [`FIRST_YEAR`] or after [`LAST_YEAR`],
//! or says two days, is refused. The day is the one at the value's own offset.

use crate::pages::Pages;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::temporal::DateTimePrinter};

/// Before it no page was published.
const FIRST_YEAR: i16 = 1990;
/// After it a figure is no year.
const LAST_YEAR: i16 = 2100;
/// How much of a value is looked at, in bytes.
const MOST_BYTES: usize = 256;

/// A day, with what else is said of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) day: Date,
    pub(super) time: Option<Time>,
    pub(super) offset: Option<Offset>,
    /// The day that it is where `03/05` is meant in the other order.
    pub(super) other_order: Option<Date>,
}

impl Moment {
    fn of_day(day: Date) -> Moment {
        Moment { day, time: None, offset: None, other_order: None }
    }

    /// ISO 8601, as exact as it is known: `2026-01-06`, `2026-01-06T14:59:00`, `2026-01-06T14:59:00+01:00`.
    pub(super) fn iso(&self) -> String {
        let Some(time) = self.time else { return self.day.to_string() };
        let at = self.day.to_datetime(Time::new(time.hour(), time.minute(), time.second(), 0).unwrap_or(time));
        match self.offset {
            None => at.to_string(),
            Some(Offset::UTC) => format!("{at}Z"),
            Some(offset) => offset
                .to_timestamp(at)
                .map_or_else(|_| at.to_string(), |timestamp| DateTimePrinter::new().timestamp_with_offset_to_string(&timestamp, offset)),
        }
    }
}

/// Reads a date that stands alone. `month_first` is the order of a day in figures where it can be read both ways.
pub(super) fn read(words: &str, month_first: bool, pages: &Pages) -> Option<Moment> {
    let words = crate::language::prefix(words.trim(), MOST_BYTES);
    if !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    of_digits(words).or_else(|| in_figures(words, month_first)).or_else(|| with_named_month(words, pages))
}

/// A day that stands in words of which the rest is not looked at, such as a line under a title.
pub(super) fn within(words: &str, month_first: bool, pages: &Pages) -> Option<Moment> {
    let words = crate::language::prefix(words, MOST_BYTES);
    let named = with_named_month(words, pages);
    if named.is_some() {
        return named;
    }
    let starts = words.char_indices().filter(|&(at, character)| {
        character.is_ascii_digit()
            && !words.get(..at).is_some_and(|before| {
                before.ends_with(|character: char| character.is_ascii_digit() || matches!(character, '.' | '/' | '-' | ':'))
            })
    });
    starts.take(16).find_map(|(at, _)| in_figures(words.get(at..)?, month_first))
}

/// A day of the calendar in the years of the web.
pub(super) fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `20260106`, `20260106145900`, `1767707940`, `1767707940000`.
fn of_digits(words: &str) -> Option<Moment> {
    let digits = words
        .split_once('.')
        .map_or(words, |(whole, part)| if part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit()) { whole } else { words });
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i64>().ok();
    let seconds = match digits.len() {
        8 | 12 | 14 => {
            let mut moment = Moment::of_day(day(number(0, 4)?, number(4, 6)?, number(6, 8)?)?);
            if digits.len() > 8 {
                let clock = |value: Option<i64>| value.and_then(|value| i8::try_from(value).ok());
                moment.time = Time::new(clock(number(8, 10))?, clock(number(10, 12))?, clock(number(12, 14)).unwrap_or(0), 0).ok();
            }
            return Some(moment);
        }
        9 | 10 => number(0, digits.len())?,
        13 => number(0, 10)?,
        _ => return None,
    };
    let at = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    let day = day(i64::from(at.year()), i64::from(at.month()), i64::from(at.day()))?;
    Some(Moment { time: Some(at.time()), offset: Some(Offset::UTC), ..Moment::of_day(day) })
}

/// Reads from the front of a text.
struct Figures<'text> {
    rest: &'text str,
}

impl<'text> Figures<'text> {
    /// A number of at most `most` digits, with how many it has.
    fn number(&mut self, most: usize) -> Option<(i64, usize)> {
        let end = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if end == 0 || end > most {
            return None;
        }
        let number = self.rest.get(..end)?.parse().ok()?;
        self.rest = self.rest.get(end..)?;
        Some((number, end))
    }

    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.rest.chars().next().filter(|character| signs.contains(character))?;
        self.rest = self.rest.get(sign.len_utf8()..)?;
        Some(sign)
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

/// `2026-01-06T14:59:00.000+01:00`, `2026/1/6 14:59`, `20260106T145900Z`, `06.01.2026, 14:59`, `6/1/26`.
fn in_figures(words: &str, month_first: bool) -> Option<Moment> {
    const JOINTS: &[char] = &['-', '/', '.', '\u{2010}', '\u{2011}', '_'];
    let mut figures = Figures { rest: words };
    let (first, digits) = figures.number(8)?;
    let mut moment = match digits {
        8 if figures.rest.starts_with(['T', 't']) => Moment::of_day(day(first / 10_000, first / 100 % 100, first % 100)?),
        4 => {
            let joint = figures.sign(JOINTS)?;
            let (month, _) = figures.number(2)?;
            figures.sign(&[joint])?;
            let (date, _) = figures.number(2)?;
            Moment::of_day(day(first, month, date)?)
        }
        1 | 2 => {
            let joint = figures.sign(JOINTS)?;
            figures.spaces();
            let (second, _) = figures.number(2)?;
            figures.sign(&[joint])?;
            figures.spaces();
            let (year, digits) = figures.number(4)?;
            let year = match digits {
                4 => year,
                2 if joint != '-' => 2000 + year,
                _ => return None,
            };
            let (as_day_first, as_month_first) = (day(year, second, first), day(year, first, second));
            let month_first = month_first && joint != '.';
            let (meant, other) = if month_first { (as_month_first, as_day_first) } else { (as_day_first, as_month_first) };
            let meant_day = meant.or(other)?;
            Moment { other_order: other.filter(|other| *other != meant_day), ..Moment::of_day(meant_day) }
        }
        _ => return None,
    };
    if figures.rest.starts_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    (moment.time, moment.offset) = clock(figures.rest);
    Some(moment)
}

/// The time that follows a day, with its offset.
fn clock(words: &str) -> (Option<Time>, Option<Offset>) {
    let mut figures = Figures { rest: words };
    figures.rest = figures.rest.trim_start_matches([',', ' ', '\u{A0}', '-', '–', '|', '·', 'T', 't']);
    let time = (|| {
        let (hour, digits) = figures.number(6)?;
        let (hour, minute, second) = match digits {
            6 => (hour / 10_000, hour / 100 % 100, hour % 100),
            4 => (hour / 100, hour % 100, 0),
            1 | 2 => {
                figures.sign(&[':', '.'])?;
                let (minute, _) = figures.number(2)?;
                let second = figures.sign(&[':']).and_then(|_| figures.number(2)).map_or(0, |(second, _)| second);
                (hour, minute, second)
            }
            _ => return None,
        };
        if figures.sign(&['.', ',']).is_some() {
            figures.number(18)?;
        }
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
    })();
    let Some(time) = time else { return (None, None) };
    figures.spaces();
    let zone = figures.rest;
    let named = zone.strip_prefix("GMT").or_else(|| zone.strip_prefix("UTC")).or_else(|| zone.strip_prefix(['Z', 'z']));
    let offset = match offset(named.unwrap_or(zone)) {
        None if named.is_some() => Some(Offset::UTC),
        offset => offset,
    };
    // A small hour before a word may be one of the afternoon.
    let is_certain = offset.is_some() || time.hour() > 12 || !zone.starts_with(char::is_alphabetic);
    (is_certain.then_some(time), offset)
}

/// `+01:00`, `-0300`, `+1`.
fn offset(words: &str) -> Option<Offset> {
    let mut figures = Figures { rest: words };
    let sign = figures.sign(&['+', '-', '\u{2212}'])?;
    let (hours, digits) = figures.number(4)?;
    let (hours, minutes) = match digits {
        4 => (hours / 100, hours % 100),
        1 | 2 => (hours, figures.sign(&[':']).and_then(|_| figures.number(2)).map_or(0, |(minutes, _)| minutes)),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|seconds| *seconds <= 14 * 3600 && minutes < 60)?;
    Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok()
}

/// `6 janvier 2026 à 14:59`, `January 6th, 2026`, `Tue, 06 Jan 2026 14:59:00 +0100`, `Tue Jan 06 14:59:00 UTC 2026`.
fn with_named_month(words: &str, pages: &Pages) -> Option<Moment> {
    let pieces: Vec<(usize, &str)> = pieces(words).take(64).collect();
    let number = |at: Option<usize>| -> Option<i64> {
        let piece = pieces.get(at?)?.1;
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let suffix = piece.get(digits..)?;
        // 1er, 6th
        (digits > 0 && suffix.chars().count() <= 3 && suffix.chars().all(char::is_alphabetic)).then(|| piece.get(..digits)?.parse().ok())?
    };
    let is_short = |at: Option<usize>| at.and_then(|at| pieces.get(at)).is_some_and(|(_, piece)| piece.len() <= 5);
    let mut found: Option<Moment> = None;
    for (place, (_, piece)) in pieces.iter().enumerate() {
        let Some(month) = pages.month(piece) else { continue };
        let before = |back: usize| place.checked_sub(back);
        let after = |on: usize| Some(place + on);
        let is_day = |number: &i64| (1..=31).contains(number);
        // What stands between day and month is one short word: « 6 de enero ».
        let date_before = number(before(1))
            .filter(is_day)
            .or_else(|| number(before(2)).filter(is_day).filter(|_| is_short(before(1)) && number(before(1)).is_none()));
        let is_year = |number: &i64| (i64::from(FIRST_YEAR)..=i64::from(LAST_YEAR)).contains(number);
        let year_from = |start: usize| (start..start + 5).find_map(|on| number(after(on)).filter(is_year));
        let candidates = [
            date_before.and_then(|date| {
                Some((date, number(after(1)).filter(is_year).or_else(|| number(after(2)).filter(is_year).filter(|_| is_short(after(1))))?))
            }),
            number(after(1)).filter(is_day).and_then(|date| Some((date, year_from(2)?))),
        ];
        let Some(day) = candidates.into_iter().flatten().find_map(|(date, year)| day(year, i64::from(month), date)) else { continue };
        if found.is_some_and(|found| found.day != day) {
            return None;
        }
        let end = pieces.get(place).map_or(0, |(at, piece)| at + piece.len());
        if found.is_none() {
            let (time, offset) = first_clock(words.get(end..).unwrap_or_default());
            found = Some(Moment { time, offset, ..Moment::of_day(day) });
        }
    }
    found
}

/// The first time of day in words that follow a day.
fn first_clock(words: &str) -> (Option<Time>, Option<Offset>) {
    let Some(colon) = memchr::memchr(b':', words.as_bytes()).filter(|at| *at <= 48) else { return (None, None) };
    let digits = words.as_bytes().get(..colon).unwrap_or_default().iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 2 { (None, None) } else { clock(words.get(colon - digits..).unwrap_or_default()) }
}

/// The runs of letters and digits, with where each begins.
fn pieces(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = words.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let rest = words.get(start..)?;
        let length = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
        at = start + length;
        Some((start, rest.get(..length)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_packs::PackFiles;
    use proptest::prelude::*;

    fn told(words: &str, month_first: bool) -> String {
        let pages = Pages::load(&PackFiles::built_in()).unwrap();
        read(words, month_first, &pages).map_or("-".to_owned(), |moment| moment.iso())
    }

    #[test]
    fn formats_seen_on_pages() {
        let cases = [
            ("2026-01-06", "2026-01-06"),
            ("2026-01-06T14:59", "2026-01-06T14:59:00"),
            ("2026-01-06T14:59:00Z", "2026-01-06T14:59:00Z"),
            ("2026-01-06T14:59:00+0100", "2026-01-06T14:59:00+01:00"),
            ("2026-01-06 14:59:00 -03:30", "2026-01-06T14:59:00-03:30"),
            ("2026-01-06T14:59:00.000+01:00[Europe/Vienna]", "2026-01-06T14:59:00+01:00"),
            ("2026-01-06T14:59:00.123456789Z", "2026-01-06T14:59:00Z"),
            ("2026/01/06 14:59", "2026-01-06T14:59:00"),
            ("2026-1-6", "2026-01-06"),
            ("20260106", "2026-01-06"),
            ("20260106T145900Z", "2026-01-06T14:59:00Z"),
            ("20260106145900", "2026-01-06T14:59:00"),
            ("1767707940", "2026-01-06T13:59:00Z"),
            ("1767707940123", "2026-01-06T13:59:00Z"),
            ("Tue, 06 Jan 2026 14:59:00 +0100", "2026-01-06T14:59:00+01:00"),
            ("Tue, 06 Jan 2026 14:59:00 GMT", "2026-01-06T14:59:00Z"),
            ("Tue Jan 06 2026 14:59:00 GMT+0100 (CET)", "2026-01-06T14:59:00+01:00"),
            ("Tue Jan 06 14:59:00 UTC 2026", "2026-01-06T14:59:00Z"),
            ("January 6th, 2026 at 2:59 PM", "2026-01-06"),
            ("January 6, 2026 14:59", "2026-01-06T14:59:00"),
            ("6 janvier 2026", "2026-01-06"),
            ("1er août 2025, 18:05", "2025-08-01T18:05:00"),
            ("06.01.2026, 14:59", "2026-01-06T14:59:00"),
            ("6/1/26", "2026-01-06"),
            ("2026-01-06T25:61:00Z", "2026-01-06"),
            ("2026-01-06T14:59:00+99:00", "2026-01-06T14:59:00"),
            ("2026-13-45", "-"),
            ("2026-02-31", "-"),
            ("0000-00-00", "-"),
            ("1970-01-01", "-"),
            ("31 février 2026", "-"),
            ("2026", "-"),
            ("12.04.3", "-"),
            ("yesterday", "-"),
            ("", "-"),
        ];
        for (words, expected) in cases {
            assert_eq!(told(words, false), expected, "{words}");
        }
    }

    #[test]
    fn the_order_of_figures_is_the_languages_unless_it_cannot_be() {
        assert_eq!(told("03/05/2021", false), "2021-05-03");
        assert_eq!(told("03/05/2021", true), "2021-03-05");
        assert_eq!(told("25/12/2021", true), "2021-12-25");
        assert_eq!(told("3.5.2021", true), "2021-05-03");
    }

    #[test]
    fn a_day_within_a_line() {
        let pages = Pages::load(&PackFiles::built_in()).unwrap();
        let told = |words: &str| within(words, false, &pages).map(|moment| moment.iso());
        assert_eq!(told("Publié le : 03/05/2021 - 18:05").as_deref(), Some("2021-05-03T18:05:00"));
        assert_eq!(told("Oslo, lundi 3 mai 2021 (AFP)").as_deref(), Some("2021-05-03"));
        assert_eq!(told("From 3 May 2021 to 5 May 2021"), None);
        assert_eq!(told("Version 10.2.3"), None);
    }

    proptest! {
        #[test]
        fn no_words_make_it_panic(words in any::<String>()) {
            let pages = Pages::default();
            let _ = (read(&words, true, &pages), within(&words, false, &pages));
        }

        #[test]
        fn nearly_dates_make_no_panic(words in "[0-9]{0,14}[-/.:T ]?[0-9]{0,5}[-/.:T ]?[0-9]{0,5}[-/.:T +]?[0-9:.]{0,12}[-+Z]?[0-9:]{0,6}") {
            let pages = Pages::default();
            for moment in [read(&words, true, &pages), within(&words, false, &pages)].into_iter().flatten() {
                prop_assert_eq!(read(&moment.iso(), false, &pages).map(|again| again.day), Some(moment.day));
            }
        }
    }
}
