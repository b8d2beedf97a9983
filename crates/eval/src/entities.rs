//! Coded entities against gold, one to one within a dispatch.
//!
//! What is counted is a **name**: all the forms of an entity's name in a dispatch of which the shorter ones begin or end a longer one (« Anna Lindqvist »,
//! « Lindqvist »). Gold lists surfaces; those of one kind and one canonical name are gathered into names so. The surfaces of a coded entity's mentions are
//! gathered the same way, so an entity that is called by two names (a country, its capital) is two names, as it is in gold.
//!
//! - A gold name is found when a coded name has a mention of the same kind with the same words, and that name is not taken by another gold name. A person is
//!   also found by a form that ends in the same words, so that a title before the name does no harm.
//! - Putting two names of one thing together costs nothing, putting the forms of one name asunder does: the second part is spurious.
//! - Putting two things together costs: of the gold names that a coded entity has, those of the thing that has most of them are found, the others are not
//!   (verdict `merged`). Places of one country are one thing for this, since gold writes a capital that stands for its government as the country.
//! - Precision counts coded entities that have nothing found once, and of the others the names that are found or merged: a further name of an entity that
//!   is right, which gold does not list, is neither right nor wrong.
//! - `country`: of the found names, the share whose country is gold's; none is right where gold has none.
//!
//! Mentions by office, pronoun or nationality name nobody here; a format of talks is an organisation.

mod names;
mod report;

pub use report::Report;

use crate::coded::{Coded, beside, or_default};
use crate::mistake::{Mistake, around};
use crate::pairing::{Pair, largest};
use depeche_record::{CharIndex, CharSpan};
use names::{Words, forms, words};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A dispatch whose entities a careful reader has listed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldDispatch {
    /// The same as the coded dispatch's.
    pub id: String,
    /// The whole text, from which mistakes show their sentences.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
    /// Its entities, a line for each surface.
    #[serde(default, deserialize_with = "or_default")]
    pub entities: Vec<GoldEntity>,
}

/// A surface of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldEntity {
    /// As the text has it.
    pub surface: String,
    /// What it names.
    pub kind: Kind,
    /// The thing's own name: the same for all surfaces of one thing.
    #[serde(default, deserialize_with = "or_default")]
    pub canonical: String,
    /// Its country; none where it has none.
    #[serde(default)]
    pub country: Option<String>,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Kind {
    /// A person.
    Per,
    /// An organisation, body or format of talks.
    Org,
    /// A country or city, or its government.
    Gpe,
    /// A place that governs nobody.
    Loc,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Kind; 4] = [Kind::Per, Kind::Org, Kind::Gpe, Kind::Loc];

    /// As gold and the record write it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Per => "PER",
            Kind::Org => "ORG",
            Kind::Gpe => "GPE",
            Kind::Loc => "LOC",
        }
    }

    /// The kind of a mention; none for one that is no name.
    fn of_mention(kind: &str) -> Option<Kind> {
        if kind == "FORMAT" { Some(Kind::Org) } else { Kind::ALL.into_iter().find(|known| known.name() == kind) }
    }
}

/// A name with its forms, the fullest first.
struct Name {
    forms: Vec<Form>,
    /// Index of the thing or entity that it belongs to.
    owner: usize,
}

/// A form of a name.
struct Form {
    surface: String,
    words: Words,
    kinds: BTreeSet<Kind>,
}

impl Name {
    fn surface(&self) -> &str {
        self.forms.first().map_or("", |form| &form.surface)
    }

    fn kind(&self) -> Kind {
        self.forms.first().and_then(|form| form.kinds.first().copied()).unwrap_or(Kind::Org)
    }
}

/// Scores coded dispatches against gold ones of the same ids. A gold dispatch that was not coded counts as coded without entities; a coded one without gold
/// counts for nothing.
pub fn score(gold: &[GoldDispatch], coded: &[Coded]) -> Report {
    let mut report = Report::default();
    for (dispatch, coded) in beside(gold, coded, |gold| &gold.id) {
        let before = report.counts();
        score_dispatch(dispatch, coded, &mut report);
        report.add_dispatch(&before);
    }
    report
}

