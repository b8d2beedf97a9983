//! The nouns of depeche: what goes in, what comes out, and the ontology that names it.
//!
//! Everything recorded points at the characters that say it, counted in Unicode scalar values of a dispatch's text. The types here are
//! the public contract in Rust; their JSON Schema is [`schema`]. No other crate of the house is known here.

mod cameo;
mod coded;
mod days;
mod dispatch;
mod explanation;
mod ontology;
mod span;

pub use cameo::{is_cameo, of_cameo, quad_of_cameo};
pub use coded::*;
pub use days::Days;
pub use dispatch::{Block, BlockKind, DatingMethod, Dispatch, Published, Publisher};
pub use explanation::{Explanation, Neighbour, Placing};
pub use jiff::civil::Date;
pub use ontology::{Context, EventType, Mode, Quad, Unknown};
pub use span::{CharIndex, CharSpan};

/// The JSON Schema of a coded dispatch.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(CodedDispatch).to_value()
}
