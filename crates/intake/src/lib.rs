//! Bytes to dispatches: readers, block kinds, metadata, language.
//!
//! What comes in: files, folders, patterns, standard input, or any [`Read`](std::io::Read); plain text, JSONL, web pages, WARC, RSS and Atom, and
//! tar archives of these, gzip included, told apart by content.
//! What goes out: first [`Item`]s, decoded and one at a time, then, by [`dispatch()`], a [`Dispatch`](depeche_record::Dispatch) whose every line has a
//! kind, with its language, title, author line, publisher and stated date. What it refuses: anything that holds no text, each as one
//! [`IntakeError`] that names input, line and cure, while the reader goes on with the next.
//!
//! ```
//! use depeche_intake::{Pages, ReadOptions, Reader, dispatch};
//! use depeche_packs::PackFiles;
//! use depeche_record::BlockKind;
//!
//! let pages = Pages::load(&PackFiles::built_in())?;
//! let page: &[u8] = b"Ministers meet in Oslo\n\nThe foreign ministers of both countries met in Oslo on Monday to talk about fish.\n\nSource: Fjord News\n";
//! for item in Reader::new(page, "page.txt", ReadOptions::default()) {
//!     let (dispatch, warnings) = dispatch(&item?, &pages);
//!     assert_eq!(dispatch.title.as_deref(), Some("Ministers meet in Oslo"));
//!     assert_eq!(dispatch.blocks[1].kind, BlockKind::Lede);
//!     assert_eq!(dispatch.publisher.map(|publisher| publisher.id).as_deref(), Some("fjord-news"));
//!     assert!(warnings.is_empty());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod captions;
mod charset;
mod composed;
mod dateline_split;
mod dispatch;
mod encoding;
mod error;
mod explain;
mod fingerprint;
mod format;
mod html;
mod language;
mod line_kind;
mod line_shape;
mod lines;
mod pages;
mod published;
mod publisher;
mod reader;
mod readers;
mod repeats;
mod scoring;
mod source;
mod stream;
#[doc(hidden)]
pub mod training;

pub use dispatch::{ExtractOptions, Extraction, dispatch, extract};
pub use error::{IntakeError, IntakeErrorKind};
pub use explain::{ExplainedBlock, explain};
pub use fingerprint::{Fingerprint, FingerprintError, near_duplicates};
pub use format::Format;
pub use html::{Field, Origin, Stating, page_metadata};
pub use language::language_of;
pub use pages::Pages;
pub use reader::{Content, Item, MAX_DISPATCH_BYTES, ReadOptions, Reader, Stated, read};
pub use repeats::{Repeated, Repeats};
pub use scoring::Reason;
pub use source::{Source, sources};
