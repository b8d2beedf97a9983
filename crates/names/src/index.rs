//! One name looked up among a million.
//!
//! In goes a list of names; out comes, for a name, those of the list that are like it, with their scores. Every word of a name stands in a sorted table under the classes
//! of its consonants; a name is held against those that share a word's key, or a key with one consonant less, the rarest key first. The order of the
//! list decides between equals, so that the answer is always the same.

use crate::matcher::Matcher;
use crate::name::{Kind, Name, Token};
use crate::words::skeleton;
use std::hash::Hasher;

/// How many names of the list are compared with one that is looked up.
const MOST: usize = 1000;
/// How many names under all keys are counted.
const WIDEST: usize = 10_000;

/// A name of the list that is like the one looked up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its place in the list.
    pub at: u32,
    /// Its score.
    pub score: f64,
}

/// A list of names ready for look-up. The names are kept as text and taken apart when they are compared.
#[derive(Debug)]
pub struct Index<'matcher> {
    matcher: &'matcher Matcher,
    text: String,
    ends: Vec<u32>,
    kinds: Vec<Option<Kind>>,
    /// Hashes of keys and the names that have them, sorted.
    keys: Vec<(u32, u32)>,
}

impl<'matcher> Index<'matcher> {
    /// An index of the names; texts beyond four thousand million bytes in all are left out.
    pub fn new<Text: AsRef<str>>(matcher: &'matcher Matcher, names: impl IntoIterator<Item = (Text, Option<Kind>)>) -> Index<'matcher> {
        let mut index = Index { matcher, text: String::new(), ends: Vec::new(), kinds: Vec::new(), keys: Vec::new() };
        let mut own = Vec::new();
        for ((name, kind), at) in names.into_iter().zip(0_u32..) {
            let Ok(end) = u32::try_from(index.text.len() + name.as_ref().len()) else { break };
            index.text.push_str(name.as_ref());
            index.ends.push(end);
            index.kinds.push(kind);
            let prepared = matcher.name(name.as_ref(), kind);
            own.clear();
            for token in prepared.readings.iter().flat_map(|reading| &reading.tokens) {
                keys(token, &mut own);
            }
            own.sort_unstable();
            own.dedup();
            index.keys.extend(own.iter().map(|&key| (key, at)));
        }
        index.keys.sort_unstable();
        index.keys.shrink_to_fit();
        index
    }

    /// How many names it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The name at a place of the list.
    pub fn name(&self, at: u32) -> Option<&str> {
        let at = at as usize;
        let begin = if at == 0 { 0 } else { *self.ends.get(at - 1)? as usize };
        self.text.get(begin..*self.ends.get(at)? as usize)
    }

    /// The names of the list that score at least `least` with `name`, the best first.
    pub fn find(&self, name: &Name, least: f64) -> Vec<Candidate> {
        let mut wanted = Vec::new();
        for token in name.readings.iter().flat_map(|reading| &reading.tokens) {
            keys(token, &mut wanted);
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut ranges: Vec<&[(u32, u32)]> = wanted.iter().map(|&key| self.under(key)).filter(|range| !range.is_empty()).collect();
        ranges.sort_by_key(|range| range.len());
        // Names that share more keys come first; of a key that very many have, none where rarer ones name enough.
        let mut shared: Vec<u32> = Vec::new();
        for range in &ranges {
            if !shared.is_empty() && shared.len() + range.len() > WIDEST {
                break;
            }
            shared.extend(range.iter().take(WIDEST).map(|&(_, at)| at));
        }
        shared.sort_unstable();
        let mut counted: Vec<(usize, u32)> =
            shared.chunk_by(|one, other| one == other).filter_map(|run| Some((run.len(), *run.first()?))).collect();
        counted.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut found: Vec<Candidate> = counted
            .iter()
            .take(MOST)
            .filter_map(|&(_, at)| {
                let other = self.matcher.name(self.name(at)?, self.kinds.get(at as usize).copied().flatten());
                let score = self.matcher.score(name, &other);
                (score >= least).then_some(Candidate { at, score })
            })
            .collect();
        found.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.at.cmp(&other.at)));
        found
    }

    fn under(&self, key: u32) -> &[(u32, u32)] {
        let begin = self.keys.partition_point(|&(other, _)| other < key);
        let end = self.keys.partition_point(|&(other, _)| other <= key);
        self.keys.get(begin..end).unwrap_or_default()
    }
}

/// The keys of a word: its consonants, the same with each one left out, and the given name that it is.
fn keys(token: &Token, keys: &mut Vec<u32>) {
    if token.legal > 0 {
        return;
    }
    let own = token.sounds.get(usize::from(token.prefix)..).unwrap_or_default();
    let whole = skeleton(if own.is_empty() { &token.sounds } else { own });
    let hash = |sounds: &mut dyn Iterator<Item = u8>| {
        let mut hasher = rustc_hash::FxHasher::default();
        for sound in sounds {
            hasher.write_u8(sound);
        }
        (hasher.finish() >> 32) as u32
    };
    if whole.is_empty() {
        keys.push(hash(&mut token.sounds.iter().map(|&sound| crate::sounds::class(sound))));
        return;
    }
    keys.push(hash(&mut whole.iter().copied()));
    if whole.len() > 2 {
        for omitted in 0..whole.len().min(8) {
            keys.push(hash(&mut whole.iter().enumerate().filter(|(at, _)| *at != omitted).map(|(_, &sound)| sound)));
        }
    }
    if token.group > 0 {
        keys.push(hash(&mut token.group.to_le_bytes().into_iter().chain([0])));
    }
}
