//! The first and last day of a gold date, and whether a coded one has the same.

use crate::coded::Days as Coded;
use depeche_record::{Date, Days};

/// Whether the coded time begins and ends on the days that gold gives; an open end of gold's agrees with anything.
pub(super) fn agree(gold: &str, coded: Option<&Coded>) -> bool {
    let Some(days) = Days::of(gold) else { return false };
    let (earliest, latest) = coded.map_or(("", ""), |when| (when.earliest.as_str(), when.latest.as_str()));
    let same = |gold: Option<Date>, coded: &str| gold.is_none_or(|gold| coded.parse().is_ok_and(|coded: Date| coded == gold));
    same(days.first, earliest) && same(days.last, latest)
}

/// The first and last day of a value, as the record writes days; empty where open.
pub(crate) fn written(value: &str) -> (String, String) {
    let shown = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    Days::of(value).map_or_else(Default::default, |days| (shown(days.first), shown(days.last)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_value_is_too_strange(value in "\\PC{0,12}|[0-9/W-]{0,24}") {
            agree(&value, None);
        }
    }
}
