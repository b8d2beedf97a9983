//! WARC: the records of an archive, one after another.
//!
//! In goes a stream of records, compressed member by member, as a whole, or not at all; out come the items of those records that hold a page,
//! a text or a feed. Others are passed over. One record is held at a time. A record that is damaged, or says it is longer or shorter than it
//! is, is one error, and reading goes on where the next record begins.

use super::warc_record::{Head, Payload};
use super::{Items, Origin, http, warc_record};
use crate::reader::Item;
use crate::stream::Stream;
use crate::{IntakeError, IntakeErrorKind};
use memchr::memmem;
use std::io::{self, BufRead};

/// The longest header of a record or of a response.
const MAX_HEAD: usize = 1 << 18;
/// How much is looked at together in search of a record.
const WINDOW: usize = 1 << 16;
/// What is left unread of a window, so that a beginning that lies across its end is seen whole.
const OVERLAP: usize = 512;
/// A record that is passed over is held up to this, to be searched should its length prove wrong.
const HELD: u64 = 1 << 20;
/// After so many wrong lengths no length is trusted any more: a record ends where another seems to begin.
const TRUSTED_LIES: usize = 4;

pub(crate) struct Warc {
    stream: Stream,
    origin: Origin,
    /// How many records were begun.
    record: usize,
    lies: usize,
    /// What the record at hand gives.
    items: Option<Items>,
    error: Option<IntakeError>,
    /// A failure of the stream that came after a whole record.
    failure: Option<io::Error>,
    /// Whether anything was given.
    given: bool,
    done: bool,
}

/// The block of a record, as far as it is held.
struct Block {
    bytes: Vec<u8>,
    read: u64,
    ended: Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    AsStated,
    WithTheInput,
    AtAnotherRecord,
}

impl Warc {
    pub(crate) fn new(stream: Stream, origin: Origin) -> Warc {
        Warc { stream, origin, record: 0, lies: 0, items: None, error: None, failure: None, given: false, done: false }
    }

    fn refuse(&mut self, message: impl Into<String>, cure: &str) {
        self.error = Some(self.origin.error(IntakeErrorKind::Malformed, message, cure).at_record(self.record));
    }

    /// Reads one record, or what stands in the place of one.
    fn advance(&mut self) -> io::Result<()> {
        if let Some(failure) = self.failure.take() {
            self.record += 1;
            return Err(failure);
        }
        if let Err(failure) = self.pass_blanks() {
            self.record += 1;
            return Err(failure);
        }
        if self.stream.look(1)?.is_empty() {
            self.done = true;
            if !self.given && self.error.is_none() {
                let message = format!("none of its {} records holds a page that was answered with 200", self.record);
                self.error = Some(self.origin.error(IntakeErrorKind::Empty, message, "name an archive of responses"));
            }
            return Ok(());
        }
        self.stream.item_begins();
        self.record += 1;
        if !begins_record(self.stream.look(OVERLAP)?) {
            self.refuse("what stands here is no WARC record", "obtain the archive again; the records around it were read");
            return self.pass_to_record();
        }
        let Some(length) = self.head_length()? else {
            self.refuse("the header of the record does not end", "obtain the archive again; the records around it were read");
            self.stream.consume(1);
            return self.pass_to_record();
        };
        let head = Head::read(self.stream.look(length)?.get(..length).unwrap_or_default());
        self.stream.consume(length);
        match head.length {
            Some(length) => self.block(&head, length),
            None => {
                self.refuse("the record does not say how long it is", "obtain the archive again; the records around it were read");
                self.pass_to_record()
            }
        }
    }

    fn pass_blanks(&mut self) -> io::Result<()> {
        loop {
            let window = self.stream.look(1)?;
            let blanks = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blanks == 0 {
                return Ok(());
            }
            self.stream.consume(blanks);
        }
    }

