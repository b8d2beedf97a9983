//! Dating a dispatch that does not say when it was published.
//!
//! In goes a dispatch with its time expressions; out comes a day or interval with the way it was found and the characters it rests on. What
//! the input states is kept. Else a dateline or a line that is nothing but a date says it; else the text bounds it: the last day it tells of
//! in full is a floor, « ce vendredi 6 février » fixes the year in which that is a Friday and leaves the days when one writes so, and a bare
//! « en février » told as past holds until the next February. Without any year the answer is that nothing is known.

use crate::calendar::{self, Period, add, days_between};
use crate::expression::{Calendar, Expression, Value};
use crate::place::{CountedFrom, Reckoning, place};
use crate::recognise::Recogniser;
use crate::tense::Outlook;
use depeche_nlp::Doc;
use depeche_packs::temporal::{Bound, Direction, Unit};
use depeche_record::{BlockKind, CharSpan, DatingMethod, Dispatch, Published};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Days after « ce vendredi 6 février » within which one still writes so.
const DEICTIC_DAYS: i32 = 2;
/// Days after a weekday and date without year within which a text tells of it so.
const RECENT_DAYS: i32 = 14;
/// Years after the last year told in full that a date without a year may lie in: fewer than a weekday takes to come round.
const YEARS_AFTER: i16 = 4;

/// A bound on the day of publication and the expression that sets it.
type Limit = Option<(Date, CharSpan)>;

impl Recogniser {
    /// When `dispatch`, whose text `doc` annotates, was published.
    pub fn date_dispatch(&self, dispatch: &Dispatch, doc: &Doc, expressions: &[Expression]) -> Published {
        if dispatch.published.method != DatingMethod::None {
            return dispatch.published.clone();
        }
        dateline(dispatch, doc, expressions).or_else(|| date_by_text(dispatch, expressions)).unwrap_or_default()
    }
}

fn date_by_text(dispatch: &Dispatch, expressions: &[Expression]) -> Option<Published> {
    let told: Vec<(&Expression, Option<BlockKind>, Outlook)> = expressions
        .iter()
        .filter_map(|expression| {
            let block = block_of(dispatch, expression.span);
            if block.is_some_and(|kind| !kind.is_content()) {
                return None;
            }
            Some((expression, block, expression.outlook))
        })
        .collect();
    let (floor, ceiling) = years_told(&told);
    let floor = floor?;
    deictic_day(&told, floor).or_else(|| recent_day(&told, floor)).or_else(|| Some(between(&told, floor, ceiling)))
}

/// The date that a dateline or a line of its own says; the interval of several.
fn dateline(dispatch: &Dispatch, doc: &Doc, expressions: &[Expression]) -> Option<Published> {
    let mut days: Vec<(Date, CharSpan)> = Vec::new();
    for expression in expressions {
        let in_dateline = matches!(block_of(dispatch, expression.span), Some(BlockKind::Dateline | BlockKind::Byline));
        if (in_dateline || is_line_of_its_own(doc, expression))
            && let Some(Period::Day(day)) = absolute(expression)
        {
            days.push((day, expression.span));
        }
    }
    let earliest = days.iter().map(|(day, _)| *day).min()?;
    let latest = days.iter().map(|(day, _)| *day).max()?;
    let confidence = if earliest == latest { 0.9 } else { 0.5 };
    Some(answer(earliest, Some(latest), DatingMethod::Dateline, confidence, days.iter().map(|(_, span)| *span)))
}

/// The last day that the text tells in full as past, and the first that it tells in full as to come.
fn years_told(told: &[(&Expression, Option<BlockKind>, Outlook)]) -> (Limit, Limit) {
    let (mut floor, mut ceiling): (Limit, Limit) = (None, None);
    for (expression, block, looks) in told {
        let Some(period) = absolute(expression) else { continue };
        if *looks == Outlook::Ahead || matches!(expression.bound, Bound::Until | Bound::Before) {
            if let Some(last) = period.last()
                && *looks == Outlook::Ahead
                && ceiling.is_none_or(|(day, _)| last < day)
            {
                ceiling = Some((last, expression.span));
            }
            continue;
        }
        // The day itself is written « ce jour »; with its year it is past, but under a picture.
        let first = match period {
            Period::Day(day) if *looks == Outlook::Back && *block != Some(BlockKind::Caption) => day.tomorrow().ok(),
            _ => period.first(),
        };
        if let Some(first) = first
            && floor.is_none_or(|(day, _)| first > day)
        {
            floor = Some((first, expression.span));
        }
    }
    (floor, ceiling)
}

/// « ce vendredi 6 février »: that day, and the few after it.
fn deictic_day(told: &[(&Expression, Option<BlockKind>, Outlook)], floor: (Date, CharSpan)) -> Option<Published> {
    told.iter().find_map(|(expression, _, _)| {
        let Value::Calendar(fields) = expression.value else { return None };
        if fields.direction != Some(Direction::This) || fields.year.is_some() {
            return None;
        }
        let day = matching_day(&fields, floor.0)?;
        let named = told.iter().any(|(other, ..)| absolute(other) == Some(Period::Day(day)));
        let confidence = if named { 0.95 } else { 0.8 };
        Some(answer(day, add(day, Unit::Day, DEICTIC_DAYS), DatingMethod::Text, confidence, [expression.span, floor.1]))
    })
}

