//! Writes the dispatches of the inputs named as arguments, one JSON object a line; refusals go to standard error.
//!
//! `cargo run -p depeche-intake --example extract -- news/ > dispatches.jsonl`

use depeche_intake::{Pages, ReadOptions, dispatch, read};
use depeche_packs::PackFiles;
use serde_json::json;
use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let pages = Pages::load(&PackFiles::built_in())?;
    let mut output = BufWriter::new(stdout().lock());
    let mut refused = 0;
    for item in read(std::env::args_os().skip(1), ReadOptions::default()) {
        match item {
            Ok(item) => {
                let (dispatch, warnings) = dispatch(&item, &pages);
                let line = json!({"id": item.id, "source_sha256": item.source_sha256, "dispatch": dispatch, "warnings": warnings});
                writeln!(output, "{line}")?;
            }
            Err(error) => {
                refused += 1;
                eprintln!("{error}");
            }
        }
    }
    output.flush()?;
    Ok(ExitCode::from(u8::from(refused > 0)))
}
