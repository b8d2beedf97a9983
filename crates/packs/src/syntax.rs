//! `syntax.toml`: the parser's labels in neutral terms, and the words of grammar that the reading of clauses needs.
//!
//! Lists of several layers are joined; a map's later entries replace earlier ones.

use crate::{PackError, PackFiles};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A grammatical relation, in no language's or treebank's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are grammar's own; those that need a word have it")]
pub enum Relation {
    Root,
    Subject,
    PassiveSubject,
    ClausalSubject,
    Object,
    /// The one to whom something is given or said, without a preposition (a clitic, English double object).
    IndirectObject,
    /// A noun with a preposition under a verb.
    Oblique,
    /// The doer of a passive.
    Agent,
    /// A noun with a preposition under a noun.
    NominalModifier,
    /// A possessor without a preposition (“Iran's”).
    Possessor,
    Apposition,
    /// Further parts of a name.
    Flat,
    /// Further parts of a fixed expression.
    Fixed,
    Compound,
    Adjective,
    Numeral,
    Determiner,
    Case,
    Marker,
    Auxiliary,
    PassiveAuxiliary,
    Copula,
    /// What a copula that is itself the head says of its subject.
    Attribute,
    Conjunct,
    Coordinator,
    ContentClause,
    OpenComplement,
    AdverbialClause,
    /// A participle or infinitive under a noun.
    ModifierClause,
    RelativeClause,
    Adverb,
    Negation,
    Particle,
    Expletive,
    Reflexive,
    Parataxis,
    Dislocated,
    Vocative,
    Punctuation,
    #[default]
    Other,
}

/// Tense of a finite verb or of the group it heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are grammar's own")]
pub enum Tense {
    Past,
    Imperfect,
    Present,
    Future,
    #[default]
    None,
}

/// Mood of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are grammar's own")]
pub enum Mood {
    #[default]
    Indicative,
    Conditional,
    Subjunctive,
    Imperative,
    Infinitive,
    Participle,
}

/// Whether nouns hang on prepositions or the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heads {
    /// Prepositions, copulas and auxiliaries hang on the words of content.
    #[default]
    Content,
    /// Nouns hang on their preposition, attributes on their copula.
    Function,
}

/// The whole of `syntax.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Syntax {
    /// Which words are heads.
    #[serde(default)]
    pub heads: Heads,
    /// The parser's label to the neutral one.
    #[serde(default)]
    pub relations: BTreeMap<String, Relation>,
    /// The words of grammar.
    #[serde(default)]
    pub words: Words,
    /// Tense and mood.
    #[serde(default)]
    pub tense: TenseTable,
    /// Verbs that lend tense and subject to a noun.
    #[serde(default)]
    pub light_verbs: LightVerbs,
    /// Verbs over another verb.
    #[serde(default)]
    pub governors: Governors,
    /// Marks of doubt.
    #[serde(default)]
    pub doubt: Doubt,
}

/// Words of grammar: lemmas or forms, in lower case, with straight apostrophes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// Particles that take part in a negation but may also stand in a restriction.
    pub negation: Vec<String>,
    /// Words that negate by themselves.
    pub negation_strong: Vec<String>,
    /// What turns the particle into “only”.
    pub restriction: Vec<String>,
    /// Prepositions that negate what they govern.
    pub negative_prepositions: Vec<String>,
    /// Determiners that stand for a possessor.
    pub possessive: Vec<String>,
    /// Pronouns that stand for the subject itself.
    pub reflexive: Vec<String>,
    /// Pronouns that open a relative clause.
    pub relative_pronouns: Vec<String>,
    /// Those that are its subject.
    pub relative_subject: Vec<String>,
    /// Those that are its place.
    pub relative_place: Vec<String>,
    /// Those that are a possessor in it.
    pub relative_possessor: Vec<String>,
    /// Prepositions of the doer of a passive or of a deverbal noun.
    pub agent_prepositions: Vec<String>,
    /// Prepositions that make a possessor or complement of a noun.
    pub genitive_prepositions: Vec<String>,
    /// Prepositions of place.
    pub place_prepositions: Vec<String>,
    /// Prepositions of what goes on meanwhile: an event that is their noun lends its time.
    pub during_prepositions: Vec<String>,
    /// Adverbs of several words that a parser takes for the preposition of what follows: « de nouveau ».
    pub adverb_phrases: Vec<String>,
    /// Prepositions of what is talked about: « sur le commerce », “about trade”.
    pub topic_prepositions: Vec<String>,
    /// Nouns of places that a text may leave without a name, by lemma: « la capitale iranienne », « sur l'île ».
    pub site_nouns: Vec<String>,
    /// Prepositions of circumstance: what they mark completes no phrase.
    pub circumstance_prepositions: Vec<String>,
    /// Nouns that count occurrences.
    pub times_nouns: Vec<String>,
    /// Nouns that only measure their complement: « une série de frappes » are strikes.
    pub quantity_nouns: Vec<String>,
    /// Verbs whose perfect takes the auxiliary of the passive.
    pub perfect_with_be: Vec<String>,
    /// Verbs that, reflexive over an infinitive, make a passive of it: « se voir refuser ».
    pub undergoing_verbs: Vec<String>,
    /// Verbs that link an adjective to their subject.
    pub linking_verbs: Vec<String>,
    /// Verbs that say who did what they have as their object: « une attaque attribuée à X ».
    pub ascribing_verbs: Vec<String>,
    /// Nouns that make their complement what the subject undergoes: « faire l'objet de sanctions ».
    pub undergoing_nouns: Vec<String>,
    /// Prepositions before a participle that says what the object is blamed or thanked for: “criticised X for bombing”.
    pub reason_prepositions: Vec<String>,
    /// Number words.
    pub numbers: BTreeMap<String, u32>,
    /// Endings of verbs and what the dictionary form has instead, tried in order where a model's lemma is in no frame.
    pub verb_endings: Vec<[String; 2]>,
    /// Endings by which a participle agrees with its noun: « préoccupé-e ».
    pub agreement_endings: Vec<String>,
    /// Forms of prepositions to their dictionary form.
    pub contractions: BTreeMap<String, String>,
    /// Prepositions of several words.
    pub prepositions: Vec<Preposition>,
}

