//! Any bytes as text, as JSONL, or as what they look like: items or refusals, and blocks that lie in order in the text.
#![no_main]

use depeche_fuzz::check_reading;
use depeche_intake::{Format, ReadOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((&first, bytes)) = input.split_first() else { return };
    let format = ["text", "jsonl", ""][usize::from(first) % 3].parse::<Format>().ok();
    check_reading(bytes, ReadOptions { format, ..ReadOptions::default() });
});
