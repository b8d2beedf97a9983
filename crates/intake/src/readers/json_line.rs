//! A line of JSONL to an item.
//!
//! In goes one line without its break; out comes its text or its page with what it states. A line that is no JSON object or holds neither is
//! refused.
//! Half of a surrogate pair, which JSON can write and no text can hold, is read as U+FFFD with a warning; a value of the wrong type is
//! left out with a warning.

use crate::encoding::{self, Decoded, warning};
use crate::reader::{Content, Stated, hexadecimal_sha256};
use crate::repeats::Repeated;
use crate::{IntakeError, IntakeErrorKind, Item};
use depeche_record::Warning;
use serde::Deserialize;
use serde_json::Value;

const SHAPE: &str = "write one object a line with at least a `text` or an `html`";

#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    text: Option<Value>,
    html: Option<Value>,
    url: Option<Value>,
    published: Option<Value>,
    publisher: Option<Value>,
    language: Option<Value>,
}

/// The item of a line of the input `name`, the `record`-th of it.
pub(crate) fn item(bytes: &[u8], name: &str, line: usize, record: usize) -> Result<Item, IntakeError> {
    let refuse = |kind, message: String, cure: &str| IntakeError::new(name, kind, message, cure);
    let Decoded { text: json, mut warnings } =
        encoding::decode(bytes.to_vec()).map_err(|binary| refuse(IntakeErrorKind::Binary, binary.to_string(), SHAPE))?;
    // Of an array or a number, serde would say that it expected a struct; this says what to do.
    if !json.trim_start().starts_with('{') {
        let cure = if json.trim_start().starts_with('[') { "write its elements one a line, as `jq -c '.[]'` does" } else { SHAPE };
        return Err(refuse(IntakeErrorKind::Malformed, "the line is no JSON object".to_owned(), cure));
    }
    let parsed = match serde_json::from_str::<Line>(&json) {
        Ok(parsed) => parsed,
        Err(error) => {
            let mended = mend_surrogates(&json).and_then(|(mended, count)| Some((serde_json::from_str::<Line>(&mended).ok()?, count)));
            match mended {
                Some((parsed, count)) => {
                    let message =
                        format!("{count} lone surrogates (half characters) of the line were read as U+FFFD; write the whole pair");
                    warnings.push(warning("W103", message));
                    parsed
                }
                None if error.is_eof() => {
                    let cure = "write each object on one line of its own, as `jq -c .` does";
                    return Err(refuse(IntakeErrorKind::Malformed, "the JSON object does not end on its line".to_owned(), cure));
                }
                None => {
                    let message = format!("the line is not JSON: {}", without_line(&error));
                    return Err(refuse(IntakeErrorKind::Malformed, message, SHAPE));
                }
            }
        }
    };
    let content = match (parsed.text, parsed.html) {
        (Some(Value::String(text)), _) if !text.trim().is_empty() => Content::Text(text),
        (None | Some(Value::Null), Some(Value::String(html))) if !html.trim().is_empty() => Content::Page(html),
        (Some(Value::String(_)), _) => {
            return Err(refuse(IntakeErrorKind::Empty, "its `text` is empty".to_owned(), "give it the text of a dispatch"));
        }
        (None | Some(Value::Null), Some(Value::String(_))) => {
            return Err(refuse(IntakeErrorKind::Empty, "its `html` is empty".to_owned(), "give it the markup of a page"));
        }
        (None, None) => return Err(refuse(IntakeErrorKind::Malformed, "the line has no `text`".to_owned(), SHAPE)),
        (Some(_), _) | (None, Some(_)) => {
            return Err(refuse(IntakeErrorKind::Malformed, "its `text` or `html` is no string".to_owned(), SHAPE));
        }
    };
    let id = match parsed.id {
        Some(Value::Number(number)) => Some(number.to_string()),
        other => string("id", other, &mut warnings),
    };
    let publisher = match parsed.publisher {
        Some(Value::Object(mut publisher)) => publisher.remove("name"),
        other => other,
    };
    let stated = Stated {
        url: string("url", parsed.url, &mut warnings),
        published: string("published", parsed.published, &mut warnings),
        publisher: string("publisher", publisher, &mut warnings),
        language: string("language", parsed.language, &mut warnings),
        ..Stated::default()
    };
    Ok(Item {
        id: id.unwrap_or_else(|| format!("{name}#{record}")),
        input: name.to_owned(),
        line: Some(line),
        source_sha256: hexadecimal_sha256(bytes),
        content,
        repeated: Repeated::default(),
        stated,
        warnings,
    })
}

/// A value that ought to be a string; an empty one states nothing.
fn string(key: &str, value: Option<Value>, warnings: &mut Vec<Warning>) -> Option<String> {
    match value {
        Some(Value::String(value)) => Some(value).filter(|value| !value.trim().is_empty()),
        None | Some(Value::Null) => None,
        Some(_) => {
            warnings.push(warning("W108", format!("`{key}` is no string and was left out")));
            None
        }
    }
}

/// serde_json's message without its « at line 1 column n », of which only the column means something here.
fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    format!("{} at column {}", message.get(..end).unwrap_or(&message), error.column())
}

/// The line with every `\uD800`–`\uDFFF` that has no partner written as `\uFFFD`, and how many there were; none when there is nothing to mend.
fn mend_surrogates(json: &str) -> Option<(String, usize)> {
    let bytes = json.as_bytes();
    let mut mended = String::with_capacity(json.len());
    let (mut at, mut copied, mut count) = (0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte != b'\\' {
            at += 1;
            continue;
        }
        match escape(bytes, at) {
            Some(0xD800..=0xDBFF) if matches!(escape(bytes, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str(json.get(copied..at)?);
                mended.push_str("\\uFFFD");
                at += 6;
                copied = at;
                count += 1;
            }
            Some(_) => at += 6,
            // Any other escape is two bytes, the backslash that a backslash escapes among them.
            None => at += 2,
        }
    }
    mended.push_str(json.get(copied..)?);
    (count > 0).then_some((mended, count))
}

/// The code unit of the `\uXXXX` that begins at `at`.
fn escape(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
