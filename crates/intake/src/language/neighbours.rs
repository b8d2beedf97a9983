//! Languages that share their letters, told apart by the sequences of them.
//!
//! In go a text and the languages between which it lies; out comes the one that the models of `lingua` give it, or nothing where they are not
//! sure. The models are read where they lie in the program, page by page: a run that asks for none keeps none in memory.

use super::prefix;
use lingua::{Language, LanguageDetector, LanguageDetectorBuilder};

/// How much of a text is looked at, in bytes: neighbours differ in every sentence.
const SAMPLE_BYTES: usize = 600;
/// From how much of the probability on an answer is given.
const SURE: f64 = 0.65;

/// The one of the languages that the text is in.
pub(crate) fn told_apart(text: &str, among: &'static [(Language, &'static str)]) -> Option<&'static str> {
    // Made anew each time: the models are not in it, and making it costs less than asking it.
    let languages: Vec<Language> = among.iter().map(|&(language, _)| language).collect();
    let detector: LanguageDetector = LanguageDetectorBuilder::from_languages(&languages).build();
    let (language, probability) = detector.compute_language_confidence_values(prefix(text, SAMPLE_BYTES)).into_iter().next()?;
    let code = among.iter().find(|(one, _)| *one == language).map(|&(_, code)| code)?;
    (probability >= SURE).then_some(code)
}
