//! One expression on the calendar, were the text published on a given day.
//!
//! In goes a value, that day (or none), the last day told and the outlook of the governing verb; out come a stretch of the calendar and
//! what it was counted from. What cannot be told apart stays unplaced; no year is invented.

use crate::calendar::{self, Period, days_between, nearest_weekday};
use crate::expression::{Calendar, Value, steps};
use crate::holidays;
use crate::other_calendars;
use crate::tense::Outlook;
use depeche_packs::temporal::{Direction, Origin, OtherCalendar, Unit};
use jiff::civil::Date;

/// What a placed time was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CountedFrom {
    /// Nothing: the text says it all.
    Nothing,
    /// The last day told.
    Narrative,
    /// The day of publication.
    Publication,
}

/// What an expression is placed by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reckoning {
    /// The day of publication, or one that it may be.
    pub(crate) today: Option<Date>,
    /// The last day told.
    pub(crate) narrative: Option<Date>,
    /// Which way the verb looks.
    pub(crate) outlook: Outlook,
}

/// The stretch that a calendar or offset value stands for; `None` where it cannot be told.
pub(crate) fn place(value: &Value, by: &Reckoning) -> Option<(Period, CountedFrom)> {
    match value {
        Value::Calendar(calendar) => by.calendar(calendar),
        Value::Offset { amount, unit, origin, counted, within } => by.offset(*amount, *unit, *origin, *counted, within),
        _ => None,
    }
}

impl Reckoning {
    fn offset(&self, amount: i32, unit: Unit, origin: Origin, counted: bool, within: &Calendar) -> Option<(Period, CountedFrom)> {
        let (from, source) = match origin {
            Origin::Narrative if self.narrative.is_some() => (self.narrative?, CountedFrom::Narrative),
            _ => (self.today?, CountedFrom::Publication),
        };
        // Hours and minutes are counted in whole days.
        let amount = match unit {
            Unit::Hour => amount / 24,
            Unit::Minute | Unit::Second => 0,
            _ => amount,
        };
        let period = if counted && matches!(unit, Unit::Week | Unit::Weekend) {
            Period::Day(calendar::add(from, Unit::Week, amount)?)
        } else {
            Period::containing(unit, from).shift(amount)?
        };
        Some((narrow(period, within).unwrap_or(period), source))
    }

    fn calendar(&self, fields: &Calendar) -> Option<(Period, CountedFrom)> {
        if let Some(century) = fields.century {
            return Some((Period::Century(century), CountedFrom::Nothing));
        }
        if let Some(decade) = fields.decade {
            return Some((Period::Decade(decade), CountedFrom::Nothing));
        }
        if let Some(calendar) = fields.calendar {
            return self.other_calendar(calendar, fields);
        }
        if let Some(year) = fields.year {
            let period = Period::Year(year);
            if fields.holiday.is_some() {
                // « l'Aïd 2051 » where the computation ends: the year is not the day.
                return Some((narrow(period, fields)?, CountedFrom::Nothing));
            }
            return Some((narrow(period, fields).unwrap_or(period), CountedFrom::Nothing));
        }
        let today = self.today?;
        let outlook = self.outlook;
        let direction = fields.direction;
        let near = |make: &dyn Fn(i16) -> Option<Period>, strict: bool| {
            let candidates = (-1..=1).filter_map(|step| make(today.year().checked_add(step)?));
            choose(candidates, today, direction, outlook, strict)
        };
        let period = if let Some(holiday) = fields.holiday {
            let years = (-1..=1).filter_map(|step| today.year().checked_add(step));
            let candidates = years.flat_map(|year| holidays::in_civil_year(holiday, year));
            // An eve is near when its feast is: it is moved first.
            let moved = candidates.filter_map(|period| moved(period, fields));
            choose(moved, today, direction, outlook, false)
        } else if let (Some(month), Some(day)) = (fields.month, fields.day) {
            match fields.weekday {
                Some(weekday) => {
                    let matching = (-6..=6).filter_map(|step| {
                        let date = Date::new(today.year().checked_add(step)?, month, day).ok()?;
                        (date.weekday() == calendar::weekday(weekday)?).then_some(Period::Day(date))
                    });
                    matching.min_by_key(|period| period.first().map_or(i64::MAX, |date| days_between(date, today).abs()))
                }
                None => near(&|year| Date::new(year, month, day).ok().map(Period::Day), false),
            }
        } else if let Some(month) = fields.month {
            near(&|year| Some(Period::Month(year, month)), true)
        } else if let Some(season) = fields.season {
            if direction.is_none() && matches!(outlook, Outlook::Present | Outlook::Unknown) {
                return None;
            }
            near(&|year| Some(Period::Season(year, season)), true)
        } else if let Some(quarter) = fields.quarter {
            near(&|year| Some(Period::Quarter(year, quarter)), true)
        } else if let Some(half) = fields.half {
            near(&|year| Some(Period::Half(year, half)), true)
        } else if let Some(day) = fields.day {
            let this = Period::containing(Unit::Month, today);
            let candidates = (-1..=1).filter_map(|step| narrow(this.shift(step)?, &Calendar { day: Some(day), ..Calendar::default() }));
            choose(candidates, today, direction, outlook, false)
        } else if let Some(weekday) = fields.weekday {
            self.weekday(weekday, direction, today)
        } else {
            None
        };
        Some((period?, CountedFrom::Publication))
    }

