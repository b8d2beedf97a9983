//! The ruler over patterns of our own.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn ruler(patterns: serde_json::Value, labels: &mut Labels) -> AttributeRuler {
    AttributeRuler::open(&convert(&pack(&patterns)).expect("the patterns convert"), labels).expect("the section opens")
}

/// JSON as MessagePack.
fn pack(json: &serde_json::Value) -> Vec<u8> {
    fn value(json: &serde_json::Value) -> rmpv::Value {
        match json {
            serde_json::Value::Bool(truth) => (*truth).into(),
            serde_json::Value::Number(number) => number.as_i64().unwrap_or(0).into(),
            serde_json::Value::String(string) => string.as_str().into(),
            serde_json::Value::Array(array) => rmpv::Value::Array(array.iter().map(value).collect()),
            serde_json::Value::Object(map) => rmpv::Value::Map(map.iter().map(|(key, json)| (key.as_str().into(), value(json))).collect()),
            serde_json::Value::Null => rmpv::Value::Nil,
        }
    }
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, &value(json)).expect("a vector takes all bytes");
    bytes
}

fn token(form: &str, tag: &str, labels: &mut Labels) -> Attributes {
    Attributes { orth: id(form), lower: id(&form.to_lowercase()), is_space: form == " ", tag: labels.add(tag), ..Attributes::default() }
}

#[test]
fn later_patterns_win_and_none_sees_what_another_set() {
    let mut labels = Labels::default();
    let ruler = ruler(
        json!([
            {"patterns": [[{"TAG": "V"}]], "attrs": {"POS": "VERB", "MORPH": "VerbForm=Fin"}, "index": 0},
            {"patterns": [[{"TAG": "V", "LOWER": {"IN": ["sera", "fut"]}}]], "attrs": {"POS": "AUX", "LEMMA": "être"}, "index": 0},
            {"patterns": [[{"POS": "AUX"}]], "attrs": {"MORPH": "_"}, "index": 0},
        ]),
        &mut labels,
    );
    let mut tokens = [token("Fut", "V", &mut labels), token("parla", "V", &mut labels)];
    ruler.apply(&mut tokens);
    assert_eq!(labels.name(tokens[0].pos), "AUX");
    assert_eq!(labels.name(tokens[0].morph), "VerbForm=Fin");
    assert_eq!(tokens[0].lemma.map(|lemma| ruler.lemma(lemma)), Some("être"));
    assert_eq!((labels.name(tokens[1].pos), tokens[1].lemma), ("VERB", None));
}

#[test]
fn sequences_change_the_token_they_point_at() {
    let mut labels = Labels::default();
    let ruler = ruler(
        json!([
            {"patterns": [[{"LOWER": {"REGEX": "^n[eo]n?$"}}, {"TAG": {"NOT_IN": ["N", ""]}}]], "attrs": {"MORPH": "Polarity=Neg"}, "index": -1},
            {"patterns": [[{"IS_SPACE": true}]], "attrs": {"POS": "SPACE"}, "index": 0},
        ]),
        &mut labels,
    );
    let mut tokens = ["Ne", "dort", "non", "ami", " "].map(|form| token(form, if form == "ami" { "N" } else { "X" }, &mut labels));
    ruler.apply(&mut tokens);
    let morphs: Vec<_> = tokens.iter().map(|token| labels.name(token.morph)).collect();
    assert_eq!(morphs, ["", "Polarity=Neg", "", "", ""]);
    assert_eq!(labels.name(tokens[4].pos), "SPACE");
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    for (patterns, expected) in [
        (json!([{"patterns": [[{"OP": "+"}]], "attrs": {}, "index": 0}]), "OP"),
        (json!([{"patterns": [[{"LOWER": {"REGEX": "a*"}}]], "attrs": {}, "index": 0}]), "a*"),
        (json!([{"patterns": [[{"TAG": "A"}]], "attrs": {"SHAPE": "x"}, "index": 0}]), "SHAPE"),
        (json!([{"patterns": [[{"TAG": "A"}]], "attrs": {}, "index": 1}]), "index"),
    ] {
        let error = convert(&pack(&patterns)).expect_err("refused");
        assert!(error.contains(expected), "{error}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let _ = convert(&bytes);
        let _ = AttributeRuler::open(&bytes, &mut Labels::default()).is_err();
    }
}
