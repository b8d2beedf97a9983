//! What was found in a dispatch: mentions, entities, roles, times, events, statements.
//!
//! Field names and their order are those of the published contract.

use crate::{CharSpan, Context, Dispatch, EventType, Explanation, Mode, Quad};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A dispatch with all that was found in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the fields are the layers of the contract")]
pub struct CodedDispatch {
    pub id: String,
    /// SHA-256 of the input's bytes, in hexadecimal.
    pub source_sha256: String,
    pub dispatch: Dispatch,
    pub sentences: Vec<CharSpan>,
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
    pub roles: Vec<Role>,
    pub timexes: Vec<Timex>,
    pub events: Vec<Event>,
    pub statements: Vec<Statement>,
    pub warnings: Vec<Warning>,
}

/// A stretch of text that names or stands for an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// `m1`, `m2`, … in order of the text.
    pub id: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The characters.
    pub text: String,
    /// What kind of expression it is.
    pub kind: MentionKind,
    /// The entity it stands for, `e1`, `e2`, ….
    pub entity: Option<String>,
}

/// What kind of expression a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum MentionKind {
    /// A person's name.
    Per,
    /// An organisation's or body's name.
    Org,
    /// A country, city or its government.
    Gpe,
    /// A place that governs nobody.
    Loc,
    /// A people or other group named by nationality, religion or politics.
    Norp,
    /// A format of talks.
    Format,
    /// An office or common noun that stands for its holder.
    Office,
    /// A pronoun.
    Pronoun,
}

/// Someone or something that mentions stand for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// `e1`, `e2`, … in order of first mention.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in the dispatch, or the pack's for countries and known bodies.
    pub name: String,
    /// ISO 3166-1 alpha-3, `XKX`, a past state's last code, `IGO` or `NGO`.
    pub country: Option<String>,
    /// Wikidata item, where a table gives it.
    pub wikidata: Option<String>,
    /// The members of a format or commission.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum EntityKind {
    Person,
    Body,
    Country,
    Place,
    Format,
    People,
}

/// A member of a format, with the characters that say so (both 0 where a pack does).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Country code.
    pub country: String,
    /// Where the text says it.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// An assertion that an entity holds an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// The holder.
    pub entity: String,
    /// The office, in English, such as `minister of defence`.
    pub office: String,
    /// The body it belongs to.
    pub body: Option<String>,
    /// The country it serves.
    pub country: Option<String>,
    /// When the text has them in it: a TIMEX3 date; `2018-03-29/2019-01-31` where only an interval is known; `../2026-02-06` for an
    /// office that they have left by then.
    pub as_of: Option<String>,
    /// The characters that say so.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Timex {
    /// `t1`, `t2`, … in order of the text.
    pub id: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The characters.
    pub text: String,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimexKind,
    /// TIMEX3 value; null where nothing resolves it.
    pub value: Option<String>,
    /// TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    /// First day; null where open.
    #[schemars(with = "Option<String>")]
    pub earliest: Option<Date>,
    /// Last day; null where open.
    #[schemars(with = "Option<String>")]
    pub latest: Option<Date>,
    /// What resolved it: `published`, a timex, an event, or `none`.
    pub anchor: String,
}

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names are those of the standard")]
pub enum TimexKind {
    Date,
    Time,
    Duration,
    Set,
}

/// Who did what to whom, when and where, told by whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `v1`, `v2`, … in order of the text.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// CAMEO code.
    pub cameo: String,
    /// Goldstein value.
    pub goldstein: f64,
    /// Quad class.
    pub quad: Quad,
    /// Whether it took place.
    pub status: Status,
    /// Who did it.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// Where.
    pub place: Option<Place>,
    /// When; null where the text does not say.
    pub when: Option<When>,
    /// How many times, where said.
    pub count: Option<Count>,
    /// What it was about.
    pub topics: Vec<Quoted>,
    /// The words that show type and polarity.
    pub trigger: Quoted,
    /// Index into `sentences`.
    pub sentence: usize,
    /// Further mentions of the same event.
    pub also: Vec<CharSpan>,
    /// Who says so.
    pub attribution: Vec<Attribution>,
    /// The share of events like it whose type is right, from 0 to 1.
    pub confidence: f64,
    /// Why it was coded, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explanation>,
}

