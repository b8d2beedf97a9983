//! The language of a text or of one of its lines.
//!
//! In goes text; out comes an ISO 639-1 code, or nothing where it cannot be told. Four things are asked in turn: the common words of the
//! packs; the letters ([`letters`]), which tell most scripts and many languages; the sequences of letters of Latin (`whichlang`), which
//! always give an answer, right or wrong, and are believed only where several stretches of the text bear it out; and for neighbours that
//! share their letters the models of `lingua` ([`neighbours`]).

mod letters;
mod neighbours;

use crate::line_shape::inline_dateline;
use crate::pages::{CommonWords, Pages};
use letters::Letters;
use neighbours::told_apart;
use whichlang::Lang;

/// How much of a text is looked at, in bytes.
const SAMPLE_BYTES: usize = 4096;
/// Letters below which nothing is said.
const FEW_LETTERS: usize = 12;

/// The code that a caller's `language` stands for: `fr`, `fr-FR`, `fr_CA` are `fr`.
pub(crate) fn declared(words: &str) -> Option<String> {
    let primary = words.trim().split(['-', '_']).next().unwrap_or_default();
    (primary.len() == 2 && primary.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| primary.to_ascii_lowercase())
}

/// The language of a text, as ISO 639-1; none where nothing tells it.
pub fn language_of(text: &str, pages: &Pages) -> Option<String> {
    of_text(std::iter::once(text), pages)
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
    if let Some(code) = of_most(&sample, pages) {
        return Some(code.to_owned());
    }
    let common = pages.common_words(&whole);
    if let Some(code) = of_common_words(&whole, &common) {
        return Some(code.to_owned());
    }
    let code = match letters::of(&whole) {
        Letters::Told(code) => Some(code),
        Letters::Among(neighbours) => told_apart(&whole, neighbours),
        Letters::Latin | Letters::Devanagari => of_sequences(&whole).filter(|guess| is_borne_out(guess, &sample)),
        Letters::Unknown => None,
    };
    // A language with a pack shows its common words in any text of some length: without them it is a neighbour.
    code.filter(|code| common.words < 20 || !pages.knows(code)).map(str::to_owned)
}

/// The language that common words give and the letters do not gainsay: neighbours share short words, so few of them need bearing out.
fn of_common_words<'pages>(text: &str, common: &CommonWords<'pages>) -> Option<&'pages str> {
    common.clear_winner().filter(|code| common.hits(code) * 3 >= common.words || by_sequences(text) == *code)
}

/// Whether most of a text says, piece by piece, what the whole of it says. A piece must say it twice, by its odd words and by its even ones:
/// a language that is not known here falls now to one neighbour, now to another.
fn is_borne_out(guess: &str, sample: &[&str]) -> bool {
    let pieces: Vec<&str> = sample.iter().flat_map(|stretch| pieces(stretch)).collect();
    let says = |piece: &str| {
        // A quotation in other letters says nothing of the text.
        let mut words =
            piece.split_whitespace().filter(|word| guess == HINDI || word.contains(|letter: char| letter.is_ascii_alphabetic()));
        let (mut odd, mut even) = (String::with_capacity(piece.len()), String::with_capacity(piece.len()));
        while let Some(word) = words.next() {
            for (half, word) in [(&mut odd, Some(word)), (&mut even, words.next())] {
                half.push_str(word.unwrap_or_default());
                half.push(' ');
            }
        }
        [odd, even].iter().all(|half| by_sequences(half) == guess)
    };
    let agreeing: usize = pieces.iter().filter(|piece| says(piece)).map(|piece| piece.len()).sum();
    let all: usize = pieces.iter().map(|piece| piece.len()).sum();
    agreeing * 3 >= all * 2
}

/// The language that the common words give to most of the stretches, by length: a caption in another one does not confuse it.
fn of_most<'pages>(stretches: &[&str], pages: &'pages Pages) -> Option<&'pages str> {
    let mut votes: Vec<(&str, usize)> = Vec::new();
    for stretch in stretches {
        if let Some(code) = of_common_words(stretch, &pages.common_words(stretch)) {
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
    // Town, day and agency of a dateline are words of no language.
    let line = inline_dateline(line, pages).and_then(|end| line.get(end..)).unwrap_or(line);
    let line = prefix(line, 2048);
    let common = pages.common_words(line);
    if let Some(code) = of_common_words(line, &common) {
        return code != article;
    }
    // Names say little: only a line of some length without one common word of the article's language is foreign by its letters.
    if !pages.knows(article) || common.words < 10 || common.hits(article) > 0 {
        return false;
    }
    let is_another = |code: &str| code != article && !pages.knows(code);
    match letters::of(line) {
        Letters::Told(code) => is_another(code),
        Letters::Among(neighbours) => neighbours.iter().all(|(_, code)| is_another(code)),
        Letters::Latin | Letters::Devanagari => of_sequences(line).is_some_and(is_another),
        Letters::Unknown => false,
    }
}

/// What the sequences of letters say; nothing where an accent is one that the language so named does not write.
fn of_sequences(text: &str) -> Option<&'static str> {
    let code = by_sequences(text);
    (code == HINDI || letters::may_be(code, text)).then_some(code)
}

const HINDI: &str = "hi";

/// The language whose sequences of letters are the likeliest, right or wrong.
fn by_sequences(text: &str) -> &'static str {
    match whichlang::detect_language(text) {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => HINDI,
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
    }
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
