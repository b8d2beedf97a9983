//! TIMEX3 recognition and resolution, and the dating of a dispatch.
//!
//! In goes a [`Doc`](depeche_nlp::Doc): [`Recogniser::recognise`] finds its time expressions and what each says by itself,
//! [`Recogniser::date_dispatch`] says when the dispatch was published where nothing else does, [`Recogniser::resolve`] places them once the day of publication is known, and [`when`](fn@when) reads an event's time off the expression that governs it.
//! All words of a language stand in its pack's `time.toml`.

mod calendar;
mod dating;
mod examples;
mod expression;
mod figures;
mod grammar;
mod holidays;
mod lexicon;
mod other_calendars;
mod pattern;
mod place;
mod recognise;
mod resolve;
mod sentences;
mod tense;
mod value;
mod when;
mod words;

pub use calendar::Period;
pub use dating::OfficeClaim;
pub use depeche_packs::temporal::{self, Bound, Direction, Modifier, Origin, OtherCalendar, Part, Reference, Season, Temporal, Unit};
pub use examples::check_examples;
pub use expression::{Calendar, Clock, Expression, Value};
pub use recognise::Recogniser;
pub use resolve::Resolved;
pub use tense::Outlook;
pub use when::when;

#[cfg(test)]
mod tests;
