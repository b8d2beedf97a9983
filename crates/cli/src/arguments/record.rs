//! The arguments of the commands that keep a record and ask it.

use super::InputArguments;
use clap::{Args, Subcommand, ValueEnum};
use depeche::Format;
use depeche::record::{Date, EventType, Status};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

/// The record.
#[derive(Debug, Args)]
pub(crate) struct RecordArguments {
    /// The file that holds the record.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
}

/// By what dispatches are coded.
#[derive(Debug, Args)]
pub(crate) struct CodingArguments {
    /// Lay a folder of pack files of your own over the ones built in; may be given more than once.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// Lay persons and bodies of your own over the ones built in, as `depeche code --actors` does; may be given more than once.
    #[arg(long = "actors", value_name = "FILE")]
    pub(crate) actors: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct IngestArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    /// Files, folders, patterns such as `news/*.txt`, or `-` for standard input, which is read when nothing is named.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Take every input as this format: text, html, jsonl, warc, feed or tar; or coded, which is what `depeche code` wrote. It is told by the content otherwise.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<IngestFormat>,
    /// Refuse texts, pages, lines, records and feeds of more than this many bytes; `K`, `M` or `G` behind the number stand for 1024 of the next smaller unit.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = super::size)]
    pub(crate) max_bytes: usize,
    /// Threads to code with; as many as there are processors by default.
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) coding: CodingArguments,
    /// What to write: a summary when all is done; or a line of JSON for each dispatch when it is safe on the disk, and the summary as the last.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = SummaryOutput::Table)]
    pub(crate) to: SummaryOutput,
}

impl IngestArguments {
    /// What is read, for the commands' common run.
    pub(crate) fn input(&self) -> InputArguments {
        let from = match self.from {
            Some(IngestFormat::Input(format)) => Some(format),
            Some(IngestFormat::Coded) | None => None,
        };
        InputArguments { paths: self.paths.clone(), from, max_bytes: self.max_bytes, jobs: self.jobs }
    }
}

/// A format of dispatches to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IngestFormat {
    /// To be coded.
    Input(Format),
    /// Coded already.
    Coded,
}

