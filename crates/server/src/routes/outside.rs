//! What stands outside the API: its description, health, metrics, and the door.

use crate::answer::json;
use crate::error::ApiError;
use crate::guard;
use crate::routes::{description, posted};
use crate::state::Room;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use std::sync::{Arc, LazyLock};

static DESCRIPTION: LazyLock<Vec<u8>> = LazyLock::new(|| json(&description()).map(|body| body.bytes).unwrap_or_default());

/// The description of the API.
pub(crate) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], DESCRIPTION.as_slice()).into_response()
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

/// Where the token is given.
pub(crate) async fn login_page() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Html(LOGIN)).into_response()
}

const LOGIN: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>depeche</title></head>\n\
    <body><main><h1>depeche</h1>\n<form method=\"post\" action=\"/login\"><label>Token, as the keeper of this record gave it · Jeton donné par qui tient ce fonds<br>\
    <input type=\"password\" name=\"token\" autocomplete=\"current-password\" required autofocus></label> <button>OK</button></form></main></body></html>\n";

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
