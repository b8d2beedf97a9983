//! Names matched across spellings and scripts.
//!
//! In go two names as they are written, in any script, order and transliteration, with their titles; out comes a [`Matcher::score`] from 0 to 1, in which 0.5 is the
//! threshold of every kind of name, and on request the reason ([`Matcher::explain`]): which words stand for which, and what speaks against it. An [`Index`] finds the names of a
//! list that are like one. Nothing is refused: what has no letters is like nothing. Names are cut at [`MAX_TOKENS`] words, so that time and memory are bounded.

mod align;
mod bodies;
mod distance;
mod explain;
mod features;
mod index;
mod matcher;
mod name;
mod reading;
mod romanise;
mod search_key;
mod sounds;
mod weights;
mod words;

pub use align::Why;
pub use bodies::BODY;
pub use explain::{Aligned, Explanation};
pub use features::{PERSON, Veto};
pub use index::{Candidate, Index};
pub use matcher::Matcher;
pub use name::{Kind, MAX_TOKENS, Name, Role, Token};
pub use search_key::{SearchKeys, search_keys};
pub use sounds::MAX_SOUNDS;
