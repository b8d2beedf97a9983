//! Gzip, member by member.
//!
//! In go compressed bytes, any number of members one after another; out comes what they hold. Data that stop early or are damaged are an
//! error, after which [`Gunzip::resume`] can find the next member of a WARC. What swells beyond all reason without an item being done is
//! refused as a [`Bomb`].

use super::Lookahead;
use flate2::bufread::GzDecoder;
use memchr::memmem;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a member begins with: gzip's mark and its only method.
pub(crate) const MAGIC: &[u8] = b"\x1F\x8B\x08";

/// An item may have this many bytes at any ratio.
const FREE_BYTES: u64 = 64 << 20;
/// Beyond that, this many for each compressed one. Markup comes to 20; a stream of one byte repeated, to 1030.
const MAX_RATIO: u64 = 200;

/// How far the next member is looked for, and how often what looks like one is tried.
const SEARCHED_BYTES: u64 = 256 << 20;
const TRIALS: usize = 10_000;
/// How much of a member is inflated to see what it is.
const TRIED_BYTES: usize = 4096;

type Compressed = Lookahead<Box<dyn Read + Send>>;

pub(crate) struct Gunzip {
    state: State,
    produced: u64,
    /// Counts at the beginning of the item at hand: bytes out, bytes in.
    base: (u64, u64),
    item_begins: Arc<AtomicBool>,
}

enum State {
    Between(Compressed),
    Inside(Box<GzDecoder<Compressed>>),
    /// After an error: nothing more comes unless the reading is resumed.
    Stopped(Compressed),
    /// Stands in while the state changes.
    Changing,
}

/// Compressed data that swell beyond all reason.
#[derive(Debug)]
pub(crate) struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "its compressed data swell to more than {MAX_RATIO} times their size within one item")
    }
}

impl std::error::Error for Bomb {}

impl Gunzip {
    pub(crate) fn new(compressed: Compressed) -> Gunzip {
        Gunzip { state: State::Between(compressed), produced: 0, base: (0, 0), item_begins: Arc::default() }
    }

    /// To be set whenever another item begins.
    pub(crate) fn item_begins(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.item_begins)
    }

    /// After an error, goes on at the next member that holds a WARC record; whether there is one.
    pub(crate) fn resume(&mut self) -> bool {
        match std::mem::replace(&mut self.state, State::Changing) {
            State::Stopped(mut compressed) => {
                let found = next_warc_member(&mut compressed);
                self.state = if found { State::Between(compressed) } else { State::Stopped(compressed) };
                self.item_begins.store(true, Ordering::Relaxed);
                found
            }
            other => {
                self.state = other;
                false
            }
        }
    }

    fn count(&mut self, produced: usize, consumed: u64) -> io::Result<usize> {
        if self.item_begins.swap(false, Ordering::Relaxed) {
            self.base = (self.produced, consumed);
        }
        self.produced += produced as u64;
        let (bytes_out, bytes_in) = (self.produced - self.base.0, consumed.saturating_sub(self.base.1));
        if bytes_out > FREE_BYTES && bytes_out / MAX_RATIO > bytes_in {
            return Err(io::Error::other(Bomb));
        }
        Ok(produced)
    }
}

impl Read for Gunzip {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Changing) {
                State::Inside(mut decoder) => {
                    let read = decoder.read(into).and_then(|count| self.count(count, decoder.get_ref().consumed()));
                    self.state = match read {
                        Ok(0) => State::Between(decoder.into_inner()),
                        Ok(_) => State::Inside(decoder),
                        Err(_) => State::Stopped(decoder.into_inner()),
                    };
                    if !matches!(read, Ok(0)) {
                        return read;
                    }
                }
                State::Between(mut compressed) => match begins_member(&mut compressed) {
                    Ok(Some(true)) => self.state = State::Inside(Box::new(GzDecoder::new(compressed))),
                    Ok(None) => {
                        self.state = State::Between(compressed);
                        return Ok(0);
                    }
                    Ok(Some(false)) => {
                        self.state = State::Stopped(compressed);
                        return Err(io::Error::new(io::ErrorKind::InvalidData, "what follows is not gzip"));
                    }
                    Err(error) => {
                        self.state = State::Stopped(compressed);
                        return Err(error);
                    }
                },
                State::Stopped(compressed) => {
                    self.state = State::Stopped(compressed);
                    return Ok(0);
                }
                State::Changing => return Ok(0),
            }
        }
    }
}

/// Whether a member comes next; `None` at the end, before which zeros may stand, as tapes are padded.
fn begins_member(compressed: &mut Compressed) -> io::Result<Option<bool>> {
    loop {
        let next = compressed.look(2)?;
        if next.is_empty() {
            return Ok(None);
        }
        let zeros = next.iter().take_while(|&&byte| byte == 0).count();
        if zeros == 0 {
            return Ok(Some(next.starts_with(b"\x1F\x8B") || next == b"\x1F"));
        }
        compressed.consume(zeros);
    }
}

/// Goes to the next member whose content begins a WARC record; whether there is one within reach.
fn next_warc_member(compressed: &mut Compressed) -> bool {
    let from = compressed.consumed();
    let mut trials = 0;
    while compressed.consumed() - from < SEARCHED_BYTES && trials < TRIALS {
        let Ok(window) = compressed.look(TRIED_BYTES) else { return false };
        let length = window.len();
        match memmem::find(window, MAGIC) {
            Some(0) => {
                if plausible(window) {
                    trials += 1;
                    if holds_warc(window) {
                        return true;
                    }
                }
                compressed.consume(1);
            }
            Some(at) => compressed.consume(at),
            None if length < MAGIC.len() => return false,
            None => compressed.consume(length - (MAGIC.len() - 1)),
        }
    }
    false
}

/// Whether what follows the mark can be a header: no reserved flag, and a system that there is.
fn plausible(header: &[u8]) -> bool {
    header.get(3).is_some_and(|flags| flags & 0xE0 == 0) && header.get(9).is_some_and(|&system| system <= 13 || system == 255)
}

fn holds_warc(window: &[u8]) -> bool {
    let mut begins = [0; 5];
    GzDecoder::new(window).read_exact(&mut begins).is_ok() && &begins == b"WARC/"
}
