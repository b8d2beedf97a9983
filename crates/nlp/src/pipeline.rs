//! A pipeline: a model file, opened, and what it makes of a text.
//!
//! In come texts, out come [`Doc`]s. Nothing is refused: any text has an annotation, and the same one whatever it is
//! annotated together with and on however many threads.

use crate::attribute_ruler::{AttributeRuler, Attributes};
use crate::container::Container;
use crate::doc::{Doc, Label, Labels, Span, TokenData};
use crate::error::Error;
use crate::info::ModelInfo;
use crate::lemmas::{Lemmas, LemmasWork, append};
use crate::lexeme;
use crate::mend::{Boundary, Rules};
use crate::network::embed::Word;
use crate::network::layers::{Linear, largest};
use crate::network::spec::{PipelineSpec, TaggerSpec, Tok2VecSpec, Weights};
use crate::network::tok2vec::{Tok2Vec, Tok2VecWork};
use crate::tokenizer::{RawToken, Tokenizer};
use crate::transition::arc_eager::{ArcEager, ArcEagerWork};
use crate::transition::biluo::{Biluo, WordFacts};
use crate::transition::scorer::ScorerWork;
use crate::transition::tree::{Tree, TreeLabels};
use crate::vectors::Vectors;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Words of documents that are encoded together, more or less: enough to use what of the weights is near.
const GROUP: usize = 512;
/// Words that are read as one document at most; a longer one is read in pieces, cut at line breaks where there are any,
/// for the memory's sake: the parser keeps four kilobytes a word.
const LONGEST: usize = 1 << 14;

/// An opened model. It may be shared by threads.
#[derive(Debug)]
pub struct Pipeline {
    container: Container,
    info: ModelInfo,
    labels: Arc<Labels>,
    tokenizer: Tokenizer,
    mending: Rules,
    vectors: Vectors,
    tok2vec: Option<Tok2Vec>,
    tagger: Option<Tagger>,
    parser: Option<Parser>,
    ruler: Option<AttributeRuler>,
    lemmas: Option<Lemmas>,
    ner: Option<Ner>,
    /// What a thread needs; a call borrows one and puts it back.
    work: Mutex<Vec<Work>>,
}

#[derive(Debug)]
struct Tagger {
    tok2vec: Option<Tok2Vec>,
    output: Linear,
    labels: Vec<TagLabels>,
}

#[derive(Debug, Clone, Copy, Default)]
struct TagLabels {
    tag: Label,
    pos: Label,
    morph: Label,
}

#[derive(Debug)]
struct Parser {
    tok2vec: Option<Tok2Vec>,
    moves: ArcEager,
    labels: TreeLabels,
}

#[derive(Debug)]
struct Ner {
    tok2vec: Option<Tok2Vec>,
    moves: Biluo,
}

#[derive(Debug, Default)]
struct Work {
    shared: Tok2VecWork,
    tagger: Tok2VecWork,
    parser: Tok2VecWork,
    ner: Tok2VecWork,
    words: Vec<Word>,
    arc_eager: ArcEagerWork,
    biluo: ScorerWork,
    tree: Tree,
    scores: Vec<f32>,
    facts: Vec<WordFacts>,
    attributes: Vec<Attributes>,
    lemmas: LemmasWork,
    vectors: [Vec<f32>; 4],
}

/// A text on its way through the pipeline.
#[derive(Debug)]
pub(crate) struct Draft<'text> {
    /// What the model reads.
    pub(crate) text: &'text str,
    /// Its tokens as cut.
    pub(crate) raw: Vec<RawToken>,
    /// What is known of sentence boundaries; empty when nothing is.
    pub(crate) boundaries: Vec<Boundary>,
    /// The tokens that become.
    pub(crate) tokens: Vec<TokenData>,
    /// Lemmas, one after the other.
    pub(crate) strings: String,
    /// Entities.
    pub(crate) ents: Vec<Span>,
}

