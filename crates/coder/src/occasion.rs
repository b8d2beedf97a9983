//! What an event shares with the one during which it is said to happen: « lors de cette réunion avec X, Y s'est engagé … ».
//!
//! In go the events of a dispatch, some with the noun of their occasion; one whose occasion is an event of the dispatch too gets the time,
//! the place and the other side of that event where its own words give none.

use crate::draft::Draft;
use crate::parties::others;
use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_predicates::Relation;
use depeche_record::{CharSpan, EventType};

/// A participle farther behind its noun than so many words is taken for a mistake of the parse.
const NEAR: usize = 8;

/// Lends events what they lack of their occasion's.
pub(crate) fn lend(reading: &Reading<'_>, drafts: &mut [Draft]) {
    let told = triggers(drafts);
    for at in 0..drafts.len() {
        let Some(occasion) = drafts[at].during.and_then(|noun| event_told_by(reading, &told, noun, at)) else { continue };
        let (when, place) = (drafts[occasion].when.clone(), drafts[occasion].place.clone());
        let present: Vec<MentionId> = drafts[occasion].everyone().collect();
        let draft = &mut drafts[at];
        draft.when = draft.when.take().or(when);
        draft.place = draft.place.take().or(place);
        let addresses =
            matches!(draft.kind, EventType::Agree | EventType::Request | EventType::Support | EventType::Concede | EventType::Reject);
        if addresses && draft.sides.recipients.is_empty() && !draft.sides.actors.is_empty() {
            draft.sides.recipients = others(reading, &present, &draft.sides.actors).unwrap_or_default();
        }
    }
}

/// What tells each event, its trigger and further mentions, in order of the text.
fn triggers(drafts: &[Draft]) -> Vec<(CharSpan, usize)> {
    let mut told: Vec<(CharSpan, usize)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        told.extend(draft.also.iter().chain([&draft.trigger]).map(|&span| (span, at)));
    }
    told.sort_unstable();
    told
}

/// The first event other than `own` that a noun tells.
fn event_told_by(reading: &Reading<'_>, told: &[(CharSpan, usize)], noun: usize, own: usize) -> Option<usize> {
    // « lors d'un accord signé avec X »: the participle tells the event that the noun names.
    let participle = reading.graph.children_as(noun, Relation::ModifierClause).find(|&child| child > noun && child < noun + NEAR);
    let beside = [Some(noun), participle].into_iter().flatten();
    beside.filter_map(|token| event_at(reading, told, token, own)).next()
}

/// The first event other than `own` of whose words a token is one.
fn event_at(reading: &Reading<'_>, told: &[(CharSpan, usize)], noun: usize, own: usize) -> Option<usize> {
    let longest = told.iter().map(|(span, _)| span.len()).max().unwrap_or_default();
    let span = reading.span(noun..noun + 1);
    let from = told.partition_point(|(other, _)| other.start + longest < span.start);
    let beside = told[from..].iter().take_while(|(other, _)| other.start < span.end);
    beside.filter(|(other, at)| *at != own && other.overlaps(span)).map(|&(_, at)| at).min()
}
