//! `series`: how two countries treat one another, period by period.
//!
//! In go a filter and the length of a period; out come, for every ordered pair of countries and period, the happenings by quad class and the mean of their Goldstein values, with what it is a mean
//! of: happenings, reports, dispatches. Counted is what took place or goes on, unless the filter asks for another status. A happening belongs to a period if all its days do; of one that is
//! undated or longer the period is null: a month is in its month and year, and in no day or week. A filter by days leaves the undated out of that row too. Where several act together upon nobody, each is counted as acting towards the others.

use crate::error::StoreError;
use crate::file::Reader;
use crate::filter::{Filter, over_happenings};
use crate::interned::Interned;
use crate::rows::{DispatchKey, dispatch_of};
use depeche_record::{Date, Status};
use rusqlite::{Connection, Row, params_from_iter};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::BTreeSet;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Period {
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Period; 4] = [Period::Day, Period::Week, Period::Month, Period::Year];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        }
    }

    /// The period of a day: `2026-02-06`, `2026-W06`, `2026-02`, `2026`.
    pub fn of(self, day: Date) -> String {
        match self {
            Period::Day => day.to_string(),
            Period::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Period::Year => format!("{:04}", day.year()),
        }
    }
}

/// What one country did to another in a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the fields are those of the contract")]
pub struct SeriesRow {
    pub from: String,
    pub to: String,
    pub period: Option<String>,
    pub verbal_cooperation: u64,
    pub material_cooperation: u64,
    pub verbal_conflict: u64,
    pub material_conflict: u64,
    pub goldstein_mean: f64,
    pub happenings: u64,
    pub reports: u64,
    pub dispatches: u64,
}

/// A happening as it is counted.
struct Counted {
    happening: i64,
    quad: Option<usize>,
    /// Thousandths, so that a sum is the same in any order.
    goldstein: i64,
    /// The number of its period.
    period: Option<usize>,
    /// Those of countries, each once.
    actors: Vec<usize>,
    recipients: Vec<usize>,
    /// Its dispatches, one for each report.
    dispatches: Vec<DispatchKey>,
}

/// From which country to which, and in which period, each by its number.
type Key = (usize, usize, Option<usize>);

/// What is counted of a pair in a period.
#[derive(Default)]
struct Cell {
    quads: [u64; 4],
    goldstein: i64,
    happenings: u64,
    reports: u64,
    dispatches: Vec<DispatchKey>,
}

impl Reader {
    /// The series of the pairs of countries that a filter lets through, ordered by pair and period.
    ///
    /// # Errors
    /// When the filter names what the record does not know, or the file is damaged.
    pub fn series(&self, filter: &Filter, by: Period) -> Result<Vec<SeriesRow>, StoreError> {
        Ok(self.series_page(filter, by, 0, usize::MAX)?.0)
    }

