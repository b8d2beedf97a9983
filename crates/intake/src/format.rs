//! What an input is, told by its first bytes.
//!
//! In go up to [`HEAD_BYTES`] of an input and its name; out comes a [`Format`], or the name of a binary format that is none of ours. The
//! name only decides where the bytes leave it open: a `.jsonl` file whose first line is damaged is still JSONL.

use memchr::memmem;
use std::fmt;
use std::str::FromStr;

/// How many bytes of an input are looked at.
pub(crate) const HEAD_BYTES: usize = 8192;

/// The formats of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one dispatch a file.
    Text,
    /// One JSON object a line, a dispatch each.
    Jsonl,
    /// A web page.
    Html,
    /// An archive of web pages.
    Warc,
    /// RSS, Atom or RDF.
    Feed,
    /// An archive of files of any of these.
    Tar,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 6] = [Format::Text, Format::Jsonl, Format::Html, Format::Warc, Format::Feed, Format::Tar];

    /// The word by which `--from` names it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Jsonl => "jsonl",
            Format::Html => "html",
            Format::Warc => "warc",
            Format::Feed => "feed",
            Format::Tar => "tar",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Format::ALL.into_iter().find(|format| format.name() == word).ok_or_else(|| {
            let words = Format::ALL.map(Format::name).join(", ");
            format!("`{word}` is no format of an input; there are {words}")
        })
    }
}

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// One of ours.
    Is(Format),
    /// A format that holds no text as it stands, by its name.
    Binary(&'static str),
}

/// What an input that begins with `head` is. `head` is decompressed; `name` is what the input is called.
pub(crate) fn sniff(head: &[u8], name: &str) -> Sniffed {
    const SIGNATURES: [(&[u8], &str); 14] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"RIFF", "a sound, film or image file"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90\x00", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\xFD7zXZ\0", "xz-compressed data"),
        (b"\x28\xB5\x2F\xFD", "zstd-compressed data"),
        (b"BZh", "bzip2-compressed data"),
        (b"PAR1", "a Parquet file"),
    ];
    if begins_tar(head) {
        return Sniffed::Is(Format::Tar);
    }
    for (signature, what) in SIGNATURES {
        // Signatures of printable letters alone could begin a text: a NUL or a control byte must bear them out.
        let printable = signature.iter().all(u8::is_ascii_graphic) && !signature.starts_with(b"%PDF");
        if head.starts_with(signature) && (!printable || head.iter().any(|&byte| is_control(byte))) {
            return Sniffed::Binary(what);
        }
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with(b"warc/1.") || lower.starts_with(b"warc/0.") {
        return Sniffed::Is(Format::Warc);
    }
    if let Some(format) = markup(&lower, name) {
        return Sniffed::Is(format);
    }
    if begins_json(text) || (named(name, &[".jsonl", ".ndjson"]) && !lower.is_empty()) {
        return Sniffed::Is(Format::Jsonl);
    }
    Sniffed::Is(Format::Text)
}

/// A first header of tar: its mark in its place, and a checksum that holds.
fn begins_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512).filter(|header| header.get(257..262) == Some(b"ustar".as_slice())) else { return false };
    let stated = header.get(148..156).and_then(|field| std::str::from_utf8(field).ok()).and_then(|field| {
        let digits = field.trim_matches(|character: char| character == '\0' || character == ' ');
        u32::from_str_radix(digits, 8).ok()
    });
    // The checksum is taken as if its own field were blank.
    let sum: u32 = header.iter().enumerate().map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { u32::from(byte) }).sum();
    stated == Some(sum)
}

/// Whether a byte has no place in text: not a NUL of UTF-16, which is asked after that is ruled out, nor tab, line and page breaks.
pub(crate) fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x0B | 0x1B)) || byte == 0x7F
}

/// An object, or an array of objects (which is then refused with its cure).
fn begins_json(text: &[u8]) -> bool {
    let after = |open: u8| text.first().filter(|&&byte| byte == open).and_then(|_| text.get(1..)).map(<[u8]>::trim_ascii_start);
    match (after(b'{'), after(b'[')) {
        (Some(rest), _) => matches!(rest.first(), Some(b'"' | b'}')),
        (_, Some(rest)) => rest.first() == Some(&b'{'),
        _ => false,
    }
}

fn named(name: &str, endings: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".gz").unwrap_or(&lower);
    endings.iter().any(|ending| stem.ends_with(ending))
}

/// What markup is: a feed, a page, or neither. `lower` is in lower case.
fn markup(lower: &[u8], name: &str) -> Option<Format> {
    const PAGE: [&[u8]; 31] = [
        b"html",
        b"head",
        b"body",
        b"title",
        b"meta",
        b"link",
        b"script",
        b"style",
        b"noscript",
        b"base",
        b"div",
        b"article",
        b"section",
        b"main",
        b"header",
        b"nav",
        b"aside",
        b"table",
        b"center",
        b"font",
        b"span",
        b"p",
        b"a",
        b"br",
        b"h1",
        b"h2",
        b"h3",
        b"ul",
        b"img",
        b"iframe",
        b"form",
    ];
    let (opening, rest) = prolog(lower);
    if opening == Opening::Page {
        return Some(Format::Html);
    }
    let root = rest.strip_prefix(b"<").unwrap_or_default();
    let root = root.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')).next().unwrap_or_default();
    let local = root.rsplit(|&byte| byte == b':').next().unwrap_or_default();
    if root == b"rdf:rdf" || local == b"rss" || local == b"feed" {
        return Some(Format::Feed);
    }
    if PAGE.contains(&root) || (opening == Opening::Comment && !rest.starts_with(b"<")) {
        return Some(Format::Html);
    }
    // What a faulty server says before the page does not make it a text, and a page's name is believed where there is a tag at all.
    let holds = |what: &[u8]| memmem::find(lower, what).is_some();
    let page = holds(b"<!doctype html") || (holds(b"<html") && (holds(b"<head") || holds(b"<body")));
    let is_page = page || (named(name, &[".html", ".htm", ".xhtml"]) && holds(b"</"));
    is_page.then_some(Format::Html)
}

/// What stands before the root element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Nothing,
    Comment,
    /// A document type of HTML.
    Page,
}

/// Passes over XML declaration, comments, processing instructions and document type.
fn prolog(lower: &[u8]) -> (Opening, &[u8]) {
    let (mut opening, mut rest) = (Opening::Nothing, lower);
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            opening = Opening::Comment;
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else if rest.starts_with(b"<!doctype html") {
            return (Opening::Page, rest);
        } else if rest.starts_with(b"<!doctype") {
            // Declarations of its own stand in brackets.
            let bracket = rest.iter().position(|byte| matches!(byte, b'[' | b'>'));
            if bracket.and_then(|at| rest.get(at)) == Some(&b'[') { b"]>" } else { b">" }
        } else {
            return (opening, rest);
        };
        match memmem::find(rest, end).and_then(|at| rest.get(at + end.len()..)) {
            Some(after) => rest = after,
            None => return (opening, b""),
        }
    }
}
