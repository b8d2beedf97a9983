//! Pages: how they are told from text, and how they are decoded.

use crate::bytes::{gzip, told};
use depeche_intake::{Format, IntakeErrorKind, ReadOptions, Reader};
use expect_test::{Expect, expect};
use std::fmt::Write as _;
use std::io::{self, Cursor, Read};
use std::time::{Duration, Instant};

#[track_caller]
fn check(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&told(bytes, "a", ReadOptions::default()));
}

#[test]
fn pages_are_told_from_text() {
    let looks = |begins: &str, name: &str| {
        let item = Reader::new(Cursor::new(begins.as_bytes().to_vec()), name, ReadOptions::default()).next();
        match item {
            Some(Ok(item)) => match item.content {
                depeche_intake::Content::Page(_) => "page",
                depeche_intake::Content::Text(_) => "text",
                depeche_intake::Content::Fragment(_) => "fragment",
            },
            Some(Err(error)) if error.kind == IntakeErrorKind::Malformed => "malformed",
            _ => "refused",
        }
    };
    for begins in [
        "<!DOCTYPE html><p>Rain.",
        "\u{FEFF} \n<HTML><p>Rain.",
        "<?xml version='1.0' encoding='utf-8'?>\n<!-- x --><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        "<!-- saved --><div>Rain.",
        "<!-- saved -->Rain.",
        "<script>var x = 1</script><p>Rain.",
        "<p>Rain.",
        "Warning: include() failed\n<!DOCTYPE html><html><head>",
    ] {
        assert_eq!(looks(begins, "a"), "page", "{begins}");
    }
    for begins in
        ["< 3 degrees", "<Rain> is a word.", "He wrote <html> on the wall.", "<?xml version='1.0'?><urlset/>", "<http://example.org/>"]
    {
        assert_eq!(looks(begins, "a"), "text", "{begins}");
    }
    assert_eq!(looks("Rain <b>fell</b>.", "a.html"), "page");
    assert_eq!(looks("Rain <b>fell</b>.", "A.HTM.gz"), "page");
    assert_eq!(looks("Rain fell.", "a.html"), "text");
    assert_eq!(looks("<!DOCTYPE rss [<!ENTITY x 'y'>]><rss><channel>", "a"), "malformed");
}

