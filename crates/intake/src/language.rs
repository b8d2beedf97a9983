//! The language of a text or of one of its lines.
//!
//! In goes text; out comes an ISO 639-1 code, or nothing where it cannot be told. Letters alone (`whichlang`, sixteen languages) always
//! give an answer, right or wrong; so it is believed only where the common words of the packs, or several stretches of the text, bear it out.

use crate::pages::Pages;
use whichlang::Lang;

/// How much of a text is looked at, in bytes.
const SAMPLE_BYTES: usize = 8192;
/// Letters below which nothing is said.
const FEW_LETTERS: usize = 12;

/// The code that a caller's `language` stands for: `fr`, `fr-FR`, `fr_CA` are `fr`.
pub(crate) fn declared(words: &str) -> Option<String> {
    let primary = words.trim().split(['-', '_']).next().unwrap_or_default();
    (primary.len() == 2 && primary.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| primary.to_ascii_lowercase())
}

/// The language of a text, given as the stretches that are its own words.
pub(crate) fn of_text<'text>(stretches: impl Iterator<Item = &'text str>, pages: &Pages) -> Option<String> {
    let mut sample = Vec::new();
    let mut bytes = 0;
    for stretch in stretches {
        let stretch = prefix(stretch, SAMPLE_BYTES - bytes);
        bytes += stretch.len();
        sample.push(stretch);
        if bytes + 4 > SAMPLE_BYTES {
            break;
        }
    }
    let whole = sample.join("\n");
    let letters = whole.chars().filter(|character| character.is_alphabetic()).count();
    if letters < FEW_LETTERS {
        return None;
    }
    let guess = of_letters(&whole)?;
    if let Some(code) = of_most(&sample, pages) {
        return Some(code.to_owned());
    }
    let common = pages.common_words(&whole);
    if let Some(code) = common.clear_winner() {
        return Some(code.to_owned());
    }
    // A language with a pack shows its common words in any text of some length: without them it is a neighbour.
    if common.words >= 20 && pages.knows(guess) {
        return None;
    }
    let pieces: Vec<&str> = sample.iter().flat_map(|stretch| pieces(stretch)).collect();
    let agreeing: usize = pieces.iter().filter(|piece| of_letters(piece) == Some(guess)).map(|piece| piece.len()).sum();
    let all: usize = pieces.iter().map(|piece| piece.len()).sum();
    (letters >= 40 && agreeing * 3 >= all * 2).then(|| guess.to_owned())
}

/// The language that the common words give to most of the stretches, by length: a caption in another one does not confuse it.
fn of_most<'pages>(stretches: &[&str], pages: &'pages Pages) -> Option<&'pages str> {
    let mut votes: Vec<(&str, usize)> = Vec::new();
    for stretch in stretches {
        let common = pages.common_words(stretch);
        if let Some(code) = common.clear_winner() {
            match votes.iter_mut().find(|(voted, _)| *voted == code) {
                Some((_, bytes)) => *bytes += stretch.len(),
                None => votes.push((code, stretch.len())),
            }
        }
    }
    let all: usize = stretches.iter().map(|stretch| stretch.len()).sum();
    votes.into_iter().find(|(_, bytes)| *bytes * 2 > all).map(|(code, _)| code)
}

/// Whether a line is in another language than `article`.
pub(crate) fn is_foreign(line: &str, article: &str, pages: &Pages) -> bool {
    let line = prefix(line, 2048);
    let common = pages.common_words(line);
    if let Some(code) = common.clear_winner() {
        return code != article;
    }
    // Names say little: only a line of some length without one common word of the article's language is foreign by its letters.
    pages.knows(article)
        && common.words >= 10
        && common.hits(article) == 0
        && of_letters(line).is_some_and(|guess| guess != article && !pages.knows(guess))
}

/// What the letters say; nothing where they hold one that the language so named does not write.
fn of_letters(text: &str) -> Option<&'static str> {
    let code = match whichlang::detect_language(text) {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    };
    // Persian and Urdu beside Arabic, Azerbaijani beside Turkish, Ukrainian and Belarusian beside Russian.
    let others: &[char] = match code {
        "ar" => &['پ', 'چ', 'ژ', 'گ', 'ک', 'ی'],
        "tr" => &['ə', 'Ə'],
        "ru" => &['і', 'ї', 'є', 'ў'],
        _ => &[],
    };
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let strange = text.chars().filter(|character| others.contains(character)).count();
    // A quoted name may bring a stray letter.
    (strange * 100 <= letters).then_some(code)
}

/// At most `bytes` of the beginning of `text`, cut at a character.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// A text in pieces of about 200 bytes.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > 300 {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(200));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}
