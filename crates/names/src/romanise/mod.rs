//! Letters of any script to sounds.
//!
//! In goes one word of a name, lower case, in one script; out come its [sounds](crate::sounds). Latin letters are read with the habits of all the
//! languages that romanise names, the other scripts by tables of their own; what has no table is taken to Latin letters by `any_ascii` first.

mod arabic;
mod cyrillic;
mod greek;
mod hebrew;
mod latin;

use crate::sounds::{Sound, is_vowel};

pub(crate) use latin::Habit;

/// The script of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    /// Latin letters and figures.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Arabic and Persian, without its vowels.
    Arabic,
    /// Hebrew, without its vowels.
    Hebrew,
    /// Greek.
    Greek,
    /// Chinese characters and Korean syllables, written without blanks.
    Syllabic,
    /// Any other.
    Other,
}

impl Script {
    /// The script of a letter; nothing where it is none.
    pub(crate) fn of(letter: char) -> Option<Script> {
        Some(match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{590}'..='\u{5ff}' => Script::Hebrew,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
            '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}' => Script::Syllabic,
            letter if letter.is_alphanumeric() => Script::Other,
            _ => return None,
        })
    }

    /// Whether its words leave out short vowels.
    pub(crate) fn unvocalised(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }
}

/// Reads words one after the other, in the same two buffers.
#[derive(Debug, Default)]
pub(crate) struct Hearing {
    letters: Vec<u8>,
    sounds: Vec<Sound>,
}

impl Hearing {
    /// The sounds of a word in lower case, all of one script.
    pub(crate) fn sounds(&mut self, word: &str, script: Script, habit: Habit) -> &[Sound] {
        let Hearing { letters, sounds } = self;
        sounds.clear();
        sounds.reserve(word.len() + 2);
        match script {
            Script::Latin => latin::read(word, habit, letters, sounds),
            Script::Cyrillic => cyrillic::read(word, sounds),
            Script::Arabic => arabic::read(word, sounds),
            Script::Hebrew => hebrew::read(word, sounds),
            Script::Greek => greek::read(word, sounds),
            Script::Syllabic | Script::Other => {
                latin::read(&any_ascii::any_ascii(word).to_lowercase(), Habit::Any, letters, sounds);
            }
        }
        settle(sounds, script);
        sounds
    }
}

/// Doubled sounds are one where vowels are written, of several vowels near i one is left, and a mute h at the end goes.
fn settle(sounds: &mut Vec<Sound>, script: Script) {
    let near_i = |sound: Sound| matches!(sound, b'i' | b'y' | b'I');
    let mut kept = 0_usize;
    for at in 0..sounds.len() {
        let sound = sounds[at];
        if let Some(last) = kept.checked_sub(1).and_then(|last| sounds.get_mut(last)) {
            if *last == sound && !sound.is_ascii_digit() && !script.unvocalised() {
                continue;
            }
            if near_i(*last) && near_i(sound) {
                *last = b'i';
                continue;
            }
        }
        sounds[kept] = sound;
        kept += 1;
    }
    sounds.truncate(kept);
    if let [.., before, b'h'] = sounds[..]
        && is_vowel(before)
        && sounds.len() > 3
    {
        sounds.pop();
    }
    if let [.., b'i' | b'y', b'J'] = sounds[..] {
        sounds.pop();
    }
    // Before a vowel i is a glide.
    for at in 1..sounds.len() {
        if let (Some(b'i'), Some(b'a' | b'o' | b'u' | b'e')) = (sounds.get(at - 1), sounds.get(at)) {
            sounds[at - 1] = b'y';
        }
    }
}
