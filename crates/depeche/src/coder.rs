//! A dispatch through all stages.
//!
//! In goes an [`Item`]; out comes its [`CodedDispatch`]. Coding never fails: without a model or a pack for its language a dispatch keeps what
//! needs no parse, with a warning that says so.

use crate::captions;
use crate::check;
use crate::language::Languages;
use crate::segments::{MAX_CODED_CHARACTERS, Segments};
use crate::stages::{self, EventOptions};
use crate::warnings::{self, warning};
use crate::{ExtractOptions, Intake, Item, Layer, Layers, Models, NoModel, Versions, versions};
use depeche_nlp::Pipeline;
use depeche_packs::{ActorList, PackError, PackFiles};
use depeche_record::{CodedDispatch, DatingMethod, Published, Warning};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// How to code.
#[derive(Debug)]
pub struct CoderOptions {
    /// Folders of pack files of the user's own, laid over ours, the last one having the last word.
    pub pack_folders: Vec<PathBuf>,
    /// Persons and bodies of the user's own, laid over all of these.
    pub actor_lists: Vec<ActorList>,
    /// The language models.
    pub models: Models,
    /// What to fill.
    pub layers: Layers,
    /// Events of a lower confidence are left out, and those kept are numbered anew. Without one, all are kept that a frame names, and those
    /// that back-off places where they are likely enough.
    pub min_confidence: Option<f64>,
    /// Every event tells why it was coded: its frame, or the words it was placed by.
    pub explain: bool,
    /// How an item is made a dispatch.
    pub extract: ExtractOptions,
}

impl Default for CoderOptions {
    /// Our packs, the models of the user's data folder, all layers, all events that a frame names and the likelier of the others.
    fn default() -> Self {
        CoderOptions {
            pack_folders: Vec::new(),
            actor_lists: Vec::new(),
            models: Models::default(),
            layers: Layers::default(),
            min_confidence: None,
            explain: false,
            extract: ExtractOptions::default(),
        }
    }
}

/// Codes dispatches. One is enough for a program: threads share it.
///
/// ```no_run
/// use depeche::{Coder, CoderOptions, ReadOptions, read};
/// let coder = Coder::new(CoderOptions::default())?;
/// for item in read(["dispatches/"], ReadOptions::default()) {
///     for event in coder.code(&item?).events {
///         println!("{}: {}", event.kind, event.trigger.text);
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Coder {
    intake: Intake,
    languages: Languages,
    models: Models,
    layers: Layers,
    min_confidence: Option<f64>,
    explain: bool,
}

impl Coder {
    /// A coder with these options. Models and packs are opened when a dispatch first wants them; packs that a user laid over ours are read
    /// at once and their examples run, so that what is wrong with them is told before anything is coded.
    ///
    /// # Errors
    /// When a pack file is wrong, or an example in one of the user's does not give what it must. Examples that need a model are run where it is there.
    pub fn new(options: CoderOptions) -> Result<Coder, PackError> {
        let CoderOptions { pack_folders, actor_lists, mut models, layers, min_confidence, explain, extract } = options;
        let packs = pack_folders.iter().try_fold(PackFiles::built_in(), |packs, folder| packs.overlay(folder))?;
        let packs = actor_lists.into_iter().fold(packs, PackFiles::with_actors);
        let intake = Intake::new(&packs)?.with(extract);
        models.mend_by(&packs)?;
        let languages = Languages::of(packs);
        if !pack_folders.is_empty() {
            for language in languages.names() {
                match languages.get(language) {
                    Some(Err(error)) => return Err(error.clone()),
                    Some(Ok(pack)) => check::own_examples(pack, language, &models)?,
                    None => {}
                }
            }
        }
        Ok(Coder { intake, languages, models, layers, min_confidence, explain })
    }

    /// Codes a dispatch.
    pub fn code(&self, item: &Item) -> CodedDispatch {
        let (dispatch, warnings) = self.intake.dispatch(item);
        let mut coded = stages::uncoded(item.id.clone(), item.source_sha256.clone(), dispatch);
        coded.warnings = warnings;
        self.code_dispatch(coded)
    }

    /// Codes a dispatch again whose input is not at hand: its text, blocks and metadata stay as the intake gave them, all that was found in the text is found anew. What the
    /// same coder coded comes out as it went in.
    pub fn code_again(&self, coded: &CodedDispatch) -> CodedDispatch {
        let mut dispatch = coded.dispatch.clone();
        // A date that was read off the text is the coding's, not the intake's.
        if matches!(dispatch.published.method, DatingMethod::Dateline | DatingMethod::Text | DatingMethod::Offices) {
            dispatch.published = Published::default();
        }
        let mut again = stages::uncoded(coded.id.clone(), coded.source_sha256.clone(), dispatch);
        again.warnings = coded.warnings.iter().filter(|warning| warnings::is_of_intake(&warning.code)).cloned().collect();
        self.code_dispatch(again)
    }

