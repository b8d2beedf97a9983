//! Tables of rows by id, layer over layer.
//!
//! In go the texts that all layers have at one path; out come rows by id. A later layer's row adds its words to the row of the same id and
//! replaces its facts; `replace = true` in it drops the earlier row first.

use crate::{PackError, PackFiles};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// A row that a later layer may add to.
pub(crate) trait Row {
    /// Takes what `later` says.
    fn extend(&mut self, later: Self);

    /// Whether it wants to stand alone.
    fn replaces(&self) -> bool;
}

/// Lays `later` over `rows`.
pub(crate) fn lay<K: Ord, R: Row>(rows: &mut BTreeMap<K, R>, later: BTreeMap<K, R>) {
    for (id, row) in later {
        match rows.get_mut(&id) {
            Some(earlier) if !row.replaces() => earlier.extend(row),
            _ => {
                rows.insert(id, row);
            }
        }
    }
}

/// Reads a file whose top level is rows by id.
pub(crate) fn read<R: Row + DeserializeOwned>(files: &PackFiles, path: &str) -> Result<BTreeMap<String, R>, PackError> {
    let mut rows = BTreeMap::new();
    for file in files.read(path)? {
        lay(&mut rows, file.parse()?);
    }
    Ok(rows)
}

/// Adds the words of `later` that are not in `words` yet.
pub(crate) fn add(words: &mut Vec<String>, later: Vec<String>) {
    for word in later {
        if !words.contains(&word) {
            words.push(word);
        }
    }
}
