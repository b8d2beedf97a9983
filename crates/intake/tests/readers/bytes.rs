//! Archives made in code for the tests of readers, and what a reader makes of some bytes.

use depeche_intake::{Content, Format, ReadOptions, Reader};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// What a reader makes of some bytes: an item or an error a line.
pub(crate) fn told(bytes: &[u8], name: &str, options: ReadOptions) -> String {
    let mut told = String::new();
    for item in Reader::new(Cursor::new(bytes.to_vec()), name, options) {
        let _ = match item {
            Ok(item) => {
                let kind = match item.content {
                    Content::Text(_) => "text",
                    Content::Page(_) => "page",
                    Content::Fragment(_) => "fragment",
                };
                let codes: Vec<_> = item.warnings.iter().map(|warning| warning.code.as_str()).collect();
                writeln!(told, "{} {kind} {:?} {codes:?}", item.id, item.content.as_str())
            }
            Err(error) => writeln!(told, "{:?} {error}", error.kind),
        };
    }
    told
}

/// The ids of the items and the kinds of the errors.
pub(crate) fn outline(bytes: &[u8], name: &str, format: Option<Format>) -> Vec<String> {
    Reader::new(Cursor::new(bytes.to_vec()), name, ReadOptions { format, ..ReadOptions::default() })
        .map(|item| match item {
            Ok(item) => item.id,
            Err(error) => format!("{:?} {}", error.kind, error.place()),
        })
        .collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// A record of a WARC with these header lines and this block.
pub(crate) fn record(kind: &str, header: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{header}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response with a page, as a crawler writes it.
pub(crate) fn response(url: &str, http: &str, body: &[u8]) -> Vec<u8> {
    let header = format!(
        "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-05-03T18:05:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    );
    let block = [b"HTTP/1.1 200 OK\r\n", http.as_bytes(), b"\r\n", body].concat();
    record("response", &header, &block)
}

/// A page about `what`.
pub(crate) fn page(what: &str) -> Vec<u8> {
    response(
        &format!("https://example.org/{what}"),
        "Content-Type: text/html; charset=utf-8\r\n",
        format!("<!DOCTYPE html><html><body><p>{what} fell in Oslo.</p></body></html>").as_bytes(),
    )
}

/// A tar archive of files.
pub(crate) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if path.ends_with('/') {
            header.set_entry_type(tar::EntryType::Directory);
        }
        builder.append_data(&mut header, path, *bytes).unwrap_or_default();
    }
    builder.into_inner().unwrap_or_default()
}