/// A preposition of several words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preposition {
    /// As written, in lower case, contractions undone.
    pub text: String,
    /// The simpler preposition that frames know it by; itself where absent.
    #[serde(default, rename = "as")]
    pub alias: Option<String>,
}

/// How tense and mood are read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TenseTable {
    /// Lemmas of verbs that put the infinitive or bare verb under or beside them in the future.
    pub future_auxiliaries: Vec<String>,
    /// Lemmas of auxiliaries that make a conditional.
    pub conditional_auxiliaries: Vec<String>,
    /// Lemmas of auxiliaries of possibility.
    pub possibility_auxiliaries: Vec<String>,
    /// Whether a past participle that is all the verb there is tells what its subject undergoes: “Envoy expelled from Minsk”.
    pub bare_participle_passive: bool,
    /// Forms made of the infinitive, its end left out or changed, and an ending: « autoriserait », « recevra ». They are believed before the features.
    pub of_infinitive: Vec<EndingRow>,
    /// Features to tense and mood; the first row whose features are all there wins.
    pub features: Vec<TenseRow>,
}

/// A tense that is told by its endings after the infinitive.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndingRow {
    /// What follows the infinitive.
    pub endings: Vec<String>,
    /// What of the infinitive's own end may be missing before it: « permettr-ait ».
    #[serde(default)]
    pub without: Vec<String>,
    /// What the infinitive's own end, without accents, may become before it: « recev-oir » but « recev-ra ».
    #[serde(default)]
    pub becomes: Vec<(String, String)>,
    /// The tense they show.
    pub tense: Tense,
    /// The mood they show.
    pub mood: Mood,
}

/// A row of the tense table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenseRow {
    /// Features that must all be there.
    pub has: Vec<String>,
    /// Endings of which the form must have one; any will do where none is listed.
    #[serde(default)]
    pub endings: Vec<String>,
    /// The tense they show.
    pub tense: Tense,
    /// The mood they show.
    pub mood: Mood,
}

/// Verbs with little meaning of their own, by lemma.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LightVerbs {
    /// Verbs whose object is what happens.
    pub verbs: Vec<String>,
    /// Verbs whose first oblique is what happens: « procéder à un échange ».
    pub oblique: Vec<String>,
    /// Verbs whose object is done to their subject: « essuyer des tirs ».
    pub suffered: Vec<String>,
    /// Verbs whose subject is what happens.
    pub event_subject: Vec<String>,
    /// The same as phrases of a verb and its object.
    pub event_subject_phrases: Vec<String>,
}

/// Verbs over another verb, by lemma, and what they make of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Governors {
    /// It is meant to happen.
    pub planned: Vec<String>,
    /// The same of an infinitive only; a noun under them is announced or agreed, not planned.
    pub planned_infinitive: Vec<String>,
    /// It may happen, or somebody wants it to.
    pub hypothetical: Vec<String>,
    /// Somebody says of somebody that it happened.
    pub alleged: Vec<String>,
    /// Somebody says that it did not happen.
    pub denied: Vec<String>,
    /// It did happen.
    pub factual: Vec<String>,
    /// It did not happen, and did where the verb is negated: « ne pas manquer de … ».
    pub failed: Vec<String>,
    /// Verbs by which the doer makes an act known, that of the noun they govern: « annoncer l'envoi de troupes ».
    pub announcing: Vec<String>,
}

/// Marks of doubt: forms in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Doubt {
    /// Conjunctions of condition.
    pub conditional_markers: Vec<String>,
    /// Adjectives that make a noun an allegation.
    pub alleged_adjectives: Vec<String>,
    /// Adjectives that make it a possibility.
    pub hypothetical_adjectives: Vec<String>,
    /// Adjectives that put it in the future.
    pub planned_adjectives: Vec<String>,
}

