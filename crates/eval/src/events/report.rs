//! The counts of a comparison, over all and by type, which types stand on the same words, and what was wrong.

use crate::ratios::{PerDispatch, Ratio};
use crate::{Agreement, Mistake, Share, Sheet, Table};
use std::collections::{BTreeMap, BTreeSet};

/// What a comparison found.
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
    /// How often a gold and a coded type stand on the same words; `none` where one of them stands alone.
    pub confusion: BTreeMap<(String, String), usize>,
    /// What was wrong, in order of the dispatches.
    pub mistakes: Vec<Mistake>,
    pub(super) per_dispatch: Vec<Vec<Ratio>>,
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

    pub(super) fn confuse(&mut self, gold: &str, coded: &str) {
        *self.confusion.entry((gold.to_owned(), coded.to_owned())).or_default() += 1;
    }

    /// The shares by name, in the order in which they are shown.
    fn shares(&self) -> [(&'static str, Share); 5] {
        [("status", self.status), ("when", self.when), ("mode", self.mode), ("place", self.place), ("source", self.source)]
    }

    /// The figures so far as parts of wholes.
    pub(super) fn counts(&self) -> Vec<Ratio> {
        let of = |counts: Agreement| {
            [
                Ratio::new(counts.right, counts.coded),
                Ratio::new(counts.right, counts.gold),
                Ratio::new(2 * counts.right, counts.gold + counts.coded),
            ]
        };
        let shares = self.shares().map(|(_, share)| Ratio::new(share.right, share.judged));
        of(self.kind).into_iter().chain(of(self.who)).chain(shares).collect()
    }

    /// The figures of every gold dispatch.
    pub fn per_dispatch(&self) -> PerDispatch {
        let names = ["type P", "type R", "type F1", "who P", "who R", "who F1"];
        PerDispatch { names: names.into_iter().chain(self.shares().map(|(name, _)| name)).collect(), rows: self.per_dispatch.clone() }
    }

    /// The line of figures.
    pub fn headline(&self) -> String {
        let mut line = format!("gold {} coded {} | type {} | who {}", self.kind.gold, self.kind.coded, self.kind, self.who);
        for (name, share) in self.shares() {
            if let Some(value) = share.value() {
                line.push_str(&format!(" | {name} {value:.3} of {}", share.judged));
            }
        }
        line
    }

    /// The figures, a row for each type, the confusion, the mistakes.
    pub fn sheet(self) -> Sheet {
        let mut sheet = Sheet { headline: self.headline(), ..Sheet::default() };
        for (name, ratio) in self.per_dispatch().names.into_iter().zip(self.counts()).filter(|(_, ratio)| ratio.whole > 0.0) {
            sheet.figure(name, ratio.value());
        }
        let mut types = Table::new("types", &["type", "gold", "coded", "right", "P", "R", "F1", "who F1"]);
        let row = |(kind, (by_type, who)): (&String, &(Agreement, Agreement))| {
            [kind.clone()].into_iter().chain(by_type.cells()).chain([format!("{:.3}", who.f1())]).collect()
        };
        types.rows = self.by_type.iter().map(row).collect();
        sheet.tables = vec![types, self.confusion_table()];
        sheet.mistakes = self.mistakes;
        sheet
    }

    /// A row for each gold type and a column for each coded one.
    fn confusion_table(&self) -> Table {
        let name = |kind: &String| (kind == "none", kind.clone());
        let gold: BTreeSet<_> = self.confusion.keys().map(|(gold, _)| name(gold)).collect();
        let coded: BTreeSet<_> = self.confusion.keys().map(|(_, coded)| name(coded)).collect();
        // Four letters tell the types apart and let a row stand in a line.
        let short = |kind: &String| kind.chars().take(4).collect::<String>();
        let mut table = Table::new("confusion", &["gold \\ coded"]);
        table.heading.extend(coded.iter().map(|(_, kind)| short(kind)));
        for (_, kind) in &gold {
            let count = |coded: &String| self.confusion.get(&(kind.clone(), coded.clone())).copied().unwrap_or(0);
            let cells =
                coded.iter().map(|(_, coded)| count(coded)).map(|count| if count == 0 { "·".to_owned() } else { count.to_string() });
            table.rows.push([kind.clone()].into_iter().chain(cells).collect());
        }
        table
    }
}
