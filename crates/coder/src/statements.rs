//! Who said what: quotations with their speakers, reported clauses, and what a phrase of source covers.
//!
//! In go a reading and its events; out come the record's statements in order of the text. A quotation without a verb of speech beside it is
//! none of ours (it may be a title or a word used with reserve); a statement whose speaker the text does not name has none.

use crate::attribution::SpeechWords;
use crate::reading::Reading;
use depeche_predicates::{Mood, Quotation, Relation, Role, WordClasses, predicate};
use depeche_record::{CharSpan, Claim, Commitment, Event, EventType, Polarity, Quoted, Speaker, Statement, StatementKind, Status};
use std::ops::Range;

/// A quotation of fewer words is a fragment of somebody's sentence, not a statement.
const FEWEST_QUOTED_WORDS: usize = 5;

/// The statements of a dispatch.
pub(crate) fn statements(reading: &Reading<'_>, words: &SpeechWords, events: &[Event]) -> Vec<Statement> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (at, clause) in reading.clauses.all.iter().enumerate() {
        let lemma = reading.lemma(clause.head);
        if (words.is_speech(&lemma) || reading.grammar.classes(&lemma).has(WordClasses::DENIED))
            && reading.block_of(clause.head).is_none_or(depeche_record::BlockKind::is_content)
        {
            drafts.extend(of_verb(reading, at));
        }
    }
    for token in 0..reading.doc.len() {
        let is_source = reading.graph.preposition(token).is_some_and(|preposition| words.is_source_preposition(preposition));
        if is_source && reading.block_of(token).is_none_or(depeche_record::BlockKind::is_content) {
            drafts.extend(of_source(reading, words, token));
        }
    }
    drafts.sort_by_key(|draft| (draft.content.start, draft.content.end));
    drafts.dedup_by(|later, earlier| later.content == earlier.content);
    // What a phrase of source covers may hold a statement of its own; the same words are not told twice.
    let all: Vec<Range<usize>> = drafts.iter().map(|draft| draft.content.clone()).collect();
    drafts.retain(|draft| {
        draft.kind == StatementKind::Direct
            || !all.iter().any(|other| {
                *other != draft.content
                    && other.start <= draft.content.start
                    && draft.content.end <= other.end
                    && nearly(other, &draft.content)
            })
    });
    drafts.into_iter().enumerate().map(|(at, draft)| draft.into_statement(reading, events, at + 1)).collect()
}

fn nearly(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    inner.len() * 10 >= outer.len() * 8
}

struct Draft {
    kind: StatementKind,
    verb: Option<Range<usize>>,
    speaker: Option<usize>,
    addressee: Option<usize>,
    content: Range<usize>,
    denies: bool,
}

