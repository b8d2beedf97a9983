//! Remembers what chunks of text were cut into.
//!
//! In: a chunk and a way to cut it. Out: its pieces, cut only the first time. Bounded: long chunks are not kept, and a
//! full cache begins anew. What it answers never depends on what it holds.

use super::chunk::Piece;
use crate::lexeme::hash;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

const MOST_CHUNKS: usize = 1 << 16;
const LONGEST: usize = 128;

/// A chunk and its pieces.
type Known = (Box<str>, Box<[Piece]>);

/// Chunks by the hash of their bytes.
#[derive(Debug, Default)]
pub(super) struct Cache {
    chunks: HashMap<u64, Known, BuildHasherDefault<Hashed>>,
    /// The pieces of the last chunk that was not kept.
    passing: Vec<Piece>,
}

impl Cache {
    /// The pieces of `chunk`.
    pub(super) fn get(&mut self, chunk: &str, cut: impl FnOnce() -> Vec<Piece>) -> &[Piece] {
        if chunk.len() > LONGEST {
            self.passing = cut();
            return &self.passing;
        }
        if self.chunks.len() >= MOST_CHUNKS {
            self.chunks.clear();
        }
        let (known, pieces) = match self.chunks.entry(hash(chunk.as_bytes())) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => return &entry.insert((chunk.into(), cut().into())).1,
        };
        if **known != *chunk {
            (*known, *pieces) = (chunk.into(), cut().into());
        }
        pieces
    }
}

/// The hasher of what is a hash already.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
