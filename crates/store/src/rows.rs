//! The rows of one dispatch.
//!
//! In go a dispatch's key and what was coded of it; out go rows of every table that is drawn from it alone, or all of them are taken away. Nothing across dispatches is touched here.

use crate::at_hand::AtHand;
use crate::drawn::{Cell, Drawn};
use crate::error::StoreError;
use crate::filed::place_of;
use crate::linking::remove_links;
use crate::pledges;
use crate::prepared::{MAX_ROWS, Prepared};
use crate::words::{fold_all, name_sounds};
use depeche_record::{CodedDispatch, Date, Days, EntityKind, Event, MentionKind};
use depeche_resolve::{FiledPledge, Form, FormId, Resolver};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// Draws up what can be told of a dispatch by itself: the rows of its facts.
pub(crate) fn draw(coded: &CodedDispatch, forms: &BTreeMap<String, FormId>) -> Drawn {
    let mut drawn = Drawn::default();
    for (place, block) in coded.dispatch.blocks.iter().enumerate() {
        let span = block.span;
        drawn.add(
            "INSERT INTO blocks VALUES (?, ?, ?, ?)",
            [Cell::Row(place), (&word(&block.kind)).into(), span.start.into(), span.end.into()],
        );
    }
    for (place, sentence) in coded.sentences.iter().enumerate() {
        drawn.add("INSERT INTO sentences VALUES (?, ?, ?)", [Cell::Row(place), sentence.start.into(), sentence.end.into()]);
    }
    for (place, mention) in coded.mentions.iter().enumerate() {
        drawn.add(
            "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)",
            [
                Cell::Row(place),
                (&word(&mention.kind)).into(),
                mention.entity.as_ref().into(),
                mention.span.start.into(),
                mention.span.end.into(),
                (&mention.text).into(),
            ],
        );
    }
    for (place, timex) in coded.timexes.iter().enumerate() {
        drawn.add(
            "INSERT INTO timexes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Cell::Row(place),
                (&timex.id).into(),
                (&word(&timex.kind)).into(),
                timex.value.as_ref().into(),
                timex.modifier.as_ref().into(),
                day(timex.earliest).as_ref().into(),
                day(timex.latest).as_ref().into(),
                (&timex.anchor).into(),
                timex.span.start.into(),
                timex.span.end.into(),
                (&timex.text).into(),
            ],
        );
    }
    draw_actors(coded, forms, &mut drawn);
    let entities: HashMap<&str, usize> = coded.entities.iter().enumerate().map(|(place, entity)| (entity.id.as_str(), place)).collect();
    for (place, event) in coded.events.iter().enumerate() {
        draw_event(coded, place, event, &entities, &mut drawn);
    }
    draw_statements(coded, &entities, &mut drawn);
    drawn
}

/// Writes what was coded of a dispatch whose own row is there.
pub(crate) fn insert(
    connection: &Connection,
    at_hand: &mut AtHand,
    key: DispatchKey,
    prepared: &Prepared,
    resolver: &Resolver,
) -> Result<Inserted, StoreError> {
    let run = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(parameters);
    run("INSERT INTO texts VALUES (?, ?)", params![key, prepared.text])?;
    run("INSERT INTO coded VALUES (?, ?)", params![key, prepared.json])?;
    let indexed = &prepared.indexed;
    run(
        "INSERT INTO full_text (rowid, words, sounds, consonants) VALUES (?, ?, ?, ?)",
        params![key, indexed.words, indexed.sounds, indexed.consonants],
    )?;
    prepared.rows.write(connection, key)?;
    let mut forms = Vec::new();
    for form in &prepared.resolved.forms {
        if insert_form(connection, at_hand, form, resolver)? {
            forms.push(form.id.clone());
        }
    }
    insert_country_names(connection, &prepared.country_names)?;
    let mut pledges: Vec<FiledPledge> = prepared.resolved.dossier.dossier().filed_pledges().collect();
    for (filed, place) in pledges.iter_mut().zip(&prepared.pledged) {
        filed.key = row_key(key, *place);
        pledges::file(connection, filed)?;
    }
    run("INSERT INTO dossiers VALUES (?, ?)", params![key, prepared.resolved.json])?;
    let mut short = connection.prepare_cached("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?, ?)")?;
    let mut long = connection.prepare_cached("INSERT OR IGNORE INTO long_keys VALUES (?, ?, ?, ?)")?;
    for filed in &prepared.resolved.keys {
        match place_of(filed) {
            ((Some(month), code), first, last) => short.execute(params![month, code, first, last, key])?,
            ((None, code), first, last) => long.execute(params![code, first, last, key])?,
        };
    }
    Ok(Inserted { forms, pledges })
}

