//! How long answers of a page take, asked through one opened reader as a server would: `ask RECORD` prints a line of JSON for each question, with median and 95th percentile in milliseconds.

use depeche_store::{Digest, Filter, Level, Period, Reader, StoreError};
use serde_json::json;
use std::error::Error;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

/// How often every question is asked.
const TIMES: usize = 20;

type Ask = Box<dyn Fn(&Reader) -> Result<usize, StoreError>>;
type Question = (&'static str, Ask);

fn page(filter: Filter) -> Ask {
    Box::new(move |reader| Ok(reader.timeline_page(&filter, None)?.items.len()))
}

fn search(words: &'static str, filter: Filter) -> Ask {
    Box::new(move |reader| Ok(reader.search(words, &filter)?.len()))
}

fn network(level: Level, digest: Rc<Digest>) -> Ask {
    Box::new(move |reader| Ok(reader.network(&Filter::default(), level, &digest)?.edges.len()))
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("ask RECORD")?;
    let reader = Reader::open(Path::new(&path))?;
    let digest = Rc::new(reader.digest()?);
    let all = Filter { limit: Some(100), ..Filter::default() };
    let actor = |name: &str| Filter { actors: vec![name.to_owned()], ..all.clone() };
    let questions: Vec<Question> = vec![
        ("timeline", page(all.clone())),
        ("timeline of 500", page(Filter { limit: Some(500), ..all.clone() })),
        ("timeline of a great country", page(actor("USA"))),
        ("timeline of a small country", page(actor("BTN"))),
        ("timeline between two", page(Filter { between: Some(("USA".to_owned(), "RUS".to_owned())), ..all.clone() })),
        ("timeline of a type", page(Filter { types: vec!["CONSULT".parse()?], ..all.clone() })),
        ("timeline of a month", page(Filter { since: Some("2026-09-01".parse()?), until: Some("2026-09-30".parse()?), ..all.clone() })),
        ("timeline of a source", page(Filter { source: Some("Reuters".to_owned()), ..all.clone() })),
        ("timeline of a topic", page(Filter { topic: Some("sanctions".to_owned()), ..all.clone() })),
        ("series of all", Box::new(|reader| Ok(reader.series_page(&Filter::default(), Period::Month, 0, 100)?.0.len()))),
        ("series of all by day", Box::new(|reader| Ok(reader.series_page(&Filter::default(), Period::Day, 0, 100)?.0.len()))),
        ("network of actors", network(Level::Actor, digest.clone())),
        ("network of countries", network(Level::Country, digest.clone())),
        ("a great country in full", Box::new(move |reader| Ok(reader.actor_in_full("USA", &digest)?.map_or(0, |actor| actor.met.len())))),
        ("pledges", Box::new(|reader| Ok(reader.commitments_page(&Filter::default(), 0, 100)?.0.len()))),
        ("search of a common word", search("president", Filter::default())),
        ("search of two words", search("visite ministre", Filter::default())),
        ("search of a beginning", search("parten*", Filter::default())),
        ("search of a source", search("army", Filter { source: Some("Reuters".to_owned()), ..Filter::default() })),
    ];
    for (name, ask) in questions {
        let mut times = Vec::with_capacity(TIMES);
        let mut found = Ok(0);
        for _ in 0..TIMES {
            let begun = Instant::now();
            found = ask(&reader);
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        println!("{}", json!({"question": name, "found": found.ok(), "p50": at(50), "p95": at(95)}));
    }
    Ok(())
}
