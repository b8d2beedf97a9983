//! The lemmatiser over tables of our own.

use super::*;
use proptest::prelude::*;
use rmpv::Value;

fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(entries.iter().map(|(key, value)| ((*key).into(), value.clone())).collect())
}

fn by_id(entries: &[(&str, Value)]) -> Value {
    Value::Map(entries.iter().map(|(key, value)| (id(key).into(), value.clone())).collect())
}

fn list(strings: &[&str]) -> Value {
    Value::Array(strings.iter().map(|&string| string.into()).collect())
}

fn sample(language: &str, mode: &str) -> Vec<u8> {
    let rules = Value::Array(vec![list(&["s", ""]), list(&["aux", "al"]), list(&["es", "er"])]);
    let lookups = map(&[
        ("lemma_lookup", by_id(&[("deux", list(&["2"])), ("Ils", list(&["lui"])), ("mots", list(&["mot"]))])),
        ("lemma_index", by_id(&[("noun", list(&["pas", "cheval", "mot", "chanter"]))])),
        ("lemma_exc", by_id(&[("noun", map(&[("yeux", list(&["œil", "yeu"])), ("mots", list(&["mot", "parole"]))])), ("aux", map(&[]))])),
        ("lemma_rules", by_id(&[("noun", rules), ("punct", Value::Array(vec![list(&["»", "\""])]))])),
    ]);
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, &lookups).expect("a vector takes all bytes");
    convert(&bytes, language, mode).expect("the tables convert")
}

#[track_caller]
fn check(section: &[u8], cases: &[(&str, &str, &str, &str)]) {
    let lemmatizer = Lemmatizer::open(section).expect("the section opens");
    for &(form, pos, morph, expected) in cases {
        assert_eq!(lemmatizer.lemma(section, form, lemmatizer.class(pos, morph)), expected, "{form} {pos} {morph}");
    }
}

#[test]
fn backed_rules() {
    check(
        &sample("fr", "rule"),
        &[
            ("Pas", "NOUN", "", "pas"),
            ("yeux", "NOUN", "", "œil"),
            ("chevaux", "NOUN", "", "cheval"),
            ("chantes", "NOUN", "", "chanter"),
            ("vélos", "NOUN", "", "vélo"),
            ("C-130s", "NOUN", "", "c-130"),
            ("Vélo", "NOUN", "", "vélo"),
            ("deux", "DET", "", "2"),
            ("Deux", "NUM", "", "Deux"),
            ("Ils", "X", "", "lui"),
            ("Ils", "PRON", "", "ils"),
            ("\n", "SPACE", "", "\n"),
            ("", "", "", ""),
        ],
    );
}

#[test]
fn rules_sparing_base_forms() {
    check(
        &sample("en", "rule"),
        &[
            ("Mots", "NOUN", "Number=Plur", "parole"),
            ("Mots", "NOUN", "Number=Sing", "mots"),
            ("yeux", "NOUN", "", "yeu"),
            ("pas", "NOUN", "Number=Plur", "pa"),
            ("Bakou", "PROPN", "", "Bakou"),
            ("Vite", "ADV", "", "vite"),
            ("Bel", "NOUN", "Degree=Pos", "bel"),
            ("Bel", "NOUN", "", "Bel"),
            ("»", "PUNCT", "", "\""),
        ],
    );
}

#[test]
fn lookup() {
    check(&sample("xx", "lookup"), &[("Ils", "X", "", "lui"), ("ils", "X", "", "ils")]);
}

#[test]
fn damaged_sections_are_refused_or_answer_with_the_form() {
    let section = sample("fr", "rule");
    let lemmatizer = Lemmatizer::open(&section).expect("the section opens");
    assert!(Lemmatizer::open(&section[..20]).is_err());
    assert_eq!(lemmatizer.lemma(&section[..200], "chevaux", lemmatizer.class("NOUN", "")), "cheval");
    assert!(convert(b"\x01", "fr", "rule").is_err());
    assert!(convert(b"\x80", "fr", "edit_tree").is_err());
}

proptest! {
    #[test]
    fn any_form_has_a_lemma(form in ".{0,8}|[a-zé]{0,4}(s|aux|es)", pos in "NOUN|PUNCT|X|") {
        for language in ["fr", "en"] {
            let section = sample(language, "rule");
            let lemmatizer = Lemmatizer::open(&section).expect("the section opens");
            let lemma = lemmatizer.lemma(&section, &form, lemmatizer.class(&pos, ""));
            prop_assert!(form.is_empty() || !lemma.is_empty());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(mut bytes in any::<Vec<u8>>(), at in 0_usize..400, with in any::<u8>()) {
        prop_assert!(Lemmatizer::open(&bytes).is_err());
        bytes = sample("fr", "rule");
        let at = at.min(bytes.len() - 1);
        bytes[at] = with;
        if let Ok(lemmatizer) = Lemmatizer::open(&bytes) {
            lemmatizer.lemma(&bytes, "chevaux", lemmatizer.class("NOUN", ""));
        }
    }
}
