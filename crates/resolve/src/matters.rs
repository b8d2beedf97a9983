//! What a pledge is about.
//!
//! In goes the text of a pledge, folded, with a space around every word; out come the matters of the pack that it names, where it begins to make exceptions, and whether its verb turns
//! what it promises round. Phrases are compared from word to word.

use depeche_packs::Concepts;
use std::collections::BTreeSet;

/// The matters of a language, ready to be found.
#[derive(Debug, Default)]
pub(crate) struct Matters {
    matters: Vec<(String, Vec<String>)>,
    refusing: Vec<String>,
    except: Vec<String>,
}

/// A phrase as it is looked for: a space in front, and one behind where no star stands.
fn pattern(phrase: &str) -> Vec<String> {
    // A star within a phrase stands for the rest of a word, which is looked for by the words on its sides.
    let parts: Vec<&str> = phrase.split("* ").collect();
    let last = parts.len().saturating_sub(1);
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| match part.strip_suffix('*') {
            Some(stem) => format!(" {stem}"),
            None if at < last => format!(" {part}"),
            None => format!(" {part} "),
        })
        .collect()
}

/// Where a phrase begins in a text.
fn find(phrase: &str, text: &str) -> Option<usize> {
    let parts = pattern(phrase);
    let (first, rest) = parts.split_first()?;
    text.match_indices(first.as_str()).map(|(at, _)| at).find(|&at| {
        let mut behind = text.get(at + first.len()..).unwrap_or_default();
        // Each further part opens the next word.
        rest.iter().all(|part| {
            let next = behind.find(' ').and_then(|space| behind.get(space..));
            match next.and_then(|next| next.strip_prefix(part.as_str())) {
                Some(after) => {
                    behind = after;
                    true
                }
                None => false,
            }
        })
    })
}

impl Matters {
    pub(crate) fn new(concepts: Concepts) -> Matters {
        Matters { matters: concepts.matter.into_iter().collect(), refusing: concepts.refusing, except: concepts.except }
    }

    /// The matters that a text names.
    pub(crate) fn matters(&self, text: &str) -> BTreeSet<String> {
        let named = self.matters.iter().filter(|(_, phrases)| phrases.iter().any(|phrase| find(phrase, text).is_some()));
        named.map(|(matter, _)| matter.clone()).collect()
    }

    /// Whether its words turn round what is promised.
    pub(crate) fn is_turned(&self, text: &str) -> bool {
        self.refusing.iter().any(|phrase| find(phrase, text).is_some())
    }

    /// A text up to its first exception, and what follows that.
    pub(crate) fn split_at_exception<'a>(&self, text: &'a str) -> (&'a str, Option<&'a str>) {
        let at = self.except.iter().filter_map(|phrase| find(phrase, text)).filter(|&at| at > 0).min();
        match at {
            Some(at) => (text.get(..=at).unwrap_or(text), text.get(at..)),
            None => (text, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{folded, spaced};
    use depeche_packs::PackFiles;

    fn check(language: &str, text: &str, expected: &str) {
        let matters = Matters::new(Concepts::load(&PackFiles::built_in(), language).unwrap_or_else(|error| panic!("{error}")));
        let text = spaced(&folded(text));
        let (said, left_out) = matters.split_at_exception(&text);
        let joined = |text: &str| matters.matters(text).into_iter().collect::<Vec<_>>().join(" ");
        let turned = if matters.is_turned(said) { "not " } else { "" };
        let without = left_out.map(|text| format!(" but {}", joined(text))).unwrap_or_default();
        assert_eq!(format!("{turned}{}{without}", joined(said)), expected, "{text}");
    }

    #[test]
    fn matters_are_found_by_their_words() {
        check("fr", "son espace aérien ou son territoire", "airspace territory");
        check("fr", "les espaces aériens des deux pays", "airspace");
        check("fr", "une autre base militaire, mais pas de missiles", "bases but weapons");
        check("en", "its soil and its skies", "airspace territory");
        check("en", "the solution skyward", "");
        check("en", "would prevent any use of its territory", "not territory");
        check("en", "no sanctions except on oil", "sanctions but energy");
    }
}
