//! `depeche names score` and `depeche names match`: how likely two names are one actor's.
//!
//! In go two names, or tab-separated rows with a header that names `name1`, `name2` and perhaps `schema`; out come a score, or the rows as they were with a last column
//! `score`, and on request the reason. A row that lacks a name or is not UTF-8 is one error with its line, and left out; the rows after it are still read.

use crate::Outcome;
use crate::arguments::{NamesMatchArguments, NamesScoreArguments};
use crate::diagnostics::{Diagnostic, Failure, tell};
use depeche::names::{Explanation, Kind, Matcher, Name, Veto, Why};
use depeche::packs::{NameWords, PackFiles};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// The longest row that is read, in bytes.
const LONGEST_ROW: u64 = 1 << 20;
/// How many names of a column that were taken apart are kept for the rows after.
const KEPT: usize = 1 << 13;

pub(crate) fn score(arguments: &NamesScoreArguments) -> Result<Outcome, Failure> {
    let matcher = matcher()?;
    for name in [&arguments.one, &arguments.other] {
        if !name.chars().any(char::is_alphanumeric) {
            let told = Diagnostic::error(format!("`{name}` has no letter, so that it is no name"));
            return Err(Failure::Usage(told.hint("give two names: `depeche names score \"Sergei Shoigu\" \"Сергей Шойгу\"`")));
        }
    }
    let kind = arguments.schema.as_deref().and_then(Kind::of_schema);
    let (one, other) = (matcher.name(&arguments.one, kind), matcher.name(&arguments.other, kind));
    let mut text = format!("{:.3}\n", matcher.score(&one, &other));
    if arguments.explain {
        for line in told(&matcher.explain(&one, &other)) {
            text.push_str(&format!("  {line}\n"));
        }
    }
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| Failure::of_output(&error))?;
    Ok(Outcome::Complete)
}

pub(crate) fn match_pairs(arguments: &NamesMatchArguments) -> Result<Outcome, Failure> {
    let matcher = matcher()?;
    let path = arguments.pairs.display().to_string();
    let reader: Box<dyn Read> = if arguments.pairs == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        let file = File::open(&arguments.pairs);
        Box::new(file.map_err(|error| Diagnostic::error(format!("{path}: {error}")).hint("name a file of tab-separated pairs, or `-`"))?)
    };
    let mut rows = Rows { reader: BufReader::with_capacity(1 << 16, reader), path, line: 0 };
    let Some(header) = rows.next() else {
        return Err(Diagnostic::error(format!("{}: it is empty", rows.path)).hint(SHAPE).into());
    };
    let header = header?;
    let columns = Columns::of(&header, &rows.path)?;
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut write = |row: &str, why: Option<&str>, score: std::fmt::Arguments<'_>| -> Result<(), Failure> {
        let written = match why {
            Some(why) => writeln!(out, "{row}\t{why}\t{score}"),
            None => writeln!(out, "{row}\t{score}"),
        };
        written.map_err(|error| Failure::of_output(&error))
    };
    write(&header, arguments.explain.then_some("why"), format_args!("score"))?;
    let mut outcome = Outcome::Complete;
    let (mut ones, mut others) = (Names::of(&matcher), Names::of(&matcher));
    while let Some(row) = rows.next() {
        let judged = row.and_then(|row| {
            if row.trim().is_empty() {
                return Ok(None);
            }
            let (one, other, kind) = columns.cells(&row, &format_args!("{}:{}", rows.path, rows.line))?;
            let (Some(left), Some(right)) = (ones.get(one, kind), others.get(other, kind)) else { return Ok(None) };
            let score = matcher.score(left, right);
            let why = arguments.explain.then(|| told(&matcher.explain(left, right)).join("; "));
            Ok(Some((row, why, score)))
        });
        match judged {
            Ok(Some((row, why, score))) => write(&row, why.as_deref(), format_args!("{score:.4}"))?,
            Ok(None) => {}
            Err(diagnostic) => {
                tell(&diagnostic);
                outcome = Outcome::SomeRefused;
            }
        }
    }
    out.flush().map_err(|error| Failure::of_output(&error))?;
    Ok(outcome)
}

const SHAPE: &str = "begin it with a header: `name1`, `name2` and perhaps `schema`, with tabs between them";

fn matcher() -> Result<Matcher, Failure> {
    Ok(Matcher::new(&NameWords::load(&PackFiles::built_in())?))
}

/// The lines of a file with their numbers.
struct Rows {
    reader: BufReader<Box<dyn Read>>,
    path: String,
    line: usize,
}

impl Rows {
    /// The next line without its end; nothing behind the last.
    fn next(&mut self) -> Option<Result<String, Diagnostic>> {
        let mut bytes = Vec::new();
        self.line += 1;
        let place = |rows: &Rows| format!("{}:{}", rows.path, rows.line);
        match self.reader.by_ref().take(LONGEST_ROW).read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => {
                // What cannot be read now cannot be read later: the run ends here.
                self.reader = BufReader::new(Box::new(std::io::empty()));
                return Some(Err(Diagnostic::error(format!("{}: {error}", place(self))).hint("the rows from here on were not read")));
            }
        }
        if bytes.len() as u64 == LONGEST_ROW && bytes.last() != Some(&b'\n') {
            self.skip_line();
            return Some(Err(Diagnostic::error(format!("{}: the row has more than 1 MiB", place(self))).hint("cut the names in it")));
        }
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        match String::from_utf8(bytes) {
            Ok(row) if self.line == 1 => Some(Ok(row.trim_start_matches('\u{feff}').to_owned())),
            Ok(row) => Some(Ok(row)),
            Err(_) => Some(Err(Diagnostic::error(format!("{}: the row is not in UTF-8", place(self))).hint("convert the file to UTF-8"))),
        }
    }

    /// Passes over the rest of a line.
    fn skip_line(&mut self) {
        loop {
            let Ok(buffer) = self.reader.fill_buf() else { return };
            let (taken, ended) = match buffer.iter().position(|&byte| byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.reader.consume(taken);
            if ended {
                return;
            }
        }
    }
}

