//! An event before it is written: a candidate with its time, place and sources, still in mentions and tokens.

use crate::attribution::{SpeechWords, sayings, sources};
use crate::backoff::Placed;
use crate::candidates::Candidate;
use crate::confidence;
use crate::lexicon::Lexicon;
use crate::participants::Sides;
use crate::reading::Reading;
use crate::topics::topics;
use crate::{setting, when};
use depeche_actors::MentionId;
use depeche_packs::{Frame, Sector};
use depeche_predicates::{Mood, Predicate, Relation};
use depeche_record::{
    Attribution, BlockKind, CharSpan, Context, Count, Event, EventType, Explanation, Mode, Place, Placing, Quad, Quoted, Status, When,
};
use std::collections::HashSet;
use std::ops::Range;

/// The mode whose recipient, named as a place, is where it happens.
pub(crate) const VISIT: &str = "visit";

/// Tells how a word was placed.
pub(crate) type Placer<'a> = &'a dyn Fn(&Placed) -> Option<Placing>;

/// An event in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) frame: usize,
    pub(crate) kind: EventType,
    pub(crate) mode: Option<Mode>,
    pub(crate) contexts: Vec<Context>,
    pub(crate) sides: Sides,
    pub(crate) status: Status,
    pub(crate) when: Option<When>,
    /// The noun of what it is said to happen during.
    pub(crate) during: Option<usize>,
    pub(crate) place: Option<Place>,
    pub(crate) count: Option<Count>,
    pub(crate) topics: Vec<Quoted>,
    pub(crate) trigger: CharSpan,
    pub(crate) trigger_text: String,
    pub(crate) sentence: usize,
    pub(crate) also: Vec<CharSpan>,
    pub(crate) attribution: Vec<Attribution>,
    /// Whether a noun names it.
    pub(crate) is_noun: bool,
    /// Whether a clause states it.
    pub(crate) stated: bool,
    /// Whether the title tells it.
    pub(crate) in_title: bool,
    /// Whether an infinitive tells it: « pour discuter de … ».
    pub(crate) infinitive: bool,
    /// The word that names it.
    pub(crate) token: usize,
    /// Whether a second word completes that one.
    pub(crate) phrase: bool,
    /// How many senses the word has.
    pub(crate) senses: usize,
    /// How it was placed, where no frame names it.
    pub(crate) placed: Option<Placed>,
}

impl Draft {
    /// Completes a candidate.
    pub(crate) fn new(reading: &Reading<'_>, lexicon: &Lexicon, words: &SpeechWords, candidate: Candidate) -> Draft {
        let frame = &lexicon.frames()[candidate.frame];
        let predicate = &candidate.predicate;
        let tokens = trigger(reading, &candidate);
        let timex = when::timex(reading, predicate).or_else(|| said_on(reading, words, frame, predicate));
        let time = timex.and_then(|timex| when::stretch(reading, timex));
        let lasts = time.as_ref().is_some_and(|when| when.earliest.is_some() && when.latest.is_none());
        let done_there = frame.kind.quad() == Quad::MaterialConflict && frame.kind != EventType::Sanction
            || frame.mode.is_some_and(|mode| mode.name() == VISIT);
        let own_place = setting::place(reading, predicate);
        let mut sides = candidate.sides;
        // « livrer des armes à l'Éthiopie » names who gets them, not where.
        let is_recipient = |token: usize| {
            reading.actors.denoted(token).iter().any(|&mention| sides.recipients.iter().any(|&other| reading.same_entity(other, mention)))
        };
        let own_place = own_place.filter(|&(token, _)| done_there || frame.kind == EventType::Consult || !is_recipient(token));
        // Who is struck or visited in a place is of its country where nobody of a country is named.
        let is_anybodys = sides.recipients.iter().all(|&mention| {
            let civilian = matches!(reading.actors.mention(mention).sector, None | Some(Sector::Cvl | Sector::Ref));
            reading.actors.country_of(mention).is_none() && civilian
        });
        if done_there
            && is_anybodys
            && let Some((token, _)) = own_place
        {
            sides.recipients.extend(setting::hosts(reading, token, &sides.actors));
        }
        // Who protests in a place is of its country where nobody is named.
        if frame.kind == EventType::Protest
            && sides.actors.is_empty()
            && let Some((token, _)) = own_place
        {
            sides.actors = setting::hosts(reading, token, &[]);
        }
        let place = own_place
            .map(|(_, place)| place)
            .or_else(|| (done_there || frame.kind == EventType::Retreat).then(|| setting::place_of(reading, &sides.recipients)).flatten());
        let attribution = sources(reading, words, predicate.token);
        Draft {
            frame: candidate.frame,
            kind: frame.kind,
            mode: mode(reading, lexicon, frame, predicate).or(frame.mode),
            contexts: frame.contexts.clone(),
            // What began on a day and has no end goes on.
            status: match candidate.status {
                Status::Occurred if lasts => Status::Ongoing,
                // « se réunissent mardi »: a present of a day to come is a plan.
                Status::Occurred if time.as_ref().is_some_and(|when| when::is_ahead(reading, predicate, when)) => Status::Planned,
                status => status,
            },
            when: time,
            during: when::during(reading, predicate),
            place,
            count: setting::count(reading, predicate),
            topics: topics(reading, frame.kind, predicate),
            trigger: reading.span(tokens.clone()),
            trigger_text: reading.doc.slice(tokens).to_owned(),
            sentence: reading.sentence_of(predicate.token),
            also: Vec::new(),
            attribution,
            is_noun: !reading.is_verb(predicate.token),
            stated: predicate.stated,
            in_title: reading.block_of(predicate.token) == Some(BlockKind::Title),
            infinitive: reading
                .clauses
                .of_token(predicate.token)
                .is_some_and(|clause| clause.head == predicate.token && clause.mood == Mood::Infinitive),
            token: predicate.token,
            phrase: candidate.with.is_some(),
            senses: candidate.senses,
            placed: candidate.placed,
            sides,
        }
    }