    /// Its rows from one on, at most so many; and whether there are more.
    ///
    /// # Errors
    /// As [`Reader::series`].
    pub fn series_page(&self, filter: &Filter, by: Period, from: usize, most: usize) -> Result<(Vec<SeriesRow>, bool), StoreError> {
        let mut filter = filter.clone();
        if filter.statuses.is_empty() {
            filter.statuses = vec![Status::Occurred, Status::Ongoing];
        }
        let mut words = Interned::default();
        let wanted = match &filter.between {
            Some((one, other)) => {
                let mut places = |name: &str| -> Result<BTreeSet<usize>, StoreError> {
                    Ok(countries(&self.connection, name)?.iter().map(|country| words.place(country)).collect())
                };
                Some((places(one)?, places(other)?))
            }
            None => None,
        };
        let is_wanted = |(from, to, _): &Key| {
            wanted
                .as_ref()
                .is_none_or(|(one, other)| (one.contains(from) && other.contains(to)) || (other.contains(from) && one.contains(to)))
        };
        // One transaction: what is read of happenings after one another must be of one state.
        let transaction = self.connection.unchecked_transaction()?;
        let mut happenings = counted(&transaction, &filter, by, &mut words)?;
        let keys: FxHashSet<Key> = happenings.iter().flat_map(Counted::keys).filter(is_wanted).collect();
        let mut keys: Vec<Key> = keys.into_iter().collect();
        // In the order of the words, told by numbers too.
        let ranks = words.ranks();
        let rank = |place: usize| ranks.get(place).copied();
        keys.sort_unstable_by_key(|&(from, to, period)| (rank(from), rank(to), period.and_then(rank)));
        let more = keys.len() > from.saturating_add(most);
        // What is of no row of the page is not counted.
        let page = || keys.iter().skip(from).take(most);
        let mut cells: FxHashMap<Key, Cell> = page().map(|&key| (key, Cell::default())).collect();
        happenings.retain(|happening| happening.keys().any(|key| cells.contains_key(&key)));
        for_each_of(
            &transaction,
            &mut happenings,
            |happening| happening.happening,
            "reports",
            "event",
            |happening, row| {
                happening.dispatches.push(dispatch_of(row.get(1)?));
                Ok(())
            },
        )?;
        for happening in &happenings {
            for key in happening.keys() {
                if let Some(cell) = cells.get_mut(&key) {
                    cell.add(happening);
                }
            }
        }
        let word = |place: usize| words.word(place).to_owned();
        let row = |&key: &Key| {
            let (from, to, period) = key;
            Some(cells.remove(&key)?.row(word(from), word(to), period.map(word)))
        };
        Ok((page().filter_map(row).collect(), more))
    }
}

/// Which of the four quad classes it is, in the order of the columns.
pub(crate) fn quad_place(quad: &str) -> Option<usize> {
    ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"].iter().position(|name| *name == quad)
}

impl Cell {
    fn add(&mut self, happening: &Counted) {
        if let Some(count) = happening.quad.and_then(|place| self.quads.get_mut(place)) {
            *count += 1;
        }
        self.goldstein += happening.goldstein;
        self.happenings += 1;
        self.reports += happening.dispatches.len() as u64;
        self.dispatches.extend(&happening.dispatches);
    }

    fn row(mut self, from: String, to: String, period: Option<String>) -> SeriesRow {
        self.dispatches.sort_unstable();
        self.dispatches.dedup();
        let [verbal_cooperation, material_cooperation, verbal_conflict, material_conflict] = self.quads;
        let mean = self.goldstein as f64 / 1000.0 / self.happenings.max(1) as f64;
        SeriesRow {
            from,
            to,
            period,
            verbal_cooperation,
            material_cooperation,
            verbal_conflict,
            material_conflict,
            // Goldstein values have one decimal; more than three of a mean would be noise.
            goldstein_mean: (mean * 1000.0).round() / 1000.0,
            happenings: self.happenings,
            reports: self.reports,
            dispatches: self.dispatches.len() as u64,
        }
    }
}

impl Counted {
    /// From which country to which it is counted.
    fn keys(&self) -> impl Iterator<Item = Key> {
        let towards = if self.recipients.is_empty() { &self.actors } else { &self.recipients };
        let keys = self.actors.iter().flat_map(move |&from| towards.iter().map(move |&to| (from, to, self.period)));
        keys.filter(|(from, to, _)| from != to)
    }
}

