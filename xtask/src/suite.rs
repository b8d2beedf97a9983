//! `cargo xtask test`: every check, each a step, in the order in which a mistake shows soonest.

use crate::models;
use crate::project::{self, Project};
use crate::steps::Steps;
use crate::{api_check, fuzz, read_back, room, tidy, tools, web};
use anyhow::{Result, bail};

/// Runs the checks; with `all` also the fuzzers, the long run of kills, and Parquet and other exports read back by Python, the API held to its description, the reading room rebuilt and looked at. Whether all passed.
pub(crate) fn run(project: &Project, all: bool) -> Result<bool> {
    let mut steps = Steps::of("test");
    let cargo = |arguments: &[&str]| project::run(&mut project.cargo(arguments));
    steps.step("format", || cargo(&["fmt", "--all", "--check"]));
    steps.step("tidy", || if tidy::run(project)? { Ok(()) } else { bail!("the tree breaks rules of the house") });
    steps.step("clippy", || cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    steps.step("models", || models::obtain(project, &[]));
    steps.step("tests", || tests(project));
    steps.step("documentation tests", || cargo(&["test", "--workspace", "--doc"]));
    steps.step("packs", || project::run(project.command(project.build_depeche()?).args(["packs", "check"])));
    steps.step("documentation", || {
        project::run(project.cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]).env("RUSTDOCFLAGS", "-D warnings"))
    });
    steps.step("licences, bans, sources", || {
        let deny = tools::CARGO_DENY.obtain(project)?;
        project::run(project.command(deny).args(["--all-features", "check", "bans", "licenses", "sources"]))
    });
    if all {
        steps.step("ingest killed a hundred times", || {
            project::run(project.cargo(&["test", "-p", "depeche-cli", "--test", "killed"]).env("DEPECHE_ALL", "1"))
        });
        steps.step("exports with Parquet", || {
            cargo(&["clippy", "-p", "depeche-exchange", "--all-targets", "--features", "parquet", "--", "-D", "warnings"])?;
            cargo(&["test", "-p", "depeche-exchange", "--features", "parquet"])
        });
        steps.step("exports read back", || read_back::run_script(project));
        steps.step("API held to its description", || api_check::run_check(project));
        steps.step("room is what its sources make", || web::build(project, true));
        steps.step("room in a browser", || room::check(project, None, false));
        steps.step("fuzzers", || fuzz::run(project, fuzz::SECONDS, &[]));
    }
    Ok(steps.finish())
}

/// The tests but those of the documentation, under nextest where it is installed.
fn tests(project: &Project) -> Result<()> {
    let nextest = project.cargo(&["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    if nextest {
        project::run(&mut project.cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]))
    } else {
        project::run(&mut project.cargo(&["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]))
    }
}
