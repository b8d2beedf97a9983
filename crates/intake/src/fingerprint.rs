//! What two dispatches are compared by, in 273 bytes each: an exact hash of the body and a sketch of its runs of five words.
//!
//! In goes a dispatch, or any text; out comes its [`Fingerprint`], or nothing where there is not one word. It is the same on every machine
//! and in every version of this crate that writes [`Fingerprint::VERSION`], so that stored ones stay comparable; one of another version is
//! refused when it is read.

mod groups;
mod words;

use depeche_record::{BlockKind, CharIndex, Dispatch};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

pub use groups::near_duplicates;
use words::Words;

/// How many cells the sketch has.
const CELLS: usize = 128;
/// How many words a run has that is one element of the compared sets.
const RUN: usize = 5;
/// Bytes of a fingerprint: version, exact hash, cells.
const BYTES: usize = 1 + 16 + 2 * CELLS;

/// A body of text as it is compared with others.
///
/// Words are compared without case, accents, punctuation, white space and typographic variants. The exact hash is the first 128 bits of
/// SHA-256: two bodies made to share it by malice would hide a dispatch, which a faster hash would allow, and half of its bits keep chance
/// away. The sketch is MinHash with one permutation (Li, Owen and Zhang 2012) and optimal densification (Shrivastava 2017): each run of five
/// words falls into one of 128 cells, each cell keeps its least, an empty one borrows another's. Its standard error is at most 0.045.
///
/// ```
/// use depeche_intake::Fingerprint;
/// let of = Fingerprint::of_text;
/// assert_eq!(of("L’été à Bergen : il pleut."), of("l'ete a bergen, il pleut"));
/// let (one, other) = (of("It rained all day in Bergen, and in Oslo it snowed.").unwrap(), of("In Rome the sun shone.").unwrap());
/// assert!(one.similarity(&other) < 0.2 && !one.is_copy_of(&other));
/// assert_eq!(one.to_string().parse::<Fingerprint>().unwrap(), one);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    exact: u128,
    cells: [u16; CELLS],
}

impl Fingerprint {
    /// The version of all that decides a fingerprint: how words are folded, hashed and sketched.
    pub const VERSION: u8 = 1;

    /// That of a dispatch's lede, body and subheads.
    pub fn of(dispatch: &Dispatch) -> Option<Fingerprint> {
        let index = CharIndex::new(&dispatch.text);
        let own = dispatch.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Lede | BlockKind::Body | BlockKind::Subhead));
        Self::of_texts(own.map(|block| index.slice(&dispatch.text, block.span)))
    }

    /// That of a text.
    pub fn of_text(text: &str) -> Option<Fingerprint> {
        Self::of_texts([text].into_iter())
    }

    fn of_texts<'text>(texts: impl Iterator<Item = &'text str>) -> Option<Fingerprint> {
        let mut sketch = Sketch::default();
        let mut words = Words::new(|word| sketch.add(word));
        for text in texts {
            words.read(text);
        }
        let exact = words.exact()?;
        Some(Fingerprint { exact, cells: sketch.cells()? })
    }

    /// Whether two bodies have the same words in the same order.
    pub fn is_copy_of(&self, other: &Fingerprint) -> bool {
        self.exact == other.exact
    }

    /// An estimate of the share of runs of five words that two bodies have in common among all that they have (Jaccard), from 0 to 1.
    pub fn similarity(&self, other: &Fingerprint) -> f64 {
        if self.is_copy_of(other) {
            return 1.0;
        }
        let equal = self.cells.iter().zip(&other.cells).filter(|(a, b)| a == b).count();
        equal as f64 / CELLS as f64
    }

    /// As it is stored: the version, the exact hash as SHA-256 writes it, and the cells, low byte first.
    pub fn to_bytes(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let cells = self.cells.iter().flat_map(|cell| cell.to_le_bytes());
        let all = [Self::VERSION].into_iter().chain(self.exact.to_be_bytes()).chain(cells);
        for (byte, value) in bytes.iter_mut().zip(all) {
            *byte = value;
        }
        bytes
    }

    /// What was stored.
    ///
    /// # Errors
    /// When the bytes are none, or of another version: these cannot be compared, and must be made anew from the text.
    pub fn from_bytes(bytes: &[u8]) -> Result<Fingerprint, FingerprintError> {
        match bytes.split_first() {
            None => Err(FingerprintError::Damaged),
            Some((&version, _)) if version != Self::VERSION => Err(FingerprintError::Version(version)),
            Some(_) if bytes.len() != BYTES => Err(FingerprintError::Damaged),
            Some((_, rest)) => {
                let (exact, cells) = rest.split_first_chunk::<16>().ok_or(FingerprintError::Damaged)?;
                let cells: Vec<u16> = cells.chunks(2).filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?))).collect();
                let cells = cells.try_into().map_err(|_| FingerprintError::Damaged)?;
                Ok(Fingerprint { exact: u128::from_be_bytes(*exact), cells })
            }
        }
    }
}

