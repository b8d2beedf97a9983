//! All that the stages before know of one dispatch, gathered for coding, with the look-ups that coding asks for again and again.

use depeche_actors::{Actors, Mention, MentionId};
use depeche_nlp::Doc;
use depeche_predicates::{Clauses, Grammar, Graph, Quotation, Relation, WordClasses, has_auxiliary, quotations};
use depeche_record::{Block, BlockKind, CharSpan, MentionKind, When};
use depeche_time::Resolved;
use std::cell::OnceCell;
use std::ops::Range;

/// A modifier farther from its noun than so many words is taken for a mistake of the parse.
const FARTHEST_MODIFIER: usize = 12;

/// What stands farther from a word than so many others is not looked for under it: keeps long sentences linear.
const FARTHEST_UNDER: usize = 300;

/// A word is looked for in so many names that begin before it.
const NAMES_BEFORE: usize = 4;

/// Of a sentence that gives more dates or sources on either side of a word, those nearest to it are looked at.
const MOST_BESIDE: usize = 32;

/// One dispatch, read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The annotated text.
    pub doc: &'a Doc,
    /// Its parse in neutral terms.
    pub graph: &'a Graph<'a>,
    /// Its clauses.
    pub clauses: &'a Clauses,
    /// The grammar of its language.
    pub grammar: &'a Grammar,
    /// Who is in it.
    pub actors: &'a Actors,
    /// The times in it.
    pub times: &'a Resolved,
    /// Its blocks.
    pub blocks: &'a [Block],
    sentences: Vec<Range<usize>>,
    sentence_of: Vec<usize>,
    quotations: Vec<Quotation>,
    timex_of: Vec<Option<usize>>,
    /// Expressions that can date an event, each with its first token in a sentence, in order.
    dates: Vec<(usize, usize)>,
    /// The words under a preposition of source, in order; found when first asked for.
    under_source: OnceCell<Vec<usize>>,
    /// The mentions that are names of more than one word, in order of the text.
    names: Vec<MentionId>,
}

