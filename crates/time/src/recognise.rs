//! Recognition: an annotated text to its time expressions, none of them dated.
//!
//! At every word the rules that can begin there are tried and the longest stretch wins; a rule that says "this is no time" wins like any
//! other, so that ages and orders of the day are passed over. Nothing here fails: a text without times gives none.

use crate::expression::{self, Expression, Value};
use crate::grammar::{Fit, Grammar, Memory};
use crate::lexicon::stands;
use crate::sentences::Abbreviations;
use crate::tense::{Outlook, Tenses};
use crate::words::{Shape, Vocabulary, WordId, Words};
use depeche_nlp::Doc;
use depeche_packs::PackError;
use depeche_packs::temporal::{Bound, Temporal};
use depeche_record::CharSpan;
use std::collections::{HashMap, HashSet};

/// Prepositions by their last word, longest first.
type Prepositions = HashMap<WordId, Vec<(Box<[WordId]>, Bound)>>;

/// The compiled temporal table of a language. Made once, shared between threads.
#[derive(Debug, Clone, Default)]
pub struct Recogniser {
    vocabulary: Vocabulary,
    grammar: Grammar,
    prepositions: Prepositions,
    uncapitalised: HashSet<WordId>,
    tenses: Tenses,
    abbreviations: Abbreviations,
}

impl Recogniser {
    /// Compiles `temporal`.
    ///
    /// # Errors
    /// When a pattern cannot be read, calls what no rule is named, or calls itself; the error points at it.
    pub fn new(temporal: &Temporal) -> Result<Recogniser, PackError> {
        let mut vocabulary = Vocabulary::default();
        let grammar = Grammar::new(temporal, &mut vocabulary)?;
        let mut prepositions: Prepositions = Prepositions::new();
        for (bound, phrase) in &temporal.prepositions {
            let ids = vocabulary.add_phrase(phrase);
            if let Some(&last) = ids.last() {
                prepositions.entry(last).or_default().push((ids.into(), *bound));
            }
        }
        for phrases in prepositions.values_mut() {
            phrases.sort_by_key(|(ids, _)| std::cmp::Reverse(ids.len()));
        }
        let uncapitalised = temporal.uncapitalised.iter().flat_map(|form| vocabulary.add_phrase(form)).collect();
        let tenses = Tenses::new(&temporal.tense, &mut vocabulary);
        let abbreviations = Abbreviations::new(&temporal.tense.abbreviations);
        Ok(Recogniser { vocabulary, grammar, prepositions, uncapitalised, tenses, abbreviations })
    }

    /// How many different words its tables speak of.
    pub fn vocabulary_size(&self) -> usize {
        self.vocabulary.len()
    }

    /// The sentences of `doc` as the stages of this crate see them, told by the characters alone.
    pub fn sentences(&self, doc: &Doc) -> Vec<CharSpan> {
        let words = Words::new(doc, &self.vocabulary, &self.abbreviations);
        let sentences = words.list.chunk_by(|word, next| word.sentence == next.sentence);
        sentences.filter_map(|words| Some(CharSpan::new(words.first()?.chars.0 as usize, words.last()?.chars.1 as usize))).collect()
    }

    /// The time expressions of `doc`, in order, without overlap.
    pub fn recognise(&self, doc: &Doc) -> Vec<Expression> {
        let words = Words::new(doc, &self.vocabulary, &self.abbreviations);
        let mut memory = Memory::new();
        let mut candidates = Vec::new();
        let mut expressions = Vec::new();
        let mut at = 0;
        while at < words.list.len() {
            self.grammar.candidates(&words, at, &mut candidates);
            let mut best: Option<(usize, Fit)> = None;
            for &rule in &candidates {
                if let Some(fit) = self.grammar.fit(rule, &words, at, &mut memory)
                    && best.as_ref().is_none_or(|(_, best)| fit.end > best.end)
                {
                    best = Some((rule, fit));
                }
            }
            at = match best {
                Some((rule, fit)) => self.take(rule, &fit, &words, at, &mut expressions),
                None => at + 1,
            };
            if memory.len() > 4096 {
                memory.clear();
            }
        }
        expressions
    }

    /// Adds what a fit says; the index to go on from.
    fn take(&self, rule: usize, fit: &Fit, words: &Words<'_>, at: usize, expressions: &mut Vec<Expression>) -> usize {
        let rule = &self.grammar.rules[rule];
        if rule.none {
            return fit.end.max(at + 1);
        }
        let mut next = at + 1;
        for (index, &(from, to, fields)) in fit.extents.iter().enumerate() {
            if to <= from || to == from + 1 && self.is_other_name(words, from) {
                continue;
            }
            let Some((value, kind)) = expression::read(&fields) else { continue };
            let (Some(first), Some(last)) = (words.get(from), words.get(to - 1)) else { continue };
            let bound = rule.bounds.get(index).copied().or_else(|| self.bound_before(words, from)).unwrap_or_default();
            expressions.push(Expression {
                tokens: first.token as usize..last.token as usize + 1,
                span: CharSpan::new(first.chars.0 as usize, last.chars.1 as usize),
                bytes: first.bytes.0 as usize..last.bytes.1 as usize,
                kind,
                modifier: if value == Value::Invalid { None } else { fields.modifier },
                outlook: if matches!(value, Value::Calendar(_)) { self.tenses.outlook(words, from..to) } else { Outlook::Unknown },
                sentence: first.sentence as usize,
                value,
                bound,
            });
            next = next.max(to);
        }
        next
    }

    /// A lone word that is a time only in small letters and has a capital: the planet, a person's name.
    fn is_other_name(&self, words: &Words<'_>, at: usize) -> bool {
        words
            .get(at)
            .is_some_and(|word| word.shape == (Shape::Letters { capital: true }) && !word.opens && self.uncapitalised.contains(&word.id))
    }

    /// What the preposition right before the word at `at` makes of it.
    fn bound_before(&self, words: &Words<'_>, at: usize) -> Option<Bound> {
        let last = words.get(at.checked_sub(1)?)?;
        self.prepositions.get(&last.id)?.iter().find_map(|(ids, bound)| {
            let start = at.checked_sub(ids.len())?;
            stands(ids, words, start).then_some(*bound)
        })
    }
}
