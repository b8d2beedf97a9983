//! JSON lines from any reader; blank lines are passed over.

use serde::de::DeserializeOwned;
use std::io::BufRead;

/// A line that could not be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LineError {
    /// The reader failed.
    #[error("line {line} could not be read: {source}")]
    Read {
        /// The line, from 1.
        line: usize,
        /// Why.
        source: std::io::Error,
    },
    /// It is no such record.
    #[error("line {line} is no such record: {}", without_its_line(source))]
    Record {
        /// The line, from 1.
        line: usize,
        /// Why, with the column.
        source: serde_json::Error,
    },
}

/// The parser sees one line at a time, so the line that it names is always the first.
fn without_its_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

/// The records of JSON lines; the first line that is none is an error that names it.
///
/// ```
/// use depeche_eval::{events::GoldDispatch, read_lines};
///
/// let gold: Vec<GoldDispatch> = read_lines(&br#"{"id": "a", "text": "", "events": []}"#[..])?;
/// assert_eq!(gold[0].id, "a");
///
/// let error = read_lines::<GoldDispatch>(&b"\n{}"[..]).unwrap_err().to_string();
/// assert!(error.starts_with("line 2 is no such record: missing field `id`"));
/// # Ok::<(), depeche_eval::LineError>(())
/// ```
pub fn read_lines<Record: DeserializeOwned>(reader: impl BufRead) -> Result<Vec<Record>, LineError> {
    let mut records = Vec::new();
    for (index, text) in reader.lines().enumerate() {
        let line = index + 1;
        let text = text.map_err(|source| LineError::Read { line, source })?;
        if !text.trim().is_empty() {
            records.push(serde_json::from_str(&text).map_err(|source| LineError::Record { line, source })?);
        }
    }
    Ok(records)
}
