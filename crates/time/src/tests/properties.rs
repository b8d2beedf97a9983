//! What must hold of every date of two centuries in every form, and of whatever random texts give.

use super::*;
use jiff::ToSpan;
use proptest::prelude::*;

const FRENCH_MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
const ENGLISH_MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const FRENCH_WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const ENGLISH_WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A form of a date: its recogniser and how the date is written in it.
type Form = (&'static LazyLock<Recogniser>, fn(Date) -> String);

fn month_of(day: Date, names: [&'static str; 12]) -> &'static str {
    names[day.month().unsigned_abs() as usize - 1]
}

fn weekday_of(day: Date, names: [&'static str; 7]) -> &'static str {
    names[day.weekday().to_monday_zero_offset().unsigned_abs() as usize]
}

const FORMS: [Form; 16] = [
    (&FRENCH, |day| day.to_string()),
    (&FRENCH, |day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())),
    (&FRENCH, |day| format!("{}.{}.{}", day.day(), day.month(), day.year())),
    (&FRENCH, |day| format!("{:02}-{:02}-{}", day.day(), day.month(), day.year())),
    (&FRENCH, |day| format!("le {} {} {}", day.day(), month_of(day, FRENCH_MONTHS), day.year())),
    (&FRENCH, |day| format!("{} {} {} {}", weekday_of(day, FRENCH_WEEKDAYS), day.day(), month_of(day, FRENCH_MONTHS), day.year())),
    (&FRENCH, |day| format!("Le {}{} {} {}", day.day(), if day.day() == 1 { "er" } else { "" }, month_of(day, FRENCH_MONTHS), day.year())),
    (&FRENCH, |day| format!("le {} {} de l’année {}", day.day(), month_of(day, FRENCH_MONTHS), day.year())),
    (&ENGLISH, |day| day.to_string()),
    (&ENGLISH, |day| format!("{}/{}/{}", day.month(), day.day(), day.year())),
    (&ENGLISH, |day| format!("{} {}, {}", month_of(day, ENGLISH_MONTHS), day.day(), day.year())),
    (&ENGLISH, |day| format!("{} {} {}", day.day(), month_of(day, ENGLISH_MONTHS), day.year())),
    (&ENGLISH, |day| format!("{}, {} {}, {}", weekday_of(day, ENGLISH_WEEKDAYS), month_of(day, ENGLISH_MONTHS), day.day(), day.year())),
    (&ENGLISH, |day| format!("the {}th of {} {}", day.day(), month_of(day, ENGLISH_MONTHS), day.year())),
    (&ENGLISH, |day| {
        format!("{}{} {}, {}", &month_of(day, ENGLISH_MONTHS)[..3], if day.month() == 5 { "" } else { "." }, day.day(), day.year())
    }),
    (&ENGLISH, |day| format!("{} {} {}", day.day(), &month_of(day, ENGLISH_MONTHS)[..3], day.year())),
];

/// All days of two centuries.
fn days_of_two_centuries() -> impl Iterator<Item = Date> {
    let first: Date = "1900-01-01".parse().expect("a date");
    first.series(1.day()).take_while(|day| day.year() <= 2100)
}

fn check_form(day: Date, (recogniser, write): Form) {
    let text = write(day);
    assert_eq!(values(recogniser, &text), vec![Some(day.to_string())], "{text}");
}

/// The forms take turns: years and months are of unlike lengths, so that each form meets each day of each month.
#[test]
fn every_date_of_two_centuries_round_trips() {
    for (day, form) in days_of_two_centuries().zip(FORMS.iter().cycle()) {
        check_form(day, *form);
    }
}

#[test]
fn the_ends_of_all_months_round_trip_in_every_form() {
    for day in days_of_two_centuries().filter(|day| day.day() == 1 || *day == day.last_of_month()) {
        FORMS.iter().for_each(|form| check_form(day, *form));
    }
}

#[test]
fn a_weekday_picks_the_year_in_which_it_fits() {
    let today: Date = "2024-05-15".parse().expect("a date");
    for back in 0_i64..365 {
        let day = today.checked_sub(back.days()).expect("inside the calendar");
        let text = format!("le {} {} {}", weekday_of(day, FRENCH_WEEKDAYS), day.day(), month_of(day, FRENCH_MONTHS));
        let given = values(&FRENCH, &text);
        let [Some(value)] = given.as_slice() else { panic!("{text} gives {given:?}") };
        let given: Date = value.parse().expect("a day");
        assert_eq!((given.weekday(), given.month(), given.day()), (day.weekday(), day.month(), day.day()), "{text}");
    }
}

/// Whether a value is one that TIMEX3 knows.
fn is_well_formed(value: &str) -> bool {
    let (date, clock) = match value.split_once('T') {
        Some((date, clock)) if !date.starts_with('P') => (date, Some(clock)),
        _ => (value, None),
    };
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X');
    let is_date = match date.split('-').collect::<Vec<_>>().as_slice() {
        [_] if date.ends_with("_REF") => matches!(date, "PAST_REF" | "PRESENT_REF" | "FUTURE_REF"),
        [length] if length.starts_with('P') => length.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || byte == b'.'),
        [year] => (2..=4).any(|count| digits(year, count)),
        [year, part] if digits(year, 4) => {
            digits(part, 2)
                || matches!(*part, "SP" | "SU" | "FA" | "WI" | "H1" | "H2" | "Q1" | "Q2" | "Q3" | "Q4")
                || part.strip_prefix('W').is_some_and(|week| digits(week, 2))
        }
        [year, week, day] if week.starts_with('W') => digits(year, 4) && digits(&week[1..], 2) && (*day == "WE" || digits(day, 1)),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    };
    is_date
        && clock.is_none_or(|clock| {
            matches!(clock, "MO" | "MI" | "AF" | "EV" | "NI" | "DT") || clock.get(..2).is_some_and(|hour| digits(hour, 2))
        })
}

/// What must hold of whatever a text gives.
fn hold_together(recogniser: &Recogniser, text: &str, interval: &str) -> Result<(), TestCaseError> {
    let doc = plain_doc(text);
    let letters = text.chars().count();
    let expressions = recogniser.recognise(&doc);
    let mut end = 0;
    for expression in &expressions {
        prop_assert!(end <= expression.span.start && expression.span.start < expression.span.end && expression.span.end <= letters);
        end = expression.span.end;
    }
    let resolved = recogniser.resolve(&expressions, &published(interval), &doc);
    for timex in &resolved.timexes {
        let told: String = text.chars().skip(timex.span.start).take(timex.span.len()).collect();
        prop_assert_eq!(&timex.text, &told);
        prop_assert!(timex.value.as_deref().is_none_or(is_well_formed), "{:?}", timex);
        prop_assert!(timex.earliest.is_none() || timex.latest.is_none() || timex.earliest <= timex.latest, "{:?}", timex);
    }
    prop_assert_eq!(&resolved, &recogniser.resolve(&recogniser.recognise(&doc), &published(interval), &doc));
    recogniser.date_dispatch(&Dispatch::default(), &doc, &expressions, &[]);
    Ok(())
}

/// Words and figures that times are made of, in both languages.
const TEMPORAL_WORDS: [&str; 88] = [
    "le",
    "31",
    "99999",
    "0",
    "février",
    "dernier",
    "il y a",
    "deux",
    "mille",
    "ans",
    "dans",
    "siècle",
    "fin",
    "de",
    "l'",
    "été",
    "2024",
    "lundi",
    "à",
    "24 h",
    "59",
    "la veille",
    "prochain",
    "depuis",
    "du",
    "au",
    "et",
    "-",
    "années",
    "60",
    "9999",
    "(",
    ")",
    "Dey",
    "1397",
    "ramadan",
    "Muharram",
    "1445",
    "de l'hégire",
    "solaire",
    "Norouz",
    "Pâques",
    "Noël",
    "le lendemain de",
    "Hanoukka",
    "Nouvel An chinois",
    "Thanksgiving",
    "last",
    "next",
    "the day before",
    "Christmas",
    "Easter",
    "May",
    "5",
    ",",
    "AH",
    "of the Persian calendar",
    "th",
    "of",
    "the",
    "first",
    "quarter",
    "century",
    "1930",
    "s",
    "20:15",
    "+02:00",
    "2026-13-45",
    "31/02/2024",
    "ago",
    "three",
    "weeks",
    "every",
    "Monday",
    "noon",
    "night",
    "mid-",
    "early",
    "2200",
    "1000",
    "XXe",
    "trimestre",
    "chaque",
    "soir",
    "hier",
    "yesterday",
    "1",
    "30",
];

proptest! {
    #[test]
    fn any_date_round_trips_in_any_form(day in 1i8..=31, month in 1i8..=12, year in 1900i16..=2100, form in proptest::sample::select(FORMS.to_vec())) {
        if let Ok(day) = Date::new(year, month, day) {
            check_form(day, form);
        }
    }

    #[test]
    fn no_text_is_too_odd(text in ".{0,80}", interval in "(|2024-05-15|0001-01-01|9999-12-31|2020-01-01/2025-12-31)") {
        hold_together(&FRENCH, &text, &interval)?;
        hold_together(&ENGLISH, &text, &interval)?;
    }

    #[test]
    fn times_are_the_same_however_the_text_is_cut(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "Le", "bal", "a", "été", "payé.", "M.", "En", "mars", "lundi", "18h30", "après-midi", "d’août", "2024,", "\n", "\n\n", "partira",
                "aujourd'hui", "qui", "\u{200b}", "(3", "mai)", "!", "«", "»", "hier\u{ad}",
            ]),
            0..24,
        ),
        cuts in proptest::collection::vec(1..5_usize, 40),
    ) {
        let text = words.join(" ");
        let letters: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut start = 0;
        for length in cuts.iter().cycle() {
            if start >= letters.len() {
                break;
            }
            let end = letters.len().min(start + length);
            if !letters[start..end].iter().all(|letter| letter.is_whitespace()) {
                tokens.push(TokenAnnotation { start, end, ..TokenAnnotation::default() });
            }
            start = end;
        }
        // What is before the first token or after the last is not read.
        let read = |span: CharSpan| tokens.first().is_some_and(|token| token.start <= span.start) && tokens.last().is_some_and(|token| token.end >= span.end);
        let other = Doc::from_annotation(&text, &Annotation { tokens: tokens.clone(), ents: Vec::new() });
        let facts = |doc: &Doc| -> Vec<_> {
            let expressions = FRENCH.recognise(doc);
            expressions.into_iter().map(|expression| (expression.span, expression.outlook, expression.sentence)).filter(|(span, ..)| read(*span)).collect()
        };
        prop_assert_eq!(facts(&plain_doc(&text)), facts(&other));
        prop_assert_eq!(FRENCH.sentences(&plain_doc(&text)).len(), FRENCH.sentences(&other).len());
    }

    #[test]
    fn no_heap_of_temporal_words_is_too_odd(
        words in proptest::collection::vec((proptest::sample::select(TEMPORAL_WORDS.to_vec()), proptest::bool::weighted(0.85)), 0..24),
        interval in "(|2024-05-15|0001-01-01|9999-12-31|2024-05-15/2024-06-01)",
    ) {
        let text: String = words.iter().map(|(word, space)| format!("{word}{}", if *space { " " } else { "" })).collect();
        hold_together(&FRENCH, &text, &interval)?;
        hold_together(&ENGLISH, &text, &interval)?;
    }

    #[test]
    fn a_date_of_another_calendar_is_its_day(year in 1310i16..1500, month in 1i8..=12, day in 1i8..=31) {
        use crate::OtherCalendar::{Hijri, Persian};
        for (calendar, names) in [(Persian, PERSIAN_MONTHS), (Hijri, HIJRI_MONTHS)] {
            let name = names[month.unsigned_abs() as usize - 1];
            let expected = crate::other_calendars::civil_day(calendar, year, month, day).map(|day| day.to_string());
            prop_assert_eq!(values(&FRENCH, &format!("le {day} {name} {year}")), vec![expected.clone()]);
            prop_assert_eq!(values(&ENGLISH, &format!("on {day} {name} {year}")), vec![expected]);
        }
    }
}

const PERSIAN_MONTHS: [&str; 12] =
    ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"];
const HIJRI_MONTHS: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabi al-awwal",
    "Rabi al-thani",
    "Jumada al-ula",
    "Jumada al-thani",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qadah",
    "Dhu al-Hijjah",
];
