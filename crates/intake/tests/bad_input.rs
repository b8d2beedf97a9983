//! Bad input: each is refused by name with a cure, or mended with a warning; the others are still read; nothing panics.

use depeche_intake::{Format, IntakeErrorKind, Item, MAX_DISPATCH_BYTES, Pages, ReadOptions, Reader, dispatch, read};
use depeche_packs::PackFiles;
use expect_test::{Expect, expect};
use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Read, Write as _};

type Outcome = Result<(), Box<dyn Error>>;

/// What a reader makes of some bytes, an item or error a line.
fn told(bytes: &[u8], name: &str, format: Option<Format>) -> String {
    let mut told = String::new();
    for item in Reader::new(io::Cursor::new(bytes.to_vec()), name, ReadOptions { format, ..ReadOptions::default() }) {
        match item {
            Ok(Item { id, content, warnings, .. }) => {
                let text = content.as_str();
                let codes: Vec<_> = warnings.iter().map(|warning| warning.code.as_str()).collect();
                let _ = writeln!(told, "{id} {text:?} {codes:?}");
            }
            Err(error) => {
                let _ = writeln!(told, "{:?} {error}", error.kind);
            }
        }
    }
    told
}

#[track_caller]
fn check(bytes: &[u8], name: &str, expected: &Expect) {
    expected.assert_eq(&told(bytes, name, None));
}

