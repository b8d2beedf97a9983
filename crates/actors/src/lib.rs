//! Who a dispatch speaks of: mentions of persons, bodies, countries and places, the offices they hold, and who each expression stands for.
//!
//! In go a parsed text ([`depeche_nlp::Doc`]), its graph ([`depeche_predicates::Graph`]), the blocks of its page and a [`Directory`] of the
//! packs' tables; out comes [`Actors`]. Nothing is invented: an office that nobody in the text is told to hold stays an office, and a
//! pronoun without an antecedent stands for nobody. Words of a language come from the packs alone.

mod actors;
mod answer;
mod back_nouns;
mod coreference;
mod directory;
mod entities;
mod holders;
mod linking;
mod members;
mod mention;
mod named;
mod names;
mod nations;
mod officials;
mod phrase;
mod pronouns;
mod public_life;
mod quoted;
mod reading;
mod sightings;
mod spelling;

pub use actors::Actors;
pub use directory::Directory;
pub use linking::{Evidence, Link, Profile, Reason, link, names_alike, score};
pub use mention::{EntityData, EntityId, MemberData, Mention, MentionId, RoleData, Site};

use depeche_nlp::Doc;
use depeche_predicates::Graph;
use depeche_record::Block;

/// Finds who is spoken of.
///
/// `blocks` are the dispatch's, in characters of the text: what stands outside the article's own words names nobody, and a source line or
/// byline names without being spoken of later. Without blocks all of the text is the article's.
pub fn find(doc: &Doc, graph: &Graph, directory: &Directory, blocks: &[Block]) -> Actors {
    let reading = reading::read(doc, graph, directory, blocks);
    coreference::resolve(doc, graph, directory, reading)
}
