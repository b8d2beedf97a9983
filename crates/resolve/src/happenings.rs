//! Happenings: groups of events, with what their reports say together and against one another.
//!
//! In go groups of events; out comes for each a [`Happening`]: reports in order, which stands for it, its independent sources, its status, its disagreements.

use crate::groups::Links;
use crate::pair::InDispatch;
use crate::resolver::Resolver;
use crate::{EventKey, Happening, Report, copies, disagreements};
use depeche_record::Status;
use std::collections::BTreeMap;

/// A happening of these reports.
pub(crate) fn happening(resolver: &Resolver, mut events: Vec<InDispatch<'_>>) -> Option<Happening> {
    events.sort_by(|one, other| {
        let order = |event: &InDispatch<'_>| (event.read.dossier.first.unwrap_or(depeche_record::Date::MAX), event.read.dossier.id.clone());
        order(one).cmp(&order(other)).then_with(|| place(one).cmp(&place(other)))
    });
    let sources = sources(resolver, &events);
    let independent: Vec<bool> = sources.iter().enumerate().map(|(at, &first)| at == first).collect();
    let reports: Vec<Report> = events
        .iter()
        .zip(&independent)
        .map(|(event, &independent)| Report { dispatch: event.read.dossier.id.clone(), event: event.event.id.clone(), independent })
        .collect();
    let first = reports.first()?;
    let lead = (0..events.len()).rev().max_by_key(|&at| {
        let told = events.get(at).map(|event| told(event.event)).unwrap_or_default();
        (told, independent.get(at).copied().unwrap_or_default())
    })?;
    Some(Happening {
        id: format!("{}#{}", first.dispatch, first.event),
        lead,
        sources: independent.iter().filter(|independent| **independent).count(),
        status: status(&events, &independent)?,
        disagreements: disagreements::of(&events),
        reports,
    })
}

/// The place of an event in its dispatch.
fn place(event: &InDispatch<'_>) -> usize {
    event.read.dossier.events.iter().position(|own| std::ptr::eq(own, event.event)).unwrap_or_default()
}

/// How much an event tells.
fn told(event: &EventKey) -> u32 {
    let is_day = event.first.is_some() && event.first == event.last;
    let parts =
        [is_day, event.when.is_some(), event.place.is_some(), !event.actors.is_empty(), !event.recipients.is_empty(), event.mode.is_some()];
    parts.into_iter().map(u32::from).sum::<u32>() * 10 + (event.confidence.clamp(0.0, 1.0) * 9.0) as u32
}

/// For each report the place of the first that is from the same source: its text, its publisher, or the agency that either names.
fn sources(resolver: &Resolver, events: &[InDispatch<'_>]) -> Vec<usize> {
    let mut links = Links::new(events.len());
    let mut by_publisher: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        let dossier = &event.read.dossier;
        for id in [&dossier.publisher, &dossier.agency].into_iter().flatten() {
            let first = *by_publisher.entry(id).or_insert(at);
            links.link(at, first);
        }
        for (to, other) in events.iter().enumerate().skip(at + 1) {
            if dossier.id == other.read.dossier.id || event.read.is_copy_of(other.read) {
                links.link(at, to);
            }
        }
    }
    let mut first = vec![0; events.len()];
    for group in links.groups() {
        let source = group.iter().copied().min_by_key(|&at| events.get(at).map(|event| copies::order(resolver, event.read)));
        for at in group {
            if let (Some(cell), Some(source)) = (first.get_mut(at), source) {
                *cell = source;
            }
        }
    }
    first
}

/// What most independent reports say; the later where as many say otherwise. A plan is no longer counted once somebody tells what became of it.
fn status(events: &[InDispatch<'_>], independent: &[bool]) -> Option<Status> {
    let own = || events.iter().zip(independent).filter(|(_, independent)| **independent).map(|(event, _)| event.event.status);
    let ahead = |status: Status| matches!(status, Status::Planned | Status::Hypothetical);
    let became = own().any(|status| !ahead(status));
    let counted: Vec<Status> = own().filter(|&status| !became || !ahead(status)).collect();
    let votes = |status: Status| counted.iter().filter(|other| **other == status).count();
    let mut best: Option<(usize, Status)> = None;
    for &status in &counted {
        if best.is_none_or(|(most, _)| votes(status) >= most) {
            best = Some((votes(status), status));
        }
    }
    best.map(|(_, status)| status)
}
