//! The developer's chores: `cargo xtask demo`, `test`, `tidy`, `models`, `fuzz`, `read-back`, `api-check`, `acceptance`.
//!
//! What a chore needs beyond Rust, a C compiler and Python with pip it installs itself, below the build folder. Every chore says what it
//! runs; the ones made of steps go on after a failed step, end with a summary, and fail if any step did.

mod acceptance;
mod api_check;
mod demo;
mod fuzz;
mod models;
mod project;
mod python;
mod read_back;
mod steps;
mod suite;
mod tidy;
mod tools;

use anyhow::Result;
use clap::{Parser, Subcommand};
use project::Project;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The developer's chores", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Obtain the language models that are not there yet.
    Models {
        /// Languages; all that the house has when none is named.
        languages: Vec<String>,
    },
    /// Code the example dispatches and print what they say.
    Demo,
    /// Format, lints, tests, packs, documentation, licences, tidiness.
    Test {
        /// Also what takes longer or needs more: the fuzzers, ingest killed again and again, exports read back by Python.
        #[arg(long)]
        all: bool,
    },
    /// Hold the tree against the rules of the house.
    Tidy,
    /// Run every fuzz target for a while.
    Fuzz {
        /// Seconds for each target.
        #[arg(long, default_value_t = fuzz::SECONDS)]
        seconds: u64,
        /// Targets; all of them when none is named.
        targets: Vec<String>,
    },
    /// Read exports back with the programs that they are for; wants Python with venv and pip.
    ReadBack,
    /// Hold the API of `depeche serve` to its description; wants Python with venv and pip.
    ApiCheck,
    /// Measure against the gold in a folder and fail below `eval/floors.toml`.
    Acceptance {
        /// The folder that holds `gold/` and `eval/`.
        folder: PathBuf,
        /// Measures; all of them when none is named.
        #[arg(long = "only", value_name = "MEASURE")]
        only: Vec<String>,
        /// Also score with `depeche eval` and fail where a figure differs from the script's by 0.0005 or more.
        #[arg(long)]
        compare: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a chore; false when it ran to its end and found something wrong.
fn run(arguments: Arguments) -> Result<bool> {
    let project = Project::open()?;
    match arguments.chore {
        Chore::Models { languages } => models::obtain(&project, &languages).map(|()| true),
        Chore::Demo => demo::run(&project).map(|()| true),
        Chore::Test { all } => suite::run(&project.with_own_models()?, all),
        Chore::Tidy => tidy::run(&project),
        Chore::Fuzz { seconds, targets } => fuzz::run(&project.with_own_models()?, seconds, &targets).map(|()| true),
        Chore::ApiCheck => api_check::run_check(&project).map(|()| true),
        Chore::ReadBack => read_back::run_script(&project).map(|()| true),
        Chore::Acceptance { folder, only, compare } => acceptance::run(&project.with_own_models()?, &folder, &only, compare),
    }
}
