//! The text that a peer finds in each page of a folder, with what time it took.
//!
//! `extract-peers dom_smoothie|trafilatura FOLDER OUT.jsonl`: in go gzipped or bare HTML files; out comes, for each, a line as
//! `depeche extract` writes it, with the whole text as one body block, and on standard output the slowest page. A page that a peer finds no
//! article in, or fails on, has an empty text.

use anyhow::{Context, Result, bail};
use serde_json::json;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [peer, folder, out] = arguments.as_slice() else { bail!("usage: extract-peers dom_smoothie|trafilatura FOLDER OUT.jsonl") };
    let extract: fn(String) -> Option<String> = match peer.as_str() {
        "dom_smoothie" => dom_smoothie,
        "trafilatura" => trafilatura,
        other => bail!("no peer is called {other}"),
    };
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).with_context(|| folder.clone())?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    let mut out = BufWriter::new(File::create(out)?);
    let (mut slowest, mut pages) = ((0.0, String::new()), 0);
    for path in paths.iter().filter(|path| path.is_file()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let before = Instant::now();
        let page = decoded(&read(path)?);
        let text = std::panic::catch_unwind(|| extract(page)).ok().flatten().unwrap_or_default();
        let seconds = before.elapsed().as_secs_f64();
        if seconds > slowest.0 {
            slowest = (seconds, name.clone());
        }
        pages += 1;
        let blocks = json!([{"kind": "body", "start": 0, "end": text.chars().count()}]);
        writeln!(out, "{}", json!({"id": format!("pages/{name}"), "dispatch": {"text": text, "blocks": blocks}}))?;
    }
    out.flush()?;
    println!("{}", json!({"pages": pages, "slowest_seconds": slowest.0, "slowest_page": slowest.1}));
    Ok(())
}

fn dom_smoothie(page: String) -> Option<String> {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let mut readability = dom_smoothie::Readability::new(page, None, Some(config)).ok()?;
    Some(readability.parse().ok()?.text_content.to_string())
}

fn trafilatura(page: String) -> Option<String> {
    let options = trafilatura::Options::default().with_fallback(true);
    Some(trafilatura::extract(&page, &options).ok()?.content_text)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes);
    }
    let mut page = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page)?;
    Ok(page)
}

/// The crates take text: UTF-8 where it is, the encoding that looks likeliest elsewhere.
fn decoded(page: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(page) {
        return text.to_owned();
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(page, true);
    let (text, _, _) = detector.guess(None, chardetng::Utf8Detection::Allow).decode(page);
    text.into_owned()
}
