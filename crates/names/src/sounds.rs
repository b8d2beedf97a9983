//! Sounds: what is compared of a name, whatever script it was written in.
//!
//! A sound is one byte. Where a letter stands for several sounds (the Arabic waw, the Cyrillic kha, the Latin j), it has a code of its own that lies
//! near all of them, so that no reading has to be chosen. [`COSTS`] says what it costs, in hundredths, to take one for another or to leave one out; the
//! second table is for names of which one was written without its vowels.

use std::ops::Deref;

/// A sound, one of those that the romanisers write.
pub(crate) type Sound = u8;

/// The most sounds of a word that are looked at.
pub const MAX_SOUNDS: usize = 32;

/// The sounds of a word, in place; what is longer is cut. What lies behind the last is always 0, so that equal words are equal bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sounds {
    own: [Sound; MAX_SOUNDS],
    length: u8,
}

impl Sounds {
    /// Those of a slice.
    pub(crate) fn of(sounds: &[Sound]) -> Sounds {
        let mut own = Sounds::default();
        own.extend(sounds);
        own
    }

    /// Adds one, where there is room.
    #[inline]
    pub(crate) fn push(&mut self, sound: Sound) {
        if let Some(place) = self.own.get_mut(usize::from(self.length)) {
            *place = sound;
            self.length += 1;
        }
    }

    /// Takes one sound for another wherever it stands.
    pub(crate) fn replace(&mut self, one: Sound, other: Sound) {
        for sound in self.own.iter_mut().filter(|sound| **sound == one) {
            *sound = other;
        }
    }

    /// Adds as many as there is room for.
    pub(crate) fn extend(&mut self, sounds: &[Sound]) {
        let from = usize::from(self.length);
        let count = sounds.len().min(MAX_SOUNDS - from);
        if let (Some(place), Some(taken)) = (self.own.get_mut(from..from + count), sounds.get(..count)) {
            place.copy_from_slice(taken);
            self.length += count as u8;
        }
    }
}

impl Deref for Sounds {
    type Target = [Sound];

    #[inline]
    fn deref(&self) -> &[Sound] {
        self.own.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl std::fmt::Debug for Sounds {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&String::from_utf8_lossy(self))
    }
}

/// All sounds: the vowels, the letters that may be vowels, the consonants, the figures.
///
/// Beside the obvious: `U` waw and vav, `I` the Semitic yod and ya, `S` sh, `Z` zh, `c` tch, `j` dj, `x` kh, `G` gh, `T` th, `D` dh, `C` ts, `Y` dz, `H` the Cyrillic
/// kha, `Q` the Cyrillic ghe, `J` the Latin j, `K` the Latin ch, `X` the Latin x at the beginning, `W` the soft Latin c, `F` the c of a Latin -ic at the end, `V` the đ of
/// South Slavic names and `N` that of any other, `M` jim, `B`, `L`, `P`, `R` the Hebrew bet, kaf, pe and shin.
#[cfg(test)]
pub(crate) const ALL: &[u8] = b"aeiouyUIbpvwfmntdTDszSZcCjYkgqGxhHQJKXWFVNMBLPRlr0123456789";

const FIRST: usize = b'0' as usize;
const SIZE: usize = b'z' as usize - FIRST + 1;

