//! Who said what: quotations with their speakers, reported clauses, and what a phrase of source covers.
//!
//! In go a reading and its events; out come the record's statements in order of the text. A quotation without a verb of speech beside it is
//! none of ours (it may be a title or a word used with reserve); a statement whose speaker the text does not name has none.

mod commitment;
mod relay;
mod title;

use crate::attribution::{SpeechWords, sources, speech_verb};
use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_predicates::{Clause, Mood, Quotation, Relation, Role, WordClasses, predicate};
use depeche_record::{CharSpan, Claim, Commitment, Event, EventType, MentionKind, Quoted, Speaker, Statement, StatementKind};
use std::collections::HashSet;
use std::ops::Range;

/// A subject is looked for no further before its verb than so many words.
const FARTHEST_SUBJECT: usize = 12;

/// A quotation of fewer words is a fragment of somebody's sentence, not a statement.
const FEWEST_QUOTED_WORDS: usize = 5;

/// Of more clauses that are coordinated only the first are told apart.
const MOST_COORDINATED: usize = 64;

/// A phrase of source is not taken to cover more words than this, which no writer's sentence has.
const LONGEST_COVERED: usize = 400;

/// The statements of a dispatch.
pub(crate) fn statements(reading: &Reading<'_>, words: &SpeechWords, events: &[Event]) -> Vec<Statement> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (at, clause) in reading.clauses.all.iter().enumerate() {
        if !reading.block_of(clause.head).is_none_or(depeche_record::BlockKind::is_content) {
            continue;
        }
        if let Some((name, said_by)) = speech_verb(reading, words, clause.head) {
            drafts.extend(of_verb(reading, words, at, &name, said_by));
        } else if words.is_relay(&reading.lemma(clause.head)) && !clause.negated {
            drafts.extend(relay::of_relay(reading, words, clause.head));
        }
    }
    for token in 0..reading.doc.len() {
        let is_source = reading.graph.preposition(token).is_some_and(|preposition| words.is_source_preposition(preposition))
            || holds_opinion(reading, words, token);
        if is_source && reading.block_of(token).is_none_or(depeche_record::BlockKind::is_content) {
            drafts.extend(of_source(reading, words, token));
        }
    }
    for sentence in reading.sentences() {
        drafts.extend(title::of_title(reading, sentence));
    }
    drafts.sort_by_key(|draft| (draft.content.start, draft.content.end));
    drafts.dedup_by(|later, earlier| later.content == earlier.content);
    // What a phrase of source covers may hold a statement of its own; the same words are not told twice.
    let all: Vec<Range<usize>> = drafts.iter().map(|draft| draft.content.clone()).collect();
    drafts.retain(|draft| {
        let own = &draft.content;
        // What is nearly as long begins no more than its excess before.
        let past = all.partition_point(|other| other.start <= own.start);
        let before = all[..past].iter().rev().take_while(|other| own.start - other.start <= own.len());
        draft.kind == StatementKind::Direct || !before.into_iter().any(|other| *other != *own && own.end <= other.end && nearly(other, own))
    });
    let acts = Acts::new(events);
    drafts.into_iter().enumerate().map(|(at, draft)| draft.into_statement(reading, words, &acts, at + 1)).collect()
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
    /// Whether the verb itself pledges.
    pledges: bool,
    /// Whether the verb announces what its subject does.
    announces: bool,
    /// Who passed it on.
    relayed_by: Option<usize>,
}

impl Draft {
    /// Content of which nothing more is known.
    fn new(kind: StatementKind, content: Range<usize>) -> Draft {
        Draft {
            kind,
            verb: None,
            speaker: None,
            addressee: None,
            content,
            denies: false,
            pledges: false,
            announces: false,
            relayed_by: None,
        }
    }
}

