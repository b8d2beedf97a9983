//! Many reports, one record: pure decisions across dispatches.
//!
//! In goes what resolution needs of each coded dispatch, its [`Dossier`]; out come [`Decisions`]: which dispatches are copies, which belong to one story, which events are
//! reports of one happening and where these disagree, which pledges restate or contradict earlier ones, which names are one actor's. Nothing is read or written here:
//! whoever keeps a record is a [`Shelf`], and [`Resolver::decide`] asks it for the dossiers that share a [`Key`] with new ones.
//!
//! # Order makes no difference
//! Whether two things belong together is asked of the two alone. Groups are made within what such links connect, by rules that know identifiers and days but no order of arrival.
//! So the decisions on a set of dossiers are a function of the set, and a new dossier changes nothing but the groups that its own links reach: [`Resolver::decide`] answers for
//! these, whole.

mod actors;
mod closure;
mod company;
mod compared;
mod copies;
mod decisions;
mod disagreements;
mod dossier;
mod extract;
mod groups;
mod happenings;
mod keys;
mod links;
mod matters;
mod memory;
mod neighbourhood;
mod pair;
mod reach;
mod resolver;
mod similarity;
mod threads;
mod user;
mod weights;
mod words;

pub use actors::ReadForm;
pub use decisions::{
    ActorGroup, CopyGroup, CopyKind, CopyMember, Decisions, Disagreement, Field, Happening, PledgeLinks, Relation, Report, Side, Story,
};
pub use dossier::{Dossier, EventKey, FiledPledge, Form, FormId, Party, Pledge};
pub use keys::{Key, Layer, pledge_keys};
pub use links::{EventLink, FormLinks, KeptLinks, Links};
pub use memory::MemoryShelf;
pub use pair::FEATURES;
pub use resolver::{EventName, Resolver, Shelf, Touched};
pub use similarity::Read as ReadDossier;
pub use threads::is_worth_telling;
pub use user::UserDecisions;