impl<'text> Draft<'text> {
    /// A draft of a text that is cut into tokens.
    pub(crate) fn new(text: &'text str, raw: Vec<RawToken>) -> Draft<'text> {
        let tokens = raw
            .iter()
            .enumerate()
            .map(|(index, token)| TokenData {
                chars: token.chars,
                bytes: token.bytes,
                head: index as u32,
                sent_start: index == 0,
                space_after: text[token.bytes.1 as usize..].starts_with(char::is_whitespace),
                ..TokenData::default()
            })
            .collect();
        Draft { text, raw, boundaries: Vec::new(), tokens, strings: String::new(), ents: Vec::new() }
    }
}

/// A run of tokens of a draft that is read as one document.
struct Unit {
    draft: usize,
    tokens: Range<usize>,
}

impl Pipeline {
    /// Opens the model file at `path`.
    ///
    /// # Errors
    /// When there is no such file, when it is no model file of this version, or when it was cut short or changed.
    pub fn open(path: impl AsRef<Path>) -> Result<Pipeline, Error> {
        let path = path.as_ref();
        Pipeline::of(Container::open(path)?).map_err(|error| error.of(path.display()))
    }

    /// Opens a model from its bytes, which are copied.
    ///
    /// # Errors
    /// As [`Pipeline::open`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Pipeline, Error> {
        Pipeline::of(Container::from_bytes(bytes)?).map_err(|error| error.of("the model in memory"))
    }

    fn of(container: Container) -> Result<Pipeline, Error> {
        let info = ModelInfo::parse(container.section("info")?)?;
        let spec: PipelineSpec = serde_json::from_slice(container.section("pipeline")?)
            .map_err(|error| Error::damaged(format!("the section `pipeline`: {error}")))?;
        let weights = Weights::of(&container)?;
        let vectors = Vectors::new(&container, spec.vector_width)?;
        let mut labels = Labels::default();
        let encoder = |spec: &Option<Tok2VecSpec>| spec.as_ref().map(|spec| Tok2Vec::new(spec, weights, &vectors)).transpose();
        let tok2vec = encoder(&spec.tok2vec)?;
        let width = |own: &Option<Tok2Vec>| {
            let encoder = own.as_ref().or(tok2vec.as_ref());
            encoder.map(Tok2Vec::width).ok_or_else(|| Error::damaged("a component without an encoder"))
        };
        let tagger = match &spec.tagger {
            Some(spec) => {
                let own = encoder(&spec.tok2vec)?;
                Some(Tagger::new(spec, width(&own)?, own, weights, &mut labels)?)
            }
            None => None,
        };
        let parser = match &spec.parser {
            Some(spec) => {
                let own = encoder(&spec.tok2vec)?;
                let moves = ArcEager::new(spec, width(&own)?, weights, &mut labels)?;
                let used = spec.moves.iter().map(|told| told.label.clone());
                Some(Parser { tok2vec: own, moves, labels: TreeLabels::new(&mut labels, used) })
            }
            None => None,
        };
        let ner = match &spec.ner {
            Some(spec) => {
                let own = encoder(&spec.tok2vec)?;
                let moves = Biluo::new(spec, width(&own)?, weights, &mut labels)?;
                Some(Ner { tok2vec: own, moves })
            }
            None => None,
        };
        let ruler = match container.optional("attribute-ruler")? {
            Some(section) => Some(AttributeRuler::open(section, &mut labels).map_err(Error::damaged)?),
            None => None,
        };
        let lemmas = match container.optional("lemmatizer")? {
            Some(section) => Some(Lemmas::open(section, spec.lemmas_anew)?),
            None => None,
        };
        let tokenizer = Tokenizer::open(container.section("tokenizer")?).map_err(Error::damaged)?;
        let labels = Arc::new(labels);
        let mending = Rules::default();
        Ok(Pipeline {
            mending,
            info,
            labels,
            tokenizer,
            vectors,
            tok2vec,
            tagger,
            parser,
            ruler,
            lemmas,
            ner,
            container,
            work: Mutex::default(),
        })
    }

