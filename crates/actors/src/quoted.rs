//! Who speaks inside each quotation, so that a third person in it is somebody else.
//!
//! In go the quotations of a text and its drafts; out comes [`Speakers`], at most one person a quotation, by the draft of the name: the one named after it in its line (« …, a déclaré X »), the subject of the words before it, or, where it fills its line,
//! the subject of the sentence before. Short quotations are a sentence's own words and have no speaker; nor has one that no name stands by.

use crate::reading::{Basis, Draft};
use depeche_nlp::Doc;
use depeche_packs::Relation;
use depeche_predicates::{Graph, Quotation, quotations};
use std::ops::Range;

/// Quotations of fewer words belong to the sentence around them.
const FEWEST_WORDS: usize = 6;

/// A speaker is looked for within so many words on either side.
const FARTHEST: usize = 40;

/// The quotations of a text that have a speaker, in order.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    quoted: Vec<(Range<usize>, usize)>,
}

impl Speakers {
    /// Reads them.
    pub(crate) fn new(doc: &Doc, graph: &Graph, drafts: &[Draft]) -> Speakers {
        let person =
            |draft: &Draft| matches!(draft.basis, Basis::Person(_) | Basis::Office | Basis::Body(_) | Basis::Generic(_)) && draft.content;
        let mut named: Vec<(usize, usize, usize)> =
            (0..).zip(drafts).filter(|(_, draft)| person(draft)).map(|(at, draft)| (draft.tokens.start, draft.head, at)).collect();
        named.sort_unstable();
        let finder = Finder { doc, graph, named };
        let mut quoted: Vec<(Range<usize>, usize)> = Vec::new();
        for quotation in quotations(doc).into_iter().filter(|quotation| quotation.end - quotation.start >= FEWEST_WORDS) {
            if let Some(speaker) = finder.speaker(&quotation, quoted.last()) {
                quoted.push((quotation.start..quotation.end, speaker));
            }
        }
        Speakers { quoted }
    }

    /// The quotations with the draft that names who speaks.
    pub(crate) fn quoted(&self) -> &[(Range<usize>, usize)] {
        &self.quoted
    }

    /// The draft that names who speaks at a token.
    pub(crate) fn at(&self, token: usize) -> Option<usize> {
        let past = self.quoted.partition_point(|(tokens, _)| tokens.end <= token);
        self.quoted.get(past).filter(|(tokens, _)| tokens.contains(&token)).map(|(_, speaker)| *speaker)
    }
}

struct Finder<'a, 'doc> {
    doc: &'a Doc,
    graph: &'a Graph<'doc>,
    /// Names of persons: the first token, the head, the draft.
    named: Vec<(usize, usize, usize)>,
}

impl Finder<'_, '_> {
    fn speaker(&self, quotation: &Quotation, before: Option<&(Range<usize>, usize)>) -> Option<usize> {
        // « …, a déclaré X », with nothing but the mark and a comma between it and the verb.
        let opens = (quotation.end..(quotation.end + 4).min(self.doc.len())).find(|&index| self.doc.token(index).pos() != "PUNCT");
        let reports =
            |index: &usize| matches!(self.doc.token(*index).pos(), "VERB" | "AUX" | "PRON" | "PROPN") || self.named_at(*index).is_some();
        if let Some(opens) = opens.filter(reports) {
            let end = (opens..self.doc.len().min(opens + FARTHEST)).find(|&index| self.ends_clause(index));
            if let Some(speaker) = self.first_named(opens..end.unwrap_or(opens + FARTHEST)) {
                return Some(speaker);
            }
        }
        // « X a déclaré : … »
        let line = self.line_start(quotation.start);
        let sentence = (line..quotation.start).rev().find(|&index| self.doc.token(index).sent_start() && index + 2 < quotation.start);
        let from = sentence.unwrap_or(line);
        if let Some(speaker) = self.subject(from..quotation.start) {
            return Some(speaker);
        }
        // A line of its own goes on with whoever spoke or acted last.
        let alone = (line..quotation.start).all(|index| matches!(self.doc.token(index).pos(), "PUNCT" | "SPACE"));
        if !alone {
            return None;
        }
        let continued =
            before.filter(|(tokens, _)| (tokens.end..line).all(|index| matches!(self.doc.token(index).pos(), "PUNCT" | "SPACE")));
        if let Some((_, speaker)) = continued {
            return Some(*speaker);
        }
        let end = (0..line).rev().take(8 * FARTHEST).find(|&index| !matches!(self.doc.token(index).pos(), "PUNCT" | "SPACE"))? + 1;
        let start = (end.saturating_sub(2 * FARTHEST)..end).rev().find(|&index| self.doc.token(index).sent_start())?;
        self.subject(start..end)
    }

    /// Whether what reports a quotation ends at a token.
    fn ends_clause(&self, index: usize) -> bool {
        let token = self.doc.token(index);
        (token.is_space() && token.text().contains('\n')) || matches!(token.text(), "." | ";" | "!" | "?" | "«" | "“" | "\"")
    }

    fn line_start(&self, index: usize) -> usize {
        (index.saturating_sub(2 * FARTHEST)..index)
            .rev()
            .find(|&before| self.doc.token(before).is_space() && self.doc.token(before).text().contains('\n'))
            .map_or(index.saturating_sub(2 * FARTHEST), |space| space + 1)
    }

    fn named_at(&self, token: usize) -> Option<usize> {
        self.named.binary_search_by_key(&token, |(start, ..)| *start).ok().map(|at| self.named[at].2)
    }

    fn within(&self, tokens: &Range<usize>) -> &[(usize, usize, usize)] {
        let from = self.named.partition_point(|(start, ..)| *start < tokens.start);
        let to = self.named.partition_point(|(start, ..)| *start < tokens.end);
        &self.named[from..to.max(from)]
    }

    fn first_named(&self, tokens: Range<usize>) -> Option<usize> {
        self.within(&tokens).first().map(|(.., at)| *at)
    }

    /// The first of those named who is a subject.
    fn subject(&self, tokens: Range<usize>) -> Option<usize> {
        let is_subject = |head: usize| {
            matches!(self.graph.relation(self.graph.first_conjunct(head)), Relation::Subject | Relation::PassiveSubject | Relation::Agent)
        };
        let of_title = |head: usize| {
            self.graph.head(head).is_some_and(is_subject) && matches!(self.graph.relation(head), Relation::Apposition | Relation::Flat)
        };
        self.within(&tokens).iter().find(|(_, head, _)| is_subject(*head) || of_title(*head)).map(|(.., at)| *at)
    }
}
