//! What a question is narrowed to.
//!
//! In goes a [`Filter`] as a user writes it, with names and countries; out come conditions over happenings in SQL, with the names resolved to the actors that the record has under any
//! spelling. A name that nobody bears is refused, so that an empty answer means that nothing happened and not that something was misspelled.

use crate::error::{StoreError, StoreErrorKind};
use crate::search::match_of;
use crate::words::{fold, fold_all, name_sounds, words};
use depeche_record::{Date, EventType, Status};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The most forms that one name may stand for.
const MOST_FORMS: usize = 500;
/// How many happenings are looked up one by one and put in order, where a few of them are wanted; of more it is quicker to walk through all in their order until there are enough.
const FEW: i64 = 2000;

/// What is asked for; of several values of a field any will do, all fields must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Who takes part: a country's code, an actor's id, or a name in any spelling.
    pub actors: Vec<String>,
    /// Between whom, each as in `actors`.
    pub between: Option<(String, String)>,
    /// PLOVER types.
    pub types: Vec<EventType>,
    /// Whether it took place.
    pub statuses: Vec<Status>,
    /// Nothing that ended before this day. What has no day at all is left out, for nothing tells whether it did; what is open to one side reaches as far as it may, and a month or
    /// year counts with all its days.
    pub since: Option<Date>,
    /// Nothing that began after this day, likewise.
    pub until: Option<Date>,
    /// Where: a place's name or a country's code.
    pub place: Option<String>,
    /// Words of what it was about.
    pub topic: Option<String>,
    /// Who reports it: a publisher's identifier or name.
    pub source: Option<String>,
    /// Words of a dispatch that reports it, as `search` takes them.
    pub text: Option<String>,
    /// At most so many answers.
    pub limit: Option<usize>,
}

impl Filter {
    /// The most rows, as SQL takes it.
    pub(crate) fn sql_limit(&self) -> i64 {
        self.limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1)
    }

    /// Whether anything but the actors narrows it.
    pub(crate) fn is_of_happenings(&self) -> bool {
        self.between.is_some()
            || !self.types.is_empty()
            || !self.statuses.is_empty()
            || self.since.is_some()
            || self.until.is_some()
            || self.place.is_some()
            || self.topic.is_some()
            || self.source.is_some()
            || self.text.is_some()
    }
}

/// Whom a name of a filter stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Countries.
    pub(crate) countries: Vec<String>,
    /// Forms of actors.
    pub(crate) forms: Vec<String>,
}

/// Conditions, joined by AND, and their values.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    parts: Vec<String>,
    pub(crate) values: Vec<Value>,
}

/// A question for the keys of happenings, one column `happening`, with its values.
struct Keys {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    pub(crate) fn add(&mut self, part: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.parts.push(part.into());
        self.values.extend(values);
    }

    /// That a column has one of some values.
    pub(crate) fn add_any(&mut self, column: &str, values: &[String]) {
        self.add(format!("{column} IN ({})", marks(values.len())), values.iter().cloned().map(Value::from));
    }

    /// As SQL; true where there are none.
    pub(crate) fn sql(&self) -> String {
        if self.parts.is_empty() { "1".to_owned() } else { self.parts.join(" AND ") }
    }
}

/// So many question marks.
pub(crate) fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// The conditions of a filter over `happenings AS h`.
pub(crate) fn over_happenings(connection: &Connection, filter: &Filter) -> Result<Conditions, StoreError> {
    let mut conditions = own_conditions(connection, filter)?;
    if let Some(keys) = within(keys_of(connection, filter)?) {
        conditions.add(format!("h.happening IN ({})", keys.sql), keys.values);
    }
    Ok(conditions)
}

/// The same, where only the first of them in the order of days are wanted.
pub(crate) fn over_first_happenings(connection: &Connection, filter: &Filter) -> Result<Conditions, StoreError> {
    let mut conditions = own_conditions(connection, filter)?;
    let all = keys_of(connection, filter)?;
    // What few hold to would be walked to for long.
    let is_of_many = filter.place.is_none() && (filter.statuses.is_empty() || filter.statuses.contains(&Status::Occurred));
    let is_walked = match &all[..] {
        [keys] if is_of_many => {
            let count = format!("SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {})", keys.sql, FEW + 1);
            connection.prepare_cached(&count)?.query_row(params_from_iter(&keys.values), |row| row.get::<_, i64>(0))? > FEW
        }
        _ => false,
    };
    if let Some(keys) = within(all) {
        // With a sign before it, the key is not what SQLite looks happenings up by.
        conditions.add(format!("{}h.happening IN ({})", if is_walked { "+" } else { "" }, keys.sql), keys.values);
    }
    Ok(conditions)
}

