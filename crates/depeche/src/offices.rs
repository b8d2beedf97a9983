//! Offices between the stages: what they say of the day of publication, and as of when a text has them held.
//!
//! In go the offices that a text asserts, and its times; out come claims for dating, and the `as_of` of the record. An office of which the text
//! tells no time is held when it is published; nothing is said of it beyond that.

use depeche_actors::{Actors, Directory, RoleData};
use depeche_coder::Reading;
use depeche_record::{CharSpan, Published};
use depeche_time::{Expression, OfficeClaim};

/// What the text says of who holds an office when it is written: not what it says of the past, nor of a name that several bear.
pub(crate) fn claims(actors: &Actors, directory: &Directory, expressions: &[Expression], sentences: &[CharSpan]) -> Vec<OfficeClaim> {
    let mut in_year = vec![false; sentences.len()];
    for expression in expressions.iter().filter(|expression| expression.names_year()) {
        let from = sentences.partition_point(|sentence| sentence.end <= expression.span.start);
        let to = sentences.partition_point(|sentence| sentence.start < expression.span.end);
        if let Some(told) = in_year.get_mut(from..to) {
            told.fill(true);
        }
    }
    let mut claims: Vec<OfficeClaim> = Vec::new();
    for role in actors.roles.iter().filter(|role| !role.past) {
        let entity = &actors.entities[role.entity.index()];
        let Some(country) = role.country.or(entity.country) else { continue };
        let sentence = sentences.partition_point(|sentence| sentence.end <= role.span.start);
        if in_year.get(sentence).is_some_and(|&in_year| in_year) || directory.holders.is_homonym(&entity.name) {
            continue;
        }
        let days: Vec<_> =
            directory.holders.tenures(&entity.name, &role.office, country).map(|tenure| (tenure.earliest, tenure.latest)).collect();
        if days.is_empty() {
            continue;
        }
        let named = entity.mentions.first().map(|mention| actors.mention(*mention).span);
        // Said twice it weighs no more.
        if !claims.iter().any(|claim| claim.days == days) {
            claims.push(OfficeClaim { days, spans: [Some(role.span), named].into_iter().flatten().collect() });
        }
    }
    claims
}

/// When a text has an office held: at the time of the clause that tells of it, else when it is published.
pub(crate) fn as_of(role: &RoleData, reading: &Reading<'_>, published: &Published) -> Option<String> {
    let told = depeche_coder::time_of_clause(reading, role.token).map(|when| when.value);
    let held = told.or_else(|| written(published));
    if !role.past {
        return held;
    }
    let last = held.as_deref().and_then(|held| held.rsplit('/').next()).unwrap_or("..");
    Some(format!("../{last}"))
}

/// The day of publication, or the days between which it lies.
fn written(published: &Published) -> Option<String> {
    if let Some(value) = &published.value {
        return Some(value.clone());
    }
    let day = |day: Option<depeche_record::Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    let bounded = published.earliest.is_some() || published.latest.is_some();
    bounded.then(|| format!("{}/{}", day(published.earliest), day(published.latest)))
}
