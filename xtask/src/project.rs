//! The project on disk and the programs that chores run in it.
//!
//! Commands go in as a program and its arguments, are echoed, and come out as success or an error that names them. Nothing goes through a
//! shell.

use crate::models;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The workspace: its folder, where it builds, and what `cargo metadata` says of it.
pub(crate) struct Project {
    /// The folder of the root manifest.
    pub(crate) root: PathBuf,
    /// Where cargo builds.
    pub(crate) target: PathBuf,
    cargo: PathBuf,
    /// Where commands find models, unless it is where the user has them.
    models: Option<PathBuf>,
}

impl Project {
    /// The project that this program was built from.
    pub(crate) fn open() -> Result<Project> {
        let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
        let output = Command::new(&cargo)
            .args(["metadata", "--format-version", "1", "--no-deps", "--manifest-path"])
            .arg(&manifest)
            .stderr(Stdio::inherit())
            .output()
            .context("`cargo metadata` could not be run")?;
        if !output.status.success() {
            bail!("`cargo metadata` failed on {}", manifest.display());
        }
        let metadata: Value = serde_json::from_slice(&output.stdout).context("`cargo metadata` wrote no JSON")?;
        let folder = |key: &str| metadata[key].as_str().map(PathBuf::from).with_context(|| format!("`cargo metadata` names no {key}"));
        Ok(Project { root: folder("workspace_root")?, target: folder("target_directory")?, cargo, models: None })
    }

    /// The project with its own folder of models in place of the user's.
    pub(crate) fn with_own_models(mut self) -> Result<Project> {
        self.models = Some(models::checked_folder(&self.root, &self.target)?);
        Ok(self)
    }

    /// A cargo command in the project's folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(&self.cargo);
        command.args(arguments);
        command
    }

    /// Any command in the project's folder, with nothing on its standard input.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        command.envs(self.models.iter().map(|folder| ("DEPECHE_MODELS", folder)));
        command
    }

    /// Builds the optimised `depeche` and says where it is.
    pub(crate) fn build_depeche(&self) -> Result<PathBuf> {
        run(&mut self.cargo(&["build", "--release", "--package", "depeche-cli"]))?;
        Ok(self.target.join("release").join(format!("depeche{}", std::env::consts::EXE_SUFFIX)))
    }
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Echoes and runs a command; its failure is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = shown(command);
    eprintln!("$ {line}");
    let status = command.status().with_context(|| format!("`{line}` could not be run"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}
