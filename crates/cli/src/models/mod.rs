//! The models of the user: which ones can be obtained, how, and what becomes of them.

pub(crate) mod catalogue;
pub(crate) mod download;
