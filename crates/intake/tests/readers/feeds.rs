//! Feeds: RSS of all versions, Atom, and what is not quite either.

use crate::bytes::{outline, told};
use depeche_intake::{Item, ReadOptions, Reader};
use expect_test::{Expect, expect};
use std::fmt::Write as _;
use std::io::Cursor;
use std::time::{Duration, Instant};

#[track_caller]
fn check(feed: &str, expected: &Expect) {
    expected.assert_eq(&told(feed.as_bytes(), "a.xml", ReadOptions::default()));
}

/// What the entries of a feed state.
#[track_caller]
fn check_stated(feed: &str, expected: &Expect) {
    let mut lines = String::new();
    for Item { stated, .. } in Reader::new(Cursor::new(feed.as_bytes().to_vec()), "a.xml", ReadOptions::default()).flatten() {
        let words = [stated.title, stated.byline, stated.url, stated.published, stated.publisher, stated.language];
        let _ = writeln!(lines, "{}", words.map(|words| words.unwrap_or_else(|| "–".to_owned())).join(" | "));
    }
    expected.assert_eq(&lines);
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Fjord News</title><link>https://example.org/</link><language>en-gb</language>
  <image><title>Logo</title><url>https://example.org/logo.png</url></image>
  <item>
    <title>Rain &amp;amp; snow in &lt;em&gt;Oslo&lt;/em&gt;</title>
    <media:title>A picture</media:title>
    <link> https://example.org/rain </link>
    <guid isPermaLink="false">77</guid>
    <pubDate>Mon, 03 May 2021 18:05:00 +0200</pubDate>
    <dc:creator>Kari Nordmann</dc:creator><dc:creator>Ola Nordmann</dc:creator>
    <description>It rained.</description>
    <content:encoded><![CDATA[<p>It rained &amp; snowed.</p><p>All day.</p>]]></content:encoded>
  </item>
  <item>
    <title>Hail</title>
    <guid>https://example.org/hail</guid>
    <author>desk@example.org (The desk)</author>
    <source url="https://example.org/other">Other News</source>
    <description>Hail fell &lt;br/&gt; at 5 &amp;lt; 6.</description>
  </item>
  <item><description>Two &amp; three.

No title.</description></item>
  <item><title> </title></item>
</channel>
</rss>"#;

#[test]
fn rss() {
    check(
        RSS,
        &expect![[r#"
        a.xml#1 fragment "<article><h1>Rain &amp; snow in Oslo</h1><p>It rained &amp; snowed.</p><p>All day.</p></article>" []
        a.xml#2 fragment "<article><h1>Hail</h1>Hail fell <br/> at 5 &lt; 6.</article>" []
        a.xml#3 fragment "<article><p>Two &amp; three.</p><p>No title.</p></article>" []
        Empty a.xml: its entry 4 has neither title nor text; nothing is lost by its absence
    "#]],
    );
    check_stated(
        RSS,
        &expect![[r#"
        Rain & snow in Oslo | Kari Nordmann, Ola Nordmann | https://example.org/rain | 2021-05-03T18:05:00+02:00 | Fjord News | en-gb
        Hail | The desk | https://example.org/hail | – | Other News | en-gb
        – | – | – | – | Fjord News | en-gb
    "#]],
    );
}

#[test]
fn atom() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nb">
  <title type="text">Fjord &amp; News</title><author><name>The desk</name></author>
  <link rel="self" href="https://example.org/feed"/>
  <entry xml:lang="en">
    <title type="html">Rain &amp;amp; &lt;b&gt;snow&lt;/b&gt;</title>
    <link rel="enclosure" href="https://example.org/a.mp3"/>
    <link href="https://example.org/rain?a=1&amp;b=2"/>
    <published>2021-05-03T18:05:00+02:00</published><updated>2021-05-04T08:00:00Z</updated>
    <author><name>Kari Nordmann</name><email>k@example.org</email></author><author><name>Ola Nordmann</name></author>
    <summary>Short.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="x">Rain &lt; snow<br/>fell.</p></div></content>
  </entry>
  <entry>
    <title>A &lt;plain&gt; title</title>
    <updated>2021-05-04T08:00:00Z</updated>
    <source><title>Other News</title></source>
    <summary type="text">1 &lt; 2 &amp;amp; so on</summary>
  </entry>
</feed>"#;
    check(
        atom,
        &expect![[r#"
        a.xml#1 fragment "<article><h1>Rain &amp; snow</h1><div xmlns=\"http://www.w3.org/1999/xhtml\"><p class=\"x\">Rain &lt; snow<br>fell.</p></div></article>" []
        a.xml#2 fragment "<article><h1>A &lt;plain&gt; title</h1><p>1 &lt; 2 &amp;amp; so on</p></article>" []
    "#]],
    );
    check_stated(
        atom,
        &expect![[r#"
        Rain & snow | Kari Nordmann, Ola Nordmann | https://example.org/rain?a=1&b=2 | 2021-05-03T18:05:00+02:00 | Fjord & News | en
        A <plain> title | The desk | – | 2021-05-04T08:00:00Z | Other News | nb
    "#]],
    );
}

#[test]
fn older_and_stranger_feeds() {
    let rdf = "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/' xmlns:dc='d'><channel><title>Fjord News</title><items><rdf:Seq/></items></channel>\
        <item rdf:about='x'><title>Rain</title><link>https://example.org/r</link><dc:date>2021-05-03</dc:date></item></rdf:RDF>";
    check_stated(
        rdf,
        &expect![[r#"
        Rain | – | https://example.org/r | 2021-05-03 | Fjord News | –
    "#]],
    );
    let oldest = "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://example.org/rss-0.91.dtd'>\n<rss version='0.91'><channel><item><title>Rain</title></item></channel></rss>";
    check_stated(
        oldest,
        &expect![[r#"
        Rain | – | – | – | – | –
    "#]],
    );
    let prefixed = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Fjord News</a:title><a:entry><a:title>Rain</a:title><a:link href='https://example.org/r'/></a:entry></a:feed>";
    check_stated(
        prefixed,
        &expect![[r#"
        Rain | – | https://example.org/r | – | Fjord News | –
    "#]],
    );
    let no_version = "<rss><channel><item><title>Rain</title></item></channel></rss>";
    check_stated(
        no_version,
        &expect![[r#"
        Rain | – | – | – | – | –
    "#]],
    );
    let careless = "<rss><channel><title>R & D</title><item><title>Rain & snow&nbsp;&eacute;</title><description><p>One</p><p>two</description></item><item><title>Hail</item></channel></rss>";
    check(
        careless,
        &expect![[r#"
        a.xml#1 fragment "<article><h1>Rain &amp; snow é</h1><p>One</p><p>two</article>" []
        a.xml#2 fragment "<article><h1>Hail</h1></article>" []
    "#]],
    );
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><title>Pluie \xE0 Oslo</title></item></channel></rss>";
    expect![[r#"
        a.xml#1 fragment "<article><h1>Pluie à Oslo</h1></article>" []
    "#]]
    .assert_eq(&told(latin, "a.xml", ReadOptions::default()));
}

#[test]
fn a_page_within_a_feed_does_not_declare_its_encoding() {
    let feed = "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><description><![CDATA[<meta charset=koi8-r><p>Pluie \u{e0} Oslo</p>]]></description></item></channel></rss>";
    let latin: Vec<u8> = feed.chars().map(|character| character as u8).collect();
    let item = Reader::new(Cursor::new(latin), "a.xml", ReadOptions::default()).next();
    let content = item.and_then(Result::ok).map(|item| item.content.as_str().to_owned());
    assert_eq!(content.as_deref(), Some("<article><meta charset=koi8-r><p>Pluie à Oslo</p></article>"));
}

#[test]
fn no_feed_and_no_entry() {
    check(
        "<rss version='2.0'><channel><title>Fjord News</title></channel></rss>",
        &expect![[r#"
        Empty a.xml: there is no entry in the feed; name a feed that has entries
    "#]],
    );
    check(
        "<feed/>",
        &expect![[r#"
            Empty a.xml: there is no entry in the feed; name a feed that has entries
        "#]],
    );
    check(
        "<rss version='2.0'><channel><title>Fjord News</title><item><title>Rain</title></item><item><title>Sn",
        &expect![[r#"
            a.xml#1 fragment "<article><h1>Rain</h1></article>" []
            Malformed a.xml: the feed stops before its end, after its entry 1; obtain the feed again; what came before was read
        "#]],
    );
    check(
        "<rss><channel><item><title>Rain</title></item><item <<",
        &expect![[r#"
            a.xml#1 fragment "<article><h1>Rain</h1></article>" []
            Malformed a.xml: its XML is broken at byte 54, after its entry 1: syntax error: tag not closed: `>` not found before end of input; obtain the feed again; what came before was read
        "#]],
    );
}

#[test]
fn nothing_is_expanded_or_fetched() {
    let mut laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY lol 'lol'>".to_owned();
    for n in 1..30 {
        let _ = write!(laughs, "<!ENTITY lol{n} '{}'>", format!("&lol{};", n - 1).repeat(10));
    }
    laughs.push_str("<!ENTITY file SYSTEM 'file:///etc/passwd'><!ENTITY net SYSTEM 'http://127.0.0.1:9/'>]><rss><channel><item><title>&lol29;&file;&net;</title></item></channel></rss>");
    check(
        &laughs,
        &expect![[r#"
        a.xml#1 fragment "<article><h1>&amp;lol29;&amp;file;&amp;net;</h1></article>" []
    "#]],
    );
}

#[test]
fn deep_and_long_feeds_take_one_pass() {
    let begun = Instant::now();
    let deep = format!("<rss><channel><item><title>Rain</title><description>{}", "<ul><li>".repeat(60_000));
    assert_eq!(outline(deep.as_bytes(), "a", None).len(), 1);
    let deep = format!(
        "<rss><channel>{}</x></x>{}<item><title>Rain</title></item></channel></rss>",
        "<x>".repeat(200_000),
        "</y>".repeat(100_000)
    );
    outline(deep.as_bytes(), "a", None);
    let long = format!("<rss><channel>{}</channel></rss>", "<item><title>Rain</title></item>".repeat(50_000));
    assert_eq!(outline(long.as_bytes(), "a", None).len(), 50_000);
    let attributes = format!("<rss><channel><item {}><title>Rain</title></item></channel></rss>", "a='b' ".repeat(100_000));
    assert_eq!(outline(attributes.as_bytes(), "a", None), ["a#1"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}
