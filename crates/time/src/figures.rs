//! Times written in figures: ISO dates, 12/03/2024, 18:30, and the digits that words of time take.
//!
//! In goes a place among the words; out come the end and the fields of the figure that stands there. A figure with the form of a date that
//! no calendar has (2026-13-45) is taken whole and marked as none, so that no part of it is read as something else.

use crate::lexicon::is_part_of_figure;
use crate::pattern::Figure;
use crate::words::{Shape, WordId, Words};
use depeche_packs::temporal::{Fields, NumericOrder};
use jiff::civil::Date;
use std::collections::HashSet;

/// What a language says of its figures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    /// Order of day and month.
    pub(crate) order: NumericOrder,
    /// Suffixes of ordinals.
    pub(crate) suffixes: HashSet<WordId>,
}

impl Figures {
    /// The figure of this shape at `at`: its end and what it sets.
    pub(crate) fn find(&self, figure: Figure, words: &Words<'_>, at: usize) -> Option<(usize, Fields)> {
        let mut fields = Fields::default();
        match figure {
            Figure::Numeric => return self.numeric(words, at),
            Figure::Clock => return clock(words, at),
            Figure::Roman => {
                fields.ordinal = Some(roman(words.text(at))?);
                return Some((self.after_suffix(words, at), fields));
            }
            _ => {}
        }
        let Shape::Digits { value, count } = words.get(at)?.shape else {
            return if figure == Figure::ShortYear { short_year(words, at) } else { None };
        };
        if is_part_of_figure(words, at) {
            return None;
        }
        let mut end = at + 1;
        match figure {
            Figure::Year if count == 4 && (1000..2200).contains(&value) && !goes_on(words, at) => fields.year = Some(value as i16),
            Figure::RecentYear if count == 4 && (1900..2060).contains(&value) && !goes_on(words, at) => fields.year = Some(value as i16),
            Figure::PlainClock if count == 4 && value < 2400 && value % 100 < 60 => {
                (fields.hour, fields.minute) = (Some((value / 100) as i8), Some((value % 100) as i8));
            }
            Figure::Day if count <= 2 && (1..=31).contains(&value) => {
                fields.day = Some(value as i8);
                end = self.after_suffix(words, at);
            }
            Figure::NoYear if (value == 0 || count > 4 || count == 4 && !(1000..2200).contains(&value)) && !counts(words, at) => {
                fields.invalid = Some(true);
            }
            Figure::NoDay if count <= 2 && !(1..=31).contains(&value) => fields.invalid = Some(true),
            Figure::Hour if count <= 2 && value <= 24 => fields.hour = Some(value as i8),
            Figure::Minute if count == 2 && value < 60 => fields.minute = Some(value as i8),
            Figure::Tens if count == 2 && value % 10 == 0 => fields.decade = Some(190 + (value / 10) as i16),
            _ => return None,
        }
        Some((end, fields))
    }

    /// Past an ordinal's suffix that touches the word at `at`.
    fn after_suffix(&self, words: &Words<'_>, at: usize) -> usize {
        let suffix = words.touches_next(at) && words.get(at + 1).is_some_and(|word| self.suffixes.contains(&word.id));
        at + 1 + usize::from(suffix)
    }

    /// Three numbers with the same sign between, no space inside: 2024-03-12, 12/03/2024, 12.03.24; a time may follow an ISO date.
    fn numeric(&self, words: &Words<'_>, at: usize) -> Option<(usize, Fields)> {
        let digits = |index: usize| match words.get(at + index)?.shape {
            Shape::Digits { value, count } => Some((value as i32, count)),
            _ => None,
        };
        if at > 0 && words.touches_previous(at) && !matches!(words.text(at - 1), "(" | "[" | "«" | "\"" | "'" | "“" | "’" | ":" | "," | ";")
        {
            return None;
        }
        let sign = words.text(at + 1);
        if !matches!(sign, "-" | "/" | "." | "‑") || words.text(at + 3) != sign || (0..4).any(|index| !words.touches_next(at + index)) {
            return None;
        }
        let ((first, first_count), (second, second_count), (third, third_count)) = (digits(0)?, digits(2)?, digits(4)?);
        let mut end = at + 5;
        if matches!(words.text(end), "-" | "/" | "." | "+") && words.touches_previous(end) && words.touches_next(end) {
            return None;
        }
        if second_count > 2 || words.touches_next(end - 1) && digits(5).is_some() {
            return None;
        }
        let (year, month, day) = match (first_count, third_count) {
            (4, 1 | 2) => (first, second, third),
            (1 | 2, 4) => self.ordered(third, first, second),
            (1 | 2, 2) if sign == "/" => self.ordered(if third < 70 { 2000 + third } else { 1900 + third }, first, second),
            _ => return None,
        };
        let mut fields = Fields::default();
        match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
            (Ok(year), Ok(month), Ok(day)) if (1000..2200).contains(&year) && Date::new(year, month, day).is_ok() => {
                (fields.year, fields.month, fields.day) = (Some(year), Some(month), Some(day));
            }
            _ => fields.invalid = Some(true),
        }
        if matches!(words.text(end), "T")
            && words.touches_previous(end)
            && words.touches_next(end)
            && let Some((after, time)) = clock(words, end + 1)
        {
            fields.lay(&time);
            end = after;
        }
        Some((end, fields))
    }

    fn ordered(&self, year: i32, first: i32, second: i32) -> (i32, i32, i32) {
        let day_first = match self.order {
            NumericOrder::DayFirst => second <= 12 || first > 12,
            NumericOrder::MonthFirst => first > 12,
        };
        if day_first { (year, second, first) } else { (year, first, second) }
    }
}

