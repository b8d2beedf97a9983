//! Any bytes as a wheel to be converted: refused, unless they are one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a temporary folder"));

fuzz_target!(|input: &[u8]| {
    let wheel = FOLDER.path().join("input.whl");
    std::fs::write(&wheel, input).expect("the wheel can be written");
    let out = FOLDER.path().join("out");
    if depeche_nlp::convert(&wheel, &out, &mut |_| ()).is_err() {
        assert!(!out.exists(), "a refused wheel left a file");
    }
});
