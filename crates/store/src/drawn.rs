//! Rows drawn up by one thread, to be written by another.
//!
//! In go statements with what is to be bound to them; later they are run, in their order, for the dispatch whose key is known by then. All text stands in one string and all else in one list, so that what a thread
//! hands over is a few large pieces of memory and not the thousands that a coded dispatch is made of.

use crate::error::StoreError;
use crate::rows::{DispatchKey, row_key};
use rusqlite::{CachedStatement, Connection};

/// What is bound to a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'text> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'text str),
    /// The key of the row at this place of the dispatch.
    Row(usize),
}

impl<'text> From<&'text str> for Cell<'text> {
    fn from(text: &'text str) -> Self {
        Cell::Text(text)
    }
}

impl<'text> From<&'text String> for Cell<'text> {
    fn from(text: &'text String) -> Self {
        Cell::Text(text)
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Cell::Integer(number.into())
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Real(number)
    }
}

impl<'text, Value: Into<Cell<'text>>> From<Option<Value>> for Cell<'text> {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Cell::Null, Value::into)
    }
}

/// A cell of which the text stands elsewhere.
#[derive(Debug, Clone, Copy)]
enum Kept {
    Null,
    Integer(i64),
    Real(f64),
    /// The end of its text, which begins where the text before it ends.
    Text(usize),
    Row(usize),
}

/// Statements with their parameters.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    text: String,
    cells: Vec<Kept>,
    /// Each with the end of its cells.
    statements: Vec<(&'static str, usize)>,
}

impl Drawn {
    /// Adds a statement.
    pub(crate) fn add<const COUNT: usize>(&mut self, sql: &'static str, cells: [Cell<'_>; COUNT]) {
        for cell in cells {
            self.cells.push(match cell {
                Cell::Null => Kept::Null,
                Cell::Integer(number) => Kept::Integer(number),
                Cell::Real(number) => Kept::Real(number),
                Cell::Row(place) => Kept::Row(place),
                Cell::Text(text) => {
                    self.text.push_str(text);
                    Kept::Text(self.text.len())
                }
            });
        }
        self.statements.push((sql, self.cells.len()));
    }

    /// Runs all of them.
    pub(crate) fn write(&self, connection: &Connection, key: DispatchKey) -> Result<(), StoreError> {
        let (mut cells, mut text) = (self.cells.iter(), 0);
        let (mut before, mut prepared): (usize, Option<(&str, CachedStatement<'_>)>) = (0, None);
        for &(sql, end) in &self.statements {
            // Rows of one table mostly follow one another, and a statement is looked up once for them.
            let statement = match &mut prepared {
                Some((known, statement)) if std::ptr::eq(*known, sql) => statement,
                other => &mut other.insert((sql, connection.prepare_cached(sql)?)).1,
            };
            for (at, cell) in cells.by_ref().take(end - before).enumerate() {
                match *cell {
                    Kept::Null => statement.raw_bind_parameter(at + 1, rusqlite::types::Null)?,
                    Kept::Integer(number) => statement.raw_bind_parameter(at + 1, number)?,
                    Kept::Real(number) => statement.raw_bind_parameter(at + 1, number)?,
                    Kept::Row(place) => statement.raw_bind_parameter(at + 1, row_key(key, place))?,
                    Kept::Text(end) => {
                        statement.raw_bind_parameter(at + 1, self.text.get(text..end).unwrap_or_default())?;
                        text = end;
                    }
                }
            }
            before = end;
            statement.raw_execute()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_is_written() -> Result<(), StoreError> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch("CREATE TABLE one (a, b, c, d); CREATE TABLE other (a)")?;
        let mut drawn = Drawn::default();
        drawn.add("INSERT INTO one VALUES (?, ?, ?, ?)", [Cell::Row(3), "Чадская".into(), None::<usize>.into(), 0.5.into()]);
        drawn.add("INSERT INTO other VALUES (?)", ["".into()]);
        drawn.add("INSERT INTO one VALUES (?, ?, ?, ?)", [7_usize.into(), Some("é").into(), "x".into(), 1_u32.into()]);
        drawn.write(&connection, 2)?;
        let told = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
        let all = told("SELECT group_concat(concat_ws(' ', a, b, quote(c), d), '; ') FROM one")?;
        assert_eq!(all, format!("{} Чадская NULL 0.5; 7 é 'x' 1", row_key(2, 3)));
        assert_eq!(told("SELECT quote(a) FROM other")?, "''");
        Ok(())
    }
}
