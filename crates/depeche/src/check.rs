//! Every pack file read and every example in it run.
//!
//! In go the pack files and the models; out comes what failed, each with its file and line. A language whose files are wrong fails before its examples;
//! one without a model has only those examples run that need no parse.

use crate::language::Language;
use crate::segments::Segments;
use crate::stages::{self, EventOptions};
use crate::{Layer, Layers, Models, NoModel};
use depeche_intake::Pages;
use depeche_names::Matcher;
use depeche_nlp::Pipeline;
use depeche_packs::{CommonWords, Concepts, Meanings, NameWords, PackError, PackFiles, Publishers};
use depeche_record::{Block, BlockKind, CharSpan, Dispatch, Event};
use std::ops::AddAssign;

/// What became of a check.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The languages that were looked at.
    pub languages: usize,
    /// How many examples were run.
    pub examples: usize,
    /// What is wrong.
    pub failures: Vec<PackError>,
    /// The languages whose examples need a model that is not there, and why.
    pub without_model: Vec<(String, NoModel)>,
}

/// Reads every pack file and runs every example.
pub fn check_packs(files: &PackFiles, mut models: Models) -> Checked {
    let mut checked = Checked::default();
    checked.failures.extend(models.mend_by(files).err());
    match Pages::load(files) {
        Ok(pages) => checked.failures.extend(pages.check()),
        Err(error) => checked.failures.push(error),
    }
    match NameWords::load(files) {
        Ok(words) => {
            checked.examples += words.examples.same.len() + words.examples.different.len();
            checked.failures.extend(Matcher::check(&words));
        }
        Err(error) => checked.failures.push(error),
    }
    checked.failures.extend(Publishers::load(files).err());
    for name in files.languages() {
        checked.failures.extend(CommonWords::load(files, &name).err());
        checked.failures.extend(Concepts::load(files, &name).err());
        checked.failures.extend(Meanings::load(files, &name).err());
        match Language::load(files, &name) {
            Ok(language) => checked += check_language(&language, &name, &models),
            Err(error) => checked.failures.push(error),
        }
    }
    checked
}

fn check_language(language: &Language, name: &str, models: &Models) -> Checked {
    let mut checked = Checked { languages: 1, ..Checked::default() };
    checked.examples += language.temporal.rules.iter().map(|rule| rule.examples.len()).sum::<usize>();
    match depeche_time::check_examples(&language.temporal) {
        Ok(failures) => checked.failures.extend(failures),
        Err(error) => checked.failures.push(error),
    }
    checked.failures.extend(language.directory.holders.check(&language.directory.offices).err());
    match models.pipeline(name) {
        Ok(pipeline) => {
            let lexicon = &language.codebook.lexicon;
            checked.examples += depeche_coder::entries(lexicon).map(|entry| entry.examples.len()).sum::<usize>();
            checked.failures.extend(depeche_coder::check(depeche_coder::entries(lexicon), |text| events_of(text, language, &pipeline)));
        }
        Err(reason) => checked.without_model.push((name.to_owned(), reason)),
    }
    checked
}

/// Runs the examples in a user's own files of a language, and those of its rules of time.
///
/// # Errors
/// The first that fails, as [`check_packs`] tells it.
pub(crate) fn own_examples(language: &Language, name: &str, models: &Models) -> Result<(), PackError> {
    let failure = depeche_time::check_examples(&language.temporal)?.into_iter().next();
    failure.map_or(Ok(()), Err)?;
    let mut own = depeche_coder::entries(&language.codebook.lexicon).filter(|entry| !entry.file.built_in).peekable();
    if own.peek().is_none() {
        return Ok(());
    }
    let Ok(pipeline) = models.pipeline(name) else { return Ok(()) };
    let failure = depeche_coder::check(own, |text| events_of(text, language, &pipeline)).into_iter().next();
    failure.map_or(Ok(()), Err)
}

/// The events of an example, which is coded as the body of a dispatch without a date. Back-off is out of it: an example tells of its frame.
fn events_of(text: &str, language: &Language, pipeline: &Pipeline) -> Vec<Event> {
    let body = Block { kind: BlockKind::Body, span: CharSpan::new(0, text.chars().count()) };
    let dispatch = Dispatch { text: text.to_owned(), blocks: vec![body], ..Dispatch::default() };
    let doc = Segments::of(&dispatch).annotate(pipeline, text);
    let mut coded = stages::uncoded(String::new(), String::new(), dispatch);
    stages::code(&doc, language, Layers::NONE.with(Layer::Events), &EventOptions::default(), &mut coded);
    coded.events
}

impl AddAssign for Checked {
    fn add_assign(&mut self, other: Checked) {
        self.languages += other.languages;
        self.examples += other.examples;
        self.failures.extend(other.failures);
        self.without_model.extend(other.without_model);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with our packs under a user's `offices.toml`, where no model is there.
    fn failures(offices: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("offices.toml"), offices).unwrap();
        let files = PackFiles::built_in().overlay(folder.path()).unwrap();
        check_packs(&files, Models::in_folder(folder.path())).failures.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn two_holders_of_an_office_at_once_are_told() {
        let row = |tenure: &str| format!("[[office]]\ncountry = \"RUS\"\noffice = \"minister of defense\"\ntenures = [\"{tenure}\"]\n");
        assert_eq!(failures(&row("sergei-lavrov 2024-05-13/2024-05-13: acting")), Vec::<String>::new());
        let twice = failures(&row("sergei-lavrov 2024-05-10/2024-05-13: acting"));
        assert!(!twice.is_empty() && twice.iter().all(|failure| failure.contains("sergei-shoigu")), "{twice:?}");
    }
}
