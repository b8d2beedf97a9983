//! The counts of a comparison, over all and by type, and what was wrong.

use super::GoldDispatch;
use crate::{Agreement, Share};
use std::collections::BTreeMap;
use std::fmt;

/// What a comparison found. It prints as a line of figures, then a row for each type.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// By type.
    pub kind: Agreement,
    /// By type and countries.
    pub who: Agreement,
    /// Of the matched whose gold has a status.
    pub status: Share,
    /// Of the matched that gold dates or that were given a date.
    pub when: Share,
    /// Of the matched whose gold has a mode.
    pub mode: Share,
    /// Of the matched whose gold has a place.
    pub place: Share,
    /// Of the matched whose gold has a source.
    pub source: Share,
    /// For each type, how it and its countries fared. A coded event that is matched counts under the gold's type.
    pub by_type: BTreeMap<String, (Agreement, Agreement)>,
    /// What was wrong, in order of the dispatches.
    pub mistakes: Vec<Mistake>,
}

/// Something that gold and coded differ in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// In what.
    pub verdict: Verdict,
    /// The dispatch's id.
    pub dispatch: String,
    /// The event's type: gold's, or the coded one's where gold has no such event.
    pub kind: String,
    /// What gold has.
    pub expected: String,
    /// What was coded.
    pub found: String,
}

/// What a mistake is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// A gold event was not coded.
    Missed,
    /// A coded event is not in gold.
    Spurious,
    /// The countries.
    Who,
    /// Whether it took place.
    Status,
    /// The time.
    When,
    /// The mode.
    Mode,
    /// The place.
    Place,
    /// The source.
    Source,
}

impl Report {
    fn row(&mut self, kind: &str) -> &mut (Agreement, Agreement) {
        self.by_type.entry(kind.to_owned()).or_default()
    }

    pub(super) fn count_gold(&mut self, kind: &str) {
        let row = self.row(kind);
        row.0.gold += 1;
        row.1.gold += 1;
        self.kind.gold += 1;
        self.who.gold += 1;
    }

    pub(super) fn count_coded(&mut self, kind: &str) {
        let row = self.row(kind);
        row.0.coded += 1;
        row.1.coded += 1;
        self.kind.coded += 1;
        self.who.coded += 1;
    }

    pub(super) fn count_right(&mut self, kind: &str, who: bool) {
        let row = self.row(kind);
        row.0.right += 1;
        row.1.right += usize::from(who);
        self.kind.right += 1;
        self.who.right += usize::from(who);
    }

    pub(super) fn mistake(&mut self, verdict: Verdict, dispatch: &GoldDispatch, kind: &str, expected: &str, found: &str) {
        let (kind, expected, found) = (kind.to_owned(), expected.to_owned(), found.to_owned());
        self.mistakes.push(Mistake { verdict, dispatch: dispatch.id.clone(), kind, expected, found });
    }

    /// The shares by name, in the order in which they are shown.
    fn shares(&self) -> [(&'static str, Share); 5] {
        [("status", self.status), ("when", self.when), ("mode", self.mode), ("place", self.place), ("source", self.source)]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "gold {} coded {} | type {} | who {}", self.kind.gold, self.kind.coded, self.kind, self.who)?;
        for (name, share) in self.shares() {
            if let Some(value) = share.value() {
                write!(formatter, " | {name} {value:.3} of {}", share.judged)?;
            }
        }
        writeln!(formatter)?;
        for (kind, (by_type, who)) in &self.by_type {
            writeln!(formatter, "{kind:9} gold {:4} coded {:4} | type {by_type} | who F1 {:.3}", by_type.gold, by_type.coded, who.f1())?;
        }
        Ok(())
    }
}
