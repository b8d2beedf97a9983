//! The rows of one dispatch.
//!
//! In go a dispatch's key and what was coded of it; out go rows of every table that is drawn from it alone, or all of them are taken away. Nothing across dispatches is touched here.

use crate::error::StoreError;
use crate::linking::remove_links;
use crate::pledges;
use crate::prepared::{MAX_ROWS, Prepared};
use crate::words::{fold_all, name_sounds};
use depeche_record::{CodedDispatch, Date, Days, EntityKind, Event, MentionKind, Participant};
use depeche_resolve::{FiledPledge, Form, Resolver};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::collections::HashMap;

/// The key of a dispatch.
pub(crate) type DispatchKey = i64;

/// The key of the row at `place` of a dispatch.
pub(crate) fn row_key(dispatch: DispatchKey, place: usize) -> i64 {
    dispatch.saturating_mul(MAX_ROWS as i64).saturating_add(i64::try_from(place).unwrap_or(i64::MAX))
}

/// The first and last key that a row of a dispatch can have.
pub(crate) fn facts_of(dispatch: DispatchKey) -> [i64; 2] {
    [row_key(dispatch, 0), row_key(dispatch, MAX_ROWS - 1)]
}

/// The dispatch that a row belongs to.
pub(crate) fn dispatch_of(row: i64) -> DispatchKey {
    row.div_euclid(MAX_ROWS as i64)
}

/// A day as SQLite orders it.
pub(crate) fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// A day as an integer: days since 1970.
pub(crate) fn day_number(date: Date) -> i64 {
    i64::from((date - Date::constant(1970, 1, 1)).get_days())
}

/// The most days for which a short key holds.
pub(crate) const SHORT_DAYS: i64 = 31;

/// The month, of 32 days from 1970 on, by which a short key is filed that holds from this day on.
pub(crate) fn month_of(first: i64) -> i64 {
    first.div_euclid(32)
}

/// The word by which the record writes one of its enumerations.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// What came with a dispatch.
pub(crate) struct Inserted {
    /// The forms of actors that the record did not have.
    pub(crate) forms: Vec<String>,
    /// Its pledges, as they are filed.
    pub(crate) pledges: Vec<FiledPledge>,
}

/// Writes what was coded of a dispatch whose own row is there.
pub(crate) fn insert(connection: &Connection, key: DispatchKey, prepared: &Prepared, resolver: &Resolver) -> Result<Inserted, StoreError> {
    let coded = &prepared.coded;
    let run = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(parameters);
    run("INSERT INTO texts VALUES (?, ?)", params![key, coded.dispatch.text])?;
    run("INSERT INTO coded VALUES (?, ?)", params![key, prepared.json])?;
    let indexed = &prepared.indexed;
    run(
        "INSERT INTO full_text (rowid, words, sounds, consonants) VALUES (?, ?, ?, ?)",
        params![key, indexed.words, indexed.sounds, indexed.consonants],
    )?;
    // What there is most of: a statement is looked up once.
    let mut insert = connection.prepare_cached("INSERT INTO blocks VALUES (?, ?, ?, ?)")?;
    for (place, block) in coded.dispatch.blocks.iter().enumerate() {
        insert.execute(params![row_key(key, place), word(&block.kind), block.span.start, block.span.end])?;
    }
    let mut insert = connection.prepare_cached("INSERT INTO sentences VALUES (?, ?, ?)")?;
    for (place, sentence) in coded.sentences.iter().enumerate() {
        insert.execute(params![row_key(key, place), sentence.start, sentence.end])?;
    }
    let mut insert = connection.prepare_cached("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)")?;
    for (place, mention) in coded.mentions.iter().enumerate() {
        let (start, end) = (mention.span.start, mention.span.end);
        insert.execute(params![row_key(key, place), word(&mention.kind), mention.entity, start, end, mention.text])?;
    }
    for (place, timex) in coded.timexes.iter().enumerate() {
        let (first, last) = (day(timex.earliest), day(timex.latest));
        let (start, end) = (timex.span.start, timex.span.end);
        run(
            "INSERT INTO timexes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                row_key(key, place),
                timex.id,
                word(&timex.kind),
                timex.value,
                timex.modifier,
                first,
                last,
                timex.anchor,
                start,
                end,
                timex.text
            ],
        )?;
    }
    let new_forms = insert_actors(connection, key, prepared, resolver)?;
    let entities: HashMap<&str, i64> =
        coded.entities.iter().zip(0..).map(|(entity, place)| (entity.id.as_str(), row_key(key, place))).collect();
    for (place, event) in coded.events.iter().enumerate() {
        insert_event(connection, row_key(key, place), coded, event, &entities)?;
    }
    let pledges = insert_statements(connection, key, prepared, &entities)?;
    run("INSERT INTO dossiers VALUES (?, ?)", params![key, prepared.resolved.json])?;
    let mut short = connection.prepare_cached("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?, ?)")?;
    let mut long = connection.prepare_cached("INSERT OR IGNORE INTO long_keys VALUES (?, ?, ?, ?)")?;
    for filed in &prepared.resolved.keys {
        let (first, last) = (day_number(filed.first), day_number(filed.last));
        if last - first <= SHORT_DAYS {
            short.execute(params![month_of(first), filed.code, first, last, key])?;
        } else {
            long.execute(params![filed.code, first, last, key])?;
        }
    }
    Ok(Inserted { forms: new_forms, pledges })
}

