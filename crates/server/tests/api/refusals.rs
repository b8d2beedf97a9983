//! What is refused, each with a status and what to do.

use crate::support::Served;
use depeche_server::Token;
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

const TOKEN: &str = "correct horse battery";

#[test]
fn what_makes_no_sense_is_refused() {
    let served = Served::usual();
    for (path, status) in [
        ("/api/v1/happenings/nothing%23v1", 404),
        ("/api/v1/dispatches/nothing", 404),
        ("/api/v1/actors/nobody", 404),
        ("/api/v1/dispatches/%FF%FE", 400),
        ("/api/v1/nothing", 404),
        ("/api/v2/record", 404),
        ("/api/v1/happenings?actor=Nobody%20At%20All", 404),
        ("/api/v1/happenings?source=Nobody", 404),
        ("/api/v1/happenings?place=Nowhere", 404),
        ("/api/v1/happenings?cursor=nonsense", 400),
        ("/api/v1/happenings?cursor=2026-02-30%2F%2Fx", 400),
        ("/api/v1/actors?cursor=nonsense", 400),
        ("/api/v1/offices?cursor=-1", 400),
        ("/api/v1/offices?cursor=99999999999999999999999", 400),
        ("/api/v1/happenings?since=yesterday", 400),
        ("/api/v1/happenings?since=2026-02-30", 400),
        ("/api/v1/happenings?since=2026-1-1", 400),
        ("/api/v1/happenings?limit=0", 400),
        ("/api/v1/happenings?limit=501", 400),
        ("/api/v1/happenings?limit=1&limit=2", 400),
        ("/api/v1/happenings?type=NONSENSE", 400),
        ("/api/v1/happenings?status=maybe", 400),
        ("/api/v1/happenings?order=sideways", 400),
        ("/api/v1/happenings?between=IRN", 400),
        ("/api/v1/happenings?colour=red", 400),
        ("/api/v1/happenings?text=", 400),
        ("/api/v1/happenings?text=%E2%80%94", 400),
        ("/api/v1/record?limit=1", 400),
        ("/api/v1/search", 400),
        ("/api/v1/export", 400),
        ("/api/v1/export?to=parquet", 400),
        ("/api/v1/export?to=gdelt&what=actors", 400),
        ("/api/v1/export?to=csv&actor=Nobody%20At%20All", 404),
        ("/api/v1/export?to=csv&what=commitments&actor=Nobody%20At%20All", 404),
        ("/missing.js", 404),
    ] {
        served.get(path).assert_refused(status, path);
    }
    let long = format!("/api/v1/happenings?topic={}", "a".repeat(3000));
    served.get(&long).assert_refused(400, "a long value");
    served.send("POST", "/api/v1/record", &[], b"{}").assert_refused(405, "POST record");
    served.send("DELETE", "/", &[], b"").assert_refused(405, "DELETE /");
}

#[test]
fn sql_that_does_more_than_read_or_never_ends_is_stopped() {
    let served = Served::over(crate::support::dispatches(), |options| options.request_time = std::time::Duration::from_secs(2));
    let ask = |statement: &str| served.post_json("/api/v1/sql", &json!({"statement": statement}));
    for statement in [
        "DELETE FROM dispatches",
        "DROP TABLE dispatches",
        "PRAGMA user_version = 9",
        "ATTACH 'x' AS x",
        "SELECT load_extension('x')",
        "INSERT INTO decisions VALUES ('a', 'b', 'merge')",
        "VACUUM INTO '/tmp/x'",
    ] {
        ask(statement).assert_refused(403, statement);
    }
    ask("SELEKT 1").assert_refused(400, "no SQL");
    ask("SELECT 1; SELECT 2").assert_refused(400, "two statements");
    ask("").assert_refused(400, "none");
    ask("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n").assert_refused(408, "without end");
    served.post_json("/api/v1/sql", &json!({"statement": "SELECT 1", "limit": 0})).assert_refused(400, "limit");
    served.post_json("/api/v1/sql", &json!({"other": 1})).assert_refused(400, "other fields");
    served.send("POST", "/api/v1/sql", &[("Content-Type", "text/plain")], b"SELECT 1").assert_refused(415, "text");
    assert_eq!(served.json("/api/v1/record")["dispatches"], json!(30));
}

#[test]
fn texts_are_coded_or_it_is_told_why_not() {
    let served = Served::usual();
    let text = "Le président a reçu mardi à Alger le ministre des Affaires étrangères du Mali, venu parler de la frontière.";
    served.post_json("/api/v1/code", &json!({"text": text, "language": "fr"})).assert_refused(503, "no model");
    served.send("POST", "/api/v1/code", &[("Content-Type", "text/plain; charset=utf-8")], text.as_bytes()).assert_refused(503, "plain");
    served.send("POST", "/api/v1/code", &[("Content-Type", "image/png")], b"x").assert_refused(415, "an image");
    for body in ["", "{", "[]", "{\"text\": 1}", "{\"text\": \"a\", \"more\": 1}", "null"] {
        served.send("POST", "/api/v1/code", &[("Content-Type", "application/json")], body.as_bytes()).assert_refused(400, body);
    }
    // What there are no packs for is a dispatch all the same.
    let other = served
        .post_json("/api/v1/code", &json!({"text": "Dette er en ganske lang tekst på et annet språk, om været i byen.", "language": "nb"}));
    assert_eq!(other.status, 200, "{}", other.text());
    assert_eq!(other.json()["dispatch"]["language"], "nb");
}

