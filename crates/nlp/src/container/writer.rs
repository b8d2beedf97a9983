//! Puts sections together into a model file, and the file in its place in one step.

use super::{ALIGNMENT, ENTRY, FORMAT_VERSION, HEADER, MAGIC, NAME, checksum};
use crate::error::Error;
use std::io::Write;
use std::path::Path;

/// The sections of a model file to be.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    sections: Vec<(String, Vec<u8>)>,
}

impl Writer {
    /// Adds a section. Names are short and plain.
    pub(crate) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        debug_assert!(name.len() <= NAME);
        self.sections.push((name.to_owned(), bytes));
    }

    /// The whole file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut table = Vec::with_capacity(self.sections.len() * ENTRY);
        let mut end = (HEADER + self.sections.len() * ENTRY).next_multiple_of(ALIGNMENT);
        for (name, bytes) in &self.sections {
            let mut padded = [0; NAME];
            padded[..name.len()].copy_from_slice(name.as_bytes());
            table.extend(padded);
            table.extend((end as u64).to_le_bytes());
            table.extend((bytes.len() as u64).to_le_bytes());
            table.extend(checksum(bytes).to_le_bytes());
            end = (end + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        let mut file = Vec::with_capacity(end);
        file.extend(MAGIC);
        file.extend(FORMAT_VERSION.to_le_bytes());
        file.extend((self.sections.len() as u32).to_le_bytes());
        file.extend((end as u64).to_le_bytes());
        file.extend(checksum(&table).to_le_bytes());
        file.resize(HEADER, 0);
        file.extend(table);
        for (_, bytes) in &self.sections {
            file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
            file.extend(bytes);
        }
        file.resize(end, 0);
        file
    }

    /// Writes the file beside `path` and renames it, so that nobody ever sees half of it.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Error> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(name);
        let written = (|| {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let mut file = std::fs::File::create(&part)?;
            file.write_all(&self.to_bytes())?;
            file.sync_all()?;
            std::fs::rename(&part, path)
        })();
        written.map_err(|error| {
            let _ = std::fs::remove_file(&part);
            Error::io(path, &error)
        })
    }
}