/// What a verb of speech introduces: the quotations beside it, else its clauses of content, else its object.
fn of_verb(reading: &Reading<'_>, words: &SpeechWords, at: usize, name: &str, said_by: usize) -> Vec<Draft> {
    let clause = &reading.clauses.all[at];
    let verb = clause.head;
    let said = predicate(reading.graph, reading.clauses, reading.grammar, verb);
    if clause.negated || reading.quotation_of(verb).is_some_and(|quotation| quotation.end - quotation.start < 4) {
        return Vec::new();
    }
    let impersonal = is_impersonal(reading, clause);
    // « À noter que … »: words to the reader.
    if clause.mood == Mood::Infinitive && clause.parent.is_none() && said.first(Role::Subject).is_none() {
        return Vec::new();
    }
    let group = verb_group(reading, verb);
    let denies = reading.grammar.classes(name).has(WordClasses::DENIED);
    let draft = |kind: StatementKind, content: Range<usize>| Draft {
        kind,
        verb: Some(group.clone()),
        speaker: if impersonal {
            None
        } else {
            said.role(Role::Subject)
                .map(|argument| argument.token)
                .find(|token| !content.contains(token) && reading.timex_of(*token).is_none())
                .or_else(|| inverted_subject(reading, verb, &content))
                .or_else(|| subject_before(reading, verb))
        },
        addressee: said.first(Role::IndirectObject),
        denies,
        pledges: words.is_pledge(name),
        announces: reading.grammar.classes(name).has(WordClasses::ANNOUNCING),
        ..Draft::new(kind, content)
    };
    if let Some(quotation) = quotation_beside(reading, words, verb) {
        return vec![draft(StatementKind::Direct, trim(reading, quotation.start..quotation.end))];
    }
    let inner = predicate(reading.graph, reading.clauses, reading.grammar, said_by);
    let reported = inner.role(Role::Content).chain(inner.role(Role::Complement)).map(|argument| argument.token);
    let mut contents: Vec<Range<usize>> = reported.flat_map(|head| of_content(reading, words, said_by, head)).collect();
    if contents.is_empty() && clause.reflexive {
        contents.extend(of_attitude(reading, verb));
    }
    if contents.is_empty() {
        contents.extend(said_before(reading, clause, &group));
    }
    if contents.is_empty() && (denies || words.is_nominal(name)) {
        contents.extend(said.first(Role::Object).and_then(|object| of_object(reading, words, verb, object, denies)));
    }
    contents.into_iter().map(|content| draft(StatementKind::Indirect, content)).collect()
}

/// « X n'a rien décidé, ont déclaré deux sources »: what stands before a verb of speech that is put after it.
fn said_before(reading: &Reading<'_>, clause: &Clause, group: &Range<usize>) -> Option<Range<usize>> {
    let sentence = reading.sentences()[reading.sentence_of(clause.head)].clone();
    let comma =
        group.start.checked_sub(1).filter(|&at| at >= sentence.start && matches!(reading.doc.token(at).text(), "," | "»" | "”" | "\""))?;
    let finite = !matches!(clause.mood, Mood::Infinitive | Mood::Participle);
    let content = trim(reading, sentence.start..comma);
    // Whoever speaks stands behind the verb, and something is stated before it.
    let speaks_after = reading.graph.children(clause.head).iter().all(|&child| {
        let is_subject = matches!(reading.graph.relation(child), Relation::Subject | Relation::PassiveSubject);
        child >= group.start || !is_subject || reading.clauses.of_token(child).is_some_and(|inner| inner.head == child)
    });
    let states = |at: usize| {
        let other = reading.clauses.of_token(at).filter(|other| other.head == at && other.head != clause.head);
        other.is_some_and(|other| matches!(other.mood, Mood::Indicative | Mood::Conditional))
    };
    (finite && speaks_after && (4..LONGEST_COVERED).contains(&content.len()) && content.clone().any(states)).then_some(content)
}

