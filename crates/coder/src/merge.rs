//! One happening, one event: a later mention of what was told before goes under `also` of the first and lends it what it lacks.
//!
//! Two drafts are one happening when type and mode agree, neither side contradicts the other, and so do their times and places.

use crate::draft::Draft;
use crate::reading::Reading;
use crate::topics::MOST_TOPICS;
use depeche_actors::MentionId;
use depeche_record::{AttributionKind, EventType, Quad, Status};

/// A later mention is held against so many of the events before it, the latest first: more than a dispatch tells.
const LOOK_BACK: usize = 256;

/// So many sentences after a title may tell what it announces.
const TITLE_REACH: usize = 4;

/// More sources than this are not gathered for one event.
const MOST_SOURCES: usize = 64;

/// Joins drafts that tell one happening; the order of first mention is kept.
pub(crate) fn merge(reading: &Reading<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut merged: Vec<Draft> = Vec::new();
    for draft in drafts {
        let recent = merged.len().saturating_sub(LOOK_BACK);
        let same = merged[recent..].iter().rposition(|known| is_same(reading, known, &draft)).map(|at| recent + at);
        match same {
            Some(at) => absorb(reading, &mut merged[at], draft),
            None if draft.is_supported(reading) => merged.push(draft),
            None => {}
        }
    }
    merged
}

/// Those of `placed` that tell what no draft of `known` tells, with what they need to know of it.
pub(crate) fn beside(reading: &Reading<'_>, known: &[Draft], placed: Vec<Draft>) -> Vec<Draft> {
    let told = |draft: &Draft| {
        let words = |other: &Draft| other.trigger.overlaps(draft.trigger) || other.also.iter().any(|also| also.overlaps(draft.trigger));
        let at = known.partition_point(|other| other.token < draft.token);
        let near = known.iter().take(at + LOOK_BACK).skip(at.saturating_sub(LOOK_BACK));
        known.iter().any(words) || { near }.any(|other| is_same(reading, other, draft))
    };
    let mut left: Vec<Draft> = placed.into_iter().filter(|draft| !told(draft)).collect();
    for draft in &mut left {
        let Some(placed) = &mut draft.placed else { continue };
        let mut near = known.iter().filter(|other| other.sentence == draft.sentence).peekable();
        placed.beside_others = near.peek().is_some();
        placed.kind_told = near.any(|other| other.kind == draft.kind);
    }
    merge(reading, left)
}

fn is_same(reading: &Reading<'_>, known: &Draft, draft: &Draft) -> bool {
    if known.kind != draft.kind || !modes_agree(known, draft) || !statuses_agree(known.status, draft.status) || !times_agree(known, draft) {
        return false;
    }
    if told_by_others(known, draft) {
        return false;
    }
    let pointing = draft.sides.actors.is_empty() && draft.sides.recipients.is_empty();
    if pointing {
        // « cette visite »: the last event of its kind, told shortly before.
        let alike = known.frame == draft.frame || known.kind == EventType::Consult;
        return draft.is_noun && alike && draft.sentence.saturating_sub(known.sentence) <= 3;
    }
    if draft.kind == EventType::Consult {
        return same_meeting(reading, known, draft);
    }
    let actors = agree(reading, &known.sides.actors, &draft.sides.actors);
    let mut recipients = agree(reading, &known.sides.recipients, &draft.sides.recipients);
    // “shelled the town, killing nine people”: victims of no country do not tell one attack from another.
    let nationless = |side: &[MentionId]| side.iter().all(|&mention| reading.actors.country_of(mention).is_none());
    let victims = draft.kind == EventType::Assault && draft.sentence == known.sentence;
    if victims && actors == Agreement::Same && (nationless(&draft.sides.recipients) || nationless(&known.sides.recipients)) {
        recipients = Agreement::Unknown;
    }
    match (actors, recipients) {
        (Agreement::Different, _) | (_, Agreement::Different) => false,
        // « deux soldats de X ont été tués dans une attaque de Y »: each names the side that the other lacks.
        (Agreement::Unknown, Agreement::Unknown) => victims && known.is_noun != draft.is_noun && is_other_side(known, draft),
        // One side says nothing: the same words must tell it, or the same sentence, or the title.
        (Agreement::Unknown, _) | (_, Agreement::Unknown) => {
            known.frame == draft.frame || known.sentence == draft.sentence || tells_more(known, draft)
        }
        (Agreement::Same, Agreement::Same) => {
            victims
                || tells_more(known, draft)
                || known.frame == draft.frame
                // The frame of a word that none names is a guess.
                || draft.placed.is_some()
                || known.mode == draft.mode && draft.sentence.saturating_sub(known.sentence) <= 2
        }
    }
}

/// Whether a title announces what the first paragraphs tell in other words.
fn tells_more(known: &Draft, draft: &Draft) -> bool {
    known.in_title && !draft.in_title && draft.sentence.saturating_sub(known.sentence) <= TITLE_REACH
}

