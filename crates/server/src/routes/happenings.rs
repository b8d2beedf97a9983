//! What happened: lists, one in full, how many when and where, and what reports do not agree on.

use crate::answer::{Asked, List, answer, json, place};
use crate::error::{ApiError, Refusals};
use crate::parameters::{FILTER, Kind, PAGES, Parameter, Query, TEXT, Takes};
use crate::routes::Id;
use crate::state::Room;
use axum::extract::State;
use axum::response::Response;
use depeche_store::{Cursor, Density, DisagreementRow, Filter, HappeningInFull, Period, PlaceRow, TimelineOrder, TimelineRow};
use std::sync::Arc;

/// What a list of happenings takes.
#[derive(Debug)]
pub(crate) struct Happenings;

impl Takes for Happenings {
    const TABLES: &'static [&'static [Parameter]] = &[
        FILTER,
        &[TEXT, Parameter::new("order", Kind::OneOf(orders), "`first` for the oldest first, `last` for the newest first")],
        PAGES,
    ];
}

fn orders() -> Vec<&'static str> {
    vec!["first", "last"]
}

/// What a list takes that is narrowed by happenings.
#[derive(Debug)]
pub(crate) struct Narrowed;

impl Takes for Narrowed {
    const TABLES: &'static [&'static [Parameter]] = &[FILTER, &[TEXT], PAGES];
}

/// What `density` takes.
#[derive(Debug)]
pub(crate) struct Periods;

impl Takes for Periods {
    const TABLES: &'static [&'static [Parameter]] = &[FILTER, &[TEXT, BY]];
}

/// How long a period is.
pub(crate) const BY: Parameter = Parameter::new("by", Kind::OneOf(periods), "How long a period is");

fn periods() -> Vec<&'static str> {
    Period::ALL.map(Period::name).to_vec()
}

/// A period by its name.
pub(crate) fn period(name: &str) -> Option<Period> {
    Period::ALL.into_iter().find(|period| period.name() == name)
}

/// What a question takes that takes nothing.
#[derive(Debug)]
pub(crate) struct Nothing;

impl Takes for Nothing {
    const TABLES: &'static [&'static [Parameter]] = &[];
}

/// What happened, by day.
#[utoipa::path(
    get,
    path = "/happenings",
    params(Query<Happenings>),
    responses((status = 200, description = "Happenings", body = List<TimelineRow>), Refusals)
)]
pub(crate) async fn happenings(State(room): State<Arc<Room>>, asked: Asked, query: Query<Happenings>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let order = if query.get("order") == Some("last") { TimelineOrder::Last } else { TimelineOrder::First };
        let after = query.get("cursor").map(str::parse::<Cursor>).transpose()?;
        let page = record.reader.happenings_page(&query.page_filter(), order, after.as_ref())?;
        asked.list(page.items, page.next.map(|next| next.to_string()))
    })
    .await
}

/// One happening with every report in its sentence and what the reports do not agree on.
#[utoipa::path(
    get,
    path = "/happenings/{id}",
    params(("id" = String, Path, description = "Its id"), Query<Nothing>),
    responses((status = 200, description = "The happening", body = HappeningInFull), Refusals)
)]
pub(crate) async fn happening(State(room): State<Arc<Room>>, Id(id): Id, asked: Asked, _: Query<Nothing>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, _| json(&record.reader.happening_in_full(&id)?.ok_or_else(|| ApiError::unknown("happening", &id))?))
        .await
}

/// How many happenings there are by period, by quad class.
#[utoipa::path(
    get,
    path = "/density",
    params(Query<Periods>),
    responses((status = 200, description = "Periods; where `by` is not given, so long that there are some hundred at most", body = Density), Refusals)
)]
pub(crate) async fn density(State(room): State<Arc<Room>>, asked: Asked, query: Query<Periods>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, _| json(&record.reader.density(&query.filter(), query.get("by").and_then(period))?)).await
}

/// Where things happened.
#[utoipa::path(
    get,
    path = "/places",
    params(Query<Narrowed>),
    responses((status = 200, description = "Places, those of most happenings first", body = List<PlaceRow>), Refusals)
)]
pub(crate) async fn places(State(room): State<Arc<Room>>, asked: Asked, query: Query<Narrowed>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| asked.pages(record.reader.places(&query.filter())?, query.rows(), query.get("cursor"))).await
}

/// On what the reports of one happening differ.
#[utoipa::path(
    get,
    path = "/disagreements",
    params(Query<Narrowed>),
    responses((status = 200, description = "Fields with the values that reports give", body = List<DisagreementRow>), Refusals)
)]
pub(crate) async fn disagreements(State(room): State<Arc<Room>>, asked: Asked, query: Query<Narrowed>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let until = place(query.get("cursor"))?.saturating_add(query.rows()).saturating_add(1);
        let filter = Filter { limit: Some(until), ..query.filter() };
        asked.pages(record.reader.disagreements(&filter)?, query.rows(), query.get("cursor"))
    })
    .await
}
