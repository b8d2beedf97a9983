//! The event scorer on made-up dispatches, against the figures that the scorer of the gold's keepers, a Python script, gives for the same files.

use depeche_eval::events::{GoldDispatch, Options, Report, Verdict, score};
use depeche_eval::read_lines;
use expect_test::{Expect, expect};

fn report(coarse: bool) -> Report {
    let gold: Vec<GoldDispatch> = read_lines(&include_bytes!("data/gold.jsonl")[..]).expect("gold");
    let coded = read_lines(&include_bytes!("data/coded.jsonl")[..]).expect("coded dispatches");
    score(&gold, &coded, Options { coarse })
}

fn check(coarse: bool, expected: Expect) {
    expected.assert_eq(report(coarse).to_string().lines().next().unwrap_or_default());
}

#[test]
fn figures_agree_with_the_python_scorer() {
    check(
        false,
        expect![
            "gold 13 coded 12 | type P 0.750 R 0.692 F1 0.720 | who P 0.500 R 0.462 F1 0.480 | status 0.833 of 6 | when 0.750 of 4 | mode 0.500 of 2 | place 1.000 of 1 | source 1.000 of 1"
        ],
    );
    check(
        true,
        expect![
            "gold 13 coded 12 | type P 0.833 R 0.769 F1 0.800 | who P 0.583 R 0.538 F1 0.560 | status 0.714 of 7 | when 0.750 of 4 | mode 0.500 of 2 | place 1.000 of 1 | source 1.000 of 1"
        ],
    );
}

#[test]
fn a_row_for_each_type() {
    expect![[r#"
        ACCUSE    gold    1 coded    1 | type P 1.000 R 1.000 F1 1.000 | who F1 1.000
        AGREE     gold    1 coded    1 | type P 0.000 R 0.000 F1 0.000 | who F1 0.000
        ASSAULT   gold    0 coded    1 | type P 0.000 R 0.000 F1 0.000 | who F1 0.000
        CONSULT   gold    3 coded    2 | type P 1.000 R 0.667 F1 0.800 | who F1 0.800
        REQUEST   gold    3 coded    2 | type P 1.000 R 0.667 F1 0.800 | who F1 0.000
        SUPPORT   gold    2 coded    2 | type P 1.000 R 1.000 F1 1.000 | who F1 1.000
        THREATEN  gold    1 coded    1 | type P 1.000 R 1.000 F1 1.000 | who F1 0.000
        YIELD     gold    2 coded    2 | type P 1.000 R 1.000 F1 1.000 | who F1 1.000
    "#]]
    .assert_eq(report(true).to_string().split_once('\n').map_or("", |(_, table)| table));
}

#[test]
fn mistakes_say_what_was_expected_and_found() {
    let report = report(false);
    let shown: Vec<String> = report
        .mistakes
        .iter()
        .map(|mistake| format!("{:?} {} [{}] [{}]", mistake.verdict, mistake.kind, mistake.expected, mistake.found))
        .collect();
    expect![[r#"
        When CONSULT [] [2020]
        Who THREATEN [IGO > TCD] [IGO > BFA MLI NER]
        Status THREATEN [Occurred] [Planned]
        Spurious CONCEDE [] [retire]
        Spurious ASSAULT [] [le tir]
        Missed RETREAT [retire] []
        Mode RETREAT [release] [withdraw]
        Missed CONSULT [reçu] []
        Spurious AGREE [] [Un autre accord]
        Missed AGREE [Accord signé] []
        Who REQUEST [COG > GAB] [GAB > COG]
        Who REQUEST [GAB > COG] [COG > GAB]
        Missed REQUEST [Premier appel] []"#]]
    .assert_eq(&shown.join("\n"));
    assert_eq!(report.mistakes.iter().filter(|mistake| mistake.verdict == Verdict::Missed).count(), report.kind.gold - report.kind.right);
}
