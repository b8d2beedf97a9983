//! TIMEX3 values of what is not a stretch of the calendar: lengths, recurring times, times of day, dates without a year.

use crate::calendar::season_code;
use crate::expression::{Calendar, Clock};
use depeche_packs::temporal::{Part, Reference, Unit};

/// `P2D`, `PT20M`, `P2.5Y`, `PXM`.
pub(crate) fn duration(amount: Option<f64>, unit: Unit) -> Option<String> {
    let (factor, code) = match unit {
        Unit::Second => (1.0, "S"),
        Unit::Minute => (1.0, "M"),
        Unit::Hour => (1.0, "H"),
        Unit::Day => (1.0, "D"),
        Unit::Weekend => (1.0, "WE"),
        Unit::Week => (1.0, "W"),
        Unit::Month => (1.0, "M"),
        Unit::Quarter => (1.0, "Q"),
        Unit::Season => (3.0, "M"),
        Unit::Half => (6.0, "M"),
        Unit::Year => (1.0, "Y"),
        Unit::Decade if amount.is_none() => (1.0, "DE"),
        Unit::Decade => (10.0, "Y"),
        Unit::Century if amount.is_none() => (1.0, "CE"),
        Unit::Century => (100.0, "Y"),
        Unit::Millennium => (1000.0, "Y"),
    };
    let time = if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) { "T" } else { "" };
    let amount = match amount {
        None => "X".to_owned(),
        Some(amount) => {
            let amount = amount * factor;
            if !amount.is_finite() || amount <= 0.0 {
                return None;
            }
            // At most two decimals, none where they are naught: 2.5, 30.
            format!("{}", (amount * 100.0).round() / 100.0)
        }
    };
    Some(format!("P{time}{amount}{code}"))
}

/// `P1D`, `XXXX-WXX-1`, `XXXX-08`.
pub(crate) fn set(amount: Option<f64>, unit: Option<Unit>, of: &Calendar) -> Option<String> {
    match unit {
        Some(unit) => duration(amount, unit),
        None => partial(of),
    }
}

/// A calendar value without its year: `XXXX-08-06`, `XXXX-08`, `XXXX-SU`, `XXXX-WXX-1`.
pub(crate) fn partial(fields: &Calendar) -> Option<String> {
    if fields.calendar.is_some() {
        // Its months are not those that the value counts.
        return None;
    }
    let mut value = match (fields.month, fields.day, fields.season, fields.quarter, fields.weekday) {
        (Some(month), Some(day), ..) => format!("XXXX-{month:02}-{day:02}"),
        (Some(month), None, ..) => format!("XXXX-{month:02}"),
        (_, _, Some(season), ..) => format!("XXXX-{}", season_code(season)),
        (_, _, _, Some(quarter), _) => format!("XXXX-Q{quarter}"),
        (_, _, _, _, Some(weekday)) => format!("XXXX-WXX-{weekday}"),
        _ if fields.clock.is_some() => "XXXX-XX-XX".to_owned(),
        _ => return None,
    };
    if let Some(time) = fields.clock {
        value.push_str(&clock(time));
    }
    Some(value)
}

/// `TEV`, `T18:30`, `T08:30Z`, `T08:30:05+02:00`.
pub(crate) fn clock(clock: Clock) -> String {
    match clock {
        Clock::Part(part) => match part {
            Part::Morning => "TMO",
            Part::Midday => "TMI",
            Part::Afternoon => "TAF",
            Part::Evening => "TEV",
            Part::Night => "TNI",
            Part::Daytime => "TDT",
        }
        .to_owned(),
        Clock::At(hour, minute, second, zone) => {
            let second = second.map(|second| format!(":{second:02}")).unwrap_or_default();
            let zone = match zone {
                None => String::new(),
                Some(0) => "Z".to_owned(),
                Some(east) => format!("{}{:02}:{:02}", if east < 0 { '-' } else { '+' }, east.abs() / 60, east.abs() % 60),
            };
            format!("T{hour:02}:{:02}{second}{zone}", minute.unwrap_or(0))
        }
    }
}

/// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
pub(crate) fn reference(reference: Reference) -> &'static str {
    match reference {
        Reference::Past => "PAST_REF",
        Reference::Present => "PRESENT_REF",
        Reference::Future => "FUTURE_REF",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let value = |amount, unit| duration(amount, unit).unwrap_or_default();
        assert_eq!(value(Some(2.5), Unit::Year), "P2.5Y");
        assert_eq!(value(Some(20.0), Unit::Minute), "PT20M");
        assert_eq!(value(None, Unit::Month), "PXM");
        assert_eq!(value(Some(0.5), Unit::Century), "P50Y");
        assert_eq!(value(Some(f64::NAN), Unit::Day), "");
    }

    #[test]
    fn times_of_day() {
        assert_eq!(clock(Clock::At(8, Some(30), None, Some(0))), "T08:30Z");
        assert_eq!(clock(Clock::At(18, None, None, Some(-330))), "T18:00-05:30");
    }
}
