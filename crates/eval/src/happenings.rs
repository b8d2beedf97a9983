//! The happenings that events are put into, against gold's: how many of the pairs of reports are right, and how pure and whole the happenings are.
//!
//! In goes which happening each coded event was put into, and gold: which it should have been put into ([`score_groups`]), or dispatches whose events name their happening, with the coded ones
//! ([`score`]); out come precision, recall and F1 over pairs of reports, and B³, the mean over reports of the share of their happening that belongs there. A coded event stands for the gold
//! one of its type whose words its trigger stands in; what was coded besides counts for nothing. Recall over pairs is then given twice: over the gold pairs both of whose reports were coded,
//! which is what resolution can answer for, and over all of them.

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

impl InHappening {
    /// The name of its happening.
    fn name(&self) -> String {
        self.happening.as_str().map_or_else(|| self.happening.to_string(), str::to_owned)
    }
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

/// B³: of every report the share of its happening that gold has in the same, and of gold's the share that is found; their means and F.
fn b_cubed(reports: &[(String, String)]) -> (f64, f64, f64) {
    let (mut both, mut gold, mut given) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (wanted, found) in reports {
        *both.entry((wanted, found)).or_insert(0_usize) += 1;
        *gold.entry(wanted).or_insert(0_usize) += 1;
        *given.entry(found).or_insert(0_usize) += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((wanted, found), shared) in &both {
        let share = |whole: Option<&usize>| (shared * shared) as f64 / whole.copied().unwrap_or(1).max(1) as f64;
        precision += share(given.get(found));
        recall += share(gold.get(wanted));
    }
    let count = reports.len().max(1) as f64;
    let (precision, recall) = (precision / count, recall / count);
    let f = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    (precision, recall, f)
}

/// Scores happenings against those that events should have been put into. An event that was put into none is one of its own; one that gold does not have counts for nothing. Of an event that is
/// given twice the last counts.
pub fn score_groups(gold: &[InHappening], put: &[InHappening]) -> Sheet {
    let groups = |events: &[InHappening]| -> BTreeMap<(String, String), String> {
        events.iter().map(|event| ((event.dispatch.clone(), event.event.clone()), event.name())).collect()
    };
    let (gold, put) = (groups(gold), groups(put));
    let (mut reports, mut places) = (Vec::new(), Vec::new());
    for (event, happening) in &gold {
        let place = format!("{}#{}", event.0, event.1);
        reports.push((happening.clone(), put.get(event).cloned().unwrap_or_else(|| format!("alone {place}"))));
        places.push(place);
    }
    let count = |side: fn(&(String, String)) -> &String| reports.iter().map(side).collect::<BTreeSet<_>>().len();
    let (wanted, found) = (count(|(wanted, _)| wanted), count(|(_, found)| found));
    let ((precision, recall, f), cubed) = (Pairs::of(&reports).figures(), b_cubed(&reports));
    let headline = format!(
        "events {} happenings {wanted} found {found} | pairs P {precision:.3} R {recall:.3} F1 {f:.3} | B3 P {:.3} R {:.3} F {:.3}",
        reports.len(),
        cubed.0,
        cubed.1,
        cubed.2
    );
    let mut sheet = Sheet { headline, ..Sheet::default() };
    let figures = [("pairs P", precision), ("pairs R", recall), ("pairs F1", f), ("B3 P", cubed.0), ("B3 R", cubed.1), ("B3 F", cubed.2)];
    for (name, value) in figures {
        sheet.figure(name, value);
    }
    sheet.mistakes = mistakes(&reports, &places);
    sheet
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
        put.iter().map(|event| ((event.dispatch.as_str(), event.event.as_str()), event.name())).collect();
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
    let cubed = b_cubed(&reports);
    let headline = format!(
        "events {events} aligned {} | pairs P {precision:.3} R {recall:.3} F1 {f:.3} | of all pairs R {recall_of_all:.3} F1 {f_of_all:.3} | B3 P {:.3} R {:.3} F {:.3}",
        reports.len(),
        cubed.0,
        cubed.1,
        cubed.2
    );
    let mut sheet = Sheet { headline, ..Sheet::default() };
    let of_pairs =
        [("pairs P", precision), ("pairs R", recall), ("pairs F1", f), ("all pairs R", recall_of_all), ("all pairs F1", f_of_all)];
    for (name, value) in of_pairs.into_iter().chain([("B3 P", cubed.0), ("B3 R", cubed.1), ("B3 F", cubed.2)]) {
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
    fn happenings_are_pure_and_whole() {
        let reports = [("a", "1"), ("a", "1"), ("a", "2"), ("b", "2")].map(|(gold, found)| (gold.to_owned(), found.to_owned()));
        // By hand: precision 1, 1, 1/2, 1/2; recall 2/3, 2/3, 1/3, 1.
        let (precision, recall, f) = b_cubed(&reports);
        let expected = (0.75, 2.0 / 3.0, 2.0 * 0.75 * (2.0 / 3.0) / (0.75 + 2.0 / 3.0));
        assert!((precision - expected.0).abs() < 1e-12 && (recall - expected.1).abs() < 1e-12 && (f - expected.2).abs() < 1e-12);
        assert_eq!(b_cubed(&[]), (0.0, 0.0, 0.0));
    }

    #[test]
    fn groups_are_held_against_groups() {
        let event = |dispatch: &str, happening: Value| InHappening { dispatch: dispatch.into(), event: "v1".into(), happening };
        let gold = [event("a", "x".into()), event("b", "x".into()), event("c", "y".into())];
        let figures = |put: &[InHappening]| score_groups(&gold, put).figures.into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        assert_eq!(figures(&[event("a", 1.into()), event("b", 1.into()), event("c", 2.into()), event("d", 1.into())]), [1.0; 6]);
        // What was put nowhere is alone, also beside another that was.
        assert_eq!(figures(&[event("a", 1.into())]), [0.0, 0.0, 0.0, 1.0, 2.0 / 3.0, 0.8]);
        let mixed = score_groups(&gold, &["a", "b", "c"].map(|id| event(id, 1.into())));
        assert_eq!(mixed.mistakes.iter().map(|mistake| mistake.verdict).collect::<Vec<_>>(), ["mixed"]);
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
