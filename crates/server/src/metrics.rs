//! What a monitor asks: how many requests of which route ended how, how long they took, and how much the record holds, as Prometheus reads it.

use crate::state::Room;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The upper bounds of the histogram, in seconds.
const BOUNDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0, 30.0];

/// What was counted since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<Key, Count>>);

/// Route, method and status.
type Key = (String, String, u16);

#[derive(Debug, Default)]
struct Count {
    within: [u64; BOUNDS.len()],
    all: u64,
    seconds: f64,
}

impl Metrics {
    fn note(&self, key: Key, took: Duration) {
        let seconds = took.as_secs_f64();
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key).or_default();
        for (within, _) in count.within.iter_mut().zip(BOUNDS).filter(|(_, bound)| seconds <= *bound) {
            *within += 1;
        }
        count.all += 1;
        count.seconds += seconds;
    }

    /// As Prometheus reads it, with gauges behind.
    pub(crate) fn text(&self, gauges: &[(&str, &str, u64)]) -> String {
        let mut out = String::from("# HELP depeche_request_seconds How long requests took.\n# TYPE depeche_request_seconds histogram\n");
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for ((route, method, status), count) in counts.iter() {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            for (bound, within) in BOUNDS.iter().zip(count.within) {
                let _ = writeln!(out, "depeche_request_seconds_bucket{{{labels},le=\"{bound}\"}} {within}");
            }
            let _ = writeln!(out, "depeche_request_seconds_bucket{{{labels},le=\"+Inf\"}} {}", count.all);
            let _ = writeln!(out, "depeche_request_seconds_sum{{{labels}}} {:.6}", count.seconds);
            let _ = writeln!(out, "depeche_request_seconds_count{{{labels}}} {}", count.all);
        }
        for (name, told, value) in gauges {
            let _ = writeln!(out, "# HELP {name} {told}\n# TYPE {name} gauge\n{name} {value}");
        }
        out
    }
}

/// Counts and logs a request.
pub(crate) async fn measure(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("/", MatchedPath::as_str).to_owned();
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST") => known.to_owned(),
        _ => "OTHER".to_owned(),
    };
    let path = request.uri().path().to_owned();
    let begun = Instant::now();
    let response = next.run(request).await;
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    tracing::info!(%method, %path, status, milliseconds = took.as_secs_f64() * 1000.0, "answered");
    room.metrics.note((route, method, status), took);
    response
}