    /// What this coder's answers rest on.
    pub fn versions(&self) -> Versions {
        let languages: Vec<String> = self.languages.names().map(str::to_owned).collect();
        Versions {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            packs: self.languages.fingerprint(),
            models: versions::of_models(&self.models, &languages),
        }
    }

    /// Fills what was read of a dispatch with what is found in its text.
    fn code_dispatch(&self, mut coded: CodedDispatch) -> CodedDispatch {
        let Some(code) = coded.dispatch.language.clone() else { return coded };
        let times_alone = self.layers == Layers::NONE.with(Layer::Time);
        let is_dated = coded.dispatch.published.method != DatingMethod::None;
        if times_alone && is_dated {
            self.code_times(&code, &mut coded);
        } else {
            match self.models.pipeline(&code) {
                Ok(pipeline) => self.code_text(&code, &pipeline, &mut coded),
                Err(_) if times_alone => self.code_times(&code, &mut coded),
                Err(reason) => coded.warnings.push(without_model(&reason)),
            }
        }
        if self.layers.has(Layer::Time) {
            captions::add_times(&mut coded, &self.intake, &self.languages);
        }
        coded
    }

    /// Codes dispatches, in parallel where the calling thread belongs to a pool of several threads or to none. The answers are in the order
    /// of `items`, and the same ones as [`Coder::code`]'s.
    pub fn code_batch(&self, items: &[Item]) -> Vec<CodedDispatch> {
        items.par_iter().map(|item| self.code(item)).collect()
    }

    /// What needs a parse.
    fn code_text(&self, code: &str, pipeline: &Arc<Pipeline>, coded: &mut CodedDispatch) {
        let segments = bounded_segments(coded);
        let doc = segments.annotate(pipeline, &coded.dispatch.text);
        match self.languages.get(code) {
            Some(Ok(language)) => {
                let back_off = if self.layers.has(Layer::Events) { language.back_off(pipeline) } else { None };
                let events = EventOptions { back_off, min_confidence: self.min_confidence, explain: self.explain };
                stages::code(&doc, language, self.layers, &events, coded);
            }
            Some(Err(error)) => {
                coded.sentences = stages::sentences(&doc);
                coded.warnings.push(unreadable_pack(code, error));
            }
            None => coded.warnings.push(without_pack(code)),
        }
    }

    /// The time layer alone, which needs neither a parse nor a model.
    fn code_times(&self, code: &str, coded: &mut CodedDispatch) {
        let segments = bounded_segments(coded);
        match self.languages.times(code) {
            Some(Ok(recogniser)) => stages::code_times(&segments.chunks(&coded.dispatch.text), recogniser, coded),
            Some(Err(error)) => coded.warnings.push(unreadable_pack(code, error)),
            None => coded.warnings.push(without_pack(code)),
        }
    }
}

/// What is to be read of a dispatch, with a warning where it is not all.
fn bounded_segments(coded: &mut CodedDispatch) -> Segments {
    let segments = Segments::of(&coded.dispatch);
    if segments.cut {
        let message = format!("the dispatch is longer than {MAX_CODED_CHARACTERS} characters; what is beyond them was not coded; split it");
        coded.warnings.push(warning(warnings::TOO_LONG, message));
    }
    segments
}

/// The warning of a dispatch whose language's pack is wrong.
fn unreadable_pack(code: &str, error: &PackError) -> Warning {
    warning(warnings::NO_PACK, format!("the pack for the language `{code}` cannot be read: {error}"))
}

/// The warning of a dispatch whose language has no pack.
fn without_pack(code: &str) -> Warning {
    let message = format!(
        "there is no pack for the language `{code}`: nothing was coded from its sentences; lay one of your own over ours with `--pack`"
    );
    warning(warnings::NO_PACK, message)
}

/// The warning of a dispatch whose language has no pipeline.
fn without_model(reason: &NoModel) -> Warning {
    match reason {
        NoModel::Missing { language } => {
            let message = format!(
                "there is no model for the language `{language}`: nothing was coded from its sentences; `depeche models add` adds one"
            );
            warning(warnings::NO_MODEL, message)
        }
        broken @ NoModel::Broken { .. } => warning(warnings::BROKEN_MODEL, format!("{broken}; nothing was coded from the sentences")),
    }
}
