//! RSS of all versions and Atom: the entries of a feed, one after another.
//!
//! In go the bytes of a feed; out comes an item for each entry as soon as it ends, so that what is whole is given before what is damaged is
//! come to. Nothing that a document type declares is expanded or fetched. Feeds are seldom quite well-formed: an end tag that was forgotten and
//! an ampersand that stands alone are borne with. What is no feed, or has no entry, is refused.
//!
//! It reads events of XML itself and not through a crate for feeds, because those give nothing of a feed that is cut off and dates without
//! their offsets.

use super::feed_entry::{Entry, FeedSays, author};
use super::feed_text::{Value, local};
use super::{Items, Origin, refused};
use crate::encoding::{self, Declared, Decoded};
use crate::reader::{Item, hexadecimal_sha256};
use crate::repeats::Repeated;
use crate::{IntakeError, IntakeErrorKind};
use depeche_record::Warning;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::iter;

/// How far outwards the element is looked for that an end tag closes.
const CLOSED_WITHIN: usize = 32;

pub(crate) fn items(bytes: Vec<u8>, failure: Option<IntakeError>, origin: Origin) -> Items {
    match Feed::new(bytes, None, &origin) {
        // What the stream ended with is why the feed is not whole; it takes the place of what XML has to say of that.
        Ok(feed) => match failure {
            None => Box::new(feed),
            Some(failure) => {
                let whole = feed.take_while(|item| !matches!(item, Err(error) if error.kind == IntakeErrorKind::Malformed));
                Box::new(whole.chain(iter::once(Err(failure))))
            }
        },
        Err(error) => refused(failure.unwrap_or(error)),
    }
}

/// The entries of a feed that is a record of an archive.
pub(crate) fn of_record(bytes: Vec<u8>, media_type: Option<&str>, fetched: Option<String>, origin: &Origin, record: usize) -> Items {
    match Feed::new(bytes, media_type, origin) {
        Ok(mut feed) => {
            feed.says.fetched = fetched;
            feed.record = Some(record);
            Box::new(feed)
        }
        Err(error) => refused(error.at_record(record)),
    }
}

pub(crate) struct Feed {
    text: String,
    /// Where the reading goes on.
    at: usize,
    /// The elements that are open, outermost first.
    open: Vec<String>,
    says: FeedSays,
    entries: usize,
    origin: Origin,
    /// Its record in an archive.
    record: Option<usize>,
    warnings: Vec<Warning>,
    /// Whether there was a root element.
    rooted: bool,
    done: bool,
}

/// What an element's content is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Content,
    Summary,
    Link,
    Identifier,
    Published,
    Updated,
    Author,
    Source,
    Language,
}

/// An element whose content is being read.
struct Capture {
    field: Field,
    name: String,
    value: Value,
    /// How many elements of the same name are open within it.
    same: usize,
}

/// The entry at hand, and where it begins.
#[derive(Default)]
struct Begun {
    entry: Entry,
    start: usize,
    /// How many elements are open around it.
    depth: usize,
}

impl Feed {
    fn new(bytes: Vec<u8>, media_type: Option<&str>, origin: &Origin) -> Result<Feed, IntakeError> {
        let outside = Declared { transport: media_type, url: None, xml: true };
        let Decoded { text, warnings } = encoding::decode_page(bytes, outside).map_err(|binary| origin.binary(binary))?;
        Ok(Feed {
            text,
            at: 0,
            open: Vec::new(),
            says: FeedSays::default(),
            entries: 0,
            origin: origin.clone(),
            record: None,
            warnings,
            rooted: false,
            done: false,
        })
    }

    fn refuse(&self, kind: IntakeErrorKind, message: String, cure: &str) -> IntakeError {
        let error = self.origin.error(kind, message, cure);
        match self.record {
            Some(record) => error.at_record(record),
            None => error,
        }
    }

