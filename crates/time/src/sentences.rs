//! Where sentences begin, told by the characters alone.
//!
//! In go the words of a text; every word is given the number of its sentence. A sentence begins after an empty line, after a line of its own, and
//! after closing punctuation before a capital or a digit; it does not after an abbreviation or an initial, nor where lines are cut by width. Where the parser would have the
//! last word, a capital has it here.

use crate::words::{Shape, Words};
use std::collections::BTreeSet;

/// Abbreviations with their full stop, which ends no sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Abbreviations(BTreeSet<String>);

impl Abbreviations {
    pub(crate) fn new(forms: &BTreeSet<String>) -> Abbreviations {
        Abbreviations(forms.clone())
    }

    /// Whether the stop at `at` belongs to what is before it: a listed form, or one capital.
    fn holds(&self, words: &Words<'_>, at: usize) -> bool {
        if !words.touches_previous(at) {
            return false;
        }
        let mut first = at;
        while first > 0 && words.touches_previous(first) && at - first < LONGEST_ABBREVIATION {
            first -= 1;
        }
        let Some(end) = words.get(at).map(|stop| stop.bytes.1 as usize) else { return false };
        let is_listed = (first..at).any(|from| {
            let start = words.get(from).map_or(end, |word| word.bytes.0 as usize);
            words.doc.text().get(start..end).is_some_and(|form| self.0.contains(form))
        });
        let before = words.text(at - 1);
        is_listed || before.chars().count() == 1 && before.starts_with(char::is_uppercase)
    }
}

/// The most words of an abbreviation before its last stop: those of « U.S.A. ».
const LONGEST_ABBREVIATION: usize = 6;

/// Numbers the sentences. Words at `breaks` begin a stretch of the text of their own.
pub(crate) fn number(words: &mut Words<'_>, breaks: &BTreeSet<usize>, abbreviations: &Abbreviations) {
    let wrapped = is_wrapped(words, abbreviations);
    let mut sentence = 0;
    for at in 0..words.list.len() {
        let begins = at > 0 && (breaks.contains(&at) || begins(words, at, wrapped, abbreviations));
        let opens = at == 0 || begins || words.gap(at).contains('\n');
        sentence += u32::from(begins);
        if let Some(word) = words.list.get_mut(at) {
            (word.sentence, word.opens) = (sentence, opens);
        }
    }
}

/// Whether a sentence begins with the word at `at`, which is not the first.
fn begins(words: &Words<'_>, at: usize, wrapped: bool, abbreviations: &Abbreviations) -> bool {
    if words.touches_previous(at) {
        return false;
    }
    let gap = words.gap(at);
    if gap.contains('\n') {
        let closed = closes(words, at - 1, abbreviations);
        return match opening(words, at) {
            _ if gap.matches('\n').count() > 1 => true,
            _ if closed && !wrapped => true,
            Opening::Small => false,
            Opening::Capital if closed => true,
            _ if wrapped => closed,
            _ => closed || !matches!(words.text(at - 1), "," | ";" | "-" | "(" | "«" | "“"),
        };
    }
    let small = matches!(words.get(at), Some(word) if word.shape == (Shape::Letters { capital: false }));
    // A closing mark apart belongs to the sentence before: « Non ! » dit-il.
    !small && !is_closer(words.text(at)) && closes(words, at - 1, abbreviations) && opening(words, at) != Opening::Small
}

/// Whether a sentence may end with the word at `at`: closing punctuation, perhaps with marks that close a quotation behind it.
fn closes(words: &Words<'_>, mut at: usize, abbreviations: &Abbreviations) -> bool {
    while at > 0 && is_closer(words.text(at)) {
        at -= 1;
    }
    match words.text(at) {
        "!" | "?" | "…" | "。" | "！" | "？" => true,
        "." => !abbreviations.holds(words, at),
        _ => false,
    }
}

/// With what a sentence would begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Capital,
    Small,
    Other,
}

fn opening(words: &Words<'_>, at: usize) -> Opening {
    (at..at + 4)
        .find_map(|at| match words.get(at)?.shape {
            Shape::Letters { capital: true } => Some(Opening::Capital),
            Shape::Letters { capital: false } => Some(Opening::Small),
            Shape::Digits { .. } => Some(Opening::Other),
            Shape::Sign => None,
        })
        .unwrap_or(Opening::Other)
}

/// Whether the lines are cut by width: a third or more of those without closing punctuation go on with a small letter.
fn is_wrapped(words: &Words<'_>, abbreviations: &Abbreviations) -> bool {
    let (mut ends, mut going_on) = (0, 0);
    for at in 1..words.list.len() {
        if !words.touches_previous(at) && words.gap(at).matches('\n').count() == 1 && !closes(words, at - 1, abbreviations) {
            ends += 1;
            going_on += usize::from(opening(words, at) == Opening::Small);
        }
    }
    ends >= 3 && going_on * 3 >= ends
}

fn is_closer(form: &str) -> bool {
    matches!(form, "»" | "”" | "›" | "\"" | "'" | "’" | ")" | "]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::plain_doc;
    use crate::words::Vocabulary;

    /// The text with `|` before words that begin a sentence.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let abbreviations = Abbreviations::new(&["art.", "U.S."].map(str::to_owned).into());
        let doc = plain_doc(text);
        let words = Words::new(&doc, &Vocabulary::default(), &abbreviations);
        let mut marked = String::new();
        for at in 0..words.list.len() {
            marked.push_str(words.gap(at));
            if at == 0 || words.list[at].sentence > words.list[at - 1].sentence {
                marked.push('|');
            }
            marked.push_str(words.text(at));
        }
        assert_eq!(marked, expected);
    }

    #[test]
    fn full_stops_and_quotations() {
        check("Il part. Elle reste. et lui", "|Il part. |Elle reste. et lui");
        check("Il part… 12 restent à 18.30", "|Il part… |12 restent à 18.30");
        check("« Qui ? » dit-elle. « Moi. » Elle rit", "|« Qui ? » dit-elle. |« Moi. » |Elle rit");
        check("“Who?” she said. “Me.” She left", "|“Who?” she said. |“Me.” |She left");
    }

    #[test]
    fn abbreviations() {
        check("M. Orlan et J. Belt, art. Deux", "|M. Orlan et J. Belt, art. Deux");
        check("the U.S. Navy left. It sank", "|the U.S. Navy left. |It sank");
    }

    #[test]
    fn lines() {
        check("Un titre\nLe texte\n\nsuite", "|Un titre\n|Le texte\n\n|suite");
        check("a b\nc d\ne f\nLena Orlan\nBelt", "|a b\nc d\ne f\nLena Orlan\nBelt");
        check("Un titre,\nDeux", "|Un titre,\nDeux");
    }
}
