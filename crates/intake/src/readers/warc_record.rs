//! A record of a WARC to its items.
//!
//! In go the header and the block of a record; out comes the page, the text or the entries of the feed that it holds, with the address and the
//! time at which it was fetched. Requests, redirects, errors, pictures and all else that is no page hold nothing and are passed over.

use super::http::{self, NoBody};
use super::{Items, Origin, feed, page, refused, text};
use crate::encoding::warning;
use crate::format::{self, Format, HEAD_BYTES, Sniffed};
use crate::reader::{Item, Stated, hexadecimal_sha256};
use crate::{IntakeError, IntakeErrorKind};
use std::iter;

/// What is read of a record's header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    kind: String,
    pub(crate) length: Option<u64>,
    url: Option<String>,
    fetched: Option<String>,
    media_type: Option<String>,
    truncated: Option<String>,
}

/// What the block of a record is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Payload {
    /// Nothing to be read.
    None,
    /// A response that is none.
    Broken,
    /// A page, a text or a feed, after the header of a response or alone.
    Page { http: Option<http::Head> },
}

impl Head {
    pub(crate) fn is_response(&self) -> bool {
        self.kind == "response"
    }

    pub(crate) fn read(bytes: &[u8]) -> Head {
        let mut head = Head::default();
        let set = |field: &mut Option<String>, value: String| {
            if field.is_none() && !value.is_empty() {
                *field = Some(value);
            }
        };
        for (name, value) in http::fields(bytes) {
            match name.as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "content-length" => head.length = head.length.or_else(|| value.parse().ok()),
                // Old writers put it in angle brackets.
                "warc-target-uri" => set(&mut head.url, value.trim_matches(['<', '>']).to_owned()),
                "warc-date" => set(&mut head.fetched, value),
                "content-type" => set(&mut head.media_type, value),
                "warc-truncated" => set(&mut head.truncated, value),
                _ => {}
            }
        }
        head
    }
}

/// What a record's block is, told by its header and, of a response, by the first bytes of the block.
pub(crate) fn payload(head: &Head, begins: &[u8]) -> Payload {
    match head.kind.as_str() {
        "response" if head.media_type.as_deref().is_some_and(|words| essence(words) != "application/http") => Payload::None,
        "response" => match http::Head::read(begins) {
            None if begins.is_empty() => Payload::None,
            None => Payload::Broken,
            Some(http) if http.status == 200 && expected(http.media_type.as_deref(), false) => Payload::Page { http: Some(http) },
            Some(_) => Payload::None,
        },
        "resource" | "conversion" if head.media_type.is_some() && expected(head.media_type.as_deref(), true) => {
            Payload::Page { http: None }
        }
        _ => Payload::None,
    }
}

/// The media type without its parameters.
fn essence(words: &str) -> String {
    words.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is one of what is read. Without one, the bytes are asked.
fn expected(media_type: Option<&str>, text: bool) -> bool {
    match media_type.map(essence).as_deref() {
        None | Some("" | "text/html" | "application/xhtml+xml") => true,
        Some("application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "text/xml" | "application/xml") => true,
        Some("text/plain") => text,
        Some(_) => false,
    }
}

/// What a block gives.
pub(crate) fn items(head: &Head, http: Option<&http::Head>, mut block: Vec<u8>, origin: &Origin, record: usize) -> Items {
    block.drain(..http.map_or(0, |http| http.length).min(block.len()));
    let source_sha256 = hexadecimal_sha256(&block);
    let media_type = http.map_or(head.media_type.as_deref(), |http| http.media_type.as_deref());
    let id = format!("{}#{record}", origin.name);
    let (bytes, cut) = match http {
        None => (block, false),
        Some(http) => match http.body(block, origin.max_bytes) {
            Ok(body) => (body.bytes, body.cut),
            Err(no_body) => return refused(of_body(no_body, origin).at_record(record)),
        },
    };
    let stated = Stated { url: head.url.clone(), fetched: head.fetched.clone(), ..Stated::default() };
    let kind = media_type.map(essence).unwrap_or_default();
    let begins = bytes.get(..HEAD_BYTES).unwrap_or(&bytes);
    let item = match (format::sniff(begins, ""), kind.as_str()) {
        (_, "text/plain") => text::item(bytes, id, stated, origin),
        (Sniffed::Is(Format::Feed), _) | (_, "application/rss+xml" | "application/atom+xml" | "application/rdf+xml") => {
            return feed::of_record(bytes, media_type, stated.fetched, origin, record);
        }
        (Sniffed::Binary(what), "text/html" | "application/xhtml+xml") => {
            Err(origin.error(IntakeErrorKind::Binary, format!("it is {what}, though it came as `{kind}`"), "pass this record over"))
        }
        (_, "text/html" | "application/xhtml+xml") | (Sniffed::Is(Format::Html), _) => {
            page::item(bytes, source_sha256.clone(), id, stated, media_type, origin)
        }
        // XML of another kind, or something without a type that is no page.
        _ => return Box::new(iter::empty()),
    };
    let reason = head.truncated.as_deref().map(|reason| format!("WARC-Truncated: {reason}"));
    let item = item.map_err(|error| error.at_record(record)).map(|item| with_end(Item { source_sha256, ..item }, reason, cut));
    Box::new(iter::once(item))
}

/// Warns where the end of an item is missing.
fn with_end(mut item: Item, reason: Option<String>, cut: bool) -> Item {
    if let Some(reason) = reason.or_else(|| cut.then(|| "its compressed or chunked body stops early".to_owned())) {
        item.warnings.push(warning("W121", format!("the page was archived without its end ({reason}); what there is was read")));
    }
    item
}

fn of_body(no_body: NoBody, origin: &Origin) -> IntakeError {
    match no_body {
        NoBody::TooLarge => origin.too_large("its body, decompressed,"),
        NoBody::Damaged(why) => origin.error(IntakeErrorKind::Unreadable, why, "obtain the page again"),
        NoBody::Unknown(encoding) => {
            let message = format!("its body is compressed as `{encoding}`, which is not read");
            origin.error(IntakeErrorKind::NotSupported, message, "archive it as gzip, deflate or br, or without compression")
        }
    }
}
