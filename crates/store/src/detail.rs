//! Happenings with all that other formats ask of them, one after the other.
//!
//! In goes a filter; each happening that it lets through goes to a function of the caller's, so that a record of any size is written at constant memory. Beyond what `timeline` answers there are
//! the figures and, as the leading report has them, contexts, coordinates, sectors and offices of the parties, and the sentence that says it.

use crate::coded::of_key;
use crate::error::StoreError;
use crate::evidence::{Evidence, of_event};
use crate::file::Reader;
use crate::filter::{Filter, over_happenings};
use crate::rows::dispatch_of;
use crate::timeline::{BY_DAY, Bare, HAPPENINGS, TimelineEntry, bare, fill};
use depeche_record::{BlockKind, CodedDispatch, Event, Participant};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

/// A happening in full.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HappeningDetail {
    /// What `timeline` answers.
    #[serde(flatten)]
    pub entry: TimelineEntry,
    /// PLOVER's contexts.
    pub contexts: Vec<String>,
    /// The CAMEO code.
    pub cameo: String,
    /// The Goldstein value.
    pub goldstein: f64,
    /// The quad class.
    pub quad: String,
    /// Degrees north of the place.
    pub lat: Option<f64>,
    /// Degrees east of the place.
    pub lon: Option<f64>,
    /// How many times, where a report says so.
    pub count: Option<i64>,
    /// What it was about.
    pub topics: Vec<String>,
    /// The confidence of the leading report; none for an imported row.
    pub confidence: Option<f64>,
    /// The parties, actors first, as the leading report has them.
    pub parties: Vec<PartyDetail>,
    /// How many independent sources report it.
    pub sources: u64,
    /// The dispatches that report it, the leading one first.
    pub dispatches: Vec<DispatchRef>,
    /// Whether the leading report has it in its title or lede.
    pub leads: bool,
    /// The sentence of the leading report.
    pub evidence: Option<Evidence>,
    /// Where it was imported from.
    pub origin: Option<Origin>,
}

/// A party of a happening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartyDetail {
    /// `actor` or `recipient`.
    pub side: String,
    /// The actor, where something tells who it is.
    pub id: Option<String>,
    /// What kind of entity it is.
    pub kind: Option<String>,
    /// Its name.
    pub name: String,
    /// Its words in the leading report.
    pub text: String,
    /// ISO 3166-1 alpha-3, `IGO` or `NGO`.
    pub country: Option<String>,
    /// PLOVER's sector.
    pub sector: Option<String>,
    /// Its Wikidata item.
    pub wikidata: Option<String>,
    /// The first office that the leading report gives it.
    pub office: Option<String>,
}

/// A dispatch that reports something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct DispatchRef {
    pub id: String,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    /// The first day on which it may have been published.
    pub first: Option<String>,
    pub title: Option<String>,
    pub language: Option<String>,
}

/// The row that an imported event was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "they are those of `ImportedEvent`")]
pub struct Origin {
    pub source: String,
    pub row: String,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
}

/// In which order happenings come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HappeningOrder {
    /// By the day on which they took place, as in `timeline`.
    Day,
    /// By the day on which they were first reported, the newest first.
    Reported,
}

impl Reader {
    /// Hands the happenings that a filter lets through to `take`, which may end it with an error of its own.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged, and what `take` fails with.
    pub fn each_happening<Fault: From<StoreError>>(
        &self,
        filter: &Filter,
        order: HappeningOrder,
        mut take: impl FnMut(HappeningDetail) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let conditions = over_happenings(&self.connection, filter)?;
        let order = match order {
            HappeningOrder::Day => BY_DAY,
            HappeningOrder::Reported => REPORTED,
        };
        let sql = format!("{HAPPENINGS} WHERE {} ORDER BY {order} LIMIT {}", conditions.sql(), filter.sql_limit());
        let mut statement = self.connection.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(conditions.values)).map_err(StoreError::from)?;
        let mut some = Vec::with_capacity(AT_ONCE);
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            some.push(bare(row).map_err(StoreError::from)?);
            if some.len() == AT_ONCE {
                self.hand_out(&mut some, &mut take)?;
            }
        }
        self.hand_out(&mut some, &mut take)
    }

    /// Hands out happenings, which are then no longer there.
    fn hand_out<Fault: From<StoreError>>(
        &self,
        some: &mut Vec<Bare>,
        take: &mut impl FnMut(HappeningDetail) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        fill(&self.connection, some)?;
        some.drain(..).try_for_each(|(key, lead, entry)| take(detail(&self.connection, key, lead, entry)?))
    }
}

/// How many happenings are read at a time.
const AT_ONCE: usize = 128;

/// The newest first: by the first day on which a report may have been published.
const REPORTED: &str = "coalesce((SELECT min(d.first) FROM reports AS r JOIN dispatches AS d ON d.dispatch = r.event / 65536 \
                        WHERE r.happening = h.happening), (SELECT published FROM imported AS i WHERE i.happening = h.happening), '') DESC, h.id";

