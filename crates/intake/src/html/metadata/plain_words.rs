//! The words of a claim, without the marks of how they were carried.
//!
//! In goes the value of an attribute, of a string in JSON or of an element, in which tags and character references may stand a second time;
//! out come its words on one line, and the forms by which two of them are compared. Nothing is refused; what is longer than [`MOST_BYTES`] is
//! cut.

use crate::html::tree::{NodeId, Tree};
use crate::language;
use html5ever::local_name;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How much of a value is kept, in bytes.
pub(super) const MOST_BYTES: usize = 1024;
/// How many nodes of an element are looked at for its words.
const MOST_NODES: usize = 128;

/// The words on one line, tags taken out and character references read.
pub(super) fn clean(value: &str) -> String {
    let mut value = single_spaced(language::prefix(value, MOST_BYTES));
    // Written for one page, escaped for the next, escaped again for an attribute.
    for _ in 0..2 {
        let is_escaped = memchr::memchr(b'&', value.as_bytes()).is_some_and(|at| value.get(at..).is_some_and(|rest| rest.contains(';')));
        let has_tags = memchr::memchr(b'<', value.as_bytes()).is_some_and(|at| value.get(at..).is_some_and(|rest| rest.contains('>')));
        if !is_escaped && !has_tags {
            break;
        }
        let tree = Tree::parse(&value);
        let read = single_spaced(&tree.text_content(tree.root()));
        if read == value {
            break;
        }
        value = read;
    }
    value
}

fn single_spaced(value: &str) -> String {
    let mut words = String::with_capacity(value.len());
    for word in value.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().filter(|character| !character.is_control() && !matches!(character, '\u{200B}' | '\u{FEFF}' | '\u{AD}')));
    }
    words.truncate(words.trim_end().len());
    words
}

/// The words in an element, on one line; nothing where it has more than `most` bytes of them.
pub(super) fn of_element(tree: &Tree, element: NodeId, most: usize) -> Option<String> {
    let mut words = String::new();
    let mut next = tree.first_child(element);
    for _ in 0..MOST_NODES {
        let Some(node) = next else { return Some(single_spaced(&words)) };
        let mut inside = tree.first_child(node);
        if let Some(text) = tree.text(node) {
            if words.len() + text.trim().len() > most {
                return None;
            }
            words.push_str(text);
        } else if let Some(name) = tree.name(node) {
            match *name {
                local_name!("script") | local_name!("style") | local_name!("svg") | local_name!("template") | local_name!("noscript") => {
                    inside = None
                }
                local_name!("br") | local_name!("div") | local_name!("p") | local_name!("li") | local_name!("h1") | local_name!("h2") => {
                    words.push(' ')
                }
                _ => {}
            }
        }
        next = inside.or_else(|| tree.after(node, element).filter(|after| *after != element));
    }
    None
}

/// What two titles have in common that differ only in case, quotation marks, dashes, spaces and accents.
pub(super) fn key(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for character in words.nfkd().filter(|&character| !is_combining_mark(character)).flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            key.push(character);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The key without spaces, by which the name of a site is found in that of its host.
pub(super) fn squashed(words: &str) -> String {
    let mut squashed = key(words);
    squashed.retain(|character| character != ' ');
    squashed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_plain() {
        let cases = [
            ("  Fish \n and\tchips ", "Fish and chips"),
            ("Fish &amp;amp; chips", "Fish & chips"),
            ("Fish &quot;fresh&quot;", "Fish \"fresh\""),
            ("The <em>freshest</em> fish", "The freshest fish"),
            ("3 < 4 fish & more", "3 < 4 fish & more"),
            ("Fish\u{AD}monger", "Fishmonger"),
            ("&nbsp;", ""),
            ("", ""),
        ];
        for (value, expected) in cases {
            assert_eq!(clean(value), expected, "{value}");
        }
    }

    #[test]
    fn keys_leave_out_what_printers_change() {
        assert_eq!(key("« L’Été » — enfin !"), key("\"L'ete\" - Enfin!"));
        assert_ne!(key("fish"), key("fishes"));
        assert_eq!(squashed("Fjord News"), "fjordnews");
    }
}
