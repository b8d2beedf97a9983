//! From claims to what is believed.
//!
//! In go all claims of a page and what is known of it otherwise; out comes its [`Metadata`]. Titles go by agreement, dates by the strongest
//! origin with agreement as confidence, the rest by the strongest origin. Dates in the future of the day the page was fetched are refused.

use super::dates::{self, Moment};
use super::plain_words::squashed;
use super::{Claim, Claims, Field, Metadata, Origin, Stating, address, titles};
use crate::encoding::warning;
use crate::language;
use crate::pages::{Pages, fold};
use depeche_record::{BlockKind, DatingMethod, Published, Warning};
use jiff::ToSpan;
use jiff::civil::Date;
use url::Url;

/// From here on an origin is one that states dates for machines to rely on.
const FIRM: u8 = 90;

/// Longer names of sections are none, in bytes.
const LONGEST_SECTION: usize = 40;

/// What is known of a page before it speaks.
pub(super) struct Known {
    /// Where it is, by the one who got it or by itself.
    pub(super) page: Option<Url>,
    /// Whether it is the one who got it that says so.
    pub(super) given: bool,
    /// The day it was got.
    pub(super) fetched: Option<Date>,
    /// How its days in figures are read.
    pub(super) month_first: bool,
}

/// A claim of a date that was understood.
#[derive(Debug, Clone)]
struct Dated {
    moment: Moment,
    from: Origin,
    weight: u8,
}

/// What is believed of the claims.
pub(super) fn metadata(claims: &Claims, known: &Known, pages: &Pages) -> Metadata {
    let mut metadata = Metadata { descriptions: claims.descriptions.clone(), article: claims.article.clone(), ..Metadata::default() };
    let titles = claims.ranked(Field::Title);
    let sections = claims.of(Field::Section).filter(|claim| claim.value.len() <= LONGEST_SECTION).map(|claim| claim.value.clone());
    let names = titles::Names { site: &claims.site_names, sections: &sections.collect::<Vec<_>>() };
    let title = titles::vote(&titles, &names, claims.is_news);
    metadata.title = title.as_ref().map(|(title, _)| title.clone());
    for claim in &titles {
        // The claim that is chosen is told without what was taken off it.
        let chosen = title.as_ref().filter(|(title, from)| *from == claim.from && claim.value.contains(title.as_str()));
        let value = chosen.map_or(&claim.value, |(title, _)| title);
        state(&mut metadata.all, claim.field, value.clone(), claim.from, chosen.is_some());
    }

    metadata.publisher = publisher(claims, known, &mut metadata.all);
    metadata.byline = byline(claims, metadata.publisher.as_deref(), pages, &mut metadata.all);
    metadata.url = canonical(claims, known, &mut metadata.all);
    for claim in claims.ranked(Field::Language) {
        if let Some(code) = language::declared(&claim.value) {
            let chosen = metadata.language.is_none();
            state(&mut metadata.all, Field::Language, code.clone(), claim.from, chosen);
            metadata.language.get_or_insert(code);
        }
    }

    let published = dated(claims, Field::Published, known, pages);
    if let Some((moment, published, warnings)) = believed(&published) {
        metadata.published_at = Some(moment.iso());
        metadata.published = published;
        metadata.warnings.extend(warnings);
    }
    state_dates(&mut metadata.all, Field::Published, &published, metadata.published_at.as_deref());
    let updated = dated(claims, Field::Updated, known, pages);
    metadata.updated_at = believed(&updated).map(|(moment, ..)| moment.iso());
    state_dates(&mut metadata.all, Field::Updated, &updated, metadata.updated_at.as_deref());

    for claim in claims.ranked(Field::Section) {
        let chosen = metadata.section.is_none();
        state(&mut metadata.all, Field::Section, claim.value.clone(), claim.from, chosen);
        metadata.section.get_or_insert_with(|| claim.value.clone());
    }
    metadata.all.sort_by_key(|stating| stating.field);
    metadata
}

fn state(all: &mut Vec<Stating>, field: Field, value: String, from: Origin, chosen: bool) {
    match all.iter_mut().find(|stating| stating.field == field && stating.from == from && stating.value == value) {
        Some(stating) => stating.chosen |= chosen,
        None => all.push(Stating { field, value, from, chosen }),
    }
}

