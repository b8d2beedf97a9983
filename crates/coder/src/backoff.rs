//! Predicates that no frame names, placed by the nearest that one does.
//!
//! In goes what the frames left over; out come candidates under the frame of a named word near theirs whose conditions their arguments
//! meet. Verbs of speech and of grammar and those with a particle are left alone, and so is a word that a frame names and refuses, that stands for somebody, is part of
//! a name or tells a time, that is part of an event already, or that has no political party. How far one is to be trusted is for [`crate::confidence`].

use crate::attribution::SpeechWords;
use crate::candidates::{Candidate, fit, is_part_of_name};
use crate::lexicon::{Lexicon, Sense};
use crate::neighbours::{KindNearby, NamedWords, Placement, WordVectors};
use crate::reading::Reading;
use crate::status::standing;
use depeche_packs::Frame;
use depeche_predicates::{Predicate, Relation, Role, WordClasses, is_undergoing, predicate};
use depeche_record::{EventType, Mode, Neighbour, Placing};
use std::collections::HashSet;
use std::sync::Arc;

/// Verbs that say something of another predicate, and nothing by themselves.
const GRAMMAR: [WordClasses; 9] = [
    WordClasses::LIGHT_VERB,
    WordClasses::EVENT_SUBJECT,
    WordClasses::PLANNED,
    WordClasses::PLANNED_INFINITIVE,
    WordClasses::HYPOTHETICAL,
    WordClasses::ALLEGED,
    WordClasses::DENIED,
    WordClasses::FACTUAL,
    WordClasses::FUTURE_AUXILIARY,
];
/// Shorter words are letters and signs.
const SHORTEST: usize = 3;
/// How many of the neighbours are told.
const TOLD: usize = 8;
/// How many of a word's types are tried.
const TRIED: usize = 4;

/// The named words of one language in a model's vectors. Made once, shared by all threads.
#[derive(Debug)]
pub struct BackOff {
    vectors: Arc<dyn WordVectors>,
    words: NamedWords,
}

/// How a candidate was placed.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) word: String,
    pub(crate) nearby: KindNearby,
    pub(crate) placement: Arc<Placement>,
    /// Whether a frame names it as a word of the other part of speech.
    pub(crate) is_namesake: bool,
    /// Whether its clause names a doer who is nobody: « étranglée par la crise ».
    pub(crate) by_nobody: bool,
    /// Whether it is the object of a verb that does not merely carry it: “hold their fire”.
    pub(crate) is_object: bool,
    /// Whether an event of the same type is told in its sentence.
    pub(crate) kind_told: bool,
    /// Whether another event is told in its sentence.
    pub(crate) beside_others: bool,
}

impl BackOff {
    /// Finds the lexicon's words among the vectors; nothing where the model has none.
    pub fn new(lexicon: &Lexicon, vectors: Arc<dyn WordVectors>) -> Option<BackOff> {
        let words = NamedWords::new(lexicon, vectors.as_ref());
        (!words.is_empty()).then_some(BackOff { vectors, words })
    }

    /// Candidates for what `named` leaves, in order of the text.
    pub(crate) fn candidates(&self, reading: &Reading<'_>, lexicon: &Lexicon, speech: &SpeechWords, named: &[Candidate]) -> Vec<Candidate> {
        let taken: HashSet<usize> =
            named.iter().flat_map(|one| [Some(one.predicate.token), one.predicate.carrier, one.with]).flatten().collect();
        let mut found = Vec::new();
        for sentence in reading.sentences() {
            if !sentence.clone().any(|token| is_party(reading, token)) {
                continue;
            }
            for token in sentence.clone().filter(|token| !taken.contains(token)) {
                found.extend(self.candidate(reading, lexicon, speech, token));
            }
        }
        found
    }

    fn candidate(&self, reading: &Reading<'_>, lexicon: &Lexicon, speech: &SpeechWords, token: usize) -> Option<Candidate> {
        let pos = reading.doc.token(token).pos();
        if !matches!(pos, "VERB" | "NOUN") || reading.timex_of(token).is_some() || !reading.actors.denoted(token).is_empty() {
            return None;
        }
        if !reading.block_of(token).is_none_or(depeche_record::BlockKind::is_content) || is_part_of_name(reading, token) {
            return None;
        }
        let is_noun = pos == "NOUN" && !reading.is_verb(token);
        let own = reading.clauses.of_token(token).filter(|clause| clause.head == token);
        // A verb that opens no clause is a preposition or an adjective by now.
        if own.is_some_and(|clause| clause.auxiliary) || own.is_none() && !is_noun {
            return None;
        }
        // “flagged off”: a verb with a particle is another word than the verb.
        if !is_noun && reading.graph.children_as(token, Relation::Particle).next().is_some() {
            return None;
        }
        let lemma = reading.lemma(token);
        let is_known = if is_noun { !lexicon.noun(&lemma).is_empty() } else { self.is_known_verb(reading, lexicon, speech, token, &lemma) };
        if is_known || lemma.chars().count() < SHORTEST || !lemma.chars().all(|letter| letter.is_alphabetic() || letter == '-') {
            return None;
        }
        if is_undergoing(reading.graph, reading.clauses, reading.grammar, token) {
            return None;
        }
        let placement = self.words.place(&lemma, is_noun, self.vectors.as_ref())?;
        let predicate = predicate(reading.graph, reading.clauses, reading.grammar, token);
        let direct = predicate.arguments.iter().filter(|argument| !argument.loose);
        let mut heads = direct.flat_map(|argument| reading.graph.coordinated(argument.token));
        if !heads.any(|head| is_party(reading, head)) {
            return None;
        }
        let mut doers = predicate.role(Role::Subject).filter(|argument| !argument.loose).peekable();
        let denoted = |token: usize| !reading.actors.denoted(token).is_empty();
        let doers = doers.peek().is_some().then(|| doers.flat_map(|doer| reading.graph.coordinated(doer.token)).any(denoted));
        let (nearby, mut candidate) = self.under_nearest(reading, lexicon, &placement, &predicate)?;
        candidate.placed = Some(Placed {
            nearby,
            placement,
            is_namesake: if is_noun { !lexicon.verb(&lemma).is_empty() } else { !lexicon.noun(&lemma).is_empty() },
            by_nobody: doers.is_some_and(|somebody| !somebody),
            is_object: predicate.carrier.is_none() && reading.graph.relation(token) == Relation::Object,
            word: lemma,
            kind_told: false,
            beside_others: false,
        });
        Some(candidate)
    }

