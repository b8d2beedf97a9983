//! Items out of any stream of bytes, one at a time.
//!
//! In goes a [`Read`] with a name; out come [`Item`]s and [`IntakeError`]s in the order of the input. Memory is bounded by one dispatch: no more
//! than [`ReadOptions::max_bytes`] of it is held, however large the file, the archive, the record or the line.

use crate::format::Format;
use crate::readers::{self, Items, Origin};
use crate::repeats::{Repeated, Repeats};
use crate::{IntakeError, Source, sources};
use depeche_record::Warning;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest dispatch that is taken unless more is allowed, in bytes of its encoding: 64 MiB. More is refused without being held in memory.
pub const MAX_DISPATCH_BYTES: usize = 64 << 20;

/// One dispatch's worth of input, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The input's own id, else the input's name, with `#n` where it is the n-th of a file of several: lines that are not blank, entries of a
    /// feed, and all records of a WARC, those without a page among them, are counted from 1.
    pub id: String,
    /// The input it comes from, as the caller named it; of an archive's member, with its path in the archive.
    pub input: String,
    /// Its line in that input, from 1, where it is one.
    pub line: Option<usize>,
    /// SHA-256 of its bytes as they stand in the decompressed input, in hexadecimal: of a line without its break, of an entry from tag to
    /// tag, of a response in a WARC what follows its HTTP header.
    pub source_sha256: String,
    /// What it holds.
    pub content: Content,
    /// What of a page its site repeats; told by [`Repeats`].
    pub repeated: Repeated,
    /// What the input says about it.
    pub stated: Stated,
    /// What was odd about its bytes.
    pub warnings: Vec<Warning>,
}

/// What an item holds, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Plain text: a dispatch's text unchanged.
    Text(String),
    /// A whole web page, of which some is an article.
    Page(String),
    /// HTML that is an article and nothing else, as feeds carry it.
    Fragment(String),
}

impl Content {
    /// The text or the markup.
    pub fn as_str(&self) -> &str {
        match self {
            Content::Text(text) | Content::Page(text) | Content::Fragment(text) => text,
        }
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.as_str().len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

/// What an input states about a dispatch of its own; believed over what is inferred.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// Headline.
    pub title: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day, date-time or interval, not yet read.
    pub published: Option<String>,
    /// Name of the outlet.
    pub publisher: Option<String>,
    /// Language code.
    pub language: Option<String>,
    /// When a crawler fetched it, a date-time: it was published no later.
    pub fetched: Option<String>,
}

/// How to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format, where it is not to be told by the content (`--from`).
    pub format: Option<Format>,
    /// The most bytes that one dispatch may have: a text, a page, a line, a record, a feed (`--max-bytes`).
    pub max_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions { format: None, max_bytes: MAX_DISPATCH_BYTES }
    }
}

/// All items that `arguments` name: files, folders, patterns, `-`. Inputs are opened one after the other, as they are asked for.
///
/// ```
/// use depeche_intake::{ReadOptions, read};
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("a.txt"), "Rain is expected.\n")?;
/// std::fs::write(folder.path().join("b.jsonl"), "{\"id\": \"one\", \"text\": \"It rained.\"}\n{\"text\": 3}\n")?;
/// let (taken, refused): (Vec<_>, Vec<_>) = read([folder.path()], ReadOptions::default()).partition(Result::is_ok);
/// assert_eq!((taken.len(), refused.len()), (2, 1));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read<I>(arguments: I, options: ReadOptions) -> impl Iterator<Item = Result<Item, IntakeError>> + Send
where
    I: IntoIterator,
    I::Item: AsRef<Path>,
{
    Repeats::of(sources(arguments).into_iter().flat_map(move |source| match source {
        Ok(source) => Reader::open(&source, options),
        Err(error) => Reader::refused(error),
    }))
}

/// Reads one input.
pub struct Reader {
    state: State,
}

enum State {
    /// Nothing read yet.
    Unopened(Box<dyn Read + Send>, String, ReadOptions),
    Opened(Items),
    Refused(Box<IntakeError>),
    Done,
}

impl Reader {
    /// Opens a source. A file that cannot be opened is the reader's only, refused item.
    pub fn open(source: &Source, options: ReadOptions) -> Reader {
        match source {
            Source::Standard => Reader::new(io::stdin(), source.name(), options),
            Source::File(path) => match File::open(path) {
                Ok(file) => Reader::new(file, source.name(), options),
                Err(error) => Reader::refused(IntakeError::of_system(source.name(), &error)),
            },
        }
    }

    /// Reads from any stream, which messages and ids call `name`.
    ///
    /// ```
    /// use depeche_intake::{ReadOptions, Reader};
    /// let lines: &[u8] = b"{\"text\": \"Rain.\"}\n{\"text\": \n";
    /// let mut reader = Reader::new(lines, "news.jsonl", ReadOptions::default());
    /// assert_eq!(reader.next().unwrap().unwrap().id, "news.jsonl#1");
    /// assert!(reader.next().unwrap().unwrap_err().to_string().starts_with("news.jsonl:2: "));
    /// assert!(reader.next().is_none());
    /// ```
    pub fn new(stream: impl Read + Send + 'static, name: impl Into<String>, options: ReadOptions) -> Reader {
        Reader { state: State::Unopened(Box::new(stream), name.into(), options) }
    }

    fn refused(error: IntakeError) -> Reader {
        Reader { state: State::Refused(Box::new(error)) }
    }
}

impl Iterator for Reader {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let State::Opened(items) = &mut self.state {
            return items.next();
        }
        match std::mem::replace(&mut self.state, State::Done) {
            State::Unopened(stream, name, ReadOptions { format, max_bytes }) => {
                let origin = Origin { name, max_bytes, within_archive: false };
                let mut items = readers::open(stream, Vec::new(), origin, format);
                let first = items.next();
                self.state = State::Opened(items);
                first
            }
            State::Refused(error) => Some(Err(*error)),
            State::Opened(_) | State::Done => None,
        }
    }
}

pub(crate) fn hexadecimal_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hexadecimal, byte| {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
        hexadecimal
    })
}