/// « Il a été noté que »: a subject that is nobody.
fn is_impersonal(reading: &Reading<'_>, clause: &Clause) -> bool {
    reading.graph.children(clause.head).iter().any(|&child| match reading.graph.relation(child) {
        Relation::Expletive => reading.actors.denoted(child).is_empty() && !reading.doc.token(child).text().starts_with('-'),
        Relation::PassiveSubject => reading.doc.token(child).pos() == "PRON" && reading.actors.denoted(child).is_empty(),
        _ => false,
    })
}

/// « …, a affirmé X »: a subject after the verb that the parse takes for something else.
fn inverted_subject(reading: &Reading<'_>, verb: usize, content: &Range<usize>) -> Option<usize> {
    if content.end > verb {
        return None;
    }
    let behind = (verb + 1..(verb + 7).min(reading.doc.len())).take_while(|&token| reading.doc.token(token).pos() != "PUNCT");
    { behind }.find(|&token| !reading.actors.denoted(token).is_empty() && reading.graph.preposition(token).is_none())
}

/// Whoever is named directly before a verb that the parse leaves without a subject.
fn subject_before(reading: &Reading<'_>, verb: usize) -> Option<usize> {
    let start = reading.sentences()[reading.sentence_of(verb)].start;
    for token in (start.max(verb.saturating_sub(FARTHEST_SUBJECT))..verb).rev() {
        let named = reading.actors.denoted(token).first().map(|&mention| reading.actors.mention(mention).kind);
        // « a-t-il dit »
        let inverted = reading.doc.token(token).text().starts_with('-') && named.is_some();
        let named = matches!(named, Some(MentionKind::Per | MentionKind::Office | MentionKind::Org));
        if inverted || named && reading.graph.preposition(token).is_none() {
            return Some(token);
        }
        let other_verb = reading.is_verb(token) && reading.graph.head(token) != Some(verb);
        if other_verb || matches!(reading.doc.token(token).text(), ";" | ":" | "»" | "”" | "\"") {
            return None;
        }
    }
    None
}

/// The clauses of content that a word heads, each a statement of its own where several are coordinated.
fn of_content(reading: &Reading<'_>, words: &SpeechWords, verb: usize, argument: usize) -> Vec<Range<usize>> {
    let heads: Vec<usize> = reading.graph.coordinated(argument).into_iter().take(MOST_COORDINATED).collect();
    let mut contents = Vec::new();
    for (place, &head) in heads.iter().enumerate() {
        let Some(clause) = reading.clauses.of_token(head).filter(|clause| clause.head == head) else { continue };
        // « dit avoir déployé »: an infinitive is said of the speaker; what only circumscribes is not said.
        let links = matches!(clause.link, Relation::ContentClause | Relation::OpenComplement | Relation::Parataxis | Relation::Conjunct);
        let said_of_speaker = clause.mood == Mood::Infinitive && head > verb && clause.link != Relation::Conjunct;
        if !links || clause.conditional || clause.mood == Mood::Participle || (clause.mood == Mood::Infinitive && !said_of_speaker) {
            continue;
        }
        let later: HashSet<usize> = heads.iter().skip(place + 1).copied().collect();
        let mut tokens = reading.graph.subtree_without(head, |token| later.contains(&token));
        tokens.retain(|&token| token > verb || argument < verb);
        let Some((&first, &last)) = tokens.first().zip(tokens.last()) else { continue };
        if verb > first && verb < last || place > 0 && is_main_again(reading, clause, first) {
            continue;
        }
        // What is coordinated with it is told by itself.
        let next = heads.get(place + 1).and_then(|&next| reading.graph.subtree(next).first().copied()).filter(|&next| next > head);
        let last = next.map_or(last, |next| last.min(next - 1));
        let first = if said_of_speaker { first_verbal(reading, head, first) } else { without_marker(reading, head, first) };
        let content = trim(reading, first..narrator_from(reading, words, head, last + 1));
        if content.len() > 2 {
            contents.push(content);
        }
    }
    contents
}

