//! Any patterns and any text: the patterns are refused or the tokens with their spaces are the text.
#![no_main]

use depeche_nlp::tokenizer::{Tokenizer, convert};
use libfuzzer_sys::fuzz_target;
use rmpv::Value;

fuzz_target!(|input: (&str, &str, &str, &str)| {
    let (prefix, suffix, infix, text) = input;
    let rules = Value::Map(vec![
        ("exceptions".into(), Value::Map(Vec::new())),
        ("prefix_search".into(), prefix.into()),
        ("suffix_search".into(), suffix.into()),
        ("infix_finditer".into(), infix.into()),
    ]);
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, &rules).expect("a vector can be written to");
    let mut lookups = Vec::new();
    rmpv::encode::write_value(&mut lookups, &Value::Map(Vec::new())).expect("a vector can be written to");
    let Ok(section) = convert(&bytes, &lookups) else { return };
    let tokenizer = Tokenizer::open(&section).expect("what was converted opens");
    let mut tokens = Vec::new();
    tokenizer.tokenize(text, &mut tokens);
    let mut at = 0;
    for token in tokens {
        let (start, end) = (token.bytes.0 as usize, token.bytes.1 as usize);
        assert!(start == at && end > start, "a gap or an overlap at byte {at}");
        assert!(text.is_char_boundary(end));
        at = end + usize::from(token.space_after);
    }
    assert_eq!(at, text.len(), "the tokens and their spaces are the text");
});
