//! Items out of any stream of bytes, one at a time.
//!
//! In goes a [`Read`] with a name; out come [`Item`]s and [`IntakeError`]s in the order of the input. Memory is bounded by one dispatch: no more
//! than [`MAX_DISPATCH_BYTES`] of it is held, however large the file or the line. Gzip is told by its first bytes.

use crate::encoding::{self, Decoded};
use crate::format::{self, Format, HEAD_BYTES, Sniffed};
use crate::{IntakeError, IntakeErrorKind, Source, json_line, sources};
use depeche_record::Warning;
use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// The largest dispatch that is taken, in bytes of its encoding: 64 MiB. More is refused without being held in memory.
pub const MAX_DISPATCH_BYTES: usize = 64 << 20;

/// One dispatch's worth of input, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The input's own id, else the input's name, with `#n` where it is the n-th of a file of several.
    pub id: String,
    /// The input it comes from, as the caller named it.
    pub input: String,
    /// Its line in that input, from 1, where it is one.
    pub line: Option<usize>,
    /// SHA-256 of its bytes as they stand in the decompressed input (of a line: without the line break), in hexadecimal.
    pub source_sha256: String,
    /// What it holds.
    pub content: Content,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// The format, where it is not to be told by the content (`--from`).
    pub format: Option<Format>,
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
    sources(arguments).into_iter().flat_map(move |source| match source {
        Ok(source) => Reader::open(&source, options),
        Err(error) => Reader::refused(error),
    })
}

/// Reads one input.
pub struct Reader {
    name: String,
    state: State,
}

