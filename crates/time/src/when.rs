//! What an event's time is, from the expression that governs it.

use depeche_packs::temporal::Bound;
use depeche_record::{Timex, TimexKind, When};
use jiff::civil::Date;

/// The time of an event that `timex` governs through `bound`: the stretch itself, or the open interval that it bounds. `None` where the
/// expression names no stretch of the calendar: a length, a recurring time, a vague one.
pub fn when(bound: Bound, timex: &Timex) -> Option<When> {
    if matches!(timex.kind, TimexKind::Duration | TimexKind::Set) {
        return None;
    }
    let value = timex.value.as_deref();
    if value.is_some_and(|value| value.ends_with("_REF") || value.starts_with("XXXX") && !is_month_or_day(value)) {
        return None;
    }
    let at = |value: Option<&str>, day: Option<Date>| value.map(str::to_owned).or(day.map(|day| day.to_string()));
    let whole = || match value {
        Some(value) => Some(value.to_owned()),
        None => Some(format!("{}/{}", timex.earliest?, timex.latest?)),
    };
    let (value, earliest, latest) = match bound {
        Bound::At | Bound::During => (whole()?, timex.earliest, timex.latest),
        Bound::Since => (format!("{}/..", at(value, timex.earliest)?), timex.earliest, None),
        Bound::Until => (format!("../{}", at(value, timex.latest)?), None, timex.latest),
        Bound::Before => {
            let last = timex.earliest?.yesterday().ok()?;
            (format!("../{last}"), None, Some(last))
        }
        Bound::After => {
            let first = timex.latest?.tomorrow().ok()?;
            (format!("{first}/.."), Some(first), None)
        }
    };
    Some(When { value, earliest, latest, timex: Some(timex.id.clone()) })
}

/// Whether a value without a year has at least its month: `XXXX-08`, `XXXX-08-06`.
fn is_month_or_day(value: &str) -> bool {
    value.get(5..7).is_some_and(|month| month.bytes().all(|byte| byte.is_ascii_digit()))
}