/// A form, with the keys and names that it is found by, unless it is there already; whether it is new. It is an actor by itself until it is linked.
pub(crate) fn insert_form(connection: &Connection, form: &Form, resolver: &Resolver) -> Result<bool, StoreError> {
    let run = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(parameters);
    if connection.prepare_cached("SELECT 1 FROM forms WHERE form = ?")?.exists([&form.id])? {
        return Ok(false);
    }
    let json = serde_json::to_string(form).map_err(StoreError::damaged)?;
    run("INSERT INTO forms VALUES (?, ?, ?)", params![form.id, form.id, json])?;
    let class = resolver.read_form(form.clone()).class();
    for filed in resolver.form_keys(form) {
        run("INSERT OR IGNORE INTO form_keys VALUES (?, ?, ?)", params![filed.code, form.id, class])?;
    }
    for name in &form.names {
        run("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", params![form.id, name, fold_all(name), name_sounds(name)])?;
    }
    Ok(true)
}

/// Entities, their roles, and the forms that they have.
fn insert_actors(connection: &Connection, key: DispatchKey, prepared: &Prepared, resolver: &Resolver) -> Result<Vec<String>, StoreError> {
    let (coded, resolved) = (&prepared.coded, &prepared.resolved);
    let run = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(parameters);
    let mut new = Vec::new();
    for form in &resolved.forms {
        if insert_form(connection, form, resolver)? {
            new.push(form.id.clone());
        }
    }
    for (place, entity) in coded.entities.iter().enumerate() {
        let actor = match resolved.entities.get(&entity.id) {
            Some(form) => Some(form.as_str()),
            // A country is told by its code alone.
            None if entity.kind == EntityKind::Country => entity.country.as_deref(),
            None => None,
        };
        if entity.kind == EntityKind::Country
            && let Some(code) = actor
        {
            let named =
                coded.mentions.iter().filter(|mention| mention.kind == MentionKind::Gpe && mention.entity.as_ref() == Some(&entity.id));
            for name in std::iter::once(&entity.name).chain(named.map(|mention| &mention.text)) {
                if !connection.prepare_cached("SELECT 1 FROM names WHERE form = ? AND name = ?")?.exists([code, name])? {
                    run("INSERT INTO names VALUES (?, ?, ?, ?)", params![code, name, fold_all(name), name_sounds(name)])?;
                }
            }
        }
        run(
            "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![row_key(key, place), entity.id, word(&entity.kind), entity.name, entity.country, entity.wikidata, actor],
        )?;
    }
    for (place, role) in coded.roles.iter().enumerate() {
        let Some(entity) = coded.entities.iter().position(|entity| entity.id == role.entity) else { continue };
        let days = role.as_of.as_deref().and_then(Days::of);
        let (first, last) = (day(days.and_then(|days| days.first)), day(days.and_then(|days| days.last)));
        run(
            "INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                row_key(key, place),
                row_key(key, entity),
                role.office,
                role.body,
                role.country,
                role.as_of,
                first,
                last,
                role.span.start,
                role.span.end
            ],
        )?;
    }
    Ok(new)
}

fn insert_event(
    connection: &Connection,
    key: i64,
    coded: &CodedDispatch,
    event: &Event,
    entities: &HashMap<&str, i64>,
) -> Result<(), StoreError> {
    let when = event.when.as_ref();
    let place = event.place.as_ref();
    let topics: Vec<&str> = event.topics.iter().map(|topic| topic.text.as_str()).collect();
    let topic_words = fold_all(&topics.join("; "));
    if !topic_words.is_empty() {
        connection.prepare_cached("INSERT INTO topic_words (rowid, words) VALUES (?, ?)")?.execute(params![key, topic_words])?;
    }
    let sentence = coded.sentences.get(event.sentence).copied().unwrap_or(event.trigger.span);
    connection.prepare_cached("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(
        params![
            key,
            event.id,
            event.kind.name(),
            event.mode.map(|mode| mode.name()),
            event.status.name(),
            event.cameo,
            event.goldstein,
            word(&event.quad),
            when.map(|when| &when.value),
            day(when.and_then(|when| when.earliest)),
            day(when.and_then(|when| when.latest)),
            place.map(|place| place.name.as_deref().unwrap_or(&place.text)),
            place.and_then(|place| place.country.as_deref()),
            place.and_then(|place| place.lat),
            place.and_then(|place| place.lon),
            event.count.map(|count| count.value),
            topics.join("; "),
            topic_words,
            event.confidence,
            event.trigger.span.start,
            event.trigger.span.end,
            sentence.start,
            sentence.end,
        ],
    )?;
    for (side, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for (place, party) in parties.iter().enumerate() {
            insert_participant(connection, key, side, place, party, entities)?;
        }
    }
    Ok(())
}