    /// The same pipeline with the word lists of a language for [`Pipeline::annotate_mended`].
    #[must_use]
    pub fn with_mending(mut self, rules: Rules) -> Pipeline {
        self.mending = rules;
        self
    }

    pub(crate) fn mending(&self) -> &Rules {
        &self.mending
    }

    pub(crate) fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    pub(crate) fn labels(&self) -> &Arc<Labels> {
        &self.labels
    }

    /// What the model is.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The static vector of a form, if the model has one.
    pub fn vector(&self, form: &str) -> Option<&[f32]> {
        self.vector_and_row(form).map(|(_, vector)| vector)
    }

    /// The static vector of a form with its row in the model's table. Forms that the model does not tell apart have one row; a lower row is,
    /// roughly, a more frequent form.
    pub fn vector_and_row(&self, form: &str) -> Option<(u32, &[f32])> {
        self.vectors.get(&self.container, lexeme::id(form))
    }

    /// Annotates a text, as spaCy would. (A text of more than 16,384 tokens is read in pieces, which can make a
    /// difference where they meet.)
    pub fn annotate(&self, text: &str) -> Doc {
        let mut drafts = [self.draft(text)];
        self.run(&mut drafts);
        let [draft] = drafts;
        self.finish(draft)
    }

    /// Annotates texts, each as [`Pipeline::annotate`] would, together in less time.
    pub fn annotate_batch(&self, texts: &[&str]) -> Vec<Doc> {
        let mut drafts: Vec<Draft<'_>> = texts.iter().map(|text| self.draft(text)).collect();
        self.run(&mut drafts);
        drafts.into_iter().map(|draft| self.finish(draft)).collect()
    }