fn publisher(claims: &Claims, known: &Known, all: &mut Vec<Stating>) -> Option<String> {
    let mut publisher = None;
    for claim in claims.ranked(Field::Publisher) {
        state(all, Field::Publisher, claim.value.clone(), claim.from, publisher.is_none());
        publisher.get_or_insert_with(|| claim.value.clone());
    }
    if let Some(host) = known.page.as_ref().and_then(address::host) {
        state(all, Field::Publisher, host.to_owned(), Origin::Address, publisher.is_none());
        publisher.get_or_insert_with(|| host.to_owned());
    }
    publisher
}

/// The authors of the strongest origin, a publisher among them only where it is alone.
fn byline(claims: &Claims, publisher: Option<&str>, pages: &Pages, all: &mut Vec<Stating>) -> Option<String> {
    let ranked = claims.ranked(Field::Byline);
    let publisher = publisher.map(squashed);
    let is_publisher = |name: &str| publisher.as_ref().is_some_and(|publisher| *publisher == squashed(name)) || claims.is_site_name(name);
    let mut lines: Vec<(Origin, u8, Vec<String>)> = Vec::new();
    for claim in ranked {
        let words = without_opener(&claim.value, pages);
        if words.is_empty() {
            continue;
        }
        match lines.iter_mut().find(|(from, weight, _)| *from == claim.from && *weight == claim.weight) {
            Some((_, _, names)) if names.len() < 12 => {
                if !names.iter().any(|name| name.contains(words) || squashed(name) == squashed(words)) {
                    names.push(words.to_owned());
                }
            }
            Some(_) => {}
            None => lines.push((claim.from, claim.weight, vec![words.to_owned()])),
        }
    }
    let chosen = lines.iter().position(|(_, _, names)| names.iter().any(|name| !is_publisher(name))).or((!lines.is_empty()).then_some(0));
    let mut byline = None;
    for (place, (from, _, names)) in lines.iter().enumerate() {
        let others: Vec<&str> = names.iter().map(String::as_str).filter(|name| !is_publisher(name)).collect();
        let line = if others.is_empty() { names.join(", ") } else { others.join(", ") };
        let is_chosen = Some(place) == chosen;
        state(all, Field::Byline, line.clone(), *from, is_chosen);
        if is_chosen {
            byline = Some(line);
        }
    }
    byline
}

