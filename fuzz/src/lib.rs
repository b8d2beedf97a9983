//! What fuzz targets share: annotated texts without a model, and the checks that hold for every span of a record.
//!
//! The targets feed what reads bytes, text and parses, and hold every answer against what must be true of it.

use arbitrary::Arbitrary;
use depeche_intake::{Pages, ReadOptions, Reader, dispatch};
use depeche_nlp::{Annotation, Doc, TokenAnnotation};
use depeche_packs::PackFiles;
use depeche_record::{CharIndex, CharSpan};
use std::io::Cursor;
use std::sync::LazyLock;

static PAGES: LazyLock<Pages> = LazyLock::new(|| Pages::load(&PackFiles::built_in()).expect("the built-in packs load"));

/// Reads some bytes as an input and makes dispatches of its items; panics where what must hold does not.
pub fn check_reading(bytes: &[u8], options: ReadOptions) {
    for item in Reader::new(Cursor::new(bytes.to_vec()), "input", options) {
        let item = match item {
            Ok(item) => item,
            Err(error) => {
                assert!(error.to_string().starts_with("input"), "{error}");
                continue;
            }
        };
        let (dispatch, _) = dispatch(&item, &PAGES);
        let index = CharIndex::new(&dispatch.text);
        let mut end = 0;
        for block in &dispatch.blocks {
            check_span(block.span, &index);
            assert!(block.span.start >= end, "blocks overlap");
            end = block.span.end;
        }
    }
}

/// A text cut at blanks and marks, each token its own root: a parse as poor as one can be.
pub fn rough_doc(text: &str) -> Doc {
    let mut tokens: Vec<TokenAnnotation> = Vec::new();
    let mut joins = false;
    for (at, character) in text.chars().enumerate() {
        let word = character.is_alphanumeric();
        match tokens.last_mut() {
            Some(last) if word && joins => last.end = at + 1,
            _ if character.is_whitespace() => {}
            _ => tokens.push(TokenAnnotation {
                start: at,
                end: at + 1,
                pos: if word { "NOUN" } else { "PUNCT" }.to_owned(),
                head: tokens.len(),
                dep: "ROOT".to_owned(),
                sent_start: true,
                ..TokenAnnotation::default()
            }),
        }
        joins = word;
    }
    Doc::from_annotation(text, &Annotation { tokens, ents: Vec::new() })
}

/// A parse of any shape over a short text: heads may form circles, labels may contradict each other.
#[derive(Debug, Arbitrary)]
pub struct AnyParse {
    words: Vec<AnyToken>,
}

#[derive(Debug, Arbitrary)]
struct AnyToken {
    form: u8,
    pos: u8,
    morph: u8,
    dep: u8,
    head: u8,
    sent_start: bool,
}

impl AnyParse {
    /// The document, its forms, tags and labels taken from these lists.
    pub fn doc(&self, forms: &[&str], labels: &[&str]) -> Doc {
        const POS: [&str; 9] = ["VERB", "AUX", "NOUN", "PROPN", "PRON", "ADP", "SCONJ", "PUNCT", "ADJ"];
        const MORPH: [&str; 5] = ["", "Mood=Ind|Tense=Past|VerbForm=Fin", "Tense=Past|VerbForm=Part|Voice=Pass", "VerbForm=Inf", "Mood=Cnd"];
        let pick = |list: &[&str], index: u8| list[usize::from(index) % list.len()].to_owned();
        let mut text = String::new();
        let mut tokens = Vec::new();
        for word in &self.words {
            let form = pick(forms, word.form);
            let start = text.chars().count();
            text.push_str(&form);
            tokens.push(TokenAnnotation {
                start,
                end: text.chars().count(),
                pos: pick(&POS, word.pos),
                tag: String::new(),
                morph: pick(&MORPH, word.morph),
                lemma: form,
                head: usize::from(word.head) % self.words.len(),
                dep: pick(labels, word.dep),
                sent_start: word.sent_start,
            });
            text.push(' ');
        }
        Doc::from_annotation(&text, &Annotation { tokens, ents: Vec::new() })
    }
}

/// Panics unless the span lies in the text.
pub fn check_span(span: CharSpan, index: &CharIndex) {
    assert!(span.start <= span.end && span.end <= index.chars(), "{span:?} of {} characters", index.chars());
}