/// Substitutions that cost less than others, in hundredths: two sounds and the cost.
const NEAR: &[(&[u8; 2], u8)] = &[
    (b"ae", 15),
    (b"ou", 8),
    (b"ie", 20),
    (b"iy", 3),
    (b"ao", 20),
    (b"ye", 20),
    (b"Uu", 2),
    (b"Uo", 4),
    (b"Uw", 2),
    (b"Uv", 5),
    (b"Ua", 25),
    (b"Ue", 25),
    (b"Ii", 2),
    (b"Iy", 2),
    (b"Ie", 6),
    (b"Ia", 15),
    (b"IJ", 6),
    // q, gh, g, k; kh against h is dear.
    (b"qG", 8),
    (b"qg", 12),
    (b"qk", 10),
    (b"Gg", 4),
    (b"kg", 38),
    (b"Qg", 0),
    (b"Qh", 4),
    (b"QG", 4),
    (b"Qx", 35),
    (b"Qq", 15),
    (b"Qk", 45),
    (b"QH", 40),
    (b"Hx", 0),
    (b"Hh", 4),
    (b"xh", 85),
    (b"xk", 25),
    (b"xq", 45),
    (b"xG", 45),
    (b"Hk", 30),
    (b"HG", 45),
    (b"hG", 60),
    (b"gh", 50),
    (b"Gk", 40),
    // Sibilants.
    (b"sz", 20),
    (b"sS", 28),
    (b"sC", 30),
    (b"sT", 12),
    (b"zD", 10),
    (b"zZ", 25),
    (b"zj", 45),
    (b"zY", 12),
    (b"jY", 20),
    (b"YZ", 25),
    (b"Ct", 25),
    (b"Cc", 25),
    (b"Cz", 30),
    (b"Sc", 28),
    (b"SZ", 30),
    (b"Zj", 10),
    (b"jc", 28),
    (b"sc", 45),
    (b"Dd", 6),
    (b"tT", 4),
    (b"dt", 40),
    (b"Yd", 10),
    (b"sD", 40),
    (b"zT", 35),
    // Latin letters of many sounds.
    (b"Jj", 2),
    (b"Jy", 3),
    (b"Ji", 6),
    (b"JZ", 6),
    (b"Jx", 15),
    (b"Jh", 20),
    (b"JH", 15),
    (b"KS", 4),
    (b"Kc", 3),
    (b"Kx", 8),
    (b"Kk", 10),
    (b"KH", 8),
    (b"Kh", 35),
    (b"KC", 25),
    (b"Ks", 30),
    (b"jy", 40),
    (b"jg", 25),
    (b"Jg", 25),
    (b"Mj", 0),
    (b"Mg", 5),
    (b"MJ", 3),
    (b"MZ", 8),
    (b"Mc", 35),
    (b"MG", 30),
    (b"My", 40),
    (b"MW", 10),
    (b"MY", 20),
    (b"Ws", 2),
    (b"WC", 3),
    (b"Wj", 10),
    (b"Wc", 8),
    (b"Wk", 18),
    (b"Wz", 18),
    (b"WT", 10),
    (b"WK", 15),
    (b"WS", 20),
    (b"Fk", 2),
    (b"Fc", 4),
    (b"FW", 4),
    (b"FK", 4),
    (b"FC", 8),
    (b"Fq", 10),
    (b"Fx", 25),
    (b"Fg", 38),
    (b"Vj", 0),
    (b"Vd", 6),
    (b"VN", 2),
    (b"VJ", 28),
    (b"VY", 10),
    (b"VZ", 10),
    (b"VM", 4),
    (b"VD", 10),
    (b"Vt", 40),
    (b"Nd", 0),
    (b"Nj", 8),
    (b"NJ", 40),
    (b"NY", 10),
    (b"ND", 6),
    (b"Nt", 40),
    (b"KM", 35),
    (b"KJ", 14),
    (b"cJ", 14),
    (b"Kj", 25),
    (b"Xx", 2),
    (b"XH", 2),
    (b"XS", 12),
    (b"Xh", 30),
    (b"Xs", 28),
    (b"Xz", 28),
    (b"Xk", 20),
    (b"Xc", 35),
    (b"XK", 10),
    // Lips.
    (b"vw", 2),
    (b"vf", 18),
    (b"wu", 8),
    (b"vu", 20),
    (b"wo", 20),
    (b"vb", 30),
    (b"pb", 25),
    (b"fp", 35),
    (b"wf", 30),
    (b"Bb", 2),
    (b"Bv", 4),
    (b"Bw", 6),
    (b"Lk", 2),
    (b"Lx", 5),
    (b"LK", 5),
    (b"Lh", 40),
    (b"Pp", 2),
    (b"Pf", 4),
    (b"Pb", 35),
    (b"RS", 2),
    (b"Rs", 4),
    (b"RK", 8),
    (b"LH", 8),
    (b"BU", 8),
    (b"mn", 90),
    (b"lr", 42),
    (b"nl", 80),
];