/// Where the names stand in a row.
struct Columns {
    one: usize,
    other: usize,
    schema: Option<usize>,
}

impl Columns {
    fn of(header: &str, path: &str) -> Result<Columns, Diagnostic> {
        let place = |name: &str| header.split('\t').position(|head| head.trim() == name);
        let wanted =
            |name: &str| place(name).ok_or_else(|| Diagnostic::error(format!("{path}:1: the header has no column `{name}`")).hint(SHAPE));
        Ok(Columns { one: wanted("name1")?, other: wanted("name2")?, schema: place("schema") })
    }

    /// The two names of a row and their kind, where it says one.
    fn cells<'row>(&self, row: &'row str, place: &dyn std::fmt::Display) -> Result<(&'row str, &'row str, Option<Kind>), Diagnostic> {
        let cell = |column: usize| row.split('\t').nth(column);
        let name =
            |column: usize, name: &str| match cell(column) {
                Some(cell) if cell.chars().any(char::is_alphanumeric) => Ok(cell),
                Some(cell) if cell.trim().is_empty() => {
                    Err(Diagnostic::error(format!("{place}: `{name}` is empty")).hint("give both names, or leave the row out"))
                }
                Some(_) => Err(Diagnostic::error(format!("{place}: `{name}` has no letter, so that it is no name"))
                    .hint("give both names, or leave the row out")),
                None => Err(Diagnostic::error(format!("{place}: the row has no column `{name}`; it ends before it"))
                    .hint("part the columns by tabs")),
            };
        Ok((name(self.one, "name1")?, name(self.other, "name2")?, self.schema.and_then(cell).and_then(Kind::of_schema)))
    }
}

/// Names of one column taken apart, each kept until another takes its place.
struct Names<'matcher> {
    matcher: &'matcher Matcher,
    kept: Vec<Option<(String, Option<Kind>, Name)>>,
}

impl Names<'_> {
    fn of(matcher: &Matcher) -> Names<'_> {
        Names { matcher, kept: std::iter::repeat_with(|| None).take(KEPT).collect() }
    }

    fn get(&mut self, name: &str, kind: Option<Kind>) -> Option<&Name> {
        let mut hasher = DefaultHasher::new();
        (name, kind).hash(&mut hasher);
        let place = self.kept.get_mut(hasher.finish() as usize % KEPT)?;
        if !place.as_ref().is_some_and(|(kept, of_kind, _)| kept == name && *of_kind == kind) {
            *place = Some((name.to_owned(), kind, self.matcher.name(name, kind)));
        }
        place.as_ref().map(|(_, _, name)| name)
    }
}

/// A reason in words, a line for each thing that it tells.
fn told(explanation: &Explanation) -> Vec<String> {
    let kind = match explanation.kind {
        Kind::Person => "persons",
        Kind::Organisation => "organisations",
        Kind::Vessel => "vessels",
    };
    let mut lines = vec![format!("compared as {kind}")];
    for aligned in &explanation.aligned {
        let why = match aligned.why {
            Why::Sound if aligned.likeness >= 1.0 => "sound the same",
            Why::Sound => "sound alike",
            Why::Equivalent => "forms of one name",
            Why::Initial => "initial",
            Why::Joined => "one word here, two there",
            Why::Beginning => "the beginning of a given name",
            Why::TwoNames => "sound alike, but are two names",
            Why::Meaning => "mean the same",
        };
        let cost = 1.0 - aligned.likeness;
        lines.push(format!("{} = {}: cost {cost:.2}, {why} ({} / {})", aligned.one, aligned.other, aligned.sounds[0], aligned.sounds[1]));
    }
    for (words, which) in explanation.left.iter().zip(["first", "second"]) {
        if !words.is_empty() {
            lines.push(format!("only in the {which}: {}", words.join(", ")));
        }
    }
    let aside: Vec<&str> = explanation.aside.iter().flatten().map(String::as_str).collect();
    if !aside.is_empty() {
        lines.push(format!("set aside: {}", aside.join(", ")));
    }
    if let Some(veto) = explanation.veto {
        let against = match veto {
            Veto::GivenNames => "the given names differ",
            Veto::FamilyNames => "the family names differ",
            Veto::Patronymics => "the patronymics differ",
            Veto::Initials => "an initial stands for none of the other's names",
            Veto::TwoNames => "two given names that are not one",
            Veto::Distinctive => "each has a word of its own that tells which body it is",
            Veto::LegalForms => "the legal forms differ",
            Veto::Numbers => "the numbers differ",
        };
        lines.push(format!("against it: {against}"));
    }
    lines
}