impl Syntax {
    /// Reads `<language>/syntax.toml` of every layer.
    ///
    /// # Errors
    /// When a file does not have this shape.
    pub fn load(files: &PackFiles, language: &str) -> Result<Syntax, PackError> {
        let mut syntax = Syntax::default();
        for file in files.read(&format!("{language}/syntax.toml"))? {
            syntax.lay_over(file.parse()?);
        }
        Ok(syntax)
    }

    fn lay_over(&mut self, other: Syntax) {
        if !other.relations.is_empty() {
            self.heads = other.heads;
        }
        self.relations.extend(other.relations);
        let Words {
            negation,
            negation_strong,
            restriction,
            negative_prepositions,
            possessive,
            reflexive,
            relative_pronouns,
            relative_subject,
            relative_place,
            relative_possessor,
            agent_prepositions,
            genitive_prepositions,
            place_prepositions,
            during_prepositions,
            adverb_phrases,
            topic_prepositions,
            site_nouns,
            circumstance_prepositions,
            times_nouns,
            quantity_nouns,
            perfect_with_be,
            undergoing_verbs,
            linking_verbs,
            ascribing_verbs,
            undergoing_nouns,
            reason_prepositions,
            numbers,
            verb_endings,
            agreement_endings,
            contractions,
            prepositions,
        } = other.words;
        self.words.negation.extend(negation);
        self.words.negation_strong.extend(negation_strong);
        self.words.restriction.extend(restriction);
        self.words.negative_prepositions.extend(negative_prepositions);
        self.words.possessive.extend(possessive);
        self.words.reflexive.extend(reflexive);
        self.words.relative_pronouns.extend(relative_pronouns);
        self.words.relative_subject.extend(relative_subject);
        self.words.relative_place.extend(relative_place);
        self.words.relative_possessor.extend(relative_possessor);
        self.words.agent_prepositions.extend(agent_prepositions);
        self.words.genitive_prepositions.extend(genitive_prepositions);
        self.words.place_prepositions.extend(place_prepositions);
        self.words.during_prepositions.extend(during_prepositions);
        self.words.adverb_phrases.extend(adverb_phrases);
        self.words.topic_prepositions.extend(topic_prepositions);
        self.words.site_nouns.extend(site_nouns);
        self.words.circumstance_prepositions.extend(circumstance_prepositions);
        self.words.times_nouns.extend(times_nouns);
        self.words.quantity_nouns.extend(quantity_nouns);
        self.words.perfect_with_be.extend(perfect_with_be);
        self.words.undergoing_verbs.extend(undergoing_verbs);
        self.words.linking_verbs.extend(linking_verbs);
        self.words.ascribing_verbs.extend(ascribing_verbs);
        self.words.undergoing_nouns.extend(undergoing_nouns);
        self.words.reason_prepositions.extend(reason_prepositions);
        self.words.numbers.extend(numbers);
        self.words.verb_endings.extend(verb_endings);
        self.words.agreement_endings.extend(agreement_endings);
        self.words.contractions.extend(contractions);
        self.words.prepositions.extend(prepositions);
        self.tense.future_auxiliaries.extend(other.tense.future_auxiliaries);
        self.tense.conditional_auxiliaries.extend(other.tense.conditional_auxiliaries);
        self.tense.possibility_auxiliaries.extend(other.tense.possibility_auxiliaries);
        self.tense.bare_participle_passive |= other.tense.bare_participle_passive;
        self.tense.of_infinitive.extend(other.tense.of_infinitive);
        self.tense.features.extend(other.tense.features);
        self.light_verbs.verbs.extend(other.light_verbs.verbs);
        self.light_verbs.oblique.extend(other.light_verbs.oblique);
        self.light_verbs.suffered.extend(other.light_verbs.suffered);
        self.light_verbs.event_subject.extend(other.light_verbs.event_subject);
        self.light_verbs.event_subject_phrases.extend(other.light_verbs.event_subject_phrases);
        self.governors.planned.extend(other.governors.planned);
        self.governors.planned_infinitive.extend(other.governors.planned_infinitive);
        self.governors.hypothetical.extend(other.governors.hypothetical);
        self.governors.alleged.extend(other.governors.alleged);
        self.governors.denied.extend(other.governors.denied);
        self.governors.factual.extend(other.governors.factual);
        self.governors.failed.extend(other.governors.failed);
        self.governors.announcing.extend(other.governors.announcing);
        self.doubt.conditional_markers.extend(other.doubt.conditional_markers);
        self.doubt.alleged_adjectives.extend(other.doubt.alleged_adjectives);
        self.doubt.hypothetical_adjectives.extend(other.doubt.hypothetical_adjectives);
        self.doubt.planned_adjectives.extend(other.doubt.planned_adjectives);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_fit() {
        for language in PackFiles::built_in().languages() {
            let syntax = Syntax::load(&PackFiles::built_in(), &language).unwrap_or_else(|error| panic!("{error}"));
            assert!(!syntax.relations.is_empty(), "{language} names no relation");
        }
    }
}
