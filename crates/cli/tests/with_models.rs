//! Whole commands with language models: what is coded, and that it does not depend on the number of threads.
//!
//! The models are data that the repository does not hold; where the French one is not there, the tests say how to obtain it.

mod sandbox;

use sandbox::Sandbox;
use serde_json::Value;

const BREAKFAST: &str = "\
Accueil > Monde > Nord

Deux ministres s'entretiennent à Oslo

Le 3 mars 2025, le ministre norvégien des Affaires étrangères, Espen Barth Eide, a rencontré à Oslo le ministre finlandais de la Défense, \
Antti Häkkänen. La Norvège a accusé la Russie d'avoir violé son espace aérien. « Nous n'oublierons pas », a déclaré le ministre.

Partager sur Facebook

Source : Fjord Presse
";

/// A sandbox with the French model.
fn sandbox() -> Sandbox {
    let models = depeche::nlp::models_dir();
    assert!(models.join("fr.depeche").is_file(), "There is no French model in {}: `cargo xtask models` obtains it.", models.display());
    Sandbox::new().with_models(&models)
}

fn stdout(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let output = sandbox.command(arguments).output().expect("the binary runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Forty dispatches of several lengths.
fn many(sandbox: &Sandbox) {
    let lines: Vec<String> = (0..40)
        .map(|number| {
            let text = BREAKFAST.repeat(1 + number % 5);
            serde_json::json!({ "id": number.to_string(), "text": text, "published": "2025-03-04" }).to_string() + "\n"
        })
        .collect();
    sandbox.write("many.jsonl", lines.concat().as_bytes());
}

#[test]
fn the_output_is_the_same_on_one_thread_and_on_two() {
    let sandbox = sandbox();
    many(&sandbox);
    for command in [["code", "many.jsonl", "--to", "jsonl"], ["code", "many.jsonl", "--to", "csv"], ["code", "many.jsonl", "--to", "table"]]
    {
        let on = |jobs| stdout(&sandbox, &[&command[..], &["--jobs", jobs]].concat());
        let one = on("1");
        assert_eq!(one, on("2"), "{command:?}");
        assert_eq!(one, on("7"), "{command:?}");
        assert!(one.lines().count() >= 40, "{command:?} wrote too little:\n{one}");
    }
    for mend in [&[][..], &["--mend"]] {
        let on = |jobs| stdout(&sandbox, &[&["annotate", "many.jsonl", "--jobs", jobs], mend].concat());
        assert_eq!(on("1"), on("2"), "annotate {mend:?}");
    }
}

#[test]
fn a_dispatch_says_who_met_whom_under_its_sentence() {
    let sandbox = sandbox();
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let coded: Value = serde_json::from_str(&stdout(&sandbox, &["code", "dispatch.txt"])).unwrap();
    let text: Vec<char> = coded["dispatch"]["text"].as_str().unwrap().chars().collect();
    assert_eq!(text.iter().collect::<String>(), BREAKFAST);
    let events = coded["events"].as_array().unwrap();
    let meeting = |event: &&Value| event["type"] == "CONSULT" && event["actors"][0]["country"] == "NOR";
    let meeting = events.iter().find(meeting).expect("a meeting");
    assert_eq!(meeting["when"]["value"], "2025-03-03");
    assert_eq!(meeting["recipients"][0]["country"], "FIN");
    let at = |place: &Value| {
        let offset = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
        text[offset("start")..offset("end")].iter().collect::<String>()
    };
    for event in events {
        let trigger = &event["trigger"];
        assert_eq!(at(trigger), trigger["text"].as_str().unwrap());
        let sentence = &coded["sentences"][usize::try_from(event["sentence"].as_u64().unwrap()).unwrap()];
        assert!(at(sentence).contains(&at(trigger)), "{event}");
        for participant in event["actors"].as_array().unwrap().iter().chain(event["recipients"].as_array().unwrap()) {
            assert_eq!(at(participant), participant["text"].as_str().unwrap());
        }
    }
    assert!(events.iter().any(|event| event["type"] == "ACCUSE" && event["recipients"][0]["country"] == "RUS"));
}

#[test]
fn layers_and_confidence_leave_out() {
    let sandbox = sandbox();
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let filled = |arguments: &[&str]| {
        let coded: Value = serde_json::from_str(&stdout(&sandbox, &[&["code", "dispatch.txt"], arguments].concat())).unwrap();
        let names = ["timexes", "mentions", "events", "statements"];
        names.into_iter().filter(|name| !coded[name].as_array().unwrap().is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(filled(&[]), ["timexes", "mentions", "events", "statements"]);
    assert_eq!(filled(&["--layers", "time"]), ["timexes"]);
    assert_eq!(filled(&["--layers", "events,actors"]), ["mentions", "events"]);
    assert_eq!(filled(&["--layers", "statements"]), ["statements"]);
    assert_eq!(filled(&["--min-confidence", "1"]), ["timexes", "mentions", "statements"]);
}

/// The events of the dispatch as JSON.
fn events(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let coded: Value = serde_json::from_str(&stdout(sandbox, &[&["code", "dispatch.txt"], arguments].concat())).expect("JSON");
    coded["events"].as_array().expect("events").clone()
}

#[test]
fn events_of_less_confidence_are_left_out_and_the_rest_numbered_anew() {
    let sandbox = sandbox();
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let confidence = |event: &Value| event["confidence"].as_f64().unwrap();
    let all = events(&sandbox, &["--min-confidence", "0"]);
    assert!(all.iter().all(|event| (0.0..=1.0).contains(&confidence(event))), "{all:?}");
    let mut steps: Vec<f64> = all.iter().map(confidence).collect();
    steps.sort_by(f64::total_cmp);
    for step in steps {
        let kept = events(&sandbox, &["--min-confidence", &step.to_string()]);
        let expected: Vec<&Value> = all.iter().filter(|event| confidence(event) >= step).collect();
        assert_eq!(kept.len(), expected.len(), "from {step}");
        for (at, (event, before)) in kept.iter().zip(expected).enumerate() {
            assert_eq!(event["id"], format!("v{}", at + 1));
            assert_eq!(event["trigger"], before["trigger"]);
        }
    }
}

#[test]
fn explain_tells_frames_and_neighbours_and_changes_nothing_else() {
    let sandbox = sandbox();
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let plain = events(&sandbox, &[]);
    assert!(!plain.is_empty() && plain.iter().all(|event| event.get("explain").is_none()), "{plain:?}");
    let mut told = events(&sandbox, &["--explain"]);
    for event in &mut told {
        let explain = event.as_object_mut().unwrap().remove("explain").expect("an explanation");
        assert!(!explain["frame"].as_str().unwrap().is_empty(), "{explain}");
        assert_eq!(explain["features"]["base"], 1.0, "{explain}");
    }
    assert_eq!(told, plain);
    // A word that no frame has is told with those that it is like.
    sandbox
        .write("dispatch.txt", "L'armée norvégienne a écrabouillé la Biélorussie. Le ministre finlandais a houspillé la Suède.".as_bytes());
    for event in events(&sandbox, &["--explain", "--min-confidence", "0"]) {
        if let Some(placing) = event["explain"].get("back_off") {
            let neighbours = placing["neighbours"].as_array().unwrap();
            assert!(!neighbours.is_empty() && neighbours.len() <= 8, "{placing}");
            assert!(neighbours.iter().all(|one| !one["types"].as_array().unwrap().is_empty()), "{placing}");
        }
    }
}

#[test]
fn annotate_answers_for_the_whole_text_and_mended_for_the_article() {
    let sandbox = sandbox();
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let tokens = |arguments: &[&str]| {
        let line: Value = serde_json::from_str(&stdout(&sandbox, &[&["annotate", "dispatch.txt"], arguments].concat())).unwrap();
        assert_eq!(line["text"].as_str(), Some(BREAKFAST));
        let text: Vec<char> = BREAKFAST.chars().collect();
        let tokens = line["tokens"].as_array().unwrap().clone();
        let offset = |token: &Value, name: &str| usize::try_from(token[name].as_u64().unwrap()).unwrap();
        tokens.iter().map(|token| text[offset(token, "start")..offset(token, "end")].iter().collect::<String>()).collect::<Vec<_>>()
    };
    let (whole, mended) = (tokens(&[]), tokens(&["--mend"]));
    assert_eq!(whole.first().map(String::as_str), Some("Accueil"));
    assert!(whole.iter().any(|token| token == "Facebook"));
    assert_eq!(mended.first().map(String::as_str), Some("Deux"));
    assert!(!mended.iter().any(|token| token == "Facebook"));
}

#[test]
fn conllu_counts_words_from_one_and_has_one_root_a_sentence() {
    let sandbox = sandbox();
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let written = stdout(&sandbox, &["annotate", "dispatch.txt", "--to", "conllu", "--mend"]);
    let blocks: Vec<&str> = written.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    assert!(blocks.len() >= 4, "{written}");
    for block in blocks {
        let rows: Vec<Vec<&str>> = block.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
        assert!(rows.iter().all(|row| row.len() == 10 && row.iter().all(|cell| !cell.is_empty())), "{block}");
        assert!(rows.iter().enumerate().all(|(at, row)| row[0] == (at + 1).to_string()), "{block}");
        assert!(rows.iter().all(|row| row[6].parse::<usize>().is_ok_and(|head| head <= rows.len())), "{block}");
        assert_eq!(rows.iter().filter(|row| row[6] == "0").count(), 1, "{block}");
    }
}

#[test]
fn a_text_beyond_the_bound_is_coded_up_to_it() {
    let sandbox = sandbox();
    let sentence = "La Norvège a accusé la Russie. ";
    let long = sentence.repeat(2 * depeche::MAX_CODED_CHARACTERS / sentence.chars().count());
    sandbox.write("long.jsonl", (serde_json::json!({ "id": "long", "text": long, "language": "fr" }).to_string() + "\n").as_bytes());
    let coded: Value = serde_json::from_str(&stdout(&sandbox, &["code", "long.jsonl", "--layers", "time"])).unwrap();
    assert_eq!(coded["warnings"][0]["code"], depeche::warnings::TOO_LONG);
    let last = coded["sentences"].as_array().unwrap().last().unwrap();
    assert!(last["end"].as_u64().unwrap() <= depeche::MAX_CODED_CHARACTERS as u64);
}

#[test]
fn a_model_that_was_cut_short_is_told_of_and_the_intake_still_given() {
    let sandbox = sandbox();
    let whole = std::fs::read(sandbox.models().join("fr.depeche")).unwrap();
    let cut = Sandbox::new();
    cut.write(".models/fr.depeche", &whole[..whole.len() / 2]);
    cut.write("dispatch.txt", BREAKFAST.as_bytes());
    let output = cut.command(&["code", "dispatch.txt"]).output().unwrap();
    let coded: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(coded["warnings"][0]["code"], depeche::warnings::BROKEN_MODEL);
    assert_eq!(coded["dispatch"]["title"], "Deux ministres s'entretiennent à Oslo");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("fr.depeche"));
}

#[test]
fn the_word_lists_of_the_pack_keep_words_and_sentences_whole() {
    let sandbox = sandbox();
    sandbox.write("text.txt", "Le chef de l’état-major est arrivé, cf. Annexe de la note. Il y a passé l’après-midi.\n".as_bytes());
    let written = stdout(&sandbox, &["annotate", "text.txt", "--to", "conllu", "--mend"]);
    let words: Vec<&str> = written.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert!(words.contains(&"état-major") && words.contains(&"après-midi"), "{words:?}");
    assert_eq!(written.matches("# sent_id").count(), 2, "{written}");
}

#[test]
fn an_example_that_fails_is_told_of_before_anything_is_coded() {
    let sandbox = sandbox();
    let own = "[[frame]]\nid = \"sing\"\ntype = \"CONSULT\"\nverbs = [\"chanter\"]\nactor = [\"subject\"]\n\
               examples = [\n  \"Le ministre norvégien a chanté une chanson. => nothing\",\n]\n";
    sandbox.write("own/fr/frames/own.toml", own.as_bytes());
    sandbox.write("a.txt", BREAKFAST.as_bytes());
    for arguments in [["packs", "check", "own"].as_slice(), &["code", "a.txt", "--pack", "own"]] {
        let told = sandbox.run(arguments);
        assert!(told.starts_with("exit code: 1"), "{told}");
        assert!(told.contains("own/fr/frames/own.toml:7: frame `sing`: the example also gives CONSULT"), "{told}");
        assert!(told.contains("╭─[own/fr/frames/own.toml:7:3]"), "{told}");
        assert!(!told.contains("\"events\""), "{told}");
    }
    sandbox.write("own/fr/frames/own.toml", own.replace("nothing", "CONSULT NOR > -").as_bytes());
    assert!(sandbox.run(&["code", "a.txt", "--pack", "own"]).starts_with("exit code: 0"));
}

#[test]
fn what_is_kept_is_what_is_coded_and_is_coded_again_alike() {
    let sandbox = sandbox();
    many(&sandbox);
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let summary = stdout(&sandbox, &["ingest", "--db", "news.depeche", "many.jsonl", "dispatch.txt"]);
    assert!(summary.starts_with("41 read: 41 new, 0 known, 0 refused; "), "{summary}");
    let again = stdout(&sandbox, &["ingest", "--db", "news.depeche", "--jobs", "1", "dispatch.txt", "many.jsonl"]);
    assert!(again.starts_with("41 read: 0 new, 41 known, 0 refused; 0 events; "), "{again}");
    let coded = stdout(&sandbox, &["code", "many.jsonl", "dispatch.txt"]);
    let reader = depeche_store::Reader::open(&sandbox.path("news.depeche")).expect("the record");
    for line in coded.lines() {
        let coded: depeche::record::CodedDispatch = serde_json::from_str(line).expect("a coded dispatch");
        assert_eq!(reader.coded(&coded.id).expect("a sound record").as_ref(), Some(&coded));
    }
    // What was coded elsewhere is coded again, to the same; then there is nothing left to do.
    sandbox.write("coded.jsonl", coded.as_bytes());
    stdout(&sandbox, &["ingest", "--db", "other.depeche", "--from", "coded", "coded.jsonl"]);
    let recoded = stdout(&sandbox, &["recode", "--db", "other.depeche"]);
    assert!(recoded.starts_with("41 of 41 dispatches coded again, 0 of them changed; "), "{recoded}");
    assert!(stdout(&sandbox, &["recode", "--db", "other.depeche"]).starts_with("0 of 41 "));
    let timeline = |db| stdout(&sandbox, &["query", "--db", db, "timeline", "--to", "jsonl"]);
    assert_eq!(timeline("news.depeche"), timeline("other.depeche"));
}

#[test]
fn what_a_user_decided_of_actors_outlives_recoding() {
    let sandbox = sandbox();
    sandbox.write("dispatch.txt", BREAKFAST.as_bytes());
    let coded = stdout(&sandbox, &["code", "dispatch.txt"]);
    sandbox.write("coded.jsonl", coded.as_bytes());
    stdout(&sandbox, &["ingest", "--db", "news.depeche", "--from", "coded", "coded.jsonl"]);
    let actors = |name| stdout(&sandbox, &["query", "--db", "news.depeche", "actors", "--actor", name, "--to", "jsonl"]);
    assert_ne!(actors("Eide"), actors("Häkkänen"));
    stdout(&sandbox, &["actors", "--db", "news.depeche", "merge", "Eide", "Häkkänen"]);
    let recoded = stdout(&sandbox, &["recode", "--db", "news.depeche"]);
    assert!(recoded.starts_with("1 of 1 dispatches coded again"), "{recoded}");
    assert_eq!(actors("Eide"), actors("Häkkänen"));
    assert_eq!(actors("Eide").lines().count(), 1);
}
