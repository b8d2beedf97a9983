//! `density`: how many happenings there are by period.
//!
//! In goes a filter and perhaps the length of a period; out come the periods that have happenings, each with how many by quad class. A happening counts in the period of its first day; those without
//! one are counted apart. Where no length is given, it is the shortest by which the whole takes no more than some hundred periods.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, over_happenings};
use crate::series::Period;
use depeche_record::Date;
use rusqlite::params_from_iter;
use serde::Serialize;
use std::collections::BTreeMap;

/// The most periods where nobody says how long they are.
const MOST_PERIODS: i64 = 400;

/// Happenings by period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Density {
    /// `day`, `week`, `month` or `year`.
    pub by: String,
    /// The periods that have any, in their order.
    pub rows: Vec<DensityRow>,
    /// How many have no first day.
    pub undated: u64,
}

/// A period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the names say it")]
pub struct DensityRow {
    pub period: String,
    pub happenings: u64,
    pub verbal_cooperation: u64,
    pub material_cooperation: u64,
    pub verbal_conflict: u64,
    pub material_conflict: u64,
}

impl DensityRow {
    fn add(&mut self, quad: &str, count: u64) {
        self.happenings += count;
        match quad {
            "verbal cooperation" => self.verbal_cooperation += count,
            "material cooperation" => self.material_cooperation += count,
            "verbal conflict" => self.verbal_conflict += count,
            "material conflict" => self.material_conflict += count,
            _ => {}
        }
    }
}

impl Reader {
    /// How many happenings a filter lets through, by period.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn density(&self, filter: &Filter, by: Option<Period>) -> Result<Density, StoreError> {
        let conditions = over_happenings(&self.connection, filter)?;
        let sql = format!(
            "SELECT coalesce(h.first, '~'), h.quad, count(*) FROM happenings AS h WHERE {} GROUP BY 1, 2 ORDER BY 1",
            conditions.sql()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(conditions.values))?;
        let mut days: Vec<(Date, String, u64)> = Vec::new();
        let mut undated = 0;
        while let Some(row) = rows.next()? {
            match row.get_ref(0)?.as_str().ok().and_then(|day| day.parse().ok()) {
                Some(day) => days.push((day, row.get(1)?, row.get(2)?)),
                None => undated += row.get::<_, u64>(2)?,
            }
        }
        let by = by.unwrap_or_else(|| shortest(days.first().map(|(day, ..)| *day), days.last().map(|(day, ..)| *day)));
        let mut periods: BTreeMap<String, DensityRow> = BTreeMap::new();
        for (day, quad, count) in days {
            let period = by.of(day);
            periods.entry(period.clone()).or_insert_with(|| DensityRow { period, ..DensityRow::default() }).add(&quad, count);
        }
        Ok(Density { by: by.name().to_owned(), rows: periods.into_values().collect(), undated })
    }
}

/// The shortest period by which the days from the first to the last are few enough.
fn shortest(first: Option<Date>, last: Option<Date>) -> Period {
    let (Some(first), Some(last)) = (first, last) else { return Period::Day };
    let days = i64::from(first.until(last).map_or(i32::MAX, |span| span.get_days())) + 1;
    let fits = |length: i64| days <= MOST_PERIODS * length;
    match () {
        () if fits(1) => Period::Day,
        () if fits(7) => Period::Week,
        () if fits(30) => Period::Month,
        () => Period::Year,
    }
}
