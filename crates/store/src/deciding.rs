//! What a user decides of actors, over what resolution would.
//!
//! In go two actors or forms, by id or by name, and a verdict: one actor, or two. The verdict is kept by the forms, which newer packs do not rename as long as dispatches present the actor alike,
//! and is asked whenever actors are linked, so that it outlives every ingest and recoding. What the record does not have is refused, and so is a name that several actors bear.

use crate::error::{StoreError, StoreErrorKind};
use crate::file::{Reader, Store};
use crate::filter::{bearing, is_country_code, marks};
use crate::settling::settle;
use crate::shelf::form_of;
use crate::words::fold_all;
use depeche_resolve::{Form, FormId, Resolver, Touched};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde::Serialize;
use std::collections::BTreeSet;

/// Actors that are told of a name that several bear.
const MOST_TOLD: usize = 8;

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

/// What was decided of two forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// `merge` or `split`.
    pub verdict: String,
    /// A form.
    pub one: String,
    /// Its fullest name.
    pub one_name: String,
    /// Another.
    pub other: String,
    /// Its fullest name.
    pub other_name: String,
}

impl Store {
    /// Decides of two forms and links again all that this touches. A merge is of all forms of the two actors; a split of the two forms alone; undecided again is all that was decided
    /// among the forms of the two actors. A form is told by its id, an actor by its own, and either by a name in any spelling, which then stands for all forms that bear it. Answers with the forms that were meant.
    ///
    /// # Errors
    /// When the record has no such form, several actors bear the name, both stand for the same form, there is nothing to take back, or the disk is full. Then nothing is changed.
    pub fn decide_actors(&mut self, one: &str, other: &str, verdict: Verdict, resolver: &Resolver) -> Result<Vec<FormId>, StoreError> {
        self.write(|transaction, at_hand| {
            let (own, others) = (meant(transaction, one)?, meant(transaction, other)?);
            if own.iter().any(|form| others.contains(form)) {
                let message = format!("`{one}` and `{other}` are the same");
                return Err(StoreError::new(
                    StoreErrorKind::Question,
                    message,
                    "give two forms by their ids; `depeche actors forms NAME` tells them",
                ));
            }
            let (all_own, all_others) = (forms_beside(transaction, &own)?, forms_beside(transaction, &others)?);
            let touched: BTreeSet<&String> = all_own.iter().chain(&all_others).collect();
            match verdict {
                // All of their forms, for a form that went over alone would leave its actor.
                Verdict::Merge => decide(transaction, &all_own, &all_others, "merge")?,
                Verdict::Split => decide(transaction, &own, &others, "split")?,
                Verdict::Undecided => {
                    let mut undone = 0;
                    for (one, other) in touched.iter().flat_map(|one| touched.iter().map(move |other| (one, other))) {
                        undone += transaction.prepare_cached("DELETE FROM decisions WHERE one = ? AND other = ?")?.execute([one, other])?;
                    }
                    if undone == 0 {
                        let message = format!("nothing was decided of `{one}` and `{other}`");
                        return Err(StoreError::new(StoreErrorKind::NotFound, message, "`depeche actors list` tells what was"));
                    }
                }
            }
            let touched: Vec<String> = touched.into_iter().cloned().collect();
            settle(transaction, at_hand, resolver, &Touched { forms: &touched, ..Touched::default() })?;
            Ok(own.into_iter().chain(others).collect())
        })
    }
}