fn score_dispatch(gold: &GoldDispatch, coded: &Coded, report: &mut Report) {
    let (wanted, found) = (gold_names(&gold.entities), coded_names(coded));
    let pairs = (0..wanted.len()).flat_map(|at| (0..found.len()).map(move |other| (at, other))).filter_map(|(at, other)| {
        let (one, other_name) = (&wanted[at], &found[other]);
        // Of two things of one name the one of the right country is meant.
        let country =
            gold.entities[one.owner].country.as_deref().unwrap_or("") == coded.entities[other_name.owner].country.as_deref().unwrap_or("");
        let weight = likeness(one, other_name)? + if country { 0.5 } else { 0.0 };
        Some(Pair { gold: at, coded: other, weight })
    });
    let matched = largest(pairs.collect(), wanted.len(), found.len(), |_| false);
    let kept = without_merged(&matched, &wanted, &found, &gold.entities);
    let mut told = Told { gold, sentences: &coded.sentences, index: CharIndex::new(&gold.text), report };

    for (at, name) in wanted.iter().enumerate() {
        told.report.of(name.kind()).gold += 1;
        let thing = &gold.entities[name.owner];
        let other = matched.iter().find(|&&(gold, _)| gold == at).map(|&(_, coded)| &found[coded]);
        match other {
            Some(other) if kept.contains(&at) => {
                told.report.of(name.kind()).right += 1;
                let country = coded.entities.get(other.owner).and_then(|entity| entity.country.as_deref()).unwrap_or("");
                let right = country == thing.country.as_deref().unwrap_or("");
                told.report.country(name.kind()).judge(right);
                if !right {
                    let shown = |country: &str| if country.is_empty() { "none".to_owned() } else { country.to_owned() };
                    told.mistake("country", name, &shown(thing.country.as_deref().unwrap_or("")), &shown(country), name.surface());
                }
            }
            Some(other) => {
                let entity = coded.entities.get(other.owner).map_or("", |entity| entity.name.as_str());
                told.mistake("merged", name, &format!("{} ({})", name.surface(), thing.canonical), entity, name.surface());
            }
            None => {
                let otherwise = found.iter().find(|other| share_words(name, other));
                let coded = otherwise.map_or_else(String::new, |other| format!("{} {}", other.kind().name(), other.surface()));
                told.mistake(if otherwise.is_some() { "kind" } else { "missed" }, name, name.surface(), &coded, name.surface());
            }
        }
    }

    let mut right_owners: BTreeSet<usize> = BTreeSet::new();
    for &(at, other) in &matched {
        right_owners.insert(found[other].owner);
        told.report.of(wanted[at].kind()).coded += 1;
    }
    let mut told_owners = BTreeSet::new();
    for name in &found {
        if !right_owners.contains(&name.owner) && told_owners.insert(name.owner) {
            told.report.of(name.kind()).coded += 1;
            told.mistake("spurious", name, "", name.surface(), name.surface());
        }
    }
}

/// What mistakes of a dispatch are told with.
struct Told<'dispatch> {
    gold: &'dispatch GoldDispatch,
    sentences: &'dispatch [CharSpan],
    index: CharIndex,
    report: &'dispatch mut Report,
}

impl Told<'_> {
    fn mistake(&mut self, verdict: &'static str, name: &Name, gold: &str, coded: &str, surface: &str) {
        let text = &self.gold.text;
        let at = (!surface.is_empty()).then(|| text.find(surface)).flatten();
        let span = at.map(|at| self.index.span(at..at + surface.len()));
        let sentence = span.map_or_else(String::new, |span: CharSpan| around(text, &self.index, span, self.sentences));
        let (gold_span, coded_span) = if verdict == "spurious" { (None, span) } else { (span, None) };
        let (id, kind) = (self.gold.id.clone(), name.kind().name().to_owned());
        self.report.mistakes.push(Mistake {
            verdict,
            id,
            kind,
            gold: gold.to_owned(),
            coded: coded.to_owned(),
            gold_span,
            coded_span,
            sentence,
        });
    }
}

/// The names of gold: surfaces of one kind and canonical name, their forms together.
fn gold_names(entities: &[GoldEntity]) -> Vec<Name> {
    let mut things: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (at, entity) in entities.iter().enumerate() {
        // Without a canonical name a surface stands for itself.
        let canonical = if entity.canonical.is_empty() { &entity.surface } else { &entity.canonical };
        things.entry((entity.kind, canonical)).or_default().push(at);
    }
    let mut all = Vec::new();
    for members in things.into_values() {
        let mut surfaces = Surfaces::default();
        for &at in &members {
            surfaces.add(&entities[at].surface, entities[at].kind);
        }
        all.extend(surfaces.names(members.first().copied().unwrap_or(0)));
    }
    all
}

