//! Writing to words: a text cut into the words of a name, each in one script, with its sounds.
//!
//! In goes any text; out come words with what the writing tells of them: capitals, a comma before, a full stop behind. Marks of direction, marks of vowels and
//! apostrophes go; letters of another script that only look like those around them (a Cyrillic « а » in a Latin word) are read as what they look like, and so are
//! figures between letters. At most [`MAX_WORDS`] words are read.

use crate::romanise::{Habit, Hearing, Script};
use crate::sounds::{MAX_WORD_LETTERS, Sounds, is_vowel};
use crate::words::{Lexicon, Word};
use smol_str::SmolStr;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most words that are read.
pub(crate) const MAX_WORDS: usize = 24;
/// The most characters of a text that are looked at.
const MAX_CHARACTERS: usize = 1000;

/// A word as it is written and as it sounds.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) text: SmolStr,
    pub(crate) sounds: Sounds,
    /// What it is beside a name.
    pub(crate) word: Word,
    pub(crate) script: Script,
    pub(crate) after_comma: bool,
    /// Of two letters or more, all of them capitals.
    pub(crate) capitals: bool,
    /// A single letter.
    pub(crate) initial: bool,
    /// A full stop stands behind it.
    pub(crate) dotted: bool,
    /// How many letters it has in lower case, and how many bytes those are.
    pub(crate) letters: u16,
    pub(crate) bytes: u16,
    /// The number that its figures are.
    pub(crate) figures: Option<u16>,
}

impl Raw {
    /// How many sounds at its beginning are a joined article.
    pub(crate) fn article(&self) -> u8 {
        match self.sounds[..] {
            [b'a', b'l', _, _, ..] if self.script.unvocalised() => 2,
            _ => 0,
        }
    }
}

/// The words of a text, and all of them in lower case and without marks, with a blank behind each.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> (Vec<Raw>, String) {
    let mut reader = Reader {
        lexicon,
        hearing: Hearing::default(),
        habit: Habit::Any,
        word: String::with_capacity(32),
        comma: false,
        previous: ' ',
        words: Vec::with_capacity(6),
        plain: String::with_capacity(text.len().min(MAX_CHARACTERS) + 8),
    };
    if text.is_ascii() {
        text.bytes().take(MAX_CHARACTERS).for_each(|letter| reader.take(char::from(letter)));
    } else if text.chars().take(MAX_CHARACTERS).all(is_stable) {
        reader.habit = Habit::of(text.chars().take(MAX_CHARACTERS));
        text.chars().take(MAX_CHARACTERS).for_each(|letter| reader.take(letter));
    } else {
        reader.habit = Habit::of(text.chars().take(MAX_CHARACTERS).nfc());
        text.chars().take(MAX_CHARACTERS).nfkc().take(MAX_CHARACTERS).for_each(|letter| reader.take(letter));
    }
    reader.finish(false);
    (reader.words, reader.plain)
}

/// Whether NFKC leaves a letter as it is, whatever stands around it, as far as that is quickly told: most of the Latin, Cyrillic and Arabic letters of names.
fn is_stable(letter: char) -> bool {
    letter.is_ascii()
        || matches!(
            letter,
            '\u{c0}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}' | '\u{14a}'..='\u{17e}' | '\u{18f}' | '\u{218}'..='\u{21b}' | '\u{259}'
                | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{620}'..='\u{64a}' | '\u{66e}' | '\u{66f}' | '\u{671}'..='\u{674}' | '\u{679}'..='\u{6d3}'
                | '\u{200b}'..='\u{200f}' | '\u{2013}' | '\u{2014}' | '\u{2018}' | '\u{2019}'
        )
}

/// Whether it is a letter or a figure; of the letters of most names told without the tables of Unicode.
fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => true,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => true,
        _ => letter.is_alphanumeric(),
    }
}

