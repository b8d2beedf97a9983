//! Reads annotated texts as JSON lines (`id`, `text`, `language`, `published`, `tokens`) and writes them with their `timexes`,
//! dated where they do not say when they were published.
//!
//! `cargo run --release -p depeche-time --example timexes -- fr < parsed.jsonl > coded.jsonl`

use depeche_nlp::{Annotation, Doc};
use depeche_packs::PackFiles;
use depeche_record::{Date, DatingMethod, Dispatch, Published};
use depeche_time::{Recogniser, Temporal};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, Write};

fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let language = std::env::args().nth(1).unwrap_or_else(|| "fr".to_owned());
    let recogniser = Recogniser::new(&Temporal::load(&PackFiles::built_in(), &language)?)?;
    let mut out = std::io::stdout().lock();
    let mut spent = std::time::Duration::ZERO;
    let mut texts = 0;
    for line in std::io::stdin().lock().lines() {
        let input: Value = serde_json::from_str(&line?)?;
        let annotation: Annotation = serde_json::from_value(json!({"tokens": input["tokens"], "ents": []}))?;
        let doc = Doc::from_annotation(input["text"].as_str().unwrap_or(""), &annotation);
        let stated = published(input["published"].as_str().unwrap_or(""));
        let dispatch = Dispatch { text: doc.text().to_owned(), published: stated, ..Dispatch::default() };
        let begun = std::time::Instant::now();
        let expressions = recogniser.recognise(&doc);
        let published = recogniser.date_dispatch(&dispatch, &doc, &expressions, &[]);
        let resolved = recogniser.resolve(&expressions, &published, &doc);
        spent += begun.elapsed();
        texts += 1;
        writeln!(
            out,
            "{}",
            json!({"id": input["id"], "text": doc.text(), "timexes": resolved.timexes, "dispatch": {"published": published}})
        )?;
    }
    eprintln!("{texts} texts in {spent:?}");
    Ok(())
}

/// A day, an interval of days, or nothing.
fn published(text: &str) -> Published {
    let mut ends = text.splitn(2, '/').map(|end| end.get(..10).and_then(|day| day.parse::<Date>().ok()));
    let earliest = ends.next().flatten();
    let latest = ends.next().flatten().or(earliest);
    let method = if earliest.is_some() { DatingMethod::Stated } else { DatingMethod::None };
    Published { value: None, earliest, latest, method, confidence: 1.0, evidence: Vec::new() }
}
