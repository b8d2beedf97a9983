//! What a pledge is about.
//!
//! In goes the text of a pledge, folded, with a space around every word; out come the matters of the pack that it names, where it begins to make exceptions, and whether its verb turns
//! what it promises round. Phrases are compared from word to word.

use aho_corasick::AhoCorasick;
use depeche_packs::Concepts;
use std::collections::BTreeSet;

/// What a phrase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The matter of this place.
    Matter(usize),
    /// What is promised is turned round.
    Refusing,
    /// An exception begins.
    Except,
}

/// A phrase behind its first part: a star within it stands for the rest of a word, and each further part opens the next one.
#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    meaning: Meaning,
}

/// The matters of a language, ready to be found.
#[derive(Debug, Default)]
pub(crate) struct Matters {
    names: Vec<String>,
    /// Finds the first parts of the phrases, in their order; none where there is no phrase.
    firsts: Option<AhoCorasick>,
    phrases: Vec<Phrase>,
}

/// The parts of a phrase, each with a space in front, and one behind where no star stands.
fn parts(phrase: &str) -> impl Iterator<Item = String> {
    let mut parts = phrase.split("* ").peekable();
    std::iter::from_fn(move || {
        let part = parts.next()?;
        Some(match part.strip_suffix('*') {
            Some(stem) => format!(" {stem}"),
            None if parts.peek().is_some() => format!(" {part}"),
            None => format!(" {part} "),
        })
    })
}

impl Phrase {
    /// Whether all of it stands in a text of which its first part ends at a place.
    fn goes_on(&self, text: &str, end: usize) -> bool {
        let mut behind = text.get(end..).unwrap_or_default();
        self.rest.iter().all(|part| {
            let next = behind.find(' ').and_then(|space| behind.get(space..));
            next.and_then(|next| next.strip_prefix(part.as_str())).map(|after| behind = after).is_some()
        })
    }
}

impl Matters {
    pub(crate) fn new(concepts: Concepts) -> Matters {
        let (mut names, mut firsts, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        let mut add = |of_one: Vec<String>, meaning: Meaning| {
            for phrase in of_one {
                let mut parts = parts(&phrase);
                firsts.extend(parts.next());
                phrases.push(Phrase { rest: parts.collect(), meaning });
            }
        };
        for (name, of_one) in concepts.matter {
            add(of_one, Meaning::Matter(names.len()));
            names.push(name);
        }
        add(concepts.refusing, Meaning::Refusing);
        add(concepts.except, Meaning::Except);
        Matters { names, firsts: AhoCorasick::new(firsts).ok(), phrases }
    }

    /// What the phrases of a text mean, and where each begins.
    fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Meaning, usize)> + 'a {
        self.firsts.iter().flat_map(move |firsts| firsts.find_overlapping_iter(text)).filter_map(|first| {
            let phrase = self.phrases.get(first.pattern().as_usize())?;
            phrase.goes_on(text, first.end()).then_some((phrase.meaning, first.start()))
        })
    }

    /// The matters that a text names.
    pub(crate) fn matters(&self, text: &str) -> BTreeSet<String> {
        let matter = |(meaning, _)| if let Meaning::Matter(place) = meaning { self.names.get(place).cloned() } else { None };
        self.found(text).filter_map(matter).collect()
    }

    /// Whether its words turn round what is promised.
    pub(crate) fn is_turned(&self, text: &str) -> bool {
        self.found(text).any(|(meaning, _)| meaning == Meaning::Refusing)
    }

    /// A text up to its first exception, and what follows that.
    pub(crate) fn split_at_exception<'a>(&self, text: &'a str) -> (&'a str, Option<&'a str>) {
        let exceptions = self.found(text).filter(|(meaning, at)| *meaning == Meaning::Except && *at > 0);
        match exceptions.map(|(_, at)| at).min() {
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
        check("en", "no sanctions except on oil", "not sanctions but energy");
    }
}
