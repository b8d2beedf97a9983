//! What was decided: groups, each whole.
//!
//! A group in [`Decisions`] replaces every stored group of its layer that has one of its members. Ids of groups are made of their first member by day and id, so they are the same
//! for the same set.

use crate::{FormId, FormLinks, Links};
use depeche_record::Status;
use serde::{Deserialize, Serialize};

/// All groups that new dossiers touched, in the order of their ids. What stands alone is a group of one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Decisions {
    /// Dispatches that are one report.
    pub copies: Vec<CopyGroup>,
    /// Dispatches on one main happening.
    pub stories: Vec<Story>,
    /// Events that are reports of one happening.
    pub happenings: Vec<Happening>,
    /// The pledges of the dossiers that were named, with what they are to others: what was told of a pledge before is replaced, but for what others are to it.
    pub pledges: Vec<PledgeLinks>,
    /// Forms of one actor.
    pub actors: Vec<ActorGroup>,
    /// To what each of the dossiers that were named is linked, for a shelf that keeps this.
    pub links: Vec<Links>,
    /// The same of the forms that were named.
    pub form_links: Vec<FormLinks>,
}

/// One report and the dispatches that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyGroup {
    /// The id of `members`' original, which is the independent source.
    pub id: String,
    /// The original first, the others by day and id.
    pub members: Vec<CopyMember>,
}

/// A dispatch in a group of copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMember {
    /// The dispatch.
    pub dispatch: String,
    /// What it is to the original.
    pub kind: CopyKind,
}

/// What a dispatch is to the original of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyKind {
    /// It is the original.
    Original,
    /// The same words.
    Copy,
    /// Nearly the same words.
    NearCopy,
    /// An agency's text in another publisher's hands.
    Reprint,
}

/// Dispatches on one main happening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// The id of its first dispatch.
    pub id: String,
    /// By day and id.
    pub dispatches: Vec<String>,
}

/// An event of a dispatch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Report {
    /// The dispatch.
    pub dispatch: String,
    /// The event in it.
    pub event: String,
    /// Whether this dispatch is the original of its group of copies, and the first of its publisher to report this: the independent reports of a happening are its sources.
    pub independent: bool,
}

/// One happening with all its reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// `dispatch#event` of its first report.
    pub id: String,
    /// Its reports by day of publication, dispatch and event.
    pub reports: Vec<Report>,
    /// Which of `reports` stands for it: the one that tells most.
    pub lead: usize,
    /// How many independent sources it has.
    pub sources: usize,
    /// What most independent reports say of whether it happened; the later ones where as many say otherwise.
    pub status: Status,
    /// On what its reports do not agree.
    pub disagreements: Vec<Disagreement>,
}

/// A field on which reports of a happening differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The field.
    pub field: Field,
    /// The values and who gives each, in the order of the values.
    pub sides: Vec<Side>,
}

/// A value and the reports that give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The value.
    pub value: String,
    /// Places in the happening's `reports`.
    pub reports: Vec<usize>,
}

/// What reports can differ on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The day.
    When,
    /// The place.
    Place,
    /// Whether it happened.
    Status,
    /// What is counted.
    Number,
    /// Who did it, by country.
    Actors,
}

/// What a pledge is to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum Relation {
    Restates,
    Widens,
    Narrows,
    Contradicts,
    /// They are one pledge that two dispatches report.
    Same,
}

/// What a pledge is to those before and behind it. All that such links connect is one thread, which bears the name of its earliest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeLinks {
    /// The dispatch.
    pub dispatch: String,
    /// The id of the pledge there.
    pub pledge: String,
    /// What the shelf calls it.
    pub key: i64,
    /// Those that it has to do with, by what the shelf calls them, and which of the two is what to the other. The earliest first.
    pub earlier: Vec<(i64, Relation)>,
    /// Those that came behind it and are something to it.
    pub later: Vec<(i64, Relation)>,
}

/// Forms of one actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorGroup {
    /// The least of its forms' ids.
    pub id: FormId,
    /// By id.
    pub forms: Vec<FormId>,
}
