//! An item to a dispatch.
//!
//! In goes an [`Item`]; out comes its [`Dispatch`]: a plain text unchanged, each line that is not blank in a block, or of a page the blocks of
//! its article, with what text, page and input say of language, title, author, publisher and date. What the input states is believed over
//! what its page says, and that over what the text shows. It does not fail: what cannot be told stays null, with a warning where it was
//! stated and not understood.

use crate::captions::is_own_text;
use crate::composed::{compose, settle};
use crate::encoding::warning;
use crate::html::{Known, Metadata, PageBlock, ParsedPage, Stating};
use crate::lines::{Page, Part};
use crate::pages::Pages;
use crate::reader::Stated;
use crate::scoring::Reason;
use crate::{Content, Item, language, published};
use depeche_record::{Block, BlockKind, CharSpan, Dispatch, Published, Publisher, Warning};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The dispatch that an item holds, and all warnings about it, the item's own first.
///
/// The date is the one stated by the input, else by its page; where neither states one, [`DatingMethod::None`](depeche_record::DatingMethod::None) leaves it to
/// those who read the text. Warnings: W101 encoding guessed, W102 damaged bytes replaced, W103 lone surrogates replaced, W104 control
/// characters, W105 stated date not understood, W106 stated language not understood, W107 language not told, W108 stated value left out, W109 dates of
/// a page contradict each other, W110 no article in a page, W120 declared encoding unknown or belied, W121 archived without its end.
///
/// ```
/// use depeche_intake::{Pages, ReadOptions, Reader, dispatch};
/// use depeche_packs::PackFiles;
/// let pages = Pages::load(&PackFiles::built_in())?;
/// let line: &[u8] = br#"{"id": "7", "text": "It rained all day in Bergen.", "published": "2021-05-03T18:05:00Z", "language": "en-GB"}"#;
/// let item = Reader::new(line, "-", ReadOptions::default()).next().unwrap()?;
/// let (dispatch, warnings) = dispatch(&item, &pages);
/// assert_eq!(dispatch.language.as_deref(), Some("en"));
/// assert_eq!(dispatch.published.value.as_deref(), Some("2021-05-03"));
/// assert!(warnings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn dispatch(item: &Item, pages: &Pages) -> (Dispatch, Vec<Warning>) {
    let Extraction { dispatch, warnings, .. } = extract(item, ExtractOptions::default(), pages);
    (dispatch, warnings)
}

/// How an item is made a dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExtractOptions {
    /// Whether a page's text also holds what is not the article's (`--keep-all`); of a plain text all is kept anyhow.
    pub keep_all: bool,
}

/// A dispatch with what was learnt on the way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// The dispatch.
    pub dispatch: Dispatch,
    /// What its page says of itself, by field, the strongest claim first; empty for plain text.
    pub metadata: Vec<Stating>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// [`dispatch()`], with options, and with what its page says of itself.
pub fn extract(item: &Item, options: ExtractOptions, pages: &Pages) -> Extraction {
    let mut warnings = item.warnings.clone();
    let declared = declared(item, &mut warnings);
    let (text, page, metadata) = match &item.content {
        Content::Text(text) => (text.clone(), Page::read(text, declared.as_deref(), pages), Metadata::default()),
        Content::Page(_) | Content::Fragment(_) => {
            let MarkedUp { mut blocks, metadata, .. } = marked_up(item, false, pages);
            let title = item.stated.title.as_deref().or(metadata.title.as_deref());
            let language = settle(&mut blocks, title, declared.as_deref(), pages);
            let (text, page) = compose(&blocks, language, options.keep_all, pages);
            (text, page, metadata)
        }
    };
    if page.language.is_none() && metadata.language.is_none() {
        warnings.push(warning("W107", "the language could not be told; state it as `language` in a JSONL line"));
    }
    if !page.parts.iter().any(|part| is_own_text(part.kind) && part.kind != BlockKind::Title) {
        warnings.push(warning("W110", "no article was found in the page; `depeche extract --explain` tells what was made of its blocks"));
    }
    let published = published(item, &metadata, &mut warnings);
    warnings.extend(metadata.warnings);
    let (blocks, publisher_span) = char_spans(&text, &page.parts, page.publisher.clone());
    let words = |range: &Range<usize>| text.get(range.clone()).map(on_one_line);
    let first = |kind| page.parts.iter().find(|part| part.kind == kind).and_then(|part| words(&part.bytes));
    let named = |name: &String| Publisher { name: name.clone(), id: slug(name), span: CharSpan::default() };
    let in_text = publisher_span.zip(page.publisher.as_ref().and_then(words));
    let publisher = item.stated.publisher.as_ref().or(metadata.publisher.as_ref()).map(named);
    let dispatch = Dispatch {
        url: item.stated.url.clone().or(metadata.url),
        publisher: publisher.or_else(|| in_text.map(|(span, name)| Publisher { id: slug(&name), name, span })),
        language: page.language.clone().or(metadata.language),
        title: item.stated.title.clone().or(metadata.title).or_else(|| first(BlockKind::Title)),
        byline: item.stated.byline.clone().or(metadata.byline).or_else(|| first(BlockKind::Byline)),
        published,
        blocks,
        text,
    };
    Extraction { dispatch, metadata: metadata.all, warnings }
}