/// The forms that an id or a name stands for, all of one actor.
fn meant(connection: &Connection, word: &str) -> Result<Vec<String>, StoreError> {
    let own = connection.prepare_cached("SELECT form FROM forms WHERE form = ?")?.query_row([word], |row| row.get(0)).optional()?;
    if let Some(form) = own {
        return Ok(vec![form]);
    }
    let of_actor = strings(connection, "SELECT form FROM forms WHERE actor = ? ORDER BY form", [word])?;
    if !of_actor.is_empty() {
        return Ok(of_actor);
    }
    let is_form = |found: &String| !is_country_code(found);
    let (found, countries): (Vec<String>, Vec<String>) = bearing(connection, word)?.into_iter().partition(is_form);
    if found.is_empty() {
        let message = if is_country_code(word) || !countries.is_empty() {
            format!("`{word}` is a country, of which nothing is decided")
        } else {
            format!("the record knows nobody called `{word}`")
        };
        return Err(StoreError::new(
            StoreErrorKind::NotFound,
            message,
            "give the id of an actor or of one of its forms, or a name that dispatches give it",
        ));
    }
    let of_one = |forms: &[String]| -> Result<Vec<String>, StoreError> {
        strings(connection, &format!("SELECT DISTINCT actor FROM forms WHERE form IN ({}) ORDER BY actor", marks(forms.len())), forms)
    };
    if of_one(&found)?.len() == 1 {
        return Ok(found);
    }
    // The name as a whole tells whom it means, where others have it as a part of theirs.
    let sql = format!("SELECT DISTINCT form FROM names WHERE folded = ? AND form IN ({}) ORDER BY form", marks(found.len()));
    let whole = strings(connection, &sql, std::iter::once(&fold_all(word)).chain(&found))?;
    let actors = of_one(if whole.is_empty() { &found } else { &whole })?;
    if actors.len() == 1 {
        return Ok(whole);
    }
    let mut told = Vec::new();
    for actor in actors.iter().take(MOST_TOLD) {
        told.push(format!("{} ({actor})", name_of(connection, actor)?));
    }
    let more = if actors.len() > MOST_TOLD { format!(" and {} more", actors.len() - MOST_TOLD) } else { String::new() };
    let message = format!("several actors are called `{word}`: {}{more}", told.join(", "));
    Err(StoreError::new(StoreErrorKind::Question, message, "give the id of the one that is meant"))
}

fn strings<'a>(
    connection: &Connection,
    sql: &str,
    values: impl IntoIterator<Item = &'a (impl rusqlite::ToSql + ?Sized + 'a)>,
) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map(params_from_iter(values), |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The fullest name of a form; its id where it has none.
fn name_of(connection: &Connection, form: &str) -> Result<String, StoreError> {
    let json =
        connection.prepare_cached("SELECT json FROM forms WHERE form = ?")?.query_row([form], |row| row.get::<_, String>(0)).optional()?;
    let named = json.as_deref().map(form_of).transpose()?;
    Ok(named.and_then(|form| form.names.into_iter().next()).unwrap_or_else(|| form.to_owned()))
}

/// All forms of the actor that some forms are of.
fn forms_beside(connection: &Connection, forms: &[String]) -> Result<Vec<String>, StoreError> {
    let of_those = format!("SELECT actor FROM forms WHERE form IN ({})", marks(forms.len()));
    strings(connection, &format!("SELECT form FROM forms WHERE actor IN ({of_those}) ORDER BY form"), forms)
}

/// Files a verdict on each of some forms with each of others.
fn decide(connection: &Connection, ones: &[String], others: &[String], verdict: &str) -> Result<(), StoreError> {
    for (one, other) in ones.iter().flat_map(|one| others.iter().map(move |other| (one, other))).filter(|(one, other)| one != other) {
        let (first, last) = if one < other { (one, other) } else { (other, one) };
        connection.prepare_cached("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?)")?.execute([
            first.as_str(),
            last.as_str(),
            verdict,
        ])?;
    }
    Ok(())
}

impl Reader {
    /// The forms of an actor: each a way in which dispatches present it.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn forms_of(&self, actor: &str) -> Result<Vec<Form>, StoreError> {
        let found = strings(&self.connection, "SELECT json FROM forms WHERE actor = ? ORDER BY form", [actor])?;
        found.iter().map(|json| form_of(json)).collect()
    }

    /// The id of the actor that an id or a name stands for, as [`Store::decide_actors`] takes it.
    ///
    /// # Errors
    /// When the record has none, several actors bear the name, or the file is damaged.
    pub fn actor_of(&self, word: &str) -> Result<String, StoreError> {
        let forms = meant(&self.connection, word)?;
        let sql = "SELECT actor FROM forms WHERE form = ?";
        Ok(self.connection.prepare_cached(sql)?.query_row([forms.first()], |row| row.get(0))?)
    }

    /// What was decided, in the order of the forms.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT verdict, one, other FROM decisions ORDER BY one, other")?;
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))?;
        let found = found.collect::<Result<Vec<_>, _>>()?;
        let named = |(verdict, one, other): (String, String, String)| {
            let (one_name, other_name) = (name_of(&self.connection, &one)?, name_of(&self.connection, &other)?);
            Ok(Decision { verdict, one, one_name, other, other_name })
        };
        found.into_iter().map(named).collect()
    }
}
