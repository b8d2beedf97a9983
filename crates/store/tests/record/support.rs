//! What the tests of the record share: coded dispatches and a folder with a record.

use depeche_packs::PackFiles;
use depeche_record::CodedDispatch;
use depeche_resolve::Resolver;
use depeche_store::{Kept, Prepared, Reader, Run, Store};
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::PathBuf;
use std::sync::LazyLock;

pub(crate) static RESOLVER: LazyLock<Resolver> = LazyLock::new(|| Resolver::load(&PackFiles::built_in()).unwrap());

/// Thirty coded dispatches.
pub(crate) fn dispatches() -> Vec<CodedDispatch> {
    let mut json = String::new();
    GzDecoder::new(&include_bytes!("../dispatches/coded.jsonl.gz")[..]).read_to_string(&mut json).unwrap();
    json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder with a record in it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A folder whose record holds these.
    pub(crate) fn with(dispatches: Vec<CodedDispatch>) -> Folder {
        let folder = Folder::new();
        ingest(&mut folder.store(), dispatches);
        folder
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().join("record.depeche")
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.path()).unwrap()
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }
}

pub(crate) fn run() -> Run {
    Run { program: "0.0.0".to_owned(), packs: "aaaa".to_owned(), models: [("fr".to_owned(), "small 1".to_owned())].into() }
}

pub(crate) fn prepared(dispatches: Vec<CodedDispatch>) -> Vec<Prepared> {
    dispatches.into_iter().map(|coded| Prepared::new(coded, &RESOLVER).unwrap()).collect()
}

pub(crate) fn ingest(store: &mut Store, dispatches: Vec<CodedDispatch>) -> Vec<Kept> {
    let run = store.run(&run()).unwrap();
    store.ingest(prepared(dispatches), run, &RESOLVER).unwrap()
}

/// Everything that a record answers, as text.
pub(crate) fn all_answers(reader: &Reader) -> String {
    let all = depeche_store::Filter::default();
    let answers = [
        serde_json::to_string_pretty(&reader.timeline(&all).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.actors(&all).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.offices(&all).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.series(&all, depeche_store::Period::Month).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.commitments(&all).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.stories(&all).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.disagreements(&all).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.search("Moscou Alger", &all).unwrap()).unwrap(),
        serde_json::to_string_pretty(&reader.sample(10, 7).unwrap()).unwrap(),
    ];
    answers.join("\n")
}

/// Holds two records' answers against each other and tells the first lines that differ.
pub(crate) fn assert_same(one: &str, other: &str, which: &str) {
    let differs = one.lines().zip(other.lines()).position(|(one, other)| one != other);
    if let Some(place) = differs {
        let around = |text: &str| text.lines().skip(place.saturating_sub(12)).take(20).collect::<Vec<_>>().join("\n");
        panic!("{which}: differs at line {place}:\n{}\n--- and\n{}", around(one), around(other));
    }
    assert_eq!(one.len(), other.len(), "{which}: one is longer");
}
