//! News dispatches into a sourced, dated record of diplomatic events.
//!
//! In come files, folders, pages of text; out come [`CodedDispatch`](record::CodedDispatch)es: who did what to whom, when and where, told by whom, each fact
//! with the characters that say it. This crate puts the stages of the house in their order and is the one that a program needs:
//! [`read`] gives items, [`Coder::code`] codes one, [`Coder::code_batch`] several, [`stream::in_order`] any number in bounded memory, and [`Annotator`] stops
//! at the parse. Nothing here goes to the network; models lie where `depeche models add` put them.

mod annotator;
mod captions;
mod check;
mod coder;
mod intake;
mod language;
mod layers;
mod models;
mod offices;
mod segments;
mod stages;
pub mod stream;
mod versions;
pub mod warnings;

pub use annotator::{AnnotateError, Annotator};
pub use check::{Checked, check_packs};
pub use coder::{Coder, CoderOptions};
pub use depeche_intake::{
    Content, ExplainedBlock, ExtractOptions, Extraction, Field, Fingerprint, FingerprintError, Format, IntakeError, IntakeErrorKind, Item,
    MAX_DISPATCH_BYTES, Origin, Pages, ReadOptions, Reader, Reason, Repeats, Source, Stated, Stating, near_duplicates, read, sources,
};
pub use depeche_names as names;
pub use depeche_nlp as nlp;
pub use depeche_packs as packs;
pub use depeche_record as record;
pub use intake::Intake;
pub use layers::{Layer, Layers, UnknownLayer};
pub use models::{Models, NoModel};
pub use segments::MAX_CODED_CHARACTERS;
pub use versions::Versions;
