//! Time expressions against gold over characters, one to one, as TempEval-3 counts them: strict (the same span), relaxed (an overlap), value (an overlap and
//! the same TIMEX3 value). Spans that gold lists as no time are counted when something was tagged there all the same.

use crate::coded::{Coded, Timex, beside, or_default};
use crate::mistake::{Mistake, around};
use crate::ratios::{PerDispatch, Ratio};
use crate::{Sheet, Table};
use depeche_record::{CharIndex, CharSpan};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A dispatch whose times a careful reader has marked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldDispatch {
    /// The same as the coded dispatch's.
    pub id: String,
    /// The whole text.
    pub text: String,
    /// Its times.
    #[serde(default, deserialize_with = "or_default")]
    pub timexes: Vec<GoldTimex>,
    /// Spans that are none.
    #[serde(default, deserialize_with = "or_default")]
    pub not_timex: Vec<CharSpan>,
}

/// A time as gold has it: where it stands, or in what words, of which the first that are not taken are meant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "as in the record, but for the surface")]
pub struct GoldTimex {
    pub start: Option<usize>,
    pub end: Option<usize>,
    #[serde(deserialize_with = "or_default")]
    pub surface: String,
    #[serde(deserialize_with = "or_default")]
    pub value: String,
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    gold: usize,
    coded: usize,
    strict: usize,
    relaxed: usize,
    value: usize,
    no_time: usize,
    no_time_tagged: usize,
    by_kind: BTreeMap<String, [usize; 4]>,
    per_dispatch: Vec<Vec<Ratio>>,
    mistakes: Vec<Mistake>,
}

/// Scores coded dispatches against gold ones of the same ids; one that was not coded has no times.
pub fn score(gold: &[GoldDispatch], coded: &[Coded]) -> Report {
    let mut report = Report::default();
    for (dispatch, coded) in beside(gold, coded, |gold| &gold.id) {
        report.add(dispatch, coded);
    }
    report
}

/// The gold times with their spans; words that the text does not have are left out.
fn placed(gold: &GoldDispatch, index: &CharIndex) -> Vec<Timex> {
    let mut times: Vec<Timex> = Vec::new();
    for time in &gold.timexes {
        let span = match (time.start, time.end) {
            (Some(start), Some(end)) => Some(CharSpan::new(start, end)),
            _ if time.surface.is_empty() => None,
            _ => {
                let spans = gold.text.match_indices(&time.surface).map(|(at, found)| index.span(at..at + found.len()));
                spans.into_iter().find(|span| times.iter().all(|other| other.span.start != span.start))
            }
        };
        times.extend(span.map(|span| Timex { span, value: time.value.clone(), kind: time.kind.clone() }));
    }
    times
}

