//! A web page, one a file or one a record of an archive.
//!
//! In go its bytes and what is known of it; out comes its markup, decoded as the HTML standard says. What is blank or binary, or stops early,
//! is refused.

use super::{Items, Origin, refused};
use crate::IntakeError;
use crate::encoding::{self, Declared, Decoded};
use crate::reader::{Content, Item, Stated, hexadecimal_sha256};
use crate::repeats::Repeated;
use std::iter;

pub(crate) fn items(bytes: Vec<u8>, failure: Option<IntakeError>, origin: Origin) -> Items {
    if let Some(failure) = failure {
        return refused(failure);
    }
    let id = origin.name.clone();
    let source_sha256 = hexadecimal_sha256(&bytes);
    Box::new(iter::once(item(bytes, source_sha256, id, Stated::default(), None, &origin)))
}

/// The item that is a page. `media_type` is what came with it over HTTP.
pub(crate) fn item(
    bytes: Vec<u8>,
    source_sha256: String,
    id: String,
    stated: Stated,
    media_type: Option<&str>,
    origin: &Origin,
) -> Result<Item, IntakeError> {
    let outside = Declared { transport: media_type, url: stated.url.as_deref(), xml: false };
    let Decoded { text, warnings } = encoding::decode_page(bytes, outside).map_err(|binary| origin.binary(binary))?;
    if text.trim().is_empty() {
        return Err(origin.blank());
    }
    Ok(Item {
        id,
        input: origin.name.clone(),
        line: None,
        source_sha256,
        content: Content::Page(text),
        repeated: Repeated::default(),
        stated,
        warnings,
    })
}
