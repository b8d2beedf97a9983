//! Loads, checks and compiles language packs and reference tables.
//!
//! A pack is a folder of TOML files that reads like a codebook. Every file has a module here that gives it a type; [`PackFiles`] says
//! where the files come from. Nothing here looks at a parse: what a table *means* is for the crate that uses it.

mod source;

pub use source::{PackError, PackFile, PackFiles};
mod syntax;

pub use syntax::{Doubt, Governors, Heads, LightVerbs, Mood, Preposition, Relation, Syntax, Tense, TenseRow, TenseTable, Words};
