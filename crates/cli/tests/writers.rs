//! What stops an ingest that is nobody's fault: no room for the record, and another process that writes it. What was acknowledged stays, the file is sound, and the next run finishes the work.

#![cfg(unix)]

mod sandbox;

use depeche_store::Reader;
use flate2::read::GzDecoder;
use sandbox::Sandbox;
use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Thirty coded dispatches, one a line.
fn coded() -> String {
    let mut coded = String::new();
    GzDecoder::new(&include_bytes!("../../store/tests/dispatches/coded.jsonl.gz")[..]).read_to_string(&mut coded).expect("the dispatches");
    coded
}

fn ingest(path: &str) -> Vec<&str> {
    vec!["ingest", "--db", "news.depeche", "--from", "coded", path]
}

/// How many dispatches a sound record holds.
fn kept(sandbox: &Sandbox) -> u64 {
    let reader = Reader::open(&sandbox.path("news.depeche")).expect("a record");
    assert_eq!(reader.check().expect("a file that can be read"), Vec::<String>::new());
    reader.size().expect("its size").dispatches
}

#[test]
fn a_record_without_room_stays_as_it_was() {
    let sandbox = Sandbox::new();
    let coded = coded();
    let first: String = coded.split_inclusive('\n').take(10).collect();
    sandbox.write("first.jsonl", first.as_bytes());
    sandbox.write("all.jsonl", coded.as_bytes());
    assert!(sandbox.run(&ingest("first.jsonl")).starts_with("exit code: 0"));
    // No file may grow beyond so many blocks of 512 bytes, and whoever tries is told instead of killed.
    let limited = |blocks: u32, arguments: &[&str]| {
        let command = sandbox.command(arguments);
        let mut shell = std::process::Command::new("sh");
        shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"")).arg("sh").arg(command.get_program());
        shell.args(command.get_args()).current_dir(sandbox.path(".")).env("DEPECHE_MODELS", sandbox.models()).stdin(Stdio::null());
        sandbox.told(&shell.output().expect("a shell"))
    };
    insta::assert_snapshot!(limited(128, &ingest("all.jsonl")), @r"
    exit code: 1
    ----- stdout -----

    ----- stderr -----
    error: there is no room left for the record, or it may not grow any further (disk I/O error)
      hint: make room, or raise the quota or the limit on the size of files, and run the command again: what was kept stays, and it goes on from there; where there is room, the disk may be failing
    ");
    assert_eq!(kept(&sandbox), 10);
    // Nor can one be begun.
    let begun = limited(16, &["ingest", "--db", "other.depeche", "--from", "coded", "all.jsonl"]);
    assert!(begun.starts_with("exit code: 1") && begun.contains("there is no room left for the record"), "{begun}");
    let finished = sandbox.run(&ingest("all.jsonl"));
    assert!(finished.contains("30 read: 20 new, 10 known, 0 refused"), "{finished}");
    assert_eq!(kept(&sandbox), 30);
    let finished = sandbox.run(&["ingest", "--db", "other.depeche", "--from", "coded", "all.jsonl"]);
    assert!(finished.contains("30 read: 30 new"), "{finished}");
}

#[test]
fn a_second_writer_is_refused_and_finishes_later() {
    let sandbox = Sandbox::new();
    let coded = coded();
    sandbox.write("all.jsonl", coded.as_bytes());
    let mut first = sandbox.command(&ingest("-")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary runs");
    let mut input = first.stdin.take().expect("its input");
    let half: String = coded.split_inclusive('\n').take(15).collect();
    input.write_all(half.as_bytes()).expect("its input taken");
    // It has the record from the moment on which the file is there until its input ends.
    let since = Instant::now();
    while !sandbox.path("news.depeche").exists() {
        assert!(since.elapsed() < Duration::from_secs(60), "the first writer makes no record");
        std::thread::sleep(Duration::from_millis(20));
    }
    let process = format!("process {}", first.id());
    for arguments in [
        ingest("all.jsonl"),
        vec!["import", "--db", "news.depeche", "--from", "gdelt", "all.jsonl"],
        vec!["recode", "--db", "news.depeche"],
    ] {
        let refused = sandbox.run(&arguments).replace(&process, "process N");
        insta::allow_duplicates! { insta::assert_snapshot!(refused, @r"
        exit code: 1
        ----- stdout -----

        ----- stderr -----
        error: news.depeche: process N writes this record
          hint: wait until it has ended, then run the command again; questions can be asked meanwhile
        "); }
    }
    drop(input);
    let ended = sandbox.told(&first.wait_with_output().expect("its end"));
    assert!(ended.contains("15 read: 15 new, 0 known, 0 refused"), "{ended}");
    assert_eq!(kept(&sandbox), 15);
    let finished = sandbox.run(&ingest("all.jsonl"));
    assert!(finished.contains("30 read: 15 new, 15 known, 0 refused"), "{finished}");
    assert_eq!(kept(&sandbox), 30);
}
