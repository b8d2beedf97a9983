//! Bytes to text.
//!
//! In go the bytes of one text; out comes the text, with a warning where its encoding had to be guessed or mended. A byte-order mark is
//! the encoding's signature and no part of the text; line breaks and all else stay as they are. What holds control bytes and is no UTF-8
//! or UTF-16 is refused as binary.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use depeche_record::Warning;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::fmt;

/// How many bytes are enough to guess an encoding.
const GUESSED_FROM: usize = 1 << 20;

/// A text and what was odd about its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) warnings: Vec<Warning>,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Binary {
    controls: usize,
    bytes: usize,
}

impl fmt::Display for Binary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "it is binary, not text: {} of its {} bytes stand for no character", self.controls, self.bytes)
    }
}

/// UTF-16, where the first bytes show it by a mark or by their regular NULs.
pub(crate) fn wide_encoding(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = head.len() / 2;
    let nuls = |odd: usize| head.chunks_exact(2).filter(|pair| pair.get(odd) == Some(&0)).count();
    let (even, odd) = (nuls(0), nuls(1));
    // Western text in UTF-16 is mostly characters below 256; binary data do not keep to one side of the pairs.
    if pairs >= 4 && odd * 10 >= pairs * 6 && even * 20 <= pairs {
        Some(UTF_16LE)
    } else if pairs >= 4 && even * 10 >= pairs * 6 && odd * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The text of `bytes`.
///
/// # Errors
/// When they are binary.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<Decoded, Binary> {
    if let Some(encoding) = wide_encoding(bytes.get(..bytes.len().min(4096)).unwrap_or_default()) {
        let (text, _, damaged) = encoding.decode(&bytes);
        let mut warnings = vec![guessed(encoding)];
        warnings.extend(damaged.then(|| replaced(text.matches('\u{FFFD}').count())));
        return Ok(Decoded { text: text.into_owned(), warnings });
    }
    let controls = bytes.iter().filter(|&&byte| crate::format::is_control(byte)).count();
    let binary = Binary { controls, bytes: bytes.len() };
    // A stray control character is an accident of copying; one byte in fifty is not.
    if controls * 50 > bytes.len() {
        return Err(binary);
    }
    let mut warnings = Vec::new();
    let text = match String::from_utf8(bytes) {
        Ok(text) => without_mark(text),
        Err(error) => {
            let bytes = error.into_bytes();
            if controls > 0 && bytes.contains(&0) {
                return Err(binary);
            }
            let damage = Damage::of(&bytes);
            if damage.whole >= damage.broken {
                warnings.push(replaced(damage.broken));
                without_mark(String::from_utf8_lossy(&bytes).into_owned())
            } else {
                let encoding = guess(&bytes);
                let (text, _) = encoding.decode_without_bom_handling(&bytes);
                warnings.push(guessed(encoding));
                text.into_owned()
            }
        }
    };
    if controls > 0 {
        warnings.push(warning(
            "W104",
            format!("the text holds {controls} control characters, which were kept; remove them if names or dates are missed"),
        ));
    }
    Ok(Decoded { text, warnings })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..bytes.len().min(GUESSED_FROM)).unwrap_or_default(), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// How much of some bytes is UTF-8 beyond ASCII, and how much is not UTF-8 at all.
struct Damage {
    whole: usize,
    broken: usize,
}

impl Damage {
    fn of(bytes: &[u8]) -> Damage {
        let mut damage = Damage { whole: 0, broken: 0 };
        for chunk in bytes.utf8_chunks() {
            damage.whole += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
            damage.broken += usize::from(!chunk.invalid().is_empty());
        }
        damage
    }
}

fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    text
}

fn guessed(encoding: &'static Encoding) -> Warning {
    warning("W101", format!("the text is not in UTF-8; it was read as {}; convert it if accents look wrong", encoding.name()))
}

fn replaced(count: usize) -> Warning {
    warning("W102", format!("{count} damaged places of the text were read as U+FFFD; obtain the text again if that hides a name or date"))
}

pub(crate) fn warning(code: &str, message: impl Into<String>) -> Warning {
    Warning { code: code.to_owned(), message: message.into() }
}
