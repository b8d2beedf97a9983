//! Who says so: the sources that a sentence gives for what it tells.
//!
//! A source is named by a phrase (« selon GNN »), or is the speaker whose words the predicate stands in. Which words are prepositions of source,
//! verbs of speech and nouns of nameless sources is the pack's to say.

use crate::reading::Reading;
use depeche_packs::Speech;
use depeche_predicates::{Clause, Mood, Relation, Role, WordClasses, predicate};
use depeche_record::{Attribution, AttributionKind};
use std::collections::HashSet;

/// Whoever says what is said in more clauses above another is no source of it.
pub(crate) const MOST_CLAUSES_ABOVE: usize = 12;

/// The words of attribution, compiled.
#[derive(Debug, Clone, Default)]
pub struct SpeechWords {
    verbs: HashSet<String>,
    nominal: HashSet<String>,
    pledges: HashSet<String>,
    pledge_nouns: HashSet<String>,
    pledge_adjectives: HashSet<String>,
    unpledging: HashSet<String>,
    relays: HashSet<String>,
    messages: HashSet<String>,
    narrator: Vec<String>,
    source_prepositions: HashSet<String>,
    opinion_prepositions: HashSet<String>,
    anonymous: HashSet<String>,
    documents: HashSet<String>,
    outlets: HashSet<String>,
}

impl SpeechWords {
    /// Compiles the table.
    pub fn new(speech: &Speech) -> SpeechWords {
        SpeechWords {
            verbs: speech.verbs.iter().cloned().collect(),
            nominal: speech.nominal_verbs.iter().cloned().collect(),
            pledges: speech.pledge_verbs.iter().cloned().collect(),
            pledge_nouns: speech.pledge_nouns.iter().cloned().collect(),
            pledge_adjectives: speech.pledge_adjectives.iter().cloned().collect(),
            unpledging: speech.unpledging_verbs.iter().cloned().collect(),
            relays: speech.relay_verbs.iter().cloned().collect(),
            messages: speech.message_nouns.iter().cloned().collect(),
            narrator: speech.narrator.clone(),
            source_prepositions: speech.source_prepositions.iter().cloned().collect(),
            opinion_prepositions: speech.opinion_prepositions.iter().cloned().collect(),
            anonymous: speech.anonymous_nouns.iter().cloned().collect(),
            documents: speech.document_nouns.iter().cloned().collect(),
            outlets: speech.outlet_nouns.iter().cloned().collect(),
        }
    }

    /// Whether a preposition names a source.
    pub fn is_source_preposition(&self, preposition: &str) -> bool {
        self.source_prepositions.contains(preposition)
    }

    /// Whether a preposition that opens a sentence names whose opinion it tells.
    pub fn is_opinion_preposition(&self, preposition: &str) -> bool {
        self.opinion_prepositions.contains(preposition)
    }

    /// Whether the object of a verb of speech is what is said.
    pub fn is_nominal(&self, lemma: &str) -> bool {
        self.nominal.contains(lemma)
    }

    /// Whether a verb pledges what the infinitive under it says.
    pub fn is_pledge(&self, lemma: &str) -> bool {
        self.pledges.contains(lemma)
    }

    /// Whether an infinitive under a noun is pledged.
    pub fn is_pledge_noun(&self, lemma: &str) -> bool {
        self.pledge_nouns.contains(lemma)
    }

    /// Whether an infinitive under an adjective is pledged.
    pub fn is_pledge_adjective(&self, lemma: &str) -> bool {
        self.pledge_adjectives.contains(lemma)
    }

    /// Whether the future of a verb pledges nothing.
    pub fn is_unpledging(&self, lemma: &str) -> bool {
        self.unpledging.contains(lemma)
    }

    /// Whether a verb passes on what somebody else says.
    pub fn is_relay(&self, lemma: &str) -> bool {
        self.relays.contains(lemma)
    }

    /// Whether a noun is what is passed on.
    pub fn is_message(&self, lemma: &str) -> bool {
        self.messages.contains(lemma)
    }

