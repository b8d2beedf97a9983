//! What a pipeline says of one text: tokens with their tags and heads, sentences, named entities.
//!
//! A [`Doc`] owns its text and every string it answers with, allocates nothing a token, and never
//! changes once made. Offsets are given twice, in bytes (to slice) and in Unicode scalar values (to report).

use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// A label of a closed set (part of speech, tag, features, relation, entity type), by its place in [`Labels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Label(pub u32);

/// The closed set of labels that the documents of one pipeline share. Label 0 is the empty string.
#[derive(Debug, Clone)]
pub struct Labels {
    names: Vec<Box<str>>,
    index: std::collections::HashMap<Box<str>, u32>,
}

impl Default for Labels {
    fn default() -> Self {
        let mut labels = Labels { names: Vec::new(), index: std::collections::HashMap::new() };
        labels.add("");
        labels
    }
}

impl Labels {
    /// The label of `name`, added when new.
    pub fn add(&mut self, name: &str) -> Label {
        if let Some(&at) = self.index.get(name) {
            return Label(at);
        }
        let at = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.into());
        self.index.insert(name.into(), at);
        Label(at)
    }

    /// The label of `name`, if the set has it.
    pub fn get(&self, name: &str) -> Option<Label> {
        self.index.get(name).copied().map(Label)
    }

    /// The name of `label`; empty for a label of another set.
    pub fn name(&self, label: Label) -> &str {
        self.names.get(label.0 as usize).map_or("", |name| name)
    }
}

/// One token's record. Read it through [`Token`].
#[derive(Debug, Clone, Copy, Default)]
pub struct TokenData {
    /// First and past-the-last character, in Unicode scalar values of the text.
    pub chars: (u32, u32),
    /// The same in bytes.
    pub bytes: (u32, u32),
    /// The form that the model read, as a range of bytes of the document's strings; empty when it is the text itself.
    pub form: (u32, u32),
    /// The lemma, as a range of bytes of the document's strings; empty when there is none.
    pub lemma: (u32, u32),
    /// Universal part of speech.
    pub pos: Label,
    /// The model's fine-grained tag.
    pub tag: Label,
    /// Morphological features in the form of Universal Dependencies.
    pub morph: Label,
    /// Relation to the head.
    pub dep: Label,
    /// Index of the head; a root's is its own.
    pub head: u32,
    /// Whether a sentence begins here.
    pub sent_start: bool,
    /// Whether white space follows in the text.
    pub space_after: bool,
}

/// A named entity or any other labelled run of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Index of the first token.
    pub start: u32,
    /// Index past the last token.
    pub end: u32,
    /// The type, such as `PER`.
    pub label: Label,
}

/// How often the tokens of documents were looked at, so that tests can hold the work of whoever reads them against the length of the text. Counted on
/// each thread by itself, and not at all in a release.
pub mod visits {
    #[cfg(debug_assertions)]
    use std::cell::Cell;

    #[cfg(debug_assertions)]
    thread_local!(static VISITS: Cell<u64> = const { Cell::new(0) });

    #[inline]
    pub(super) fn count(_number: usize) {
        #[cfg(debug_assertions)]
        VISITS.with(|visits| visits.set(visits.get().wrapping_add(_number as u64)));
    }

    /// Those of this thread so far; none in a release.
    pub fn so_far() -> Option<u64> {
        #[cfg(debug_assertions)]
        return Some(VISITS.with(Cell::get));
        #[cfg(not(debug_assertions))]
        None
    }
}

/// An annotated text.
#[derive(Debug, Clone)]
pub struct Doc {
    pub(crate) text: String,
    pub(crate) strings: String,
    pub(crate) labels: Arc<Labels>,
    pub(crate) tokens: Vec<TokenData>,
    pub(crate) ents: Vec<Span>,
}