    fn is_known_verb(&self, reading: &Reading<'_>, lexicon: &Lexicon, speech: &SpeechWords, token: usize, lemma: &str) -> bool {
        let classes = reading.grammar.classes(lemma);
        GRAMMAR.iter().any(|&class| classes.has(class))
            || speech.is_speech(lemma)
            || !lexicon.verb(lemma).is_empty()
            || !lexicon.adjective(lemma).is_empty()
            || !lexicon.adjective(&reading.graph.form(token)).is_empty()
            || reading.grammar.dictionary_forms(&reading.graph.form(token)).any(|verb| !lexicon.verb(&verb).is_empty())
    }

    /// The mode that most of the neighbours of a type agree on.
    pub(crate) fn mode(&self, lexicon: &Lexicon, placed: &Placed) -> Option<Mode> {
        let frames: Vec<&Frame> =
            self.frames_of(lexicon, &placed.placement, placed.nearby.kind).into_iter().map(|(frame, _)| frame).collect();
        let first = frames.first()?.mode?;
        (frames.iter().filter(|frame| frame.mode == Some(first)).count() * 2 > frames.len()).then_some(first)
    }

    /// The frames of a type that a word's neighbours have, the nearest word's first, each once with the sense it is found by.
    fn frames_of<'a>(&'a self, lexicon: &'a Lexicon, placement: &'a Placement, kind: EventType) -> Vec<(&'a Frame, &'a Sense)> {
        let mut found: Vec<(&Frame, &Sense)> = Vec::new();
        for sense in placement.neighbours.iter().filter_map(|&(place, _)| self.words.word(place)).flat_map(|word| &word.senses) {
            let frame = lexicon.frame(sense);
            if frame.kind == kind && !found.iter().any(|(_, known)| known.frame == sense.frame) {
                found.push((frame, sense));
            }
        }
        found
    }

    /// The predicate under the frame of its likeliest types of which agreement on the type, times the sides that it finds, is greatest; of
    /// those alike the nearest.
    fn under_nearest(
        &self,
        reading: &Reading<'_>,
        lexicon: &Lexicon,
        placement: &Placement,
        predicate: &Predicate,
    ) -> Option<(KindNearby, Candidate)> {
        let standing = standing(reading, predicate);
        let mut best: Option<(KindNearby, Candidate)> = None;
        let mut greatest = 0.0;
        for nearby in placement.kinds.iter().take(TRIED) {
            for (frame, sense) in self.frames_of(lexicon, placement, nearby.kind) {
                // Nothing finds more than both sides.
                if nearby.agreement * 2.0 <= greatest {
                    break;
                }
                let Some((_, candidate)) = fit(reading, frame, sense, predicate, standing) else { continue };
                let found = [&candidate.sides.actors, &candidate.sides.recipients];
                let found = found.iter().filter(|side| side.iter().any(|&mention| reading.actors.is_political(mention))).count();
                let worth = nearby.agreement * found as f32;
                if worth > greatest {
                    greatest = worth;
                    best = Some((*nearby, candidate));
                }
            }
        }
        best
    }

    /// How a word was placed, for those who ask.
    pub(crate) fn explain(&self, placed: &Placed) -> Placing {
        let told = |&(place, similarity): &(usize, f32)| {
            let word = self.words.word(place)?;
            let similarity = (f64::from(similarity) * 1000.0).round() / 1000.0;
            Some(Neighbour { words: word.words.clone(), similarity, types: word.kinds.clone() })
        };
        Placing { word: placed.word.clone(), neighbours: placed.placement.neighbours.iter().take(TOLD).filter_map(told).collect() }
    }
}

/// Whether somebody political stands at a token.
fn is_party(reading: &Reading<'_>, token: usize) -> bool {
    reading.actors.denoted(token).iter().any(|&mention| reading.actors.is_political(mention))
}
