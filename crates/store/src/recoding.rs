//! Coding again what is in the record, with newer packs, keeping identities.
//!
//! In goes a run; out come, batch by batch, the dispatches that another one coded, and their new coding takes the place of the old in a transaction each, so that an interrupted recoding goes
//! on where it ended. A dispatch keeps its id; an event keeps its own where type and trigger are the same, a statement where its content is; what is new has a number that was never given
//! there. Happenings, actors and threads are decided again where anything changed, and keep their ids where their members do.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::file::{Reader, Store};
use crate::linking::remove_form_links;
use crate::pledges;
use crate::prepared::Prepared;
use crate::rows::facts_of;
use crate::settling::{companions, dispatch_key, remove_happenings_of, settle};
use crate::writing::{RunKey, replace};
use depeche_record::{CodedDispatch, Event, Statement};
use depeche_resolve::{Resolver, Touched};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

impl Reader {
    /// How many dispatches were coded by other runs than this.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn outdated(&self, run: RunKey) -> Result<u64, StoreError> {
        Ok(self.connection.query_row("SELECT count(*) FROM dispatches WHERE run != ?", [run.0], |row| row.get(0))?)
    }

    /// The next dispatches in the order in which they came, behind that of the id `after`, that another run coded; at most `most`.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn outdated_after(&self, run: RunKey, after: Option<&str>, most: usize) -> Result<Vec<CodedDispatch>, StoreError> {
        let after = match after {
            Some(id) => dispatch_key(&self.connection, id)?.unwrap_or(i64::MAX),
            None => 0,
        };
        let sql = "SELECT dispatch FROM dispatches WHERE run != ? AND dispatch > ? ORDER BY dispatch LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let keys = statement.query_map([run.0, after, most], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
        keys.into_iter().map(|key| of_key(&self.connection, key)).collect()
    }
}

impl Store {
    /// Puts new codings of dispatches in the place of the old ones, in one transaction. Answers with how many of them differ from what was there.
    ///
    /// # Errors
    /// As [`Store::ingest`].
    pub fn recode(&mut self, batch: Vec<CodedDispatch>, run: RunKey, resolver: &Resolver) -> Result<usize, StoreError> {
        self.write(|transaction, at_hand| {
            let (mut touched, mut mates, mut forms, mut changed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), 0);
            for mut coded in batch {
                let Some(key) = dispatch_key(transaction, &coded.id)? else { continue };
                let old = of_key(transaction, key)?;
                keep_ids(&old, &mut coded);
                if coded == old {
                    // The dossier may still differ: it is made by the packs too.
                    transaction.execute("UPDATE dispatches SET run = ? WHERE dispatch = ?", [run.0, key])?;
                } else {
                    changed += 1;
                }
                touched.extend(companions(transaction, key)?);
                forms.extend(forms_beside(transaction, key)?);
                let events = event_keys(transaction, key)?;
                remove_happenings_of(transaction, &events)?;
                let prepared = Prepared::new(coded, resolver)?;
                if pledges::are_others(transaction, key, prepared.resolved.dossier.dossier())? {
                    mates.extend(pledges::thread_mates(transaction, key)?);
                }
                forms.extend(replace(transaction, at_hand, key, &prepared, run, resolver)?);
            }
            for form in remove_unused(transaction, &forms)? {
                forms.remove(&form);
            }
            // What is at hand is of the old coding, or of forms that went again.
            at_hand.clear();
            let [touched, mates, forms] = [touched, mates, forms].map(|all| all.into_iter().collect::<Vec<String>>());
            settle(transaction, at_hand, resolver, &Touched { dispatches: &touched, pledges: &mates, forms: &forms })?;
            Ok(changed)
        })
    }
}

fn event_keys(connection: &Connection, dispatch: i64) -> Result<Vec<Option<i64>>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT event FROM events WHERE event BETWEEN ? AND ?")?;
    Ok(statement.query_map(facts_of(dispatch), |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?)
}

/// The forms of all actors that a dispatch names: what must be linked again when it names them otherwise.
fn forms_beside(connection: &Connection, dispatch: i64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT o.form FROM entities AS e JOIN forms AS f ON f.form = e.actor JOIN forms AS o ON o.actor = f.actor WHERE e.entity BETWEEN ? AND ?";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map(facts_of(dispatch), |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?)
}

/// Takes away those of these forms that no dispatch has any more, unless a user decided about them or an imported row has them; answers with what went.
fn remove_unused(connection: &Connection, forms: &BTreeSet<String>) -> Result<Vec<String>, StoreError> {
    let mut removed = Vec::new();
    let sql = "DELETE FROM forms WHERE form = ?1 AND NOT EXISTS (SELECT 1 FROM entities WHERE actor = ?1)
               AND NOT EXISTS (SELECT 1 FROM decisions WHERE one = ?1 OR other = ?1)
               AND NOT EXISTS (SELECT 1 FROM parties JOIN imported USING (happening) WHERE actor = ?1)";
    for form in forms {
        if connection.prepare_cached(sql)?.execute([form])? > 0 {
            connection.prepare_cached("DELETE FROM names WHERE form = ?")?.execute([form])?;
            connection.prepare_cached("DELETE FROM form_keys WHERE form = ?")?.execute([form])?;
            remove_form_links(connection, form)?;
            removed.push(form.clone());
        }
    }
    Ok(removed)
}

/// Gives events and statements the ids that the same ones had before.
fn keep_ids(old: &CodedDispatch, new: &mut CodedDispatch) {
    let same_event = |one: &Event, other: &Event| one.kind == other.kind && one.trigger.span == other.trigger.span;
    let events = matched(&old.events, &new.events, same_event, |event| &event.id, 'v');
    let same_statement = |one: &Statement, other: &Statement| one.content.span == other.content.span;
    let statements = matched(&old.statements, &new.statements, same_statement, |statement| &statement.id, 's');
    let renamed: BTreeMap<String, String> = new.events.iter().map(|event| event.id.clone()).zip(events.iter().cloned()).collect();
    for timex in &mut new.timexes {
        if let Some(id) = renamed.get(&timex.anchor) {
            timex.anchor.clone_from(id);
        }
    }
    for (event, id) in new.events.iter_mut().zip(events) {
        event.id = id;
    }
    for (statement, id) in new.statements.iter_mut().zip(statements) {
        statement.id = id;
    }
}

/// The ids of `new`: that of the first of `old` that is the same and not taken, else the next number behind all that were given.
fn matched<Fact>(
    old: &[Fact],
    new: &[Fact],
    same: impl Fn(&Fact, &Fact) -> bool,
    id: impl Fn(&Fact) -> &String,
    letter: char,
) -> Vec<String> {
    let mut taken = vec![false; old.len()];
    let mut next = old.iter().filter_map(|fact| id(fact).strip_prefix(letter)?.parse::<u64>().ok()).max().unwrap_or(0);
    new.iter()
        .map(|fact| {
            let found = old.iter().zip(&mut taken).find(|(before, taken)| !**taken && same(before, fact));
            match found {
                Some((before, taken)) => {
                    *taken = true;
                    id(before).clone()
                }
                None => {
                    next = next.saturating_add(1);
                    format!("{letter}{next}")
                }
            }
        })
        .collect()
}
