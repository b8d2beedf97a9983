//! `--to table`: a timeline to read, all dispatches together.
//!
//! In go coded dispatches in any number; out comes, by date, what happened, with who and to whom, and under each event the sentence that
//! says it, its trigger marked. Events without a date of their own stand at the end in the order of the input, under the day their dispatch was
//! published where that is known. Only the lines of events are kept, never the dispatches.

use super::style::{Style, one_line, wrap};
use depeche::record::{CharIndex, CodedDispatch, Date, Event, Participant, Place};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A timeline in the making.
pub(crate) struct Timeline {
    style: Style,
    entries: Vec<Entry>,
    dispatches: usize,
    statements: usize,
}

struct Entry {
    when: Day,
    lines: String,
}

/// The heading of an entry and its place in the order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Day {
    Dated { first: Option<Date>, last: Option<Date>, heading: String },
    Undated { published: Option<String> },
}

impl Timeline {
    pub(crate) fn new(style: Style) -> Timeline {
        Timeline { style, entries: Vec::new(), dispatches: 0, statements: 0 }
    }

    /// Takes the events of a dispatch.
    pub(crate) fn add(&mut self, coded: &CodedDispatch) {
        self.dispatches += 1;
        self.statements += coded.statements.len();
        let index = CharIndex::new(&coded.dispatch.text);
        for event in &coded.events {
            let lines = self.event_lines(coded, event, &index);
            self.entries.push(Entry { when: Day::of(coded, event), lines });
        }
    }

    /// Writes it all.
    pub(crate) fn write(mut self, out: &mut impl Write) -> io::Result<()> {
        // The sort is stable: events of one day stay in the order of the input.
        self.entries.sort_by(|a, b| a.when.order().cmp(&b.when.order()));
        let mut heading = None;
        for entry in &self.entries {
            let next = entry.when.heading();
            if heading.as_ref() != Some(&next) {
                let rule = "─".repeat(next.chars().count());
                writeln!(out, "{}\n{}", self.style.bold(&next), self.style.dim(&rule))?;
                heading = Some(next);
            }
            writeln!(out, "{}", entry.lines)?;
        }
        let counted = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
        let (events, statements) = (counted(self.entries.len(), "event"), counted(self.statements, "statement"));
        let dispatches = match self.dispatches {
            1 => "1 dispatch".to_owned(),
            number => format!("{number} dispatches"),
        };
        writeln!(out, "{}", self.style.dim(&format!("{events} and {statements} in {dispatches}.")))
    }

    /// An event: what and how sure, who and to whom, where; its sentence; its source.
    fn event_lines(&self, coded: &CodedDispatch, event: &Event, index: &CharIndex) -> String {
        let style = self.style;
        let mut what = style.of_quad(event.kind.name(), event.quad);
        if let Some(mode) = event.mode {
            what.push_str(&format!(" {}", mode.name().replace('_', " ")));
        }
        what.push_str(&format!(" · {}", event.status.name()));
        let mut lines = format!("  {what} {}\n", style.dim(&format!("· {:.0} %", event.confidence * 100.0)));
        for line in wrap(&self.parties(coded, event), style.width.saturating_sub(6)) {
            lines.push_str(&format!("    {line}\n"));
        }
        for line in wrap(&evidence(coded, event, index, style), style.width.saturating_sub(6)) {
            lines.push_str(&format!("    {} {line}\n", style.dim("│")));
        }
        for line in wrap(&source(coded, event), style.width.saturating_sub(6)) {
            lines.push_str(&format!("    {}\n", style.dim(&format!("└ {line}"))));
        }
        lines
    }

    /// Who → to whom, and where.
    fn parties(&self, coded: &CodedDispatch, event: &Event) -> String {
        let list = |participants: &[Participant]| {
            let shown: Vec<String> = participants.iter().map(|participant| self.participant(coded, participant)).collect();
            shown.join(", ")
        };
        let mut parties = if event.actors.is_empty() { "(actor not named)".to_owned() } else { list(&event.actors) };
        if !event.recipients.is_empty() {
            parties = format!("{parties} → {}", list(&event.recipients));
        }
        if let Some(place) = &event.place {
            parties.push_str(&format!(" · at {}", place_words(place)));
        }
        if let Some(count) = event.count {
            parties.push_str(&format!(" · {} times", count.value));
        }
        if !event.topics.is_empty() {
            let topics: Vec<String> = event.topics.iter().map(|topic| one_line(&topic.text)).collect();
            parties.push_str(&format!(" · on: {}", topics.join("; ")));
        }
        parties
    }

    /// A name with office and country.
    fn participant(&self, coded: &CodedDispatch, participant: &Participant) -> String {
        let office = participant.entity.as_ref().and_then(|entity| coded.roles.iter().find(|role| role.entity == *entity));
        let beside: Vec<&str> = office.map(|role| role.office.as_str()).into_iter().chain(participant.country.as_deref()).collect();
        let name = self.style.bold(&one_line(&participant.text));
        if beside.is_empty() { name } else { format!("{name} ({})", beside.join(", ")) }
    }
}

