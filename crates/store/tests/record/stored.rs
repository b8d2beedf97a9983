//! A stored record of every version, opened by this one.

use crate::support::{Folder, all_answers, dispatches, ingest};
use depeche_store::{Kept, Reader, Store};
use flate2::read::GzDecoder;
use std::io::Read;

/// Every version with a record of six dispatches that it wrote.
const STORED: [(i64, &[u8]); 8] = [
    (1, include_bytes!("../stored/v1.depeche.gz")),
    (2, include_bytes!("../stored/v2.depeche.gz")),
    (3, include_bytes!("../stored/v3.depeche.gz")),
    (4, include_bytes!("../stored/v4.depeche.gz")),
    (5, include_bytes!("../stored/v5.depeche.gz")),
    (6, include_bytes!("../stored/v6.depeche.gz")),
    (7, include_bytes!("../stored/v7.depeche.gz")),
    (8, include_bytes!("../stored/v8.depeche.gz")),
];

#[test]
fn records_of_every_version_are_opened() {
    assert_eq!(STORED.last().unwrap().0, depeche_store::SCHEMA_VERSION, "a version without a stored record");
    for (version, bytes) in STORED {
        let folder = Folder::new();
        let mut record = Vec::new();
        GzDecoder::new(bytes).read_to_end(&mut record).unwrap();
        std::fs::write(folder.path(), record).unwrap();
        let mut store = Store::open(&folder.path()).unwrap();
        let reader = Reader::open(&folder.path()).unwrap();
        assert_eq!(reader.check().unwrap(), Vec::<String>::new(), "version {version}");
        assert_eq!(reader.size().unwrap().dispatches, 6, "version {version}");
        for coded in &dispatches()[..6] {
            assert_eq!(reader.coded(&coded.id).unwrap().as_ref(), Some(coded), "version {version}");
        }
        assert!(!all_answers(&reader).is_empty());
        let kept = ingest(&mut store, dispatches());
        assert_eq!(kept.iter().filter(|kept| **kept == Kept::Known).count(), 6, "version {version}");
    }
}

/// Writes the stored record of this version, when a version is new: `cargo test -p depeche-store --test record -- --ignored`.
#[test]
#[ignore = "writes into the tree"]
fn store_a_record_of_this_version() {
    let folder = Folder::with(dispatches()[..6].to_vec());
    folder.store().tidy().unwrap();
    let bytes = std::fs::read(folder.path()).unwrap();
    let path = format!("{}/tests/stored/v{}.depeche.gz", env!("CARGO_MANIFEST_DIR"), depeche_store::SCHEMA_VERSION);
    let mut pressed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut pressed, &bytes).unwrap();
    std::fs::write(path, pressed.finish().unwrap()).unwrap();
}
