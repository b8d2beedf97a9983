//! Writing to words: a text cut into the words of a name, each in one script, with its sounds.
//!
//! In goes any text; out come words with what the writing tells of them: capitals, a comma before, a full stop behind. Marks of direction, marks of vowels and
//! apostrophes go; letters of another script that only look like those around them (a Cyrillic « а » in a Latin word) are read as what they look like, and so are
//! figures between letters. At most [`MAX_WORDS`] words are read.

use crate::romanise::{Habit, Script, sounds};
use crate::sounds::{MAX_WORD_LETTERS, Sound, is_vowel};
use crate::words::Lexicon;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most words that are read.
pub(crate) const MAX_WORDS: usize = 24;
/// The most characters of a text that are looked at.
const MAX_CHARACTERS: usize = 1000;

/// A word as it is written and as it sounds.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    pub(crate) text: Box<str>,
    pub(crate) lower: String,
    pub(crate) sounds: Box<[Sound]>,
    pub(crate) script: Script,
    pub(crate) after_comma: bool,
    /// Of two letters or more, all of them capitals.
    pub(crate) capitals: bool,
    /// A single letter.
    pub(crate) initial: bool,
    /// A full stop stands behind it.
    pub(crate) dotted: bool,
}

impl Raw {
    /// How many sounds at its beginning are a joined article.
    pub(crate) fn article(&self, _: &Lexicon) -> u8 {
        match self.sounds[..] {
            [b'a', b'l', _, _, ..] if self.script.unvocalised() => 2,
            _ => 0,
        }
    }
}

/// The words of a text.
pub(crate) fn read(text: &str) -> Vec<Raw> {
    let habit = if text.is_ascii() {
        Habit::Any
    } else {
        {
            let start: String = text.chars().take(MAX_CHARACTERS).nfc().collect();
            Habit::of(&start)
        }
    };
    let mut words: Vec<Raw> = Vec::new();
    let mut word = String::new();
    let mut comma = false;
    let mut previous = ' ';
    let finish = |word: &mut String, comma: &mut bool, dotted: bool, words: &mut Vec<Raw>| {
        if !word.is_empty() && words.len() < MAX_WORDS {
            let after_comma = *comma && !words.is_empty();
            push(word, after_comma, dotted, habit, words);
            *comma = false;
        }
        word.clear();
    };
    let mut take = |letter: char| {
        if letter.is_alphanumeric() {
            // Words run together: VladimirPutin.
            let runs_on = letter.is_uppercase() && previous.is_lowercase() && word.chars().count() > 2;
            let other_script = match (Script::of(previous), Script::of(letter)) {
                (Some(one), Some(other)) => (one == Script::Arabic) != (other == Script::Arabic),
                _ => false,
            };
            if runs_on || (other_script && !word.is_empty()) {
                finish(&mut word, &mut comma, false, &mut words);
            }
            if word.len() < MAX_WORD_LETTERS * 4 {
                word.push(letter);
            }
        } else if is_dropped(letter) {
            return;
        } else {
            finish(&mut word, &mut comma, letter == '.', &mut words);
            comma |= matches!(letter, ',' | ';' | '/' | '\u{60c}');
        }
        previous = letter;
    };
    if text.is_ascii() {
        text.chars().take(MAX_CHARACTERS).for_each(&mut take);
    } else {
        text.chars().take(MAX_CHARACTERS).nfkc().take(MAX_CHARACTERS).for_each(&mut take);
    }
    finish(&mut word, &mut comma, false, &mut words);
    words
}

/// Marks that are no part of a word and do not end one.
fn is_dropped(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '\u{2018}'..='\u{201b}' | '\u{2b9}'..='\u{2bf}' | '\u{b4}' | '\u{2032}' | '\u{640}' | '\u{ad}' | '\u{200b}' | '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    ) || (!letter.is_ascii() && is_combining_mark(letter))
}

fn push(word: &str, after_comma: bool, dotted: bool, habit: Habit, words: &mut Vec<Raw>) {
    let script = majority(word);
    let letters = word.chars().count();
    let capitals =
        letters > 1 && word.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit()) && word.chars().any(char::is_alphabetic);
    let mut lower = String::with_capacity(word.len());
    for letter in word.chars() {
        let letter = match (script, Script::of(letter)) {
            (Script::Cyrillic, Some(Script::Latin)) => cyrillic_look(letter),
            (Script::Latin, Some(Script::Cyrillic | Script::Greek)) => latin_look(letter),
            _ => letter,
        };
        if letter.is_ascii() {
            lower.push(letter.to_ascii_lowercase());
        } else {
            lower.extend(letter.to_lowercase().filter(|letter| !is_combining_mark(*letter)));
        }
    }
    if script == Script::Latin && letters > 2 && word.chars().any(|letter| letter.is_ascii_digit()) {
        lower = figures_as_letters(&lower);
    }
    if script == Script::Syllabic && letters > 1 {
        syllables(word, after_comma, words);
        return;
    }
    // JC: the initials of two names.
    if letters == 2 && capitals && script == Script::Latin && !lower.bytes().any(is_vowel) {
        for letter in lower.chars() {
            let one = letter.to_string();
            let sounds = sounds(&one, script, habit).into();
            words.push(Raw {
                text: one.to_uppercase().into(),
                lower: one,
                sounds,
                script,
                after_comma,
                capitals: false,
                initial: true,
                dotted: false,
            });
        }
        return;
    }
    let sounds = sounds(&lower, script, habit).into();
    let initial = letters == 1 && script != Script::Syllabic && !lower.starts_with(|letter: char| letter.is_numeric());
    words.push(Raw { text: word.into(), lower, sounds, script, after_comma, capitals, initial, dotted });
}

/// The name of a Chinese or Korean is written in one: the family name is its first character. A foreign name's parts stand apart.
fn syllables(word: &str, after_comma: bool, words: &mut Vec<Raw>) {
    let family = if (2..=3).contains(&word.chars().count()) { word.chars().next().map_or(0, char::len_utf8) } else { 0 };
    for part in [word.get(..family), word.get(family..)].into_iter().flatten().filter(|part| !part.is_empty()) {
        let sounds = sounds(part, Script::Syllabic, Habit::Any).into();
        words.push(Raw {
            text: part.into(),
            lower: part.to_owned(),
            sounds,
            script: Script::Syllabic,
            after_comma,
            capitals: false,
            initial: false,
            dotted: false,
        });
    }
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
