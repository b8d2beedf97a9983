//! What a user decides of actors, over what resolution would.
//!
//! In go two forms of actors and a verdict: one actor, or two. The verdict is kept by the forms, which newer packs do not rename as long as dispatches present the actor alike, and is asked whenever
//! actors are linked, so that it outlives every ingest and recoding. A form that the record does not have is refused.

use crate::error::{StoreError, StoreErrorKind};
use crate::file::{Reader, Store};
use crate::settling::settle;
use crate::shelf::form_of;
use depeche_resolve::{Form, Resolver};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;

/// Whether two forms are one actor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They are, and so are all forms of the actors that they are of.
    Merge,
    /// They are not.
    Split,
    /// Resolution shall say.
    Undecided,
}

impl Store {
    /// Decides of two forms and links again all that this touches. A merge is of all forms of the two actors; a split of the two forms alone; undecided again is all that was decided
    /// among the forms of the two actors.
    ///
    /// # Errors
    /// When the record does not have one of the forms, they are the same, or the disk is full.
    pub fn decide_actors(&mut self, one: &str, other: &str, verdict: Verdict, resolver: &Resolver) -> Result<(), StoreError> {
        if one == other {
            let message = format!("`{one}` and `{other}` are the same");
            return Err(StoreError::new(StoreErrorKind::Question, message, "give two"));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (ours, theirs) = (forms_beside(&transaction, one)?, forms_beside(&transaction, other)?);
        let touched: BTreeSet<String> = ours.iter().chain(&theirs).cloned().collect();
        match verdict {
            Verdict::Merge => {
                // All of their forms, for a form that went over alone would leave its actor.
                for (one, other) in
                    ours.iter().flat_map(|one| theirs.iter().map(move |other| (one, other))).filter(|(one, other)| one != other)
                {
                    decide(&transaction, one, other, "merge")?;
                }
            }
            Verdict::Split => decide(&transaction, one, other, "split")?,
            Verdict::Undecided => {
                for (one, other) in touched.iter().flat_map(|one| touched.iter().map(move |other| (one, other))) {
                    transaction.prepare_cached("DELETE FROM decisions WHERE one = ? AND other = ?")?.execute([one, other])?;
                }
            }
        }
        settle(&transaction, &mut self.at_hand, resolver, &[], &touched.into_iter().collect::<Vec<_>>())?;
        transaction.commit()?;
        Ok(())
    }
}

/// All forms of the actor that a form is of.
fn forms_beside(connection: &Connection, form: &str) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT o.form FROM forms AS f JOIN forms AS o USING (actor) WHERE f.form = ? ORDER BY o.form";
    let beside = connection.prepare_cached(sql)?.query_map([form], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    if beside.is_empty() {
        let message = format!("the record has no form of an actor with the id `{form}`");
        return Err(StoreError::new(StoreErrorKind::NotFound, message, "give the id of an actor or of one of its forms"));
    }
    Ok(beside)
}

fn decide(connection: &Connection, one: &str, other: &str, verdict: &str) -> Result<(), StoreError> {
    let (first, last) = if one < other { (one, other) } else { (other, one) };
    connection.prepare_cached("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?)")?.execute([first, last, verdict])?;
    Ok(())
}

impl Reader {
    /// The forms of an actor: each a way in which dispatches present it.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn forms_of(&self, actor: &str) -> Result<Vec<Form>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT json FROM forms WHERE actor = ? ORDER BY form")?;
        let found = statement.query_map([actor], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        found.iter().map(|json| form_of(json)).collect()
    }
}