/// Whether the figure at `at` goes on: 2000,5 or 1990.000 or 1990/3.
fn goes_on(words: &Words<'_>, at: usize) -> bool {
    if !words.touches_next(at) {
        return false;
    }
    match words.get(at + 1) {
        None => false,
        Some(next) => match next.shape {
            // A single letter may be a plural's, as in “the 1930s”.
            Shape::Letters { .. } => next.chars.1 - next.chars.0 > 1,
            Shape::Digits { .. } => true,
            Shape::Sign => {
                matches!(words.text(at + 1), "," | "." | "%" | "€" | "$" | "+")
                    && (!matches!(words.text(at + 1), "," | ".")
                        || words.touches_next(at + 1) && matches!(words.get(at + 2).map(|word| word.shape), Some(Shape::Digits { .. })))
            }
        },
    }
}

/// Whether the digits at `at` may count what follows: a word, or more of the figure.
fn counts(words: &Words<'_>, at: usize) -> bool {
    goes_on(words, at) || words.get(at + 1).is_some_and(|next| !next.opens && !matches!(next.shape, Shape::Sign))
}

/// `'82`: an apostrophe and two digits.
fn short_year(words: &Words<'_>, at: usize) -> Option<(usize, Fields)> {
    if !matches!(words.text(at), "'" | "’" | "‘") || !words.touches_next(at) {
        return None;
    }
    match words.get(at + 1)?.shape {
        Shape::Digits { value, count: 2 } => {
            let year = if value < 50 { 2000 + value } else { 1900 + value };
            Some((at + 2, Fields { year: Some(year as i16), ..Fields::default() }))
        }
        _ => None,
    }
}

/// `18:30`, `18:30:05`, each with `Z` or `+02:00` touching.
fn clock(words: &Words<'_>, at: usize) -> Option<(usize, Fields)> {
    let two = |index: usize| match words.get(index)?.shape {
        Shape::Digits { value, count: 2 } if value < 60 => Some(value as i8),
        _ => None,
    };
    let colon = |index: usize| words.text(index) == ":" && words.touches_previous(index) && words.touches_next(index);
    let hour = match words.get(at)?.shape {
        Shape::Digits { value, count: 1 | 2 } if value <= 24 => value as i8,
        _ => return None,
    };
    if !colon(at + 1) || at > 1 && colon(at - 1) {
        return None;
    }
    let mut fields = Fields { hour: Some(hour), minute: Some(two(at + 2)?), ..Fields::default() };
    let mut end = at + 3;
    if colon(end) {
        fields.second = Some(two(end + 1)?);
        end += 2;
    }
    if words.touches_previous(end) {
        match words.text(end) {
            "Z" => {
                fields.zone = Some(0);
                end += 1;
            }
            sign @ ("+" | "-") if words.touches_next(end) => {
                if let Some(hours) = two(end + 1).filter(|hours| *hours <= 14) {
                    let minutes = if colon(end + 2) { two(end + 3) } else { None };
                    let east = i16::from(hours) * 60 + i16::from(minutes.unwrap_or(0));
                    fields.zone = Some(if sign == "-" { -east } else { east });
                    end += if minutes.is_some() { 4 } else { 2 };
                }
            }
            _ => {}
        }
    }
    Some((end, fields))
}

/// The value of a Roman ordinal up to 39, in capitals, with small letters after it as its suffix.
fn roman(word: &str) -> Option<i16> {
    let numeral = word.trim_end_matches(|letter: char| letter.is_lowercase());
    if numeral.is_empty() || word.len() - numeral.len() > 4 || numeral.len() > 6 {
        return None;
    }
    let digit = |letter| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let mut total = 0;
    let mut letters = numeral.chars().peekable();
    while let Some(letter) = letters.next() {
        let value = digit(letter)?;
        total += match letters.peek().copied().map(digit) {
            Some(Some(next)) if next > value => -value,
            _ => value,
        };
    }
    (1..40).contains(&total).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_ordinals() {
        assert_eq!(roman("XIXe"), Some(19));
        assert_eq!(roman("XXI"), Some(21));
        assert_eq!(roman("IVème"), Some(4));
        assert_eq!(roman("Italie"), None);
        assert_eq!(roman("mille"), None);
    }
}
