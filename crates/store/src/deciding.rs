//! What a user decides of actors, over what resolution would.
//!
//! In go two forms of actors and a verdict: one actor, or two. The verdict is kept by the forms, which newer packs do not rename as long as dispatches present the actor alike, and is asked whenever
//! actors are linked, so that it outlives every ingest and recoding. A form that the record does not have is refused.

use crate::error::{StoreError, StoreErrorKind};
use crate::file::{Reader, Store};
use crate::prepared::unpress;
use crate::settling::settle;
use depeche_resolve::{Form, Resolver};
use rusqlite::{TransactionBehavior, params};
use std::collections::BTreeSet;

/// Whether two forms are one actor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They are.
    Merge,
    /// They are not.
    Split,
    /// Resolution shall say.
    Undecided,
}

impl Store {
    /// Decides of two forms, or of the actors that bear their names, and links again all that this touches.
    ///
    /// # Errors
    /// When the record does not have one of the forms, they are the same, or the disk is full.
    pub fn decide_actors(&mut self, one: &str, other: &str, verdict: Verdict, resolver: &Resolver) -> Result<(), StoreError> {
        if one == other {
            let message = format!("`{one}` and `{other}` are the same");
            return Err(StoreError::new(StoreErrorKind::Question, message, "give two"));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut touched = BTreeSet::new();
        for form in [one, other] {
            let sql = "SELECT o.form FROM forms AS f JOIN forms AS o USING (actor) WHERE f.form = ?";
            let beside =
                transaction.prepare_cached(sql)?.query_map([form], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            if beside.is_empty() {
                let message = format!("the record has no form of an actor with the id `{form}`");
                return Err(StoreError::new(StoreErrorKind::NotFound, message, "give the id of an actor or of one of its forms"));
            }
            touched.extend(beside);
        }
        let (first, last) = if one < other { (one, other) } else { (other, one) };
        transaction.execute("DELETE FROM decisions WHERE one = ? AND other = ?", [first, last])?;
        let word = match verdict {
            Verdict::Merge => Some("merge"),
            Verdict::Split => Some("split"),
            Verdict::Undecided => None,
        };
        if let Some(word) = word {
            transaction.execute("INSERT INTO decisions VALUES (?, ?, ?)", params![first, last, word])?;
        }
        settle(&transaction, resolver, &[], &touched.into_iter().collect::<Vec<_>>())?;
        transaction.commit()?;
        Ok(())
    }
}

impl Reader {
    /// The forms of an actor: each a way in which dispatches present it.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn forms_of(&self, actor: &str) -> Result<Vec<Form>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT json FROM forms WHERE actor = ? ORDER BY form")?;
        let found = statement.query_map([actor], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
        found.iter().map(|json| unpress(json)).collect()
    }
}
