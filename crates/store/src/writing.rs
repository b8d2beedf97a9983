//! Dispatches into the record, once each.
//!
//! In goes a batch of [`Prepared`] dispatches; it is written and held against what is there in one transaction, and out comes for each whether it is new or known. A dispatch is known by the
//! SHA-256 of its input. One whose id stands for another text already is kept under its id with the beginning of its hash behind it; nothing is lost and nothing is written over. Where the
//! transaction fails, nothing of the batch is in the record.

use crate::at_hand::AtHand;
use crate::error::StoreError;
use crate::file::{Reader, Store};
use crate::filter::marks;
use crate::prepared::{Content, Prepared};
use crate::rows;
use crate::settling::settle;
use depeche_resolve::{Resolver, Touched};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use std::collections::BTreeMap;

/// What coded dispatches: every dispatch of the record has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The program's version.
    pub program: String,
    /// The fingerprint of the packs.
    pub packs: String,
    /// The models, by language.
    pub models: BTreeMap<String, String>,
}

/// A run in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunKey(pub(crate) i64);

/// What became of a dispatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is in the record now, under this id.
    New {
        /// The id, which is the dispatch's own but where that stands for another text.
        id: String,
        /// How many events it tells of.
        events: usize,
    },
    /// It was there already.
    Known,
}

impl Store {
    /// The run of these versions, for [`Store::ingest`].
    ///
    /// # Errors
    /// When the disk is full or the file damaged.
    pub fn run(&self, run: &Run) -> Result<RunKey, StoreError> {
        let models = serde_json::to_string(&run.models).unwrap_or_default();
        let told = params![run.program, run.packs, models];
        self.connection.execute("INSERT OR IGNORE INTO runs (program, packs, models) VALUES (?, ?, ?)", told)?;
        let sql = "SELECT run FROM runs WHERE program = ? AND packs = ? AND models = ?";
        Ok(RunKey(self.connection.query_row(sql, told, |row| row.get(0))?))
    }

    /// Writes a batch in one transaction. When this answers, the batch is on the disk.
    ///
    /// # Errors
    /// When the disk is full, the file damaged, or a reader holds it too long; then nothing of the batch was written.
    pub fn ingest(&mut self, batch: Vec<Prepared>, run: RunKey, resolver: &Resolver) -> Result<Vec<Kept>, StoreError> {
        self.write(|transaction, at_hand| {
            let (mut kept, mut touched, mut forms) = (Vec::with_capacity(batch.len()), Vec::new(), Vec::new());
            for mut prepared in batch {
                if is_known(transaction, &mut prepared, resolver)? {
                    kept.push(Kept::Known);
                    continue;
                }
                let key = insert_dispatch(transaction, &prepared, run)?;
                let inserted = rows::insert(transaction, at_hand, key, &prepared, resolver)?;
                forms.extend(inserted.forms);
                touched.push(prepared.id.clone());
                at_hand.put_new(key, prepared.resolved.dossier, &prepared.resolved.keys);
                at_hand.file(inserted.pledges);
                kept.push(Kept::New { id: prepared.id, events: prepared.events });
            }
            settle(transaction, at_hand, resolver, &Touched { dispatches: &touched, forms: &forms, ..Touched::default() })?;
            Ok(kept)
        })
    }
}

impl Reader {
    /// Whether a dispatch of this input is in the record.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn knows(&self, content: &Content) -> Result<bool, StoreError> {
        has_content(&self.connection, content)
    }
}

fn has_content(connection: &Connection, content: &Content) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM dispatches WHERE content = ?")?.exists([content])?)
}

/// Whether the record has it; where it has another of its id, this one is given one of its own.
fn is_known(connection: &Connection, prepared: &mut Prepared, resolver: &Resolver) -> Result<bool, StoreError> {
    if has_content(connection, &prepared.content)? {
        return Ok(true);
    }
    let text_of = |id: &str| -> Result<Option<String>, StoreError> {
        let sql = "SELECT text FROM dispatches JOIN texts USING (dispatch) WHERE id = ?";
        Ok(connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    };
    let Some(text) = text_of(prepared.id())? else { return Ok(false) };
    if text == prepared.text {
        return Ok(true);
    }
    let hash: String = prepared.content.iter().map(|byte| format!("{byte:02x}")).collect();
    let short = format!("{}@{}", prepared.id(), hash.get(..8).unwrap_or(&hash));
    let id = if text_of(&short)?.is_none() { short } else { format!("{}@{hash}", prepared.id()) };
    prepared.rename(id, resolver)?;
    Ok(false)
}

/// What a coding says of a dispatch, in the columns of its row.
const DESCRIBED: &str = "run, source, language, title, byline, published, first, last, method";

/// The values of [`DESCRIBED`].
fn described(prepared: &Prepared, run: RunKey) -> [Value; 9] {
    let described = &prepared.described;
    let text = |text: Option<&String>| Value::from(text.cloned());
    [
        run.0.into(),
        text(prepared.source.as_ref().map(|source| &source.id)),
        text(described.language.as_ref()),
        text(described.title.as_ref()),
        text(described.byline.as_ref()),
        text(described.published.as_ref()),
        text(described.first.as_ref()),
        text(described.last.as_ref()),
        described.method.clone().into(),
    ]
}

/// The row of a dispatch itself.
fn insert_dispatch(connection: &Connection, prepared: &Prepared, run: RunKey) -> Result<i64, StoreError> {
    insert_source(connection, prepared)?;
    let sql = format!(
        "INSERT INTO dispatches ({DESCRIBED}, id, content, url, story, report, copy) VALUES ({}, ?10, ?11, ?12, ?10, ?10, 'original')",
        marks(9)
    );
    let own = [prepared.id.clone().into(), Value::Blob(prepared.content.to_vec()), prepared.described.url.clone().into()];
    connection.prepare_cached(&sql)?.execute(params_from_iter(described(prepared, run).into_iter().chain(own)))?;
    Ok(connection.last_insert_rowid())
}

/// The row of a dispatch's publisher, with what the packs know of it today.
fn insert_source(connection: &Connection, prepared: &Prepared) -> Result<(), StoreError> {
    let Some(source) = &prepared.source else { return Ok(()) };
    let sql = "INSERT INTO sources VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (source) \
               DO UPDATE SET name = ?2, country = ?3, state = ?4, agency = ?5, official = ?6 WHERE (country, state, agency, official) IS NOT (?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![
        source.id,
        source.name,
        source.country,
        source.state,
        source.agency,
        source.official
    ])?;
    Ok(())
}

/// Writes anew a dispatch that the record has, under the same key.
pub(crate) fn replace(
    connection: &Connection,
    at_hand: &mut AtHand,
    key: i64,
    prepared: &Prepared,
    run: RunKey,
    resolver: &Resolver,
) -> Result<Vec<String>, StoreError> {
    insert_source(connection, prepared)?;
    let sql = format!("UPDATE dispatches SET ({DESCRIBED}) = ({}) WHERE dispatch = ?", marks(9));
    connection.prepare_cached(&sql)?.execute(params_from_iter(described(prepared, run).into_iter().chain([key.into()])))?;
    rows::remove(connection, key)?;
    Ok(rows::insert(connection, at_hand, key, prepared, resolver)?.forms)
}