impl Doc {
    /// The text, unchanged.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at `index`.
    ///
    /// # Panics
    /// When `index` is not below [`Doc::len`].
    pub fn token(&self, index: usize) -> Token<'_> {
        visits::count(1);
        Token { doc: self, data: &self.tokens[index], index }
    }

    /// The tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator + Clone {
        self.tokens.iter().enumerate().map(|(index, data)| Token { doc: self, data, index })
    }

    /// The sentences, as ranges of token indexes.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for index in 1..=self.len() {
            if index == self.len() || self.tokens[index].sent_start {
                sentences.push(start..index);
                start = index;
            }
        }
        sentences
    }

    /// The named entities, in order, without overlap.
    pub fn ents(&self) -> &[Span] {
        &self.ents
    }

    /// The name of an entity's type.
    pub fn label(&self, label: Label) -> &str {
        self.labels.name(label)
    }

    /// The characters of a run of tokens, as offsets in Unicode scalar values; empty at 0 for an empty run.
    pub fn chars(&self, tokens: Range<usize>) -> (usize, usize) {
        visits::count(1);
        match (self.tokens.get(tokens.start), self.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if !tokens.is_empty() => (first.chars.0 as usize, last.chars.1 as usize),
            _ => (0, 0),
        }
    }

    /// The text of a run of tokens, the space between them included.
    pub fn slice(&self, tokens: Range<usize>) -> &str {
        visits::count(tokens.len());
        match (self.tokens.get(tokens.start), self.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if !tokens.is_empty() => self.text.get(first.bytes.0 as usize..last.bytes.1 as usize).unwrap_or(""),
            _ => "",
        }
    }

    /// The document as plain values, the form that `annotate --to jsonl` writes.
    pub fn to_annotation(&self) -> Annotation {
        Annotation {
            tokens: self
                .tokens()
                .map(|token| TokenAnnotation {
                    start: token.start(),
                    end: token.end(),
                    pos: token.pos().to_owned(),
                    tag: token.tag().to_owned(),
                    morph: token.morph().to_owned(),
                    lemma: token.lemma().to_owned(),
                    head: token.head_index(),
                    dep: token.dep().to_owned(),
                    sent_start: token.sent_start(),
                })
                .collect(),
            ents: self
                .ents
                .iter()
                .map(|span| {
                    let (start, end) = self.chars(span.start as usize..span.end as usize);
                    EntityAnnotation { start, end, label: self.label(span.label).to_owned() }
                })
                .collect(),
        }
    }

    /// A document of `text` that no model has read: its tokens are what stands between white space in `stretches`, ranges of bytes in order. They have no tags and are
    /// each their own head; a sentence begins with every stretch. Ranges are cut to the text and to whole characters.
    pub fn of_chunks(text: &str, stretches: &[Range<usize>]) -> Doc {
        let mut tokens: Vec<TokenData> = Vec::with_capacity(text.len() / 5);
        let (mut bytes, mut chars) = (0, 0);
        for stretch in stretches {
            let start = text.floor_char_boundary(stretch.start).max(bytes);
            let end = text.floor_char_boundary(stretch.end).max(start);
            chars += text.get(bytes..start).map_or(0, |before| before.chars().count());
            bytes = end;
            let mut sent_start = true;
            let mut open: Option<(usize, usize)> = None;
            let mut close = |open: &mut Option<(usize, usize)>, at: usize, chars: usize, space_after: bool| {
                let Some((from, first)) = open.take() else { return };
                tokens.push(TokenData {
                    chars: (first as u32, chars as u32),
                    bytes: (from as u32, at as u32),
                    head: tokens.len() as u32,
                    sent_start,
                    space_after,
                    ..TokenData::default()
                });
                sent_start = false;
            };
            for (at, character) in text.get(start..end).unwrap_or("").char_indices() {
                if character.is_whitespace() {
                    close(&mut open, start + at, chars, true);
                } else if open.is_none() {
                    open = Some((start + at, chars));
                }
                chars += 1;
            }
            close(&mut open, end, chars, text.get(end..).is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)));
        }
        Doc { text: text.to_owned(), strings: String::new(), labels: Arc::new(Labels::default()), tokens, ents: Vec::new() }
    }

    /// A document from plain values, for tests and for annotations made elsewhere. Offsets outside the text are cut to it.
    pub fn from_annotation(text: &str, annotation: &Annotation) -> Doc {
        let mut labels = Labels::default();
        let mut strings = String::new();
        let byte_of: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        let clamp = |at: usize| at.min(byte_of.len() - 1);
        let tokens: Vec<TokenData> = annotation
            .tokens
            .iter()
            .enumerate()
            .map(|(index, token)| {
                let (start, end) = (clamp(token.start), clamp(token.end));
                let lemma = (strings.len() as u32, (strings.len() + token.lemma.len()) as u32);
                strings.push_str(&token.lemma);
                let bytes = (byte_of[start], byte_of[end.max(start)]);
                TokenData {
                    chars: (start as u32, end.max(start) as u32),
                    bytes,
                    form: (0, 0),
                    lemma,
                    pos: labels.add(&token.pos),
                    tag: labels.add(&token.tag),
                    morph: labels.add(&token.morph),
                    dep: labels.add(&token.dep),
                    head: if token.head < annotation.tokens.len() { token.head } else { index } as u32,
                    sent_start: token.sent_start,
                    space_after: text[bytes.1 as usize..].starts_with(char::is_whitespace),
                }
            })
            .collect();
        let ents = annotation
            .ents
            .iter()
            .filter_map(|ent| {
                let start = tokens.iter().position(|token| token.chars.0 as usize >= ent.start)?;
                let end = tokens.iter().rposition(|token| token.chars.1 as usize <= ent.end)? + 1;
                (start < end).then(|| Span { start: start as u32, end: end as u32, label: labels.add(&ent.label) })
            })
            .collect();
        Doc { text: text.to_owned(), strings, labels: Arc::new(labels), tokens, ents }
    }
}