pub(crate) fn detail(connection: &Connection, key: i64, lead: i64, entry: TimelineEntry) -> Result<HappeningDetail, StoreError> {
    let sql = "SELECT e.cameo, h.goldstein, h.quad, e.lat, e.lon, e.count, e.topics, e.confidence, h.sources, e.id FROM happenings AS h \
               JOIN events AS e ON e.event = h.lead WHERE h.happening = ?";
    let (mut detail, event) = connection.prepare_cached(sql)?.query_row([key], |row| {
        let topics: String = row.get(6)?;
        let detail = HappeningDetail {
            entry,
            contexts: Vec::new(),
            cameo: row.get(0)?,
            goldstein: row.get(1)?,
            quad: row.get(2)?,
            lat: row.get(3)?,
            lon: row.get(4)?,
            count: row.get(5)?,
            topics: topics.split("; ").filter(|topic| !topic.is_empty()).map(str::to_owned).collect(),
            confidence: row.get(7)?,
            parties: Vec::new(),
            sources: row.get(8)?,
            dispatches: Vec::new(),
            leads: false,
            evidence: None,
            origin: None,
        };
        Ok((detail, row.get::<_, String>(9)?))
    })?;
    detail.parties = parties(connection, lead)?;
    if lead < 0 {
        detail.confidence = None;
        add_origin(connection, key, &mut detail)?;
        return Ok(detail);
    }
    let coded = of_key(connection, dispatch_of(lead))?;
    if let Some(event_of) = coded.events.iter().find(|found| found.id == event) {
        detail.contexts = event_of.contexts.iter().map(|context| context.name().to_owned()).collect();
        detail.leads = is_in_lead(&coded, event_of);
        add_offices(&coded, event_of, &mut detail.parties);
    }
    detail.evidence = of_event(&coded, &event);
    detail.dispatches = dispatches(connection, key)?;
    Ok(detail)
}

fn is_in_lead(coded: &CodedDispatch, event: &Event) -> bool {
    let in_lead = |kind: BlockKind| kind == BlockKind::Title || kind == BlockKind::Lede;
    coded.dispatch.blocks.iter().any(|block| in_lead(block.kind) && block.span.contains(event.trigger.span))
}

/// The offices that the leading report itself gives the parties.
fn add_offices(coded: &CodedDispatch, event: &Event, parties: &mut [PartyDetail]) {
    let office =
        |party: &Participant| coded.roles.iter().find(|role| Some(&role.entity) == party.entity.as_ref()).map(|role| role.office.clone());
    let offices = event.actors.iter().chain(&event.recipients).map(office);
    for (party, office) in parties.iter_mut().zip(offices) {
        party.office = office;
    }
}

/// The parties of an event, actors first.
fn parties(connection: &Connection, event: i64) -> Result<Vec<PartyDetail>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT p.side, coalesce(f.actor, e.actor), e.kind, coalesce(e.name, p.text), p.text, coalesce(p.country, e.country), p.sector, e.wikidata \
         FROM participants AS p LEFT JOIN entities AS e ON e.entity = p.entity LEFT JOIN forms AS f ON f.form = e.actor \
         WHERE p.event = ? ORDER BY p.side, p.place",
    )?;
    let found = statement.query_map([event], |row| {
        Ok(PartyDetail {
            side: row.get(0)?,
            id: row.get(1)?,
            kind: row.get(2)?,
            name: row.get(3)?,
            text: row.get(4)?,
            country: row.get(5)?,
            sector: row.get(6)?,
            wikidata: row.get(7)?,
            office: None,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The dispatches that report a happening, each once, in the order of the reports.
fn dispatches(connection: &Connection, happening: i64) -> Result<Vec<DispatchRef>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id, d.url, s.name, d.published, d.first, d.title, d.language FROM reports AS r \
         JOIN dispatches AS d ON d.dispatch = r.event / 65536 LEFT JOIN sources AS s USING (source) \
         WHERE r.happening = ? GROUP BY d.dispatch ORDER BY min(r.place)",
    )?;
    let found = statement.query_map([happening], |row| {
        Ok(DispatchRef {
            id: row.get(0)?,
            url: row.get(1)?,
            publisher: row.get(2)?,
            published: row.get(3)?,
            first: row.get(4)?,
            title: row.get(5)?,
            language: row.get(6)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The row that the happening of an id came as; none where dispatches tell of it.
pub(crate) fn origin_of(connection: &Connection, id: &str) -> Result<Option<Origin>, StoreError> {
    let sql =
        "SELECT i.source, i.row, i.url, i.publisher, i.published FROM imported AS i JOIN happenings AS h USING (happening) WHERE h.id = ?";
    Ok(connection.prepare_cached(sql)?.query_row([id], origin).optional()?)
}

fn origin(row: &Row<'_>) -> rusqlite::Result<Origin> {
    Ok(Origin { source: row.get(0)?, row: row.get(1)?, url: row.get(2)?, publisher: row.get(3)?, published: row.get(4)? })
}

fn add_origin(connection: &Connection, key: i64, detail: &mut HappeningDetail) -> Result<(), StoreError> {
    let sql = "SELECT source, row, url, publisher, published, contexts FROM imported WHERE happening = ?";
    let found = connection.prepare_cached(sql)?.query_row([key], |row| Ok((origin(row)?, row.get::<_, String>(5)?)));
    if let Some((origin, contexts)) = found.optional()? {
        detail.contexts = contexts.split("; ").filter(|context| !context.is_empty()).map(str::to_owned).collect();
        detail.origin = Some(origin);
    }
    Ok(())
}
