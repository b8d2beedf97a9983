//! On what the reports of a happening do not agree.
//!
//! In go its reports in order; out come the fields on which two say what cannot both be so, with all values and who gives each. What is only told less exactly is no disagreement.

use crate::compared::{day_numbers, days_between};
use crate::pair::InDispatch;
use crate::{Disagreement, Field, Side};
use depeche_record::Status;
use std::collections::{BTreeMap, BTreeSet};

/// Hundredths of a degree beyond which two places are not one.
const FAR: i32 = 50;
/// How many letters two counted words must begin with in common to be one.
const STEM: usize = 5;

type Sides = BTreeMap<String, BTreeSet<usize>>;

pub(crate) fn of(events: &[InDispatch<'_>]) -> Vec<Disagreement> {
    let found = [
        (Field::When, when(events)),
        (Field::Place, place(events)),
        (Field::Status, status(events)),
        (Field::Number, number(events)),
        (Field::Actors, actors(events)),
    ];
    found.into_iter().filter_map(|(field, sides)| told(field, sides?)).collect()
}

fn told(field: Field, sides: Sides) -> Option<Disagreement> {
    let sides: Vec<Side> = sides.into_iter().map(|(value, reports)| Side { value, reports: reports.into_iter().collect() }).collect();
    (sides.len() > 1).then_some(Disagreement { field, sides })
}

/// Sides by a value, where two of the values are at odds.
fn sides(
    events: &[InDispatch<'_>],
    value: impl Fn(&InDispatch<'_>) -> Option<String>,
    at_odds: impl Fn(&InDispatch<'_>, &InDispatch<'_>) -> bool,
) -> Option<Sides> {
    let mut sides = Sides::new();
    let odd = |one: &InDispatch<'_>| events.iter().any(|other| at_odds(one, other));
    for (at, event) in events.iter().enumerate() {
        if let Some(value) = value(event).filter(|_| odd(event)) {
            sides.entry(value).or_default().insert(at);
        }
    }
    (!sides.is_empty()).then_some(sides)
}

fn when(events: &[InDispatch<'_>]) -> Option<Sides> {
    let days = |event: &InDispatch<'_>| day_numbers(event.event.first, event.event.last);
    sides(events, |event| event.event.when.clone(), |one, other| days_between(days(one), days(other)) > 0)
}

fn place(events: &[InDispatch<'_>]) -> Option<Sides> {
    let apart = |one: &InDispatch<'_>, other: &InDispatch<'_>| {
        let spots = one.event.spot.zip(other.event.spot);
        // A country is where its capital is only for want of a better point.
        let countries = one.event.place_country != other.event.place_country;
        spots.is_some_and(|(one, other)| (one.0 - other.0).abs().max((one.1 - other.1).abs()) > FAR) && countries
    };
    sides(events, |event| event.event.place.clone(), apart)
}

/// Whether it happened: only a denial stands against the rest, for what was planned, alleged or under way may have occurred.
fn status(events: &[InDispatch<'_>]) -> Option<Sides> {
    let denied = |event: &InDispatch<'_>| event.event.status == Status::Denied;
    sides(events, |event| Some(event.event.status.name().to_owned()), |one, other| denied(one) != denied(other))
}

/// Who did it, where two name countries none of which is the other's.
fn actors(events: &[InDispatch<'_>]) -> Option<Sides> {
    let countries =
        |event: &InDispatch<'_>| -> BTreeSet<String> { event.event.actors.iter().filter_map(|party| party.country.clone()).collect() };
    let all = |event: &InDispatch<'_>| -> BTreeSet<String> {
        event.event.actors.iter().chain(&event.event.recipients).filter_map(|party| party.country.clone()).collect()
    };
    let value = |event: &InDispatch<'_>| Some(countries(event).into_iter().collect::<Vec<_>>().join(" ")).filter(|value| !value.is_empty());
    let at_odds = |one: &InDispatch<'_>, other: &InDispatch<'_>| {
        let (left, right) = (countries(one), countries(other));
        !left.is_empty() && !right.is_empty() && left.is_disjoint(&all(other)) && right.is_disjoint(&all(one))
    };
    sides(events, value, at_odds)
}

/// How many: numbers of one thing, told by the word behind them; a report that gives one of those numbers in another language's words stands with it.
fn number(events: &[InDispatch<'_>]) -> Option<Sides> {
    let mut counted: BTreeMap<String, Sides> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        for (number, word) in event.event.numbers.iter().filter(|(_, word)| word.chars().count() > 2) {
            let stem: String = word.chars().take(STEM).collect();
            counted.entry(stem).or_default().entry(number.clone()).or_default().insert(at);
        }
    }
    // Of the things that are counted differently, the one that most reports count.
    let differing = counted.into_values().filter(|sides| {
        let everywhere = sides.values().flatten().collect::<BTreeSet<_>>().len();
        sides.len() > 1 && everywhere > 1 && sides.values().any(|one| sides.values().any(|other| one.is_disjoint(other)))
    });
    let mut sides = differing.max_by_key(|sides| sides.values().flatten().collect::<BTreeSet<_>>().len())?;
    for (at, event) in events.iter().enumerate() {
        for (number, _) in &event.event.numbers {
            if let Some(side) = sides.get_mut(number) {
                side.insert(at);
            }
        }
    }
    Some(sides)
}
