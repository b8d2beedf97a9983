//! A language's `syntax.toml`, compiled for look-up.

use depeche_packs::{EndingRow, Heads, Mood, Relation, Syntax, Tense, TenseRow};
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The compiled tables of one language's grammar. Made once, shared by all threads.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    pub(crate) heads: Heads,
    relations: HashMap<String, Relation>,
    contractions: HashMap<String, String>,
    /// Prepositions of several words, written as they are read off a graph, to the name that frames know.
    prepositions: HashMap<String, String>,
    classes: HashMap<String, WordClasses>,
    event_subject_phrases: HashSet<String>,
    negative_particle: bool,
    pub(crate) bare_participle_passive: bool,
    /// Before what somebody is blamed or thanked for.
    pub(crate) reason_prepositions: HashSet<String>,
    numbers: HashMap<String, u32>,
    verb_endings: Vec<[String; 2]>,
    agreement_endings: Vec<String>,
    of_infinitive: Vec<EndingRow>,
    tenses: Vec<TenseRow>,
}

/// The grammatical jobs that a word can do; a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordClasses(u64);

macro_rules! word_classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl WordClasses {
            $($(#[$doc])* pub const $name: WordClasses = WordClasses(1 << $bit);)*
        }
    };
}

word_classes! {
    /// Takes part in a negation.
    NEGATION = 0;
    /// Negates by itself.
    NEGATION_STRONG = 1;
    /// Turns the particle into “only”.
    RESTRICTION = 2;
    /// A preposition that negates.
    NEGATIVE_PREPOSITION = 3;
    /// Stands for a possessor.
    POSSESSIVE = 4;
    /// Stands for the subject.
    REFLEXIVE = 5;
    /// Opens a relative clause.
    RELATIVE = 6;
    /// Opens it as its subject.
    RELATIVE_SUBJECT = 7;
    /// Opens it as its place.
    RELATIVE_PLACE = 8;
    /// Opens it as a possessor in it.
    RELATIVE_POSSESSOR = 9;
    /// The preposition of a doer.
    AGENT_PREPOSITION = 10;
    /// A light verb.
    LIGHT_VERB = 11;
    /// A verb whose subject is what happens.
    EVENT_SUBJECT = 12;
    /// A verb that makes a plan of what it governs.
    PLANNED = 13;
    /// One that makes it a possibility.
    HYPOTHETICAL = 14;
    /// One that makes it an allegation.
    ALLEGED = 15;
    /// One that denies it.
    DENIED = 16;
    /// One that leaves it a fact.
    FACTUAL = 17;
    /// A conjunction of condition.
    CONDITIONAL_MARKER = 18;
    /// An adjective of allegation.
    ALLEGED_ADJECTIVE = 19;
    /// An adjective of possibility.
    HYPOTHETICAL_ADJECTIVE = 20;
    /// An adjective of the future.
    PLANNED_ADJECTIVE = 21;
    /// An auxiliary of the future.
    FUTURE_AUXILIARY = 22;
    /// An auxiliary of the conditional.
    CONDITIONAL_AUXILIARY = 23;
    /// An auxiliary of possibility.
    POSSIBILITY_AUXILIARY = 24;
    /// A preposition that makes a possessor or complement of a noun.
    GENITIVE_PREPOSITION = 25;
    /// A preposition of place.
    PLACE_PREPOSITION = 26;
    /// A noun that counts occurrences.
    TIMES_NOUN = 27;
    /// A verb that makes a plan of the infinitive that it governs.
    PLANNED_INFINITIVE = 28;
    /// A preposition of what goes on meanwhile.
    DURING_PREPOSITION = 29;
    /// An adverb of several words that looks like a preposition.
    ADVERB_PHRASE = 30;
    /// A verb by which the doer makes an act known: « annoncer l'envoi de … ».
    ANNOUNCING = 31;
    /// A noun of a place without a name.
    SITE_NOUN = 41;
    /// A preposition of what is talked about.
    TOPIC_PREPOSITION = 43;
    /// A verb of what is not done, and is where the verb is negated.
    FAILED = 42;
    /// A noun that only measures its complement.
    QUANTITY_NOUN = 32;
    /// A verb whose perfect takes the auxiliary of the passive.
    PERFECT_WITH_BE = 33;
    /// A verb that, reflexive over an infinitive, makes a passive of it.
    UNDERGOING_VERB = 34;
    /// A verb that links an adjective to its subject.
    LINKING_VERB = 35;
    /// A verb that says who did what it has as its object.
    ASCRIBING_VERB = 36;
    /// A noun that makes its complement what the subject undergoes.
    UNDERGOING_NOUN = 37;
    /// A light verb whose first oblique is what happens.
    LIGHT_OBLIQUE = 38;
    /// A light verb whose object is done to its subject.
    SUFFERED = 39;
    /// A preposition of circumstance.
    CIRCUMSTANCE_PREPOSITION = 40;
}

impl WordClasses {
    /// Whether all of `other` are among them.
    pub fn has(self, other: WordClasses) -> bool {
        self.0 & other.0 == other.0 && other.0 != 0
    }
}

