//! Links of dispatches, kept once they were found.
//!
//! What links two things is asked of the two alone, so it never changes: a shelf that keeps [`Links`] is spared looking again for the neighbours of whatever a new dispatch is linked to, which may lie
//! anywhere in the record.

use crate::FormId;
use serde::{Deserialize, Serialize};

/// To what one dispatch and its events are linked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Links {
    /// The dispatch.
    pub dispatch: String,
    /// The dispatches that it is linked to as a copy or as of one story, and how strongly.
    pub stories: Vec<(String, f64)>,
    /// What its events are linked to.
    pub events: Vec<EventLink>,
}

/// Two events that may be reports of one happening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventLink {
    /// The place of the event in its dossier.
    pub event: usize,
    /// The dispatch of the other, which may be the same.
    pub dispatch: String,
    /// The place of the other there.
    pub other: usize,
    /// Log-odds that they are.
    pub strength: f64,
}

/// The same as a shelf gives them back, by its own names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeptLinks<Name> {
    /// The dispatches.
    pub stories: Vec<(Name, f64)>,
    /// The place of an event, the other with its dispatch, and the strength.
    pub events: Vec<(usize, (Name, usize), f64)>,
}

/// To which others a form is linked as the same actor, by log-odds; without what a user decided.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FormLinks {
    /// The form.
    pub form: FormId,
    /// The others.
    pub others: Vec<(FormId, f64)>,
}

impl Links {
    /// As the others have them: the links of each dispatch that this one is linked to, itself left out, to this one.
    pub fn turned(&self) -> impl Iterator<Item = Links> {
        let others: std::collections::BTreeSet<&String> =
            self.stories.iter().map(|(other, _)| other).chain(self.events.iter().map(|link| &link.dispatch)).collect();
        others.into_iter().filter(|other| **other != self.dispatch).map(|other| Links {
            dispatch: other.clone(),
            stories: self.stories.iter().filter(|(id, _)| id == other).map(|(_, strength)| (self.dispatch.clone(), *strength)).collect(),
            events: self.events.iter().filter(|link| link.dispatch == *other).map(|link| link.turned(&self.dispatch)).collect(),
        })
    }
}

impl EventLink {
    fn turned(&self, dispatch: &str) -> EventLink {
        EventLink { event: self.other, dispatch: dispatch.to_owned(), other: self.event, strength: self.strength }
    }
}
