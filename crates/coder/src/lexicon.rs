//! Frames compiled for look-up: from the lemma of a verb or noun to the frames that it may carry.

use depeche_packs::{Frame, Frames, ModeRule};
use depeche_predicates::{Grammar, WordClasses};
use std::collections::HashMap;

/// The frames of one language. Made once, shared by all threads.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    frames: Vec<Frame>,
    modes: Vec<ModeRule>,
    verbs: HashMap<String, Vec<Sense>>,
    nouns: HashMap<String, Vec<Sense>>,
    adjectives: HashMap<String, Vec<Sense>>,
}

/// A frame that a word may carry, and on what condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sense {
    /// Place of the frame.
    pub(crate) frame: usize,
    /// Whether the verb must be reflexive.
    pub(crate) reflexive: bool,
    /// A word that must be among the arguments.
    pub(crate) with: Option<String>,
}

impl Lexicon {
    /// Compiles frames; the grammar tells which words are reflexive pronouns.
    pub fn new(frames: Frames, modes: Vec<ModeRule>, grammar: &Grammar) -> Lexicon {
        let mut lexicon = Lexicon { modes, ..Lexicon::default() };
        for (at, frame) in frames.all.iter().enumerate() {
            for verb in &frame.verbs {
                let (verb, reflexive) = split_reflexive(verb, grammar);
                let sense = Sense { frame: at, reflexive, with: None };
                lexicon.verbs.entry(verb.to_owned()).or_default().push(sense);
            }
            for [verb, with] in &frame.phrases {
                let (verb, reflexive) = split_reflexive(verb, grammar);
                let sense = Sense { frame: at, reflexive, with: Some(with.clone()) };
                lexicon.verbs.entry(verb.to_owned()).or_default().push(sense);
            }
            for noun in &frame.nouns {
                // « mise en garde », « bon office »: either end of a noun of several words may head it.
                if let Some((first, rest)) = noun.split_once(' ') {
                    let last = rest.rsplit(' ').next().unwrap_or(rest);
                    for (head, with) in [(first, last), (last, first)] {
                        let sense = Sense { frame: at, reflexive: false, with: Some(with.to_owned()) };
                        lexicon.nouns.entry(head.to_owned()).or_default().push(sense);
                    }
                    continue;
                }
                lexicon.nouns.entry(noun.clone()).or_default().push(Sense { frame: at, reflexive: false, with: None });
            }
            for adjective in &frame.adjectives {
                lexicon.adjectives.entry(adjective.clone()).or_default().push(Sense { frame: at, reflexive: false, with: None });
            }
        }
        lexicon.frames = frames.all;
        lexicon
    }

    /// The frames, in the order of the packs.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The rules of mode, in the order in which they are tried.
    pub fn modes(&self) -> &[ModeRule] {
        &self.modes
    }

    pub(crate) fn frame(&self, sense: &Sense) -> &Frame {
        &self.frames[sense.frame]
    }

    /// The named verbs in order of the alphabet, with their senses.
    pub(crate) fn verbs(&self) -> impl Iterator<Item = (&str, &[Sense])> {
        sorted(&self.verbs)
    }

    /// The named nouns in order of the alphabet, with their senses.
    pub(crate) fn nouns(&self) -> impl Iterator<Item = (&str, &[Sense])> {
        sorted(&self.nouns)
    }

    pub(crate) fn verb(&self, lemma: &str) -> &[Sense] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn noun(&self, lemma: &str) -> &[Sense] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn adjective(&self, lemma: &str) -> &[Sense] {
        self.adjectives.get(lemma).map_or(&[], Vec::as_slice)
    }
}

fn sorted(words: &HashMap<String, Vec<Sense>>) -> impl Iterator<Item = (&str, &[Sense])> {
    let mut sorted: Vec<(&str, &[Sense])> = words.iter().map(|(word, senses)| (word.as_str(), senses.as_slice())).collect();
    sorted.sort_by_key(|&(word, _)| word);
    sorted.into_iter()
}

/// A verb without the reflexive pronoun that the dictionary writes before it.
fn split_reflexive<'a>(verb: &'a str, grammar: &Grammar) -> (&'a str, bool) {
    let split = verb.split_once(' ').or_else(|| verb.find('\'').map(|at| verb.split_at(at + 1)));
    match split {
        Some((pronoun, rest)) if grammar.classes(pronoun).has(WordClasses::REFLEXIVE) => (rest, true),
        _ => (verb, false),
    }
}
