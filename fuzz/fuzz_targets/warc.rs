//! Any bytes as a WARC: the records that hold pages, errors for what is damaged, and an end.
#![no_main]

use depeche_fuzz::check_reading;
use depeche_intake::{Format, ReadOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // A bound that inputs of this size reach.
    check_reading(input, ReadOptions { format: Some(Format::Warc), max_bytes: 1000 });
});
