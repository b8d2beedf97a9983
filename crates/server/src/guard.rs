//! Who may come in, and what a browser may do with what goes out.
//!
//! In goes a request; it goes on to its route, or is refused: for a name of this server that it does not know (so that no other site's name can be pointed at it), for coming from another site, for
//! want of the token, for its size, or for taking too long. Out goes the response with the headers that keep a browser from doing anything but showing the room.

use crate::error::ApiError;
use crate::options::Token;
use crate::room::is_of_page;
use crate::state::Room;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// The cookie that stands for the token.
const COOKIE: &str = "depeche_pass";

const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Lets a request in or refuses it, and seals the response.
pub(crate) async fn guard(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let mut response = match refused(&room, &request) {
        Some(refusal) => refusal,
        None => {
            let bounded = tokio::time::timeout(room.options.request_time, next.run(request)).await;
            bounded.unwrap_or_else(|_| ApiError::too_long().into_response())
        }
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refused(room: &Room, request: &Request<Body>) -> Option<Response> {
    let headers = request.headers();
    let host = text(headers, header::HOST).or_else(|| request.uri().host());
    if room.is_loopback && !host.is_some_and(is_own_name) {
        let error = "this server is not known by that name here";
        return Some(ApiError::new(StatusCode::FORBIDDEN, error, "call it localhost or 127.0.0.1").into_response());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) && is_of_another_site(headers, host) {
        let error = "the request comes from a page of another site";
        return Some(ApiError::new(StatusCode::FORBIDDEN, error, "send it from the room itself, or from a program").into_response());
    }
    let length = text(headers, header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > room.options.body_bytes as u64) {
        return Some(ApiError::too_large(room.options.body_bytes).into_response());
    }
    let path = request.uri().path();
    let is_open = matches!(path, "/healthz" | "/login") || is_of_page(path);
    match &room.options.token {
        Some(token) if !is_open && !has_token(token, headers) => Some(without_token(path, headers)),
        _ => None,
    }
}

fn without_token(path: &str, headers: &HeaderMap) -> Response {
    let is_page = !path.starts_with("/api/") && text(headers, header::ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    if is_page {
        return Redirect::to("/login").into_response();
    }
    let cure = "send `Authorization: Bearer TOKEN`, or log in at /login";
    ApiError::new(StatusCode::UNAUTHORIZED, "this needs the token", cure).into_response()
}

fn has_token(token: &Token, headers: &HeaderMap) -> bool {
    let bearer = text(headers, header::AUTHORIZATION).and_then(|value| {
        let (scheme, rest) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(rest)
    });
    let passes = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let mut passes = passes.filter_map(|cookie| cookie.trim().split_once('=')).filter(|(name, _)| *name == COOKIE);
    bearer.is_some_and(|bearer| token.is(bearer)) || passes.any(|(_, pass)| token.is_pass(pass))
}

/// The cookie of who gave the token.
pub(crate) fn cookie(token: &Token) -> String {
    format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000", token.pass())
}

/// Whether a name, with or without a port, is one that only this machine has.
fn is_own_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a browser says that a page of another site sends this.
fn is_of_another_site(headers: &HeaderMap, host: Option<&str>) -> bool {
    let from_elsewhere =
        text(headers, HeaderName::from_static("sec-fetch-site")).is_some_and(|site| matches!(site, "cross-site" | "same-site"));
    let origin =
        headers.get(header::ORIGIN).map(|origin| origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host));
    from_elsewhere || origin.is_some_and(|origin| origin.is_none() || origin != host)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        for own in ["localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:80", "127.0.0.9", "[::1]:8080", "[::1]"] {
            assert!(is_own_name(own), "{own}");
        }
        for other in ["", "example.org", "localhost.example.org:80", "127.0.0.1.example.org", "10.0.0.1:80", "[::2]:1", "0.0.0.0"] {
            assert!(!is_own_name(other), "{other}");
        }
    }
}