/// An author line without the words that open it.
fn without_opener<'line>(line: &'line str, pages: &Pages) -> &'line str {
    let folded = fold(line);
    let Some((phrase, BlockKind::Byline)) = pages.opener(&folded) else { return line };
    let ends = line.char_indices().filter(|(_, character)| !character.is_alphanumeric()).map(|(at, _)| at).take(12);
    let end = ends.into_iter().find(|at| line.get(..*at).is_some_and(|front| fold(front) == phrase));
    let rest = end.and_then(|end| line.get(end..)).map(|rest| rest.trim_start_matches([' ', ':', '\u{A0}', '-', '–']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(line)
}

/// The canonical address; not the front page of the site, unless it is the page.
fn canonical(claims: &Claims, known: &Known, all: &mut Vec<Stating>) -> Option<String> {
    let given = known.page.as_ref().filter(|_| known.given);
    let mut canonical = None;
    for claim in claims.ranked(Field::Url) {
        let Some(address) = address::resolved(&claim.value, known.page.as_ref()) else { continue };
        let is_page = !address::is_root(&address) || given.is_none_or(address::is_root);
        let is_chosen = canonical.is_none() && is_page;
        state(all, Field::Url, address.to_string(), claim.from, is_chosen);
        if is_chosen {
            canonical = Some(address.to_string());
        }
    }
    if let Some(given) = given {
        state(all, Field::Url, given.to_string(), Origin::Address, canonical.is_none());
    }
    canonical.or_else(|| given.map(Url::to_string))
}

/// The claims of a date that are one, the strongest first.
fn dated(claims: &Claims, field: Field, known: &Known, pages: &Pages) -> Vec<Dated> {
    // Somewhere it is already tomorrow.
    let last = known.fetched.and_then(|day| day.checked_add(1.day()).ok());
    let mut dated: Vec<Dated> = Vec::new();
    for claim in claims.ranked(field) {
        let Claim { value, from, weight, .. } = claim;
        let read = if *from == Origin::Visible { dates::within } else { dates::read };
        if let Some(moment) = read(value, known.month_first, pages) {
            dated.push(Dated { moment, from: *from, weight: *weight });
        }
    }
    if field == Field::Published
        && let Some(day) = known.page.as_ref().and_then(|page| address::day(page, pages))
    {
        let moment = Moment { day, time: None, offset: None, other_order: None };
        let place = dated.iter().position(|other| other.weight < 50).unwrap_or(dated.len());
        dated.insert(place, Dated { moment, from: Origin::Address, weight: 50 });
    }
    // A day that can be read in two ways is what another claim says.
    let sure: Vec<Date> = dated.iter().filter(|dated| dated.moment.other_order.is_none()).map(|dated| dated.moment.day).collect();
    for Dated { moment, .. } in &mut dated {
        if let Some(other) = moment.other_order
            && !sure.contains(&moment.day)
            && (sure.contains(&other) || last.is_some_and(|last| moment.day > last))
        {
            moment.day = other;
        }
    }
    dated.retain(|dated| last.is_none_or(|last| dated.moment.day <= last));
    dated
}

/// The date of the strongest claim, as exact as any that agrees with it, with how far it is believed.
fn believed(dated: &[Dated]) -> Option<(Moment, Published, Vec<Warning>)> {
    let first = dated.first()?;
    let day = first.moment.day;
    let agrees = |other: &&Dated| other.moment.day == day;
    let moment = dated
        .iter()
        .filter(agrees)
        .map(|dated| dated.moment)
        .max_by_key(|moment| (moment.time.is_some(), moment.offset.is_some()))
        .unwrap_or(first.moment);
    let moment = if first.moment.time.is_some() { first.moment } else { moment };
    // Two clocks may give neighbouring days for one moment.
    let is_near = |other: Date| other.since(day).is_ok_and(|span| span.get_days().abs() <= 1);
    let agreeing = dated.iter().filter(agrees).any(|other| other.from != first.from);
    let apart: Vec<&Dated> = dated.iter().filter(|other| !is_near(other.moment.day)).collect();
    let firmly_apart = apart.iter().any(|other| other.weight >= FIRM);
    let confidence = match (first.weight, agreeing, firmly_apart, apart.is_empty()) {
        (_, _, true, _) => 0.6,
        (FIRM.., true, ..) => 0.99,
        (FIRM.., false, _, true) => 0.95,
        (FIRM.., false, _, false) => 0.85,
        (45.., true, ..) => 0.95,
        (45.., false, _, true) => 0.85,
        (45.., false, _, false) => 0.7,
        (_, true, ..) => 0.8,
        _ => 0.6,
    };
    let firm_days = || dated.iter().filter(|other| other.weight >= FIRM).map(|other| other.moment.day).chain([day]);
    let mut warnings = Vec::new();
    let (mut earliest, mut latest) = (day, day);
    if firmly_apart {
        earliest = firm_days().min().unwrap_or(day);
        latest = firm_days().max().unwrap_or(day);
        let message =
            format!("the page gives two dates of publication, {earliest} and {latest}; {day} was taken, for it is the more reliable place");
        warnings.push(warning("W109", message));
    }
    let published = Published {
        value: Some(day.to_string()),
        earliest: Some(earliest),
        latest: Some(latest),
        method: DatingMethod::Metadata,
        confidence,
        evidence: Vec::new(),
    };
    Some((moment, published, warnings))
}

fn state_dates(all: &mut Vec<Stating>, field: Field, dated: &[Dated], chosen: Option<&str>) {
    let mut is_taken = false;
    for Dated { moment, from, .. } in dated {
        let value = moment.iso();
        let is_chosen = !is_taken && chosen == Some(value.as_str());
        is_taken |= is_chosen;
        state(all, field, value, *from, is_chosen);
    }
}
