//! What the rooms of evaluation and training ask of the resolver, without a store.
//!
//! `resolve stories CODED` writes `{"id", "story"}` lines, `resolve happenings CODED` `{"dispatch", "event", "happening"}` lines, `resolve score [CODED]` scores both halves of
//! `eval/happenings` (without CODED on gold's own events), `resolve features [CODED]` writes what `training/happenings/fit.py` learns from, `resolve decisions CODED` all decisions.

#[expect(dead_code, reason = "every user of the corpus reads its part")]
#[path = "../tests/corpus/mod.rs"]
mod corpus;

use depeche_eval::{coded::Coded, events::GoldDispatch, happenings, stories};
use depeche_packs::PackFiles;
use depeche_record::CodedDispatch;
use depeche_resolve::{Decisions, Dossier, Resolver, UserDecisions};
use serde_json::json;
use std::error::Error;
use std::io::BufReader;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let resolver = Resolver::load(&PackFiles::built_in())?;
    let coded: Vec<CodedDispatch> = match arguments.get(1) {
        Some(path) => depeche_eval::read_lines(BufReader::new(std::fs::File::open(path)?))?,
        None => corpus::coded(&corpus::Tables::load()),
    };
    let dossiers: Vec<Dossier> = coded.iter().map(|dispatch| resolver.dossier(dispatch)).collect();
    let decide = || resolver.decide_all(&dossiers, &UserDecisions::default());
    match arguments.first().map(String::as_str) {
        Some("stories") => {
            for story in decide().stories {
                for id in story.dispatches {
                    println!("{}", json!({"id": id, "story": story.id}));
                }
            }
        }
        Some("happenings") => {
            for happening in put(&decide()) {
                println!("{}", json!({"dispatch": happening.dispatch, "event": happening.event, "happening": happening.happening}));
            }
        }
        Some("decisions") => println!("{}", serde_json::to_string_pretty(&decide())?),
        Some("score") => score(&coded, &decide())?,
        Some("features") => features(&resolver, &coded, &dossiers)?,
        _ => return Err("resolve stories|happenings|decisions|score|features [CODED]".into()),
    }
    Ok(())
}

fn put(decisions: &Decisions) -> Vec<happenings::InHappening> {
    let reports = decisions.happenings.iter().flat_map(|happening| happening.reports.iter().map(move |report| (&happening.id, report)));
    let put = |(id, report): (&String, &depeche_resolve::Report)| happenings::InHappening {
        dispatch: report.dispatch.clone(),
        event: report.event.clone(),
        happening: json!(id),
    };
    reports.map(put).collect()
}

fn score(coded: &[CodedDispatch], decisions: &Decisions) -> Result<(), Box<dyn Error>> {
    let told: Vec<corpus::Told> = corpus::lines("dispatches.jsonl");
    let gold: Vec<GoldDispatch> = corpus::lines("events.jsonl");
    let coded: Vec<Coded> =
        coded.iter().map(|dispatch| serde_json::to_value(dispatch).and_then(serde_json::from_value)).collect::<Result<_, _>>()?;
    let put = put(decisions);
    let verbose = std::env::var_os("MISTAKES").is_some();
    for half in ["learn", "check", ""] {
        let in_half = |id: &str| half.is_empty() || told.iter().any(|told| told.id == id && told.half == half);
        let own: Vec<GoldDispatch> = gold.iter().filter(|dispatch| in_half(&dispatch.id)).cloned().collect();
        let sheet = happenings::score(&own, &coded, &put);
        println!("{half:6} happenings {}", sheet.headline);
        let clusters: Vec<stories::GoldDispatch> = told
            .iter()
            .filter(|told| in_half(&told.id))
            .map(|told| stories::GoldDispatch { id: told.id.clone(), cluster: json!(told.story) })
            .collect();
        let put: Vec<stories::InStory> = decisions
            .stories
            .iter()
            .flat_map(|story| story.dispatches.iter().map(|id| stories::InStory { id: id.clone(), story: json!(story.id) }))
            .collect();
        let stories = stories::score(&clusters, &put);
        println!("{half:6} stories {}", stories.headline);
        if verbose && half == "learn" {
            for mistake in sheet.mistakes.iter().chain(&stories.mistakes) {
                println!("  {} {} {}", mistake.verdict, mistake.id, mistake.coded);
            }
        }
    }
    Ok(())
}

/// Every pair of events of one half that shares a key, and whether gold has them as one happening.
fn features(resolver: &Resolver, coded: &[CodedDispatch], dossiers: &[Dossier]) -> Result<(), Box<dyn Error>> {
    let told: Vec<corpus::Told> = corpus::lines("dispatches.jsonl");
    let gold: Vec<GoldDispatch> = corpus::lines("events.jsonl");
    println!("half\tpair\tsame\t{}", depeche_resolve::FEATURES.join("\t"));
    let coded: Vec<Coded> =
        coded.iter().map(|dispatch| serde_json::to_value(dispatch).and_then(serde_json::from_value)).collect::<Result<_, _>>()?;
    let happenings = happenings::gold_of(&gold, &coded);
    for ((one, first), (other, second), row) in resolver.pairs(dossiers) {
        let half = |id: &str| told.iter().find(|told| told.id == id).map(|told| told.half.clone());
        let (Some(left), Some(right)) = (happenings.get(&(one.clone(), first.clone())), happenings.get(&(other.clone(), second.clone())))
        else {
            continue;
        };
        if half(&one) == half(&other) {
            let cells: Vec<String> = row.iter().map(|cell| format!("{cell:.4}")).collect();
            println!(
                "{}\t{one}#{first} {other}#{second}\t{}\t{}",
                half(&one).unwrap_or_default(),
                u8::from(left == right),
                cells.join("\t")
            );
        }
    }
    Ok(())
}