impl<'a> Reading<'a> {
    /// Gathers what the stages before have found.
    pub fn new(
        graph: &'a Graph<'a>,
        clauses: &'a Clauses,
        grammar: &'a Grammar,
        actors: &'a Actors,
        times: &'a Resolved,
        blocks: &'a [Block],
    ) -> Reading<'a> {
        let doc = graph.doc();
        let sentences = doc.sentences();
        let mut sentence_of = vec![0; doc.len()];
        for (at, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.clone()].fill(at);
        }
        let mut timex_of = vec![None; doc.len()];
        for (at, tokens) in times.tokens.iter().enumerate() {
            for token in tokens.clone() {
                if let Some(slot) = timex_of.get_mut(token) {
                    *slot = Some(at);
                }
            }
        }
        let mut reading = Reading {
            doc,
            graph,
            clauses,
            grammar,
            actors,
            times,
            blocks,
            sentences,
            sentence_of,
            quotations: quotations(doc),
            timex_of,
            dates: Vec::new(),
            under_source: OnceCell::new(),
            names: names(actors),
        };
        reading.dates = reading.read_dates();
        reading
    }

    fn read_dates(&self) -> Vec<(usize, usize)> {
        let mut dates: Vec<(usize, usize)> = Vec::new();
        for (token, timex) in self.timex_of.iter().enumerate() {
            let Some(timex) = *timex else { continue };
            let told = |&(last, at): &(usize, usize)| last == timex && self.sentence_of[at] == self.sentence_of[token];
            if !dates.last().is_some_and(told) && self.when(timex).is_some() {
                dates.push((timex, token));
            }
        }
        dates
    }

    /// The expressions of the sentence of `token` that can date an event, each with its first token there.
    pub fn dates_beside(&self, token: usize) -> &[(usize, usize)] {
        let sentence = &self.sentences[self.sentence_of[token]];
        let before = |token: usize| self.dates.partition_point(|&(_, at)| at < token);
        &self.dates[nearest(before(sentence.start), before(token), before(sentence.end))]
    }

    /// The words under a preposition of source in the sentence of `token`; what such a preposition is, `is_source` says.
    pub(crate) fn sources_beside(&self, token: usize, is_source: impl Fn(&str) -> bool) -> &[usize] {
        let all = self
            .under_source
            .get_or_init(|| (0..self.doc.len()).filter(|&at| self.graph.preposition(at).is_some_and(&is_source)).collect());
        let sentence = &self.sentences[self.sentence_of[token]];
        let before = |token: usize| all.partition_point(|&at| at < token);
        &all[nearest(before(sentence.start), before(token), before(sentence.end))]
    }

    /// The sentences, as ranges of tokens.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The place of the sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentence_of[token]
    }

    /// The quotations, in order.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The quotation that a token stands in.
    pub fn quotation_of(&self, token: usize) -> Option<&Quotation> {
        let past = self.quotations.partition_point(|quotation| quotation.end <= token);
        self.quotations.get(past).filter(|quotation| quotation.start <= token)
    }

    /// The quotations that a sentence holds, overlaps or stands beside.
    pub(crate) fn quotations_beside(&self, sentence: &Range<usize>) -> &[Quotation] {
        let from = self.quotations.partition_point(|quotation| quotation.end + 2 < sentence.start);
        let to = self.quotations.partition_point(|quotation| quotation.start <= sentence.end);
        self.quotations.get(from..to).unwrap_or_default()
    }

    /// The place of the time expression that a token belongs to.
    pub fn timex_of(&self, token: usize) -> Option<usize> {
        self.timex_of[token]
    }

    /// The date that a time expression gives an event.
    pub fn when(&self, timex: usize) -> Option<When> {
        depeche_time::when(self.times.bounds[timex], &self.times.timexes[timex])
    }

    /// The mention whose surface names the actor of another.
    pub fn naming(&self, mention: MentionId) -> MentionId {
        self.actors.mention(mention).antecedent.unwrap_or(mention)
    }

    /// The kind of the block that a token stands in.
    pub fn block_of(&self, token: usize) -> Option<BlockKind> {
        let at = self.doc.token(token).start();
        let place = self.blocks.partition_point(|block| block.span.end <= at);
        self.blocks.get(place).filter(|block| block.span.start <= at).map(|block| block.kind)
    }

    /// The characters of a run of tokens.
    pub fn span(&self, tokens: Range<usize>) -> CharSpan {
        self.doc.chars(tokens).into()
    }

    /// Whether two mentions stand for the same entity.
    pub fn same_entity(&self, one: MentionId, other: MentionId) -> bool {
        one == other || self.actors.mention(one).entity.is_some() && self.actors.mention(one).entity == self.actors.mention(other).entity
    }

    /// The name that a token is a part of.
    pub(crate) fn name_around(&self, token: usize) -> Option<&Mention> {
        let past = self.names.partition_point(|&mention| self.actors.mention(mention).tokens.start <= token);
        let longest = self.names[..past].iter().rev().take(NAMES_BEFORE).map(|&mention| self.actors.mention(mention));
        longest.into_iter().find(|mention| mention.tokens.contains(&token))
    }

    /// Whether a token is a verb, by its tag or by its auxiliary.
    pub fn is_verb(&self, token: usize) -> bool {
        matches!(self.doc.token(token).pos(), "VERB" | "AUX") || has_auxiliary(self.graph, token)
    }

    /// The token and what stands under it, as far as a sentence that somebody wrote goes, in order of the text.
    pub(crate) fn under(&self, token: usize) -> Vec<usize> {
        self.graph.subtree_without(token, |other| other.abs_diff(token) > FARTHEST_UNDER)
    }

    /// The tokens of a noun with what belongs to it: adjectives, complements, numbers; not its determiner, relatives or what is coordinated.
    pub fn nominal(&self, head: usize) -> Range<usize> {
        let (mut first, mut last) = (head, head);
        let mut open = vec![head];
        while let Some(at) = open.pop() {
            for &child in self.graph.children(at) {
                let inside = match self.graph.relation(child) {
                    Relation::Adjective
                    | Relation::NominalModifier
                    | Relation::Flat
                    | Relation::Compound
                    | Relation::Numeral
                    | Relation::Fixed => true,
                    Relation::Case | Relation::Determiner => at != head,
                    _ => false,
                };
                if inside && child.abs_diff(at) < FARTHEST_MODIFIER {
                    first = first.min(child);
                    last = last.max(child);
                    open.push(child);
                }
            }
        }
        first..last + 1
    }

    /// The jobs that a verb can do: those of its lemma, or of what its ending makes likely where the model's lemma has none.
    pub(crate) fn verb_classes(&self, token: usize) -> WordClasses {
        let own = self.grammar.classes(self.doc.token(token).lemma());
        if own != WordClasses::default() || !self.is_verb(token) {
            return own;
        }
        let form = self.graph.form(token);
        let by_ending = self.grammar.dictionary_forms(&form).map(|verb| self.grammar.classes(&verb));
        by_ending.into_iter().find(|&classes| classes != WordClasses::default()).unwrap_or_default()
    }

    /// Whether a token is a word, or agrees with what it stands for: « préoccupée » of « préoccupé ».
    pub(crate) fn is_word(&self, token: usize, word: &str) -> bool {
        let form = self.graph.form(token);
        self.lemma(token) == word || form == word || self.grammar.is_inflected(&form, word)
    }

    /// Lemma of a token, or its lower-case form where it has none.
    pub fn lemma(&self, token: usize) -> String {
        match self.doc.token(token).lemma() {
            "" => self.graph.form(token),
            lemma => lemma.to_lowercase(),
        }
    }
}

/// The names of several words, in order of their first.
fn names(actors: &Actors) -> Vec<MentionId> {
    let is_name = |mention: &Mention| mention.tokens.len() > 1 && matches!(mention.kind, MentionKind::Org | MentionKind::Per);
    let mut names: Vec<MentionId> =
        (0..).map(MentionId).zip(&actors.mentions).filter(|(_, mention)| is_name(mention)).map(|(id, _)| id).collect();
    names.sort_by_key(|&id| actors.mention(id).tokens.start);
    names
}

/// Of the places from `from` to `to` those nearest to `here`.
fn nearest(from: usize, here: usize, to: usize) -> Range<usize> {
    from.max(here.saturating_sub(MOST_BESIDE))..to.min(here + MOST_BESIDE)
}
