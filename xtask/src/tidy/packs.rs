//! Language packs: a folder a language, the same files in each.

use super::{Findings, entries, name};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(super) fn look(root: &Path, findings: &mut Findings) -> Result<()> {
    let mut packs = BTreeMap::new();
    for folder in entries(&root.join("packs"))?.iter().filter(|path| path.is_dir()) {
        let files: BTreeSet<String> = entries(folder)?.iter().map(|path| name(path).to_owned()).collect();
        packs.insert(name(folder).to_owned(), files);
    }
    findings.wrong.extend(unlike(&packs));
    Ok(())
}

/// What each pack lacks of the files that another has.
fn unlike(packs: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let all: BTreeSet<&String> = packs.values().flatten().collect();
    let lacks = |(language, files): (&String, &BTreeSet<String>)| {
        let lacking: Vec<&str> = all.iter().filter(|file| !files.contains(**file)).map(|file| file.as_str()).collect();
        (!lacking.is_empty()).then(|| format!("packs/{language} lacks {}, which another language has", lacking.join(", ")))
    };
    packs.iter().filter_map(lacks).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_have_the_same_files() {
        let pack = |language: &str, files: &[&str]| (language.to_owned(), files.iter().map(|&file| file.to_owned()).collect());
        let packs = BTreeMap::from([pack("en", &["frames.toml"]), pack("fr", &["frames.toml", "titles.toml"])]);
        assert_eq!(unlike(&packs), ["packs/en lacks titles.toml, which another language has"]);
        let packs = BTreeMap::from([pack("en", &["frames.toml"]), pack("fr", &["frames.toml"])]);
        assert!(unlike(&packs).is_empty());
    }
}
