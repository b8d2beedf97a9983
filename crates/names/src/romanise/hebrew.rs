//! Hebrew letters to sounds. Vowels are not written but by yod and vav.

use crate::sounds::Sound;

pub(super) fn read(word: &str, sounds: &mut Vec<Sound>) {
    for letter in word.chars() {
        let own: &[u8] = match letter {
            'א' => b"a",
            'ב' => b"B",
            'ג' => b"g",
            'ד' => b"d",
            'ה' => b"h",
            'ו' => b"U",
            'ז' => b"z",
            'ח' => b"H",
            'ט' | 'ת' => b"t",
            'י' => b"I",
            'כ' | 'ך' => b"L",
            'ל' => b"l",
            'מ' | 'ם' => b"m",
            'נ' | 'ן' => b"n",
            'ס' => b"s",
            'פ' | 'ף' => b"P",
            'צ' | 'ץ' => b"C",
            'ק' => b"k",
            'ר' => b"r",
            'ש' => b"R",
            '0'..='9' => {
                sounds.push(letter as u8);
                b""
            }
            _ => b"",
        };
        sounds.extend_from_slice(own);
    }
    if sounds.len() > 2 && sounds.last() == Some(&b'h') {
        sounds.pop();
        sounds.push(b'a');
    }
}