/// The most letters of a word that are read.
pub(crate) const MAX_WORD_LETTERS: usize = 40;

/// What a pair of sounds costs.
pub(crate) struct Costs {
    substitute: [[u8; SIZE]; SIZE],
    omit: [u8; SIZE],
}

/// Costs of names with their vowels, and of pairs of which one has none.
pub(crate) static COSTS: [Costs; 2] = [Costs::new(false), Costs::new(true)];

const fn vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'U' | b'I')
}

impl Costs {
    const fn new(unvocalised: bool) -> Costs {
        let mut costs = Costs { substitute: [[0; SIZE]; SIZE], omit: [0; SIZE] };
        let mut one = 0;
        while one < SIZE {
            let mut other = 0;
            while other < SIZE {
                let vowels = vowel((one + FIRST) as u8) as u8 + vowel((other + FIRST) as u8) as u8;
                costs.substitute[one][other] = if one == other {
                    0
                } else if vowels == 2 {
                    if unvocalised { 10 } else { 28 }
                } else if vowels == 1 {
                    120
                } else {
                    100
                };
                other += 1;
            }
            costs.omit[one] = match (one + FIRST) as u8 {
                b'y' => 10,
                b'I' | b'U' => 14,
                b'a' | b'e' | b'i' | b'o' | b'u' => {
                    if unvocalised {
                        4
                    } else {
                        24
                    }
                }
                b'h' => 30,
                b'w' | b'G' => 45,
                b'0'..=b'9' => 100,
                _ => 80,
            };
            one += 1;
        }
        let mut at = 0;
        while at < NEAR.len() {
            let ([one, other], mut cost) = (*NEAR[at].0, NEAR[at].1);
            let (one, other) = (one as usize - FIRST, other as usize - FIRST);
            if unvocalised && cost > 10 && vowel((one + FIRST) as u8) && vowel((other + FIRST) as u8) {
                cost = 10;
            }
            costs.substitute[one][other] = cost;
            costs.substitute[other][one] = cost;
            at += 1;
        }
        costs
    }

    /// What it costs to take one for the other.
    #[inline]
    pub(crate) fn substitute(&self, one: Sound, other: Sound) -> u16 {
        Costs::of(self.row(one), other)
    }

    /// What it costs to take a sound for any other.
    #[inline]
    pub(crate) fn row(&self, one: Sound) -> &[u8; SIZE] {
        const DEAR: [u8; SIZE] = [100; SIZE];
        self.substitute.get(usize::from(one).wrapping_sub(FIRST)).unwrap_or(&DEAR)
    }

    /// The cost of a sound in a row.
    #[inline]
    pub(crate) fn of(row: &[u8; SIZE], other: Sound) -> u16 {
        row.get(usize::from(other).wrapping_sub(FIRST)).map_or(100, |&cost| u16::from(cost))
    }

    /// What it costs to leave it out.
    #[inline]
    pub(crate) fn omit(&self, sound: Sound) -> u16 {
        self.omit.get(usize::from(sound).wrapping_sub(FIRST)).map_or(80, |&cost| u16::from(cost))
    }
}

/// What is known of every sound by itself: its weight, its class, its coarse classes.
struct Known {
    weight: u16,
    class: u8,
    vowel: bool,
    coarse: (u32, u32),
}

static KNOWN: [Known; 256] = {
    const NONE: Known = Known { weight: 0, class: 0, vowel: false, coarse: (0, 0) };
    let mut known = [NONE; 256];
    let mut at = 0;
    while at < 256 {
        let sound = at as u8;
        known[at] = Known { weight: weight_of(sound), class: class_of(sound), vowel: vowel(sound), coarse: coarse_bits_of(sound) };
        at += 1;
    }
    known
};

