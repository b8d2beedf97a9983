//! A coded dispatch made ready to be written.
//!
//! In goes a [`CodedDispatch`]; out comes all that is written of it: its JSON, pressed, its words for the full text, its rows drawn up, its dossier with the keys it is found under. Threads
//! do this side by side, so that the one that writes only writes. Refused is what has no identity: an empty id, or a hash of the input that is none; and offsets beyond the text.

use crate::drawn::Drawn;
use crate::error::{StoreError, StoreErrorKind};
use crate::rows::{self, day, word};
use crate::words::Indexed;
use depeche_record::{CharSpan, CodedDispatch, Dispatch, Warning};
use depeche_resolve::{Form, Key, ReadDossier, Resolver};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most rows of one kind that a dispatch may have: their keys are made of its own and their place.
pub(crate) const MAX_ROWS: usize = 1 << 16;
/// The most bytes of an id.
const MAX_ID: usize = 4096;

/// SHA-256 of the input that a dispatch was read from: what makes two dispatches one.
pub type Content = [u8; 32];

/// A dispatch ready for [`crate::Store::ingest`]. Nothing of the coded dispatch is left but what is written: whoever writes would let go thousands of small pieces of memory that another thread took.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) id: String,
    pub(crate) content: Content,
    pub(crate) text: String,
    /// The columns of its row ([`Described`]).
    pub(crate) described: Described,
    pub(crate) source: Option<SourceRow>,
    /// The coded dispatch without its text.
    pub(crate) json: Vec<u8>,
    pub(crate) indexed: Indexed,
    pub(crate) rows: Drawn,
    /// What it calls countries, by their codes.
    pub(crate) country_names: BTreeSet<(String, String)>,
    /// The places of the statements that are its pledges, in their order.
    pub(crate) pledged: Vec<usize>,
    pub(crate) events: usize,
    pub(crate) resolved: Resolved,
    warnings: Vec<Warning>,
}

/// What a coding says of a dispatch as a whole, but for the run and the source.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
    pub(crate) method: String,
}

impl Described {
    fn of(dispatch: &Dispatch) -> Described {
        let published = &dispatch.published;
        Described {
            url: dispatch.url.clone(),
            language: dispatch.language.clone(),
            title: dispatch.title.clone(),
            byline: dispatch.byline.clone(),
            published: published.value.clone(),
            first: day(published.earliest),
            last: day(published.latest),
            method: word(&published.method),
        }
    }
}

/// A publisher as the record keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) state: Option<bool>,
    pub(crate) agency: Option<bool>,
    pub(crate) official: Option<bool>,
}

impl SourceRow {
    /// The publisher of a dispatch with what the packs know of it.
    fn of(coded: &CodedDispatch, resolver: &Resolver) -> Option<SourceRow> {
        let publisher = coded.dispatch.publisher.as_ref()?;
        let publishers = resolver.publishers();
        let known = publishers.named(&publisher.name);
        let facts = known.map(|(_, facts)| facts);
        Some(SourceRow {
            id: known.map_or(publisher.id.as_str(), |(id, _)| id).to_owned(),
            name: facts.and_then(|facts| facts.names.first()).unwrap_or(&publisher.name).clone(),
            country: facts.map(|facts| facts.country.as_str().to_owned()),
            state: facts.map(|facts| facts.state),
            agency: facts.map(|facts| facts.agency),
            official: facts.map(|facts| facts.official),
        })
    }
}

/// What resolution needs of a dispatch, as it is filed.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) dossier: Arc<ReadDossier>,
    pub(crate) json: Vec<u8>,
    pub(crate) keys: Vec<Key>,
    /// Its persons and bodies.
    pub(crate) forms: Vec<Form>,
}

impl Prepared {
    /// Makes a coded dispatch ready.
    ///
    /// # Errors
    /// When it has no id or no SHA-256, or points beyond its text.
    pub fn new(mut coded: CodedDispatch, resolver: &Resolver) -> Result<Prepared, StoreError> {
        let content = content_of(&coded.source_sha256);
        let refuse = |what: &str| {
            let message = if coded.id.is_empty() { format!("a dispatch {what}") } else { format!("{}: {what}", coded.id) };
            Err(StoreError::new(StoreErrorKind::Dispatch, message, "give it as `depeche code` writes it"))
        };
        let Some(content) = content else { return refuse("has no SHA-256 of its input in `source_sha256`") };
        if coded.id.is_empty() {
            return refuse("has no id");
        }
        if coded.id.len() > MAX_ID || coded.id.contains('\0') {
            return refuse("its id is too long or holds a NUL");
        }
        if spans(&coded).any(|span| span.end < span.start || span.end > coded.dispatch.text.chars().count()) {
            return refuse("it points beyond its text");
        }
        let rows = [
            coded.sentences.len(),
            coded.mentions.len(),
            coded.entities.len(),
            coded.roles.len(),
            coded.timexes.len(),
            coded.events.len(),
            coded.statements.len(),
            coded.dispatch.blocks.len(),
        ];
        if rows.into_iter().any(|rows| rows >= MAX_ROWS) {
            return refuse("it has more facts than one dispatch may");
        }
        let mut dossier = resolver.dossier(&coded);
        let (json, keys) = (press(&dossier)?, resolver.keys(&dossier));
        let rows = rows::draw(&coded, &std::mem::take(&mut dossier.entities));
        let forms = std::mem::take(&mut dossier.forms);
        let statements = coded.statements.iter().enumerate();
        let pledged = statements.filter(|(_, statement)| statement.commitment.is_some()).map(|(place, _)| place).collect();
        Ok(Prepared {
            content,
            described: Described::of(&coded.dispatch),
            source: SourceRow::of(&coded, resolver),
            json: press_without_text(&mut coded)?,
            indexed: Indexed::of(&coded.dispatch),
            rows,
            country_names: rows::country_names(&coded),
            pledged,
            events: coded.events.len(),
            resolved: Resolved { json, keys, forms, dossier: Arc::new(resolver.read(dossier)) },
            id: coded.id,
            text: coded.dispatch.text,
            warnings: coded.warnings,
        })
    }

