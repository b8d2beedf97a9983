//! The dispatches: lists, one in full, their stories, and those that have some words.

use crate::answer::{Asked, List, answer, json, place};
use crate::error::{ApiError, Refusals};
use crate::parameters::{FILTER, PAGES, Parameter, Query, Takes, WORDS};
use crate::routes::Id;
use crate::routes::happenings::{Narrowed, Nothing};
use crate::state::Room;
use axum::extract::State;
use axum::response::Response;
use depeche_exchange::Cells;
use depeche_store::{Cursor, DispatchInFull, DispatchRow, Filter, SearchHit, StoryRow};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The farthest hit that can be asked for.
const FARTHEST_HIT: usize = 2000;

/// What `search` takes.
#[derive(Debug)]
pub(crate) struct Words;

impl Takes for Words {
    const TABLES: &'static [&'static [Parameter]] = &[&[WORDS], FILTER, PAGES];
}

/// A dispatch that has the words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit {
    #[serde(flatten)]
    hit: SearchHit,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

impl Cells for Hit {
    const COLUMNS: &'static [&'static str] = SearchHit::COLUMNS;

    fn cells(&self) -> Vec<String> {
        self.hit.cells()
    }
}

/// The dispatches of the record, the last published first.
#[utoipa::path(
    get,
    path = "/dispatches",
    params(Query<Narrowed>),
    responses((status = 200, description = "Dispatches", body = List<DispatchRow>), Refusals)
)]
pub(crate) async fn dispatches(State(room): State<Arc<Room>>, asked: Asked, query: Query<Narrowed>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let after = query.get("cursor").map(str::parse::<Cursor>).transpose()?;
        let page = record.reader.dispatches_page(&query.page_filter(), after.as_ref())?;
        asked.list(page.items, page.next.map(|next| next.to_string()))
    })
    .await
}

/// One dispatch: its text, all that was found in it, and what it is among the others.
#[utoipa::path(
    get,
    path = "/dispatches/{id}",
    params(("id" = String, Path, description = "Its id"), Query<Nothing>),
    responses((status = 200, description = "The dispatch", body = DispatchInFull), Refusals)
)]
pub(crate) async fn dispatch(State(room): State<Arc<Room>>, Id(id): Id, asked: Asked, _: Query<Nothing>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, _| json(&record.reader.dispatch_in_full(&id)?.ok_or_else(|| ApiError::unknown("dispatch", &id))?))
        .await
}

/// Which dispatches are on one thing.
#[utoipa::path(
    get,
    path = "/stories",
    params(Query<Narrowed>),
    responses((status = 200, description = "Dispatches by story; of the filter count days, source and words", body = List<StoryRow>), Refusals)
)]
pub(crate) async fn stories(State(room): State<Arc<Room>>, asked: Asked, query: Query<Narrowed>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let until = place(query.get("cursor"))?.saturating_add(query.rows()).saturating_add(1);
        let filter = Filter { limit: Some(until), ..query.filter() };
        asked.pages(record.reader.stories(&filter)?, query.rows(), query.get("cursor"))
    })
    .await
}

/// The dispatches that have some words, in any spelling, the best first.
#[utoipa::path(
    get,
    path = "/search",
    params(Query<Words>),
    responses((status = 200, description = "Hits; of the filter count days and source", body = List<Hit>), Refusals)
)]
pub(crate) async fn search(State(room): State<Arc<Room>>, asked: Asked, query: Query<Words>) -> Result<Response, ApiError> {
    answer(room, asked, move |record, asked| {
        let from = place(query.get("cursor"))?;
        if from > FARTHEST_HIT {
            return Err(ApiError::parameter("cursor", format!("it is beyond hit {FARTHEST_HIT}"), "narrow the question"));
        }
        let until = from.saturating_add(query.rows());
        let filter = Filter { text: None, limit: Some(until.saturating_add(1)), ..query.filter() };
        let found = record.reader.search(query.get("text").unwrap_or_default(), &filter)?;
        let more = found.len() > until;
        let hits: Vec<SearchHit> = found.into_iter().skip(from).take(query.rows()).collect();
        let ids: Vec<&str> = hits.iter().map(|hit| hit.dispatch.as_str()).collect();
        let heads = record.reader.dispatch_heads(&ids)?;
        let rows = hits.into_iter().zip(heads).map(|(hit, head)| match head {
            Some(head) => Hit { hit, title: head.title, publisher: head.publisher, published: head.published },
            None => Hit { hit, title: None, publisher: None, published: None },
        });
        asked.list(rows.collect(), more.then(|| until.to_string()))
    })
    .await
}
