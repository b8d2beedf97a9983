//! News of the record for whoever keeps a stream open.
//!
//! The record is looked at every second; what was written since goes out to all streams as server-sent events: `happening` for each happening that is new or was settled anew, `record` with how many
//! there are.

use crate::error::ApiError;
use crate::pool::Version;
use crate::state::Room;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// An event as it goes out.
pub(crate) type News = Bytes;

/// The most happenings that are told of one look; what is more is told by their number alone.
const MOST: usize = 200;
/// How often a stream says that it is still there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

#[derive(Serialize)]
struct Counted {
    happenings: u64,
}

/// Looks at the record again and again.
pub(crate) async fn watch(room: Arc<Room>) {
    let mut known: Option<(Version, i64)> = None;
    loop {
        let before = known;
        match room.clone().ask(move |record| look(record.reader, record.version()?, before)).await {
            Ok((now, news)) => {
                known = Some(now);
                for event in news {
                    // Nobody may be listening.
                    let _ = room.news.send(event);
                }
            }
            Err(error) => tracing::debug!(%error, "the record could not be looked at"),
        }
        tokio::time::sleep(room.options.watch_every).await;
    }
}

/// What is new since a look before.
fn look(reader: &depeche_store::Reader, version: Version, before: Option<(Version, i64)>) -> Result<((Version, i64), Vec<News>), ApiError> {
    match before {
        Some((known, last)) if known == version => Ok(((version, last), Vec::new())),
        Some((known, last)) if known.file == version.file => {
            let (rows, _) = reader.written_after(last, MOST)?;
            let mut news: Vec<News> = rows.iter().map(|row| event("happening", row)).collect();
            news.push(event("record", &Counted { happenings: reader.size()?.happenings }));
            Ok(((version, reader.last_written()?.max(last)), news))
        }
        _ => Ok(((version, reader.last_written()?), Vec::new())),
    }
}

fn event<Data: Serialize>(name: &str, data: &Data) -> News {
    Bytes::from(format!("event: {name}\ndata: {}\n\n", serde_json::to_string(data).unwrap_or_default()))
}

/// A stream of what is new from now on.
pub(crate) fn stream(room: &Arc<Room>) -> Result<Response, ApiError> {
    let place = room.streams.clone().try_acquire_owned().map_err(|_| ApiError::busy("streams"))?;
    let mut news = room.news.subscribe();
    let mut ending = room.ending.subscribe();
    let (out, sent) = mpsc::channel::<Bytes>(16);
    tokio::spawn(async move {
        let _place = place;
        let mut next = Bytes::from_static(b": open\n\n");
        loop {
            if tokio::time::timeout(SIGN_OF_LIFE, out.send(next)).await.is_ok_and(|sent| sent.is_ok()) {
                next = tokio::select! {
                    told = news.recv() => match told {
                        Ok(told) => told,
                        Err(RecvError::Lagged(_)) => continue_with_count(),
                        Err(RecvError::Closed) => return,
                    },
                    () = tokio::time::sleep(SIGN_OF_LIFE) => Bytes::from_static(b": still here\n\n"),
                    _ = ending.wait_for(|ending| *ending) => return,
                    () = out.closed() => return,
                };
            } else {
                return;
            }
        }
    });
    let body = Body::from_stream(ReceiverStream::new(sent).map(Ok::<_, std::convert::Infallible>));
    let head = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((head, body).into_response())
}

/// What a stream that fell behind is told.
fn continue_with_count() -> Bytes {
    Bytes::from_static(b": some were left out\n\n")
}
