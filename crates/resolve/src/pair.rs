//! Whether two events are reports of one happening.
//!
//! In go two events with their dispatches; out come [`FEATURES`] of the pair and the log-odds that the trained weights make of them. The same whichever comes first.

use crate::resolver::Resolver;
use crate::similarity::{Read, Weighed, days_between, share_key};
use crate::weights::WEIGHTS;
use crate::words::{folded, without_marks};
use crate::{EventKey, EventName, Party};
use depeche_names::{Kind, Name};
use depeche_record::{EntityKind, EventType, Status};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// How many features a pair has.
pub(crate) const COUNT: usize = FEATURES.len();

/// What a pair of events is judged by.
pub const FEATURES: [&str; 56] = [
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
    "undated and nothing of the sentence shared",
    "one dispatch, denied by one",
    "matters shared",
    "other matters",
    "planned by one, denied by the other",
    "a meeting of two states and one of more",
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

/// Names taken apart and pairs of them scored, kept while a decision lasts.
#[derive(Default)]
pub(crate) struct NameCache {
    names: RefCell<HashMap<(String, bool), Rc<Name>>>,
    scores: RefCell<HashMap<(String, String, bool), f64>>,
}

impl NameCache {
    fn name(&self, resolver: &Resolver, text: &str, person: bool) -> Rc<Name> {
        let kind = if person { Kind::Person } else { Kind::Organisation };
        let mut names = self.names.borrow_mut();
        Rc::clone(names.entry((text.to_owned(), person)).or_insert_with(|| Rc::new(resolver.matcher.name(text, Some(kind)))))
    }

    /// How alike two names are.
    pub(crate) fn score(&self, resolver: &Resolver, one: &str, other: &str, person: bool) -> f64 {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        let key = (one.to_owned(), other.to_owned(), person);
        if let Some(&score) = self.scores.borrow().get(&key) {
            return score;
        }
        let (left, right) = (self.name(resolver, one, person), self.name(resolver, other, person));
        let mut score = resolver.matcher.score(&left, &right);
        // Marks that tell sounds apart are often left out: Djuric for Đurić.
        let (plain, of_other) = (without_marks(one), without_marks(other));
        if score < 1.0 && (plain != one || of_other != other) {
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
    let events: Vec<(&Read, usize)> = reads.iter().flat_map(|read| (0..read.dossier.events.len()).map(move |at| (read, at))).collect();
    let mut pairs = Vec::new();
    for (place, &(one, at)) in events.iter().enumerate() {
        for &(other, to) in events.iter().skip(place + 1) {
            let keys = one.event_keys.get(at).zip(other.event_keys.get(to));
            let both = one.dossier.events.get(at).zip(other.dossier.events.get(to));
            if let Some((event, of_other)) = both.filter(|_| keys.is_some_and(|(one, other)| share_key(one, other)) || one.is_linked(other))
            {
                let (left, right) = (InDispatch { read: one, event }, InDispatch { read: other, event: of_other });
                let told = |read: &Read, event: &EventKey| (read.dossier.id.clone(), event.id.clone());
                pairs.push((told(one, event), told(other, of_other), resolver.pair_features(left, right, Between::of(one, other), &names)));
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
}

impl Between {
    pub(crate) fn of(one: &Read, other: &Read) -> Between {
        Between { likeness: one.likeness(other), runs: one.runs_shared(other) }
    }
}

/// An event with its dispatch.
#[derive(Clone, Copy)]
pub(crate) struct InDispatch<'a> {
    pub(crate) read: &'a Read,
    pub(crate) event: &'a EventKey,
}

impl<'a> InDispatch<'a> {
    /// What the words of the event weigh.
    fn weighed(self) -> Option<&'a Weighed> {
        let place = self.read.dossier.events.iter().position(|event| std::ptr::eq(event, self.event))?;
        self.read.event_terms.get(place)
    }
}

fn countries(parties: &[Party]) -> BTreeSet<&str> {
    parties.iter().filter_map(|party| party.country.as_deref()).collect()
}

fn share<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let all = one.union(other).count();
    if all == 0 { 0.0 } else { one.intersection(other).count() as f64 / all as f64 }
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

fn persons(parties: &[Party]) -> impl Iterator<Item = &Party> {
    parties.iter().filter(|party| party.kind == Some(EntityKind::Person))
}

impl Resolver {
    /// The log-odds that two events are reports of one happening.
    pub(crate) fn same_happening(&self, one: InDispatch<'_>, other: InDispatch<'_>, between: Between, names: &NameCache) -> f64 {
        self.pair_features(one, other, between, names).iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum()
    }

    /// [`FEATURES`] of a pair.
    pub(crate) fn pair_features(&self, one: InDispatch<'_>, other: InDispatch<'_>, between: Between, names: &NameCache) -> [f64; COUNT] {
        let (a, b) = (one.event, other.event);
        let mut row = Vec::with_capacity(COUNT);
        row.push(1.0);
        types(a, b, &mut row);
        self.parties(a, b, names, &mut row);
        days(one, other, &mut row);
        places(a, b, &mut row);
        self.contents(one, other, between, &mut row);
        let mut features = [0.0; COUNT];
        for (cell, value) in features.iter_mut().zip(row) {
            *cell = value;
        }
        features
    }

    fn parties(&self, a: &EventKey, b: &EventKey, names: &NameCache, row: &mut Vec<f64>) {
        let (actors, of_b) = (countries(&a.actors), countries(&b.actors));
        let (recipients, to_b) = (countries(&a.recipients), countries(&b.recipients));
        let all = |one: &BTreeSet<&'_ str>, other: &BTreeSet<&'_ str>| {
            one.union(other).map(|country| (*country).to_owned()).collect::<BTreeSet<String>>()
        };
        let apart = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| !one.is_empty() && !other.is_empty() && one.is_disjoint(other);
        row.push(share(&actors, &of_b));
        row.push(share(&recipients, &to_b));
        row.push(share(&all(&actors, &recipients), &all(&of_b, &to_b)));
        row.push(flag(apart(&actors, &of_b)));
        row.push(flag(apart(&recipients, &to_b)));
        row.push(flag(apart(&actors, &of_b) && !actors.is_disjoint(&to_b) && !recipients.is_disjoint(&of_b)));
        row.push(flag(actors.is_empty() || of_b.is_empty()));
        row.push(flag(recipients.is_empty() || to_b.is_empty()));
        // Persons stand on either side: who receives is at times the one who acts.
        let ours: Vec<&Party> = persons(&a.actors).chain(persons(&a.recipients)).collect();
        let theirs: Vec<&Party> = persons(&b.actors).chain(persons(&b.recipients)).collect();
        let same = |one: &Party, other: &Party| names.score(self, &one.name, &other.name, true) >= SAME_NAME;
        let matched =
            |one: &[&Party], other: &[&Party]| one.iter().filter(|person| other.iter().any(|candidate| same(person, candidate))).count();
        let (of_ours, of_theirs) = (matched(&ours, &theirs), matched(&theirs, &ours));
        let all_persons = ours.len() + theirs.len();
        row.push(if all_persons == 0 { 0.0 } else { (of_ours + of_theirs) as f64 / all_persons as f64 });
        // Somebody of one state here and another of the same there, neither of whom the other names.
        let alone = |one: &[&Party], other: &[&Party]| -> BTreeSet<String> {
            let unmatched = one.iter().filter(|person| !other.iter().any(|candidate| same(person, candidate)));
            unmatched.filter_map(|person| person.country.clone()).collect()
        };
        row.push(flag(!alone(&ours, &theirs).is_disjoint(&alone(&theirs, &ours))));
        let consult = a.kind == EventType::Consult && b.kind == EventType::Consult;
        row.push(flag(consult && (ours.len() > 1) != (theirs.len() > 1)));
        let both = of_ours.min(of_theirs);
        row.push(flag(consult && ours.len() > 1 && theirs.len() > 1 && both < 2));
        row.push(flag(consult && both > 1));
        row.push(flag(consult && both == 1 && ours.len() == 1 && theirs.len() == 1 && one_place(a, b)));
        let rest = |event: &EventKey| -> Vec<String> {
            let parties = event.actors.iter().chain(&event.recipients);
            let named = parties.filter(|party| matches!(party.kind, Some(EntityKind::Body | EntityKind::Place | EntityKind::Format)));
            named.map(|party| party.name.clone()).collect()
        };
        let (ours, theirs) = (rest(a), rest(b));
        row.push(flag(ours.iter().any(|one| theirs.iter().any(|other| names.score(self, one, other, false) >= SAME_NAME))));
    }

    fn contents(&self, one: InDispatch<'_>, other: InDispatch<'_>, between: Between, row: &mut Vec<f64>) {
        let (a, b) = (one.event, other.event);
        let same_language = one.read.same_language(other.read);
        let words = if same_language { self.words_shared(one, other) } else { 0.0 };
        row.push(words);
        row.push(flag(!same_language));
        let named = |event: &EventKey| -> BTreeSet<String> { event.facts.iter().filter(|fact| fact.starts_with("n:")).cloned().collect() };
        let names = share(&named(a), &named(b));
        row.push(names);
        let numbers = |event: &EventKey| -> BTreeSet<String> { event.facts.iter().filter(|fact| fact.starts_with('#')).cloned().collect() };
        let numbers = share(&numbers(a), &numbers(b));
        row.push(numbers);
        let Between { likeness, runs } = between;
        let likeness = likeness.min(3.0);
        let own = one.read.dossier.id == other.read.dossier.id;
        row.push(if same_language && !own { likeness } else { 0.0 });
        row.push(if own { 0.0 } else { runs });
        row.push(flag(own));
        row.push(flag(a.status == b.status));
        let planned = |status: Status| matches!(status, Status::Planned | Status::Hypothetical);
        let came = |status: Status| matches!(status, Status::Occurred | Status::Ongoing);
        row.push(flag((planned(a.status) && came(b.status)) || (came(a.status) && planned(b.status))));
        row.push(flag((a.status == Status::Denied) != (b.status == Status::Denied)));
        row.push(flag(!own && runs > COPIED && words > ONE_SENTENCE));
        row.push(flag(!own && runs > COPIED && words <= ONE_SENTENCE));
        row.push(if same_language { 0.0 } else { likeness });
        let dated = a.when.is_some() && b.when.is_some();
        let matters = share(&a.matters, &b.matters);
        row.push(flag(!dated && words < 0.1 && matters == 0.0 && names < 0.1 && numbers == 0.0 && !one_place(a, b)));
        // Who tells of a denial tells of what is denied.
        row.push(flag(own && a.kind == b.kind && (a.status == Status::Denied) != (b.status == Status::Denied)));
        row.push(matters);
        row.push(flag(!a.matters.is_empty() && !b.matters.is_empty() && matters == 0.0));
        // What is called off was planned.
        row.push(flag((planned(a.status) && b.status == Status::Denied) || (a.status == Status::Denied && planned(b.status))));
        row.push(flag(is_smaller_meeting(a, b) || is_smaller_meeting(b, a)));
    }

    /// The cosine of the words of two sentences, by their rarity.
    fn words_shared(&self, one: InDispatch<'_>, other: InDispatch<'_>) -> f64 {
        let (Some(of_a), Some(of_b)) = (one.weighed(), other.weighed()) else { return 0.0 };
        let (mut left, mut right) = (one.event.terms.iter().zip(&of_a.squares).peekable(), other.event.terms.iter().peekable());
        let mut both = 0.0;
        while let (Some((term, square)), Some(of_other)) = (left.peek(), right.peek()) {
            match (*term).cmp(*of_other) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    both += **square;
                    left.next();
                    right.next();
                }
            }
        }
        let lengths = of_a.length * of_b.length;
        if lengths > 0.0 { both / lengths } else { 0.0 }
    }
}

/// Whether two states meet on the one hand and those two with others on the other.
fn is_smaller_meeting(a: &EventKey, b: &EventKey) -> bool {
    let all = |event: &'_ EventKey| -> BTreeSet<String> {
        event.actors.iter().chain(&event.recipients).filter_map(|party| party.country.clone()).collect()
    };
    let consult = a.kind == EventType::Consult && b.kind == EventType::Consult;
    let (few, many) = (all(a), all(b));
    consult && few.len() == 2 && many.len() > 2 && few.is_subset(&many)
}

fn types(a: &EventKey, b: &EventKey, row: &mut Vec<f64>) {
    let same = a.kind == b.kind;
    let quadrant = |kind: EventType| kind.quad();
    row.push(flag(same));
    row.push(flag(!same && quadrant(a.kind) == quadrant(b.kind)));
    let modes = a.mode.zip(b.mode);
    row.push(flag(same && modes.is_some_and(|(one, other)| one == other)));
    row.push(flag(same && modes.is_some_and(|(one, other)| one != other)));
}

fn days(one: InDispatch<'_>, other: InDispatch<'_>, row: &mut Vec<f64>) {
    let dated = |event: &EventKey| event.first.is_some() || event.last.is_some();
    let is_day = |event: &EventKey| event.first.zip(event.last).is_some_and(|(first, last)| (last - first).get_days() <= 2);
    let (a, b) = (one.event, other.event);
    let gap = days_between((a.first, a.last), (b.first, b.last));
    let both = dated(a) && dated(b);
    let neither = !dated(a) && !dated(b);
    let published = one.read.days_from(other.read);
    row.push(flag(both && gap == 0 && is_day(a) && is_day(b)));
    row.push(flag(both && gap == 0 && !(is_day(a) && is_day(b))));
    row.push(flag(both && gap == 1));
    row.push(flag(both && (gap == 2 || gap == 3)));
    row.push(flag(both && gap > 3));
    row.push(flag(both && gap > 13));
    row.push(flag(!both && !neither));
    row.push(flag(neither));
    row.push(if both { 0.0 } else { ((published + 1) as f64).ln() });
    let toward = |undated: InDispatch<'_>, dated: &EventKey| {
        days_between((undated.read.dossier.first, undated.read.dossier.last), (dated.first, dated.last))
    };
    let lone = if both || neither {
        None
    } else if dated(a) {
        Some(toward(other, a))
    } else {
        Some(toward(one, b))
    };
    row.push(flag(lone.is_some_and(|days| days <= 1)));
    row.push(flag(lone.is_some_and(|days| days > 3)));
    row.push(flag(lone.is_some_and(|days| days > 14)));
    row.push(((published + 1) as f64).ln());
}

/// How far apart two places are in hundredths of a degree, where both are known.
fn apart(a: &EventKey, b: &EventKey) -> Option<i32> {
    a.spot.zip(b.spot).map(|(one, other)| (one.0 - other.0).abs().max((one.1 - other.1).abs()))
}

fn one_place(a: &EventKey, b: &EventKey) -> bool {
    let named = a.place.as_deref().zip(b.place.as_deref());
    apart(a, b).is_some_and(|far| far <= NEAR) || named.is_some_and(|(one, other)| folded(one) == folded(other))
}

fn places(a: &EventKey, b: &EventKey, row: &mut Vec<f64>) {
    row.push(flag(one_place(a, b)));
    row.push(flag(apart(a, b).is_some_and(|far| far > FAR)));
    row.push(flag(a.place_country.is_some() && a.place_country == b.place_country));
    row.push(flag(a.place.is_none() || b.place.is_none()));
}