    /// A day, month or year of another calendar; without its year the one that the day of publication and the verb ask for.
    fn other_calendar(&self, calendar: OtherCalendar, fields: &Calendar) -> Option<(Period, CountedFrom)> {
        let between = |(first, last)| Period::Between(first, last);
        let in_year = |year: i16| match (fields.month, fields.day) {
            (Some(month), Some(day)) => other_calendars::civil_day(calendar, year, month, day).map(Period::Day),
            (Some(month), None) => other_calendars::month(calendar, year, month).map(between),
            _ => other_calendars::year(calendar, year).map(between),
        };
        match fields.year {
            Some(year) if other_calendars::is_own_year(calendar, year) => Some((in_year(year)?, CountedFrom::Nothing)),
            Some(civil) => {
                let own = other_calendars::year_of(calendar, Date::new(civil, 1, 1).ok()?)?;
                let begins = |period: &Period| period.first().is_some_and(|day| day.year() == civil);
                let period = (0..=2).find_map(|step| in_year(own.checked_add(step)?).filter(begins))?;
                Some((period, CountedFrom::Nothing))
            }
            None => {
                let today = self.today?;
                let own = other_calendars::year_of(calendar, today)?;
                let on_weekday = |period: &Period| match (fields.weekday, period) {
                    (Some(weekday), Period::Day(day)) => Some(day.weekday()) == calendar::weekday(weekday),
                    _ => true,
                };
                let candidates = (-1..=1).filter_map(|step| in_year(own.checked_add(step)?)).filter(on_weekday);
                let period = choose(candidates, today, fields.direction, self.outlook, fields.day.is_none())?;
                Some((period, CountedFrom::Publication))
            }
        }
    }

    fn weekday(&self, weekday: i8, direction: Option<Direction>, today: Date) -> Option<Period> {
        let day = match (direction, self.outlook) {
            (Some(Direction::Last), _) => nearest_weekday(today.yesterday().ok()?, weekday, false)?,
            (Some(Direction::Next), _) => nearest_weekday(today.tomorrow().ok()?, weekday, true)?,
            (Some(Direction::This), outlook) => {
                let back = nearest_weekday(today, weekday, false)?;
                let ahead = nearest_weekday(today, weekday, true)?;
                if outlook != Outlook::Ahead && days_between(back, today) <= 3 { back } else { ahead }
            }
            (None, Outlook::Ahead) => nearest_weekday(today, weekday, true)?,
            (None, Outlook::Present) => {
                let back = nearest_weekday(today, weekday, false)?;
                let ahead = nearest_weekday(today, weekday, true)?;
                if days_between(today, ahead) < days_between(back, today) { ahead } else { back }
            }
            (None, _) => nearest_weekday(today, weekday, false)?,
        };
        Some(Period::Day(day))
    }
}

