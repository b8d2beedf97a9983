//! Under what a store files dossiers so that few are fetched for a new one.
//!
//! In goes a dossier or a form; out come its [`Key`]s. Two that share none are not compared. A dossier has keys of its rarest words and names, of each event's parties with the days
//! on which another report of it can stand; a pledge has keys of its own, of who is bound and to what.

use crate::resolver::Resolver;
use crate::words::without_marks;
use crate::{Dossier, EventKey, Form, Pledge};
use depeche_record::{Date, EntityKind, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::hash::Hasher;

/// What is decided, and on what its keys stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Which dispatches are copies, and which are one story.
    Stories,
    /// Which events are one happening.
    Happenings,
    /// Which pledges belong to one thread; its keys belong to pledges.
    Threads,
    /// Which forms are one actor's; its keys belong to forms, not to dossiers.
    Actors,
}

/// A key of a dossier or form. Two share it where `code` is the same and the days overlap, which are already wide enough: a store asks
/// `code = ? AND first <= ?last AND last >= ?first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// What it is for. Part of `code` too: keys of different layers never have the same code but by chance, which costs time alone.
    pub layer: Layer,
    /// A hash, as SQLite keeps integers.
    pub code: i64,
    /// The first day on which it holds; `Date::MIN` where that is open.
    pub first: Date,
    /// The last day; `Date::MAX` where that is open.
    pub last: Date,
}

impl Key {
    /// Whether a shelf finds the one by the other.
    pub fn meets(&self, other: &Key) -> bool {
        self.code == other.code && self.first <= other.last && other.first <= self.last
    }
}

/// How many of its weightiest words a dossier is filed under.
const TERMS: usize = 10;
/// How many of its names.
const NAMES: usize = 6;
/// Days between publications within which dispatches can be one story or copies, halved, since the keys of both are widened.
const STORY_DAYS: i32 = 7;
/// Days by which reports of one happening may differ on its date, halved.
const DATE_DAYS: i32 = 2;
/// Days beyond which a time of an event is vague.
const VAGUE_DAYS: i32 = 31;
/// Days before and after publication at which an undated event can have happened.
const UNDATED: (i32, i32) = (10, 4);
/// The same for one that is still to come.
const UNDATED_PLAN: (i32, i32) = (7, 15);
/// How many countries of an event are looked at.
const COUNTRIES: usize = 5;

/// FNV-1a over bytes, mixed: the same on every machine.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = Fnv(0xCBF2_9CE4_8422_2325);
    hasher.write(text.as_bytes());
    hasher.finish()
}

struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }

    fn finish(&self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ (mixed >> 32)
    }
}