    /// Where in the feed the reading is.
    fn after(&self) -> String {
        match self.entries {
            0 => "before its first entry".to_owned(),
            entries => format!("after its entry {entries}"),
        }
    }

    /// Reads on to the end of the next entry.
    fn advance(&mut self) -> Option<Result<Item, IntakeError>> {
        let text = std::mem::take(&mut self.text);
        let rest = text.get(self.at..).unwrap_or_default();
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let position = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(rest.len());
        let mut begun: Option<Begun> = None;
        let mut capture: Option<Capture> = None;
        let ended = loop {
            let before = position(&reader);
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    if let Err(error) = self.opening(&tag, before, &mut begun, &mut capture) {
                        break Some(Err(error));
                    }
                }
                Ok(Event::Empty(tag)) => {
                    if let Err(error) = self.opening(&tag, before, &mut begun, &mut capture) {
                        break Some(Err(error));
                    }
                    if self.closing(tag.name().as_ref(), &mut begun, &mut capture) {
                        break self.ended(begun, rest, position(&reader));
                    }
                }
                Ok(Event::End(tag)) => {
                    if self.closing(tag.name().as_ref(), &mut begun, &mut capture) {
                        break self.ended(begun, rest, position(&reader));
                    }
                }
                Ok(Event::Eof) => break self.end_of_feed(begun.is_some() || capture.is_some()),
                Ok(event) => {
                    let Some(Capture { value, .. }) = &mut capture else { continue };
                    match event {
                        Event::Text(text) => value.push_text(&text.xml10_content()),
                        Event::CData(text) => value.push_text(&text.xml10_content()),
                        Event::GeneralRef(name) => value.push_reference(&name.into_inner()),
                        _ => {}
                    }
                }
                Err(error) => {
                    self.done = true;
                    let byte = self.at + position(&reader);
                    let message = format!("its XML is broken at byte {byte}, {}: {error}", self.after());
                    break Some(Err(self.refuse(IntakeErrorKind::Malformed, message, "obtain the feed again; what came before was read")));
                }
            }
        };
        self.at = self.at.saturating_add(position(&reader));
        self.text = text;
        if matches!(&ended, Some(Err(error)) if error.kind == IntakeErrorKind::Malformed) {
            self.done = true;
        }
        ended
    }

    /// An element begins.
    fn opening(
        &mut self,
        tag: &BytesStart<'_>,
        before: usize,
        begun: &mut Option<Begun>,
        capture: &mut Option<Capture>,
    ) -> Result<(), IntakeError> {
        let name = tag.name();
        let name = name.as_ref();
        if let Some(capture) = capture {
            capture.same += usize::from(name == capture.name);
            capture.value.push_opening(name, tag.attributes_raw());
            return Ok(());
        }
        if self.open.is_empty() && !matches!(local(name).to_ascii_lowercase().as_str(), "rss" | "feed" | "rdf" | "channel") {
            let name: String = name.chars().take(40).collect();
            let message = format!("its root element is `{name}`, which no feed has");
            return Err(self.refuse(IntakeErrorKind::Malformed, message, "give a document of RSS or Atom"));
        }
        self.rooted = true;
        let attribute = |wanted: &str| {
            let found = tag.html_attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == wanted)?;
            let value: &str = &found.value;
            Some(super::feed_text::unescape(value).trim().to_owned()).filter(|value| !value.is_empty())
        };
        let parent = self.open.last().map_or("", |parent| local(parent)).to_owned();
        let is_entry = self.is_own(name) && matches!(local(name), "item" | "entry");
        if is_entry && begun.is_none() {
            let entry = Entry { language: attribute("xml:lang"), ..Entry::default() };
            *begun = Some(Begun { entry, start: before, depth: self.open.len() });
        } else if self.open.is_empty() {
            self.says.language = attribute("xml:lang");
        }
        let field = match begun {
            Some(begun) if !is_entry => self.field_of_entry(name, &parent, self.open.len() - begun.depth),
            Some(_) => None,
            None => self.field_of_feed(name, &parent),
        };
        match (field, begun) {
            (Some(Field::Link), Some(Begun { entry, .. })) if attribute("href").is_some() => {
                if attribute("rel").is_none_or(|relation| relation == "alternate") {
                    entry.link = entry.link.take().or_else(|| attribute("href"));
                }
                self.open.push(name.to_owned());
            }
            (Some(Field::Identifier), _) if attribute("isPermaLink").is_some_and(|is| is.eq_ignore_ascii_case("false")) => {
                self.open.push(name.to_owned());
            }
            (Some(field), _) => {
                let value = Value::new(attribute("type").as_deref(), self.is_atom(name));
                *capture = Some(Capture { field, name: name.to_owned(), value, same: 0 });
            }
            (None, _) => self.open.push(name.to_owned()),
        }
        Ok(())
    }

    /// Whether an element belongs to the vocabulary of the feed itself.
    fn is_own(&self, name: &str) -> bool {
        let prefix = |name: &str| name.split_once(':').map_or("", |(prefix, _)| prefix).to_ascii_lowercase();
        let own = prefix(name);
        matches!(own.as_str(), "" | "rss" | "atom") || self.open.first().is_some_and(|root| prefix(root) == own && own != "rdf")
    }

    /// Whether an element has the ways of Atom, in a feed of Atom or another.
    fn is_atom(&self, name: &str) -> bool {
        self.open.first().is_some_and(|root| local(root) == "feed") || name.starts_with("atom:")
    }

    /// What an element is for that is open at `depth` within an entry.
    fn field_of_entry(&self, name: &str, parent: &str, depth: usize) -> Option<Field> {
        let own = self.is_own(name);
        match (depth, local(name)) {
            (2, "name") if own && parent == "author" => return Some(Field::Author),
            (2, "title") if own && parent == "source" => return Some(Field::Source),
            (1, _) => {}
            _ => return None,
        }
        match name {
            "content:encoded" => return Some(Field::Content),
            "dc:creator" => return Some(Field::Author),
            "dc:date" | "dcterms:issued" | "dcterms:created" => return Some(Field::Published),
            "dcterms:modified" => return Some(Field::Updated),
            "dc:language" => return Some(Field::Language),
            _ => {}
        }
        match local(name) {
            _ if !own => None,
            "title" => Some(Field::Title),
            "content" | "encoded" => Some(Field::Content),
            "description" | "summary" => Some(Field::Summary),
            "link" => Some(Field::Link),
            "guid" => Some(Field::Identifier),
            "pubDate" | "published" | "issued" => Some(Field::Published),
            "updated" | "modified" => Some(Field::Updated),
            "author" if !self.is_atom(name) => Some(Field::Author),
            "source" if !self.is_atom(name) => Some(Field::Source),
            _ => None,
        }
    }

    /// What an element of the feed outside its entries is for.
    fn field_of_feed(&self, name: &str, parent: &str) -> Option<Field> {
        let own = self.is_own(name);
        match (parent, local(name)) {
            ("feed" | "channel", "title") if own => Some(Field::Title),
            ("feed" | "channel", "language") => Some(Field::Language),
            ("author", "name") if own && self.open.len() == 2 && self.is_atom(name) => Some(Field::Author),
            _ => None,
        }
    }

    /// An element ends; whether an entry does with it.
    fn closing(&mut self, name: &str, begun: &mut Option<Begun>, capture: &mut Option<Capture>) -> bool {
        let ends_entry = begun.as_ref().is_some_and(|begun| self.open.get(begun.depth).is_some_and(|entry| entry == name));
        if let Some(mut done) = capture.take() {
            if name != done.name && !ends_entry {
                done.value.push_closing(name);
                *capture = Some(done);
                return false;
            }
            if name == done.name && done.same > 0 {
                done.same -= 1;
                done.value.push_closing(name);
                *capture = Some(done);
                return false;
            }
            self.set(done, begun);
            if !ends_entry {
                return false;
            }
        }
        let reach = self.open.len().saturating_sub(CLOSED_WITHIN);
        let closed = self.open.iter().skip(reach).rposition(|open| open == name).map(|at| at + reach);
        if ends_entry {
            self.open.truncate(begun.as_ref().map_or(0, |begun| begun.depth));
        } else if let Some(at) = closed {
            self.open.truncate(at.max(begun.as_ref().map_or(0, |begun| begun.depth + 1)));
        }
        ends_entry
    }

    /// Puts the content of an element where it belongs; the first of several counts.
    fn set(&mut self, Capture { field, value, .. }: Capture, begun: &mut Option<Begun>) {
        let first = |place: &mut Option<String>, words: Option<String>| {
            if place.is_none() {
                *place = words;
            }
        };
        let Some(Begun { entry, .. }) = begun else {
            match field {
                Field::Title => first(&mut self.says.title, value.line()),
                Field::Language => self.says.language = value.line().or_else(|| self.says.language.take()),
                Field::Author => self.says.authors.extend(value.line().as_deref().and_then(author)),
                _ => {}
            }
            return;
        };
        match field {
            Field::Title if entry.title.is_blank() => entry.title = value,
            Field::Content if entry.content.is_blank() => entry.content = value,
            Field::Summary if entry.summary.is_blank() => entry.summary = value,
            Field::Title | Field::Content | Field::Summary => {}
            Field::Link => first(&mut entry.link, value.line()),
            Field::Identifier => {
                let is_address = |words: &String| words.starts_with("http://") || words.starts_with("https://");
                first(&mut entry.permalink, value.line().filter(is_address));
            }
            Field::Published => first(&mut entry.published, value.line()),
            Field::Updated => first(&mut entry.updated, value.line()),
            Field::Author => {
                let name = value.line().as_deref().and_then(author);
                entry.authors.extend(name.filter(|name| !entry.authors.contains(name)));
            }
            Field::Source => first(&mut entry.source, value.line()),
            Field::Language => first(&mut entry.language, value.line()),
        }
    }

    /// The item of an entry that has ended.
    fn ended(&mut self, begun: Option<Begun>, rest: &str, end: usize) -> Option<Result<Item, IntakeError>> {
        let Begun { entry, start, .. } = begun?;
        self.entries += 1;
        let number = self.entries;
        if entry.is_blank() {
            let message = format!("its entry {number} has neither title nor text");
            return Some(Err(self.refuse(IntakeErrorKind::Empty, message, "nothing is lost by its absence")));
        }
        let record = self.record.map(|record| format!("#{record}")).unwrap_or_default();
        Some(Ok(Item {
            id: format!("{}{record}#{number}", self.origin.name),
            input: self.origin.name.clone(),
            line: None,
            source_sha256: hexadecimal_sha256(rest.get(start..end).unwrap_or_default().as_bytes()),
            content: entry.content(),
            repeated: Repeated::default(),
            stated: entry.stated(&self.says),
            warnings: self.warnings.clone(),
        }))
    }

    /// There is no more.
    fn end_of_feed(&mut self, within: bool) -> Option<Result<Item, IntakeError>> {
        self.done = true;
        let cure = "obtain the feed again; what came before was read";
        if !self.rooted {
            return Some(Err(self.refuse(
                IntakeErrorKind::Malformed,
                "there is no feed in it".to_owned(),
                "give a document of RSS or Atom",
            )));
        }
        if within || !self.open.is_empty() {
            let message = format!("the feed stops before its end, {}", self.after());
            return Some(Err(self.refuse(IntakeErrorKind::Malformed, message, cure)));
        }
        let empty = || self.refuse(IntakeErrorKind::Empty, "there is no entry in the feed".to_owned(), "name a feed that has entries");
        (self.entries == 0).then(|| Err(empty()))
    }
}

impl Iterator for Feed {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done { None } else { self.advance() }
    }
}
