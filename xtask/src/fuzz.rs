//! The fuzz targets of `fuzz/`, each run for a fixed time.
//!
//! libFuzzer needs compiler flags that a released toolchain keeps to itself; `RUSTC_BOOTSTRAP` lends them, so that the pinned toolchain is
//! the only one needed.

use crate::project::{self, Project};
use crate::{models, tools};
use anyhow::{Context, Result, bail};
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How long a target runs unless told otherwise.
pub(crate) const SECONDS: u64 = 60;

/// How many bytes an input has at most, unless a target's own seeds are longer: short inputs are tried more often.
const LENGTH: u64 = 600;

/// The targets that run a model, in which an instrumented engine takes half a second over [`LENGTH`].
const WITH_MODEL: [&str; 2] = ["annotate", "code"];
/// How many bytes their inputs have at most.
const SENTENCE: u64 = 160;

/// Builds all targets and runs those named, or all, as many at a time as the machine has cores; what any of them crashed on is an error.
pub(crate) fn run(project: &Project, seconds: u64, targets: &[String]) -> Result<()> {
    let known = names(&project.root)?;
    if let Some(unknown) = targets.iter().find(|target| !known.contains(target)) {
        bail!("there is no fuzz target `{unknown}`; there are: {}", known.join(", "));
    }
    models::obtain(project, &["fr".to_owned()])?;
    let fuzz = tools::CARGO_FUZZ.obtain(project)?;
    project::run(&mut command(project, &fuzz, "build"))?;
    let waiting = Mutex::new(if targets.is_empty() { &known } else { targets }.iter());
    let crashed = Mutex::new(Vec::new());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some(target) = next() {
            if let Err(error) = run_one(project, &fuzz, seconds, target) {
                eprintln!("{error:#}");
                crashed.lock().unwrap_or_else(PoisonError::into_inner).push(target.as_str());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(work);
        }
    });
    let crashed = crashed.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !crashed.is_empty() {
        bail!("found something to mend: {}; the inputs are in fuzz/artifacts/", crashed.join(", "));
    }
    Ok(())
}

fn command(project: &Project, fuzz: &Path, verb: &str) -> Command {
    let mut command = project.command(fuzz);
    command.arg("fuzz").arg(verb).env("RUSTC_BOOTSTRAP", "1").arg("--target-dir").arg(project.target.join("fuzz"));
    command
}

/// Runs a target that is built, and shows what it wrote when it has ended, for others run beside it.
fn run_one(project: &Project, fuzz: &Path, seconds: u64, target: &str) -> Result<()> {
    let corpus = project.target.join("fuzz-corpus").join(target);
    std::fs::create_dir_all(&corpus).with_context(|| format!("{} could not be made", corpus.display()))?;
    let mut run = command(project, fuzz, "run");
    // What is found goes into the first folder; the others are read only.
    run.arg(target).arg(corpus).arg(project.root.join("examples/dispatches"));
    let seeds = project.root.join("fuzz/seeds").join(target);
    let usual = if WITH_MODEL.contains(&target) { SENTENCE } else { LENGTH };
    let longest = if seeds.is_dir() { longest(&seeds)?.max(usual) } else { usual };
    run.args(Some(seeds).filter(|seeds| seeds.is_dir()));
    run.args(["--", "-timeout=10", "-rss_limit_mb=4096", "-print_final_stats=1"]).arg(format!("-max_len={longest}"));
    let ran = run.arg(format!("-max_total_time={seconds}")).output().with_context(|| format!("`{target}` could not be run"))?;
    eprintln!("\n-- {target}\n{}", String::from_utf8_lossy(&ran.stderr));
    if !ran.status.success() {
        bail!("`{target}` ended with {}", ran.status);
    }
    Ok(())
}

/// The size of the largest file of a folder.
fn longest(folder: &Path) -> Result<u64> {
    let mut longest = 0;
    for path in crate::tidy::entries(folder)? {
        longest = longest.max(path.metadata().with_context(|| format!("{} could not be read", path.display()))?.len());
    }
    Ok(longest)
}

/// The targets, by the files of `fuzz/fuzz_targets/`.
fn names(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("{} could not be read", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
        }
    }
    names.sort();
    Ok(names)
}
