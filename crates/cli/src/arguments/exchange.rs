//! The arguments of the commands that write a record in the formats of others and read theirs.

use super::record::RecordArguments;
use super::{FilterArguments, SummaryOutput};
use clap::Args;
use depeche_exchange::{ExportFormat, ImportFormat, What};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    /// The format: gdelt (event rows of GDELT 2.0), polecat, parquet, ftm (FollowTheMoney entities), csv, jsonl, or rss (a hundred happenings, the last reported first).
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: ExportFormat,
    /// What to write: happenings; or, with csv, jsonl and parquet, events (each report by itself), actors, statements or commitments.
    #[arg(long, value_name = "WHAT", default_value = "happenings")]
    pub(crate) what: What,
    /// Write into a file instead of to standard output; it takes the place of one that is there when all is written.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    /// The format: gdelt (event rows of GDELT 2.0, of 61 columns, or 1.0, of 57 or 58), icews or polecat, tab-separated; plain, gzipped, or the one file of a zip archive.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: ImportFormat,
    /// Files, or `-` for standard input, which is read when nothing is named.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What to write: a summary to read, or JSON.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = SummaryOutput::Table)]
    pub(crate) to: SummaryOutput,
}