/// The day before or after a named day: « la veille de Noël ». The eve of a stretch is that of its first day, the day after that of its last.
fn moved(period: Period, fields: &Calendar) -> Option<Period> {
    let Some(days) = fields.days_after else { return Some(period) };
    let from = if days < 0 { period.first()? } else { period.last()? };
    calendar::add(from, Unit::Day, i32::from(days)).map(Period::Day)
}

/// Picks a nearer stretch inside `period`: the month of a year, the weekday of a week.
fn narrow(period: Period, within: &Calendar) -> Option<Period> {
    match period {
        Period::Year(year) => {
            if let (Some(month), Some(day)) = (within.month, within.day) {
                return Date::new(year, month, day).ok().map(Period::Day);
            }
            if let Some(holiday) = within.holiday {
                return moved(holidays::in_year(holiday, year)?, within);
            }
            let month = within.month.map(|month| Period::Month(year, month));
            let season = within.season.map(|season| Period::Season(year, season));
            let quarter = within.quarter.map(|quarter| Period::Quarter(year, quarter));
            month.or(season).or(quarter).or(within.half.map(|half| Period::Half(year, half)))
        }
        Period::Month(year, month) => Date::new(year, month, within.day?).ok().map(Period::Day),
        Period::Week(..) => nearest_weekday(period.first()?, within.weekday?, true).map(Period::Day),
        _ => None,
    }
}

/// The one of the same kind in years around that direction and outlook ask for. `strict` holds to the outlook however far that leads.
fn choose(
    candidates: impl Iterator<Item = Period>,
    today: Date,
    direction: Option<Direction>,
    outlook: Outlook,
    strict: bool,
) -> Option<Period> {
    let mut back: Option<(i64, Period)> = None;
    let mut ahead: Option<(i64, Period)> = None;
    let mut here = None;
    for period in candidates {
        let (Some(first), Some(last)) = (period.first(), period.last()) else { continue };
        if first <= today && today <= last {
            here = Some(period);
        } else if last < today {
            let days = days_between(last, today);
            if back.is_none_or(|(nearest, _)| days < nearest) {
                back = Some((days, period));
            }
        } else {
            let days = days_between(today, first);
            if ahead.is_none_or(|(nearest, _)| days < nearest) {
                ahead = Some((days, period));
            }
        }
    }
    match direction {
        Some(Direction::Last) => return back.map(|(_, period)| period),
        Some(Direction::Next) => return ahead.map(|(_, period)| period),
        Some(Direction::This) | None => {}
    }
    if here.is_some() {
        return here;
    }
    let ((days_back, past), (days_ahead, future)) = match (back, ahead) {
        (Some(back), Some(ahead)) => (back, ahead),
        (one, other) => return one.or(other).map(|(_, period)| period),
    };
    // A day a few weeks on is told of in a past tense too (« a été fixé au 3 juin »); the same day a year ago seldom without its year.
    let (far, close) = (250, 60);
    Some(match (direction, outlook) {
        (None, Outlook::Back) if strict || days_back < far || days_ahead > close => past,
        (None, Outlook::Ahead) if strict || days_ahead < far || days_back > close => future,
        _ if days_back <= days_ahead => past,
        _ => future,
    })
}

/// Days into the past or future that a direction spans from `today`.
pub(crate) fn reach(today: Date, unit: Unit, amount: f64, direction: Direction) -> Option<(Date, Date)> {
    let whole = amount.round().clamp(0.0, 9999.0) as i32;
    let other = calendar::add(today, unit, whole * steps(direction))?;
    Some((today.min(other), today.max(other)))
}