/// Whether an event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum Status {
    Occurred,
    Planned,
    Ongoing,
    Hypothetical,
    Denied,
    Alleged,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 6] =
        [Status::Occurred, Status::Planned, Status::Ongoing, Status::Hypothetical, Status::Denied, Status::Alleged];

    /// Its name in the record.
    pub fn name(self) -> &'static str {
        match self {
            Status::Occurred => "occurred",
            Status::Planned => "planned",
            Status::Ongoing => "ongoing",
            Status::Hypothetical => "hypothetical",
            Status::Denied => "denied",
            Status::Alleged => "alleged",
        }
    }

    /// The status of that name.
    pub fn named(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// An actor or recipient of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// Who.
    pub entity: Option<String>,
    /// The mention that stands in the sentence.
    pub mention: Option<String>,
    /// The surface of the name in this dispatch, the antecedent's where a pronoun or a bare office stands.
    pub text: String,
    /// Where that surface stands.
    #[serde(flatten)]
    pub span: CharSpan,
    /// Country represented.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// As written.
    pub text: String,
    /// Where it is written.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The pack's name for it.
    pub name: Option<String>,
    /// Country it lies in.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// When an event took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// TIMEX3 value.
    pub value: String,
    /// First day; null where open.
    #[schemars(with = "Option<String>")]
    pub earliest: Option<Date>,
    /// Last day; null where open.
    #[schemars(with = "Option<String>")]
    pub latest: Option<Date>,
    /// The time expression that says it.
    pub timex: Option<String>,
}

/// How many times an event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// The number.
    pub value: u32,
    /// The characters that say it.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// Characters with their text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quoted {
    /// Where.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The characters.
    pub text: String,
}

/// Who is given as the source of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// As written.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub span: CharSpan,
    /// What kind of source it is.
    pub kind: AttributionKind,
}

/// What kind of source is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum AttributionKind {
    Outlet,
    Named,
    Anonymous,
    Document,
}

/// Something said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// `s1`, `s2`, … in order of the text.
    pub id: String,
    /// Who said it; null where the text names none.
    pub speaker: Option<Speaker>,
    /// In quotation marks or not.
    pub kind: StatementKind,
    /// The verb of speech.
    pub verb: Option<Quoted>,
    /// To whom.
    pub addressee: Option<Speaker>,
    /// What was said.
    pub content: Quoted,
    /// Through whom it is known.
    pub via: Vec<Attribution>,
    /// Who carried it.
    pub relayed_by: Option<Speaker>,
    /// What it does by being said.
    pub claim: Claim,
    /// The pledge in it.
    pub commitment: Option<Commitment>,
}

/// A speaker or addressee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Speaker {
    /// Who.
    pub entity: Option<String>,
    /// As written.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// Whether a statement's content stands in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum StatementKind {
    Direct,
    Indirect,
}

/// What a statement does by being said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum Claim {
    Commitment,
    Demand,
    Accusation,
    Denial,
    Position,
    Report,
}

/// A pledge on the conduct of the speaker's own side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Commitment {
    /// Country that pledges.
    pub promisor: Option<String>,
    /// Country that gains.
    pub beneficiary: Option<String>,
    /// To do or not to do.
    pub polarity: Polarity,
    /// What is pledged.
    pub object: Quoted,
}

/// To do or not to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words of the contract")]
pub enum Polarity {
    Will,
    WillNot,
}

/// Something that a reader of the record should know about how it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// `W` and three digits.
    pub code: String,
    /// What happened and what to do.
    pub message: String,
}
