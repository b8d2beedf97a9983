//! The counts of a comparison of entities, over all and by kind, and what was wrong.

use super::Kind;
use crate::ratios::{PerDispatch, Ratio};
use crate::{Agreement, Mistake, Share, Sheet, Table};
use std::collections::BTreeMap;

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// For each kind, how its names and their countries fared.
    by_kind: BTreeMap<Kind, (Agreement, Share)>,
    /// What was wrong, in order of the dispatches.
    pub mistakes: Vec<Mistake>,
    per_dispatch: Vec<Vec<Ratio>>,
}

/// The figures of which each dispatch has a part.
const FIGURES: [&str; 4] = ["entities P", "entities R", "entities F1", "country"];

impl Report {
    pub(super) fn of(&mut self, kind: Kind) -> &mut Agreement {
        &mut self.by_kind.entry(kind).or_default().0
    }

    pub(super) fn country(&mut self, kind: Kind) -> &mut Share {
        &mut self.by_kind.entry(kind).or_default().1
    }

    /// The names of a kind. A coded name that is matched counts under the gold's kind.
    pub fn names(&self, kind: Kind) -> Agreement {
        self.by_kind.get(&kind).map_or_else(Agreement::default, |(names, _)| *names)
    }

    /// The countries of the found names of a kind.
    pub fn countries(&self, kind: Kind) -> Share {
        self.by_kind.get(&kind).map_or_else(Share::default, |(_, countries)| *countries)
    }

    /// The names of all kinds.
    pub fn all_names(&self) -> Agreement {
        Kind::ALL.into_iter().map(|kind| self.names(kind)).sum()
    }

    /// The countries of all found names.
    pub fn all_countries(&self) -> Share {
        Kind::ALL.into_iter().map(|kind| self.countries(kind)).sum()
    }

    /// The figures so far as parts of wholes.
    pub(super) fn counts(&self) -> [Ratio; FIGURES.len()] {
        let (names, countries) = (self.all_names(), self.all_countries());
        [
            Ratio::new(names.right, names.coded),
            Ratio::new(names.right, names.gold),
            Ratio::new(2 * names.right, names.gold + names.coded),
            Ratio::new(countries.right, countries.judged),
        ]
    }

    /// Keeps what was added since as a dispatch's part.
    pub(super) fn add_dispatch(&mut self, before: &[Ratio]) {
        let added = self.counts().into_iter().zip(before);
        self.per_dispatch
            .push(added.map(|(now, before)| Ratio { part: now.part - before.part, whole: now.whole - before.whole }).collect());
    }

    /// The figures of every gold dispatch.
    pub fn per_dispatch(&self) -> PerDispatch {
        PerDispatch { names: FIGURES.to_vec(), rows: self.per_dispatch.clone() }
    }

    /// The figures, a row for each kind, the mistakes.
    pub fn sheet(self) -> Sheet {
        let (all, countries) = (self.all_names(), self.all_countries());
        let mut sheet = Sheet { headline: format!("gold {} coded {} | entities {all}", all.gold, all.coded), ..Sheet::default() };
        for (name, value) in [("P", all.precision()), ("R", all.recall()), ("F1", all.f1())] {
            sheet.figure(format!("entities {name}"), value);
        }
        let mut table = Table::new("kinds", &["kind", "gold", "coded", "right", "P", "R", "F1", "country"]);
        for kind in Kind::ALL {
            let (names, countries) = (self.names(kind), self.countries(kind));
            if names.gold + names.coded > 0 {
                sheet.headline.push_str(&format!(" | {} F1 {:.3}", kind.name(), names.f1()));
                sheet.figure(format!("{} F1", kind.name()), names.f1());
            }
            let country = countries.value().map_or_else(String::new, |value| format!("{value:.3}"));
            table.rows.push([kind.name().to_owned()].into_iter().chain(names.cells()).chain([country]).collect());
        }
        if let Some(value) = countries.value() {
            sheet.headline.push_str(&format!(" | country {value:.3} of {}", countries.judged));
            sheet.figure("country", value);
        }
        Sheet { tables: vec![table], mistakes: self.mistakes, ..sheet }
    }
}
