//! Whether two events are reports of one happening.
//!
//! In go two events with their dispatches; out come [`FEATURES`] of the pair and the log-odds that the trained weights make of them. The same whichever comes first.

use crate::compared::{Compared, DayNumbers, Named, Set, days_between};
use crate::keys::hash;
use crate::resolver::Resolver;
use crate::similarity::{Read, cosine, share_key};
use crate::weights::WEIGHTS;
use crate::words::without_marks;
use crate::{EventKey, EventName};
use depeche_names::{Kind, Name};
use depeche_record::{EventType, Status};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// How many features a pair has.
pub(crate) const COUNT: usize = FEATURES.len();

/// What a pair of events is judged by.
pub const FEATURES: [&str; 64] = [
    "bias",
    "same type",
    "one quadrant of types",
    "same mode",
    "other mode",
    "actors' countries shared",
    "recipients' countries shared",
    "all countries shared",
    "actors of other countries",
    "recipients of other countries",
    "sides exchanged",
    "actors unknown",
    "recipients unknown",
    "share of the persons",
    "a person of the same side who is another",
    "a meeting of two and a visit",
    "nobody named where two meet",
    "meetings of other persons",
    "a meeting of the same two",
    "a visit of the same to one place",
    "bodies or places shared",
    "same day",
    "overlapping days",
    "a day apart",
    "two or three days apart",
    "more days apart",
    "weeks apart",
    "one without a day",
    "both without a day",
    "undated, published apart",
    "undated, published near the other's day",
    "undated, published days from the other's day",
    "undated, published far from the other's day",
    "published apart",
    "same place",
    "other place",
    "same country of place",
    "a place unknown",
    "words around the trigger shared",
    "other language",
    "names of the sentence shared",
    "numbers shared",
    "likeness of the dispatches",
    "runs of words shared by the dispatches",
    "one dispatch",
    "same status",
    "planned and come true",
    "denied by one",
    "one sentence in a copy",
    "another sentence in a copy",
    "likeness across languages",
    "meanings around the trigger shared",
    "undated and nothing of the sentence shared",
    "one dispatch, denied by one",
    "matters shared",
    "other matters",
    "planned by one, denied by the other",
    "a meeting of two states and one of more",
    "a meeting and its refusal",
    "one type in dispatches alike",
    "foreseen for a stretch and held within it",
    "told as past before the other's day",
    "still to come after the other's day",
    "an undated denial of the like in a dispatch alike",
];

/// Hundredths of a degree that are one place: some thirty kilometres.
const NEAR: i32 = 30;
/// And those beyond which it surely is another.
const FAR: i32 = 100;
/// The share of runs of words from which one dispatch copies the other, and the cosine from which two sentences are one.
const COPIED: f64 = 0.35;
const ONE_SENTENCE: f64 = 0.6;
/// What two different spellings of a person must score to be one.
const SAME_NAME: f64 = 0.5;
/// Days by which what is told as past can lie behind a publication, and what is told as ahead before it: clocks differ.
const CLOCKS: i32 = 1;

/// Names taken apart and pairs of them scored, kept while a decision lasts.
#[derive(Default)]
pub(crate) struct NameCache {
    names: RefCell<FxHashMap<(u64, bool), Rc<Name>>>,
    scores: RefCell<FxHashMap<(u64, u64, bool), f64>>,
}

impl NameCache {
    fn name(&self, resolver: &Resolver, text: &str, person: bool) -> Rc<Name> {
        let kind = if person { Kind::Person } else { Kind::Organisation };
        let mut names = self.names.borrow_mut();
        Rc::clone(names.entry((hash(text), person)).or_insert_with(|| Rc::new(resolver.matcher.name(text, Some(kind)))))
    }

