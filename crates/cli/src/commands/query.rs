//! `depeche query`: a record asked.
//!
//! In go a record, a question and what it is narrowed to; out come answers as a table, JSON lines or CSV, each with the ids of its evidence. The record is only read.

use crate::Outcome;
use crate::arguments::{AnswerOutput, By, FilterArguments, QueryArguments, Question};
use crate::diagnostics::{Diagnostic, Failure, tell};
use crate::output::style::Style;
use crate::output::{columns, happenings};
use depeche_exchange::Cells;
use depeche_store::{Filter, Period, Reader, SqlAnswer, SqlLimits};
use serde::Serialize;
use serde_json::Value;
use std::io::{self, BufWriter, Write};
use std::time::Duration;

pub(crate) fn run(arguments: &QueryArguments) -> Result<Outcome, Failure> {
    let text = text(arguments)?;
    let reader = Reader::open(&arguments.record.db)?;
    let filter = filter(&arguments.filter);
    let mut out = BufWriter::new(io::stdout().lock());
    let to = arguments.to;
    let written = match arguments.what {
        Question::Timeline if to == AnswerOutput::Table => happenings::write(&mut out, &reader.timeline(&filter)?, Style::of_stdout()),
        Question::Timeline => write(&mut out, &reader.timeline(&filter)?, to),
        Question::Actors => write(&mut out, &reader.actors(&filter)?, to),
        Question::Offices => write(&mut out, &reader.offices(&filter)?, to),
        Question::Series => write(&mut out, &reader.series(&filter, period(arguments.by))?, to),
        Question::Commitments => write(&mut out, &reader.commitments(&filter)?, to),
        Question::Stories => write(&mut out, &reader.stories(&filter)?, to),
        Question::Disagreements => write(&mut out, &reader.disagreements(&filter)?, to),
        Question::Search => write(&mut out, &reader.search(text, &filter)?, to),
        Question::Sql => {
            let usual = SqlLimits::default();
            let limits = SqlLimits { time: Duration::from_secs_f64(arguments.timeout), rows: filter.limit.unwrap_or(usual.rows) };
            let answer = reader.sql(text, limits)?;
            if answer.cut && filter.limit.is_none() {
                let told = Diagnostic::warning(format!("there are more than {} rows; the others are not shown", limits.rows));
                tell(&told.hint("ask for more with `--limit`"));
            }
            write_sql(&mut out, &answer, to)
        }
    };
    written.and_then(|()| out.flush()).map_err(|error| Failure::of_output(&error))?;
    Ok(Outcome::Complete)
}

/// The words of `search` and the statement of `sql`; the other questions take none.
fn text(arguments: &QueryArguments) -> Result<&str, Failure> {
    match (arguments.what, &arguments.text) {
        (Question::Search | Question::Sql, Some(text)) => Ok(text),
        (Question::Search, None) => Err(Failure::Usage(
            Diagnostic::error("no words to search for").hint("give them behind `search`: `depeche query --db FILE search \"words\"`"),
        )),
        (Question::Sql, None) => {
            Err(Failure::Usage(Diagnostic::error("no statement").hint("give it behind `sql`: `depeche query --db FILE sql \"SELECT …\"`")))
        }
        (_, Some(text)) => Err(Failure::Usage(
            Diagnostic::error(format!("`{text}` is too much: only `search` and `sql` take a text"))
                .hint("narrow the question with `--actor`, `--topic` and the like"),
        )),
        (_, None) => Ok(""),
    }
}

/// What a question is narrowed to.
pub(crate) fn filter(arguments: &FilterArguments) -> Filter {
    Filter {
        actors: arguments.actors.clone(),
        between: arguments.between.clone(),
        types: arguments.types.clone(),
        statuses: arguments.statuses.clone(),
        since: arguments.since,
        until: arguments.until,
        place: arguments.place.clone(),
        topic: arguments.topic.clone(),
        source: arguments.source.clone(),
        text: arguments.text.clone(),
        limit: arguments.limit,
    }
}

fn period(by: By) -> Period {
    match by {
        By::Day => Period::Day,
        By::Week => Period::Week,
        By::Month => Period::Month,
        By::Year => Period::Year,
    }
}

/// Writes answers.
pub(crate) fn write<Row: Cells + Serialize>(out: &mut impl Write, rows: &[Row], to: AnswerOutput) -> io::Result<()> {
    match to {
        AnswerOutput::Jsonl => rows.iter().try_for_each(|row| json_line(out, row)),
        AnswerOutput::Csv => csv_rows(out, Row::COLUMNS, rows.iter().map(Cells::cells)),
        AnswerOutput::Table => columns::write(out, Row::COLUMNS, &rows.iter().map(Cells::cells).collect::<Vec<_>>(), Style::of_stdout()),
    }
}

pub(crate) fn json_line<T: Serialize>(out: &mut impl Write, value: &T) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

pub(crate) fn csv_rows(out: &mut impl Write, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()
}

fn write_sql(out: &mut impl Write, answer: &SqlAnswer, to: AnswerOutput) -> io::Result<()> {
    let columns: Vec<&str> = answer.columns.iter().map(String::as_str).collect();
    let cells = |row: &Vec<Value>| {
        row.iter()
            .map(|value| match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
            .collect::<Vec<_>>()
    };
    match to {
        AnswerOutput::Csv => csv_rows(out, &columns, answer.rows.iter().map(cells)),
        AnswerOutput::Table => columns::write(out, &columns, &answer.rows.iter().map(cells).collect::<Vec<_>>(), Style::of_stdout()),
        AnswerOutput::Jsonl => {
            for row in &answer.rows {
                // By hand, for the columns in their order.
                for (place, (column, value)) in columns.iter().zip(row).enumerate() {
                    out.write_all(if place == 0 { b"{" } else { b"," })?;
                    serde_json::to_writer(&mut *out, column)?;
                    out.write_all(b":")?;
                    serde_json::to_writer(&mut *out, value)?;
                }
                out.write_all(b"}\n")?;
            }
            Ok(())
        }
    }
}
