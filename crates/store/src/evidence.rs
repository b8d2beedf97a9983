//! `show`: one thing of the record with the sentences that say it.
//!
//! In goes an id that some answer gave: of a dispatch, of a happening or an event (`dispatch#v1`), a statement (`dispatch#s1`), or an actor; out comes what it is, as the record has it, and its evidence:
//! each piece a sentence of a dispatch with the characters in it that count. What was imported has no dispatch; instead of evidence it has the row that it came as. An id that nothing has is refused.

use crate::detail::{Origin, origin_of};
use crate::error::{StoreError, StoreErrorKind};
use crate::file::Reader;
use depeche_record::{CharIndex, CharSpan, CodedDispatch};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The most dispatches that are opened to show one thing.
pub(crate) const MOST_DISPATCHES: usize = 200;

/// A thing with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// What it is: `dispatch`, `happening`, `event`, `statement`, `actor`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// What the record has of it, in the shape of the question that answers with such things.
    pub thing: Value,
    /// What says so.
    pub evidence: Vec<Evidence>,
    /// The row that it came as, where it was imported: then nothing else says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Characters that say something, in their sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// The dispatch.
    pub dispatch: String,
    /// The event, statement or mention in it.
    pub id: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
    /// The first character that counts.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
    /// The sentence that they stand in.
    pub sentence: Sentence,
}

/// A stretch of text with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "as everywhere in the record")]
pub struct Sentence {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

impl Reader {
    /// The thing of an id.
    ///
    /// # Errors
    /// When nothing has that id, or the file is damaged.
    pub fn show(&self, id: &str) -> Result<Shown, StoreError> {
        let found = match self.show_happening(id)? {
            None => self.show_dispatch(id)?,
            happening => happening,
        };
        let found = match found {
            None => self.show_fact(id)?,
            found => found,
        };
        match found {
            Some(shown) => Ok(shown),
            None => self.show_actor(id)?.ok_or_else(|| {
                let cure = "give an id as `query` writes it: of a dispatch, a happening or event (`dispatch#v1`), a statement (`dispatch#s1`) or an actor";
                StoreError::new(StoreErrorKind::NotFound, format!("nothing in the record has the id `{id}`"), cure)
            }),
        }
    }

    fn show_happening(&self, id: &str) -> Result<Option<Shown>, StoreError> {
        let Some(happening) = self.happening(id)? else { return Ok(None) };
        let mut opened = Opened::default();
        let mut evidence = Vec::new();
        for report in happening.reports.iter().take(MOST_DISPATCHES) {
            evidence.extend(opened.get(self, &report.dispatch)?.and_then(|coded| of_event(coded, &report.event)));
        }
        let origin = if happening.reports.is_empty() { origin_of(&self.connection, id)? } else { None };
        Ok(Some(Shown { kind: "happening".to_owned(), id: id.to_owned(), thing: value(&happening)?, evidence, origin }))
    }

    fn show_dispatch(&self, id: &str) -> Result<Option<Shown>, StoreError> {
        let Some(coded) = self.coded(id)? else { return Ok(None) };
        let evidence = coded
            .events
            .iter()
            .filter_map(|event| of_event(&coded, &event.id))
            .chain(coded.statements.iter().filter_map(|statement| of_statement(&coded, &statement.id)));
        Ok(Some(Shown {
            kind: "dispatch".to_owned(),
            id: id.to_owned(),
            evidence: evidence.collect(),
            thing: value(&coded)?,
            origin: None,
        }))
    }

