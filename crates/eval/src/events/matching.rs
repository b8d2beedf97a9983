//! Which coded event is which gold event: a largest one-to-one matching in which the better pairs are taken first.

use super::{GoldDispatch, GoldEvent, Options, who_is_right};
use depeche_record::{CharIndex, CharSpan, Event};
use std::cmp::Ordering;

/// In a text of more characters than this, an event matches only near a gold trigger.
const SHORT_TEXT: usize = 600;
/// How many characters from a gold trigger that is.
const NEAR: usize = 250;
/// How far a trigger is that gold does not let be found.
const NOWHERE: usize = 1_000_000;

/// A gold and a coded event that may be the same.
struct Pair {
    gold: usize,
    coded: usize,
    /// How good a pair it is: countries right, trigger near, not optional.
    weight: f64,
}

/// The matched pairs of indices, gold first, in order of gold.
pub(super) fn matches(dispatch: &GoldDispatch, coded: &[Event], options: Options) -> Vec<(usize, usize)> {
    let mut pairs = pairs(dispatch, coded, options);
    pairs.sort_by(|one, other| best_first(one, other).then((one.gold, one.coded).cmp(&(other.gold, other.coded))));
    let mut matching = Matching { of_gold: vec![None; dispatch.events.len()], of_coded: vec![None; coded.len()], pairs };
    for index in 0..matching.pairs.len() {
        let Pair { gold, coded, .. } = matching.pairs[index];
        if matching.of_gold[gold].is_none() && matching.of_coded[coded].is_none() {
            matching.set(gold, coded);
        }
    }
    let (optional, wanted): (Vec<usize>, Vec<usize>) = (0..dispatch.events.len()).partition(|&gold| dispatch.events[gold].optional);
    for gold in wanted.into_iter().chain(optional) {
        if matching.of_gold[gold].is_none() {
            matching.grow(gold, &mut vec![false; coded.len()]);
        }
    }
    matching.of_gold.iter().enumerate().filter_map(|(gold, coded)| Some((gold, (*coded)?))).collect()
}

fn best_first(one: &Pair, other: &Pair) -> Ordering {
    other.weight.total_cmp(&one.weight)
}

fn pairs(dispatch: &GoldDispatch, coded: &[Event], options: Options) -> Vec<Pair> {
    let index = CharIndex::new(&dispatch.text);
    let mut pairs = Vec::new();
    for (gold, event) in dispatch.events.iter().enumerate() {
        let places = places(event, &dispatch.text, &index);
        for (at, found) in coded.iter().enumerate() {
            let distance = places.iter().map(|&place| distance(place, found.trigger.span.start)).min().unwrap_or(0);
            let kind = options.fold(found.kind.name());
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
fn places(event: &GoldEvent, text: &str, index: &CharIndex) -> Vec<CharSpan> {
    let words = event.trigger.iter().chain(&event.also).filter(|words| !words.is_empty());
    words.flat_map(|words| text.match_indices(words.as_str()).map(|(at, found)| index.span(at..at + found.len()))).collect()
}

fn distance(place: CharSpan, at: usize) -> usize {
    if (place.start..=place.end).contains(&at) { 0 } else { at.abs_diff(place.start).min(at.abs_diff(place.end)).min(NOWHERE) }
}

/// A matching under way: the partner of every gold and every coded event.
struct Matching {
    pairs: Vec<Pair>,
    of_gold: Vec<Option<usize>>,
    of_coded: Vec<Option<usize>>,
}

impl Matching {
    fn set(&mut self, gold: usize, coded: usize) {
        self.of_gold[gold] = Some(coded);
        self.of_coded[coded] = Some(gold);
    }

    /// Finds a partner for a gold event, moving others to new partners where that makes room; whether there was one.
    fn grow(&mut self, gold: usize, seen: &mut [bool]) -> bool {
        let candidates: Vec<usize> = self.pairs.iter().filter(|pair| pair.gold == gold).map(|pair| pair.coded).collect();
        for coded in candidates {
            if std::mem::replace(&mut seen[coded], true) {
                continue;
            }
            if self.of_coded[coded].is_none_or(|holder| self.grow(holder, seen)) {
                self.set(gold, coded);
                return true;
            }
        }
        false
    }
}
