//! The language of patterns: text of a pack to a tree.
//!
//! A pattern is words and signs apart by spaces, with
//! `(a b|c)` alternatives, `x?` what may be missing, `<month>` a word of a class or what the rules of that name fit, `@article` a named piece,
//! `~` no space here, `!x` what must not follow, `[ … ]` the extent to tag where it is not the whole, `\(` the sign itself.
//! What cannot be read is refused with the reason.

use depeche_packs::temporal::Class;
use std::collections::BTreeMap;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    /// This word.
    Word(String),
    /// A word of a lexical class.
    Class(Class),
    /// A number in digits or other shape that is no language's.
    Figure(Figure),
    /// What the rules of this name fit.
    Call(String),
    /// One after another.
    Row(Vec<Part>),
    /// The longest of these.
    Any(Vec<Part>),
    /// With it or without.
    Maybe(Box<Part>),
    /// What must not stand here; takes nothing.
    Unless(Box<Part>),
    /// No space here; takes nothing.
    Glue,
    /// The tagged extent begins.
    Open,
    /// The tagged extent ends.
    Close,
}

/// Shapes that need no word list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Figure {
    /// Four digits, 1000 to 2199.
    Year,
    /// Four digits, 1900 to 2059: a year even where no preposition says so.
    RecentYear,
    /// Digits in the place of a year that is none: 0, 99999.
    NoYear,
    /// An apostrophe and two digits, or two digits.
    ShortYear,
    /// Day of the month, 1 to 31, perhaps with an ordinal's suffix.
    Day,
    /// Digits in the place of a day that is none: 0, 32 to 99.
    NoDay,
    /// 0 to 24.
    Hour,
    /// 00 to 59, two digits.
    Minute,
    /// Two digits that begin a decade: 60.
    Tens,
    /// A Roman ordinal: XIX, XXe.
    Roman,
    /// An ISO date, or day, month and year with signs between.
    Numeric,
    /// 18:30, 18:30:05.
    Clock,
    /// 1830: hours and minutes without a sign between.
    PlainClock,
}

impl Figure {
    /// The figure of a name.
    fn named(name: &str) -> Option<Figure> {
        Some(match name {
            "year" => Figure::Year,
            "recent_year" => Figure::RecentYear,
            "no_year" => Figure::NoYear,
            "no_day" => Figure::NoDay,
            "short_year" => Figure::ShortYear,
            "day" => Figure::Day,
            "hour" => Figure::Hour,
            "minute" => Figure::Minute,
            "tens" => Figure::Tens,
            "roman" => Figure::Roman,
            "numeric" => Figure::Numeric,
            "clock" => Figure::Clock,
            "plain_clock" => Figure::PlainClock,
            _ => return None,
        })
    }
}

/// Reads `pattern`, with the named pieces put in.
pub(crate) fn parse(pattern: &str, pieces: &BTreeMap<String, String>) -> Result<Part, String> {
    parse_nested(pattern, pieces, 0)
}

fn parse_nested(pattern: &str, pieces: &BTreeMap<String, String>, depth: usize) -> Result<Part, String> {
    if depth > 8 {
        return Err("pieces name one another in a circle".to_owned());
    }
    let symbols = symbols(pattern);
    let mut reader = Reader { symbols: &symbols, at: 0, pieces, depth };
    let part = reader.alternatives()?;
    if reader.at < symbols.len() {
        return Err(format!("`{}` closes what was not opened", symbols[reader.at]));
    }
    Ok(part)
}

/// The signs and words of a pattern.
fn symbols(pattern: &str) -> Vec<String> {
    let mut symbols = Vec::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            _ if letter.is_whitespace() => {}
            '(' | ')' | '[' | ']' | '|' | '?' | '~' | '!' => symbols.push(letter.to_string()),
            '\\' => symbols.push(format!("\\{}", letters.next().unwrap_or('\\'))),
            _ => {
                let mut symbol = letter.to_string();
                while let Some(next) = letters.next_if(|next| !next.is_whitespace() && !"()[]|?~!".contains(*next)) {
                    symbol.push(next);
                }
                symbols.push(symbol);
            }
        }
    }
    symbols
}

