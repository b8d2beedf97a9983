//! Predicates to PLOVER events: who did what to whom, when, where, whether, and who says so.
//!
//! In goes a [`Reading`], all that the stages before know of one dispatch, and a [`Codebook`], the frames and words of its language; out come
//! the record's events. A predicate that no frame names gives nothing, or with a [`BackOff`] what its nearest named ones give; an event without
//! a political party is none; a date or place is only what the text says. Coding never fails.

mod attribution;
mod backoff;
mod candidates;
mod check;
mod coding;
mod confidence;
mod draft;
mod lede;
mod lexicon;
mod merge;
mod neighbours;
mod occasion;
mod participants;
mod parties;
mod reading;
mod scope;
mod setting;
mod statements;
mod status;
mod topics;
mod when;

pub use attribution::SpeechWords;
pub use backoff::BackOff;
pub use check::{Entry, check, entries};
pub use coding::{Coding, code};
pub use lexicon::Lexicon;
pub use neighbours::WordVectors;
pub use reading::Reading;

use depeche_packs::{Frames, ModeRule, PackError, PackFiles, Speech};
use depeche_predicates::Grammar;
use depeche_record::{Event, Statement, When};

/// What coding needs of one language's pack, compiled. Made once, shared by all threads.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// The frames.
    pub lexicon: Lexicon,
    /// The words of attribution.
    pub speech: SpeechWords,
}

impl Codebook {
    /// Loads and compiles the frames and words of a language.
    ///
    /// # Errors
    /// When a file of the pack is wrong.
    pub fn load(files: &PackFiles, language: &str, grammar: &Grammar) -> Result<Codebook, PackError> {
        Ok(Codebook {
            lexicon: Lexicon::new(Frames::load(files, language)?, ModeRule::load(files, language)?, grammar),
            speech: SpeechWords::new(&Speech::load(files, language)?),
        })
    }
}

/// The events of a dispatch that its frames name, in order of the text.
pub fn events(reading: &Reading<'_>, codebook: &Codebook) -> Vec<Event> {
    code(reading, codebook, None, false).above(None)
}

/// The time at which the clause around a token takes place, where the text gives it and the clause states it as done or under way.
pub fn time_of_clause(reading: &Reading<'_>, token: usize) -> Option<When> {
    when::of_clause(reading, token)
}

/// The statements of a dispatch, in order of the text; `events` are its own, and say what a statement does.
pub fn statements(reading: &Reading<'_>, codebook: &Codebook, events: &[Event]) -> Vec<Statement> {
    statements::statements(reading, &codebook.speech, events)
}
