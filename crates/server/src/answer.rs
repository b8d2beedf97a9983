//! Answers: JSON or CSV, with a tag by which a browser tells that it has them already.
//!
//! In goes what a question answers; out comes a response. The tag is of the state of the record and the question alone, so that an answer that would be the same is not made again.

use crate::error::ApiError;
use crate::pool::Version;
use crate::state::{Record, Room};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use depeche_exchange::Cells;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use utoipa::ToSchema;

/// Some of the rows asked for, and where the others begin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<Row> {
    /// In their order.
    pub(crate) rows: Vec<Row>,
    /// The `cursor` of the next page; null where there is no more.
    pub(crate) next: Option<String>,
}

/// What is asked, as far as the shape of the answer goes.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    question: String,
    known: Option<String>,
    wants_csv: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        let format =
            url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "format").map(|(_, format)| format.into_owned());
        let text = |name: header::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let prefers_csv = text(header::ACCEPT).is_some_and(|accept| accept.trim_start().starts_with("text/csv"));
        let wants_csv = format.map_or(prefers_csv, |format| format == "csv");
        let known = text(header::IF_NONE_MATCH).map(str::to_owned);
        Ok(Asked { question: format!("{}?{query}#{wants_csv}", parts.uri.path()), known, wants_csv })
    }
}

/// What goes out.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) kind: &'static str,
    pub(crate) bytes: Bytes,
}

/// JSON of anything.
pub(crate) fn json<Answer: Serialize>(answer: &Answer) -> Result<Body, ApiError> {
    let bytes = serde_json::to_vec(answer).map_err(|error| ApiError::broken(format!("the answer cannot be written: {error}")))?;
    Ok(Body { kind: "application/json", bytes: bytes.into() })
}

impl Asked {
    /// A list in the format asked for.
    pub(crate) fn list<Row: Serialize + Cells>(&self, rows: Vec<Row>, next: Option<String>) -> Result<Body, ApiError> {
        if !self.wants_csv {
            return json(&List { rows, next });
        }
        let failed = |error: &dyn std::fmt::Display| ApiError::broken(format!("the rows cannot be written: {error}"));
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(Row::COLUMNS).map_err(|error| failed(&error))?;
        for row in rows {
            out.write_record(row.cells()).map_err(|error| failed(&error))?;
        }
        let bytes = out.into_inner().map_err(|error| failed(&error))?;
        Ok(Body { kind: "text/csv; charset=utf-8", bytes: bytes.into() })
    }

    /// A list of which all is at hand, cut into pages. Its cursors count rows.
    pub(crate) fn pages<Row: Serialize + Cells>(&self, rows: Vec<Row>, most: usize, cursor: Option<&str>) -> Result<Body, ApiError> {
        let from = place(cursor)?;
        let more = rows.len() > from.saturating_add(most);
        let rows = rows.into_iter().skip(from).take(most).collect();
        self.list(rows, more.then(|| format!("{}", from + most)))
    }

    fn tag(&self, room: &Room, version: Version) -> String {
        let hash = Sha256::digest(self.question.as_bytes());
        let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("\"{:x}-{}.{}-{}-{hash}\"", room.run, version.file, version.data, room.digests.made())
    }
}

/// The row that a counting cursor begins at.
pub(crate) fn place(cursor: Option<&str>) -> Result<usize, ApiError> {
    match cursor {
        None => Ok(0),
        Some(text) => {
            text.parse().map_err(|_| ApiError::parameter("cursor", "it is no place in this list", "give the `next` of the page before"))
        }
    }
}

/// Answers a question to the record, unless the visitor has the answer already.
pub(crate) async fn answer(
    room: Arc<Room>,
    asked: Asked,
    question: impl FnOnce(&Record<'_>, &Asked) -> Result<Body, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let inner = room.clone();
    let (tag, body) = room
        .ask(move |record| {
            let tag = asked.tag(&inner, inner.pool.version()?);
            let is_known = asked
                .known
                .as_ref()
                .is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*"));
            if is_known {
                return Ok((tag, None));
            }
            if let Some(body) = inner.kept.get(&tag) {
                return Ok((tag, Some(body)));
            }
            // The tag is of the state before the question, so that no older answer bears a newer tag.
            let body = question(record, &asked)?;
            inner.kept.keep(&tag, &body);
            Ok((tag, Some(body)))
        })
        .await?;
    let mut headers = HeaderMap::new();
    if let Ok(tag) = tag.parse() {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, header::HeaderValue::from_static("accept"));
    match body {
        None => Ok((StatusCode::NOT_MODIFIED, headers).into_response()),
        Some(Body { kind, bytes }) => {
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
            Ok((headers, bytes).into_response())
        }
    }
}
