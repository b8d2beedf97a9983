//! FollowTheMoney entities (followthemoney.tech, schema of version 4), one JSON object a line.
//!
//! In go happenings; out go an `Event` for each, the persons and bodies that it involves and an `Article` for each dispatch that proves it, every entity once and before whatever points at it. A person
//! is a `Person`, a state a `PublicBody`, a body or a format an `Organization`; what is only a people or place that acts is a `LegalEntity`. Actors have every name that the record has for them. A day that is not known is left out.

use super::{Exported, Fault};
use crate::Countries;
use crate::tables::Visit;
use depeche_store::{ActorRow, DispatchRef, Filter, HappeningDetail, HappeningOrder, PartyDetail};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes happenings.
pub(super) fn write(asked: &Visit<'_>, countries: &Countries, out: &mut impl Write) -> Result<Exported, Fault> {
    let actors = asked.reader.actors(&Filter::default())?.into_iter().map(|actor| (actor.id.clone(), actor)).collect();
    let mut entities = Entities { countries, actors, told: BTreeSet::new(), written: 0 };
    let mut answers = 0;
    asked.happenings(HappeningOrder::Day, |happening| {
        answers += 1;
        entities.write_happening(&happening, out)
    })?;
    Ok(Exported { answers, written: entities.written })
}

/// What was written, so that nothing is twice.
struct Entities<'a> {
    countries: &'a Countries,
    actors: BTreeMap<String, ActorRow>,
    told: BTreeSet<String>,
    written: u64,
}

/// The properties of an entity: each a list of texts.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, property: &str, values: impl IntoIterator<Item = impl Into<String>>) {
        let values: Vec<Value> = values.into_iter().map(Into::into).filter(|value| !value.trim().is_empty()).map(Value::String).collect();
        if !values.is_empty() {
            self.0.insert(property.to_owned(), Value::Array(values));
        }
    }
}

