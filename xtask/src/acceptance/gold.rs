//! A gold file made into an input: what a line may say of its dispatch, without the answers.

use super::measures::Measure;
use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// Writes the lines of `gold`, gzip or plain, with only what the measure keeps and sets.
pub(super) fn write_input(gold: &Path, measure: &Measure, input: &Path) -> Result<()> {
    let file = File::open(gold).with_context(|| format!("{} could not be read", gold.display()))?;
    let zipped = gold.extension().is_some_and(|extension| extension == "gz");
    let reader: Box<dyn Read> = if zipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut writer = BufWriter::new(File::create(input).with_context(|| format!("{} could not be made", input.display()))?);
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let at = || format!("{}, line {}", gold.display(), number + 1);
        let line = line.with_context(at)?;
        if !line.trim().is_empty() {
            writeln!(writer, "{}", kept(&line, measure).with_context(at)?)?;
        }
    }
    writer.flush().with_context(|| format!("{} could not be written", input.display()))
}

/// The line with the keys that the measure keeps, and those that it sets.
fn kept(line: &str, measure: &Measure) -> Result<Value> {
    let given: Map<String, Value> = serde_json::from_str(line)?;
    let kept = given.into_iter().filter(|(key, _)| measure.keep.contains(key));
    let set = measure.set.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
    Ok(kept.chain(set).collect())
}