/// The blocks of an item's markup, not yet settled, with what decided them where that is wanted, and what the page says of itself.
pub(crate) struct MarkedUp {
    pub(crate) blocks: Vec<PageBlock>,
    pub(crate) reasons: Vec<Vec<Reason>>,
    pub(crate) metadata: Metadata,
}

pub(crate) fn marked_up(item: &Item, with_reasons: bool, pages: &Pages) -> MarkedUp {
    let Stated { url, fetched, .. } = &item.stated;
    let known = Known { address: url.as_deref(), fetched: fetched.as_deref(), repeated: Some(&item.repeated) };
    let parsed = ParsedPage::parse(item.content.as_str(), known, pages);
    if matches!(item.content, Content::Fragment(_)) {
        let blocks = parsed.of_fragment(pages);
        return MarkedUp { blocks, reasons: Vec::new(), metadata: Metadata::default() };
    }
    let (blocks, reasons) = parsed.of_page(item.content.as_str(), with_reasons, pages);
    MarkedUp { blocks, reasons, metadata: parsed.metadata }
}

/// The language that an item states.
pub(crate) fn declared(item: &Item, warnings: &mut Vec<Warning>) -> Option<String> {
    let words = item.stated.language.as_deref()?;
    let code = language::declared(words);
    if code.is_none() {
        let message = format!("`language` is `{words}`, which is no ISO 639-1 code such as `fr`; the language was told from the text");
        warnings.push(warning("W106", message));
    }
    code
}

/// The date that an item states, or else its page.
fn published(item: &Item, metadata: &Metadata, warnings: &mut Vec<Warning>) -> Published {
    let Some(words) = item.stated.published.as_deref() else { return metadata.published.clone() };
    published::stated(words).unwrap_or_else(|| {
        let message = format!("`published` is `{words}`, which is no day, date-time or interval `a/b` of ISO 8601 within the years 1000 to 2199; it was left out");
        warnings.push(warning("W105", message));
        metadata.published.clone()
    })
}

/// The parts as blocks, and a further range as a span: one pass over the text, since parts are in order.
fn char_spans(text: &str, parts: &[Part], further: Option<Range<usize>>) -> (Vec<Block>, Option<CharSpan>) {
    let (mut bytes, mut chars) = (0, 0);
    let mut advance = |to: usize| {
        chars += text.get(bytes..to).map_or(0, |passed| passed.chars().count());
        bytes = to;
        chars
    };
    let mut blocks = Vec::with_capacity(parts.len());
    let mut further_span = None;
    for part in parts {
        let start = advance(part.bytes.start);
        if let Some(inside) = further.as_ref().filter(|inside| part.bytes.start <= inside.start && inside.end <= part.bytes.end) {
            further_span = Some(CharSpan::new(advance(inside.start), advance(inside.end)));
        }
        blocks.push(Block { kind: part.kind, span: CharSpan::new(start, advance(part.bytes.end)) });
    }
    (blocks, further_span)
}

/// A title that is broken over lines, on one.
fn on_one_line(words: &str) -> String {
    if words.contains(['\n', '\r']) { words.split_whitespace().collect::<Vec<_>>().join(" ") } else { words.to_owned() }
}

/// An identifier made of a name: letters and digits without accents, joined by hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.nfd().filter(|&character| !is_combining_mark(character)).flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !matches!(character, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
