//! Pages as they are pasted, with all that surrounds an article, in our own words: `tests/pages/*.page` hold a kind and a line each.

use depeche_intake::{Pages, ReadOptions, Reader, dispatch};
use depeche_packs::PackFiles;
use depeche_record::{BlockKind, CharIndex, Dispatch};
use expect_test::{Expect, expect};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Cursor;

type Outcome = Result<(), Box<dyn Error>>;

fn read(text: &str) -> Result<Dispatch, Box<dyn Error>> {
    let pages = Pages::load(&PackFiles::built_in())?;
    let item = Reader::new(Cursor::new(text.as_bytes().to_vec()), "page.txt", ReadOptions::default()).next().ok_or("no item")??;
    Ok(dispatch(&item, &pages).0)
}

fn name(kind: BlockKind) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_value(kind)?.as_str().unwrap_or_default().to_owned())
}

/// The text of a page whose lines are `kind | line`, and its kinds as they must come out.
fn page(source: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut kinds) = (String::new(), Vec::new());
    let mut dateline = String::new();
    for line in source.lines() {
        let Some((kind, words)) = line.split_once('|').map(|(kind, words)| (kind.trim(), words.trim())) else {
            text.push('\n');
            continue;
        };
        kinds.push((kind.to_owned(), words.to_owned()));
        // A dateline with a dash opens the line that follows it here.
        if kind == "dateline" && words.ends_with(['—', '-']) {
            dateline = format!("{words} ");
        } else {
            let _ = writeln!(text, "{}{words}", std::mem::take(&mut dateline));
        }
    }
    (text, kinds)
}

#[test]
fn every_line_of_a_page_has_its_kind() -> Outcome {
    let mut paths: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages"))?.collect::<Result<_, _>>()?;
    paths.sort_by_key(std::fs::DirEntry::file_name);
    let mut wrong = String::new();
    for path in paths {
        let (text, kinds) = page(&std::fs::read_to_string(path.path())?);
        for ends in ["\n", "\r\n"] {
            let text = text.replace('\n', ends);
            let dispatch = read(&text)?;
            let index = CharIndex::new(&text);
            let mut at = 0;
            for (kind, words) in &kinds {
                let start =
                    index.char_of(at + text.get(at..).and_then(|rest| rest.find(words.as_str())).ok_or("a line is not in its page")?);
                at = index.byte_of(start) + words.len();
                let block = dispatch.blocks.iter().find(|block| block.span.start <= start && start < block.span.end);
                let found = block.map(|block| name(block.kind)).transpose()?;
                if found.as_deref() != Some(kind) {
                    let _ = writeln!(wrong, "{:?} {kind}, coded {found:?}: {words}", path.file_name());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

#[test]
fn the_packs_examples_hold() -> Outcome {
    let pages = Pages::load(&PackFiles::built_in())?;
    let failing: Vec<String> = pages.check().iter().map(ToString::to_string).collect();
    assert!(failing.is_empty(), "{}", failing.join("\n"));
    Ok(())
}

fn check(text: &str, expected: &Expect) -> Outcome {
    let dispatch = read(text)?;
    let publisher =
        dispatch.publisher.map(|publisher| format!("{} {} {}..{}", publisher.name, publisher.id, publisher.span.start, publisher.span.end));
    let told = format!("{:?}\n{:?}\n{:?}\n{publisher:?}\n", dispatch.language, dispatch.title, dispatch.byline);
    expected.assert_eq(&told);
    Ok(())
}

#[test]
fn what_a_page_says_of_itself() -> Outcome {
    check(
        "\r\nLe Togo ferme deux ports\r\nPar Jeanne Morel\r\n\r\nLe Togo a fermé deux ports lundi pour cause de tempête.\r\nSource : L’Écho du Golfe.\r\n",
        &expect![[r#"
            Some("fr")
            Some("Le Togo ferme deux ports")
            Some("Par Jeanne Morel")
            Some("L’Écho du Golfe lecho-du-golfe 114..129")
        "#]],
    )?;
    check(
        "Der Minister ist am Montag in Oslo eingetroffen, wo er mit seiner Kollegin über Fischerei sprechen wird.",
        &expect![[r#"
            Some("de")
            None
            None
            None
        "#]],
    )?;
    check(
        "12 34 56",
        &expect![[r#"
            None
            None
            None
            None
        "#]],
    )
}

#[test]
fn a_line_of_json_is_believed() -> Outcome {
    let pages = Pages::load(&PackFiles::built_in())?;
    let line = r#"{"text": "Rain in Oslo.\nSource: Fjord News", "language": "fr-CA", "publisher": "Écho & Fils", "published": "6/2/2026", "url": "https://a.example/1"}"#;
    let item = Reader::new(line.as_bytes(), "-", ReadOptions::default()).next().ok_or("no item")??;
    let (dispatch, warnings) = dispatch(&item, &pages);
    assert_eq!(item.id, "-#1");
    assert_eq!(dispatch.language.as_deref(), Some("fr"));
    assert_eq!(dispatch.url.as_deref(), Some("https://a.example/1"));
    assert_eq!(
        dispatch.publisher.map(|publisher| (publisher.name, publisher.id, publisher.span.end)),
        Some(("Écho & Fils".into(), "echo-fils".into(), 0))
    );
    assert_eq!(dispatch.published.value, None);
    assert_eq!(warnings.iter().map(|warning| warning.code.as_str()).collect::<Vec<_>>(), ["W105"]);
    Ok(())
}
