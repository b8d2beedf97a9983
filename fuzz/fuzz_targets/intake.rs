//! Any bytes as any format: items or refusals, and blocks that lie in order in the text.
#![no_main]

use depeche_fuzz::check_span;
use depeche_intake::{Format, Pages, ReadOptions, Reader, dispatch};
use depeche_packs::PackFiles;
use depeche_record::CharIndex;
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use std::sync::LazyLock;

static PAGES: LazyLock<Pages> = LazyLock::new(|| Pages::load(&PackFiles::built_in()).expect("the built-in packs load"));

fuzz_target!(|input: &[u8]| {
    let Some((&first, bytes)) = input.split_first() else { return };
    let format = ["text", "jsonl", ""][usize::from(first) % 3].parse::<Format>().ok();
    for item in Reader::new(Cursor::new(bytes.to_vec()), "input", ReadOptions { format, ..ReadOptions::default() }) {
        let item = match item {
            Ok(item) => item,
            Err(error) => {
                assert!(error.to_string().starts_with("input"), "{error}");
                continue;
            }
        };
        let (dispatch, _) = dispatch(&item, &PAGES);
        let index = CharIndex::new(&dispatch.text);
        let mut end = 0;
        for block in &dispatch.blocks {
            check_span(block.span, &index);
            assert!(block.span.start >= end, "blocks overlap");
            end = block.span.end;
        }
    }
});
