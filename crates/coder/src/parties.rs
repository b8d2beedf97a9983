//! The other side, where only the sentences before name it.
//!
//! In go events in order of the text; one that has a single side gets the other from the nearest event before it that is the same relation:
//! of the same kind with the same party on the side that is named, or, for an accusation, the act of force that it is about. Further back than
//! a few sentences nobody is looked for, and a side that the event's own sentence names is never replaced.

use crate::draft::{Draft, VISIT};
use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_record::{EventType, Quad, Status};

/// How many sentences back the other side may be named.
const SENTENCES_BACK: usize = 5;

/// How many sentences back stands what somebody welcomes without a name.
const WELCOMED_BACK: usize = 2;

/// Gives one-sided events the other side.
pub(crate) fn lend(reading: &Reading<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(at);
        let draft = &mut rest[0];
        let near = before.iter().rev().filter(|known| draft.sentence.saturating_sub(known.sentence) <= SENTENCES_BACK);
        // Those of no country that a side names do not tell whose it is: « tuer X ».
        let is_nobodys = |side: &[MentionId]| side.iter().all(|&mention| reading.actors.country_of(mention).is_none());
        match (is_nobodys(&draft.sides.actors), is_nobodys(&draft.sides.recipients)) {
            (false, true) if takes_recipient(draft.kind) => {
                let lent = near.clone().find_map(|known| recipients(reading, known, draft));
                draft.sides.recipients.extend(lent.unwrap_or_default());
            }
            (true, false) => {
                let lent = near.clone().find_map(|known| actors(reading, known, draft));
                draft.sides.actors.extend(lent.unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// Takes a meeting that a visitor has with those whom he visits for a part of the visit: it has its mode and place.
pub(crate) fn meet_on_visits(reading: &Reading<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(at);
        let draft = &mut rest[0];
        if draft.kind != EventType::Consult || draft.mode.is_some() || draft.status == Status::Ongoing {
            continue;
        }
        let everyone: Vec<MentionId> = draft.everyone().collect();
        let is_part = |known: &&Draft| {
            let there = known.kind == EventType::Consult && known.mode.is_some_and(|mode| mode.name() == VISIT);
            let visitor = known.sides.actors.iter().any(|one| everyone.iter().any(|other| reading.same_entity(*one, *other)));
            there && visitor && known.status == draft.status && shares(reading, &known.sides.recipients, &everyone)
        };
        let near = before.iter().rev().take_while(|known| draft.sentence.saturating_sub(known.sentence) <= SENTENCES_BACK);
        if let Some(visit) = near.into_iter().find(is_part) {
            draft.mode = visit.mode;
            draft.place = draft.place.take().or_else(|| visit.place.clone());
        }
    }
}

/// Kinds that are done to somebody.
fn takes_recipient(kind: EventType) -> bool {
    !matches!(kind, EventType::Consult | EventType::Retreat | EventType::Agree)
}

fn recipients(reading: &Reading<'_>, known: &Draft, draft: &Draft) -> Option<Vec<MentionId>> {
    if is_same_relation(known, draft) && shares(reading, &known.sides.actors, &draft.sides.actors) {
        return others(reading, &known.sides.recipients, &draft.sides.actors);
    }
    // Who strikes back strikes whoever struck.
    if is_force(known) && is_force(draft) && shares(reading, &known.sides.recipients, &draft.sides.actors) {
        return others(reading, &known.sides.actors, &draft.sides.actors);
    }
    // « a salué cette annonce »: whoever is told to have done the last thing before.
    let is_welcome = |kind| !matches!(kind, EventType::Support | EventType::Accuse | EventType::Threaten);
    let near = draft.sentence.saturating_sub(known.sentence) <= WELCOMED_BACK;
    let welcomes = draft.kind == EventType::Support && draft.status == Status::Occurred && is_welcome(known.kind) && near;
    if welcomes && let Some(welcomed) = others(reading, &known.sides.actors, &draft.sides.actors) {
        return Some(welcomed);
    }
    // « dénonce un massacre »: whoever is told to have done it.
    let is_about = draft.kind == EventType::Accuse && known.kind.quad() == Quad::MaterialConflict;
    is_about.then(|| others(reading, &known.sides.actors, &draft.sides.actors)).flatten()
}

fn actors(reading: &Reading<'_>, known: &Draft, draft: &Draft) -> Option<Vec<MentionId>> {
    let same = is_same_relation(known, draft) && shares(reading, &known.sides.recipients, &draft.sides.recipients);
    same.then(|| others(reading, &known.sides.actors, &draft.sides.recipients)).flatten()
}

fn is_same_relation(known: &Draft, draft: &Draft) -> bool {
    known.kind == draft.kind || known.kind.quad() == Quad::MaterialConflict && draft.kind.quad() == Quad::MaterialConflict
}

fn is_force(draft: &Draft) -> bool {
    matches!(draft.kind, EventType::Assault | EventType::Coerce)
}

/// Whether a party of one side is of the country of a party of the other.
fn shares(reading: &Reading<'_>, ours: &[MentionId], theirs: &[MentionId]) -> bool {
    let country = |mention: &MentionId| reading.actors.country_of(*mention);
    ours.iter()
        .any(|one| theirs.iter().any(|other| reading.same_entity(*one, *other) || country(one).is_some() && country(one) == country(other)))
}

/// Those of a side that are of another country than the given, if there are any.
pub(crate) fn others(reading: &Reading<'_>, side: &[MentionId], own: &[MentionId]) -> Option<Vec<MentionId>> {
    let of_other = |mention: &MentionId| reading.actors.country_of(*mention).is_some() && !shares(reading, &[*mention], own);
    let others: Vec<MentionId> = side.iter().copied().filter(of_other).collect();
    (!others.is_empty()).then_some(others)
}