    /// Whether the narrator speaks again in words that follow a comma; in lower case, with straight apostrophes.
    pub fn is_narrator(&self, words: &str) -> bool {
        let begins = |phrase: &String| words.strip_prefix(phrase.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        self.narrator.iter().any(begins)
    }

    /// Whether a noun names a source without a name.
    pub fn is_anonymous(&self, lemma: &str) -> bool {
        self.anonymous.contains(lemma)
    }

    /// Whether a lemma is a verb of speech.
    pub fn is_speech(&self, lemma: &str) -> bool {
        self.verbs.contains(lemma)
    }
}

/// The verb of speech that a word is, under the name that the pack has for it: « affirmer », « faire savoir », « mettre en relief »; with it the
/// word whose clause of content says what is said.
pub(crate) fn speech_verb(reading: &Reading<'_>, words: &SpeechWords, verb: usize) -> Option<(String, usize)> {
    let lemma = reading.lemma(verb);
    if words.is_speech(&lemma) || reading.grammar.classes(&lemma).has(WordClasses::DENIED) {
        return Some((lemma, verb));
    }
    // « mettre en relief X »: the parse may have the words for a preposition of X.
    let behind = (verb + 1..verb + 3).filter(|&token| token < reading.doc.len()).map(|token| reading.graph.form(token));
    let adjacent = behind.fold(lemma.clone(), |phrase, form| format!("{phrase} {form}"));
    if words.is_speech(&adjacent) {
        return Some((adjacent, verb));
    }
    reading.graph.children(verb).iter().find_map(|&child| {
        let with = match reading.graph.preposition(child) {
            Some(preposition) => format!("{lemma} {preposition} {}", reading.lemma(child)),
            None => format!("{lemma} {}", reading.lemma(child)),
        };
        let said_by = if reading.is_verb(child) { child } else { verb };
        words.is_speech(&with).then_some((with, said_by))
    })
}

/// The sources of what a token's clause tells.
pub(crate) fn sources(reading: &Reading<'_>, words: &SpeechWords, token: usize) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for &at in reading.sources_beside(token, |preposition| words.is_source_preposition(preposition)) {
        push(&mut found, noun_phrase(reading, words, at));
    }
    let Some(own) = reading.clauses.of[token] else { return found };
    for verb in sayings_above(reading, words, own) {
        speaker(reading, words, verb, &mut found);
    }
    // « a annoncé le retrait de ses troupes »: the noun is the object of what is said.
    let noun = reading.graph.first_conjunct(token);
    if let Some(verb) = reading.graph.head(noun).filter(|_| reading.graph.relation(noun) == Relation::Object && !reading.is_verb(token))
        && words.is_speech(reading.doc.token(verb).lemma())
        && reading.grammar.classes(reading.doc.token(verb).lemma()).has(WordClasses::ANNOUNCING)
    {
        speaker(reading, words, verb, &mut found);
    }
    for verb in sayings_beside(reading, words, own, token) {
        speaker(reading, words, verb, &mut found);
    }
    // Whoever is quoted answers for what he says.
    if found.is_empty()
        && let Some(speaker) = reading.actors.speaker_at(token)
    {
        let named = reading.actors.speaker(speaker);
        push(&mut found, Attribution { text: named.text, span: named.span, kind: AttributionKind::Named });
    }
    found
}

/// The verbs that say what a token's clause tells, the nearest first.
pub(crate) fn sayings(reading: &Reading<'_>, words: &SpeechWords, token: usize) -> Vec<usize> {
    let Some(own) = reading.clauses.of[token] else { return Vec::new() };
    let mut found = sayings_above(reading, words, own);
    found.extend(sayings_beside(reading, words, own, token));
    found
}

/// The verbs of speech and accusation that what a clause tells stands under.
fn sayings_above(reading: &Reading<'_>, words: &SpeechWords, own: usize) -> Vec<usize> {
    let chain = reading.clauses.chain(own).zip(reading.clauses.chain(own).skip(1)).take(MOST_CLAUSES_ABOVE);
    let said = chain.filter_map(|(below, above)| {
        let (below, above) = (&reading.clauses.all[below], &reading.clauses.all[above]);
        // « accuser X d'avoir tiré »: what somebody is accused of rests on the accuser's word.
        let alleged = reading.grammar.classes(reading.doc.token(above.head).lemma()).has(WordClasses::ALLEGED);
        let unfinished = matches!(below.mood, Mood::Infinitive | Mood::Participle);
        let reported = matches!(below.link, Relation::ContentClause | Relation::Parataxis)
            || is_put_before(below, above)
            || unfinished && (below.link == Relation::OpenComplement || alleged && !below.marker.is_empty());
        (reported && (alleged || speech_verb(reading, words, above.head).is_some())).then_some(above.head)
    });
    said.collect()
}