/// Whether its script knows no capitals, as far as that is quickly told.
fn is_unicase(letter: char) -> bool {
    matches!(letter, '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

/// A text while it is read.
struct Reader<'lexicon> {
    lexicon: &'lexicon Lexicon,
    hearing: Hearing,
    habit: Habit,
    word: String,
    comma: bool,
    previous: char,
    words: Vec<Raw>,
    plain: String,
}

impl Reader<'_> {
    fn take(&mut self, letter: char) {
        if is_letter(letter) {
            let previous = self.previous;
            // Words run together: VladimirPutin.
            let runs_on = !is_unicase(letter) && letter.is_uppercase() && previous.is_lowercase() && self.word.chars().nth(2).is_some();
            let other_script = !(letter.is_ascii() && previous.is_ascii())
                && match (Script::of(previous), Script::of(letter)) {
                    (Some(one), Some(other)) => (one == Script::Arabic) != (other == Script::Arabic),
                    _ => false,
                };
            if runs_on || (other_script && !self.word.is_empty()) {
                self.finish(false);
            }
            if self.word.len() < MAX_WORD_LETTERS * 4 {
                self.word.push(letter);
            }
        } else if is_dropped(letter) {
            return;
        } else {
            self.finish(letter == '.');
            self.comma |= matches!(letter, ',' | ';' | '/' | '\u{60c}');
        }
        self.previous = letter;
    }

    /// Ends the word.
    fn finish(&mut self, dotted: bool) {
        if !self.word.is_empty() && self.words.len() < MAX_WORDS {
            let word = std::mem::take(&mut self.word);
            let after_comma = self.comma && !self.words.is_empty();
            self.push(&word, after_comma, dotted);
            self.comma = false;
            self.word = word;
        }
        self.word.clear();
    }

    fn push(&mut self, word: &str, after_comma: bool, dotted: bool) {
        let mut raw = Raw {
            text: SmolStr::default(),
            sounds: Sounds::default(),
            word: Word::default(),
            script: Script::Latin,
            after_comma,
            capitals: false,
            initial: false,
            dotted: false,
            letters: 0,
            bytes: 0,
            figures: None,
        };
        if word.is_ascii() {
            raw.capitals = word.len() > 1
                && word.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
                && word.bytes().any(|letter| letter.is_ascii_uppercase());
        } else {
            raw.script = majority(word);
            raw.capitals = word.chars().nth(1).is_some()
                && word.chars().all(|letter| !is_unicase(letter) && letter.is_uppercase() || letter.is_ascii_digit())
                && word.chars().any(char::is_alphabetic);
        }
        let letters = word.chars().count();
        if raw.script == Script::Syllabic && letters > 1 {
            self.syllables(word, &raw);
            return;
        }
        let mut lower = Cow::Borrowed(word);
        if !word.is_ascii() || word.bytes().any(|letter| letter.is_ascii_uppercase()) {
            lower = Cow::Owned(lower_case(word, raw.script));
        }
        if raw.script == Script::Latin && letters > 2 && word.bytes().any(|letter| letter.is_ascii_digit()) {
            lower = Cow::Owned(figures_as_letters(&lower));
        }
        // JC: the initials of two names.
        if letters == 2 && raw.capitals && raw.script == Script::Latin && !lower.bytes().any(is_vowel) {
            raw.capitals = false;
            raw.initial = true;
            for letter in lower.chars() {
                let one = letter.to_string();
                self.add(&raw, one.to_uppercase().into(), &one);
            }
            return;
        }
        raw.dotted = dotted;
        raw.initial = letters == 1 && raw.script != Script::Syllabic && !lower.starts_with(|letter: char| letter.is_numeric());
        self.add(&raw, word.into(), &lower);
    }

    /// Adds a word that is like `raw` but for its letters.
    fn add(&mut self, raw: &Raw, text: SmolStr, lower: &str) {
        let habit = if raw.script == Script::Syllabic { Habit::Any } else { self.habit };
        let sounds = Sounds::of(self.hearing.sounds(lower, raw.script, habit));
        self.plain.push_str(lower);
        self.plain.push(' ');
        self.words.push(Raw {
            text,
            sounds,
            word: self.lexicon.word(&sounds),
            letters: lower.chars().count() as u16,
            bytes: lower.len() as u16,
            figures: if lower.starts_with(|letter: char| letter.is_ascii_digit()) { lower.parse().ok() } else { None },
            ..*raw
        });
    }

    /// The name of a Chinese or Korean is written in one: the family name is its first character. A foreign name's parts stand apart.
    fn syllables(&mut self, word: &str, raw: &Raw) {
        let raw = Raw { capitals: false, ..raw.clone() };
        let family = if (2..=3).contains(&word.chars().count()) { word.chars().next().map_or(0, char::len_utf8) } else { 0 };
        for part in [word.get(..family), word.get(family..)].into_iter().flatten().filter(|part| !part.is_empty()) {
            self.add(&raw, part.into(), part);
        }
    }
}

