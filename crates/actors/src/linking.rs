//! Whether what two dispatches speak of is one actor.
//!
//! In go two [`Profile`]s, each what one or more coded dispatches say of an entity; out comes a [`Link`]: a score from 0 to 1, of which 0.5 is
//! the threshold, and the reasons it rests on. The name decides: nothing makes one person of two that are named differently, least of all a
//! common office. A bare surname stays inside its dispatch unless an office of that time supports it. Countries are told by their codes,
//! places by name and country, bodies by name, which means little where the country is not known.

use depeche_names::{Kind, Matcher, Name};
use depeche_record::{CodedDispatch, Days, EntityKind, MentionKind, Role};
use std::collections::BTreeSet;

/// What is known of an entity: of one dispatch, or of several that were found to speak of the same.
#[derive(Debug, Clone)]
pub struct Profile {
    /// What it is.
    pub kind: EntityKind,
    /// Its country, as the record writes it.
    pub country: Option<String>,
    /// Its Wikidata item.
    pub wikidata: Option<String>,
    /// Its names, the fullest first.
    names: Vec<Name>,
    /// Texts of the names, in the same order.
    texts: Vec<String>,
    /// The offices it is said to hold, and when.
    offices: Vec<(Role, Option<Days>)>,
    /// The persons and bodies that are named beside it, by their names in lower case.
    pub company: BTreeSet<String>,
}

/// What speaks for or against two being one.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence<'a> {
    /// They are of different kinds.
    Kinds,
    /// A Wikidata item of both: the same or not.
    Item(bool),
    /// The names that are most alike, and how much.
    Names(&'a str, &'a str, f64),
    /// One of them is only known by a surname, which no office supports.
    BareName(&'a str),
    /// Their countries, the same or not.
    Countries(&'a str, &'a str),
    /// An office that both are said to hold; whether at the same time.
    Office(&'a str, bool),
    /// Who is named beside both.
    Company(Vec<&'a str>),
}

/// A piece of evidence and its weight in log-odds; what decides alone is infinite.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason<'a> {
    /// What it is.
    pub evidence: Evidence<'a>,
    /// Above 0 for one actor, below for two.
    pub weight: f64,
}

/// The answer: how likely two profiles are one actor's, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Link<'a> {
    /// From 0 to 1; 0.5 is the threshold.
    pub score: f64,
    /// In the order in which they were looked at.
    pub reasons: Vec<Reason<'a>>,
}

/// Weights in log-odds. A name at its threshold says nothing by itself; one that is surely the same is worth four.
const SURE_NAME: f64 = 4.0;
const SAME_COUNTRY: f64 = 1.0;
const OTHER_COUNTRY: f64 = -5.0;
const SAME_OFFICE: f64 = 2.5;
const OFFICE_OF_OTHER_TIMES: f64 = 1.0;
const COMPANY: f64 = 0.4;
const MOST_COMPANY: f64 = 1.2;
/// What a bare surname with an office lacks of a full name.
const BARE_NAME: f64 = -2.0;
/// Bodies of a common name that no country tells apart.
const NO_COUNTRY: f64 = -1.0;

impl Profile {
    /// What a dispatch says of one of its entities, by id; none where it has no such entity.
    pub fn of(coded: &CodedDispatch, entity: &str, matcher: &Matcher) -> Option<Profile> {
        let own = coded.entities.iter().find(|known| known.id == entity)?;
        let names_it = |kind: MentionKind| !matches!(kind, MentionKind::Office | MentionKind::Pronoun | MentionKind::Norp);
        let mentions = coded.mentions.iter().filter(|mention| mention.entity.as_deref() == Some(entity) && names_it(mention.kind));
        let texts = std::iter::once(&own.name).chain(mentions.map(|mention| &mention.text));
        let others =
            coded.entities.iter().filter(|other| other.id != entity && matches!(other.kind, EntityKind::Person | EntityKind::Body));
        let mut profile = Profile {
            kind: own.kind,
            country: own.country.clone(),
            wikidata: own.wikidata.clone(),
            names: Vec::new(),
            texts: Vec::new(),
            offices: dated(coded.roles.iter().filter(|role| role.entity == entity).cloned()),
            company: others.map(|other| other.name.to_lowercase()).collect(),
        };
        for text in texts {
            profile.add_name(text, matcher);
        }
        Some(profile)
    }

