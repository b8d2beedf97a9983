//! Loads, checks and compiles language packs and reference tables.
//!
//! A pack is a folder of TOML files that reads like a codebook. Every file has a module here that gives it a type; [`PackFiles`] says
//! where the files come from. Nothing here looks at a parse: what a table *means* is for the crate that uses it.

mod bodies;
mod code;
mod common_words;
mod concepts;
mod countries;
mod frames;
mod gazetteer;
mod holders;
mod holiday;
mod lists;
mod meanings;
mod modes;
mod name_words;
mod offices;
mod page;
mod phrases;
mod places;
mod publishers;
mod reference;
mod rows;
mod sector;
mod source;
mod speech;
mod tenures;
mod term;

pub use bodies::{Bodies, Body, BodyKind, GenericBody};
pub use code::{Coordinates, CountryCode, NotACode};
pub use common_words::CommonWords;
pub use concepts::Concepts;
pub use countries::{Countries, Country, Standing};
pub use frames::{Example, Expected, Frame, Frames, Genitive, Needs, Negated, Part, Pick, Selector};
pub use gazetteer::{Gazetteer, NameEntry, NameMatch, NameRole, NameTarget};
pub use holders::{Holder, HolderName, Holders, PublicPerson};
pub use lists::{ActorList, ListedCodes, RowFault};
pub use meanings::Meanings;
pub use modes::ModeRule;
pub use name_words::{NameExamples, NameWords};
pub use offices::{GroupNoun, Office, OfficeMatch, OfficeModifier, OfficeTerm, Offices, Portfolio};
pub use page::{LinePhrases, PageWords};
pub use phrases::{PhraseMatch, Phrases};
pub use places::{Place, PlaceKind, Places};
pub use publishers::{PublisherFacts, Publishers};
pub use reference::{BackNoun, Determination, Gender, NameKind, Number, Pronoun, Reference};
pub use sector::Sector;
pub use source::{PackError, PackFile, PackFiles};
pub use speech::Speech;
pub use tenures::Tenure;
pub use term::{NotATermDate, Term, TermDate};
mod syntax;

pub use syntax::{Doubt, EndingRow, Governors, Heads, LightVerbs, Mood, Preposition, Relation, Syntax, Tense, TenseRow, TenseTable, Words};
pub mod temporal;
pub mod tense;
