//! `--to csv`: a row for each event, for spreadsheets and statistics.
//!
//! The columns are the fields of [`Row`], in their order, and a header names them. Several values of one cell are separated by `; `. Offsets count
//! Unicode scalar values of the dispatch's text, as everywhere.

use depeche::record::{CharIndex, CodedDispatch, Event, Participant};
use serde::Serialize;
use std::io::{self, Write};

/// An event on one row.
#[derive(Debug, Serialize)]
struct Row<'coded> {
    dispatch: &'coded str,
    event: &'coded str,
    #[serde(rename = "type")]
    kind: &'coded str,
    mode: &'coded str,
    contexts: String,
    cameo: &'coded str,
    goldstein: f64,
    quad: depeche::record::Quad,
    status: depeche::record::Status,
    actors: String,
    actor_countries: String,
    actor_sectors: String,
    recipients: String,
    recipient_countries: String,
    recipient_sectors: String,
    when: &'coded str,
    earliest: String,
    latest: String,
    place: &'coded str,
    place_country: &'coded str,
    lat: Option<f64>,
    lon: Option<f64>,
    count: Option<u32>,
    topics: String,
    attribution: String,
    confidence: f64,
    trigger: &'coded str,
    trigger_start: usize,
    trigger_end: usize,
    sentence: &'coded str,
    sentence_start: usize,
    sentence_end: usize,
    publisher: &'coded str,
    published: &'coded str,
    url: &'coded str,
    language: &'coded str,
}

/// The names of the columns, for a header even where there is no event.
const COLUMNS: [&str; 36] = [
    "dispatch",
    "event",
    "type",
    "mode",
    "contexts",
    "cameo",
    "goldstein",
    "quad",
    "status",
    "actors",
    "actor_countries",
    "actor_sectors",
    "recipients",
    "recipient_countries",
    "recipient_sectors",
    "when",
    "earliest",
    "latest",
    "place",
    "place_country",
    "lat",
    "lon",
    "count",
    "topics",
    "attribution",
    "confidence",
    "trigger",
    "trigger_start",
    "trigger_end",
    "sentence",
    "sentence_start",
    "sentence_end",
    "publisher",
    "published",
    "url",
    "language",
];

/// Writes rows.
pub(crate) struct Rows<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> Rows<W> {
    /// Begins with the header.
    pub(crate) fn new(out: W) -> io::Result<Rows<W>> {
        let mut out = csv::WriterBuilder::new().has_headers(false).from_writer(out);
        out.write_record(COLUMNS).map_err(io_error)?;
        Ok(Rows { out })
    }

    /// Writes the events of a dispatch.
    pub(crate) fn add(&mut self, coded: &CodedDispatch) -> io::Result<()> {
        let index = CharIndex::new(&coded.dispatch.text);
        coded.events.iter().try_for_each(|event| self.out.serialize(row(coded, event, &index)).map_err(io_error))
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn row<'coded>(coded: &'coded CodedDispatch, event: &'coded Event, index: &CharIndex) -> Row<'coded> {
    let sentence = coded.sentences.get(event.sentence).copied().unwrap_or(event.trigger.span);
    let day = |date: Option<depeche::record::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let when = event.when.as_ref();
    let place = event.place.as_ref();
    Row {
        dispatch: &coded.id,
        event: &event.id,
        kind: event.kind.name(),
        mode: event.mode.as_ref().map_or("", |mode| mode.name()),
        contexts: joined(event.contexts.iter().map(|context| context.name())),
        cameo: &event.cameo,
        goldstein: event.goldstein,
        quad: event.quad,
        status: event.status,
        actors: joined(event.actors.iter().map(|actor| actor.text.as_str())),
        actor_countries: countries(&event.actors),
        actor_sectors: sectors(&event.actors),
        recipients: joined(event.recipients.iter().map(|recipient| recipient.text.as_str())),
        recipient_countries: countries(&event.recipients),
        recipient_sectors: sectors(&event.recipients),
        when: when.map_or("", |when| &when.value),
        earliest: day(when.and_then(|when| when.earliest)),
        latest: day(when.and_then(|when| when.latest)),
        place: place.map_or("", |place| place.name.as_deref().unwrap_or(&place.text)),
        place_country: place.and_then(|place| place.country.as_deref()).unwrap_or(""),
        lat: place.and_then(|place| place.lat),
        lon: place.and_then(|place| place.lon),
        count: event.count.map(|count| count.value),
        topics: joined(event.topics.iter().map(|topic| topic.text.as_str())),
        attribution: joined(event.attribution.iter().map(|attribution| attribution.text.as_str())),
        confidence: event.confidence,
        trigger: &event.trigger.text,
        trigger_start: event.trigger.span.start,
        trigger_end: event.trigger.span.end,
        sentence: index.slice(&coded.dispatch.text, sentence),
        sentence_start: sentence.start,
        sentence_end: sentence.end,
        publisher: coded.dispatch.publisher.as_ref().map_or("", |publisher| &publisher.name),
        published: coded.dispatch.published.value.as_deref().unwrap_or(""),
        url: coded.dispatch.url.as_deref().unwrap_or(""),
        language: coded.dispatch.language.as_deref().unwrap_or(""),
    }
}

/// One value for each participant, empty where it has none, so that the cells of a row run parallel.
fn countries(participants: &[Participant]) -> String {
    joined(participants.iter().map(|participant| participant.country.as_deref().unwrap_or("")))
}

fn sectors(participants: &[Participant]) -> String {
    joined(participants.iter().map(|participant| participant.sector.as_deref().unwrap_or("")))
}

fn joined<'coded>(values: impl Iterator<Item = &'coded str>) -> String {
    values.collect::<Vec<_>>().join("; ")
}
