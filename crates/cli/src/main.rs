//! The `depeche` command: arguments, progress, diagnostics, exit codes.
//!
//! Data goes to standard output, everything else to standard error. Exit code 0 when all inputs were taken, 1 when some were refused or
//! something failed, 2 for a usage error. What a library user would want is in the crate `depeche`, not here.

mod arguments;
mod commands;
mod diagnostics;
mod inputs;
mod models;
mod output;

use arguments::{Arguments, Command, ModelsCommand, NamesCommand, PacksCommand};
use clap::Parser;
use diagnostics::{Failure, tell};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whether a command that ran to its end took all that it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Complete,
    SomeRefused,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(Outcome::Complete) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRefused) => ExitCode::FAILURE,
        Err(Failure::Fault(diagnostic)) => {
            tell(&diagnostic);
            ExitCode::FAILURE
        }
        Err(Failure::Usage(diagnostic)) => {
            tell(&diagnostic);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    match arguments.command {
        Command::Code(arguments) => commands::code::run(&arguments),
        Command::Ingest(arguments) => commands::ingest::run(&arguments),
        Command::Recode(arguments) => commands::recode::run(&arguments),
        Command::Query(arguments) => commands::query::run(&arguments),
        Command::Serve(arguments) => commands::serve::run(&arguments),
        Command::Actors(arguments) => commands::actors::run(&arguments),
        Command::Show(arguments) => commands::show::run(&arguments),
        Command::Sample(arguments) => commands::sample::run(&arguments),
        Command::Export(arguments) => commands::export::run(&arguments),
        Command::Import(arguments) => commands::import::run(&arguments),
        Command::Extract(arguments) => commands::extract::run(&arguments),
        Command::Annotate(arguments) => commands::annotate::run(&arguments),
        Command::Eval(command) => commands::eval::run(&command),
        Command::Models(ModelsCommand::Add { what }) => commands::models::add(&what),
        Command::Models(ModelsCommand::List) => commands::models::list(),
        Command::Models(ModelsCommand::Remove { language }) => commands::models::remove(&language),
        Command::Names(NamesCommand::Score(arguments)) => commands::names::score(&arguments),
        Command::Names(NamesCommand::Match(arguments)) => commands::names::match_pairs(&arguments),
        Command::Packs(PacksCommand::Check { folder }) => commands::packs::check(folder.as_deref()),
    }
}
