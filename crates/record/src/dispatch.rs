//! A dispatch as intake hands it on: one text, its blocks, and what its page says of itself.

use crate::CharSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A news dispatch. Every span of the record counts characters of `text`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Dispatch {
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<Publisher>,
    /// ISO 639-1 code; null where it could not be told.
    pub language: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Published,
    /// The text, as given for plain-text input.
    pub text: String,
    /// The parts of the text, in order, without overlap.
    pub blocks: Vec<Block>,
}

/// The outlet, with the characters that name it (both 0 where a caller named it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Publisher {
    /// As written.
    pub name: String,
    /// A stable identifier made of the name.
    pub id: String,
    /// Where the text names it.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// A day or interval of publication.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// A TIMEX3 date, null where only an interval is known.
    pub value: Option<String>,
    /// First day that it can be.
    #[schemars(with = "Option<String>")]
    pub earliest: Option<Date>,
    /// Last day that it can be.
    #[schemars(with = "Option<String>")]
    pub latest: Option<Date>,
    /// How it is known.
    pub method: DatingMethod,
    /// From 0 to 1.
    pub confidence: f64,
    /// The characters that say it.
    pub evidence: Vec<CharSpan>,
}

/// How a publication date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatingMethod {
    /// The input's own `published`.
    Stated,
    /// The page's metadata.
    Metadata,
    /// A dateline.
    Dateline,
    /// Dates in the text.
    Text,
    /// Who held which office.
    Offices,
    /// Not known.
    #[default]
    None,
}

/// A part of the text and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// What a part of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum BlockKind {
    Title,
    Lede,
    Body,
    Subhead,
    Caption,
    /// A caption of another article's picture.
    ForeignCaption,
    Byline,
    Dateline,
    Source,
    Related,
    Share,
    Navigation,
    Other,
}

impl BlockKind {
    /// Whether facts are coded from it: the article's own words, its own captions among them.
    pub fn is_content(self) -> bool {
        matches!(self, BlockKind::Title | BlockKind::Lede | BlockKind::Body | BlockKind::Subhead | BlockKind::Caption)
    }
}
