//! What the record holds as tables: columns with a type each, and rows of cells.
//!
//! In goes what is asked of the record; out come rows for whatever writes tables, CSV and Parquet alike, so that both have the same columns. Several values of one cell are parted by `; `. A cell that
//! nothing fills is empty, of whatever type.

use crate::export::{Fault, What};
use depeche_record::Date;
use depeche_store::{ActorRow, CommitmentRow, EventRow, Filter, HappeningDetail, HappeningOrder, PartyDetail, Reader, StatementRow};

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Day,
    Truth,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(Option<String>),
    Integer(Option<i64>),
    Number(Option<f64>),
    Day(Option<Date>),
    Truth(Option<bool>),
}

/// A column.
pub(crate) type Column = (&'static str, Kind);

/// What is asked of the record.
pub(crate) struct Visit<'a> {
    pub(crate) reader: &'a Reader,
    pub(crate) filter: &'a Filter,
    pub(crate) what: What,
}

impl Visit<'_> {
    /// The columns of the table.
    pub(crate) fn columns(&self) -> &'static [Column] {
        match self.what {
            What::Happenings => HAPPENINGS,
            What::Events => EVENTS,
            What::Actors => ACTORS,
            What::Statements => STATEMENTS,
            What::Commitments => COMMITMENTS,
        }
    }

    /// Hands the rows of the table to `take`, each with a cell a column.
    pub(crate) fn rows(&self, mut take: impl FnMut(Vec<Cell>) -> Result<(), Fault>) -> Result<(), Fault> {
        match self.what {
            What::Happenings => self.happenings(HappeningOrder::Day, |happening| take(of_happening(&happening))),
            What::Events => self.reader.each_event(self.filter, |event| take(of_event(event))),
            What::Statements => self.reader.each_statement(self.filter, |statement| take(of_statement(statement))),
            What::Actors => self.reader.actors(self.filter)?.into_iter().try_for_each(|actor| take(of_actor(actor))),
            What::Commitments => self.reader.commitments(self.filter)?.into_iter().try_for_each(|pledge| take(of_commitment(pledge))),
        }
    }

    /// Hands happenings to `take`.
    pub(crate) fn happenings(&self, order: HappeningOrder, take: impl FnMut(HappeningDetail) -> Result<(), Fault>) -> Result<(), Fault> {
        self.reader.each_happening(self.filter, order, take)
    }
}

use Kind::{Day, Integer, Number, Text, Truth};

const HAPPENINGS: &[Column] = &[
    ("id", Text),
    ("type", Text),
    ("mode", Text),
    ("contexts", Text),
    ("status", Text),
    ("cameo", Text),
    ("goldstein", Number),
    ("quad", Text),
    ("actors", Text),
    ("actor_ids", Text),
    ("actor_countries", Text),
    ("actor_sectors", Text),
    ("recipients", Text),
    ("recipient_ids", Text),
    ("recipient_countries", Text),
    ("recipient_sectors", Text),
    ("place", Text),
    ("place_country", Text),
    ("lat", Number),
    ("lon", Number),
    ("when", Text),
    ("earliest", Day),
    ("latest", Day),
    ("count", Integer),
    ("topics", Text),
    ("reports", Integer),
    ("sources", Integer),
    ("disagreements", Integer),
    ("confidence", Number),
    ("first_reported", Day),
    ("evidence", Text),
    ("sentence", Text),
    ("imported_from", Text),
];

fn of_happening(happening: &HappeningDetail) -> Vec<Cell> {
    let entry = &happening.entry;
    let parties = |side: &str, told: fn(&PartyDetail) -> Option<&str>| {
        filled(joined(happening.parties.iter().filter(|party| party.side == side).map(|party| told(party).unwrap_or_default().to_owned())))
    };
    let when = entry.when.as_ref();
    let first = happening.dispatches.iter().filter_map(|dispatch| dispatch.first.clone()).min();
    let imported = happening.origin.as_ref().and_then(|origin| origin.published.clone());
    let mut cells = vec![
        text(&entry.id),
        text(&entry.kind),
        Cell::Text(entry.mode.clone()),
        filled(joined(happening.contexts.iter().cloned())),
        text(&entry.status),
        text(&happening.cameo),
        Cell::Number(Some(happening.goldstein)),
        text(&happening.quad),
    ];
    for side in ["actor", "recipient"] {
        cells.push(parties(side, |party| Some(&party.name)));
        cells.push(parties(side, |party| party.id.as_deref()));
        cells.push(parties(side, |party| party.country.as_deref()));
        cells.push(parties(side, |party| party.sector.as_deref()));
    }
    cells.extend([
        Cell::Text(entry.place.as_ref().map(|place| place.name.clone())),
        Cell::Text(entry.place.as_ref().and_then(|place| place.country.clone())),
        Cell::Number(happening.lat),
        Cell::Number(happening.lon),
        Cell::Text(when.map(|when| when.value.clone())),
        day(when.and_then(|when| when.earliest.as_deref())),
        day(when.and_then(|when| when.latest.as_deref())),
        Cell::Integer(happening.count),
        filled(joined(happening.topics.iter().cloned())),
        integer(entry.reports.len() as u64),
        integer(happening.sources),
        integer(entry.disagreements),
        Cell::Number(happening.confidence),
        day(first.or(imported).as_deref()),
        filled(joined(entry.reports.iter().map(|report| format!("{}#{}", report.dispatch, report.event)))),
        Cell::Text(happening.evidence.as_ref().map(|evidence| evidence.sentence.text.clone())),
        Cell::Text(happening.origin.as_ref().map(|origin| origin.source.clone())),
    ]);
    cells
}

