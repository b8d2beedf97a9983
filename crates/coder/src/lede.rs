//! What the first sentence of a text tells of the happening that its title announces: when and where.
//!
//! In go the events of a dispatch; one that the title tells and that has no day gets the day, and where it has none the place, of the main clause of the first sentence under the title, if that clause names every
//! party of the event, states it as done where the title does, and is coded as nothing else. A title leaves out the day because the first sentence has it.

use crate::draft::Draft;
use crate::reading::Reading;
use crate::{setting, when};
use depeche_predicates::{Mood, Predicate, Tense, predicate};
use depeche_record::{BlockKind, Status};
use std::ops::Range;

/// Lends the events of the title the time and place of the first sentence under it.
pub(crate) fn lend(reading: &Reading<'_>, drafts: &mut [Draft]) {
    let Some(sentence) = first_sentence(reading) else { return };
    let Some(main) = main_clause(reading, &sentence) else { return };
    let Some(time) = when::timex(reading, &main).and_then(|timex| when::stretch(reading, timex)) else { return };
    let place = setting::place(reading, &main).map(|(_, place)| place);
    // What is coded of it is another happening, or the title's own, which then has the day already.
    if drafts.iter().any(|draft| draft.token == main.token) {
        return;
    }
    let tense = main.clause.map(|at| reading.clauses.all[at].tense);
    for draft in drafts.iter_mut().filter(|draft| draft.in_title && draft.stated && draft.when.is_none()) {
        let is_one_time = match draft.status {
            Status::Occurred => tense != Some(Tense::Future),
            Status::Planned => tense == Some(Tense::Future),
            _ => false,
        };
        if is_one_time && names_all(reading, &sentence, draft) {
            draft.when = Some(time.clone());
            draft.place = draft.place.take().or_else(|| place.clone());
        }
    }
}

/// The first sentence of the text under the title.
fn first_sentence(reading: &Reading<'_>) -> Option<Range<usize>> {
    let mut sentences = reading.sentences().iter().skip_while(|sentence| reading.block_of(sentence.start) != Some(BlockKind::Title));
    sentences.find(|sentence| matches!(reading.block_of(sentence.start), Some(BlockKind::Lede | BlockKind::Body))).cloned()
}

/// The clause that a sentence states.
fn main_clause(reading: &Reading<'_>, sentence: &Range<usize>) -> Option<Predicate> {
    let stated =
        reading.clauses.all.iter().find(|clause| {
            sentence.contains(&clause.head) && clause.parent.is_none() && clause.mood == Mood::Indicative && !clause.negated
        })?;
    Some(predicate(reading.graph, reading.clauses, reading.grammar, stated.head))
}

/// Whether a sentence names every country of an event's parties.
fn names_all(reading: &Reading<'_>, sentence: &Range<usize>, draft: &Draft) -> bool {
    let mut countries = draft.everyone().filter_map(|mention| reading.actors.country_of(mention)).peekable();
    let named = |country| {
        sentence
            .clone()
            .any(|token| reading.actors.denoted(token).iter().any(|&mention| reading.actors.country_of(mention) == Some(country)))
    };
    countries.peek().is_some() && countries.all(named)
}
