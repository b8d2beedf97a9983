//! Prints what pages say of themselves, one JSON object a page: `{"page", "claims": [{"field", "value", "from", "chosen"}]}`.
//!
//! An argument is an HTML file, gzipped or not, with its address after a `=` where it is known.
//!
//! `cargo run -p depeche-intake --example metadata -- page.html other.html.gz=https://news.example/other`

use depeche_intake::{Pages, page_metadata};
use depeche_packs::PackFiles;
use serde_json::json;
use std::error::Error;
use std::io::{BufWriter, Read, Write, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let pages = Pages::load(&PackFiles::built_in())?;
    let mut output = BufWriter::new(stdout().lock());
    for argument in std::env::args().skip(1) {
        let (path, address) = argument.split_once('=').map_or((argument.as_str(), None), |(path, address)| (path, Some(address)));
        let mut bytes = std::fs::read(path)?;
        if bytes.starts_with(&[0x1F, 0x8B]) {
            let mut opened = Vec::new();
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut opened)?;
            bytes = opened;
        }
        let claims = page_metadata(&String::from_utf8_lossy(&bytes), address, &pages);
        writeln!(output, "{}", json!({"page": path, "claims": claims}))?;
    }
    output.flush()?;
    Ok(())
}
