//! What the letters of a text say of its language: its script, and the letters that one language writes and its neighbours do not.
//!
//! In goes a text; out comes the one language that its letters leave, the neighbours between which they do not decide, or that they are
//! Latin, where letters say least. It refuses nothing: a text of several scripts, or of one that is not known here, is told to be so.

use lingua::Language;
use std::collections::BTreeMap;

/// What letters leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// One language alone.
    Told(&'static str),
    /// One of these, if it is none that is not known here.
    Among(&'static [(Language, &'static str)]),
    /// A language in Latin letters.
    Latin,
    /// Devanagari, where the common languages share all letters.
    Devanagari,
    /// Too few letters of one script, or letters of a language that is not known here.
    Unknown,
}

/// The neighbours of Arabic script that may share all letters of a short text.
const ARABIC: &[(Language, &str)] = &[(Language::Arabic, "ar"), (Language::Persian, "fa")];
/// Those of Cyrillic script.
const CYRILLIC: &[(Language, &str)] = &[(Language::Bulgarian, "bg"), (Language::Russian, "ru"), (Language::Ukrainian, "uk")];
/// Turkish and Azerbaijani, which only the schwa tells apart.
const TURKIC: &[(Language, &str)] = &[(Language::Azerbaijani, "az"), (Language::Turkish, "tr")];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Devanagari,
    Han,
    Kana,
    /// The script of one language, among those that news is written in.
    Of(&'static str),
    Other,
}

/// A language by the letters that it writes and its neighbours do not.
struct Telling {
    code: &'static str,
    /// At least one letter in a hundred is one of these; in Latin, one word in twenty bears one.
    own: &'static [char],
    /// So is at least one in four hundred one of these, where there are any.
    with: &'static [char],
    /// Less than one letter in two hundred is one of these.
    never: &'static [char],
}

#[rustfmt::skip]
const OF_ARABIC: &[Telling] = &[
    Telling { code: "ur", own: &['ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ', 'ھ'], with: &['ے', 'ں', 'ہ', 'ٹ', 'ڈ', 'ڑ'],
        never: &['ة', 'ٿ', 'ڻ', 'ڳ', 'ړ', 'ښ', 'ې', 'ۆ', 'ێ', 'ە'] },
    Telling { code: "ps", own: &['ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ڼ', 'ځ', 'څ', 'ې', 'ۍ'], with: &[], never: &['ٹ', 'ڈ', 'ڑ', 'ں', 'ۆ', 'ە'] },
    Telling { code: "ku", own: &['ڕ', 'ڵ', 'ۆ', 'ێ', 'ە'], with: &['ۆ', 'ێ', 'ڵ', 'ڕ'], never: &['ۇ', 'ۈ', 'ې', 'ټ', 'ښ', 'ة'] },
    Telling { code: "fa", own: &['پ', 'چ', 'ژ', 'گ'], with: &[],
        never: &['ة', 'ى', 'ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ', 'ھ', 'ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ځ', 'څ', 'ې', 'ڕ', 'ڵ', 'ۆ', 'ێ', 'ە', 'ڭ', 'ۇ'] },
    Telling { code: "ar", own: &['ة', 'ى', 'إ'], with: &[], never: &['پ', 'چ', 'ژ', 'گ', 'ک', 'ی', 'ہ', 'ے', 'ۆ', 'ە', 'ې', 'ړ', 'ښ'] },
];

