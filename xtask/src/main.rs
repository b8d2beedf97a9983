//! The developer's chores: `cargo xtask demo`, `test`, `tidy`, `models`, `web`, `room-check`, `fuzz`, `read-back`, `api-check`, `acceptance`.
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
mod room;
mod steps;
mod suite;
mod tidy;
mod tools;
mod web;

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
    /// Code the example dispatches, print what they say, and make a record of them to look at.
    Demo {
        /// Open the reading room on that record.
        #[arg(long)]
        serve: bool,
    },
    /// Format, lints, tests, packs, documentation, licences, tidiness.
    Test {
        /// Also what takes longer or needs more: the fuzzers, ingest killed again and again, exports read back by Python, the room in a browser.
        #[arg(long)]
        all: bool,
    },
    /// Hold the tree against the rules of the house.
    Tidy,
    /// Build the reading room from `web/` into the folder that the server embeds; wants Node and npm.
    Web {
        /// Only say whether the committed one is what would be built.
        #[arg(long)]
        check: bool,
    },
    /// Look at the reading room with a browser, page by page; wants Node and npm.
    RoomCheck {
        /// The `depeche` to look at; the optimised build where none is named.
        #[arg(long)]
        binary: Option<PathBuf>,
        /// Also make the pictures of `docs/pictures/` anew.
        #[arg(long)]
        pictures: bool,
    },
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
        Chore::Demo { serve } => demo::run(&project, serve).map(|()| true),
        Chore::Test { all } => suite::run(&project.with_own_models()?, all),
        Chore::Tidy => tidy::run(&project),
        Chore::Web { check } => web::build(&project, check).map(|()| true),
        Chore::RoomCheck { binary: Some(binary), pictures } => room::check(&project, Some(binary), pictures).map(|()| true),
        Chore::RoomCheck { binary: None, pictures } => room::check(&project.with_own_models()?, None, pictures).map(|()| true),
        Chore::Fuzz { seconds, targets } => fuzz::run(&project.with_own_models()?, seconds, &targets).map(|()| true),
        Chore::ApiCheck => api_check::run_check(&project).map(|()| true),
        Chore::ReadBack => read_back::run_script(&project).map(|()| true),
        Chore::Acceptance { folder, only, compare } => acceptance::run(&project.with_own_models()?, &folder, &only, compare),
    }
}
