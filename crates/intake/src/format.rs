//! What an input is, told by its first bytes.
//!
//! In go up to [`HEAD_BYTES`] of an input and its name; out comes a [`Format`], or the name of a binary format that is none of ours. The
//! name only decides where the bytes leave it open: a `.jsonl` file whose first line is damaged is still JSONL.

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
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 5] = [Format::Text, Format::Jsonl, Format::Html, Format::Warc, Format::Feed];

    /// The word by which `--from` names it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Jsonl => "jsonl",
            Format::Html => "html",
            Format::Warc => "warc",
            Format::Feed => "feed",
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
    for (signature, what) in SIGNATURES {
        // Signatures of printable letters alone could begin a text: a NUL or a control byte must bear them out.
        let printable = signature.iter().all(u8::is_ascii_graphic) && !signature.starts_with(b"%PDF");
        if head.starts_with(signature) && (!printable || head.iter().any(|&byte| is_control(byte))) {
            return Sniffed::Binary(what);
        }
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let lower = text.get(..text.len().min(1024)).unwrap_or_default().to_ascii_lowercase();
    if lower.starts_with(b"warc/1.") || lower.starts_with(b"warc/0.") {
        return Sniffed::Is(Format::Warc);
    }
    if let Some(format) = markup(&lower) {
        return Sniffed::Is(format);
    }
    if begins_json(text) || (named_json(name) && !lower.is_empty()) {
        return Sniffed::Is(Format::Jsonl);
    }
    Sniffed::Is(Format::Text)
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

fn named_json(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".gz").unwrap_or(&lower);
    stem.ends_with(".jsonl") || stem.ends_with(".ndjson")
}

/// What markup is: a feed, a page, or neither.
fn markup(lower: &[u8]) -> Option<Format> {
    let holds = |what: &[u8]| lower.windows(what.len()).any(|window| window == what);
    let starts = |what: &[u8]| lower.starts_with(what);
    if starts(b"<rss") || starts(b"<feed") || starts(b"<rdf:rdf") {
        return Some(Format::Feed);
    }
    if starts(b"<?xml") {
        return match (holds(b"<rss") || holds(b"<feed") || holds(b"<rdf:rdf"), holds(b"<html")) {
            (true, _) => Some(Format::Feed),
            (false, true) => Some(Format::Html),
            (false, false) => None,
        };
    }
    const OPENERS: [&[u8]; 12] =
        [b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<title", b"<meta", b"<div", b"<article", b"<p>", b"<p ", b"<h1"];
    OPENERS.into_iter().any(starts).then_some(Format::Html)
}
