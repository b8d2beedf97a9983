//! The event scorer on made-up dispatches, against the figures that the scorer of the gold's keepers, a Python script, gives for the same files.

use depeche_eval::events::{GoldDispatch, Options, Report, score};
use depeche_eval::read_lines;
use expect_test::{Expect, expect};

fn report(coarse: bool) -> Report {
    let gold: Vec<GoldDispatch> = read_lines(&include_bytes!("data/gold.jsonl")[..]).expect("gold");
    let coded = read_lines(&include_bytes!("data/coded.jsonl")[..]).expect("coded dispatches");
    score(&gold, &coded, Options { coarse })
}

fn check(coarse: bool, expected: Expect) {
    expected.assert_eq(&report(coarse).headline());
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

        type      gold  coded  right      P      R     F1  who F1
        ACCUSE       1      1      1  1.000  1.000  1.000   1.000
        AGREE        1      1      0  0.000  0.000  0.000   0.000
        ASSAULT      0      1      0  0.000  0.000  0.000   0.000
        CONSULT      3      2      2  1.000  0.667  0.800   0.800
        REQUEST      3      2      2  1.000  0.667  0.800   0.000
        SUPPORT      2      2      2  1.000  1.000  1.000   1.000
        THREATEN     1      1      1  1.000  1.000  1.000   0.000
        YIELD        2      2      2  1.000  1.000  1.000   1.000

        gold \ coded  AGRE  ASSA  CONS  PROT  REJE  REQU  SUPP  THRE  YIEL  none
        ACCUSE           ·     ·     ·     ·     1     ·     ·     ·     ·     ·
        AGREE            ·     ·     ·     ·     ·     ·     ·     ·     ·     1
        CONSULT          ·     ·     2     ·     ·     ·     ·     ·     ·     1
        PROTEST          ·     ·     ·     1     ·     ·     ·     ·     ·     ·
        REQUEST          ·     ·     1     ·     ·     1     ·     ·     ·     1
        SUPPORT          ·     ·     ·     ·     ·     ·     2     ·     ·     ·
        THREATEN         ·     ·     ·     ·     ·     ·     ·     1     ·     ·
        YIELD            ·     ·     ·     ·     ·     ·     ·     ·     2     ·
        none             1     1     ·     ·     ·     ·     ·     ·     ·     ·
    "#]]
    .assert_eq(report(true).sheet().to_string().split_once('\n').map_or("", |(_, table)| table));
}

#[test]
fn mistakes_say_what_was_expected_and_found() {
    let report = report(false);
    let shown: Vec<String> = report
        .mistakes
        .iter()
        .map(|mistake| format!("{} {} [{}] [{}]", mistake.verdict, mistake.kind, mistake.gold, mistake.coded))
        .collect();
    expect![[r#"
        when CONSULT [] [2020]
        who THREATEN [IGO > TCD] [IGO > BFA MLI NER]
        status THREATEN [occurred] [planned]
        type RETREAT [RETREAT] [CONCEDE]
        spurious ASSAULT [] [le tir]
        mode RETREAT [release] [withdraw]
        missed CONSULT [reçu] []
        missed AGREE [Accord signé] []
        spurious AGREE [] [Un autre accord]
        who REQUEST [COG > GAB] [GAB > COG]
        who REQUEST [GAB > COG] [COG > GAB]
        missed REQUEST [Premier appel] []"#]]
    .assert_eq(&shown.join("\n"));
    assert_eq!(
        report.mistakes.iter().filter(|mistake| matches!(mistake.verdict, "missed" | "type")).count(),
        report.kind.gold - report.kind.right
    );
}
