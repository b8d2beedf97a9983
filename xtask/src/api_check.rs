//! `cargo xtask api-check`: the API is held to its own description.
//!
//! In goes the project; a record is made of coded dispatches, `depeche serve` opens it, and schemathesis sends what `/api/v1/openapi.json` allows and what it does not. No answer may be a fault of the
//! server, of a status or type that is not described, or of another shape than is described.

use crate::project::{Project, run, shown};
use crate::python;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

/// What sends the requests.
const PACKAGES: [&str; 1] = ["schemathesis==4.32.5"];
const DISPATCHES: &str = "crates/store/tests/dispatches/coded.jsonl.gz";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// How many requests are made up for each route.
const EXAMPLES: &str = "60";

/// Serves a record and has the API checked.
pub(crate) fn run_check(project: &Project) -> Result<()> {
    let python = python::environment(project, "python-api", &PACKAGES)?;
    run(&mut project.cargo(&["build", "--package", "depeche-cli"]))?;
    let depeche = project.target.join("debug").join(format!("depeche{}", std::env::consts::EXE_SUFFIX));
    let folder = project.target.join("api-check");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("{} could not be removed", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
    let record = folder.join("news.depeche");
    run(project.command(&depeche).args(["ingest", "--from", "coded", DISPATCHES, "--db"]).arg(&record))?;
    let served = Served::over(project, &depeche, &record, &folder.join("log"))?;
    let mut check = project.command(&python);
    check.args(["-m", "schemathesis.cli", "run", "--checks", CHECKS, "--max-examples", EXAMPLES, "--phases", "coverage,fuzzing"]);
    // A stream has no end, so that there is nothing to hold against a shape.
    check.args(["--exclude-path", "/api/v1/stream", "--request-timeout", "30", "--seed", "1", "--continue-on-failure"]);
    run(check.arg(format!("{}/api/v1/openapi.json", served.address)).current_dir(&folder))
}

/// A running `depeche serve`; it ends when this is dropped.
struct Served {
    process: Child,
    address: String,
}

impl Served {
    fn over(project: &Project, depeche: &Path, record: &Path, log: &Path) -> Result<Served> {
        let log = std::fs::File::create(log).with_context(|| format!("{} could not be made", log.display()))?;
        let mut command = project.command(depeche);
        command.args(["serve", "--address", "127.0.0.1:0", "--db"]).arg(record).stdout(Stdio::piped()).stderr(log);
        let line = shown(&command);
        eprintln!("$ {line}");
        let process = command.spawn().with_context(|| format!("`{line}` could not be run"))?;
        let mut served = Served { process, address: String::new() };
        let out = served.process.stdout.take().context("it has no output")?;
        BufReader::new(out).read_line(&mut served.address).with_context(|| format!("`{line}` told no address"))?;
        served.address.truncate(served.address.trim_end().len());
        if !served.address.starts_with("http://") {
            bail!("`{line}` told no address");
        }
        Ok(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
