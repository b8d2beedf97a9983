//! What holds for any bytes as any format, and for what is cut off or damaged anywhere.

use crate::bytes::{gzip, outline, page, record, tar};
use depeche_intake::{Format, ReadOptions, Reader};
use proptest::prelude::*;
use std::io::Cursor;

/// The ids of a whole input, and of all its beginnings: none is lost that was whole, and at most one error tells of the end.
/// What is so short that it could be anything is a text.
fn cut_everywhere(bytes: &[u8], name: &str, ends: &[usize]) {
    let all: Vec<String> = outline(bytes, name, None).into_iter().filter(|line| line.starts_with(name)).collect();
    assert_eq!(all.len(), ends.len());
    for length in 0..bytes.len() {
        let told = outline(bytes.get(..length).unwrap_or_default(), name, None);
        let (items, errors): (Vec<String>, Vec<String>) =
            told.into_iter().filter(|line| line != name).partition(|line| line.starts_with(name));
        let whole = ends.iter().filter(|&&end| end <= length).count();
        assert!(items.len() >= whole && items == all.iter().take(items.len()).cloned().collect::<Vec<_>>(), "{length}: {items:?}");
        assert!(errors.len() <= 1, "{length}: {errors:?}");
    }
}

fn ends(records: &[Vec<u8>]) -> Vec<usize> {
    records
        .iter()
        .scan(0, |end, record| {
            *end += record.len();
            Some(*end)
        })
        .collect()
}

#[test]
fn a_warc_that_is_cut() {
    let records = [page("rain"), page("snow"), page("hail")];
    cut_everywhere(&records.concat(), "a.warc", &ends(&records));
    let members: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    cut_everywhere(&members.concat(), "a.warc", &ends(&members));
    let whole = gzip(&records.concat());
    let all = vec![whole.len(); 3];
    cut_everywhere(&whole, "a.warc", &all);
}

#[test]
fn lines_that_are_cut() {
    let lines: Vec<Vec<u8>> = (0..4).map(|n| format!("{{\"text\": \"Rain {n}.\"}}\n").into_bytes()).collect();
    cut_everywhere(&lines.concat(), "a.jsonl", &ends(&lines));
    let members: Vec<Vec<u8>> = lines.iter().map(|line| gzip(line)).collect();
    cut_everywhere(&members.concat(), "a.jsonl", &ends(&members));
}

#[test]
fn an_archive_that_is_cut() {
    let archive = tar(&[("a.txt", b"Rain."), ("b.txt", b"Snow.")]);
    cut_everywhere(&archive, "a.tar", &[512 + 5, 3 * 512 + 5]);
    let all = gzip(&archive);
    cut_everywhere(&all, "a.tar", &[all.len(), all.len()]);
}

#[test]
fn a_feed_that_is_cut() {
    let entries = [
        "<rss><channel><title>Fjord News</title>",
        "<item><title>Rain</title></item>",
        "<item><title>Snow</title><description>It &lt;b&gt;fell.</description></item>",
    ];
    let end = |n: usize| entries.iter().take(n).map(|entry| entry.len()).sum();
    let feed = entries.concat() + "</channel></rss>";
    cut_everywhere(feed.as_bytes(), "a.xml", &[end(2), end(3)]);
    let all = gzip(feed.as_bytes());
    cut_everywhere(&all, "a.xml", &[all.len(), all.len()]);
}

/// Pieces of which readers make something, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(page("rain")),
        Just(gzip(&page("snow"))),
        Just(record("metadata", "", b"a: b")),
        Just(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 70\r\n\r\n".to_vec()),
        Just(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br\r\n\r\n".to_vec()),
        Just(b"\r\n\r\n".to_vec()),
        Just(b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec()),
        Just(tar(&[("a.txt", b"Rain."), ("b.jsonl", b"{\"text\": \"x\"}")])),
        Just(b"<rss><channel><title>".to_vec()),
        Just(b"<feed><entry><content type='xhtml'><div>".to_vec()),
        Just(b"<item><title>Rain &lol; & &#x41;</title><link>x".to_vec()),
        Just(b"</item></entry><author><name>\xC3\xA9@x (y)".to_vec()),
        Just(b"<![CDATA[ <p> ]]><!-- --><?x y?><!DOCTYPE a [ ]>".to_vec()),
        Just(b"<html><meta charset=shift_jis><p>\x81".to_vec()),
        Just(b"{\"html\": \"<p>\"}\n".to_vec()),
        prop::collection::vec(any::<u8>(), 0..40),
    ];
    prop::collection::vec((piece, any::<prop::sample::Index>(), 0..8_u8), 0..8).prop_map(|pieces| {
        let damaged = pieces.into_iter().flat_map(|(mut piece, at, how)| {
            if !piece.is_empty() {
                let at = at.index(piece.len());
                match how {
                    0 => piece.truncate(at),
                    1 => piece.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 0x55),
                    _ => {}
                }
            }
            piece
        });
        damaged.collect()
    })
}

proptest! {
    #[test]
    fn every_reader_takes_any_bytes_and_ends(bytes in pieces(), format in prop::option::of(prop::sample::select(Format::ALL.to_vec()))) {
        let options = ReadOptions { format, max_bytes: 4000 };
        let most = bytes.len() + 2;
        let told = Reader::new(Cursor::new(bytes.clone()), "any", options).take(most).count();
        prop_assert!(told < most);
        for error in Reader::new(Cursor::new(bytes), "any", options).filter_map(Result::err) {
            prop_assert!(error.to_string().starts_with("any"), "{error}");
        }
    }
}