/// How much a sound counts of a word's length, in hundredths.
#[inline]
pub(crate) fn weight(sound: Sound) -> u16 {
    KNOWN[usize::from(sound)].weight
}

const fn weight_of(sound: Sound) -> u16 {
    match sound {
        b'y' => 20,
        b'U' | b'I' => 30,
        sound if vowel(sound) => 35,
        _ => 100,
    }
}

/// Whether it is a vowel, or may be one.
#[inline]
pub(crate) fn is_vowel(sound: Sound) -> bool {
    KNOWN[usize::from(sound)].vowel
}

/// The class of a sound: sounds of one class are often written for one another.
#[inline]
pub(crate) fn class(sound: Sound) -> u8 {
    KNOWN[usize::from(sound)].class
}

const fn class_of(sound: Sound) -> u8 {
    match sound {
        b'a' | b'e' => b'a',
        b'o' | b'u' | b'U' => b'o',
        b'i' | b'y' | b'I' => b'i',
        b'J' => b'i',
        b'K' | b'c' | b'C' | b'W' | b'F' => b'c',
        b'h' | b'x' | b'H' | b'Q' | b'g' | b'G' | b'X' => b'g',
        b'q' | b'k' | b'L' => b'k',
        b'w' | b'v' => b'v',
        b'T' | b't' => b't',
        b'D' | b'd' | b'Y' | b'N' => b'd',
        b'S' | b'R' => b'S',
        b'M' | b'j' | b'V' => b'j',
        b'B' | b'b' => b'b',
        b'P' | b'p' => b'p',
        other => other,
    }
}

/// Coarser classes for quick refusal, as bits: sounds that cost less than half of a substitution share one. The first bits are what the sound surely is, the second what it may
/// be; none for a vowel.
#[inline]
pub(crate) fn coarse_bits(sound: Sound) -> (u32, u32) {
    KNOWN[usize::from(sound)].coarse
}

const fn coarse_bits_of(sound: Sound) -> (u32, u32) {
    const LIPS: u32 = 1;
    const NOSE: u32 = 1 << 1;
    const TEETH: u32 = 1 << 2;
    const HISS: u32 = 1 << 3;
    const THROAT: u32 = 1 << 4;
    let (sure, may) = match sound {
        b'b' | b'p' | b'v' | b'f' | b'B' | b'P' => (LIPS, LIPS),
        b'w' | b'U' => (0, LIPS),
        b'm' | b'n' => (NOSE, NOSE),
        b't' | b'd' => (TEETH, TEETH),
        b'T' | b'D' | b'C' | b'Y' => (0, TEETH | HISS),
        b's' | b'z' | b'S' | b'Z' | b'c' | b'R' => (HISS, HISS),
        b'k' | b'q' | b'x' | b'L' => (THROAT, THROAT),
        b'g' | b'G' | b'Q' | b'H' | b'h' => (0, THROAT | HISS),
        b'V' | b'N' => (0, TEETH | HISS | THROAT),
        b'F' | b'K' | b'X' | b'W' | b'J' | b'M' | b'j' | b'y' | b'i' | b'I' => (0, HISS | THROAT),
        b'l' | b'r' => (1 << 5, 1 << 5),
        b'0'..=b'9' => (1 << (8 + (sound - b'0') as u32), 1 << (8 + (sound - b'0') as u32)),
        _ => (0, 0),
    };
    (sure, sure | may)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_symmetric_and_only_the_same_is_free() {
        for costs in &COSTS {
            for &one in ALL {
                assert_eq!(costs.substitute(one, one), 0);
                assert!(costs.omit(one) > 0);
                for &other in ALL {
                    assert_eq!(costs.substitute(one, other), costs.substitute(other, one));
                }
            }
        }
        assert!(COSTS[0].substitute(b'x', b'h') > 5 * COSTS[0].substitute(b'q', b'g'));
    }
}
