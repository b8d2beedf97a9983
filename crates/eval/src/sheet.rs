//! What a scorer says, ready to be shown: a line or more of figures, tables, mistakes.

use crate::Mistake;
use serde_json::{Value, json};
use std::fmt;

/// The outcome of a scorer. It prints as its figures, then its tables; mistakes are for the caller to show, as many as are wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The figures in words, a line or more.
    pub headline: String,
    /// The same figures by name, unrounded.
    pub figures: Vec<(String, f64)>,
    /// Finer counts.
    pub tables: Vec<Table>,
    /// What was wrong.
    pub mistakes: Vec<Mistake>,
}

/// A table: every row has as many cells as the heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What its rows are.
    pub name: &'static str,
    /// What its columns are.
    pub heading: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty one.
    pub(crate) fn new(name: &'static str, heading: &[&str]) -> Table {
        Table { name, heading: heading.iter().map(|&cell| cell.to_owned()).collect(), rows: Vec::new() }
    }
}

impl Sheet {
    /// Adds a figure.
    pub(crate) fn figure(&mut self, name: impl Into<String>, value: f64) {
        self.figures.push((name.into(), value));
    }

    /// The sheet as objects, one for the figures, one for every row of a table and one for each of `mistakes`.
    pub fn objects(&self, mistakes: usize) -> Vec<Value> {
        let figures: serde_json::Map<String, Value> = self.figures.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let mut objects = vec![json!({ "figures": figures })];
        for table in &self.tables {
            for row in &table.rows {
                let cells: serde_json::Map<String, Value> =
                    table.heading.iter().zip(row).map(|(heading, cell)| (heading.clone(), number_or_text(cell))).collect();
                objects.push(json!({ "table": table.name, "row": cells }));
            }
        }
        objects.extend(self.mistakes.iter().take(mistakes).map(|mistake| json!({ "mistake": mistake })));
        objects
    }
}

fn number_or_text(cell: &str) -> Value {
    let count = cell.parse::<u64>().map(Value::from);
    count.ok().or_else(|| cell.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)).unwrap_or_else(|| cell.into())
}

impl fmt::Display for Sheet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.headline)?;
        self.tables.iter().filter(|table| !table.rows.is_empty()).try_for_each(|table| write!(formatter, "\n{table}"))
    }
}

/// Columns set under their headings, the first to the left, the others to the right.
impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = || std::iter::once(&self.heading).chain(&self.rows);
        let width = |column: usize| rows().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.heading.len()).map(width).collect();
        for row in rows() {
            let cells = row.iter().zip(&widths).enumerate();
            let cells: Vec<String> = cells
                .map(|(column, (cell, &width))| if column == 0 { format!("{cell:width$}") } else { format!("{cell:>width$}") })
                .collect();
            writeln!(formatter, "{}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_sheet_prints_and_is_objects() {
        let mut table = Table::new("kinds", &["kind", "gold", "F1"]);
        table.rows = vec![["PER", "12", "0.500"].map(str::to_owned).to_vec(), ["GPE", "3", ""].map(str::to_owned).to_vec()];
        let sheet = Sheet { headline: "F1 0.500".to_owned(), figures: vec![("F1".to_owned(), 0.5)], tables: vec![table], mistakes: vec![] };
        expect![[r#"
            F1 0.500

            kind  gold     F1
            PER     12  0.500
            GPE      3
        "#]]
        .assert_eq(&sheet.to_string());
        let objects: Vec<String> = sheet.objects(9).iter().map(Value::to_string).collect();
        expect![[r#"
            {"figures":{"F1":0.5}}
            {"row":{"F1":0.5,"gold":12,"kind":"PER"},"table":"kinds"}
            {"row":{"F1":"","gold":3,"kind":"GPE"},"table":"kinds"}"#]]
        .assert_eq(&objects.join("\n"));
    }
}