    /// What is known of an actor by its names and offices, nobody being named beside it; each office's `entity` and place in a text do not matter.
    pub fn new(
        kind: EntityKind,
        country: Option<String>,
        wikidata: Option<String>,
        names: &[String],
        offices: Vec<Role>,
        matcher: &Matcher,
    ) -> Profile {
        let offices = dated(offices);
        let mut profile = Profile { kind, country, wikidata, names: Vec::new(), texts: Vec::new(), offices, company: BTreeSet::new() };
        for text in names {
            profile.add_name(text, matcher);
        }
        profile
    }

    /// Its names as they are written, the fullest first.
    pub fn names(&self) -> &[String] {
        &self.texts
    }

    /// The offices it is said to hold.
    pub fn offices(&self) -> impl Iterator<Item = &Role> {
        self.offices.iter().map(|(role, _)| role)
    }

    /// Adds what another profile of the same actor tells.
    pub fn join(&mut self, other: &Profile, matcher: &Matcher) {
        self.country = self.country.take().or_else(|| other.country.clone());
        self.wikidata = self.wikidata.take().or_else(|| other.wikidata.clone());
        for text in &other.texts {
            self.add_name(text, matcher);
        }
        self.offices.extend(other.offices.iter().cloned());
        self.company.extend(other.company.iter().cloned());
    }

    fn text(&self, place: usize) -> &str {
        self.texts.get(place).map_or("", String::as_str)
    }

    /// Whether it is a person known by one word only, who is nobody without an office.
    pub fn is_bare(&self) -> bool {
        self.kind == EntityKind::Person && self.names.first().is_none_or(|name| name.tokens().len() < 2)
    }

    fn add_name(&mut self, text: &str, matcher: &Matcher) {
        if self.texts.iter().any(|known| known == text) {
            return;
        }
        let kind = match self.kind {
            EntityKind::Person => Kind::Person,
            _ => Kind::Organisation,
        };
        let name = matcher.name(text, Some(kind));
        let at = self.names.iter().position(|known| known.tokens().len() < name.tokens().len()).unwrap_or(self.names.len());
        self.names.insert(at, name);
        self.texts.insert(at, text.to_owned());
    }

    /// The country of a state or territory; bodies of no country tell nothing.
    fn state(&self) -> Option<&str> {
        self.country.as_deref().filter(|country| !matches!(*country, "IGO" | "NGO"))
    }
}

/// Offices with the days of the time for which they are told.
fn dated(offices: impl IntoIterator<Item = Role>) -> Vec<(Role, Option<Days>)> {
    let with_days = |role: Role| {
        let days = role.as_of.as_deref().and_then(Days::of);
        (role, days)
    };
    offices.into_iter().map(with_days).collect()
}

impl<'a> Link<'a> {
    /// Whether the two are one.
    pub fn is_one(&self) -> bool {
        self.score >= 0.5
    }

    fn decided(score: f64, evidence: Evidence<'a>) -> Self {
        Link { score, reasons: vec![Reason { evidence, weight: if score > 0.5 { f64::INFINITY } else { f64::NEG_INFINITY } }] }
    }

    fn weighed(reasons: Vec<Reason<'a>>) -> Self {
        let sum: f64 = reasons.iter().map(|reason| reason.weight).sum();
        Link { score: 1.0 / (1.0 + (-sum).exp()), reasons }
    }
}

/// How likely two profiles are one actor's. The order of the two does not matter.
pub fn link<'a>(one: &'a Profile, other: &'a Profile, matcher: &Matcher) -> Link<'a> {
    judged(one, other, true, || best_names(one, other, matcher))
}

/// The score of [`link`], with offices or without, given how much the names are alike ([`names_alike`]), which is asked for where it matters: for whoever holds many of the same names against one another.
pub fn score(one: &Profile, other: &Profile, offices: bool, alike: impl FnOnce() -> f64) -> f64 {
    judged(one, other, offices, || {
        let alike = alike();
        (alike, Evidence::Names(one.text(0), other.text(0), alike))
    })
    .score
}

/// How much the names of two profiles of one kind are alike, from 0 to 1: a matter of their names and kind alone.
pub fn names_alike(one: &Profile, other: &Profile, matcher: &Matcher) -> f64 {
    best_names(one, other, matcher).0
}

