//! Any bytes as a dispatch through all stages, with the French model, which must be there: every fact lies in the text.
#![no_main]

use depeche::{Coder, CoderOptions, ReadOptions, Reader};
use depeche_fuzz::check_span;
use depeche_record::CharIndex;
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| {
    let options = CoderOptions::default();
    // Without a model little would run and nothing would be found.
    assert!(options.models.pipeline("fr").is_ok(), "the French model is wanted: `cargo xtask models fr`");
    Coder::new(options).expect("the built-in packs load")
});

fuzz_target!(|input: &[u8]| {
    for item in Reader::new(Cursor::new(input.to_vec()), "input", ReadOptions::default()).flatten() {
        let coded = CODER.code(&item);
        let text = &coded.dispatch.text;
        let index = CharIndex::new(text);
        for event in &coded.events {
            check_span(event.trigger.span, &index);
            assert_eq!(index.slice(text, event.trigger.span), event.trigger.text);
            assert!((0.0..=1.0).contains(&event.confidence));
            for participant in event.actors.iter().chain(&event.recipients) {
                check_span(participant.span, &index);
                assert_eq!(index.slice(text, participant.span), participant.text);
            }
        }
        for statement in &coded.statements {
            check_span(statement.content.span, &index);
            assert_eq!(index.slice(text, statement.content.span), statement.content.text);
        }
        for timex in &coded.timexes {
            assert_eq!(index.slice(text, timex.span), timex.text);
        }
        let again = serde_json::to_string(&CODER.code(&item)).expect("a record is JSON");
        assert_eq!(serde_json::to_string(&coded).expect("a record is JSON"), again);
    }
});
