//! Any bytes as a web page in any encoding: markup or a refusal, and blocks that lie in order in the text.
#![no_main]

use depeche_fuzz::check_reading;
use depeche_intake::{Format, ReadOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // A bound that inputs of this size reach.
    check_reading(input, ReadOptions { format: Some(Format::Html), max_bytes: 1000 });
});
