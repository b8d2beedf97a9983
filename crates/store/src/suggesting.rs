//! `suggest`: what a few letters may be the beginning of.
//!
//! In go the beginnings of words; out come actors, countries, places, sources and topics that have a word for each, whatever accents, case and script, those most often met first. A name also
//! counts where another spelling of it stands.

use crate::digest::Digest;
use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::is_country_code;
use crate::words::{fold_all, name_sounds};
use rusqlite::params_from_iter;
use serde::Serialize;
use std::collections::BTreeSet;

/// The most suggestions.
const MOST: usize = 12;
/// The most of one kind that is no actor or country.
const MOST_OF_A_KIND: usize = 3;
/// The most forms that are looked at.
const MOST_FORMS: usize = 5000;

/// Something that may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// `actor`, `country`, `place`, `source` or `topic`.
    pub kind: String,
    /// What to put into a filter.
    pub id: String,
    /// What to show.
    pub name: String,
    /// The country's code.
    pub country: Option<String>,
    /// In how many happenings it is met; of a source, how many dispatches it has; of a topic, in how many events it stands.
    pub happenings: u64,
}

impl Reader {
    /// What may be meant by the beginnings of some words; nothing by none.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn suggest(&self, text: &str, digest: &Digest) -> Result<Vec<Suggestion>, StoreError> {
        let folded = fold_all(text);
        let wanted: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let begins = |name: &str| wanted.iter().all(|wanted| name.split(' ').any(|word| word.starts_with(wanted)));
        let mut actors = self.actors_beginning(text, &wanted, digest)?;
        let mut others: Vec<Suggestion> = Vec::new();
        let places = digest.places.iter().filter(|(folded, _)| begins(folded)).take(MOST_OF_A_KIND);
        others.extend(places.map(|(_, place)| suggestion("place", &place.name, &place.name, place.country.clone(), place.happenings)));
        let sources = digest.overview.sources.iter().filter(|source| begins(&fold_all(&source.name))).take(MOST_OF_A_KIND);
        others.extend(sources.map(|source| suggestion("source", &source.id, &source.name, source.country.clone(), source.dispatches)));
        let topics = digest.topics.iter().filter(|(_, folded, _)| begins(folded)).take(MOST_OF_A_KIND);
        others.extend(topics.map(|(topic, _, count)| suggestion("topic", topic, topic, None, *count)));
        actors.truncate(MOST.saturating_sub(others.len().min(MOST / 2)));
        others.truncate(MOST - actors.len());
        actors.extend(others);
        Ok(actors)
    }

    fn actors_beginning(&self, text: &str, wanted: &[&str], digest: &Digest) -> Result<Vec<Suggestion>, StoreError> {
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let mut look = |column: &str, patterns: Vec<String>| -> Result<(), StoreError> {
            let each: Vec<String> = patterns.iter().map(|_| format!("' ' || n.{column} || ' ' LIKE ?")).collect();
            let sql = format!(
                "SELECT DISTINCT coalesce(f.actor, n.form) FROM names AS n LEFT JOIN forms AS f ON f.form = n.form WHERE {} LIMIT {MOST_FORMS}",
                each.join(" AND ")
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            for id in statement.query_map(params_from_iter(patterns), |row| row.get::<_, String>(0))? {
                ids.insert(id?);
            }
            Ok(())
        };
        look("folded", wanted.iter().map(|word| format!("% {word}%")).collect())?;
        let sounds = name_sounds(text);
        let sounds: Vec<String> = sounds.split(' ').filter(|key| key.len() > 2).map(|key| format!("% {key} %")).collect();
        if !sounds.is_empty() {
            look("sounds", sounds)?;
        }
        let mut found: Vec<Suggestion> = ids
            .iter()
            .filter(|id| !is_country_code(id))
            .filter_map(|id| digest.actor(id))
            .map(|actor| suggestion("actor", &actor.id, &actor.name, actor.country.clone(), actor.happenings))
            .collect();
        // A country's code stands for it, and so does what any of its dispatches call it.
        let code = text.trim().to_ascii_uppercase();
        let countries = digest.overview.countries.iter().filter(|country| country.code == code || ids.contains(&country.code));
        found.extend(
            countries.map(|country| suggestion("country", &country.code, &country.name, Some(country.code.clone()), country.happenings)),
        );
        found.sort_by(|one, other| other.happenings.cmp(&one.happenings).then_with(|| one.id.cmp(&other.id)));
        found.truncate(MOST);
        Ok(found)
    }
}

fn suggestion(kind: &str, id: &str, name: &str, country: Option<String>, happenings: u64) -> Suggestion {
    Suggestion { kind: kind.to_owned(), id: id.to_owned(), name: name.to_owned(), country, happenings }
}
