//! JSONL, a dispatch a line.
//!
//! In go lines; out comes an item or an error for each that is not blank. No more of a line is held than an item may have: a longer one is
//! refused and passed over.

use super::{Items, Origin, json_line, refused};
use crate::encoding;
use crate::reader::Item;
use crate::stream::Stream;
use crate::{IntakeError, IntakeErrorKind};
use std::io::{self, BufRead, Cursor, Read};

pub(crate) struct JsonLines {
    stream: Stream,
    origin: Origin,
    line: usize,
    records: usize,
    done: bool,
}

impl JsonLines {
    pub(crate) fn new(stream: Stream, origin: Origin) -> JsonLines {
        JsonLines { stream, origin, line: 0, records: 0, done: false }
    }
}

/// The lines of an encoding that has no line breaks of one byte.
pub(crate) fn of_wide(bytes: Vec<u8>, failure: Option<IntakeError>, origin: Origin) -> Items {
    let text = match encoding::decode(bytes) {
        Ok(decoded) => decoded.text,
        Err(binary) => return refused(origin.binary(binary)),
    };
    match Stream::open(Box::new(Cursor::new(text.into_bytes())), Vec::new()) {
        Ok(stream) => Box::new(JsonLines::new(stream, origin).chain(failure.map(Err))),
        Err(error) => refused(origin.of_system(&error)),
    }
}

impl Iterator for JsonLines {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        while !self.done {
            self.stream.item_begins();
            let taken = read_line(&mut self.stream, &mut bytes, self.origin.max_bytes);
            let at = self.line + 1;
            match taken {
                Ok(Line::End) => {
                    self.done = true;
                    let message = "there is no line in it";
                    let empty = self.origin.error(IntakeErrorKind::Empty, message, "give it one JSON object a line");
                    return (self.records == 0).then_some(Err(empty));
                }
                Ok(Line::TooLong) => {
                    self.line = at;
                    self.records += 1;
                    return Some(Err(self.origin.too_large("the line").at_line(at)));
                }
                Ok(Line::Whole) => {
                    self.line = at;
                    let content = if at == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes) } else { &bytes };
                    if content.trim_ascii().is_empty() {
                        continue;
                    }
                    self.records += 1;
                    return Some(json_line::item(content, &self.origin.name, at, self.records).map_err(|error| error.at_line(at)));
                }
                Err(error) => {
                    self.done = true;
                    return Some(Err(self.origin.of_system(&error).at_line(at)));
                }
            }
        }
        None
    }
}

enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads one line without its break into `bytes`. Of a line beyond the bound nothing is kept, and the stream stands after it.
fn read_line(stream: &mut impl BufRead, bytes: &mut Vec<u8>, max_bytes: usize) -> io::Result<Line> {
    bytes.clear();
    let limit = max_bytes as u64 + 1;
    let read = stream.by_ref().take(limit).read_until(b'\n', bytes)?;
    if read == 0 {
        return Ok(Line::End);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() > max_bytes {
        *bytes = Vec::new();
        stream.skip_until(b'\n')?;
        return Ok(Line::TooLong);
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(Line::Whole)
}