/// A preposition of several words as a parse shows it, its first word parted from its article: « au cours de » is « à cours de ».
fn undo_contractions(text: &str, words: &depeche_packs::Words) -> String {
    let whole = |word: &str| words.contractions.get(word).cloned().unwrap_or_else(|| word.to_owned());
    let parted = text.split(' ').map(|word| match word.find('\'').map(|at| word.split_at(at + 1)) {
        // « d'après » is « de après ».
        Some((first, rest)) if words.contractions.contains_key(first) => format!("{} {rest}", whole(first)),
        _ => whole(word),
    });
    parted.collect::<Vec<_>>().join(" ")
}

impl Grammar {
    /// Compiles the tables.
    pub fn new(syntax: &Syntax) -> Grammar {
        let mut classes: HashMap<String, WordClasses> = HashMap::new();
        let words = &syntax.words;
        let doubt = &syntax.doubt;
        let lists: &[(&[String], WordClasses)] = &[
            (&words.negation, WordClasses::NEGATION),
            (&words.negation_strong, WordClasses::NEGATION_STRONG),
            (&words.restriction, WordClasses::RESTRICTION),
            (&words.negative_prepositions, WordClasses::NEGATIVE_PREPOSITION),
            (&words.possessive, WordClasses::POSSESSIVE),
            (&words.reflexive, WordClasses::REFLEXIVE),
            (&words.relative_pronouns, WordClasses::RELATIVE),
            (&words.relative_subject, WordClasses::RELATIVE_SUBJECT),
            (&words.relative_place, WordClasses::RELATIVE_PLACE),
            (&words.relative_possessor, WordClasses::RELATIVE_POSSESSOR),
            (&words.agent_prepositions, WordClasses::AGENT_PREPOSITION),
            (&words.genitive_prepositions, WordClasses::GENITIVE_PREPOSITION),
            (&words.place_prepositions, WordClasses::PLACE_PREPOSITION),
            (&words.during_prepositions, WordClasses::DURING_PREPOSITION),
            (&words.adverb_phrases, WordClasses::ADVERB_PHRASE),
            (&words.site_nouns, WordClasses::SITE_NOUN),
            (&words.topic_prepositions, WordClasses::TOPIC_PREPOSITION),
            (&words.times_nouns, WordClasses::TIMES_NOUN),
            (&words.circumstance_prepositions, WordClasses::CIRCUMSTANCE_PREPOSITION),
            (&words.quantity_nouns, WordClasses::QUANTITY_NOUN),
            (&words.perfect_with_be, WordClasses::PERFECT_WITH_BE),
            (&words.undergoing_verbs, WordClasses::UNDERGOING_VERB),
            (&words.linking_verbs, WordClasses::LINKING_VERB),
            (&words.ascribing_verbs, WordClasses::ASCRIBING_VERB),
            (&words.undergoing_nouns, WordClasses::UNDERGOING_NOUN),
            (&syntax.light_verbs.oblique, WordClasses::LIGHT_OBLIQUE),
            (&syntax.light_verbs.suffered, WordClasses::SUFFERED),
            (&syntax.light_verbs.verbs, WordClasses::LIGHT_VERB),
            (&syntax.light_verbs.event_subject, WordClasses::EVENT_SUBJECT),
            (&syntax.governors.planned, WordClasses::PLANNED),
            (&syntax.governors.planned_infinitive, WordClasses::PLANNED_INFINITIVE),
            (&syntax.governors.hypothetical, WordClasses::HYPOTHETICAL),
            (&syntax.governors.alleged, WordClasses::ALLEGED),
            (&syntax.governors.denied, WordClasses::DENIED),
            (&syntax.governors.factual, WordClasses::FACTUAL),
            (&syntax.governors.announcing, WordClasses::ANNOUNCING),
            (&syntax.governors.failed, WordClasses::FAILED),
            (&doubt.conditional_markers, WordClasses::CONDITIONAL_MARKER),
            (&doubt.alleged_adjectives, WordClasses::ALLEGED_ADJECTIVE),
            (&doubt.hypothetical_adjectives, WordClasses::HYPOTHETICAL_ADJECTIVE),
            (&doubt.planned_adjectives, WordClasses::PLANNED_ADJECTIVE),
            (&syntax.tense.future_auxiliaries, WordClasses::FUTURE_AUXILIARY),
            (&syntax.tense.conditional_auxiliaries, WordClasses::CONDITIONAL_AUXILIARY),
            (&syntax.tense.possibility_auxiliaries, WordClasses::POSSIBILITY_AUXILIARY),
        ];
        for (list, class) in lists {
            for word in *list {
                classes.entry(word.clone()).or_default().0 |= class.0;
            }
        }
        Grammar {
            heads: syntax.heads,
            relations: syntax.relations.iter().map(|(label, &relation)| (label.clone(), relation)).collect(),
            contractions: words.contractions.iter().map(|(from, to)| (from.clone(), to.clone())).collect(),
            prepositions: words
                .prepositions
                .iter()
                .map(|row| (undo_contractions(&row.text, words), row.alias.clone().unwrap_or_else(|| row.text.clone())))
                .collect(),
            classes,
            event_subject_phrases: syntax.light_verbs.event_subject_phrases.iter().cloned().collect(),
            numbers: words.numbers.iter().map(|(word, &number)| (word.clone(), number)).collect(),
            verb_endings: words.verb_endings.clone(),
            agreement_endings: words.agreement_endings.clone(),
            reason_prepositions: words.reason_prepositions.iter().cloned().collect(),
            bare_participle_passive: syntax.tense.bare_participle_passive,
            negative_particle: !words.negation.is_empty(),
            of_infinitive: syntax.tense.of_infinitive.clone(),
            tenses: syntax.tense.features.clone(),
        }
    }

