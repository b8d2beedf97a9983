//! The tokenizer over rules of our own, small enough to be told here.

use super::*;
use crate::lexeme::id;
use proptest::prelude::*;
use rmpv::Value;
use std::sync::LazyLock;

/// A model's tokenizer file with these patterns and exceptions (a form, and its parts with their norms).
fn rules(patterns: &[(&str, &str)], exceptions: &[(&str, &[(&str, &str)])]) -> Tokenizer {
    let part = |&(orth, norm): &(&str, &str)| {
        let mut attributes = vec![(Value::from(65), Value::from(orth))];
        if !norm.is_empty() {
            attributes.push((Value::from(67), Value::from(norm)));
        }
        Value::Map(attributes)
    };
    let exceptions = exceptions.iter().map(|(form, parts)| (Value::from(*form), Value::Array(parts.iter().map(part).collect()))).collect();
    let mut map: Vec<_> = patterns.iter().map(|&(key, pattern)| (Value::from(key), Value::from(pattern))).collect();
    map.push((Value::from("exceptions"), Value::Map(exceptions)));
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, &Value::Map(map)).expect("a vector takes all bytes");
    Tokenizer::open(&convert(&bytes, b"").expect("the rules convert")).expect("the section opens")
}

static SAMPLE: LazyLock<Tokenizer> = LazyLock::new(fresh);

fn sample() -> &'static Tokenizer {
    &SAMPLE
}

fn fresh() -> Tokenizer {
    rules(
        &[
            ("prefix_search", r"^\(|^«|^(?:[dl]['’])(?=[a-zé])|^\$"),
            ("suffix_search", r#"\)$|»$|:$|,$|…$|(?<=[a-zé])\.$|(?<=[0-9])(?:km|%)$|(?<=[a-z])-(il|elle)$"#),
            ("infix_finditer", r"(?<=[a-z])-(?=[a-z])|\.\.+|(?<=[a-z]['’])(?=[a-z])"),
            ("token_match", r"(?iu)(?:^vice[-–][a-zé]+$)|(?:^[a-z]+-de-[a-z]+$)"),
            ("url_match", r"(?u)^(?:[a-z]+://)?(?:[a-z0-9]{1,63}\.)+(?:[a-z]{2,6})(?:[/?#]\S*)?$"),
        ],
        &[
            ("Gén.", &[("Gén.", "général")]),
            ("dunno", &[("dun", ""), ("no", "know")]),
            (":)", &[(":)", "")]),
            ("°C.", &[("°", ""), ("C", ""), (".", "")]),
            ("\n", &[("\n", "")]),
        ],
    )
}

fn forms<'text>(text: &'text str, tokens: &[RawToken]) -> Vec<&'text str> {
    tokens.iter().map(|token| &text[token.bytes.0 as usize..token.bytes.1 as usize]).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let mut tokens = Vec::new();
    sample().tokenize(text, &mut tokens);
    assert_eq!(forms(text, &tokens), expected, "{text:?}");
}

#[test]
fn affixes_are_cut_off() {
    check("(l'été, d’hier.", &["(", "l'", "été", ",", "d’", "hier", "."]);
    check("«bonjour»", &["«", "bonjour", "»"]);
    check("rendra-t-elle 100km 5%.", &["rendra", "-", "t", "-elle", "100", "km", "5%."]);
}

#[test]
fn infixes_cut_the_middle() {
    check("aller-retour fin..début -il", &["aller", "-", "retour", "fin", "..", "début", "-il"]);
    check("jusqu'ici", &["jusqu'", "ici"]);
}

#[test]
fn whole_tokens_stay() {
    check("Vice-présidente arc-de-cercle,", &["Vice-présidente", "arc-de-cercle", ","]);
    check("(exemple.org/a-b)", &["(", "exemple.org/a-b", ")"]);
}

