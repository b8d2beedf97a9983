//! How well happenings and stories of `eval/happenings` are told, from gold's own events.
//!
//! Floors may only be raised. The weights were learnt from the half `learn`; the half `check` says what they are worth.

mod corpus;

use depeche_eval::coded::Coded;
use depeche_eval::{Sheet, events, happenings, stories};
use depeche_packs::PackFiles;
use depeche_record::CodedDispatch;
use depeche_resolve::{CopyKind, Decisions, Field, Resolver, UserDecisions};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::LazyLock;

struct Resolved {
    coded: Vec<CodedDispatch>,
    decisions: Decisions,
}

static RESOLVED: LazyLock<Resolved> = LazyLock::new(|| {
    let resolver = Resolver::load(&PackFiles::built_in()).unwrap_or_else(|error| panic!("{error}"));
    let coded = corpus::coded(&corpus::Tables::load());
    let dossiers: Vec<_> = coded.iter().map(|dispatch| resolver.dossier(dispatch)).collect();
    Resolved { decisions: resolver.decide_all(&dossiers, &UserDecisions::default()), coded }
});

fn figure(sheet: &Sheet, name: &str) -> f64 {
    sheet.figures.iter().find(|(known, _)| known == name).map_or(0.0, |(_, value)| *value)
}

fn in_half(half: &str) -> BTreeSet<String> {
    corpus::lines::<corpus::Told>("dispatches.jsonl").into_iter().filter(|told| told.half == half).map(|told| told.id).collect()
}

fn check_happenings(half: &str, floor: f64) {
    let own = in_half(half);
    let gold: Vec<events::GoldDispatch> =
        corpus::lines("events.jsonl").into_iter().filter(|gold: &events::GoldDispatch| own.contains(&gold.id)).collect();
    let to_coded = |dispatch| serde_json::to_value(dispatch).and_then(serde_json::from_value).unwrap_or_else(|error| panic!("{error}"));
    let coded: Vec<Coded> = RESOLVED.coded.iter().map(to_coded).collect();
    let reports =
        RESOLVED.decisions.happenings.iter().flat_map(|happening| happening.reports.iter().map(move |report| (happening, report)));
    let put: Vec<happenings::InHappening> = reports
        .map(|(happening, report)| happenings::InHappening {
            dispatch: report.dispatch.clone(),
            event: report.event.clone(),
            happening: json!(happening.id),
        })
        .collect();
    let sheet = happenings::score(&gold, &coded, &put);
    assert!(figure(&sheet, "pairs F1") >= floor, "{half}: {}", sheet.headline);
}

fn check_stories(half: &str, floor: f64) {
    let told: Vec<corpus::Told> = corpus::lines("dispatches.jsonl");
    let gold: Vec<stories::GoldDispatch> = told
        .iter()
        .filter(|told| told.half == half)
        .map(|told| stories::GoldDispatch { id: told.id.clone(), cluster: json!(told.story) })
        .collect();
    let put: Vec<stories::InStory> = RESOLVED
        .decisions
        .stories
        .iter()
        .flat_map(|story| story.dispatches.iter().map(|id| stories::InStory { id: id.clone(), story: json!(story.id) }))
        .collect();
    let sheet = stories::score(&gold, &put);
    assert!(figure(&sheet, "B3 F") >= floor, "{half}: {}", sheet.headline);
}

#[test]
fn reports_of_one_happening_are_joined() {
    // Of `learn`, 87 dispatches came after the weights were learnt.
    check_happenings("learn", 0.905);
    check_happenings("check", 0.89);
}

#[test]
fn dispatches_of_one_story_are_joined() {
    check_stories("learn", 0.90);
    check_stories("check", 0.90);
}

/// Copies, near copies and reprints of gold, and no others; translations are no copies of words.
#[test]
fn copies_are_one_report() {
    let told: Vec<corpus::Told> = corpus::lines("dispatches.jsonl");
    let pairs: BTreeSet<(String, String)> = told
        .iter()
        .filter(|told| told.copy_kind.as_deref() != Some("translation"))
        .filter_map(|told| Some((told.id.clone(), told.copy_of.clone()?)))
        .collect();
    let mut found = BTreeSet::new();
    for group in &RESOLVED.decisions.copies {
        for member in group.members.iter().filter(|member| member.kind != CopyKind::Original) {
            found.insert((member.dispatch.clone(), group.id.clone()));
        }
    }
    let right = pairs.intersection(&found).count();
    assert!(
        right * 100 >= pairs.len() * 95 && right * 100 >= found.len() * 95,
        "{right} of {} and {}: missed {:?}, wrong {:?}",
        pairs.len(),
        found.len(),
        pairs.difference(&found).collect::<Vec<_>>(),
        found.difference(&pairs).collect::<Vec<_>>()
    );
}

/// A happening of gold on whose field reports disagree is found with that field.
#[test]
fn disagreements_are_told() {
    let gold: Vec<serde_json::Value> = corpus::lines("disagreements.jsonl");
    let (mut found, mut all) = (0, 0);
    for line in &gold {
        let field = match line["field"].as_str() {
            Some("when") => Field::When,
            Some("status") => Field::Status,
            _ => continue,
        };
        all += 1;
        let dispatches: BTreeSet<&str> = line["values"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|value| value["dispatches"].as_array().into_iter().flatten())
            .filter_map(|id| id.as_str())
            .collect();
        found += usize::from(RESOLVED.decisions.happenings.iter().any(|happening| {
            let told = happening.disagreements.iter().find(|told| told.field == field);
            let reporters: BTreeSet<&str> = happening.reports.iter().map(|report| report.dispatch.as_str()).collect();
            told.is_some() && reporters.intersection(&dispatches).count() > 1
        }));
    }
    assert!(found * 100 >= all * 80, "{found} of {all}");
}