/// What a verb of speech introduces: the quotations beside it, else its clause of content.
fn of_verb(reading: &Reading<'_>, at: usize) -> Vec<Draft> {
    let clause = &reading.clauses.all[at];
    let verb = clause.head;
    let said = predicate(reading.graph, reading.clauses, reading.grammar, verb);
    if clause.negated || reading.quotation_of(verb).is_some_and(|quotation| quotation.end - quotation.start < 4) {
        return Vec::new();
    }
    let quotation = quotation_beside(reading, verb);
    let speaker = said.first(Role::Subject).or_else(|| {
        // « …, a affirmé X »: an inverted subject that the parse takes for something else.
        said.arguments
            .iter()
            .find(|argument| argument.token > verb && argument.role == Role::Object)
            .map(|argument| argument.token)
            .or_else(|| (verb + 1..(verb + 4).min(reading.doc.len())).find(|&token| !reading.actors.denoted(token).is_empty()))
    });
    let addressee = said.first(Role::IndirectObject);
    let group = verb_group(reading, verb);
    let denies = reading.grammar.classes(&reading.lemma(verb)).has(WordClasses::DENIED);
    if let Some(quotation) = quotation {
        return vec![Draft {
            kind: StatementKind::Direct,
            verb: Some(group),
            speaker,
            addressee,
            content: trim(reading, quotation.start..quotation.end),
            denies,
        }];
    }
    let mut drafts = Vec::new();
    for argument in said.role(Role::Content) {
        let heads = reading.graph.coordinated(argument.token);
        for (place, &head) in heads.iter().enumerate() {
            let finite = reading
                .clauses
                .of_token(head)
                .is_some_and(|content| content.head == head && !matches!(content.mood, Mood::Infinitive | Mood::Participle));
            if !finite {
                continue;
            }
            let mut tokens = reading.graph.subtree(head);
            tokens.retain(|&token| token > verb || argument.token < verb);
            // Coordinated clauses of content are statements of their own.
            for &other in heads.iter().skip(place + 1) {
                let under = reading.graph.subtree(other);
                tokens.retain(|token| !under.contains(token));
            }
            let Some((&first, &last)) = tokens.first().zip(tokens.last()) else { continue };
            if verb > first && verb < last {
                continue;
            }
            let content = trim(reading, without_marker(reading, head, first)..last + 1);
            if content.len() > 2 {
                drafts.push(Draft { kind: StatementKind::Indirect, verb: Some(group.clone()), speaker, addressee, content, denies });
            }
        }
    }
    if drafts.is_empty()
        && matches!(clause.link, Relation::Parataxis)
        && let Some(above) = reading.graph.head(verb)
    {
        // « X n'a rien décidé, ont déclaré deux sources »: the verb of speech is put after what is said.
        let sentence = reading.sentences()[reading.sentence_of(verb)].clone();
        if above < verb {
            let end = group.start;
            let content = trim(reading, sentence.start..end);
            if content.len() > 3 {
                drafts.push(Draft { kind: StatementKind::Indirect, verb: Some(group), speaker, addressee, content, denies });
            }
        }
    }
    drafts
}

/// What « selon X » covers: the sentence without the phrase.
fn of_source(reading: &Reading<'_>, words: &SpeechWords, token: usize) -> Option<Draft> {
    let sentence = reading.sentences()[reading.sentence_of(token)].clone();
    let phrase = reading.graph.subtree(token);
    let (first, last) = (*phrase.first()?, *phrase.last()?);
    let (before, after) = (trim(reading, sentence.start..first), trim(reading, last + 1..sentence.end));
    let content = if after.len() > before.len() { after } else { before };
    if content.len() < 4 || content.clone().any(|inside| words.is_speech(&reading.lemma(inside))) {
        return None;
    }
    let case = reading.graph.children_as(token, Relation::Case).next()?;
    Some(Draft { kind: StatementKind::Indirect, verb: Some(case..case + 1), speaker: Some(token), addressee: None, content, denies: false })
}

/// The quotation that a verb of speech stands beside, in its sentence or at its edge.
fn quotation_beside<'a>(reading: &'a Reading<'_>, verb: usize) -> Option<&'a Quotation> {
    let sentence = reading.sentences()[reading.sentence_of(verb)].clone();
    reading
        .quotations()
        .iter()
        .filter(|quotation| {
            let long = reading.doc.slice(quotation.start..quotation.end).split_whitespace().count() >= FEWEST_QUOTED_WORDS;
            let outside = verb < quotation.start || verb >= quotation.end;
            let touches = quotation.start < sentence.end + 1 && sentence.start <= quotation.end + 2;
            // A fragment within a reported clause belongs to that clause.
            let whole = reading.doc.token(quotation.start).text().chars().next().is_some_and(char::is_uppercase)
                || quotation.start <= sentence.start + 2;
            long && outside && touches && whole
        })
        .min_by_key(|quotation| if quotation.end <= verb { verb - quotation.end } else { quotation.start.saturating_sub(verb) })
}

