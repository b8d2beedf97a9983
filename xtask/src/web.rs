//! `cargo xtask web`: the reading room, built from `web/` into the folder that the server embeds.
//!
//! In go the sources and the lock file of `web/`; out come `crates/server/room/` and what its types say is wrong. With `check` nothing of the tree is changed: the room is built below the build folder
//! and its files are held against the committed ones, name by name and byte by byte.

use crate::project::{Project, run};
use crate::tidy;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::Path;

/// Where the server embeds the room from.
const ROOM: &str = "crates/server/room";

/// Builds the room; with `check`, fails when it is not the committed one.
pub(crate) fn build(project: &Project, check: bool) -> Result<()> {
    install(project)?;
    npm(project, &["run", "check"])?;
    let committed = project.root.join(ROOM);
    let folder = if check { project.target.join("room") } else { committed.clone() };
    let mut command = project.command("npm");
    command.args(["run", "build"]).current_dir(project.root.join("web")).env("ROOM_OUT", &folder);
    run(&mut command)?;
    if !check {
        return Ok(());
    }
    let (built, committed) = (files(&folder)?, files(&committed)?);
    let names: Vec<&String> = built.keys().chain(committed.keys()).filter(|name| built.get(*name) != committed.get(*name)).collect();
    if !names.is_empty() {
        bail!("{ROOM} is not what `web/` makes, as in {}; run `cargo xtask web` and commit it", names[0]);
    }
    Ok(())
}

/// Installs what the lock file of `web/` names.
pub(crate) fn install(project: &Project) -> Result<()> {
    npm(project, &["ci", "--no-audit", "--no-fund"]).context("the room is built with Node 20 or newer and its npm; install them")
}

fn npm(project: &Project, arguments: &[&str]) -> Result<()> {
    run(project.command("npm").args(arguments).current_dir(project.root.join("web")))
}

/// The files below a folder by their paths from it.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found)?;
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for path in tidy::entries(folder)? {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found)?;
        } else {
            found.insert(name, std::fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?);
        }
    }
    Ok(())
}
