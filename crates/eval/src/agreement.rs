//! How far two coders agree on the same dispatches: F1 each way, and Krippendorff's alpha.
//!
//! Each line of either file is in the form of gold or in that of a coded dispatch; each form is read as the other where a scorer needs that. For alpha, the
//! events of both coders are aligned one to one, by overlapping triggers first, then by the same type near each other; an event that one coder alone has is a
//! unit to which the other gives the value `no event`. Status, mode and what is said of a statement are compared over the aligned ones.
//!
//! Alpha is nominal (Krippendorff 2011): 1 less the disagreement that there is over the one that chance would give. It is 1 for perfect agreement, 0 for
//! chance, below for worse, and there is none where all values are the same, since chance would give no disagreement either.

use crate::coded::{Coded, Days, Event, Party, Place, Quoted, Statement, is_yes};
use crate::events::{self, GoldEvent};
use crate::pairing::{Pair, largest};
use crate::statements::{self, GoldStatement};
use crate::{Sheet, Table};
use depeche_record::CharIndex;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// A dispatch by one coder, as either form.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// Its events as gold.
    events: events::GoldDispatch,
    /// Its statements as gold.
    statements: statements::GoldDispatch,
    /// The same as a coded dispatch.
    coded: Coded,
}

impl Coding {
    /// The dispatch's id.
    pub fn id(&self) -> &str {
        &self.coded.id
    }
}

impl<'de> Deserialize<'de> for Coding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.get("dispatch").is_some() {
            let coded: Coded = serde_json::from_value(value).map_err(D::Error::custom)?;
            let (id, text) = (coded.id.clone(), coded.dispatch.text.clone());
            let events = coded.events.iter().map(as_gold).collect();
            let statements = coded.statements.iter().map(statement_as_gold).collect();
            let events = events::GoldDispatch { id: id.clone(), text: text.clone(), events };
            return Ok(Coding { events, statements: statements::GoldDispatch { id, text, statements }, coded });
        }
        let events: events::GoldDispatch = serde_json::from_value(value.clone()).map_err(D::Error::custom)?;
        let statements: statements::GoldDispatch = serde_json::from_value(value).map_err(D::Error::custom)?;
        let index = CharIndex::new(&events.text);
        let mut coded = Coded { id: events.id.clone(), ..Coded::default() };
        coded.dispatch.text.clone_from(&events.text);
        coded.events = events.events.iter().map(|event| as_coded(event, &events.text, &index)).collect();
        coded.statements = statements.statements.iter().map(|statement| statement_as_coded(statement, &events.text, &index)).collect();
        Ok(Coding { events, statements, coded })
    }
}

fn as_gold(event: &Event) -> GoldEvent {
    let list = |side: &[Party]| events::parties(side).into_iter().map(str::to_owned).collect();
    let texts = |all: &[Quoted]| all.iter().map(|quoted| quoted.text.as_str()).collect::<Vec<_>>().join(" ");
    GoldEvent {
        kind: event.kind.clone(),
        actor_countries: list(&event.actors),
        recipient_countries: list(&event.recipients),
        status: event.status.clone(),
        date: Some(event.when.as_ref().map(|when| when.value.clone()).filter(|value| !value.is_empty())),
        mode: event.mode.clone(),
        place: format!("{} {}", event.place.text, event.place.name).trim().to_owned(),
        source: texts(&event.attribution),
        trigger: Some(event.trigger.text.clone()).filter(|words| !words.is_empty()),
        ..GoldEvent::default()
    }
}

fn as_coded(event: &GoldEvent, text: &str, index: &CharIndex) -> Event {
    let parties = |codes: &[String]| codes.iter().map(|code| Party { country: Some(code.clone()), sector: None }).collect();
    let when = |value: &String| {
        let (earliest, latest) = events::written_days(value);
        Days { value: value.clone(), earliest, latest, method: String::new() }
    };
    Event {
        id: String::new(),
        kind: event.kind.clone(),
        mode: event.mode.clone(),
        status: event.status.clone(),
        actors: parties(&event.actor_countries),
        recipients: parties(&event.recipient_countries),
        place: Place { text: event.place.clone(), name: String::new() },
        when: event.date.iter().flatten().map(when).next(),
        trigger: quoted(event.trigger.as_deref().unwrap_or(""), text, index),
        attribution: Some(event.source.clone())
            .filter(|source| !source.is_empty())
            .map(|text| Quoted { text, ..Quoted::default() })
            .into_iter()
            .collect(),
    }
}

