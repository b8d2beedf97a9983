//! A gold file made into an input: what a line may say of its dispatch, without the answers.

use super::measures::{Half, Measure};
use anyhow::{Context, Result, ensure};
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
        if line.trim().is_empty() {
            continue;
        }
        let record = kept(&line, measure).with_context(at)?;
        // The program refuses an empty text, as it should; what gold says of one counts as missed. Any other refusal fails the measure.
        if record["text"].as_str().is_some_and(|text| text.trim().is_empty()) {
            eprintln!("{}: an empty text, left out", at());
            continue;
        }
        writeln!(writer, "{record}")?;
    }
    writer.flush().with_context(|| format!("{} could not be written", input.display()))
}

/// Writes the rows of a tab-separated `gold` with only the columns that the measure keeps.
pub(super) fn write_columns(gold: &Path, measure: &Measure, input: &Path) -> Result<()> {
    let text = std::fs::read_to_string(gold).with_context(|| format!("{} could not be read", gold.display()))?;
    let header: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
    let kept: Vec<bool> = header.iter().map(|head| measure.keep.iter().any(|key| key == head)).collect();
    let mut written = String::with_capacity(text.len());
    for row in text.lines() {
        let cells: Vec<&str> = row.split('\t').zip(&kept).filter_map(|(cell, &kept)| kept.then_some(cell)).collect();
        written.push_str(&cells.join("\t"));
        written.push('\n');
    }
    std::fs::write(input, written).with_context(|| format!("{} could not be written", input.display()))
}

/// Writes the rows of a tab-separated `gold`, each with the last column of the same row of `output`; an error where rows are missing.
pub(super) fn write_scored(gold: &Path, output: &Path, to: &Path) -> Result<()> {
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()));
    let (gold, output) = (read(gold)?, read(output)?);
    ensure!(gold.lines().count() == output.lines().count(), "{} rows of gold, {} of output", gold.lines().count(), output.lines().count());
    let rows = gold.lines().zip(output.lines()).map(|(row, scored)| format!("{row}\t{}\n", scored.rsplit('\t').next().unwrap_or_default()));
    std::fs::write(to, rows.collect::<String>()).with_context(|| format!("{} could not be written", to.display()))
}

/// Writes the lines of `gold` whose `page` is of this half.
pub(super) fn write_half(gold: &Path, half: Half, to: &Path) -> Result<()> {
    let lines = std::fs::read_to_string(gold).with_context(|| format!("{} could not be read", gold.display()))?;
    let mut kept = String::with_capacity(lines.len());
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let record: Value = serde_json::from_str(line).with_context(|| format!("{} has a line that is no JSON", gold.display()))?;
        if half_of(record["page"].as_str().unwrap_or_default()) == Some(half) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    std::fs::write(to, kept).with_context(|| format!("{} could not be written", to.display()))
}

/// The parity of the last number in a page's name.
fn half_of(page: &str) -> Option<Half> {
    let last = page.rsplit(|character: char| !character.is_ascii_digit()).find(|digits| !digits.is_empty())?;
    Some(if last.ends_with(['1', '3', '5', '7', '9']) { Half::Odd } else { Half::Even })
}

/// The line with the keys that the measure keeps, and those that it sets.
fn kept(line: &str, measure: &Measure) -> Result<Value> {
    let given: Map<String, Value> = serde_json::from_str(line)?;
    let kept = given.into_iter().filter(|(key, _)| measure.keep.contains(key));
    let set = measure.set.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
    Ok(kept.chain(set).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acceptance::measures;

    #[test]
    fn pages_have_a_parity() {
        assert_eq!(half_of("pages/0017.html.gz"), Some(Half::Odd));
        assert_eq!(half_of("pages/0560.html.gz"), Some(Half::Even));
        assert_eq!(half_of("pages/one.html"), None);
    }

    #[test]
    fn the_answers_of_rows_are_left_out_and_put_back() {
        let measure = measures::parse(
            r#"measure = [{ name = "a", gold = "g.tsv", keep = ["name1", "name2"], command = [], scorer = [], report = ["F1"] }]"#,
        )
        .unwrap()
        .remove(0);
        let folder = std::env::temp_dir().join(format!("xtask-rows-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let [gold, input, output, scored] = ["gold.tsv", "in.tsv", "out.tsv", "scored.tsv"].map(|name| folder.join(name));
        std::fs::write(&gold, "label\tname1\tname2\n1\tA\tB\n").unwrap();
        write_columns(&gold, &measure, &input).unwrap();
        assert_eq!(std::fs::read_to_string(&input).unwrap(), "name1\tname2\nA\tB\n");
        std::fs::write(&output, "name1\tname2\tscore\nA\tB\t0.3\n").unwrap();
        write_scored(&gold, &output, &scored).unwrap();
        assert_eq!(std::fs::read_to_string(&scored).unwrap(), "label\tname1\tname2\tscore\n1\tA\tB\t0.3\n");
        std::fs::write(&output, "name1\tname2\tscore\n").unwrap();
        assert!(write_scored(&gold, &output, &scored).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_answers_and_empty_texts_are_left_out() {
        let measure = measures::parse(
            r#"
            [[measure]]
            name = "a"
            gold = "g"
            keep = ["id", "text"]
            set = { language = "fr" }
            command = []
            scorer = []
            report = ["type F1"]
            "#,
        )
        .unwrap()
        .remove(0);
        let folder = std::env::temp_dir().join(format!("xtask-gold-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (gold, input) = (folder.join("gold.jsonl"), folder.join("input.jsonl"));
        std::fs::write(&gold, "{\"id\": \"1\", \"text\": \"Pluie.\", \"events\": []}\n\n{\"id\": \"2\", \"text\": \" \"}\n").unwrap();
        write_input(&gold, &measure, &input).unwrap();
        assert_eq!(std::fs::read_to_string(&input).unwrap(), "{\"id\":\"1\",\"language\":\"fr\",\"text\":\"Pluie.\"}\n");
        std::fs::write(&gold, "no JSON\n").unwrap();
        assert!(write_input(&gold, &measure, &input).unwrap_err().to_string().ends_with("gold.jsonl, line 1"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
