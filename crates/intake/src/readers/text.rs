//! A plain text, one dispatch a file.
//!
//! In go all bytes of an input; out comes its text, decoded and otherwise unchanged. What is blank or binary, or stops early, is refused.

use super::{Items, Origin, refused};
use crate::IntakeError;
use crate::encoding::{self, Decoded};
use crate::reader::{Content, Item, Stated, hexadecimal_sha256};
use crate::repeats::Repeated;
use std::iter;

pub(crate) fn items(bytes: Vec<u8>, failure: Option<IntakeError>, origin: Origin) -> Items {
    match failure {
        Some(failure) => refused(failure),
        None => {
            let id = origin.name.clone();
            Box::new(iter::once(item(bytes, id, Stated::default(), &origin)))
        }
    }
}

/// The item that is a text.
pub(crate) fn item(bytes: Vec<u8>, id: String, stated: Stated, origin: &Origin) -> Result<Item, IntakeError> {
    let source_sha256 = hexadecimal_sha256(&bytes);
    let Decoded { text, warnings } = encoding::decode(bytes).map_err(|binary| origin.binary(binary))?;
    if text.trim().is_empty() {
        return Err(origin.blank());
    }
    Ok(Item {
        id,
        input: origin.name.clone(),
        line: None,
        source_sha256,
        content: Content::Text(text),
        repeated: Repeated::default(),
        stated,
        warnings,
    })
}
