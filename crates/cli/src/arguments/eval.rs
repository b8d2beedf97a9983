//! The arguments of `depeche eval`: a task, the gold, the output, and what is shown.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    /// The names of persons, organisations and places, and their countries.
    Entities(Scored),
}

/// What is compared, and what is shown of it.
#[derive(Debug, Args)]
pub(crate) struct Scored {
    /// Gold: JSON lines, gzip or not.
    #[arg(value_name = "GOLD")]
    pub(crate) gold: PathBuf,
    /// What was coded: JSON lines of the same ids, gzip or not.
    #[arg(value_name = "OUTPUT")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) shown: ShownArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ShownArguments {
    /// Also list this many mistakes, or `all`, each with its dispatch, spans and sentence.
    #[arg(long, value_name = "N", default_value = "0", value_parser = errors)]
    pub(crate) errors: usize,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Sheets::Text)]
    pub(crate) to: Sheets,
    /// Only the line of figures, without tables.
    #[arg(long, conflicts_with = "errors")]
    pub(crate) figures: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sheets {
    /// Figures and tables to read.
    Text,
    /// A JSON object for the figures, one for every row of a table, one for every mistake listed.
    Jsonl,
}

fn errors(text: &str) -> Result<usize, String> {
    if text == "all" { Ok(usize::MAX) } else { text.parse().map_err(|_| "give a number, or `all`".to_owned()) }
}