fn place_words(place: &Place) -> String {
    let text = one_line(&place.text);
    match &place.country {
        Some(country) => format!("{text} ({country})"),
        None => text,
    }
}

/// The sentence with the trigger marked.
fn evidence(coded: &CodedDispatch, event: &Event, index: &CharIndex, style: Style) -> String {
    let text = &coded.dispatch.text;
    let trigger = event.trigger.span;
    let sentence = coded.sentences.get(event.sentence).copied().filter(|sentence| sentence.contains(trigger)).unwrap_or(trigger);
    let part = |start, end| one_line_keeping_edges(index.slice(text, depeche::record::CharSpan::new(start, end)));
    let marked: Vec<String> = one_line(index.slice(text, trigger)).split(' ').map(|word| style.mark(word)).collect();
    // Adjacent marked words read as one mark where marks are brackets.
    let marked = marked.join(" ").replace("] [", " ");
    format!("{}{marked}{}", part(sentence.start, trigger.start), part(trigger.end, sentence.end))
}

fn one_line_keeping_edges(text: &str) -> String {
    let edge = |found: bool| if found { " " } else { "" };
    let inner = one_line(text);
    if inner.is_empty() {
        return edge(!text.is_empty()).to_owned();
    }
    format!("{}{inner}{}", edge(text.starts_with(char::is_whitespace)), edge(text.ends_with(char::is_whitespace)))
}

/// The dispatch, its outlet, and whom it gives as its source.
fn source(coded: &CodedDispatch, event: &Event) -> String {
    let mut source = one_line(&coded.id);
    if let Some(publisher) = &coded.dispatch.publisher {
        source.push_str(&format!(", {}", one_line(&publisher.name)));
    }
    let named: BTreeSet<String> = event.attribution.iter().map(|attribution| one_line(&attribution.text)).collect();
    if !named.is_empty() {
        source.push_str(&format!("; according to {}", named.into_iter().collect::<Vec<_>>().join(", ")));
    }
    source
}

impl Day {
    fn of(coded: &CodedDispatch, event: &Event) -> Day {
        match &event.when {
            Some(when) => {
                let (first, last) = (when.earliest.or(when.latest), when.latest.or(when.earliest));
                Day::Dated { first, last, heading: in_words(&when.value, when.earliest, when.latest) }
            }
            None => {
                let published = &coded.dispatch.published;
                let day = published.value.as_deref().map(|value| in_words(value, published.earliest, published.latest));
                Day::Undated { published: day }
            }
        }
    }

    /// Dated ones first, those that begin on one day from the shortest to the longest.
    fn order(&self) -> (u8, Option<Date>, Option<Date>, &str) {
        match self {
            Day::Dated { first: Some(first), last, heading } => (0, Some(*first), *last, heading),
            Day::Dated { first: None, last, heading } => (1, None, *last, heading),
            Day::Undated { published } => (2, None, None, if published.is_some() { "" } else { "~" }),
        }
    }

    fn heading(&self) -> String {
        match self {
            Day::Dated { heading, .. } => heading.clone(),
            Day::Undated { published: Some(day) } => format!("No date said, in a dispatch of {day}"),
            Day::Undated { published: None } => "No date said".to_owned(),
        }
    }
}

/// A TIMEX3 date as one reads it; the value as it stands where it is no plain day, month or year.
pub(crate) fn in_words(value: &str, earliest: Option<Date>, latest: Option<Date>) -> String {
    let day = |date: Date| date.strftime("%-d %B %Y").to_string();
    let plain = |pattern: &str| {
        value.len() == pattern.len()
            && value.bytes().zip(pattern.bytes()).all(|(byte, shape)| if shape == b'0' { byte.is_ascii_digit() } else { byte == shape })
    };
    match (earliest, latest) {
        (Some(first), Some(_)) if plain("0000-00") => first.strftime("%B %Y").to_string(),
        (Some(_), Some(_)) if plain("0000") => value.to_owned(),
        (Some(first), Some(last)) if first == last => day(first),
        (Some(first), Some(last)) => format!("{} to {}", day(first), day(last)),
        (Some(first), None) => format!("since {}", day(first)),
        (None, Some(last)) => format!("until {}", day(last)),
        (None, None) => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check_words(value: &str, earliest: Option<&str>, latest: Option<&str>, expected: Expect) {
        let date = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        expected.assert_eq(&in_words(value, date(earliest), date(latest)));
    }

    #[test]
    fn dates_read_as_words() {
        check_words("2026-02-06", Some("2026-02-06"), Some("2026-02-06"), expect!["6 February 2026"]);
        check_words("2026-02", Some("2026-02-01"), Some("2026-02-28"), expect!["February 2026"]);
        check_words("2018", Some("2018-01-01"), Some("2018-12-31"), expect!["2018"]);
        check_words("2026-W06", Some("2026-02-02"), Some("2026-02-08"), expect!["2 February 2026 to 8 February 2026"]);
        check_words("PAST_REF", None, None, expect!["PAST_REF"]);
        check_words("PAST_REF", None, Some("2026-02-08"), expect!["until 8 February 2026"]);
    }
}
