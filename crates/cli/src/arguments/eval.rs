//! The arguments of `depeche eval`: a task, the gold, the output, and what is shown.

use clap::{Args, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

const HAPPENINGS_EXAMPLES: &str = "\
Examples:
  depeche eval happenings gold.jsonl news.depeche --errors all
      gold.jsonl has lines such as {\"dispatch\": \"a\", \"event\": \"v1\", \"happening\": \"visit\"}
  depeche eval happenings read.jsonl news.depeche
      read.jsonl has dispatches with their text, and events that name their type, trigger and happening
  depeche eval happenings gold.jsonl others.jsonl
      others.jsonl is what another program made of the same events

An event that was put into no happening is one of its own; one that gold does not have counts for nothing.";

#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    /// Events: type, countries, status, time, mode, place, source.
    Events {
        #[command(flatten)]
        compared: Compared,
        /// Take CONCEDE and RETREAT for one type, YIELD, as older gold does.
        #[arg(long)]
        coarse: bool,
    },
    /// Statements: content, speaker, commitment.
    Statements(Compared),
    /// Time expressions, as TempEval-3 counts them, in per cent.
    Time(Compared),
    /// The names of persons, organisations and places, and their countries.
    Entities(Compared),
    /// Publication dates inferred where none was given.
    Dating(Compared),
    /// The kinds of the lines of plain-text dispatches.
    Lines(Compared),
    /// The stories that dispatches are put into.
    Stories(Scored),
    /// The happenings that events are put into: pairs of reports, and B³.
    #[command(after_long_help = HAPPENINGS_EXAMPLES)]
    Happenings {
        /// Gold: JSON lines, gzip or not, of events and their happening, `{"dispatch": "a", "event": "v1", "happening": "visit"}`; or of dispatches as for `eval events`, whose events have a key
        /// `happening`.
        #[arg(value_name = "GOLD")]
        gold: PathBuf,
        /// The record; or, where gold is of events, JSON lines of the same form.
        #[arg(value_name = "RECORD|OUTPUT")]
        output: PathBuf,
        #[command(flatten)]
        shown: ShownArguments,
    },
    /// Articles told from the pages around them.
    Extract {
        #[command(flatten)]
        scored: Scored,
        /// Only the pages of this set.
        #[arg(long, value_name = "NAME")]
        set: Option<String>,
    },
    /// Annotations beside those of a reference, such as spaCy's.
    Parity(Scored),
    /// Scored pairs of names.
    Names {
        /// Tab-separated pairs with a column `label`: 1 for one person or body, 0 for two.
        #[arg(value_name = "GOLD")]
        gold: PathBuf,
        /// The same pairs with a column `score`, as `depeche names match` writes them; the gold's own scores when it is left out.
        #[arg(value_name = "OUTPUT")]
        output: Option<PathBuf>,
        /// Take pairs of this score and above for one.
        #[arg(long, value_name = "T", default_value_t = 0.5)]
        threshold: f64,
        /// Only the pairs whose column has this value; may be given more than once.
        #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = condition)]
        conditions: Vec<(String, String)>,
        #[command(flatten)]
        shown: ShownArguments,
    },
    /// How far two coders of the same dispatches agree: F1 each way and Krippendorff's alpha.
    Agreement {
        /// JSON lines by one coder, in the form of gold or of coded dispatches.
        #[arg(value_name = "A")]
        first: PathBuf,
        /// JSON lines by the other, in either form.
        #[arg(value_name = "B")]
        second: PathBuf,
        /// Take CONCEDE and RETREAT for one type, YIELD, as older gold does.
        #[arg(long)]
        coarse: bool,
        #[command(flatten)]
        shown: ShownArguments,
    },
}

/// What is scored, and what is shown of it.
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

/// The same, with another run to compare with.
#[derive(Debug, Args)]
pub(crate) struct Compared {
    #[command(flatten)]
    pub(crate) scored: Scored,
    /// The output of another run: also tell by how much the first is better, with a 95 % interval and p from a paired bootstrap over dispatches.
    #[arg(long, value_name = "OTHER")]
    pub(crate) against: Option<PathBuf>,
    /// Samples of the bootstrap.
    #[arg(long, value_name = "N", default_value = "10000", requires = "against")]
    pub(crate) samples: NonZeroUsize,
    /// Seed of the bootstrap; the same seed draws the same samples.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "against")]
    pub(crate) seed: u64,
}

#[derive(Debug, Args)]
pub(crate) struct ShownArguments {
    /// Also list this many mistakes, or `all`, each with its dispatch, spans and sentence.
    #[arg(long, value_name = "N", default_value = "0", value_parser = errors)]
    pub(crate) errors: usize,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Sheets::Text)]
    pub(crate) to: Sheets,
    /// Only the figures, without tables.
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

fn condition(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').ok_or_else(|| "give a column and its value, such as `schema=Person`".to_owned())?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}
