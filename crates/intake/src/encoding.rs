//! Bytes to text.
//!
//! In go the bytes of one text, or of a page with what declares its encoding; out comes the text, with a warning where its encoding had to be
//! guessed or mended. A byte-order mark is the encoding's signature and no part of the text; line breaks and all else stay as they are. What
//! holds control bytes and is no UTF-8 or UTF-16 is refused as binary; a page, as pages are dirty, only where it has many.

use crate::charset;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use depeche_record::Warning;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
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
                let encoding = guess(&bytes, None);
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

/// What is known of a page's encoding from outside it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Declared<'a> {
    /// The label that came with the page over HTTP.
    pub(crate) transport: Option<&'a str>,
    /// Its address, whose country hints at encodings.
    pub(crate) url: Option<&'a str>,
    /// Whether it is XML, of which only the declaration counts.
    pub(crate) xml: bool,
}

/// The markup of `bytes`, as the HTML standard decodes it: by the mark, by what came with it, by what it declares, by what it looks like. A
/// declaration that the bytes belie is not followed.
///
/// # Errors
/// When they are binary.
pub(crate) fn decode_page(bytes: Vec<u8>, outside: Declared<'_>) -> Result<Decoded, Binary> {
    let mark = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).filter(|&encoding| encoding != UTF_8);
    if let Some(encoding) = mark.or_else(|| wide_encoding(bytes.get(..bytes.len().min(4096)).unwrap_or_default())) {
        let (text, _, _) = encoding.decode(&bytes);
        let controls = text.chars().filter(|&character| is_no_character(character)).count();
        if controls * 10 > text.len() {
            return Err(Binary { controls, bytes: bytes.len() });
        }
        let broken = text.matches('\u{FFFD}').count();
        let guessed = mark.is_none().then(|| guessed(encoding));
        let warnings = guessed.into_iter().chain((broken > 0).then(|| replaced(broken))).collect();
        return Ok(Decoded { text: text.into_owned(), warnings });
    }
    let controls = bytes.iter().filter(|&&byte| crate::format::is_control(byte)).count();
    // Random bytes have one control in ten; a page that was damaged, few.
    if controls * 20 > bytes.len() {
        return Err(Binary { controls, bytes: bytes.len() });
    }
    let mut warnings = Vec::new();
    let labels =
        [outside.transport.and_then(charset::of_media_type), if outside.xml { charset::of_xml(&bytes) } else { charset::of_page(&bytes) }];
    let declared = labels.into_iter().flatten().find_map(|label| {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes());
        if encoding.is_none() {
            let label: String = label.chars().take(40).collect();
            warnings.push(warning("W120", format!("it declares the encoding `{label}`, which there is not; it was told from the bytes")));
        }
        encoding
    });
    let (text, mended) = match String::from_utf8(bytes) {
        Ok(text) => of_whole_utf8(text, declared),
        Err(error) => of_other_bytes(&error.into_bytes(), declared, outside.url),
    };
    warnings.extend(mended);
    Ok(Decoded { text, warnings })
}

fn is_no_character(character: char) -> bool {
    character == '\u{FFFD}' || u8::try_from(character).is_ok_and(crate::format::is_control)
}

/// Bytes that are UTF-8 without a fault hardly are anything else, whatever they declare, unless they are ASCII or all but.
fn of_whole_utf8(text: String, declared: Option<&'static Encoding>) -> (String, Option<Warning>) {
    const TELLING: usize = 3;
    let Some(encoding) = declared.filter(|encoding| !matches!(encoding.name(), "UTF-8" | "UTF-16LE" | "UTF-16BE" | "x-user-defined"))
    else {
        return (without_mark(text), None);
    };
    let beyond_ascii = text.chars().filter(|character| !character.is_ascii()).take(TELLING).count();
    let needed = if encoding.is_single_byte() { 1 } else { TELLING };
    if beyond_ascii >= needed {
        let message = format!("it declares the encoding {}, but is in UTF-8 and was read so", encoding.name());
        return (without_mark(text), Some(warning("W120", message)));
    }
    if beyond_ascii == 0 && encoding.is_ascii_compatible() {
        return (text, None);
    }
    let (decoded, _) = encoding.decode_without_bom_handling(text.as_bytes());
    (decoded.into_owned(), None)
}

fn of_other_bytes(bytes: &[u8], declared: Option<&'static Encoding>, url: Option<&str>) -> (String, Option<Warning>) {
    match declared.filter(|encoding| !matches!(encoding.name(), "UTF-8" | "UTF-16LE" | "UTF-16BE")) {
        Some(encoding) => {
            // A browser takes this label for what it stood for when it was in use.
            let encoding = if encoding.name() == "x-user-defined" { WINDOWS_1252 } else { encoding };
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let broken = text.matches('\u{FFFD}').count();
            if broken * 10 <= text.chars().filter(|character| !character.is_ascii()).count() {
                return (text.into_owned(), (broken > 0).then(|| replaced(broken)));
            }
        }
        None => {
            let damage = Damage::of(bytes);
            if damage.whole >= damage.broken {
                return (without_mark(String::from_utf8_lossy(bytes).into_owned()), Some(replaced(damage.broken)));
            }
        }
    }
    let encoding = guess(bytes, url.and_then(country));
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), Some(guessed(encoding)))
}

/// The last label of an address's host, as the detector takes it: lower-case ASCII.
fn country(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let label = host.trim_end_matches('.').rsplit('.').next()?.to_ascii_lowercase();
    Some(label).filter(|label| label.len() > 1 && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}

fn guess(bytes: &[u8], country: Option<String>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..bytes.len().min(GUESSED_FROM)).unwrap_or_default(), true);
    detector.guess(country.as_deref().map(str::as_bytes), Utf8Detection::Deny)
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
