//! Two and two: how countries treat one another over time, and who deals with whom.

use crate::answer::{Asked, List, answer, json, place};
use crate::error::{ApiError, Refusals};
use crate::parameters::{FILTER, Kind, LIMIT, PAGES, Parameter, Query, TEXT, Takes};
use crate::routes::happenings::{BY, period};
use crate::state::Room;
use axum::extract::State;
use axum::response::Response;
use depeche_store::{Filter, Level, Network, Period, SeriesRow};
use std::sync::Arc;

/// What `series` takes.
#[derive(Debug)]
pub(crate) struct OverTime;

impl Takes for OverTime {
    const TABLES: &'static [&'static [Parameter]] = &[FILTER, &[TEXT, BY], PAGES];
}

/// What `network` takes.
#[derive(Debug)]
pub(crate) struct Ties;

impl Takes for Ties {
    const TABLES: &'static [&'static [Parameter]] =
        &[FILTER, &[TEXT, LIMIT, Parameter::new("level", Kind::OneOf(levels), "Between countries, where nothing is said, or actors")]];
}

fn levels() -> Vec<&'static str> {
    vec!["country", "actor"]
}

/// How countries treat one another, period by period; by month where nothing is said.
#[utoipa::path(
    get,
    path = "/series",
    params(Query<OverTime>),
    responses((status = 200, description = "From one country to another by period; counted is what took place or goes on, unless `status` says otherwise", body = List<SeriesRow>), Refusals)
)]
pub(crate) async fn series(State(room): State<Arc<Room>>, asked: Asked, query: Query<OverTime>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let by = query.get("by").and_then(period).unwrap_or(Period::Month);
        let (from, most) = (place(query.get("cursor"))?, query.rows());
        let (rows, more) = record.reader.series_page(&query.filter(), by, from, most)?;
        asked.list(rows, more.then(|| from.saturating_add(most).to_string()))
    })
    .await
}

/// Who deals with whom, by happenings; the 300 heaviest edges where nothing is said.
#[utoipa::path(
    get,
    path = "/network",
    params(Query<Ties>),
    responses((status = 200, description = "Nodes and edges; counted is what took place or goes on, unless `status` says otherwise", body = Network), Refusals)
)]
pub(crate) async fn network(State(room): State<Arc<Room>>, asked: Asked, query: Query<Ties>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, _| {
        let level = if query.get("level") == Some("actor") { Level::Actor } else { Level::Country };
        let filter = Filter { limit: query.get("limit").map(|_| query.rows()), ..query.filter() };
        json(&record.reader.network(&filter, level, &*record.digest()?)?)
    })
    .await
}
