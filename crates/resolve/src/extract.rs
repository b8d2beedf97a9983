//! Coded dispatches to dossiers.
//!
//! In goes a `CodedDispatch`; out comes its [`Dossier`]. Words come from the parts that are the article's own, numbers and names of an event from its sentence.

use crate::keys::shifted;
use crate::resolver::Resolver;
use crate::words::{folded, numbers, spaced, words};
use crate::{Dossier, EventKey, Form, Party, Pledge};
use depeche_intake::Fingerprint;
use depeche_names::{Kind, Name};
use depeche_record::{
    BlockKind, CharIndex, CharSpan, CodedDispatch, DatingMethod, Entity, EntityKind, Event, Mention, MentionKind, Participant, Statement,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Words among so many commonest ones are no terms.
const FUNCTION_WORDS: u32 = 64;
/// How many characters in front of a trigger and behind it tell what its event is about.
const BEFORE: usize = 60;
const BEHIND: usize = 120;
/// By so many days the day that a text only makes likely may be wrong.
const LIKELY_DAYS: i32 = 90;
/// How many offices of an actor make its form.
const OFFICES: usize = 4;

/// What is asked again and again while a dossier is made.
struct Source<'a> {
    resolver: &'a Resolver,
    coded: &'a CodedDispatch,
    index: CharIndex,
    entities: BTreeMap<&'a str, &'a Entity>,
    language: &'a str,
    /// What each mention says that every language tells alike.
    told: Vec<(CharSpan, Vec<String>)>,
}

pub(crate) fn dossier(resolver: &Resolver, coded: &CodedDispatch) -> Dossier {
    let mut source = Source {
        resolver,
        coded,
        index: CharIndex::new(&coded.dispatch.text),
        entities: coded.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect(),
        language: coded.dispatch.language.as_deref().unwrap_or_default(),
        told: Vec::new(),
    };
    source.told = coded.mentions.iter().map(|mention| (mention.span, source.told(mention))).collect();
    let dispatch = &coded.dispatch;
    let publisher = dispatch.publisher.as_ref();
    let known = publisher.and_then(|publisher| resolver.publishers.named(&publisher.name));
    let (forms, entities) = source.forms();
    // What the dates within a text make likely is too little to part two reports of one day by, though not of one year.
    let wide = if dispatch.published.method == DatingMethod::Text { LIKELY_DAYS } else { 0 };
    Dossier {
        id: coded.id.clone(),
        language: dispatch.language.clone(),
        publisher: known.map(|(id, _)| id.to_owned()).or_else(|| publisher.map(|publisher| publisher.id.clone())),
        first: dispatch.published.earliest.map(|day| shifted(day, -wide)),
        last: dispatch.published.latest.map(|day| shifted(day, wide)),
        fingerprint: Fingerprint::of(dispatch),
        agency: source.agency(),
        terms: source.terms(),
        facts: source.facts(None),
        events: coded.events.iter().map(|event| source.event(event)).collect(),
        pledges: coded.statements.iter().filter_map(|statement| source.pledge(statement)).collect(),
        forms,
        entities,
    }
}