struct Reader<'a> {
    symbols: &'a [String],
    at: usize,
    pieces: &'a BTreeMap<String, String>,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> &str {
        self.symbols.get(self.at).map_or("", String::as_str)
    }

    fn alternatives(&mut self) -> Result<Part, String> {
        if self.depth > 64 {
            return Err("too many parentheses inside one another".to_owned());
        }
        let mut any = vec![self.row()?];
        while self.peek() == "|" {
            self.at += 1;
            any.push(self.row()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Part::Any(any) })
    }

    fn row(&mut self) -> Result<Part, String> {
        let mut row = Vec::new();
        while !matches!(self.peek(), "" | "|" | ")") {
            row.push(self.postfixed()?);
        }
        if row.is_empty() {
            return Err("an empty alternative; write `x?` for what may be missing".to_owned());
        }
        Ok(if row.len() == 1 { row.remove(0) } else { Part::Row(row) })
    }

    fn postfixed(&mut self) -> Result<Part, String> {
        let mut part = self.single()?;
        while self.peek() == "?" {
            self.at += 1;
            part = Part::Maybe(Box::new(part));
        }
        Ok(part)
    }

    fn single(&mut self) -> Result<Part, String> {
        let symbol = self.peek().to_owned();
        self.at += 1;
        match symbol.as_str() {
            "(" => {
                self.depth += 1;
                let inner = self.alternatives()?;
                self.depth -= 1;
                if self.peek() != ")" {
                    return Err("a `(` is not closed".to_owned());
                }
                self.at += 1;
                Ok(inner)
            }
            "!" => Ok(Part::Unless(Box::new(self.postfixed()?))),
            "[" => Ok(Part::Open),
            "]" => Ok(Part::Close),
            "~" => Ok(Part::Glue),
            "?" => Err("`?` stands after what may be missing".to_owned()),
            _ => self.word(&symbol),
        }
    }

    fn word(&self, symbol: &str) -> Result<Part, String> {
        if let Some(name) = symbol.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            return Ok(match (Figure::named(name), Class::named(name)) {
                (Some(figure), _) => Part::Figure(figure),
                (None, Some(class)) => Part::Class(class),
                (None, None) => Part::Call(name.to_owned()),
            });
        }
        if let Some(name) = symbol.strip_prefix('@').filter(|name| !name.is_empty()) {
            let piece = self.pieces.get(name).ok_or_else(|| format!("there is no piece `{name}`"))?;
            return parse_nested(piece, self.pieces, self.depth + 1);
        }
        Ok(Part::Word(symbol.strip_prefix('\\').unwrap_or(symbol).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(pattern: &str, expected: Expect) {
        let pieces = BTreeMap::from([("the".to_owned(), "le|la".to_owned()), ("loop".to_owned(), "@loop".to_owned())]);
        match parse(pattern, &pieces) {
            Ok(part) => expected.assert_eq(&format!("{part:?}")),
            Err(message) => expected.assert_eq(&message),
        }
    }

    #[test]
    fn patterns_are_trees() {
        check(
            "@the? <day> [ <month> ]",
            expect![[r#"Row([Maybe(Any([Word("le"), Word("la")])), Figure(Day), Open, Class(Month), Close])"#]],
        );
        check("(a|b c) ~ !<date>", expect![[r#"Row([Any([Word("a"), Row([Word("b"), Word("c")])]), Glue, Unless(Call("date"))])"#]]);
        check(r"\( x", expect![[r#"Row([Word("("), Word("x")])"#]]);
    }

    #[test]
    fn faults_are_told() {
        check("(a", expect!["a `(` is not closed"]);
        check("a)", expect!["`)` closes what was not opened"]);
        check("a||b", expect!["an empty alternative; write `x?` for what may be missing"]);
        check("@nothing", expect!["there is no piece `nothing`"]);
        check("@loop", expect!["pieces name one another in a circle"]);
    }
}
