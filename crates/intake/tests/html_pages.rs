//! Web pages to dispatches, in our own words: `tests/html/*.html`, and pages too odd or too large for a file.

use depeche_intake::{Content, ExtractOptions, Extraction, Field, Pages, ReadOptions, Reader, dispatch, explain, extract};
use depeche_packs::PackFiles;
use depeche_record::{BlockKind, CharIndex, Dispatch};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::LazyLock;

type Outcome = Result<(), Box<dyn Error>>;

fn read(html: &str, options: ExtractOptions) -> Result<Extraction, Box<dyn Error>> {
    let pages = Pages::load(&PackFiles::built_in())?;
    let item = Reader::new(Cursor::new(html.as_bytes().to_vec()), "page.html", ReadOptions::default()).next().ok_or("no item")??;
    assert!(matches!(item.content, Content::Page(_)), "it is told as a page");
    Ok(extract(&item, options, &pages))
}

/// The blocks of a dispatch, a line each, with their first words.
fn outline(dispatch: &Dispatch) -> Result<String, Box<dyn Error>> {
    let index = CharIndex::new(&dispatch.text);
    let mut outline = String::new();
    for block in &dispatch.blocks {
        let words = index.slice(&dispatch.text, block.span);
        let words: String = words.chars().take(60).collect();
        let kind = serde_json::to_value(block.kind)?;
        writeln!(outline, "{:<15} {words}", kind.as_str().unwrap_or_default())?;
    }
    Ok(outline)
}

fn check(html: &str, expected: &Expect) -> Outcome {
    expected.assert_eq(&outline(&read(html, ExtractOptions::default())?.dispatch)?);
    Ok(())
}

