//! The record in one SQLite file.
//!
//! In go coded dispatches, each once ([`Store::ingest`]); out come answers ([`Reader`]): what happened, who holds which office, what was promised, and the characters of the dispatch that say so.
//! Resolution across dispatches is `depeche_resolve`'s; this crate keeps what it needs, asks it within the transaction that writes, and files what it decides. A file that is no record, of a
//! newer version, or written by another process is refused with what to do about it. Nothing here reads the network or knows how a dispatch is coded.

mod coded;
mod error;
mod file;
mod lock;
mod prepared;
mod recoding;
mod rows;
mod schema;
mod settling;
mod shelf;
mod words;
mod writing;

pub use error::{StoreError, StoreErrorKind};
pub use file::{Reader, Store};
pub use prepared::{Content, Prepared, content_of};
pub use schema::SCHEMA_VERSION;
pub use writing::{Kept, Run, RunKey};
