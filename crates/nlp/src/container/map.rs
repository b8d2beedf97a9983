//! The bytes of a model file, mapped into memory or copied, in either case aligned for the numbers in them.
//!
//! This is the one module of the crate with unsafe code.

use std::path::Path;

/// Bytes aligned to at least eight.
#[derive(Debug)]
pub(super) enum Bytes {
    Mapped(memmap2::Mmap),
    Copied { words: Vec<u64>, length: usize },
}

impl Bytes {
    /// Maps a file, for reading only.
    #[expect(unsafe_code, reason = "the system gives no mapping that another process could not write to")]
    pub(super) fn map(path: &Path) -> std::io::Result<Bytes> {
        let file = std::fs::File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(std::io::Error::other("this is no file"));
        }
        // SAFETY: the map is private to this value and never written through. What remains is another process
        // that changes the file while it is open: the models lie in the user's own data folder, `convert` replaces
        // a model by renaming a new file over it and never writes into an old one, and every number that is read
        // from the map is used as plain data behind checked bounds.
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Bytes::Mapped(map))
    }

    /// Copies bytes to where they are aligned.
    pub(super) fn copy(bytes: &[u8]) -> Bytes {
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Bytes::Copied { words, length: bytes.len() }
    }

    /// All of them.
    pub(super) fn as_slice(&self) -> &[u8] {
        match self {
            Bytes::Mapped(map) => map,
            Bytes::Copied { words, length } => &bytemuck::cast_slice(words)[..*length],
        }
    }
}
