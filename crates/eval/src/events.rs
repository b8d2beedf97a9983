//! Coded events against gold, one to one within a dispatch.
//!
//! An event is right by its type, and further by who did it to whom; of the matched ones status, time, mode, place and source are judged where gold
//! says them. A gold event marked optional costs nothing when missed and nothing when found; one with alternative types may be coded as any of them.
//! In a long text an event matches only near a gold trigger.

mod dates;
mod gold;
mod matching;
mod report;

pub use gold::{GoldDispatch, GoldEvent};
pub use report::{Mistake, Report, Verdict};

use crate::Share;
use depeche_record::{CodedDispatch, Event, Participant};
use std::collections::{BTreeMap, BTreeSet};

/// How to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Take CONCEDE and RETREAT for one type, as codebooks before PLOVER's sixteen types do (their YIELD).
    pub coarse: bool,
}

impl Options {
    /// The type as it is compared.
    fn fold(self, kind: &str) -> &str {
        match kind {
            "CONCEDE" | "RETREAT" if self.coarse => "YIELD",
            kind => kind,
        }
    }
}

/// Scores coded dispatches against gold ones of the same ids. A gold dispatch that was not coded counts as coded without events; a coded one without gold
/// counts for nothing.
pub fn score(gold: &[GoldDispatch], coded: &[CodedDispatch], options: Options) -> Report {
    let coded: BTreeMap<&str, &[Event]> = coded.iter().map(|dispatch| (dispatch.id.as_str(), dispatch.events.as_slice())).collect();
    let mut report = Report::default();
    for dispatch in gold {
        let events = coded.get(dispatch.id.as_str()).copied().unwrap_or_default();
        score_dispatch(dispatch, events, options, &mut report);
    }
    report
}

fn score_dispatch(dispatch: &GoldDispatch, coded: &[Event], options: Options, report: &mut Report) {
    let matched = matching::matches(dispatch, coded, options);
    for event in dispatch.events.iter().filter(|event| !event.optional) {
        report.count_gold(options.fold(&event.kind));
    }
    for (index, event) in coded.iter().enumerate() {
        match matched.iter().find(|&&(_, coded)| coded == index).map(|&(gold, _)| &dispatch.events[gold]) {
            Some(gold) if gold.optional => {}
            Some(gold) => {
                report.count_coded(options.fold(&gold.kind));
                judge(dispatch, gold, event, options, report);
            }
            None => {
                report.count_coded(options.fold(event.kind.name()));
                report.mistake(Verdict::Spurious, dispatch, event.kind.name(), "", &event.trigger.text);
            }
        }
    }
    for (index, gold) in dispatch.events.iter().enumerate() {
        if !gold.optional && !matched.iter().any(|&(gold, _)| gold == index) {
            report.mistake(Verdict::Missed, dispatch, &gold.kind, gold.trigger.as_deref().unwrap_or(""), "");
        }
    }
}

/// Judges a matched pair.
fn judge(dispatch: &GoldDispatch, gold: &GoldEvent, coded: &Event, options: Options, report: &mut Report) {
    let who = who_is_right(gold, coded);
    report.count_right(options.fold(&gold.kind), who);
    if !who {
        let (expected, found) = (gold.parties(), format!("{} > {}", list(&parties(&coded.actors)), list(&parties(&coded.recipients))));
        report.mistake(Verdict::Who, dispatch, &gold.kind, &expected, &found);
    }
    let mut judge = |verdict, share: fn(&mut Report) -> &mut Share, right, expected: &str, found: &str| {
        share(report).judge(right);
        if !right {
            report.mistake(verdict, dispatch, &gold.kind, expected, found);
        }
    };
    if let Some(status) = gold.status {
        judge(Verdict::Status, |report| &mut report.status, coded.status == status, &format!("{status:?}"), &format!("{:?}", coded.status));
    }
    let when = coded.when.as_ref();
    match &gold.date {
        Some(Some(date)) => {
            judge(Verdict::When, |report| &mut report.when, dates::agree(date, when), date, when.map_or("", |when| &when.value))
        }
        Some(None) if when.is_some() => judge(Verdict::When, |report| &mut report.when, false, "", when.map_or("", |when| &when.value)),
        Some(None) | None => {}
    }
    if let Some(mode) = gold.mode.as_deref().filter(|mode| !mode.is_empty()) {
        let found = coded.mode.as_ref().map_or("", |mode| mode.name());
        judge(Verdict::Mode, |report| &mut report.mode, mode == found, mode, found);
    }
    if let Some(place) = gold.place.as_deref().filter(|place| !place.is_empty()) {
        let found: Vec<&str> = coded.place.iter().flat_map(|place| [Some(place.text.as_str()), place.name.as_deref()]).flatten().collect();
        judge(Verdict::Place, |report| &mut report.place, share_a_word(place, &found), place, &found.join(" "));
    }
    if let Some(source) = gold.source.as_deref().filter(|source| !source.is_empty()) {
        let found: Vec<&str> = coded.attribution.iter().map(|attribution| attribution.text.as_str()).collect();
        judge(Verdict::Source, |report| &mut report.source, share_a_word(source, &found), source, &found.join(" "));
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
fn parties(side: &[Participant]) -> BTreeSet<&str> {
    let sector = |party: &'_ Participant| party.sector.as_deref().is_some_and(|sector| ORGANISATIONS.contains(&sector));
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

fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let runs = lower.split(|c: char| !c.is_alphanumeric() && c != '_');
    runs.filter(|run| run.chars().count() >= 3).map(str::to_owned).collect()
}
