//! Programs from crates.io that the checks use, installed below the build folder on first need.

use crate::project::{Project, run};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// A program of crates.io at a fixed version.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Checks licences, bans and sources of the dependencies.
pub(crate) const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };
/// Builds and runs fuzz targets.
pub(crate) const CARGO_FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2" };

impl Tool {
    /// Where the program is, after installing it if need be. Unoptimised, for building it takes longer than running it.
    pub(crate) fn obtain(&self, project: &Project) -> Result<PathBuf> {
        let folder = project.target.join("tools").join(format!("{}-{}", self.name, self.version));
        let program = folder.join("bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        if !program.exists() {
            let build = project.target.join("tools").join("build");
            let mut install = project.cargo(&["install", "--locked", "--debug", "--version", self.version, "--root"]);
            run(install.arg(&folder).arg(self.name).env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "false"))?;
            std::fs::remove_dir_all(&build).with_context(|| format!("{} could not be removed", build.display()))?;
        }
        Ok(program)
    }
}