/// Why something is no fingerprint that can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FingerprintError {
    /// It is not one, or not whole.
    Damaged,
    /// It is of another version than [`Fingerprint::VERSION`].
    Version(u8),
}

impl fmt::Display for FingerprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => {
                write!(f, "this is no whole fingerprint, which is {} hexadecimal digits; make it anew from the text", 2 * BYTES)
            }
            Self::Version(version) => {
                write!(f, "the fingerprint is of version {version}, not {}; make it anew from the text", Fingerprint::VERSION)
            }
        }
    }
}

impl std::error::Error for FingerprintError {}

/// Its bytes in hexadecimal.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({:032x})", self.exact)
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Fingerprint, FingerprintError> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let byte = |pair: &[u8]| match *pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        };
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
        Fingerprint::from_bytes(&bytes.ok_or(FingerprintError::Damaged)?)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fingerprint, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Multiplies the hash of a run as it moves on by a word; odd, so that nothing is lost. The golden ratio in 64 bits.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
/// What the word that leaves a run was multiplied by.
const STEPS: u64 = STEP.wrapping_mul(STEP).wrapping_mul(STEP).wrapping_mul(STEP).wrapping_mul(STEP);

/// The least run of each cell, as words come in.
struct Sketch {
    run: u64,
    last: [u64; RUN],
    words: usize,
    least: [u64; CELLS],
}

impl Default for Sketch {
    fn default() -> Self {
        Sketch { run: 0, last: [0; RUN], words: 0, least: [u64::MAX; CELLS] }
    }
}

impl Sketch {
    fn add(&mut self, word: u64) {
        let [leaving, second, third, fourth, fifth] = self.last;
        self.last = [second, third, fourth, fifth, word];
        self.run = self.run.wrapping_mul(STEP).wrapping_add(word).wrapping_sub(leaving.wrapping_mul(STEPS));
        self.words += 1;
        if self.words >= RUN {
            self.close_run();
        }
    }

    fn close_run(&mut self) {
        let hash = mixed(self.run);
        let cell = (hash >> (u64::BITS - CELLS.ilog2())) as usize;
        if let Some(least) = self.least.get_mut(cell) {
            *least = (*least).min(hash);
        }
    }

    /// The cells; nothing where there was no word. Fewer words than a run has are one run.
    fn cells(mut self) -> Option<[u16; CELLS]> {
        if self.words == 0 {
            return None;
        }
        if self.words < RUN {
            self.close_run();
        }
        let least = self.least;
        let mut cells = [0; CELLS];
        for (at, cell) in cells.iter_mut().enumerate() {
            // Least by its high bits, kept by its low ones, which are as good as drawn by lot.
            *cell = (lender(&least, at)? & 0xFFFF) as u16;
        }
        Some(cells)
    }
}

/// What a cell holds, or the one that it borrows from where it is empty: a cell drawn by lot, the same for every text.
fn lender(least: &[u64; CELLS], at: usize) -> Option<u64> {
    let full = |cell: usize| least.get(cell % CELLS).copied().filter(|&value| value != u64::MAX);
    // A run of the very value that stands for none is lost, one in 2⁶⁴.
    let drawn = |draw: u64| full(mixed(at as u64 + draw * CELLS as u64) as usize);
    full(at).or_else(|| (1..1000).find_map(drawn)).or_else(|| (at..at + CELLS).find_map(full))
}