    /// Cuts a text into tokens.
    pub(crate) fn draft<'text>(&self, text: &'text str) -> Draft<'text> {
        let mut raw = Vec::new();
        self.tokenizer.tokenize(text, &mut raw);
        Draft::new(text, raw)
    }

    fn finish(&self, draft: Draft<'_>) -> Doc {
        Doc {
            text: draft.text.to_owned(),
            strings: draft.strings,
            labels: Arc::clone(&self.labels),
            tokens: draft.tokens,
            ents: draft.ents,
        }
    }

    /// Fills the drafts in.
    pub(crate) fn run(&self, drafts: &mut [Draft<'_>]) {
        let borrowed = self.work.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut work = borrowed.unwrap_or_default();
        let mut units = Vec::new();
        let mut words = 0;
        for draft in 0..drafts.len() {
            for tokens in pieces(&drafts[draft].raw) {
                words += tokens.len();
                units.push(Unit { draft, tokens });
                if words >= GROUP {
                    self.run_group(drafts, &units, &mut work);
                    units.clear();
                    words = 0;
                }
            }
        }
        self.run_group(drafts, &units, &mut work);
        self.work.lock().unwrap_or_else(PoisonError::into_inner).push(work);
    }

    fn run_group(&self, drafts: &mut [Draft<'_>], units: &[Unit], work: &mut Work) {
        if units.is_empty() {
            return;
        }
        let raw = units.iter().flat_map(|unit| &drafts[unit.draft].raw[unit.tokens.clone()]);
        work.words.clear();
        work.words.extend(raw.map(Word::from));
        let source = (&self.container, &self.vectors);
        let own = [
            (self.tok2vec.as_ref(), &mut work.shared),
            (self.tagger.as_ref().and_then(|tagger| tagger.tok2vec.as_ref()), &mut work.tagger),
            (self.parser.as_ref().and_then(|parser| parser.tok2vec.as_ref()), &mut work.parser),
            (self.ner.as_ref().and_then(|ner| ner.tok2vec.as_ref()), &mut work.ner),
        ];
        let mut which = [0; 4];
        for (number, ((encoder, room), vectors)) in own.into_iter().zip(&mut work.vectors).enumerate() {
            if let Some(encoder) = encoder {
                let lengths = units.iter().map(|unit| unit.tokens.len());
                encoder.encode(&work.words, lengths, source, room, vectors);
                which[number] = number;
            }
        }
        let mut before = 0;
        for unit in units {
            let words = before..before + unit.tokens.len();
            before = words.end;
            let draft = &mut drafts[unit.draft];
            let of = |component: usize| {
                let vectors = &work.vectors[which[component]];
                let width = vectors.len() / work.words.len().max(1);
                &vectors[words.start * width..words.end * width]
            };
            if let Some(tagger) = &self.tagger {
                tagger.tag(of(1), &mut draft.tokens[unit.tokens.clone()], &mut work.scores);
            }
            if let Some(parser) = &self.parser {
                parser.parse(of(2), draft, unit, &mut work.arc_eager, &mut work.tree);
            }
            if let Some(ruler) = &self.ruler {
                apply_rules(ruler, draft, unit, &mut work.attributes);
            }
            if let Some(lemmas) = &self.lemmas {
                let section = self.container.section("lemmatizer").unwrap_or_default();
                lemmas.set(section, draft, &unit.tokens, &self.labels, &mut work.lemmas);
            }
            if let Some(ner) = &self.ner {
                ner.recognise(of(3), draft, unit, &mut work.facts, &mut work.biluo);
            }
        }
    }
}

/// The pieces in which a text is read: one, but of a text beyond all that spaCy takes.
fn pieces(raw: &[RawToken]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while raw.len() - start > LONGEST {
        // A break of lines is the best place to cut.
        let end = (start + LONGEST - LONGEST / 8..start + LONGEST).rev().find(|&at| raw[at].lexeme.is_space);
        let end = end.map_or(start + LONGEST, |at| at + 1);
        pieces.push(start..end);
        start = end;
    }
    if start < raw.len() {
        pieces.push(start..raw.len());
    }
    pieces
}

impl Tagger {
    fn new(spec: &TaggerSpec, width: usize, tok2vec: Option<Tok2Vec>, weights: Weights<'_>, labels: &mut Labels) -> Result<Tagger, Error> {
        let output = Linear::new(&spec.output, weights)?;
        if output.inputs() != width || output.outputs() != spec.labels.len() {
            return Err(Error::damaged("the layers of the tagger do not fit"));
        }
        let names = spec.labels.iter().map(|label| TagLabels {
            tag: labels.add(&label.tag),
            pos: labels.add(&label.pos),
            morph: labels.add(&label.morph),
        });
        let names = names.collect();
        Ok(Tagger { tok2vec, output, labels: names })
    }

    fn tag(&self, vectors: &[f32], tokens: &mut [TokenData], scores: &mut Vec<f32>) {
        self.output.apply(vectors, tokens.len(), scores);
        for (token, scores) in tokens.iter_mut().zip(scores.chunks_exact(self.output.stride())) {
            let label = self.labels[largest(&scores[..self.output.outputs()])];
            (token.tag, token.pos, token.morph) = (label.tag, label.pos, label.morph);
        }
    }
}

impl Parser {
    fn parse(&self, vectors: &[f32], draft: &mut Draft<'_>, unit: &Unit, work: &mut ArcEagerWork, tree: &mut Tree) {
        let boundaries = draft.boundaries.get(unit.tokens.clone()).unwrap_or_default();
        let (heads, labels) = self.moves.parse(vectors, unit.tokens.len(), boundaries, work);
        let raw = &draft.raw[unit.tokens.clone()];
        tree.build(heads, labels, &self.labels, |word| raw[word].lexeme.is_space);
        for (word, token) in draft.tokens[unit.tokens.clone()].iter_mut().enumerate() {
            token.head = tree.heads[word] + unit.tokens.start as u32;
            token.dep = tree.labels[word];
            token.sent_start = tree.sent_starts[word];
        }
    }
}

fn apply_rules(ruler: &AttributeRuler, draft: &mut Draft<'_>, unit: &Unit, attributes: &mut Vec<Attributes>) {
    let tokens = draft.raw[unit.tokens.clone()].iter().zip(&draft.tokens[unit.tokens.clone()]);
    attributes.clear();
    attributes.extend(tokens.map(|(raw, token)| Attributes {
        orth: raw.lexeme.orth,
        lower: raw.lexeme.lower,
        is_space: raw.lexeme.is_space,
        pos: token.pos,
        tag: token.tag,
        morph: token.morph,
        dep: token.dep,
        lemma: None,
    }));
    ruler.apply(attributes);
    for (token, set) in draft.tokens[unit.tokens.clone()].iter_mut().zip(attributes.iter()) {
        (token.pos, token.tag, token.morph, token.dep) = (set.pos, set.tag, set.morph, set.dep);
        if let Some(lemma) = set.lemma {
            token.lemma = append(ruler.lemma(lemma), &mut draft.strings);
        }
    }
}

impl Ner {
    fn recognise(&self, vectors: &[f32], draft: &mut Draft<'_>, unit: &Unit, facts: &mut Vec<WordFacts>, work: &mut ScorerWork) {
        let tokens = draft.raw[unit.tokens.clone()].iter().zip(&draft.tokens[unit.tokens.clone()]);
        facts.clear();
        facts.extend(tokens.map(|(raw, token)| WordFacts { is_space: raw.lexeme.is_space, sent_start: token.sent_start }));
        let found = self.moves.recognise(vectors, facts, work);
        let start = unit.tokens.start as u32;
        draft.ents.extend(found.into_iter().map(|span| Span { start: span.start + start, end: span.end + start, ..span }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::Writer;
    use crate::error::ErrorKind;

    /// What opening says of a model with these sections.
    #[track_caller]
    fn check(sections: &[(&str, &str)], expected: &str) {
        let mut writer = Writer::default();
        sections.iter().for_each(|(name, text)| writer.add(name, text.as_bytes().to_vec()));
        let error = Pipeline::from_bytes(&writer.to_bytes()).expect_err("no model");
        assert_eq!(error.kind(), ErrorKind::Damaged);
        assert!(error.to_string().contains(expected), "{error}");
    }

    const INFO: (&str, &str) = (
        "info",
        r#"{"name":"","version":"","language":"","license":"","author":"","url":"","description":"","components":[],"vectors":0,"format":1}"#,
    );

    #[test]
    fn what_does_not_fit_together_is_refused() {
        check(&[], "`info`");
        check(&[INFO], "`pipeline`");
        check(&[INFO, ("pipeline", "[]")], "`pipeline`");
        let linear = |start: usize| format!(r#"{{"weights":{{"start":{start},"shape":[2,2]}},"bias":{{"start":0,"shape":[2]}}}}"#);
        let tagger = |start| {
            let output = linear(start);
            format!(
                r#"{{"tok2vec":null,"tagger":{{"tok2vec":null,"output":{output},"labels":[]}},"parser":null,"ner":null,"vector_width":0}}"#
            )
        };
        check(&[INFO, ("pipeline", &tagger(0)), ("weights", "aaaabbbbccccdddd")], "without an encoder");
        let vectors = r#"{"tok2vec":null,"tagger":null,"parser":null,"ner":null,"vector_width":3}"#;
        check(&[INFO, ("pipeline", vectors), ("weights", "")], "`vector-keys`");
        let sections = [INFO, ("pipeline", vectors), ("weights", ""), ("vector-keys", "12345678"), ("vector-rows", ""), ("vectors", "")];
        check(&sections, "do not fit");
    }

    #[test]
    fn a_long_text_is_cut_where_lines_break() {
        let token = |is_space| RawToken {
            bytes: (0, 0),
            chars: (0, 0),
            lexeme: lexeme::Lexeme { is_space, ..lexeme::Lexeme::default() },
            space_after: false,
        };
        let mut raw = vec![token(false); LONGEST + 10];
        assert_eq!(pieces(&raw), [0..LONGEST, LONGEST..LONGEST + 10]);
        raw[LONGEST - 100] = token(true);
        assert_eq!(pieces(&raw), [0..LONGEST - 99, LONGEST - 99..LONGEST + 10]);
        assert_eq!(pieces(&raw[..LONGEST]).len(), 1);
        assert!(pieces(&[]).is_empty());
    }
}