enum State {
    /// Nothing read yet.
    Unopened(Box<dyn Read + Send>, ReadOptions),
    Lines {
        stream: Box<dyn BufRead + Send>,
        line: usize,
        records: usize,
    },
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
        Reader { name: name.into(), state: State::Unopened(Box::new(stream), options) }
    }

    fn refused(error: IntakeError) -> Reader {
        Reader { name: error.input.clone(), state: State::Refused(Box::new(error)) }
    }

    fn error(&self, kind: IntakeErrorKind, message: impl Into<String>, cure: impl Into<String>) -> IntakeError {
        IntakeError::new(self.name.clone(), kind, message, cure)
    }

    /// Finds out what the stream is, and reads all of it where it is one text.
    fn begin(&mut self, stream: Box<dyn Read + Send>, options: ReadOptions) -> Option<Result<Item, IntakeError>> {
        let (head, stream) =
            match peek(stream).and_then(|(head, stream)| if head.starts_with(b"\x1F\x8B") { ungzip(stream) } else { Ok((head, stream)) }) {
                Ok(opened) => opened,
                Err(error) => return Some(Err(IntakeError::of_system(self.name.clone(), &error))),
            };
        if head.is_empty() {
            return Some(Err(self.error(IntakeErrorKind::Empty, "it is empty", "give it the text of a dispatch")));
        }
        let wide = encoding::wide_encoding(&head);
        let looks = match wide {
            Some(wide) => format::sniff(wide.decode(&head).0.as_bytes(), &self.name),
            None => format::sniff(&head, &self.name),
        };
        let format = match (options.format, looks) {
            (Some(format @ (Format::Text | Format::Jsonl)), Sniffed::Is(_)) => format,
            (Some(format), Sniffed::Is(_)) => {
                return Some(Err(self.error(
                    IntakeErrorKind::NotSupported,
                    format!("this version does not read {format} yet"),
                    "give its text, as plain text or JSONL",
                )));
            }
            (None, Sniffed::Is(format @ (Format::Text | Format::Jsonl))) => format,
            (None, Sniffed::Is(format)) => {
                let message = format!("it looks like {format}, which this version does not read yet");
                return Some(Err(self.error(
                    IntakeErrorKind::NotSupported,
                    message,
                    "extract its text first, or take it as it stands with `--from text`",
                )));
            }
            (_, Sniffed::Binary(what)) => {
                return Some(Err(self.error(IntakeErrorKind::Binary, format!("it is {what}, not text"), "extract its text first")));
            }
        };
        match (format, wide) {
            (Format::Jsonl, None) => {
                self.state = State::Lines { stream, line: 0, records: 0 };
                self.next_line()
            }
            _ => self.whole(stream, format),
        }
    }

    /// The whole stream as one text, or, where its encoding has no line breaks of one byte, as lines.
    fn whole(&mut self, stream: Box<dyn BufRead + Send>, format: Format) -> Option<Result<Item, IntakeError>> {
        let mut bytes = Vec::new();
        if let Err(error) = stream.take(MAX_DISPATCH_BYTES as u64 + 1).read_to_end(&mut bytes) {
            return Some(Err(IntakeError::of_system(self.name.clone(), &error)));
        }
        if bytes.len() > MAX_DISPATCH_BYTES {
            return Some(Err(too_large(&self.name, "it")));
        }
        let sha256 = hexadecimal_sha256(&bytes);
        let Decoded { text, warnings } = match encoding::decode(bytes) {
            Ok(decoded) => decoded,
            Err(binary) => return Some(Err(self.error(IntakeErrorKind::Binary, binary.to_string(), "give it as text in UTF-8"))),
        };
        if format == Format::Jsonl {
            self.state = State::Lines { stream: Box::new(Cursor::new(text.into_bytes())), line: 0, records: 0 };
            return self.next_line();
        }
        if text.trim().is_empty() {
            return Some(Err(self.error(
                IntakeErrorKind::Empty,
                "there is nothing but white space in it",
                "give it the text of a dispatch",
            )));
        }
        let (id, input) = (self.name.clone(), self.name.clone());
        Some(Ok(Item { id, input, line: None, source_sha256: sha256, content: Content::Text(text), stated: Stated::default(), warnings }))
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Option<Result<Item, IntakeError>> {
        let State::Lines { stream, line, records } = &mut self.state else { return None };
        let mut bytes = Vec::new();
        loop {
            let taken = read_line(stream, &mut bytes);
            let (name, at) = (&self.name, *line + 1);
            match taken {
                Ok(Line::End) => {
                    let empty = *records == 0;
                    self.state = State::Done;
                    return empty
                        .then(|| Err(self.error(IntakeErrorKind::Empty, "there is no line in it", "give it one JSON object a line")));
                }
                Ok(Line::TooLong) => {
                    *line = at;
                    *records += 1;
                    return Some(Err(too_large(name, "the line").at_line(at)));
                }
                Ok(Line::Whole) => {
                    *line = at;
                    let content = if at == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes) } else { &bytes };
                    if content.trim_ascii().is_empty() {
                        continue;
                    }
                    *records += 1;
                    return Some(json_line::item(content, name, at, *records).map_err(|error| error.at_line(at)));
                }
                Err(error) => {
                    let error = IntakeError::of_system(name.clone(), &error).at_line(at);
                    self.state = State::Done;
                    return Some(Err(error));
                }
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Lines { .. }) {
            return self.next_line();
        }
        match std::mem::replace(&mut self.state, State::Done) {
            State::Unopened(stream, options) => self.begin(stream, options),
            State::Refused(error) => Some(Err(*error)),
            State::Lines { .. } | State::Done => None,
        }
    }
}

fn too_large(name: &str, what: &str) -> IntakeError {
    let message = format!("{what} holds more than {} MiB, the most that one dispatch may have", MAX_DISPATCH_BYTES >> 20);
    IntakeError::new(name, IntakeErrorKind::TooLarge, message, "split it into dispatches, one JSON object a line")
}

type Opened = (Vec<u8>, Box<dyn BufRead + Send>);

/// The first bytes of a stream, and the stream with them still to come.
fn peek(mut stream: impl Read + Send + 'static) -> io::Result<Opened> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    stream.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let whole = Cursor::new(head.clone()).chain(stream);
    Ok((head, Box::new(BufReader::with_capacity(1 << 16, whole))))
}

fn ungzip(stream: Box<dyn BufRead + Send>) -> io::Result<Opened> {
    peek(MultiGzDecoder::new(stream))
}

enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads one line without its break into `bytes`. Of a line beyond the bound nothing is kept, and the stream stands after it.
fn read_line(stream: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<Line> {
    bytes.clear();
    let limit = MAX_DISPATCH_BYTES as u64 + 1;
    let read = stream.by_ref().take(limit).read_until(b'\n', bytes)?;
    if read == 0 {
        return Ok(Line::End);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() > MAX_DISPATCH_BYTES {
        *bytes = Vec::new();
        stream.skip_until(b'\n')?;
        return Ok(Line::TooLong);
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(Line::Whole)
}

pub(crate) fn hexadecimal_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hexadecimal, byte| {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
        hexadecimal
    })
}
