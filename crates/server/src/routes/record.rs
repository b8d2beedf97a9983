//! The record as a whole: what it holds, and what is new in it.

use crate::answer::{Asked, answer, json};
use crate::error::{ApiError, Refusals};
use crate::parameters::Query;
use crate::routes::happenings::Nothing;
use crate::state::Room;
use crate::watch;
use axum::extract::State;
use axum::response::Response;
use depeche_store::Overview;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What the record holds and who serves it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Record<'a> {
    #[serde(flatten)]
    overview: &'a Overview,
    /// The version of depeche.
    version: &'static str,
}

/// What the record holds, in numbers.
#[utoipa::path(
    get,
    path = "/record",
    params(Query<Nothing>),
    responses((status = 200, description = "The record", body = Record), Refusals)
)]
pub(crate) async fn record(State(room): State<Arc<Room>>, asked: Asked, _: Query<Nothing>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, _| json(&Record { overview: &record.digest()?.overview, version: env!("CARGO_PKG_VERSION") })).await
}

/// Happenings that are new or settled anew, as they are written: events `happening` with the happening, and `record` with how many there are.
#[utoipa::path(
    get,
    path = "/stream",
    params(Query<Nothing>),
    responses((status = 200, description = "Server-sent events", body = String, content_type = "text/event-stream"), Refusals)
)]
pub(crate) async fn stream(State(room): State<Arc<Room>>, _: Query<Nothing>) -> Result<Response, ApiError> {
    watch::stream(&room)
}
