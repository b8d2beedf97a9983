//! Small pages and what they say of themselves.

use super::*;
use depeche_packs::PackFiles;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn read(html: &str, address: Option<&str>, fetched: Option<&str>) -> Metadata {
    let pages = Pages::load(&PackFiles::built_in()).unwrap();
    Metadata::read(&Tree::parse(html), address, fetched, &pages)
}

/// What is believed, a field a line, and the date's confidence.
fn check_fetched(html: &str, address: Option<&str>, fetched: Option<&str>, expected: Expect) {
    let metadata = read(html, address, fetched);
    let chosen = metadata.all.iter().filter(|stating| stating.chosen);
    let mut told: String = chosen.map(|stating| format!("{:?} {:?}: {}\n", stating.field, stating.from, stating.value)).collect();
    if metadata.published.value.is_some() {
        told.push_str(&format!("believed {}\n", metadata.published.confidence));
    }
    for warning in &metadata.warnings {
        told.push_str(&format!("{}: {}\n", warning.code, warning.message));
    }
    expected.assert_eq(&told);
}

fn check(html: &str, expected: Expect) {
    check_fetched(html, None, None, expected);
}

#[test]
fn a_page_that_says_all_is_told_whole() {
    check_fetched(
        r#"<html lang="en-GB"><title>Herring is back - Sea - Fjord News</title>
        <meta property="og:site_name" content="Fjord News"><meta property="og:title" content="Herring is back">
        <meta property="article:published_time" content="2021-05-03T18:05:00+02:00"><meta property="article:section" content="Sea">
        <link rel="canonical" href="/2021/05/03/herring"><meta name="author" content="By Ada Berg"><meta property="og:updated_time" content="2021-05-04">
        <h1>Herring is back</h1>"#,
        Some("https://www.fjord.example/2021/05/03/herring?from=front"),
        None,
        expect![[r#"
            Title OpenGraph: Herring is back
            Byline Meta: Ada Berg
            Publisher OpenGraph: Fjord News
            Url Link: https://www.fjord.example/2021/05/03/herring
            Language HtmlLang: en
            Published OpenGraph: 2021-05-03T18:05:00+02:00
            Updated OpenGraph: 2021-05-04
            Section OpenGraph: Sea
            believed 0.99
        "#]],
    );
}

#[test]
fn a_page_that_says_little_is_read_as_readers_do() {
    check(
        r#"<html lang="fr"><title>La morue revient</title><body><p>Météo 12:30</p><article><h1>La morue revient</h1>
        <p class="post-author">Par Jeanne Morel</p><p>Publié le 3 mai 2021 à 18:05</p><p>Le 1er avril 2020, la morue manquait.</p>"#,
        expect![[r#"
            Title Heading: La morue revient
            Byline Visible: Jeanne Morel
            Language HtmlLang: fr
            Published Visible: 2021-05-03T18:05:00
            believed 0.6
        "#]],
    );
    check("<p>Nothing is said here.</p>", expect![""]);
    check("", expect![""]);
}

#[test]
fn a_line_of_figures_is_read_as_the_language_writes_it() {
    let page = |language: &str| format!("<html lang={language}><h1>Cod</h1><span class=date>03/05/2021</span>");
    let told = |language: &str| read(&page(language), None, None).published.value;
    assert_eq!(told("en-US").as_deref(), Some("2021-03-05"));
    assert_eq!(told("en-GB").as_deref(), Some("2021-05-03"));
    assert_eq!(told("fr").as_deref(), Some("2021-05-03"));
    // What the address says decides.
    let addressed = read(&page("en-US"), Some("https://fjord.example/2021/05/03/cod"), None);
    assert_eq!(addressed.published.value.as_deref(), Some("2021-05-03"));
}

#[test]
fn contradictions_are_told() {
    check(
        r#"<meta property="article:published_time" content="2021-05-09T08:00:00Z">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Cod", "datePublished": "2021-05-03T08:00:00Z"}</script>"#,
        expect![[r#"
            Title JsonLd: Cod
            Published JsonLd: 2021-05-03T08:00:00Z
            believed 0.6
            W109: the page gives two dates of publication, 2021-05-03 and 2021-05-09; 2021-05-03 was taken, for it is the more reliable place
        "#]],
    );
}

#[test]
fn what_is_better_known_elsewhere_makes_a_date_exact() {
    check_fetched(
        r#"<script type="application/ld+json">{"@type": "Article", "name": "Cod", "datePublished": "2021-05-03"}</script><time datetime="2021-05-03T07:30:00Z">"#,
        None,
        None,
        expect![[r#"
            Title JsonLd: Cod
            Published TimeElement: 2021-05-03T07:30:00Z
            believed 0.99
        "#]],
    );
}

#[test]
fn dates_that_cannot_be_are_left_out() {
    let page = |date: &str| format!("<meta name=date content='{date}'>");
    let told = |date: &str| read(&page(date), None, Some("2021-05-03T10:00:00Z")).published.value;
    assert_eq!(told("2021-05-03").as_deref(), Some("2021-05-03"));
    assert_eq!(told("2021-05-04").as_deref(), Some("2021-05-04"), "somewhere it is tomorrow");
    for date in ["2021-05-05", "2031-01-01", "1970-01-01", "2021-02-31", "0000-00-00", "soon"] {
        assert_eq!(told(date), None, "{date}");
    }
}

#[test]
fn a_front_page_is_no_articles_address() {
    let page = r#"<link rel=canonical href="https://fjord.example/"><meta property="og:url" content="https://fjord.example/cod">"#;
    assert_eq!(read(page, Some("https://fjord.example/cod?x=1"), None).url.as_deref(), Some("https://fjord.example/cod"));
    assert_eq!(read("<link rel=canonical href='javascript:1'>", None, None).url, None);
}

#[test]
fn an_author_is_no_site_unless_no_one_else_is() {
    check(
        r#"<meta property="og:site_name" content="Fjord News"><meta name="author" content="Fjord News"><h1>Cod again in the fjord</h1>
        <div class="byline">By Ada Berg</div>"#,
        expect![[r#"
            Title Heading: Cod again in the fjord
            Byline Visible: Ada Berg
            Publisher OpenGraph: Fjord News
        "#]],
    );
    check(
        r#"<meta property="og:site_name" content="Fjord News"><meta name="author" content="Fjord News"><div class="author">Follow</div>"#,
        expect![[r#"
            Byline Meta: Fjord News
            Publisher OpenGraph: Fjord News
        "#]],
    );
}

#[test]
fn what_programs_leave_unset_is_no_claim() {
    check(
        r#"<meta name="author" content="undefined"><meta name="author" content="admin"><meta name="author" content="ada@fjord.example">
        <meta name="publisher" content="https://fjord.example"><meta property="og:title" content="null">
        <h1>Cod again in the fjord</h1><div class="comments"><p class="author">Odd Lie</p></div>"#,
        expect![[r#"
            Title Heading: Cod again in the fjord
        "#]],
    );
}

#[test]
fn a_page_of_nothing_but_claims_is_read_in_bounded_time() {
    let metas: String = (0..60_000)
        .map(|number| format!("<meta name=author content='A{number} B'><meta property=og:title content='Cod {number} | Sea'>"))
        .collect();
    let titles = "<svg><title>no</title></svg><p>Cod 12 | Sea</p><time datetime=2021-05-03>".repeat(20_000);
    let tree = Tree::parse(&(metas + &titles));
    let pages = Pages::load(&PackFiles::built_in()).unwrap();
    let start = Instant::now();
    let metadata = Metadata::read(&tree, None, None, &pages);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(metadata.all.len() <= 8 * (MOST_CLAIMS + 2), "{}", metadata.all.len());
}

proptest! {
    #[test]
    fn no_page_makes_it_panic(
        html in any::<String>(),
        parts in proptest::collection::vec(prop::sample::select(vec![
            "<html lang=fr>", "<title>", "</title>", "<h1>", "</h1>", "<article>", "<time datetime=", "2021-05-03", "'>", "<meta name=", "date content=",
            "author content=", "'Ada Berg'>", "<script type=application/ld+json>", "{\"@type\":\"NewsArticle\",\"headline\":\"", "\"}", "</script>",
            "<p class=byline>", "By ", "éÀ日本", " | ", "3 May 2021 18:05", "<a rel=author>", "<div itemprop=datePublished>",
        ]), 0..40),
        address in "(https?://[a-z]{0,5}\\.[a-z]{0,4}/[0-9/-]{0,12}|.{0,12})",
        fetched in "([0-9-]{0,12}|.{0,4})",
    ) {
        let pages = Pages::default();
        for html in [html, parts.concat()] {
            let metadata = Metadata::read(&Tree::parse(&html), Some(&address), Some(&fetched), &pages);
            for stating in &metadata.all {
                prop_assert!(!stating.value.is_empty());
            }
            let chosen = metadata.all.iter().filter(|stating| stating.field == Field::Title && stating.chosen).count();
            prop_assert_eq!(chosen, usize::from(metadata.title.is_some()));
        }
    }
}
