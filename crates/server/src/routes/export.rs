//! The record in the formats of others, as it is written.
//!
//! In go a filter and a format; out goes a body that is sent while the record is read, so that one of any size takes no more memory. A reader that does not take it for half a minute is cut off.

use crate::error::{ApiError, Refusals};
use crate::parameters::{FILTER, Kind, Parameter, Query, TEXT, Takes};
use crate::state::Room;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use depeche::packs::PackFiles;
use depeche_exchange::{Countries, ExportFormat, Fault, What, export as write};
use depeche_store::Filter;
use std::io::{self, Write};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{StreamExt, once};

/// How long whoever reads may take for a part.
const PATIENCE: Duration = Duration::from_secs(30);

/// What `export` takes.
#[derive(Debug)]
pub(crate) struct Wanted;

impl Takes for Wanted {
    const TABLES: &'static [&'static [Parameter]] = &[
        &[
            Parameter::new("to", Kind::OneOf(formats), "The format").required(),
            Parameter::new(
                "what",
                Kind::OneOf(whats),
                "What to write: happenings where nothing is said, the others as CSV and JSON lines alone",
            ),
        ],
        FILTER,
        &[TEXT],
    ];
}

fn formats() -> Vec<&'static str> {
    FORMATS.map(|(name, ..)| name).to_vec()
}

fn whats() -> Vec<&'static str> {
    What::ALL.map(What::name).to_vec()
}

/// Formats, their types of content, and the endings of their files.
const FORMATS: [(&str, ExportFormat, &str, &str); 6] = [
    ("csv", ExportFormat::Csv, "text/csv; charset=utf-8", "csv"),
    ("jsonl", ExportFormat::Jsonl, "application/jsonl", "jsonl"),
    ("gdelt", ExportFormat::Gdelt, "text/tab-separated-values; charset=utf-8", "tsv"),
    ("polecat", ExportFormat::Polecat, "text/tab-separated-values; charset=utf-8", "tsv"),
    ("followthemoney", ExportFormat::Ftm, "application/jsonl", "ftm.json"),
    ("rss", ExportFormat::Rss, "application/rss+xml", "xml"),
];

/// What the filter lets through, as `depeche export` writes it.
#[utoipa::path(
    get,
    path = "/export",
    params(Query<Wanted>),
    responses(
        (status = 200, description = "The export", content(
            (String = "text/csv"), (String = "application/jsonl"), (String = "text/tab-separated-values"), (String = "application/rss+xml")
        )),
        Refusals
    )
)]
pub(crate) async fn export(State(room): State<Arc<Room>>, query: Query<Wanted>) -> Result<Response, ApiError> {
    let to = query.get("to").unwrap_or_default();
    let Some(&(_, format, kind, ending)) = FORMATS.iter().find(|(name, ..)| *name == to) else {
        return Err(ApiError::parameter("to", "there is no such format", format!("there are {}", formats().join(", "))));
    };
    let what: What = query.get("what").and_then(|what| what.parse().ok()).unwrap_or_default();
    if !format.takes(what) {
        return Err(ApiError::parameter("what", format!("{to} has room for happenings alone"), "take csv or jsonl for it"));
    }
    let place = room.exports.clone().try_acquire_owned().map_err(|_| ApiError::busy("exports"))?;
    let (out, mut parts) = mpsc::channel::<Result<Bytes, ApiError>>(4);
    let (filter, runtime) = (query.filter(), Handle::current());
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let parts = Parts { out: out.clone(), runtime: runtime.clone(), part: Vec::new() };
        if let Err(error) = written(&room, &filter, what, format, parts) {
            let _ = runtime.block_on(out.send(Err(error)));
        }
    });
    // What is refused is refused before anything is sent.
    let first = match parts.recv().await {
        Some(first) => first?,
        None => Bytes::new(),
    };
    let body = Body::from_stream(
        once(Ok(first)).chain(ReceiverStream::new(parts)).map(|part| part.map_err(|error| io::Error::other(error.to_string()))),
    );
    let name = format!("attachment; filename=\"depeche-{}.{ending}\"", what.name());
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store"), (header::CONTENT_DISPOSITION, name.as_str())], body)
        .into_response())
}

fn written(room: &Arc<Room>, filter: &Filter, what: What, format: ExportFormat, parts: Parts) -> Result<(), ApiError> {
    static COUNTRIES: OnceLock<Result<Countries, String>> = OnceLock::new();
    let countries = COUNTRIES.get_or_init(|| Countries::load(&PackFiles::built_in(), &["en", "fr"]).map_err(|error| error.to_string()));
    let countries = countries.as_ref().map_err(|error| ApiError::broken(error.clone()))?;
    let mut borrowed = room.pool.reader()?;
    let mut out = parts;
    let done = write(borrowed.get()?, filter, what, format, countries, &mut out);
    // What is gathered of a refused export is not sent before the refusal.
    match done.and_then(|_| out.send().map_err(Fault::Output)) {
        Ok(()) => Ok(()),
        Err(Fault::Store(error)) => Err(error.into()),
        // Nobody reads it any more.
        Err(Fault::Output(_)) => Ok(()),
        Err(Fault::Format(error)) => Err(ApiError::new(StatusCode::BAD_REQUEST, error, "take another format")),
    }
}

/// The bytes of a part.
const PART: usize = 1 << 16;

/// Writes into a body, part by part. What is not yet a part is kept back whoever flushes, until it is sent.
struct Parts {
    out: mpsc::Sender<Result<Bytes, ApiError>>,
    runtime: Handle,
    part: Vec<u8>,
}

impl Parts {
    fn send(&mut self) -> io::Result<()> {
        let part = Bytes::from(std::mem::take(&mut self.part));
        let sending = async { tokio::time::timeout(PATIENCE, self.out.send(Ok(part))).await };
        match self.runtime.block_on(sending) {
            Ok(Ok(())) => Ok(()),
            _ => Err(io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads it")),
        }
    }
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
