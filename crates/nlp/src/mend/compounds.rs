//! Keeps hyphenated compounds whole where the tokenizer cuts them.
//!
//! In: the tokens of a text. Out: the same, where `x - y` without spaces is one token when a list or the vocabulary
//! says that it is a compound, and where what follows an elision is cut as it would be alone. Compounds that begin
//! with a capital are left: they are as often two names as one.

use super::Rules;
use crate::lexeme::lower;
use crate::tokenizer::{RawToken, Tokenizer};

const MOST_PARTS: usize = 4;

/// Joins compounds in the tokens of `text`. `known` says of a form whether the vocabulary has it.
pub fn keep_compounds(text: &str, tokens: &mut Vec<RawToken>, tokenizer: &Tokenizer, rules: &Rules, known: impl Fn(&str) -> bool) {
    let form = |token: &RawToken| text.get(token.bytes.0 as usize..token.bytes.1 as usize).unwrap_or("");
    if !tokens.iter().any(|token| form(token) == "-") {
        return;
    }
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let mut joined = None;
        for parts in (2..=MOST_PARTS).rev() {
            let Some(run) = tokens.get(at..at + 2 * parts - 1).filter(|run| is_compound(run, form)) else { continue };
            let bytes = (token.bytes.0, run.last().map_or(token.bytes.1, |last| last.bytes.1));
            let compound = text.get(bytes.0 as usize..bytes.1 as usize).unwrap_or("");
            if is_whole(compound, tokenizer, rules, &known) {
                joined = Some((run.len(), bytes, compound));
                break;
            }
        }
        match joined.and_then(|(length, bytes, compound)| Some((length, bytes, compound, tokens.get(at + length - 1)?))) {
            Some((length, bytes, compound, last)) => {
                let chars = (token.chars.0, last.chars.1);
                kept.push(RawToken { bytes, chars, lexeme: tokenizer.lexeme(compound), space_after: last.space_after });
                at += length;
            }
            None => {
                kept.push(*token);
                at += 1;
            }
        }
    }
    *tokens = kept;
}

/// Whether the tokens are words and hyphens in turn, without space.
fn is_compound<'text>(run: &[RawToken], form: impl Fn(&RawToken) -> &'text str) -> bool {
    let is_word = |text: &str| text.chars().all(|character| character.is_alphabetic() || character == '\'');
    run.iter().enumerate().all(|(place, token)| {
        let form = form(token);
        (place + 1 == run.len() || !token.space_after) && if place % 2 == 1 { form == "-" } else { is_word(form) }
    }) && run.windows(2).all(|pair| pair[0].bytes.1 == pair[1].bytes.0)
}

/// Whether the compound is one token: by the list, by the tokenizer when it stands alone, or by the vocabulary.
fn is_whole(compound: &str, tokenizer: &Tokenizer, rules: &Rules, known: impl Fn(&str) -> bool) -> bool {
    if rules.compounds.contains(&*lower(compound)) {
        return true;
    }
    let mut alone = Vec::new();
    tokenizer.tokenize(compound, &mut alone);
    alone.len() == 1 || (compound.chars().next().is_some_and(char::is_lowercase) && known(compound))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::convert;
    use rmpv::Value;

    fn tokenizer() -> Tokenizer {
        let rules = Value::Map(vec![
            ("prefix_search".into(), "^d'".into()),
            ("infix_finditer".into(), "(?<=[a-zéA-Z])-(?=[a-zéA-Z])|(?<=qu')(?=[a-z])".into()),
            ("token_match".into(), "(?:^avant-[a-z]+$)".into()),
            ("exceptions".into(), Value::Map(Vec::new())),
        ]);
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, &rules).expect("a vector takes all bytes");
        Tokenizer::open(&convert(&bytes, b"").expect("the rules convert")).expect("the section opens")
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let tokenizer = tokenizer();
        let rules = Rules { compounds: ["état-major".to_owned()].into(), ..Rules::default() };
        let mut tokens = Vec::new();
        tokenizer.tokenize(text, &mut tokens);
        keep_compounds(text, &mut tokens, &tokenizer, &rules, |form| form == "arc-en-ciel" || form == "Paris-Rome");
        let forms: Vec<_> = tokens.iter().map(|token| &text[token.bytes.0 as usize..token.bytes.1 as usize]).collect();
        assert_eq!(forms, expected);
    }

    #[test]
    fn compounds_stay_whole() {
        check("chef d'état-major là", &["chef", "d'", "état-major", "là"]);
        check("qu'avant-hier", &["qu'", "avant-hier"]);
        check("un arc-en-ciel", &["un", "arc-en-ciel"]);
        check("Paris-Rome bleu-vert a - b", &["Paris", "-", "Rome", "bleu", "-", "vert", "a", "-", "b"]);
    }
}
