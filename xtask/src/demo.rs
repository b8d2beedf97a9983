//! The demonstration: codes `examples/dispatches/`, prints the timeline, leaves the coded dispatches as JSONL, and makes a record of them, which the reading room shows.

use crate::project::{self, Project};
use crate::{models, room};
use anyhow::{Context, Result};
use std::fs::File;

const DISPATCHES: &str = "examples/dispatches";

/// Obtains the French model, builds, codes, prints, keeps; with `serve`, opens the room until it is interrupted.
pub(crate) fn run(project: &Project, serve: bool) -> Result<()> {
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
    let record = folder.join("news.depeche");
    room::ingest(project, &depeche, &record, &[DISPATCHES])?;
    let mut open = project.command(&depeche);
    open.args(["serve", "--db"]).arg(&record);
    if serve {
        println!("\nThe reading room of these dispatches opens at the address that follows; Ctrl-C closes it.");
        return project::run(&mut open);
    }
    println!("\nTo read them in a browser, as timeline, network, map and more:\n  {}", project::shown(&open));
    Ok(())
}
