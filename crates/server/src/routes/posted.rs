//! What is posted: SQL that reads, and texts to code.

use crate::answer::json;
use crate::code::Posted;
use crate::error::{ApiError, Refusals};
use crate::state::Room;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use depeche_store::SqlLimits;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use utoipa::ToSchema;

/// The most rows of an answer to SQL.
const MOST_ROWS: usize = 10_000;
/// How long SQL may run.
const SQL_TIME: Duration = Duration::from_secs(10);

/// A statement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SqlStatement {
    /// One statement that reads; `SELECT name, sql FROM sqlite_schema` tells the tables.
    statement: String,
    /// At most so many rows; 10,000 where nothing is said, and at the most.
    #[schema(minimum = 1, maximum = 10000)]
    limit: Option<usize>,
}

/// The answer to a statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SqlRows {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
    /// Whether there were more.
    cut: bool,
}

/// One statement of SQL that only reads.
#[utoipa::path(
    post,
    path = "/sql",
    request_body = SqlStatement,
    responses((status = 200, description = "The rows", body = SqlRows), Refusals)
)]
pub(crate) async fn sql(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Result<Response, ApiError> {
    if !kind(&headers).starts_with("application/json") {
        return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body is of another type", "send application/json"));
    }
    let asked: SqlStatement = serde_json::from_slice(&bytes(&room, body).await?).map_err(|error| {
        ApiError::new(StatusCode::BAD_REQUEST, format!("the body cannot be read: {error}"), "send {\"statement\": \"SELECT …\"}")
    })?;
    let rows = asked.limit.unwrap_or(MOST_ROWS);
    if !(1..=MOST_ROWS).contains(&rows) {
        return Err(ApiError::parameter("limit", format!("{rows} is too many or too few"), format!("give a number from 1 to {MOST_ROWS}")));
    }
    let time = SQL_TIME.min(room.options.request_time);
    let answer = room.ask(move |record| Ok(record.reader.sql(&asked.statement, SqlLimits { time, rows })?)).await?;
    sent(&SqlRows { columns: answer.columns, rows: answer.rows, cut: answer.cut })
}

/// A text coded, as `depeche code` does it; it is not kept.
#[utoipa::path(
    post,
    path = "/code",
    request_body(content((Posted = "application/json"), (String = "text/plain"), (String = "text/html"))),
    responses((status = 200, description = "The coded dispatch", body = Value), Refusals)
)]
pub(crate) async fn code(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Result<Response, ApiError> {
    let bytes = bytes(&room, body).await?;
    sent(&room.coders.code(kind(&headers), bytes).await?)
}

fn kind(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
}

fn sent<Answer: Serialize>(answer: &Answer) -> Result<Response, ApiError> {
    let body = json(answer)?;
    Ok(([(header::CONTENT_TYPE, body.kind), (header::CACHE_CONTROL, "no-store")], body.bytes).into_response())
}

/// A whole body, within its bound.
pub(crate) async fn bytes(room: &Room, body: Body) -> Result<Vec<u8>, ApiError> {
    let most = room.options.body_bytes;
    match to_bytes(body, most).await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(error) if is_too_large(&error) => Err(ApiError::too_large(most)),
        Err(error) => Err(ApiError::new(StatusCode::BAD_REQUEST, format!("the body broke off: {error}"), "send all of it")),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