#[test]
fn inputs_without_text() {
    check(
        b"",
        "a.txt",
        &expect![[r#"
        Empty a.txt: it is empty; give it the text of a dispatch
    "#]],
    );
    check(
        b" \n\t\r\n",
        "a.txt",
        &expect![[r#"
        Empty a.txt: there is nothing but white space in it; give it the text of a dispatch
    "#]],
    );
    check(
        b"\n\n",
        "a.jsonl",
        &expect![[r#"
        Empty a.jsonl: there is nothing but white space in it; give it the text of a dispatch
    "#]],
    );
}

#[test]
fn binary_inputs() {
    check(
        b"%PDF-1.7\n%\xE2\xE3\xCF\xD3",
        "a.pdf",
        &expect![[r#"
        Binary a.pdf: it is a PDF document, not text; extract its text first
    "#]],
    );
    check(
        b"PK\x03\x04\x14\0\0\0",
        "a.docx",
        &expect![[r#"
        Binary a.docx: it is a ZIP archive or an office document, not text; extract its text first
    "#]],
    );
    let noise: Vec<u8> = (0..2000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(told(&noise, "noise", None).starts_with("Binary noise: it is binary, not text: "));
    check(
        b"RIFF came first, the paper says.",
        "a.txt",
        &expect![[r#"
        a.txt "RIFF came first, the paper says." []
    "#]],
    );
}

#[test]
fn a_format_that_is_given_is_taken_as_told() {
    let check = |bytes: &[u8], format, expected: Expect| expected.assert_eq(&told(bytes, "a", Some(format)));
    check(
        b"<p>Rain.</p>",
        Format::Text,
        expect![[r#"
        a "<p>Rain.</p>" []
    "#]],
    );
    check(
        b"{\"text\": \"Rain.\"}",
        Format::Html,
        expect![[r#"
        a "{\"text\": \"Rain.\"}" []
    "#]],
    );
    check(
        b"Rain.",
        Format::Jsonl,
        expect![[r#"
        Malformed a:1: the line is no JSON object; write one object a line with at least a `text` or an `html`
    "#]],
    );
    check(
        b"Rain.",
        Format::Warc,
        expect![[r#"
        Malformed a#1: what stands here is no WARC record; obtain the archive again; the records around it were read
    "#]],
    );
    check(
        b"Rain.",
        Format::Feed,
        expect![[r#"
        Malformed a: there is no feed in it; give a document of RSS or Atom
    "#]],
    );
    check(
        b"<p>Rain.</p>",
        Format::Feed,
        expect![[r#"
        Malformed a: its root element is `p`, which no feed has; give a document of RSS or Atom
    "#]],
    );
    check(
        b"Rain.",
        Format::Tar,
        expect![[r#"
            Malformed a: the archive is damaged or cut off before its first file (failed to read entire block); obtain the archive again; what came before was read
        "#]],
    );
    for format in Format::ALL {
        assert!(told(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3", "a", Some(format)).starts_with("Binary a: it is a PDF document"), "{format}");
    }
}

#[test]
fn encodings() {
    check(
        b"\xEF\xBB\xBFPluie \xC3\xA0 Oslo",
        "mark.txt",
        &expect![[r#"
        mark.txt "Pluie à Oslo" []
    "#]],
    );
    check(
        "La pluie tombe sur Tromsø, où l’été s’achève.".as_bytes(),
        "utf8.txt",
        &expect![[r#"
        utf8.txt "La pluie tombe sur Tromsø, où l’été s’achève." []
    "#]],
    );
    check(
        b"La pluie a cess\xE9 ; l'\xE9t\xE9 s'ach\xE8ve \xE0 Oslo.",
        "latin1.txt",
        &expect![[r#"
        latin1.txt "La pluie a cessé ; l'été s'achève à Oslo." ["W101"]
    "#]],
    );
    check(
        b"Le \x93 sommet \x94 s\x92ach\xE8ve : l\x92\x9Cil du cyclone, 3 \x80.",
        "windows.txt",
        &expect![[r#"
        windows.txt "Le “ sommet ” s’achève : l’œil du cyclone, 3 €." ["W101"]
    "#]],
    );
    check(
        "Pluie à Oslo, vent à Bergen, t\u{e9}moins : ".as_bytes().iter().copied().chain(*b"\xFF fin").collect::<Vec<_>>().as_slice(),
        "damaged.txt",
        &expect![[r#"
        damaged.txt "Pluie à Oslo, vent à Bergen, témoins : � fin" ["W102"]
    "#]],
    );
    let utf16: Vec<u8> = "\u{FEFF}Pluie à Oslo".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(
        &utf16,
        "utf16.txt",
        &expect![[r#"
        utf16.txt "Pluie à Oslo" ["W101"]
    "#]],
    );
    let utf16: Vec<u8> = "{\"id\": 1, \"text\": \"Pluie à Oslo\"}\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(
        &utf16,
        "utf16.jsonl",
        &expect![[r#"
        1 "Pluie à Oslo" []
    "#]],
    );
    check(
        b"Rain\0 is expected in Oslo, and more of the same in Bergen until at least Friday.",
        "nul.txt",
        &expect![[r#"
        nul.txt "Rain\0 is expected in Oslo, and more of the same in Bergen until at least Friday." ["W104"]
    "#]],
    );
}

#[test]
fn lines_of_json() {
    let lines = br#"{"id": "a", "text": "Rain."}

{"text": "Snow.", "published": 3, "other": []}
{"text": "half \ud83d of a pair, \\ud83d is none, \ud83d\ude00 is one"}
{"id": 7, "text": ""}
{"id": 8, "title": "x"}
{"id": 9, "html": "<p>Rain.</p>"}
{"id": 10, "text": ["x"]}
{"id": 11, "text": "x"
[1, 2]
not json
{"id": 12, "text": "x" "y"}
{"id": "z", "text": "Hail."}"#;
    check(
        lines,
        "news.jsonl",
        &expect![[r#"
        a "Rain." []
        news.jsonl#2 "Snow." ["W108"]
        news.jsonl#3 "half � of a pair, \\ud83d is none, 😀 is one" ["W103"]
        Empty news.jsonl:5: its `text` is empty; give it the text of a dispatch
        Malformed news.jsonl:6: the line has no `text`; write one object a line with at least a `text` or an `html`
        9 "<p>Rain.</p>" []
        Malformed news.jsonl:8: its `text` or `html` is no string; write one object a line with at least a `text` or an `html`
        Malformed news.jsonl:9: the JSON object does not end on its line; write each object on one line of its own, as `jq -c .` does
        Malformed news.jsonl:10: the line is no JSON object; write its elements one a line, as `jq -c '.[]'` does
        Malformed news.jsonl:11: the line is no JSON object; write one object a line with at least a `text` or an `html`
        Malformed news.jsonl:12: the line is not JSON: expected `,` or `}` at column 24; write one object a line with at least a `text` or an `html`
        z "Hail." []
    "#]],
    );
}

#[test]
fn a_damaged_first_line_leaves_a_jsonl_file_jsonl() {
    check(
        b"oops\n{\"id\": \"a\", \"text\": \"Rain.\"}\n",
        "news.jsonl",
        &expect![[r#"
        Malformed news.jsonl:1: the line is no JSON object; write one object a line with at least a `text` or an `html`
        a "Rain." []
    "#]],
    );
    check(
        b"{braces} open this text.\n",
        "a.txt",
        &expect![[r#"
        a.txt "{braces} open this text.\n" []
    "#]],
    );
}

#[test]
fn gzip_is_told_by_content() -> Outcome {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for n in 0..3000 {
        writeln!(encoder, "{{\"id\": {n}, \"text\": \"Rain fell on day {n} of that long year.\"}}")?;
    }
    let whole = encoder.finish()?;
    let told_whole = told(&whole, "news", None);
    assert_eq!(told_whole.lines().count(), 3000);
    assert!(told_whole.ends_with("2999 \"Rain fell on day 2999 of that long year.\" []\n"));

    let cut = told(whole.get(..whole.len() / 2).unwrap_or_default(), "cut.gz", None);
    let last = cut.lines().last().unwrap_or_default();
    assert!(cut.starts_with("0 \"Rain fell on day 0"), "what came before the cut is read");
    assert!(last.starts_with("Unreadable cut.gz:") && last.contains("stop before their end"), "{last}");
    Ok(())
}

#[test]
fn files_and_folders() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("b/deeper"))?;
    std::fs::create_dir(at("empty"))?;
    std::fs::write(at("c.txt"), "Rain.")?;
    std::fs::write(at("a.txt"), "Snow.")?;
    std::fs::write(at("b/deeper/x.txt"), "Hail.")?;
    std::fs::write(at("b/.hidden"), "Sleet.")?;
    let ids = |arguments: &[std::path::PathBuf]| -> Vec<String> {
        let prefix = format!("{}/", folder.path().display());
        let told = |item: Result<Item, depeche_intake::IntakeError>| match item {
            Ok(item) => item.id,
            Err(error) => format!("{:?} {}", error.kind, error.input),
        };
        read(arguments, ReadOptions::default()).map(told).map(|line| line.replace(&prefix, "")).collect()
    };
    assert_eq!(ids(&[folder.path().to_owned()]), ["a.txt", "b/deeper/x.txt", "c.txt"]);
    assert_eq!(ids(&[at("*.txt"), at("**/x.*"), at("?.md")]), ["a.txt", "c.txt", "b/deeper/x.txt", "NotFound ?.md"]);
    assert_eq!(ids(&[at("none.txt"), at("c.txt"), at("empty")]), ["NotFound none.txt", "c.txt", "Empty empty"]);
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let locked = folder.path().join("locked");
    std::fs::create_dir(&locked)?;
    std::fs::write(folder.path().join("open.txt"), "Rain.")?;
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000))?;
    let readable_all_the_same = std::fs::read_dir(&locked).is_ok();
    let items: Vec<_> = read([folder.path()], ReadOptions::default()).collect();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o700))?;
    // The superuser reads everything.
    if !readable_all_the_same {
        assert_eq!(items.first().and_then(|item| item.as_ref().err()).map(|error| error.kind), Some(IntakeErrorKind::NotPermitted));
    }
    assert_eq!(items.last().and_then(|item| item.as_ref().ok()).map(|item| item.content.as_str()), Some("Rain."));
    Ok(())
}

/// A stream that fails when more is read from it than it says.
struct Endless {
    left: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.left);
        self.left -= count;
        buffer.iter_mut().take(count).for_each(|byte| *byte = b'x');
        Ok(count)
    }
}

#[test]
fn a_line_beyond_the_bound_is_refused_and_the_next_is_read() {
    let stream = io::Cursor::new(b"{\"text\": \"".to_vec())
        .chain(Endless { left: MAX_DISPATCH_BYTES + 10 })
        .chain(io::Cursor::new(b"\"}\n{\"id\": \"next\", \"text\": \"Rain.\"}\n".to_vec()));
    let items: Vec<_> = Reader::new(stream, "news.jsonl", ReadOptions::default()).collect();
    assert_eq!(items.len(), 2);
    assert_eq!(
        items.first().and_then(|item| item.as_ref().err()).map(|error| (error.kind, error.line)),
        Some((IntakeErrorKind::TooLarge, Some(1)))
    );
    assert_eq!(items.last().and_then(|item| item.as_ref().ok()).map(|item| item.id.as_str()), Some("next"));
    let text: Vec<_> = Reader::new(Endless { left: usize::MAX }, "endless", ReadOptions::default()).collect();
    assert_eq!(text.first().and_then(|item| item.as_ref().err()).map(|error| error.kind), Some(IntakeErrorKind::TooLarge));
}

#[test]
fn long_texts_are_read_in_one_pass() -> Outcome {
    let pages = Pages::load(&PackFiles::built_in())?;
    let shapes: [(String, usize); 4] = [
        ("It rained in Oslo and Bergen. ".repeat(100_000), 1),
        ("(((((((( / > | AFP / ".repeat(50_000), 1),
        ("a\n".repeat(300_000), 100_001),
        ("Lire aussi\nOslo sous la pluie\n".repeat(60_000), 100_001),
    ];
    for (text, most) in shapes {
        let bytes = text.clone().into_bytes();
        let item = Reader::new(io::Cursor::new(bytes), "long", ReadOptions::default()).next().ok_or("no item")??;
        let (dispatch, _) = dispatch(&item, &pages);
        assert!(dispatch.text == text && (1..=most).contains(&dispatch.blocks.len()));
    }
    Ok(())
}
