//! `cargo xtask room-check`: the reading room in a browser, on records made by the real program.
//!
//! Makes three records below the build folder (the examples; the examples with the dispatches of `web/tests/`, some of which are hostile; none), sees to a browser, and hands both to
//! `web/tests/room.mjs`. Screenshots, exports and the weight of every page are left in `room-check/` of the build folder; with pictures, those of the README are made anew too.

use crate::project::{Project, run, shown};
use crate::{models, web};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const CHROMIUM: &str = "/usr/bin/chromium";
const EXAMPLES: &str = "examples/dispatches";
const OWN: &str = "web/tests/dispatches.jsonl";

/// Checks the room of `binary`, of the optimised build where none is given.
pub(crate) fn check(project: &Project, binary: Option<PathBuf>, pictures: bool) -> Result<()> {
    web::install(project)?;
    browser(project)?;
    let depeche = if let Some(binary) = binary {
        std::path::absolute(binary)?
    } else {
        models::obtain(project, &[])?;
        project.build_depeche()?
    };
    let folder = project.target.join("room-check");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("{} could not be removed", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
    let record = |name: &str, dispatches: &[&str]| -> Result<PathBuf> {
        let file = folder.join(format!("{name}.depeche"));
        ingest(project, &depeche, &file, dispatches)?;
        Ok(file)
    };
    let mut script = project.command("node");
    script.args(["--test", "--test-reporter=spec", "tests/room.mjs"]).current_dir(project.root.join("web"));
    script.env("ROOM_DEPECHE", &depeche).env("ROOM_CHROMIUM", CHROMIUM).env("ROOM_OUT", &folder);
    script.env("ROOM_DEMO", record("demo", &[EXAMPLES])?);
    script.env("ROOM_FULL", record("full", &[EXAMPLES, OWN])?);
    script.env("ROOM_EMPTY", empty(project, &depeche, &folder.join("empty.depeche"))?);
    if pictures {
        script.env("ROOM_PICTURES", project.root.join("docs/pictures"));
    }
    run(&mut script)
}

/// Puts dispatches into a record, which is made if need be.
pub(crate) fn ingest(project: &Project, depeche: &Path, record: &Path, dispatches: &[&str]) -> Result<()> {
    run(project.command(depeche).args(["ingest", "--db"]).arg(record).args(dispatches))
}

/// A record that holds nothing: an input without a dispatch is refused, and the record is there all the same.
fn empty(project: &Project, depeche: &Path, record: &Path) -> Result<PathBuf> {
    let mut command = project.command(depeche);
    command.args(["ingest", "--db"]).arg(record).args(["--from", "jsonl", "-"]);
    command.output().with_context(|| format!("`{}` could not be run", shown(&command)))?;
    if !record.exists() {
        bail!("`{}` made no record", shown(&command));
    }
    Ok(record.to_owned())
}

/// Installs Debian's Chromium where it is missing.
fn browser(project: &Project) -> Result<()> {
    if Path::new(CHROMIUM).exists() {
        return Ok(());
    }
    let apt = |arguments: &[&str]| run(project.command("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"));
    apt(&["update"])
        .and_then(|()| apt(&["install", "--yes", "--no-install-recommends", "chromium"]))
        .with_context(|| format!("the room is checked with {CHROMIUM}; install it"))
}