/// The first token after the conjunction that introduces a clause.
fn without_marker(reading: &Reading<'_>, head: usize, first: usize) -> usize {
    reading
        .graph
        .children_as(head, Relation::Marker)
        .filter(|&marker| marker <= first + 1)
        .map(|marker| marker + 1)
        .max()
        .unwrap_or(first)
        .max(first)
}

/// The verb with its auxiliaries.
fn verb_group(reading: &Reading<'_>, verb: usize) -> Range<usize> {
    let first = reading
        .graph
        .children(verb)
        .iter()
        .copied()
        .filter(|&child| matches!(reading.graph.relation(child), Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Reflexive))
        .chain([verb])
        .filter(|&token| token + 5 > verb)
        .min()
        .unwrap_or(verb);
    first..verb + 1
}

/// Cuts marks, spaces and punctuation from the ends of a run.
fn trim(reading: &Reading<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let is_edge = |token: usize| {
        let text = reading.doc.token(token).text();
        text.chars().all(|character| !character.is_alphanumeric() && !matches!(character, '(' | ')' | '%'))
    };
    while tokens.start < tokens.end && is_edge(tokens.start) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && is_edge(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

impl Draft {
    fn into_statement(self, reading: &Reading<'_>, events: &[Event], number: usize) -> Statement {
        let quoted = |tokens: Range<usize>| Quoted { span: reading.span(tokens.clone()), text: reading.doc.slice(tokens).to_owned() };
        let speaker_of = |token: usize| -> Speaker {
            match reading.actors.denoted(token).first() {
                Some(&mention) => reading.actors.speaker(mention),
                None => {
                    let tokens = reading.nominal(token);
                    Speaker { entity: None, text: reading.doc.slice(tokens.clone()).to_owned(), span: reading.span(tokens) }
                }
            }
        };
        let span = reading.span(self.content.clone());
        let (claim, commitment) = claim(reading, events, span, self.denies);
        Statement {
            id: format!("s{number}"),
            speaker: self.speaker.filter(|&token| is_somebody(reading, token)).map(speaker_of),
            kind: self.kind,
            verb: self.verb.map(quoted),
            addressee: self.addressee.filter(|&token| !reading.actors.denoted(token).is_empty()).map(speaker_of),
            content: quoted(self.content),
            via: Vec::new(),
            relayed_by: None,
            claim,
            commitment,
        }
    }
}

/// Whether a subject is a speaker: a noun, or a pronoun that stands for somebody; an impersonal one is not.
fn is_somebody(reading: &Reading<'_>, token: usize) -> bool {
    match reading.doc.token(token).pos() {
        "NOUN" | "PROPN" | "ADJ" | "NUM" => true,
        _ => !reading.actors.denoted(token).is_empty(),
    }
}

/// What a statement does by being said, from the events that are coded in its content.
fn claim(reading: &Reading<'_>, events: &[Event], span: CharSpan, denies: bool) -> (Claim, Option<Commitment>) {
    let within = |event: &&Event| std::iter::once(&event.trigger.span).chain(&event.also).any(|trigger| span.contains(*trigger));
    if denies {
        return (Claim::Denial, None);
    }
    let mut claim = Claim::Position;
    for event in events.iter().filter(within) {
        if event.kind == EventType::Agree && event.status != Status::Hypothetical {
            let codes = |side: &[depeche_record::Participant]| side.iter().find_map(|participant| participant.country.clone());
            let negated = reading.clauses.all.iter().any(|clause| {
                let head: CharSpan = reading.span(clause.head..clause.head + 1);
                clause.negated && event.trigger.span.overlaps(head) && span.contains(head)
            });
            let commitment = Commitment {
                promisor: codes(&event.actors),
                beneficiary: codes(&event.recipients),
                polarity: if negated { Polarity::WillNot } else { Polarity::Will },
                object: event.trigger.clone(),
            };
            return (Claim::Commitment, Some(commitment));
        }
        claim = match event.kind {
            EventType::Request => Claim::Demand,
            EventType::Accuse => Claim::Accusation,
            _ => claim,
        };
    }
    (claim, None)
}