fn statement_as_gold(statement: &Statement) -> GoldStatement {
    let commitment = Value::Bool(is_yes(&statement.commitment));
    let (speaker, content) = (statement.speaker.text.clone(), statement.content.text.clone());
    GoldStatement { speaker, content, kind: statement.kind.clone(), commitment }
}

fn statement_as_coded(statement: &GoldStatement, text: &str, index: &CharIndex) -> Statement {
    Statement {
        speaker: Quoted { text: statement.speaker.clone(), ..Quoted::default() },
        content: quoted(&statement.content, text, index),
        kind: statement.kind.clone(),
        commitment: Value::Bool(is_yes(&statement.commitment)),
    }
}

/// Words with the first place at which the text has them.
fn quoted(words: &str, text: &str, index: &CharIndex) -> Quoted {
    let at = if words.is_empty() { None } else { text.find(words) };
    let span = at.map(|at| index.span(at..at + words.len()));
    Quoted { text: words.to_owned(), start: span.map(|span| span.start), end: span.map(|span| span.end) }
}

/// Compares two coders over the dispatches that both have.
pub fn score(first: &[Coding], second: &[Coding], options: events::Options) -> Sheet {
    let by_id: BTreeMap<&str, &Coding> = second.iter().map(|coding| (coding.id(), coding)).collect();
    let both: Vec<(&Coding, &Coding)> = first.iter().filter_map(|coding| Some((coding, *by_id.get(coding.id())?))).collect();
    let mut sheet = Sheet::default();
    let mut lines = vec![format!("dispatches {}", both.len())];
    let ways: [(&str, Vec<(&Coding, &Coding)>); 2] =
        [("B by A", both.clone()), ("A by B", both.iter().map(|&(first, second)| (second, first)).collect())];
    for (way, pairs) in ways {
        let coded: Vec<Coded> = pairs.iter().map(|(_, coded)| coded.coded.clone()).collect();
        let gold: Vec<events::GoldDispatch> = pairs.iter().map(|(gold, _)| gold.events.clone()).collect();
        let said: Vec<statements::GoldDispatch> = pairs.iter().map(|(gold, _)| gold.statements.clone()).collect();
        for (what, scored) in
            [("events", events::score(&gold, &coded, options).sheet()), ("statements", statements::score(&said, &coded).sheet())]
        {
            lines.push(format!("{what} of {way}: {}", scored.headline));
            sheet.figures.extend(scored.figures.into_iter().map(|(name, value)| (format!("{what} of {way}: {name}"), value)));
            if way == "B by A" {
                sheet.mistakes.extend(scored.mistakes);
            }
        }
    }
    let mut table = Table::new("alpha", &["field", "units", "agreed", "alpha"]);
    for (field, units) in units(&both, options) {
        let agreed = units.iter().filter(|(first, second)| first == second).count();
        let alpha = alpha(&units);
        if let Some(alpha) = alpha {
            sheet.figure(format!("alpha {field}"), alpha);
        }
        let share = if units.is_empty() { String::new() } else { format!("{:.3}", agreed as f64 / units.len() as f64) };
        table.rows.push(vec![
            field.to_owned(),
            units.len().to_string(),
            share,
            alpha.map_or_else(|| "–".to_owned(), |alpha| format!("{alpha:.3}")),
        ]);
    }
    sheet.headline = lines.join("\n");
    sheet.tables.push(table);
    sheet
}

/// The values that two coders give to the same units, by field.
type Units = Vec<(String, String)>;

