//! Arabic and Persian letters to sounds. Short vowels are not written: whoever compares makes them nearly free.

use crate::sounds::Sound;

pub(super) fn read(word: &str, sounds: &mut Vec<Sound>) {
    for letter in word.chars() {
        let own: &[u8] = match letter {
            'ا' | 'أ' | 'آ' | 'ٱ' | 'إ' => b"a",
            // Ain is heard as a vowel where it begins a word.
            'ع' if sounds.is_empty() => b"a",
            'ب' => b"b",
            'پ' => b"p",
            'ت' | 'ط' | 'ٹ' => b"t",
            'ث' => b"T",
            'ج' => b"M",
            'چ' => b"c",
            'ح' | 'ه' | 'ھ' | 'ہ' => b"h",
            'خ' => b"x",
            'د' | 'ڈ' => b"d",
            'ذ' | 'ض' => b"D",
            'ر' | 'ڑ' => b"r",
            'ز' | 'ظ' => b"z",
            'ژ' => b"Z",
            'س' | 'ص' => b"s",
            'ش' => b"S",
            'غ' => b"G",
            'ف' => b"f",
            'ڤ' => b"v",
            'ق' => b"q",
            'ك' | 'ک' => b"k",
            'گ' => b"g",
            'ل' => b"l",
            'م' => b"m",
            'ن' | 'ں' => b"n",
            'و' | 'ؤ' | 'ۆ' => b"U",
            'ي' | 'ی' | 'ى' | 'ئ' | 'ې' | 'ێ' => b"I",
            'ة' | 'ۀ' => b"a",
            'ے' => b"e",
            '0'..='9' => {
                sounds.push(letter as u8);
                b""
            }
            '\u{660}'..='\u{669}' => {
                sounds.push(b'0' + (letter as u32 - 0x660) as u8);
                b""
            }
            '\u{6f0}'..='\u{6f9}' => {
                sounds.push(b'0' + (letter as u32 - 0x6f0) as u8);
                b""
            }
            // Ain, hamza and marks of vowels.
            _ => b"",
        };
        sounds.extend_from_slice(own);
    }
    // A final h is mostly a vowel.
    if sounds.len() > 3 && sounds.last() == Some(&b'h') {
        sounds.pop();
    }
}
