//! The features of pairs of names, for `training/names/`.
//!
//! In goes a TSV with a header (`name1`, `name2`, perhaps `schema`); out come JSON-like rows: the number of the line, `person` or `body`, and the features of each pair of
//! readings. A schema decides; without one a pair is of persons.

use depeche_names::{BODY, Kind, Matcher, PERSON};
use depeche_packs::{NameWords, PackFiles};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let matcher = Matcher::new(&NameWords::load(&PackFiles::built_in())?);
    let text = std::fs::read_to_string(std::env::args().nth(1).ok_or("name a file")?)?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|head| *head == name);
    let (one, other, schema) = (column("name1").ok_or("no name1")?, column("name2").ok_or("no name2")?, column("schema"));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}\n{}", PERSON.join("\t"), BODY.join("\t"))?;
    for (line, at) in lines.zip(0..) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let mut kind = Kind::Person;
        if let Some(schema) = schema {
            let guessed = matcher.name(cell(one), None).kind();
            kind = Kind::of_schema(cell(schema)).unwrap_or(if guessed == Kind::Person {
                matcher.name(cell(other), None).kind()
            } else {
                guessed
            });
        }
        let (one, other) = (matcher.name(cell(one), Some(kind)), matcher.name(cell(other), Some(kind)));
        let what = if kind == Kind::Person { "person" } else { "body" };
        for row in matcher.features(&one, &other) {
            let row: Vec<String> = row.iter().map(|value| format!("{value:.4}")).collect();
            writeln!(out, "{at}\t{what}\t{}", row.join("\t"))?;
        }
    }
    Ok(())
}