impl Report {
    fn add(&mut self, gold: &GoldDispatch, coded: &Coded) {
        let index = CharIndex::new(&gold.text);
        let (wanted, found) = (placed(gold, &index), &coded.timexes);
        let mut pairs: Vec<(bool, usize, usize, usize)> = Vec::new();
        for (at, time) in wanted.iter().enumerate() {
            for (other, tagged) in found.iter().enumerate() {
                let shared = time.span.end.min(tagged.span.end).saturating_sub(time.span.start.max(tagged.span.start));
                if shared > 0 {
                    pairs.push((time.span == tagged.span, shared, at, other));
                }
            }
        }
        pairs.sort_by_key(|&(same, shared, at, other)| (!same, std::cmp::Reverse(if same { 0 } else { shared }), at, other));
        let (mut free_gold, mut free_coded) = (vec![true; wanted.len()], vec![true; found.len()]);
        let text = |span: CharSpan| index.slice(&gold.text, span).to_owned();
        let mut mistake =
            |verdict, kind: &str, expected: String, given: String, gold_span: Option<CharSpan>, coded_span: Option<CharSpan>| {
                let place = gold_span.or(coded_span);
                let sentence = place.map_or_else(String::new, |place| around(&gold.text, &index, place, &coded.sentences));
                self.mistakes.push(Mistake {
                    verdict,
                    id: gold.id.clone(),
                    kind: kind.to_owned(),
                    gold: expected,
                    coded: given,
                    gold_span,
                    coded_span,
                    sentence,
                });
            };
        let [mut strict, mut relaxed, mut value] = [0; 3];
        for time in &wanted {
            self.by_kind.entry(time.kind.clone()).or_default()[0] += 1;
        }
        for (same, _, at, other) in pairs {
            if !free_gold[at] || !free_coded[other] {
                continue;
            }
            (free_gold[at], free_coded[other]) = (false, false);
            let (time, tagged) = (&wanted[at], &found[other]);
            let right = time.value == tagged.value;
            relaxed += 1;
            strict += usize::from(same);
            value += usize::from(right);
            let row = self.by_kind.entry(time.kind.clone()).or_default();
            row[1] += usize::from(same);
            row[2] += 1;
            row[3] += usize::from(right);
            if !same {
                mistake("span", &time.kind, text(time.span), text(tagged.span), Some(time.span), Some(tagged.span));
            }
            if !right {
                mistake("value", &time.kind, time.value.clone(), tagged.value.clone(), Some(time.span), Some(tagged.span));
            }
        }
        for time in wanted.iter().zip(&free_gold).filter(|(_, free)| **free).map(|(time, _)| time) {
            mistake("missed", &time.kind, format!("{} {}", text(time.span), time.value), String::new(), Some(time.span), None);
        }
        for tagged in found.iter().zip(&free_coded).filter(|(_, free)| **free).map(|(tagged, _)| tagged) {
            mistake("spurious", &tagged.kind, String::new(), format!("{} {}", text(tagged.span), tagged.value), None, Some(tagged.span));
        }
        for span in &gold.not_timex {
            self.no_time += 1;
            if let Some(tagged) = found.iter().find(|tagged| tagged.span.start < span.end && tagged.span.end > span.start) {
                self.no_time_tagged += 1;
                mistake("no time", &tagged.kind, text(*span), tagged.value.clone(), Some(*span), Some(tagged.span));
            }
        }
        self.gold += wanted.len();
        self.coded += found.len();
        self.strict += strict;
        self.relaxed += relaxed;
        self.value += value;
        let all = wanted.len() + found.len();
        self.per_dispatch.push([strict, relaxed, value].map(|right| Ratio::new(200 * right, all)).to_vec());
    }

    /// The figures of every gold dispatch.
    pub fn per_dispatch(&self) -> PerDispatch {
        PerDispatch { names: vec!["strict", "relaxed", "value"], rows: self.per_dispatch.clone() }
    }

    /// The figures in per cent, a row for each type of gold's, the mistakes.
    pub fn sheet(self) -> Sheet {
        let all = self.gold + self.coded;
        let [strict, relaxed, value] = [self.strict, self.relaxed, self.value].map(|right| Ratio::new(200 * right, all).value());
        let mut headline =
            format!("gold {} coded {} | strict {strict:.1} | relaxed {relaxed:.1} | value {value:.1}", self.gold, self.coded);
        if self.no_time > 0 {
            headline.push_str(&format!(" | no time {} tagged {}", self.no_time, self.no_time_tagged));
        }
        let mut table = Table::new("types", &["type", "gold", "strict", "relaxed", "value"]);
        table.rows = self
            .by_kind
            .into_iter()
            .map(|(kind, counts)| [kind].into_iter().chain(counts.map(|count| count.to_string())).collect())
            .collect();
        let mut sheet = Sheet { headline, tables: vec![table], mistakes: self.mistakes, ..Sheet::default() };
        for (name, value) in [("strict", strict), ("relaxed", relaxed), ("value", value)] {
            sheet.figure(name, value);
        }
        sheet.figure("no time tagged", self.no_time_tagged as f64);
        sheet
    }
}