#[test]
fn a_page_with_all_that_surrounds_an_article() -> Outcome {
    let html = include_str!("html/fr_agence.html");
    check(
        html,
        &expect![[r#"
        title           Le Ghana et le Togo rouvrent leur frontière
        byline          Par Afi Mensah
        dateline        Publié le 7 mars 2023 à 18h05
        lede            Les ministres des deux pays ont signé mardi à Lomé un accord
        caption         Le poste de frontière d'Aflao, près de Lomé, en mars 2023.
        body            Le ministre ghanéen de l'Intérieur, Kwame Boateng, et son ho
        body            La frontière avait été fermée au printemps 2021, quand des d
        subhead         Une commission mixte
        body            Une commission mixte se réunira chaque trimestre, tantôt à A
        body            Les douaniers des deux pays recevront la même formation, que
        source          Source : Agence du Golfe
    "#]],
    )?;
    let Extraction { dispatch, metadata, warnings } = read(html, ExtractOptions::default())?;
    assert_eq!(dispatch.title.as_deref(), Some("Le Ghana et le Togo rouvrent leur frontière"));
    assert_eq!(dispatch.byline.as_deref(), Some("Afi Mensah"));
    assert_eq!(dispatch.language.as_deref(), Some("fr"));
    assert_eq!(dispatch.published.value.as_deref(), Some("2023-03-07"));
    assert_eq!(dispatch.url.as_deref(), Some("https://www.gazette.example/2023/03/07/frontiere"));
    assert_eq!(dispatch.publisher.map(|publisher| publisher.name).as_deref(), Some("Gazette du Golfe"));
    assert!(metadata.iter().any(|stating| stating.field == Field::Published && stating.chosen));
    assert!(warnings.is_empty(), "{warnings:?}");
    Ok(())
}

#[test]
fn paragraphs_that_only_line_breaks_part() -> Outcome {
    check(
        include_str!("html/en_divs.html"),
        &expect![[r#"
        title           Ferries return to the strait
        dateline        OSLO (AP) -
        lede            The first ferry in a month crossed the strait on Friday with
        body            Storms had kept all ships in port since the middle of Decemb
        body            "We have waited long enough," the mayor of the largest islan
        body            The company will run four ferries a day until spring. It had
    "#]],
    )
}

#[test]
fn the_rest_is_kept_on_request() -> Outcome {
    let html = include_str!("html/fr_agence.html");
    let all = read(html, ExtractOptions { keep_all: true })?.dispatch;
    let own = read(html, ExtractOptions::default())?.dispatch;
    let kinds = |dispatch: &Dispatch| dispatch.blocks.iter().map(|block| block.kind).collect::<Vec<_>>();
    for kind in [BlockKind::Navigation, BlockKind::Related, BlockKind::Share, BlockKind::Other] {
        assert!(kinds(&all).contains(&kind) && !kinds(&own).contains(&kind), "{kind:?}");
    }
    for block in &own.blocks {
        let words = CharIndex::new(&own.text).slice(&own.text, block.span).to_owned();
        assert!(all.text.contains(&words), "{words}");
    }
    Ok(())
}

#[test]
fn every_block_is_explained() -> Outcome {
    let pages = Pages::load(&PackFiles::built_in())?;
    let html = include_bytes!("html/fr_agence.html").to_vec();
    let item = Reader::new(Cursor::new(html), "page.html", ReadOptions::default()).next().ok_or("no item")??;
    let (extraction, blocks) = explain(&item, &pages);
    let source = item.content.as_str();
    for block in &blocks {
        assert!(block.source.end <= source.len() && block.source.start <= block.source.end, "{block:?}");
        assert!(block.reasons.iter().all(|reason| reason.weight != 0.0 && !reason.feature.is_empty()));
    }
    let mentioned = blocks.iter().find(|block| block.text.starts_with("La frontière avait été fermée")).ok_or("a paragraph is missing")?;
    assert!(mentioned.belongs && mentioned.score > 0.5 && !mentioned.reasons.is_empty());
    assert!(source.get(mentioned.source.start..).is_some_and(|rest| rest.starts_with("<p>La frontière avait")));
    let belonging = blocks.iter().filter(|block| block.belongs).count();
    assert_eq!(belonging, extraction.dispatch.blocks.len());
    Ok(())
}

#[test]
fn a_page_of_scripts_is_read_from_their_strings_or_told_empty() -> Outcome {
    let paragraphs = [
        "The old lighthouse of the northern cape was sold on Tuesday to a cook from the capital, the coast guard said in a note.",
        "He wants to serve soup there in summer, and to leave its lamp burning in winter as the fishermen have asked him to do.",
        "Nobody else had made an offer since the last keeper left the house eleven years ago with two goats and a piano.",
    ];
    let state = serde_json::json!({"page": {"body": paragraphs.map(|text| format!("<p>{text}</p>")).concat()}});
    let html = format!(
        "<html><head><title>Lighthouse sold</title></head><body><div id=root></div><script>window.state = {state}</script></body></html>"
    );
    let dispatch = read(&html, ExtractOptions::default())?.dispatch;
    assert!(paragraphs.iter().all(|text| dispatch.text.contains(text)), "{}", dispatch.text);
    assert_eq!(dispatch.title.as_deref(), Some("Lighthouse sold"));
    let empty = read("<html><body><script>start()</script><nav><a href=/>Home</a></nav></body></html>", ExtractOptions::default())?;
    assert!(empty.dispatch.text.is_empty(), "{:?}", empty.dispatch.text);
    assert!(empty.warnings.iter().any(|warning| warning.code == "W110"), "{:?}", empty.warnings);
    Ok(())
}

#[test]
fn hostile_pages_end_soon() -> Outcome {
    let pages = [
        "<ul><li>".repeat(64 << 10),
        "<svg>".repeat(200_000),
        "<select><option>".repeat(100_000),
        "<a href=x>".repeat(100_000),
        "<table><tr><td>".repeat(50_000),
        format!("<p>{}", "word ".repeat(400_000)),
        "<p>One short line.".repeat(60_000),
        format!("<script>{}</script>", "\"a\":\"b\",".repeat(200_000)),
        format!("<html><p>{}", "&amp;#38;".repeat(100_000)),
        format!("<div {}>text</div>", "a=b ".repeat(50_000)),
    ];
    let known = Pages::load(&PackFiles::built_in())?;
    for (at, page) in pages.iter().enumerate() {
        let html = format!("<!DOCTYPE html>{page}");
        for item in Reader::new(Cursor::new(html.into_bytes()), "page.html", ReadOptions::default()) {
            let (dispatch, _) = dispatch(&item?, &known);
            assert!(dispatch.blocks.iter().all(|block| block.span.end <= dispatch.text.chars().count()), "page {at}");
        }
    }
    Ok(())
}

static PAGES: LazyLock<Pages> = LazyLock::new(|| Pages::load(&PackFiles::built_in()).expect("the built-in packs load"));

/// What pages are made of, well-formed or not.
fn piece() -> impl Strategy<Value = String> {
    let names = [
        "p",
        "div",
        "h1",
        "a",
        "li",
        "ul",
        "table",
        "td",
        "figure",
        "figcaption",
        "article",
        "nav",
        "svg",
        "noscript",
        "script",
        "title",
        "br",
        "b",
    ];
    let name = prop::sample::select(names.to_vec());
    let text = prop_oneof![
        "[ a-zé.,«»©:|/()0-9]{0,60}",
        "\\PC{0,30}",
        Just("The harbour was closed on Monday after a storm that had broken two of its piers, its master said. ".to_owned()),
        Just("&amp;&lt;&#x27;&nbsp;&bogus;<!-- x --><![CDATA[y]]>".to_owned()),
    ];
    prop_oneof![
        name.clone().prop_map(|name| format!("<{name}>")),
        name.clone().prop_map(|name| format!("</{name}>")),
        (name, "[a-z-]{1,12}", "\\PC{0,12}")
            .prop_map(|(name, attribute, value)| format!("<{name} class='{attribute}' {attribute}=\"{value}\">")),
        text,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn any_page_gives_blocks_in_order(pieces in prop::collection::vec(piece(), 0..60), keep_all: bool) {
        let html = format!("<!DOCTYPE html><html>{}", pieces.concat());
        let item = Reader::new(Cursor::new(html.into_bytes()), "page.html", ReadOptions::default()).next();
        let Some(Ok(item)) = item else { return Ok(()) };
        let Extraction { dispatch, .. } = extract(&item, ExtractOptions { keep_all }, &PAGES);
        let index = CharIndex::new(&dispatch.text);
        let mut end = 0;
        for block in &dispatch.blocks {
            prop_assert!(block.span.start >= end && block.span.start < block.span.end);
            prop_assert!(!index.slice(&dispatch.text, block.span).trim().is_empty());
            end = block.span.end;
        }
        prop_assert!(end <= dispatch.text.chars().count());
        let (again, blocks) = explain(&item, &PAGES);
        if !keep_all {
            prop_assert_eq!(&again.dispatch, &dispatch);
        }
        prop_assert!(blocks.iter().all(|block| block.source.start <= block.source.end && block.source.end <= item.content.len()));
    }
}