/// « a déclaré que …, et a lancé … »: a verb without subject and conjunction after a comma goes on telling what the speaker did.
fn is_main_again(reading: &Reading<'_>, clause: &Clause, first: usize) -> bool {
    let has = |relation: Relation| reading.graph.children_as(clause.head, relation).next().is_some();
    let bare = !has(Relation::Subject) && !has(Relation::PassiveSubject) && !has(Relation::Marker);
    let coordinator = reading.graph.children_as(clause.head, Relation::Coordinator).next().unwrap_or(first);
    bare && coordinator > 0 && reading.doc.token(coordinator - 1).text() == ","
}

/// « s'est dit inquiet de … », « s'est déclaré prêt à … »: what speakers say of themselves.
fn of_attitude(reading: &Reading<'_>, verb: usize) -> Option<Range<usize>> {
    let adjective = reading.graph.children(verb).iter().copied().find(|&child| {
        let said = matches!(reading.graph.relation(child), Relation::OpenComplement | Relation::Attribute | Relation::Object);
        said && child > verb && !matches!(reading.doc.token(child).pos(), "NOUN" | "PROPN" | "PRON")
    })?;
    let tokens = reading.graph.subtree(adjective);
    let content = trim(reading, *tokens.first()?..*tokens.last()? + 1);
    (content.len() > 3 && content.start > verb).then_some(content)
}

/// The first word of an infinitive with what stands under it, without the preposition that introduces it.
fn first_verbal(reading: &Reading<'_>, head: usize, first: usize) -> usize {
    (first..head).find(|&token| !matches!(reading.doc.token(token).pos(), "ADP" | "PART" | "SCONJ" | "PUNCT")).unwrap_or(head)
}

/// What the object of a verb of speech says: « souligner l'importance de … »; nothing where it names somebody or is only a word.
fn of_object(reading: &Reading<'_>, words: &SpeechWords, verb: usize, object: usize, denies: bool) -> Option<Range<usize>> {
    let noun = reading.doc.token(object).pos() == "NOUN" && object > verb;
    let is_person = |&mention: &MentionId| matches!(reading.actors.mention(mention).kind, MentionKind::Per | MentionKind::Office);
    let names_person = reading.actors.denoted(object).iter().any(is_person);
    if !noun || names_person {
        return None;
    }
    let tokens = reading.graph.subtree(object);
    let of_preposition = |token: usize| matches!(reading.graph.relation(token), Relation::Case | Relation::Fixed);
    let first = tokens.iter().copied().find(|&token| token > verb && !of_preposition(token))?;
    let content = trim(reading, first..narrator_from(reading, words, object, *tokens.last()? + 1));
    // A few words are a statement only where they are quoted: « dénonce un « massacre » ».
    let quoted = content.clone().find_map(|token| reading.quotation_of(token));
    match quoted {
        Some(quotation) if content.len() <= 4 => Some(quotation.start..quotation.end),
        // « a démenti toute implication » says it all.
        _ => (content.len() > 4 || denies && content.len() > 1).then_some(content),
    }
}

/// Where the narrator speaks again after `head`: « …, dans un contexte de tensions ».
fn narrator_from(reading: &Reading<'_>, words: &SpeechWords, head: usize, end: usize) -> usize {
    let speaks = |comma: &usize| {
        let after = *comma + 1..(*comma + 6).min(end);
        reading.doc.token(*comma).text() == ","
            && !after.is_empty()
            && words.is_narrator(&reading.doc.slice(after).to_lowercase().replace('’', "'"))
    };
    (head + 1..end).find(speaks).unwrap_or(end)
}

/// « Pour X, il ne fait aucun doute que … »: a person under such a preposition who opens the sentence and is set off by a comma.
fn holds_opinion(reading: &Reading<'_>, words: &SpeechWords, token: usize) -> bool {
    let opens = || {
        let start = reading.sentences()[reading.sentence_of(token)].start;
        reading.graph.subtree(token).first().is_some_and(|&first| first == start)
    };
    let is_person = |&mention: &MentionId| matches!(reading.actors.mention(mention).kind, MentionKind::Per | MentionKind::Office);
    reading.graph.preposition(token).is_some_and(|preposition| words.is_opinion_preposition(preposition))
        && reading.actors.denoted(token).iter().any(is_person)
        && opens()
}