/// What is in all of some sets of keys: the first of them, without what is not in the others.
fn within(all: Vec<Keys>) -> Option<Keys> {
    let mut others = all.into_iter();
    let mut keys = others.next()?;
    let narrowed: Vec<String> = others
        .map(|other| {
            keys.values.extend(other.values);
            format!("happening IN ({})", other.sql)
        })
        .collect();
    if !narrowed.is_empty() {
        keys.sql = format!("SELECT happening FROM ({}) WHERE {}", keys.sql, narrowed.join(" AND "));
    }
    Some(keys)
}

/// The conditions that stand in a happening's own row. Days are compared as the indices have them, so that they are told without the row.
fn own_conditions(connection: &Connection, filter: &Filter) -> Result<Conditions, StoreError> {
    const IS_DATED: &str = "(coalesce(h.first, '~') != '~' OR coalesce(h.last, '') != '')";
    let mut conditions = Conditions::default();
    if !filter.types.is_empty() {
        conditions.add_any("h.type", &filter.types.iter().map(|kind| kind.name().to_owned()).collect::<Vec<_>>());
    }
    if !filter.statuses.is_empty() {
        conditions.add_any("h.status", &filter.statuses.iter().map(|status| status.name().to_owned()).collect::<Vec<_>>());
    }
    if let Some(since) = filter.since {
        let part = format!("{IS_DATED} AND (coalesce(h.last, '') >= ? OR coalesce(h.last, '') = '')");
        conditions.add(part, [Value::from(since.to_string())]);
    }
    if let Some(until) = filter.until {
        let part = format!("{IS_DATED} AND (coalesce(h.first, '~') <= ? OR coalesce(h.first, '~') = '~')");
        conditions.add(part, [Value::from(until.to_string())]);
    }
    if let Some(place) = &filter.place {
        at_place(connection, &mut conditions, place)?;
    }
    Ok(conditions)
}

/// The sets of keys that a happening must be in.
fn keys_of(connection: &Connection, filter: &Filter) -> Result<Vec<Keys>, StoreError> {
    let mut all = Vec::new();
    if !filter.actors.is_empty() {
        let mut any = Named::default();
        for actor in &filter.actors {
            let named = named(connection, actor)?;
            any.countries.extend(named.countries);
            any.forms.extend(named.forms);
        }
        all.push(taking_part(&any));
    }
    if let Some((one, other)) = &filter.between {
        all.push(taking_part(&named(connection, one)?));
        all.push(taking_part(&named(connection, other)?));
    }
    if let Some(topic) = filter.topic.as_deref().map(fold_all).filter(|topic| !topic.is_empty()) {
        let sql = "SELECT r.happening FROM topic_words AS t JOIN reports AS r ON r.event = t.rowid WHERE topic_words MATCH ?";
        all.push(Keys { sql: sql.to_owned(), values: vec![Value::from(format!("\"{topic}\" *"))] });
    }
    if let Some(source) = &filter.source {
        let sources = sources(connection, source)?;
        let sql = format!(
            "SELECT r.happening FROM dispatches AS d JOIN reports AS r ON r.event BETWEEN d.dispatch * 65536 AND d.dispatch * 65536 + 65535 \
             WHERE d.source IN ({marks}) UNION ALL SELECT happening FROM imported WHERE source IN ({marks})",
            marks = marks(sources.len())
        );
        all.push(Keys { sql, values: sources.iter().chain(&sources).cloned().map(Value::from).collect() });
    }
    if let Some(text) = &filter.text {
        let sql = "SELECT r.happening FROM full_text AS f JOIN reports AS r ON r.event BETWEEN f.rowid * 65536 AND f.rowid * 65536 + 65535 \
                   WHERE f.full_text MATCH ?";
        all.push(Keys { sql: sql.to_owned(), values: vec![match_of(text)?.into()] });
    }
    Ok(all)
}

/// That `dispatches AS d` has words.
pub(crate) const HAS_WORDS: &str = "d.dispatch IN (SELECT rowid FROM full_text WHERE full_text MATCH ?)";

/// The conditions of a filter over `dispatches AS d`: days of publication, publisher and words.
pub(crate) fn over_dispatches(connection: &Connection, filter: &Filter) -> Result<Conditions, StoreError> {
    let mut conditions = Conditions::default();
    if let Some(since) = filter.since {
        conditions.add("coalesce(d.last, d.first) >= ?", [since.to_string().into()]);
    }
    if let Some(until) = filter.until {
        conditions.add("coalesce(d.first, d.last) <= ?", [until.to_string().into()]);
    }
    if let Some(source) = &filter.source {
        conditions.add_any("d.source", &sources(connection, source)?);
    }
    if let Some(text) = &filter.text {
        conditions.add(HAS_WORDS, [match_of(text)?.into()]);
    }
    Ok(conditions)
}

