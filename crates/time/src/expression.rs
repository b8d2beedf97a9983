//! A time expression as recognised: where it stands, its type, and what it means before any date is known.

use crate::other_calendars;
use crate::tense::Outlook;
use depeche_packs::temporal::{Bound, Direction, Fields, Holiday, Meaning, Modifier, Origin, OtherCalendar, Part, Reference, Season, Unit};
use depeche_record::{CharSpan, TimexKind};
use std::ops::Range;

/// A time expression that no date has placed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The tokens that it stands on; its span may begin or end inside one.
    pub tokens: Range<usize>,
    /// Its characters.
    pub span: CharSpan,
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// What it means.
    pub value: Value,
    /// TIMEX3 modifier.
    pub modifier: Option<Modifier>,
    /// What a preposition or range makes of it for its event.
    pub bound: Bound,
    /// Which way the verb near it looks.
    pub outlook: Outlook,
    /// The number of its sentence.
    pub sentence: usize,
}

impl Expression {
    /// Whether it says a year: « en 2019 », « le 6 février 2026 ».
    pub fn names_year(&self) -> bool {
        matches!(self.value, Value::Calendar(Calendar { year: Some(_), .. }))
    }
}

/// What an expression means, as far as it says itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Fields of a calendar and clock, some perhaps missing: « février », « ce vendredi 6 février », « 18 h 30 ».
    Calendar(Calendar),
    /// So many units from an origin, and what is picked out there: « le mois dernier », « en mars de l'année dernière ».
    Offset {
        /// How many units, negative into the past.
        amount: i32,
        /// Unit.
        unit: Unit,
        /// From when.
        origin: Origin,
        /// Whether it was counted (« il y a deux semaines », to the day) or named (« la semaine dernière », the whole week).
        counted: bool,
        /// What is picked out there.
        within: Calendar,
    },
    /// A length of time.
    Duration {
        /// How many units; `None` for an unstated number.
        amount: Option<f64>,
        /// Unit.
        unit: Unit,
        /// Where it lies by the present: « les deux dernières années ».
        direction: Option<Direction>,
    },
    /// A recurring time: each unit, or each such calendar day.
    Set {
        /// How many units between two times.
        amount: Option<f64>,
        /// Unit.
        unit: Option<Unit>,
        /// What recurs: a weekday, month, part of the day.
        of: Calendar,
    },
    /// Past, present or future and no more.
    Reference(Reference),
    /// The form of a date that no calendar has: 31 February.
    Invalid,
}

/// Fields of a calendar and clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the fields are those of `Fields`, where they are told")]
pub struct Calendar {
    pub year: Option<i16>,
    pub decade: Option<i16>,
    pub century: Option<i16>,
    pub half: Option<i8>,
    pub quarter: Option<i8>,
    pub season: Option<Season>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub weekday: Option<i8>,
    pub holiday: Option<Holiday>,
    pub days_after: Option<i8>,
    pub calendar: Option<OtherCalendar>,
    pub direction: Option<Direction>,
    /// Which one of the row of weekdays in the month or season: « le premier dimanche de mai ».
    pub ordinal: Option<i16>,
    pub clock: Option<Clock>,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// A part of the day.
    Part(Part),
    /// Hours, minutes, seconds where said, minutes east of Greenwich where said.
    At(i8, Option<i8>, Option<i8>, Option<i16>),
}

impl Calendar {
    /// Whether it says nothing of the day.
    pub fn is_only_clock(&self) -> bool {
        self.clock.is_some() && Calendar { clock: None, ..*self } == Calendar::default()
    }

