//! What is asked is answered, alike in every shape.

use crate::support::{Served, encoded};
use depeche_store::{Filter, Period, Reader};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use std::io::Read;

fn same(rows: &[Value], expected: &Value) {
    assert_eq!(Value::from(rows.to_vec()), *expected);
}

#[test]
fn pages_to_the_end_are_what_the_store_answers() {
    let served = Served::usual();
    let reader = Reader::open(&served.record()).unwrap();
    let all = Filter::default();
    for limit in [3, 7, 500] {
        let strip = |mut row: Value| {
            for key in ["goldstein", "quad", "sources"] {
                assert!(row.as_object_mut().unwrap().remove(key).is_some());
            }
            row
        };
        let rows: Vec<Value> = served.all_pages("/api/v1/happenings", limit).into_iter().map(strip).collect();
        same(&rows, &json!(reader.timeline(&all).unwrap()));
        same(&served.all_pages("/api/v1/actors", limit), &json!(reader.actors(&all).unwrap()));
        same(&served.all_pages("/api/v1/offices", limit), &json!(reader.offices(&all).unwrap()));
        same(&served.all_pages("/api/v1/commitments", limit), &json!(reader.commitments(&all).unwrap()));
        same(&served.all_pages("/api/v1/stories", limit), &json!(reader.stories(&all).unwrap()));
        same(&served.all_pages("/api/v1/disagreements", limit), &json!(reader.disagreements(&all).unwrap()));
        same(&served.all_pages("/api/v1/places", limit), &json!(reader.places(&all).unwrap()));
        same(&served.all_pages("/api/v1/series?by=year", limit), &json!(reader.series(&all, Period::Year).unwrap()));
        assert_eq!(served.all_pages("/api/v1/dispatches", limit).len(), 30);
        assert_eq!(served.all_pages("/api/v1/search?text=Iran", limit).len(), served.all_pages("/api/v1/search?text=iran", 500).len());
    }
}