    /// How alike two names are.
    pub(crate) fn score(&self, resolver: &Resolver, one: &Named, other: &Named, person: bool) -> f64 {
        let (one, other) = if one.hash <= other.hash { (one, other) } else { (other, one) };
        let key = (one.hash, other.hash, person);
        if let Some(&score) = self.scores.borrow().get(&key) {
            return score;
        }
        let (left, right) = (self.name(resolver, &one.text, person), self.name(resolver, &other.text, person));
        let mut score = resolver.matcher.score(&left, &right);
        // Marks that tell sounds apart are often left out: Djuric for Đurić.
        if score < 1.0 && !(one.text.is_ascii() && other.text.is_ascii()) {
            let (plain, of_other) = (without_marks(&one.text), without_marks(&other.text));
            let (left, right) = (self.name(resolver, &plain, person), self.name(resolver, &of_other, person));
            score = score.max(resolver.matcher.score(&left, &right));
        }
        // A surname alone stands for the full name here, where parties, type and day must agree too.
        if person && (left.tokens().len() == 1) != (right.tokens().len() == 1) {
            let (bare, full) = (left.keys(), right.keys());
            if bare.iter().any(|key| full.contains(key)) {
                score = score.max(0.6);
            }
        }
        self.scores.borrow_mut().insert(key, score);
        score
    }
}

/// Every pair of events that shares a key or a story, by dispatch and event, with its features: what weights are learnt from.
pub(crate) fn all_pairs(resolver: &Resolver, reads: &[Read]) -> Vec<(EventName, EventName, [f64; COUNT])> {
    let names = NameCache::default();
    let events: Vec<InDispatch<'_>> = reads.iter().flat_map(InDispatch::all).collect();
    let mut pairs = Vec::new();
    for (place, &one) in events.iter().enumerate() {
        for &other in events.iter().skip(place + 1) {
            if share_key(&one.own.keys, &other.own.keys) || one.read.is_linked(other.read) {
                let told = |event: InDispatch<'_>| (event.read.dossier.id.clone(), event.event.id.clone());
                let between = Between::of(one.read, other.read);
                pairs.push((told(one), told(other), resolver.pair_features(one, other, between, &names)));
            }
        }
    }
    pairs
}

/// What two dispatches are to one another, for all pairs of their events.
#[derive(Clone, Copy)]
pub(crate) struct Between {
    likeness: f64,
    runs: f64,
    /// Days between the publications.
    days: i64,
    same_language: bool,
    /// Whether it is one dispatch.
    own: bool,
}

impl Between {
    pub(crate) fn of(one: &Read, other: &Read) -> Between {
        Between {
            likeness: one.likeness(other),
            runs: one.runs_shared(other),
            days: one.days_from(other),
            same_language: one.same_language(other),
            own: one.dossier.id == other.dossier.id,
        }
    }
}

/// An event with its dispatch.
#[derive(Clone, Copy)]
pub(crate) struct InDispatch<'a> {
    pub(crate) read: &'a Read,
    pub(crate) event: &'a EventKey,
    own: &'a Compared,
}

