//! Words as they are looked for: without accents, case or script.
//!
//! In goes a text; out come its words with their places, each folded to lower-case ASCII letters and figures, and for words that may be names the keys under which all their spellings are
//! found. Apostrophes and hyphens part words, so that an elided article is no part of a name.

use depeche_names::{SearchKeys, search_keys};
use depeche_record::Dispatch;

/// The most letters of a folded word; what is longer is no word.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'text> {
    /// As written.
    pub(crate) text: &'text str,
    /// Its first byte.
    pub(crate) start: usize,
}

/// The words of a text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let is_part = |character: char| character.is_alphanumeric() || is_mark(character);
    text.split(move |character| !is_part(character))
        .filter(|word| !word.is_empty())
        .map(move |word| Word { text: word, start: word.as_ptr() as usize - text.as_ptr() as usize })
}

/// A combining mark, which belongs to the letter before it.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// A word in lower-case ASCII; empty where it has no letter or figure.
pub(crate) fn fold(word: &str) -> String {
    let plain = |letter: &u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    if word.is_ascii() {
        return word.to_ascii_lowercase().bytes().filter(plain).take(LONGEST).map(char::from).collect();
    }
    any_ascii::any_ascii(word).to_ascii_lowercase().bytes().filter(plain).take(LONGEST).map(char::from).collect()
}

/// The folded words of a text with a blank between them.
pub(crate) fn fold_all(text: &str) -> String {
    let folded: Vec<String> = words(text).map(|word| fold(word.text)).filter(|word| !word.is_empty()).collect();
    folded.join(" ")
}

/// The keys of a word that may be a name: one that begins with a capital or is of a script without them.
pub(crate) fn name_keys(word: &str) -> Option<SearchKeys> {
    let first = word.chars().next()?;
    let may_be_name = first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase());
    may_be_name.then(|| search_keys(word))
}

/// The sounds of all words of a name, by which another spelling of it is found.
pub(crate) fn name_sounds(name: &str) -> String {
    let keys: Vec<String> = words(name).filter_map(|word| search_keys(word.text).sounds).collect();
    keys.join(" ")
}

/// What the full-text index keeps of a dispatch, each a list of words.
#[derive(Debug, Default)]
pub(crate) struct Indexed {
    pub(crate) words: String,
    pub(crate) sounds: String,
    pub(crate) consonants: String,
}

impl Indexed {
    /// The words of the blocks that are the article's own; of all of the text where nothing says which these are.
    pub(crate) fn of(dispatch: &Dispatch) -> Indexed {
        let mut indexed = Indexed::default();
        for part in own_parts(dispatch) {
            for word in words(part) {
                let folded = fold(word.text);
                if folded.is_empty() {
                    continue;
                }
                add(&mut indexed.words, &folded);
                if let Some(keys) = name_keys(word.text) {
                    keys.sounds.iter().for_each(|key| add(&mut indexed.sounds, key));
                    keys.consonants.iter().for_each(|key| add(&mut indexed.consonants, key));
                }
            }
        }
        indexed
    }
}

fn add(list: &mut String, word: &str) {
    if !list.is_empty() {
        list.push(' ');
    }
    list.push_str(word);
}

/// The parts of a dispatch's text that are the article's own.
fn own_parts(dispatch: &Dispatch) -> Vec<&str> {
    let index = depeche_record::CharIndex::new(&dispatch.text);
    let parts: Vec<&str> =
        dispatch.blocks.iter().filter(|block| block.kind.is_content()).map(|block| index.slice(&dispatch.text, block.span)).collect();
    if parts.is_empty() { vec![&dispatch.text] } else { parts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(fold_all(text), expected);
    }

    #[test]
    fn words_are_folded() {
        check("L'Élysée, cœur de l’État", "l elysee coeur de l etat");
        check("Choi\u{308}gou à Bakou (2018)", "choigou a bakou 2018");
        check("Шойгу", "shoygu");
        check("—, « »", "");
    }

    proptest! {
        #[test]
        fn words_stand_where_they_say(text in "\\PC{0,200}") {
            for word in words(&text) {
                prop_assert_eq!(text.get(word.start..word.start + word.text.len()), Some(word.text));
                prop_assert!(fold(word.text).bytes().all(|byte| byte.is_ascii_alphanumeric()));
            }
        }
    }
}