/// What « selon X » covers: the sentence without the phrase.
fn of_source(reading: &Reading<'_>, words: &SpeechWords, token: usize) -> Option<Draft> {
    let sentence = reading.sentences()[reading.sentence_of(token)].clone();
    let phrase = reading.graph.subtree(token);
    let (first, mut last) = (*phrase.first()?, *phrase.last()?);
    if reading.grammar.classes(&reading.graph.form(token)).has(WordClasses::RELATIVE) {
        return None;
    }
    // « Selon le porte-parole du gouvernement une enquête est ouverte »: no comma ends the phrase, the name of the source does.
    let named = reading.actors.denoted(token).first().map(|&mention| reading.actors.mention(mention).tokens.end);
    if let Some(end) = named.filter(|&end| end > token && end <= last && phrase.iter().any(|&at| at >= end))
        && !(token..=last).any(|at| reading.doc.token(at).text() == ",")
        && last + 1 < sentence.end
        && matches!(reading.doc.token(last + 1).pos(), "VERB" | "AUX")
    {
        last = end - 1;
    }
    // « Selon X, porte-parole de Y, une enquête est ouverte »: a verb directly after the phrase has lost its subject to it.
    if last + 1 < sentence.end
        && matches!(reading.doc.token(last + 1).pos(), "VERB" | "AUX")
        && let Some(comma) = (token..last).rev().find(|&at| reading.doc.token(at).text() == ",")
    {
        last = comma;
    }
    let (before, after) = (trim(reading, sentence.start..first), trim(reading, last + 1..sentence.end));
    let content = if after.len() > before.len() { after } else { before };
    if content.len() < 4 || content.len() > LONGEST_COVERED || content.clone().any(|inside| words.is_speech(&reading.lemma(inside))) {
        return None;
    }
    let case = reading.graph.children_as(token, Relation::Case).next()?;
    Some(Draft { verb: Some(case..case + 1), speaker: Some(token), ..Draft::new(StatementKind::Indirect, content) })
}

/// The quotation that a verb of speech stands beside, in its sentence or at its edge.
fn quotation_beside<'a>(reading: &'a Reading<'_>, speech: &SpeechWords, verb: usize) -> Option<&'a Quotation> {
    let sentence = reading.sentences()[reading.sentence_of(verb)].clone();
    reading
        .quotations_beside(&sentence)
        .iter()
        .filter(|quotation| {
            let outside = verb < quotation.start || verb >= quotation.end;
            // A fragment within a reported clause belongs to that clause.
            let whole = reading.doc.token(quotation.start).text().chars().next().is_some_and(char::is_uppercase)
                || quotation.start <= sentence.start + 2;
            let words = || reading.doc.slice(quotation.start..quotation.end.min(quotation.start + LONGEST_COVERED)).split_whitespace();
            let theirs = || quotation.end <= sentence.start && has_speaker_before(reading, speech, quotation);
            outside && whole && !theirs() && words().nth(FEWEST_QUOTED_WORDS - 1).is_some()
        })
        .min_by_key(|quotation| if quotation.end <= verb { verb - quotation.end } else { quotation.start.saturating_sub(verb) })
}

