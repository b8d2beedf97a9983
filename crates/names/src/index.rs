//! One name looked up among a million.
//!
//! In goes a list of names; out comes, for a name, those of the list that are like it, with their scores. Every word of a name stands in a sorted table under the classes
//! of its consonants; a name is held against those that share a word's key, or a key with one consonant less, those first that share rare keys of most words. The order
//! of the list decides between equals, so that the answer is always the same.

use crate::matcher::Matcher;
use crate::name::{Kind, Name, Token};
use crate::sounds::{Sounds, class};
use crate::words::skeleton;
use std::hash::Hasher;

/// How many names of the list are compared with one that is looked up.
const MOST: usize = 700;
/// How many names under all keys are counted.
const WIDEST: usize = 10_000;
/// What a whole word counts beside the logarithm of how rare it is, in sixteenths; a word that is like it but for a consonant counts no more than its rarity.
const WHOLE: u16 = 96;

/// The names under a key, each with the key, in the order of the list.
type Under<'index> = &'index [(u32, u32)];

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
                keys(token, &mut |key, _| own.push(key));
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
        let mut words: Vec<&Token> = name.readings.iter().flat_map(|reading| &reading.tokens).collect();
        words.sort_unstable_by_key(|token| &*token.sounds);
        words.dedup_by_key(|token| &*token.sounds);
        for (token, word) in words.into_iter().zip(0_u16..) {
            keys(token, &mut |key, whole| wanted.push((key, word, whole)));
            near_keys(token, &mut |key| wanted.push((key, word, false)));
        }
        wanted.sort_unstable_by_key(|&(key, word, whole)| (key, word, !whole));
        wanted.dedup_by_key(|(key, word, _)| (*key, *word));
        let mut ranges: Vec<(Under<'_>, u16, u16, bool)> = Vec::with_capacity(wanted.len());
        for (key, word, whole) in wanted {
            let range = self.under(key);
            if !range.is_empty() {
                let rarity = (self.len().max(1) as f32 / range.len() as f32).log2() * 16.0;
                ranges.push((range, word, rarity as u16 + if whole { WHOLE } else { 0 }, whole));
            }
        }
        ranges.sort_by_key(|&(range, .., whole)| if whole { range.len() } else { range.len() * 4 });
        // Every name under a key with the word that has it and what that counts, in one number; of a key that very many have, none where rarer ones name enough.
        let mut shared: Vec<u64> = Vec::new();
        let mut wide = Vec::new();
        for &(range, word, counts, whole) in &ranges {
            if !shared.is_empty() && shared.len() + range.len() > WIDEST {
                if whole {
                    wide.push((range, word, counts));
                }
                continue;
            }
            shared.extend(range.iter().take(WIDEST).map(|&(_, at)| u64::from(at) << 32 | u64::from(word) << 16 | u64::from(counts)));
        }
        shared.sort_unstable();
        // What each name counts, its place, and which words that is for, as bits.
        let mut counted: Vec<(u32, u32, u64)> = Vec::new();
        for run in shared.chunk_by(|one, other| one >> 32 == other >> 32) {
            let (mut sum, mut words) = (0, 0);
            // Of each word the key that counts most: the last of its own.
            for own in run.chunk_by(|one, other| one >> 16 == other >> 16).filter_map(|word| word.last()) {
                sum += (own & 0xffff) as u32;
                words |= 1 << (own >> 16 & 63);
            }
            counted.extend(run.first().map(|first| (sum, (first >> 32) as u32, words)));
        }
        if counted.len() > MOST {
            // Which of them stand under the wide keys too.
            for (range, word, counts) in wide {
                let mut rest = range;
                for (sum, at, words) in &mut counted {
                    rest = behind(rest, *at);
                    if *words >> (word & 63) & 1 == 0 && rest.first().is_some_and(|(_, first)| first == at) {
                        *sum += u32::from(counts);
                        *words |= 1 << (word & 63);
                    }
                }
            }
        }
        let best = |one: &(u32, u32, u64), other: &(u32, u32, u64)| other.0.cmp(&one.0).then(one.1.cmp(&other.1));
        if counted.len() > MOST {
            counted.select_nth_unstable_by(MOST, best);
            counted.truncate(MOST);
        }
        let mut found: Vec<Candidate> = counted
            .iter()
            .filter_map(|&(_, at, _)| {
                let other = self.matcher.name(self.name(at)?, self.kinds.get(at as usize).copied().flatten());
                let score = self.matcher.score(name, &other);
                (score >= least).then_some(Candidate { at, score })
            })
            .collect();
        found.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.at.cmp(&other.at)));
        found
    }

    fn under(&self, key: u32) -> Under<'_> {
        let begin = self.keys.partition_point(|&(other, _)| other < key);
        let end = self.keys.partition_point(|&(other, _)| other <= key);
        self.keys.get(begin..end).unwrap_or_default()
    }
}