/// « samedi 19 février », told as past: that day and the fortnight after it.
fn recent_day(told: &[(&Expression, Option<BlockKind>, Outlook)], floor: (Date, CharSpan)) -> Option<Published> {
    let days = told.iter().filter_map(|(expression, _, looks)| match expression.value {
        Value::Calendar(fields) if fields.year.is_none() && *looks != Outlook::Ahead => {
            Some((matching_day(&fields, floor.0)?, expression.span))
        }
        _ => None,
    });
    let (day, span) = days.max_by_key(|(day, _)| *day)?;
    Some(answer(day, add(day, Unit::Day, RECENT_DAYS), DatingMethod::Text, 0.6, [span, floor.1]))
}

/// The day on which a weekday, day and month without a year fall together, within a few years after the floor.
fn matching_day(fields: &Calendar, floor: Date) -> Option<Date> {
    let (weekday, month, day) = (fields.weekday?, fields.month?, fields.day?);
    (0..=YEARS_AFTER).find_map(|years| {
        let date = Date::new(floor.year().checked_add(years)?, month, day).ok()?;
        let fits = Some(date.weekday()) == calendar::weekday(weekday) && days_between(floor, date) >= -1;
        fits.then_some(date)
    })
}

/// From the floor to the first day after it on which a bare month or date told as past would name a later one.
fn between(told: &[(&Expression, Option<BlockKind>, Outlook)], floor: (Date, CharSpan), ceiling: Limit) -> Published {
    let mut latest: Limit = ceiling.filter(|(day, _)| *day >= floor.0);
    let leads_up = leads_up_to(told, floor.0);
    for (expression, _, looks) in told.iter().filter(|_| leads_up) {
        let Value::Calendar(fields) = expression.value else { continue };
        if fields.year.is_some() || fields.month.is_none() || *looks != Outlook::Back || fields.direction == Some(Direction::Next) {
            continue;
        }
        let ahead = Reckoning { today: Some(floor.0), narrative: None, outlook: Outlook::Ahead };
        let next = Value::Calendar(Calendar { direction: Some(Direction::Next), weekday: None, clock: None, ..fields });
        if let Some((period, CountedFrom::Publication)) = place(&next, &ahead)
            && let Some(last) = period.first().and_then(|day| day.yesterday().ok())
            && last >= floor.0
            && latest.is_none_or(|(day, _)| last < day)
        {
            latest = Some((last, expression.span));
        }
    }
    let evidence = [Some(floor.1), latest.map(|(_, span)| span)];
    let confidence = if latest.is_some() { 0.5 } else { 0.3 };
    answer(floor.0, latest.map(|(day, _)| day), DatingMethod::Text, confidence, evidence.into_iter().flatten())
}

/// Whether the text tells of several of the years up to the floor, so that a date without a year belongs to the last of them. A lone year may
/// be long past.
fn leads_up_to(told: &[(&Expression, Option<BlockKind>, Outlook)], floor: Date) -> bool {
    let years: BTreeSet<i16> = told.iter().filter_map(|(expression, ..)| Some(absolute(expression)?.first()?.year())).collect();
    years.range(floor.year().saturating_sub(YEARS_AFTER)..=floor.year()).count() >= 2
}

fn answer(
    earliest: Date,
    latest: Option<Date>,
    method: DatingMethod,
    confidence: f64,
    evidence: impl IntoIterator<Item = CharSpan>,
) -> Published {
    let mut evidence: Vec<CharSpan> = evidence.into_iter().collect();
    evidence.sort_unstable();
    evidence.dedup();
    let value = (latest == Some(earliest)).then(|| earliest.to_string());
    Published { value, earliest: Some(earliest), latest, method, confidence, evidence }
}

/// The stretch that an expression names with its year.
fn absolute(expression: &Expression) -> Option<Period> {
    let Value::Calendar(Calendar { year: Some(_), .. }) = expression.value else { return None };
    let nothing = Reckoning { today: None, narrative: None, outlook: Outlook::Unknown };
    place(&expression.value, &nothing).map(|(period, _)| period)
}

fn block_of(dispatch: &Dispatch, span: CharSpan) -> Option<BlockKind> {
    let from = dispatch.blocks.partition_point(|block| block.span.end <= span.start);
    dispatch.blocks.get(from).filter(|block| block.span.overlaps(span)).map(|block| block.kind)
}

/// Whether nothing but the expression stands on its line. Looks no further than the next letter or digit.
fn is_line_of_its_own(doc: &Doc, expression: &Expression) -> bool {
    let bytes = &expression.bytes;
    let before = doc.text().get(..bytes.start).unwrap_or("").chars().rev();
    let after = doc.text().get(bytes.end..).unwrap_or("").chars();
    !before.take_while(|letter| *letter != '\n').any(char::is_alphanumeric)
        && !after.take_while(|letter| *letter != '\n').any(char::is_alphanumeric)
}
