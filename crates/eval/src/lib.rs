//! How well dispatches are coded: scorers as pure functions, and the reports they make.
//!
//! Gold and coded records come in as values, or as JSON lines through [`read_lines`]; a report of counts goes out, which prints as one line of
//! figures and a table. Nothing here opens a file.

pub mod coded;
pub mod entities;
pub mod events;
mod figures;
mod ids;
mod lines;
mod mistake;
mod pairing;
mod sheet;

pub use figures::{Agreement, Share};
pub use ids::{Unpaired, unpaired};
pub use lines::{LineError, read_lines};
pub use mistake::Mistake;
pub use sheet::{Sheet, Table};
