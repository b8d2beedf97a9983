//! Rust source cut into code, comments and literals, as far as the rules of tidiness need it.
//!
//! Comes in a source file; goes out a list of pieces in order with their lines. It knows nested comments, raw and byte strings, characters
//! and lifetimes, and refuses nothing: source that does not compile gives pieces that mean little.

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier, a keyword or a number.
    Word,
    /// A single other character of code that is no blank.
    Mark,
    /// A comment, marks included.
    Comment,
    /// The inside of a string or character literal.
    Literal,
}

/// A piece of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'source> {
    pub(super) kind: Kind,
    pub(super) text: &'source str,
    /// The line it begins on, from 1.
    pub(super) line: usize,
}

/// The pieces of a source file.
pub(super) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (kind, text, length) = next(rest, first);
        if let Some(kind) = kind {
            pieces.push(Piece { kind, text, line });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    pieces
}

/// The first piece of non-empty source: its kind (none for blanks), its text, and how many bytes it takes with its marks.
fn next(source: &str, first: char) -> (Option<Kind>, &str, usize) {
    if first.is_whitespace() {
        return (None, "", first.len_utf8());
    }
    if source.starts_with("//") {
        let end = source.find('\n').unwrap_or(source.len());
        return (Some(Kind::Comment), &source[..end], end);
    }
    if source.starts_with("/*") {
        let end = block_comment(source);
        return (Some(Kind::Comment), &source[..end], end);
    }
    if let Some((begin, end, length)) = literal(source) {
        return (Some(Kind::Literal), &source[begin..end], length);
    }
    if first.is_alphanumeric() || first == '_' {
        let end = source.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(source.len());
        return (Some(Kind::Word), &source[..end], end);
    }
    (Some(Kind::Mark), &source[..first.len_utf8()], first.len_utf8())
}

/// Bytes of the nested comment that the source begins with.
fn block_comment(source: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(mark) = source[at..].find(['/', '*']).map(|found| at + found) {
        let step = match source.get(mark..mark + 2) {
            Some("/*") => 1,
            Some("*/") => -1,
            _ => 0,
        };
        depth += step;
        at = mark + if step == 0 { 1 } else { 2 };
        if depth == 0 {
            return at;
        }
    }
    source.len()
}

/// The literal that the source begins with: where its inside begins and ends, and where it ends itself.
fn literal(source: &str) -> Option<(usize, usize, usize)> {
    let prefix = source.find(|c: char| !matches!(c, 'b' | 'r' | 'c'))?;
    let after = &source[prefix..];
    let raw = source[..prefix].ends_with('r');
    let hashes = after.len() - after.trim_start_matches('#').len();
    if raw && after[hashes..].starts_with('"') {
        let begin = prefix + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = source[begin..].find(&close).map_or(source.len(), |found| begin + found);
        return Some((begin, end, (end + close.len()).min(source.len())));
    }
    let quote = after.chars().next().filter(|&c| c == '"' || c == '\'')?;
    let begin = prefix + 1;
    if quote == '\'' && is_lifetime(&source[begin..]) {
        return None;
    }
    let mut escaped = false;
    for (at, c) in source[begin..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some((begin, begin + at, begin + at + 1)),
            _ => {}
        }
    }
    Some((begin, source.len(), source.len()))
}

/// Whether what follows a single quote is a lifetime or label and no character.
fn is_lifetime(after: &str) -> bool {
    let mut characters = after.chars();
    characters.next().is_some_and(|c| c.is_alphabetic() || c == '_') && characters.next() != Some('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(Kind, &str, usize)]) {
        let pieces: Vec<_> = pieces(source).iter().map(|piece| (piece.kind, piece.text, piece.line)).collect();
        assert_eq!(pieces, expected);
    }

    #[test]
    fn comments_nest_and_hide_quotes() {
        use Kind::{Comment, Word};
        check("a // \"b\n c", &[(Word, "a", 1), (Comment, "// \"b", 1), (Word, "c", 2)]);
        check("/* x /* \n */ ' */ b", &[(Comment, "/* x /* \n */ ' */", 1), (Word, "b", 2)]);
        check("/* open", &[(Comment, "/* open", 1)]);
    }

    #[test]
    fn literals_are_told_from_lifetimes_and_words() {
        use Kind::{Literal, Mark, Word};
        check(r#""é\"n" x"#, &[(Literal, r#"é\"n"#, 1), (Word, "x", 1)]);
        check(r##"r#"a"b"# c"##, &[(Literal, "a\"b", 1), (Word, "c", 1)]);
        check("br\"\\\" b'é' 'a'", &[(Literal, "\\", 1), (Literal, "é", 1), (Literal, "a", 1)]);
        check(
            "&'a str '\\'' brave",
            &[(Mark, "&", 1), (Mark, "'", 1), (Word, "a", 1), (Word, "str", 1), (Literal, "\\'", 1), (Word, "brave", 1)],
        );
        check("\"open", &[(Literal, "open", 1)]);
    }
}
