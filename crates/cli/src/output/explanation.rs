//! `extract --explain` to read: every block with its label and what decided it.

use depeche::{ExplainedBlock, Extraction, Stating};
use std::io::{self, Write};

/// How many characters of a block are shown.
const SHOWN: usize = 90;

/// Writes the claims of a page and its blocks. `+` marks what is part of the dispatch's text.
pub(crate) fn write(out: &mut impl Write, id: &str, extraction: &Extraction, blocks: &[ExplainedBlock]) -> io::Result<()> {
    writeln!(out, "{id}")?;
    for Stating { field, value, from, chosen } in &extraction.metadata {
        let mark = if *chosen { '+' } else { ' ' };
        writeln!(out, "{mark} {:<10} {:<15} {}", word(field), word(from), shown(value))?;
    }
    if !extraction.metadata.is_empty() {
        writeln!(out)?;
    }
    for block in blocks {
        let mark = if block.belongs { '+' } else { ' ' };
        writeln!(out, "{mark} {:<15} {:.2}  {}", word(&block.kind), block.score, shown(&block.text))?;
        let mut reasons: Vec<String> = Vec::new();
        reasons.extend(block.by_words.map(|kind| format!("by its words {}", word(&kind))));
        reasons.extend(block.reasons.iter().map(|reason| format!("{} {} ({:+.2})", reason.feature, number(reason.value), reason.weight)));
        if !reasons.is_empty() {
            writeln!(out, "                        {}", reasons.join(", "))?;
        }
    }
    Ok(())
}

/// The name by which JSON knows a value.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn number(value: f32) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.2}") }
}

fn shown(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(SHOWN) {
        words.truncate(end);
        words.push('…');
    }
    words
}
