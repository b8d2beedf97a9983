//! Events that others coded, without their dispatches.
//!
//! In go rows of an event data set as [`ImportedEvent`]s; each becomes a happening by itself that `timeline` and `series` count with the others. It has no reports, for there is no text to show:
//! the happening's id, `source:row`, is all the evidence. A row is known by its own identifier within its source, and taken once. Resolution joins them to no other happening; but persons whom a source
//! names in full are linked to those of dispatches, whichever came first, so that a question about somebody finds both.

use crate::error::StoreError;
use crate::file::Store;
use crate::rows::{day, insert_form, word};
use crate::settling::settle;
use crate::words::{fold_all, name_sounds};
use depeche_record::{Context, Date, EventType, Mode, Quad, Status};
use depeche_resolve::{Form, Resolver, Touched};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Whose rows they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFrom {
    /// What stands before the rows' identifiers, and what `--source` takes: `gdelt`.
    pub id: String,
    /// The name of the data set.
    pub name: String,
    /// Whether its parties bear full names, as in ICEWS and POLECAT, by which persons are known.
    pub names_persons: bool,
}

/// A row of an event data set.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedEvent {
    /// The row's own identifier.
    pub row: String,
    /// PLOVER's type.
    pub kind: EventType,
    /// PLOVER's mode, where the row tells it.
    pub mode: Option<Mode>,
    /// Whether it took place.
    pub status: Status,
    /// The CAMEO code, as the row has it where it has one.
    pub cameo: String,
    /// Goldstein value, or what the data set has in its place, on the same scale of −10 to 10.
    pub goldstein: f64,
    /// The quad class.
    pub quad: Quad,
    /// The day on which it took place; none where the row does not tell.
    pub day: Option<Date>,
    /// Where.
    pub place: Option<ImportedPlace>,
    /// PLOVER's contexts.
    pub contexts: Vec<Context>,
    /// Who.
    pub actors: Vec<ImportedParty>,
    /// To whom.
    pub recipients: Vec<ImportedParty>,
    /// Where it was reported.
    pub url: Option<String>,
    /// By whom.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<Date>,
}

/// Where an imported event took place.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedPlace {
    /// Its name, as the row has it.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// A party of an imported event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedParty {
    /// Its name, as the row has it.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER's sector.
    pub sector: Option<String>,
}

impl Store {
    /// Writes a batch of rows in one transaction. Answers for each whether it is new. `names` gives the names of a country by its code, under which questions find it then.
    /// `resolver` links the persons.
    ///
    /// # Errors
    /// When the disk is full, the file damaged, or a reader holds it too long; then nothing of the batch was written.
    pub fn import(
        &mut self,
        from: &ImportedFrom,
        batch: &[ImportedEvent],
        names: impl Fn(&str) -> Vec<String>,
        resolver: &Resolver,
    ) -> Result<Vec<bool>, StoreError> {
        self.write(|transaction, at_hand| {
            transaction.execute("INSERT OR IGNORE INTO sources (source, name) VALUES (?, ?)", params![from.id, from.name])?;
            let (mut taken, mut forms) = (Vec::with_capacity(batch.len()), Vec::new());
            let mut called: BTreeMap<&str, Vec<String>> = BTreeMap::new();
            for event in batch {
                let is_known = transaction
                    .prepare_cached("SELECT 1 FROM imported WHERE source = ? AND row = ?")?
                    .exists(params![from.id, event.row])?;
                if !is_known {
                    let happening = insert(transaction, from, event)?;
                    for (side, party) in
                        event.actors.iter().map(|party| ("actor", party)).chain(event.recipients.iter().map(|party| ("recipient", party)))
                    {
                        let country = party.country.as_deref().unwrap_or_default();
                        let known = called.entry(country).or_insert_with(|| if country.is_empty() { Vec::new() } else { names(country) });
                        let form = person(from, party, known, resolver);
                        if let Some(form) = &form
                            && insert_form(transaction, at_hand, form, resolver)?
                        {
                            forms.push(form.id.clone());
                        }
                        let actor = form.as_ref().map_or("", |form| form.id.as_str());
                        let sql = "INSERT OR IGNORE INTO parties VALUES (?, ?, ?, ?)";
                        transaction.prepare_cached(sql)?.execute(params![happening, side, actor, country])?;
                    }
                }
                taken.push(!is_known);
            }
            called.iter().try_for_each(|(country, names)| insert_names(transaction, country, names))?;
            settle(transaction, at_hand, resolver, &Touched { forms: &forms, ..Touched::default() })?;
            Ok(taken)
        })
    }
}

