//! `depeche sample`: a blind sheet of facts to check by hand.
//!
//! In go a record, a number and a seed; out comes a sheet: a code, what was made of a sentence, the sentence, and room for a verdict; or, with `--key`, what each code stands for.

use crate::Outcome;
use crate::arguments::{AnswerOutput, SampleArguments};
use crate::commands::query::write;
use crate::diagnostics::{Diagnostic, Failure, tell};
use crate::output::evidence::in_brackets;
use depeche_exchange::Cells;
use depeche_store::{Reader, SampleRow};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// A row of the sheet.
#[derive(Serialize)]
struct SheetRow {
    code: String,
    kind: String,
    fact: BTreeMap<String, String>,
    /// What counts stands in brackets.
    sentence: String,
    /// For whoever checks.
    right: String,
    note: String,
    #[serde(skip)]
    fact_words: String,
}

/// A row of the key.
#[derive(Serialize)]
struct KeyRow {
    code: String,
    id: String,
    confidence: Option<f64>,
    publisher: Option<String>,
    published: Option<String>,
}

pub(crate) fn run(arguments: &SampleArguments) -> Result<Outcome, Failure> {
    let rows = Reader::open(&arguments.record.db)?.sample(arguments.count, arguments.seed)?;
    if rows.len() < arguments.count {
        let told = Diagnostic::warning(format!("the record has only {} facts to check, of the {} asked for", rows.len(), arguments.count));
        tell(&told.hint("ingest more dispatches; rows that `depeche import` took have no sentence to check them by"));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if arguments.key {
        write(&mut out, &rows.into_iter().map(key_row).collect::<Vec<_>>(), arguments.to)
    } else {
        let sheet: Vec<SheetRow> = rows.into_iter().map(sheet_row).collect();
        match arguments.to {
            AnswerOutput::Table => write_sheet(&mut out, &sheet),
            to => write(&mut out, &sheet, to),
        }
    };
    written.and_then(|()| out.flush()).map_err(|error| Failure::of_output(&error))?;
    Ok(Outcome::Complete)
}

fn sheet_row(row: SampleRow) -> SheetRow {
    let fact_words = row.fact.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(" | ");
    let sentence = in_brackets(&row.evidence);
    SheetRow {
        code: row.code,
        kind: row.kind,
        fact: row.fact.into_iter().collect(),
        sentence,
        right: String::new(),
        note: String::new(),
        fact_words,
    }
}

fn key_row(row: SampleRow) -> KeyRow {
    KeyRow { code: row.code, id: row.id, confidence: row.confidence, publisher: row.evidence.publisher, published: row.evidence.published }
}

impl Cells for SheetRow {
    const COLUMNS: &'static [&'static str] = &["code", "kind", "fact", "sentence", "right", "note"];

    fn cells(&self) -> Vec<String> {
        vec![self.code.clone(), self.kind.clone(), self.fact_words.clone(), self.sentence.clone(), self.right.clone(), self.note.clone()]
    }
}

impl Cells for KeyRow {
    const COLUMNS: &'static [&'static str] = &["code", "id", "confidence", "publisher", "published"];

    fn cells(&self) -> Vec<String> {
        let confidence = self.confidence.map(|confidence| confidence.to_string());
        let blank = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![self.code.clone(), self.id.clone(), blank(&confidence), blank(&self.publisher), blank(&self.published)]
    }
}

/// The sheet to be printed: a fact, its sentence, a line for the verdict.
fn write_sheet(out: &mut impl Write, sheet: &[SheetRow]) -> io::Result<()> {
    for row in sheet {
        writeln!(
            out,
            "{} {}\n  {}\n  {}\n  right? ____  note: ____________________\n",
            row.code,
            row.kind,
            row.sentence,
            row.fact_words.replace(" | ", "\n  ")
        )?;
    }
    Ok(())
}
