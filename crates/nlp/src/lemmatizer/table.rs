//! A hash table in bytes, read where it lies.
//!
//! In: keys of bytes, each with a list of strings. Out: bytes, and a [`Table`] that finds keys in them without
//! decoding anything. Whatever the bytes, a search ends and answers within them.
//!
//! A table is a power of two of little-endian u32 slots (0 for an empty one, else the place of an entry, counted
//! from the slots), then the entries: length of the key (u16), key, number of values (u8), and each value with its length (u16).

use crate::lexeme::hash;
use serde::{Deserialize, Serialize};

/// A key and the strings under it.
pub(super) type Row = (Vec<u8>, Vec<String>);

/// Where a table lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    start: u32,
    slots: u32,
}

/// What a table has under a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'bytes> {
    key: &'bytes [u8],
    count: u8,
    values: &'bytes [u8],
}

impl Table {
    /// Writes a table at the end of `bytes`.
    ///
    /// # Errors
    /// When a key, a value, the number of values or the whole is too large for the form.
    pub(super) fn write(entries: &[Row], bytes: &mut Vec<u8>) -> Result<Table, String> {
        let too_large = || "lemmatiser: a table is too large".to_owned();
        let slots = (entries.len() * 2).next_power_of_two().max(2);
        let mut places = vec![0_u32; slots];
        let mut body = Vec::new();
        for (key, values) in entries {
            let place = u32::try_from(slots * 4 + body.len()).map_err(|_| too_large())?;
            let mut slot = hash(key) as usize & (slots - 1);
            while places[slot] != 0 {
                slot = (slot + 1) & (slots - 1);
            }
            places[slot] = place;
            body.extend(u16::try_from(key.len()).map_err(|_| too_large())?.to_le_bytes());
            body.extend(key);
            body.push(u8::try_from(values.len()).map_err(|_| too_large())?);
            for value in values {
                body.extend(u16::try_from(value.len()).map_err(|_| too_large())?.to_le_bytes());
                body.extend(value.as_bytes());
            }
        }
        let start = u32::try_from(bytes.len()).map_err(|_| too_large())?;
        bytes.extend(places.into_iter().flat_map(u32::to_le_bytes));
        bytes.extend(body);
        Ok(Table { start, slots: u32::try_from(slots).map_err(|_| too_large())? })
    }

    /// What stands under `key`.
    pub(super) fn get<'bytes>(&self, bytes: &'bytes [u8], key: &[u8]) -> Option<Entry<'bytes>> {
        let bytes = bytes.get(self.start as usize..)?;
        let mask = (self.slots as usize).checked_sub(1)?;
        let mut slot = hash(key) as usize & mask;
        for _ in 0..self.slots {
            let place = u32::from_le_bytes(*bytes.get(slot * 4..)?.first_chunk()?) as usize;
            if place == 0 {
                return None;
            }
            let entry = Entry::read(bytes.get(place..)?)?;
            if entry.key == key {
                return Some(entry);
            }
            slot = (slot + 1) & mask;
        }
        None
    }
}

impl<'bytes> Entry<'bytes> {
    fn read(bytes: &'bytes [u8]) -> Option<Self> {
        let (key, rest) = string(bytes)?;
        let (&count, values) = rest.split_first()?;
        Some(Entry { key, count, values })
    }

    /// Its key; empty when it is no text.
    pub(super) fn key(&self) -> &'bytes str {
        std::str::from_utf8(self.key).unwrap_or("")
    }

    /// Its values in order.
    pub(super) fn values(&self) -> impl Iterator<Item = &'bytes str> + use<'bytes> {
        let mut rest = self.values;
        (0..self.count).map_while(move |_| {
            let (value, after) = string(rest)?;
            rest = after;
            std::str::from_utf8(value).ok()
        })
    }
}

/// A length and as many bytes, and what follows.
fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(u16::from_le_bytes(*length).into())
}