impl<'a> InDispatch<'a> {
    /// The event at a place of its dispatch.
    pub(crate) fn at(read: &'a Read, place: usize) -> Option<InDispatch<'a>> {
        Some(InDispatch { read, event: read.dossier.events.get(place)?, own: read.events.get(place)? })
    }

    /// The events of a dispatch, in their order.
    pub(crate) fn all(read: &'a Read) -> impl Iterator<Item = InDispatch<'a>> {
        read.dossier.events.iter().zip(&read.events).map(move |(event, own)| InDispatch { read, event, own })
    }
}

/// The features of a pair while they are told, in the order of [`FEATURES`].
struct Row {
    cells: [f64; COUNT],
    told: usize,
}

impl Row {
    fn push(&mut self, value: f64) {
        if let Some(cell) = self.cells.get_mut(self.told) {
            *cell = value;
        }
        self.told += 1;
    }

    fn flag(&mut self, is: bool) {
        self.push(f64::from(u8::from(is)));
    }
}

/// Which persons of two events are the same: a bit for each of the one and of the other that somebody of the other side matches.
struct Matched {
    ours: u64,
    theirs: u64,
}

impl Resolver {
    /// The log-odds that two events are reports of one happening.
    pub(crate) fn same_happening(&self, one: InDispatch<'_>, other: InDispatch<'_>, between: Between, names: &NameCache) -> f64 {
        self.pair_features(one, other, between, names).iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum()
    }

    /// [`FEATURES`] of a pair.
    pub(crate) fn pair_features(&self, one: InDispatch<'_>, other: InDispatch<'_>, between: Between, names: &NameCache) -> [f64; COUNT] {
        let mut row = Row { cells: [0.0; COUNT], told: 0 };
        row.push(1.0);
        types(one.event, other.event, &mut row);
        self.parties(one, other, names, &mut row);
        days(one, other, between, &mut row);
        places(one, other, &mut row);
        contents(one, other, between, &mut row);
        kinds(one, other, between, &mut row);
        courses(one, other, between, &mut row);
        debug_assert_eq!(row.told, COUNT);
        row.cells
    }

    fn parties(&self, one: InDispatch<'_>, other: InDispatch<'_>, names: &NameCache, row: &mut Row) {
        let (a, b) = (one.own, other.own);
        let apart = |one: &Set, other: &Set| !one.is_empty() && !other.is_empty() && !one.meets(other);
        row.push(a.actors.share(&b.actors));
        row.push(a.recipients.share(&b.recipients));
        row.push(a.countries.share(&b.countries));
        row.flag(apart(&a.actors, &b.actors));
        row.flag(apart(&a.recipients, &b.recipients));
        row.flag(apart(&a.actors, &b.actors) && a.actors.meets(&b.recipients) && a.recipients.meets(&b.actors));
        row.flag(a.actors.is_empty() || b.actors.is_empty());
        row.flag(a.recipients.is_empty() || b.recipients.is_empty());
        let matched = self.matched(&a.persons, &b.persons, names);
        let (of_ours, of_theirs) = (matched.ours.count_ones(), matched.theirs.count_ones());
        let all_persons = a.persons.len() + b.persons.len();
        row.push(if all_persons == 0 { 0.0 } else { f64::from(of_ours + of_theirs) / all_persons as f64 });
        // Somebody of one state here and another of the same there, neither of whom the other names. Who is told by what he does may be anybody.
        let alone = |persons: &'_ [Named], matched: u64, country: u64| {
            persons.iter().enumerate().any(|(at, person)| person.named && matched >> at & 1 == 0 && person.country == Some(country))
        };
        let mut ours_alone = a
            .persons
            .iter()
            .enumerate()
            .filter(|(at, person)| person.named && matched.ours >> at & 1 == 0)
            .filter_map(|(_, person)| person.country);
        row.flag(ours_alone.any(|country| alone(&b.persons, matched.theirs, country)));
        let consult = one.event.kind == EventType::Consult && other.event.kind == EventType::Consult;
        let (ours, theirs, both) = (a.persons.len(), b.persons.len(), of_ours.min(of_theirs));
        row.flag(consult && ours.min(theirs) == 1 && ours.max(theirs) > 1);
        // No visitor: those who meet are at times told by name, at times by their states.
        row.flag(consult && ours.min(theirs) == 0 && ours.max(theirs) > 1);
        row.flag(consult && ours > 1 && theirs > 1 && both < 2);
        row.flag(consult && both > 1);
        row.flag(consult && both == 1 && ours == 1 && theirs == 1 && one_place(one, other));
        row.flag(a.others.iter().any(|one| b.others.iter().any(|other| names.score(self, one, other, false) >= SAME_NAME)));
    }

    fn matched(&self, ours: &[Named], theirs: &[Named], names: &NameCache) -> Matched {
        let mut matched = Matched { ours: 0, theirs: 0 };
        for (at, one) in ours.iter().enumerate() {
            for (to, other) in theirs.iter().enumerate() {
                if names.score(self, one, other, true) >= SAME_NAME {
                    matched.ours |= 1 << at;
                    matched.theirs |= 1 << to;
                }
            }
        }
        matched
    }
}

fn contents(one: InDispatch<'_>, other: InDispatch<'_>, between: Between, row: &mut Row) {
    let (a, b) = (one.event, other.event);
    let Between { likeness, runs, same_language, own, .. } = between;
    // What is told in two languages shares fewer words, of which each says more.
    let (words, meanings) = match same_language {
        true => (cosine(&one.own.words, &other.own.words), 0.0),
        false => (0.0, cosine(&one.own.meanings, &other.own.meanings).sqrt()),
    };
    row.push(words);
    row.flag(!same_language);
    let names = one.own.names.share(&other.own.names);
    row.push(names);
    let numbers = one.own.numbers.share(&other.own.numbers);
    row.push(numbers);
    let likeness = likeness.min(3.0);
    row.push(if same_language && !own { likeness } else { 0.0 });
    row.push(if own { 0.0 } else { runs });
    row.flag(own);
    row.flag(a.status == b.status);
    row.flag((planned(a.status) && came(b.status)) || (came(a.status) && planned(b.status)));
    row.flag((a.status == Status::Denied) != (b.status == Status::Denied));
    row.flag(!own && runs > COPIED && words > ONE_SENTENCE);
    row.flag(!own && runs > COPIED && words <= ONE_SENTENCE);
    row.push(if same_language { 0.0 } else { likeness });
    row.push(meanings);
    let dated = a.when.is_some() && b.when.is_some();
    let matters = one.own.matters.share(&other.own.matters);
    row.flag(!dated && words < 0.1 && meanings < 0.1 && matters == 0.0 && names < 0.1 && numbers == 0.0 && !one_place(one, other));
    // Who tells of a denial tells of what is denied.
    row.flag(own && a.kind == b.kind && (a.status == Status::Denied) != (b.status == Status::Denied));
    row.push(matters);
    row.flag(!one.own.matters.is_empty() && !other.own.matters.is_empty() && matters == 0.0);
    // What is called off was planned.
    row.flag((planned(a.status) && b.status == Status::Denied) || (a.status == Status::Denied && planned(b.status)));
    row.flag(is_smaller_meeting(one, other) || is_smaller_meeting(other, one));
}

fn planned(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Hypothetical)
}

