//! The bytes of an input, decompressed, one item after another.
//!
//! In goes any [`Read`]; out comes a [`Stream`], which tells gzip by its first bytes, can be looked at ahead, and knows where an item begins,
//! so that no item swells without bound. Gzip within gzip is told and left to the caller to refuse.

mod gunzip;
mod lookahead;

pub(crate) use gunzip::{Bomb, MAGIC};
pub(crate) use lookahead::Lookahead;

use gunzip::Gunzip;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where items begin, for all that inflates on the way to them.
pub(crate) type Marks = Vec<Arc<AtomicBool>>;

pub(crate) struct Stream {
    bytes: Lookahead<Source>,
    marks: Marks,
}

enum Source {
    Plain(Lookahead<Box<dyn Read + Send>>),
    Gzip(Box<Gunzip>),
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Plain(bytes) => bytes.read(into),
            Source::Gzip(bytes) => bytes.read(into),
        }
    }
}

impl Stream {
    /// Tells gzip. `marks` are those of an archive that the bytes come out of.
    pub(crate) fn open(bytes: Box<dyn Read + Send>, mut marks: Marks) -> io::Result<Stream> {
        let mut bytes = Lookahead::new(bytes);
        let source = if bytes.look(2)?.starts_with(b"\x1F\x8B") {
            let gunzip = Gunzip::new(bytes);
            marks.push(gunzip.item_begins());
            Source::Gzip(Box::new(gunzip))
        } else {
            Source::Plain(bytes)
        };
        Ok(Stream { bytes: Lookahead::new(source), marks })
    }

    /// What comes next, `count` bytes or more where there are as many.
    pub(crate) fn look(&mut self, count: usize) -> io::Result<&[u8]> {
        self.bytes.look(count)
    }

    /// Puts bytes back before what comes next.
    pub(crate) fn unread(&mut self, bytes: &[u8]) {
        self.bytes.unread(bytes);
    }

    /// Says that another item begins.
    pub(crate) fn item_begins(&self) {
        self.marks.iter().for_each(|mark| mark.store(true, Ordering::Relaxed));
    }

    /// The marks, for a reader of what these bytes hold.
    pub(crate) fn marks(&self) -> Marks {
        self.marks.clone()
    }

    /// After an error, goes on at the next gzip member that holds a WARC record; whether there is one.
    pub(crate) fn resume(&mut self) -> bool {
        match self.bytes.source_mut() {
            Source::Plain(_) => false,
            Source::Gzip(gunzip) => gunzip.resume(),
        }
    }

    /// Whether the bytes are being inflated.
    pub(crate) fn is_gzip(&mut self) -> bool {
        matches!(self.bytes.source_mut(), Source::Gzip(_))
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(into)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.bytes.consume(count);
    }
}
