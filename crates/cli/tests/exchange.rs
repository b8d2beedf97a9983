//! Whole commands that write a record in the formats of others and read theirs. None of these needs a model.

mod sandbox;

use sandbox::Sandbox;

/// A sandbox with a record of thirty coded dispatches.
fn with_record() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("coded.jsonl.gz", include_bytes!("../../store/tests/dispatches/coded.jsonl.gz"));
    let told = sandbox.run(&["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl.gz"]);
    assert!(told.starts_with("exit code: 0"), "{told}");
    sandbox
}

/// A row of GDELT: Peru visits Kenya.
fn row(id: &str) -> String {
    let mut row = vec![""; 61];
    for (place, field) in [(0, id), (1, "20110502"), (6, "PERU"), (7, "PER"), (16, "KENYA"), (17, "KEN"), (26, "042"), (30, "1.9")] {
        row[place] = field;
    }
    row.join("\t")
}

#[test]
fn rows_are_imported_and_asked() {
    let sandbox = Sandbox::new();
    sandbox.write("rows.csv", format!("{}\n1\t2\n{}\n", row("1"), row("2")).as_bytes());
    let import = ["import", "--db", "rows.depeche", "--from", "gdelt", "rows.csv", "missing.csv"];
    insta::assert_snapshot!(sandbox.run(&import), @r"
    exit code: 1
    ----- stdout -----
    3 read: 2 new, 0 known, 0 public statements without a type in PLOVER, 1 refused

    ----- stderr -----
    error: rows.csv:2: it has 2 columns instead of 61 (GDELT 2.0), 58 or 57 (GDELT 1.0)
      hint: mend the row; the codebook of the GDELT Event Database says what it must have
    error: missing.csv: there is no such file
      hint: check the path
    ");
    insta::assert_snapshot!(sandbox.run(&["import", "--db", "rows.depeche", "--from", "gdelt", "rows.csv", "--to", "jsonl"]), @r#"
    exit code: 1
    ----- stdout -----
    {"known":2,"new":0,"read":3,"refused":1,"statements":0}

    ----- stderr -----
    error: rows.csv:2: it has 2 columns instead of 61 (GDELT 2.0), 58 or 57 (GDELT 1.0)
      hint: mend the row; the codebook of the GDELT Event Database says what it must have
    "#);
    insta::assert_snapshot!(sandbox.run(&["query", "--db", "rows.depeche", "timeline", "--actor", "Peru", "--limit", "1"]), @r"
    exit code: 0
    ----- stdout -----
    2 May 2011
    ──────────
      CONSULT visit · occurred · no dispatch, gdelt:1
        PERU (PER) → KENYA (KEN)

    1 happening in 0 reports.

    ----- stderr -----
    ");
    insta::assert_snapshot!(sandbox.run(&["query", "--db", "rows.depeche", "series", "--between", "PER,KEN", "--to", "jsonl"]), @r#"
    exit code: 0
    ----- stdout -----
    {"from":"PER","to":"KEN","period":"2011-05","verbal_cooperation":2,"material_cooperation":0,"verbal_conflict":0,"material_conflict":0,"goldstein_mean":1.9,"happenings":2,"reports":0,"dispatches":0}

    ----- stderr -----
    "#);
}

#[test]
fn a_person_is_found_in_dispatches_and_in_rows() {
    let sandbox = with_record();
    let icews = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n\
                 11\t2011-05-02\tSergei Shoygu\tGovernment\tRussian Federation\tMake a visit\t042\t1.9\tKenya\t\tKenya\t5\t1\tThe Wire\t\t\t\t\t\t\n";
    sandbox.write("icews.tab", icews.as_bytes());
    assert!(sandbox.run(&["import", "--db", "news.depeche", "--from", "icews", "icews.tab"]).contains("1 read: 1 new"));
    let found = sandbox.run(&["query", "--db", "news.depeche", "timeline", "--actor", "Choïgou", "--to", "jsonl"]);
    assert!(found.contains(r#""id":"icews:11""#) && found.contains(r#""id":"alger-"#), "{found}");
}

#[test]
fn what_was_imported_says_where_it_comes_from() {
    let sandbox = Sandbox::new();
    let mut told: Vec<String> = row("1").split('\t').map(str::to_owned).collect();
    told[59] = "20110503".to_owned();
    told[60] = "https://example.org/visite".to_owned();
    sandbox.write("rows.csv", format!("{}\n{}\n", told.join("\t"), row("2")).as_bytes());
    assert!(sandbox.run(&["import", "--db", "rows.depeche", "--from", "gdelt", "rows.csv"]).starts_with("exit code: 0"));
    insta::assert_snapshot!(sandbox.run(&["show", "--db", "rows.depeche", "gdelt:1"]), @r"
    exit code: 0
    ----- stdout -----
    happening gdelt:1
      actors: PERU (PER)
      disagreements: 0
      mode: visit
      recipients: KENYA (KEN)
      status: occurred
      type: CONSULT
      when: 2011-05-02
        │ no dispatch: it was imported as row 1 of gdelt
        └ 2011-05-03, https://example.org/visite

    ----- stderr -----
    ");
    insta::assert_snapshot!(sandbox.run(&["show", "--db", "rows.depeche", "gdelt:2", "--to", "jsonl"]), @r#"
    exit code: 0
    ----- stdout -----
    {"kind":"happening","id":"gdelt:2","thing":{"actors":[{"country":"PER","id":null,"name":"PERU"}],"disagreements":0,"id":"gdelt:2","mode":"visit","place":null,"recipients":[{"country":"KEN","id":null,"name":"KENYA"}],"reports":[],"status":"occurred","type":"CONSULT","when":{"earliest":"2011-05-02","latest":"2011-05-02","value":"2011-05-02"}},"evidence":[],"origin":{"source":"gdelt","row":"2","url":null,"publisher":null,"published":null}}

    ----- stderr -----
    "#);
    insta::assert_snapshot!(sandbox.run(&["show", "--db", "rows.depeche", "gdelt:3"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: nothing in the record has the id `gdelt:3`
      hint: give an id as `query` writes it: of a dispatch, a happening or event (`dispatch#v1`), a statement (`dispatch#s1`) or an actor
    ");
    insta::assert_snapshot!(sandbox.run(&["sample", "--db", "rows.depeche", "2"]), @r"
    exit code: 0
    ----- stdout -----
    code,kind,fact,sentence,right,note

    ----- stderr -----
    warning: the record has only 0 facts to check, of the 2 asked for
      hint: ingest more dispatches; rows that `depeche import` took have no sentence to check them by
    ");
}

#[test]
fn what_cannot_be_exported_is_refused() {
    let sandbox = with_record();
    insta::assert_snapshot!(sandbox.run(&["export", "--db", "news.depeche", "--to", "gdelt", "--what", "actors"]), @r"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: gdelt has room for happenings alone, not for actors
      hint: take `--to csv`, `--to jsonl` or `--to parquet` for it
    ");
    insta::assert_snapshot!(sandbox.run(&["export", "--db", "news.depeche", "--to", "csv", "--actor", "Nobody Atall"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: the record knows nobody called `Nobody Atall`
      hint: give a name as dispatches write it, an id that `actors` gives, or a country's code such as IRN
    ");
    insta::assert_snapshot!(sandbox.run(&["export", "--db", "news.depeche", "--to", "csv", "--output", "no/such/folder.csv"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: no/such/folder.csv: its folder is not there
      hint: check the path and the disk; what was there before is there still
    ");
    insta::assert_snapshot!(sandbox.run(&["export", "--db", "missing.depeche", "--to", "csv"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: missing.depeche: there is no such file or folder
      hint: check the path
    ");
}

#[test]
fn an_export_goes_into_a_file_too() {
    let sandbox = with_record();
    let export = ["export", "--db", "news.depeche", "--to", "polecat", "--type", "consult"];
    let told = sandbox.run(&export);
    let written = sandbox.run(&[&export[..], &["--output", "rows.tsv"]].concat());
    insta::assert_snapshot!(written, @r"
    exit code: 0
    ----- stdout -----

    ----- stderr -----
    ");
    let file = std::fs::read_to_string(sandbox.path("rows.tsv")).expect("the file");
    assert!(file.lines().count() > 3 && told.contains(&file), "{told}");
    let kept = std::fs::read_dir(sandbox.path(".")).expect("the folder").count();
    // Nothing is left beside it, whatever happens.
    assert!(sandbox.run(&[&export[..], &["--actor", "Nobody Atall", "--output", "rows.tsv"]].concat()).starts_with("exit code: 1"));
    assert_eq!(std::fs::read_dir(sandbox.path(".")).expect("the folder").count(), kept);
    assert_eq!(std::fs::read_to_string(sandbox.path("rows.tsv")).expect("the file"), file);
}
