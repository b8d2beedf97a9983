//! The happenings that events are put into, against gold's: how many of the pairs of reports are right.
//!
//! In go gold dispatches whose events name their happening, coded ones, and which happening each coded event was put into; out come precision, recall and F1 over pairs of reports.
//! A coded event stands for the gold one of its type whose words its trigger stands in; what was coded besides counts for nothing. Recall is given twice: over the gold pairs both of
//! whose reports were coded, which is what resolution can answer for, and over all of them.

use crate::Sheet;
use crate::coded::{Coded, beside};
use crate::events::{GoldDispatch, aligned};
use crate::mistake::Mistake;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A coded event and its happening.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InHappening {
    /// The dispatch.
    pub dispatch: String,
    /// The event's id in it.
    pub event: String,
    /// Any name or number that the reports of one happening share.
    pub happening: Value,
}

/// Pairs that are right, found and wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pairs {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Pairs {
    /// Of reports, each with its happening in gold and the one that it was put into.
    fn of(reports: &[(String, String)]) -> Pairs {
        let (mut both, mut gold, mut given) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (wanted, found) in reports {
            *both.entry((wanted, found)).or_insert(0) += 1;
            *gold.entry(wanted).or_insert(0) += 1;
            *given.entry(found).or_insert(0) += 1;
        }
        let pairs = |count: usize| count * count.saturating_sub(1) / 2;
        Pairs {
            right: both.into_values().map(pairs).sum(),
            found: given.into_values().map(pairs).sum(),
            wanted: gold.into_values().map(pairs).sum(),
        }
    }

    fn figures(self) -> (f64, f64, f64) {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let (precision, recall) = (share(self.right, self.found), share(self.right, self.wanted));
        let f = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        (precision, recall, f)
    }
}

/// The happening that gold has of each coded event that stands for one of gold's, by dispatch and event.
pub fn gold_of(gold: &[GoldDispatch], coded: &[Coded]) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for (dispatch, coded) in beside(gold, coded, |gold| &gold.id) {
        for (at, to) in aligned(dispatch, &coded.events) {
            if let (Some(own), Some(event)) = (dispatch.events.get(at), coded.events.get(to)) {
                found.insert((dispatch.id.clone(), event.id.clone()), own.happening.clone());
            }
        }
    }
    found
}

/// Scores happenings. An event that was put into none is one of its own.
pub fn score(gold: &[GoldDispatch], coded: &[Coded], put: &[InHappening]) -> Sheet {
    let put: BTreeMap<(&str, &str), String> =
        put.iter().map(|event| ((event.dispatch.as_str(), event.event.as_str()), event.happening.to_string())).collect();
    let (mut reports, mut places) = (Vec::new(), Vec::new());
    let mut all: Vec<(String, String)> = Vec::new();
    for (dispatch, coded) in beside(gold, coded, |gold| &gold.id) {
        all.extend(dispatch.events.iter().map(|event| (event.happening.clone(), String::new())));
        for (at, found) in aligned(dispatch, &coded.events) {
            let (Some(own), Some(event)) = (dispatch.events.get(at), coded.events.get(found)) else { continue };
            let given = put.get(&(dispatch.id.as_str(), event.id.as_str()));
            reports.push((own.happening.clone(), given.cloned().unwrap_or_else(|| format!("alone {} {}", dispatch.id, event.id))));
            places.push(format!("{}#{} {}", dispatch.id, event.id, event.trigger.text));
        }
    }
    let (pairs, events) = (Pairs::of(&reports), all.len());
    let whole = Pairs { wanted: Pairs::of(&all).wanted, ..pairs };
    let ((precision, recall, f), (_, recall_of_all, f_of_all)) = (pairs.figures(), whole.figures());
    let headline = format!(
        "events {events} aligned {} | pairs P {precision:.3} R {recall:.3} F1 {f:.3} | of all pairs R {recall_of_all:.3} F1 {f_of_all:.3}",
        reports.len()
    );
    let mut sheet = Sheet { headline, ..Sheet::default() };
    let figures =
        [("pairs P", precision), ("pairs R", recall), ("pairs F1", f), ("all pairs R", recall_of_all), ("all pairs F1", f_of_all)];
    for (name, value) in figures {
        sheet.figure(name, value);
    }
    sheet.mistakes = mistakes(&reports, &places);
    sheet
}

/// Happenings of gold that were split, and those found that mix several.
fn mistakes(reports: &[(String, String)], places: &[String]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for verdict in ["split", "mixed"] {
        let mut groups: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
        for ((gold, found), place) in reports.iter().zip(places) {
            let (group, part) = if verdict == "split" { (gold, found) } else { (found, gold) };
            groups.entry(group).or_default().entry(part).or_default().insert(place);
        }
        for (group, parts) in groups.into_iter().filter(|(_, parts)| parts.len() > 1) {
            let told = |(part, members): (&str, BTreeSet<&str>)| {
                let members = members.into_iter().collect::<Vec<_>>().join(", ");
                if verdict == "split" { members } else { format!("{part}: {members}") }
            };
            let told = parts.into_iter().map(told).collect::<Vec<_>>().join(" | ");
            let gold = if verdict == "split" { group.to_owned() } else { String::new() };
            mistakes.push(Mistake {
                verdict,
                id: group.to_owned(),
                kind: String::new(),
                gold,
                coded: told,
                gold_span: None,
                coded_span: None,
                sentence: String::new(),
            });
        }
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reports as `gold found`, a space between them.
    fn check(reports: &[&str], expected: (usize, usize, usize)) {
        let split = |report: &&str| report.split_once(' ').map(|(gold, found)| (gold.to_owned(), found.to_owned()));
        let pairs = Pairs::of(&reports.iter().filter_map(split).collect::<Vec<_>>());
        assert_eq!((pairs.right, pairs.found, pairs.wanted), expected, "{reports:?}");
    }

    #[test]
    fn pairs_of_reports_are_counted() {
        check(&["a 1", "a 1", "a 1", "b 2"], (3, 3, 3));
        check(&["a 1", "a 1", "b 1", "b 2"], (1, 3, 2));
        check(&["a 1", "a 2"], (0, 0, 1));
        check(&[], (0, 0, 0));
    }

    #[test]
    fn coded_events_stand_for_those_of_gold() {
        let gold: Vec<GoldDispatch> = ["one", "two"]
            .iter()
            .map(|id| {
                let events = serde_json::json!([{"type": "CONSULT", "trigger": "met", "happening": "h"}]);
                serde_json::from_value(serde_json::json!({"id": id, "text": "They met.", "events": events}))
                    .unwrap_or_else(|error| panic!("{error}"))
            })
            .collect();
        let coded: Vec<Coded> = ["one", "two"]
            .iter()
            .map(|id| {
                let events = serde_json::json!([{"id": "v1", "type": "CONSULT", "trigger": {"start": 5, "end": 8, "text": "met"}}]);
                serde_json::from_value(serde_json::json!({"id": id, "events": events})).unwrap_or_else(|error| panic!("{error}"))
            })
            .collect();
        let put = |id: &str, happening: u32| InHappening { dispatch: id.into(), event: "v1".into(), happening: happening.into() };
        let figure =
            |put: &[InHappening]| score(&gold, &coded, put).figures.iter().find(|(name, _)| name == "pairs F1").map(|(_, value)| *value);
        assert_eq!(figure(&[put("one", 1), put("two", 1)]), Some(1.0));
        assert_eq!(figure(&[put("one", 1), put("two", 2)]), Some(0.0));
    }
}
