//! The linguistic layer alone.
//!
//! In goes an [`Item`]; out comes its [`Doc`], as spaCy would answer with the same model, or, mended, as the coder reads it. What has no model,
//! or no language, is refused.

use crate::segments::Segments;
use crate::{Intake, Item, Models, NoModel};
use depeche_nlp::{Doc, Pipeline};
use depeche_packs::{PackError, PackFiles};
use depeche_record::Dispatch;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Annotates texts. One is enough for a program: threads share it.
#[derive(Debug)]
pub struct Annotator {
    intake: Intake,
    models: Models,
    language: Option<String>,
    mend: bool,
}

/// Why a text was not annotated.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum AnnotateError {
    /// There is no model for its language, or it cannot be opened.
    NoModel(NoModel),
    /// Its language is not stated and could not be told.
    NoLanguage,
}

impl fmt::Display for AnnotateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnnotateError::NoModel(reason) => reason.fmt(formatter),
            AnnotateError::NoLanguage => formatter.write_str("its language is not stated and could not be told"),
        }
    }
}

impl std::error::Error for AnnotateError {}

impl Annotator {
    /// An annotator with the models given. `language` is that of items that state none; without it theirs is told from the text. With `mend` the text is
    /// read as the coder reads it: only an article's own blocks, bounded, and mended where it breaks spaCy.
    ///
    /// # Errors
    /// When a pack file of ours is wrong.
    pub fn new(mut models: Models, language: Option<String>, mend: bool) -> Result<Annotator, PackError> {
        let packs = PackFiles::built_in();
        models.mend_by(&packs)?;
        Ok(Annotator { intake: Intake::new(&packs)?, models, language, mend })
    }

    /// An item as it is annotated: of a page or a feed's entry the article's text.
    pub fn text_of(&self, item: Item) -> Item {
        self.intake.as_text(item)
    }

    /// Annotates a text; markup is taken as text, so that [`Annotator::text_of`] comes first.
    ///
    /// # Errors
    /// When its language cannot be told or has no model.
    pub fn annotate(&self, item: &Item) -> Result<Doc, AnnotateError> {
        let (language, dispatch) = self.read(item);
        let pipeline = self.pipeline(language)?;
        Ok(match dispatch {
            Some(dispatch) => mended(&pipeline, &dispatch),
            None => pipeline.annotate(item.content.as_str()),
        })
    }

    /// Annotates texts, each as [`Annotator::annotate`] would, together in less time.
    pub fn annotate_batch(&self, items: &[Item]) -> Vec<Result<Doc, AnnotateError>> {
        if self.mend {
            return items.iter().map(|item| self.annotate(item)).collect();
        }
        let mut places: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for (place, item) in items.iter().enumerate() {
            places.entry(self.read(item).0).or_default().push(place);
        }
        let mut answers: Vec<(usize, Result<Doc, AnnotateError>)> = Vec::with_capacity(items.len());
        for (language, places) in places {
            match self.pipeline(language) {
                Ok(pipeline) => {
                    let texts: Vec<&str> = places.iter().map(|&place| items[place].content.as_str()).collect();
                    answers.extend(places.into_iter().zip(pipeline.annotate_batch(&texts).into_iter().map(Ok)));
                }
                Err(error) => answers.extend(places.into_iter().map(|place| (place, Err(error.clone())))),
            }
        }
        answers.sort_by_key(|&(place, _)| place);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    /// The language of an item, and its dispatch where it is to be mended. A language that is stated spares the reading of the page.
    fn read(&self, item: &Item) -> (Option<String>, Option<Dispatch>) {
        let stated = item.stated.language.as_deref().and_then(declared).or_else(|| self.language.clone());
        if stated.is_some() && !self.mend {
            return (stated, None);
        }
        let (dispatch, _) = self.intake.dispatch(item);
        (stated.or_else(|| dispatch.language.clone()), self.mend.then_some(dispatch))
    }

    fn pipeline(&self, language: Option<String>) -> Result<Arc<Pipeline>, AnnotateError> {
        let language = language.ok_or(AnnotateError::NoLanguage)?;
        self.models.pipeline(&language).map_err(AnnotateError::NoModel)
    }
}

fn mended(pipeline: &Pipeline, dispatch: &Dispatch) -> Doc {
    Segments::of(dispatch).annotate(pipeline, &dispatch.text)
}

/// The language code that stated words begin with: that of `fr-FR` is `fr`.
fn declared(words: &str) -> Option<String> {
    let primary = words.trim().split(['-', '_']).next().unwrap_or_default();
    let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| primary.to_ascii_lowercase())
}
