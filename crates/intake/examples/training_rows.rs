//! Writes what the scorer reads of pages, one JSON object a page: `{"id", "texts", "first", "second"}`; before them one with the names of the
//! numbers. `--text` reads each page as if it had been copied out as plain text. `--scores FILE` names lines `{"id", "scores"}`; pages that it
//! does not name are left out, and the others get the second scorer's numbers.
//!
//! `cargo run --release -p depeche-intake --example training_rows -- [--text] [--scores FILE] PAGE…`

use depeche_intake::training::{feature_names, page_rows, text_rows};
use depeche_intake::{Pages, ReadOptions, read};
use depeche_packs::PackFiles;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::error::Error;
use std::io::{BufWriter, Write, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_text = arguments.first().is_some_and(|first| first == "--text");
    if as_text {
        arguments.remove(0);
    }
    let mut scores: Option<HashMap<String, Vec<f32>>> = None;
    if arguments.first().is_some_and(|first| first == "--scores") {
        let file = std::fs::read_to_string(arguments.get(1).ok_or("name the file of scores")?)?;
        arguments.drain(..2);
        let line = |line: &str| -> Result<(String, Vec<f32>), Box<dyn Error>> {
            let Value::Object(mut line) = serde_json::from_str(line)? else { return Err("a line is no object".into()) };
            let id = line.get("id").and_then(Value::as_str).ok_or("a line has no id")?.to_owned();
            Ok((id, serde_json::from_value(line.remove("scores").ok_or("a line has no scores")?)?))
        };
        scores = Some(file.lines().map(line).collect::<Result<_, _>>()?);
    }
    let pages = Pages::load(&PackFiles::built_in())?;
    let mut output = BufWriter::new(stdout().lock());
    let (first, second) = feature_names();
    writeln!(output, "{}", json!({"first": first, "second": second}))?;
    for item in read(arguments, ReadOptions::default()) {
        let item = item?;
        let given = match &scores {
            Some(scores) => match scores.get(&item.id) {
                Some(scores) => Some(scores.as_slice()),
                None => continue,
            },
            None => None,
        };
        let rows = if as_text { text_rows(item.content.as_str(), &pages, given) } else { page_rows(item.content.as_str(), &pages, given) };
        writeln!(output, "{}", json!({"id": item.id, "texts": rows.texts, "first": rows.first, "second": rows.second}))?;
    }
    output.flush()?;
    Ok(())
}
