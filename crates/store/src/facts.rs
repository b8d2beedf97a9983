//! Events and statements as the dispatches have them, one after the other.
//!
//! In goes a filter; each event of the happenings that it lets through, or each statement, goes to a function of the caller's. These are the reports before resolution, for whoever wants to
//! resolve them otherwise. Imported rows have neither.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Conditions, Filter, marks, named, over_dispatches, over_happenings};
use crate::timeline::BY_DAY;
use crate::words::fold_all;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

/// An event of a dispatch.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct EventRow {
    /// `dispatch#event`.
    pub id: String,
    pub happening: String,
    pub dispatch: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub independent: bool,
    #[serde(rename = "type")]
    pub kind: String,
    pub mode: Option<String>,
    pub status: String,
    pub cameo: String,
    pub goldstein: f64,
    pub quad: String,
    /// Names, parted by `; `, as are the countries that follow.
    pub actors: String,
    pub actor_countries: String,
    pub recipients: String,
    pub recipient_countries: String,
    pub place: Option<String>,
    pub place_country: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub when: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub confidence: f64,
    pub start: i64,
    pub end: i64,
}

/// A statement of a dispatch.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct StatementRow {
    /// `dispatch#statement`.
    pub id: String,
    pub dispatch: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub speaker: Option<String>,
    pub speaker_id: Option<String>,
    pub speaker_country: Option<String>,
    pub kind: String,
    pub claim: String,
    pub content: String,
    pub start: i64,
    pub end: i64,
}

impl Reader {
    /// Hands the events that report the happenings that a filter lets through to `take`, by happening and report.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged, and what `take` fails with.
    pub fn each_event<Fault: From<StoreError>>(
        &self,
        filter: &Filter,
        mut take: impl FnMut(EventRow) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let conditions = over_happenings(&self.connection, filter)?;
        let party = |what: &str, side: &str| {
            format!(
                "coalesce((SELECT group_concat({what}, '; ' ORDER BY p.place) FROM participants AS p LEFT JOIN entities AS n ON n.entity = p.entity \
                 WHERE p.event = e.event AND p.side = '{side}'), '')"
            )
        };
        let (name, country) = ("coalesce(n.name, p.text)", "coalesce(p.country, n.country, '')");
        let sql = format!(
            "SELECT d.id || '#' || e.id, h.id, d.id, s.name, d.published, r.independent, e.type, e.mode, e.status, e.cameo, e.goldstein, e.quad, \
             {}, {}, {}, {}, e.place, e.place_country, e.lat, e.lon, e.value, e.first, e.last, e.confidence, e.start, e.end \
             FROM happenings AS h JOIN reports AS r USING (happening) JOIN events AS e USING (event) \
             JOIN dispatches AS d ON d.dispatch = r.event / 65536 LEFT JOIN sources AS s USING (source) WHERE {} \
             ORDER BY {BY_DAY}, r.place LIMIT {}",
            party(name, "actor"),
            party(country, "actor"),
            party(name, "recipient"),
            party(country, "recipient"),
            conditions.sql(),
            filter.sql_limit()
        );
        self.each(&sql, conditions, event, &mut take)
    }

    /// Hands the statements that a filter lets through to `take`, by day of publication. Of the filter count the actors (speakers, or their countries), the days of publication, the source, and the
    /// topic as words of the statement.
    ///
    /// # Errors
    /// As [`Reader::each_event`].
    pub fn each_statement<Fault: From<StoreError>>(
        &self,
        filter: &Filter,
        mut take: impl FnMut(StatementRow) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut conditions = over_dispatches(&self.connection, filter)?;
        let (mut countries, mut forms) = (Vec::new(), Vec::new());
        for actor in &filter.actors {
            let named = named(&self.connection, actor)?;
            countries.extend(named.countries);
            forms.extend(named.forms);
        }
        if !filter.actors.is_empty() {
            let either = format!("(n.country IN ({}) OR n.actor IN ({}))", marks(countries.len()), marks(forms.len()));
            conditions.add(either, countries.into_iter().chain(forms).map(Into::into));
        }
        let about = filter.topic.as_deref().map(fold_all);
        let limit = if about.is_some() { -1 } else { filter.sql_limit() };
        let sql = format!(
            "SELECT d.id || '#' || t.id, d.id, s.name, d.published, coalesce(n.name, t.speaker_text), coalesce(f.actor, n.actor), n.country, t.kind, \
             t.claim, t.content, t.start, t.end FROM statements AS t JOIN dispatches AS d ON d.dispatch = t.statement / 65536 \
             LEFT JOIN sources AS s USING (source) LEFT JOIN entities AS n ON n.entity = t.speaker LEFT JOIN forms AS f ON f.form = n.actor \
             WHERE {} ORDER BY d.first IS NULL, d.first, d.id, t.statement LIMIT {limit}",
            conditions.sql()
        );
        let mut left = filter.limit.unwrap_or(usize::MAX);
        self.each(&sql, conditions, statement, &mut |row: StatementRow| {
            let wanted = about.as_ref().is_none_or(|about| fold_all(&row.content).contains(about.as_str()));
            if wanted && left > 0 {
                left -= 1;
                take(row)?;
            }
            Ok(())
        })
    }

    fn each<Answer, Fault: From<StoreError>>(
        &self,
        sql: &str,
        conditions: Conditions,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<Answer>,
        take: &mut impl FnMut(Answer) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut statement = self.connection.prepare(sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(conditions.values)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            take(read(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        id: row.get(0)?,
        happening: row.get(1)?,
        dispatch: row.get(2)?,
        publisher: row.get(3)?,
        published: row.get(4)?,
        independent: row.get(5)?,
        kind: row.get(6)?,
        mode: row.get(7)?,
        status: row.get(8)?,
        cameo: row.get(9)?,
        goldstein: row.get(10)?,
        quad: row.get(11)?,
        actors: row.get(12)?,
        actor_countries: row.get(13)?,
        recipients: row.get(14)?,
        recipient_countries: row.get(15)?,
        place: row.get(16)?,
        place_country: row.get(17)?,
        lat: row.get(18)?,
        lon: row.get(19)?,
        when: row.get(20)?,
        earliest: row.get(21)?,
        latest: row.get(22)?,
        confidence: row.get(23)?,
        start: row.get(24)?,
        end: row.get(25)?,
    })
}

pub(crate) fn statement(row: &Row<'_>) -> rusqlite::Result<StatementRow> {
    Ok(StatementRow {
        id: row.get(0)?,
        dispatch: row.get(1)?,
        publisher: row.get(2)?,
        published: row.get(3)?,
        speaker: row.get(4)?,
        speaker_id: row.get(5)?,
        speaker_country: row.get(6)?,
        kind: row.get(7)?,
        claim: row.get(8)?,
        content: row.get(9)?,
        start: row.get(10)?,
        end: row.get(11)?,
    })
}
