//! The record in the formats that others read, and their rows into the record.
//!
//! Out go happenings and what is around them as GDELT and POLECAT rows, FollowTheMoney entities, CSV, JSON lines, Parquet or a feed ([`export()`]), one after the other at constant memory; in come rows
//! of GDELT, ICEWS and POLECAT as events without dispatches ([`import()`]). A row that is not what its format says is refused with its line and the reason, and the others are taken. What a format
//! has no room for is left out, and what the record does not know stays empty.

mod actor_codes;
mod answers;
mod countries;
mod export;
mod import;
mod tables;

pub use answers::{Cells, event_id};
pub use countries::Countries;
pub use export::{ExportFormat, Exported, Fault, What, export};
pub use import::{ImportFormat, Imported, Refused, Row, import, read_rows};