fn judged<'a>(one: &'a Profile, other: &'a Profile, offices: bool, names: impl FnOnce() -> (f64, Evidence<'a>)) -> Link<'a> {
    if one.kind != other.kind {
        return Link::decided(0.0, Evidence::Kinds);
    }
    if let (Some(item), Some(of_other)) = (&one.wikidata, &other.wikidata) {
        return Link::decided(if item == of_other { 1.0 } else { 0.0 }, Evidence::Item(item == of_other));
    }
    if matches!(one.kind, EntityKind::Country | EntityKind::People)
        && let (Some(country), Some(of_other)) = (&one.country, &other.country)
    {
        let same = country == of_other;
        return Link::decided(if same { 1.0 } else { 0.0 }, Evidence::Countries(country, of_other));
    }
    let (alike, names) = names();
    if alike < 0.5 {
        return Link { score: alike.min(0.49), reasons: vec![Reason { evidence: names, weight: f64::NEG_INFINITY }] };
    }
    let mut reasons = vec![Reason { evidence: names, weight: 2.0 * (alike - 0.5) * SURE_NAME }];
    reasons.extend(countries(one, other));
    let office = if offices { office(one, other) } else { None };
    let supported = office.as_ref().is_some_and(|office| matches!(office.evidence, Evidence::Office(_, true)));
    reasons.extend(office);
    if let Some(bare) = [one, other].into_iter().find(|profile| profile.is_bare()) {
        let text = bare.text(0);
        if !supported {
            reasons.push(Reason { evidence: Evidence::BareName(text), weight: f64::NEG_INFINITY });
            return Link { score: 0.0, reasons };
        }
        reasons.push(Reason { evidence: Evidence::BareName(text), weight: BARE_NAME });
    }
    reasons.extend(company(one, other));
    Link::weighed(reasons)
}

/// The pair of names that are most alike; full names before bare ones, which agree with too many.
fn best_names<'a>(one: &'a Profile, other: &'a Profile, matcher: &Matcher) -> (f64, Evidence<'a>) {
    let full = |profile: &Profile| if profile.is_bare() { 1 } else { profile.names.iter().filter(|name| name.tokens().len() > 1).count() };
    let names = |profile: &Profile| if profile.kind == EntityKind::Person { full(profile) } else { profile.names.len() };
    let mut best = (0.0, Evidence::Names("", "", 0.0));
    for (name, text) in one.names.iter().zip(&one.texts).take(names(one)) {
        for (of_other, other_text) in other.names.iter().zip(&other.texts).take(names(other)) {
            let alike = matcher.score(name, of_other);
            if alike > best.0 {
                best = (alike, Evidence::Names(text, other_text, alike));
            }
        }
    }
    best
}

fn countries<'a>(one: &'a Profile, other: &'a Profile) -> Option<Reason<'a>> {
    let told = matches!(one.kind, EntityKind::Body | EntityKind::Format);
    match (one.state(), other.state()) {
        (Some(country), Some(of_other)) => {
            let weight = if country == of_other { SAME_COUNTRY } else { OTHER_COUNTRY };
            Some(Reason { evidence: Evidence::Countries(country, of_other), weight })
        }
        // Both of no country: organisations of states go by their names.
        (None, None) => None,
        _ if told => {
            let written = |profile: &'a Profile| profile.country.as_deref().unwrap_or_default();
            Some(Reason { evidence: Evidence::Countries(written(one), written(other)), weight: NO_COUNTRY })
        }
        _ => None,
    }
}

/// The office that both hold; at the same time before at other times.
fn office<'a>(one: &'a Profile, other: &'a Profile) -> Option<Reason<'a>> {
    let mut shared: Option<(&str, bool)> = None;
    for (role, days) in &one.offices {
        let same = |(of_other, _): &&(Role, Option<Days>)| of_other.office == role.office && of_other.country == role.country;
        for (_, of_other) in other.offices.iter().filter(same) {
            let together = days.zip(*of_other).is_some_and(|(one, other)| near(one, other));
            if together || shared.is_none() {
                shared = Some((&role.office, together));
            }
            if together {
                break;
            }
        }
    }
    let (office, together) = shared?;
    let weight = if together { SAME_OFFICE } else { OFFICE_OF_OTHER_TIMES };
    Some(Reason { evidence: Evidence::Office(office, together), weight })
}

/// Whether two times of an office are the same or less than a year apart.
fn near(one: Days, other: Days) -> bool {
    let apart = |last: Option<depeche_record::Date>, first: Option<depeche_record::Date>| {
        last.zip(first).is_some_and(|(last, first)| (first - last).get_days() > 365)
    };
    !apart(one.last, other.first) && !apart(other.last, one.first)
}

fn company<'a>(one: &'a Profile, other: &'a Profile) -> Option<Reason<'a>> {
    let shared: Vec<&str> = one.company.intersection(&other.company).map(String::as_str).collect();
    let weight = (shared.len() as f64 * COMPANY).min(MOST_COMPANY);
    (!shared.is_empty()).then_some(Reason { evidence: Evidence::Company(shared), weight })
}