fn units(both: &[(&Coding, &Coding)], options: events::Options) -> Vec<(&'static str, Units)> {
    let [mut kind, mut present, mut status, mut mode, mut direct, mut commitment]: [Units; 6] = Default::default();
    for (first, second) in both {
        let (one, other) = (&first.coded.events, &second.coded.events);
        let aligned = align(one, other, first.coded.dispatch.text.chars().count(), options);
        let value = |event: Option<&Event>| event.map_or_else(|| "no event".to_owned(), |event| options.fold(&event.kind).to_owned());
        for &(at, with) in &aligned {
            let (Some(event), Some(same)) = (one.get(at), other.get(with)) else { continue };
            kind.push((value(Some(event)), value(Some(same))));
            present.push((value(Some(event)), value(Some(same))));
            status.push((event.status.clone(), same.status.clone()));
            mode.push((event.mode.clone(), same.mode.clone()));
        }
        let alone = |at: usize, used: &dyn Fn(&(usize, usize)) -> usize| !aligned.iter().any(|pair| used(pair) == at);
        kind.extend(
            one.iter().enumerate().filter(|(at, _)| alone(*at, &|pair| pair.0)).map(|(_, event)| (value(Some(event)), value(None))),
        );
        kind.extend(
            other.iter().enumerate().filter(|(at, _)| alone(*at, &|pair| pair.1)).map(|(_, event)| (value(None), value(Some(event)))),
        );
        let index = CharIndex::new(&first.statements.text);
        for (at, with) in statements::matches(&first.statements, &second.coded, &index) {
            let (Some(said), Some(same)) = (first.statements.statements.get(at), second.coded.statements.get(with)) else { continue };
            direct.push((said.kind.clone(), same.kind.clone()));
            commitment.push((is_yes(&said.commitment).to_string(), is_yes(&same.commitment).to_string()));
        }
    }
    let stated = |units: Units| units.into_iter().filter(|(first, second)| !first.is_empty() && !second.is_empty()).collect();
    vec![
        ("type", kind),
        ("type of both", present),
        ("status", stated(status)),
        ("mode", mode),
        ("statement kind", stated(direct)),
        ("commitment", commitment),
    ]
}

/// Which events of two coders are the same: triggers that overlap, those of one type first; then the same type near by.
fn align(one: &[Event], other: &[Event], characters: usize, options: events::Options) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (at, event) in one.iter().enumerate() {
        for (with, same) in other.iter().enumerate() {
            let kind = options.fold(&event.kind) == options.fold(&same.kind);
            let spans = event.trigger.span().zip(same.trigger.span());
            let weight = match spans {
                Some((first, second)) if first.overlaps(second) => Some(if kind { 3.0 } else { 2.0 }),
                Some((first, second)) => {
                    let distance = first.start.abs_diff(second.start);
                    let near = characters <= events::SHORT_TEXT || distance <= events::NEAR;
                    (kind && near).then(|| 1.0 / (1.0 + distance as f64 / 20.0))
                }
                None => kind.then_some(0.01),
            };
            pairs.extend(weight.map(|weight| Pair { gold: at, coded: with, weight }));
        }
    }
    largest(pairs, one.len(), other.len(), |_| false)
}

/// Krippendorff's alpha of two coders without missing values, nominal; none where there is nothing, or one value only.
pub fn alpha(units: &[(String, String)]) -> Option<f64> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for value in units.iter().flat_map(|(first, second)| [first, second]) {
        *counts.entry(value).or_default() += 1.0;
    }
    let all = 2.0 * units.len() as f64;
    let disagreed = 2.0 * units.iter().filter(|(first, second)| first != second).count() as f64;
    let by_chance = all * all - counts.values().map(|count| count * count).sum::<f64>();
    (by_chance > 0.0).then(|| 1.0 - (all - 1.0) * disagreed / by_chance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(first: &str, second: &str, expected: Option<&str>) {
        let units: Units = first.chars().zip(second.chars()).map(|(one, other)| (one.to_string(), other.to_string())).collect();
        assert_eq!(alpha(&units).map(|alpha| format!("{alpha:.3}")).as_deref(), expected, "{first} {second}");
    }

    #[test]
    fn alpha_is_that_of_the_published_examples() {
        // Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": two observers, binary and nominal data.
        check("0100000000", "1110010010", Some("0.095"));
        check("aabbdcccedda", "babbbccceddd", Some("0.692"));
        check("aabb", "aabb", Some("1.000"));
        check("aaaa", "aaaa", None);
        check("", "", None);
    }

    proptest! {
        #[test]
        fn alpha_is_the_same_either_way_and_at_most_1(units in proptest::collection::vec(("[abc]", "[abc]"), 0..12)) {
            let turned: Units = units.iter().map(|(first, second)| (second.clone(), first.clone())).collect();
            prop_assert_eq!(alpha(&units), alpha(&turned));
            prop_assert!(alpha(&units).is_none_or(|alpha| (-1.0..=1.0).contains(&alpha)));
        }
    }
}
