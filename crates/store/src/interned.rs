//! Words by number.
//!
//! In go words; out comes for each the number that it had before, or the next one, so that what is counted over a whole record is counted by numbers.

use rustc_hash::FxHashMap;

/// Words in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Interned {
    places: FxHashMap<String, usize>,
    words: Vec<String>,
}

impl Interned {
    /// The number of a word.
    pub(crate) fn place(&mut self, word: &str) -> usize {
        if let Some(&place) = self.places.get(word) {
            return place;
        }
        self.places.insert(word.to_owned(), self.words.len());
        self.words.push(word.to_owned());
        self.words.len() - 1
    }

    /// The number that a word has already.
    pub(crate) fn known(&self, word: &str) -> Option<usize> {
        self.places.get(word).copied()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word of a number; empty where there is none.
    pub(crate) fn word(&self, place: usize) -> &str {
        self.words.get(place).map_or("", String::as_str)
    }

    /// Of each word, by its number, its place in the order of the words.
    pub(crate) fn ranks(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_unstable_by_key(|&place| self.word(place));
        let mut ranks = vec![0; order.len()];
        for (place, rank) in order.into_iter().zip(0..) {
            if let Some(of_word) = ranks.get_mut(place) {
                *of_word = rank;
            }
        }
        ranks
    }
}
