//! JSON as pages carry it.
//!
//! In goes the content of a script element; out come the values in it. Wrappers of comments and CDATA, comments, line breaks in strings, escapes
//! that are none, commas too many, values one after the other and an end cut off are mended; what is still no JSON is left out, the values
//! before it kept. Longer content than [`MOST_BYTES`] is refused.

use serde_json::{Deserializer, Value};

/// No page says that much of itself.
pub(super) const MOST_BYTES: usize = 1 << 20;

/// The values in a script element.
pub(super) fn values(content: &str) -> Vec<Value> {
    let content = content.trim_matches(|character: char| character.is_whitespace() || matches!(character, ';' | '\u{FEFF}'));
    if content.is_empty() || content.len() > MOST_BYTES {
        return Vec::new();
    }
    if let Ok(value) = serde_json::from_str(content) {
        return vec![value];
    }
    Deserializer::from_str(&mended(content)).into_iter().map_while(Result::ok).collect()
}

fn mended(content: &str) -> String {
    let mut out = String::with_capacity(content.len() + 16);
    let mut open: Vec<char> = Vec::new();
    // Whatever stands before the first bracket is a wrapper.
    let inner = content.find("CDATA[").and_then(|at| content.get(at + 6..)).filter(|_| !content.starts_with(['{', '[']));
    let content = inner.unwrap_or(content);
    let mut rest = content.find(['{', '[']).and_then(|start| content.get(start..)).unwrap_or_default();
    let mut in_string = false;
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        rest = after;
        if in_string {
            match character {
                '"' => in_string = false,
                '\\' => {
                    match after.chars().next() {
                        Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                            out.extend(['\\', escaped]);
                            rest = after.get(1..).unwrap_or_default();
                        }
                        Some('u') if after.get(1..5).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())) => {
                            out.push('\\')
                        }
                        // An escape of another language, such as `\'`.
                        _ => {}
                    }
                    continue;
                }
                character if character.is_control() => {
                    out.push(' ');
                    continue;
                }
                _ => {}
            }
            out.push(character);
            continue;
        }
        match character {
            '"' => {
                in_string = true;
                out.push(character);
            }
            '{' | '[' => {
                open.push(if character == '{' { '}' } else { ']' });
                out.push(character);
            }
            '}' | ']' => {
                // A bracket that closes nothing ends a wrapper.
                if open.last() == Some(&character) {
                    open.pop();
                    drop_comma(&mut out);
                    out.push(character);
                }
            }
            '/' if after.starts_with('/') => rest = after.find('\n').and_then(|end| after.get(end..)).unwrap_or_default(),
            '/' if after.starts_with('*') => rest = after.find("*/").and_then(|end| after.get(end + 2..)).unwrap_or_default(),
            // Between two values nothing but brackets has a meaning.
            _ if open.is_empty() => {}
            ';' => {}
            character => out.push(character),
        }
    }
    if in_string {
        out.push('"');
    }
    if !open.is_empty() {
        drop_comma(&mut out);
        if out.ends_with(':') {
            out.push_str("null");
        }
        out.extend(open.iter().rev());
    }
    out
}

fn drop_comma(out: &mut String) {
    let end = out.trim_end().len();
    if out.get(..end).is_some_and(|kept| kept.ends_with(',')) {
        out.truncate(end - 1);
    } else {
        out.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_pages_carry_is_read() {
        let cases = [
            (r#"{"a": "b"}"#, r#"{"a":"b"}"#),
            ("<!-- {\"a\": 1} -->", r#"{"a":1}"#),
            ("//<![CDATA[\n{\"a\": [1]}\n//]]>", r#"{"a":[1]}"#),
            ("/* said by the shop */ {\"a\": 1, /* and */ \"b\": 2,}", r#"{"a":1,"b":2}"#),
            ("[1, 2, ]", "[1,2]"),
            ("{\"a\": \"two\nlines\"}", r#"{"a":"two lines"}"#),
            (r#"{"a": "it\'s", "b": "\u00e9 \d"}"#, r#"{"a":"it's","b":"é d"}"#),
            (r#"{"a": "http://b.example"};"#, r#"{"a":"http://b.example"}"#),
            (r#"{"a": 1}{"b": 2}"#, r#"{"a":1} {"b":2}"#),
            (r#"{"a": 1}, {"b": 2}"#, r#"{"a":1} {"b":2}"#),
            (r#"{"a": {"b": ["c", "d"#, r#"{"a":{"b":["c","d"]}}"#),
            (r#"{"a": 1} {b: 2}"#, r#"{"a":1}"#),
            ("var a = 1;", ""),
            ("", ""),
        ];
        for (content, expected) in cases {
            let read: Vec<String> = values(content).iter().map(Value::to_string).collect();
            assert_eq!(read.join(" "), expected, "{content}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        assert!(values(&"[".repeat(100_000)).is_empty());
        assert!(values(&format!("[\"{}\"]", "a".repeat(MOST_BYTES))).is_empty());
    }

    proptest! {
        #[test]
        fn no_content_makes_it_panic(content in any::<String>(), nearly in r#"([{}\[\]",:/*\\u;a1]|<!--|-->|[\n])*"#) {
            let _ = (values(&content), values(&nearly));
        }
    }
}
