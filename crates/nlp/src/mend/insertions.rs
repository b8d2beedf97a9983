//! Takes out of a parser's sight what stands between an auxiliary and its participle: « a pour sa part demandé ».
//!
//! In: the tokens of a text. Out: the same without those phrases that a list has, where they follow an auxiliary of the list and a word follows them; and what was taken out, to be
//! put back as adverbs of that word ([`put_back`]). A parser that meets them there takes the auxiliary for the verb and loses all that the participle says.

use super::Rules;
use crate::doc::{Labels, Span, TokenData};
use crate::lemmas::append;
use crate::lexeme::lower;
use crate::pipeline::Draft;
use crate::tokenizer::RawToken;

/// The most tokens of a phrase.
const LONGEST: usize = 6;

/// A phrase that was taken out, and the token of what is left before which it stood.
#[derive(Debug, Clone)]
pub(crate) struct Insertion {
    before: usize,
    tokens: Vec<RawToken>,
}

/// Takes the phrases out.
pub(crate) fn take_out(text: &str, tokens: &mut Vec<RawToken>, rules: &Rules) -> Vec<Insertion> {
    if rules.insertions.is_empty() {
        return Vec::new();
    }
    let form = |token: &RawToken| text.get(token.bytes.0 as usize..token.bytes.1 as usize).unwrap_or("");
    let mut kept: Vec<RawToken> = Vec::with_capacity(tokens.len());
    let mut taken = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let follows = kept.last().is_some_and(|last| rules.auxiliaries.contains(&*lower(form(last))));
        let length = if follows { phrase(text, &tokens[at..], rules) } else { None };
        match length {
            Some(length) => {
                taken.push(Insertion { before: kept.len(), tokens: tokens[at..at + length].to_vec() });
                at += length;
            }
            None => {
                kept.push(*token);
                at += 1;
            }
        }
    }
    *tokens = kept;
    taken
}

/// How many tokens the longest phrase has that stands at the beginning of `tokens` and is followed by a word.
fn phrase(text: &str, tokens: &[RawToken], rules: &Rules) -> Option<usize> {
    let start = tokens.first()?.bytes.0 as usize;
    let is_one = |length: &usize| {
        let (Some(last), Some(next)) = (tokens.get(length - 1), tokens.get(*length)) else { return false };
        let words = text.get(start..last.bytes.1 as usize).unwrap_or("");
        let word = text.get(next.bytes.0 as usize..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
        word && rules.insertions.contains(&*lower(words))
    };
    (1..=LONGEST.min(tokens.len())).rev().find(is_one)
}

/// Puts what was taken out back among the tokens that the parser read, under the word that follows it.
pub(crate) fn put_back(draft: &mut Draft<'_>, insertions: &[Insertion], labels: &Labels) {
    if insertions.is_empty() {
        return;
    }
    let count: usize = insertions.iter().map(|one| one.tokens.len()).sum();
    let read = std::mem::take(&mut draft.tokens);
    // By how many places each token that was read is moved.
    let mut before = insertions.iter().peekable();
    let mut moved = 0;
    let shifts: Vec<usize> = (0..read.len())
        .map(|at| {
            while let Some(insertion) = before.next_if(|one| one.before <= at) {
                moved += insertion.tokens.len();
            }
            moved
        })
        .collect();
    let shift = |at: usize| shifts.get(at).copied().unwrap_or_default();
    let label = |name: &str| labels.get(name).unwrap_or_default();
    let (adverb, relation) = (label("ADV"), label("advmod"));
    let mut waiting = insertions.iter().peekable();
    let mut all = Vec::with_capacity(read.len() + count);
    for (at, token) in read.iter().enumerate() {
        while let Some(insertion) = waiting.next_if(|one| one.before == at) {
            let head = (at + shift(at)) as u32;
            for raw in &insertion.tokens {
                let words = draft.text.get(raw.bytes.0 as usize..raw.bytes.1 as usize).unwrap_or("");
                let lemma = append(&lower(words), &mut draft.strings);
                let (chars, bytes, space_after) = (raw.chars, raw.bytes, raw.space_after);
                all.push(TokenData {
                    chars,
                    bytes,
                    space_after,
                    lemma,
                    pos: adverb,
                    tag: adverb,
                    dep: relation,
                    head,
                    ..TokenData::default()
                });
            }
        }
        let head = token.head as usize;
        all.push(TokenData { head: (head + shift(head)) as u32, ..*token });
    }
    draft.tokens = all;
    for ent in &mut draft.ents {
        let (first, last) = (ent.start as usize, (ent.end as usize).saturating_sub(1));
        *ent = Span { start: (first + shift(first)) as u32, end: (last + shift(last) + 1) as u32, ..*ent };
    }
}
