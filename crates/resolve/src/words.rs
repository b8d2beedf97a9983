//! Text as words and numbers to compare.
//!
//! In goes text; out come words without case and accents, and the numbers in figures with the word that follows. It knows no language: how common a word is, the packs tell.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text without case, accents and ligatures.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        // Most letters are ASCII, which nothing takes apart.
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let (ascii, others) = rest.split_at(plain);
        let start = out.len();
        out.push_str(ascii);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        let (foreign, behind) = others.split_at(others.find(|letter: char| letter.is_ascii()).unwrap_or(others.len()));
        for letter in foreign.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
            match letter {
                'œ' => out.push_str("oe"),
                'æ' => out.push_str("ae"),
                'ı' => out.push('i'),
                letter => out.push(letter),
            }
        }
        rest = behind;
    }
    out
}

/// A name as it is written where marks are left out, in its case.
pub(crate) fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'đ' => out.push_str("dj"),
            'Đ' => out.push_str("Dj"),
            'ı' => out.push('i'),
            letter => out.push(letter),
        }
    }
    out
}

/// The words of a folded text: runs of letters and figures.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The words of a folded text with one space between them and around all, so that a phrase is found with a space on both sides.
pub(crate) fn spaced(folded: &str) -> String {
    let mut out = String::from(" ");
    for word in words(folded) {
        out.push_str(word);
        out.push(' ');
    }
    out
}

/// The numbers of a folded text, without the marks between thousands, each with the next word that is none. Numbers within words or with a decimal mark, and what can be a year, are left out.
pub(crate) fn numbers(folded: &str) -> Vec<(String, String)> {
    if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let letters: Vec<char> = folded.chars().collect();
    let at = |place: usize| letters.get(place).copied();
    let is_digit = |place: usize| at(place).is_some_and(|letter| letter.is_ascii_digit());
    let mut found = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        if !is_digit(place)
            || place
                .checked_sub(1)
                .and_then(at)
                .is_some_and(|before| before.is_alphanumeric() || matches!(before, '.' | ',' | '-' | '/' | ':'))
        {
            place += 1;
            continue;
        }
        let mut figures = String::new();
        while is_digit(place) {
            figures.extend(at(place));
            place += 1;
            let group = matches!(at(place), Some(' ' | ',' | '.' | '\u{a0}' | '\u{202f}' | '\'')) && figures.len() <= 12;
            if group && is_digit(place + 1) && is_digit(place + 2) && is_digit(place + 3) && !is_digit(place + 4) {
                place += 1;
            }
        }
        let joined = at(place).is_some_and(|after| {
            after.is_alphabetic() || (matches!(after, '.' | ',' | '/' | ':' | '-') && at(place + 1).is_some_and(char::is_alphanumeric))
        });
        let year = figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20"));
        if joined || year {
            continue;
        }
        let rest: String = letters.iter().skip(place).take(40).collect();
        let counted = words(&rest).find(|word| word.chars().count() > 2 && !word.starts_with(|letter: char| letter.is_ascii_digit()));
        let figures = figures.trim_start_matches('0');
        found.push((if figures.is_empty() { "0" } else { figures }.to_owned(), counted.unwrap_or_default().to_owned()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = numbers(&folded(text));
        let found: Vec<(&str, &str)> = found.iter().map(|(number, word)| (number.as_str(), word.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_are_read_with_what_they_count() {
        check("quelque 20 000 tonnes de riz", &[("20000", "tonnes")]);
        check("20,000 tonnes; 1.500 soldats", &[("20000", "tonnes"), ("1500", "soldats")]);
        check("7 morts et 12 blessés", &[("7", "morts"), ("12", "blesses")]);
        check("en 2024, 3,5 % de 10-12 S-400 le 14e", &[]);
        check("40", &[("40", "")]);
    }

    #[test]
    fn words_have_neither_case_nor_accents() {
        assert_eq!(words(&folded("L’Œuvre d’Été, İzmir")).collect::<Vec<_>>(), ["l", "oeuvre", "d", "ete", "izmir"]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_folded_in_parts_is_folded_as_a_whole(text in "[a-zA-Z éÉ\u{300}-\u{320}ŒıİßǅЖ가-힣ﬁ]{0,40}") {
            let lower = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect::<String>();
            proptest::prop_assert_eq!(folded(&text), lower.replace('œ', "oe").replace('æ', "ae").replace('ı', "i"));
        }
    }
}