    /// How many bytes the header at hand has, with the blank line that ends it.
    fn head_length(&mut self) -> io::Result<Option<usize>> {
        for reach in [1 << 12, MAX_HEAD] {
            let window = self.stream.look(reach)?;
            if let Some(length) = http::head_length(window.get(..reach).unwrap_or(window)) {
                return Ok(Some(length));
            }
        }
        Ok(None)
    }

    /// Reads the block of a record and what comes of it.
    fn block(&mut self, head: &Head, length: u64) -> io::Result<()> {
        let payload = if head.is_response() {
            let all = usize::try_from(length).unwrap_or(usize::MAX);
            let mut reach = all.min(1 << 13);
            if http::head_length(self.stream.look(reach)?).is_none() {
                reach = all.min(MAX_HEAD);
            }
            let window = self.stream.look(reach)?;
            warc_record::payload(head, window.get(..reach).unwrap_or(window))
        } else {
            warc_record::payload(head, &[])
        };
        let too_large = length > self.origin.max_bytes as u64;
        if matches!(payload, Payload::Page { .. }) && too_large {
            self.error = Some(self.origin.too_large("the record").at_record(self.record));
        }
        let held = length <= HELD || (!too_large && !matches!(payload, Payload::None));
        let block = self.take(length, held)?;
        if block.ended != Ended::AsStated || !self.is_followed()? {
            return self.mend(&block, length);
        }
        if self.error.is_some() {
            return Ok(());
        }
        match payload {
            Payload::None => {}
            Payload::Broken => self.refuse("its response has no HTTP status line", "obtain the archive again, or pass this record over"),
            Payload::Page { http } => self.items = Some(warc_record::items(head, http.as_ref(), block.bytes, &self.origin, self.record)),
        }
        Ok(())
    }

    /// Takes the block of a record. Where it is not held, or lengths were wrong before, it ends at the next beginning of a record.
    fn take(&mut self, length: u64, held: bool) -> io::Result<Block> {
        let searched = !held || self.lies >= TRUSTED_LIES;
        let mut block = Block { bytes: Vec::new(), read: 0, ended: Ended::AsStated };
        while block.read < length {
            let window = self.stream.look(if searched { WINDOW } else { 1 })?;
            let left = usize::try_from(length - block.read).unwrap_or(usize::MAX).min(window.len());
            if window.is_empty() {
                block.ended = Ended::WithTheInput;
                break;
            }
            let found = if searched { find_record(window, true).filter(|&at| at < left) } else { None };
            let count = match found {
                Some(at) => at,
                None if searched && window.len() >= WINDOW => left.min(window.len() - OVERLAP),
                None => left,
            };
            if held {
                block.bytes.extend_from_slice(window.get(..count).unwrap_or_default());
            }
            self.stream.consume(count);
            block.read += count as u64;
            if found.is_some() {
                block.ended = Ended::AtAnotherRecord;
                break;
            }
        }
        Ok(block)
    }

    /// Whether a block ends where it should: before another record, or the end, or the two line breaks that end a record.
    fn is_followed(&mut self) -> io::Result<bool> {
        let window = match self.stream.look(OVERLAP) {
            Ok(window) => window,
            Err(failure) => return self.failed_after_block(failure),
        };
        let ending = window.iter().take(4).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let breaks = window.iter().take(ending).filter(|&&byte| byte == b'\n').count();
        let rest = window.get(ending..).unwrap_or_default();
        if !rest.is_empty() {
            let followed = begins_record(rest);
            if followed {
                self.stream.consume(ending);
            }
            return Ok(followed || breaks >= 2);
        }
        self.stream.consume(ending);
        match self.stream.look(OVERLAP) {
            Ok(rest) => Ok(rest.is_empty() || begins_record(rest) || breaks >= 2),
            Err(failure) => self.failed_after_block(failure),
        }
    }

    /// A checksum that does not hold says that the block is damaged; any other failure is what follows the block.
    fn failed_after_block(&mut self, failure: io::Error) -> io::Result<bool> {
        if failure.kind() == io::ErrorKind::InvalidInput && failure.to_string().contains("checksum") {
            return Err(failure);
        }
        self.failure = Some(failure);
        Ok(true)
    }