/// The form of a party that is a person, as far as its name tells; none of one that is called as its country is.
fn person(from: &ImportedFrom, party: &ImportedParty, names_of_country: &[String], resolver: &Resolver) -> Option<Form> {
    let own = fold_all(&party.name);
    let is_country = || names_of_country.iter().any(|name| fold_all(name) == own);
    (from.names_persons && !is_country()).then(|| resolver.person_form(&party.name, party.country.as_deref())).flatten()
}

/// A row as an event and the happening that it is alone, without its parties as they are asked for; the key of the happening.
fn insert(connection: &Connection, from: &ImportedFrom, event: &ImportedEvent) -> Result<i64, StoreError> {
    let key: i64 = connection.prepare_cached("SELECT min(coalesce(min(event), 0), 0) - 1 FROM events")?.query_row([], |row| row.get(0))?;
    let id = format!("{}:{}", from.id, event.row);
    let place = event.place.as_ref();
    let (place_name, place_country) = (place.map(|place| &place.name), place.and_then(|place| place.country.as_ref()));
    let (day, quad, mode) = (day(event.day), word(&event.quad), event.mode.map(|mode| mode.name()));
    connection
        .prepare_cached(
            "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?9, ?10, ?11, ?12, ?13, NULL, '', '', 1.0, 0, 0, 0, 0)",
        )?
        .execute(params![
            key,
            id,
            event.kind.name(),
            mode,
            event.status.name(),
            event.cameo,
            event.goldstein,
            quad,
            day,
            place_name,
            place_country,
            place.and_then(|place| place.lat),
            place.and_then(|place| place.lon),
        ])?;
    connection
        .prepare_cached(
            "INSERT INTO happenings (id, lead, type, mode, status, goldstein, quad, value, first, last, place, place_country, sources, reports, disagreements)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?8, ?9, ?10, 0, 0, 0)",
        )?
        .execute(params![
            id,
            key,
            event.kind.name(),
            mode,
            event.status.name(),
            event.goldstein,
            quad,
            day,
            place_name,
            place_country
        ])?;
    let happening = connection.last_insert_rowid();
    for (side, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for (party, place) in parties.iter().zip(0..) {
            connection.prepare_cached("INSERT INTO participants VALUES (?, ?, ?, NULL, ?, ?, 0, 0, ?)")?.execute(params![
                key,
                side,
                place,
                party.country,
                party.sector,
                party.name
            ])?;
        }
    }
    let contexts: Vec<&str> = event.contexts.iter().map(Context::name).collect();
    connection.prepare_cached("INSERT INTO imported VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
        happening,
        from.id,
        event.row,
        event.url,
        event.publisher,
        crate::rows::day(event.published),
        contexts.join("; ")
    ])?;
    Ok(happening)
}

/// The names of a country, by which no dispatch may have called it yet.
fn insert_names(connection: &Connection, country: &str, names: &[String]) -> Result<(), StoreError> {
    for name in names {
        if connection.prepare_cached("SELECT 1 FROM names WHERE form = ? AND name = ?")?.exists([country, name])? {
            continue;
        }
        connection.prepare_cached("INSERT INTO names VALUES (?, ?, ?, ?)")?.execute(params![
            country,
            name,
            fold_all(name),
            name_sounds(name)
        ])?;
    }
    Ok(())
}
