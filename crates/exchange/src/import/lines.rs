//! Lines of any input, at constant memory.
//!
//! In go bytes; out come lines as text without their end, bytes that are no UTF-8 replaced. A line that is longer than [`LONGEST`] is told and skipped.

use std::io::{self, BufRead, Read};

/// The most bytes of a line.
pub(super) const LONGEST: u64 = 1 << 20;

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Text(String),
    TooLong,
}

/// Lines of an input, counted.
pub(super) struct Lines<Input> {
    input: Input,
    number: u64,
    bytes: Vec<u8>,
}

impl<Input: BufRead> Lines<Input> {
    pub(super) fn of(input: Input) -> Lines<Input> {
        Lines { input, number: 0, bytes: Vec::new() }
    }

    /// The number of the last line, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn next_line(&mut self) -> io::Result<Option<Line>> {
        self.bytes.clear();
        let read = self.input.by_ref().take(LONGEST + 1).read_until(b'\n', &mut self.bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.bytes.last() != Some(&b'\n') && read as u64 > LONGEST {
            self.skip()?;
            return Ok(Some(Line::TooLong));
        }
        let text = String::from_utf8_lossy(&self.bytes);
        Ok(Some(Line::Text(text.trim_end_matches(['\n', '\r']).to_owned())))
    }

    /// Reads to the end of a line and keeps nothing of it.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            self.bytes.clear();
            let read = self.input.by_ref().take(LONGEST).read_until(b'\n', &mut self.bytes)?;
            if read == 0 || self.bytes.last() == Some(&b'\n') {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_long_ones_skipped() {
        let long = "x".repeat(3 * LONGEST as usize);
        let text = format!("one\r\n{long}\nthree\n\nfive");
        let mut lines = Lines::of(text.as_bytes());
        let mut found = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            found.push((lines.number(), line));
        }
        let text = |text: &str| Line::Text(text.to_owned());
        assert_eq!(found, [(1, text("one")), (2, Line::TooLong), (3, text("three")), (4, text("")), (5, text("five"))]);
        assert_eq!(Lines::of(&b"\xff\n"[..]).next_line().unwrap(), Some(text("\u{fffd}")));
    }
}