#[rustfmt::skip]
const OF_CYRILLIC: &[Telling] = &[
    Telling { code: "be", own: &['і', 'ў'], with: &['ы', 'э', 'ё', 'ў'], never: &['и', 'щ', 'ъ', 'ї', 'є', 'ғ', 'қ', 'ұ', 'ң', 'ә', 'ө', 'ү'] },
    Telling { code: "uk", own: &['і', 'ї', 'є', 'ґ'], with: &['и', 'ї', 'є', 'ґ'], never: &['ы', 'э', 'ё', 'ў', 'ъ', 'ј', 'қ', 'ғ', 'ә', 'ұ', 'ү', 'ө'] },
    Telling { code: "bg", own: &['ъ'], with: &[], never: &['ы', 'э', 'ё', 'і', 'ї', 'ў', 'ј', 'қ', 'ғ', 'ӣ', 'ӯ', 'ҳ', 'ҷ', 'ү', 'ө'] },
    Telling { code: "sr", own: &['ј', 'љ', 'њ', 'ђ', 'ћ'], with: &['ђ', 'ћ'], never: &['ы', 'э', 'й', 'щ', 'ъ', 'ь', 'ю', 'я', 'ѓ', 'ќ', 'ѕ'] },
    Telling { code: "mk", own: &['ј', 'љ', 'њ', 'ѓ', 'ќ'], with: &['ѓ', 'ќ', 'ѕ'], never: &['ы', 'э', 'й', 'щ', 'ъ', 'ь', 'ю', 'я', 'ђ', 'ћ'] },
    Telling { code: "kk", own: &['ұ', 'ғ', 'қ'], with: &[], never: &['ӣ', 'ӯ', 'ҳ', 'ҷ', 'ў', 'ї', 'ҡ', 'ҙ', 'ҫ'] },
    Telling { code: "tg", own: &['ӣ', 'ӯ', 'ҳ', 'ҷ'], with: &[], never: &['ы', 'щ', 'ў', 'ә', 'ө', 'ү', 'ң'] },
    Telling { code: "ru", own: &['ы', 'э', 'ё'], with: &[],
        never: &['і', 'ї', 'є', 'ў', 'ј', 'ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'җ', 'ӑ', 'ӗ', 'ҫ', 'ҡ', 'ҙ', 'ӣ', 'ӯ', 'ҳ', 'ҷ', 'ӧ', 'ӱ', 'ӥ', 'ӏ'] },
];

/// Languages that are left to be told apart by the sequences of their letters.
struct Left {
    languages: &'static [(Language, &'static str)],
    /// Letters that none of them writes.
    strange: &'static [char],
    /// Letters of which any text of theirs holds one, and none of a further neighbour's; any will do where there is none such.
    needed: &'static [char],
}

#[rustfmt::skip]
const LEFT_OF_ARABIC: Left = Left {
    languages: ARABIC,
    strange: &['ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ', 'ټ', 'ډ', 'ړ', 'ښ', 'ې', 'ڕ', 'ڵ', 'ۆ', 'ێ', 'ە', 'ڭ', 'ۇ', 'ٿ', 'ڻ'],
    needed: &[],
};

