//! How likely it is that an event's type is right.
//!
//! In goes what is known of an event when it is written; out comes a share measured on gold: the logistic function of weighted features,
//! one table of weights for events that a frame names and one for those that back-off placed. `training/backoff` makes both tables.

mod weights;

use crate::backoff::Placed;
use crate::draft::Draft;
use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_packs::Frame;
use depeche_record::{BlockKind, Quad, Status};
use std::collections::BTreeMap;

/// Below this, an event that back-off placed is left out unless asked for: an event that is right less often than half of what F1 is
/// costs more than it brings. F1 of types is about 0.7; the rest is for texts of another kind than those learnt from.
pub(crate) const FLOOR: f64 = 0.4;

/// Sectors of those who bear arms.
const FORCES: [&str; 4] = ["MIL", "REB", "COP", "SPY"];

/// Features of one event by name; what is absent is 0.
pub(crate) type Features = Vec<(&'static str, f64)>;

/// The features of an event that a frame names.
pub(crate) fn of_frame(reading: &Reading<'_>, frame: &Frame, draft: &Draft) -> Features {
    let mut features = common(reading, draft);
    let needs = &frame.needs;
    let conditions = [
        needs.actor,
        needs.recipient,
        needs.content,
        needs.no_content,
        needs.stated,
        needs.negation,
        needs.affirmation,
        needs.other,
        needs.present,
        needs.future,
        needs.parties > 0,
        !needs.actor_sector.is_empty(),
    ];
    let lists = [&needs.object, &needs.subject, &needs.words, &needs.no_words];
    let asked = conditions.iter().filter(|asked| **asked).count() + lists.iter().filter(|list| !list.is_empty()).count();
    features.push((draft.kind.name(), 1.0));
    features.push(("conditions", asked.min(4) as f64));
    features.push(("phrase", flag(draft.phrase)));
    features.push(("other senses", (draft.senses.max(1) as f64).ln()));
    features.push(("reach", ((frame.verbs.len() + frame.nouns.len() + frame.adjectives.len() + frame.phrases.len()).max(1) as f64).ln()));
    features.push(("told again", flag(!draft.also.is_empty())));
    features.push(("title", flag(reading.block_of(draft.token) == Some(BlockKind::Title))));
    features
}

/// The features of an event that back-off placed.
pub(crate) fn of_placed(reading: &Reading<'_>, draft: &Draft, placed: &Placed) -> Features {
    let mut features = common(reading, draft);
    let nearby = placed.nearby;
    features.push(("similarity", f64::from(nearby.similarity)));
    features.push(("agreement", f64::from(nearby.agreement)));
    features.push(("rarity", (f64::from(placed.placement.row) + 1.0).ln()));
    features.push(("alike", f64::from(nearby.similarity) * f64::from(nearby.agreement)));
    features.push(("namesake", flag(placed.is_namesake)));
    features.push(("done by nobody", flag(placed.by_nobody)));
    features.push(("object", flag(placed.is_object)));
    let forces = draft
        .sides
        .actors
        .iter()
        .any(|&mention| reading.actors.participant(mention).sector.is_some_and(|sector| FORCES.contains(&sector.as_str())));
    features.push(("forces act", flag(forces && draft.kind.quad() == Quad::MaterialConflict)));
    features.push(("forces speak", flag(forces && draft.kind.quad() != Quad::MaterialConflict)));
    features.push(("type told", flag(placed.kind_told)));
    features.push(("beside others", flag(placed.beside_others)));
    features
}

/// What both have.
fn common(reading: &Reading<'_>, draft: &Draft) -> Features {
    let political = |side: &[MentionId]| side.iter().any(|&mention| reading.actors.is_political(mention));
    let countries = |side: &[MentionId]| side.iter().filter_map(|&mention| reading.actors.country_of(mention)).collect::<Vec<_>>();
    let (ours, theirs) = (countries(&draft.sides.actors), countries(&draft.sides.recipients));
    let (actor, recipient) = (political(&draft.sides.actors), political(&draft.sides.recipients));
    vec![
        ("base", 1.0),
        ("stated", flag(draft.stated)),
        ("noun", flag(draft.is_noun)),
        ("actor", flag(!draft.sides.actors.is_empty())),
        ("recipient", flag(!draft.sides.recipients.is_empty())),
        ("political actor", flag(actor)),
        ("political recipient", flag(recipient)),
        ("two parties", flag(actor && recipient)),
        ("two countries", flag(theirs.iter().any(|code| !ours.contains(code)) && !ours.is_empty())),
        ("dated", flag(draft.when.is_some())),
        ("placed", flag(draft.place.is_some())),
        ("sourced", flag(!draft.attribution.is_empty())),
        ("quoted", flag(reading.quotation_of(draft.token).is_some())),
        (status_name(draft.status), 1.0),
    ]
}

fn flag(value: bool) -> f64 {
    f64::from(u8::from(value))
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Occurred => "occurred",
        Status::Planned => "planned",
        Status::Ongoing => "ongoing",
        Status::Hypothetical => "hypothetical",
        Status::Denied => "denied",
        Status::Alleged => "alleged",
    }
}

/// The share of events with these features whose type is right.
pub(crate) fn of_features(features: &Features, is_placed: bool) -> f64 {
    let weights: &[(&str, i32)] = if is_placed { &weights::PLACED } else { &weights::NAMED };
    let weight = |name: &str| weights.binary_search_by(|(known, _)| (*known).cmp(name)).map_or(0.0, |at| f64::from(weights[at].1) / 1000.0);
    let sum: f64 = features.iter().map(|&(name, value)| weight(name) * value).sum();
    // Two decimals say more than is known.
    let share = 1.0 / (1.0 + (-sum).exp());
    ((share * 100.0).round() / 100.0).clamp(0.01, 0.99)
}

/// The features by name, for those who ask.
pub(crate) fn told(features: &Features) -> BTreeMap<String, f64> {
    let present = features.iter().filter(|(_, value)| *value != 0.0);
    present.map(|&(name, value)| (name.to_owned(), (value * 1000.0).round() / 1000.0)).collect()
}
