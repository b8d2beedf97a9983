//! Which way the verb that governs a time expression looks: back, at the present, or ahead.
//!
//! In goes the annotated text and the expression's tokens; the verb is found up the heads, or, where there is no parse, as the nearest
//! verb of the sentence. Features are read as Universal Dependencies has them, and the Penn tags where there are none. A text without tags
//! gives [`Outlook::Unknown`].

use crate::recognise::Recogniser;
use depeche_nlp::{Doc, Token};
use std::ops::Range;

/// Which way a verb looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlook {
    /// A past tense.
    Back,
    /// A future, or a verb of obligation or intention in the present.
    Ahead,
    /// A plain present.
    Present,
    /// No verb, or none that says.
    Unknown,
}

/// The outlook of the verb that governs `tokens`, which stand in `sentence`.
pub(crate) fn outlook(recogniser: &Recogniser, doc: &Doc, sentence: Range<usize>, tokens: &Range<usize>) -> Outlook {
    let Some(verb) = governor(doc, &sentence, tokens) else { return Outlook::Unknown };
    let mut seen = vec![verb];
    seen.extend(doc.tokens().skip(sentence.start).take(sentence.len()).filter(|token| {
        token.index() != verb.index() && token.head_index() == verb.index() && is_verb(*token) && token.dep().starts_with("aux")
    }));
    if seen.iter().any(|token| token.dep() == "aux:pass") {
        // « est fixé »: the participle of a passive says nothing of time, its auxiliaries do.
        seen.remove(0);
    }
    let mut result = Outlook::Unknown;
    for token in seen {
        let looks = looks(recogniser, token);
        result = match (result, looks) {
            (Outlook::Ahead, _) | (_, Outlook::Ahead) => Outlook::Ahead,
            (Outlook::Back, _) | (_, Outlook::Back) => Outlook::Back,
            (Outlook::Present, _) | (_, Outlook::Present) => Outlook::Present,
            _ => Outlook::Unknown,
        };
    }
    if matches!(result, Outlook::Unknown) && !verb.is_root() {
        // An infinitive or noun-like form looks where the verb over it looks; « devoir se rendre » looks ahead.
        let above = verb.head();
        if is_verb(above) {
            return looks(recogniser, above);
        }
    }
    result
}

fn governor<'doc>(doc: &'doc Doc, sentence: &Range<usize>, tokens: &Range<usize>) -> Option<Token<'doc>> {
    let mut at = tokens.start;
    for index in tokens.clone().filter(|&index| index < doc.len()) {
        if !tokens.contains(&doc.token(index).head_index()) {
            at = index;
        }
    }
    if at >= doc.len() {
        return None;
    }
    let mut token = doc.token(at);
    for _ in 0..12 {
        if token.is_root() {
            break;
        }
        token = token.head();
        if is_verb(token) {
            return Some(token);
        }
    }
    let verbs = || doc.tokens().skip(sentence.start).take(sentence.len()).filter(|token| is_verb(*token));
    verbs().min_by_key(|verb| verb.index().abs_diff(tokens.start))
}

fn is_verb(token: Token<'_>) -> bool {
    matches!(token.pos(), "VERB" | "AUX")
}

fn looks(recogniser: &Recogniser, token: Token<'_>) -> Outlook {
    match (token.feature("Tense"), token.feature("VerbForm"), token.feature("Mood")) {
        (Some("Fut"), _, _) => return Outlook::Ahead,
        (Some("Past" | "Imp" | "Pqp"), _, _) => return Outlook::Back,
        (_, _, Some("Cnd")) => return Outlook::Unknown,
        _ => {}
    }
    match token.tag() {
        "VBD" | "VBN" => return Outlook::Back,
        "MD" => return if recogniser.is_prospective(token.lemma()) { Outlook::Ahead } else { Outlook::Unknown },
        "VBZ" | "VBP" => return present(recogniser, token),
        _ => {}
    }
    match (token.feature("Tense"), token.feature("VerbForm")) {
        (Some("Pres"), Some("Fin")) => present(recogniser, token),
        _ => Outlook::Unknown,
    }
}

fn present(recogniser: &Recogniser, token: Token<'_>) -> Outlook {
    if recogniser.is_prospective(token.lemma()) { Outlook::Ahead } else { Outlook::Present }
}