/// Meetings know no direction: the same parties on either side, or a party and nobody else.
fn same_meeting(reading: &Reading<'_>, known: &Draft, draft: &Draft) -> bool {
    let countries = |draft: &Draft| {
        let mut codes: Vec<_> = draft.everyone().filter_map(|mention| reading.actors.country_of(mention)).collect();
        codes.sort();
        codes.dedup();
        codes
    };
    let (ours, theirs) = (countries(known), countries(draft));
    let subset = theirs.iter().all(|code| ours.contains(code)) || ours.iter().all(|code| theirs.contains(code));
    if !subset || ours.is_empty() || theirs.is_empty() {
        return false;
    }
    let person = |mention: MentionId| reading.actors.mention(mention).kind == depeche_record::MentionKind::Per;
    let persons =
        |draft: &Draft| draft.everyone().map(|mention| reading.naming(mention)).filter(|&mention| person(mention)).collect::<Vec<_>>();
    let (ours, theirs) = (persons(known), persons(draft));
    if ours.is_empty() || theirs.is_empty() {
        return true;
    }
    let contains = |list: &[MentionId], mention: MentionId| list.iter().any(|&other| reading.same_entity(other, mention));
    theirs.iter().all(|&mention| contains(&ours, mention)) || ours.iter().all(|&mention| contains(&theirs, mention))
}

/// Whether two acts of speech are put into different mouths: each pledge or demand is its speaker's own.
fn told_by_others(known: &Draft, draft: &Draft) -> bool {
    let speakers = |draft: &Draft| {
        let named = draft.attribution.iter().filter(|source| source.kind == AttributionKind::Named);
        named.filter_map(|source| source.text.split_whitespace().last().map(str::to_lowercase)).collect::<Vec<_>>()
    };
    let verbal = matches!(draft.kind.quad(), Quad::VerbalCooperation | Quad::VerbalConflict) && draft.kind != EventType::Consult;
    let (ours, theirs) = (speakers(known), speakers(draft));
    verbal && !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|name| theirs.contains(name))
}

/// Whether one names only who acts and the other only who suffers it.
fn is_other_side(known: &Draft, draft: &Draft) -> bool {
    let one_sided = |one: &Draft, other: &Draft| one.sides.recipients.is_empty() && other.sides.actors.is_empty();
    one_sided(known, draft) || one_sided(draft, known)
}

#[derive(PartialEq, Eq)]
enum Agreement {
    Same,
    Different,
    Unknown,
}

fn agree(reading: &Reading<'_>, ours: &[MentionId], theirs: &[MentionId]) -> Agreement {
    if ours.is_empty() || theirs.is_empty() {
        return Agreement::Unknown;
    }
    let same = |&one: &MentionId| {
        theirs.iter().any(|&other| {
            reading.same_entity(one, other)
                || (reading.actors.country_of(one).is_some() && reading.actors.country_of(one) == reading.actors.country_of(other))
        })
    };
    if ours.iter().any(same) { Agreement::Same } else { Agreement::Different }
}

fn modes_agree(known: &Draft, draft: &Draft) -> bool {
    // To travel and to meet are two happenings where a verb states each: « s'est rendu à Rome », « a rencontré son homologue ».
    // What they travel or call for is no meeting of its own: « pour discuter de … ».
    let aim = draft.infinitive && draft.sentence == known.sentence || tells_more(known, draft);
    if draft.kind == EventType::Consult && !known.is_noun && !draft.is_noun && !aim {
        return known.mode == draft.mode;
    }
    known.mode == draft.mode || known.mode.is_none() || draft.mode.is_none()
}

fn statuses_agree(known: Status, draft: Status) -> bool {
    known == draft || matches!((known, draft), (Status::Occurred, Status::Ongoing) | (Status::Ongoing, Status::Occurred))
}

fn times_agree(known: &Draft, draft: &Draft) -> bool {
    match (&known.when, &draft.when) {
        // What goes on since a day is no part of what took place on one.
        (Some(one), Some(other)) if one.latest.is_none() != other.latest.is_none() => false,
        (Some(one), Some(other)) => {
            one.earliest.zip(other.latest).is_none_or(|(first, last)| first <= last)
                && other.earliest.zip(one.latest).is_none_or(|(first, last)| first <= last)
        }
        _ => true,
    }
}

/// Adds what a further mention tells.
fn absorb(reading: &Reading<'_>, known: &mut Draft, draft: Draft) {
    known.also.push(draft.trigger);
    known.also.extend(draft.also);
    let narrower = match (&known.when, &draft.when) {
        (None, Some(_)) => true,
        (Some(one), Some(other)) => length(other) < length(one),
        _ => false,
    };
    if narrower {
        known.when = draft.when;
    }
    known.place = known.place.take().or(draft.place);
    known.count = known.count.or(draft.count);
    known.mode = known.mode.or(draft.mode);
    let new = draft.topics.into_iter().filter(|topic| !known.topics.iter().any(|other| other.text == topic.text));
    let room = MOST_TOPICS.saturating_sub(known.topics.len());
    let new: Vec<_> = new.take(room).collect();
    known.topics.extend(new);
    for source in draft.attribution {
        if known.attribution.len() < MOST_SOURCES && !known.attribution.iter().any(|other| other.text == source.text) {
            known.attribution.push(source);
        }
    }
    let Draft { sides, .. } = draft;
    if known.sides.actors.is_empty() {
        known.sides.actors = sides.actors.into_iter().filter(|&mention| !has(reading, &known.sides.recipients, mention)).collect();
    }
    if known.sides.recipients.is_empty() {
        known.sides.recipients = sides.recipients.into_iter().filter(|&mention| !has(reading, &known.sides.actors, mention)).collect();
    }
}

fn has(reading: &Reading<'_>, list: &[MentionId], mention: MentionId) -> bool {
    list.iter().any(|&other| reading.same_entity(other, mention))
}

fn length(when: &depeche_record::When) -> i64 {
    match (when.earliest, when.latest) {
        (Some(first), Some(last)) => i64::from((last - first).get_days()),
        _ => i64::MAX,
    }
}