    /// An event or statement within a dispatch.
    fn show_fact(&self, id: &str) -> Result<Option<Shown>, StoreError> {
        let Some((dispatch, fact)) = id.rsplit_once('#') else { return Ok(None) };
        let Some(coded) = self.coded(dispatch)? else { return Ok(None) };
        let shown = |kind: &str, thing: Value, evidence: Option<Evidence>| {
            Some(Shown { kind: kind.to_owned(), id: id.to_owned(), thing, evidence: evidence.into_iter().collect(), origin: None })
        };
        if let Some(event) = coded.events.iter().find(|event| event.id == fact) {
            return Ok(shown("event", value(event)?, of_event(&coded, fact)));
        }
        if let Some(statement) = coded.statements.iter().find(|statement| statement.id == fact) {
            return Ok(shown("statement", value(statement)?, of_statement(&coded, fact)));
        }
        Ok(None)
    }

    fn show_actor(&self, id: &str) -> Result<Option<Shown>, StoreError> {
        let Some(actor) = self.actor_of_id(id)? else { return Ok(None) };
        let sql = "SELECT DISTINCT d.id, e.id FROM entities AS e JOIN dispatches AS d ON d.dispatch = e.entity / 65536 \
                   WHERE e.actor = ?1 OR e.actor IN (SELECT form FROM forms WHERE actor = ?1) ORDER BY d.id, e.id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let named =
            statement.query_map([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?.collect::<Result<Vec<_>, _>>()?;
        let mut opened = Opened::default();
        let mut evidence = Vec::new();
        for (dispatch, entity) in named.into_iter().take(MOST_DISPATCHES) {
            let Some(coded) = opened.get(self, &dispatch)? else { continue };
            let mention = coded.mentions.iter().find(|mention| mention.entity.as_ref() == Some(&entity));
            evidence.extend(mention.map(|mention| piece(coded, &mention.id, mention.span, None)));
        }
        Ok(Some(Shown { kind: "actor".to_owned(), id: id.to_owned(), thing: value(&actor)?, evidence, origin: None }))
    }
}

/// Dispatches that were opened already.
#[derive(Default)]
pub(crate) struct Opened(BTreeMap<String, Option<CodedDispatch>>);

impl Opened {
    pub(crate) fn get(&mut self, reader: &Reader, id: &str) -> Result<Option<&CodedDispatch>, StoreError> {
        if !self.0.contains_key(id) {
            self.0.insert(id.to_owned(), reader.coded(id)?);
        }
        Ok(self.0.get(id).and_then(Option::as_ref))
    }
}

/// The evidence for an event of a dispatch.
pub(crate) fn of_event(coded: &CodedDispatch, id: &str) -> Option<Evidence> {
    let event = coded.events.iter().find(|event| event.id == id)?;
    Some(piece(coded, id, event.trigger.span, coded.sentences.get(event.sentence).copied()))
}

/// The evidence for a statement of a dispatch.
pub(crate) fn of_statement(coded: &CodedDispatch, id: &str) -> Option<Evidence> {
    let statement = coded.statements.iter().find(|statement| statement.id == id)?;
    Some(piece(coded, id, statement.content.span, None))
}

/// Characters in their sentence; in all sentences that they share a character with, where these are several, and by themselves where there is none.
pub(crate) fn piece(coded: &CodedDispatch, id: &str, span: CharSpan, sentence: Option<CharSpan>) -> Evidence {
    let around = coded.sentences.iter().copied().filter(|sentence| sentence.overlaps(span)).reduce(CharSpan::cover);
    let sentence = sentence.filter(|sentence| sentence.contains(span)).or(around).map_or(span, |sentence| sentence.cover(span));
    let index = CharIndex::new(&coded.dispatch.text);
    let text = index.slice(&coded.dispatch.text, sentence).to_owned();
    Evidence {
        dispatch: coded.id.clone(),
        id: id.to_owned(),
        publisher: coded.dispatch.publisher.as_ref().map(|publisher| publisher.name.clone()),
        published: coded.dispatch.published.value.clone(),
        start: span.start,
        end: span.end,
        sentence: Sentence { start: sentence.start, end: sentence.end, text },
    }
}

fn value<T: Serialize>(thing: &T) -> Result<Value, StoreError> {
    serde_json::to_value(thing).map_err(StoreError::damaged)
}
