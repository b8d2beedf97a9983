//! `search`: the dispatches that have some words, whatever their accents, case, spelling of names or script.
//!
//! In go words, each of which must be there: `word*` stands for all that begin so, `"several words"` for these in a row, `-word` for one that must not be there. A word counts as there where it
//! stands as it is written but for accents and case; a name also where another spelling of it stands, which ranks lower. Out come dispatches, the best first, with the characters of the
//! part that has most of the words.

use crate::error::{StoreError, StoreErrorKind};
use crate::file::Reader;
use crate::filter::{Conditions, Filter, over_dispatches};
use crate::words::{fold, name_keys, words};
use depeche_names::search_keys;
use depeche_record::CharIndex;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde::Serialize;
use std::collections::{BTreeSet, VecDeque};

/// How many dispatches are found where nobody says.
const USUAL: usize = 20;
/// The most terms of a question.
const MOST_TERMS: usize = 32;
/// How many characters a snippet has about.
const SNIPPET: usize = 160;

/// A dispatch that has the words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct SearchHit {
    pub dispatch: String,
    /// The first of the words found, to the last of those near it.
    pub start: usize,
    pub end: usize,
    /// These characters with those around them, on one line.
    pub snippet: String,
    /// Higher is better.
    pub score: f64,
}

/// A term of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    /// Folded words in a row.
    words: Vec<String>,
    /// Whether the last word is a beginning.
    begins: bool,
    /// Whether it must not be there.
    absent: bool,
    /// Keys of a single word, by which other spellings are found.
    sounds: Option<String>,
    consonants: Option<String>,
}

impl Reader {
    /// The dispatches that have the words, the best first. Of the filter count the days of publication, the source and the limit, which is 20 where it says nothing.
    ///
    /// # Errors
    /// When no word is given that can be looked for, the filter names a publisher that the record does not know, or the file is damaged.
    pub fn search(&self, question: &str, filter: &Filter) -> Result<Vec<SearchHit>, StoreError> {
        let terms = terms(question)?;
        let conditions = over_dispatches(&self.connection, filter)?;
        // One transaction: a writer beside it must not take away what was ranked.
        let transaction = self.connection.unchecked_transaction()?;
        let all = ranked(&transaction, &match_expression(&terms))?;
        let found = best(&transaction, all, conditions, filter.limit.unwrap_or(USUAL))?;
        let mut text = transaction.prepare_cached("SELECT text FROM texts WHERE dispatch = ?")?;
        let hits = found.into_iter().map(|Best { rank, id, dispatch }| {
            let hit = text.query_row([dispatch], |row| Ok(hit(id, row.get_ref(0)?.as_str()?, -rank, &terms)))?;
            Ok(hit)
        });
        hits.collect()
    }
}

/// How good a hit is, the lower the better, and the key of its dispatch.
type Ranked = (f64, i64);

