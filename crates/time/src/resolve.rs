//! Resolution: expressions and the day of publication to TIMEX3 values with their first and last days.
//!
//! Expressions are taken in the order of the text, so that « la veille » counts from the last day told before it. Where publication is only
//! an interval, every day in it is tried: what all agree on is the value, and what they do not is an interval without one. A bare time of
//! day takes the day of its sentence. Nothing here fails; what has no answer keeps its text and has no value.

use crate::calendar::Period;
use crate::expression::{Calendar, Clock, Expression, Value, modifier_name};
use crate::place::{CountedFrom, Reckoning, place, reach};
use crate::recognise::Recogniser;
use crate::tense::Outlook;
use crate::value;
use depeche_nlp::Doc;
use depeche_packs::temporal::{Bound, Unit};
use depeche_record::{Published, Timex};
use jiff::civil::Date;
use std::ops::Range;

/// Time expressions with their values, and what the record does not keep of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    /// In the order of the text, `t1`, `t2`, ….
    pub timexes: Vec<Timex>,
    /// For each, its tokens.
    pub tokens: Vec<Range<usize>>,
    /// For each, what the words before make of it.
    pub bounds: Vec<Bound>,
    /// The indexes of those that have the form of a date which no calendar has: 31 February, 2026-13-45.
    pub impossible: Vec<usize>,
    /// The last day on which the text may have been published, where it is known.
    pub published: Option<Date>,
}

/// Where an expression was placed.
#[derive(Debug, Clone, Default)]
struct Placed {
    value: Option<String>,
    earliest: Option<Date>,
    latest: Option<Date>,
    anchor: Option<String>,
    /// The one day, where it is one.
    day: Option<Date>,
}

/// Days of an interval of publication tried one by one; a wider interval is tried at its months' ends.
const MOST_DAYS: i64 = 400;

impl Recogniser {
    /// Places `expressions` of `doc` on the calendar.
    pub fn resolve(&self, expressions: &[Expression], published: &Published, doc: &Doc) -> Resolved {
        let days = days_of(published);
        let mut placed: Vec<Placed> = Vec::with_capacity(expressions.len());
        let mut narrative: Option<(Date, String)> = None;
        // The last stretch told, of any length: “the year before” counts from a year too.
        let mut stretch: Option<(Date, String)> = None;
        for (index, expression) in expressions.iter().enumerate() {
            let id = format!("t{}", index + 1);
            if matches!(expression.value, Value::Calendar(calendar) if calendar.is_only_clock()) {
                placed.push(Placed::default());
                continue;
            }
            let told = if counts_months(&expression.value) { stretch.as_ref() } else { narrative.as_ref() };
            let one = place_one(expression, &days, told);
            if let (Value::Calendar(_) | Value::Offset { .. }, Some(first), true) = (expression.value, one.earliest, one.value.is_some()) {
                stretch = Some((first, id.clone()));
            }
            if let Some(day) = one.day {
                narrative = Some((day, id));
            }
            placed.push(one);
        }
        place_clocks(expressions, &mut placed, &days);
        let mut resolved = Resolved { published: published.latest, ..Resolved::default() };
        for (index, (expression, placed)) in expressions.iter().zip(placed).enumerate() {
            resolved.timexes.push(Timex {
                id: format!("t{}", index + 1),
                span: expression.span,
                text: doc.text().get(expression.bytes.clone()).unwrap_or("").to_owned(),
                kind: expression.kind,
                value: placed.value,
                modifier: expression.modifier.map(|modifier| modifier_name(modifier).to_owned()),
                earliest: placed.earliest,
                latest: placed.latest,
                anchor: placed.anchor.unwrap_or_else(|| "none".to_owned()),
            });
            if expression.value == Value::Invalid {
                resolved.impossible.push(index);
            }
            resolved.tokens.push(expression.tokens.clone());
            resolved.bounds.push(expression.bound);
        }
        resolved
    }
}

/// Gives bare times of day the day before them in their sentence, else the one after, else the last one told, else that of publication.
fn place_clocks(expressions: &[Expression], placed: &mut [Placed], days: &[Date]) {
    // For each, the first after it that is a day.
    let mut days_after = vec![None; expressions.len()];
    let mut next = None;
    for index in (0..expressions.len()).rev() {
        days_after[index] = next;
        if placed[index].day.is_some() {
            next = Some(index);
        }
    }
    let mut told: Option<usize> = None;
    for index in 0..expressions.len() {
        let clock = match expressions[index].value {
            Value::Calendar(calendar) if calendar.is_only_clock() => calendar.clock,
            _ => None,
        };
        if let Some(clock) = clock {
            let same = |other: &usize| expressions[*other].sentence == expressions[index].sentence;
            let (day, anchor) = match (told.filter(same).or(days_after[index].filter(same)).or(told), days) {
                (Some(other), _) => (placed[other].day, Some(format!("t{}", other + 1))),
                (None, [day]) => (Some(*day), Some("published".to_owned())),
                _ => (None, None),
            };
            let date = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string());
            placed[index] = Placed { value: Some(format!("{date}{}", value::clock(clock))), earliest: day, latest: day, anchor, day };
        }
        if placed[index].day.is_some() {
            told = Some(index);
        }
    }
}

