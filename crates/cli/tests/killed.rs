//! `depeche ingest` killed at random moments: what it acknowledged is there, the file is sound, and the next run finishes the work.
//!
//! Ten times in an ordinary run; a hundred with `DEPECHE_ALL` set, as `cargo xtask test --all` does.

mod sandbox;

use depeche_store::Reader;
use flate2::read::GzDecoder;
use sandbox::Sandbox;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many times the coded dispatches are repeated, each time some decades earlier.
const COPIES: i32 = 12;

const INGEST: [&str; 8] = ["ingest", "--db", "news.depeche", "--from", "coded", "many.jsonl", "--to", "jsonl"];

/// Some hundred coded dispatches, none of which is on the same happening as one of another decade. The characters of a text stay in their places.
fn many() -> Vec<u8> {
    let mut coded = String::new();
    GzDecoder::new(&include_bytes!("../../store/tests/dispatches/coded.jsonl.gz")[..]).read_to_string(&mut coded).expect("the dispatches");
    let mut lines = String::new();
    for copy in 0..COPIES {
        for (line, number) in coded.lines().zip(0..) {
            let mut line = line.to_owned();
            for year in 2017..=2026 {
                line = line.replace(&format!("\"{year}-"), &format!("\"{}-", year - 30 * copy));
            }
            let mut coded: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            coded["id"] = format!("{copy}/{}", coded["id"].as_str().expect("an id")).into();
            coded["source_sha256"] = format!("{:064x}", copy * 1000 + number).into();
            lines.push_str(&format!("{coded}\n"));
        }
    }
    lines.into_bytes()
}

/// The next of a row of numbers that look random.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// How long an ingest takes that nobody kills, on this machine today.
fn whole_run(many: &[u8]) -> Duration {
    let sandbox = Sandbox::new();
    sandbox.write("many.jsonl", many);
    let begun = Instant::now();
    let finished = sandbox.run(&INGEST);
    assert!(finished.starts_with("exit code: 0"), "{finished}");
    begun.elapsed()
}

/// Runs an ingest and kills it after a while; what it acknowledged, and whether it had ended by itself.
fn killed_after(sandbox: &Sandbox, pause: Duration) -> (Vec<String>, bool) {
    let mut running = sandbox.command(&INGEST).stdout(Stdio::piped()).spawn().expect("the binary runs");
    let out = BufReader::new(running.stdout.take().expect("its output"));
    let reading = std::thread::spawn(move || out.lines().map_while(Result::ok).collect::<Vec<String>>());
    std::thread::sleep(pause);
    // On Unix this is SIGKILL, which no program sees coming.
    running.kill().expect("a process to kill");
    let ended = running.wait().expect("its end").success();
    let lines = reading.join().expect("its output read");
    let acknowledged =
        lines.iter().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?["dispatch"].as_str().map(str::to_owned));
    (acknowledged.collect(), ended)
}

fn kept(sandbox: &Sandbox) -> BTreeSet<String> {
    let path = sandbox.path("news.depeche");
    if !path.metadata().is_ok_and(|found| found.len() > 0) {
        return BTreeSet::new();
    }
    let reader = Reader::open(&path).expect("a record");
    assert_eq!(reader.check().expect("a file that can be read"), Vec::<String>::new());
    let mut ids = BTreeSet::new();
    reader
        .each_coded(|coded| {
            ids.insert(coded.id);
            Ok(())
        })
        .expect("whole dispatches");
    ids
}

#[test]
fn what_was_acknowledged_outlives_the_process() {
    let rounds = if std::env::var_os("DEPECHE_ALL").is_some() { 100 } else { 10 };
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
    let mut state = seed;
    let many = many();
    let whole = whole_run(&many);
    let (mut killed, mut in_between) = (0, 0);
    while killed < rounds {
        let sandbox = Sandbox::new();
        sandbox.write("many.jsonl", &many);
        let mut acknowledged: BTreeSet<String> = BTreeSet::new();
        // One record is killed several times over, so that a run begins with what another left.
        for _ in 0..5 {
            let (more, ended) = killed_after(&sandbox, whole.mul_f64((next(&mut state) % 1000) as f64 / 900.0));
            killed += 1;
            acknowledged.extend(more);
            let kept = kept(&sandbox);
            assert!(acknowledged.is_subset(&kept), "lost with seed {seed}: {:?}", acknowledged.difference(&kept).next());
            if ended {
                break;
            }
            in_between += usize::from(!kept.is_empty() && kept.len() < many.iter().filter(|byte| **byte == b'\n').count());
        }
        let finished = sandbox.run(&INGEST);
        assert!(finished.starts_with("exit code: 0"), "seed {seed}: {finished}");
        assert_eq!(kept(&sandbox).len(), many.iter().filter(|byte| **byte == b'\n').count(), "seed {seed}");
    }
    assert!(in_between > 0, "no run was killed in the middle of its work: its batches are too large");
}

#[test]
fn a_killed_and_finished_record_answers_as_one_that_was_not() {
    let (whole, broken) = (Sandbox::new(), Sandbox::new());
    let answers = |sandbox: &Sandbox| {
        ["timeline", "actors", "commitments", "stories", "disagreements"]
            .map(|what| sandbox.run(&["query", "--db", "news.depeche", what, "--to", "jsonl"]))
            .concat()
    };
    for sandbox in [&whole, &broken] {
        sandbox.write("many.jsonl", &many());
    }
    killed_after(&broken, Duration::from_millis(1200));
    for sandbox in [&whole, &broken] {
        let told = sandbox.run(&INGEST);
        assert!(told.starts_with("exit code: 0"), "{told}");
    }
    assert!(answers(&whole) == answers(&broken), "the answers differ");
}
