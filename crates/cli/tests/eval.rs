//! `depeche eval` against the real binary: figures, tables, mistakes, and what is told of files that cannot be taken.

mod sandbox;

use expect_test::{Expect, expect};
use flate2::{Compression, write::GzEncoder};
use sandbox::Sandbox;
use std::io::Write;

const GOLD: &str = r#"{"id": "a", "text": "Le roi de Norvège s'est rendu lundi à Malmö. « Nous reviendrons », a dit le roi.", "events": [{"type": "CONSULT", "mode": "visit", "status": "occurred", "date": "2021-05-03", "place": "Malmö", "actor_countries": ["NOR"], "recipient_countries": ["SWE"], "trigger": "s'est rendu"}], "statements": [{"speaker": "le roi", "content": "Nous reviendrons", "kind": "direct", "commitment": true}], "timexes": [{"surface": "lundi", "value": "2021-05-03", "type": "DATE"}], "entities": [{"surface": "Norvège", "kind": "GPE", "canonical": "Norway", "country": "NOR"}, {"surface": "Malmö", "kind": "GPE", "canonical": "Malmo", "country": "SWE"}]}
{"id": "b", "text": "Oslo condamne le tir.", "events": [{"type": "ACCUSE", "status": "occurred", "date": null, "actor_countries": ["NOR"], "recipient_countries": [], "trigger": "condamne"}], "entities": [{"surface": "Oslo", "kind": "GPE", "canonical": "Norway", "country": "NOR"}]}
"#;

const CODED: &str = r#"{"id": "a", "dispatch": {"text": "Le roi de Norvège s'est rendu lundi à Malmö. « Nous reviendrons », a dit le roi."}, "sentences": [{"start": 0, "end": 44}], "mentions": [{"text": "Norvège", "kind": "GPE", "entity": "e1"}, {"text": "Malmö", "kind": "LOC", "entity": "e2"}], "entities": [{"id": "e1", "name": "Norvège", "country": "NOR"}, {"id": "e2", "name": "Malmö", "country": "SWE"}], "timexes": [{"start": 30, "end": 35, "value": "2021-05-03", "type": "DATE"}], "events": [{"type": "CONSULT", "mode": "visit", "status": "planned", "actors": [{"country": "NOR"}], "recipients": [{"country": "SWE"}], "place": {"text": "Malmö"}, "when": {"value": "2021-05-03", "earliest": "2021-05-03", "latest": "2021-05-03"}, "trigger": {"text": "s'est rendu", "start": 18, "end": 29}}], "statements": [{"speaker": {"text": "roi"}, "kind": "direct", "content": {"text": "Nous reviendrons", "start": 47, "end": 63}, "commitment": null}]}
{"id": "b", "dispatch": {"text": "Oslo condamne le tir."}, "events": [{"type": "PROTEST", "status": "occurred", "actors": [{"country": "NOR"}], "recipients": [], "trigger": {"text": "condamne", "start": 5, "end": 13}}]}
"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("gold.jsonl", GOLD.as_bytes());
    sandbox.write("coded.jsonl", CODED.as_bytes());
    sandbox
}

fn check(sandbox: &Sandbox, arguments: &str, expected: Expect) {
    let arguments: Vec<&str> = ["eval"].into_iter().chain(arguments.split(' ')).collect();
    expected.assert_eq(&sandbox.run(&arguments));
}

