//! The examples of a pack, run: every frame must give what its examples say it gives, and nothing else.

use crate::Lexicon;
use depeche_packs::{Example, Expected, PackError, PackFile};
use depeche_record::Event;

/// An entry of a pack with its examples.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// Its examples.
    pub examples: &'a [Example],
    /// The file it stands in.
    pub file: &'a PackFile,
}

/// The entries of a lexicon, frames first.
pub fn entries(lexicon: &Lexicon) -> impl Iterator<Item = Entry<'_>> {
    let frames = lexicon.frames().iter().map(|frame| Entry { name: &frame.id, examples: &frame.examples, file: &frame.file });
    frames.chain(lexicon.modes().iter().map(|rule| Entry { name: rule.mode.name(), examples: &rule.examples, file: &rule.file }))
}

/// Runs every example of `entries` through `code`, which codes a text of their language, and tells those that fail.
pub fn check<'a>(entries: impl IntoIterator<Item = Entry<'a>>, mut code: impl FnMut(&str) -> Vec<Event>) -> Vec<PackError> {
    let mut failures = Vec::new();
    for entry in entries {
        for example in entry.examples {
            let events = code(&example.text);
            if let Err(message) = compare(example, &events) {
                failures.push(entry.file.error(example.span.clone(), format!("frame `{}`: {message}", entry.name)));
            }
        }
    }
    failures
}

fn compare(example: &Example, events: &[Event]) -> Result<(), String> {
    let mut left: Vec<&Event> = events.iter().collect();
    for expected in &example.expected {
        match left.iter().position(|event| fits(expected, event)) {
            Some(at) => {
                left.remove(at);
            }
            None => return Err(format!("the example must give {}, but gives {}", describe(expected), all(events))),
        }
    }
    match left.first() {
        Some(event) => Err(format!("the example also gives {}, which it must not", one(event))),
        None => Ok(()),
    }
}

fn fits(expected: &Expected, event: &Event) -> bool {
    event.kind == expected.kind
        && event.status == expected.status
        && expected.mode.is_none_or(|mode| event.mode == Some(mode))
        && expected.actors.as_ref().is_none_or(|codes| *codes == countries(&event.actors))
        && expected.recipients.as_ref().is_none_or(|codes| *codes == countries(&event.recipients))
}

fn countries(side: &[depeche_record::Participant]) -> Vec<String> {
    let mut codes: Vec<String> = side.iter().filter_map(|participant| participant.country.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn side(codes: &[String]) -> String {
    if codes.is_empty() { "-".to_owned() } else { codes.join(",") }
}

fn describe(expected: &Expected) -> String {
    let mut text = expected.kind.name().to_owned();
    if let Some(mode) = expected.mode {
        text = format!("{text} {mode}");
    }
    if let (Some(actors), Some(recipients)) = (&expected.actors, &expected.recipients) {
        text = format!("{text} {} > {}", side(actors), side(recipients));
    }
    format!("{text} {}", expected.status.name())
}

fn one(event: &Event) -> String {
    let mode = event.mode.map(|mode| format!(" {mode}")).unwrap_or_default();
    format!(
        "{}{mode} {} > {} {} (“{}”)",
        event.kind,
        side(&countries(&event.actors)),
        side(&countries(&event.recipients)),
        event.status.name(),
        event.trigger.text
    )
}

fn all(events: &[Event]) -> String {
    if events.is_empty() { "nothing".to_owned() } else { events.iter().map(one).collect::<Vec<_>>().join("; ") }
}
