//! The article of a page that is put together by its scripts.
//!
//! In goes the source of a page whose elements hold no article; out comes the HTML that its scripts carry as a string, or several strings under
//! one key, where those read like paragraphs. Nothing is run: only the literals of strings are looked at.

use crate::line_shape::{Ending, ending, words};
use memchr::memmem;
use std::collections::BTreeMap;

/// How much of a page's scripts is looked at, in bytes.
const MOST_BYTES: usize = 4 << 20;
/// Words from which a string reads like a paragraph, and letters for scripts without spaces.
const LEAST_WORDS: usize = 12;
const LEAST_LETTERS: usize = 60;
/// Letters from which the strings of a key are an article.
const LEAST_ARTICLE: usize = 240;

/// The paragraphs of the key that has most of them, as HTML.
pub(crate) fn article(html: &str) -> Option<String> {
    let mut by_key: BTreeMap<&str, Vec<(String, usize)>> = BTreeMap::new();
    let mut looked_at = 0;
    for script in scripts(html) {
        looked_at += script.len();
        if looked_at > MOST_BYTES {
            break;
        }
        for (key, literal) in literals(script) {
            let Ok(text) = serde_json::from_str::<String>(literal) else { continue };
            let prose = prose(&text);
            let strings = by_key.entry(key).or_default();
            if prose > 0 && strings.iter().all(|(other, _)| *other != text) {
                strings.push((text, prose));
            }
        }
    }
    let weight = |strings: &[(String, usize)]| strings.iter().map(|(_, prose)| prose).sum::<usize>();
    // Of equals the first in the order of the keys, so that the answer is always the same.
    let best = by_key.into_values().rev().max_by_key(|strings| weight(strings))?;
    (weight(&best) >= LEAST_ARTICLE).then(|| {
        let whole = |(text, _): &(String, usize)| if text.contains("</") { text.clone() } else { format!("<p>{text}</p>") };
        best.iter().map(whole).collect::<Vec<_>>().join("\n")
    })
}

/// The contents of the page's scripts.
fn scripts(html: &str) -> impl Iterator<Item = &str> {
    let bytes = html.as_bytes();
    memmem::find_iter(bytes, b"<script").filter_map(move |at| {
        let start = at + memchr::memchr(b'>', bytes.get(at..)?)? + 1;
        let end = start + memmem::find(bytes.get(start..)?, b"</script")?;
        html.get(start..end)
    })
}

/// The string literals of a script in double quotes, quotes included, each with the key before it.
fn literals(script: &str) -> Vec<(&str, &str)> {
    let bytes = script.as_bytes();
    let mut found = Vec::new();
    let mut last = "";
    let mut from = 0;
    while let Some(start) = memchr::memchr(b'"', bytes.get(from..).unwrap_or_default()).map(|at| from + at) {
        let mut end = start + 1;
        loop {
            match memchr::memchr2(b'"', b'\\', bytes.get(end..).unwrap_or_default()).map(|at| end + at) {
                Some(at) if bytes.get(at) == Some(&b'\\') => end = at + 2,
                Some(at) => {
                    end = at + 1;
                    break;
                }
                None => return found,
            }
        }
        let Some(literal) = script.get(start..end) else { return found };
        if bytes.get(end..).unwrap_or_default().trim_ascii_start().first() == Some(&b':') {
            last = literal;
        } else if literal.len() > LEAST_LETTERS {
            found.push((last, literal));
        }
        from = end;
    }
    found
}

/// How many letters of a string read like paragraphs.
fn prose(text: &str) -> usize {
    let mut letters = 0;
    // Between tags, as blocks would be.
    for run in text.split(['<', '>', '\n']) {
        let count = words(run).count();
        let own = run.chars().filter(|character| character.is_alphabetic()).count();
        let is_code = run.contains(['{', '}', ';', '=']) && !run.contains(". ");
        let sentence = ending(run.trim()) == Ending::Sentence;
        let mostly_letters = own * 10 > run.chars().count() * 6;
        if !is_code && mostly_letters && sentence && (count >= LEAST_WORDS || own >= LEAST_LETTERS) {
            letters += own;
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPHS: [&str; 3] = [
        "The harbour of the old town was closed on Monday after a storm that had broken two of its piers, the master said.",
        "Ships that were on their way will wait outside until the divers have looked at the ground of the basin on Tuesday.",
        "Nobody was hurt, but the fish market has lost its roof and the ferry will not run before the end of the week.",
    ];

    #[test]
    fn paragraphs_under_one_key_are_an_article() {
        let parts: Vec<String> = PARAGRAPHS.iter().map(|text| format!(r#"{{"kind":"text","value":"{text}"}}"#)).collect();
        let html = format!(r#"<script>var a = 1;</script><script type="application/json">{{"parts":[{}]}}</script>"#, parts.join(","));
        let expected: Vec<String> = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
        assert_eq!(article(&html), Some(expected.join("\n")));
    }

    #[test]
    fn markup_in_a_string_is_kept() {
        let inner = PARAGRAPHS.map(|text| format!("<p>{text}</p>")).concat();
        let html = format!("<script>push([1,{}])</script>", serde_json::json!(inner));
        assert_eq!(article(&html), Some(inner));
    }

    #[test]
    fn code_is_no_article() {
        let html = format!(
            "<script>{}</script>",
            r#"f("function (a, b) { return a + b; } // a long line of code that ends like this, see.");"#.repeat(20)
        );
        assert_eq!(article(&html), None);
        assert_eq!(article("<script>\"unclosed \\"), None);
        assert_eq!(article("<script"), None);
    }
}