#[test]
fn a_task_prints_figures_tables_and_mistakes() {
    let sandbox = sandbox();
    check(
        &sandbox,
        "events gold.jsonl coded.jsonl --errors all",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        gold 2 coded 2 | type P 0.500 R 0.500 F1 0.500 | who P 0.500 R 0.500 F1 0.500 | status 0.000 of 1 | when 1.000 of 1 | mode 1.000 of 1 | place 1.000 of 1

        type     gold  coded  right      P      R     F1  who F1
        ACCUSE      1      0      0  0.000  0.000  0.000   0.000
        CONSULT     1      1      1  1.000  1.000  1.000   1.000
        PROTEST     0      1      0  0.000  0.000  0.000   0.000

        gold \ coded  CONS  PROT
        ACCUSE           ·     1
        CONSULT          1     ·

        status	a	CONSULT	gold 18..29 occurred	coded 18..29 planned	Le roi de Norvège s'est rendu lundi à Malmö.
        type	b	ACCUSE	gold 5..13 ACCUSE	coded 5..13 PROTEST	Oslo condamne le tir.

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "entities gold.jsonl coded.jsonl --errors 1",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        gold 3 coded 2 | entities P 0.500 R 0.333 F1 0.400 | GPE F1 0.500 | LOC F1 0.000 | country 1.000 of 1

        kind  gold  coded  right      P      R     F1  country
        PER      0      0      0  0.000  0.000  0.000
        ORG      0      0      0  0.000  0.000  0.000
        GPE      3      1      1  1.000  0.333  0.500    1.000
        LOC      0      1      0  0.000  0.000  0.000

        kind	a	GPE	gold 38..43 Malmö	coded - LOC Malmö	Le roi de Norvège s'est rendu lundi à Malmö.

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "statements gold.jsonl coded.jsonl --figures",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        gold 1 coded 1 | content F1 1.000 | content and speaker F1 1.000 | commitment 0.000 of 1

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "time gold.jsonl coded.jsonl --to jsonl",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        {"figures":{"no time tagged":0.0,"relaxed":100.0,"strict":100.0,"value":100.0}}
        {"row":{"gold":1,"relaxed":1,"strict":1,"type":"DATE","value":1},"table":"types"}

        ----- stderr -----
    "#]],
    );
}

#[test]
fn two_runs_are_compared_and_two_coders() {
    let sandbox = sandbox();
    sandbox.write("worse.jsonl", CODED.replace("CONSULT", "SANCTION").as_bytes());
    check(
        &sandbox,
        "events gold.jsonl coded.jsonl --against worse.jsonl --samples 500 --figures",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        gold 2 coded 2 | type P 0.500 R 0.500 F1 0.500 | who P 0.500 R 0.500 F1 0.500 | status 0.000 of 1 | when 1.000 of 1 | mode 1.000 of 1 | place 1.000 of 1
        against worse.jsonl: 500 samples of the dispatches, seed 1

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "statements gold.jsonl coded.jsonl --against worse.jsonl --samples 500",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        gold 1 coded 1 | content F1 1.000 | content and speaker F1 1.000 | commitment 0.000 of 1
        against worse.jsonl: 500 samples of the dispatches, seed 1

        figure                  output  against  difference    from      to       p
        content F1               1.000    1.000      +0.000  +0.000  +0.000  1.0000
        content and speaker F1   1.000    1.000      +0.000  +0.000  +0.000  1.0000
        commitment               0.000    0.000      +0.000  +0.000  +0.000  1.0000

        kind    gold  found  speaker right
        direct     1      1              1

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "agreement gold.jsonl coded.jsonl",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        dispatches 2
        events of B by A: gold 2 coded 2 | type P 0.500 R 0.500 F1 0.500 | who P 0.500 R 0.500 F1 0.500 | status 0.000 of 1 | when 1.000 of 1 | mode 1.000 of 1 | place 1.000 of 1
        statements of B by A: gold 1 coded 1 | content F1 1.000 | content and speaker F1 1.000 | commitment 0.000 of 1
        events of A by B: gold 2 coded 2 | type P 0.500 R 0.500 F1 0.500 | who P 0.500 R 0.500 F1 0.500 | status 0.000 of 1 | when 1.000 of 1 | mode 1.000 of 1 | place 1.000 of 1
        statements of A by B: gold 1 coded 1 | content F1 1.000 | content and speaker F1 1.000 | commitment 0.000 of 1

        field           units  agreed  alpha
        type                2   0.500  0.400
        type of both        2   0.500  0.400
        status              2   0.500  0.000
        mode                2   1.000  1.000
        statement kind      1   1.000      –
        commitment          1   0.000  0.000

        ----- stderr -----
    "#]],
    );
}