/// A form, with the keys and names that it is found by, unless it is there already; whether it is new. It is an actor by itself until it is linked.
pub(crate) fn insert_form(connection: &Connection, at_hand: &mut AtHand, form: &Form, resolver: &Resolver) -> Result<bool, StoreError> {
    let run = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(parameters);
    if at_hand.form(&form.id).is_some() || connection.prepare_cached("SELECT 1 FROM forms WHERE form = ?")?.exists([&form.id])? {
        return Ok(false);
    }
    let json = serde_json::to_string(form).map_err(StoreError::damaged)?;
    run("INSERT INTO forms VALUES (?, ?, ?)", params![form.id, form.id, json])?;
    let (read, keys) = (resolver.read_form(form.clone()), resolver.form_keys(form));
    for filed in &keys {
        run("INSERT OR IGNORE INTO form_keys VALUES (?, ?, ?)", params![filed.code, form.id, read.class()])?;
    }
    for name in &form.names {
        run("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", params![form.id, name, fold_all(name), name_sounds(name)])?;
    }
    at_hand.put_new_form(read, &keys);
    Ok(true)
}

/// What a dispatch calls each country, by its code: every name once.
pub(crate) fn country_names(coded: &CodedDispatch) -> BTreeSet<(String, String)> {
    let countries = coded.entities.iter().filter(|entity| entity.kind == EntityKind::Country);
    let named = countries.filter_map(|entity| {
        let code = entity.country.as_ref()?;
        let mentioned =
            coded.mentions.iter().filter(|mention| mention.kind == MentionKind::Gpe && mention.entity.as_ref() == Some(&entity.id));
        Some(mentioned.map(|mention| &mention.text).chain([&entity.name]).map(move |name| (code.clone(), name.clone())))
    });
    named.flatten().collect()
}

fn insert_country_names(connection: &Connection, names: &BTreeSet<(String, String)>) -> Result<(), StoreError> {
    let mut is_known = connection.prepare_cached("SELECT 1 FROM names WHERE form = ? AND name = ?")?;
    for (code, name) in names {
        if !is_known.exists([code, name])? {
            let insert = "INSERT INTO names VALUES (?, ?, ?, ?)";
            connection.prepare_cached(insert)?.execute(params![code, name, fold_all(name), name_sounds(name)])?;
        }
    }
    Ok(())
}

/// Entities with the forms that they have, and their roles.
fn draw_actors(coded: &CodedDispatch, forms: &BTreeMap<String, FormId>, drawn: &mut Drawn) {
    for (place, entity) in coded.entities.iter().enumerate() {
        let actor = match forms.get(&entity.id) {
            Some(form) => Some(form),
            // A country is told by its code alone.
            None if entity.kind == EntityKind::Country => entity.country.as_ref(),
            None => None,
        };
        drawn.add(
            "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                Cell::Row(place),
                (&entity.id).into(),
                (&word(&entity.kind)).into(),
                (&entity.name).into(),
                entity.country.as_ref().into(),
                entity.wikidata.as_ref().into(),
                actor.into(),
            ],
        );
    }
    for (place, role) in coded.roles.iter().enumerate() {
        let Some(entity) = coded.entities.iter().position(|entity| entity.id == role.entity) else { continue };
        let days = role.as_of.as_deref().and_then(Days::of);
        drawn.add(
            "INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Cell::Row(place),
                Cell::Row(entity),
                (&role.office).into(),
                role.body.as_ref().into(),
                role.country.as_ref().into(),
                role.as_of.as_ref().into(),
                day(days.and_then(|days| days.first)).as_ref().into(),
                day(days.and_then(|days| days.last)).as_ref().into(),
                role.span.start.into(),
                role.span.end.into(),
            ],
        );
    }
}

