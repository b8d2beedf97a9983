//! Virtual environments of Python, below the build folder.
//!
//! In go a name and packages with their versions; out comes the Python that has them. One that is there is taken as it is, one that was left half made is made anew.

use crate::project::{Project, run};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// The Python of a virtual environment, with packages in it.
pub(crate) fn environment(project: &Project, name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = project.target.join(name);
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let (mark, wanted) = (folder.join("packages"), packages.join("\n"));
    if std::fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    run(project.command(system).args(["-m", "venv", "--clear"]).arg(&folder))?;
    run(project.command(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    std::fs::write(&mark, wanted).with_context(|| format!("{} could not be written", mark.display()))?;
    Ok(python)
}