/// The days that publication may be, in order; none where it is not known.
fn days_of(published: &Published) -> Vec<Date> {
    // An interval open at one side says nothing of one day.
    let (Some(earliest), Some(latest)) = (published.earliest, published.latest) else { return Vec::new() };
    let mut days = Vec::new();
    let mut day = earliest;
    let narrow = crate::calendar::days_between(earliest, latest) <= MOST_DAYS;
    while day < latest && days.len() < MOST_DAYS as usize * 2 {
        days.push(day);
        let next = if narrow { day.tomorrow().ok() } else { day.last_of_month().tomorrow().ok() };
        match next {
            Some(next) => day = next,
            None => break,
        }
    }
    days.push(latest.max(earliest));
    days
}

fn is_weekday(value: &Value) -> bool {
    matches!(value, Value::Calendar(Calendar { weekday: Some(_), month: None, day: None, .. }))
}

/// Whether it counts in units that a year or month told of is near enough to count from.
fn counts_months(value: &Value) -> bool {
    matches!(value, Value::Offset { unit: Unit::Month | Unit::Quarter | Unit::Half | Unit::Year | Unit::Decade, .. })
}

fn place_one(expression: &Expression, days: &[Date], narrative: Option<&(Date, String)>) -> Placed {
    let outlook = match expression.outlook {
        // What ends on a day that no past tense tells of is still going on.
        Outlook::Unknown | Outlook::Present if expression.bound == Bound::Until && is_weekday(&expression.value) => Outlook::Ahead,
        other => other,
    };
    let clock = match expression.value {
        Value::Calendar(calendar) => calendar.clock,
        Value::Offset { within, .. } => within.clock,
        Value::Duration { amount, unit, direction } => {
            let mut placed = Placed { value: value::duration(amount, unit), ..Placed::default() };
            if let (Some(direction), Some(amount), [day]) = (direction, amount, days)
                && let Some((first, last)) = reach(*day, unit, amount, direction)
            {
                (placed.earliest, placed.latest, placed.anchor) = (Some(first), Some(last), Some("published".to_owned()));
            }
            return placed;
        }
        Value::Set { amount, unit, of } => return Placed { value: value::set(amount, unit, &of), ..Placed::default() },
        Value::Reference(reference) => return Placed { value: Some(value::reference(reference).to_owned()), ..Placed::default() },
        Value::Invalid => return Placed::default(),
    };
    let told = narrative.map(|(day, _)| *day);
    let mut outcomes = Vec::new();
    if days.is_empty() {
        outcomes.extend(place(&expression.value, &Reckoning { today: None, narrative: told, outlook }));
    }
    for &day in days {
        let outcome = place(&expression.value, &Reckoning { today: Some(day), narrative: told, outlook });
        let settled = matches!(outcome, Some((_, CountedFrom::Nothing | CountedFrom::Narrative)));
        outcomes.extend(outcome);
        if settled {
            break;
        }
    }
    let Some(&(period, counted)) = outcomes.first() else {
        return match expression.value {
            Value::Calendar(calendar) => Placed { value: value::partial(&calendar), ..Placed::default() },
            _ => Placed::default(),
        };
    };
    let anchor = match counted {
        CountedFrom::Nothing => None,
        CountedFrom::Narrative => narrative.map(|(_, id)| id.clone()),
        CountedFrom::Publication => Some("published".to_owned()),
    };
    if outcomes.iter().all(|(other, _)| *other == period) {
        return settled(period, clock, anchor);
    }
    let firsts = outcomes.iter().filter_map(|(period, _)| period.first()).min();
    let lasts = outcomes.iter().filter_map(|(period, _)| period.last()).max();
    Placed { value: None, earliest: firsts, latest: lasts, anchor, day: None }
}

/// A stretch with its time of day.
fn settled(period: Period, clock: Option<Clock>, anchor: Option<String>) -> Placed {
    let mut text = period.value();
    if let (Some(text), Some(clock)) = (&mut text, clock) {
        text.push_str(&value::clock(clock));
    }
    let day = if let Period::Day(day) = period { Some(day) } else { None };
    let (earliest, latest) = (period.first(), period.last());
    let known = earliest.is_some() && latest.is_some();
    Placed { value: text.filter(|_| known), earliest, latest, anchor, day }
}
