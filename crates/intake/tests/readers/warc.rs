//! WARC: what gives an item, what is passed over, and what is mended.

use crate::bytes::{gzip, outline, page, record, response, told};
use depeche_intake::{ReadOptions, Reader};
use expect_test::{Expect, expect};
use std::error::Error;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

type Outcome = Result<(), Box<dyn Error>>;

#[track_caller]
fn check(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&told(bytes, "a.warc", ReadOptions::default()));
}

fn info() -> Vec<u8> {
    record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: a crawler of ours\r\n")
}

fn request() -> Vec<u8> {
    record("request", "Content-Type: application/http; msgtype=request\r\n", b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
}

/// An archive with all kinds of records that hold no page between three that do.
fn records() -> Vec<Vec<u8>> {
    vec![
        info(),
        request(),
        page("rain"),
        record("revisit", "Content-Type: application/http\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
        record("metadata", "Content-Type: application/warc-fields\r\n", b"fetchTimeMs: 3\r\n"),
        page("snow"),
        record("response", "Content-Type: text/dns\r\n", b"20210503180500\r\nexample.org. 60 IN A 192.0.2.1\r\n"),
        response("https://example.org/a.png", "Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n"),
        record("response", "Content-Type: application/http\r\n", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No.</p>"),
        page("hail"),
    ]
}

#[test]
fn pages_and_what_is_passed_over() -> Outcome {
    let expected = ["a.warc#3", "a.warc#6", "a.warc#10"];
    let plain = records().concat();
    assert_eq!(outline(&plain, "a.warc", None), expected);
    assert_eq!(outline(&gzip(&plain), "a.warc", None), expected);
    let members: Vec<u8> = records().iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(outline(&members, "a.warc", None), expected);

    let item = Reader::new(Cursor::new(members), "a.warc.gz", ReadOptions::default()).next().ok_or("no item")??;
    assert_eq!(item.stated.url.as_deref(), Some("https://example.org/rain"));
    assert_eq!(item.stated.fetched.as_deref(), Some("2021-05-03T18:05:00Z"));
    assert_eq!(item.content.as_str(), "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>");
    // sha256sum of that page.
    assert_eq!(item.source_sha256, "fa6cdd745c2c9c3e20b2755669aeeefdd7c45f525cf0b24bee5749564a924ece");
    Ok(())
}

#[test]
fn headers_in_other_spellings() {
    let old = b"WARC/0.18\nwarc-type:response\nWARC-Target-URI: <https://example.org/>\ncontent-length:\n  67\nContent-Type: application/http\n\nHTTP/1.0 200\nContent-type:\n\ttext/html;\n charset=utf-8\n\n<p>Rain.</p>\n\n\n";
    check(
        old,
        &expect![[r#"
            a.warc#1 page "<p>Rain.</p>" []
        "#]],
    );
    let latin = response("https://example.org/", "Content-Type: text/html; charset=ISO-8859-1\r\n", b"<p>Pluie \xE0 Oslo</p>");
    check(
        &latin,
        &expect![[r#"
        a.warc#1 page "<p>Pluie à Oslo</p>" []
    "#]],
    );
    let untyped = response("https://example.org/", "Server: x\r\n", b"<html><p>Rain.</p>");
    let untyped_text = response("https://example.org/", "Server: x\r\n", b"Rain.");
    check(
        &[untyped, untyped_text].concat(),
        &expect![[r#"
        a.warc#1 page "<html><p>Rain.</p>" []
    "#]],
    );
}

#[test]
fn resources_and_conversions() {
    let resource = record("resource", "Content-Type: text/html\r\n", b"<p>Rain.</p>");
    let conversion = record("conversion", "Content-Type: text/plain\r\nWARC-Target-URI: https://example.org/\r\n", b"Rain fell.\n<b>");
    let other = record("resource", "Content-Type: application/pdf\r\n", b"%PDF-1.7\n");
    let truncated = record("resource", "Content-Type: text/html\r\nWARC-Truncated: length\r\n", b"<p>Rain fe");
    check(
        &[resource, conversion, other, truncated].concat(),
        &expect![[r#"
        a.warc#1 page "<p>Rain.</p>" []
        a.warc#2 text "Rain fell.\n<b>" []
        a.warc#4 page "<p>Rain fe" ["W121"]
    "#]],
    );
}

#[test]
fn bodies_that_are_wrapped() {
    let html = b"<p>Rain.</p>";
    let header = |more: &str| format!("Content-Type: text/html\r\n{more}\r\n");
    let bodies = [
        response("u", &header("Transfer-Encoding: chunked"), b"5\r\n<p>Ra\r\n7\r\nin.</p>\r\n0\r\n\r\n"),
        response("u", &header("Transfer-Encoding: chunked"), html),
        response("u", &header("Content-Encoding: gzip"), &gzip(html)),
        response("u", &header("Content-Encoding: gzip"), html),
        response("u", &header("Content-Encoding: gzip"), gzip(html).get(..24).unwrap_or_default()),
        response("u", &header("Content-Encoding: br"), b"\xB0\x00\x10<p>Rain.</p>\x03"),
        response("u", &header("Content-Encoding: br"), b"rain"),
        response("u", &header("Content-Encoding: zstd"), b"\x28\xB5\x2F\xFDrain"),
        response("u", &header("Content-Encoding: gzip"), &gzip(&vec![b' '; 200_000])),
        response("u", "Content-Type: text/html\r\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        response("u", "Content-Type: text/html\r\n", b""),
        record("response", "Content-Type: application/http\r\n", b"<p>No header.</p>"),
    ];
    let options = ReadOptions { max_bytes: 100_000, ..ReadOptions::default() };
    expect![[r#"
        a.warc#1 page "<p>Rain.</p>" []
        a.warc#2 page "<p>Rain.</p>" []
        a.warc#3 page "<p>Rain.</p>" []
        a.warc#4 page "<p>Rain.</p>" []
        a.warc#5 page "<p>Rain.</p>" ["W121"]
        a.warc#6 page "<p>Rain.</p>" []
        Unreadable a.warc#7: its `br` compression is damaged: Invalid Data; obtain the page again
        NotSupported a.warc#8: its body is compressed as `zstd`, which is not read; archive it as gzip, deflate or br, or without compression
        TooLarge a.warc#9: its body, decompressed, holds more than 100000 bytes, the most that one dispatch may have; split it into dispatches, or allow more with `--max-bytes`
        Binary a.warc#10: it is a PNG image, though it came as `text/html`; pass this record over
        Empty a.warc#11: there is nothing but white space in it; give it the text of a dispatch
        Malformed a.warc#12: its response has no HTTP status line; obtain the archive again, or pass this record over
    "#]].assert_eq(&told(&bodies.concat(), "a.warc", options));
}

#[test]
fn feeds_in_an_archive() {
    let rss = b"<rss version='2.0'><channel><title>Fjord News</title><item><title>Rain</title><link>https://example.org/r</link></item><item><title>Snow</title></item></channel></rss>";
    let feed = response("https://example.org/feed", "Content-Type: application/rss+xml\r\n", rss);
    let xml = response("https://example.org/feed", "Content-Type: text/xml\r\n", rss);
    let other = response("https://example.org/map", "Content-Type: text/xml\r\n", b"<?xml version='1.0'?><urlset/>");
    let broken =
        response("https://example.org/feed", "Content-Type: application/rss+xml\r\n", b"<rss><channel><item><title>Rain</title></item><");
    check(
        &[feed, xml, other, broken].concat(),
        &expect![[r#"
            a.warc#1#1 fragment "<article><h1>Rain</h1></article>" []
            a.warc#1#2 fragment "<article><h1>Snow</h1></article>" []
            a.warc#2#1 fragment "<article><h1>Rain</h1></article>" []
            a.warc#2#2 fragment "<article><h1>Snow</h1></article>" []
            a.warc#4#1 fragment "<article><h1>Rain</h1></article>" []
            Malformed a.warc#4: its XML is broken at byte 46, after its entry 1: syntax error: tag not closed: `>` not found before end of input; obtain the feed again; what came before was read
        "#]],
    );
}

#[test]
fn nothing_but_other_records() {
    check(
        &[info(), request()].concat(),
        &expect![[r#"
        Empty a.warc: none of its 2 records holds a page that was answered with 200; name an archive of responses
    "#]],
    );
}

/// A response whose header says another length than it has.
fn lying(what: &str, by: isize) -> Vec<u8> {
    let whole = String::from_utf8(page(what)).unwrap_or_default();
    let length = whole.split_once("Content-Length: ").and_then(|(_, rest)| rest.split("\r\n").next()).unwrap_or_default();
    let lie = length.parse::<isize>().unwrap_or_default().saturating_add(by);
    whole.replace(&format!("Content-Length: {length}"), &format!("Content-Length: {lie}")).into_bytes()
}

#[test]
fn lengths_that_are_wrong() {
    check(
        &[page("rain"), lying("fog", 40), page("snow"), page("hail")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record says that it has 164 bytes, but another begins after 128; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
        a.warc#4 page "<!DOCTYPE html><html><body><p>hail fell in Oslo.</p></body></html>" []
    "#]],
    );
    check(
        &[page("rain"), lying("fog", 1_000_000), page("snow")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record says that it has 1000124 bytes, but another begins after 128; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]],
    );
    check(
        &[page("rain"), lying("fog", isize::MAX), page("snow")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record says that it has 9223372036854775807 bytes, but another begins after 128; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]],
    );
    check(
        &[page("rain"), lying("fog", -20), page("snow")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record says that it has 104 bytes, but goes on after them; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]],
    );
    check(
        &[page("rain"), lying("fog", -1000), page("snow")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record does not say how long it is; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]],
    );
    let request = String::from_utf8_lossy(&request()).replace("Content-Length: ", "Content-Length: 9").into_bytes();
    check(
        &[page("rain"), request, page("snow")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record says that it has 937 bytes, but another begins after 41; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]],
    );
}

#[test]
fn many_wrong_lengths_take_no_time() {
    let records: Vec<u8> = (0..20_000).flat_map(|_| lying("fog", 10_000_000)).chain(page("snow")).collect();
    let outline = outline(&records, "a.warc", None);
    assert_eq!((outline.len(), outline.last().map(String::as_str)), (20_001, Some("a.warc#20001")));
}

#[test]
fn garbage_and_damage() {
    check(
        &[page("rain"), b"\x00\x01 nothing\r\nof use WARC/\r\n".to_vec(), page("snow")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: what stands here is no WARC record; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]],
    );
    check(
        &[page("rain"), b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(), page("snow")].concat(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record does not say how long it is; obtain the archive again; the records around it were read
        a.warc#3 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]],
    );
    let endless = [b"WARC/1.0\r\n".to_vec(), b"x: y\r\n".repeat(100_000), page("snow")].concat();
    assert_eq!(outline(&endless, "a.warc", None), ["Malformed a.warc#1", "a.warc#2"]);
    let two = [page("rain"), page("snow")].concat();
    check(
        two.get(..two.len() - 40).unwrap_or_default(),
        &expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        Malformed a.warc#2: the record stops after 89 of its 125 bytes; obtain the archive again; the records around it were read
    "#]],
    );
}

#[test]
fn a_damaged_member_does_not_take_the_others_with_it() {
    let members: Vec<Vec<u8>> = (0..30).map(|n| gzip(&page(&format!("rain {n}")))).collect();
    for at in 12..members.get(9).map_or(0, Vec::len) {
        let mut damaged = members.clone();
        if let Some(byte) = damaged.get_mut(9).and_then(|member| member.get_mut(at)) {
            *byte ^= 0x55;
        }
        let outline = outline(&damaged.concat(), "a.warc.gz", None);
        let errors = outline.iter().filter(|line| !line.starts_with("a.warc.gz#")).count();
        assert_eq!(
            outline.iter().take(9).map(String::as_str).collect::<Vec<_>>(),
            (1..=9).map(|n| format!("a.warc.gz#{n}")).collect::<Vec<_>>()
        );
        assert!(errors == 1 && outline.len() > 25, "{at}: {outline:?}");
    }
    let cut: Vec<u8> = members
        .iter()
        .map(|member| member.get(..member.len() - 30).unwrap_or_default())
        .take(1)
        .chain(members.iter().skip(1).map(Vec::as_slice))
        .flatten()
        .copied()
        .collect();
    let outline = outline(&cut, "a.warc.gz", None);
    assert!(
        outline.first().is_some_and(|line| line.ends_with("a.warc.gz#1") && line != "a.warc.gz#1") && outline.len() > 27,
        "{outline:?}"
    );
}

#[test]
fn records_beyond_the_bound() {
    let long = format!("<p>{}</p>", "Rain. ".repeat(1000));
    let records = [
        page("rain"),
        response("u", "Content-Type: text/html\r\n", long.as_bytes()),
        response("u", "Content-Type: video/mp4\r\n", &[7; 9000]),
        page("snow"),
    ];
    expect![[r#"
        a.warc#1 page "<!DOCTYPE html><html><body><p>rain fell in Oslo.</p></body></html>" []
        TooLarge a.warc#2: the record holds more than 2000 bytes, the most that one dispatch may have; split it into dispatches, or allow more with `--max-bytes`
        a.warc#4 page "<!DOCTYPE html><html><body><p>snow fell in Oslo.</p></body></html>" []
    "#]].assert_eq(&told(&records.concat(), "a.warc", ReadOptions { max_bytes: 2000, ..ReadOptions::default() }));
}

/// Records made as they are asked for, which counts how many were.
struct Made {
    left: usize,
    made: Arc<AtomicUsize>,
    record: Vec<u8>,
    at: usize,
    gzip: bool,
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.record.len() {
            if self.left == 0 {
                return Ok(0);
            }
            self.left -= 1;
            let n = self.made.fetch_add(1, Ordering::Relaxed);
            let body: String = (0..2000).map(|at| format!("<p>Rain {} fell.</p>", at * n)).collect();
            let record = response("u", "Content-Type: text/html\r\n", body.as_bytes());
            self.record = if self.gzip { gzip(&record) } else { record };
            self.at = 0;
        }
        let rest = self.record.get(self.at..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.at += count;
        Ok(count)
    }
}

#[test]
fn an_archive_is_read_as_it_comes() {
    for (gzip, records) in [(false, 800), (true, 200)] {
        let made = Arc::new(AtomicUsize::new(0));
        let stream = Made { left: records, made: Arc::clone(&made), record: Vec::new(), at: 0, gzip };
        let mut items = 0;
        for item in Reader::new(stream, "a.warc", ReadOptions::default()) {
            assert!(item.is_ok());
            items += 1;
            let ahead = made.load(Ordering::Relaxed) - items;
            // A window of compressed and one of inflated bytes, of records of 6 and 40 KB.
            assert!(ahead <= 24, "{ahead} records were read ahead");
        }
        assert_eq!(items, records);
    }
}
