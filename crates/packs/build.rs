//! Rewrites the tables of the built-in packs as JSON, which a start of the program reads in a small part of the time that TOML takes.
//!
//! In goes every `.toml` file of `packs/`; out comes a `.json` file of the same shape below `OUT_DIR`. Left out are the files whose readers want to know
//! where in the file a value stands, which JSON does not tell, and files that are no TOML: those are read as they are, so that what is wrong with them is
//! told with its line.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Files and folders in a language's pack whose readers ask for places in the text.
const READ_WITH_PLACES: [&str; 2] = ["frames", "time.toml"];

fn main() -> Result<(), Box<dyn Error>> {
    let packs = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../../packs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("packs");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    println!("cargo::rerun-if-changed={}", packs.display());
    rewrite(&packs, &out)
}

fn rewrite(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| !READ_WITH_PLACES.contains(name)) else { continue };
        if path.is_dir() {
            rewrite(&path, &to.join(name))?;
        } else if let Some(stem) = name.strip_suffix(".toml")
            && let Ok(table) = toml::from_str::<toml::Table>(&fs::read_to_string(&path)?)
        {
            fs::write(to.join(format!("{stem}.json")), serde_json::to_vec(&table)?)?;
        }
    }
    Ok(())
}