/// Serbian and Macedonian are known by what they lack.
#[rustfmt::skip]
const LEFT_OF_CYRILLIC: Left = Left {
    languages: CYRILLIC,
    strange: &['ј', 'љ', 'њ', 'џ', 'ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'ў', 'ӑ', 'ӗ', 'ӣ', 'ҳ', 'ӏ'],
    needed: &['й', 'щ', 'ъ', 'ы', 'ь', 'э', 'ю', 'я', 'ї', 'є'],
};

/// Languages in Latin letters by letters of their own. They must stand in words that are not written large: a name is quoted anywhere.
#[rustfmt::skip]
const OF_LATIN: &[Telling] = &[
    Telling { code: "az", own: &['ə'], with: &[], never: &['â', 'é', 'ä', 'å', 'ô', 'ơ'] },
    Telling { code: "pl", own: &['ł', 'ą', 'ę', 'ś', 'ż', 'ź', 'ć', 'ń'], with: &['ł', 'ą', 'ę', 'ś', 'ż'],
        never: &['č', 'š', 'ž', 'ė', 'ų', 'į', 'ă', 'ñ', 'ő', 'ř', 'ě', 'õ', 'ä', 'á', 'ď', 'đ'] },
    Telling { code: "cs", own: &['ř', 'ě', 'ů'], with: &[], never: &['ł', 'ą', 'ľ', 'ĺ', 'ŕ', 'ä', 'ô', 'å', 'õ', 'ő'] },
    Telling { code: "hu", own: &['ő', 'ű'], with: &[], never: &['ł', 'č', 'š', 'ă', 'â', 'ř', 'ç', 'ñ', 'õ'] },
    Telling { code: "ro", own: &['ă', 'ș', 'ț', 'ţ'], with: &[], never: &['ê', 'ô', 'ơ', 'ư', 'đ', 'ğ', 'ı', 'ł', 'ạ', 'ế', 'á', 'à', 'ó'] },
    Telling { code: "vi", own: &['ạ', 'ả', 'ấ', 'ầ', 'ậ', 'ế', 'ề', 'ể', 'ệ', 'ị', 'ọ', 'ố', 'ồ', 'ộ', 'ớ', 'ờ', 'ợ', 'ụ', 'ứ', 'ừ', 'ự', 'ư', 'ơ'],
        with: &[], never: &[] },
];

/// Letters that Turkish and Azerbaijani write alone or nearly so.
const OF_TURKIC: &[char] = &['ğ', 'ı', 'ş'];

/// What the letters of a text say, in either case.
pub(crate) fn of(text: &str) -> Letters {
    let counts = Counts::of(text);
    match counts.script() {
        Some(Script::Of(code)) => Letters::Told(code),
        // The Japanese write Han letters too, and never without kana for long.
        Some(Script::Kana) => Letters::Told("ja"),
        Some(Script::Han) => Letters::Told("zh"),
        Some(Script::Devanagari) => Letters::Devanagari,
        Some(Script::Arabic) => among(&counts, OF_ARABIC, &LEFT_OF_ARABIC),
        Some(Script::Cyrillic) => among(&counts, OF_CYRILLIC, &LEFT_OF_CYRILLIC),
        Some(Script::Latin) => of_latin(text, &counts),
        Some(Script::Other) | None => Letters::Unknown,
    }
}

/// Whether a text of Latin letters may be in a language, for all that its accents say: a quoted name may bring a stray one.
pub(crate) fn may_be(language: &str, text: &str) -> bool {
    let own: &[char] = match language {
        "de" => &['ä', 'ö', 'ü', 'ß', 'é'],
        "en" => &['é'],
        "es" => &['á', 'é', 'í', 'ñ', 'ó', 'ú', 'ü'],
        "fr" => &['à', 'â', 'æ', 'ç', 'é', 'è', 'ê', 'ë', 'î', 'ï', 'ô', 'œ', 'ù', 'û', 'ü', 'ÿ'],
        "it" => &['à', 'è', 'é', 'ì', 'í', 'î', 'ò', 'ó', 'ù', 'ú'],
        "nl" => &['é', 'ë', 'ï', 'ó', 'è', 'ö', 'ü'],
        "pt" => &['á', 'â', 'ã', 'à', 'ç', 'é', 'ê', 'í', 'ó', 'ô', 'õ', 'ú', 'ü'],
        "sv" => &['å', 'ä', 'ö', 'é'],
        "tr" => &['ç', 'ğ', 'ı', 'ö', 'ş', 'ü', 'â', 'î', 'û', '\u{307}'],
        // Vietnamese shows itself by its marks; without them a text is in another language.
        _ => return false,
    };
    let (mut letters, mut strange) = (0, 0);
    for word in text.split(|character: char| !character.is_alphabetic()) {
        letters += word.chars().count();
        // A name is written large, and keeps its own accents.
        if !word.is_ascii() && word.starts_with(char::is_lowercase) {
            let foreign = |letter: &char| !letter.is_ascii() && script_of(*letter) == Script::Latin && !own.contains(letter);
            strange += word.chars().flat_map(char::to_lowercase).filter(foreign).count();
        }
    }
    strange * 100 <= letters && shape_allows(language, text)
}

/// What the letters that stand side by side exclude: Finnish and Danish where Swedish is guessed, Catalan where Spanish is.
fn shape_allows(language: &str, text: &str) -> bool {
    match language {
        "sv" => {
            let doubled = |pair: &[char]| matches!(pair, [a, b] if a == b && matches!(a, 'a' | 'i' | 'u' | 'y' | 'ä' | 'ö'));
            let lower: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
            lower.iter().any(|letter| matches!(letter, 'ä' | 'ö'))
                && lower.windows(2).filter(|pair| doubled(pair)).count() * 200 <= lower.len()
        }
        "es" | "pt" => {
            let inside = |three: &[char]| matches!(three, [a, '\'' | '’', b] if a.is_alphabetic() && b.is_alphabetic());
            !text.chars().collect::<Vec<_>>().windows(3).any(inside)
        }
        "tr" => text.chars().flat_map(char::to_lowercase).any(|letter| OF_TURKIC.contains(&letter)),
        _ => true,
    }
}

/// The language of a script that telling letters leave, or those that are left to be told apart.
fn among(counts: &Counts, told: &[Telling], left: &Left) -> Letters {
    let letters = counts.letters;
    let fits = |telling: &&Telling| {
        counts.any(telling.own) * 100 >= letters
            && (telling.with.is_empty() || counts.any(telling.with) * 400 >= letters)
            && counts.any(telling.never) * 200 < letters
    };
    let mut fitting = told.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(telling), None) => Letters::Told(telling.code),
        (None, _) if counts.any(left.strange) * 100 < letters && (left.needed.is_empty() || counts.any(left.needed) > 0) => {
            Letters::Among(left.languages)
        }
        _ => Letters::Unknown,
    }
}