/// « …, ont déclaré deux sources »: the verbs of speech that hang on what is said.
fn sayings_beside(reading: &Reading<'_>, words: &SpeechWords, own: usize, token: usize) -> Vec<usize> {
    let hangs = |child: &usize| {
        matches!(reading.graph.relation(*child), Relation::Parataxis | Relation::Conjunct | Relation::AdverbialClause) && *child > token
    };
    let children = reading.graph.children(reading.clauses.all[own].head).iter().copied();
    children.filter(hangs).filter(|&child| speech_verb(reading, words, child).is_some()).collect()
}

/// « …, a affirmé X »: what is said before its verb looks like a circumstance of it.
pub(crate) fn is_put_before(below: &Clause, above: &Clause) -> bool {
    let finite = !matches!(below.mood, Mood::Infinitive | Mood::Participle);
    finite && below.link == Relation::AdverbialClause && below.marker.is_empty() && below.head < above.head
}

fn push(found: &mut Vec<Attribution>, attribution: Attribution) {
    if !found.iter().any(|known| known.span == attribution.span) {
        found.push(attribution);
    }
}

/// The subject of a verb of speech; where it is the event's own actor, what is told rests on its word alone.
fn speaker(reading: &Reading<'_>, words: &SpeechWords, verb: usize, found: &mut Vec<Attribution>) {
    let said = predicate(reading.graph, reading.clauses, reading.grammar, verb);
    let after = said.role(Role::Object).map(|argument| argument.token).filter(|&token| token > verb);
    // « a laissé entendre une source »: the parse has the subject for the object of the infinitive.
    let inner = said.role(Role::Complement).flat_map(|argument| reading.graph.children_as(argument.token, Relation::Object)).take(1);
    let speakers = said.role(Role::Subject).map(|argument| argument.token).chain(after).chain(inner);
    for token in speakers.filter(|&token| reading.timex_of(token).is_none()).take(1) {
        push(found, noun_phrase(reading, words, token));
    }
}

/// A noun phrase as a source, with its complements but without what is coordinated with it or relative to it.
fn noun_phrase(reading: &Reading<'_>, words: &SpeechWords, head: usize) -> Attribution {
    // « l'agence Tass »: a common noun with its own name goes by both.
    let with_name = reading.doc.token(head).pos() == "NOUN"
        && reading.graph.children(head).iter().any(|&child| {
            matches!(reading.graph.relation(child), Relation::NominalModifier | Relation::Flat | Relation::Apposition)
                && child == head + 1
                && reading.doc.token(child).pos() == "PROPN"
        });
    if let Some(&mention) = reading.actors.denoted(head).first()
        && !(with_name && words.outlets.contains(&reading.lemma(head)))
        && !words.anonymous.contains(&reading.lemma(head))
    {
        let speaker = reading.actors.speaker(mention);
        let outlet = reading.actors.participant(mention).sector.as_deref() == Some("MED") || words.outlets.contains(&reading.lemma(head));
        let kind = if outlet { AttributionKind::Outlet } else { AttributionKind::Named };
        return Attribution { text: speaker.text, span: speaker.span, kind };
    }
    let tokens = reading.nominal(head);
    let lemma = reading.lemma(head);
    let kind = if words.documents.contains(&lemma) {
        AttributionKind::Document
    } else if words.outlets.contains(&lemma) {
        AttributionKind::Outlet
    } else if words.anonymous.contains(&lemma) || reading.doc.token(head).pos() != "PROPN" {
        AttributionKind::Anonymous
    } else {
        AttributionKind::Outlet
    };
    Attribution { text: reading.doc.slice(tokens.clone()).to_owned(), span: reading.span(tokens), kind }
}
