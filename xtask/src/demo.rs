//! The demonstration: codes `examples/dispatches/`, prints the timeline, and leaves the coded dispatches as JSONL.

use crate::models;
use crate::project::{self, Project};
use anyhow::{Context, Result};
use std::fs::File;

const DISPATCHES: &str = "examples/dispatches";

/// Obtains the French model, builds, codes, prints.
pub(crate) fn run(project: &Project) -> Result<()> {
    models::obtain(project, &["fr".to_owned()])?;
    let depeche = project.build_depeche()?;
    let code = |to| {
        let mut command = project.command(&depeche);
        command.args(["code", DISPATCHES, "--to", to]);
        command
    };
    project::run(&mut code("table"))?;
    let folder = project.target.join("demo");
    let jsonl = folder.join("dispatches.jsonl");
    std::fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
    let written = File::create(&jsonl).with_context(|| format!("{} could not be made", jsonl.display()))?;
    project::run(code("jsonl").stdout(written))?;
    println!("\nThe coded dispatches, one JSON object a line: {}", jsonl.display());
    Ok(())
}