/// The language in Latin letters that the accents of its small-written words tell.
fn of_latin(text: &str, counts: &Counts) -> Letters {
    let (mut words, mut accented) = (0, Vec::new());
    for word in text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        if !word.is_ascii() && word.starts_with(char::is_lowercase) {
            accented.push(word);
        }
    }
    let bearing = |of: &[char]| accented.iter().filter(|word| word.contains(of)).count();
    let many = |bearing: usize| bearing >= 1 && bearing * 20 >= words && (bearing >= 2 || words <= 12);
    let fits = |telling: &&Telling| {
        many(bearing(telling.own))
            && (telling.with.is_empty() || bearing(telling.with) >= 1)
            && counts.any(telling.never) * 100 < counts.letters
    };
    let mut fitting = OF_LATIN.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(telling), None) => Letters::Told(telling.code),
        (Some(_), Some(_)) => Letters::Unknown,
        (None, _) if many(bearing(OF_TURKIC)) && may_be("tr", text) => Letters::Among(TURKIC),
        (None, _) => Letters::Latin,
    }
}

/// How many letters of each script a text has, and how many of each letter beyond ASCII, in lower case.
struct Counts {
    scripts: Vec<(Script, usize)>,
    letters: usize,
    each: BTreeMap<char, usize>,
}

impl Counts {
    fn of(text: &str) -> Counts {
        let mut counts = Counts { scripts: Vec::new(), letters: 0, each: BTreeMap::new() };
        for character in text.chars().filter(|character| character.is_alphabetic()) {
            counts.letters += 1;
            let script = script_of(character);
            match counts.scripts.iter_mut().find(|(counted, _)| *counted == script) {
                Some((_, count)) => *count += 1,
                None => counts.scripts.push((script, 1)),
            }
            if !character.is_ascii() && matches!(script, Script::Latin | Script::Arabic | Script::Cyrillic) {
                for lower in character.to_lowercase() {
                    *counts.each.entry(lower).or_default() += 1;
                }
            }
        }
        counts
    }

    /// How many letters are one of these.
    fn any(&self, of: &[char]) -> usize {
        of.iter().filter_map(|letter| self.each.get(letter)).sum()
    }

    fn count(&self, script: Script) -> usize {
        self.scripts.iter().find(|(counted, _)| *counted == script).map_or(0, |&(_, count)| count)
    }

    /// The script of at least three letters in five.
    fn script(&self) -> Option<Script> {
        let (han, kana) = (self.count(Script::Han), self.count(Script::Kana));
        if (han + kana) * 5 >= self.letters * 3 && han + kana > 0 {
            return Some(if kana * 20 >= han + kana { Script::Kana } else { Script::Han });
        }
        self.scripts.iter().find(|(_, count)| count * 5 >= self.letters * 3).map(|&(script, _)| script)
    }
}

fn script_of(character: char) -> Script {
    match u32::from(character) {
        ..0x0250 | 0x0259 | 0x1E00..0x1F00 | 0x2C60..0x2C80 | 0xA720..0xA800 | 0xFF21..=0xFF5A => Script::Latin,
        0x0370..0x0400 | 0x1F00..0x2000 => Script::Of("el"),
        0x0400..0x0530 | 0x1C80..0x1C90 | 0x2DE0..0x2E00 | 0xA640..0xA6A0 => Script::Cyrillic,
        0x0530..0x0590 | 0xFB13..0xFB18 => Script::Of("hy"),
        0x0590..0x0600 | 0xFB1D..0xFB50 => Script::Of("he"),
        0x0600..0x0700 | 0x0750..0x0780 | 0x08A0..0x0900 | 0xFB50..0xFE00 | 0xFE70..0xFEFF => Script::Arabic,
        0x0900..0x0980 => Script::Devanagari,
        0x0980..0x0A00 => Script::Of("bn"),
        0x0A00..0x0A80 => Script::Of("pa"),
        0x0A80..0x0B00 => Script::Of("gu"),
        0x0B80..0x0C00 => Script::Of("ta"),
        0x0C00..0x0C80 => Script::Of("te"),
        0x0C80..0x0D00 => Script::Of("kn"),
        0x0D00..0x0D80 => Script::Of("ml"),
        0x0D80..0x0E00 => Script::Of("si"),
        0x0E00..0x0E80 => Script::Of("th"),
        0x0E80..0x0F00 => Script::Of("lo"),
        0x1000..0x10A0 => Script::Of("my"),
        0x10A0..0x1100 | 0x1C90..0x1CC0 | 0x2D00..0x2D30 => Script::Of("ka"),
        0x1100..0x1200 | 0x3130..0x3190 | 0xAC00..0xD7B0 => Script::Of("ko"),
        0x1780..0x1800 => Script::Of("km"),
        0x3040..0x3100 | 0xFF66..0xFF9F => Script::Kana,
        0x3400..0x4DC0 | 0x4E00..0xA000 | 0xF900..0xFB00 | 0x20000..0x32000 => Script::Han,
        _ => Script::Other,
    }
}
