//! Answers a page at a time.
//!
//! In goes the last thing of a page; out comes a [`Cursor`] that says where the next begins. It names the place in the order and not a count, so that a page costs the same however far behind it lies,
//! and what is written between two pages shifts nothing. What is no cursor is refused.

use crate::error::{StoreError, StoreErrorKind};
use crate::timeline::TimelineEntry;
use depeche_record::Date;
use rusqlite::types::Value;
use serde::{Serialize, Serializer};
use std::fmt::{self, Display};
use std::str::FromStr;

/// Some of the things asked for, and where the others begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<Item, At = Cursor> {
    /// In their order.
    pub items: Vec<Item>,
    /// Behind what the next page begins; none where there is no more.
    pub next: Option<At>,
}

/// A place in a timeline, right behind one happening: its first and last day and its id. Written `first/last/id`, a day that is open being empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    first: Option<Date>,
    last: Option<Date>,
    id: String,
}

impl Cursor {
    /// Right behind a happening.
    pub fn behind(entry: &TimelineEntry) -> Cursor {
        let day = |text: Option<&String>| text.and_then(|text| text.parse().ok());
        let when = entry.when.as_ref();
        Cursor {
            first: day(when.and_then(|when| when.earliest.as_ref())),
            last: day(when.and_then(|when| when.latest.as_ref())),
            id: entry.id.clone(),
        }
    }

    /// Right behind what has these days and this id.
    pub(crate) fn at(first: Option<Date>, last: Option<Date>, id: &str) -> Cursor {
        Cursor { first, last, id: id.to_owned() }
    }

    /// The first day.
    pub(crate) fn first(&self) -> Option<Date> {
        self.first
    }

    /// The id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// What the order of a timeline compares.
    pub(crate) fn values(&self) -> [Value; 3] {
        let day = |day: Option<Date>, open: &str| Value::from(day.map_or_else(|| open.to_owned(), |day| day.to_string()));
        [day(self.first, "~"), day(self.last, ""), Value::from(self.id.clone())]
    }
}

impl Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        write!(out, "{}/{}/{}", day(self.first), day(self.last), self.id)
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Cursor, StoreError> {
        let day = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        let mut parts = text.splitn(3, '/');
        let mut read = || Some(Cursor { first: day(parts.next()?)?, last: day(parts.next()?)?, id: parts.next()?.to_owned() });
        read().filter(|cursor| !cursor.id.is_empty()).ok_or_else(|| no_cursor(text))
    }
}

/// That a text is no cursor.
pub(crate) fn no_cursor(text: &str) -> StoreError {
    let message = format!("`{}` is no place in a list", text.chars().take(80).collect::<String>());
    StoreError::new(StoreErrorKind::Question, message, "give the `next` of an earlier page as it was answered")
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: bool) {
        let read = Cursor::from_str(text);
        assert_eq!(read.is_ok(), expected, "{text}");
        if let Ok(cursor) = read {
            assert_eq!(cursor.to_string(), text);
        }
    }

    #[test]
    fn cursors_are_read_as_they_are_written() {
        check("2025-10-14/2025-10-15/alger#v1", true);
        check("//a/b#v1", true);
        check("2025-10-14//x", true);
        for none in ["", "/", "//", "2025-10-14/x", "2025-10/2025-10/x", "2025-02-30//x"] {
            check(none, false);
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_a_cursor_panic(text in "\\PC{0,60}") {
            if let Ok(cursor) = Cursor::from_str(&text) {
                prop_assert_eq!(Cursor::from_str(&cursor.to_string()).unwrap(), cursor);
            }
        }
    }
}
