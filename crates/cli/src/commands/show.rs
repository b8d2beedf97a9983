//! `depeche show`: one thing of a record with its evidence.
//!
//! In goes an id that `query` gave; out comes what the thing is, and under it every sentence that says it, with the characters that count marked; of what was imported, the row that it came as.

use crate::Outcome;
use crate::arguments::{ShowArguments, SummaryOutput};
use crate::commands::query::json_line;
use crate::diagnostics::Failure;
use crate::output::evidence::sentence_lines;
use crate::output::style::{Style, one_line};
use depeche_store::{Reader, Shown};
use serde_json::Value;
use std::io::{self, BufWriter, Write};

/// Fields of a thing that its evidence shows better.
const SHOWN_AS_EVIDENCE: [&str; 6] = ["reports", "evidence", "id", "trigger", "sentence", "also"];

pub(crate) fn run(arguments: &ShowArguments) -> Result<Outcome, Failure> {
    let shown = Reader::open(&arguments.record.db)?.show(&arguments.id)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let written = match arguments.to {
        SummaryOutput::Jsonl => json_line(&mut out, &shown),
        SummaryOutput::Table => write(&mut out, &shown, Style::of_stdout()),
    };
    written.and_then(|()| out.flush()).map_err(|error| Failure::of_output(&error))?;
    Ok(Outcome::Complete)
}

fn write(out: &mut impl Write, shown: &Shown, style: Style) -> io::Result<()> {
    writeln!(out, "{} {}", style.bold(&shown.kind), one_line(&shown.id))?;
    match (&shown.thing, shown.kind.as_str()) {
        (thing, "dispatch") => write_dispatch(out, thing)?,
        (Value::Object(fields), _) => {
            for (name, value) in fields.iter().filter(|(name, _)| !SHOWN_AS_EVIDENCE.contains(&name.as_str())) {
                let told = words(value);
                if !told.is_empty() {
                    writeln!(out, "  {name}: {told}")?;
                }
            }
        }
        _ => {}
    }
    if let Some(origin) = &shown.origin {
        writeln!(
            out,
            "    {} no dispatch: it was imported as row {} of {}",
            style.dim("│"),
            one_line(&origin.row),
            one_line(&origin.source)
        )?;
        let told = [&origin.publisher, &origin.published, &origin.url].into_iter().flatten().map(|told| one_line(told)).collect::<Vec<_>>();
        let told = if told.is_empty() { "the row does not tell where it was reported".to_owned() } else { told.join(", ") };
        writeln!(out, "    {}", style.dim(&format!("└ {told}")))?;
    }
    for evidence in &shown.evidence {
        for line in sentence_lines(evidence, style) {
            writeln!(out, "    {} {line}", style.dim("│"))?;
        }
        let mut source = format!("{}#{} {}..{}", one_line(&evidence.dispatch), evidence.id, evidence.start, evidence.end);
        for beside in [&evidence.publisher, &evidence.published].into_iter().flatten() {
            source.push_str(&format!(", {}", one_line(beside)));
        }
        writeln!(out, "    {}", style.dim(&format!("└ {source}")))?;
    }
    Ok(())
}

/// What a dispatch says of itself; its layers are the evidence.
fn write_dispatch(out: &mut impl Write, thing: &Value) -> io::Result<()> {
    for pointer in ["/dispatch/title", "/dispatch/publisher/name", "/dispatch/published/value", "/dispatch/language", "/dispatch/url"] {
        if let Some(value) = thing.pointer(pointer).map(words).filter(|value| !value.is_empty()) {
            let name = pointer.trim_end_matches("/value").trim_end_matches("/name").rsplit('/').next().unwrap_or_default();
            writeln!(out, "  {name}: {value}")?;
        }
    }
    Ok(())
}

/// A value as one reads it: a thing by its text or name with its country, a list parted by semicolons.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => one_line(text),
        Value::Array(values) => values.iter().map(words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            if let (Some(polarity), Some(object)) = (fields.get("polarity"), fields.get("object")) {
                let country = |name: &str| fields.get(name).map(words).filter(|told| !told.is_empty()).unwrap_or_else(|| "?".to_owned());
                return format!("{} → {}, {}: {}", country("promisor"), country("beneficiary"), words(polarity), words(object));
            }
            let text = ["name", "text", "value"].iter().find_map(|name| fields.get(*name)).map(words).unwrap_or_default();
            match fields.get("country").and_then(Value::as_str) {
                Some(country) => format!("{text} ({country})"),
                None => text,
            }
        }
        other => other.to_string(),
    }
}
