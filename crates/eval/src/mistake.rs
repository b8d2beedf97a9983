//! Something that gold and coded differ in, with the sentence to judge it by.

use depeche_record::{CharIndex, CharSpan};
use serde::Serialize;
use std::fmt;

/// A difference between gold and coded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// In what: `missed`, `spurious`, or the field that is wrong.
    pub verdict: &'static str,
    /// The dispatch's id.
    pub id: String,
    /// The type or kind: gold's, or the coded one's where gold has no such thing.
    pub kind: String,
    /// What gold has.
    pub gold: String,
    /// What was coded.
    pub coded: String,
    /// Where gold has it, where that can be told.
    pub gold_span: Option<CharSpan>,
    /// Where it was coded.
    pub coded_span: Option<CharSpan>,
    /// The sentence or line that it stands in.
    pub sentence: String,
}

/// One line: verdict, id, kind, gold, coded, spans, sentence, parted by tabs.
impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = |span: Option<CharSpan>| span.map_or_else(|| "-".to_owned(), |span| format!("{}..{}", span.start, span.end));
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let cells = [
            self.verdict.to_owned(),
            flat(&self.id),
            flat(&self.kind),
            format!("gold {} {}", span(self.gold_span), flat(&self.gold)),
            format!("coded {} {}", span(self.coded_span), flat(&self.coded)),
            flat(&self.sentence),
        ];
        formatter.write_str(&cells.join("\t"))
    }
}

/// How much is shown before and behind the beginning of a span, in characters.
const SHOWN: (usize, usize) = (160, 240);

/// What stands around a span: of the coded sentence that holds its beginning, else of its line, as much as is near it.
pub(crate) fn around(text: &str, index: &CharIndex, span: CharSpan, sentences: &[CharSpan]) -> String {
    let sentence = sentences.iter().copied().find(|sentence| sentence.start <= span.start && span.start < sentence.end);
    let place = sentence.unwrap_or_else(|| {
        let at = index.byte_of(span.start);
        let from = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let to = text.get(at..).and_then(|behind| behind.find('\n')).map_or(text.len(), |newline| at + newline);
        index.span(from..to)
    });
    let near = CharSpan::new(place.start.max(span.start.saturating_sub(SHOWN.0)), place.end.min(span.start.saturating_add(SHOWN.1)));
    index.slice(text, near).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mistake_is_shown_in_its_sentence_or_line() {
        let text = "Une ligne.\nLe roi est à Oslo. Il y reste.\nFin";
        let index = CharIndex::new(text);
        assert_eq!(around(text, &index, CharSpan::new(24, 28), &[]), "Le roi est à Oslo. Il y reste.");
        assert_eq!(around(text, &index, CharSpan::new(24, 28), &[CharSpan::new(11, 29)]), "Le roi est à Oslo.");
        assert_eq!(around(text, &index, CharSpan::new(999, 1000), &[]), "");
    }

    proptest! {
        #[test]
        fn no_span_is_too_strange(text in "\\PC{0,20}\n?\\PC{0,20}", start in 0_usize..60, end in 0_usize..60, sentence in 0_usize..60) {
            around(&text, &CharIndex::new(&text), CharSpan { start, end }, &[CharSpan { start: sentence, end: start }]);
        }
    }
}