    /// The neutral relation of a parser's label.
    pub fn relation(&self, label: &str) -> Relation {
        self.relations.get(label).copied().unwrap_or_default()
    }

    /// What jobs a word (lemma or form, lower case) can do.
    pub fn classes(&self, word: &str) -> WordClasses {
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// The dictionary form of a preposition, contractions undone.
    pub fn preposition<'a>(&'a self, form: &'a str) -> &'a str {
        self.contractions.get(form).map_or(form, String::as_str)
    }

    /// Whether a form is a preposition that is one with its article.
    pub fn is_contraction(&self, form: &str) -> bool {
        self.contractions.contains_key(form)
    }

    /// The name under which frames know a preposition of several words, if it is one.
    pub fn long_preposition(&self, text: &str) -> Option<&str> {
        self.prepositions.get(text).map(String::as_str)
    }

    /// Whether a text is the name of a preposition of several words.
    pub fn is_long_preposition(&self, name: &str) -> bool {
        self.prepositions.values().any(|known| known == name)
    }

    /// Whether a verb with its object (both lemmas, a space between) says that its subject happens.
    pub fn is_event_subject_phrase(&self, phrase: &str) -> bool {
        self.event_subject_phrases.contains(phrase)
    }

    /// The whole number that a word or its digits say.
    pub fn number(&self, form: &str) -> Option<u32> {
        form.parse().ok().or_else(|| self.numbers.get(form).copied())
    }

    /// What the dictionary form of a verb may be, by its ending; most likely first.
    pub fn dictionary_forms<'a>(&'a self, form: &'a str) -> impl Iterator<Item = String> + 'a {
        self.verb_endings
            .iter()
            .filter_map(move |[ending, dictionary]| Some(format!("{}{dictionary}", form.strip_suffix(ending.as_str())?)))
    }

    /// Whether a form is a word with an ending of agreement.
    pub fn is_inflected(&self, form: &str, word: &str) -> bool {
        form.strip_prefix(word).is_some_and(|rest| self.agreement_endings.iter().any(|ending| ending == rest))
    }

    /// Whether negation in this language takes a particle beside its strong word (« ne … pas »).
    pub fn has_negative_particle(&self) -> bool {
        self.negative_particle
    }

    /// Tense and mood of a word by itself: by its ending after the infinitive, else by its features.
    pub fn tense(&self, form: &str, lemma: &str, morph: &str) -> Option<(Tense, Mood)> {
        self.of_infinitive(form, lemma).or_else(|| self.by_features(form, morph))
    }

    fn of_infinitive(&self, form: &str, lemma: &str) -> Option<(Tense, Mood)> {
        // « achèverait » of « achever »
        let plain = |word: &str| word.nfd().filter(|character| !is_combining_mark(*character)).collect::<String>();
        if lemma.len() < 3 || self.of_infinitive.is_empty() {
            return None;
        }
        let (form, lemma) = (plain(form), plain(lemma));
        let shows = |row: &&EndingRow| {
            let stems = row.without.iter().filter_map(|end| lemma.strip_suffix(end.as_str())).chain([lemma.as_str()]);
            let changed = row
                .becomes
                .iter()
                .filter_map(|(end, other)| form.strip_prefix(lemma.strip_suffix(end.as_str())?)?.strip_prefix(other.as_str()));
            // « montra » of a lemma that is no infinitive is shorter.
            let own = stems.filter(|_| form.len() > lemma.len()).filter_map(|stem| form.strip_prefix(stem));
            let mut endings = own.chain(changed);
            endings.any(|rest| row.endings.iter().any(|ending| ending == rest))
        };
        self.of_infinitive.iter().find(shows).map(|row| (row.tense, row.mood))
    }

    fn by_features(&self, form: &str, morph: &str) -> Option<(Tense, Mood)> {
        let has = |feature: &String| morph.split('|').any(|own| own == feature);
        let ends = |row: &TenseRow| row.endings.is_empty() || row.endings.iter().any(|ending| form.ends_with(ending.as_str()));
        self.tenses.iter().find(|row| row.has.iter().all(has) && ends(row)).map(|row| (row.tense, row.mood))
    }
}
