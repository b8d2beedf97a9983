//! The words of names as they sound: the table of the packs made ready for look-up.
//!
//! In goes [`NameWords`]; out comes what a word of a name is beside a name: a title, a particle, half of a name, a given name that others stand for, a legal
//! form. Words are known by their sounds, so that every script and spelling that sounds the same is known with them.

use crate::romanise::{Habit, Hearing, Script};
use crate::sounds::{Sound, Sounds, class, is_vowel};
use depeche_packs::NameWords;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// What a word may be, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) honorific: bool,
    pub(crate) particle: bool,
    pub(crate) prefix: bool,
    pub(crate) servant: bool,
    pub(crate) article: bool,
    pub(crate) suffix: bool,
    /// Its legal form, generic kind and number, each from 1; 0 for none.
    pub(crate) legal: u8,
    pub(crate) generic: u8,
    pub(crate) number: u8,
}

/// A given name: those that it is one of, from 1, and whether very many bear it.
#[derive(Debug, Clone, Copy, Default)]
struct Given {
    group: u16,
    common: bool,
}

/// The words of names, ready for look-up.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<Box<[Sound]>, Word>,
    /// Legal forms of several words, each by its sounds, the longest first.
    pub(crate) legal_phrases: Vec<(Vec<Box<[Sound]>>, u8)>,
    given: FxHashMap<Box<[Sound]>, Given>,
    skeletons: FxHashMap<Box<[Sound]>, u16>,
    patronymic_ends: Vec<Box<[Sound]>>,
    /// The classes with which a patronymic may end, as bits.
    patronymic_last: u128,
    address_initials: Vec<Sound>,
}

/// A word written in a table, as it sounds.
fn heard(word: &str) -> Sounds {
    let lower: String = word.nfkc().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect();
    let script = lower.chars().find_map(Script::of).unwrap_or(Script::Latin);
    Sounds::of(Hearing::default().sounds(&lower, script, Habit::Any))
}

/// The class of a sound in a given name, whose c at the end is k: Éric, Frédéric.
fn class_of_given(sound: Sound) -> u8 {
    class(if sound == b'F' { b'k' } else { sound })
}

/// The classes of the sounds, doubled ones once: what spellings of one given name have in common.
pub(crate) fn key(sounds: &[Sound]) -> Sounds {
    let mut key = Sounds::default();
    let mut last = 0;
    for class in sounds.iter().map(|&sound| class_of_given(sound)) {
        if last != class {
            key.push(class);
            last = class;
        }
    }
    key
}

/// The key without vowels.
pub(crate) fn skeleton(sounds: &[Sound]) -> Sounds {
    let mut skeleton = Sounds::default();
    let mut last = 0;
    for class in sounds.iter().filter(|&&sound| !is_vowel(sound)).map(|&sound| class_of_given(sound)) {
        if last != class {
            skeleton.push(class);
            last = class;
        }
    }
    skeleton
}

impl Lexicon {
    pub(crate) fn new(table: &NameWords) -> Lexicon {
        let mut lexicon = Lexicon::default();
        type Mark = fn(&mut Word);
        let flags: [(&[String], Mark); 6] = [
            (&table.honorifics, |word| word.honorific = true),
            (&table.particles, |word| word.particle = true),
            (&table.prefixes, |word| word.prefix = true),
            (&table.servant, |word| word.servant = true),
            (&table.suffixes, |word| word.suffix = true),
            (&table.articles, |word| word.article = true),
        ];
        for (forms, mark) in flags {
            for form in forms {
                mark(lexicon.entry(form));
            }
        }
        for (forms, number) in table.legal.values().zip(1_u8..) {
            for form in forms {
                let words: Vec<Box<[Sound]>> = form.split(' ').map(|word| (*heard(word)).into()).collect();
                if words.len() > 1 {
                    lexicon.legal_phrases.push((words, number));
                } else {
                    lexicon.entry(form).legal = number;
                }
            }
        }
        lexicon.legal_phrases.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        for (forms, number) in table.generic.values().zip(1_u8..) {
            for form in forms.iter().filter(|form| !form.contains(' ')) {
                lexicon.entry(form).generic = number;
            }
        }
        for (figures, forms) in &table.numbers {
            for form in forms {
                lexicon.entry(form).number = figures.parse().unwrap_or(0);
            }
        }
        for (forms, number) in table.given.iter().zip(1_u16..) {
            for form in forms {
                let heard = heard(form);
                let given = lexicon.given.entry((*key(&heard)).into()).or_default();
                given.group = if given.group == 0 { number } else { given.group };
                let skeleton = skeleton(&heard);
                if skeleton.len() > 1 {
                    lexicon.skeletons.entry((*skeleton).into()).or_insert(number);
                }
            }
        }
        for form in &table.common {
            lexicon.given.entry((*key(&heard(form))).into()).or_default().common = true;
        }
        lexicon.patronymic_ends = table.patronymic_ends.iter().map(|end| (*key(&heard(end))).into()).collect();
        lexicon.patronymic_ends.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        lexicon.patronymic_ends.dedup();
        lexicon.patronymic_last =
            lexicon.patronymic_ends.iter().filter_map(|end| end.last()).fold(0, |bits, &last| bits | 1 << (last & 127));
        lexicon.address_initials = table.address_initials.iter().flat_map(|letter| heard(letter).to_vec()).collect();
        lexicon
    }

    fn entry(&mut self, form: &str) -> &mut Word {
        self.words.entry((*heard(form)).into()).or_default()
    }

    /// What the word is beside a name.
    pub(crate) fn word(&self, sounds: &[Sound]) -> Word {
        self.words.get(sounds).copied().unwrap_or_default()
    }

    /// The given names that it is one of, from 1, 0 for none, and whether very many bear it. A word without its vowels is known by its consonants.
    pub(crate) fn given(&self, sounds: &[Sound], unvocalised: bool) -> (u16, bool) {
        let given = self.given.get(&*key(sounds)).copied().unwrap_or_default();
        if given.group > 0 || !unvocalised {
            return (given.group, given.group > 0 || given.common);
        }
        let skeleton = skeleton(sounds);
        let group = if skeleton.len() < 3 { 0 } else { self.skeletons.get(&*skeleton).copied().unwrap_or(0) };
        (group, group > 0 || given.common)
    }

    /// Whether the word ends as a patronymic does, and the given name that it is of, 0 where that is none that is known.
    pub(crate) fn patronymic(&self, sounds: &[Sound]) -> Option<u16> {
        let last = class(*sounds.last()?);
        if self.patronymic_last >> (last & 127) & 1 == 0 {
            return None;
        }
        let key = key(sounds);
        let end = self.patronymic_ends.iter().find(|end| key.len() > end.len() + 1 && key.ends_with(end))?;
        let stem = skeleton(key.get(..key.len() - end.len()).unwrap_or_default());
        Some(self.skeletons.get(&*stem).copied().unwrap_or(0))
    }

    /// Whether a lone letter in front of a name is a form of address.
    pub(crate) fn is_address(&self, sound: Sound) -> bool {
        self.address_initials.contains(&sound)
    }
}
