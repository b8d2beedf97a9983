//! Snapshots of `depeche extract` against the real binary: pages, what is told of them, near-duplicates.

mod sandbox;

use sandbox::Sandbox;

/// A page of our own.
const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Ferries return to the strait - Harbour Herald</title>
<meta property="og:title" content="Ferries return to the strait"><meta property="og:site_name" content="Harbour Herald">
<meta property="article:published_time" content="2024-01-12T09:30:00+01:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Ferries return to the strait</h1><p class="byline">By Ann Lee</p>
<p>The first ferry in a month crossed the strait on Friday with two hundred people on board, the harbour master said.</p>
<p>Storms had kept all ships in port since the middle of December, and the islands had been supplied by plane.</p>
<h2>Four a day</h2>
<p>The company will run four ferries a day until spring. It has called back all the sailors that it had laid off.</p></article>
<aside class="related"><h3>Most read</h3><a href="/1">Lamp of the lighthouse goes out</a></aside>
<footer>© 2024 Harbour Herald</footer></body></html>"#;

#[test]
fn a_page_becomes_its_article() {
    let sandbox = Sandbox::new();
    sandbox.write("page.html", PAGE.as_bytes());
    insta::assert_snapshot!(sandbox.run(&["extract", "page.html", "--to", "markdown"]), @r##"
    exit code: 0
    ----- stdout -----
    # Ferries return to the strait

    The first ferry in a month crossed the strait on Friday with two hundred people on board, the harbour master said.

    Storms had kept all ships in port since the middle of December, and the islands had been supplied by plane.

    ## Four a day

    The company will run four ferries a day until spring. It has called back all the sailors that it had laid off.

    ----- stderr -----
    "##);
    insta::assert_snapshot!(sandbox.run(&["extract", "page.html"]), @r##"
    exit code: 0
    ----- stdout -----
    {"id":"page.html","source_sha256":"SHA256","dispatch":{"url":null,"publisher":{"name":"Harbour Herald","id":"harbour-herald","start":0,"end":0},"language":"en","title":"Ferries return to the strait","byline":"Ann Lee","published":{"value":"2024-01-12","earliest":"2024-01-12","latest":"2024-01-12","method":"metadata","confidence":0.95,"evidence":[]},"text":"Ferries return to the strait\n\nBy Ann Lee\n\nThe first ferry in a month crossed the strait on Friday with two hundred people on board, the harbour master said.\n\nStorms had kept all ships in port since the middle of December, and the islands had been supplied by plane.\n\nFour a day\n\nThe company will run four ferries a day until spring. It has called back all the sailors that it had laid off.","blocks":[{"kind":"title","start":0,"end":28},{"kind":"byline","start":30,"end":40},{"kind":"lede","start":42,"end":156},{"kind":"body","start":158,"end":265},{"kind":"subhead","start":267,"end":277},{"kind":"body","start":279,"end":389}]},"metadata":[{"field":"title","value":"Ferries return to the strait","from":"open-graph","chosen":true},{"field":"title","value":"Ferries return to the strait","from":"heading","chosen":false},{"field":"title","value":"Ferries return to the strait - Harbour Herald","from":"title-element","chosen":false},{"field":"byline","value":"Ann Lee","from":"visible","chosen":true},{"field":"publisher","value":"Harbour Herald","from":"open-graph","chosen":true},{"field":"language","value":"en","from":"html-lang","chosen":true},{"field":"published","value":"2024-01-12T09:30:00+01:00","from":"open-graph","chosen":true}],"warnings":[]}

    ----- stderr -----
    "##);
}

#[test]
fn every_block_is_told_why() {
    let sandbox = Sandbox::new();
    sandbox.write("page.html", PAGE.as_bytes());
    let told = sandbox.run(&["extract", "page.html", "--explain", "--to", "text"]);
    // What weighs how much is for the scorer to say, and changes when it learns again.
    let marks: String = told.lines().filter(|line| !line.starts_with("          ")).map(|line| without_score(line) + "\n").collect();
    insta::assert_snapshot!(marks, @r##"
    exit code: 0
    ----- stdout -----
    page.html
    + title      open-graph      Ferries return to the strait
      title      heading         Ferries return to the strait
      title      title-element   Ferries return to the strait - Harbour Herald
    + byline     visible         Ann Lee
    + publisher  open-graph      Harbour Herald
    + language   html-lang       en
    + published  open-graph      2024-01-12T09:30:00+01:00

      navigation       Home
      navigation       News
    + title            Ferries return to the strait
    + byline           By Ann Lee
    + lede             The first ferry in a month crossed the strait on Friday with two hundred people on board, …
    + body             Storms had kept all ships in port since the middle of December, and the islands had been s…
    + subhead          Four a day
    + body             The company will run four ferries a day until spring. It has called back all the sailors t…
      related          Most read
      related          Lamp of the lighthouse goes out
      other            © 2024 Harbour Herald

    ----- stderr -----
    "##);
    assert!(told.lines().any(|line| line.starts_with("          ") && line.contains("by its words navigation")), "{told}");
    insta::assert_snapshot!(sandbox.run(&["extract", "page.html", "--explain", "--keep-all"]), @r##"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: the argument '--explain' cannot be used with '--keep-all'

    Usage: depeche extract --explain <PATH>...

    For more information, try '--help'.
    "##);
}

/// A line without the score of its block, ` 0.97  `.
fn without_score(line: &str) -> String {
    let digits = |part: &str| part.len() == 4 && part.starts_with(['0', '1']) && part.get(1..2) == Some(".");
    line.split(' ').filter(|part| !digits(part)).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_rest_of_a_page_is_kept_on_request() {
    let sandbox = Sandbox::new();
    sandbox.write("page.html", PAGE.as_bytes());
    let kinds = |arguments: &[&str]| {
        let told = sandbox.run(&[&["extract", "page.html"], arguments].concat());
        (told.contains(r#""kind":"navigation""#), told.contains("Lamp of the lighthouse"))
    };
    assert_eq!(kinds(&[]), (false, false));
    assert_eq!(kinds(&["--keep-all"]), (true, true));
}

#[test]
fn pages_are_the_same_on_one_thread_and_on_two() {
    let sandbox = Sandbox::new();
    for number in 0..40 {
        let page = PAGE.replace("in a month", &format!("in {number} days")).replace("<title>Ferries", &format!("<title>{number} ferries"));
        sandbox.write(&format!("pages/{number:02}.html"), page.as_bytes());
    }
    let told = |jobs| sandbox.run(&["extract", "pages", "--jobs", jobs]);
    assert_eq!(told("1"), told("2"));
}

/// A story of our own; one desk changes its end, another its punctuation.
const STORY: &str = "The fishermen of both islands agreed on Tuesday to leave the northern banks alone until the spring, after a week of talks in the old \
                     customs house. The agreement covers cod and herring, and asks each harbour to count its catch every evening. A council of six will meet \
                     each month to settle quarrels, and its decisions will be read aloud on both quays.";

fn stories(sandbox: &Sandbox) {
    sandbox.write("news/a.txt", STORY.as_bytes());
    sandbox.write("news/b.txt", STORY.replace("northern banks alone", "NORTHERN banks – alone –").as_bytes());
    sandbox.write("news/c.txt", format!("{STORY} The boats sail on Friday.").as_bytes());
    sandbox.write(
        "news/d.txt",
        b"Snow closed the mountain road for a second day, and the school bus turned back before noon, said the driver.",
    );
    sandbox
        .write("news/e.txt", b"The museum opened a room of old maps on Sunday, most of them drawn by a teacher who never left the town.");
    sandbox
        .write("news/f.txt", b"The museum opened a room of old maps on Sunday -- most of them drawn by a teacher who never left the town!");
}

#[test]
fn near_duplicates_are_told_from_copies() {
    let sandbox = Sandbox::new();
    stories(&sandbox);
    insta::assert_snapshot!(sandbox.run(&["extract", "news", "--near-duplicates"]), @r#"
    exit code: 0
    ----- stdout -----
    {"group":1,"kind":"near","dispatches":[{"id":"news/a.txt","similarity":1.0,"kind":"exact"},{"id":"news/b.txt","similarity":1.0,"kind":"exact"},{"id":"news/c.txt","similarity":0.961,"kind":"near"}]}
    {"group":2,"kind":"exact","dispatches":[{"id":"news/e.txt","similarity":1.0,"kind":"exact"},{"id":"news/f.txt","similarity":1.0,"kind":"exact"}]}

    ----- stderr -----
    "#);
    insta::assert_snapshot!(sandbox.run(&["extract", "news", "--near-duplicates", "--to", "text"]), @r#"
    exit code: 0
    ----- stdout -----
    group 1: 3 near-duplicates
            news/a.txt
      copy  news/b.txt
      0.96  news/c.txt

    group 2: 2 copies
            news/e.txt
      copy  news/f.txt

    ----- stderr -----
    "#);
    insta::assert_snapshot!(sandbox.run(&["extract", "news", "--near-duplicates=0.99", "--to", "text", "--jobs", "2"]), @r#"
    exit code: 0
    ----- stdout -----
    group 1: 2 copies
            news/a.txt
      copy  news/b.txt

    group 2: 2 copies
            news/e.txt
      copy  news/f.txt

    ----- stderr -----
    "#);
    insta::assert_snapshot!(sandbox.run(&["extract", "news/d.txt", "news/e.txt", "--near-duplicates"]), @r#"
    exit code: 0
    ----- stdout -----

    ----- stderr -----
    "#);
}

#[test]
fn near_duplicates_of_what_cannot_be_read_or_written() {
    let sandbox = Sandbox::new();
    stories(&sandbox);
    sandbox.write("news/aa.txt", b"");
    insta::assert_snapshot!(sandbox.run(&["extract", "news/aa.txt", "news/a.txt", "news/b.txt", "--near-duplicates", "--to", "text"]), @r#"
    exit code: 1
    ----- stdout -----
    group 1: 2 copies
            news/a.txt
      copy  news/b.txt

    ----- stderr -----
    error: news/aa.txt: it is empty
      hint: give it the text of a dispatch
    "#);
    insta::assert_snapshot!(sandbox.run(&["extract", "news", "--near-duplicates", "--to", "markdown"]), @r#"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: `--near-duplicates` has no form in Markdown
      hint: ask for `--to jsonl` or `--to text`
    "#);
    insta::assert_snapshot!(sandbox.run(&["extract", "news", "--near-duplicates=7"]), @r#"
    exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value '7' for '--near-duplicates[=<X>]': give a number from 0 to 1

    For more information, try '--help'.
    "#);
}
