//! The numeric layers: from words' attributes to vectors, and from vectors to scores.
//!
//! All of them give each row of their input the same answer, bit for bit, whatever the other rows are and however
//! many there are; so a document's annotation never depends on those annotated with it.

pub(crate) mod embed;
pub(crate) mod layers;
pub(crate) mod matrix;
pub(crate) mod seen;
pub(crate) mod spec;
pub(crate) mod tok2vec;
