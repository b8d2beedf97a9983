//! Snapshots of `depeche names` against the real binary.

mod sandbox;

use sandbox::Sandbox;

#[test]
fn rows_that_are_no_pairs_are_named_and_the_others_scored() {
    let sandbox = Sandbox::new();
    let rows = b"name1\tname2\tschema\n\tKarim Sarraf\tPerson\nKarim Sarraf\nKarim \xff\tKarim\t\n\xe2\x80\xa6\tKarim\t\r\nKarim Sarraf\tKARIM SARRAF\tPerson\r\n";
    sandbox.write("pairs.tsv", rows);
    insta::assert_snapshot!(sandbox.run(&["names", "match", "pairs.tsv"]), @r"
    exit code: 1
    ----- stdout -----
    name1	name2	schema	score
    Karim Sarraf	KARIM SARRAF	Person	1.0000

    ----- stderr -----
    error: pairs.tsv:2: `name1` is empty
      hint: give both names, or leave the row out
    error: pairs.tsv:3: the row has no column `name2`; it ends before it
      hint: part the columns by tabs
    error: pairs.tsv:4: the row is not in UTF-8
      hint: convert the file to UTF-8
    error: pairs.tsv:5: `name1` has no letter, so that it is no name
      hint: give both names, or leave the row out
    ");
}

#[test]
fn a_file_without_the_columns_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("other.tsv", b"a\tb\n");
    sandbox.write("empty.tsv", b"");
    insta::assert_snapshot!(sandbox.run(&["names", "match", "other.tsv"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: other.tsv:1: the header has no column `name1`
      hint: begin it with a header: `name1`, `name2` and perhaps `schema`, with tabs between them
    ");
    insta::assert_snapshot!(sandbox.run(&["names", "match", "empty.tsv"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: empty.tsv: it is empty
      hint: begin it with a header: `name1`, `name2` and perhaps `schema`, with tabs between them
    ");
}

#[test]
fn a_score_has_its_reason() {
    let sandbox = Sandbox::new();
    // The weights may be learnt again.
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"(?m)^0\.\d{3}$", "SCORE");
    let _filters = settings.bind_to_scope();
    insta::assert_snapshot!(sandbox.run(&["names", "score", "Dr. Karim Sarraf", "Selma Sarraf", "--explain"]), @r"
    exit code: 0
    ----- stdout -----
    SCORE
      compared as persons
      Sarraf = Sarraf: cost 0.00, sound the same (saraf / saraf)
      only in the first: Karim
      only in the second: Selma
      set aside: Dr
      against it: the given names differ

    ----- stderr -----
    ");
    insta::assert_snapshot!(sandbox.run(&["names", "score", "…", "Karim"]), @r#"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: `…` has no letter, so that it is no name
      hint: give two names: `depeche names score "Sergei Shoigu" "Сергей Шойгу"`
    "#);
}
