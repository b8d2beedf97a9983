//! Dating a dispatch that does not say when it was published.
//!
//! In goes a dispatch with its time expressions; out comes a day or interval with the way it was found and the characters it rests on. What
//! the input states is kept. Else a dateline or a line that is nothing but a date says it; else the text bounds it: the last day it tells of
//! in full is a floor, « ce vendredi 6 février » fixes the year in which that is a Friday and leaves the days when one writes so, and a bare
//! « en février » told as past holds until the next February. Without any year and any office the answer is that nothing is known.

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
/// Days after a date without year within which a text tells of it so.
const RECENT_DAYS: i32 = 7;
/// Years after the last year told in full that a date without a year may lie in: fewer than a weekday takes to come round.
const YEARS_AFTER: i16 = 4;

/// Days within which a day and month can fall twice at the most.
const TWO_YEARS: i64 = 730;

/// A bound on the day of publication and the expression that sets it.
type Limit = Option<(Date, CharSpan)>;

/// That somebody is in an office when the text is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeClaim {
    /// The stretches of days, first and last, in which that may be so; without a last day where no end is known.
    pub days: Vec<(Date, Option<Date>)>,
    /// The characters that say so.
    pub spans: Vec<CharSpan>,
}

impl OfficeClaim {
    fn may_hold(&self, day: Date) -> bool {
        self.days.iter().any(|(first, last)| *first <= day && last.is_none_or(|last| day <= last))
    }
}

/// The days on which most claims can be true.
#[derive(Debug, PartialEq, Eq)]
struct Domain {
    earliest: Date,
    latest: Option<Date>,
    spans: Vec<CharSpan>,
}

impl Domain {
    /// The days from `floor` up to `ceiling` that satisfy the most of `claims`, so that one mistaken claim does not undo the others.
    fn of(claims: &[OfficeClaim], floor: Option<Date>, ceiling: Option<Date>) -> Option<Domain> {
        // Between two of these days no claim begins or ends.
        let mut changes: BTreeSet<Date> = floor.into_iter().collect();
        for (first, last) in claims.iter().flat_map(|claim| &claim.days) {
            changes.insert(*first);
            changes.extend(last.and_then(|last| last.tomorrow().ok()));
        }
        let within = |day: &Date| floor.is_none_or(|floor| floor <= *day) && ceiling.is_none_or(|ceiling| *day <= ceiling);
        let changes: Vec<Date> = changes.into_iter().filter(within).collect();
        let held = |day: Date| claims.iter().filter(|claim| claim.may_hold(day)).count();
        let counts: Vec<usize> = changes.iter().map(|day| held(*day)).collect();
        let most = counts.iter().copied().max().filter(|most| *most > 0)?;
        let first = counts.iter().position(|count| *count == most)?;
        let last = counts.iter().rposition(|count| *count == most)?;
        let earliest = *changes.get(first)?;
        let latest = changes.get(last + 1).and_then(|next| next.yesterday().ok()).or(ceiling);
        let true_in = |claim: &&OfficeClaim| claim.may_hold(earliest) || changes.get(last).is_some_and(|day| claim.may_hold(*day));
        let spans = claims.iter().filter(true_in).flat_map(|claim| claim.spans.iter().copied()).collect();
        Some(Domain { earliest, latest, spans })
    }
}

/// Within which days the text was written, and what says so.
struct Bounds {
    floor: Date,
    ceiling: Option<Date>,
    method: DatingMethod,
    evidence: Vec<CharSpan>,
}

impl Bounds {
    /// What the text tells in full, narrowed by the offices where these agree with it.
    fn of(floor: Limit, ceiling: Limit, claims: &[OfficeClaim]) -> Option<Bounds> {
        let ceiling = ceiling.filter(|(last, _)| floor.is_none_or(|(first, _)| first <= *last));
        let told = floor.map(|(floor, span)| Bounds { floor, ceiling: None, method: DatingMethod::Text, evidence: vec![span] });
        let last = ceiling.map(|(last, _)| last);
        let Some(domain) = Domain::of(claims, floor.map(|(first, _)| first), last) else {
            return told.map(|told| Bounds { ceiling: last, ..told });
        };
        let mut evidence = domain.spans;
        evidence.extend(floor.map(|(_, span)| span));
        let decides = floor.is_none_or(|(first, _)| first.year() < domain.earliest.year());
        let method = if decides { DatingMethod::Offices } else { DatingMethod::Text };
        Some(Bounds { floor: domain.earliest, ceiling: domain.latest, method, evidence })
    }

    fn holds(&self, day: Date) -> bool {
        self.floor <= day && self.ceiling.is_none_or(|ceiling| day <= ceiling)
    }

    /// From `day` to so many days after it, but not beyond the bounds.
    fn answer(&self, day: Date, days_after: i32, confidence: f64, span: CharSpan) -> Published {
        let latest = add(day, Unit::Day, days_after)
            .map(|latest| self.ceiling.filter(|ceiling| day <= *ceiling).map_or(latest, |ceiling| latest.min(ceiling)));
        answer(day, latest, self.method, confidence, self.evidence.iter().copied().chain([span]))
    }
}

impl Recogniser {
    /// When `dispatch`, whose text `doc` annotates, was published, by what it says of its days and by whom it has in which office.
    pub fn date_dispatch(&self, dispatch: &Dispatch, doc: &Doc, expressions: &[Expression], claims: &[OfficeClaim]) -> Published {
        if dispatch.published.method != DatingMethod::None {
            return dispatch.published.clone();
        }
        dateline(dispatch, doc, expressions).or_else(|| date_by_text(dispatch, expressions, claims)).unwrap_or_default()
    }
}

