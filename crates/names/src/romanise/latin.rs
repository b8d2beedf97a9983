//! Latin letters to sounds, with the habits of English, French, German, Polish, the Slavic and the Turkic alphabets at once.
//!
//! In goes a word in lower case; out come sounds. Several letters that are one sound somewhere (`ou`, `tch`, `sch`, `dj`, `kh`) are one here; what is read
//! differently from language to language has a code that lies near every reading.

use crate::sounds::Sound;
use unicode_normalization::char::decompose_canonical;

/// Which alphabet a word was surely written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Any.
    Any,
    /// Azerbaijani or Turkish: c is dj, x is kh.
    Turkic,
    /// South Slavic, or another alphabet with hooks on its letters: đ is dj, j is y.
    SouthSlavic,
}

impl Habit {
    /// The habit that the letters of a whole name give away.
    pub(crate) fn of(name: impl Iterator<Item = char>) -> Habit {
        let (mut slavic, mut before) = (false, ' ');
        for letter in name {
            match letter {
                'ə' | 'Ə' | 'ğ' | 'Ğ' | 'ı' | 'İ' | 'ş' | 'Ş' => return Habit::Turkic,
                'č' | 'Č' | 'ć' | 'Ć' | 'š' | 'Š' | 'ž' | 'Ž' => slavic = true,
                // Vietnamese has it at the beginning of a syllable alone, and writes syllables apart.
                'đ' | 'Đ' if before.is_alphabetic() => slavic = true,
                _ => {}
            }
            before = letter;
        }
        if slavic { Habit::SouthSlavic } else { Habit::Any }
    }
}

/// Letters that are one sound together, the longest first, and their sounds.
const TOGETHER: &[(&[u8], &[u8])] = &[
    (b"schtsch", b"Sc"),
    (b"chtch", b"Sc"),
    (b"shch", b"Sc"),
    (b"szcz", b"Sc"),
    (b"tsch", b"c"),
    (b"dsch", b"j"),
    (b"sch", b"S"),
    (b"tch", b"c"),
    (b"dzh", b"j"),
    (b"tsh", b"c"),
    (b"eau", b"o"),
    (b"cks", b"ks"),
    (b"sci", b"si"),
    (b"kch", b"kK"),
    (b"sh", b"S"),
    (b"ch", b"K"),
    (b"kh", b"x"),
    (b"gh", b"G"),
    (b"zh", b"Z"),
    (b"th", b"T"),
    (b"dh", b"D"),
    (b"ph", b"f"),
    (b"dj", b"j"),
    (b"dz", b"Y"),
    (b"ts", b"C"),
    (b"tz", b"C"),
    (b"cz", b"c"),
    (b"sz", b"S"),
    (b"ck", b"k"),
    (b"qu", b"k"),
    (b"ou", b"u"),
    (b"oo", b"u"),
    (b"ee", b"i"),
    (b"ae", b"a"),
    (b"bh", b"b"),
    (b"jh", b"j"),
    (b"cc", b"k"),
];

/// Reads the word; `letters` is room to work in.
pub(super) fn read(word: &str, habit: Habit, letters: &mut Vec<u8>, sounds: &mut Vec<Sound>) {
    letters.clear();
    if word.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
        letters.extend_from_slice(word.as_bytes());
    } else {
        without_marks(word, habit, letters);
    }
    hear(letters, habit, sounds);
}