fn insert_participant(
    connection: &Connection,
    event: i64,
    side: &str,
    place: usize,
    party: &Participant,
    entities: &HashMap<&str, i64>,
) -> Result<(), StoreError> {
    let entity = party.entity.as_deref().and_then(|id| entities.get(id));
    connection.prepare_cached("INSERT INTO participants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
        event,
        side,
        place,
        entity,
        party.country,
        party.sector,
        party.span.start,
        party.span.end,
        party.text
    ])?;
    Ok(())
}

fn insert_statements(
    connection: &Connection,
    key: DispatchKey,
    prepared: &Prepared,
    entities: &HashMap<&str, i64>,
) -> Result<Vec<FiledPledge>, StoreError> {
    let mut pledges: Vec<FiledPledge> = prepared.resolved.dossier.dossier().filed_pledges().collect();
    let run = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(parameters);
    let coded = &prepared.coded;
    for (place, statement) in coded.statements.iter().enumerate() {
        let own = row_key(key, place);
        let speaker = statement.speaker.as_ref();
        let entity = speaker.and_then(|speaker| speaker.entity.as_deref()).and_then(|id| entities.get(id));
        let content = &statement.content;
        run(
            "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                own,
                statement.id,
                entity,
                speaker.map(|speaker| &speaker.text),
                word(&statement.kind),
                word(&statement.claim),
                content.span.start,
                content.span.end,
                content.text
            ],
        )?;
        let Some(commitment) = &statement.commitment else { continue };
        let object = &commitment.object;
        run(
            "INSERT INTO commitments VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
            params![
                own,
                commitment.promisor,
                commitment.beneficiary,
                word(&commitment.polarity),
                object.span.start,
                object.span.end,
                object.text
            ],
        )?;
        for filed in pledges.iter_mut().filter(|filed| filed.pledge.id == statement.id) {
            filed.key = own;
            pledges::file(connection, filed)?;
        }
    }
    Ok(pledges)
}

/// Tables whose rows have keys made of their dispatch's, with the column of that key.
const OF_DISPATCH: [(&str, &str); 11] = [
    ("blocks", "block"),
    ("sentences", "sentence"),
    ("mentions", "mention"),
    ("timexes", "timex"),
    ("entities", "entity"),
    ("roles", "role"),
    ("events", "event"),
    ("participants", "event"),
    ("statements", "statement"),
    ("commitments", "statement"),
    ("reports", "event"),
];

/// Takes away all rows of a dispatch but its own and the forms of its actors.
pub(crate) fn remove(connection: &Connection, key: DispatchKey) -> Result<(), StoreError> {
    remove_links(connection, key)?;
    let [first, last] = facts_of(key);
    let topics = "DELETE FROM topic_words WHERE rowid IN (SELECT event FROM events WHERE event BETWEEN ? AND ? AND topics_folded != '')";
    connection.prepare_cached(topics)?.execute([first, last])?;
    for (table, column) in OF_DISPATCH {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE {column} BETWEEN ? AND ?"))?.execute([first, last])?;
    }
    connection
        .prepare_cached("DELETE FROM commitment_links WHERE later BETWEEN ?1 AND ?2 OR earlier BETWEEN ?1 AND ?2")?
        .execute([first, last])?;
    pledges::remove_keys(connection, [first, last])?;
    for table in ["texts", "coded", "dossiers", "keys", "long_keys"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE dispatch = ?"))?.execute([key])?;
    }
    connection.prepare_cached("DELETE FROM full_text WHERE rowid = ?")?.execute([key])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn day_numbers_count_days(year in -9999_i16..=9999, month in 1_i8..=12, date in 1_i8..=28) {
            let day = Date::new(year, month, date).unwrap();
            prop_assert_eq!(day_number(day.tomorrow().unwrap()), day_number(day) + 1);
        }

        #[test]
        fn rows_know_their_dispatch(dispatch in 1_i64..1 << 40, place in 0..MAX_ROWS) {
            prop_assert_eq!(dispatch_of(row_key(dispatch, place)), dispatch);
        }
    }
}
