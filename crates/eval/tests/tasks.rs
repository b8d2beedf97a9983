//! The scorers of the other tasks on made-up dispatches, against the figures that the scripts of the gold's keepers give for the same lines; and what holds
//! of all scorers whatever they are given.

use depeche_eval::articles::{self, GoldPage};
use depeche_eval::coded::Coded;
use depeche_eval::{
    PerDispatch, Sheet, agreement, dating, entities, events, line_kinds, names, parity, read_lines, statements, stories, times,
};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde::de::DeserializeOwned;

fn lines<Record: DeserializeOwned>(text: &str) -> Vec<Record> {
    read_lines(text.as_bytes()).expect("records")
}

fn check(sheet: &Sheet, expected: Expect) {
    let told = sheet.mistakes.iter().map(|mistake| format!("\n{} [{}] [{}]", mistake.verdict, mistake.gold, mistake.coded));
    expected.assert_eq(&(sheet.headline.clone() + &told.collect::<String>()));
}

#[test]
fn statements_by_content_speaker_and_commitment() {
    let gold = r#"{"id": "a", "text": "« Nous viendrons demain au port », a dit Mme Berg. Le port est fermé, selon la ville. Rien n'est sûr.", "statements": [{"speaker": "Mme Berg", "content": "Nous viendrons demain au port", "kind": "direct", "commitment": true}, {"speaker": "la ville", "content": "Le port est fermé", "kind": "indirect", "commitment": false}, {"speaker": null, "content": "Rien n'est sûr", "kind": "indirect"}]}"#;
    let coded = r#"{"id": "a", "statements": [{"speaker": {"text": "Berg"}, "content": {"start": 2, "end": 28, "text": "Nous viendrons demain au p"}, "commitment": {"promisor": "NOR"}}, {"speaker": null, "content": {"start": 51, "end": 68, "text": "Le port est fermé"}, "commitment": {"promisor": "NOR"}}, {"speaker": null, "content": {"start": 0, "end": 90, "text": "…"}}]}"#;
    check(
        &statements::score(&lines(gold), &lines(coded)).sheet(),
        expect![[r#"
        gold 3 coded 3 | content F1 0.667 | content and speaker F1 0.333 | commitment 0.500 of 2
        speaker [la ville] []
        commitment [false] [true]
        missed [: Rien n'est sûr] []
        spurious [] [: …]"#]],
    );
}

#[test]
fn times_by_span_overlap_and_value() {
    let gold = r#"{"id": "a", "text": "Lundi et mardi, puis lundi soir; en mai et Avril.", "timexes": [{"start": 0, "end": 5, "value": "2021-05-03", "type": "DATE"}, {"start": 9, "end": 14, "value": "2021-05-04", "type": "DATE"}, {"surface": "lundi soir", "value": "2021-05-10TEV", "type": "TIME"}, {"surface": "mai", "value": "2021-05"}, {"surface": "juin", "value": "2021-06"}], "not_timex": [{"start": 43, "end": 48}]}"#;
    let coded = r#"{"id": "a", "timexes": [{"start": 0, "end": 5, "value": "2021-05-03"}, {"start": 9, "end": 14, "value": "2021-05-11"}, {"start": 21, "end": 26, "value": "2021-05-10TEV"}, {"start": 43, "end": 48, "value": "2021-04"}]}"#;
    check(
        &times::score(&lines(gold), &lines(coded)).sheet(),
        expect![[r#"
        gold 4 coded 4 | strict 50.0 | relaxed 75.0 | value 50.0 | no time 1 tagged 1
        value [2021-05-04] [2021-05-11]
        span [lundi soir] [lundi]
        missed [mai 2021-05] []
        spurious [] [Avril 2021-04]
        no time [Avril] [2021-04]"#]],
    );
}

#[test]
fn dates_of_publication() {
    let gold = "{\"id\": \"a\", \"published\": \"2021-05-04\"}\n{\"id\": \"b\", \"published\": \"2021-05-04/2021-05-06\"}\n{\"id\": \"c\", \"published\": \"2021-05-04\"}\n{\"id\": \"d\"}\n{\"id\": \"e\", \"published\": \"2021-05-04\"}";
    let coded = r#"{"id": "a", "dispatch": {"published": {"earliest": "2021-05-01", "latest": "2021-05-09", "method": "text"}}}
{"id": "b", "dispatch": {"published": {"earliest": "2021-05-01", "latest": "2021-05-09", "method": "offices"}}}
{"id": "c", "dispatch": {"published": {"earliest": "2021-06-01", "latest": null}}}
{"id": "e", "dispatch": {"published": {"earliest": "2020-06-01", "latest": "2020-06-01"}}}"#;
    check(
        &dating::score(&lines(gold), &lines(coded)).0,
        expect![[r#"
        dispatches 4 right 0.250 | wider 1 | none 1
        wider [2021-05-04/2021-05-06] [2021-05-01/2021-05-09]
        none [2021-05-04] [2021-06-01/]
        wrong [2021-05-04] [2020-06-01/2020-06-01]"#]],
    );
}

#[test]
fn kinds_of_lines() {
    let gold = r#"{"id": "a", "text": "Titre\n\nCorps du texte\nPartager\nÀ lire", "lines": [{"line": 1, "kind": "title"}, {"line": 3, "kind": "lede"}, {"line": 4, "kind": "share"}, {"line": 5, "kind": "related"}]}"#;
    let coded = r#"{"id": "a", "dispatch": {"blocks": [{"kind": "title", "start": 0, "end": 5}, {"kind": "body", "start": 7, "end": 25}, {"kind": "share", "start": 26, "end": 30}]}}"#;
    check(
        &line_kinds::score(&lines(gold), &lines(coded)).0,
        expect![[r#"
        lines 4 right 0.750
        kind [related (line 5)] [none]"#]],
    );
}

#[test]
fn stories_by_b_cubed() {
    let gold = "{\"id\": \"a\", \"cluster\": 1}\n{\"id\": \"b\", \"cluster\": 1}\n{\"id\": \"c\", \"cluster\": 2}\n{\"id\": \"d\", \"cluster\": 2}";
    let found = "{\"id\": \"a\", \"story\": \"x\"}\n{\"id\": \"b\", \"story\": \"x\"}\n{\"id\": \"c\", \"story\": \"x\"}";
    check(
        &stories::score(&lines(gold), &lines(found)),
        expect![[r#"
        dispatches 4 stories 2 | B3 P 0.667 R 0.750 F 0.706
        split [2] ["x" d]
        mixed [1 2] ["x"]"#]],
    );
}

#[test]
fn articles_by_the_measure_of_their_set() {
    let gold = r#"{"id": "http://a", "page": "pages/1.html", "set": "traf", "with": ["un deux", "absent"], "without": ["trois", "quatre"]}
{"id": "http://b", "page": "pages/2.html", "set": "ftest", "body": ["un deux trois", "quatre"], "title": "Le  titre", "published": "2021-05-04T10:00"}
{"id": "http://c", "page": "pages/3.html", "set": "wcxb", "body": ["un deux deux"]}
{"id": "http://d", "page": "pages/4.html", "set": "aeb", "body": ["un deux trois quatre cinq"]}"#;
    let found = r#"{"id": "x/pages/1.html", "dispatch": {"text": "Un. un  deux trois", "blocks": [{"kind": "body", "start": 0, "end": 18}]}}
{"id": "x/pages/2.html", "dispatch": {"title": "Le titre", "published": {"value": "2021-05-05"}, "text": "un trois deux quatre", "blocks": [{"kind": "body", "start": 0, "end": 20}]}}
{"id": "x/pages/3.html", "dispatch": {"text": "deux un trois menu", "blocks": [{"kind": "body", "start": 0, "end": 13}, {"kind": "navigation", "start": 14, "end": 18}]}}
{"id": "x/pages/4.html", "dispatch": {"text": "un deux trois quatre six", "blocks": [{"kind": "lede", "start": 0, "end": 24}]}}"#;
    let sheet = articles::score(&lines::<GoldPage>(gold), &lines(found));
    expect![[r#"
        aeb: pages 1 F1 0.5000
        ftest: pages 1 F1 0.7500
        traf: pages 1 F1 0.5000
        wcxb: pages 1 F1 0.6667
        titles 1/1, dates 0/1"#]]
    .assert_eq(&sheet.headline);
}

#[test]
fn annotations_beside_a_reference() {
    let reference = r#"{"id": "a", "text": "Berg parle", "tokens": [{"start": 0, "end": 4, "pos": "PROPN", "lemma": "Berg", "head": 1, "dep": "nsubj", "morph": "", "sent_start": true}, {"start": 5, "end": 10, "pos": "VERB", "lemma": "parler", "head": 1, "dep": "ROOT", "morph": "", "sent_start": false}], "ents": [{"start": 0, "end": 4, "label": "PER"}]}"#;
    let own = r#"{"id": "a", "tokens": [{"start": 0, "end": 4, "pos": "NOUN", "lemma": "Berg", "head": 0, "dep": "nsubj", "sent_start": true}], "ents": [{"start": 0, "end": 4, "label": "PER"}, {"start": 5, "end": 10, "label": "LOC"}]}"#;
    check(
        &parity::score(&lines(reference), &lines(own)),
        expect![[r#"
        tokens 2 | found 0.5000 pos 0.0000 morph 0.5000 lemma 0.5000 head 0.0000 dep 0.5000 sent 0.5000 ents 0.6667
        pos [PROPN] [NOUN]
        head [parle] [Berg]
        token [parle] []
        entity [] [parle]"#]],
    );
}

/// Small dispatches in which anything may be wrong: spans out of the text or the wrong way round, words that are not there.
fn dispatch() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(vec!["", "Berg", "le roi", "é", "Malmö ", "."]);
    let kind = || prop::sample::select(vec!["CONSULT", "RETREAT", "CONCEDE", "", "x"]);
    let day = || prop::sample::select(vec!["", "2021", "2021-05-04", "2021-W60", "2021-05-04/..", "9999-12-31/2021", "é"]);
    let span = || (0_usize..30, 0_usize..30);
    let event = (kind(), word(), day(), span(), prop::sample::select(vec!["NOR", "IGO", ""]), any::<bool>());
    let said = (word(), word(), span(), any::<bool>());
    (prop::sample::select(vec!["a", "b", "c"]), prop::collection::vec(word(), 0..6), prop::collection::vec(event, 0..5), prop::collection::vec(said, 0..4)).prop_map(
        |(id, text, events, said)| {
            let text = text.concat();
            let events: Vec<_> = events
                .into_iter()
                .map(|(kind, word, day, (start, end), country, optional)| {
                    serde_json::json!({"type": kind, "mode": word, "status": word, "date": day, "place": word, "source": word, "trigger": word,
                        "actor_countries": [country], "recipient_countries": [country], "optional": optional, "surface": word, "value": day,
                        "start": start, "end": end, "kind": "PER", "canonical": kind, "label": kind, "line": start, "pos": word, "head": end})
                })
                .collect();
            let said: Vec<_> = said.into_iter().map(|(speaker, content, _, commitment)| serde_json::json!({"speaker": speaker, "content": content, "commitment": commitment})).collect();
            serde_json::json!({"id": id, "text": text, "statements": said, "timexes": events, "not_timex": events, "entities": events, "lines": events,
                "tokens": events, "ents": events, "published": "2021-05-04", "set": text, "body": [text], "events": events, "cluster": text, "story": text})
            .to_string()
        },
    )
}

fn coded() -> impl Strategy<Value = String> {
    dispatch().prop_map(|line| {
        let gold: serde_json::Value = serde_json::from_str(&line).expect("a value");
        let events: Vec<_> = gold["events"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|event| {
                let trigger = serde_json::json!({"text": event["trigger"], "start": event["start"], "end": event["end"]});
                let when = serde_json::json!({"value": event["date"], "earliest": event["date"], "latest": event["date"]});
                serde_json::json!({"type": event["type"], "mode": event["mode"], "trigger": trigger, "when": when, "content": trigger,
                    "actors": [{"country": event["actor_countries"][0]}], "kind": "PER", "text": event["trigger"], "entity": "e", "id": "e",
                    "start": event["start"], "end": event["end"], "value": event["date"]})
            })
            .collect();
        serde_json::json!({"id": gold["id"], "dispatch": {"text": gold["text"], "blocks": events, "published": {"earliest": "2021-05-04", "latest": "2021-05-04"}},
            "sentences": events, "mentions": events, "entities": events, "timexes": events, "events": events, "statements": events})
        .to_string()
    })
}

/// The sheets of all scorers over the same lines, and the parts of their figures.
fn all(gold: &str, coded: &str) -> Vec<(Sheet, PerDispatch)> {
    let found: Vec<Coded> = lines(coded);
    let [events, statements] = [
        events::score(&lines(gold), &found, events::Options { coarse: true }),
        events::score(&lines(gold), &found, events::Options::default()),
    ];
    let said = statements::score(&lines(gold), &found);
    let (times, entities) = (times::score(&lines(gold), &found), entities::score(&lines(gold), &found));
    let mut sheets: Vec<(Sheet, PerDispatch)> = vec![dating::score(&lines(gold), &found), line_kinds::score(&lines(gold), &found)];
    sheets.push((events.clone().sheet(), events.per_dispatch()));
    sheets.push((statements.clone().sheet(), statements.per_dispatch()));
    sheets.push((said.clone().sheet(), said.per_dispatch()));
    sheets.push((times.clone().sheet(), times.per_dispatch()));
    sheets.push((entities.clone().sheet(), entities.per_dispatch()));
    let alone = [
        stories::score(&lines(gold), &lines(gold)),
        parity::score(&lines(gold), &lines(gold)),
        articles::score(&lines(gold), &found),
        agreement::score(&lines(gold), &lines(coded), events::Options::default()),
    ];
    sheets.extend(alone.map(|sheet| (sheet, PerDispatch::default())));
    sheets
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn figures_are_shares_whatever_is_scored(gold in prop::collection::vec(dispatch(), 0..4), found in prop::collection::vec(coded(), 0..4)) {
        for (sheet, parts) in all(&gold.join("\n"), &found.join("\n")) {
            for (name, value) in &sheet.figures {
                let most = if ["strict", "relaxed", "value"].contains(&name.as_str()) { 100.0 } else if name == "no time tagged" { f64::MAX } else { 1.0 };
                prop_assert!((-1.0..=most).contains(value), "{name} {value}");
                prop_assert!(*value >= 0.0 || name.starts_with("alpha"), "{name} {value}");
            }
            for (name, total) in parts.names.iter().zip(parts.totals()) {
                let shown = sheet.figures.iter().find(|(figure, _)| figure == name).map_or(0.0, |(_, value)| *value);
                prop_assert!((shown - total.value()).abs() < 1e-9, "{name} {shown} {total:?}");
            }
            prop_assert!(sheet.objects(usize::MAX).len() > sheet.mistakes.len());
        }
    }

    #[test]
    fn the_order_of_lines_does_not_matter(gold in prop::collection::vec(dispatch(), 0..4)) {
        let figures = |lines: &[String]| all(&lines.join("\n"), "").into_iter().map(|(sheet, _)| sheet.headline).collect::<Vec<_>>();
        let mut turned = gold.clone();
        turned.reverse();
        // Of an id that is given twice the last counts in stories.
        let ids: std::collections::BTreeSet<String> = gold.iter().filter_map(|line| Some(serde_json::from_str::<serde_json::Value>(line).ok()?["id"].to_string())).collect();
        if ids.len() == gold.len() {
            prop_assert_eq!(figures(&gold), figures(&turned));
        }
    }

    #[test]
    fn a_coder_agrees_with_himself(line in dispatch()) {
        let sheet = agreement::score(&lines(&line), &lines(&line), events::Options::default());
        for (name, value) in sheet.figures.iter().filter(|(name, _)| name.starts_with("alpha")) {
            prop_assert!((value - 1.0).abs() < 1e-9, "{name} {value}");
        }
    }

    #[test]
    fn no_table_of_names_is_too_strange(text in "(label|score|name1|1|0|0.5|nan|\t|\n|é){0,30}", gold in "(label|name1|1|\t|\n){0,12}") {
        for pairs in [names::read(&text, None, &[]), names::read(&text, Some(&gold), &[("name1".to_owned(), "1".to_owned())])].into_iter().flatten() {
            names::score(&pairs, 0.5);
        }
    }
}
