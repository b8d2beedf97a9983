//! Bounds: of size, of time, of number.

use crate::support::{Answer, Served, dispatches};
use std::io::{Read, Write};
use std::time::{Duration, Instant};

#[test]
fn large_bodies_are_refused() {
    let served = Served::over(dispatches(), |options| options.body_bytes = 100_000);
    let json = [("Content-Type", "application/json")];
    served.send("POST", "/api/v1/sql", &json, &vec![b' '; 200_000]).assert_refused(413, "told beforehand");
    let mut request = "POST /api/v1/sql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".as_bytes().to_vec();
    for _ in 0..20 {
        request.extend_from_slice(b"2710\r\n");
        request.extend_from_slice(&[b' '; 10_000]);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"0\r\n\r\n");
    served.raw(&request).assert_refused(413, "told by nobody");
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(200_000));
    assert!(matches!(served.raw(long.as_bytes()).status, 414 | 431), "a long head");
}

#[test]
fn slow_requests_are_cut_off() {
    let served = Served::over(dispatches(), |options| {
        options.head_time = Duration::from_millis(300);
        options.request_time = Duration::from_millis(500);
    });
    // A head that never ends.
    let begun = Instant::now();
    let mut stream = served.connect();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: loc").unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(5));
    // A body that never ends.
    let begun = Instant::now();
    let mut stream = served.connect();
    stream
        .write_all(b"POST /api/v1/code HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nabc")
        .unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    Answer::of(&rest).assert_refused(408, "a slow body");
    assert!(begun.elapsed() < Duration::from_secs(5));
    // A connection that nothing is asked on.
    let begun = Instant::now();
    let mut stream = served.connect();
    let _ = stream.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn no_path_leads_out_of_the_room() {
    let served = Served::usual();
    for path in [
        "/../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/assets/../../Cargo.toml",
        "/assets/%2e%2e%2f%2e%2e%2fsrc%2flib.rs",
        "//etc/passwd.txt",
        "/....//Cargo.toml",
        "/..\\Cargo.toml",
        "/%5c..%5cCargo.toml",
        "/etc/passwd",
        "/%00.html",
        "/assets/",
        "/record.depeche",
        "/dispatch/../../Cargo.toml",
    ] {
        let answer = served.get(path);
        assert!(matches!(answer.status, 200 | 400 | 404), "{path}: {}", answer.status);
        let text = answer.text();
        assert!(!text.contains("[package]") && !text.contains("root:") && !text.contains("SQLite"), "{path}");
        if answer.status == 200 {
            assert_eq!(text, served.get("/").text(), "{path}");
        }
    }
}

#[test]
fn too_many_at_once_are_told_to_come_again() {
    let served = Served::over(dispatches(), |options| {
        options.readers = 1;
        options.waiting = 1;
        options.streams = 1;
        options.request_time = Duration::from_secs(3);
    });
    let endless = "{\"statement\": \"WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n\"}";
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| served.send("POST", "/api/v1/sql", &[("Content-Type", "application/json")], endless.as_bytes())))
            .collect();
        asked.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    let busy: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(busy.len() >= 3, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    assert!(busy.iter().all(|answer| answer.header("retry-after") == "1"));
    let mut open = served.connect();
    open.write_all(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut first = [0; 16];
    open.read_exact(&mut first).unwrap();
    served.get("/api/v1/stream").assert_refused(503, "a second stream");
}