const EVENTS: &[Column] = &[
    ("id", Text),
    ("happening", Text),
    ("dispatch", Text),
    ("publisher", Text),
    ("published", Text),
    ("independent", Truth),
    ("type", Text),
    ("mode", Text),
    ("status", Text),
    ("cameo", Text),
    ("goldstein", Number),
    ("quad", Text),
    ("actors", Text),
    ("actor_countries", Text),
    ("recipients", Text),
    ("recipient_countries", Text),
    ("place", Text),
    ("place_country", Text),
    ("lat", Number),
    ("lon", Number),
    ("when", Text),
    ("earliest", Day),
    ("latest", Day),
    ("confidence", Number),
    ("start", Integer),
    ("end", Integer),
];

fn of_event(event: EventRow) -> Vec<Cell> {
    vec![
        Cell::Text(Some(event.id)),
        Cell::Text(Some(event.happening)),
        Cell::Text(Some(event.dispatch)),
        Cell::Text(event.publisher),
        Cell::Text(event.published),
        Cell::Truth(Some(event.independent)),
        Cell::Text(Some(event.kind)),
        Cell::Text(event.mode),
        Cell::Text(Some(event.status)),
        Cell::Text(Some(event.cameo)),
        Cell::Number(Some(event.goldstein)),
        Cell::Text(Some(event.quad)),
        filled(event.actors),
        filled(event.actor_countries),
        filled(event.recipients),
        filled(event.recipient_countries),
        Cell::Text(event.place),
        Cell::Text(event.place_country),
        Cell::Number(event.lat),
        Cell::Number(event.lon),
        Cell::Text(event.when),
        day(event.earliest.as_deref()),
        day(event.latest.as_deref()),
        Cell::Number(Some(event.confidence)),
        Cell::Integer(Some(event.start)),
        Cell::Integer(Some(event.end)),
    ]
}

const ACTORS: &[Column] = &[
    ("id", Text),
    ("kind", Text),
    ("name", Text),
    ("country", Text),
    ("dispatches", Integer),
    ("happenings", Integer),
    ("offices", Text),
    ("names", Text),
];

fn of_actor(actor: ActorRow) -> Vec<Cell> {
    vec![
        Cell::Text(Some(actor.id)),
        Cell::Text(Some(actor.kind)),
        Cell::Text(Some(actor.name)),
        Cell::Text(actor.country),
        integer(actor.dispatches),
        integer(actor.happenings),
        filled(joined(actor.offices)),
        filled(joined(actor.names)),
    ]
}

const STATEMENTS: &[Column] = &[
    ("id", Text),
    ("dispatch", Text),
    ("publisher", Text),
    ("published", Text),
    ("speaker", Text),
    ("speaker_id", Text),
    ("speaker_country", Text),
    ("kind", Text),
    ("claim", Text),
    ("content", Text),
    ("start", Integer),
    ("end", Integer),
];

fn of_statement(statement: StatementRow) -> Vec<Cell> {
    vec![
        Cell::Text(Some(statement.id)),
        Cell::Text(Some(statement.dispatch)),
        Cell::Text(statement.publisher),
        Cell::Text(statement.published),
        Cell::Text(statement.speaker),
        Cell::Text(statement.speaker_id),
        Cell::Text(statement.speaker_country),
        Cell::Text(Some(statement.kind)),
        Cell::Text(Some(statement.claim)),
        Cell::Text(Some(statement.content)),
        Cell::Integer(Some(statement.start)),
        Cell::Integer(Some(statement.end)),
    ]
}

const COMMITMENTS: &[Column] = &[
    ("id", Text),
    ("promisor", Text),
    ("voiced_by", Text),
    ("beneficiary", Text),
    ("polarity", Text),
    ("object", Text),
    ("when", Text),
    ("earliest", Day),
    ("latest", Day),
    ("statements", Text),
    ("restates", Text),
    ("widens", Text),
    ("narrows", Text),
    ("contradicts", Text),
];

fn of_commitment(pledge: CommitmentRow) -> Vec<Cell> {
    let when = pledge.when.as_ref();
    vec![
        Cell::Text(Some(pledge.id)),
        Cell::Text(pledge.promisor),
        Cell::Text(pledge.voiced_by),
        Cell::Text(pledge.beneficiary),
        Cell::Text(Some(pledge.polarity)),
        Cell::Text(Some(pledge.object)),
        Cell::Text(when.map(|when| when.value.clone())),
        day(when.and_then(|when| when.earliest.as_deref())),
        day(when.and_then(|when| when.latest.as_deref())),
        filled(joined(pledge.statements.iter().map(|statement| format!("{}#{}", statement.dispatch, statement.statement)))),
        filled(joined(pledge.restates)),
        filled(joined(pledge.widens)),
        filled(joined(pledge.narrows)),
        filled(joined(pledge.contradicts)),
    ]
}

/// Values of one cell.
pub(crate) fn joined(values: impl IntoIterator<Item = String>) -> String {
    values.into_iter().collect::<Vec<_>>().join("; ")
}

fn text(value: &str) -> Cell {
    Cell::Text(Some(value.to_owned()))
}

/// A text that is no value where it is empty.
fn filled(value: String) -> Cell {
    Cell::Text(Some(value).filter(|value| !value.is_empty()))
}

fn integer(value: u64) -> Cell {
    Cell::Integer(i64::try_from(value).ok())
}

fn day(value: Option<&str>) -> Cell {
    Cell::Day(value.and_then(|value| value.parse().ok()))
}
