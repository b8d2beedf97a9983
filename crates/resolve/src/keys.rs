//! Under what a store files dossiers so that few are fetched for a new one.
//!
//! In goes a dossier; out come its [`Key`]s. Two dossiers that share none are not compared. Keys that nearly every dispatch would have are not given.

use depeche_record::Date;
use serde::{Deserialize, Serialize};

/// What is decided, and on what its keys stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Which dispatches are copies.
    Copies,
    /// Which dispatches are one story.
    Stories,
    /// Which events are one happening.
    Happenings,
    /// Which pledges belong to one thread.
    Threads,
    /// Which forms are one actor's; its keys belong to forms, not to dossiers.
    Actors,
}

/// A key of a dossier or form. Two share it where `code` is the same and the days overlap, which are already wide enough: a store asks
/// `code = ? AND first <= ?last AND last >= ?first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// What it is for. Part of `code` too: keys of different layers never have the same code but by chance, which costs time alone.
    pub layer: Layer,
    /// A hash, as SQLite keeps integers.
    pub code: i64,
    /// The first day on which it holds; `Date::MIN` where that is open.
    pub first: Date,
    /// The last day; `Date::MAX` where that is open.
    pub last: Date,
}
