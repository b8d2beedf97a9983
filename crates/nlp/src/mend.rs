//! Makes raw news text digestible for a pipeline, and its answers consistent over a document.
//!
//! In: text as pages carry it, with typographic apostrophes, no-break spaces and headlines without full stops. Out:
//! text as the training data had it with a map back to the original ([`normalise()`]), tokens in which compounds stay
//! whole ([`keep_compounds`]) and insertions that lead a parser astray are hidden from it, the places where sentences do and do not begin ([`boundaries`]), and entities of one
//! type a name ([`settle_entities`]). No language's words stand here: they come as [`Rules`].

mod compounds;
mod entities;
mod insertions;
mod normalise;
mod rules;
mod sentences;

pub use compounds::keep_compounds;
pub use entities::settle_entities;
pub(crate) use insertions::{Insertion, put_back, take_out};
pub use normalise::{Normalised, normalise};
pub use rules::Rules;
pub use sentences::{Boundary, boundaries};
