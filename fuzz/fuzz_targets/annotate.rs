//! Any text through the French model, which must be there: tokens in order, heads that exist, spans in the text.
#![no_main]

use depeche_nlp::{Pipeline, model_path};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::open(model_path("fr")).expect("the French model is there: `cargo xtask models fr`"));

fuzz_target!(|text: &str| {
    let doc = PIPELINE.annotate(text);
    let characters = text.chars().count();
    let mut end = 0;
    for token in doc.tokens() {
        assert!(end <= token.start() && token.start() < token.end() && token.end() <= characters);
        assert!(token.head_index() < doc.len());
        end = token.end();
    }
    for span in doc.ents() {
        let (start, end) = doc.chars(span.start as usize..span.end as usize);
        assert!(start < end && end <= characters);
    }
});