/// A day so many days later or earlier, or the last there is.
pub(crate) fn shifted(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

fn span(first: Option<Date>, last: Option<Date>, before: i32, after: i32) -> (Date, Date) {
    (first.map_or(Date::MIN, |day| shifted(day, -before)), last.map_or(Date::MAX, |day| shifted(day, after)))
}

fn key(layer: Layer, name: &str, (first, last): (Date, Date)) -> Key {
    Key { layer, code: hash(&format!("{layer:?} {name}")) as i64, first, last }
}

/// The days on which another report of an event can stand. A stretch of months places an event no better than none does, and would have whatever is told of two states in its course held against it,
/// for years: those are looked for around the publication too.
fn days_of(event: &EventKey, dossier: &Dossier) -> (Date, Date) {
    if let Some((first, last)) = event.first.zip(event.last)
        && shifted(first, VAGUE_DAYS) >= last
    {
        return span(event.first, event.last, DATE_DAYS, DATE_DAYS);
    }
    let (before, after) = match event.status {
        Status::Planned | Status::Hypothetical => UNDATED_PLAN,
        _ => UNDATED,
    };
    span(dossier.first, dossier.last, before, after)
}

/// What an event is filed under: pairs of its countries whatever its type, and each country with the type.
pub(crate) fn event_keys(event: &EventKey, dossier: &Dossier) -> Vec<Key> {
    let days = days_of(event, dossier);
    let parties = event.actors.iter().chain(&event.recipients).filter_map(|party| party.country.as_deref());
    let countries: BTreeSet<&str> = parties.chain(event.place_country.as_deref()).collect();
    let countries: Vec<&str> = countries.into_iter().take(COUNTRIES).collect();
    let mut names = Vec::new();
    for (at, one) in countries.iter().enumerate() {
        names.push(format!("{one} {}", event.kind.name()));
        names.extend(countries.iter().skip(at + 1).map(|other| format!("{one}-{other}")));
    }
    names.into_iter().map(|name| key(Layer::Happenings, &name, days)).collect()
}

/// What a pledge is filed under, whenever it was voiced: who is bound, and to what.
pub fn pledge_keys(pledge: &Pledge) -> Vec<Key> {
    let Some(promisor) = &pledge.promisor else { return Vec::new() };
    let matters: BTreeSet<&String> = pledge.matters.union(&pledge.without).collect();
    matters.into_iter().map(|matter| key(Layer::Threads, &format!("{promisor} {matter}"), (Date::MIN, Date::MAX))).collect()
}

impl Resolver {
    /// Under which keys a store files a dossier.
    pub fn keys(&self, dossier: &Dossier) -> Vec<Key> {
        let mut keys = self.story_keys(dossier);
        keys.extend(dossier.events.iter().flat_map(|event| event_keys(event, dossier)));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    pub(crate) fn story_keys(&self, dossier: &Dossier) -> Vec<Key> {
        let days = span(dossier.first, dossier.last, STORY_DAYS, STORY_DAYS);
        let language = dossier.language.as_deref().unwrap_or_default();
        let mut terms: Vec<(f32, &str)> =
            self.term_weights(language, &dossier.terms).into_iter().map(|(term, weight)| (weight, term)).collect();
        let mut names: Vec<(f32, &str)> = self
            .fact_weights(&dossier.facts)
            .into_iter()
            .map(|(fact, weight)| (weight, fact))
            .filter(|(_, fact)| !fact.starts_with("c:"))
            .collect();
        let mut keys = Vec::new();
        for (list, most) in [(&mut terms, TERMS), (&mut names, NAMES)] {
            list.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
            keys.extend(list.iter().take(most).map(|(_, name)| key(Layer::Stories, name, days)));
        }
        keys
    }

    /// Under which keys a store files a form.
    pub fn form_keys(&self, form: &Form) -> Vec<Key> {
        self.keys_of_form(form, true)
    }

    /// Those of the keys of a form that all of its class have.
    pub(crate) fn class_keys(&self, form: &Form) -> Vec<Key> {
        self.keys_of_form(form, false)
    }

    fn keys_of_form(&self, form: &Form, offices: bool) -> Vec<Key> {
        let always = (Date::MIN, Date::MAX);
        let mut keys: Vec<Key> = Vec::new();
        keys.extend(form.wikidata.iter().map(|item| key(Layer::Actors, item, always)));
        // The words of a name by their sound. Of a person's full name two at a time, for a given name alone is everybody's, and a surname alone is only linked by an office; of a
        // body with its country, for every state has its army.
        let person = form.kind == EntityKind::Person;
        let country = form.country.as_deref().filter(|_| !person).unwrap_or_default();
        for name in form.names.iter().flat_map(|name| [name.clone(), without_marks(name)]) {
            for words in self.name(&name, form.kind).word_keys() {
                let all = || words.iter().enumerate().flat_map(|(at, word)| word.iter().map(move |key| (at, key)));
                for (at, one) in all() {
                    if words.len() == 1 && !person {
                        keys.push(key(Layer::Actors, &format!("{one:08x} {country}"), always));
                    }
                    for (office, of, _) in form.offices.iter().filter(|_| person && offices) {
                        keys.push(key(Layer::Actors, &format!("{one:08x} {office} {of:?}"), always));
                    }
                    // Not two of one word, by which whoever bears the same given name would be held against whoever does.
                    for (_, other) in all().filter(|(to, _)| *to > at) {
                        let (one, other) = (one.min(other), one.max(other));
                        keys.push(key(Layer::Actors, &format!("{one:08x} {other:08x} {country}"), always));
                    }
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}