    /// Actors, then recipients.
    pub(crate) fn everyone(&self) -> impl Iterator<Item = MentionId> + '_ {
        self.sides.actors.iter().chain(&self.sides.recipients).copied()
    }

    /// Whether it can stand alone: somebody political is in it, and a noun that nobody states has a party of its own.
    pub(crate) fn is_supported(&self, reading: &Reading<'_>) -> bool {
        // Those who suffer force or are released need no office: a country is enough.
        let force = self.kind.quad() == Quad::MaterialConflict || self.kind == EventType::Retreat;
        self.everyone().any(|mention| reading.actors.is_political(mention) || force && reading.actors.country_of(mention).is_some())
    }

    /// The event as the record has it; its number is given when all are known.
    pub(crate) fn into_event(self, reading: &Reading<'_>, lexicon: &Lexicon, explain: Option<Placer<'_>>) -> Event {
        let frame = &lexicon.frames()[self.frame];
        let features = match &self.placed {
            Some(placed) => confidence::of_placed(reading, &self, placed),
            None => confidence::of_frame(reading, frame, &self),
        };
        let explain = explain.map(|placing| Explanation {
            frame: frame.id.clone(),
            back_off: self.placed.as_ref().and_then(placing),
            features: confidence::told(&features),
        });
        let (cameo, goldstein) = self.kind.scale(self.mode.as_ref());
        let participants = |mentions: &[MentionId]| mentions.iter().map(|&mention| reading.actors.participant(mention)).collect::<Vec<_>>();
        let (actors, recipients) = (participants(&self.sides.actors), participants(&self.sides.recipients));
        let mut also = self.also;
        also.retain(|span| *span != self.trigger);
        also.sort();
        also.dedup();
        Event {
            id: String::new(),
            kind: self.kind,
            mode: self.mode,
            contexts: self.contexts,
            cameo: cameo.to_owned(),
            goldstein,
            quad: self.kind.quad(),
            status: self.status,
            confidence: confidence::of_features(&features, self.placed.is_some()),
            actors,
            recipients,
            place: self.place,
            when: self.when,
            count: self.count,
            topics: self.topics,
            trigger: Quoted { span: self.trigger, text: self.trigger_text },
            sentence: self.sentence,
            also,
            attribution: self.attribution,
            explain,
        }
    }
}

/// The time of the saying by which a pledge, a refusal or a demand is made: « n'enverra pas de troupes, a redit lundi X ».
fn said_on(reading: &Reading<'_>, words: &SpeechWords, frame: &Frame, predicate: &Predicate) -> Option<usize> {
    let by_saying = matches!(frame.kind, EventType::Agree | EventType::Reject | EventType::Request | EventType::Threaten);
    let verbs = if by_saying && predicate.stated { sayings(reading, words, predicate.token) } else { Vec::new() };
    verbs
        .into_iter()
        .find_map(|verb| when::timex(reading, &depeche_predicates::predicate(reading.graph, reading.clauses, reading.grammar, verb)))
}

/// The frame's mode, or the one that words beside the predicate tell.
fn mode(reading: &Reading<'_>, lexicon: &Lexicon, frame: &Frame, predicate: &Predicate) -> Option<Mode> {
    let mut rules =
        lexicon.modes().iter().filter(|rule| rule.kind == frame.kind && frame.mode.is_none_or(|mode| rule.over.contains(&mode))).peekable();
    rules.peek()?;
    let under = reading.under(predicate.carrier.unwrap_or(predicate.token));
    let words: HashSet<String> = under.iter().flat_map(|&token| [reading.lemma(token), reading.graph.form(token)]).collect();
    rules.find(|rule| rule.words.iter().any(|word| words.contains(word))).map(|rule| rule.mode)
}

/// The words that show type and polarity: a verb with its auxiliaries, negation and completing word; a noun with the verb that carries it.
fn trigger(reading: &Reading<'_>, candidate: &Candidate) -> Range<usize> {
    let predicate = &candidate.predicate;
    let verb = predicate.carrier.unwrap_or(predicate.token);
    let mut first = predicate.token.min(verb);
    let mut last = predicate.token.max(verb);
    if let Some(with) = candidate.with {
        first = first.min(with);
        last = last.max(with);
    }
    if matches!(reading.doc.token(verb).pos(), "VERB" | "AUX") {
        for &child in reading.graph.children(verb) {
            let belongs = matches!(
                reading.graph.relation(child),
                Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Reflexive | Relation::Negation | Relation::Copula
            );
            if belongs && child + 6 > first {
                first = first.min(child);
            }
        }
    }
    if last - first > 14 {
        return predicate.token..predicate.token + 1;
    }
    first..last + 1
}
