//! The resolver and what it asks of a store.

use crate::matters::Matters;
use crate::{Decisions, Dossier, FiledPledge, FormId, KeptLinks, Key, ReadDossier, ReadForm, UserDecisions};
use depeche_names::Matcher;
use depeche_packs::{CommonWords, Concepts, Meanings, NameWords, PackError, PackFiles, Publishers};
use depeche_record::CodedDispatch;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

/// Who keeps dossiers and forms, and finds them by their keys. New ones are on the shelf before [`Resolver::decide`] is called.
pub trait Shelf {
    /// What can go wrong.
    type Error;
    /// What it calls a dossier by itself.
    type Name: Copy + Eq + Hash;
    /// The name of the dossier of an id, where there is one.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn name(&self, id: &str) -> Result<Option<Self::Name>, Self::Error>;
    /// The dossiers that share a key, in any order, twice if need be.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn dossiers_sharing(&self, key: &Key) -> Result<Vec<Self::Name>, Self::Error>;
    /// A dossier, ready to be compared.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn dossier(&self, name: Self::Name) -> Result<Option<Arc<ReadDossier>>, Self::Error>;
    /// The links of a dossier, where the shelf keeps them: those that [`Decisions::links`] told of it, and those told of others to it. What it keeps must be all of them.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn links(&self, name: Self::Name) -> Result<Option<KeptLinks<Self::Name>>, Self::Error>;
    /// The pledges that share one of the keys, in any order, twice if need be.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn pledges_sharing(&self, keys: &[Key]) -> Result<Vec<Arc<FiledPledge>>, Self::Error>;
    /// The forms that share one of the keys and the class of each ([`ReadForm::class`]), in any order, twice if need be.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn forms_sharing(&self, keys: &[Key]) -> Result<Vec<(FormId, Option<i64>)>, Self::Error>;
    /// The form of an id.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn form(&self, id: &str) -> Result<Option<Arc<ReadForm>>, Self::Error>;
    /// The links of a form, where the shelf keeps them, as those of a dossier ([`Decisions::form_links`]).
    ///
    /// # Errors
    /// When the shelf cannot be read.
    fn form_links(&self, id: &str) -> Result<Option<Vec<(FormId, f64)>>, Self::Error>;
}

/// What must be decided anew.
#[derive(Debug, Clone, Copy, Default)]
pub struct Touched<'a> {
    /// The new dossiers; where one was replaced or removed, also all that stood in a group with it.
    pub dispatches: &'a [String],
    /// Dossiers whose pledges alone are: where one was replaced or removed and its pledges are others now, those that have one in a thread with it.
    pub pledges: &'a [String],
    /// The forms that no dossier on the shelf had before, and those that a user's decision names.
    pub forms: &'a [FormId],
}

/// A dispatch and the id of an event in it.
pub type EventName = (String, String);

/// Tables and rules, ready for use. Costs some milliseconds to make.
#[derive(Debug)]
pub struct Resolver {
    pub(crate) matcher: Matcher,
    pub(crate) publishers: Publishers,
    common: BTreeMap<String, CommonWords>,
    matters: BTreeMap<String, Matters>,
    meanings: BTreeMap<String, Meanings>,
    no_words: CommonWords,
    no_matters: Matters,
}

impl Resolver {
    /// A resolver with the tables of the packs.
    ///
    /// # Errors
    /// When a table has a mistake.
    pub fn load(files: &PackFiles) -> Result<Resolver, PackError> {
        let (mut common, mut matters, mut meanings) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for language in files.languages() {
            common.insert(language.clone(), CommonWords::load(files, &language)?);
            matters.insert(language.clone(), Matters::new(Concepts::load(files, &language)?));
            meanings.insert(language.clone(), Meanings::load(files, &language)?);
        }
        Ok(Resolver {
            matcher: Matcher::new(&NameWords::load(files)?),
            publishers: Publishers::load(files)?,
            common,
            matters,
            meanings,
            no_words: CommonWords::default(),
            no_matters: Matters::default(),
        })
    }

    /// Country, ownership and standing of the publishers that `packs/sources.toml` knows, by [`Dossier::publisher`].
    pub fn publishers(&self) -> &Publishers {
        &self.publishers
    }

    /// What resolution needs of a coded dispatch.
    pub fn dossier(&self, coded: &CodedDispatch) -> Dossier {
        crate::extract::dossier(self, coded)
    }

    /// Decides anew on every group that the dossiers of these ids belong to or change, and answers with each of them whole.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub fn decide<S: Shelf>(&self, shelf: &S, touched: &Touched<'_>, user: &UserDecisions) -> Result<Decisions, S::Error> {
        crate::closure::decide(self, shelf, touched, user)
    }

    /// Decides on a whole set at once.
    pub fn decide_all(&self, dossiers: &[Dossier], user: &UserDecisions) -> Decisions {
        let mut shelf = crate::MemoryShelf::default();
        for dossier in dossiers {
            shelf.put(self, dossier.clone());
        }
        match self.decide(&shelf, &Touched { dispatches: &shelf.ids(), forms: &shelf.form_ids(), ..Touched::default() }, user) {
            Ok(decisions) => decisions,
        }
    }

    /// Every pair of events that shares a key, each by dispatch and event, with its [`crate::FEATURES`]: what the weights are learnt from.
    pub fn pairs(&self, dossiers: &[Dossier]) -> Vec<(EventName, EventName, Vec<f64>)> {
        let reads: Vec<_> = dossiers.iter().map(|dossier| self.read(dossier.clone())).collect();
        crate::pair::all_pairs(self, &reads).into_iter().map(|(one, other, row)| (one, other, row.to_vec())).collect()
    }

    /// Among how many commonest words of its language a word is.
    pub(crate) fn within(&self, language: &str, word: &str) -> u32 {
        match self.common.get(language) {
            Some(common) => common.within(word),
            // Of a language without a table all words weigh alike.
            None => self.no_words.within(word).max(8192),
        }
    }

    /// What a word means, told alike in every language; the word itself where the tables do not know it.
    pub(crate) fn meaning<'a>(&'a self, language: &str, word: &'a str) -> &'a str {
        self.meanings.get(language).and_then(|meanings| meanings.of(word)).unwrap_or(word)
    }

    pub(crate) fn concepts(&self, language: &str) -> &Matters {
        self.matters.get(language).unwrap_or(&self.no_matters)
    }
}
