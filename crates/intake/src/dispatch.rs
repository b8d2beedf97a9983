//! An item to a dispatch.
//!
//! In goes an [`Item`]; out comes its [`Dispatch`], the text unchanged, each line that is not blank in a block, with what the lines and the
//! input say of language, title, author, publisher and date. What the input states is believed over what is inferred. It does not fail:
//! what cannot be told stays null, with a warning where it was stated and not understood.

use crate::composed::compose;
use crate::encoding::warning;
use crate::html;
use crate::lines::{Page, Part};
use crate::pages::Pages;
use crate::{Content, Item, language, published};
use depeche_record::{Block, BlockKind, CharSpan, Dispatch, Published, Publisher, Warning};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The dispatch that an item holds, and all warnings about it, the item's own first.
///
/// The date is the one stated by the input; where it states none, [`DatingMethod::None`](depeche_record::DatingMethod::None) leaves it to
/// those who read the text. Warnings: W101 encoding guessed, W102 damaged bytes replaced, W103 lone surrogates replaced, W104 control
/// characters, W105 stated date not understood, W106 stated language not understood, W107 language not told, W108 stated value left out.
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
    let mut warnings = item.warnings.clone();
    let declared = item.stated.language.as_deref().and_then(|words| {
        let code = language::declared(words);
        if code.is_none() {
            let message = format!("`language` is `{words}`, which is no ISO 639-1 code such as `fr`; the language was told from the text");
            warnings.push(warning("W106", message));
        }
        code
    });
    let (text, page) = match &item.content {
        Content::Text(text) => (text.clone(), Page::read(text, declared.as_deref(), pages)),
        Content::Page(html) => compose(html::read(html, pages), declared.as_deref(), false, pages),
        Content::Fragment(html) => compose(html::fragment(html, pages), declared.as_deref(), false, pages),
    };
    let text = text.as_str();
    if page.language.is_none() {
        warnings.push(warning("W107", "the language could not be told; state it as `language` in a JSONL line"));
    }
    let published = match item.stated.published.as_deref().map(|words| (words, published::stated(words))) {
        None => Published::default(),
        Some((_, Some(published))) => published,
        Some((words, None)) => {
            let message = format!("`published` is `{words}`, which is no day, date-time or interval `a/b` of ISO 8601; it was left out");
            warnings.push(warning("W105", message));
            Published::default()
        }
    };
    let (blocks, publisher_span) = char_spans(text, &page.parts, page.publisher.clone());
    let words = |range: &Range<usize>| text.get(range.clone()).map(on_one_line);
    let first = |kind| page.parts.iter().find(|part| part.kind == kind).and_then(|part| words(&part.bytes));
    let publisher = match (&item.stated.publisher, publisher_span, &page.publisher) {
        (Some(name), _, _) => Some(Publisher { name: name.clone(), id: slug(name), span: CharSpan::default() }),
        (None, Some(span), Some(bytes)) => words(bytes).map(|name| Publisher { id: slug(&name), name, span }),
        _ => None,
    };
    let dispatch = Dispatch {
        url: item.stated.url.clone(),
        publisher,
        language: page.language.clone(),
        title: first(BlockKind::Title),
        byline: first(BlockKind::Byline),
        published,
        text: text.to_owned(),
        blocks,
    };
    (dispatch, warnings)
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
