//! One language's pack, compiled for all stages.
//!
//! In go the pack files and a language; out comes a [`Language`], made when a dispatch first wants it and shared by all threads, or the first
//! thing that is wrong with its pack.

use depeche_actors::Directory;
use depeche_coder::{BackOff, Codebook};
use depeche_nlp::Pipeline;
use depeche_packs::temporal::Temporal;
use depeche_packs::{PackError, PackFiles, Syntax};
use depeche_predicates::Grammar;
use depeche_time::Recogniser;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What the stages need of a language's pack.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) temporal: Temporal,
    pub(crate) grammar: Grammar,
    pub(crate) recogniser: Recogniser,
    pub(crate) directory: Directory,
    pub(crate) codebook: Codebook,
    back_off: OnceLock<Option<BackOff>>,
}

impl Language {
    /// Reads and compiles the pack of `language`. The tables of names, half of the work that a start waits for, are read beside the rest.
    pub(crate) fn load(files: &PackFiles, language: &str) -> Result<Language, PackError> {
        std::thread::scope(|scope| {
            let directory = scope.spawn(|| Directory::load(files, language));
            let grammar = Grammar::new(&Syntax::load(files, language)?);
            let temporal = Temporal::load(files, language)?;
            let codebook = Codebook::load(files, language, &grammar)?;
            let recogniser = Recogniser::new(&temporal)?;
            let directory = directory.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            Ok(Language { temporal, grammar, recogniser, directory, codebook, back_off: OnceLock::new() })
        })
    }

    /// What places predicates that no frame names, by the vectors of the language's model; made when first asked for. Nothing where that
    /// model has none.
    pub(crate) fn back_off(&self, pipeline: &Arc<Pipeline>) -> Option<&BackOff> {
        let find = || BackOff::new(&self.codebook.lexicon, Arc::<Pipeline>::clone(pipeline));
        self.back_off.get_or_init(find).as_ref()
    }
}

/// The languages that the packs have, each compiled once.
#[derive(Debug)]
pub(crate) struct Languages {
    files: PackFiles,
    compiled: BTreeMap<String, OnceLock<Result<Language, PackError>>>,
    /// What the time layer alone needs of each.
    times: BTreeMap<String, OnceLock<Result<Recogniser, PackError>>>,
}

impl Languages {
    /// Those of `files`, of which none is compiled yet.
    pub(crate) fn of(files: PackFiles) -> Languages {
        let compiled = files.languages().into_iter().map(|language| (language, OnceLock::new())).collect();
        let times = files.languages().into_iter().map(|language| (language, OnceLock::new())).collect();
        Languages { files, compiled, times }
    }

    /// What tells these packs from any others.
    pub(crate) fn fingerprint(&self) -> String {
        self.files.fingerprint()
    }

    /// The pack of a language, compiled; nothing where there is none.
    pub(crate) fn get(&self, language: &str) -> Option<Result<&Language, &PackError>> {
        let compiled = self.compiled.get(language)?;
        Some(compiled.get_or_init(|| Language::load(&self.files, language)).as_ref())
    }

    /// The temporal table of a language, compiled, and nothing else of its pack, which is much quicker; nothing where there is none.
    pub(crate) fn times(&self, language: &str) -> Option<Result<&Recogniser, &PackError>> {
        let load = || Recogniser::new(&Temporal::load(&self.files, language)?);
        Some(self.times.get(language)?.get_or_init(load).as_ref())
    }

    /// The names of all.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.compiled.keys().map(String::as_str)
    }
}