/// What of a range stands from `at` on.
fn behind(range: Under<'_>, at: u32) -> Under<'_> {
    let mut step = 1;
    while range.get(step).is_some_and(|&(_, other)| other < at) {
        step *= 2;
    }
    let near = range.get(..range.len().min(step + 1)).unwrap_or_default();
    range.get(near.partition_point(|&(_, other)| other < at)..).unwrap_or_default()
}

impl Name {
    /// Hashes of its words by how their consonants sound: spellings of one name, in whatever script, nearly always share one. Sorted, each once.
    ///
    /// ```
    /// use depeche_names::Matcher;
    /// let matcher = Matcher::new(&depeche_packs::NameWords::default());
    /// let keys = |text: &str| matcher.name(text, None).keys();
    /// assert_eq!(keys("Choïgou"), keys("Шойгу"));
    /// assert_ne!(keys("Lavrov"), keys("Zarif"));
    /// ```
    pub fn keys(&self) -> Vec<u32> {
        let mut own = Vec::new();
        for token in self.readings.iter().flat_map(|reading| &reading.tokens) {
            keys(token, &mut |key, whole| own.extend(whole.then_some(key)));
        }
        own.sort_unstable();
        own.dedup();
        own
    }

    /// The same keys for each word of each way to read it. A given name has two: that of its consonants, and that of all spellings of it.
    pub fn word_keys(&self) -> impl Iterator<Item = Vec<Vec<u32>>> {
        let of_word = |token: &Token| {
            let mut own = Vec::new();
            keys(token, &mut |key, whole| own.extend(whole.then_some(key)));
            own
        };
        self.readings.iter().map(move |reading| reading.tokens.iter().map(of_word).collect())
    }
}

fn hash(sounds: impl Iterator<Item = u8>) -> u32 {
    let mut hasher = rustc_hash::FxHasher::default();
    for sound in sounds {
        hasher.write_u8(sound);
    }
    (hasher.finish() >> 32) as u32
}

/// The classes of the consonants of a word, behind what says servant or father of.
fn consonants(token: &Token) -> Sounds {
    let own = token.sounds.get(usize::from(token.prefix)..).unwrap_or_default();
    let mut consonants = Sounds::default();
    for &class in skeleton(if own.is_empty() { &token.sounds } else { own }).iter() {
        consonants.push(written_alike(class));
    }
    consonants
}

/// The class of a consonant among those that are written alike, though they may be heard apart: the Latin j and dj, and ch and sh, which French writes alike.
pub(crate) fn written_alike(class: u8) -> u8 {
    match class {
        b'i' => b'j',
        b'S' => b'c',
        class => class,
    }
}

/// The keys of a word: its consonants and the given name that it is, which are the whole of it, and its consonants with each one left out.
fn keys(token: &Token, add: &mut impl FnMut(u32, bool)) {
    if token.legal > 0 {
        return;
    }
    let whole = consonants(token);
    if whole.is_empty() {
        add(hash(token.sounds.iter().map(|&sound| class(sound))), true);
        return;
    }
    add(hash(whole.iter().copied()), true);
    if whole.len() > 2 {
        for omitted in 0..whole.len().min(8) {
            add(hash(whole.iter().enumerate().filter(|(at, _)| *at != omitted).map(|(_, &sound)| sound)), false);
        }
    }
    if token.group > 0 {
        add(hash(token.group.to_le_bytes().into_iter().chain([0])), true);
    }
}

/// Of a word of one or two consonants, which none can be left out of, the keys with a consonant that is often written for one of them.
fn near_keys(token: &Token, add: &mut impl FnMut(u32)) {
    let whole = consonants(token);
    if whole.len() > 2 || token.legal > 0 {
        return;
    }
    for (at, &own) in whole.iter().enumerate() {
        let near: &[u8] = match own {
            b'c' => b"skg",
            b's' => b"c",
            b'j' => b"Z",
            b'Z' => b"j",
            b'g' => b"kc",
            b'k' => b"gc",
            b'z' => b"sd",
            b'v' => b"bf",
            b'b' => b"vp",
            b'd' => b"tz",
            b't' => b"d",
            _ => b"",
        };
        for &other in near {
            add(hash(whole.iter().enumerate().map(|(place, &sound)| if place == at { other } else { sound })));
        }
    }
}
