//! What resolution needs of one coded dispatch.
//!
//! In goes a `CodedDispatch` ([`crate::Resolver::dossier`]); out comes its [`Dossier`], which a store keeps as JSON, so that no text is read again. It refuses nothing: what a
//! dispatch does not say is absent from its dossier.

use depeche_intake::Fingerprint;
use depeche_record::{Date, EntityKind, EventType, Mode, Polarity, Status};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A dispatch as resolution sees it. Two dossiers of one record have different ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// The dispatch's id in the record.
    pub id: String,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Its publisher, by the id that `packs/sources.toml` has for it, else the dispatch's own identifier.
    pub publisher: Option<String>,
    /// The first day on which it can have been published.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
    /// What its body is compared with others by.
    pub fingerprint: Option<Fingerprint>,
    /// The agency that it says it reprints, by the id in `packs/sources.toml`.
    pub agency: Option<String>,
    /// The words of its text, folded, and how often each stands there; the commonest of the language are left out.
    pub terms: BTreeMap<String, u32>,
    /// What it speaks of, told alike in every language: countries (`c:`), words of names by their sound (`n:`), numbers (`#`); and how often.
    pub facts: BTreeMap<String, u32>,
    /// Its events, in their order.
    pub events: Vec<EventKey>,
    /// Its statements that are commitments, in their order.
    pub pledges: Vec<Pledge>,
    /// Its persons and bodies.
    pub forms: Vec<Form>,
    /// Which form each of its entities has, by the entity's id.
    pub entities: BTreeMap<String, FormId>,
}

impl Dossier {
    /// Lets go of the words and facts, which take more room than all the rest, and of the forms, which are held against others by themselves.
    pub(crate) fn forget_most(&mut self) {
        self.terms.clear();
        self.facts.clear();
        self.forms.clear();
        self.entities.clear();
        for event in &mut self.events {
            event.terms.clear();
            event.facts.clear();
            event.matters.clear();
        }
    }
}

/// An event as it is compared with others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventKey {
    /// Its id in its dispatch.
    pub id: String,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// Status.
    pub status: Status,
    /// Who acts.
    pub actors: Vec<Party>,
    /// Towards whom.
    pub recipients: Vec<Party>,
    /// Its place: the name of the tables, else as written.
    pub place: Option<String>,
    /// The country of its place.
    pub place_country: Option<String>,
    /// Latitude and longitude of its place in hundredths of a degree.
    pub spot: Option<(i32, i32)>,
    /// Its time as the record writes it.
    pub when: Option<String>,
    /// The first day of that.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
    /// Numbers in its sentence, with the word that each counts, folded.
    pub numbers: Vec<(String, String)>,
    /// Words around its trigger, folded, but for the commonest.
    pub terms: BTreeSet<String>,
    /// The matters of `packs/<language>/concepts.toml` that those words name.
    pub matters: BTreeSet<String>,
    /// As [`Dossier::facts`], of its sentence.
    pub facts: BTreeSet<String>,
    /// From 0 to 1, as the coder has it.
    pub confidence: f64,
}

/// A party of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// What it is; none where no entity is known.
    pub kind: Option<EntityKind>,
    /// Its fullest name in its dispatch.
    pub name: String,
    /// Its country, as the record writes it.
    pub country: Option<String>,
}

/// A commitment as it is compared with others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pledge {
    /// The statement's id in its dispatch.
    pub id: String,
    /// Who voices it, by name.
    pub speaker: Option<String>,
    /// The country that is bound.
    pub promisor: Option<String>,
    /// The country that gains.
    pub beneficiary: Option<String>,
    /// Whether it will or will not, as the record has it.
    pub polarity: Polarity,
    /// Whether its words turn that round: it will prevent.
    pub turned: bool,
    /// What it is about: the matters of `packs/<language>/concepts.toml`.
    pub matters: BTreeSet<String>,
    /// Matters that it leaves out: all but this.
    pub without: BTreeSet<String>,
    /// Whether it leaves something out.
    pub excepts: bool,
    /// Countries that its content names.
    pub countries: BTreeSet<String>,
}

/// A pledge as a shelf files it, with what is asked of its dispatch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FiledPledge {
    /// What the shelf calls it.
    #[serde(skip)]
    pub key: i64,
    /// Its dispatch.
    pub dispatch: String,
    /// The first day on which that can have been published.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
    /// What was promised.
    #[serde(flatten)]
    pub pledge: Pledge,
}

impl Dossier {
    /// Its pledges as they are filed, in their order; what the shelf calls them is the shelf's.
    pub fn filed_pledges(&self) -> impl Iterator<Item = FiledPledge> {
        self.pledges.iter().map(|pledge| FiledPledge {
            key: 0,
            dispatch: self.id.clone(),
            first: self.first,
            last: self.last,
            pledge: pledge.clone(),
        })
    }
}

/// Stable name of a form: the same for the same form in every dispatch.
pub type FormId = String;

/// An actor as one or more dispatches present it: dispatches that present it alike have one form between them, which is what makes linking actors cheap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// A hash of the rest.
    pub id: FormId,
    /// Person, body or format.
    pub kind: EntityKind,
    /// Its names, the fullest first.
    pub names: Vec<String>,
    /// Its country.
    pub country: Option<String>,
    /// Its Wikidata item.
    pub wikidata: Option<String>,
    /// Offices that it is said to hold: office, country and the year.
    pub offices: Vec<(String, Option<String>, Option<String>)>,
}
