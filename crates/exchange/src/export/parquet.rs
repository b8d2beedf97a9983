//! Parquet.
//!
//! In go rows of a table; out goes one file, a row group for every so many rows, which is all that is kept in memory. Every column may be empty; text is UTF-8, days are dates, and pages are
//! deflated (gzip), which every reader knows.

use super::{Exported, Fault};
use crate::tables::{Cell, Column, Kind, Visit};
use depeche_record::Date;
use parquet::basic::{Compression, GzipLevel, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of one row group.
const ROWS: usize = 20_000;

/// Writes a table.
pub(super) fn write(asked: &Visit<'_>, out: &mut (impl Write + Send)) -> Result<Exported, Fault> {
    let columns = asked.columns();
    let properties = WriterProperties::builder().set_compression(Compression::GZIP(GzipLevel::default())).build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema(columns).map_err(fault)?), Arc::new(properties)).map_err(fault)?;
    let mut waiting: Vec<Vec<Cell>> = columns.iter().map(|_| Vec::new()).collect();
    let (mut exported, mut rows) = (Exported::default(), 0);
    asked.rows(|cells| {
        for (column, cell) in waiting.iter_mut().zip(cells) {
            column.push(cell);
        }
        exported.answers += 1;
        exported.written += 1;
        rows += 1;
        if rows == ROWS {
            rows = 0;
            write_group(&mut writer, columns, &mut waiting).map_err(fault)?;
        }
        Ok(())
    })?;
    if rows > 0 {
        write_group(&mut writer, columns, &mut waiting).map_err(fault)?;
    }
    writer.finish().map_err(fault)?;
    Ok(exported)
}

fn fault(error: ParquetError) -> Fault {
    match error {
        ParquetError::External(error) => Fault::Output(io::Error::other(error)),
        other => Fault::Output(io::Error::other(other)),
    }
}

fn schema(columns: &[Column]) -> Result<Type, ParquetError> {
    let field = |(name, kind): &Column| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
            Kind::Truth => (Physical::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        field.build().map(Arc::new)
    };
    Type::group_type_builder("record").with_fields(columns.iter().map(field).collect::<Result<_, _>>()?).build()
}

fn write_group<W: Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    columns: &[Column],
    waiting: &mut [Vec<Cell>],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for ((_, kind), cells) in columns.iter().zip(waiting) {
        let cells = std::mem::take(cells);
        let Some(column) = group.next_column()? else { break };
        match kind {
            Kind::Text => write_column::<ByteArrayType>(column, cells, |cell| match cell {
                Cell::Text(Some(value)) => Some(ByteArray::from(value.into_bytes())),
                _ => None,
            })?,
            Kind::Integer => write_column::<Int64Type>(column, cells, |cell| match cell {
                Cell::Integer(value) => value,
                _ => None,
            })?,
            Kind::Number => write_column::<DoubleType>(column, cells, |cell| match cell {
                Cell::Number(value) => value,
                _ => None,
            })?,
            Kind::Day => write_column::<Int32Type>(column, cells, |cell| match cell {
                Cell::Day(value) => value.map(days_since_1970),
                _ => None,
            })?,
            Kind::Truth => write_column::<BoolType>(column, cells, |cell| match cell {
                Cell::Truth(value) => value,
                _ => None,
            })?,
        }
    }
    group.close()?;
    Ok(())
}

fn write_column<T: DataType>(
    mut column: SerializedColumnWriter<'_>,
    cells: Vec<Cell>,
    value: impl Fn(Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let mut levels = Vec::with_capacity(cells.len());
    let mut values = Vec::with_capacity(cells.len());
    for cell in cells {
        let value = value(cell);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    column.close()
}

fn days_since_1970(day: Date) -> i32 {
    (day - depeche_record::Date::constant(1970, 1, 1)).get_days()
}
