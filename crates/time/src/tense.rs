//! Which way the verb that governs a time expression looks: back, at the present, or ahead.
//!
//! In goes the annotated text and the expression's tokens; the verb is found up the heads, or, where there is no parse, as the nearest
//! verb of the sentence. Penn's tags are read where the verb has one, else the features of Universal Dependencies. A text without tags
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
    if is_tagged(verb) {
        return tagged(recogniser, doc, &sentence, verb, 0);
    }
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

/// Whether the verb has one of Penn's tags.
fn is_tagged(verb: Token<'_>) -> bool {
    matches!(verb.tag(), "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" | "MD")
}

/// The outlook of a verb with Penn's tags, by its auxiliaries, and where these do not say, by the verb over it.
fn tagged(recogniser: &Recogniser, doc: &Doc, sentence: &Range<usize>, verb: Token<'_>, depth: usize) -> Outlook {
    let auxiliaries: Vec<Token<'_>> = doc
        .tokens()
        .skip(sentence.start)
        .take(sentence.len())
        .filter(|token| token.index() != verb.index() && token.head_index() == verb.index() && token.dep().starts_with("aux"))
        .collect();
    let has = |tags: &[&str]| auxiliaries.iter().any(|token| tags.contains(&token.tag()));
    let passive = auxiliaries.iter().any(|token| token.dep() == "auxpass");
    let head = verb.head();
    let above = || {
        if depth < 8 && !verb.is_root() && is_tagged(head) { tagged(recogniser, doc, sentence, head, depth + 1) } else { Outlook::Unknown }
    };
    if has(&["MD"]) || verb.tag() == "MD" {
        // “may have left”
        if verb.tag() == "VBN" && auxiliaries.iter().any(|token| token.tag() == "VB" && token.dep() == "aux") {
            return Outlook::Back;
        }
        let ahead = auxiliaries.iter().chain([&verb]).any(|token| token.tag() == "MD" && recogniser.is_prospective(token.lemma()));
        return if ahead { Outlook::Ahead } else { Outlook::Unknown };
    }
    if has(&["TO"]) {
        // An infinitive under a noun or under nothing is yet to come: “talks to be held”, “Leaders to meet”.
        return if verb.is_root() || !is_tagged(head) || recogniser.is_awaited_under(head.lemma()) { Outlook::Ahead } else { above() };
    }
    if auxiliaries.is_empty() && verb.dep() == "conj" && verb.tag() == head.tag() && matches!(verb.tag(), "VB" | "VBN" | "VBG") {
        return above();
    }
    match verb.tag() {
        "VBD" => Outlook::Back,
        "VBN" => {
            let perfect = auxiliaries.iter().any(|token| token.dep() == "aux");
            if (passive || !perfect) && recogniser.is_prospective(verb.lemma()) {
                Outlook::Ahead
            } else if passive && !perfect && has(&["VBZ", "VBP"]) {
                Outlook::Present
            } else {
                Outlook::Back
            }
        }
        "VBG" if has(&["VBZ", "VBP"]) => Outlook::Ahead,
        "VBG" if has(&["VBD"]) => Outlook::Back,
        "VBZ" | "VBP" => present(recogniser, verb),
        _ => above(),
    }
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
    match (token.feature("Tense"), token.feature("VerbForm")) {
        (Some("Pres"), Some("Fin")) => present(recogniser, token),
        _ => Outlook::Unknown,
    }
}

fn present(recogniser: &Recogniser, token: Token<'_>) -> Outlook {
    if recogniser.is_prospective(token.lemma()) { Outlook::Ahead } else { Outlook::Present }
}
