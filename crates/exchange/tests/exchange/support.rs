//! What the tests share: a folder with a record, and what goes out of it and into it.

use depeche_exchange::{Countries, ExportFormat, Fault, ImportFormat, Imported, Refused, What, export, import};
use depeche_packs::PackFiles;
use depeche_record::CodedDispatch;
use depeche_resolve::Resolver;
use depeche_store::{Filter, Prepared, Reader, Run, Store};
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::PathBuf;
use std::sync::LazyLock;

pub(crate) static RESOLVER: LazyLock<Resolver> = LazyLock::new(|| Resolver::load(&PackFiles::built_in()).unwrap());
pub(crate) static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| Countries::load(&PackFiles::built_in(), &["en", "fr"]).unwrap());

/// Thirty coded dispatches.
fn dispatches() -> Vec<CodedDispatch> {
    let mut json = String::new();
    GzDecoder::new(&include_bytes!("../../../store/tests/dispatches/coded.jsonl.gz")[..]).read_to_string(&mut json).unwrap();
    json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder with a record in it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub(crate) fn with_dispatches() -> Folder {
        let folder = Folder::new();
        let mut store = folder.store();
        let run = store.run(&Run::default()).unwrap();
        store.ingest(dispatches().into_iter().map(|coded| Prepared::new(coded, &RESOLVER).unwrap()).collect(), run, &RESOLVER).unwrap();
        drop(store);
        folder
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("record.depeche")
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.path()).unwrap()
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }

    /// What a format makes of the record.
    pub(crate) fn export(&self, format: ExportFormat, what: What, filter: &Filter) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        export(&self.reader(), filter, what, format, &COUNTRIES, &mut out).map(|_| out)
    }

    /// The same as text, of all happenings.
    pub(crate) fn text(&self, format: ExportFormat) -> String {
        String::from_utf8(self.export(format, What::Happenings, &Filter::default()).unwrap()).unwrap()
    }

    /// What becomes of rows.
    pub(crate) fn import(&self, format: ImportFormat, rows: &[u8]) -> (Imported, Vec<Refused>) {
        let mut refused = Vec::new();
        let imported = import(&mut self.store(), format, rows, &COUNTRIES, &RESOLVER, |row| refused.push(row)).unwrap();
        (imported, refused)
    }
}
