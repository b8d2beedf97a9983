//! The examples of a pack's rules, run: what each text must and must not give.

use crate::recognise::Recogniser;
use depeche_nlp::Doc;
use depeche_packs::PackError;
use depeche_packs::temporal::{Temporal, TemporalRule};
use depeche_record::{DatingMethod, Published};
use jiff::civil::{Date, date};

/// The day on which examples are read as published.
const PUBLISHED: Date = date(2024, 5, 15);

/// Runs every example of `temporal`; the ones that give something else, each pointing at its rule.
///
/// # Errors
/// When the table itself cannot be compiled.
pub fn check_examples(temporal: &Temporal) -> Result<Vec<PackError>, PackError> {
    let recogniser = Recogniser::new(temporal)?;
    let mut failures = Vec::new();
    for rule in &temporal.rules {
        for example in &rule.examples {
            let Some((text, expected)) = example.split_once('→') else {
                failures.push(failure(temporal, rule, format!("`{example}` has no `→` between text and what it gives")));
                continue;
            };
            let given = read(&recogniser, text.trim());
            if given != expected.trim() {
                failures.push(failure(temporal, rule, format!("`{}` gives `{given}`, not `{}`", text.trim(), expected.trim())));
            }
        }
    }
    Ok(failures)
}

/// What `text` gives, in the form of an example.
fn read(recogniser: &Recogniser, text: &str) -> String {
    let doc = plain_doc(text);
    let published = Published { earliest: Some(PUBLISHED), latest: Some(PUBLISHED), method: DatingMethod::Stated, ..Published::default() };
    let resolved = recogniser.resolve(&recogniser.recognise(&doc), &published, &doc);
    let given: Vec<String> = resolved
        .timexes
        .iter()
        .map(|timex| format!("{} = {}", timex.text, timex.value.as_deref().unwrap_or("")).trim().to_owned())
        .collect();
    given.join("; ").replace("= ;", "=;")
}

/// A document of `text` that no model has read.
pub(crate) fn plain_doc(text: &str) -> Doc {
    let whole = 0..text.len();
    Doc::of_chunks(text, std::slice::from_ref(&whole))
}

fn failure(temporal: &Temporal, rule: &TemporalRule, message: String) -> PackError {
    match temporal.files.get(rule.place.file) {
        Some(file) => file.error(rule.place.span.clone(), message),
        None => PackError::of_file(rule.pattern.clone(), message),
    }
}