/// The word in lower case; letters of another script that look like those around them are read as these.
fn lower_case(word: &str, script: Script) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(word.len());
    for letter in word.chars() {
        let letter = match (script, Script::of(letter)) {
            (Script::Cyrillic, Some(Script::Latin)) => cyrillic_look(letter),
            (Script::Latin, Some(Script::Cyrillic | Script::Greek)) => latin_look(letter),
            _ => letter,
        };
        if letter.is_ascii() {
            lower.push(letter.to_ascii_lowercase());
        } else if is_unicase(letter) || matches!(letter, '\u{430}'..='\u{45f}') {
            lower.push(letter);
        } else {
            lower.extend(letter.to_lowercase().filter(|letter| !is_combining_mark(*letter)));
        }
    }
    lower
}

/// Marks that are no part of a word and do not end one.
fn is_dropped(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '\u{2018}'..='\u{201b}' | '\u{2b9}'..='\u{2bf}' | '\u{b4}' | '\u{2032}' | '\u{640}' | '\u{ad}' | '\u{200b}' | '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    ) || (!letter.is_ascii() && is_combining_mark(letter))
}

/// The script of most letters of the word.
fn majority(word: &str) -> Script {
    let mut first = None;
    let mut mixed = false;
    for script in word.chars().filter_map(Script::of) {
        mixed |= first.is_some_and(|first| first != script);
        first = first.or(Some(script));
    }
    if !mixed {
        return first.unwrap_or(Script::Other);
    }
    const SCRIPTS: [Script; 7] =
        [Script::Latin, Script::Cyrillic, Script::Arabic, Script::Hebrew, Script::Greek, Script::Syllabic, Script::Other];
    let mut best = (0, Script::Other);
    for script in SCRIPTS {
        let count = word.chars().filter(|&letter| Script::of(letter) == Some(script)).count();
        // A Latin letter in a Cyrillic word of two letters is the intruder: the other way round there would be no telling.
        if count > best.0 || (count == best.0 && script == Script::Cyrillic) {
            best = (count, script);
        }
    }
    best.1
}

fn cyrillic_look(letter: char) -> char {
    match letter {
        'a' | 'A' => 'а',
        'B' => 'в',
        'c' | 'C' => 'с',
        'e' | 'E' => 'е',
        'ë' | 'Ë' => 'ё',
        'H' => 'н',
        'i' | 'I' | 'l' => 'і',
        'ï' | 'Ï' => 'ї',
        'j' | 'J' => 'ј',
        'k' | 'K' => 'к',
        'M' => 'м',
        'o' | 'O' => 'о',
        'p' | 'P' => 'р',
        'T' => 'т',
        'x' | 'X' => 'х',
        'y' | 'Y' => 'у',
        other => other,
    }
}

fn latin_look(letter: char) -> char {
    match letter {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'В' | 'Β' => 'b',
        'с' | 'С' => 'c',
        'е' | 'Е' | 'ё' | 'Ё' | 'Ε' => 'e',
        'Н' | 'Η' => 'h',
        'і' | 'І' | 'ї' | 'Ι' => 'i',
        'ј' => 'j',
        'к' | 'К' | 'Κ' => 'k',
        'М' | 'Μ' => 'm',
        'о' | 'О' | 'ο' | 'Ο' => 'o',
        'р' | 'Р' | 'Ρ' => 'p',
        'Т' | 'Τ' => 't',
        'х' | 'Х' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' => 'y',
        other => other,
    }
}

/// Figures between letters are letters in disguise.
fn figures_as_letters(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_alphabetic());
    let told = letters.iter().enumerate().map(|(at, &figure)| {
        if !(letter(at.checked_sub(1)) && letter(Some(at + 1))) {
            return figure;
        }
        match figure {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '9' => 'g',
            other => other,
        }
    });
    told.collect()
}
