//! `sql`: any question, as long as it only reads.
//!
//! In goes one statement of SQL and what it may take; out come its columns and rows. What writes, attaches, changes settings or loads code is refused by SQLite's authorizer while the statement
//! is compiled; what takes too long is stopped; what has too many rows is cut, and that is told.

use crate::error::{StoreError, StoreErrorKind};
use crate::file::Reader;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use serde_json::Value;
use std::time::{Duration, Instant};

/// How many steps of SQLite's machine go by between two looks at the clock.
const STEPS: i32 = 10_000;
/// The most bytes of one value.
const LONGEST_VALUE: i32 = 64 << 20;
/// The most bytes of a statement.
const LONGEST_STATEMENT: i32 = 1 << 20;
/// The most bytes of a pattern, which some patterns take the square of to match.
const LONGEST_PATTERN: i32 = 1 << 10;

/// What a statement may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SqlLimits {
    /// How long it may run.
    pub time: Duration,
    /// How many rows it may have.
    pub rows: usize,
}

impl Default for SqlLimits {
    /// Ten seconds, ten thousand rows.
    fn default() -> Self {
        SqlLimits { time: Duration::from_secs(10), rows: 10_000 }
    }
}

/// The answer to a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct SqlAnswer {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, a value for each column; bytes are in hexadecimal.
    pub rows: Vec<Vec<Value>>,
    /// Whether there were more rows than allowed.
    pub cut: bool,
}

impl Reader {
    /// Answers one statement of SQL that reads.
    ///
    /// # Errors
    /// When it is no SQL, does more than read, takes too long, or the file is damaged.
    pub fn sql(&self, statement: &str, limits: SqlLimits) -> Result<SqlAnswer, StoreError> {
        // A connection of its own, so that neither its bounds nor the stopping of it touch other questions.
        let mut reader = Reader::open(self.path())?;
        let connection = &mut reader.connection;
        for (limit, bound) in [
            (Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, LONGEST_STATEMENT),
            (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN),
            (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
        ] {
            connection.set_limit(limit, bound)?;
        }
        connection.authorizer(Some(authorize))?;
        let deadline = Instant::now() + limits.time;
        connection.progress_handler(STEPS, Some(move || Instant::now() > deadline))?;
        read(connection, statement, limits.rows).map_err(|error| match error.kind {
            StoreErrorKind::Timeout => {
                let message = format!("the statement ran longer than {} s and was stopped", limits.time.as_secs_f64());
                StoreError::new(StoreErrorKind::Timeout, message, "narrow it, or allow it more time")
            }
            _ => error,
        })
    }
}

fn read(connection: &rusqlite::Connection, sql: &str, most: usize) -> Result<SqlAnswer, StoreError> {
    if is_blank(sql) {
        return Err(StoreError::new(StoreErrorKind::Question, "there is no statement", "give one that begins with SELECT"));
    }
    let mut statement = connection.prepare(sql).map_err(|error| wrong(sql, error))?;
    if statement.column_count() == 0 {
        return Err(forbidden("the statement asks for nothing"));
    }
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([]).map_err(|error| wrong(sql, error))?;
    let mut answer = SqlAnswer { columns, rows: Vec::new(), cut: false };
    while let Some(row) = rows.next().map_err(|error| wrong(sql, error))? {
        if answer.rows.len() == most {
            answer.cut = true;
            break;
        }
        let values =
            (0..answer.columns.len()).map(|column| Ok(json(row.get_ref(column)?))).collect::<Result<Vec<Value>, rusqlite::Error>>();
        answer.rows.push(values?);
    }
    Ok(answer)
}

/// Whether there is nothing but blanks and comments to the end of a line.
fn is_blank(sql: &str) -> bool {
    sql.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with("--"))
}

/// What is wrong with a statement.
fn wrong(sql: &str, error: rusqlite::Error) -> StoreError {
    match &error {
        // Of a function that is not allowed SQLite tells as of an error in the text.
        rusqlite::Error::SqlInputError { msg, .. } if msg.starts_with("not authorized") => {
            forbidden("the statement would do more than read")
        }
        rusqlite::Error::SqlInputError { msg, offset, .. }
            if error.sqlite_error_code() != Some(rusqlite::ErrorCode::AuthorizationForStatementDenied) =>
        {
            let at = usize::try_from(*offset)
                .ok()
                .and_then(|offset| sql.get(..offset))
                .map(|before| format!(" at character {}", before.chars().count()));
            let message = format!("the SQL cannot be read: {msg}{}", at.unwrap_or_default());
            StoreError::new(StoreErrorKind::Question, message, "`SELECT name, sql FROM sqlite_schema` tells the tables and their columns")
        }
        rusqlite::Error::MultipleStatement => {
            StoreError::new(StoreErrorKind::Question, "there is more than one statement", "give one statement")
        }
        _ if error.sqlite_error_code() == Some(rusqlite::ErrorCode::AuthorizationForStatementDenied) => {
            forbidden("the statement would do more than read")
        }
        _ => StoreError::from(error),
    }
}

fn forbidden(message: &str) -> StoreError {
    StoreError::new(StoreErrorKind::Forbidden, message, "ask with SELECT alone")
}

/// What a statement may do: read tables and compute.
fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

fn json(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
    }
}
