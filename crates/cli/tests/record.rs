//! Whole commands over a record: kept, asked, refused. None of these needs a model: what is kept was coded before.

mod sandbox;

use sandbox::Sandbox;
use std::io::Read;

/// Thirty coded dispatches, gzipped.
const CODED: &[u8] = include_bytes!("../../store/tests/dispatches/coded.jsonl.gz");

/// A sandbox with coded dispatches in it.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("coded.jsonl.gz", CODED);
    sandbox
}

/// The same with a record that holds them.
fn with_record() -> Sandbox {
    let sandbox = sandbox();
    let told = sandbox.run(&["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl.gz"]);
    assert!(told.starts_with("exit code: 0"), "{told}");
    sandbox
}

#[test]
fn dispatches_are_kept_once() {
    let sandbox = sandbox();
    let ingest = ["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl.gz"];
    insta::assert_snapshot!(sandbox.run(&ingest), @r"
    exit code: 0
    ----- stdout -----
    30 read: 30 new, 0 known, 0 refused; 116 events; N happenings in the record

    ----- stderr -----
    ");
    insta::assert_snapshot!(sandbox.run(&ingest), @r"
    exit code: 0
    ----- stdout -----
    30 read: 0 new, 30 known, 0 refused; 0 events; N happenings in the record

    ----- stderr -----
    ");
    let beside: Vec<String> = std::fs::read_dir(sandbox.path("."))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("news"))
        .collect();
    assert_eq!(beside, ["news.depeche"]);
}

#[test]
fn every_dispatch_is_acknowledged() {
    let sandbox = sandbox();
    let told = sandbox.run(&["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl.gz", "--to", "jsonl"]);
    let lines: Vec<&str> = told.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(lines.len(), 31);
    insta::assert_snapshot!(format!("{}\n{}", lines[0], lines[30]), @r#"
    {"dispatch":"alger-a1","outcome":"new","events":7}
    {"read":30,"new":30,"known":0,"refused":0,"events":116,"happenings":N}
    "#);
}

#[test]
fn lines_that_are_no_coded_dispatch_are_refused_and_the_others_kept() {
    let sandbox = sandbox();
    let bare = r#"{"id": "a", "source_sha256": "", "dispatch": {"url": null, "publisher": null, "language": null, "title": null, "byline": null, "published": {"value": null, "earliest": null, "latest": null, "method": "none", "confidence": 0, "evidence": []}, "text": "Oslo.", "blocks": []}, "sentences": [], "mentions": [], "entities": [], "roles": [], "timexes": [], "events": [], "statements": [], "warnings": []}"#;
    let good = bare.replace(r#""source_sha256": """#, &format!(r#""source_sha256": "{}""#, "0f".repeat(32)));
    sandbox.write("mixed.jsonl", format!("{{\"id\": \"x\"}}\n\n{bare}\n{good}\nno JSON\n").as_bytes());
    insta::assert_snapshot!(sandbox.run(&["ingest", "--db", "news.depeche", "--from", "coded", "mixed.jsonl", "missing.jsonl"]), @r"
    exit code: 1
    ----- stdout -----
    5 read: 1 new, 0 known, 4 refused; 0 events; N happenings in the record

    ----- stderr -----
    error: mixed.jsonl:1: it is no coded dispatch: missing field `source_sha256` at column 11
      hint: give lines as `depeche code --to jsonl` writes them
    error: mixed.jsonl:3: a: has no SHA-256 of its input in `source_sha256`
      hint: give it as `depeche code` writes it
    error: mixed.jsonl:5: it is no coded dispatch: expected ident at column 2
      hint: give lines as `depeche code --to jsonl` writes them
    error: missing.jsonl: there is no such file or folder
      hint: check the path
    ");
}

#[test]
fn a_record_is_asked() {
    let sandbox = with_record();
    let query = |rest: &[&str]| sandbox.run(&[&["query", "--db", "news.depeche"], rest].concat());
    let november = ["--since", "2017-11-14", "--until", "2017-11-16"];
    insta::assert_snapshot!(query(&[&["timeline"][..], &november].concat()), @r"
    exit code: 0
    ----- stdout -----
    14 November 2017
    ────────────────
      AGREE · occurred · 2 reports, 2 independent
        Iran (IRN) → Irak (IRQ)
        ├ irak-17a#v1, IRNA
        └ irak-17b#v2, Iraqi News

      REQUEST change · occurred · 1 report
        Iraq (IRQ), Haider al-Abadi (IRQ) → Ali Akbar Velayati (IRN)
        └ irak-17b#v1, Iraqi News

    16 November 2017
    ────────────────
      CONSULT visit · planned · 1 report
        Ali Akbar Velayati (IRN) → Beirut (LBN) · at Beirut
        └ irak-17b#v3, Iraqi News

    3 happenings in 4 reports.

    ----- stderr -----
    ");
    insta::assert_snapshot!(query(&[&["timeline", "--type", "agree", "--to", "jsonl"][..], &november].concat()), @r#"
    exit code: 0
    ----- stdout -----
    {"id":"irak-17a#v1","type":"AGREE","mode":null,"status":"occurred","actors":[{"id":"IRN","name":"Iran","country":"IRN"}],"recipients":[{"id":"IRQ","name":"Irak","country":"IRQ"}],"place":null,"when":{"value":"2017-11-14","earliest":"2017-11-14","latest":"2017-11-14"},"reports":[{"dispatch":"irak-17a","event":"v1","publisher":"IRNA","independent":true},{"dispatch":"irak-17b","event":"v2","publisher":"Iraqi News","independent":true}],"disagreements":0}

    ----- stderr -----
    "#);
    insta::assert_snapshot!(query(&[&["series", "--between", "IRQ,IRN", "--by", "day", "--to", "csv"][..], &november].concat()), @r"
    exit code: 0
    ----- stdout -----
    from,to,period,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,goldstein_mean,happenings,reports,dispatches
    IRN,IRQ,2017-11-14,1,0,0,0,4.000,1,2,2
    IRQ,IRN,2017-11-14,1,0,1,0,-0.500,2,3,2

    ----- stderr -----
    ");
    insta::assert_snapshot!(query(&["search", "Шойгу mali", "--limit", "2"]), @r#"
    exit code: 0
    ----- stdout -----
    dispatch  start  end  score  snippet
    alger-b2  295    358  7.59   … said. Moscow is ready to help Algeria and Mali "find a common language, provided both ask for it," Shoigu told reporters after the talks. He also met …
    alger-b3  56     60   7.43   Médiation russe : Bamako dément, Alger se tait Non, le Mali n'a pas demandé à Moscou de le rabibocher avec son voisin du nord. C'est …
    2 rows

    ----- stderr -----
    "#);
    insta::assert_snapshot!(query(&["sql", "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY n DESC, type LIMIT 2", "--to", "jsonl"]), @r#"
    exit code: 0
    ----- stdout -----
    {"type":"CONSULT","n":37}
    {"type":"AGREE","n":23}

    ----- stderr -----
    "#);
}

#[test]
fn a_thing_is_shown_in_its_sentences() {
    let sandbox = with_record();
    insta::assert_snapshot!(sandbox.run(&["show", "--db", "news.depeche", "irak-17a#v1"]), @r"
    exit code: 0
    ----- stdout -----
    happening irak-17a#v1
      actors: Iran (IRN)
      disagreements: 0
      recipients: Irak (IRQ)
      status: occurred
      type: AGREE
      when: 2017-11-14
        │ Téhéran, IRNA - Recevant mardi à Bagdad le conseiller du Guide suprême Ali Akbar Velayati, le
        │ Premier ministre irakien Haïder al-Abadi [a assuré] que son pays ne laisserait personne se
        │ servir du sol irakien contre son voisin iranien.
        └ irak-17a#v1 201..209, IRNA, 2017-11-14
        │ Baghdad (IraqiNews.com) - Prime Minister Haider al-Abadi told Iranian envoy Ali Akbar Velayati
        │ on Tuesday that Iraq [would allow] no one to use its soil against the Islamic Republic, a
        │ statement by his office read.
        └ irak-17b#v2 176..187, Iraqi News, 2017-11-15

    ----- stderr -----
    ");
    insta::assert_snapshot!(sandbox.run(&["show", "--db", "news.depeche", "irak-17a#s1"]), @r"
    exit code: 0
    ----- stdout -----
    statement irak-17a#s1
      claim: commitment
      commitment: IRQ → IRN, will_not: servira pas de tremplin contre l'Iran
      content: L'Irak ne servira pas de tremplin contre l'Iran
      kind: indirect
      speaker: al-Abadi
      verb: assure
        │ [L'Irak ne servira pas de tremplin contre l'Iran], assure al-Abadi
        └ irak-17a#s1 0..47, IRNA, 2017-11-14

    ----- stderr -----
    ");
    insta::assert_snapshot!(sandbox.run(&["show", "--db", "news.depeche", "nobody"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: nothing in the record has the id `nobody`
      hint: give an id as `query` writes it: of a dispatch, a happening or event (`dispatch#v1`), a statement (`dispatch#s1`) or an actor
    ");
}

#[test]
fn a_sheet_is_blind_and_its_key_tells() {
    let sandbox = with_record();
    insta::assert_snapshot!(sandbox.run(&["sample", "--db", "news.depeche", "2", "--seed", "5"]), @r#"
    exit code: 0
    ----- stdout -----
    code,kind,fact,sentence,right,note
    00d71318c548e1ac,statement,speaker: communiqué de la présidence algérienne | content: M. Choïgou a été reçu dans l'après-midi par le président Abdelmadjid Tebboune | claim: position,"[M. Choïgou a été reçu dans l'après-midi par le président Abdelmadjid Tebboune], selon un communiqué de la présidence algérienne.",,
    01d9668038b42b51,office,holder: Qassem al-Aaraji | office: adviser | country: IRQ | as_of: 2026-02-17,"Le [conseiller irakien à la Sécurité nationale], Qassem al-Aaraji, a reçu mardi Ali Larijani, qui dirige le Conseil suprême de sécurité nationale iranien.",,

    ----- stderr -----
    "#);
    insta::assert_snapshot!(sandbox.run(&["sample", "--db", "news.depeche", "2", "--seed", "5", "--key"]), @r"
    exit code: 0
    ----- stdout -----
    code,id,confidence,publisher,published
    00d71318c548e1ac,alger-a7#s1,,Agence Ecofin,2025-10-14
    01d9668038b42b51,irak-26b#r1,,L'Orient-Le Jour,2026-02-18

    ----- stderr -----
    ");
}

#[test]
fn questions_that_make_no_sense_are_refused() {
    let sandbox = with_record();
    let query = |rest: &[&str]| sandbox.run(&[&["query", "--db", "news.depeche"], rest].concat());
    insta::assert_snapshot!(query(&["search"]), @r#"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: no words to search for
      hint: give them behind `search`: `depeche query --db FILE search "words"`
    "#);
    insta::assert_snapshot!(query(&["timeline", "words"]), @r"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: `words` is too much: only `search` and `sql` take a text
      hint: narrow the question with `--actor`, `--topic` and the like
    ");
    insta::assert_snapshot!(query(&["sql", "DELETE FROM events"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: the statement would do more than read
      hint: ask with SELECT alone
    ");
    insta::assert_snapshot!(query(&["timeline", "--actor", "Nobody Known"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: the record knows nobody called `Nobody Known`
      hint: give a name as dispatches write it, an id that `actors` gives, or a country's code such as IRN
    ");
    insta::assert_snapshot!(query(&["--timeout", "0.2", "sql", "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: the statement ran longer than 0.2 s and was stopped
      hint: narrow it, or allow it more time
    ");
}

#[test]
fn files_that_are_no_record_are_refused_and_stay() {
    let sandbox = sandbox();
    sandbox.write("notes.txt", b"Le ministre est parti.\n");
    insta::assert_snapshot!(sandbox.run(&["query", "--db", "notes.txt", "timeline"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: notes.txt: it is no record of depeche
      hint: name a file that `depeche ingest` made, or one that is not there yet
    ");
    insta::assert_snapshot!(sandbox.run(&["ingest", "--db", "notes.txt", "--from", "coded", "coded.jsonl.gz"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: notes.txt: it is no record of depeche
      hint: name a file that `depeche ingest` made, or one that is not there yet
    ");
    insta::assert_snapshot!(sandbox.run(&["recode", "--db", "missing.depeche"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: missing.depeche: there is no such file or folder
      hint: check the path
    ");
    assert_eq!(std::fs::read(sandbox.path("notes.txt")).expect("the file"), b"Le ministre est parti.\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let sandbox = with_record();
    let closed = |mode| std::fs::set_permissions(sandbox.path("."), std::fs::Permissions::from_mode(mode)).expect("permissions set");
    // Whoever may do everything is somebody else for the while.
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let run = |arguments: &[&str]| {
        let mut command = sandbox.command(arguments);
        if is_root {
            command.uid(65_534);
        }
        sandbox.told(&command.output().expect("the binary runs"))
    };
    closed(0o555);
    let asked = run(&["query", "--db", "news.depeche", "sql", "SELECT count(*) AS n FROM dispatches", "--to", "jsonl"]);
    let kept = run(&["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl.gz"]);
    let made = run(&["ingest", "--db", "other.depeche", "--from", "coded", "coded.jsonl.gz"]);
    closed(0o755);
    insta::assert_snapshot!(asked, @r#"
    exit code: 0
    ----- stdout -----
    {"n":30}

    ----- stderr -----
    "#);
    insta::assert_snapshot!(kept, @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: news.depeche: it cannot be written there
      hint: make the file and its folder writable, or name another with `--db`
    ");
    insta::assert_snapshot!(made, @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: other.depeche: it cannot be written there
      hint: make the file and its folder writable, or name another with `--db`
    ");
}

/// The ids of the actors that a name stands for.
fn actor_ids(sandbox: &Sandbox, name: &str) -> Vec<String> {
    let told = sandbox.run(&["query", "--db", "news.depeche", "actors", "--actor", name, "--to", "jsonl"]);
    let ids = told.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?["id"].as_str().map(str::to_owned));
    ids.collect()
}

#[test]
fn what_a_user_decides_of_actors_stays() {
    let sandbox = sandbox();
    let mut coded = String::new();
    flate2::read::GzDecoder::new(CODED).read_to_string(&mut coded).expect("the dispatches");
    let (first, _) = coded.trim_end().rsplit_once('\n').expect("several dispatches");
    sandbox.write("first.jsonl", first.as_bytes());
    assert!(sandbox.run(&["ingest", "--db", "news.depeche", "--from", "coded", "first.jsonl"]).starts_with("exit code: 0"));
    let actors = |rest: &[&str]| sandbox.run(&[&["actors", "--db", "news.depeche"], rest].concat());
    let decided = || actors(&["list", "--to", "jsonl"]).lines().filter(|line| line.starts_with('{')).count();
    assert_ne!(actor_ids(&sandbox, "Hakan Fidan"), actor_ids(&sandbox, "Araghchi"));
    assert_eq!(decided(), 0);

    let merged = actors(&["merge", "Hakan Fidan", "Araghtchi", "--to", "jsonl"]);
    assert!(merged.starts_with("exit code: 0") && merged.contains("Fidan") && merged.contains("Araghchi"), "{merged}");
    assert_eq!(merged.lines().filter(|line| line.starts_with('{')).count(), 1, "{merged}");
    assert!(decided() > 0);
    // A later ingest does not take it back.
    assert!(sandbox.run(&["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl.gz"]).contains("30 read: 1 new"));
    assert_eq!(actor_ids(&sandbox, "Hakan Fidan").len(), 1);
    assert_eq!(actor_ids(&sandbox, "Hakan Fidan"), actor_ids(&sandbox, "Araghchi"));

    let undone = actors(&["undo", "Araghchi", "Hakan Fidan", "--to", "jsonl"]);
    assert_eq!(undone.lines().filter(|line| line.starts_with('{')).count(), 2, "{undone}");
    assert_ne!(actor_ids(&sandbox, "Hakan Fidan"), actor_ids(&sandbox, "Araghchi"));
    assert_eq!(decided(), 0);
}

#[test]
fn a_form_is_split_off_its_actor() {
    let sandbox = with_record();
    let actors = |rest: &[&str]| sandbox.run(&[&["actors", "--db", "news.depeche"], rest].concat());
    let forms = |name: &str| -> Vec<String> {
        let told = actors(&["forms", name, "--to", "jsonl"]);
        told.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?["id"].as_str().map(str::to_owned)).collect()
    };
    let before = forms("Choïgou");
    let (first, rest) = before.split_first().expect("forms");
    assert!(!rest.is_empty());
    for other in rest {
        let told = actors(&["split", first, other]);
        assert!(told.starts_with("exit code: 0") && told.contains("2 rows"), "{told}");
    }
    assert_eq!(forms(first), std::slice::from_ref(first));
    let listed = actors(&["list", "--to", "csv"]);
    assert!(listed.contains("verdict,one,one_name,other,other_name\n"), "{listed}");
    assert_eq!(listed.lines().filter(|line| line.starts_with("split,")).count(), rest.len(), "{listed}");
    assert!(actors(&["undo", first, &rest[0]]).starts_with("exit code: 0"));
    insta::assert_snapshot!(actors(&["undo", first, &rest[0]]).replace(first, "ONE").replace(&rest[0], "OTHER"), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: nothing was decided of `ONE` and `OTHER`
      hint: `depeche actors list` tells what was
    ");
    assert_eq!(forms("Choïgou"), before);
}

#[test]
fn nothing_is_decided_of_whom_the_record_does_not_know() {
    let sandbox = with_record();
    let actors = |rest: &[&str]| sandbox.run(&[&["actors", "--db", "news.depeche"], rest].concat());
    insta::assert_snapshot!(actors(&["merge", "Nobody Known", "Choïgou"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: the record knows nobody called `Nobody Known`
      hint: give the id of an actor or of one of its forms, or a name that dispatches give it
    ");
    insta::assert_snapshot!(actors(&["merge", "Iran", "Choïgou"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: `Iran` is a country, of which nothing is decided
      hint: give the id of an actor or of one of its forms, or a name that dispatches give it
    ");
    insta::assert_snapshot!(actors(&["merge", "Choïgou", "Choïgou"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: `Choïgou` and `Choïgou` are the same
      hint: give two forms by their ids; `depeche actors forms NAME` tells them
    ");
    insta::assert_snapshot!(actors(&["merge", "Ali", "Choïgou"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: several actors are called `Ali`: Ali Akbar Velayati (0387cd5c8744e83b), Ali Larijani (0db42a66b15b3063)
      hint: give the id of the one that is meant
    ");
    insta::assert_snapshot!(actors(&["undo", "Fidan", "Choïgou"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: nothing was decided of `Fidan` and `Choïgou`
      hint: `depeche actors list` tells what was
    ");
    insta::assert_snapshot!(sandbox.run(&["actors", "--db", "missing.depeche", "list"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: missing.depeche: there is no such file or folder
      hint: check the path
    ");
    assert!(!sandbox.path("missing.depeche").exists());
}
