//! Rows of event data of any bytes, the first of which chooses the format: events come out, or rows that are told by their lines.
#![no_main]

use depeche_exchange::{Countries, ImportFormat, Row, read_rows};
use depeche_packs::PackFiles;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| Countries::load(&PackFiles::built_in(), &["en", "fr"]).expect("the built-in packs load"));

fuzz_target!(|bytes: &[u8]| {
    let Some((first, input)) = bytes.split_first() else { return };
    let format = ImportFormat::ALL[usize::from(*first) % ImportFormat::ALL.len()];
    let mut last = 0;
    let _ = read_rows(format, input, &COUNTRIES, |row| {
        match row {
            Row::Event(event) => {
                assert!(!event.row.is_empty());
                assert!((-10.0..=10.0).contains(&event.goldstein));
            }
            Row::Refused(refused) => {
                assert!(refused.line > last && !refused.reason.is_empty());
                last = refused.line;
            }
            Row::Statement => {}
        }
        Ok(())
    });
});
