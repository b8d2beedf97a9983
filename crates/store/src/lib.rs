//! The record in one SQLite file.
//!
//! In go coded dispatches, each once ([`Store::ingest`]); out come answers ([`Reader`]): what happened, who holds which office, what was promised, and the characters of the dispatch that say so.
//! Resolution across dispatches is `depeche_resolve`'s; this crate keeps what it needs, asks it within the transaction that writes, and files what it decides. A file that is no record, of a
//! newer version, or written by another process is refused with what to do about it. Nothing here reads the network or knows how a dispatch is coded.

mod actors;
mod at_hand;
mod browsing;
mod coded;
mod commitments;
mod deciding;
mod density;
mod detail;
mod digest;
mod dispatches;
mod drawn;
mod error;
mod evidence;
mod facts;
mod file;
mod filed;
mod filter;
mod free_sql;
mod importing;
mod interned;
mod linking;
mod lock;
mod network;
mod offices;
mod paging;
mod places;
mod pledges;
mod prepared;
mod profile;
mod recoding;
mod rows;
mod sample;
mod schema;
mod search;
mod series;
mod settling;
mod shelf;
mod stories;
mod suggesting;
mod timeline;
mod watching;
mod words;
mod writing;

pub use actors::{ActorCursor, ActorRow, Holder, OfficeEvidence, OfficeRow};
pub use browsing::{FieldValues, HappeningInFull, TimelineOrder, TimelineRow};
pub use commitments::{CommitmentRow, StatementRef};
pub use deciding::{Decision, Verdict};
pub use density::{Density, DensityRow};
pub use detail::{DispatchRef, HappeningDetail, HappeningOrder, Origin, PartyDetail};
pub use digest::{CountryCount, Digest, LanguageCount, NameCount, Overview, SourceCount};
pub use dispatches::{DispatchInFull, DispatchRow, EventHappening};
pub use error::{StoreError, StoreErrorKind};
pub use evidence::{Evidence, Sentence, Shown};
pub use facts::{EventRow, StatementRow};
pub use file::{Reader, Size, Store};
pub use filter::Filter;
pub use free_sql::{SqlAnswer, SqlLimits};
pub use importing::{ImportedEvent, ImportedFrom, ImportedParty, ImportedPlace};
pub use network::{Level, Network, NetworkEdge, NetworkNode};
pub use paging::{Cursor, Page};
pub use places::PlaceRow;
pub use prepared::{Content, Prepared, content_of};
pub use profile::{ActorProfile, Met, Spelling};
pub use sample::SampleRow;
pub use schema::SCHEMA_VERSION;
pub use search::SearchHit;
pub use series::{Period, SeriesRow};
pub use stories::{DisagreementRow, DisagreementValue, StoryRow};
pub use suggesting::Suggestion;
pub use timeline::{Days, Party, PlaceName, ReportRef, TimelineEntry};
pub use writing::{Kept, Run, RunKey};