fn draw_event(coded: &CodedDispatch, row: usize, event: &Event, entities: &HashMap<&str, usize>, drawn: &mut Drawn) {
    let when = event.when.as_ref();
    let place = event.place.as_ref();
    let topics: Vec<&str> = event.topics.iter().map(|topic| topic.text.as_str()).collect();
    let topic_words = fold_all(&topics.join("; "));
    if !topic_words.is_empty() {
        drawn.add("INSERT INTO topic_words (rowid, words) VALUES (?, ?)", [Cell::Row(row), (&topic_words).into()]);
    }
    let sentence = coded.sentences.get(event.sentence).copied().unwrap_or(event.trigger.span);
    drawn.add(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            Cell::Row(row),
            (&event.id).into(),
            event.kind.name().into(),
            event.mode.map(|mode| mode.name()).into(),
            event.status.name().into(),
            (&event.cameo).into(),
            event.goldstein.into(),
            (&word(&event.quad)).into(),
            when.map(|when| &when.value).into(),
            day(when.and_then(|when| when.earliest)).as_ref().into(),
            day(when.and_then(|when| when.latest)).as_ref().into(),
            place.map(|place| place.name.as_ref().unwrap_or(&place.text)).into(),
            place.and_then(|place| place.country.as_ref()).into(),
            place.and_then(|place| place.lat).into(),
            place.and_then(|place| place.lon).into(),
            event.count.map(|count| count.value).into(),
            (&topics.join("; ")).into(),
            (&topic_words).into(),
            event.confidence.into(),
            event.trigger.span.start.into(),
            event.trigger.span.end.into(),
            sentence.start.into(),
            sentence.end.into(),
        ],
    );
    for (side, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for (place, party) in parties.iter().enumerate() {
            let entity = party.entity.as_deref().and_then(|id| entities.get(id));
            drawn.add(
                "INSERT INTO participants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    Cell::Row(row),
                    side.into(),
                    place.into(),
                    entity.map_or(Cell::Null, |place| Cell::Row(*place)),
                    party.country.as_ref().into(),
                    party.sector.as_ref().into(),
                    party.span.start.into(),
                    party.span.end.into(),
                    (&party.text).into(),
                ],
            );
        }
    }
}

fn draw_statements(coded: &CodedDispatch, entities: &HashMap<&str, usize>, drawn: &mut Drawn) {
    for (place, statement) in coded.statements.iter().enumerate() {
        let speaker = statement.speaker.as_ref();
        let entity = speaker.and_then(|speaker| speaker.entity.as_deref()).and_then(|id| entities.get(id));
        let content = &statement.content;
        drawn.add(
            "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Cell::Row(place),
                (&statement.id).into(),
                entity.map_or(Cell::Null, |place| Cell::Row(*place)),
                speaker.map(|speaker| &speaker.text).into(),
                (&word(&statement.kind)).into(),
                (&word(&statement.claim)).into(),
                content.span.start.into(),
                content.span.end.into(),
                (&content.text).into(),
            ],
        );
        let Some(commitment) = &statement.commitment else { continue };
        let object = &commitment.object;
        drawn.add(
            "INSERT INTO commitments VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
            [
                Cell::Row(place),
                commitment.promisor.as_ref().into(),
                commitment.beneficiary.as_ref().into(),
                (&word(&commitment.polarity)).into(),
                object.span.start.into(),
                object.span.end.into(),
                (&object.text).into(),
            ],
        );
    }
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
