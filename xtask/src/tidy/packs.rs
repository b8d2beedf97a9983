//! Language packs: a folder a language, the same files in each.

use super::{Findings, entries, name};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(super) fn look(root: &Path, findings: &mut Findings) -> Result<()> {
    let mut packs = BTreeMap::new();
    for folder in entries(&root.join("packs"))?.iter().filter(|path| path.is_dir()) {
        let mut files = BTreeSet::new();
        collect(folder, "", &mut files)?;
        packs.insert(name(folder).to_owned(), files);
    }
    findings.wrong.extend(unlike(&packs, |file| !file.contains('/')));
    // Chapters of frames come one after the other, so a language that lags behind is told, not refused.
    findings.doubtful.extend(unlike(&packs, |file| file.contains('/')));
    Ok(())
}

/// The files below a folder, as paths from it.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeSet<String>) -> Result<()> {
    for path in entries(folder)? {
        let below = format!("{prefix}{}", name(&path));
        if path.is_dir() {
            collect(&path, &format!("{below}/"), files)?;
        } else {
            files.insert(below);
        }
    }
    Ok(())
}

/// What each pack lacks of those files that another has.
fn unlike(packs: &BTreeMap<String, BTreeSet<String>>, which: fn(&str) -> bool) -> Vec<String> {
    let all: BTreeSet<&String> = packs.values().flatten().filter(|file| which(file)).collect();
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
        assert!(unlike(&packs, |file| file.contains('/')).is_empty());
        assert_eq!(unlike(&packs, |_| true), ["packs/en lacks titles.toml, which another language has"]);
        let packs = BTreeMap::from([pack("en", &["frames.toml"]), pack("fr", &["frames.toml"])]);
        assert!(unlike(&packs, |_| true).is_empty());
    }
}
