//! Names as they are compared, and the names that an entity goes by.
//!
//! A surface becomes its words: lower case, without accents, without the marks between them, so that typographic and straight apostrophes and hyphens are
//! one; the dots of an acronym are dropped; an article before the name, which is a short word in lower case or ends in an apostrophe, is dropped. None of this
//! knows a language. A surface without a letter or digit has no words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a surface.
pub(super) type Words = Vec<String>;

/// The longest article in letters.
const ARTICLE: usize = 3;

/// The words of a surface as they are compared.
pub(super) fn words(surface: &str) -> Words {
    let joined: String =
        surface.split_whitespace().map(|word| if is_acronym(word) { word.replace('.', "") } else { word.to_owned() } + " ").collect();
    let joined = without_article(joined.trim());
    let plain: String = joined.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect();
    plain.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether it is single letters with a dot behind each but perhaps the last, two or more of them.
fn is_acronym(word: &str) -> bool {
    let parts: Vec<&str> = word.trim_end_matches('.').split('.').collect();
    parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// The surface behind its articles: short words in lower case, the last of which may be elided, before a word that is not in lower case.
fn without_article(surface: &str) -> &str {
    let mut rest = surface;
    while let Some(end) = rest.find(|character: char| !character.is_alphanumeric()) {
        let (word, behind) = rest.split_at(end);
        let elided = behind.starts_with(['\'', '’', 'ʼ']);
        let short = word.chars().count() <= ARTICLE && word.chars().all(char::is_lowercase);
        let behind = behind.trim_start_matches(|character: char| !character.is_alphanumeric());
        if word.is_empty() || behind.is_empty() || !(short || elided && word.chars().count() <= 2) {
            break;
        }
        rest = behind;
    }
    if rest.chars().next().is_some_and(char::is_lowercase) { surface } else { rest }
}

/// Whether one begins or ends with the other.
pub(super) fn is_part(part: &[String], whole: &[String]) -> bool {
    whole.starts_with(part) || whole.ends_with(part)
}

/// Groups of an entity's surfaces, by index: a surface that begins or ends a longer one is another form of the same name, and stands with the longest such
/// one. Every group begins with its fullest form; groups are in order of the surfaces.
pub(super) fn forms(surfaces: &[&Words]) -> Vec<Vec<usize>> {
    let mut by_length: Vec<usize> = (0..surfaces.len()).collect();
    by_length.sort_by_key(|&at| (std::cmp::Reverse(surfaces[at].len()), at));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in by_length {
        match groups.iter_mut().find(|group| group.first().is_some_and(|&full| is_part(surfaces[at], surfaces[full]))) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups.sort_by_key(|group| group.iter().min().copied());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(surface: &str, expected: &str) {
        assert_eq!(words(surface).join(" "), expected, "{surface}");
    }

    #[test]
    fn a_surface_is_compared_by_its_words() {
        check("l’Équateur", "equateur");
        check("L'Équateur", "equateur");
        check("les Îles-Unies", "iles unies");
        check("de la Côte d’Or", "cote d or");
        check("O.N.U.", "onu");
        check("U.S", "us");
        check("M. Lindqvist", "m lindqvist");
        check("O'Leary", "leary");
        check("the White Fort", "white fort");
        check("ministère des Eaux", "ministere des eaux");
        check("al-Sabri", "sabri");
        check("la", "la");
        check("la mer", "la mer");
        check("«»", "");
    }

    #[test]
    fn forms_of_a_name_stand_together() {
        let surfaces: Vec<Words> = ["Lindqvist", "Anna Lindqvist", "Stockholm", "la Suède", "royaume de Suède", "Anna"].map(words).into();
        assert_eq!(forms(&surfaces.iter().collect::<Vec<_>>()), [vec![1, 0, 5], vec![2], vec![4, 3]]);
    }

    proptest! {
        #[test]
        fn words_are_stable_and_every_surface_has_one_group(surfaces in proptest::collection::vec("\\PC{0,12}|[a-zA-Z'. ]{0,16}", 0..8)) {
            let normal: Vec<Words> = surfaces.iter().map(|surface| words(surface)).collect();
            let mut grouped: Vec<usize> = forms(&normal.iter().collect::<Vec<_>>()).concat();
            grouped.sort_unstable();
            prop_assert_eq!(grouped, (0..normal.len()).collect::<Vec<_>>());
        }
    }
}