/// The happenings that one of those named is a party of.
fn taking_part(named: &Named) -> Keys {
    let mut parts = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for (column, wanted) in [("country", &named.countries), ("actor", &named.forms)] {
        if !wanted.is_empty() {
            parts.push(format!("SELECT happening FROM parties WHERE {column} IN ({})", marks(wanted.len())));
            values.extend(wanted.iter().cloned().map(Value::from));
        }
    }
    if parts.is_empty() {
        parts.push("SELECT happening FROM parties WHERE 0".to_owned());
    }
    Keys { sql: parts.join(" UNION ALL "), values }
}

fn at_place(connection: &Connection, conditions: &mut Conditions, place: &str) -> Result<(), StoreError> {
    if is_country_code(place) {
        conditions.add("h.place_country = ?", [Value::from(place.to_owned())]);
        return Ok(());
    }
    let wanted = fold_all(place);
    let mut statement = connection.prepare_cached("SELECT DISTINCT place FROM happenings WHERE place IS NOT NULL")?;
    let all = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let found: Vec<String> = all.into_iter().filter(|name| fold_all(name) == wanted).collect();
    if found.is_empty() {
        return Err(unknown(
            format!("nothing in the record happened at a place called `{place}`"),
            "give the place as `timeline` writes it, or a country's code such as AZE",
        ));
    }
    conditions.add_any("h.place", &found);
    Ok(())
}

/// The identifiers of the publishers of an identifier or name.
pub(crate) fn sources(connection: &Connection, source: &str) -> Result<Vec<String>, StoreError> {
    let wanted = fold_all(source);
    let mut statement = connection.prepare_cached("SELECT source, name FROM sources ORDER BY source")?;
    let all = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?.collect::<Result<Vec<_>, _>>()?;
    let found: Vec<String> = all.into_iter().filter(|(id, name)| id == source || fold_all(name) == wanted).map(|(id, _)| id).collect();
    if found.is_empty() {
        return Err(unknown(
            format!("no dispatch in the record is by a publisher called `{source}`"),
            "give the publisher as its dispatches name it",
        ));
    }
    Ok(found)
}

/// Whether a word is written as the code of a country.
pub(crate) fn is_country_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whom a country's code, an actor's id or a name stands for.
pub(crate) fn named(connection: &Connection, name: &str) -> Result<Named, StoreError> {
    if is_country_code(name) {
        return Ok(Named { countries: vec![name.to_owned()], forms: Vec::new() });
    }
    let sql = "SELECT form FROM forms WHERE actor = ?1 OR actor = (SELECT actor FROM forms WHERE form = ?1)";
    let own = connection.prepare_cached(sql)?.query_map([name], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    if !own.is_empty() {
        return Ok(Named { countries: Vec::new(), forms: own });
    }
    match bearing(connection, name)? {
        found if found.is_empty() => Err(unknown(
            format!("the record knows nobody called `{name}`"),
            "give a name as dispatches write it, an id that `actors` gives, or a country's code such as IRN",
        )),
        found => with_all_forms(connection, found),
    }
}

/// The forms and countries that bear all words of a name as they are written; failing that, as they sound.
pub(crate) fn bearing(connection: &Connection, name: &str) -> Result<Vec<String>, StoreError> {
    let folded: Vec<String> = words(name).map(|word| fold(word.text)).filter(|word| !word.is_empty()).collect();
    let sounds: Vec<String> = name_sounds(name).split(' ').filter(|key| !key.is_empty()).map(str::to_owned).collect();
    for (column, wanted) in [("folded", folded), ("sounds", sounds)].into_iter().filter(|(_, wanted)| !wanted.is_empty()) {
        let each: Vec<String> = wanted.iter().map(|_| format!("' ' || {column} || ' ' LIKE ?")).collect();
        let sql = format!("SELECT DISTINCT form FROM names WHERE {} ORDER BY form LIMIT {MOST_FORMS}", each.join(" AND "));
        let mut statement = connection.prepare_cached(&sql)?;
        let words = wanted.iter().map(|word| format!("% {word} %"));
        let found = statement.query_map(params_from_iter(words), |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Countries and forms apart, with all forms of the actors that have one of these.
fn with_all_forms(connection: &Connection, found: Vec<String>) -> Result<Named, StoreError> {
    let (countries, forms): (Vec<String>, Vec<String>) = found.into_iter().partition(|form| is_country_code(form));
    let sql =
        format!("SELECT form FROM forms WHERE actor IN (SELECT actor FROM forms WHERE form IN ({})) ORDER BY form", marks(forms.len()));
    let forms = connection.prepare(&sql)?.query_map(params_from_iter(forms), |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(Named { countries, forms })
}

fn unknown(message: String, cure: &str) -> StoreError {
    StoreError::new(StoreErrorKind::NotFound, message, cure)
}
