//! Dispatches that want to be more than text come back as text.

use crate::support::{Served, dispatches, encoded};
use depeche_record::CodedDispatch;
use serde_json::Value;

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "\u{202e}txt.exe\u{2066}\u{2069}",
    "</title><svg/onload=alert(1)>",
    "javascript:alert(1)\u{0}\u{1b}[31m",
    "=HYPERLINK(\"http://example.org\")\r\nSet-Cookie: a=b",
];

/// A dispatch whose title, publisher and text are hostile.
fn hostile(place: usize, title: String) -> CodedDispatch {
    let mut coded = dispatches().remove(0);
    // An id has no NUL.
    coded.id = format!("{:.60}{place}", title.replace('\0', ""));
    coded.source_sha256 = format!("{place:064}");
    let text = format!("{title}\n\n{}", coded.dispatch.text);
    let shift = title.chars().count() + 2;
    coded.dispatch.title = Some(title.clone());
    coded.dispatch.url = Some(title);
    let mut whole: Value = serde_json::to_value(&coded).unwrap();
    moved(&mut whole, shift as u64);
    coded = serde_json::from_value(whole).unwrap();
    coded.dispatch.text = text;
    coded
}

/// Every span of a coded dispatch, moved.
fn moved(value: &mut Value, by: u64) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field.as_u64() {
                    Some(number) if name == "start" || name == "end" => *field = Value::from(number + by),
                    _ => moved(field, by),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| moved(value, by)),
        _ => {}
    }
}

#[test]
fn hostile_dispatches_come_back_as_text() {
    let mut all: Vec<CodedDispatch> = HOSTILE.iter().enumerate().map(|(place, title)| hostile(place, (*title).to_owned())).collect();
    let huge = "<b>news</b> ".repeat(5 << 17);
    assert!(huge.len() > 5 << 20);
    all.push(hostile(99, huge.clone()));
    let served = Served::over(all.clone(), |_| {});
    for coded in &all {
        let answer = served.get(&format!("/api/v1/dispatches/{}", encoded(&coded.id)));
        assert_eq!(answer.status, 200, "{}", coded.id);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        let told = answer.json();
        assert_eq!(told["coded"]["dispatch"]["title"].as_str(), coded.dispatch.title.as_deref());
        assert_eq!(told["coded"]["dispatch"]["text"].as_str(), Some(coded.dispatch.text.as_str()));
    }
    let listed = served.all_pages("/api/v1/dispatches", 3);
    assert_eq!(listed.len(), all.len());
    let csv = served.get("/api/v1/dispatches?format=csv");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(!csv.headers.contains_key("set-cookie"));
    // A refusal repeats what it refuses as data too.
    for title in HOSTILE {
        let answer = served.get(&format!("/api/v1/dispatches/{}x", encoded(title)));
        answer.assert_refused(404, title);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    for path in ["/api/v1/happenings?order=last", "/api/v1/record", "/api/v1/export?to=rss", "/"] {
        let answer = served.get(path);
        assert_eq!((answer.status, answer.header("x-content-type-options")), (200, "nosniff"), "{path}");
    }
    let feed = served.get("/api/v1/export?to=rss").text();
    assert!(!feed.contains("<script") && !feed.contains("<img"));
}