    /// Whether year, month and day are all said.
    pub fn is_full_date(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    fn of(fields: &Fields) -> Calendar {
        let clock = match (fields.hour, fields.part) {
            (Some(hour), part) => {
                let hour = match (fields.meridiem, part) {
                    (Some(12), _) if hour < 12 => hour + 12,
                    (Some(0), _) if hour == 12 => 0,
                    (None, Some(Part::Afternoon | Part::Evening)) if (1..12).contains(&hour) => hour + 12,
                    _ => hour,
                };
                Some(Clock::At(hour, fields.minute, fields.second, fields.zone))
            }
            (None, Some(part)) => Some(Clock::Part(part)),
            (None, None) => None,
        };
        Calendar {
            year: fields.year,
            decade: fields.decade,
            century: fields.century,
            half: fields.half,
            quarter: fields.quarter,
            season: fields.season,
            month: fields.month,
            day: fields.day,
            weekday: fields.weekday,
            holiday: fields.holiday,
            days_after: fields.days_after,
            calendar: fields.calendar,
            direction: fields.direction,
            ordinal: fields.ordinal,
            clock,
        }
    }
}

/// What fields mean together, and of which type that is. `None` where they make no time.
pub(crate) fn read(fields: &Fields) -> Option<(Value, TimexKind)> {
    let mut fields = *fields;
    let number = fields.number.map(|number| number + fields.plus.unwrap_or(0.0));
    if fields.invalid == Some(true) {
        return Some((Value::Invalid, TimexKind::Date));
    }
    if let Some(reference) = fields.reference {
        return Some((Value::Reference(reference), TimexKind::Date));
    }
    match fields.meaning {
        Some(Meaning::Decade) => {
            // « les années trente » are of the twentieth century, where no century is said.
            let tens = number.filter(|tens| (10.0..100.0).contains(tens)).map(|tens| 190 + (tens / 10.0) as i16);
            fields.decade = fields.decade.or(fields.year.map(|year| year / 10)).or(tens);
            fields.number = None;
            fields.year = None;
        }
        Some(Meaning::Century) => {
            // « le dernier siècle » counts from the present, not from our era.
            fields.century = fields.century.or(fields.ordinal.filter(|ordinal| *ordinal >= 1).map(|ordinal| ordinal - 1));
            (fields.ordinal, fields.unit) = (None, None);
        }
        Some(Meaning::Duration) => {
            let unit = fields.unit?;
            let amount = if fields.vague == Some(true) { None } else { Some(number.unwrap_or(1.0)) };
            return Some((Value::Duration { amount, unit, direction: fields.direction }, TimexKind::Duration));
        }
        Some(Meaning::Set) => {
            let of = Calendar::of(&fields);
            let amount = if fields.vague == Some(true) { None } else { Some(number.unwrap_or(1.0)) };
            return Some((Value::Set { amount, unit: fields.unit, of }, TimexKind::Set));
        }
        Some(Meaning::Date) | None => {}
    }
    if let (Some(unit @ (Unit::Quarter | Unit::Half)), Some(ordinal)) = (fields.unit, fields.ordinal) {
        let last = if unit == Unit::Quarter { 4 } else { 2 };
        let which = if ordinal < 0 { last } else { i8::try_from(ordinal).ok().filter(|which| (1..=last).contains(which))? };
        *(if unit == Unit::Quarter { &mut fields.quarter } else { &mut fields.half }) = Some(which);
        (fields.unit, fields.ordinal) = (None, None);
    }
    let counted = fields.sign.is_some() && fields.whole != Some(true);
    let amount = match (fields.offset, fields.sign, fields.direction) {
        (Some(amount), _, _) => Some(amount),
        (None, Some(sign), _) => number.map(|number| (number.min(9999.0).round() as i32) * i32::from(sign)),
        (None, None, Some(direction)) if fields.unit.is_some() => Some(steps(direction)),
        _ => None,
    };
    let within = Calendar::of(&fields);
    let kind = if within.clock.is_some() { TimexKind::Time } else { TimexKind::Date };
    if let (Some(amount), Some(unit)) = (amount, fields.unit) {
        let within = Calendar { direction: None, ..within };
        return Some((Value::Offset { amount, unit, origin: fields.origin.unwrap_or(Origin::Published), counted, within }, kind));
    }
    if let (Some(calendar), None) = (within.calendar, within.day)
        && !within.year.is_some_and(|year| other_calendars::is_own_year(calendar, year))
    {
        // Without its day or its own year the month's name is a person's or an agency's.
        return None;
    }
    if let (Some(month), Some(day)) = (within.month, within.day)
        && !is_day(&within, month, day)
    {
        return Some((Value::Invalid, TimexKind::Date));
    }
    (within != Calendar::default()).then_some((Value::Calendar(within), kind))
}

/// Whether the calendar has the day: in its year, in any where no year of its own is said.
fn is_day(fields: &Calendar, month: i8, day: i8) -> bool {
    match (fields.calendar, fields.year) {
        (None, year) => jiff::civil::Date::new(year.unwrap_or(2000), month, day).is_ok(),
        (Some(calendar), Some(year)) if other_calendars::is_own_year(calendar, year) => {
            other_calendars::civil_day(calendar, year, month, day).is_some()
        }
        (Some(calendar), _) => calendar.longest(month).is_some_and(|longest| (1..=longest).contains(&day)),
    }
}

/// How many of its kind from the present one.
pub(crate) fn steps(direction: Direction) -> i32 {
    match direction {
        Direction::Last => -1,
        Direction::This => 0,
        Direction::Next => 1,
    }
}

/// TIMEX3's name of a modifier.
pub(crate) fn modifier_name(modifier: Modifier) -> &'static str {
    match modifier {
        Modifier::Start => "START",
        Modifier::Mid => "MID",
        Modifier::End => "END",
        Modifier::Approx => "APPROX",
        Modifier::MoreThan => "MORE_THAN",
        Modifier::LessThan => "LESS_THAN",
        Modifier::EqualOrMore => "EQUAL_OR_MORE",
        Modifier::EqualOrLess => "EQUAL_OR_LESS",
    }
}
