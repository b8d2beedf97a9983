//! The readers of formats, and which of them an input goes to.
//!
//! In goes a stream with what it is called; out come its [`Items`], one at a time. A stream is told by its first bytes unless its format is
//! given; an archive is opened either way, and what is in it is told or taken as given in its turn. What holds no text, or is an archive
//! within an archive, is refused.

mod archive;
mod feed;
mod feed_entry;
mod feed_text;
mod http;
mod json_line;
mod json_lines;
mod page;
mod text;
mod warc;
mod warc_record;

use crate::encoding;
use crate::format::{self, Format, HEAD_BYTES, Sniffed};
use crate::reader::Item;
use crate::stream::{MAGIC, Marks, Stream};
use crate::{IntakeError, IntakeErrorKind};
use std::io::{self, Read};
use std::iter;

/// What a reader gives.
pub(crate) type Items = Box<dyn Iterator<Item = Result<Item, IntakeError>> + Send>;

/// What every reader is told of its input.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// What the input is called, in ids and messages.
    pub(crate) name: String,
    /// The most bytes that one item may have.
    pub(crate) max_bytes: usize,
    /// Whether it is a member of an archive.
    pub(crate) within_archive: bool,
}

impl Origin {
    pub(crate) fn error(&self, kind: IntakeErrorKind, message: impl Into<String>, cure: impl Into<String>) -> IntakeError {
        IntakeError::new(self.name.clone(), kind, message, cure)
    }

    pub(crate) fn of_system(&self, error: &io::Error) -> IntakeError {
        IntakeError::of_system(self.name.clone(), error)
    }

    /// That `what` is larger than an item may be.
    pub(crate) fn too_large(&self, what: &str) -> IntakeError {
        let most = match self.max_bytes {
            bytes if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
            bytes => format!("{bytes} bytes"),
        };
        let message = format!("{what} holds more than {most}, the most that one dispatch may have");
        self.error(IntakeErrorKind::TooLarge, message, "split it into dispatches, or allow more with `--max-bytes`")
    }

    pub(crate) fn binary(&self, binary: encoding::Binary) -> IntakeError {
        self.error(IntakeErrorKind::Binary, binary.to_string(), "give it as text in UTF-8")
    }

    pub(crate) fn blank(&self) -> IntakeError {
        self.error(IntakeErrorKind::Empty, "there is nothing but white space in it", "give it the text of a dispatch")
    }
}

/// The items of a stream. `marks` are those of an archive it comes out of.
pub(crate) fn open(bytes: Box<dyn Read + Send>, marks: Marks, origin: Origin, forced: Option<Format>) -> Items {
    let mut stream = match Stream::open(bytes, marks) {
        Ok(stream) => stream,
        Err(error) => return refused(origin.of_system(&error)),
    };
    let compressed = stream.is_gzip();
    let head = match stream.look(HEAD_BYTES) {
        Ok(head) => head.get(..HEAD_BYTES).unwrap_or(head),
        Err(error) => return refused(origin.of_system(&error)),
    };
    if head.is_empty() {
        return refused(origin.error(IntakeErrorKind::Empty, "it is empty", "give it the text of a dispatch"));
    }
    if compressed && head.starts_with(MAGIC) {
        let message = "it is gzip within gzip, of which one layer is read";
        return refused(origin.error(IntakeErrorKind::NotSupported, message, "decompress it once with `gunzip`"));
    }
    let wide = encoding::wide_encoding(head);
    let looks = match (format::sniff(head, &origin.name), wide) {
        (Sniffed::Is(Format::Text | Format::Jsonl | Format::Html), Some(wide)) => {
            format::sniff(wide.decode(head).0.as_bytes(), &origin.name)
        }
        (looks, _) => looks,
    };
    let format = match (looks, forced) {
        (Sniffed::Binary(what), _) => {
            return refused(origin.error(IntakeErrorKind::Binary, format!("it is {what}, not text"), "extract its text first"));
        }
        // An archive is a wrapping, as gzip is: what is told of the format is told of what it holds.
        (Sniffed::Is(Format::Tar), _) | (_, Some(Format::Tar)) => Format::Tar,
        (Sniffed::Is(format), forced) => forced.unwrap_or(format),
    };
    match format {
        Format::Text => whole(stream, origin, text::items),
        Format::Html => whole(stream, origin, page::items),
        Format::Feed => whole(stream, origin, feed::items),
        Format::Jsonl if wide.is_some() => whole(stream, origin, json_lines::of_wide),
        Format::Jsonl => Box::new(json_lines::JsonLines::new(stream, origin)),
        Format::Warc => Box::new(warc::Warc::new(stream, origin)),
        Format::Tar if origin.within_archive => {
            let message = "it is an archive within an archive, which is not opened";
            refused(origin.error(IntakeErrorKind::NotSupported, message, "unpack the outer one and name what is in it"))
        }
        Format::Tar => Box::new(archive::Archive::new(stream, origin, forced.filter(|&format| format != Format::Tar))),
    }
}

pub(crate) fn refused(error: IntakeError) -> Items {
    Box::new(iter::once(Err(error)))
}

/// Reads all of a stream that is one thing, and gives it to its reader with the failure, if any, that its bytes ended with.
fn whole(mut stream: Stream, origin: Origin, reader: fn(Vec<u8>, Option<IntakeError>, Origin) -> Items) -> Items {
    let mut bytes = Vec::new();
    let read = (&mut stream).take(origin.max_bytes as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > origin.max_bytes {
        return refused(origin.too_large("it"));
    }
    let failure = read.err().map(|error| origin.of_system(&error));
    reader(bytes, failure, origin)
}