fn came(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}

/// Whether two states meet on the one hand and those two with others on the other.
fn is_smaller_meeting(one: InDispatch<'_>, other: InDispatch<'_>) -> bool {
    let consult = one.event.kind == EventType::Consult && other.event.kind == EventType::Consult;
    let (few, many) = (&one.own.countries, &other.own.countries);
    consult && few.len() == 2 && many.len() > 2 && few.is_within(many)
}

fn types(a: &EventKey, b: &EventKey, row: &mut Row) {
    let same = a.kind == b.kind;
    row.flag(same);
    row.flag(!same && a.kind.quad() == b.kind.quad());
    let modes = a.mode.zip(b.mode);
    row.flag(same && modes.is_some_and(|(one, other)| one == other));
    row.flag(same && modes.is_some_and(|(one, other)| one != other));
}

/// What types say beside the rest.
fn kinds(one: InDispatch<'_>, other: InDispatch<'_>, between: Between, row: &mut Row) {
    let refused = |one: InDispatch<'_>, other: InDispatch<'_>| one.event.kind == EventType::Consult && other.own.refuses_meeting;
    row.flag(refused(one, other) || refused(other, one));
    let one_type = one.event.kind == other.event.kind && !between.own;
    row.push(if one_type { between.likeness.min(2.0) } else { 0.0 });
}

/// Whether what was ahead can have become what is told of it.
fn courses(one: InDispatch<'_>, other: InDispatch<'_>, between: Between, row: &mut Row) {
    let either = |holds: fn(InDispatch<'_>, InDispatch<'_>) -> bool| holds(one, other) || holds(other, one);
    row.flag(either(is_held_within));
    row.flag(either(is_past_too_soon));
    row.flag(either(is_ahead_too_late));
    row.flag(!between.own && between.likeness >= 1.0 && either(is_denial_of));
}

