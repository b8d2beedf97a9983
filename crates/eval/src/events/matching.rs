//! Which coded event may be which gold event, and how good a pair they would be: countries right, trigger near, not optional.

use super::{GoldDispatch, GoldEvent, Options, who_is_right};
use crate::coded::Event;
use crate::pairing::{Pair, largest};
use depeche_record::{CharIndex, CharSpan};

/// In a text of more characters than this, an event matches only near a gold trigger.
pub(crate) const SHORT_TEXT: usize = 600;
/// How many characters from a gold trigger that is.
pub(crate) const NEAR: usize = 250;
/// How far a trigger is that gold does not let be found.
const NOWHERE: usize = 1_000_000;

/// The matched pairs of indices, gold first, in order of gold.
pub(super) fn matches(dispatch: &GoldDispatch, coded: &[Event], options: Options) -> Vec<(usize, usize)> {
    let optional = |gold: usize| dispatch.events.get(gold).is_some_and(|event| event.optional);
    largest(pairs(dispatch, coded, options), dispatch.events.len(), coded.len(), optional)
}

/// How many characters from gold's words a trigger may begin that shows the same mention.
const SAME_MENTION: usize = 40;

/// The matched pairs whose triggers stand in one place.
pub(crate) fn aligned(dispatch: &GoldDispatch, coded: &[Event]) -> Vec<(usize, usize)> {
    let index = CharIndex::new(&dispatch.text);
    let near = |&(gold, at): &(usize, usize)| {
        let start = coded.get(at).and_then(|event| event.trigger.start);
        let places = dispatch.events.get(gold).map(|event| places(event, &dispatch.text, &index)).unwrap_or_default();
        places.into_iter().any(|place| distance(place, start) <= SAME_MENTION)
    };
    matches(dispatch, coded, Options::default()).into_iter().filter(near).collect()
}

fn pairs(dispatch: &GoldDispatch, coded: &[Event], options: Options) -> Vec<Pair> {
    let index = CharIndex::new(&dispatch.text);
    let mut pairs = Vec::new();
    for (gold, event) in dispatch.events.iter().enumerate() {
        let places = places(event, &dispatch.text, &index);
        for (at, found) in coded.iter().enumerate() {
            let distance = places.iter().map(|&place| distance(place, found.trigger.start)).min().unwrap_or(0);
            let kind = options.fold(&found.kind);
            if event.kinds().any(|right| options.fold(right) == kind) && (index.chars() <= SHORT_TEXT || distance <= NEAR) {
                let who = if who_is_right(event, found) { 2.0 } else { 0.0 };
                let wanted = if event.optional { 0.0 } else { 0.5 };
                pairs.push(Pair { gold, coded: at, weight: who + 1.0 / (1.0 + distance as f64 / 20.0) + wanted });
            }
        }
    }
    pairs
}

/// Where the words of a gold event stand in the text.
pub(super) fn places(event: &GoldEvent, text: &str, index: &CharIndex) -> Vec<CharSpan> {
    let words = event.trigger.iter().chain(&event.also).filter(|words| !words.is_empty());
    words.flat_map(|words| text.match_indices(words.as_str()).map(|(at, found)| index.span(at..at + found.len()))).collect()
}

/// How far a trigger is from a place; far away where it is not said where it stands.
fn distance(place: CharSpan, at: Option<usize>) -> usize {
    let Some(at) = at else { return NOWHERE };
    if (place.start..=place.end).contains(&at) { 0 } else { at.abs_diff(place.start).min(at.abs_diff(place.end)).min(NOWHERE) }
}
