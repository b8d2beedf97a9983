//! The kinds of the lines of plain-text dispatches: a line is of the kind of the block that covers most of it. Lede and body are one.

use crate::coded::{Block, Coded, or_default};
use crate::mistake::Mistake;
use crate::ratios::{PerDispatch, Ratio};
use crate::{Sheet, Table};
use depeche_record::CharSpan;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A dispatch whose lines a careful reader has named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldDispatch {
    /// The same as the coded dispatch's.
    pub id: String,
    /// The whole text.
    pub text: String,
    /// What its lines are.
    #[serde(default, deserialize_with = "or_default")]
    pub lines: Vec<GoldLine>,
}

/// A line and its kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldLine {
    /// From 1.
    pub line: usize,
    /// As the record names the kinds of blocks.
    pub kind: String,
}

/// Scores the blocks of coded dispatches; one that was not coded has none.
pub fn score(gold: &[GoldDispatch], coded: &[Coded]) -> (Sheet, PerDispatch) {
    let coded: BTreeMap<&str, &Coded> = coded.iter().map(|dispatch| (dispatch.id.as_str(), dispatch)).collect();
    let mut sheet = Sheet::default();
    let mut per_dispatch = PerDispatch { names: vec!["right"], rows: Vec::new() };
    let mut confused: BTreeMap<(String, String), usize> = BTreeMap::new();
    for dispatch in gold {
        let lines = line_spans(&dispatch.text);
        let blocks = coded.get(dispatch.id.as_str()).map_or(&[][..], |coded| &coded.dispatch.blocks);
        let mut right = 0;
        for GoldLine { line, kind } in &dispatch.lines {
            let span = line.checked_sub(1).and_then(|at| lines.get(at));
            let found = span.and_then(|&(span, _)| kind_of(span, blocks)).unwrap_or("none");
            let same = found == kind || [found, kind].iter().all(|kind| matches!(*kind, "lede" | "body"));
            right += usize::from(same);
            *confused.entry((kind.clone(), found.to_owned())).or_default() += 1;
            if !same {
                sheet.mistakes.push(Mistake {
                    verdict: "kind",
                    id: dispatch.id.clone(),
                    kind: kind.clone(),
                    gold: format!("{kind} (line {line})"),
                    coded: found.to_owned(),
                    gold_span: span.map(|&(span, _)| span),
                    coded_span: None,
                    sentence: span.map_or_else(String::new, |&(_, text)| text.to_owned()),
                });
            }
        }
        per_dispatch.rows.push(vec![Ratio::new(right, dispatch.lines.len())]);
    }
    let [right] = per_dispatch.totals()[..] else { return (sheet, per_dispatch) };
    sheet.headline = format!("lines {} right {:.3}", right.whole, right.value());
    sheet.figure("right", right.value());
    let mut table = Table::new("kinds", &["gold", "coded", "lines"]);
    table.rows = confused.into_iter().map(|((gold, coded), lines)| vec![gold, coded, lines.to_string()]).collect();
    sheet.tables.push(table);
    (sheet, per_dispatch)
}

/// The lines of a text, each with its characters.
fn line_spans(text: &str) -> Vec<(CharSpan, &str)> {
    let mut at = 0;
    let span = |line| {
        let start = at;
        let end = start + str::chars(line).count();
        at = end + 1;
        (CharSpan::new(start, end), line)
    };
    text.split('\n').map(span).collect()
}

/// The kind of the block over most of a line, the first of several; none where no block is over it.
fn kind_of(line: CharSpan, blocks: &[Block]) -> Option<&str> {
    let over = |block: &Block| line.end.min(block.span.end).saturating_sub(line.start.max(block.span.start));
    let best = blocks.iter().rev().max_by_key(|block| over(block))?;
    (over(best) > 0).then_some(&best.kind)
}