#[test]
fn gold_may_be_packed_and_ids_that_are_missing_are_told() {
    let sandbox = sandbox();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(GOLD.as_bytes()).expect("packed");
    sandbox.write("gold.jsonl.gz", &packed.finish().expect("packed"));
    let first = CODED.lines().next().expect("a line");
    sandbox.write("half.jsonl", format!("{first}\n{first}\n{}\n", first.replace(r#""id": "a""#, r#""id": "c""#)).as_bytes());
    check(
        &sandbox,
        "events gold.jsonl.gz half.jsonl --figures",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        gold 2 coded 1 | type P 1.000 R 0.500 F1 0.667 | who P 1.000 R 0.500 F1 0.667 | status 0.000 of 1 | when 1.000 of 1 | mode 1.000 of 1 | place 1.000 of 1

        ----- stderr -----
        warning: half.jsonl has no `b`
          hint: what gold has of it counts as missed
        warning: gold.jsonl.gz has no `c`
          hint: what was coded of it counts for nothing
        warning: there is more than one `a`
          hint: of two coded dispatches the last counts
    "#]],
    );
}

#[test]
fn names_are_scored_from_one_table_or_two() {
    let sandbox = Sandbox::new();
    sandbox.write("gold.tsv", b"label\tname1\tname2\tschema\n1\tAnna Berg\tA. Berg\tPerson\n0\tAnna Berg\tEva Berg\tPerson\n1\tONU\tNations unies\tOrganization\n");
    sandbox.write("scored.tsv", b"name1\tname2\tscore\nAnna Berg\tA. Berg\t0.8\nAnna Berg\tEva Berg\t0.6\nONU\tNations unies\t0.1\n");
    sandbox.write("other.tsv", b"name1\tname2\tscore\nAnna Berg\tB. Berg\t0.8\n");
    check(
        &sandbox,
        "names gold.tsv scored.tsv --errors all",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        pairs 3 | at 0.5: P 0.500 R 0.500 F1 0.500 | best F1 0.800 at 0.100

        group         one  taken  right      P      R     F1
        Organization    1      0      0  0.000  0.000  0.000
        Person          1      2      1  0.500  1.000  0.667

        spurious		Person	gold - two	coded - 0.600	Anna Berg = Eva Berg
        missed		Organization	gold - one	coded - 0.100	ONU = Nations unies

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "names gold.tsv scored.tsv --where schema=Person --threshold 0.7 --figures",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        pairs 2 | at 0.7: P 1.000 R 1.000 F1 1.000 | best F1 1.000 at 0.800

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "names gold.tsv other.tsv",
        expect![[r#"
        exit code: 1
        ----- stdout -----

        ----- stderr -----
        error: other.tsv: line 2: the pair is another one than in the gold
          hint: give tab-separated rows with the columns `name1`, `name2`, `label` and `score`
    "#]],
    );
    check(
        &sandbox,
        "names gold.tsv",
        expect![[r#"
        exit code: 1
        ----- stdout -----

        ----- stderr -----
        error: gold.tsv: line 1: there is no column `score`
          hint: give tab-separated rows with the columns `name1`, `name2`, `label` and `score`
    "#]],
    );
}

#[test]
fn a_line_that_cannot_be_taken_ends_the_command() {
    let sandbox = sandbox();
    sandbox.write("broken.jsonl", b"{\"id\": \"a\"}\n\n{\"id\": \"b\", \"events\": 7}\n");
    check(
        &sandbox,
        "events gold.jsonl broken.jsonl",
        expect![[r#"
            exit code: 1
            ----- stdout -----

            ----- stderr -----
            error: broken.jsonl: line 3 is no such record: invalid type: integer `7`, expected a sequence at column 23
              hint: give JSON lines, an object with an `id` on each, as `depeche code` writes them
        "#]],
    );
    check(
        &sandbox,
        "events broken.jsonl coded.jsonl",
        expect![[r#"
            exit code: 1
            ----- stdout -----

            ----- stderr -----
            error: broken.jsonl: line 1 is no such record: missing field `text` at column 11
              hint: give JSON lines, an object with an `id` on each, as `depeche code` writes them
        "#]],
    );
    check(
        &sandbox,
        "events none.jsonl coded.jsonl",
        expect![[r#"
        exit code: 1
        ----- stdout -----

        ----- stderr -----
        error: none.jsonl: No such file or directory (os error 2)
          hint: check the path
    "#]],
    );
    check(
        &sandbox,
        "events gold.jsonl coded.jsonl --errors some",
        expect![[r#"
        exit code: 2
        ----- stdout -----

        ----- stderr -----
        error: invalid value 'some' for '--errors <N>': give a number, or `all`

        For more information, try '--help'.
    "#]],
    );
}

/// A sandbox with a record of thirty coded dispatches.
fn with_record() -> Sandbox {
    let sandbox = sandbox();
    sandbox.write("coded.jsonl.gz", include_bytes!("../../store/tests/dispatches/coded.jsonl.gz"));
    let told = sandbox.run(&["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl.gz"]);
    assert!(told.starts_with("exit code: 0"), "{told}");
    sandbox
}

#[test]
fn happenings_are_scored_by_pairs_and_reports() {
    let sandbox = with_record();
    let event = |dispatch: &str, event: &str, happening: &str| {
        format!("{{\"dispatch\": \"{dispatch}\", \"event\": \"{event}\", \"happening\": \"{happening}\"}}\n")
    };
    // The record has the first two as one, and the third apart; the last it does not have.
    let gold =
        [event("irak-17a", "v1", "pledge"), event("irak-17b", "v2", "pledge"), event("irak-17b", "v3", "visit"), event("x", "v1", "visit")];
    sandbox.write("groups.jsonl", gold.concat().as_bytes());
    check(
        &sandbox,
        "happenings groups.jsonl news.depeche --errors all",
        expect![[r#"
            exit code: 0
            ----- stdout -----
            events 4 happenings 2 found 3 | pairs P 1.000 R 0.500 F1 0.667 | B3 P 1.000 R 0.750 F 0.857

            split	visit		gold - visit	coded - x#v1 | irak-17b#v3	

            ----- stderr -----
            warning: news.depeche has no `x#v1`
              hint: it counts as a happening of its own
        "#]],
    );
    sandbox.write(
        "others.jsonl",
        [event("irak-17a", "v1", "1"), event("irak-17b", "v2", "2"), event("irak-17b", "v3", "2"), event("x", "v1", "3")]
            .concat()
            .as_bytes(),
    );
    check(
        &sandbox,
        "happenings groups.jsonl others.jsonl --to jsonl --figures",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        {"figures":{"B3 F":0.6,"B3 P":0.75,"B3 R":0.5,"pairs F1":0.0,"pairs P":0.0,"pairs R":0.0}}

        ----- stderr -----
    "#]],
    );
}

#[test]
fn happenings_of_gold_dispatches_are_those_of_a_record() {
    let sandbox = with_record();
    let texts = [("irak-17a", "a assuré"), ("irak-17b", "would allow")].map(|(id, trigger)| {
        let shown = sandbox.run(&["show", "--db", "news.depeche", id, "--to", "jsonl"]);
        let line = shown.lines().find(|line| line.starts_with('{')).expect("a dispatch");
        let shown: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let events = serde_json::json!([{"type": "AGREE", "trigger": trigger, "happening": "pledge"}]);
        serde_json::json!({"id": id, "text": shown["thing"]["dispatch"]["text"], "events": events}).to_string() + "\n"
    });
    sandbox.write("read.jsonl", texts.concat().as_bytes());
    check(
        &sandbox,
        "happenings read.jsonl news.depeche",
        expect![[r#"
        exit code: 0
        ----- stdout -----
        events 2 aligned 2 | pairs P 1.000 R 1.000 F1 1.000 | of all pairs R 1.000 F1 1.000 | B3 P 1.000 R 1.000 F 1.000

        ----- stderr -----
    "#]],
    );
    check(
        &sandbox,
        "happenings read.jsonl coded.jsonl",
        expect![[r#"
        exit code: 2
        ----- stdout -----

        ----- stderr -----
        error: coded.jsonl: it is no record, which gold of whole dispatches is held against
          hint: name the record, or give gold of lines with `dispatch`, `event` and `happening`
    "#]],
    );
}
