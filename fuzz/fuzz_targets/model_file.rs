//! Any bytes as a model file: refused, unless they are one.
#![no_main]

use depeche_nlp::Pipeline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Ok(pipeline) = Pipeline::from_bytes(input) {
        pipeline.annotate("Ministers met. ");
    }
});
