//! Who is in the record: lists, one in full, offices, pledges, and what some letters may be the beginning of.

use crate::answer::{Asked, List, answer, json, place};
use crate::error::{ApiError, Refusals};
use crate::parameters::{PAGES, Parameter, Query, Takes, WORDS};
use crate::routes::Id;
use crate::routes::happenings::{Narrowed, Nothing};
use crate::state::Room;
use axum::extract::State;
use axum::response::Response;
use depeche_store::{ActorCursor, ActorProfile, ActorRow, CommitmentRow, OfficeRow, Suggestion};
use std::sync::Arc;

/// How much evidence an office has in a list.
const MOST_EVIDENCE: usize = 50;

/// What `suggest` takes.
#[derive(Debug)]
pub(crate) struct Beginning;

impl Takes for Beginning {
    const TABLES: &'static [&'static [Parameter]] = &[&[WORDS], PAGES];
}

/// Who is in the record, under which names.
#[utoipa::path(
    get,
    path = "/actors",
    params(Query<Narrowed>),
    responses((status = 200, description = "Actors, those of most dispatches first", body = List<ActorRow>), Refusals)
)]
pub(crate) async fn actors(State(room): State<Arc<Room>>, asked: Asked, query: Query<Narrowed>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let after = query.get("cursor").map(str::parse::<ActorCursor>).transpose()?;
        let page = record.reader.actors_page(&query.page_filter(), after.as_ref(), &*record.digest()?)?;
        asked.list(page.items, page.next.map(|next| next.to_string()))
    })
    .await
}

/// One actor: its names, offices, whom it met, what it said, promised and did last.
#[utoipa::path(
    get,
    path = "/actors/{id}",
    params(("id" = String, Path, description = "Its id, or a country's code"), Query<Nothing>),
    responses((status = 200, description = "The actor", body = ActorProfile), Refusals)
)]
pub(crate) async fn actor(State(room): State<Arc<Room>>, Id(id): Id, asked: Asked, _: Query<Nothing>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, _| {
        json(&record.reader.actor_in_full(&id, &*record.digest()?)?.ok_or_else(|| ApiError::unknown("actor", &id))?)
    })
    .await
}

/// Who held which office when, and according to whom.
#[utoipa::path(
    get,
    path = "/offices",
    params(Query<Narrowed>),
    responses((status = 200, description = "Offices with the first of their evidence; of the filter count actors, days, source, words, and the topic as words of the office", body = List<OfficeRow>), Refusals)
)]
pub(crate) async fn offices(State(room): State<Arc<Room>>, asked: Asked, query: Query<Narrowed>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let (from, most) = (place(query.get("cursor"))?, query.rows());
        let (rows, more) = record.reader.offices_page(&query.filter(), from, most, MOST_EVIDENCE)?;
        asked.list(rows, more.then(|| from.saturating_add(most).to_string()))
    })
    .await
}

/// What was promised, and what it is to earlier promises.
#[utoipa::path(
    get,
    path = "/commitments",
    params(Query<Narrowed>),
    responses((status = 200, description = "Pledges; of the filter count actors, days, source, words, and the topic as words of the pledge", body = List<CommitmentRow>), Refusals)
)]
pub(crate) async fn commitments(State(room): State<Arc<Room>>, asked: Asked, query: Query<Narrowed>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let (from, most) = (place(query.get("cursor"))?, query.rows());
        let (rows, more) = record.reader.commitments_page(&query.filter(), from, most)?;
        asked.list(rows, more.then(|| from.saturating_add(most).to_string()))
    })
    .await
}

/// What the beginnings of some words may mean, twelve at the most.
#[utoipa::path(
    get,
    path = "/suggest",
    params(Query<Beginning>),
    responses((status = 200, description = "Actors, countries, places, sources and topics", body = List<Suggestion>), Refusals)
)]
pub(crate) async fn suggest(State(room): State<Arc<Room>>, asked: Asked, query: Query<Beginning>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let found = record.reader.suggest(query.get("text").unwrap_or_default(), &*record.digest()?)?;
        asked.pages(found, query.rows(), query.get("cursor"))
    })
    .await
}
