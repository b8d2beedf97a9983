//! What was found: mentions, the entities they stand for, the offices those are said to hold.
//!
//! Values only. Ids are positions in the lists of [`crate::Actors`]; the record's ids (`m1`, `e1`) are made when they are written.

use depeche_packs::{Coordinates, CountryCode, Sector};
use depeche_record::{CharSpan, EntityKind, MentionKind};
use std::ops::Range;

/// A mention's place in [`crate::Actors::mentions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// An entity's place in [`crate::Actors::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl MentionId {
    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl EntityId {
    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a named place lies, as far as the tables say.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// The tables' name for it.
    pub name: String,
    /// The country it lies in.
    pub country: Option<CountryCode>,
    /// Where.
    pub at: Option<Coordinates>,
}

/// A stretch of text that names or stands for somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The token that heads the noun phrase.
    pub head: usize,
    /// The tokens of the surface: the name without titles and determiners, or the office or noun with what belongs to it.
    pub tokens: Range<usize>,
    /// The characters of the surface.
    pub span: CharSpan,
    /// The surface.
    pub text: String,
    /// What kind of expression it is.
    pub kind: MentionKind,
    /// Whom it stands for.
    pub entity: Option<EntityId>,
    /// The country represented.
    pub country: Option<CountryCode>,
    /// The sector.
    pub sector: Option<Sector>,
    /// Whether those it stands for act in politics: a state, an organisation of states, a party, an armed group, an army, a court, an
    /// official.
    pub political: bool,
    /// Where the place named lies.
    pub site: Option<Site>,
    /// Whether it is written into the record. An adjective of nationality or a noun that has one stands for its country here, but is no
    /// mention there.
    pub recorded: bool,
    /// For a pronoun, an office or a noun that points back: the mention whose surface names those it stands for.
    pub antecedent: Option<MentionId>,
}

/// Someone or something that mentions stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityData {
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in the text, or the tables'.
    pub name: String,
    /// The country it is or belongs to.
    pub country: Option<CountryCode>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Its members, where a table or the text says.
    pub members: Vec<MemberData>,
    /// Its item of Wikidata, where a list gives it.
    pub wikidata: Option<String>,
    /// Its mentions, in order of the text.
    pub mentions: Vec<MentionId>,
}

/// A member of a format or organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberData {
    /// The country.
    pub country: CountryCode,
    /// The characters that say so; none where the table does.
    pub span: Option<CharSpan>,
}

/// An assertion that an entity holds an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleData {
    /// The holder.
    pub entity: EntityId,
    /// The office in English: `minister of defence`.
    pub office: String,
    /// The body in which it is held.
    pub body: Option<String>,
    /// The country served.
    pub country: Option<CountryCode>,
    /// Whether the text has them out of it by then: « ancien », « feu ».
    pub past: bool,
    /// The first token of what says so.
    pub token: usize,
    /// The characters that say so.
    pub span: CharSpan,
}
