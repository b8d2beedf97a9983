//! A folder of a test's own in which the real binary runs, with no model but those that the test puts there.

#![expect(dead_code, reason = "every test file uses a part of it")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Where a test's commands run.
pub(crate) struct Sandbox {
    folder: tempfile::TempDir,
    models: PathBuf,
    environment: Vec<(String, String)>,
    /// Hashes of inputs and what resolution makes of many are not what a snapshot is about.
    _filters: insta::internals::SettingsBindDropGuard,
}

impl Sandbox {
    /// An empty one, without models.
    pub(crate) fn new() -> Sandbox {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let models = folder.path().join(".models");
        let mut settings = insta::Settings::clone_current();
        settings.add_filter("[0-9a-f]{64}", "SHA256");
        // How many happenings reports make is resolution's to say, and its tests'.
        settings.add_filter("[0-9]+ happenings in the record", "N happenings in the record");
        settings.add_filter("\"happenings\":[0-9]+\\}", "\"happenings\":N}");
        Sandbox { folder, models, environment: Vec::new(), _filters: settings.bind_to_scope() }
    }

    /// The same with the models of a folder.
    pub(crate) fn with_models(mut self, models: &Path) -> Sandbox {
        models.clone_into(&mut self.models);
        self
    }

    /// The same with an environment variable.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Sandbox {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder of its models.
    pub(crate) fn models(&self) -> &Path {
        &self.models
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
        std::fs::write(path, bytes).expect("a file written");
    }

    /// Makes a link.
    pub(crate) fn link(&self, name: &str, to: &str) {
        #[cfg(unix)]
        std::os::unix::fs::symlink(to, self.path(name)).expect("a link made");
        #[cfg(not(unix))]
        let _ = (name, to);
    }

    /// The command, ready to be run.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command.current_dir(self.folder.path()).args(arguments).env("DEPECHE_MODELS", &self.models).env_remove("NO_COLOR");
        command.envs(self.environment.iter().map(|(name, value)| (name, value))).stdin(Stdio::null());
        command
    }

    /// Runs a command; what became of it, as one reads it.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        self.told(&self.command(arguments).output().expect("the binary runs"))
    }

    /// Runs a command that is given `input` on its standard input.
    pub(crate) fn feed(&self, arguments: &[&str], input: &str) -> String {
        let mut command = self.command(arguments);
        let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        running.stdin.take().expect("its input").write_all(input.as_bytes()).expect("its input taken");
        self.told(&running.wait_with_output().expect("the binary ends"))
    }

    /// Runs a command whose output is read for a few bytes and then closed.
    pub(crate) fn run_and_close_output(&self, arguments: &[&str]) -> String {
        let mut command = self.command(arguments);
        let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        let mut first = [0; 8];
        running.stdout.take().expect("its output").read_exact(&mut first).expect("some output");
        let output = running.wait_with_output().expect("the binary ends");
        self.told(&output)
    }

    /// What became of a command, as one reads it.
    pub(crate) fn told(&self, output: &Output) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&self.folder.path().display().to_string(), "FOLDER");
        let code = output.status.code().map_or_else(|| "killed by a signal".to_owned(), |code| code.to_string());
        format!("exit code: {code}\n----- stdout -----\n{}\n----- stderr -----\n{}", text(&output.stdout), text(&output.stderr))
    }
}
