//! Events ready to be compared.
//!
//! In goes an event of a dossier; out comes the same as numbers: words, names and countries as sorted hashes, days as counts, so that holding one event against another, which is what resolution does
//! most, allocates nothing and reads no text.

use crate::dossier::Dossier;
use crate::keys::{Key, event_keys, hash};
use crate::resolver::Resolver;
use crate::similarity::{Vector, scaled};
use crate::words::folded;
use crate::{EventKey, Party};
use depeche_record::{Date, EntityKind, EventType};

/// The most persons of an event that are looked at: a bit for each.
const PERSONS: usize = 64;
/// PLOVER's mode of a refusal to meet.
const MEET: &str = "meet";

/// Hashes of words or names, each once, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Set(Box<[u64]>);

impl Set {
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Set {
        let mut hashes: Vec<u64> = names.into_iter().map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Set(hashes.into_boxed_slice())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many both have.
    fn shared(&self, other: &Set) -> usize {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = 0;
        while let (Some(one), Some(of_other)) = (left.peek(), right.peek()) {
            match one.cmp(of_other) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    both += 1;
                    left.next();
                    right.next();
                }
            }
        }
        both
    }

    pub(crate) fn meets(&self, other: &Set) -> bool {
        self.shared(other) > 0
    }

    pub(crate) fn is_within(&self, other: &Set) -> bool {
        self.shared(other) == self.len()
    }

    /// What both have, as a share of what either has; 0 where neither has anything.
    pub(crate) fn share(&self, other: &Set) -> f64 {
        let both = self.shared(other);
        let all = self.len() + other.len() - both;
        if all == 0 { 0.0 } else { both as f64 / all as f64 }
    }
}

/// A name with its hash, by which pairs of names are remembered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) hash: u64,
    pub(crate) text: String,
    /// The hash of the country of whoever bears it.
    pub(crate) country: Option<u64>,
    /// Whether it is a name, and not what somebody does: its last word has a capital, or is of a script that has none.
    pub(crate) named: bool,
}

impl Named {
    pub(crate) fn new(text: &str, country: Option<&str>) -> Named {
        let last = text.split_whitespace().last().unwrap_or_default();
        let named = last.chars().any(char::is_uppercase) || !last.chars().any(char::is_lowercase);
        Named { hash: hash(text), text: text.to_owned(), country: country.map(hash), named }
    }
}

/// The first and last day of a stretch, counted; none where an end is open.
pub(crate) type DayNumbers = (Option<i32>, Option<i32>);

/// A stretch of days, counted from 1970.
pub(crate) fn day_numbers(first: Option<Date>, last: Option<Date>) -> DayNumbers {
    let number = |day: Date| (day - Date::constant(1970, 1, 1)).get_days();
    (first.map(number), last.map(number))
}

/// Days between two stretches; 0 where they overlap or an end is open.
pub(crate) fn days_between(one: DayNumbers, other: DayNumbers) -> i64 {
    let after = |last: Option<i32>, first: Option<i32>| last.zip(first).map_or(0, |(last, first)| i64::from(first - last));
    after(one.1, other.0).max(after(other.1, one.0)).max(0)
}

/// An event as numbers.
#[derive(Debug)]
pub(crate) struct Compared {
    /// What it is filed under.
    pub(crate) keys: Vec<Key>,
    /// Countries of who acts, of those towards whom, and of both.
    pub(crate) actors: Set,
    pub(crate) recipients: Set,
    pub(crate) countries: Set,
    /// The persons on either side, for who receives is at times the one who acts.
    pub(crate) persons: Vec<Named>,
    /// The bodies, places and formats.
    pub(crate) others: Vec<Named>,
    /// Words around the trigger, by their rarity, and the same by what they mean in any language.
    pub(crate) words: Vector,
    pub(crate) meanings: Vector,
    /// Names and numbers of the sentence, and what it is about.
    pub(crate) names: Set,
    pub(crate) numbers: Set,
    pub(crate) matters: Set,
    /// The name of its place, folded.
    pub(crate) place: Option<u64>,
    pub(crate) days: DayNumbers,
    /// Whether it is the refusal of a meeting.
    pub(crate) refuses_meeting: bool,
}

impl Compared {
    pub(crate) fn new(resolver: &Resolver, event: &EventKey, dossier: &Dossier) -> Compared {
        let language = dossier.language.as_deref().unwrap_or_default();
        let parties = || event.actors.iter().chain(&event.recipients);
        let named = |is: fn(EntityKind) -> bool| {
            let of_kind = move |party: &&Party| party.kind.is_some_and(is);
            parties().filter(of_kind).map(|party| Named::new(&party.name, party.country.as_deref()))
        };
        let facts = |mark: &'static str| Set::new(event.facts.iter().map(String::as_str).filter(move |fact| fact.starts_with(mark)));
        let weight = |term: &str| resolver.rarity(language, term);
        Compared {
            keys: event_keys(event, dossier),
            actors: countries(&event.actors),
            recipients: countries(&event.recipients),
            countries: Set::new(parties().filter_map(|party| party.country.as_deref())),
            persons: named(|kind| kind == EntityKind::Person).take(PERSONS).collect(),
            others: named(|kind| matches!(kind, EntityKind::Body | EntityKind::Place | EntityKind::Format)).collect(),
            words: scaled(event.terms.iter().map(|term| (term.as_str(), weight(term)))),
            meanings: scaled(event.terms.iter().map(|term| (resolver.meaning(language, term), weight(term)))),
            names: facts("n:"),
            numbers: facts("#"),
            matters: Set::new(event.matters.iter().map(String::as_str)),
            place: event.place.as_deref().map(|place| hash(&folded(place))),
            days: day_numbers(event.first, event.last),
            refuses_meeting: event.kind == EventType::Reject && event.mode.is_some_and(|mode| mode.name() == MEET),
        }
    }
}

fn countries(parties: &[Party]) -> Set {
    Set::new(parties.iter().filter_map(|party| party.country.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_compared_by_what_they_share() {
        let set = |names: &str| Set::new(names.split(' ').filter(|name| !name.is_empty()));
        let (one, other) = (set("IRN AZE IRN"), set("AZE RUS"));
        assert_eq!(one.len(), 2);
        assert!((one.share(&other) - 1.0 / 3.0).abs() < 1e-9);
        assert!(one.meets(&other) && !one.meets(&set("")) && set("AZE").is_within(&one) && !one.is_within(&other));
        assert!(set("").share(&set("")).abs() < 1e-9);
    }

    #[test]
    fn days_between_stretches() {
        let days = |first: &str, last: &str| day_numbers(first.parse().ok(), last.parse().ok());
        assert_eq!(days_between(days("2026-03-01", "2026-03-02"), days("2026-03-05", "2026-03-09")), 3);
        assert_eq!(days_between(days("2026-03-05", ""), days("2026-03-01", "2026-03-02")), 3);
        assert_eq!(days_between(days("", "2026-03-02"), days("", "")), 0);
    }
}
