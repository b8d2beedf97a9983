//! Scored pairs of names against labels: precision, recall and F1 at a threshold and at the best one.

use crate::mistake::Mistake;
use crate::{Agreement, Sheet, Table};
use std::collections::BTreeMap;

/// How many thresholds are tried at most, about.
const STEPS: usize = 400;

/// A pair of names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pair {
    /// The two names, to be shown.
    pub names: (String, String),
    /// What kind of pair it is, by which the pairs are counted too.
    pub group: String,
    /// How alike they are, by the program.
    pub score: f64,
    /// Whether they are one.
    pub one: bool,
}

/// A row of a table of pairs that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PairsError {
    /// A column is missing.
    #[error("line 1: there is no column `{0}`")]
    Column(String),
    /// A row's score is no number, or missing.
    #[error("line {line}: `{score}` is no score")]
    Score {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        score: String,
    },
    /// Two tables are not of the same pairs.
    #[error("line {line}: the pair is another one than in the gold")]
    Other {
        /// The line, from 1.
        line: usize,
    },
}

/// Reads tab-separated rows with a header: `label` (1 or `true` for one), `score`, `name1`, `name2`. Labels are taken from `gold` where that is another
/// table, which must have the same pairs in the same order. Only rows whose columns have the values of `wanted` are taken.
pub fn read(scored: &str, gold: Option<&str>, wanted: &[(String, String)]) -> Result<Vec<Pair>, PairsError> {
    let (scored, gold) = (Rows::read(scored), gold.map(Rows::read));
    let labels = gold.as_ref().unwrap_or(&scored);
    let (label, score) = (labels.column("label")?, scored.column("score")?);
    let wanted: Vec<(usize, &str)> =
        wanted.iter().map(|(column, value)| Ok((labels.column(column)?, value.as_str()))).collect::<Result<_, _>>()?;
    let names = ["name1", "name2"].map(|name| (labels.column(name).ok(), scored.column(name).ok()));
    let group = ["schema", "scripts"].iter().find_map(|name| labels.column(name).ok());
    let mut pairs = Vec::new();
    for (at, (line, row)) in labels.rows.iter().enumerate() {
        let own = scored.rows.get(at).map_or(&[][..], |(_, row)| row);
        let cell = |row: &[&str], column: Option<usize>| {
            column.and_then(|column| row.get(column)).map_or_else(String::new, |&cell| cell.to_owned())
        };
        if gold.is_some() && names.iter().any(|&(gold, scored)| cell(row, gold) != cell(own, scored)) {
            return Err(PairsError::Other { line: *line });
        }
        if wanted.iter().any(|&(column, value)| row.get(column) != Some(&value)) {
            continue;
        }
        let text = cell(own, Some(score));
        let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let score = number.ok_or(PairsError::Score { line: *line, score: text })?;
        let one = matches!(row.get(label), Some(&("1" | "true")));
        pairs.push(Pair { names: (cell(row, names[0].0), cell(row, names[1].0)), group: cell(row, group), score, one });
    }
    Ok(pairs)
}

/// Tab-separated rows, with the lines they stand in; empty lines are none.
struct Rows<'text> {
    heading: Vec<&'text str>,
    rows: Vec<(usize, Vec<&'text str>)>,
}

impl<'text> Rows<'text> {
    fn read(text: &'text str) -> Rows<'text> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty()).map(|(line, row)| (line, row.split('\t').collect()));
        Rows { heading: lines.next().map(|(_, heading): (usize, Vec<&str>)| heading).unwrap_or_default(), rows: lines.collect() }
    }

    fn column(&self, name: &str) -> Result<usize, PairsError> {
        self.heading.iter().position(|heading| *heading == name).ok_or_else(|| PairsError::Column(name.to_owned()))
    }
}

/// Scores pairs at a threshold.
pub fn score(pairs: &[Pair], threshold: f64) -> Sheet {
    let at = |pairs: &mut dyn Iterator<Item = &Pair>, threshold: f64| {
        pairs.fold(Agreement::default(), |counts, pair| {
            let taken = pair.score >= threshold;
            Agreement {
                gold: counts.gold + usize::from(pair.one),
                coded: counts.coded + usize::from(taken),
                right: counts.right + usize::from(taken && pair.one),
            }
        })
    };
    let mut steps: Vec<f64> = pairs.iter().map(|pair| pair.score).collect();
    steps.sort_by(f64::total_cmp);
    steps.dedup();
    let tried = steps.iter().step_by((steps.len() / STEPS).max(1));
    let (mut best, mut best_f1) = (f64::NAN, -1.0);
    for &step in tried {
        let f1 = at(&mut pairs.iter(), step).f1();
        if f1 > best_f1 {
            (best, best_f1) = (step, f1);
        }
    }
    let all = at(&mut pairs.iter(), threshold);
    let best_shown = if best.is_nan() { String::new() } else { format!(" | best F1 {best_f1:.3} at {best:.3}") };
    let mut sheet = Sheet { headline: format!("pairs {} | at {threshold:?}: {all}{best_shown}", pairs.len()), ..Sheet::default() };
    for (name, value) in [("P", all.precision()), ("R", all.recall()), ("F1", all.f1()), ("best F1", best_f1.max(0.0))] {
        sheet.figure(name, value);
    }
    let mut groups: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        groups.entry(&pair.group).or_default().push(pair);
    }
    let mut table = Table::new("groups", &["group", "one", "taken", "right", "P", "R", "F1"]);
    table.rows = groups
        .into_iter()
        .map(|(group, pairs)| [group.to_owned()].into_iter().chain(at(&mut pairs.into_iter(), threshold).cells()).collect())
        .collect();
    sheet.tables.push(table);
    for pair in pairs.iter().filter(|pair| pair.one != (pair.score >= threshold)) {
        let said = |one| if one { "one" } else { "two" }.to_owned();
        sheet.mistakes.push(Mistake {
            verdict: if pair.one { "missed" } else { "spurious" },
            id: String::new(),
            kind: pair.group.clone(),
            gold: said(pair.one),
            coded: format!("{:.3}", pair.score),
            gold_span: None,
            coded_span: None,
            sentence: format!("{} = {}", pair.names.0, pair.names.1),
        });
    }
    sheet
}
