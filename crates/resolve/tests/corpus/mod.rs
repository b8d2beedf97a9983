//! The corpus of `eval/happenings` as coded dispatches: what a coder without fault would hand on.
//!
//! In goes a line of `events.jsonl`; out comes a `CodedDispatch` with gold's events and statements. Names that the tables of the packs have are countries, places and bodies as there;
//! of others a name of several capitals is a person. Nothing is parsed, so that no model is wanted.

use depeche_packs::{Gazetteer, NameRole, NameTarget, PackFiles};
use depeche_record::{CodedDispatch, Days};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A dispatch with gold's events.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct GoldLine {
    pub(crate) id: String,
    pub(crate) language: String,
    pub(crate) published: String,
    pub(crate) publisher: String,
    pub(crate) text: String,
    pub(crate) events: Vec<Value>,
}

/// What gold says of a dispatch as a whole.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) story: String,
    pub(crate) half: String,
    #[serde(default)]
    pub(crate) copy_of: Option<String>,
    #[serde(default)]
    pub(crate) copy_kind: Option<String>,
}

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../eval/happenings")
}

pub(crate) fn lines<T: for<'de> Deserialize<'de>>(name: &str) -> Vec<T> {
    let path = folder().join(name);
    let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    depeche_eval::read_lines(std::io::BufReader::new(file)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of both languages.
pub(crate) struct Tables(BTreeMap<String, Gazetteer>, depeche_names::Matcher);

impl Tables {
    pub(crate) fn load() -> Tables {
        let files = PackFiles::built_in();
        let load = |language: &str| (language.to_owned(), Gazetteer::load(&files, language).unwrap_or_else(|error| panic!("{error}")));
        let words = depeche_packs::NameWords::load(&files).unwrap_or_else(|error| panic!("{error}"));
        Tables(["fr", "en"].into_iter().map(load).collect(), depeche_names::Matcher::new(&words))
    }

    /// A surname as the text has it behind a given name; none of what the tables know.
    fn in_full(&self, line: &GoldLine, name: &str) -> Option<String> {
        let names = self.0.get(&line.language)?;
        let is_name = |word: &str| {
            word.chars().next().is_some_and(char::is_uppercase) && word.chars().nth(2).is_some() && names.lookup(word).is_empty()
        };
        if !is_name(name) || name.contains(' ') {
            return None;
        }
        let words: Vec<&str> = line.text.split(|letter: char| !letter.is_alphanumeric() && letter != '-').collect();
        let pair = words.windows(2).find(|pair| pair[1] == name && is_name(pair[0]))?;
        Some(pair.join(" "))
    }

    /// The kind, usual name, and coordinates of a name.
    fn of(&self, language: &str, name: &str) -> (&'static str, String, Option<(f64, f64)>, Option<String>) {
        let found = self.0.get(language).and_then(|names| {
            let entry = names.lookup(name).iter().find(|entry| entry.role != NameRole::Prefix)?;
            let country = names.country_of(entry.target).map(|code| code.as_str().to_owned());
            let kind = match (entry.target, entry.role) {
                (NameTarget::Country(_), NameRole::Adjective) => "people",
                (NameTarget::Country(_), _) => "country",
                (NameTarget::Place(_), _) => "place",
                _ => "body",
            };
            let spot = match entry.target {
                NameTarget::Country(code) => names.countries.get(code).and_then(|country| country.capital_at),
                target => names.place(target).map(|place| place.at),
            };
            Some((kind, name.to_owned(), spot.map(|spot| (spot.latitude, spot.longitude)), country))
        });
        let matcher = &self.1;
        let capital = |word: Option<&str>| word.and_then(|word| word.rsplit('-').next()?.chars().next()).is_some_and(char::is_uppercase);
        found.unwrap_or_else(|| {
            let named = capital(name.split_whitespace().next()) && capital(name.split_whitespace().last());
            let person = named && !name.chars().all(char::is_uppercase) && matcher.name(name, None).kind() == depeche_names::Kind::Person;
            (if person { "person" } else { "body" }, name.to_owned(), None, None)
        })
    }
}

/// Every line of the corpus as a coded dispatch.
pub(crate) fn coded(tables: &Tables) -> Vec<CodedDispatch> {
    lines::<GoldLine>("events.jsonl").iter().map(|line| coded_line(line, tables)).collect()
}

fn coded_line(line: &GoldLine, tables: &Tables) -> CodedDispatch {
    let mut entities: Vec<Value> = Vec::new();
    let mut mentions: Vec<Value> = Vec::new();
    let length = line.text.chars().count();
    let title = line.text.split("\n\n").next().map_or(0, |title| title.chars().count());
    let sentences = sentences(&line.text);
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let surfaces = |event: &Value| -> Vec<String> {
        let all = ["actors", "recipients"].into_iter().filter_map(|side| event[side].as_array());
        all.flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let all: Vec<String> = line.events.iter().flat_map(surfaces).collect();
    let mut entity = |name: &str, country: Option<&str>| -> String {
        // A surname alone is whoever the dispatch names in full.
        let full = all
            .iter()
            .find(|full| !name.contains(' ') && full.split(' ').count() < 4 && full.rsplit_once(' ').is_some_and(|(_, last)| last == name));
        let in_text = full.is_none().then(|| tables.in_full(line, name)).flatten();
        let (kind, name, ..) = tables.of(&line.language, in_text.as_deref().unwrap_or(full.map_or(name, String::as_str)));
        let known = entities.iter().find(|entity| entity["name"] == json!(name) && entity["country"] == json!(country));
        if let Some(id) = known.and_then(|entity| text(entity, "id")) {
            return id;
        }
        let id = format!("e{}", entities.len() + 1);
        for (at, _) in line.text.match_indices(&name) {
            let start = line.text.get(..at).map_or(0, |before| before.chars().count());
            let mention_kind = match kind {
                "person" => "PER",
                "body" => "ORG",
                _ => "GPE",
            };
            mentions.push(json!({"id": format!("m{}", mentions.len() + 1), "start": start, "end": start + name.chars().count(), "text": name, "kind": mention_kind, "entity": id}));
        }
        entities.push(json!({"id": id, "kind": kind, "name": name, "country": country, "wikidata": null}));
        id
    };
    let mut events = Vec::new();
    for event in &line.events {
        let mut parties = |names: &str, countries: &str| -> Vec<Value> {
            let codes: Vec<&str> = event[countries].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let surfaces: Vec<&str> = event[names].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let party = |(at, name): (usize, &&str)| {
                let country = codes.get(at).or(codes.last().filter(|_| codes.len() == 1)).copied();
                json!({"entity": entity(name, country), "mention": null, "text": name, "start": 0, "end": 0, "country": country, "sector": null})
            };
            surfaces.iter().enumerate().map(party).collect()
        };
        let (actors, recipients) = (parties("actors", "actor_countries"), parties("recipients", "recipient_countries"));
        let place = text(event, "place").map(|place| {
            let (_, name, spot, country) = tables.of(&line.language, &place);
            json!({"text": place, "start": 0, "end": 0, "name": name, "country": country, "lat": spot.map(|spot| spot.0), "lon": spot.map(|spot| spot.1)})
        });
        let when = text(event, "date").map(|value| {
            let days = Days::of(&value);
            json!({"value": value, "earliest": days.and_then(|days| days.first), "latest": days.and_then(|days| days.last), "timex": null})
        });
        let span = |at: usize| event["trigger_span"].get(at).and_then(Value::as_u64).unwrap_or_default() as usize;
        let sentence = sentences.iter().position(|&(start, end)| start <= span(0) && span(0) < end).unwrap_or_default();
        events.push(json!({
            "id": event["id"], "type": event["type"], "mode": event["mode"], "contexts": [], "cameo": "", "goldstein": 0.0, "quad": "verbal cooperation", "status": event["status"],
            "actors": actors, "recipients": recipients, "place": place, "when": when, "count": null, "topics": [],
            "trigger": {"text": event["trigger"], "start": span(0), "end": span(1)}, "sentence": sentence, "also": [], "attribution": [], "confidence": 1.0,
        }));
    }
    let published = json!({"value": line.published, "earliest": line.published, "latest": line.published, "method": "stated", "confidence": 1.0, "evidence": []});
    let coded = json!({
        "id": line.id, "source_sha256": "",
        "dispatch": {
            "url": null, "publisher": {"name": line.publisher, "id": line.publisher.to_lowercase(), "start": 0, "end": 0}, "language": line.language, "title": null, "byline": null,
            "published": published, "text": line.text,
            "blocks": [{"kind": "title", "start": 0, "end": title}, {"kind": "body", "start": title, "end": length}],
        },
        "sentences": sentences.iter().map(|(start, end)| json!({"start": start, "end": end})).collect::<Vec<_>>(),
        "mentions": mentions, "entities": entities, "roles": [], "timexes": [], "events": events, "statements": [], "warnings": [],
    });
    serde_json::from_value(coded).unwrap_or_else(|error| panic!("{}: {error}", line.id))
}

/// Sentences as far as full stops tell them.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..letters.len() {
        let ends = letters[at] == '\n'
            || (matches!(letters[at], '.' | '!' | '?')
                && letters.get(at + 1).is_none_or(|next| next.is_whitespace() || *next == '"')
                && at > start + 20);
        if ends {
            found.push((start, at + 1));
            start = at + 1;
        }
    }
    found.push((start, letters.len()));
    found
}
