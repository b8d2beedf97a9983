//! A server over a small record, asked as a browser, a program and an attacker would.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod answers;
mod bounds;
mod changing;
mod hostile;
mod refusals;
mod support;