/// Spreads every bit over all (the finaliser of MurmurHash3).
fn mixed(mut value: u64) -> u64 {
    value ^= value >> 33;
    value = value.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    value ^= value >> 33;
    value = value.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    value ^ value >> 33
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Numbers drawn by lot, the same in every run.
    pub(super) struct Lots(u64);

    impl Lots {
        pub(super) fn new(seed: u64) -> Lots {
            Lots(mixed(seed ^ STEP))
        }

        fn below(&mut self, bound: u64) -> u64 {
            self.0 = self.0.wrapping_add(STEP);
            mixed(self.0) % bound
        }
    }

    /// So many words drawn by lot.
    pub(super) fn text(lots: &mut Lots, words: usize) -> String {
        (0..words).map(|_| format!("w{}", lots.below(5000))).collect::<Vec<_>>().join(" ")
    }

    fn of(text: &str) -> Option<Fingerprint> {
        Fingerprint::of_text(text)
    }

    #[test]
    fn what_does_not_count() {
        let same = |a: &str, b: &str| assert_eq!(of(a), of(b), "{a} | {b}");
        same("The harbour is closed.", "  THE   harbour\nis — “closed”…");
        same("L’été à Bergen : c'est l'été", "l ete a bergen c est l ete");
        same("l'e\u{301}te\u{301}", "L’ÉTÉ");
        same("le cœur de Strassburg", "LE CŒUR DE STRAßBURG");
        same("find the ﬁsh, 12 km²", "find the fish 12 km2");
        same("co\u{AD}operation\u{200B} now", "cooperation now");
        same("Ο λόγος", "ο ΛΌΓΟΣ");
        same("وزير الخارجية كبير", "وزیر الخارجیة کبیر");
        same("کتاب ۱۲۳", "كتاب 123");
        same("外相が会談。", "外相 が 会談");
        same("한국어", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}\u{110B}\u{1165}");
        let other = |a: &str, b: &str| assert_ne!(of(a).map(|one| one.exact), of(b).map(|one| one.exact), "{a} | {b}");
        other("the harbour is closed", "the harbour is not closed");
        other("Oslo to Bergen", "Bergen to Oslo");
        other("ab c", "a bc");
        // The vowel signs of Devanagari are letters, not accents.
        other("की", "के");
    }

    #[test]
    fn nothing_has_no_fingerprint() {
        for empty in ["", " \n", "…—!?", "\u{200B}\u{301}", "🙂"] {
            assert_eq!(of(empty), None, "{empty:?}");
        }
        assert!(of("a").is_some());
    }

    #[test]
    fn few_words_are_one_run() -> Result<(), &'static str> {
        let [short, same, other] = ["Rain in Bergen", "rain, in Bergen", "Rain in Oslo"].map(of);
        let (short, same, other) = (short.ok_or("none")?, same.ok_or("none")?, other.ok_or("none")?);
        assert!(short.is_copy_of(&same));
        assert!(short.similarity(&other) < 0.05);
        Ok(())
    }

    #[test]
    fn a_dispatch_is_known_by_its_own_words_alone() {
        use depeche_record::{Block, CharSpan};
        let block = |kind, start, end| Block { kind, span: CharSpan::new(start, end) };
        let text = "Pêche\nLe port est fermé.\nPartager\nIl ouvre lundi.".to_owned();
        let blocks = vec![
            block(BlockKind::Title, 0, 5),
            block(BlockKind::Lede, 6, 24),
            block(BlockKind::Share, 25, 33),
            block(BlockKind::Body, 34, 49),
        ];
        let dispatch = Dispatch { text, blocks, ..Dispatch::default() };
        assert_eq!(Fingerprint::of(&dispatch), of("le port est ferme il ouvre lundi"));
        assert_eq!(Fingerprint::of(&Dispatch::default()), None);
    }

    /// What is stored today must be read and be equal tomorrow, on any machine: a change of these is a change of version.
    #[test]
    fn the_version_is_kept() -> Result<(), &'static str> {
        let stored = |text: &str| Some(of(text)?.to_string().chars().take(66).collect::<String>());
        assert_eq!(
            stored("The harbour stays closed.").as_deref(),
            Some("010fefa3f31c0d22a605ab0ab17cf3f6ccf144f144f144f144f144f144f144f144")
        );
        assert_eq!(
            stored("À Genève, le port ferme lundi ; il ouvre mardi, selon le maire.").as_deref(),
            Some("01b1d0ba1e204264bf2e1d18308a3ca02055b855b8e9c2cce9e9c245f211cce9c2")
        );
        Ok(())
    }

    #[test]
    fn what_is_no_fingerprint_is_refused() -> Result<(), &'static str> {
        let whole = of("Rain in Bergen").ok_or("none")?.to_string();
        let cut = whole.get(..whole.len() - 2).ok_or("short")?;
        let check = |text: &str, error| assert_eq!(text.parse::<Fingerprint>(), Err(error), "{text}");
        check("", FingerprintError::Damaged);
        check(cut, FingerprintError::Damaged);
        check(&format!("{whole}00"), FingerprintError::Damaged);
        check(&format!("{}é", whole.trim_end_matches(char::is_alphanumeric)), FingerprintError::Damaged);
        check(&whole.replacen("01", "02", 1), FingerprintError::Version(2));
        let json = serde_json::to_string(&of("Rain in Bergen")).map_err(|_| "json")?;
        assert_eq!(serde_json::from_str::<Option<Fingerprint>>(&json).map_err(|_| "json")?, of("Rain in Bergen"));
        assert!(serde_json::from_str::<Fingerprint>("\"02\"").is_err());
        Ok(())
    }

    /// The share that is estimated, counted.
    fn jaccard(a: &str, b: &str) -> f64 {
        let runs = |text: &str| {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            words.windows(RUN).map(<[String]>::to_vec).collect::<BTreeSet<_>>()
        };
        let (a, b) = (runs(a), runs(b));
        a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
    }

    #[test]
    fn the_estimate_is_near_the_share() -> Result<(), &'static str> {
        let mut lots = Lots::new(1);
        let (mut worst, mut sum, mut pairs): (f64, f64, f64) = (0.0, 0.0, 0.0);
        for round in 0..600 {
            // From a headline to a long article; the second shares the first part of the first.
            let words = [12, 40, 150, 600, 2500][round % 5];
            let one = text(&mut lots, words);
            let kept = lots.below(words as u64 + 1) as usize;
            let other = one.split(' ').take(kept).chain(text(&mut lots, words - kept).split(' ')).collect::<Vec<_>>().join(" ");
            let estimate = of(&one).ok_or("none")?.similarity(&of(&other).ok_or("none")?);
            let off = (estimate - jaccard(&one, other.trim())).abs();
            (worst, sum, pairs) = (worst.max(off), sum + off, pairs + 1.0);
        }
        assert!(worst < 0.15 && sum / pairs < 0.03, "off by {worst} at worst, {} on average", sum / pairs);
        Ok(())
    }

    #[test]
    fn a_line_of_the_page_more_or_less_hardly_counts() -> Result<(), &'static str> {
        let mut lots = Lots::new(2);
        for _ in 0..50 {
            let body = text(&mut lots, 300);
            let (one, other) =
                (of(&body).ok_or("none")?, of(&format!("Read also our letter of today\n{body}\nAll rights reserved")).ok_or("none")?);
            assert!(one.similarity(&other) > 0.85 && !one.is_copy_of(&other));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_two_texts_compare_alike_both_ways(a in ".{0,200}", b in ".{0,200}") {
            if let (Some(one), Some(other)) = (of(&a), of(&b)) {
                prop_assert_eq!(one.similarity(&other), other.similarity(&one));
                prop_assert!((0.0..=1.0).contains(&one.similarity(&other)));
                prop_assert_eq!(one.similarity(&one), 1.0);
                prop_assert_eq!(Fingerprint::from_bytes(&one.to_bytes()), Ok(one));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600), text in "[0-9a-fé]{0,600}") {
            let _ = Fingerprint::from_bytes(&bytes);
            let _ = text.parse::<Fingerprint>();
        }
    }
}