    /// After a block that did not end where it should: goes to where the next record begins.
    fn mend(&mut self, block: &Block, length: u64) -> io::Result<()> {
        let cure = "obtain the archive again; the records around it were read";
        let within = find_record(&block.bytes, false).filter(|_| block.ended != Ended::AtAnotherRecord);
        if let Some(at) = within {
            self.stream.unread(block.bytes.get(at..).unwrap_or_default());
        }
        let message = match (within.map(|at| at as u64), block.ended) {
            (Some(read), _) => format!("the record says that it has {length} bytes, but another begins after {read}"),
            (None, Ended::AtAnotherRecord) => {
                format!("the record says that it has {length} bytes, but another begins after {}", block.read)
            }
            (None, Ended::WithTheInput) => format!("the record stops after {} of its {length} bytes", block.read),
            (None, Ended::AsStated) => format!("the record says that it has {length} bytes, but goes on after them"),
        };
        self.refuse(message, cure);
        if within.is_some() || block.ended == Ended::AtAnotherRecord {
            self.lies += 1;
            return Ok(());
        }
        self.pass_to_record()
    }

    /// Passes over everything up to the next beginning of a record.
    fn pass_to_record(&mut self) -> io::Result<()> {
        loop {
            let window = self.stream.look(WINDOW)?;
            let length = window.len();
            if length == 0 || begins_record(window) {
                return Ok(());
            }
            match find_record(window, false) {
                Some(at) => self.stream.consume(at),
                None if length >= WINDOW => self.stream.consume(length - OVERLAP),
                None => self.stream.consume(length),
            }
        }
    }
}

impl Iterator for Warc {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.as_mut().and_then(Iterator::next) {
                self.given = true;
                return Some(item);
            }
            self.items = None;
            if let Some(error) = self.error.take() {
                self.given = true;
                return Some(Err(error));
            }
            if self.done {
                return None;
            }
            if let Err(failure) = self.advance() {
                // Of a record that has its error already, the failure is the cause.
                self.error.get_or_insert(self.origin.of_system(&failure).at_record(self.record));
                self.done = !self.stream.resume();
            }
        }
    }
}

/// Whether a record begins here: its version on a line of its own.
fn begins_record(bytes: &[u8]) -> bool {
    let Some(version) = bytes.strip_prefix(b"WARC/") else { return false };
    let length = version.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let (number, rest) = version.split_at_checked(length).unwrap_or_default();
    let rest = rest.trim_ascii_start();
    let field = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    number.len() >= 3 && version.get(length).is_none_or(u8::is_ascii_whitespace) && rest.get(field).is_none_or(|&byte| byte == b':')
}

/// Where in some bytes, after a line break, or after a blank line, a record begins.
fn find_record(bytes: &[u8], after_blank_line: bool) -> Option<usize> {
    memmem::find_iter(bytes, b"\nWARC/").map(|at| at + 1).find(|&at| {
        let before = bytes.get(..at).unwrap_or_default();
        let blank = before.ends_with(b"\n\r\n") || before.ends_with(b"\n\n");
        (blank || !after_blank_line) && bytes.get(at..).is_some_and(begins_record)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_records() {
        assert!(begins_record(b"WARC/1.0\r\nWARC-Type: response\r\n"));
        assert!(begins_record(b"WARC/0.18\nContent-Length: 3"));
        assert!(begins_record(b"WARC/1.1"));
        assert!(!begins_record(b"WARC/1.1 is a version"));
        assert!(!begins_record(b"WARC/ 1"));
        assert!(!begins_record(b"WARC"));
        assert_eq!(find_record(b"rain\nWARC/1.0\r\nWARC-Type: x", false), Some(5));
        assert_eq!(find_record(b"rain\nWARC/1.0\r\nWARC-Type: x", true), None);
        assert_eq!(find_record(b"rain\r\n\r\nWARC/1.0\r\nWARC-Type: x", true), Some(8));
    }
}
