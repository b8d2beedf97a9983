//! The record as its users see it: what goes in, what comes out, what is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_files;
mod deciding;
mod importing;
mod keeping;
mod questions;
mod recoding;
mod stored;
mod support;
