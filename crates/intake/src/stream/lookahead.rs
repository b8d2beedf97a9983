//! Bytes that can be looked at before they are read.
//!
//! In goes a [`Read`]; out comes a [`BufRead`] of which any number of bytes can be seen ahead and into which bytes can be put back. A failure
//! of the source is told when all that came before it is read, so that what is whole is never lost to what follows it.

use std::io::{self, BufRead, Read};

/// How much is asked of the source at a time.
const CHUNK: usize = 1 << 16;
/// A buffer beyond this is given back when it is empty.
const KEPT: usize = 1 << 20;

pub(crate) struct Lookahead<R> {
    source: R,
    /// Room, of which `start..end` is what comes next.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    consumed: u64,
    failure: Option<io::Error>,
}

impl<R: Read> Lookahead<R> {
    pub(crate) fn new(source: R) -> Self {
        Lookahead { source, buffer: Vec::new(), start: 0, end: 0, consumed: 0, failure: None }
    }

    /// What comes next: `count` bytes or more, fewer only where there are no more, or none before a failure.
    ///
    /// # Errors
    /// The failure of the source, once, where nothing is left before it.
    pub(crate) fn look(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.end - self.start < count && self.failure.is_none() && self.grow() > 0 {}
        if self.start == self.end
            && let Some(failure) = self.failure.take()
        {
            return Err(failure);
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    /// Puts bytes back before what comes next.
    pub(crate) fn unread(&mut self, bytes: &[u8]) {
        self.consumed = self.consumed.saturating_sub(bytes.len() as u64);
        self.buffer.truncate(self.end);
        self.buffer.splice(..self.start, bytes.iter().copied());
        self.start = 0;
        self.end = self.buffer.len();
    }

    /// How many bytes were read so far.
    pub(crate) fn consumed(&self) -> u64 {
        self.consumed
    }

    pub(crate) fn source_mut(&mut self) -> &mut R {
        &mut self.source
    }

    /// Reads more; how many bytes.
    fn grow(&mut self) -> usize {
        if self.buffer.len() - self.end < CHUNK {
            if self.start == self.end && self.buffer.len() > KEPT {
                self.buffer = Vec::new();
            } else {
                self.buffer.copy_within(self.start..self.end, 0);
            }
            self.end -= self.start;
            self.start = 0;
            if self.buffer.len() < self.end + CHUNK {
                self.buffer.resize(self.end + 2 * CHUNK, 0);
            }
        }
        let count = loop {
            match self.source.read(self.buffer.get_mut(self.end..).unwrap_or_default()) {
                Ok(count) => break count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break 0;
                }
            }
        };
        self.end += count.min(self.buffer.len() - self.end);
        count
    }
}

impl<R: Read> Read for Lookahead<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..count), available.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Lookahead<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.look(1)
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.consumed += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("no more"))
        }
    }

    #[test]
    fn a_failure_comes_after_what_was_before_it() {
        let mut bytes = Lookahead::new(io::Cursor::new(b"rain").chain(Failing));
        assert_eq!(bytes.look(100).unwrap(), b"rain");
        bytes.consume(3);
        assert_eq!(bytes.look(100).unwrap(), b"n");
        bytes.unread(b"ai");
        assert_eq!(bytes.look(1).unwrap(), b"ain");
        assert_eq!(bytes.consumed(), 1);
        bytes.consume(3);
        assert!(bytes.look(1).is_err());
    }
}
