//! How well dispatches are coded: scorers as pure functions, and the reports they make.
//!
//! Gold and coded records come in as values, or as JSON lines through [`read_lines`]; a report of counts goes out, which prints as one line of
//! figures and a table. Nothing here opens a file.

pub mod agreement;
pub mod articles;
pub mod bootstrap;
pub mod coded;
pub mod dating;
pub mod entities;
pub mod events;
mod figures;
pub mod happenings;
mod ids;
pub mod line_kinds;
mod lines;
mod mistake;
pub mod names;
mod pairing;
pub mod parity;
mod ratios;
mod sheet;
pub mod statements;
pub mod stories;
pub mod times;
mod words;

pub use figures::{Agreement, Share};
pub use ids::{Unpaired, unpaired};
pub use lines::{LineError, read_lines};
pub use mistake::Mistake;
pub use ratios::{PerDispatch, Ratio};
pub use sheet::{Sheet, Table};