/// Letters with marks that change the sound are told first; all others lose their marks.
fn without_marks(word: &str, habit: Habit, letters: &mut Vec<u8>) {
    for letter in word.chars() {
        if letter.is_ascii_alphanumeric() {
            letters.push(letter as u8);
            continue;
        }
        let own: &[u8] = match letter {
            'š' | 'ş' | 'ș' | 'ś' | 'ŝ' => b"\x01S",
            'č' | 'ć' | 'ĉ' => b"\x01c",
            'ç' if habit == Habit::Turkic => b"\x01c",
            'ç' => b"\x01W",
            'ž' | 'ż' => b"\x01Z",
            'ź' => b"z",
            'ğ' | 'ġ' => b"\x01G",
            'ə' | 'æ' => b"a",
            'ı' => b"i",
            'ł' => b"l",
            'đ' if habit == Habit::SouthSlavic || word.ends_with("ic") => b"\x01V",
            'đ' => b"\x01N",
            'ď' => b"d",
            'ø' => b"o",
            'ß' => b"ss",
            'þ' => b"\x01T",
            'ð' => b"\x01D",
            'ț' | 'ţ' => b"\x01C",
            'ḵ' | 'ẖ' | 'ḫ' => b"\x01x",
            'œ' => b"o",
            'ĸ' => b"k",
            'ï' => b"\x01i",
            'ħ' => b"h",
            other => {
                let mut base = None;
                decompose_canonical(other, |part| base = base.or(part.is_ascii_alphanumeric().then_some(part)));
                match base {
                    Some(base) => letters.push(base.to_ascii_lowercase() as u8),
                    None => letters
                        .extend(any_ascii::any_ascii_char(other).bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase())),
                }
                continue;
            }
        };
        letters.extend_from_slice(own);
    }
}

fn hear(letters: &[u8], habit: Habit, sounds: &mut Vec<Sound>) {
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let rest = letters.get(at..).unwrap_or_default();
        if letter == 1 {
            sounds.extend(letters.get(at + 1));
            at += 2;
            continue;
        }
        // South Slavic dž, of which the mark is on the second letter.
        if rest.starts_with(b"d\x01Z") {
            sounds.push(b'j');
            at += 3;
            continue;
        }
        // South Slavic -ić without its mark, but French and English Éric too.
        if rest == b"c" && letters.len() > 3 && habit != Habit::Turkic && letters.get(at.wrapping_sub(1)) == Some(&b'i') {
            sounds.push(b'F');
            break;
        }
        if at == 0 && rest.starts_with(b"hs") {
            sounds.push(b'S');
            at += 2;
            continue;
        }
        // Belarusian -ov: Zubkou.
        if letter == b'u' && rest.len() == 1 && matches!(letters.get(at.wrapping_sub(1)), Some(b'a' | b'e')) {
            sounds.push(b'U');
            at += 1;
            continue;
        }
        if rest == b"ou" && at > 1 {
            sounds.extend_from_slice(b"uU");
            break;
        }
        let next = rest.get(1).copied().unwrap_or(0);
        if starts_together(letter, next)
            && let Some((spelling, read)) = TOGETHER.iter().find(|(spelling, _)| spelling[0] == letter && rest.starts_with(spelling))
        {
            sounds.extend_from_slice(read);
            at += spelling.len();
            continue;
        }
        let front = matches!(next, b'e' | b'i' | b'y');
        match letter {
            b'g' if next == b'u' && matches!(rest.get(2), Some(b'e' | b'i' | b'y')) => {
                sounds.push(b'g');
                at += 1;
            }
            b'c' if habit == Habit::Turkic => sounds.push(b'j'),
            b'c' if front => sounds.push(b'W'),
            b'c' => sounds.push(b'k'),
            b'x' if habit == Habit::Turkic => sounds.push(b'x'),
            b'x' if at == 0 => sounds.push(b'X'),
            b'x' => sounds.extend_from_slice(b"ks"),
            b'w' if matches!(letters.get(at.wrapping_sub(1)), Some(b'a' | b'o')) && !matches!(next, b'a' | b'e' | b'i' | b'o' | b'u') => {
                sounds.push(b'U')
            }
            b'j' if habit == Habit::SouthSlavic => sounds.push(b'y'),
            b'j' => sounds.push(b'J'),
            letter => sounds.push(letter),
        }
        at += 1;
    }
}

/// For every letter those that may follow it in [`TOGETHER`], as bits.
static FOLLOWS: [u32; 128] = {
    let mut follows = [0; 128];
    let mut at = 0;
    while at < TOGETHER.len() {
        let spelling = TOGETHER[at].0;
        follows[spelling[0] as usize & 127] |= 1 << (spelling[1] & 31);
        at += 1;
    }
    follows
};

/// Whether the two may begin letters that are one sound.
fn starts_together(letter: u8, next: u8) -> bool {
    next.is_ascii_lowercase() && FOLLOWS[usize::from(letter & 127)] >> (next & 31) & 1 == 1
}
