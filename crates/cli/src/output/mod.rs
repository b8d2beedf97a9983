//! What goes to standard output, each format in a module of its own.
//!
//! Everything here writes to any [`Write`](std::io::Write); a reader that has gone away ends the run quietly.

pub(crate) mod columns;
pub(crate) mod conllu;
pub(crate) mod evidence;
pub(crate) mod explanation;
pub(crate) mod happenings;
pub(crate) mod rows;
pub(crate) mod style;
pub(crate) mod timeline;
pub(crate) mod timeml;