impl Entities<'_> {
    fn write_happening(&mut self, happening: &HappeningDetail, out: &mut impl Write) -> Result<(), Fault> {
        let (mut organisers, mut involved) = (Vec::new(), Vec::new());
        for party in &happening.parties {
            let id = self.write_party(happening, party, out)?;
            if party.side == "actor" { &mut organisers } else { &mut involved }.push(id);
        }
        let mut proofs = Vec::new();
        for dispatch in &happening.dispatches {
            proofs.push(self.write_dispatch(dispatch, out)?);
        }
        let entry = &happening.entry;
        let origin = happening.origin.as_ref();
        let mut event = Properties::default();
        event.add("name", [title(happening)]);
        event.add("organizer", organisers);
        event.add("involved", involved);
        event.add("proof", proofs);
        event.add("recordId", [entry.id.clone()]);
        event.add("keywords", [Some(&entry.kind), entry.mode.as_ref(), Some(&entry.status)].into_iter().flatten().cloned());
        event.add("location", entry.place.iter().map(|place| place.name.clone()));
        event.add("country", entry.place.as_ref().and_then(|place| place.country.as_deref()).and_then(|code| self.country(code)));
        event.add("summary", happening.evidence.iter().map(|evidence| evidence.sentence.text.clone()));
        event.add("sourceUrl", origin.and_then(|origin| origin.url.clone()));
        event.add("publisher", origin.and_then(|origin| origin.publisher.clone()));
        if let Some(when) = &entry.when {
            if when.earliest == when.latest {
                event.add("date", when.earliest.clone());
            } else {
                event.add("startDate", when.earliest.clone());
                event.add("endDate", when.latest.clone());
            }
        }
        self.write(&id_of("happening", &entry.id), "Event", event, out)
    }

    /// A party, by the actor that it is; where nothing tells who it is, by its name and country.
    fn write_party(&mut self, happening: &HappeningDetail, party: &PartyDetail, out: &mut impl Write) -> Result<String, Fault> {
        let country = party.country.as_deref();
        let by_name = || match &happening.origin {
            Some(origin) => format!("{}|{}|{}", origin.source, party.name, country.unwrap_or_default()),
            None => format!("{}|{}", happening.entry.id, party.name),
        };
        let id = match &party.id {
            Some(actor) => id_of("actor", actor),
            None => id_of("party", &by_name()),
        };
        if self.told.contains(&id) {
            return Ok(id);
        }
        let actor = party.id.as_ref().and_then(|id| self.actors.get(id));
        let schema = match actor.map(|actor| actor.kind.as_str()).or(party.kind.as_deref()) {
            Some("person") => "Person",
            Some("country") => "PublicBody",
            Some("body" | "format") => "Organization",
            // An imported row has no kinds, but a state goes by its name there.
            None if self.countries.of_name(&party.name).is_some() => "PublicBody",
            _ => "LegalEntity",
        };
        let mut properties = Properties::default();
        match actor {
            Some(actor) => {
                properties.add("name", [actor.name.clone()]);
                properties.add("alias", actor.names.iter().filter(|name| **name != actor.name).cloned());
                if schema == "Person" {
                    properties.add("position", actor.offices.clone());
                }
            }
            None => {
                properties.add("name", [party.name.clone()]);
                properties.add("sector", party.sector.clone());
            }
        }
        properties.add("country", country.or(actor.and_then(|actor| actor.country.as_deref())).and_then(|code| self.country(code)));
        properties.add("wikidataId", party.wikidata.clone());
        self.write(&id, schema, properties, out)?;
        Ok(id)
    }

    fn write_dispatch(&mut self, dispatch: &DispatchRef, out: &mut impl Write) -> Result<String, Fault> {
        let id = id_of("dispatch", &dispatch.id);
        if !self.told.contains(&id) {
            let mut properties = Properties::default();
            // An entity must have a caption, and a dispatch need not have a title.
            let title = dispatch.title.clone().unwrap_or_else(|| dispatch.id.clone());
            properties.add("name", [title.clone()]);
            properties.add("title", [title]);
            properties.add("sourceUrl", dispatch.url.clone());
            properties.add("publisher", dispatch.publisher.clone());
            properties.add("publishedAt", dispatch.published.clone().filter(|day| !day.contains('/')));
            self.write(&id, "Article", properties, out)?;
        }
        Ok(id)
    }

    fn write(&mut self, id: &str, schema: &str, properties: Properties, out: &mut impl Write) -> Result<(), Fault> {
        let entity = json!({"id": id, "schema": schema, "properties": properties.0});
        serde_json::to_writer(&mut *out, &entity).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        self.told.insert(id.to_owned());
        self.written += 1;
        Ok(())
    }

    /// A country's code as FollowTheMoney has it: alpha-2 in small letters, past states by codes of its own.
    fn country(&self, code: &str) -> Option<String> {
        let past = match code {
            "SUN" => "suhh",
            "YUG" => "yucs",
            "SCG" => "csxx",
            "CSK" => "cshh",
            "DDR" => "dd",
            _ => return self.countries.alpha2(code).map(str::to_owned),
        };
        Some(past.to_owned())
    }
}

/// What a happening is called: who does what to whom.
pub(super) fn title(happening: &HappeningDetail) -> String {
    let names = |side: &str| {
        let names = happening.parties.iter().filter(|party| party.side == side).map(|party| party.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let entry = &happening.entry;
    let mode = entry.mode.as_deref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let who = match (names("actor"), names("recipient")) {
        (actors, recipients) if actors.is_empty() && recipients.is_empty() => String::new(),
        (actors, recipients) if recipients.is_empty() => format!(": {actors}"),
        (actors, recipients) if actors.is_empty() => format!(": → {recipients}"),
        (actors, recipients) => format!(": {actors} → {recipients}"),
    };
    format!("{}{mode}{who}", entry.kind)
}

/// An identifier that FollowTheMoney takes, whatever characters the record's has.
fn id_of(kind: &str, id: &str) -> String {
    let hash = Sha256::digest(format!("{kind}:{id}"));
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("dpch-{hex}")
}
