//! The words in the class names, ids and roles of elements, by what they say of the elements' content.
//!
//! In goes the value of an attribute; out come its groups, one bit each. The words stand in `data/class_words.toml`.

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::sync::LazyLock;

macro_rules! groups {
    ($($name:ident),*) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Groups { $($name: Vec<String>),* }

        impl Groups {
            fn in_order(self) -> Vec<Vec<String>> {
                vec![$(self.$name),*]
            }
        }

        /// The names of the groups, in the order of their bits.
        pub(crate) const GROUPS: [&str; [$(stringify!($name)),*].len()] = [$(stringify!($name)),*];
    };
}

groups! {
    content, title, lede, comment, share, related, navigation, footer, header, side, advertisement, subscription, consent, author, metadata,
    caption, credit, hidden, overlay, embed, ranking, table
}

/// The place of a group among [`GROUPS`].
pub(crate) const fn group(name: &str) -> usize {
    let mut at = 0;
    while at < GROUPS.len() {
        let (this, wanted) = (GROUPS[at].as_bytes(), name.as_bytes());
        let mut same = this.len() == wanted.len();
        let mut byte = 0;
        while same && byte < wanted.len() {
            same = this[byte] == wanted[byte];
            byte += 1;
        }
        if same {
            return at;
        }
        at += 1;
    }
    panic!("no such group");
}

/// Whose picture it is.
pub(crate) const CREDIT: usize = group("credit");

struct Words {
    automaton: AhoCorasick,
    /// Of each word: its group and whether it must stand by itself.
    words: Vec<(usize, bool)>,
}

/// Words up to this length must stand by themselves.
const SHORT: usize = 4;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // The file is part of the program and read by a test.
    let groups: Groups = toml::from_str(include_str!("../../data/class_words.toml")).expect("the words of classes can be read");
    let (mut patterns, mut words) = (Vec::new(), Vec::new());
    for (group, list) in groups.in_order().into_iter().enumerate() {
        for word in list {
            words.push((group, word.len() <= SHORT));
            patterns.push(word);
        }
    }
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).ascii_case_insensitive(true).build(patterns);
    Words { automaton: automaton.expect("a few hundred words make an automaton"), words }
});

/// The groups that a value has words of.
pub(crate) fn groups_of(value: &str) -> u32 {
    let words = &*WORDS;
    let bytes = value.as_bytes();
    let mut groups = 0;
    for found in words.automaton.find_overlapping_iter(value) {
        let Some(&(group, alone)) = words.words.get(found.pattern().as_usize()) else { continue };
        if !alone || stands_alone(bytes, found.start(), found.end()) {
            groups |= 1 << group;
        }
    }
    groups
}

/// Whether what lies between two places is a word of its own: `articleAd`, `ad-slot`, not `head`.
fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let (first, after) = (bytes.get(start), bytes.get(end));
    let begins = before
        .is_none_or(|before| !before.is_ascii_alphabetic() || (before.is_ascii_lowercase() && first.is_some_and(u8::is_ascii_uppercase)));
    begins && after.is_none_or(|after| !after.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &[&str]) {
        let groups = groups_of(value);
        let names: Vec<&str> = GROUPS.iter().enumerate().filter(|(at, _)| groups & (1 << at) != 0).map(|(_, name)| *name).collect();
        assert_eq!(names, expected, "{value}");
    }

    #[test]
    fn words_of_names() {
        check("article-body", &["content"]);
        check("ad-slot", &["advertisement"]);
        check("shadow-lg", &[]);
        check("gridAd", &["advertisement"]);
        check("main-nav", &["content", "navigation"]);
        check("navy", &[]);
        check("c-Comments__list", &["comment", "table"]);
        check("", &[]);
    }

    #[test]
    fn a_group_has_a_place() {
        assert_eq!(GROUPS[group("navigation")], "navigation");
    }
}
