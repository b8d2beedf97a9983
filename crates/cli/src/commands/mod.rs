//! The commands, a module each: from arguments to calls of the library, and from its answers to output.

pub(crate) mod actor_lists;
pub(crate) mod actors;
pub(crate) mod annotate;
pub(crate) mod code;
pub(crate) mod eval;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod import;
pub(crate) mod ingest;
pub(crate) mod models;
pub(crate) mod names;
pub(crate) mod packs;
pub(crate) mod query;
pub(crate) mod recode;
pub(crate) mod sample;
pub(crate) mod serve;
pub(crate) mod show;