#[test]
fn without_the_token_nobody_reads() {
    let served = Served::over(crate::support::dispatches(), |options| options.token = Some(Token::new(TOKEN).unwrap()));
    for path in ["/api/v1/record", "/api/v1/openapi.json", "/metrics", "/", "/api/v1/stream"] {
        served.get(path).assert_refused(401, path);
        served.send("GET", path, &[("Authorization", "Bearer wrong horse battery")], b"").assert_refused(401, path);
        served.send("GET", path, &[("Cookie", "depeche_pass=correct horse battery")], b"").assert_refused(401, path);
    }
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(served.send("GET", "/api/v1/record", &[("Authorization", &bearer)], b"").status, 200);
    assert_eq!(served.get("/healthz").status, 200);
    let page = served.send("GET", "/network", &[("Accept", "text/html")], b"");
    assert_eq!((page.status, page.header("location")), (303, "/login"));
    assert!(served.get("/login").text().contains("id=\"room\""));
    // Of the files that the page is made of, none holds anything of the record.
    served.get("/assets/x.js").assert_refused(404, "an asset");
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    served.send("POST", "/login", &form, b"token=wrong").assert_refused(401, "login");
    let entered = served.send("POST", "/login", &form, b"token=correct+horse+battery");
    assert_eq!(entered.status, 303);
    let cookie = entered.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("horse"), "{cookie}");
    let pass = cookie.split(';').next().unwrap();
    assert_eq!(served.send("GET", "/api/v1/record", &[("Cookie", pass)], b"").status, 200);
    assert!(Token::new("short").is_err());
}

#[test]
fn other_machines_need_a_token() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("0.0.0.0:0")).unwrap();
    let served = runtime.block_on(depeche_server::serve(depeche_server::Options::new("none.depeche"), listener, async {}));
    assert!(served.unwrap_err().to_string().contains("token"));
}

#[test]
fn other_names_and_other_sites_are_refused() {
    let served = Served::usual();
    for host in ["rebound.example.org", "rebound.example.org:80", "10.0.0.1", ""] {
        served.send("GET", "/api/v1/record", &[("Host", host)], b"").assert_refused(403, host);
    }
    for host in ["localhost", "localhost:1", "[::1]:80", "127.0.0.1"] {
        assert_eq!(served.send("GET", "/api/v1/record", &[("Host", host)], b"").status, 200, "{host}");
    }
    for header in [("Origin", "https://elsewhere.example.org"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")] {
        let headers = [("Content-Type", "application/json"), header];
        served.send("POST", "/api/v1/sql", &headers, b"{\"statement\": \"SELECT 1\"}").assert_refused(403, header.1);
    }
    let own = [("Host", "localhost:8080"), ("Origin", "http://localhost:8080"), ("Content-Type", "application/json")];
    assert_eq!(served.send("POST", "/api/v1/sql", &own, b"{\"statement\": \"SELECT 1\"}").status, 200);
}

static SERVED: LazyLock<Served> = LazyLock::new(Served::usual);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_query_makes_the_server_fail(
        list in prop::sample::select(vec!["happenings", "dispatches", "actors", "offices", "commitments", "stories", "disagreements", "search", "suggest", "series", "network", "places", "density", "export", "record"]),
        parameters in prop::collection::vec((
            prop::sample::select(vec!["actor", "between", "type", "status", "since", "until", "place", "topic", "source", "text", "limit", "cursor", "order", "by", "level", "to", "what", "format", "x"]),
            prop_oneof!["\\PC{0,20}", "[0-9/-]{0,12}", Just("IRN".to_owned()), Just("IRN,DZA".to_owned()), Just("Alger".to_owned()), Just("Iran* -\"a b\"".to_owned()), Just("csv".to_owned()), Just("month".to_owned()), Just("2026-01-01".to_owned()), Just("5".to_owned()), Just("%_".to_owned())],
        ), 0..4),
        raw in "[!-~]{0,8}",
    ) {
        let mut query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", crate::support::encoded(value))).collect();
        if !raw.is_empty() && raw.len() % 3 == 0 {
            query.push(raw.replace('#', "%23"));
        }
        let path = format!("/api/v1/{list}?{}", query.join("&"));
        let answer = SERVED.get(&path);
        prop_assert!((200..500).contains(&answer.status), "{}: {} {}", path, answer.status, answer.text());
    }
}
