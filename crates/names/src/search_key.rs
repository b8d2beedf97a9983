//! What a word of a name is found by in a full text, however it is spelled.
//!
//! In goes one word in any script; out come its [`SearchKeys`]: the classes of its sounds, in which « Choïgou », “Shoigu” and «Шойгу» are one, and of longer words
//! the classes of its consonants alone, by which a name written without its vowels is found too. What has no letters has no keys.

use crate::index::written_alike;
use crate::romanise::{Habit, Hearing, Script};
use crate::sounds::{MAX_WORD_LETTERS, class, is_vowel};

/// The fewest consonants that tell anything without the vowels between them.
const FEWEST_CONSONANTS: usize = 3;

/// What a word is looked up by. Keys are letters and figures of ASCII; that one word's is another's says that they may be one name, no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchKeys {
    /// The classes of all its sounds; none where it is written without vowels.
    pub sounds: Option<String>,
    /// The classes of its consonants; none where they are too few to tell anything.
    pub consonants: Option<String>,
}

/// The keys of a word.
///
/// ```
/// let keys = |word| depeche_names::search_keys(word).sounds;
/// assert_eq!(keys("Choïgou"), keys("Shoigu"));
/// assert_eq!(keys("Choïgou"), keys("Шойгу"));
/// assert_ne!(keys("Choïgou"), keys("Chirac"));
/// ```
pub fn search_keys(word: &str) -> SearchKeys {
    let Some(script) = word.chars().find_map(Script::of) else { return SearchKeys::default() };
    let lower: String =
        word.chars().take(MAX_WORD_LETTERS).filter(|&letter| Script::of(letter) == Some(script)).flat_map(char::to_lowercase).collect();
    let mut hearing = Hearing::default();
    let heard = hearing.sounds(&lower, script, Habit::of(word.chars()));
    let mut sounds = String::with_capacity(heard.len());
    let mut consonants = String::new();
    for &sound in heard {
        let class = if is_vowel(sound) { class(sound) } else { written_alike(class(sound)) };
        push_once(&mut sounds, char::from(class));
        if !is_vowel(sound) {
            push_once(&mut consonants, char::from(class));
        }
    }
    SearchKeys {
        sounds: (!script.unvocalised() && !sounds.is_empty()).then_some(sounds),
        consonants: (consonants.len() >= FEWEST_CONSONANTS).then_some(consonants),
    }
}

/// A class is written once where it is heard twice running.
fn push_once(key: &mut String, class: char) {
    if !key.ends_with(class) {
        key.push(class);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether some key of the two is the same.
    fn check(one: &str, other: &str, alike: bool) {
        let (a, b) = (search_keys(one), search_keys(other));
        let same = (a.sounds.is_some() && a.sounds == b.sounds) || (a.consonants.is_some() && a.consonants == b.consonants);
        assert_eq!(same, alike, "{one} {a:?}, {other} {b:?}");
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        check("Choïgou", "Choigu", true);
        check("Choïgou", "Шойгу", true);
        check("Shoygu", "Chojgu", false);
        check("Lavrov", "Лавров", true);
        check("Bagheri", "Baghéri", true);
        check("Bagheri", "باقری", false);
        check("Nasirzadeh", "Nassirzadeh", true);
        check("Hatami", "حاتمی", true);
        check("Erdoğan", "Erdogan", true);
        for spelling in ["Djuric", "Djurić", "Đuric", "Djouritch"] {
            check("Đurić", spelling, true);
        }
        for spelling in ["Vucic", "Vučic", "Vutchitch", "Voutchitch", "Vuchich", "Вучић"] {
            check("Vučić", spelling, true);
        }
        check("Karadžić", "Karadjitch", true);
        check("Orbán", "Orban", true);
        check("Türk", "Turk", true);
        check("Çavuşoğlu", "Tchavouchoglou", true);
        check("Đức", "Duc", true);
        check("Mohammad", "محمد", true);
        check("Macron", "Merkel", false);
        check("Araghchi", "Lavrov", false);
    }

    proptest! {
        #[test]
        fn no_word_is_too_strange(word in "\\PC{0,60}") {
            let keys = search_keys(&word);
            for key in keys.sounds.iter().chain(&keys.consonants) {
                prop_assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{key}");
            }
        }
    }
}
