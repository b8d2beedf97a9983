//! A record that changes, and one that is no longer there.

use crate::support::{Served, dispatches, ingest};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::time::{Duration, Instant};

#[test]
fn a_record_that_is_written_is_answered_of_all_the_while() {
    let all = dispatches();
    let served = Served::over(all[..5].to_vec(), |_| {});
    let path = served.record();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| all[5..].iter().for_each(|coded| ingest(&path, vec![coded.clone()])));
        let mut before = 5;
        while !writing.is_finished() {
            let record = served.json("/api/v1/record");
            let now = record["dispatches"].as_u64().unwrap();
            assert!(now >= before);
            before = now;
            assert!(!served.json("/api/v1/happenings")["rows"].as_array().unwrap().is_empty());
        }
        writing.join().unwrap();
    });
    let begun = Instant::now();
    while served.json("/api/v1/record")["dispatches"] != json!(30) {
        assert!(begun.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_is_new_comes_down_the_stream() {
    let all = dispatches();
    let served = Served::over(all[..5].to_vec(), |_| {});
    let mut stream = served.connect();
    stream.write_all(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == ": open"));
    std::thread::sleep(Duration::from_millis(300));
    ingest(&served.record(), all[5..12].to_vec());
    let mut data = lines.by_ref().skip_while(|line| line != "event: happening").skip(1);
    let told: serde_json::Value = serde_json::from_str(data.next().unwrap().strip_prefix("data: ").unwrap()).unwrap();
    assert!(told["id"].is_string() && told["reports"].is_array());
    let mut counted = lines.skip_while(|line| line != "event: record").skip(1);
    assert!(counted.next().unwrap().contains("\"happenings\":"));
    // Open streams do not keep the server from ending.
    served.end();
}

#[test]
fn a_record_that_disappears_is_told_and_found_again() {
    let served = Served::usual();
    assert_eq!(served.get("/api/v1/record").status, 200);
    let (path, aside) = (served.record(), served.record().with_extension("aside"));
    std::fs::rename(&path, &aside).unwrap();
    for question in ["/api/v1/record", "/api/v1/happenings", "/api/v1/export?to=csv", "/metrics"] {
        served.get(question).assert_refused(503, question);
    }
    assert_eq!(served.get("/healthz").status, 200);
    assert_eq!(served.get("/").status, 200);
    std::fs::write(&path, "no record at all, but long enough to be looked at").unwrap();
    served.get("/api/v1/record").assert_refused(503, "another file");
    std::fs::remove_file(&path).unwrap();
    ingest(&path, dispatches()[..3].to_vec());
    assert_eq!(served.json("/api/v1/record")["dispatches"], json!(3));
}
