//! The reading room: a record over HTTP.
//!
//! In go the path of a record and a listening socket ([`serve`]); out come answers of the record as JSON and CSV below `/api/v1`, described by `/api/v1/openapi.json`, and the pages that show them. The
//! record is only read. What is refused is refused with a status, what happened and what to do. Nothing is served but the record and the files in the program, and nothing is fetched.

mod answer;
mod code;
mod connections;
mod digests;
mod error;
mod guard;
mod kept;
mod metrics;
mod options;
mod parameters;
mod pool;
mod room;
mod routes;
mod state;
mod watch;

pub use options::{Options, Token};

use crate::state::Room;
use std::future::Future;
use std::io;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves a record until `shutdown` is done; then lets requests under way end for a few seconds.
///
/// # Errors
/// When others than this machine could come in and there is no token, the record cannot be opened, or the socket fails.
pub async fn serve(options: Options, listener: TcpListener, shutdown: impl Future<Output = ()> + Send) -> io::Result<()> {
    let address = listener.local_addr()?;
    let is_loopback = address.ip().is_loopback();
    if !is_loopback && options.token.is_none() {
        let message = format!("{address} can be reached from other machines, and there is no token: give one, or listen on 127.0.0.1");
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    let room = Arc::new(Room::new(options, is_loopback));
    room.clone().run(|room| room.pool.version()).await.map_err(|error| io::Error::other(error.to_string()))?;
    // Counted beforehand, so that the first visitor need not wait.
    tokio::spawn(room.clone().ask(|record| record.digest().map(|_| ())));
    let watching = tokio::spawn(watch::watch(room.clone()));
    let served = connections::serve(&room, routes::router(room.clone()), listener, shutdown).await;
    watching.abort();
    served
}

/// The description of the API, as `/api/v1/openapi.json` has it.
pub fn openapi() -> serde_json::Value {
    routes::description()
}
