//! All events of a dispatch: those that frames name, those that back-off places beside them, and which of them are confident enough.

use crate::backoff::{BackOff, Placed};
use crate::confidence::FLOOR;
use crate::draft::{Draft, Placer};
use crate::reading::Reading;
use crate::{Codebook, candidates, lede, merge, occasion, parties, scope};
use depeche_record::{Event, Placing};

/// The events of a dispatch before those of little confidence are left out; they have no id yet.
#[derive(Debug, Clone, Default)]
pub struct Coding {
    /// Events that frames name, in order of the text.
    pub named: Vec<Event>,
    /// Events that back-off placed, in order of the text.
    pub placed: Vec<Event>,
}

/// Codes a dispatch. With `explain`, every event tells why it was coded.
pub fn code(reading: &Reading<'_>, codebook: &Codebook, back_off: Option<&BackOff>, explain: bool) -> Coding {
    let Codebook { lexicon, speech } = codebook;
    let mut all = candidates::candidates(reading, lexicon);
    if let Some(back_off) = back_off {
        let placed = back_off.candidates(reading, lexicon, speech, &all);
        all.extend(placed);
    }
    let drafts = scope::drop_contents(reading, lexicon, all).into_iter().map(|candidate| Draft::new(reading, lexicon, speech, candidate));
    let (mut placed, named): (Vec<Draft>, Vec<Draft>) = drafts.partition(|draft| draft.placed.is_some());
    let mut named = merge::merge(reading, named);
    occasion::lend(reading, &mut named);
    lede::lend(reading, &mut named);
    parties::lend(reading, &mut named);
    parties::meet_on_visits(reading, &mut named);
    for draft in &mut placed {
        // Of a frame that does not name it, an event has the type and the places of its parties, and a mode if its like agree on one.
        draft.mode = back_off.zip(draft.placed.as_ref()).and_then(|(back_off, placed)| back_off.mode(lexicon, placed));
        draft.contexts.clear();
    }
    let placed = merge::beside(reading, &named, placed);
    let placing = |placed: &Placed| -> Option<Placing> { back_off.map(|back_off| back_off.explain(placed)) };
    let explain = explain.then_some(&placing as Placer<'_>);
    let written = |drafts: Vec<Draft>| drafts.into_iter().map(|draft| draft.into_event(reading, lexicon, explain)).collect();
    Coding { named: written(named), placed: written(placed) }
}

impl Coding {
    /// The events of at least this confidence, numbered in order of the text. Without one, all that frames name, and those placed by
    /// back-off that are likely enough to be worth more than they cost.
    pub fn above(self, min_confidence: Option<f64>) -> Vec<Event> {
        let is_kept = |event: &Event, least: f64| event.confidence >= least;
        let mut events = self.named;
        events.retain(|event| is_kept(event, min_confidence.unwrap_or(0.0)));
        for event in self.placed.into_iter().filter(|event| is_kept(event, min_confidence.unwrap_or(FLOOR))) {
            let place = events.iter().position(|other| other.trigger.span.start > event.trigger.span.start).unwrap_or(events.len());
            events.insert(place, event);
        }
        for (at, event) in events.iter_mut().enumerate() {
            event.id = format!("v{}", at + 1);
        }
        events
    }
}
