//! The pages of the room, which are in the program.
//!
//! In goes a path; out comes the file of that name, or the page itself for the paths that the page takes for its own. Nothing is read from the disk, so that no path leads out of the room.

use crate::error::ApiError;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::LazyLock;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/room");
/// The tags of the files.
static TAGS: LazyLock<HashMap<String, HeaderValue>> = LazyLock::new(|| {
    let mut tags = HashMap::new();
    let mut folders = vec![&FILES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let hash: String = Sha256::digest(file.contents()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
            if let (Some(path), Ok(tag)) = (file.path().to_str(), HeaderValue::from_str(&format!("\"{hash}\""))) {
                tags.insert(path.replace('\\', "/"), tag);
            }
        }
    }
    tags
});

/// The page, which takes these paths, with anything behind them, for its own.
const PAGE: &str = "index.html";
const OF_THE_PAGE: [&str; 3] = ["/dispatch/", "/actor/", "/happening/"];

/// A file of the room, or the page.
pub(crate) async fn file(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if path == "/api" || path.starts_with("/api/") {
        let error = format!("there is nothing at {}", path.chars().take(200).collect::<String>());
        return ApiError::new(StatusCode::NOT_FOUND, error, "/api/v1/openapi.json tells what there is").into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return not_allowed().await;
    }
    let name = path.trim_start_matches('/');
    let is_of_the_page = name.is_empty() || OF_THE_PAGE.iter().any(|own| path.starts_with(own)) || !name.contains('.');
    let name = if is_of_the_page && !path.starts_with("/assets/") { PAGE } else { name };
    match FILES.get_file(name) {
        Some(file) => sent(name, file.contents(), &headers),
        None => ApiError::new(StatusCode::NOT_FOUND, "there is no such page", "begin at /").into_response(),
    }
}

/// The page itself, whatever the path.
pub(crate) fn page(headers: &HeaderMap) -> Response {
    FILES.get_file(PAGE).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |file| sent(PAGE, file.contents(), headers))
}

/// Whether a path is of a file that the page is made of; there is nothing of the record in it.
pub(crate) fn is_of_page(path: &str) -> bool {
    path.starts_with("/assets/") || path == "/icon.svg"
}

/// That a path takes other methods.
pub(crate) async fn not_allowed() -> Response {
    let cure = "/api/v1/openapi.json tells which method each path takes";
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "there is no such method here", cure).into_response()
}

fn sent(name: &str, contents: &'static [u8], headers: &HeaderMap) -> Response {
    let tag = TAGS.get(name).cloned().unwrap_or(HeaderValue::from_static("\"\""));
    let kept = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind(name))),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::ETAG, tag.clone()),
    ];
    if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    (head, contents).into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
