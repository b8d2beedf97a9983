//! `query timeline --to table`: happenings by day, to be read.
//!
//! In go the entries of a timeline in their order; out comes each under its day, with who and to whom, where, and the events that report it.

use super::style::{Style, one_line, wrap};
use super::timeline::in_words;
use depeche::record::EventType;
use depeche_exchange::event_id;
use depeche_store::{Days, Party, TimelineEntry};
use std::io::{self, Write};

/// Writes a timeline, and under it how much it has.
pub(crate) fn write(out: &mut impl Write, entries: &[TimelineEntry], style: Style) -> io::Result<()> {
    let mut heading = None;
    for entry in entries {
        let next = entry.when.as_ref().map_or_else(|| "No date said".to_owned(), heading_of);
        if heading.as_ref() != Some(&next) {
            writeln!(out, "{}\n{}", style.bold(&next), style.dim(&"─".repeat(next.chars().count())))?;
            heading = Some(next);
        }
        write_entry(out, entry, style)?;
    }
    let reports: usize = entries.iter().map(|entry| entry.reports.len()).sum();
    let counted = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    writeln!(out, "{}", style.dim(&format!("{} in {}.", counted(entries.len(), "happening"), counted(reports, "report"))))
}

fn heading_of(when: &Days) -> String {
    let day = |day: &Option<String>| day.as_deref().and_then(|day| day.parse().ok());
    in_words(&when.value, day(&when.earliest), day(&when.latest))
}

fn write_entry(out: &mut impl Write, entry: &TimelineEntry, style: Style) -> io::Result<()> {
    let kind = match entry.kind.parse::<EventType>() {
        Ok(kind) => style.of_quad(&entry.kind, kind.quad()),
        Err(_) => entry.kind.clone(),
    };
    let mode = entry.mode.as_deref().map(|mode| format!(" {}", mode.replace('_', " "))).unwrap_or_default();
    let independent = entry.reports.iter().filter(|report| report.independent).count();
    let told = match (entry.reports.len(), independent) {
        // It was imported.
        (0, _) => format!("no dispatch, {}", one_line(&entry.id)),
        (1, _) => "1 report".to_owned(),
        (reports, independent) => format!("{reports} reports, {independent} independent"),
    };
    let differ = if entry.disagreements > 0 { " · they differ" } else { "" };
    writeln!(out, "  {kind}{mode} · {} {}", entry.status, style.dim(&format!("· {told}{differ}")))?;
    let mut parties = if entry.actors.is_empty() { "(actor not named)".to_owned() } else { list(&entry.actors, style) };
    if !entry.recipients.is_empty() {
        parties = format!("{parties} → {}", list(&entry.recipients, style));
    }
    if let Some(place) = &entry.place {
        parties.push_str(&format!(" · at {}", one_line(&place.name)));
    }
    let width = style.width.saturating_sub(6);
    for line in wrap(&parties, width) {
        writeln!(out, "    {line}")?;
    }
    for (report, place) in entry.reports.iter().zip(0..) {
        let publisher = report.publisher.as_deref().map(|publisher| format!(", {}", one_line(publisher))).unwrap_or_default();
        let corner = if place + 1 == entry.reports.len() { "└" } else { "├" };
        writeln!(out, "    {}", style.dim(&format!("{corner} {}{publisher}", one_line(&event_id(report)))))?;
    }
    writeln!(out)
}

fn list(parties: &[Party], style: Style) -> String {
    let shown = parties.iter().map(|party| {
        let name = style.bold(&one_line(&party.name));
        match &party.country {
            Some(country) => format!("{name} ({country})"),
            None => name,
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}
