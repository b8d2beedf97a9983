//! The model file: named sections of bytes behind a header and a table, each with its checksum.
//!
//! In comes a path or a run of bytes, out go the sections, straight from the memory map, aligned so that
//! numbers can be used where they lie. A file that is of another kind, of another version, cut short or changed
//! is refused here, before anything reads a section.
//!
//! | at | bytes | |
//! | --- | --- | --- |
//! | 0 | 8 | `depeche` and 0x1a |
//! | 8 | 4 | version of the format |
//! | 12 | 4 | number of sections |
//! | 16 | 8 | length of the file |
//! | 24 | 8 | checksum of the table |
//! | 64 | 48 a section | name (24, filled up with zeros), offset, length, checksum |
//!
//! Numbers are little-endian. Sections begin at multiples of 64.

mod checksum;
mod map;
mod writer;

use crate::error::{Error, ErrorKind};
use checksum::checksum;
use map::Bytes;
use std::io::Read;
use std::path::Path;
pub(crate) use writer::Writer;

/// The version of the format that this crate writes and reads.
pub(crate) const FORMAT_VERSION: u32 = 1;

const MAGIC: [u8; 8] = *b"depeche\x1a";
const HEADER: usize = 64;
const ENTRY: usize = 48;
const NAME: usize = 24;
const ALIGNMENT: usize = 64;
const MOST_SECTIONS: usize = 64;

/// An opened model file.
#[derive(Debug)]
pub(crate) struct Container {
    bytes: Bytes,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: [u8; NAME],
    start: u64,
    length: u64,
    checksum: u64,
}

impl Container {
    /// Maps a file and verifies all of it.
    pub(crate) fn open(path: &Path) -> Result<Container, Error> {
        let bytes = Bytes::map(path).map_err(|error| Error::io(path, &error))?;
        Container::verified(bytes).map_err(|error| error.of(path.display()))
    }

    /// The same from memory.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Container, Error> {
        Container::verified(Bytes::copy(bytes)).map_err(|error| error.of("the model in memory"))
    }

    fn verified(bytes: Bytes) -> Result<Container, Error> {
        let all = bytes.as_slice();
        let length = all.len() as u64;
        let entries = read_table(&mut &all[..], Some(length))?;
        let container = Container { bytes, entries };
        for entry in &container.entries {
            if checksum(container.bytes_of(entry)?) != entry.checksum {
                return Err(Error::damaged(format!("the section `{}` was changed", entry.name())));
            }
        }
        Ok(container)
    }

    fn bytes_of(&self, entry: &Entry) -> Result<&[u8], Error> {
        entry
            .range()
            .and_then(|range| self.bytes.as_slice().get(range))
            .ok_or_else(|| Error::damaged(format!("the section `{}` reaches past the end", entry.name())))
    }

    /// The bytes of a section; nothing when there is no such section.
    pub(crate) fn optional(&self, name: &str) -> Result<Option<&[u8]>, Error> {
        self.entries.iter().find(|entry| entry.name() == name).map(|entry| self.bytes_of(entry)).transpose()
    }

    /// The bytes of a section.
    pub(crate) fn section(&self, name: &str) -> Result<&[u8], Error> {
        self.optional(name)?.ok_or_else(|| Error::damaged(format!("there is no section `{name}`")))
    }

    /// A section as numbers, where they lie.
    pub(crate) fn numbers<T: bytemuck::Pod>(&self, name: &str) -> Result<&[T], Error> {
        bytemuck::try_cast_slice(self.section(name)?).map_err(|_| Error::damaged(format!("the section `{name}` is no table of numbers")))
    }
}

/// One section of the file at `path`, without opening the rest.
pub(crate) fn read_one(path: &Path, name: &str) -> Result<Vec<u8>, Error> {
    let told = |error: Error| error.of(path.display());
    let failed = |error: std::io::Error| Error::io(path, &error);
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let entries = read_table(&mut file, Some(length)).map_err(told)?;
    let entry =
        entries.iter().find(|entry| entry.name() == name).ok_or_else(|| told(Error::damaged(format!("there is no section `{name}`"))))?;
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(entry.start)).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(entry.length).read_to_end(&mut bytes).map_err(failed)?;
    if checksum(&bytes) != entry.checksum {
        return Err(told(Error::damaged(format!("the section `{name}` was changed"))));
    }
    Ok(bytes)
}