/// All hits, of which nothing is known yet but how good each is. They are ranked before anything else is read of them, for a common word has a third of a record.
fn ranked(connection: &Connection, expression: &str) -> Result<Vec<Ranked>, StoreError> {
    let sql = "SELECT bm25(full_text, 10.0, 4.0, 1.0), rowid FROM full_text WHERE full_text MATCH ?";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([expression], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A hit that is answered.
struct Best {
    rank: f64,
    id: String,
    dispatch: i64,
}

/// The best of the hits whose dispatches hold to the conditions, by rank and id. They are looked at from the best on, no
/// further than where all are known that are as good as the last one answered.
fn best(connection: &Connection, mut ranked: Vec<Ranked>, conditions: Conditions, most: usize) -> Result<Vec<Best>, StoreError> {
    ranked.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let sql = format!("SELECT d.id FROM dispatches AS d WHERE {} AND d.dispatch = ?", conditions.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found: Vec<Best> = Vec::new();
    for (rank, dispatch) in ranked {
        if found.len() >= most && found.last().is_none_or(|last| last.rank < rank) {
            break;
        }
        let values = conditions.values.iter().cloned().chain([Value::from(dispatch)]);
        if let Some(id) = statement.query_row(params_from_iter(values), |row| row.get(0)).optional()? {
            found.push(Best { rank, id, dispatch });
        }
    }
    found.sort_unstable_by(|one, other| one.rank.total_cmp(&other.rank).then_with(|| one.id.cmp(&other.id)));
    found.truncate(most);
    Ok(found)
}

/// Words as FTS5 looks for them.
pub(crate) fn match_of(question: &str) -> Result<String, StoreError> {
    Ok(match_expression(&terms(question)?))
}

/// The terms of a question.
fn terms(question: &str) -> Result<Vec<Term>, StoreError> {
    let mut terms = Vec::new();
    for (place, part) in question.split('"').enumerate() {
        if place % 2 == 1 {
            let absent = question.split('"').nth(place - 1).is_some_and(|before| before.ends_with('-'));
            terms.extend(term(part, absent, false));
            continue;
        }
        for token in part.split_whitespace() {
            let absent = token.starts_with('-') && token.len() > 1;
            terms.extend(term(token, absent, token.ends_with('*')));
        }
    }
    if terms.iter().all(|term| term.absent) {
        let message = "there is no word in the question that could be looked for";
        return Err(StoreError::new(StoreErrorKind::Question, message, "give at least one word that must be there"));
    }
    terms.truncate(MOST_TERMS);
    Ok(terms)
}

fn term(token: &str, absent: bool, begins: bool) -> Option<Term> {
    let parts: Vec<&str> = words(token).map(|word| word.text).collect();
    let folded: Vec<String> = parts.iter().map(|part| fold(part)).filter(|part| !part.is_empty()).collect();
    let keys = match parts[..] {
        // Whoever looks for a name may well write it small.
        [name] if !begins => search_keys(name),
        _ => depeche_names::SearchKeys::default(),
    };
    (!folded.is_empty()).then_some(Term { words: folded, begins, absent, sounds: keys.sounds, consonants: keys.consonants })
}

/// The question as FTS5 reads it. Every part is quoted and of letters and figures alone.
fn match_expression(terms: &[Term]) -> String {
    let quoted = |term: &Term| {
        let mut parts = vec![format!("words : \"{}\"{}", term.words.join(" "), if term.begins { " *" } else { "" })];
        parts.extend(term.sounds.iter().map(|key| format!("sounds : \"{key}\"")));
        parts.extend(term.consonants.iter().map(|key| format!("consonants : \"{key}\"")));
        format!("({})", parts.join(" OR "))
    };
    let (absent, present): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|term| term.absent);
    let mut expression = present.into_iter().map(quoted).collect::<Vec<_>>().join(" AND ");
    for term in absent {
        // What must not be there is taken by its letters.
        expression = format!("({expression}) NOT (words : \"{}\"{})", term.words.join(" "), if term.begins { " *" } else { "" });
    }
    expression
}

/// The part of a text that has most of the terms within the length of a snippet.
fn hit(dispatch: String, text: &str, score: f64, terms: &[Term]) -> SearchHit {
    let mut near: VecDeque<(usize, usize, (usize, usize))> = VecDeque::new();
    let mut best: (usize, usize, usize) = (0, 0, 0);
    for word in words(text) {
        let Some(which) = terms.iter().enumerate().find_map(|(at, term)| Some((at, term.place_in(word.text)?))) else { continue };
        let end = word.start + word.text.len();
        near.push_back((word.start, end, which));
        while near.front().is_some_and(|(start, ..)| end - start > SNIPPET) {
            near.pop_front();
        }
        let kinds = near.iter().map(|(.., which)| which).collect::<BTreeSet<_>>().len();
        if kinds > best.0 {
            best = (kinds, near.front().map_or(word.start, |(start, ..)| *start), end);
        }
    }
    let (_, start, end) = best;
    let index = CharIndex::new(text);
    let span = index.span(start..end);
    SearchHit { dispatch, start: span.start, end: span.end, snippet: snippet(text, start, end), score }
}

impl Term {
    /// Which of its own words a word of a text is; none where it is none of them, or must be absent.
    fn place_in(&self, word: &str) -> Option<usize> {
        if self.absent {
            return None;
        }
        let folded = fold(word);
        let last = self.words.len().saturating_sub(1);
        let is_own = |place: usize, own: &String| *own == folded || (self.begins && place == last && folded.starts_with(own.as_str()));
        if let Some(place) = self.words.iter().enumerate().position(|(place, own)| is_own(place, own)) {
            return Some(place);
        }
        let keys = name_keys(word)?;
        let alike =
            (self.sounds.is_some() && keys.sounds == self.sounds) || (self.consonants.is_some() && keys.consonants == self.consonants);
        alike.then_some(0)
    }
}

/// The text from `start` to `end` with whole words around it, on one line.
fn snippet(text: &str, start: usize, end: usize) -> String {
    let around = SNIPPET.saturating_sub(end - start) / 2;
    let mut from = start.saturating_sub(around);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = end.saturating_add(around).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let from =
        if from == 0 { 0 } else { text.get(from..start).and_then(|before| before.find(char::is_whitespace)).map_or(start, |at| from + at) };
    let to =
        if to == text.len() { to } else { text.get(end..to).and_then(|after| after.rfind(char::is_whitespace)).map_or(end, |at| end + at) };
    let shown: Vec<&str> = text.get(from..to).unwrap_or_default().split_whitespace().collect();
    format!("{}{}{}", if from > 0 { "… " } else { "" }, shown.join(" "), if to < text.len() { " …" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(question: &str, expected: Expect) {
        expected.assert_eq(&match_expression(&terms(question).unwrap()));
    }

    #[test]
    fn questions_become_expressions() {
        check("Choïgou", expect![[r#"(words : "choigou" OR sounds : "coigo")"#]]);
        check(
            "accord* \"espace aérien\" -Paris",
            expect![[r#"((words : "accord" *) AND (words : "espace aerien")) NOT (words : "paris")"#]],
        );
        assert_eq!(terms("-Paris").unwrap_err().kind, StoreErrorKind::Question);
        assert_eq!(terms(" « » ").unwrap_err().kind, StoreErrorKind::Question);
    }

    #[test]
    fn a_snippet_has_whole_words() {
        let text = "Il pleut. Le ministre Choïgou a été reçu à Alger par le président, puis il est reparti pour Moscou.";
        let found = hit("d".to_owned(), text, 1.0, &terms("choigu alger").unwrap());
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(chars[found.start..found.end].iter().collect::<String>(), "Choïgou a été reçu à Alger");
        assert!(found.snippet.contains("Choïgou a été reçu à Alger"), "{}", found.snippet);
    }

    proptest! {
        #[test]
        fn no_question_is_too_strange(question in "\\PC{0,60}", text in "\\PC{0,300}") {
            if let Ok(terms) = terms(&question) {
                let found = hit(String::new(), &text, 0.0, &terms);
                prop_assert!(found.start <= found.end && found.end <= text.chars().count());
            }
        }
    }
}
