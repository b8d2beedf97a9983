//! What is kept of the words seen last: the vector of each by itself, and for fewer of them, since it is longer, the
//! contribution to the first layer over windows.
//!
//! What is kept is what would be computed again, so that it makes no difference but in time.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words whose vectors are kept; some 12 MB for an encoder and a thread.
const MOST_VECTORS: usize = 1 << 15;
/// Words whose contributions are kept; some 28 MB for an encoder and a thread.
const MOST_CONTRIBUTIONS: usize = 1 << 13;
/// The place of no contribution.
const NONE: u32 = u32::MAX;

/// What makes a word another word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) orth: u64,
    pub(super) norm: u64,
    pub(super) space_after: bool,
}

impl std::hash::Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.orth ^ self.norm.rotate_left(17) ^ u64::from(self.space_after));
    }
}

/// Mixes little: ids are hashes already.
#[derive(Debug, Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// What is kept of words.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    places: HashMap<Key, u32, BuildHasherDefault<KeyHasher>>,
    vectors: Vec<f32>,
    /// For each word where its contribution is.
    contribution_of: Vec<u32>,
    contributions: Vec<f32>,
    contributed: usize,
}

impl Seen {
    /// Makes room for so many words.
    pub(super) fn make_room(&mut self, words: usize) {
        if self.places.len() + words > MOST_VECTORS {
            *self = Seen::default();
        }
        if self.contributed + words > MOST_CONTRIBUTIONS {
            self.contribution_of.fill(NONE);
            self.contributions.clear();
            self.contributed = 0;
        }
    }

    /// The place of a word, and whether it is new there.
    pub(super) fn place(&mut self, key: Key) -> (u32, bool) {
        let next = self.contribution_of.len() as u32;
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.contribution_of.push(NONE);
        }
        (place, place == next)
    }

    /// Whether the word at a place has no contribution yet; from now on the next one is its.
    pub(super) fn lacks_contribution(&mut self, place: u32) -> bool {
        let known = &mut self.contribution_of[place as usize];
        let lacks = *known == NONE;
        if lacks {
            *known = self.contributed as u32;
            self.contributed += 1;
        }
        lacks
    }

    /// Room for the vectors of the words that were new, in their order.
    pub(super) fn new_vectors(&mut self, count: usize, width: usize) -> &mut [f32] {
        grown(&mut self.vectors, count * width)
    }

    /// Room for the contributions of the words that lacked them, in their order.
    pub(super) fn new_contributions(&mut self, count: usize, width: usize) -> &mut [f32] {
        grown(&mut self.contributions, count * width)
    }

    /// The vector of the word at a place.
    pub(super) fn vector(&self, place: u32, width: usize) -> &[f32] {
        &self.vectors[place as usize * width..][..width]
    }

    /// The contribution of the word at a place.
    pub(super) fn contribution(&self, place: u32, width: usize) -> &[f32] {
        &self.contributions[self.contribution_of[place as usize] as usize * width..][..width]
    }
}

fn grown(numbers: &mut Vec<f32>, by: usize) -> &mut [f32] {
    let start = numbers.len();
    numbers.resize(start + by, 0.0);
    &mut numbers[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(orth: usize) -> Key {
        Key { orth: orth as u64, norm: 1, space_after: false }
    }

    #[test]
    fn words_are_kept_until_there_are_too_many() {
        let mut seen = Seen::default();
        seen.make_room(2);
        assert_eq!((seen.place(key(7)), seen.place(key(9)), seen.place(key(7))), ((0, true), (1, true), (0, false)));
        seen.new_vectors(2, 1).copy_from_slice(&[0.7, 0.9]);
        assert!(seen.lacks_contribution(1));
        assert!(!seen.lacks_contribution(1));
        seen.new_contributions(1, 2).copy_from_slice(&[9.1, 9.2]);
        assert_eq!((seen.vector(0, 1), seen.contribution(1, 2)), (&[0.7][..], &[9.1, 9.2][..]));
        seen.make_room(MOST_CONTRIBUTIONS);
        assert_eq!(seen.place(key(9)), (1, false));
        assert!(seen.lacks_contribution(1));
        seen.make_room(MOST_VECTORS);
        assert_eq!(seen.place(key(9)), (0, true));
    }
}
