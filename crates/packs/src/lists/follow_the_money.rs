//! Lists as FollowTheMoney writes them.
//!
//! In go entities as JSON, one a line: `Person`, `PublicBody`, `Organization`, `Company`, and `Position` and `Occupancy`, which give persons
//! their offices whatever the order of the lines; out come persons and bodies. Entities of other schemata are passed over, since an export
//! has many. Refused: a line that is no entity, and an occupancy of somebody or something that the list does not have.

use super::row::{Fields, OfficeFields, PERSON, Wrong};
use super::{Collector, ListedCodes};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

#[derive(Deserialize)]
struct Entity {
    #[serde(default)]
    id: String,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<String>>,
}

impl Entity {
    fn all<'entity>(&'entity self, property: &str) -> &'entity [String] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    /// The first value of the first property that has one.
    fn first(&self, properties: &[&str]) -> String {
        properties.iter().find_map(|property| self.all(property).first()).cloned().unwrap_or_default()
    }

    fn has_topic(&self, topic: &str) -> bool {
        self.all("topics").iter().any(|of| of == topic)
    }

    /// The kind of a body, by its schema and topics.
    fn body_kind(&self) -> &'static str {
        const BY_TOPIC: [(&str, &str); 6] = [
            ("crime.terror", "armed_group"),
            ("gov.igo", "igo"),
            ("pol.party", "party"),
            ("gov.judicial", "court"),
            ("mil", "state_body"),
            ("gov", "state_body"),
        ];
        let by_schema = match self.schema.as_str() {
            "PublicBody" => "state_body",
            "Company" => "company",
            _ => "ngo",
        };
        BY_TOPIC.iter().find(|(topic, _)| self.has_topic(topic)).map_or(by_schema, |(_, kind)| kind)
    }

    fn sector(&self) -> &'static str {
        const BY_TOPIC: [(&str, &str); 6] = [
            ("mil", "MIL"),
            ("gov.judicial", "JUD"),
            ("role.judge", "JUD"),
            ("role.journo", "MED"),
            ("role.pep", "GOV"),
            ("crime.terror", "REB"),
        ];
        BY_TOPIC.iter().find(|(topic, _)| self.has_topic(topic)).map_or("", |(_, sector)| sector)
    }
}

const COUNTRY: [&str; 5] = ["country", "nationality", "citizenship", "jurisdiction", "mainCountry"];

pub(super) fn read(bytes: &[u8], codes: &ListedCodes, found: &mut Collector<'_>) {
    let mut actors = Vec::new();
    let mut positions = HashMap::new();
    let mut occupancies = Vec::new();
    for (line, bytes) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice::<Entity>(bytes) {
            Ok(entity) => match entity.schema.as_str() {
                "Person" | "PublicBody" | "Organization" | "Company" => actors.push((line, entity)),
                "Position" => {
                    positions.insert(entity.id.clone(), entity);
                }
                "Occupancy" => occupancies.push((line, entity)),
                _ => {}
            },
            Err(error) => {
                // The line within the line is always the first.
                let error = error.to_string().replace("line 1 ", "");
                let message = format!("the line is no entity of FollowTheMoney: {error}");
                let cure = "write an entity on a line: {\"id\": …, \"schema\": \"Person\", \"properties\": {\"name\": […]}}";
                found.refuse(line, Wrong::new(message, cure));
            }
        }
    }
    let known: HashMap<String, usize> = (0..).zip(&actors).map(|(at, (_, actor))| (actor.id.clone(), at)).collect();
    let mut offices: HashMap<usize, Vec<OfficeFields>> = HashMap::new();
    for (line, occupancy) in &occupancies {
        let holder = known.get(&occupancy.first(&["holder"]));
        let post = positions.get(&occupancy.first(&["post"]));
        match (holder, post) {
            (Some(&holder), Some(post)) => offices.entry(holder).or_default().push(office(post, occupancy)),
            (None, _) => found.refuse(*line, stray("holder", &occupancy.first(&["holder"]))),
            (_, None) => found.refuse(*line, stray("post", &occupancy.first(&["post"]))),
        }
    }
    for (at, (line, actor)) in actors.iter().enumerate() {
        let mut held = offices.remove(&at).unwrap_or_default();
        held.extend(actor.all("position").iter().map(|position| OfficeFields { office: position.clone(), ..OfficeFields::default() }));
        let fields = Fields {
            names: actor.all("name").iter().chain(actor.all("alias")).cloned().collect(),
            kind: if actor.schema == "Person" { PERSON } else { actor.body_kind() }.to_owned(),
            country: actor.first(&COUNTRY),
            sector: actor.sector().to_owned(),
            wikidata: actor.first(&["wikidataId"]),
            offices: held,
        };
        found.take(*line, fields.read(codes));
    }
}

fn office(post: &Entity, occupancy: &Entity) -> OfficeFields {
    OfficeFields {
        office: post.first(&["name"]),
        country: post.first(&COUNTRY),
        body: post.first(&["organization"]),
        start: occupancy.first(&["startDate"]),
        end: occupancy.first(&["endDate"]),
    }
}

fn stray(property: &str, id: &str) -> Wrong {
    let message = format!("the occupancy's {property} `{id}` is not in the list");
    Wrong::new(message, "add the entity of that id, or leave the occupancy out")
}
