//! Cyrillic letters to sounds: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, and the letters of Kazakh and its neighbours.

use crate::sounds::Sound;

pub(super) fn read(word: &str, sounds: &mut Vec<Sound>) {
    let mut before = ' ';
    for letter in word.chars() {
        let own: &[u8] = match letter {
            'а' | 'ә' => b"a",
            'б' => b"b",
            'в' => b"v",
            'г' => b"Q",
            'ґ' | 'ѓ' => b"g",
            'д' => b"d",
            'е' | 'ё' | 'є' | 'э' => b"e",
            // dz and dj.
            'з' | 'ж' if before == 'д' => {
                sounds.pop();
                if letter == 'з' { b"Y" } else { b"j" }
            }
            'ж' | 'җ' => b"Z",
            'з' => b"z",
            'и' | 'і' | 'ї' | 'ы' | 'ӣ' | 'ѝ' => b"i",
            'й' | 'ј' => b"y",
            'к' | 'ќ' | 'ĸ' => b"k",
            'қ' => b"q",
            'л' | 'љ' => b"l",
            'м' => b"m",
            'н' | 'њ' | 'ң' => b"n",
            'о' | 'ө' => b"o",
            'п' => b"p",
            'р' => b"r",
            'с' => b"s",
            'т' => b"t",
            'у' | 'ұ' | 'ү' | 'ӯ' => b"u",
            'ў' => b"w",
            'ф' => b"f",
            'х' => b"H",
            'ҳ' | 'һ' => b"h",
            'ц' => b"C",
            'ч' | 'ћ' | 'ҷ' => b"c",
            'ш' => b"S",
            'щ' => b"Sc",
            'ђ' | 'џ' => b"j",
            'ѕ' => b"Y",
            'ғ' => b"G",
            'ю' => b"yu",
            'я' => b"ya",
            '0'..='9' => {
                sounds.push(letter as u8);
                b""
            }
            _ => b"",
        };
        sounds.extend_from_slice(own);
        before = letter;
    }
}
