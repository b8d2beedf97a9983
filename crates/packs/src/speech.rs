//! `speech.toml`: verbs of speech, prepositions of source, and the nouns that sources are called by.

use crate::{PackError, PackFiles};
use serde::Deserialize;

/// The words of attribution, by lemma.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Speech {
    /// Verbs whose content is what their subject says.
    pub verbs: Vec<String>,
    /// Verbs of speech whose object is what is said: « souligner l'importance de … ».
    pub nominal_verbs: Vec<String>,
    /// Verbs that pledge what the infinitive under them says.
    pub pledge_verbs: Vec<String>,
    /// Nouns of will, whose infinitive is pledged: « réaffirmer sa détermination à … ».
    pub pledge_nouns: Vec<String>,
    /// Adjectives of will, whose infinitive is pledged: « se dire prêt à … ».
    pub pledge_adjectives: Vec<String>,
    /// Verbs whose future pledges nothing: « nous devrons », “we will see”.
    pub unpledging_verbs: Vec<String>,
    /// Verbs that pass on what their object says for somebody else: « transmettre un message de X ».
    pub relay_verbs: Vec<String>,
    /// Nouns of what is passed on.
    pub message_nouns: Vec<String>,
    /// Words after a comma with which the narrator speaks again: « , dans un contexte de … ».
    pub narrator: Vec<String>,
    /// Prepositions that name a source, in dictionary form.
    pub source_prepositions: Vec<String>,
    /// Prepositions that, opening a sentence, name whose opinion it tells: « Pour X, … ».
    pub opinion_prepositions: Vec<String>,
    /// Nouns of sources without a name.
    pub anonymous_nouns: Vec<String>,
    /// Nouns of documents.
    pub document_nouns: Vec<String>,
    /// Nouns of outlets.
    pub outlet_nouns: Vec<String>,
}

impl Speech {
    /// Reads `<language>/speech.toml` of every layer.
    ///
    /// # Errors
    /// When a file does not have this shape.
    pub fn load(files: &PackFiles, language: &str) -> Result<Speech, PackError> {
        let mut speech = Speech::default();
        for file in files.read(&format!("{language}/speech.toml"))? {
            let other: Speech = file.parse()?;
            speech.verbs.extend(other.verbs);
            speech.nominal_verbs.extend(other.nominal_verbs);
            speech.pledge_verbs.extend(other.pledge_verbs);
            speech.pledge_nouns.extend(other.pledge_nouns);
            speech.pledge_adjectives.extend(other.pledge_adjectives);
            speech.unpledging_verbs.extend(other.unpledging_verbs);
            speech.relay_verbs.extend(other.relay_verbs);
            speech.message_nouns.extend(other.message_nouns);
            speech.narrator.extend(other.narrator);
            speech.source_prepositions.extend(other.source_prepositions);
            speech.opinion_prepositions.extend(other.opinion_prepositions);
            speech.anonymous_nouns.extend(other.anonymous_nouns);
            speech.document_nouns.extend(other.document_nouns);
            speech.outlet_nouns.extend(other.outlet_nouns);
        }
        Ok(speech)
    }
}