#[test]
fn declared_encodings() {
    check(
        b"<meta charset=windows-1251><p>\xC4\xEE\xE6\xE4\xFC</p>",
        &expect![[r#"
        a page "<meta charset=windows-1251><p>Дождь</p>" []
    "#]],
    );
    check(
        b"<?xml version='1.0' encoding='ISO-8859-2'?><html><p>\xBElut\xFD k\xF9\xF2</p></html>",
        &expect![[r#"
            a page "<?xml version='1.0' encoding='ISO-8859-2'?><html><p>žlutý kůň</p></html>" []
        "#]],
    );
    check(
        "\u{FEFF}<meta charset=windows-1251><p>Pluie à Oslo</p>".as_bytes(),
        &expect![[r#"
        a page "<meta charset=windows-1251><p>Pluie à Oslo</p>" ["W120"]
    "#]],
    );
    check(
        b"<meta charset=shift_jis><p>\x89J\x82\xAA\x8D~\x82\xE9</p>",
        &expect![[r#"
        a page "<meta charset=shift_jis><p>雨が降る</p>" []
    "#]],
    );
    check(
        "<meta charset=iso-8859-1><p>Pluie à Oslo</p>".as_bytes(),
        &expect![[r#"
        a page "<meta charset=iso-8859-1><p>Pluie à Oslo</p>" ["W120"]
    "#]],
    );
    check(
        b"<meta charset=utf-16><p>Rain</p>",
        &expect![[r#"
        a page "<meta charset=utf-16><p>Rain</p>" []
    "#]],
    );
    check(
        b"<meta charset=utf-8><p>Pluie \xE0 Oslo, \xE9t\xE9 \xE0 Bergen</p>",
        &expect![[r#"
        a page "<meta charset=utf-8><p>Pluie à Oslo, été à Bergen</p>" ["W101"]
    "#]],
    );
    check(
        "<meta charset=utf-8><p>Été à Oslo : ".bytes().chain(*b"\xFF</p>").collect::<Vec<_>>().as_slice(),
        &expect![[r#"
        a page "<meta charset=utf-8><p>Été à Oslo : �</p>" ["W102"]
    "#]],
    );
    check(
        b"<meta charset=runes><p>Pluie \xE0 Oslo, l'\xE9t\xE9</p>",
        &expect![[r#"
        a page "<meta charset=runes><p>Pluie à Oslo, l'été</p>" ["W120", "W101"]
    "#]],
    );
    check(
        b"<meta charset=runes><p>Rain</p>",
        &expect![[r#"
        a page "<meta charset=runes><p>Rain</p>" ["W120"]
    "#]],
    );
    check(
        "<meta charset=gbk><p>Pluie à Oslo, l'été à Bergen</p>".as_bytes(),
        &expect![[r#"
        a page "<meta charset=gbk><p>Pluie à Oslo, l'été à Bergen</p>" ["W120"]
    "#]],
    );
    check(
        b"<p>Pluie \xE0 Oslo, l'\xE9t\xE9</p>",
        &expect![[r#"
        a page "<p>Pluie à Oslo, l'été</p>" ["W101"]
    "#]],
    );
    let utf16: Vec<u8> = "\u{FEFF}<html><p>Pluie à Oslo</p></html>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(
        &utf16,
        &expect![[r#"
        a page "<html><p>Pluie à Oslo</p></html>" []
    "#]],
    );
    let unmarked: Vec<u8> = "<html><p>Pluie à Oslo</p></html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(
        &unmarked,
        &expect![[r#"
        a page "<html><p>Pluie à Oslo</p></html>" ["W101"]
    "#]],
    );
}

#[test]
fn dirty_pages_and_binary_ones() {
    check(
        b"<html><p>Rain\0 fell\x01 in\x7F Oslo, and more of the same in Bergen until at least Friday.</p>",
        &expect![[r#"
        a page "<html><p>Rain\0 fell\u{1} in\u{7f} Oslo, and more of the same in Bergen until at least Friday.</p>" []
    "#]],
    );
    let noise: Vec<u8> = (0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check(
        &[b"<html>".as_slice(), &noise].concat(),
        &expect![[r#"
        Binary a: it is binary, not text: 423 of its 4006 bytes stand for no character; give it as text in UTF-8
    "#]],
    );
    check(
        b"\xFF\xFE<\0p\0\x01\0\x02\0\x03\0\x04\0\x05\0\x06\0",
        &expect![[r#"
        a text "<p\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}" ["W101"]
    "#]],
    );
    check(
        b"\xEF\xBB\xBF",
        &expect![[r#"
        Empty a: there is nothing but white space in it; give it the text of a dispatch
    "#]],
    );
    expect![[r#"
        Empty a: there is nothing but white space in it; give it the text of a dispatch
    "#]]
    .assert_eq(&told(b" \n ", "a", ReadOptions { format: Some(Format::Html), ..ReadOptions::default() }));
}

#[test]
fn gzip_around_a_page() {
    let page = b"<html><p>Rain.</p></html>";
    check(
        &gzip(page),
        &expect![[r#"
        a page "<html><p>Rain.</p></html>" []
    "#]],
    );
    check(
        &gzip(&gzip(page)),
        &expect![[r#"
        NotSupported a: it is gzip within gzip, of which one layer is read; decompress it once with `gunzip`
    "#]],
    );
    check(
        &[gzip(page), vec![0; 700]].concat(),
        &expect![[r#"
        a page "<html><p>Rain.</p></html>" []
    "#]],
    );
    check(
        &[gzip(page), b"garbage".to_vec()].concat(),
        &expect![[r#"
        Unreadable a: its compressed data are damaged (what follows is not gzip); obtain the file again; what came before was read
    "#]],
    );
    check(
        gzip(page).get(..20).unwrap_or_default(),
        &expect![[r#"
        Unreadable a: its data stop before their end; obtain the file again; what came before was read
    "#]],
    );
    check(
        &gzip(b""),
        &expect![[r#"
        Empty a: it is empty; give it the text of a dispatch
    "#]],
    );
}

/// A page of 20 MB is read, a larger one than is allowed refused, each in one pass.
#[test]
fn large_pages() {
    let mut page = "<html><body>".to_owned();
    while page.len() < 20 << 20 {
        let _ = write!(page, "<p>Rain fell on day {} of that long year.</p>", page.len());
    }
    let begun = Instant::now();
    let items: Vec<_> = Reader::new(Cursor::new(page.clone().into_bytes()), "a", ReadOptions::default()).collect();
    assert!(matches!(items.as_slice(), [Ok(item)] if item.content.len() == page.len()));
    assert!(begun.elapsed() < Duration::from_secs(20));
    let options = ReadOptions { max_bytes: 20 << 20, ..ReadOptions::default() };
    expect![[r#"
        TooLarge a: it holds more than 20 MiB, the most that one dispatch may have; split it into dispatches, or allow more with `--max-bytes`
    "#]].assert_eq(&told(page.as_bytes(), "a", options));
    let gzip = gzip(page.as_bytes());
    expect![[r#"
        TooLarge a.gz: it holds more than 20 MiB, the most that one dispatch may have; split it into dispatches, or allow more with `--max-bytes`
    "#]].assert_eq(&told(&gzip, "a.gz", options));
}

/// What a compressor makes of a stream of one byte repeated, without an end.
fn bomb(begins: &str, mebibytes: usize) -> impl Read + Send + use<> {
    let stream = Cursor::new(begins.as_bytes().to_vec()).chain(io::repeat(b'x').take((mebibytes as u64) << 20));
    flate2::read::GzEncoder::new(stream, flate2::Compression::best())
}

#[test]
fn bombs() {
    let outline = |stream: Box<dyn Read + Send>, name: &str| -> Vec<String> {
        let items = Reader::new(stream, name, ReadOptions::default());
        items.map(|item| item.map_or_else(|error| format!("{:?} {error}", error.kind), |item| item.id)).collect()
    };
    expect![
        "TooLarge a.html.gz: its compressed data swell to more than 200 times their size within one item; inflate it and look at what it is"
    ]
    .assert_eq(&outline(Box::new(bomb("<html>", 80)), "a.html.gz").join("\n"));
    // A line or a record without an end is given up before its end.
    expect![[r#"
        a.jsonl.gz#1
        TooLarge a.jsonl.gz:2: its compressed data swell to more than 200 times their size within one item; inflate it and look at what it is"#]].assert_eq(&outline(Box::new(bomb("{\"text\": \"Rain.\"}\n{\"text\": \"", 200)), "a.jsonl.gz").join("\n"));
    expect!["TooLarge a.warc.gz#1: its compressed data swell to more than 200 times their size within one item; inflate it and look at what it is"].assert_eq(
        &outline(Box::new(bomb("WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 999999999999\r\n\r\n", 200)), "a.warc.gz").join("\n"),
    );
    // Lines that are short and alike compress as well, and are read.
    let lines = Cursor::new(b"{\"text\": \"Rain.\"}\n".repeat(1 << 16)).chain(io::empty());
    let alike = flate2::read::GzEncoder::new(lines, flate2::Compression::best());
    assert_eq!(Reader::new(alike, "a.jsonl.gz", ReadOptions::default()).filter(Result::is_ok).count(), 1 << 16);
}