fn date_by_text(dispatch: &Dispatch, expressions: &[Expression], claims: &[OfficeClaim]) -> Option<Published> {
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
    let bounds = Bounds::of(floor, ceiling, claims)?;
    deictic_day(&told, &bounds)
        .or_else(|| recent_day(&told, &bounds))
        .or_else(|| only_day(&told, &bounds))
        .or_else(|| Some(between(&told, &bounds)))
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

/// « ce vendredi 6 février », « ce 28 août 2023 »: that day, and the few after it.
fn deictic_day(told: &[(&Expression, Option<BlockKind>, Outlook)], bounds: &Bounds) -> Option<Published> {
    told.iter().find_map(|(expression, _, _)| {
        let Value::Calendar(fields) = expression.value else { return None };
        if fields.direction != Some(Direction::This) {
            return None;
        }
        let day = match absolute(expression) {
            Some(Period::Day(day)) => day,
            _ => matching_day(&fields, bounds)?,
        };
        let named = told.iter().any(|(other, ..)| absolute(other) == Some(Period::Day(day)));
        Some(bounds.answer(day, DEICTIC_DAYS, if named { 0.95 } else { 0.8 }, expression.span))
    })
}

/// « samedi 19 février », told as past, or with its year the last day told: that day and the week after it.
fn recent_day(told: &[(&Expression, Option<BlockKind>, Outlook)], bounds: &Bounds) -> Option<Published> {
    let days = told.iter().filter_map(|(expression, _, looks)| match expression.value {
        Value::Calendar(fields) if *looks != Outlook::Ahead => {
            let day = match absolute(expression) {
                // The last day told: the floor is the day after it.
                Some(Period::Day(day)) if fields.weekday.is_some() && days_between(day, bounds.floor) <= 1 => Some(day),
                Some(_) => None,
                None => matching_day(&fields, bounds),
            };
            Some((day?, expression.span))
        }
        _ => None,
    });
    let (day, span) = days.max_by_key(|(day, _)| *day)?;
    Some(bounds.answer(day, RECENT_DAYS, 0.6, span))
}

/// « le 6 août », told as past, where it falls but once within bounds of less than two years: the last such day and the week after it.
fn only_day(told: &[(&Expression, Option<BlockKind>, Outlook)], bounds: &Bounds) -> Option<Published> {
    let last = bounds.ceiling?;
    let once = |fields: &Calendar| {
        let (month, day) = (fields.month?, fields.day?);
        let mut days =
            (bounds.floor.year()..=last.year()).filter_map(|year| Date::new(year, month, day).ok()).filter(|day| bounds.holds(*day));
        let only = days.next()?;
        days.next().is_none().then_some(only)
    };
    let days = told.iter().filter_map(|(expression, _, looks)| match expression.value {
        Value::Calendar(fields) if fields.year.is_none() && *looks != Outlook::Ahead && days_between(bounds.floor, last) < TWO_YEARS => {
            Some((once(&fields)?, expression.span))
        }
        _ => None,
    });
    let (day, span) = days.max_by_key(|(day, _)| *day)?;
    Some(bounds.answer(day, RECENT_DAYS, 0.5, span))
}

/// The day on which a weekday, day and month without a year fall together, within the bounds and a few years after the floor.
fn matching_day(fields: &Calendar, bounds: &Bounds) -> Option<Date> {
    let (weekday, month, day) = (fields.weekday?, fields.month?, fields.day?);
    (0..=YEARS_AFTER).find_map(|years| {
        let date = Date::new(bounds.floor.year().checked_add(years)?, month, day).ok()?;
        let fits = Some(date.weekday()) == calendar::weekday(weekday)
            && days_between(bounds.floor, date) >= -1
            && bounds.ceiling.is_none_or(|ceiling| date <= ceiling);
        fits.then_some(date)
    })
}

/// From the floor to the first day after it on which a bare month or date told as past would name a later one.
fn between(told: &[(&Expression, Option<BlockKind>, Outlook)], bounds: &Bounds) -> Published {
    let (mut latest, mut deciding) = (bounds.ceiling, None);
    let leads_up = leads_up_to(told, bounds.floor);
    for (expression, _, looks) in told.iter().filter(|_| leads_up) {
        let Value::Calendar(fields) = expression.value else { continue };
        if fields.year.is_some() || fields.month.is_none() || *looks != Outlook::Back || fields.direction == Some(Direction::Next) {
            continue;
        }
        let ahead = Reckoning { today: Some(bounds.floor), narrative: None, outlook: Outlook::Ahead };
        let next = Value::Calendar(Calendar { direction: Some(Direction::Next), weekday: None, clock: None, ..fields });
        if let Some((period, CountedFrom::Publication)) = place(&next, &ahead)
            && let Some(last) = period.first().and_then(|day| day.yesterday().ok())
            && last >= bounds.floor
            && latest.is_none_or(|day| last < day)
        {
            (latest, deciding) = (Some(last), Some(expression.span));
        }
    }
    let confidence = if latest.is_some() { 0.5 } else { 0.3 };
    answer(bounds.floor, latest, bounds.method, confidence, bounds.evidence.iter().copied().chain(deciding))
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
