//! Exports and imports as their users see them: a record of coded dispatches written in every format, and rows of others read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod exporting;
mod importing;
mod support;
