//! Coded events against gold, one to one within a dispatch.
//!
//! An event is right by its type, and further by who did it to whom; of the matched ones status, time, mode, place and source are judged where gold
//! says them. A gold event marked optional costs nothing when missed and nothing when found; one with alternative types may be coded as any of them.
//! In a long text an event matches only near a gold trigger.

mod dates;
mod gold;
mod matching;
mod report;

pub(crate) use dates::written as written_days;
pub use gold::{GoldDispatch, GoldEvent};
pub(crate) use matching::{NEAR, SHORT_TEXT, aligned};
pub use report::Report;

use crate::Share;
use crate::coded::{Coded, Event, Party, beside};
use crate::mistake::{Mistake, around};
use crate::ratios::Ratio;
use crate::words::words as all_words;
use depeche_record::{CharIndex, CharSpan};
use std::collections::{BTreeMap, BTreeSet};

/// How to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Take CONCEDE and RETREAT for one type, as codebooks before PLOVER's sixteen types do (their YIELD).
    pub coarse: bool,
}

impl Options {
    /// The type as it is compared.
    pub(crate) fn fold(self, kind: &str) -> &str {
        match kind {
            "CONCEDE" | "RETREAT" if self.coarse => "YIELD",
            kind => kind,
        }
    }
}

/// Scores coded dispatches against gold ones of the same ids. A gold dispatch that was not coded counts as coded without events; a coded one without gold
/// counts for nothing.
pub fn score(gold: &[GoldDispatch], coded: &[Coded], options: Options) -> Report {
    let mut report = Report::default();
    for (dispatch, coded) in beside(gold, coded, |gold| &gold.id) {
        let before = report.counts();
        let index = CharIndex::new(&dispatch.text);
        Comparison { gold: dispatch, coded, index: &index, options, report: &mut report }.run();
        let added = report.counts().into_iter().zip(before);
        let row = added.map(|(now, before)| Ratio { part: now.part - before.part, whole: now.whole - before.whole }).collect();
        report.per_dispatch.push(row);
    }
    report
}

/// The comparison of one dispatch.
struct Comparison<'dispatch> {
    gold: &'dispatch GoldDispatch,
    coded: &'dispatch Coded,
    index: &'dispatch CharIndex,
    options: Options,
    report: &'dispatch mut Report,
}

impl Comparison<'_> {
    fn run(mut self) {
        let (dispatch, options) = (self.gold, self.options);
        let matched = matching::matches(dispatch, &self.coded.events, options);
        let of_gold: BTreeMap<usize, usize> = matched.iter().copied().collect();
        let of_coded: BTreeMap<usize, usize> = matched.iter().map(|&(gold, coded)| (coded, gold)).collect();
        for event in dispatch.events.iter().filter(|event| !event.optional) {
            self.report.count_gold(options.fold(&event.kind));
        }
        for (index, event) in self.coded.events.iter().enumerate() {
            match of_coded.get(&index).and_then(|&gold| dispatch.events.get(gold)) {
                Some(gold) if gold.optional => {}
                Some(gold) => {
                    self.report.count_coded(options.fold(&gold.kind));
                    self.judge(gold, event);
                }
                None => self.report.count_coded(options.fold(&event.kind)),
            }
        }
        self.confuse(&of_gold, &of_coded);
    }

    /// Tells the events without a partner, and which types stand on the same words.
    fn confuse(&mut self, of_gold: &BTreeMap<usize, usize>, of_coded: &BTreeMap<usize, usize>) {
        const NONE: &str = "none";
        let (dispatch, coded) = (self.gold, self.coded);
        let mut mistaken: BTreeSet<usize> = BTreeSet::new();
        for (at, gold) in dispatch.events.iter().enumerate() {
            let kind = self.options.fold(&gold.kind).to_owned();
            if let Some(found) = of_gold.get(&at).and_then(|&found| coded.events.get(found)) {
                self.report.confuse(&kind, self.options.fold(&found.kind));
                continue;
            }
            if gold.optional {
                continue;
            }
            let places = matching::places(gold, &dispatch.text, self.index);
            let on_it = |event: &Event| event.trigger.span().is_some_and(|span| places.iter().any(|place| place.overlaps(span)));
            let free = |&(other, event): &(usize, &Event)| !of_coded.contains_key(&other) && !mistaken.contains(&other) && on_it(event);
            if let Some((other, event)) = coded.events.iter().enumerate().find(free) {
                mistaken.insert(other);
                self.report.confuse(&kind, self.options.fold(&event.kind));
                self.mistake("type", gold, Some(event), &gold.kind, &event.kind);
            } else {
                self.report.confuse(&kind, NONE);
                self.mistake("missed", gold, None, gold.trigger.as_deref().unwrap_or(""), "");
            }
        }
        for (at, event) in coded.events.iter().enumerate() {
            if of_coded.contains_key(&at) || mistaken.contains(&at) {
                continue;
            }
            self.report.confuse(NONE, self.options.fold(&event.kind));
            let gold = GoldEvent { kind: event.kind.clone(), ..GoldEvent::default() };
            self.mistake("spurious", &gold, Some(event), "", &event.trigger.text);
        }
    }

    fn mistake(&mut self, verdict: &'static str, gold: &GoldEvent, coded: Option<&Event>, expected: &str, found: &str) {
        let text = &self.gold.text;
        let gold_span = matching::places(gold, text, self.index).first().copied();
        let coded_span: Option<CharSpan> = coded.and_then(|event| event.trigger.span());
        let sentence = gold_span.or(coded_span).map_or_else(String::new, |span| around(text, self.index, span, &self.coded.sentences));
        let (id, kind) = (self.gold.id.clone(), gold.kind.clone());
        let (gold, coded) = (expected.to_owned(), found.to_owned());
        self.report.mistakes.push(Mistake { verdict, id, kind, gold, coded, gold_span, coded_span, sentence });
    }

    /// Judges a matched pair.
    fn judge(&mut self, gold: &GoldEvent, coded: &Event) {
        let who = who_is_right(gold, coded);
        self.report.count_right(self.options.fold(&gold.kind), who);
        if !who {
            let found = format!("{} > {}", list(&parties(&coded.actors)), list(&parties(&coded.recipients)));
            self.mistake("who", gold, Some(coded), &gold.parties(), &found);
        }
        let mut judge = |verdict, share: fn(&mut Report) -> &mut Share, right, expected: &str, found: &str| {
            share(self.report).judge(right);
            if !right {
                self.mistake(verdict, gold, Some(coded), expected, found);
            }
        };
        if !gold.status.is_empty() {
            judge("status", |report| &mut report.status, coded.status == gold.status, &gold.status, &coded.status);
        }
        let when = coded.when.as_ref();
        let found = when.map_or("", |when| &when.value);
        match &gold.date {
            Some(Some(date)) => judge("when", |report| &mut report.when, dates::agree(date, when), date, found),
            Some(None) if !found.is_empty() => judge("when", |report| &mut report.when, false, "", found),
            Some(None) | None => {}
        }
        if !gold.mode.is_empty() {
            judge("mode", |report| &mut report.mode, gold.mode == coded.mode, &gold.mode, &coded.mode);
        }
        if !gold.place.is_empty() {
            let found = [coded.place.text.as_str(), coded.place.name.as_str()];
            judge("place", |report| &mut report.place, share_a_word(&gold.place, &found), &gold.place, found.join(" ").trim());
        }
        if !gold.source.is_empty() {
            let found: Vec<&str> = coded.attribution.iter().map(|attribution| attribution.text.as_str()).collect();
            judge("source", |report| &mut report.source, share_a_word(&gold.source, &found), &gold.source, &found.join(" "));
        }
    }
}

