//! A server over a small record, asked as a browser, a program and an attacker would.

#![expect(clippy::unwrap_used, reason = "what helps tests may fail as they do")]

mod answers;
mod bounds;
mod changing;
mod hostile;
mod refusals;
mod support;
