//! A sentence with the characters that count marked, in lines.

use super::style::{Style, one_line, wrap};
use depeche::record::{CharIndex, CharSpan};
use depeche_store::Evidence;

/// The sentence of a piece of evidence, as wide as the style has it.
pub(crate) fn sentence_lines(evidence: &Evidence, style: Style) -> Vec<String> {
    wrap(&marked(evidence, |text| style.mark(text)), style.width.saturating_sub(6))
}

/// The sentence with its marked words in brackets, on one line.
pub(crate) fn in_brackets(evidence: &Evidence) -> String {
    marked(evidence, |text| format!("[{text}]"))
}

fn marked(evidence: &Evidence, mark: impl Fn(&str) -> String) -> String {
    let sentence = &evidence.sentence;
    let index = CharIndex::new(&sentence.text);
    let part = |start: usize, end: usize| {
        let span = CharSpan::new(start.saturating_sub(sentence.start), end.saturating_sub(sentence.start));
        index.slice(&sentence.text, span)
    };
    let (before, after) = (part(sentence.start, evidence.start), part(evidence.end, sentence.end));
    let inner: Vec<String> = one_line(part(evidence.start, evidence.end)).split(' ').map(mark).collect();
    // Adjacent marked words read as one mark where marks are brackets.
    let inner = inner.join(" ").replace("] [", " ");
    let blank = |found: bool| if found { " " } else { "" };
    let (gap_before, gap_after) = (blank(before.ends_with(char::is_whitespace)), blank(after.starts_with(char::is_whitespace)));
    format!("{}{gap_before}{inner}{gap_after}{}", one_line(before), one_line(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_store::Sentence;

    #[test]
    fn what_counts_stands_in_brackets() {
        let sentence = Sentence { start: 10, end: 35, text: "L'été, il a\nété reçu ici.".to_owned() };
        let evidence =
            Evidence { dispatch: "d".to_owned(), id: "v1".to_owned(), publisher: None, published: None, start: 20, end: 30, sentence };
        assert_eq!(in_brackets(&evidence), "L'été, il [a été reçu] ici.");
    }
}
