//! What stands outside the API: its description, health, metrics, and the door.

use crate::answer::json;
use crate::error::ApiError;
use crate::guard;
use crate::room;
use crate::routes::{description, posted};
use crate::state::Room;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::{Arc, LazyLock};

static DESCRIPTION: LazyLock<bytes::Bytes> = LazyLock::new(|| json(&description()).map(|body| body.bytes).unwrap_or_default());

/// The description of the API.
pub(crate) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], DESCRIPTION.clone()).into_response()
}

/// That the server answers; of the record it says nothing.
pub(crate) async fn healthz() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], "ok").into_response()
}

/// What a monitor asks.
pub(crate) async fn metrics(State(room): State<Arc<Room>>) -> Result<Response, ApiError> {
    let size = room.clone().ask(|record| Ok(record.reader.size()?)).await?;
    let gauges = [
        ("depeche_dispatches", "Dispatches of the record.", size.dispatches),
        ("depeche_events", "Events of the record.", size.events),
        ("depeche_happenings", "Happenings of the record.", size.happenings),
    ];
    let text = room.metrics.text(&gauges);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], text).into_response())
}

/// Where the token is given: the room's page, which asks for it.
pub(crate) async fn login_page(headers: HeaderMap) -> Response {
    room::page(&headers)
}

/// Lets a browser in that gives the token.
pub(crate) async fn login(State(room): State<Arc<Room>>, body: Body) -> Result<Response, ApiError> {
    let bytes = posted::bytes(&room, body).await?;
    let given =
        url::form_urlencoded::parse(&bytes).find(|(name, _)| name == "token").map(|(_, token)| token.into_owned()).unwrap_or_default();
    match &room.options.token {
        None => Ok(Redirect::to("/").into_response()),
        Some(token) if token.is(&given) => Ok(([(header::SET_COOKIE, guard::cookie(token))], Redirect::to("/")).into_response()),
        Some(_) => {
            let cure = "ask whoever keeps this record";
            Err(ApiError::new(axum::http::StatusCode::UNAUTHORIZED, "that is not the token", cure))
        }
    }
}
