//! Rows of cells set in columns, to be read on a terminal.
//!
//! In go the names of columns and rows; out comes a table as wide as its cells, each on one line and cut where it is very long. Columns in which nothing stands are left out.

use super::style::{Style, one_line};
use std::io::{self, Write};

/// The most characters of a cell.
const WIDEST: usize = 60;
/// The most characters of a cell of the last column, which nothing stands behind.
const WIDEST_LAST: usize = 180;

/// Writes a table, and under it how many rows it has.
pub(crate) fn write(out: &mut impl Write, columns: &[&str], rows: &[Vec<String>], style: Style) -> io::Result<()> {
    let shown: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .zip(1..)
                .map(|(cell, place)| cut(&one_line(cell), if place == columns.len() { WIDEST_LAST } else { WIDEST }))
                .collect()
        })
        .collect();
    let width = |column: usize| shown.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<(usize, &str, usize)> = columns
        .iter()
        .enumerate()
        .map(|(at, name)| (at, *name, width(at)))
        .filter(|(.., width)| *width > 0)
        .map(|(at, name, width)| (at, name, width.max(name.chars().count())))
        .collect();
    let mut line = String::new();
    for (_, name, width) in &widths {
        line.push_str(&format!("{name:<width$}  "));
    }
    if !widths.is_empty() {
        writeln!(out, "{}", style.bold(line.trim_end()))?;
    }
    for row in &shown {
        line.clear();
        for (at, _, width) in &widths {
            let cell = row.get(*at).map_or("", String::as_str);
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.chars().count()) + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    let count = match rows.len() {
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    };
    writeln!(out, "{}", style.dim(&count))
}

fn cut(cell: &str, widest: usize) -> String {
    if cell.chars().count() <= widest {
        return cell.to_owned();
    }
    cell.chars().take(widest - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        let rows = [vec!["a".to_owned(), String::new(), "été".to_owned()], vec!["long".to_owned(), String::new(), "x\ny".to_owned()]];
        let mut out = Vec::new();
        write(&mut out, &["one", "two", "three"], &rows, Style::PLAIN).unwrap();
        expect![[r#"
            one   three
            a     été
            long  x y
            2 rows
        "#]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }
}
