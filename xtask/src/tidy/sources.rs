//! Rust files: their length, their opening paragraph, their words, their `unsafe`.

use super::lexer::{Kind, Piece, pieces};
use super::{Findings, entries, name, text};
use anyhow::Result;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Past this many lines a second subject has surely been found.
const MOST_LINES: usize = 700;
/// Past this many it is worth a look.
const MANY_LINES: usize = 500;
/// The crates that read text, in which no language's words may stand.
const WORDLESS: [&str; 7] = ["predicates", "time", "actors", "coder", "intake", "depeche", "resolve"];
/// Letters by name that are marks by use, such as an apostrophe.
const MODIFIERS: RangeInclusive<char> = '\u{2b0}'..='\u{2ff}';
/// The crate of which one module may be unsafe.
const UNSAFE: &str = "nlp";

pub(super) fn look(root: &Path, findings: &mut Findings) -> Result<()> {
    let mut unsafe_files = Vec::new();
    let crates = entries(&root.join("crates"))?.into_iter().filter(|path| path.is_dir());
    for folder in crates.chain([root.join("xtask"), root.join("fuzz")]) {
        for path in rust_files(&folder)? {
            let source = text(&path)?;
            let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            length(&shown, &source, findings);
            let pieces = pieces(&source);
            let written = without_tests(&pieces);
            if path.starts_with(folder.join("src")) {
                opening(&shown, &source, findings);
                if WORDLESS.contains(&name(&folder)) && !is_of_tests(&path) {
                    words(&shown, &written, findings);
                }
            }
            if blocks(&shown, &source, &written, findings) {
                unsafe_files.push((name(&folder).to_owned(), shown));
            }
        }
    }
    for (index, (crate_name, file)) in unsafe_files.iter().enumerate() {
        if crate_name != UNSAFE || index > 0 {
            findings.wrong.push(format!("{file}: unsafe code, which one module of `{UNSAFE}` alone may hold"));
        }
    }
    Ok(())
}

/// The Rust files below a folder, but not what cargo built there.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        for path in entries(folder)? {
            if path.is_dir() && name(&path) != "target" {
                files.extend(rust_files(&path)?);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    Ok(files)
}

fn length(file: &str, source: &str, findings: &mut Findings) {
    let lines = source.lines().count();
    if lines > MOST_LINES {
        findings.wrong.push(format!("{file}: {lines} lines; past {MOST_LINES}, give the second subject a file"));
    } else if lines > MANY_LINES {
        findings.doubtful.push(format!("{file}: {lines} lines; is there a second subject in it?"));
    }
}

fn opening(file: &str, source: &str, findings: &mut Findings) {
    if !source.starts_with("//!") {
        findings.wrong.push(format!("{file}: opens with no paragraph (`//!`) that says what comes in and what goes out"));
    }
}

/// Literals with letters beyond ASCII are words of a language; single letters, punctuation and marks are not.
fn words(file: &str, pieces: &[Piece<'_>], findings: &mut Findings) {
    for piece in pieces.iter().filter(|piece| piece.kind == Kind::Literal) {
        let letters = || piece.text.chars().filter(|c| c.is_alphabetic() && !MODIFIERS.contains(c));
        if letters().count() > 1 && letters().any(|c| !c.is_ascii()) {
            let line = piece.line;
            findings.wrong.push(format!("{file}:{line}: `{}` is a word of a language, which a pack should hold", piece.text));
        }
    }
}

/// Whether there is unsafe code; each block, function or implementation needs a `SAFETY:` comment on the lines before it.
fn blocks(file: &str, source: &str, pieces: &[Piece<'_>], findings: &mut Findings) -> bool {
    let lines: Vec<&str> = source.lines().collect();
    let mut found = false;
    for piece in pieces.iter().filter(|piece| piece.kind == Kind::Word && piece.text == "unsafe") {
        found = true;
        let before = lines[..piece.line.min(lines.len())].iter().rev().skip(1);
        let mut comment = before.take_while(|line| line.trim_start().starts_with("//") || line.trim_start().starts_with("#["));
        if !comment.any(|line| line.contains("SAFETY:")) {
            findings.wrong.push(format!("{file}:{}: `unsafe` without a `SAFETY:` comment right before it", piece.line));
        }
    }
    found
}

/// The pieces without the items that only tests see.
fn without_tests<'source>(pieces: &[Piece<'source>]) -> Vec<Piece<'source>> {
    const ATTRIBUTE: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = pieces;
    while let [first, after @ ..] = rest {
        let begins = rest.len() >= ATTRIBUTE.len() && rest.iter().zip(ATTRIBUTE).all(|(piece, text)| piece.text == text);
        if begins {
            rest = after_item(&rest[ATTRIBUTE.len()..]);
        } else {
            kept.push(*first);
            rest = after;
        }
    }
    kept
}

/// What follows an item: past its braces, or past a semicolon that comes before any.
fn after_item<'pieces, 'source>(pieces: &'pieces [Piece<'source>]) -> &'pieces [Piece<'source>] {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.kind == Kind::Mark) {
        match piece.text {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            ";" => {}
            _ => continue,
        }
        if depth == 0 {
            return &pieces[index + 1..];
        }
    }
    &[]
}

/// Whether a file holds tests alone: `tests.rs`, or a module below it.
fn is_of_tests(path: &Path) -> bool {
    name(path) == "tests.rs" || path.parent().is_some_and(|folder| name(folder) == "tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word_findings(source: &str) -> Vec<String> {
        let mut findings = Findings::default();
        words("a.rs", &without_tests(&pieces(source)), &mut findings);
        findings.wrong
    }

    #[test]
    fn accented_letters_belong_in_packs_and_tests() {
        assert_eq!(
            word_findings("fn a() {}\nconst B: &str = \"déclaré\";"),
            ["a.rs:2: `déclaré` is a word of a language, which a pack should hold"]
        );
        assert!(word_findings("// « déclaré »\nconst MARKS: &str = \"«»“”—\"; const LETTER: char = 'ø';").is_empty());
        assert!(word_findings("#[cfg(test)]\nmod tests { fn a() { check(\"né\"); } }").is_empty());
        assert!(word_findings("#[cfg(test)]\nuse a::b;\nfn c() {}").is_empty());
        assert_eq!(word_findings("#[cfg(test)]\nuse a::b;\nconst C: &str = \"été\";").len(), 1);
    }

    #[test]
    fn unsafe_code_says_why_it_is_sound() {
        let check = |source: &str, found: bool, wrong: usize| {
            let mut findings = Findings::default();
            assert_eq!(blocks("a.rs", source, &pieces(source), &mut findings), found, "{source}");
            assert_eq!(findings.wrong.len(), wrong, "{source}");
        };
        check("// SAFETY: nobody else writes it\nunsafe { map() }", true, 0);
        check("let a = 1;\nunsafe { map() }", true, 1);
        check("#![forbid(unsafe_code)] // unsafe", false, 0);
    }

    #[test]
    fn long_files_are_told() {
        let mut findings = Findings::default();
        length("a.rs", &"\n".repeat(501), &mut findings);
        length("b.rs", &"\n".repeat(701), &mut findings);
        assert_eq!((findings.doubtful.len(), findings.wrong.len()), (1, 1));
    }
}
