//! Manifests: who uses whom, held against the table of `ARCHITECTURE.md`.
//!
//! The table's rows are those that begin with a crate's name in backquotes; their last cell names the crates it may use. `all` is every
//! crate, `–` is none.

use super::{Findings, entries, name, text};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

/// Crate to the crates it may use, all by the names of their folders.
type Uses = BTreeMap<String, BTreeSet<String>>;

pub(super) fn look(root: &Path, findings: &mut Findings) -> Result<()> {
    let architecture = text(&root.join("ARCHITECTURE.md"))?;
    let folders: Vec<_> = entries(&root.join("crates"))?.into_iter().filter(|path| path.is_dir()).collect();
    let allowed = table(&architecture, &folders.iter().map(|folder| name(folder)).collect());
    let mut packages = BTreeMap::new();
    let mut manifests = BTreeMap::new();
    for folder in folders.iter().chain([&root.join("xtask")]) {
        let path = folder.join("Cargo.toml");
        let manifest: Table = text(&path)?.parse().with_context(|| path.display().to_string())?;
        if let Some(package) = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str) {
            packages.insert(package.to_owned(), name(folder).to_owned());
        }
        manifests.insert(name(folder).to_owned(), manifest);
    }
    for (crate_name, manifest) in &manifests {
        check(crate_name, manifest, &packages, &allowed, findings);
    }
    Ok(())
}

/// The rows of the table.
fn table(architecture: &str, crates: &BTreeSet<&str>) -> Uses {
    let mut uses = Uses::new();
    for row in architecture.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [first, .., last] = cells.as_slice() else { continue };
        let words: Vec<&str> = last.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let used = if words == ["all"] { crates.iter().copied().collect() } else { words };
        uses.insert(first.trim_matches('`').to_owned(), used.into_iter().map(str::to_owned).collect());
    }
    uses
}

/// Holds one manifest against the table; tests may use any crate.
fn check(crate_name: &str, manifest: &Table, packages: &BTreeMap<String, String>, allowed: &Uses, findings: &mut Findings) {
    let Some(allowed) = allowed.get(crate_name) else {
        findings.wrong.push(format!("ARCHITECTURE.md: the table has no row for `{crate_name}`"));
        return;
    };
    for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
        let dependencies = manifest.get(section).and_then(Value::as_table);
        for (package, dependency) in dependencies.into_iter().flatten() {
            if dependency.get("workspace").and_then(Value::as_bool) != Some(true) {
                findings.wrong.push(format!("{crate_name}/Cargo.toml: `{package}` is not taken from the workspace's dependencies"));
            }
            let used = packages.get(package).filter(|used| section != "dev-dependencies" && !allowed.contains(*used));
            if let Some(used) = used {
                findings.wrong.push(format!("{crate_name}/Cargo.toml: uses `{used}`, which the table of ARCHITECTURE.md does not let it"));
            }
        }
    }
    let lints = manifest.get("lints");
    let inherited = lints.and_then(|lints| lints.get("workspace")).and_then(Value::as_bool) == Some(true);
    let unsafe_code = lints.and_then(|lints| lints.get("rust")).and_then(|lints| lints.get("unsafe_code")).and_then(Value::as_str);
    if !inherited && unsafe_code != Some("deny") {
        findings.wrong.push(format!("{crate_name}/Cargo.toml: `[lints]` are neither the workspace's nor deny unsafe code"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARCHITECTURE: &str = "
| crate | may use |
| --- | --- |
| `record` | – |
| `coder` | `record`, `time` |
| `cli` | all |
";

    fn wrong(crate_name: &str, manifest: &str) -> Vec<String> {
        let crates = BTreeSet::from(["record", "coder", "time", "cli"]);
        let packages = crates.iter().map(|name| (format!("depeche-{name}"), (*name).to_owned())).collect();
        let mut findings = Findings::default();
        check(crate_name, &manifest.parse().unwrap(), &packages, &table(ARCHITECTURE, &crates), &mut findings);
        findings.wrong
    }

    #[test]
    fn a_crate_uses_only_what_the_table_lets_it() {
        let manifest = "[lints]\nworkspace = true\n[dependencies]\ndepeche-time.workspace = true\nserde.workspace = true";
        assert!(wrong("coder", manifest).is_empty());
        assert!(wrong("cli", manifest).is_empty());
        assert_eq!(wrong("record", manifest), ["record/Cargo.toml: uses `time`, which the table of ARCHITECTURE.md does not let it"]);
        assert_eq!(wrong("time", manifest), ["ARCHITECTURE.md: the table has no row for `time`"]);
    }

    #[test]
    fn versions_and_lints_stand_in_the_workspace() {
        assert_eq!(
            wrong("record", "[dependencies]\nserde = \"1\""),
            [
                "record/Cargo.toml: `serde` is not taken from the workspace's dependencies",
                "record/Cargo.toml: `[lints]` are neither the workspace's nor deny unsafe code"
            ]
        );
    }
}