/// The happenings of a filter that have countries, without their dispatches.
fn counted(connection: &Connection, filter: &Filter, by: Period, words: &mut Interned) -> Result<Vec<Counted>, StoreError> {
    let conditions = over_happenings(connection, filter)?;
    let sql = format!(
        "SELECT h.happening, h.quad, h.goldstein, h.first, h.last FROM happenings AS h WHERE {} ORDER BY h.happening",
        conditions.sql()
    );
    let mut found: Vec<Counted> = Vec::new();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    while let Some(row) = rows.next()? {
        found.push(of_row(row, by, words)?);
    }
    for_each_of(
        connection,
        &mut found,
        |happening| happening.happening,
        "parties",
        "side, country",
        |happening, row| {
            let side = if row.get_ref(1)?.as_str() == Ok("actor") { &mut happening.actors } else { &mut happening.recipients };
            let country = row.get_ref(2)?.as_str().unwrap_or_default();
            if !country.is_empty() {
                let country = words.place(country);
                if !side.contains(&country) {
                    side.push(country);
                }
            }
            Ok(())
        },
    )?;
    found.retain(|happening| !happening.actors.is_empty());
    Ok(found)
}

/// Reads the rows that a table has of things with the keys of happenings, which both stand in the order of these keys.
pub(crate) fn for_each_of<Item>(
    connection: &Connection,
    found: &mut [Item],
    key: impl Fn(&Item) -> i64,
    table: &str,
    columns: &str,
    mut read: impl FnMut(&mut Item, &Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let last: i64 = connection.query_row("SELECT coalesce(max(happening), 0) FROM happenings", [], |row| row.get(0))?;
    // Of a good part of all, they are read quicker from one end of the table to the other than looked up.
    let is_good_part = usize::try_from(last / 4).is_ok_and(|part| found.len() > part);
    let (sql, list) = if is_good_part {
        (format!("SELECT happening, {columns} FROM {table} ORDER BY happening"), None)
    } else {
        let keys: Vec<i64> = found.iter().map(&key).collect();
        let sql = format!("SELECT t.happening, {columns} FROM json_each(?) AS l CROSS JOIN {table} AS t ON t.happening = l.value");
        (sql, Some(serde_json::to_string(&keys).unwrap_or_default()))
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(list))?;
    let mut of_rows = found.iter_mut().peekable();
    while let Some(row) = rows.next()? {
        let happening: i64 = row.get(0)?;
        while of_rows.next_if(|item| key(item) < happening).is_some() {}
        if let Some(item) = of_rows.peek_mut().filter(|item| key(item) == happening) {
            read(item, row)?;
        }
    }
    Ok(())
}

fn of_row(row: &Row<'_>, by: Period, words: &mut Interned) -> rusqlite::Result<Counted> {
    let date = |column: usize| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str_or_null()?.and_then(|text| text.parse::<Date>().ok()));
    let period = match (date(3)?, date(4)?) {
        (Some(first), Some(last)) => Some(by.of(first)).filter(|period| first == last || *period == by.of(last)),
        _ => None,
    };
    Ok(Counted {
        happening: row.get(0)?,
        quad: quad_place(row.get_ref(1)?.as_str().unwrap_or_default()),
        goldstein: (row.get::<_, f64>(2)? * 1000.0).round() as i64,
        period: period.map(|period| words.place(&period)),
        actors: Vec::new(),
        recipients: Vec::new(),
        dispatches: Vec::new(),
    })
}

/// The countries that a name of a filter stands for; an actor stands for those that it acts for.
fn countries(connection: &Connection, name: &str) -> Result<BTreeSet<String>, StoreError> {
    let named = crate::filter::named(connection, name)?;
    let mut countries: BTreeSet<String> = named.countries.into_iter().collect();
    for form in named.forms {
        let mut statement = connection.prepare_cached("SELECT DISTINCT country FROM parties WHERE actor = ? AND country != ''")?;
        for country in statement.query_map([form], |row| row.get(0))? {
            countries.insert(country?);
        }
    }
    Ok(countries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_belong_to_periods() {
        let day: Date = "2026-01-01".parse().unwrap();
        let all = [Period::Day, Period::Week, Period::Month, Period::Year].map(|period| period.of(day));
        assert_eq!(all, ["2026-01-01", "2026-W01", "2026-01", "2026"]);
        assert_eq!(Period::Week.of("2021-01-03".parse().unwrap()), "2020-W53");
    }
}