/// Whether the one was foreseen for some weeks or months and the other tells of a day among them.
fn is_held_within(one: InDispatch<'_>, other: InDispatch<'_>) -> bool {
    let (a, b) = (one.event, other.event);
    let (stretch, day) = (one.own.days, other.own.days);
    a.kind == b.kind
        && planned(a.status)
        && came(b.status)
        && is_dated(stretch)
        && !is_day(stretch)
        && is_day(day)
        && days_between(stretch, day) == 0
}

/// Whether the one is told as past, on no day, by a dispatch from before the other's day.
fn is_past_too_soon(one: InDispatch<'_>, other: InDispatch<'_>) -> bool {
    let past = !planned(one.event.status) && one.event.status != Status::Denied;
    let told = one.read.published.1.zip(other.own.days.0);
    past && !is_dated(one.own.days) && told.is_some_and(|(published, first)| first - published > CLOCKS)
}

/// Whether the one is still ahead for a dispatch from after the day on which the other came.
fn is_ahead_too_late(one: InDispatch<'_>, other: InDispatch<'_>) -> bool {
    let told = one.read.published.0.zip(other.own.days.1);
    planned(one.event.status)
        && came(other.event.status)
        && is_day(other.own.days)
        && told.is_some_and(|(published, last)| published - last > CLOCKS)
}

/// Whether the one denies, without a day of its own, what is of the other's type.
fn is_denial_of(one: InDispatch<'_>, other: InDispatch<'_>) -> bool {
    let denied = |status: Status| status == Status::Denied;
    one.event.kind == other.event.kind && denied(one.event.status) && !denied(other.event.status) && !is_dated(one.own.days)
}

/// Whether it has a beginning or an end.
fn is_dated(days: DayNumbers) -> bool {
    days.0.is_some() || days.1.is_some()
}

/// Whether it is as good as one day.
fn is_day(days: DayNumbers) -> bool {
    days.0.zip(days.1).is_some_and(|(first, last)| last - first <= 2)
}

fn days(one: InDispatch<'_>, other: InDispatch<'_>, between: Between, row: &mut Row) {
    let (a, b) = (one.own.days, other.own.days);
    let gap = days_between(a, b);
    let (both, neither) = (is_dated(a) && is_dated(b), !is_dated(a) && !is_dated(b));
    row.flag(both && gap == 0 && is_day(a) && is_day(b));
    row.flag(both && gap == 0 && !(is_day(a) && is_day(b)));
    row.flag(both && gap == 1);
    row.flag(both && (gap == 2 || gap == 3));
    row.flag(both && gap > 3);
    row.flag(both && gap > 13);
    row.flag(!both && !neither);
    row.flag(neither);
    let published_apart = ((between.days + 1) as f64).ln();
    row.push(if both { 0.0 } else { published_apart });
    let lone = if both || neither {
        None
    } else if is_dated(a) {
        Some(days_between(other.read.published, a))
    } else {
        Some(days_between(one.read.published, b))
    };
    row.flag(lone.is_some_and(|days| days <= 1));
    row.flag(lone.is_some_and(|days| days > 3));
    row.flag(lone.is_some_and(|days| days > 14));
    row.push(published_apart);
}

/// How far apart two places are in hundredths of a degree, where both are known.
fn apart(a: &EventKey, b: &EventKey) -> Option<i32> {
    a.spot.zip(b.spot).map(|(one, other)| (one.0 - other.0).abs().max((one.1 - other.1).abs()))
}

fn one_place(one: InDispatch<'_>, other: InDispatch<'_>) -> bool {
    let named = one.own.place.zip(other.own.place);
    apart(one.event, other.event).is_some_and(|far| far <= NEAR) || named.is_some_and(|(one, other)| one == other)
}

fn places(one: InDispatch<'_>, other: InDispatch<'_>, row: &mut Row) {
    let (a, b) = (one.event, other.event);
    row.flag(one_place(one, other));
    row.flag(apart(a, b).is_some_and(|far| far > FAR));
    row.flag(a.place_country.is_some() && a.place_country == b.place_country);
    row.flag(a.place.is_none() || b.place.is_none());
}