fn read_table(from: &mut impl Read, length: Option<u64>) -> Result<Vec<Entry>, Error> {
    let mut header = [0; HEADER];
    if from.read_exact(&mut header).is_err() || header[..8] != MAGIC {
        return Err(Error::new(ErrorKind::NotAModel, "", "this is no converted model"));
    }
    let version = u32_at(&header, 8);
    if version != FORMAT_VERSION {
        let what = format!("the model is of format {version}, this version reads {FORMAT_VERSION}");
        return Err(Error::new(ErrorKind::Version, "", what));
    }
    let count = u32_at(&header, 12) as usize;
    let told = u64_at(&header, 16);
    if count > MOST_SECTIONS || length.is_some_and(|length| length != told) {
        return Err(Error::damaged("the file is cut short or changed"));
    }
    let mut table = vec![0; count * ENTRY];
    if from.read_exact(&mut table).is_err() || checksum(&table) != u64_at(&header, 24) {
        return Err(Error::damaged("the table of sections was changed"));
    }
    Ok(table.chunks_exact(ENTRY).map(Entry::read).collect())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}

impl Entry {
    fn read(bytes: &[u8]) -> Entry {
        let mut name = [0; NAME];
        name.copy_from_slice(&bytes[..NAME]);
        Entry { name, start: u64_at(bytes, NAME), length: u64_at(bytes, NAME + 8), checksum: u64_at(bytes, NAME + 16) }
    }

    fn name(&self) -> &str {
        let end = self.name.iter().position(|&byte| byte == 0).unwrap_or(NAME);
        std::str::from_utf8(&self.name[..end]).unwrap_or("")
    }

    fn range(&self) -> Option<std::ops::Range<usize>> {
        let start = usize::try_from(self.start).ok()?;
        let end = start.checked_add(usize::try_from(self.length).ok()?)?;
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Vec<u8> {
        let mut writer = Writer::default();
        writer.add("info", b"{}".to_vec());
        writer.add("numbers", bytemuck::cast_slice(&[1.5f32, -2.0, 0.25]).to_vec());
        writer.add("empty", Vec::new());
        writer.to_bytes()
    }

    #[test]
    fn sections_come_back() {
        let container = Container::from_bytes(&sample()).expect("sample");
        assert_eq!(container.section("info").expect("info"), b"{}");
        assert_eq!(container.numbers::<f32>("numbers").expect("numbers"), [1.5, -2.0, 0.25]);
        assert_eq!(container.section("empty").expect("empty"), b"");
        assert_eq!(container.optional("other").expect("other"), None);
        assert_eq!(container.numbers::<f32>("info").expect_err("two bytes").kind(), ErrorKind::Damaged);
    }

    #[test]
    fn every_cut_is_noticed() {
        let bytes = sample();
        for length in 0..bytes.len() {
            let error = Container::from_bytes(&bytes[..length]).expect_err("cut");
            assert!(matches!(error.kind(), ErrorKind::NotAModel | ErrorKind::Damaged), "{length}: {error}");
        }
    }

    #[test]
    fn another_version_is_refused() {
        let mut bytes = sample();
        bytes[8] = 99;
        assert_eq!(Container::from_bytes(&bytes).expect_err("version").kind(), ErrorKind::Version);
    }

    #[test]
    fn one_section_is_read_from_a_file() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("model");
        std::fs::write(&path, sample()).expect("write");
        assert_eq!(read_one(&path, "info").expect("info"), b"{}");
        assert_eq!(Container::open(&path).expect("open").section("info").expect("info"), b"{}");
        assert_eq!(read_one(&folder.path().join("none"), "info").expect_err("none").kind(), ErrorKind::Missing);
    }

    proptest! {
        #[test]
        fn every_changed_byte_that_counts_is_noticed(at in 0usize..sample().len(), by in 1u8..) {
            let original = Container::from_bytes(&sample()).expect("sample");
            let mut bytes = sample();
            bytes[at] ^= by;
            if let Ok(read) = Container::from_bytes(&bytes) {
                // Only what fills up the gaps may change.
                for name in ["info", "numbers", "empty"] {
                    prop_assert_eq!(read.section(name).ok(), original.section(name).ok());
                }
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Container::from_bytes(&bytes);
            let mut headed = MAGIC.to_vec();
            headed.extend(FORMAT_VERSION.to_le_bytes());
            headed.extend(&bytes);
            let _ = Container::from_bytes(&headed);
        }
    }
}
