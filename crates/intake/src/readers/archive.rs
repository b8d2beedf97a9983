//! tar: the files of an archive, each as if it lay in a folder.
//!
//! In goes a stream of headers and files; out come the items of each file in turn, told by its own first bytes, gzip included. Folders, links
//! and hidden files are passed over. A header that is damaged ends the archive with one error, for nothing tells where the next one is; so
//! does an end that comes too early.

use super::{Items, Origin};
use crate::format::Format;
use crate::reader::Item;
use crate::stream::Stream;
use crate::{IntakeError, IntakeErrorKind};
use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

const BLOCK: u64 = 512;
/// The longest header, long names and extensions included.
const MAX_HEADER: u64 = 1 << 20;

pub(crate) struct Archive {
    shared: Arc<Mutex<Shared>>,
    origin: Origin,
    forced: Option<Format>,
    member: Option<Items>,
    files: usize,
    done: bool,
}

/// What an archive and the reader of its member at hand both hold.
struct Shared {
    stream: Stream,
    /// How much of the member is to come.
    left: u64,
    /// Zeros that fill its last block.
    padding: u64,
    /// Whether the stream ended or failed within the member, which its reader then tells.
    broken: bool,
}

/// What a header says.
struct Header {
    path: Vec<u8>,
    size: u64,
    kind: tar::EntryType,
}

/// The bytes of the member at hand.
struct Member(Arc<Mutex<Shared>>);

impl Read for Member {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut shared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = usize::try_from(shared.left).unwrap_or(usize::MAX).min(into.len());
        if count == 0 {
            return Ok(0);
        }
        let read = shared.stream.read(into.get_mut(..count).unwrap_or_default());
        match read {
            Ok(0) => {
                shared.broken = true;
                shared.left = 0;
                Err(io::ErrorKind::UnexpectedEof.into())
            }
            Ok(count) => {
                shared.left -= count as u64;
                Ok(count)
            }
            Err(error) => {
                shared.broken = true;
                shared.left = 0;
                Err(error)
            }
        }
    }
}

impl Shared {
    /// Passes over what is left of the member at hand.
    fn pass_member(&mut self) -> io::Result<()> {
        let mut left = self.left.saturating_add(self.padding);
        (self.left, self.padding) = (0, 0);
        while left > 0 {
            let available = self.stream.fill_buf()?.len();
            if available == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let count = usize::try_from(left).unwrap_or(usize::MAX).min(available);
            self.stream.consume(count);
            left -= count as u64;
        }
        Ok(())
    }

    /// Reads the next header; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        self.stream.item_begins();
        // An archive that ends without the blocks that should end it is whole all the same.
        if self.stream.look(1)?.is_empty() {
            return Ok(None);
        }
        let mut headers = tar::Archive::new((&mut self.stream).take(MAX_HEADER));
        let Some(entry) = headers.entries()?.next() else { return Ok(None) };
        let entry = entry?;
        let kind = entry.header().entry_type();
        // With holes, an entry is larger than what the archive has of it.
        let size = if kind.is_gnu_sparse() { entry.header().entry_size()? } else { entry.size() };
        Ok(Some(Header { path: entry.path_bytes().into_owned(), size, kind }))
    }
}

impl Archive {
    pub(crate) fn new(stream: Stream, origin: Origin, forced: Option<Format>) -> Archive {
        let shared = Arc::new(Mutex::new(Shared { stream, left: 0, padding: 0, broken: false }));
        Archive { shared, origin, forced, member: None, files: 0, done: false }
    }

    /// Goes to the next member; an error of its own where there is one.
    fn advance(&mut self) -> Result<(), IntakeError> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.broken {
            self.done = true;
            return Ok(());
        }
        let header = shared.pass_member().and_then(|()| shared.header());
        let header = match header {
            Ok(Some(header)) => header,
            Ok(None) => {
                self.done = true;
                let message = "there is no file in this archive";
                let empty = || self.origin.error(IntakeErrorKind::Empty, message, "name an archive that holds dispatches");
                return if self.files == 0 { Err(empty()) } else { Ok(()) };
            }
            Err(error) => {
                self.done = true;
                let swells = self.origin.of_system(&error);
                if swells.kind == IntakeErrorKind::TooLarge {
                    return Err(swells);
                }
                let place = match self.files {
                    0 => "before its first file".to_owned(),
                    files => format!("after its file {files}"),
                };
                let message = match error.kind() {
                    io::ErrorKind::UnexpectedEof => format!("the archive stops early, {place}"),
                    _ => format!("the archive is damaged or cut off {place} ({error})"),
                };
                return Err(self.origin.error(IntakeErrorKind::Malformed, message, "obtain the archive again; what came before was read"));
            }
        };
        shared.left = header.size;
        shared.padding = (BLOCK - header.size % BLOCK) % BLOCK;
        let Some(path) = shown(&header.path) else { return Ok(()) };
        if header.kind.is_gnu_sparse() {
            self.files += 1;
            let message = format!("its file {path} has holes, which are not filled");
            return Err(self.origin.error(IntakeErrorKind::NotSupported, message, "archive it without `--sparse`"));
        }
        if !header.kind.is_file() && !header.kind.is_contiguous() {
            return Ok(());
        }
        self.files += 1;
        let marks = shared.stream.marks();
        drop(shared);
        let origin = Origin { name: format!("{}/{path}", self.origin.name), max_bytes: self.origin.max_bytes, within_archive: true };
        self.member = Some(super::open(Box::new(Member(Arc::clone(&self.shared))), marks, origin, self.forced));
        Ok(())
    }
}

impl Iterator for Archive {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.member.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.member = None;
            if self.done {
                return None;
            }
            if let Err(error) = self.advance() {
                return Some(Err(error));
            }
        }
    }
}

/// A member's path as it is told; `None` where it, or a folder on its way, is hidden.
fn shown(path: &[u8]) -> Option<String> {
    let path = String::from_utf8_lossy(path);
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let hidden = parts.iter().any(|part| part.starts_with('.') && *part != "..");
    (!hidden && !parts.is_empty()).then(|| parts.join("/"))
}