    /// Gives it another id, as where its own stands for another text already.
    pub(crate) fn rename(&mut self, id: String, resolver: &Resolver) -> Result<(), StoreError> {
        let mut coded: CodedDispatch = unpress(&self.json)?;
        coded.dispatch.text = std::mem::take(&mut self.text);
        coded.id = id;
        *self = Prepared::new(coded, resolver)?;
        Ok(())
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// ISO 639-1 code of its language.
    pub fn language(&self) -> Option<&str> {
        self.described.language.as_deref()
    }

    /// What its coding warns of.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// A coded dispatch as pressed JSON, without its text, which is kept apart.
fn press_without_text(coded: &mut CodedDispatch) -> Result<Vec<u8>, StoreError> {
    let text = std::mem::take(&mut coded.dispatch.text);
    let pressed = press(coded);
    coded.dispatch.text = text;
    pressed
}

/// Every place that a coded dispatch points at, but for those that are shown with their text alone.
fn spans(coded: &CodedDispatch) -> impl Iterator<Item = CharSpan> + '_ {
    let events = coded.events.iter().flat_map(|event| {
        let parties = event.actors.iter().chain(&event.recipients).map(|party| party.span);
        parties.chain([event.trigger.span]).chain(event.also.iter().copied())
    });
    let blocks = coded.dispatch.blocks.iter().map(|block| block.span);
    let statements = coded.statements.iter().flat_map(|statement| {
        let object = statement.commitment.iter().map(|commitment| commitment.object.span);
        object.chain([statement.content.span])
    });
    let others = coded.mentions.iter().map(|mention| mention.span).chain(coded.roles.iter().map(|role| role.span));
    blocks
        .chain(coded.sentences.iter().copied())
        .chain(others)
        .chain(coded.timexes.iter().map(|timex| timex.span))
        .chain(events)
        .chain(statements)
}

/// The hash that a hexadecimal SHA-256 writes.
pub fn content_of(sha256: &str) -> Option<Content> {
    if sha256.len() != 64 || !sha256.is_ascii() {
        return None;
    }
    let mut content = [0; 32];
    for (byte, place) in content.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(sha256.get(place..place + 2)?, 16).ok()?;
    }
    Some(content)
}

/// The most bytes that pressed JSON may hold, so that a damaged file cannot ask for all memory.
const MOST_JSON: usize = 1 << 30;

thread_local! {
    // To make one of these costs more than to press a small dispatch.
    static PRESS: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), true));
    static UNPRESS: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// A value as pressed JSON.
pub(crate) fn press<T: Serialize>(value: &T) -> Result<Vec<u8>, StoreError> {
    let failed =
        |error: &dyn std::fmt::Display| StoreError::new(StoreErrorKind::Other, format!("it cannot be written: {error}"), "report this");
    let json = serde_json::to_vec(value).map_err(|error| failed(&error))?;
    PRESS.with_borrow_mut(|press| {
        press.reset();
        let mut pressed = Vec::with_capacity(json.len() / 2 + 64);
        loop {
            let taken = usize::try_from(press.total_in()).unwrap_or(usize::MAX);
            let rest = json.get(taken..).unwrap_or_default();
            match press.compress_vec(rest, &mut pressed, FlushCompress::Finish).map_err(|error| failed(&error))? {
                Status::StreamEnd => return Ok(pressed),
                Status::Ok | Status::BufError => pressed.reserve(json.len() / 2 + 64),
            }
        }
    })
}

/// What [`press`] wrote.
pub(crate) fn unpress<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    let damaged = |error: &dyn std::fmt::Display| StoreError::damaged(format!("a dispatch cannot be unpressed: {error}"));
    let json = UNPRESS.with_borrow_mut(|unpress| {
        unpress.reset(true);
        let mut json = Vec::with_capacity(bytes.len() * 5 + 64);
        loop {
            let taken = usize::try_from(unpress.total_in()).unwrap_or(usize::MAX);
            let rest = bytes.get(taken..).unwrap_or_default();
            let before = (unpress.total_in(), json.len());
            match unpress.decompress_vec(rest, &mut json, FlushDecompress::Finish).map_err(|error| damaged(&error))? {
                Status::StreamEnd => return Ok(json),
                Status::Ok | Status::BufError if json.len() == json.capacity() && json.len() < MOST_JSON => json.reserve(json.len()),
                Status::Ok | Status::BufError if before == (unpress.total_in(), json.len()) => return Err(damaged(&"it ends too soon")),
                Status::Ok | Status::BufError => {}
            }
        }
    })?;
    serde_json::from_slice(&json).map_err(|error| StoreError::damaged(format!("a dispatch cannot be read: {error}")))
}
