//! An inference engine for spaCy-format pipelines.

pub mod attribute_ruler;
mod container;
mod convert;
pub mod doc;
mod error;
mod info;
pub mod lexeme;
mod lemmas;
pub mod lemmatizer;
mod network;
mod pipeline;
pub mod tokenizer;
mod transition;
mod vectors;

pub use convert::{Progress, convert, sha256_of};
pub use doc::{Annotation, Doc, EntityAnnotation, Label, Labels, Span, Token, TokenAnnotation};
pub use error::{Error, ErrorKind};
pub use info::{ModelInfo, model_path, models_dir};
pub use pipeline::Pipeline;