/// Sectors that stand for an organisation where a country would stand.
const ORGANISATIONS: [&str; 6] = ["IGO", "NGO", "NGM", "MNC", "IMG", "ISM"];

/// Whether some actor and, where gold names one, some recipient is right, with at most one country too many. A reciprocal gold event, without recipient or
/// with the same on both sides, is right when two of its parties stand on either side.
fn who_is_right(gold: &GoldEvent, coded: &Event) -> bool {
    let (gold_actors, gold_recipients) = (set(&gold.actor_countries), set(&gold.recipient_countries));
    let (actors, recipients) = (parties(&coded.actors), parties(&coded.recipients));
    if gold_actors.is_empty() && gold_recipients.is_empty() {
        return true;
    }
    let countries = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| one.union(other).filter(|code| !ORGANISATIONS.contains(code)).count();
    if countries(&actors, &recipients) > countries(&gold_actors, &gold_recipients) + 1 {
        return false;
    }
    if gold_recipients.is_empty() || gold_actors == gold_recipients {
        let either: BTreeSet<&str> = actors.union(&recipients).copied().collect();
        return gold_actors.intersection(&either).count() >= gold_actors.len().min(2);
    }
    (gold_actors.is_empty() || !gold_actors.is_disjoint(&actors)) && !gold_recipients.is_disjoint(&recipients)
}

fn set(codes: &[String]) -> BTreeSet<&str> {
    codes.iter().map(String::as_str).filter(|code| !code.is_empty()).collect()
}

/// The countries of a side, and the sectors that stand for organisations.
pub(crate) fn parties(side: &[Party]) -> BTreeSet<&str> {
    let sector = |party: &'_ Party| party.sector.as_deref().is_some_and(|sector| ORGANISATIONS.contains(&sector));
    let codes = side.iter().flat_map(|party| [party.country.as_deref(), party.sector.as_deref().filter(|_| sector(party))]);
    codes.flatten().filter(|code| !code.is_empty()).collect()
}

fn list(codes: &BTreeSet<&str>) -> String {
    codes.iter().copied().collect::<Vec<_>>().join(" ")
}

/// Whether a word of three letters or more stands in both, whatever its case.
fn share_a_word(expected: &str, found: &[&str]) -> bool {
    let expected = words(expected);
    found.iter().any(|text| !words(text).is_disjoint(&expected))
}

/// The words of three letters or more.
fn words(text: &str) -> BTreeSet<String> {
    all_words(text).into_iter().filter(|word| word.chars().count() >= 3).collect()
}