#[test]
fn the_last_come_first_and_undated_ones_last() {
    let served = Served::usual();
    let mut expected = served.all_pages("/api/v1/happenings", 500);
    let found = served.all_pages("/api/v1/happenings?order=last", 4);
    let day = |row: &Value| row["when"]["earliest"].as_str().map(str::to_owned);
    assert!(found.iter().any(|row| day(row).is_some()) && found.iter().any(|row| day(row).is_none()));
    let dated = found.iter().take_while(|row| day(row).is_some()).count();
    assert!(found[dated..].iter().all(|row| day(row).is_none()));
    assert!(found[..dated].windows(2).all(|two| day(&two[0]) >= day(&two[1])));
    let mut sorted = found;
    for rows in [&mut expected, &mut sorted] {
        rows.sort_by_key(|row| row["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(sorted, expected);
}

#[test]
fn filters_narrow() {
    let served = Served::usual();
    let count = |query: &str| served.all_pages(&format!("/api/v1/happenings?{query}"), 500).len();
    let all = count("order=first");
    for query in [
        "actor=IRN",
        "actor=DZA&actor=MLI",
        "between=DZA,RUS",
        "type=CONSULT",
        "type=CONSULT&type=AGREE",
        "status=planned",
        "since=2026-01-01",
        "until=2017-12-31",
        "place=Alger",
        "source=Reuters",
        "text=Choigou",
        "actor=Choigou",
    ] {
        let found = count(query);
        assert!(found > 0 && found < all, "{query}: {found} of {all}");
    }
    assert_eq!(count("actor=IRN&actor=IRQ&text=%22no%20such%20words%22"), 0);
    let with_text = served.all_pages("/api/v1/dispatches?text=Tebboune", 500).len();
    assert!(with_text > 0 && with_text < 30);
    let of_actor = served.all_pages("/api/v1/dispatches?actor=MLI", 500).len();
    assert!(of_actor > 0 && of_actor < 30);
    assert_eq!(served.json("/api/v1/density?by=year&actor=IRN")["by"], "year");
    let density = served.json("/api/v1/density");
    let dated: u64 = density["rows"].as_array().unwrap().iter().map(|row| row["happenings"].as_u64().unwrap()).sum();
    assert_eq!(dated + density["undated"].as_u64().unwrap(), all as u64);
}

#[test]
fn one_thing_is_told_in_full() {
    let served = Served::usual();
    let first = served.all_pages("/api/v1/happenings?type=CONSULT", 1);
    for row in first.iter().take(5) {
        let id = row["id"].as_str().unwrap();
        let full = served.json(&format!("/api/v1/happenings/{}", encoded(id)));
        assert_eq!(full["id"], row["id"]);
        assert_eq!(full["evidence"].as_array().unwrap().len(), row["reports"].as_array().unwrap().len());
        let evidence = &full["evidence"][0];
        let dispatch = served.json(&format!("/api/v1/dispatches/{}", encoded(evidence["dispatch"].as_str().unwrap())));
        let text: Vec<char> = dispatch["coded"]["dispatch"]["text"].as_str().unwrap().chars().collect();
        let place = |key: &str| evidence["sentence"][key].as_u64().unwrap() as usize;
        let sentence: String = text[place("start")..place("end")].iter().collect();
        assert_eq!(evidence["sentence"]["text"], json!(sentence));
        assert!(dispatch["happenings"].as_array().unwrap().iter().any(|event| event["happening"] == full["id"]));
    }
    let disagreed = served.all_pages("/api/v1/disagreements", 500);
    let full = served.json(&format!("/api/v1/happenings/{}", encoded(disagreed[0]["happening"].as_str().unwrap())));
    assert_eq!(full["disagreements_listed"][0]["values"], disagreed[0]["values"]);
    let actor = &served.all_pages("/api/v1/actors?actor=Choigou", 500)[0];
    let profile = served.json(&format!("/api/v1/actors/{}", encoded(actor["id"].as_str().unwrap())));
    assert_eq!(profile["name"], actor["name"]);
    for key in ["spellings", "held", "met", "statements", "happenings_latest"] {
        assert!(!profile[key].as_array().unwrap().is_empty(), "{key}");
    }
    assert_eq!(served.json("/api/v1/actors/LBN")["kind"], "country");
}

#[test]
fn the_record_is_told_in_numbers() {
    let served = Served::usual();
    let record = served.json("/api/v1/record");
    assert_eq!((&record["dispatches"], &record["events"]), (&json!(30), &json!(116)));
    let happenings: u64 = record["types"].as_array().unwrap().iter().map(|row| row["happenings"].as_u64().unwrap()).sum();
    assert_eq!(record["happenings"], json!(happenings));
    let found = served.json("/api/v1/suggest?text=Alg");
    let kinds: Vec<&str> = found["rows"].as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"country") && kinds.contains(&"place"), "{found}");
    let network = served.json("/api/v1/network?level=actor&limit=5");
    assert_eq!(network["edges"].as_array().unwrap().len(), 5);
    for edge in network["edges"].as_array().unwrap() {
        let is_node = |id: &Value| network["nodes"].as_array().unwrap().iter().any(|node| node["id"] == *id);
        assert!(is_node(&edge["source"]) && is_node(&edge["target"]));
    }
}

#[test]
fn what_a_visitor_has_is_not_sent_again() {
    let served = Served::usual();
    let path = "/api/v1/happenings?limit=5";
    let first = served.get(path);
    let tag = first.header("etag").to_owned();
    let again = served.send("GET", path, &[("If-None-Match", &tag)], b"");
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(served.send("GET", "/api/v1/happenings?limit=6", &[("If-None-Match", &tag)], b"").status, 200);
    assert_eq!(served.send("GET", path, &[("If-None-Match", &tag), ("Accept", "text/csv")], b"").status, 200);
    crate::support::ingest(&served.record(), served_again());
    assert_eq!(served.send("GET", path, &[("If-None-Match", &tag)], b"").status, 200);
}

/// A dispatch that the record has not yet.
fn served_again() -> Vec<depeche_record::CodedDispatch> {
    let mut coded = crate::support::dispatches().remove(0);
    coded.id = "another".to_owned();
    coded.dispatch.text.push_str("\nOne line more.");
    coded.source_sha256 = "b".repeat(64);
    vec![coded]
}

#[test]
fn tables_are_csv_where_it_is_asked() {
    let served = Served::usual();
    for list in ["happenings", "dispatches", "actors", "offices", "commitments", "stories", "disagreements", "series", "places"] {
        let by_name = served.get(&format!("/api/v1/{list}?format=csv&limit=500"));
        assert!(by_name.header("content-type").starts_with("text/csv"), "{list}");
        let by_header = served.send("GET", &format!("/api/v1/{list}?limit=500"), &[("Accept", "text/csv")], b"");
        assert_eq!(by_name.text(), by_header.text());
        let rows = csv::Reader::from_reader(&by_name.body[..]).into_records().map(Result::unwrap).count();
        assert_eq!(rows, served.all_pages(&format!("/api/v1/{list}"), 500).len(), "{list}");
    }
}

#[test]
fn answers_are_pressed() {
    let served = Served::usual();
    let plain = served.get("/api/v1/happenings?limit=500");
    let pressed = served.send("GET", "/api/v1/happenings?limit=500", &[("Accept-Encoding", "gzip")], b"");
    assert_eq!(pressed.header("content-encoding"), "gzip");
    assert!(pressed.body.len() * 3 < plain.body.len());
    let mut text = Vec::new();
    GzDecoder::new(&pressed.body[..]).read_to_end(&mut text).unwrap();
    assert_eq!(text, plain.body);
}

#[test]
fn exports_are_those_of_the_command() {
    let served = Served::usual();
    let reader = Reader::open(&served.record()).unwrap();
    for (to, format) in [("csv", "csv"), ("jsonl", "jsonl"), ("gdelt", "gdelt"), ("polecat", "polecat"), ("followthemoney", "ftm")] {
        let mut expected = Vec::new();
        let countries = depeche_exchange::Countries::load(&depeche_packs::PackFiles::built_in(), &["en", "fr"]).unwrap();
        let filter = Filter { actors: vec!["IRN".to_owned()], ..Filter::default() };
        depeche_exchange::export(&reader, &filter, depeche_exchange::What::Happenings, format.parse().unwrap(), &countries, &mut expected)
            .unwrap();
        let answer = served.get(&format!("/api/v1/export?to={to}&actor=IRN"));
        assert_eq!((answer.status, answer.body == expected), (200, true), "{to}");
    }
    assert!(served.get("/api/v1/export?to=rss").text().contains("<rss"));
    assert_eq!(
        served.get("/api/v1/export?to=jsonl&what=statements").text().lines().count(),
        served.json("/api/v1/record")["statements"].as_u64().unwrap() as usize
    );
}

#[test]
fn sql_reads() {
    let served = Served::usual();
    let answer = served.post_json("/api/v1/sql", &json!({"statement": "SELECT id FROM dispatches ORDER BY id", "limit": 2})).json();
    assert_eq!(answer, json!({"columns": ["id"], "rows": [["alger-a1"], ["alger-a2"]], "cut": true}));
}

#[test]
fn the_description_tells_every_route_and_status() {
    let served = Served::usual();
    let described = served.json("/api/v1/openapi.json");
    assert_eq!(described, depeche_server::openapi());
    let paths = described["paths"].as_object().unwrap();
    assert!(paths.len() >= 20, "{}", paths.len());
    for (path, methods) in paths {
        for operation in methods.as_object().unwrap().values() {
            for status in ["200", "400", "401", "403", "404", "405", "408", "413", "415", "503"] {
                assert!(operation["responses"].get(status).is_some(), "{path}: {status}");
            }
        }
    }
    // Whatever is referred to is there.
    let text = described.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(described["components"]["schemas"].get(name).is_some(), "{name}");
    }
}

#[test]
fn the_room_and_what_stands_outside_it_are_served() {
    let served = Served::usual();
    for path in ["/", "/network", "/dispatch/a.b%23v1", "/actor/x"] {
        let page = served.get(path);
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
    }
    assert_eq!(served.get("/healthz").text(), "ok");
    served.json("/api/v1/record");
    let metrics = served.get("/metrics").text();
    for line in ["depeche_dispatches 30", "route=\"/api/v1/record\",method=\"GET\",status=\"200\""] {
        assert!(metrics.contains(line), "{metrics}");
    }
    served.end();
}
