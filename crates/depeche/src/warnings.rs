//! The codes of warnings, all in one place.
//!
//! | code | what happened |
//! | --- | --- |
//! | W101 | the text was not in UTF-8; its encoding was guessed |
//! | W102 | damaged bytes were read as U+FFFD |
//! | W103 | lone surrogates of a JSON string were read as U+FFFD |
//! | W104 | the text holds control characters |
//! | W105 | the stated date of publication was not understood and was left out |
//! | W106 | the stated language is no language code; it was told from the text |
//! | W107 | the language could not be told |
//! | W108 | a stated value is no string and was left out |
//! | W109 | a page gives two dates of publication; the one of the more reliable place was taken |
//! | W110 | no article was found in a page |
//! | W120 | the encoding that a page declares is none, or its bytes belie it |
//! | W121 | an archive holds a page without its end |
//! | W201 | there is no model for the language: what needs a parse was left out |
//! | W202 | the model for the language cannot be opened: what needs a parse was left out |
//! | W203 | there is no pack for the language: only sentences are given |
//! | W204 | the text is too long to be parsed whole: what is beyond the bound was left out |
//! | W205 | the text gives a date that no calendar has; it has no value |
//!
//! Those of the hundreds come from the intake, those of the two hundreds from the coding.

use depeche_record::Warning;

/// There is no model for the language of the text.
pub const NO_MODEL: &str = "W201";
/// The model for the language of the text cannot be opened.
pub const BROKEN_MODEL: &str = "W202";
/// There is no pack for the language of the text.
pub const NO_PACK: &str = "W203";
/// The text is longer than what is parsed of one dispatch.
pub const TOO_LONG: &str = "W204";
/// The text gives a date that no calendar has: 31 February.
pub const IMPOSSIBLE_DATE: &str = "W205";

/// Whether a warning is the intake's, by its code.
pub(crate) fn is_of_intake(code: &str) -> bool {
    code.starts_with("W1")
}

pub(crate) fn warning(code: &str, message: impl Into<String>) -> Warning {
    Warning { code: code.to_owned(), message: message.into() }
}
