//! What a record of the folder's dispatches answers, held against the claims of `eval/record.toml`.
//!
//! In go the program and the folder; the dispatches are ingested into a record of their own, each claim's SQL is asked of it, and every answer that is not the claimed row is told.

use crate::project::{self, Project};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::path::Path;

/// The name of the step, for `--only`.
pub(super) const NAME: &str = "record";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    /// What is claimed, in words.
    what: String,
    /// The question.
    sql: String,
    /// The one row of its answer, as CSV.
    row: String,
}

/// Ingests the dispatches of the folder and asks all claims.
pub(super) fn check(project: &Project, depeche: &Path, folder: &Path, record: &Path) -> Result<()> {
    let path = project.root.join("eval/record.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
    let File { claim: claims } = toml::from_str(&text).with_context(|| format!("{} is not well formed", path.display()))?;
    for name in ["", "-wal", "-shm"] {
        let mut old = record.as_os_str().to_owned();
        old.push(name);
        if Path::new(&old).exists() {
            std::fs::remove_file(&old).with_context(|| format!("{} could not be removed", old.display()))?;
        }
    }
    project::run(project.command(depeche).args(["ingest", "--db"]).arg(record).arg(folder.join("dispatches")))?;
    let mut wrong = Vec::new();
    for claim in &claims {
        let asked = project.command(depeche).args(["query", "--db"]).arg(record).args(["sql", &claim.sql, "--to", "csv"]).output()?;
        ensure!(asked.status.success(), "{}: {}", claim.what, String::from_utf8_lossy(&asked.stderr));
        let answer = String::from_utf8_lossy(&asked.stdout);
        let rows: Vec<&str> = answer.lines().skip(1).collect();
        if rows != [claim.row.as_str()] {
            wrong.push(format!("{}: {} instead of {}", claim.what, rows.join(" / "), claim.row));
        }
    }
    println!("record | claims {} | kept {}", claims.len(), claims.len() - wrong.len());
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
}