/// Whether the sentence in which a quotation begins has a verb of speech before it: « …, rappelant que « … ». »
fn has_speaker_before(reading: &Reading<'_>, words: &SpeechWords, quotation: &Quotation) -> bool {
    let start = reading.sentences()[reading.sentence_of(quotation.start)].start;
    (start.max(quotation.start.saturating_sub(FARTHEST_SUBJECT))..quotation.start).any(|token| words.is_speech(&reading.lemma(token)))
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
    fn into_statement(self, reading: &Reading<'_>, words: &SpeechWords, acts: &Acts, number: usize) -> Statement {
        let quoted = |tokens: Range<usize>| Quoted { span: reading.span(tokens.clone()), text: reading.doc.slice(tokens).to_owned() };
        let speaker_of = |token: usize| -> Speaker {
            match reading.actors.denoted(token).first() {
                Some(&mention) if reading.actors.denoted(token).len() == 1 && !words.is_anonymous(&reading.lemma(token)) => {
                    reading.actors.speaker(mention)
                }
                _ => {
                    let tokens = reading.nominal(token);
                    Speaker { entity: None, text: reading.doc.slice(tokens.clone()).to_owned(), span: reading.span(tokens) }
                }
            }
        };
        let speaker = self.speaker.filter(|&token| is_somebody(reading, token));
        let (claim, commitment) = self.claim(reading, words, acts, speaker);
        let speaker = speaker.map(speaker_of);
        let mut via = self.verb.as_ref().map(|verb| sources(reading, words, verb.end - 1)).unwrap_or_default();
        via.retain(|source| speaker.as_ref().is_none_or(|speaker| !speaker.span.overlaps(source.span)));
        Statement {
            id: format!("s{number}"),
            speaker,
            kind: self.kind,
            verb: self.verb.map(quoted),
            addressee: self.addressee.filter(|&token| !reading.actors.denoted(token).is_empty()).map(speaker_of),
            content: quoted(self.content),
            via,
            relayed_by: self.relayed_by.filter(|&token| is_somebody(reading, token)).map(speaker_of),
            claim,
            commitment,
        }
    }

    /// What it does by being said: a pledge by its own words, anything else by the events that are coded in its content.
    fn claim(&self, reading: &Reading<'_>, words: &SpeechWords, acts: &Acts, speaker: Option<usize>) -> (Claim, Option<Commitment>) {
        if self.denies {
            return (Claim::Denial, None);
        }
        if self.relayed_by.is_some() {
            return (Claim::Report, None);
        }
        let speakers = speaker.map(|token| reading.actors.denoted(token)).unwrap_or_default();
        if let Some(commitment) = commitment::commitment(reading, words, &self.content, speakers, self.pledges, self.announces) {
            return (Claim::Commitment, Some(commitment));
        }
        (acts.within(reading.span(self.content.clone())).unwrap_or(Claim::Position), None)
    }
}

/// What is done by being said, as the events tell it: where each is told, which event it is, and what that makes of a statement.
struct Acts(Vec<(CharSpan, usize, Claim)>);

impl Acts {
    fn new(events: &[Event]) -> Acts {
        let mut acts: Vec<(CharSpan, usize, Claim)> = Vec::new();
        for (at, event) in events.iter().enumerate() {
            let claim = match event.kind {
                EventType::Request => Claim::Demand,
                EventType::Accuse => Claim::Accusation,
                _ => continue,
            };
            acts.extend(std::iter::once(&event.trigger.span).chain(&event.also).map(|&span| (span, at, claim)));
        }
        acts.sort_by_key(|&(span, at, _)| (span, at));
        Acts(acts)
    }

    /// What the last event that is told within a stretch makes of it.
    fn within(&self, content: CharSpan) -> Option<Claim> {
        let from = self.0.partition_point(|(span, ..)| span.start < content.start);
        let told = self.0[from..].iter().take_while(|(span, ..)| span.start < content.end).filter(|(span, ..)| content.contains(*span));
        told.max_by_key(|(_, at, _)| *at).map(|&(.., claim)| claim)
    }
}

/// Whether a subject is a speaker: a noun, or a pronoun that stands for somebody; an impersonal one is not.
fn is_somebody(reading: &Reading<'_>, token: usize) -> bool {
    match reading.doc.token(token).pos() {
        "NOUN" | "PROPN" | "ADJ" | "NUM" => true,
        _ => !reading.actors.denoted(token).is_empty(),
    }
}