/// A token of a [`Doc`].
#[derive(Clone, Copy)]
pub struct Token<'doc> {
    doc: &'doc Doc,
    data: &'doc TokenData,
    index: usize,
}

impl<'doc> Token<'doc> {
    /// Its place in the document.
    pub fn index(self) -> usize {
        self.index
    }

    /// First character, in Unicode scalar values of the text.
    pub fn start(self) -> usize {
        self.data.chars.0 as usize
    }

    /// Past the last character.
    pub fn end(self) -> usize {
        self.data.chars.1 as usize
    }

    /// The bytes of the text that it stands on.
    pub fn bytes(self) -> Range<usize> {
        self.data.bytes.0 as usize..self.data.bytes.1 as usize
    }

    /// Its characters in the text.
    pub fn text(self) -> &'doc str {
        self.doc.text.get(self.bytes()).unwrap_or("")
    }

    /// What the model read: the text, mended where mending was asked for.
    pub fn form(self) -> &'doc str {
        match self.data.form {
            (start, end) if start < end => &self.doc.strings[start as usize..end as usize],
            _ => self.text(),
        }
    }

    /// The lemma; empty when the pipeline has no lemmatiser.
    pub fn lemma(self) -> &'doc str {
        &self.doc.strings[self.data.lemma.0 as usize..self.data.lemma.1 as usize]
    }

    /// Universal part of speech, such as `VERB`.
    pub fn pos(self) -> &'doc str {
        self.doc.labels.name(self.data.pos)
    }

    /// The model's fine-grained tag.
    pub fn tag(self) -> &'doc str {
        self.doc.labels.name(self.data.tag)
    }

    /// All features, such as `Gender=Masc|Number=Sing`.
    pub fn morph(self) -> &'doc str {
        self.doc.labels.name(self.data.morph)
    }

    /// The value of one feature, such as `Sing` of `Number`.
    pub fn feature(self, name: &str) -> Option<&'doc str> {
        self.morph().split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// Relation to the head, in the model's labels.
    pub fn dep(self) -> &'doc str {
        self.doc.labels.name(self.data.dep)
    }

    /// Index of the head; a root's is its own.
    pub fn head_index(self) -> usize {
        self.data.head as usize
    }

    /// The head; a root is its own.
    pub fn head(self) -> Token<'doc> {
        self.doc.token(self.head_index())
    }

    /// Whether it has no head but itself.
    pub fn is_root(self) -> bool {
        self.head_index() == self.index
    }

    /// Whether a sentence begins here.
    pub fn sent_start(self) -> bool {
        self.data.sent_start
    }

    /// Whether white space follows it in the text.
    pub fn space_after(self) -> bool {
        self.data.space_after
    }

    /// Whether it is nothing but white space, as spaCy keeps it.
    pub fn is_space(self) -> bool {
        !self.text().is_empty() && self.text().chars().all(char::is_whitespace)
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}/{}/{}→{}", self.index, self.text(), self.pos(), self.dep(), self.head_index())
    }
}

/// A document's annotation as plain values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// The tokens in order.
    pub tokens: Vec<TokenAnnotation>,
    /// The named entities in order.
    #[serde(default)]
    pub ents: Vec<EntityAnnotation>,
}

/// A token as plain values; offsets in Unicode scalar values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Token`, where they are told")]
pub struct TokenAnnotation {
    pub start: usize,
    pub end: usize,
    pub pos: String,
    #[serde(default)]
    pub tag: String,
    #[serde(default)]
    pub morph: String,
    pub lemma: String,
    pub head: usize,
    pub dep: String,
    pub sent_start: bool,
}

/// An entity as plain values; offsets in Unicode scalar values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Span`, where they are told")]
pub struct EntityAnnotation {
    pub start: usize,
    pub end: usize,
    pub label: String,
}
