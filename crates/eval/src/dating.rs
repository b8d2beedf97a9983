//! Publication dates inferred where none was given, against the day that gold knows or the interval that the text allows.
//!
//! Right is an interval within gold's, widened by seven days at its end; where gold is a day, one that holds that day and is no wider than eight days. Others
//! that hold or meet gold's are told as wider, those without both ends as none.

use crate::coded::{Coded, or_default};
use crate::mistake::Mistake;
use crate::ratios::{PerDispatch, Ratio};
use crate::{Sheet, Table};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How much later than gold's interval a coded one may end.
const LATER_DAYS: i64 = 7;
/// How wide a coded interval may be around gold's day.
const WIDEST_DAYS: i32 = 8;

/// A dispatch of which gold knows when it was published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldDispatch {
    /// The same as the coded dispatch's.
    pub id: String,
    /// A day, or two parted by a slash; one without is not counted.
    #[serde(default, deserialize_with = "or_default")]
    pub published: String,
}

/// Scores the dates of publication of coded dispatches; one that was not coded has none.
pub fn score(gold: &[GoldDispatch], coded: &[Coded]) -> (Sheet, PerDispatch) {
    let coded: BTreeMap<&str, &Coded> = coded.iter().map(|dispatch| (dispatch.id.as_str(), dispatch)).collect();
    let (mut sheet, mut right, mut wide, mut none) = (Sheet::default(), 0, 0, 0);
    let mut per_dispatch = PerDispatch { names: vec!["right"], rows: Vec::new() };
    let mut by_method: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for dispatch in gold.iter().filter(|dispatch| !dispatch.published.is_empty()) {
        let published = coded.get(dispatch.id.as_str()).map(|coded| &coded.dispatch.published);
        let found = published.and_then(|published| Some((day(&published.earliest)?, day(&published.latest)?)));
        let verdict = match found {
            None => "none",
            Some(found) => judge(&dispatch.published, found),
        };
        right += usize::from(verdict == "right");
        wide += usize::from(verdict == "wider");
        none += usize::from(verdict == "none");
        per_dispatch.rows.push(vec![Ratio::new(usize::from(verdict == "right"), 1)]);
        let method = published.map_or("", |published| &published.method);
        let row = by_method.entry(method).or_default();
        row[0] += 1;
        row[1] += usize::from(verdict == "right");
        if verdict != "right" {
            let coded = published.map_or_else(String::new, |published| format!("{}/{}", published.earliest, published.latest));
            let (id, kind, gold) = (dispatch.id.clone(), method.to_owned(), dispatch.published.clone());
            sheet.mistakes.push(Mistake { verdict, id, kind, gold, coded, gold_span: None, coded_span: None, sentence: String::new() });
        }
    }
    let all = per_dispatch.rows.len();
    let share = Ratio::new(right, all).value();
    sheet.headline = format!("dispatches {all} right {share:.3} | wider {wide} | none {none}");
    sheet.figure("right", share);
    let mut table = Table::new("methods", &["method", "dispatches", "right"]);
    table.rows = by_method.into_iter().map(|(method, [all, right])| vec![method.to_owned(), all.to_string(), right.to_string()]).collect();
    sheet.tables.push(table);
    (sheet, per_dispatch)
}

/// `right`, `wider` or `wrong`.
fn judge(gold: &str, (earliest, latest): (Date, Date)) -> &'static str {
    let mut days = gold.split('/').map(day);
    let (Some(Some(first)), last) = (days.next(), days.next()) else { return "wrong" };
    let right = match last {
        Some(last) => {
            let end = last.and_then(|last| last.checked_add(LATER_DAYS.days()).ok());
            end.is_some_and(|end| first <= earliest && latest <= end)
        }
        None => earliest <= first && first <= latest && (latest - earliest).get_days() <= WIDEST_DAYS,
    };
    let last = last.flatten().unwrap_or(first);
    match right {
        true => "right",
        false if earliest <= last && latest >= first => "wider",
        false => "wrong",
    }
}

/// The day that a value begins with.
fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &str, earliest: &str, latest: &str, expected: &str) {
        assert_eq!(judge(gold, (day(earliest).unwrap(), day(latest).unwrap())), expected, "{gold} {earliest} {latest}");
    }

    #[test]
    fn a_date_is_right_within_gold_or_close_around_its_day() {
        check("2021-05-04", "2021-05-04", "2021-05-04", "right");
        check("2021-05-04", "2021-05-01", "2021-05-09", "right");
        check("2021-05-04", "2021-05-01", "2021-05-10", "wider");
        check("2021-05-04", "2021-05-05", "2021-05-05", "wrong");
        check("2021-05-04/2021-05-06", "2021-05-04", "2021-05-13", "right");
        check("2021-05-04/2021-05-06", "2021-05-03", "2021-05-05", "wider");
        check("2021-05-04T09:00", "2021-05-04", "2021-05-06", "right");
        check("soon", "2021-05-04", "2021-05-06", "wrong");
    }
}