impl Source<'_> {
    fn slice(&self, span: CharSpan) -> &str {
        self.index.slice(&self.coded.dispatch.text, span)
    }

    /// The agency that a dateline, source line or the end of a first sentence names.
    fn agency(&self) -> Option<String> {
        let named = |kind: BlockKind| matches!(kind, BlockKind::Dateline | BlockKind::Source | BlockKind::Byline);
        let lines = self.coded.dispatch.blocks.iter().filter(|block| named(block.kind)).map(|block| self.slice(block.span));
        let mut parts =
            lines.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, ' ' | '-' | '\'' | '’')));
        parts.find_map(|part| {
            let (id, facts) = self.resolver.publishers.named(part.trim().trim_matches('-').trim())?;
            facts.agency.then(|| id.to_owned())
        })
    }

    fn is_term(&self, word: &str) -> bool {
        word.chars().nth(1).is_some() && self.resolver.within(self.language, word) > FUNCTION_WORDS
    }

    fn terms(&self) -> BTreeMap<String, u32> {
        let dispatch = &self.coded.dispatch;
        let own: Vec<CharSpan> = dispatch.blocks.iter().filter(|block| block.kind.is_content()).map(|block| block.span).collect();
        let held: usize = own.iter().map(|span| span.end.saturating_sub(span.start)).sum();
        let mut terms = BTreeMap::new();
        let mut count = |text: &str| {
            for word in words(&folded(text)).filter(|word| self.is_term(word)) {
                *terms.entry(word.to_owned()).or_default() += 1;
            }
        };
        // A text of which next to nothing was taken for an article is compared as a whole.
        if held * 3 < dispatch.text.chars().count() {
            count(&dispatch.text);
        } else {
            own.into_iter().for_each(|span| count(self.slice(span)));
        }
        terms
    }

    /// What a mention says that every language tells alike: its country, or the sound of its words.
    fn told(&self, mention: &Mention) -> Vec<String> {
        let Some(entity) = mention.entity.as_deref().and_then(|id| self.entities.get(id)) else { return Vec::new() };
        let named = !matches!(mention.kind, MentionKind::Office | MentionKind::Pronoun);
        match (&entity.country, entity.kind) {
            (Some(country), EntityKind::Country | EntityKind::People) => vec![format!("c:{country}")],
            (_, EntityKind::Person | EntityKind::Body | EntityKind::Place | EntityKind::Format) if named => {
                let keys = self.resolver.name_keys(&mention.text, entity.kind);
                keys.into_iter().map(|key| format!("n:{key:08x}")).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is told alike in every language, within a sentence or in all.
    fn facts(&self, within: Option<CharSpan>) -> BTreeMap<String, u32> {
        let inside = |span: CharSpan| within.is_none_or(|bounds| bounds.start <= span.start && span.end <= bounds.end);
        let mut facts = BTreeMap::new();
        for (_, told) in self.told.iter().filter(|(span, _)| inside(*span)) {
            told.iter().for_each(|fact| *facts.entry(fact.clone()).or_default() += 1);
        }
        let text = within.map_or(self.coded.dispatch.text.as_str(), |bounds| self.slice(bounds));
        for (number, _) in numbers(&folded(text)).into_iter().filter(|(number, _)| number.len() > 1) {
            *facts.entry(format!("#{number}")).or_default() += 1;
        }
        facts
    }

    fn event(&self, event: &Event) -> EventKey {
        let sentence = self.coded.sentences.get(event.sentence).copied().unwrap_or(event.trigger.span);
        let text = folded(self.slice(sentence));
        let trigger = event.trigger.span;
        let around = CharSpan::new(
            trigger.start.saturating_sub(BEFORE).max(sentence.start).min(trigger.start),
            trigger.end.saturating_add(BEHIND).min(sentence.end).max(trigger.end),
        );
        let near = folded(self.slice(around));
        let place = event.place.as_ref();
        let degrees = |angle: f64| (angle * 100.0).round() as i32;
        EventKey {
            id: event.id.clone(),
            kind: event.kind,
            mode: event.mode,
            status: event.status,
            actors: event.actors.iter().map(|party| self.party(party)).collect(),
            recipients: event.recipients.iter().map(|party| self.party(party)).collect(),
            place: place.map(|place| place.name.clone().unwrap_or_else(|| place.text.clone())),
            place_country: place.and_then(|place| place.country.clone()),
            spot: place.and_then(|place| Some((degrees(place.lat?), degrees(place.lon?)))),
            when: event.when.as_ref().map(|when| when.value.clone()),
            first: event.when.as_ref().and_then(|when| when.earliest),
            // What has gone on since a day is told up to that of publication.
            last: event.when.as_ref().and_then(|when| when.latest.or_else(|| when.earliest.and(self.coded.dispatch.published.latest))),
            numbers: numbers(&text),
            terms: words(&near).filter(|word| self.is_term(word)).map(str::to_owned).collect(),
            matters: self.resolver.concepts(self.language).matters(&spaced(&near)),
            facts: self.facts(Some(sentence)).into_keys().collect(),
            confidence: event.confidence,
        }
    }

    fn party(&self, party: &Participant) -> Party {
        let entity = party.entity.as_deref().and_then(|id| self.entities.get(id));
        Party {
            kind: entity.map(|entity| entity.kind),
            name: entity.map_or_else(|| party.text.clone(), |entity| entity.name.clone()),
            country: party.country.clone().or_else(|| entity.and_then(|entity| entity.country.clone())),
        }
    }

    fn pledge(&self, statement: &Statement) -> Option<Pledge> {
        let commitment = statement.commitment.as_ref()?;
        let content = if statement.content.text.is_empty() { &commitment.object } else { &statement.content };
        let text = spaced(&folded(&content.text));
        let concepts = self.resolver.concepts(self.language);
        let (said, left_out) = concepts.split_at_exception(&text);
        let inside = |span: CharSpan| content.span.start <= span.start && span.end <= content.span.end;
        let named = self.coded.mentions.iter().filter(|mention| inside(mention.span)).filter_map(|mention| mention.entity.as_deref());
        let named = named.filter_map(|id| self.entities.get(id)?.country.clone());
        let promisor = commitment.promisor.clone();
        Some(Pledge {
            id: statement.id.clone(),
            speaker: statement.speaker.as_ref().map(|speaker| {
                let entity = speaker.entity.as_deref().and_then(|id| self.entities.get(id));
                entity.map_or_else(|| speaker.text.clone(), |entity| entity.name.clone())
            }),
            beneficiary: commitment.beneficiary.clone(),
            polarity: commitment.polarity,
            turned: concepts.is_turned(said),
            matters: concepts.matters(said),
            without: left_out.map(|text| concepts.matters(text)).unwrap_or_default(),
            excepts: left_out.is_some(),
            countries: named.filter(|country| promisor.as_ref() != Some(country)).collect(),
            promisor,
        })
    }

    /// The persons and bodies, and which entity is which.
    fn forms(&self) -> (Vec<Form>, BTreeMap<String, String>) {
        let mut forms: BTreeMap<String, Form> = BTreeMap::new();
        let mut of_entities = BTreeMap::new();
        for entity in &self.coded.entities {
            if let Some(form) = self.form(entity) {
                of_entities.insert(entity.id.clone(), form.id.clone());
                forms.insert(form.id.clone(), form);
            }
        }
        (forms.into_values().collect(), of_entities)
    }

    fn form(&self, entity: &Entity) -> Option<Form> {
        let own = matches!(entity.kind, EntityKind::Person | EntityKind::Body | EntityKind::Format);
        // Who is only known by what he does, « un responsable russe », is nobody that another dispatch could name.
        let names_it = |kind: MentionKind| matches!(kind, MentionKind::Per | MentionKind::Org | MentionKind::Format);
        let mentions = self.coded.mentions.iter().filter(|mention| mention.entity.as_deref() == Some(&entity.id) && names_it(mention.kind));
        let mut names: BTreeSet<&str> = mentions.map(|mention| mention.text.as_str()).collect();
        if !own || names.is_empty() {
            return None;
        }
        names.insert(&entity.name);
        let is_noun = |name: &&str| name.chars().any(char::is_lowercase) && !name.chars().any(char::is_uppercase);
        if names.iter().all(is_noun) && (entity.kind == EntityKind::Person || entity.country.is_none()) {
            return None;
        }
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort_by(|one, other| other.split_whitespace().count().cmp(&one.split_whitespace().count()).then(one.cmp(other)));
        names.dedup_by_key(|name| folded(name));
        let roles = self.coded.roles.iter().filter(|role| role.entity == entity.id);
        let year = |as_of: &String| as_of.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned);
        let offices: BTreeSet<_> =
            roles.map(|role| (role.office.clone(), role.country.clone(), role.as_of.as_ref().and_then(year))).collect();
        let mut form = Form {
            id: String::new(),
            kind: entity.kind,
            names,
            country: entity.country.clone(),
            wikidata: entity.wikidata.clone(),
            offices: offices.into_iter().take(OFFICES).collect(),
        };
        form.id = form_id(&form);
        Some(form)
    }
}

/// A hash of all that a form tells, in hexadecimal.
pub(crate) fn form_id(form: &Form) -> String {
    let mut text = format!("{:?}|{:?}|{:?}", form.kind, form.country, form.wikidata);
    for name in &form.names {
        let _ = write!(text, "|{}", folded(name));
    }
    for office in &form.offices {
        let _ = write!(text, "|{office:?}");
    }
    format!("{:016x}", crate::keys::hash(&text))
}

impl Resolver {
    /// Hashes of the words of a name by their sound.
    pub(crate) fn name_keys(&self, name: &str, kind: EntityKind) -> Vec<u32> {
        self.name(name, kind).keys()
    }

    /// A name taken apart.
    pub(crate) fn name(&self, name: &str, kind: EntityKind) -> Name {
        self.matcher.name(name, Some(if kind == EntityKind::Person { Kind::Person } else { Kind::Organisation }))
    }
}