#[test]
fn exceptions_go_before_rules() {
    check("Gén. (Gén.) dunno", &["Gén.", "(", "Gén.", ")", "dun", "no"]);
    check("bien:) 20°C.", &["bien", ":)", "20°C."]);
    let mut tokens = Vec::new();
    sample().tokenize("Gén. dunno", &mut tokens);
    assert_eq!([tokens[0].lexeme.norm, tokens[1].lexeme.norm, tokens[2].lexeme.norm], [id("général"), id("dun"), id("know")]);
}

#[test]
fn exceptions_taken_apart_are_put_together_again() {
    check("oui:)", &["oui", ":)"]);
    check("oui: )", &["oui", ":", ")"]);
}

#[test]
fn white_space_beyond_one_space_is_a_token() {
    check("a  b", &["a", " ", "b"]);
    check(" a\n\nb \n", &[" ", "a", "\n\n", "b", "\n"]);
    check("a\u{a0}b", &["a", "\u{a0}", "b"]);
    let mut tokens = Vec::new();
    sample().tokenize("a  b c ", &mut tokens);
    assert_eq!(tokens.iter().map(|token| token.space_after).collect::<Vec<_>>(), [true, false, true, true]);
}

#[test]
fn abbreviations_are_the_exceptions_with_a_full_stop() {
    assert_eq!(sample().abbreviations().collect::<Vec<_>>(), ["Gén.", "°C."]);
}

#[test]
fn a_section_of_other_bytes_is_refused() {
    assert!(Tokenizer::open(b"").is_err());
    assert!(Tokenizer::open(br#"{"version":9}"#).is_err());
    assert!(convert(b"\xc1", b"").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn tokens_are_the_text_but_for_single_spaces(text in r"[a-zé \n'’().,:»«0-9-]{0,40}|\PC{0,40}|(?s).{0,40}") {
        let tokenizer = sample();
        let mut tokens = Vec::new();
        tokenizer.tokenize(&text, &mut tokens);
        let (mut bytes, mut chars) = (0, 0);
        let mut rebuilt = String::new();
        for token in &tokens {
            prop_assert_eq!(token.bytes.0, bytes);
            prop_assert_eq!(token.chars.0, chars);
            let form = &text[token.bytes.0 as usize..token.bytes.1 as usize];
            prop_assert!(!form.is_empty());
            prop_assert_eq!(form.chars().count() as u32, token.chars.1 - token.chars.0);
            prop_assert_eq!(token.lexeme.orth, id(form));
            rebuilt.push_str(form);
            rebuilt.push_str(if token.space_after { " " } else { "" });
            (bytes, chars) = (token.bytes.1 + u32::from(token.space_after), token.chars.1 + u32::from(token.space_after));
        }
        prop_assert_eq!(rebuilt, text);
    }

    #[test]
    fn the_cache_changes_nothing(text in r"[a-c:)(' -]{0,30}") {
        let (used, fresh) = (sample(), fresh());
        let (mut first, mut again, mut other) = (Vec::new(), Vec::new(), Vec::new());
        used.tokenize(&text, &mut first);
        used.tokenize(&text, &mut again);
        fresh.tokenize(&text, &mut other);
        prop_assert_eq!(&first, &again);
        prop_assert_eq!(&first, &other);
    }

    #[test]
    fn any_pattern_is_read_or_refused(pattern in r"[\[\](){}|?*+^$\\a-c0-9,:=!<-]{0,20}", text in "[a-c0-9-]{0,10}") {
        let mut sets = program::Sets::default();
        if let Ok(program) = program::Program::compile(&pattern, &mut sets) {
            let text: Vec<char> = text.chars().collect();
            program::Matcher::from(program).matches(&sets, &text);
        }
    }
}

#[test]
fn a_long_run_without_spaces_is_read_in_pieces() {
    let text = "((('".repeat(5_000);
    let mut tokens = Vec::new();
    sample().tokenize(&text, &mut tokens);
    assert_eq!(forms(&text, &tokens).concat(), text);
}