impl FromStr for IngestFormat {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if word == "coded" {
            return Ok(IngestFormat::Coded);
        }
        word.parse().map(IngestFormat::Input).map_err(|error| format!("{error}, coded"))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SummaryOutput {
    /// A line to read.
    Table,
    /// JSON.
    Jsonl,
}

#[derive(Debug, Args)]
pub(crate) struct RecodeArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    #[command(flatten)]
    pub(crate) coding: CodingArguments,
    /// Threads to code with; as many as there are processors by default.
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct QueryArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    /// The question.
    #[arg(value_enum, value_name = "WHAT")]
    pub(crate) what: Question,
    /// The words to look for, with `search`; the statement, with `sql`.
    #[arg(value_name = "TEXT")]
    pub(crate) text: Option<String>,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// The length of the periods of `series`. What is undated, or longer than a period, has a row of its own without a period; with `--since` or `--until`, the undated is in none.
    #[arg(long, value_enum, value_name = "PERIOD", default_value_t = By::Month)]
    pub(crate) by: By,
    /// How long `sql` may run, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    pub(crate) timeout: f64,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnswerOutput::Table)]
    pub(crate) to: AnswerOutput,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Question {
    /// What happened, by day, each with all its reports.
    Timeline,
    /// Who is in the record, under which names.
    Actors,
    /// Who held which office when, and according to whom.
    Offices,
    /// How countries treat one another, period by period.
    Series,
    /// What was promised, and what it is to earlier promises.
    Commitments,
    /// Which dispatches are on one thing.
    Stories,
    /// On what reports of one happening differ.
    Disagreements,
    /// The dispatches that have some words, in any spelling.
    Search,
    /// One statement of SQL that only reads.
    Sql,
}

/// What a question is narrowed to.
#[derive(Debug, Args)]
pub(crate) struct FilterArguments {
    /// Who takes part: a country's code such as IRN, a name in any spelling, or an id that `actors` gives; of several any will do.
    #[arg(long = "actor", value_name = "NAME")]
    pub(crate) actors: Vec<String>,
    /// Between whom, each as with `--actor`.
    #[arg(long, value_name = "A,B", value_parser = two)]
    pub(crate) between: Option<(String, String)>,
    /// PLOVER types such as CONSULT; several parted by commas.
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    pub(crate) types: Vec<EventType>,
    /// occurred, planned, ongoing, hypothetical, denied or alleged; several parted by commas. `series` counts what occurred or goes on where nothing is said.
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub(crate) statuses: Vec<Status>,
    /// Nothing that ended before this day. What is undated is left out; what is told by the month or year counts with all its days, and what has no end goes on.
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Date>,
    /// Nothing that began after this day; likewise.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<Date>,
    /// Where: a place's name or a country's code.
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// Words of what it was about; of the office or the promise with `offices` and `commitments`.
    #[arg(long, value_name = "WORDS")]
    pub(crate) topic: Option<String>,
    /// Who reports it.
    #[arg(long, value_name = "PUBLISHER")]
    pub(crate) source: Option<String>,
    /// Words of a dispatch that reports it, as `search` takes them.
    #[arg(id = "words", long = "text", value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// At most so many answers.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerOutput {
    /// To be read.
    Table,
    /// One JSON object an answer.
    Jsonl,
    /// A row an answer, with a header.
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    /// An id that `query` gave: of a dispatch, a happening or event (`dispatch#v1`), a statement (`dispatch#s1`) or an actor.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = SummaryOutput::Table)]
    pub(crate) to: SummaryOutput,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Who is in a record tells `depeche query --db FILE actors`. Begin with `depeche actors --db FILE merge \"Sergei Shoigu\" \"Choïgou\"`."
)]
pub(crate) struct ActorsArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    #[command(subcommand)]
    pub(crate) command: ActorsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ActorsCommand {
    /// List what was decided, a row for each pair of forms.
    List {
        /// What to write.
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnswerOutput::Table)]
        to: AnswerOutput,
    },
    /// List the forms of an actor, which are the ways in which dispatches present it; a split is of forms.
    Forms {
        /// The id of the actor or of one of its forms, or a name that it alone has.
        #[arg(value_name = "ACTOR")]
        actor: String,
        /// What to write.
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnswerOutput::Table)]
        to: AnswerOutput,
    },
    /// Decide that two are one actor: all forms of both.
    Merge(Decided),
    /// Decide that two forms are not one actor; of a name, all forms that bear it.
    Split(Decided),
    /// Take back all that was decided among the forms of two actors, or of the one that they were made.
    Undo(Decided),
}

/// Two, one of which was or is to be the other.
#[derive(Debug, Args)]
pub(crate) struct Decided {
    /// The id of an actor or of a form, or a name that one actor alone has, in any spelling.
    #[arg(value_name = "A")]
    pub(crate) one: String,
    /// The other, likewise.
    #[arg(value_name = "B")]
    pub(crate) other: String,
    /// Lay a folder of pack files of your own over the ones built in, as it was when the record was made; may be given more than once.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// How to write the actors that come of it.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnswerOutput::Table)]
    pub(crate) to: AnswerOutput,
}

#[derive(Debug, Args)]
pub(crate) struct SampleArguments {
    #[command(flatten)]
    pub(crate) record: RecordArguments,
    /// How many facts.
    #[arg(value_name = "N")]
    pub(crate) count: usize,
    /// Draws others; the same number draws the same.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Write what the codes of the sheet stand for, with confidence and source, instead of the sheet.
    #[arg(long)]
    pub(crate) key: bool,
    /// What to write: a sheet to read and mark by hand, a row a fact, or JSON.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnswerOutput::Csv)]
    pub(crate) to: AnswerOutput,
}

fn two(text: &str) -> Result<(String, String), String> {
    match text.split_once(',') {
        Some((one, other)) if !one.trim().is_empty() && !other.trim().is_empty() => Ok((one.trim().to_owned(), other.trim().to_owned())),
        _ => Err("give two with a comma between, such as IRN,AZE".to_owned()),
    }
}

fn event_type(word: &str) -> Result<EventType, String> {
    let known = EventType::ALL.map(EventType::name).join(", ");
    word.to_ascii_uppercase().parse().map_err(|_| format!("there are {known}"))
}

fn status(word: &str) -> Result<Status, String> {
    Status::named(word).ok_or_else(|| format!("there are {}", Status::ALL.map(Status::name).join(", ")))
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value <= 86_400.0 => Ok(value),
        _ => Err("give a number of seconds above 0, a day at the most".to_owned()),
    }
}