/// The names of coded entities; those by office, pronoun or nationality alone have none.
fn coded_names(coded: &Coded) -> Vec<Name> {
    let mut by_id: BTreeMap<&str, Surfaces> = BTreeMap::new();
    for mention in &coded.mentions {
        if let (Some(kind), Some(entity)) = (Kind::of_mention(&mention.kind), &mention.entity) {
            by_id.entry(entity).or_default().add(&mention.text, kind);
        }
    }
    let of_entity = |(owner, entity): (usize, &crate::coded::Entity)| Some(by_id.remove(entity.id.as_str())?.names(owner));
    coded.entities.iter().enumerate().filter_map(of_entity).flatten().collect()
}

/// The distinct surfaces of an entity, in order.
#[derive(Default)]
struct Surfaces(Vec<Form>);

impl Surfaces {
    fn add(&mut self, surface: &str, kind: Kind) {
        let words = words(surface);
        if words.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|form| form.words == words) {
            Some(form) => _ = form.kinds.insert(kind),
            None => self.0.push(Form { surface: surface.to_owned(), words, kinds: BTreeSet::from([kind]) }),
        }
    }

    fn names(self, owner: usize) -> Vec<Name> {
        let groups = forms(&self.0.iter().map(|form| &form.words).collect::<Vec<_>>());
        let mut forms: Vec<Option<Form>> = self.0.into_iter().map(Some).collect();
        let mut take = |at: usize| forms.get_mut(at).and_then(Option::take);
        groups.into_iter().map(|group| Name { forms: group.into_iter().filter_map(&mut take).collect(), owner }).collect()
    }
}

/// How well a gold and a coded name agree: 3 by their fullest forms, 2 by any, 1 for a person by a form that ends in the same words.
fn likeness(gold: &Name, coded: &Name) -> Option<f64> {
    let kind = gold.kind();
    let pairs = || {
        gold.forms.iter().flat_map(|one| coded.forms.iter().map(move |other| (one, other))).filter(|(_, other)| other.kinds.contains(&kind))
    };
    if let (Some(one), Some(other)) = (gold.forms.first(), coded.forms.first())
        && other.kinds.contains(&kind)
        && one.words == other.words
    {
        return Some(3.0);
    }
    if pairs().any(|(one, other)| one.words == other.words) {
        return Some(2.0);
    }
    let ends = |one: &Form, other: &Form| one.words.ends_with(&other.words) || other.words.ends_with(&one.words);
    (kind == Kind::Per && pairs().any(|(one, other)| ends(one, other))).then_some(1.0)
}

fn share_words(gold: &Name, coded: &Name) -> bool {
    gold.forms.iter().any(|one| coded.forms.iter().any(|other| one.words == other.words))
}

/// The gold names that are found: of those that one coded entity has, the ones of the thing that has most of them, the first such thing where two have as
/// many.
fn without_merged(matched: &[(usize, usize)], gold: &[Name], coded: &[Name], entities: &[GoldEntity]) -> BTreeSet<usize> {
    let mut by_entity: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(at, other) in matched {
        by_entity.entry(coded[other].owner).or_default().push(at);
    }
    let thing = |at: &usize| {
        let GoldEntity { kind, canonical, country, surface } = &entities[gold[*at].owner];
        match country {
            Some(country) if *kind == Kind::Gpe => format!("country {country}"),
            _ if canonical.is_empty() => format!("name {surface}"),
            _ => format!("name {canonical}"),
        }
    };
    let mut kept = BTreeSet::new();
    for names in by_entity.into_values() {
        let things: Vec<String> = names.iter().map(thing).collect();
        let count = |of: &String| things.iter().filter(|thing| *thing == of).count();
        let most = things.iter().map(&count).max().unwrap_or(0);
        let best = things.iter().find(|thing| count(thing) == most);
        kept.extend(names.iter().zip(&things).filter(|(_, thing)| Some(*thing) == best).map(|(at, _)| *at));
    }
    kept
}
