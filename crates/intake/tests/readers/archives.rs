//! tar: the files of an archive as if they lay in a folder.

use crate::bytes::{gzip, outline, page, tar, told};
use depeche_intake::{Format, ReadOptions};
use expect_test::expect;

fn files() -> Vec<u8> {
    let lines = b"{\"text\": \"Snow.\"}\n{\"text\": 3}\n";
    let long = "folder/".repeat(40) + "long.txt";
    tar(&[
        ("news/", b""),
        ("news/a.txt", b"Rain."),
        ("news/.hidden", b"Sleet."),
        ("news/.git/x", b"Sleet."),
        ("./b.jsonl", lines),
        ("c.html.gz", &gzip(b"<html><p>Hail.</p></html>")),
        ("d.warc.gz", &[gzip(&page("fog")), gzip(&page("mist"))].concat()),
        ("empty.txt", b""),
        ("e.png", b"\x89PNG\r\n\x1a\n"),
        ("inner.tar", &tar(&[("x.txt", b"Dew.")])),
        ("inner.tar.gz", &gzip(&tar(&[("x.txt", b"Dew.")]))),
        (&long, b"Frost."),
    ])
}

#[test]
fn files_of_all_kinds() {
    let expected = expect![[r#"
        a.tar/news/a.txt text "Rain." []
        a.tar/b.jsonl#1 text "Snow." []
        Malformed a.tar/b.jsonl:2: its `text` or `html` is no string; write one object a line with at least a `text` or an `html`
        a.tar/c.html.gz page "<html><p>Hail.</p></html>" []
        a.tar/d.warc.gz#1 page "<!DOCTYPE html><html><body><p>fog fell in Oslo.</p></body></html>" []
        a.tar/d.warc.gz#2 page "<!DOCTYPE html><html><body><p>mist fell in Oslo.</p></body></html>" []
        Empty a.tar/empty.txt: it is empty; give it the text of a dispatch
        Binary a.tar/e.png: it is a PNG image, not text; extract its text first
        NotSupported a.tar/inner.tar: it is an archive within an archive, which is not opened; unpack the outer one and name what is in it
        NotSupported a.tar/inner.tar.gz: it is an archive within an archive, which is not opened; unpack the outer one and name what is in it
        a.tar/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/folder/long.txt text "Frost." []
    "#]];
    expected.assert_eq(&told(&files(), "a.tar", ReadOptions::default()));
    assert_eq!(outline(&gzip(&files()), "a.tar", None), outline(&files(), "a.tar", None));
}

#[test]
fn a_format_that_is_given_is_the_members() {
    let archive = tar(&[("a", b"Rain."), ("b", b"<p>Rain.</p>")]);
    expect![[r#"
        a.tar/a page "Rain." []
        a.tar/b page "<p>Rain.</p>" []
    "#]]
    .assert_eq(&told(&archive, "a.tar", ReadOptions { format: Some(Format::Html), ..ReadOptions::default() }));
    expect![[r#"
        a.tar/a text "Rain." []
        a.tar/b page "<p>Rain.</p>" []
    "#]]
    .assert_eq(&told(&archive, "a.tar", ReadOptions { format: Some(Format::Tar), ..ReadOptions::default() }));
}

#[test]
fn archives_that_are_damaged() {
    let none = tar(&[("news/", b"")]);
    expect![[r#"
        Empty a.tar: there is no file in this archive; name an archive that holds dispatches
    "#]]
    .assert_eq(&told(&none, "a.tar", ReadOptions::default()));
    let two = tar(&[("a.txt", b"Rain."), ("b.txt", b"Snow."), ("c.txt", b"Hail.")]);
    let cut = |length: usize| told(two.get(..length).unwrap_or_default(), "a.tar", ReadOptions::default());
    expect![[r#"
        a.tar/a.txt text "Rain." []
    "#]]
    .assert_eq(&cut(1024));
    expect![[r#"
        a.tar/a.txt text "Rain." []
        Malformed a.tar: the archive is damaged or cut off after its file 1 (failed to read entire block); obtain the archive again; what came before was read
    "#]].assert_eq(&cut(1026));
    expect![[r#"
        a.tar/a.txt text "Rain." []
        Malformed a.tar: the archive is damaged or cut off after its file 1 (failed to read entire block); obtain the archive again; what came before was read
    "#]].assert_eq(&cut(1300));
    expect![[r#"
        a.tar/a.txt text "Rain." []
        Unreadable a.tar/b.txt: its data stop before their end; obtain the file again; what came before was read
    "#]]
    .assert_eq(&cut(1538));
    let mut damaged = two.clone();
    damaged.iter_mut().skip(1024).take(20).for_each(|byte| *byte ^= 1);
    expect![[r#"
        a.tar/a.txt text "Rain." []
        Malformed a.tar: the archive is damaged or cut off after its file 1 (archive header checksum mismatch); obtain the archive again; what came before was read
    "#]].assert_eq(&told(&damaged, "a.tar", ReadOptions::default()));
    let many = tar(&[("a.txt", b"x".repeat(50_000).as_slice()), ("b.txt", b"Snow.")]);
    expect![[r#"
        TooLarge a.tar/a.txt: it holds more than 1000 bytes, the most that one dispatch may have; split it into dispatches, or allow more with `--max-bytes`
        a.tar/b.txt text "Snow." []
    "#]].assert_eq(&told(&many, "a.tar", ReadOptions { max_bytes: 1000, ..ReadOptions::default() }));
}

#[test]
fn a_name_without_end_is_not_held() {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(1 << 40);
    header.set_cksum();
    let archive = [header.as_bytes().as_slice(), &[b'x'; 3 << 20]].concat();
    assert_eq!(outline(&archive, "a.tar", None), ["Malformed a.tar"]);
}
