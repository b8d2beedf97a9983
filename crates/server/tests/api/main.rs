//! A server over a small record, asked as a browser, a program and an attacker would.

mod answers;
mod bounds;
mod changing;
mod hostile;
mod refusals;
mod support;
